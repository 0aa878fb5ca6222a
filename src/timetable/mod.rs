//! Dated, timed tours: what a driver follows and a village reads.
//!
//! In: the problem, a solution and the dataset. Out: a [`Timetable`] over the whole published horizon.
//! A *route* is a sequence in the solver; a *tour* has a date and clock times. The exact times of a route are the
//! model's; this room repeats them on the calendar and mends the tours that lose a stop on some date.

mod calendar;
mod publish;

pub use publish::{announced_end, schedule};

use jiff::civil::Date;

use crate::ids::{AntennaId, StopId};
use crate::units::{ClockTime, Grams, Households, Metres, Seconds};

/// All tours from the first to the last published date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// By date, then antenna.
    pub tours: Vec<Tour>,
    /// Visits of the repeating cycle that do not take place on a date, by date, then stop.
    pub cancelled: Vec<Cancelled>,
}

/// One antenna on one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    /// `antenna-date`: unique and stable.
    pub id: String,
    /// Who drives.
    pub antenna: AntennaId,
    /// When.
    pub date: Date,
    /// In order of time; at least one, each with at least one call.
    pub trips: Vec<Trip>,
    /// The break, if one is taken.
    pub rest: Option<RestTaken>,
    /// Along the roads, all legs.
    pub distance: Metres,
    /// All legs.
    pub driving: Seconds,
}

/// From loading at the depot to being back at one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    /// Leaves the depot loaded.
    pub leave: ClockTime,
    /// Is back at the depot.
    pub back: ClockTime,
    /// In order; at least one.
    pub calls: Vec<Call>,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which stop.
    pub stop: StopId,
    /// The antenna is there.
    pub arrival: ClockTime,
    /// The opening starts.
    pub start: ClockTime,
    /// The opening ends.
    pub end: ClockTime,
    /// The antenna leaves.
    pub departure: ClockTime,
    /// Announced start.
    pub opens: ClockTime,
    /// Announced end.
    pub closes: ClockTime,
    /// Expected: registered and attending, less those turned away.
    pub households: Households,
    /// Expected but beyond what a visit can serve.
    pub turned_away: Households,
    /// Handed out.
    pub load: Grams,
}

/// A break taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestTaken {
    /// Starts.
    pub start: ClockTime,
    /// Ends.
    pub end: ClockTime,
}

/// A visit of the cycle that does not take place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// Which stop.
    pub stop: StopId,
    /// Who would have come.
    pub antenna: AntennaId,
    /// When it would have been.
    pub date: Date,
    /// Announced start on the other dates of the cycle.
    pub opens: ClockTime,
    /// Announced end on the other dates of the cycle.
    pub closes: ClockTime,
    /// Why, as the closures table says; empty for hours and holidays.
    pub reason: String,
}

impl Tour {
    /// First departure.
    pub fn leave(&self) -> ClockTime {
        self.trips[0].leave
    }

    /// Last return.
    pub fn back(&self) -> ClockTime {
        self.trips[self.trips.len() - 1].back
    }

    /// From leaving to returning.
    pub fn duty(&self) -> Seconds {
        self.back() - self.leave()
    }

    /// All visits in order.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.trips.iter().flat_map(|trip| &trip.calls)
    }

    /// Openings, added up.
    pub fn service(&self) -> Seconds {
        self.calls().map(|call| call.end - call.start).sum()
    }
}
