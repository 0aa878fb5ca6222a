//! A plan as plain values: what `plan.json` holds, and all that any other file of a plan is made from.
//!
//! In: a finished plan ([`PlanDocument::of`]), or `plan.json` ([`read_whole`](super::plan_json::read_whole)). Out: a
//! [`PlanDocument`], from which each format is a pure function. So `tournee report` makes every file again from
//! `plan.json` alone, without tables or roads.

mod attends;
mod build;
mod figure;
mod index;
mod public;
mod tours;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use attends::{Attends, AttendsModel, AttendsOutcome, attendance};
pub use build::{places, white_zones};
pub use figure::{Figure, fewer};
pub use index::Index;
pub use tours::{Break, Call, Cancelled, Tour, Trip};

use crate::diagnostics::{Lang, Text};

/// What the file says it is.
pub const FORMAT: &str = "tournee-plan";

/// Of the schema `schema/plan.schema.json`: another number when a reader of the former one would misread the file.
pub const VERSION: u64 = 2;

/// A plan. Ids name rows of the lists; moments are ISO 8601 with the offset of the scenario's time zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanDocument {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u64,
    /// Program and version that planned.
    pub generator: String,
    /// Language of the first outputs.
    pub language: Lang,
    /// What was planned.
    pub scenario: Scenario,
    /// Whom to ask; what is blank is not known.
    pub organisation: Organisation,
    /// Where the roads come from.
    pub roads: Roads,
    /// How it was searched.
    pub search: Search,
    /// What one cycle takes.
    pub cycle: Cycle,
    /// Euros, for one cycle.
    pub cost: Costs,
    /// Need, before and after.
    pub coverage: Coverage,
    /// In the order of the table.
    pub depots: Vec<Depot>,
    /// In the order of the table.
    pub antennas: Vec<Antenna>,
    /// In the order of the table.
    pub stops: Vec<Stop>,
    /// In the order of the table.
    pub aid_sites: Vec<AidSite>,
    /// In the order of the table.
    pub places: Vec<Place>,
    /// Before, then after, each by rank.
    pub white_zones: Vec<WhiteZone>,
    /// Who goes where: to the nearest open stop, then where places are referred; each in the order of places.
    pub attendance: Vec<Attends>,
    /// By date, then antenna.
    pub tours: Vec<Tour>,
    /// Lines along the roads, longitude and latitude; tours that drive the same share one.
    pub ways: Vec<Vec<Position>>,
    /// For each line of `ways`: its legs from depot to stop, stop to stop and so on, in order.
    pub legs: Vec<Vec<Leg>>,
    /// By date, then stop.
    pub cancelled: Vec<Cancelled>,
    /// What the checker said; empty unless a required stop had to be left out.
    pub violations: Vec<Violation>,
}

/// Longitude and latitude in degrees, WGS84, at most seven decimals.
pub type Position = [f64; 2];

/// From one stop or depot of a tour to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    /// Metres.
    pub distance_m: i32,
    /// Seconds at the wheel.
    pub driving_s: i32,
    /// Position of its last point in the line.
    pub end: usize,
}

/// What was planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Shown on every output.
    pub title: String,
    /// What it asks every output to say, possibly empty.
    pub note: String,
    /// First day of the cycle, a Monday.
    pub start: Date,
    /// Length of the cycle, 1 to 6.
    pub weeks: u8,
    /// Last published date.
    pub until: Date,
    /// IANA name.
    pub timezone: String,
    /// Equal for equal tables and settings.
    pub fingerprint: String,
}

/// Who runs the tours, as people may ask them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The association.
    pub name: String,
    /// As it is dialled.
    pub phone: String,
    /// Address for mail.
    pub email: String,
    /// Address of the site.
    pub website: String,
    /// What a poster should say: who may come, what to bring.
    pub notice: String,
}

/// Where the roads come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roads {
    /// Made up from the scenario's own points.
    pub sketch: bool,
    /// To be shown with anything made from the plan.
    pub attribution: Text,
    /// Main roads around the stops and places, as lines to draw; as many as a map needs, not all.
    pub backdrop: Vec<Vec<Position>>,
}

/// How it was searched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Seed of the search.
    pub seed: u64,
    /// Iterations done.
    pub iterations: u64,
    /// Ctrl-C ended it.
    pub interrupted: bool,
    /// What no plan can do better, where it was asked for and found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
}

/// What no plan of the scenario can do better.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Euros: no plan has a total below.
    pub total: f64,
    /// Euros: what the best plan may be better by, at most.
    pub gap: f64,
    /// The same in per cent of the best total; null where that says nothing.
    pub gap_percent: Option<f64>,
}

