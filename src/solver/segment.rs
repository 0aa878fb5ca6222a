//! Time and length of a chain of visits, joined in constant time.
//!
//! Vidal, Crainic, Gendreau & Prins (2013, *A hybrid genetic algorithm with adaptive diversity management for a
//! large class of vehicle routing problems with time-windows*, section 4.1): a chain is known by its least duration,
//! the time warp that is needed to hold its windows, and the earliest and latest start that give both. Two joined
//! chains have those of their concatenation. Exact for one window a visit; where a visit has several, or a route
//! rests, keeps to a grid or a cold chain, we join under the hull of the windows and get a lower bound.

use super::ways::Way;

/// A chain of visits (or depots) in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Least time from starting the first to ending the last, warp taken out.
    pub duration: i64,
    /// Least time to travel back by for all windows to hold; zero in feasible chains.
    pub warp: i64,
    /// The first start that has this duration and warp.
    pub earliest: i64,
    /// The last such start.
    pub latest: i64,
    /// Length of its legs.
    pub metres: i64,
    /// Time of its legs.
    pub driving: i64,
    /// Time of its legs and openings: the duration without waiting.
    pub work: i64,
}

impl Segment {
    /// One visit of `duration` that starts in `earliest..=latest`.
    pub const fn visit(duration: i64, earliest: i64, latest: i64) -> Self {
        Self { duration, warp: 0, earliest, latest, metres: 0, driving: 0, work: duration }
    }

    /// A chain known by its length alone.
    pub const fn length(metres: i64) -> Self {
        Self { duration: 0, warp: 0, earliest: 0, latest: 0, metres, driving: 0, work: 0 }
    }

    /// `self`, then a leg, then `next`.
    #[inline]
    #[must_use]
    pub fn join(&self, way: Way, next: &Self) -> Self {
        let shift = self.duration - self.warp + way.seconds;
        let wait = (next.earliest - shift - self.latest).max(0);
        let warp = (self.earliest + shift - next.latest).max(0);
        Self {
            duration: self.duration + next.duration + way.seconds + wait,
            warp: self.warp + next.warp + warp,
            earliest: (next.earliest - shift).max(self.earliest) - wait,
            latest: (next.latest - shift).min(self.latest) + warp,
            metres: self.metres + next.metres + way.metres,
            driving: self.driving + next.driving + way.seconds,
            work: self.work + next.work + way.seconds,
        }
    }
}

/// What is known of a chain to whose end segments are added one by one.
pub(super) trait Chain: Sized {
    /// Of its first segment; none where that can't be.
    fn of(first: &Segment) -> Option<Self>;

    /// Then a way and a segment; likewise.
    fn then(self, way: Way, next: &Segment) -> Option<Self>;
}

impl Chain for Segment {
    #[inline]
    fn of(first: &Segment) -> Option<Self> {
        Some(*first)
    }

    #[inline]
    fn then(self, way: Way, next: &Segment) -> Option<Self> {
        Some(self.join(way, next))
    }
}

/// When a chain whose windows all hold is over at the earliest: enough where time costs nothing and has no limit, in a fraction of
/// the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End(i64);

impl Chain for End {
    #[inline]
    fn of(first: &Segment) -> Option<Self> {
        (first.warp == 0).then(|| Self(first.earliest + first.duration))
    }

    #[inline]
    fn then(self, way: Way, next: &Segment) -> Option<Self> {
        let arrival = self.0 + way.seconds;
        (next.warp == 0 && arrival <= next.latest).then(|| Self(arrival.max(next.earliest) + next.duration))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The least duration and the earliest end, if all windows can hold, by trying every departure.
    fn simulate(visits: &[(i64, i64, i64)], legs: &[i64]) -> Option<(i64, i64)> {
        let ends = (visits[0].1..=visits[0].2).filter_map(|departure| {
            let mut now = departure;
            for (index, &(duration, earliest, latest)) in visits.iter().enumerate() {
                if index > 0 {
                    now = (now + legs[index - 1]).max(earliest);
                }
                if now > latest {
                    return None;
                }
                now += duration;
            }
            Some((now - departure, now))
        });
        ends.reduce(|one, other| (one.0.min(other.0), one.1.min(other.1)))
    }

    proptest! {
        #[test]
        fn joined_segments_tell_what_a_simulation_finds(
            visits in prop::collection::vec((0i64..5, 0i64..30, 0i64..15), 1..7),
            legs in prop::collection::vec(0i64..8, 6),
            cut in 0usize..6,
        ) {
            let visits: Vec<_> = visits.into_iter().map(|(d, open, width)| (d, open, open + width)).collect();
            let chain = |range: std::ops::Range<usize>| {
                let single = |i: usize| Segment::visit(visits[i].0, visits[i].1, visits[i].2);
                range.clone().skip(1).fold(single(range.start), |joined, i| {
                    joined.join(Way { seconds: legs[i - 1], metres: 1 }, &single(i))
                })
            };
            let cut = cut % visits.len();
            let (whole, end) = if cut == 0 {
                let whole = chain(0..visits.len());
                (whole, End::of(&whole))
            } else {
                let (head, tail) = (chain(0..cut), chain(cut..visits.len()));
                let way = Way { seconds: legs[cut - 1], metres: 1 };
                (head.join(way, &tail), End::of(&head).and_then(|end| end.then(way, &tail)))
            };
            let simulated = simulate(&visits, &legs);
            prop_assert_eq!(whole.warp == 0, simulated.is_some());
            prop_assert_eq!(&end, &End::of(&whole));
            if let Some((duration, earliest_end)) = simulated {
                prop_assert_eq!((whole.duration, end), (duration, Some(End(earliest_end))));
            }
            prop_assert_eq!(whole.metres, visits.len() as i64 - 1);
        }
    }
}
