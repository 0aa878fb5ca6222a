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
    /// Times and ways. Where every visit loads the same, a full trip makes room by giving one visit for another: half of the
    /// time spent beyond its limit would lead nowhere.
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

/// What each unit of an excess costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prices {
    load: i64,
    time: i64,
    /// Whether loads, and times and ways, may not be exceeded at any price.
    holds_load: bool,
    holds_time: bool,
}

impl Prices {
    /// Nothing may be exceeded.
    pub const STRICT: Self = Self { load: 0, time: 0, holds_load: true, holds_time: true };

    /// Each at least 1; without a price nothing may be exceeded.
    pub fn new(load: Option<i64>, time: Option<i64>) -> Self {
        let price = |price: Option<i64>| price.map_or(0, |price| price.max(1));
        Self { load: price(load), time: price(time), holds_load: load.is_none(), holds_time: time.is_none() }
    }

    /// What an excess costs; none where it may not be.
    #[inline]
    pub fn of(&self, excess: Excess) -> Option<i64> {
        if excess.load | excess.time == 0 {
            return Some(0);
        }
        let is_refused = (self.holds_load && excess.load != 0) || (self.holds_time && excess.time != 0);
        (!is_refused).then(|| self.sum(excess))
    }

    /// The same for an excess, or a change of one, that may be.
    #[inline]
    pub fn sum(&self, excess: Excess) -> i64 {
        self.load * excess.load + self.time * excess.time
    }

    /// The same prices raised.
    pub fn raised(self, factor: i64) -> Self {
        Self { load: self.load.saturating_mul(factor), time: self.time.saturating_mul(factor), ..self }
    }

    /// Whether no trip may be too heavy.
    pub fn holds_load(&self) -> bool {
        self.holds_load
    }

    /// Whether nothing may be exceeded.
    pub fn is_strict(&self) -> bool {
        self.holds_load && self.holds_time
    }
}
