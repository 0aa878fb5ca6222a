//! Where a break may lie, and what that asks of the openings.
//!
//! For a given position the break's own start `x` is bounded from below and above by single openings plus a
//! constant. It is eliminated (every lower bound is at most every upper bound: Fourier and Motzkin), which leaves
//! gaps, spans and bounds on the openings alone, so that [`Chain`] finds the tightest times with the break inside.
//! Two positions also decide when the shift starts or ends: before the first opening and after the last one. There
//! `x` either follows an opening, or it stands at an edge of the break's window; each is a [`Place`] of its own.

use super::chain::{Chain, NoChain};
use super::frame::{Edge, Frame};
use super::route::Layout;
use crate::model::Rest;

/// Where a break is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the first opening, which follows at once (or after the margin).
    BeforeFirst,
    /// Before the first opening, at the end of the break's window; the opening follows later.
    BeforeFirstAtClose,
    /// At a stop, between arriving and opening; not the first stop.
    Before(usize),
    /// At a stop, after its opening; not the last one.
    After(usize),
    /// At the depot, before loading for the trip that starts with this visit.
    DepotBeforeLoading(usize),
    /// At the depot, after loading for the trip that starts with this visit.
    DepotAfterLoading(usize),
    /// After the last opening, at once.
    AfterLast,
    /// After the last opening, at the start of the break's window.
    AfterLastAtOpen,
}

impl Place {
    /// Whether the vehicle rests after opening `i` of `count`, before it leaves the stop.
    pub fn is_after(self, i: usize, count: usize) -> bool {
        match self {
            Self::After(at) => at == i,
            Self::AfterLast | Self::AfterLastAtOpen => i + 1 == count,
            _ => false,
        }
    }
}

/// The places around visit `i`, in order of time.
pub(super) fn places(layout: &Layout, i: usize) -> impl Iterator<Item = Place> + use<> {
    let last = layout.visits.len() - 1;
    let reloads = i > 0 && layout.trips[layout.visits[i].trip].first == i;
    let before = match (i, reloads) {
        (0, _) => [Some(Place::BeforeFirst), Some(Place::BeforeFirstAtClose), None],
        (_, true) => {
            [Some(Place::DepotBeforeLoading(i)), Some(Place::DepotAfterLoading(i)), Some(Place::Before(i))]
        }
        (_, false) => [Some(Place::Before(i)), None, None],
    };
    let after = if i < last {
        [Some(Place::After(i)), None]
    } else {
        [Some(Place::AfterLast), Some(Place::AfterLastAtOpen)]
    };
    before.into_iter().chain(after).flatten()
}

/// A bound on the break's start: a clock time, or an opening's start plus a constant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bound {
    At(i64),
    Start(usize, i64),
}

impl Bound {
    fn value(self, starts: &[i64]) -> i64 {
        match self {
            Self::At(time) => time,
            Self::Start(i, offset) => starts[i] + offset,
        }
    }
}

/// Bounds on the break's start for one place; few enough to keep on the stack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    lower: [Bound; 5],
    lower_count: usize,
    upper: [Bound; 4],
    upper_count: usize,
}

impl Bounds {
    fn new() -> Self {
        Self { lower: [Bound::At(0); 5], lower_count: 0, upper: [Bound::At(0); 4], upper_count: 0 }
    }

    fn from(&mut self, bound: Bound) {
        self.lower[self.lower_count] = bound;
        self.lower_count += 1;
    }

    fn until(&mut self, bound: Bound) {
        self.upper[self.upper_count] = bound;
        self.upper_count += 1;
    }

    fn lower(&self) -> &[Bound] {
        &self.lower[..self.lower_count]
    }

    fn upper(&self) -> &[Bound] {
        &self.upper[..self.upper_count]
    }

    /// When the break starts, openings starting at `starts`: as early as it may; before an opening as late as it
    /// may, for a vehicle that rests at the first stop of a trip then leaves the depot later.
    pub fn start(&self, place: Place, starts: &[i64]) -> i64 {
        let earliest = self.lower().iter().map(|bound| bound.value(starts)).max();
        let latest = self.upper().iter().map(|bound| bound.value(starts)).min();
        let chosen = if matches!(place, Place::Before(_)) { latest } else { earliest };
        chosen.expect("a break has bounds on both sides")
    }

    /// Whether some start of the break may exist where no opening starts before `earliest` or after `latest`.
    pub fn may_hold(&self, earliest: &[i64], latest: &[i64]) -> bool {
        let from = self.lower().iter().map(|bound| bound.value(earliest)).max();
        let until = self.upper().iter().map(|bound| bound.value(latest)).min();
        from <= until
    }

    /// Asks of `chain` that some start of the break exists; fails where constants alone forbid it.
    pub fn impose(&self, chain: &mut Chain) -> Result<(), NoChain> {
        for &lower in self.lower() {
            for &upper in self.upper() {
                not_after(chain, lower, upper)?;
            }
        }
        Ok(())
    }
}

