//! The two ends of a shift as functions of its openings, and the chain of openings of a route.

use super::chain::{Chain, NoChain};
use super::rest::Bound;
use super::route::{Layout, windows};
use super::{Blocked, ClockTime};
use crate::model::{Problem, Shift};

/// A clock time that follows an opening's start, or stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    At(i64),
    Start(usize, i64),
}

impl Edge {
    /// This edge moved by `offset`, as a bound on a break.
    pub fn bound(self, offset: i64) -> Bound {
        match self {
            Self::At(time) => Bound::At(time + offset),
            Self::Start(i, lead) => Bound::Start(i, lead + offset),
        }
    }
}

/// How leaving and returning follow from the openings, with what else is the same for all visits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Leaves the depot first.
    pub leave: Edge,
    /// Is back at the end.
    pub back: Edge,
    /// The first opening does not start before.
    pub first_from: i64,
    /// The last opening does not start after.
    pub last_until: i64,
    pub margin: i64,
    pub reload: i64,
    pub max_cold: Option<i64>,
    /// Drive from the last stop to the depot.
    pub last_drive: i64,
    shift_open: i64,
    shift_close: i64,
}

impl Frame {
    /// The frame of a shift without break: it arrives the margin before the first opening and leaves after the last.
    pub fn new(problem: &Problem, shift: &Shift, layout: &Layout) -> Self {
        let vehicle = &problem.vehicles[shift.vehicle];
        let last = layout.visits.len() - 1;
        let last_drive = layout.trips[layout.trips.len() - 1].drive_back;
        let margin = i64::from(problem.margin.get());
        Self {
            leave: Edge::Start(0, -margin - layout.visits[0].drive),
            back: Edge::Start(last, layout.visits[last].opening + last_drive),
            first_from: i64::MIN / 4,
            last_until: i64::MAX / 4,
            margin,
            reload: i64::from(vehicle.reload.get()),
            max_cold: vehicle.max_cold.map(|most| i64::from(most.get())),
            last_drive,
            shift_open: i64::from(shift.window.open.get()),
            shift_close: i64::from(shift.window.close.get()),
        }
    }

    /// From the end of opening `i` to the earliest start of the next one.
    pub fn way(&self, layout: &Layout, i: usize) -> i64 {
        let (here, next) = (layout.visits[i], layout.visits[i + 1]);
        if here.trip == next.trip {
            next.drive + self.margin
        } else {
            let (home, out) = self.ways_of_reload(layout, i + 1);
            home + self.reload + out
        }
    }

    /// Around the reload before visit `i`: from the end of the opening before to being at the depot, and from
    /// leaving it to the start of opening `i`.
    pub fn ways_of_reload(&self, layout: &Layout, i: usize) -> (i64, i64) {
        (layout.trips[layout.visits[i - 1].trip].drive_back, layout.visits[i].drive + self.margin)
    }

    /// Asks of `chain` that the shift's window and the cold chain of its first trip hold.
    pub fn impose(&self, layout: &Layout, chain: &mut Chain) -> Result<(), NoChain> {
        let last = layout.visits.len() - 1;
        let trip = layout.trips[0];
        let open = self.shift_open.max(trip.release);
        chain.at_least(0, self.first_from);
        chain.at_most(last, self.last_until);
        match self.leave {
            Edge::At(leave) if leave < open => return Err(NoChain::Late(open - leave)),
            Edge::At(_) => {}
            Edge::Start(i, lead) => chain.at_least(i, open - lead),
        }
        match self.back {
            Edge::At(back) if back > self.shift_close => return Err(NoChain::Late(back - self.shift_close)),
            Edge::At(_) => {}
            Edge::Start(i, tail) => chain.at_most(i, self.shift_close - tail),
        }
        match self.max_cold {
            Some(cold) => keep_cold(layout, trip.last, self.leave, cold, chain),
            None => Ok(()),
        }
    }
}

/// Asks of `chain` that the opening `last` ends at most `cold` after `leave`, which follows an earlier opening.
fn keep_cold(layout: &Layout, last: usize, leave: Edge, cold: i64, chain: &mut Chain) -> Result<(), NoChain> {
    let opening = layout.visits[last].opening;
    match leave {
        Edge::At(leave) => chain.at_most(last, leave + cold - opening),
        Edge::Start(first, lead) => {
            let width = cold - opening + lead;
            if first == last && width < 0 {
                return Err(NoChain::Span(-width));
            }
            if first < last {
                chain.within(first, last, width);
            }
        }
    }
    Ok(())
}

/// The chain of a route's openings with what holds wherever its break lies: windows, locks, gaps, release times
/// and the cold chain of all trips but the first (whose leaving depends on the break).
pub(super) fn build_chain(
    problem: &Problem,
    shift: &Shift,
    layout: &Layout,
    frame: &Frame,
    chain: &mut Chain,
) -> Result<(), Blocked> {
    let step = i64::from(problem.grid.get().max(1));
    chain.clear(step);
    for (i, visit) in layout.visits.iter().enumerate() {
        let client = &problem.clients[visit.client];
        let lock = client.locks.get(shift.day.index()).copied().flatten().and_then(|lock| lock.start);
        for window in windows(client, shift) {
            push_window(
                chain,
                i64::from(window.open.get()),
                i64::from(window.close.get()) - visit.opening,
                lock,
            );
        }
        if !chain.push_variable() {
            return Err(Blocked::Closed(visit.client));
        }
        if i + 1 < layout.visits.len() {
            chain.push_gap(visit.opening + frame.way(layout, i));
        }
    }
    Ok(())
}

fn push_window(chain: &mut Chain, low: i64, high: i64, lock: Option<ClockTime>) {
    match lock.map(|time| i64::from(time.get())) {
        None => chain.push_interval(low, high),
        Some(time) if low <= time && time <= high => chain.push_interval(time, time),
        Some(_) => {}
    }
}

/// Release times and cold chain of the trips after the first.
pub(super) fn impose_trips(layout: &Layout, frame: &Frame, chain: &mut Chain) -> Result<(), NoChain> {
    for trip in &layout.trips[1..] {
        let lead = -frame.margin - layout.visits[trip.first].drive;
        chain.at_least(trip.first, trip.release.saturating_sub(lead));
        if let Some(cold) = frame.max_cold {
            keep_cold(layout, trip.last, Edge::Start(trip.first, lead), cold, chain)?;
        }
    }
    Ok(())
}
