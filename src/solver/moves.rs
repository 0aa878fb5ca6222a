//! Changes of the sequences of a day that keep every client's days: who follows whom, and in which route.
//!
//! A move is named by two visits `u` and `v` of one day and brings them together. It is a pure function from two
//! sequences (or one, when both are in the same route) to their replacements; what that costs is for the caller.

use super::context::NONE;

/// One kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// `u` goes behind `v`.
    Relocate,
    /// `u` and its successor go behind `v` (Or 1976).
    RelocatePair,
    /// The same, the other way round.
    RelocatePairTurned,
    /// `u` and `v` change places.
    Swap,
    /// What follows `u` and what follows `v` change routes; `v`'s successor then follows `u` (2-opt*, Potvin &
    /// Rousseau 1995).
    SwapTails,
    /// In one route, everything from `u`'s successor to `v` is driven the other way round (2-opt).
    Reverse,
}

impl Move {
    /// All kinds, in the order in which they are tried.
    pub const ALL: [Self; 6] = [
        Self::Relocate,
        Self::RelocatePair,
        Self::RelocatePairTurned,
        Self::Swap,
        Self::SwapTails,
        Self::Reverse,
    ];

    /// Those of which `v` and `u` make another one than `u` and `v`.
    pub const ONE_SIDED: [Self; 4] =
        [Self::Relocate, Self::RelocatePair, Self::RelocatePairTurned, Self::Reverse];

    /// How many visits it takes from one place to another.
    pub fn visits(self) -> usize {
        match self {
            Self::Relocate => 1,
            Self::RelocatePair | Self::RelocatePairTurned => 2,
            Self::Swap | Self::SwapTails | Self::Reverse => 0,
        }
    }

    /// The sequences of two routes after the move; `u` is at `at_u` of `first`, `v` at `at_v` of `second`. False where
    /// the move is none.
    pub fn between(
        self,
        (first, at_u): (&[u32], usize),
        (second, at_v): (&[u32], usize),
        new_first: &mut Vec<u32>,
        new_second: &mut Vec<u32>,
    ) -> bool {
        new_first.clear();
        new_second.clear();
        match self {
            Self::Relocate | Self::RelocatePair | Self::RelocatePairTurned => {
                let Some(moved) = self.moved(first, at_u) else { return false };
                new_first.extend_from_slice(&first[..at_u]);
                new_first.extend_from_slice(&first[at_u + moved..]);
                new_second.extend_from_slice(&second[..=at_v]);
                self.push_moved(&first[at_u..at_u + moved], new_second);
                new_second.extend_from_slice(&second[at_v + 1..]);
            }
            Self::Swap => {
                new_first.extend_from_slice(first);
                new_second.extend_from_slice(second);
                new_first[at_u] = second[at_v];
                new_second[at_v] = first[at_u];
            }
            Self::SwapTails => {
                new_first.extend_from_slice(&first[..=at_u]);
                new_first.extend_from_slice(&second[at_v + 1..]);
                new_second.extend_from_slice(&second[..=at_v]);
                new_second.extend_from_slice(&first[at_u + 1..]);
            }
            Self::Reverse => return false,
        }
        tidy(new_first);
        tidy(new_second);
        true
    }

    /// The sequence of a route after the move within it. False where the move is none.
    pub fn within(self, route: &[u32], at_u: usize, at_v: usize, new: &mut Vec<u32>) -> bool {
        new.clear();
        match self {
            Self::Relocate | Self::RelocatePair | Self::RelocatePairTurned => {
                let Some(moved) = self.moved(route, at_u) else { return false };
                if (at_u..at_u + moved).contains(&at_v)
                    || at_v + 1 == at_u && self != Self::RelocatePairTurned
                {
                    return false;
                }
                for (position, &client) in route.iter().enumerate() {
                    if !(at_u..at_u + moved).contains(&position) {
                        new.push(client);
                    }
                    if position == at_v {
                        self.push_moved(&route[at_u..at_u + moved], new);
                    }
                }
            }
            Self::Swap => {
                new.extend_from_slice(route);
                new.swap(at_u, at_v);
            }
            Self::Reverse => {
                if at_u + 1 >= at_v {
                    return false;
                }
                new.extend_from_slice(route);
                new[at_u + 1..=at_v].reverse();
            }
            Self::SwapTails => return false,
        }
        tidy(new);
        true
    }