/// Asks of `chain` that `lower <= upper`.
fn not_after(chain: &mut Chain, lower: Bound, upper: Bound) -> Result<(), NoChain> {
    match (lower, upper) {
        (Bound::At(low), Bound::At(high)) if low > high => return Err(NoChain::Span(low - high)),
        (Bound::At(_), Bound::At(_)) => {}
        (Bound::At(low), Bound::Start(j, offset)) => chain.at_least(j, low - offset),
        (Bound::Start(i, offset), Bound::At(high)) => chain.at_most(i, high - offset),
        (Bound::Start(i, low), Bound::Start(j, high)) if i == j => {
            if low > high {
                return Err(NoChain::Span(low - high));
            }
        }
        (Bound::Start(i, low), Bound::Start(j, high)) if i < j => {
            debug_assert_eq!(i + 1, j, "a break lies between neighbours");
            chain.set_gap(i, chain.gap(i).max(low - high));
        }
        (Bound::Start(i, low), Bound::Start(j, high)) => chain.within(j, i, high - low),
    }
    Ok(())
}

/// The frame of a shift that rests at `place`, and the bounds on the break's start.
pub(super) fn bounds(layout: &Layout, base: &Frame, rest: Rest, place: Place) -> (Frame, Bounds) {
    let rule = Rule::new(rest);
    let mut frame = *base;
    let mut bounds = Bounds::new();
    let last = layout.visits.len() - 1;
    match place {
        Place::BeforeFirst => rule.before_first(layout, &mut frame, &mut bounds),
        Place::BeforeFirstAtClose => {
            let start = rule.close - rule.length;
            frame.leave = Edge::At(start - layout.visits[0].drive);
            frame.first_from = start + rule.length.max(base.margin);
            bounds.from(Bound::At(start));
            bounds.until(Bound::At(start));
        }
        Place::Before(i) if layout.trips[layout.visits[i].trip].first == i => {
            rule.before_reloaded(layout, base, i, &mut bounds);
        }
        Place::Before(i) => {
            let (visit, previous) = (layout.visits[i], layout.visits[i - 1]);
            bounds.from(Bound::Start(i - 1, previous.opening + visit.drive));
            bounds.until(Bound::Start(i, -rule.length));
        }
        Place::After(i) => {
            bounds.from(Bound::Start(i, layout.visits[i].opening));
            bounds.until(Bound::Start(i + 1, -base.way(layout, i) - rule.length));
        }
        Place::DepotBeforeLoading(i) => {
            let (home, out) = base.ways_of_reload(layout, i);
            bounds.from(Bound::Start(i - 1, layout.visits[i - 1].opening + home));
            bounds.until(Bound::Start(i, -out - base.reload - rule.length));
        }
        Place::DepotAfterLoading(i) => {
            let (home, out) = base.ways_of_reload(layout, i);
            bounds.from(Bound::Start(i - 1, layout.visits[i - 1].opening + home + base.reload));
            bounds.until(Bound::Start(i, -out - rule.length));
        }
        Place::AfterLast => {
            let opening = layout.visits[last].opening;
            frame.back = Edge::Start(last, opening + rule.length + base.last_drive);
            bounds.from(Bound::Start(last, opening));
            bounds.until(Bound::Start(last, opening));
        }
        Place::AfterLastAtOpen => {
            frame.back = Edge::At(rule.open + rule.length + base.last_drive);
            frame.last_until = rule.open - layout.visits[last].opening;
            bounds.from(Bound::At(rule.open));
            bounds.until(Bound::At(rule.open));
        }
    }
    rule.add_common(&frame, &mut bounds);
    (frame, bounds)
}

/// A break rule in seconds.
struct Rule {
    length: i64,
    after: i64,
    open: i64,
    close: i64,
}

impl Rule {
    fn new(rest: Rest) -> Self {
        Self {
            length: i64::from(rest.duration.get()),
            after: i64::from(rest.after.get()),
            open: i64::from(rest.window.open.get()),
            close: i64::from(rest.window.close.get()),
        }
    }

    /// The vehicle arrives as late as the break and the margin let it.
    fn before_first(&self, layout: &Layout, frame: &mut Frame, bounds: &mut Bounds) {
        let stay = self.length.max(frame.margin);
        frame.leave = Edge::Start(0, -stay - layout.visits[0].drive);
        bounds.from(Bound::Start(0, -stay));
        bounds.until(Bound::Start(0, -self.length));
    }

    /// At the first stop of a later trip: the vehicle left the depot before the break, loaded, so the break counts
    /// towards the cold chain.
    fn before_reloaded(&self, layout: &Layout, base: &Frame, i: usize, bounds: &mut Bounds) {
        let trip = layout.trips[layout.visits[i].trip];
        let (previous, drive) = (layout.visits[i - 1], layout.visits[i].drive);
        let (home, _) = base.ways_of_reload(layout, i);
        bounds.from(Bound::Start(i - 1, previous.opening + home + base.reload + drive));
        bounds.from(Bound::At(trip.release + drive));
        if let Some(cold) = base.max_cold {
            bounds.from(Bound::Start(trip.last, layout.visits[trip.last].opening - cold + drive));
        }
        bounds.until(Bound::Start(i, -self.length));
    }

    /// Inside the window, at most `after` past leaving, its end at most `after` before being back.
    fn add_common(&self, frame: &Frame, bounds: &mut Bounds) {
        bounds.from(Bound::At(self.open));
        bounds.from(frame.back.bound(-self.after - self.length));
        bounds.until(Bound::At(self.close - self.length));
        bounds.until(frame.leave.bound(self.after));
    }
}
