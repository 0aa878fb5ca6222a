//! What routes exceed: limits that the search may break for a while, at a price.
//!
//! From one good solution to a better one the way often leads past solutions with a load too large or a tour too long, most of
//! all where vehicles are few and nearly full. They are let in at prices that follow how many of them there are (Vidal et al.
//! 2012, section 4.6); the best solution exceeds nothing. Windows hold at every moment: with lateness at a price, solutions
//! came out worse. Only where segments tell all times, and nobody's attendance
//! depends on what is open: elsewhere every limit holds at every moment.

use super::route::{Load, least_duty};
use super::segment::Segment;
use super::shift::ShiftFacts;
use super::ways::Way;

/// Which limits a solution may exceed for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elastic {
    Nothing,
    /// Times and ways. Where every visit loads the same, a full trip makes room by giving one visit for another, and solutions
    /// came out better with loads held.
    Times,
    LoadsAndTimes,
}

/// By how much a route, or all of them together, exceed what their vehicles may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Excess {
    /// Households and mass beyond what a trip holds, over all trips.
    pub load: i64,
    /// Duty, driving and way beyond their limits: seconds and metres.
    pub time: i64,
}

impl Excess {
    pub const NONE: Self = Self { load: 0, time: 0 };

    /// Of one trip.
    #[inline]
    pub fn of_load(shift: &ShiftFacts, load: Load) -> i64 {
        (load.households - shift.capacity).max(0) + (load.mass - shift.capacity_mass).max(0)
    }

    /// Of a whole route; none where a visit would come too late.
    #[inline]
    pub fn of_time(shift: &ShiftFacts, whole: &Segment) -> Option<i64> {
        (whole.warp == 0).then(|| {
            beyond(least_duty(shift, whole), shift.max_duty)
                + beyond(whole.driving, shift.max_driving)
                + beyond(whole.metres, shift.max_metres)
        })
    }

    /// Of a route on which no times are kept: its duty is the way and the openings.
    #[inline]
    pub fn of_way(shift: &ShiftFacts, way: Way, load: Load) -> i64 {
        beyond(way.seconds + load.opening, shift.max_duty)
            + beyond(way.seconds, shift.max_driving)
            + beyond(way.metres, shift.max_metres)
    }

    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

#[inline]
fn beyond(used: i64, limit: i64) -> i64 {
    used.saturating_sub(limit).max(0)
}

impl std::ops::Sub for Excess {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { load: self.load - other.load, time: self.time - other.time }
    }
}

impl std::ops::AddAssign for Excess {
    fn add_assign(&mut self, other: Self) {
        self.load += other.load;
        self.time += other.time;
    }
}

/// What each unit of an excess costs; what has no price may not be exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prices {
    load: Option<i64>,
    time: Option<i64>,
}

impl Prices {
    /// Nothing may be exceeded.
    pub const STRICT: Self = Self { load: None, time: None };

    /// Each at least 1.
    pub fn new(load: Option<i64>, time: Option<i64>) -> Self {
        Self { load: load.map(|price| price.max(1)), time: time.map(|price| price.max(1)) }
    }

    /// What an excess costs; none where it may not be.
    #[inline]
    pub fn of(&self, excess: Excess) -> Option<i64> {
        if excess.load | excess.time == 0 {
            return Some(0);
        }
        let is_refused = |price: Option<i64>, beyond: i64| price.is_none() && beyond != 0;
        let holds = !is_refused(self.load, excess.load) && !is_refused(self.time, excess.time);
        holds.then(|| self.sum(excess))
    }

    /// The same for trips that are too heavy.
    #[inline]
    pub fn of_load(&self, load: i64) -> Option<i64> {
        self.of(Excess { load, time: 0 })
    }

    /// The same for an excess, or a change of one, that may be.
    #[inline]
    pub fn sum(&self, excess: Excess) -> i64 {
        self.load.unwrap_or(0) * excess.load + self.time.unwrap_or(0) * excess.time
    }

    /// The same prices raised.
    pub fn raised(self, factor: i64) -> Self {
        let raised = |price: i64| price.saturating_mul(factor);
        Self { load: self.load.map(raised), time: self.time.map(raised) }
    }

    /// Whether no trip may be too heavy.
    pub fn holds_load(&self) -> bool {
        self.load.is_none()
    }

    /// Whether nothing may be exceeded.
    pub fn is_strict(&self) -> bool {
        *self == Self::STRICT
    }
}