/// What one cycle takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// Antennas leaving, days added up.
    pub shifts: usize,
    /// Visits.
    pub visits: usize,
    /// Metres.
    pub distance_m: i64,
    /// Seconds at the wheel.
    pub driving_s: i64,
    /// Seconds from leaving to returning.
    pub duty_s: i64,
    /// Served, visits added up.
    pub households: i64,
    /// Turned away, visits added up.
    pub turned_away: i64,
}

/// Euros, for one cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// Days on which an antenna leaves.
    pub days: f64,
    /// Kilometres.
    pub distance: f64,
    /// Hours of duty.
    pub time: f64,
    /// The three above.
    pub operating: f64,
    /// Worth of the need covered.
    pub covered_value: f64,
    /// Worth of the stops visited.
    pub stop_value: f64,
    /// Penalty of required stops left out.
    pub missed: f64,
    /// Operating cost and penalty, less the worths.
    pub total: f64,
}

/// Households in need, before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Within reach of what: `car-15min` and so on.
    pub rule: String,
    /// In need.
    pub households: f64,
    /// Within reach of an aid site.
    pub covered_before: f64,
    /// Within reach of an aid site or an open stop.
    pub covered_after: f64,
}

/// Where antennas load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Depot {
    /// As typed.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
}

/// A vehicle with its crew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Antenna {
    /// As typed.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// Id of the depot it leaves.
    pub depot: String,
    /// Id of the depot it returns to.
    pub end_depot: String,
}

/// A candidate stop, served or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// As typed.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// Possibly empty.
    pub commune: String,
    /// Possibly empty.
    pub insee: String,
    /// Where in the village, and how to come; possibly empty.
    pub directions: String,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
    /// May not be left out.
    pub required: bool,
    /// Whether the commune lends the spot.
    pub status: Status,
    /// How often.
    pub rhythm: Text,
    /// Whether it has a visit.
    pub served: bool,
    /// In one cycle.
    pub visits_per_cycle: usize,
    /// OSM syntax, holds on exactly the planned visits from the first to the last published date.
    pub opening_hours: Option<String>,
    /// Why it is left out.
    pub reason: Option<Text>,
    /// The smallest change that would serve it.
    pub fix: Option<Text>,
}

/// Whether the commune lends the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Yes.
    Agreed,
    /// No answer yet.
    Asked,
    /// No.
    Refused,
}

/// A fixed distribution point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidSite {
    /// As typed.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// Who runs it; possibly empty.
    pub network: String,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
}

/// A point with households. What is not known is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// As typed.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// Possibly empty.
    pub insee: String,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
    /// Inhabitants.
    pub population: Option<u32>,
    /// In need.
    pub households: Option<Figure<f64>>,
    /// Of these, without a car.
    pub households_without_car: Option<Figure<f64>>,
    /// Of these, within reach of an aid site.
    pub covered_before: Option<Figure<f64>>,
    /// Of these, within reach of an aid site or an open stop; null where there is no plan.
    pub covered_after: Option<Figure<f64>>,
    /// Nearest by car.
    pub aid_site: Option<String>,
    /// Seconds to it.
    pub aid_site_s: Option<i32>,
    /// Nearest open stop by car.
    pub stop: Option<String>,
    /// Seconds to it.
    pub stop_s: Option<i32>,
}

/// An area whose places have need that nobody covers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhiteZone {
    /// Stable, without the phase.
    pub id: String,
    /// Which side of the plan.
    pub phase: Phase,
    /// By need, in its phase, from 1.
    pub rank: usize,
    /// Uncovered.
    pub households: Figure<f64>,
    /// Whom nobody reaches.
    pub unreached: Unreached,
    /// Ids.
    pub places: Vec<String>,
    /// Nearest by car to any of its places.
    pub aid_site: Option<String>,
    /// Seconds to it.
    pub aid_site_s: Option<i32>,
    /// Seconds by car from its farthest place to the nearest aid site.
    pub farthest_s: Option<i32>,
    /// Polygons of rings, the first of each its outline, counterclockwise.
    pub outline: Vec<Vec<Vec<Position>>>,
}

/// Which side of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Aid sites alone.
    Before,
    /// With the open stops.
    After,
}

/// Whose need of a zone's places is uncovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreached {
    /// All households of each place.
    Everybody,
    /// Some of each place, as a rule those without a car.
    Some,
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Violation {
    /// Code of the rule.
    pub rule: String,
    /// What it is about.
    pub at: Text,
    /// What is wrong.
    pub message: Text,
}

impl PlanDocument {
    /// As `plan.json`.
    pub fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("numbers, words and lists only");
        bytes.push(b'\n');
        bytes
    }

    /// All visits with their tours and their position in the tour, from 1; by date, antenna, time.
    pub fn calls(&self) -> impl Iterator<Item = (&Tour, u32, &Call)> {
        self.tours
            .iter()
            .flat_map(|tour| (1..).zip(tour.calls()).map(move |(sequence, call)| (tour, sequence, call)))
    }
}
