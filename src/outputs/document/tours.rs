//! What takes place: tours, their trips and visits, and the visits that don't.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Figure;

/// One antenna on one date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tour {
    /// Unique and stable.
    pub id: String,
    /// Id of the antenna.
    pub antenna: String,
    /// Service day.
    pub date: Date,
    /// Moment.
    pub leave: String,
    /// Moment.
    pub back: String,
    /// If one is taken.
    pub r#break: Option<Break>,
    /// Metres.
    pub distance_m: i32,
    /// Seconds at the wheel.
    pub driving_s: i32,
    /// Seconds open.
    pub service_s: i32,
    /// Seconds from leaving to returning.
    pub duty_s: i32,
    /// Euros.
    pub cost: f64,
    /// Position in `ways`.
    pub way: usize,
    /// In order; at least one.
    pub trips: Vec<Trip>,
}

impl Tour {
    /// All visits in order.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.trips.iter().flat_map(|trip| &trip.calls)
    }
}

/// A break taken: moments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// Moment.
    pub start: String,
    /// Moment.
    pub end: String,
}

/// From loading to being back at a depot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trip {
    /// Moment.
    pub leave: String,
    /// Moment.
    pub back: String,
    /// In order; at least one.
    pub calls: Vec<Call>,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Id of the stop.
    pub stop: String,
    /// Moment.
    pub arrival: String,
    /// Moment.
    pub start: String,
    /// Moment.
    pub end: String,
    /// Moment.
    pub departure: String,
    /// Announced, `HH:MM` of the service day: 25:30 is half past one the next day.
    pub opens: String,
    /// Announced.
    pub closes: String,
    /// Expected, less those turned away.
    pub households: Figure<i32>,
    /// Beyond what a visit can serve.
    pub turned_away: Figure<i32>,
    /// Handed out, kilograms.
    pub load_kg: Figure<f64>,
}

/// A visit of the cycle that does not take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancelled {
    /// Id of the stop.
    pub stop: String,
    /// Id of the antenna that would have come.
    pub antenna: String,
    /// When.
    pub date: Date,
    /// Announced on the other dates, `HH:MM`.
    pub opens: String,
    /// Announced on the other dates.
    pub closes: String,
    /// As the closures table says; possibly empty.
    pub reason: String,
}