    /// How many visits from `at_u` on are moved; none where a reload or the end is in the way.
    pub fn moved(self, route: &[u32], at_u: usize) -> Option<usize> {
        if self == Self::Relocate {
            return Some(1);
        }
        route.get(at_u + 1).filter(|&&next| next != NONE).map(|_| 2)
    }

    fn push_moved(self, moved: &[u32], new: &mut Vec<u32>) {
        if self == Self::RelocatePairTurned {
            new.extend(moved.iter().rev());
        } else {
            new.extend_from_slice(moved);
        }
    }
}

/// Takes out reloads of trips that have become empty.
pub(super) fn tidy(clients: &mut Vec<u32>) {
    if clients.contains(&NONE) {
        clients.dedup_by(|next, last| *next == NONE && *last == NONE);
        if clients.last() == Some(&NONE) {
            clients.pop();
        }
        if clients.first() == Some(&NONE) {
            clients.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(kind: Move, first: &[u32], at_u: usize, second: &[u32], at_v: usize) -> (Vec<u32>, Vec<u32>) {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        assert!(kind.between((first, at_u), (second, at_v), &mut a, &mut b));
        (a, b)
    }

    fn within(kind: Move, route: &[u32], at_u: usize, at_v: usize) -> Option<Vec<u32>> {
        let mut new = Vec::new();
        kind.within(route, at_u, at_v, &mut new).then_some(new)
    }

    #[test]
    fn moves_between_routes_bring_u_and_v_together() {
        let (first, second) = ([1, 2, 3], [7, 8]);
        assert_eq!(between(Move::Relocate, &first, 1, &second, 0), (vec![1, 3], vec![7, 2, 8]));
        assert_eq!(between(Move::RelocatePair, &first, 1, &second, 0), (vec![1], vec![7, 2, 3, 8]));
        assert_eq!(between(Move::RelocatePairTurned, &first, 1, &second, 0), (vec![1], vec![7, 3, 2, 8]));
        assert_eq!(between(Move::Swap, &first, 1, &second, 0), (vec![1, 7, 3], vec![2, 8]));
        assert_eq!(between(Move::SwapTails, &first, 1, &second, 0), (vec![1, 2, 8], vec![7, 3]));
    }

    #[test]
    fn moves_within_a_route_keep_its_visits() {
        let route = [1, 2, 3, 4];
        assert_eq!(within(Move::Relocate, &route, 0, 2), Some(vec![2, 3, 1, 4]));
        assert_eq!(within(Move::Relocate, &route, 3, 0), Some(vec![1, 4, 2, 3]));
        assert_eq!(within(Move::RelocatePair, &route, 0, 3), Some(vec![3, 4, 1, 2]));
        assert_eq!(within(Move::RelocatePairTurned, &route, 1, 0), Some(vec![1, 3, 2, 4]));
        assert_eq!(within(Move::Swap, &route, 0, 3), Some(vec![4, 2, 3, 1]));
        assert_eq!(within(Move::Reverse, &route, 0, 3), Some(vec![1, 4, 3, 2]));
        assert_eq!(within(Move::Relocate, &route, 1, 0), None, "it is there already");
    }

    #[test]
    fn an_emptied_trip_takes_its_reload_along() {
        assert_eq!(between(Move::Relocate, &[1, NONE, 2], 0, &[7], 0), (vec![2], vec![7, 1]));
        assert_eq!(
            between(Move::Relocate, &[1, NONE, 2, NONE, 3], 2, &[7], 0),
            (vec![1, NONE, 3], vec![7, 2])
        );
        assert_eq!(within(Move::Relocate, &[1, NONE, 2], 2, 0), Some(vec![1, 2]));
    }
}
