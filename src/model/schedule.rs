//! Exact times of one route.

use super::{Problem, Shift};
use crate::ids::ClientId;
use crate::units::{ClockTime, Seconds};

/// What comes to one visit of a client, from who attends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VisitLoad {
    /// Households expected: registered and attending.
    pub households: i64,
}

/// Times of a route that holds every rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTiming {
    /// One entry a trip.
    pub trips: Vec<TripTiming>,
    /// The break, if one is needed.
    pub rest: Option<(ClockTime, ClockTime)>,
    /// Driving of all legs.
    pub driving: Seconds,
    /// Length of all legs.
    pub metres: i64,
}

/// Times of a trip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TripTiming {
    /// Leaves the depot loaded.
    pub leave: ClockTime,
    /// Is back at a depot.
    pub back: ClockTime,
    /// One entry a visit.
    pub calls: Vec<CallTiming>,
}

/// Times of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallTiming {
    /// Is there.
    pub arrival: ClockTime,
    /// Opens.
    pub start: ClockTime,
    /// Closes.
    pub end: ClockTime,
    /// Leaves.
    pub departure: ClockTime,
    /// Households served.
    pub served: i64,
    /// Households beyond what the visit can serve.
    pub turned_away: i64,
}

/// Why no times exist for a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// No road between two consecutive points.
    NoWay,
    /// The vehicle may not visit the client.
    NotAllowed(ClientId),
    /// The client has no window on that day.
    Closed(ClientId),
    /// Too many households on a trip, by that many.
    Households(i64),
    /// Too many grams on a trip, by that many.
    Mass(i64),
    /// Some window or the end of the shift is missed, by at least that long.
    Late(Seconds),
    /// Duty, driving, cold chain or length limit passed, by that much.
    Duty(Seconds),
    /// Driving limit passed.
    Driving(Seconds),
    /// Cold chain limit passed.
    Cold(Seconds),
    /// Length limit passed, by that many units.
    Length(i64),
    /// Too many visits or trips, by that many.
    Count(u32),
    /// A break is needed and none fits.
    NoBreak,
}

/// The cheapest times of `trips` on `shift` under every rule, or a rule that can't hold.
///
/// `loads` is by client.
pub fn schedule(
    _problem: &Problem,
    _shift: &Shift,
    _trips: &[Vec<ClientId>],
    _loads: &typed_index_collections::TiSlice<ClientId, VisitLoad>,
) -> Result<RouteTiming, Blocked> {
    unimplemented!("model helper")
}
