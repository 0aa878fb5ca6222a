//! What people typed: the tables and settings of a scenario folder, read with tolerance and validated.
//!
//! In: a folder. Out: a [`Dataset`] in which every cross-reference resolves and every quantity is in range,
//! with every silent repair listed; or all errors of all tables at once. Nothing here knows roads.

use std::path::PathBuf;

use geo::Point;
use jiff::civil::Date;
use typed_index_collections::TiVec;

use crate::diagnostics::{Lang, Location};
use crate::ids::{AntennaId, DepotId, PlaceId, SiteId, StopId};
use crate::traveller::Traveller;
use crate::units::{ClockTime, Cost, Day, Grams, Households, Metres, Need, Seconds, Window};

/// A validated scenario. Built by [`load`] or [`read`] only, so later layers need not check it again.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// `scenario.toml`, every key filled in.
    pub settings: Settings,
    /// Where antennas load.
    pub depots: TiVec<DepotId, Depot>,
    /// Vehicles with their crews; at least one.
    pub antennas: TiVec<AntennaId, Antenna>,
    /// Candidate stops; at least one.
    pub stops: TiVec<StopId, Stop>,
    /// Points with need; may be empty.
    pub places: TiVec<PlaceId, Place>,
    /// Existing fixed aid; may be empty.
    pub sites: TiVec<SiteId, AidSite>,
    /// Dates on which somebody is closed. Already taken out of `Stop::windows` and `Antenna::works`.
    pub closures: Vec<Closure>,
    /// What must stay as it is.
    pub locks: Vec<Lock>,
}

/// `scenario.toml`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Shown on every output.
    pub title: String,
    /// First day of the cycle, a Monday.
    pub start: Date,
    /// Length of the cycle, 1 to 6.
    pub weeks: u8,
    /// Last published date, at or after the end of the first cycle; the cycle repeats until then.
    pub until: Date,
    /// IANA name, checked: `Europe/Paris`.
    pub timezone: String,
    /// Language of messages and outputs unless the command line says otherwise.
    pub language: Lang,
    /// Where roads come from.
    pub roads: RoadSettings,
    /// What counts as reached, and who is counted.
    pub coverage: CoverageSettings,
    /// Weights of the objective.
    pub objective: ObjectiveSettings,
    /// Budget of the search.
    pub solver: SolverSettings,
    /// How times are announced.
    pub announce: AnnounceSettings,
}

impl Settings {
    /// Days of the cycle, 7 to 42.
    pub fn cycle_days(&self) -> u8 {
        self.weeks * 7
    }

    /// Published days, from `start` to `until` inclusive; a position in it indexes `Stop::windows`.
    pub fn horizon_days(&self) -> usize {
        usize::try_from((self.until - self.start).get_days() + 1).expect("until is not before start")
    }

    /// The date of a published day.
    pub fn date(&self, horizon_day: usize) -> Date {
        let span = jiff::Span::new().days(i64::try_from(horizon_day).expect("a horizon is bounded"));
        self.start.checked_add(span).expect("horizon dates were checked on reading")
    }

    /// The published day of a date, if it is one.
    pub fn horizon_day(&self, date: Date) -> Option<usize> {
        (self.start <= date && date <= self.until)
            .then(|| usize::try_from((date - self.start).get_days()).expect("not before start"))
    }

    /// The day of the cycle that a published day repeats.
    pub fn cycle_day(&self, horizon_day: usize) -> Day {
        Day((horizon_day % usize::from(self.cycle_days())) as u8)
    }
}

/// `[roads]`.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadSettings {
    /// File or sketch.
    pub source: RoadSource,
    /// Neighbours each point of a sketch is joined to.
    pub sketch_neighbours: u32,
    /// Road length over straight length in a sketch, at least 1.
    pub sketch_detour: f64,
    /// `(straight metres up to which it holds, km/h)`, increasing; the last holds beyond.
    pub sketch_speeds: Vec<(Metres, u32)>,
    /// Farthest a point may lie from a usable road.
    pub snap_limit: Metres,
}

/// Where roads come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoadSource {
    /// Built from the scenario's own points; every output says so.
    Sketch,
    /// An `.osm.pbf` or a prepared network; relative paths are from the scenario folder.
    File(PathBuf),
}

/// `[coverage]`. A group is reached when every limit that is set holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageSettings {
    /// `car-15min`, ... or `custom`, as outputs name it.
    pub rule: String,
    /// Longest drive of households with a car.
    pub drive_limit: Option<Seconds>,
    /// Longest road of households with a car.
    pub road_limit: Option<Metres>,
    /// Longest walk of households without a car.
    pub walk_limit: Seconds,
    /// Of the need that attends, in thousandths, 0 to 1000.
    pub attendance_permille: u16,
    /// Whose need counts.
    pub count: Count,
}

/// Whose need the objective counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Groups that no aid site covers.
    WhiteZones,
    /// All groups.
    Everyone,
}

/// `[objective]`. Antenna costs left blank in the table were filled in on reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectiveSettings {
    /// Worth of one household within reach, a cycle.
    pub value_per_household: Cost,
    /// Penalty of a required visit left out, a cycle.
    pub missed_visit: Cost,
}

/// `[solver]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SolverSettings {
    /// Budget of time; ignored when `iterations` is given.
    pub time: Seconds,
    /// Seed of every random choice.
    pub seed: u64,
    /// Budget of iterations: reproducible.
    pub iterations: Option<u64>,
}

/// `[announce]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnounceSettings {
    /// Announced times are multiples of this; one second or less: no rounding.
    pub rounding: Seconds,
    /// The antenna is there at least this long before the announced opening.
    pub margin: Seconds,
}

/// A row of `depots`.
#[derive(Clone, Debug)]
pub struct Depot {
    /// As typed.
    pub id: String,
    /// Shown to people; the id where it was blank.
    pub name: String,
    /// WGS84 longitude and latitude in degrees.
    pub at: Point,
    /// The row.
    pub row: Location,
}

/// A row of `antennas`.
#[derive(Clone, Debug)]
pub struct Antenna {
    /// As typed.
    pub id: String,
    /// Shown to people; the id where it was blank.
    pub name: String,
    /// Where it loads and leaves.
    pub depot: DepotId,
    /// Where it returns at the end of the day.
    pub end_depot: DepotId,
    /// Households a trip; none: only the mass limits.
    pub capacity: Option<Households>,
    /// Mass a trip; none: only the households limit. At least one of the two is given.
    pub capacity_mass: Option<Grams>,
    /// Whether it works, by published day: weekdays less its closures.
    pub works: Vec<bool>,
    /// It leaves and returns inside.
    pub shift: Window,
    /// Longest time from leaving to returning, breaks included.
    pub max_duty: Option<Seconds>,
    /// Longest driving a day.
    pub max_driving: Option<Seconds>,
    /// Its break, if it takes one.
    pub rest: Option<BreakRule>,
    /// Longest time from leaving the depot loaded to the end of that trip's last opening.
    pub max_cold: Option<Seconds>,
    /// Time to load again between two trips; none: one trip a day.
    pub reload: Option<Seconds>,
    /// Trips a day, at least 1; 1 where `reload` is none.
    pub max_trips: u8,
    /// Families served at once, at least 1.
    pub service_points: u8,
    /// People on board, at least 1.
    pub crew: u8,
    /// What it drives as, with its dimensions.
    pub traveller: Traveller,
    /// A day on which it leaves the depot.
    pub cost_per_day: Cost,
    /// A kilometre.
    pub cost_per_km: Cost,
    /// An hour of duty.
    pub cost_per_hour: Cost,
    /// The row.
    pub row: Location,
}

/// When an antenna must rest.
///
/// A tour whose duty is longer than `after` holds one break of `duration`: it starts at most `after` past leaving,
/// ends at most `after` before returning, lies whole inside `window`, and is taken where the antenna stands
/// (depot or stop), never while driving or serving. A shorter tour needs none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakRule {
    /// Length.
    pub duration: Seconds,
    /// Longest stretch of duty without it.
    pub after: Seconds,
    /// Inside which it lies; the whole day where none was given.
    pub window: Window,
}

/// A row of `stops`.
#[derive(Clone, Debug)]
pub struct Stop {
    /// As typed.
    pub id: String,
    /// Shown to people.
    pub name: String,
    /// Commune, possibly empty.
    pub commune: String,
    /// INSEE code, possibly empty.
    pub insee: String,
    /// WGS84 longitude and latitude in degrees.
    pub at: Point,
    /// Registered households, each visit.
    pub households: Households,
    /// Mass for one household.
    pub mass_per_household: Grams,
    /// How often it is visited.
    pub rhythm: Rhythm,
    /// When it may be open, by published day, in order and without overlap: allowed days and hours less closures
    /// and public holidays where `opens` says so. Empty: not that day.
    pub windows: Vec<Vec<Window>>,
    /// Fixed part of an opening.
    pub setup: Seconds,
    /// Time to serve one household at one service point.
    pub time_per_household: Seconds,
    /// Shortest opening.
    pub min_service: Seconds,
    /// Longest opening; households beyond are turned away.
    pub max_service: Seconds,
    /// Whether it may be left out.
    pub priority: Priority,
    /// Worth of visiting it, a cycle, beyond the need its places hold; none: registered households at
    /// `value_per_household` where the scenario has no places, else nothing.
    pub value: Option<Cost>,
    /// Allowed antennas, in order, never empty.
    pub antennas: Vec<AntennaId>,
    /// Indoors or at the van.
    pub site: SiteKind,
    /// Fewest days from one visit to the next, also across the end of the cycle.
    pub min_gap_days: Option<u8>,
    /// Most days from one visit to the next, also across the end of the cycle.
    pub max_gap_days: Option<u8>,
    /// What the commune said. A refused stop is never visited.
    pub status: Status,
    /// The row.
    pub row: Location,
}

/// How often a stop is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rhythm {
    /// `times` visits a week on the same weekdays each week, 1 to 7.
    PerWeek {
        /// Visits a week.
        times: u8,
    },
    /// One visit every `weeks` weeks, counted from the cycle's first day, on the same weekday: 2, 3, 4, 5 or 6.
    /// `weeks` divides the cycle.
    EveryWeeks {
        /// Weeks from one visit to the next.
        weeks: u8,
    },
    /// The `nth` such weekday of every calendar month.
    Monthly {
        /// 1 to 4; -1 is the last.
        nth: i8,
        /// 0 Monday to 6 Sunday.
        weekday: u8,
    },
}

/// Whether a stop may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Visited, or the plan says why it could not be.
    Required,
    /// Visited where it is worth it.
    Optional,
}

/// Indoors or at the van.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteKind {
    /// A lent hall.
    Hall,
    /// The tailgate of the van.
    Tailgate,
}

/// What the commune said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It agreed.
    Agreed,
    /// It was asked.
    Asked,
    /// It refused.
    Refused,
}

/// A row of `places`.
#[derive(Clone, Debug)]
pub struct Place {
    /// As typed.
    pub id: String,
    /// Shown to people; the id where it was blank.
    pub name: String,
    /// INSEE code, possibly empty.
    pub insee: String,
    /// WGS84 longitude and latitude in degrees.
    pub at: Point,
    /// In need, with a car.
    pub need_with_car: Need,
    /// In need, without a car. The two add up to the households typed.
    pub need_without_car: Need,
    /// Inhabitants, if given.
    pub population: Option<u32>,
    /// The row.
    pub row: Location,
}

impl Place {
    /// All households in need.
    pub fn need(&self) -> Need {
        self.need_with_car + self.need_without_car
    }
}

/// A row of `aid_sites`.
#[derive(Clone, Debug)]
pub struct AidSite {
    /// As typed.
    pub id: String,
    /// Shown to people; the id where it was blank.
    pub name: String,
    /// WGS84 longitude and latitude in degrees.
    pub at: Point,
    /// Association, possibly empty.
    pub network: String,
    /// Opening hours in OSM syntax, possibly empty.
    pub opens: String,
    /// The row.
    pub row: Location,
}

/// A row of `closures`.
#[derive(Clone, Debug)]
pub struct Closure {
    /// First closed date.
    pub from: Date,
    /// Last closed date, not before `from`.
    pub to: Date,
    /// Whom it concerns.
    pub whom: ClosedFor,
    /// Shown to people, possibly empty.
    pub reason: String,
    /// The row.
    pub row: Location,
}

/// Whom a closure concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedFor {
    /// Every stop and antenna.
    Everybody,
    /// One stop.
    Stop(StopId),
    /// One antenna.
    Antenna(AntennaId),
}

/// A row of `locks`: the stop is served on those days, by that antenna and at that time where given.
#[derive(Clone, Debug)]
pub struct Lock {
    /// The stop; it counts as required.
    pub stop: StopId,
    /// When.
    pub when: LockedDays,
    /// By whom, if it must be one.
    pub antenna: Option<AntennaId>,
    /// Start of the opening, if it must be one.
    pub time: Option<ClockTime>,
    /// The row.
    pub row: Location,
}

/// Which visits a lock holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockedDays {
    /// There is a visit on that date of the published horizon.
    Date(Date),
    /// All visits are on that weekday, 0 Monday to 6 Sunday.
    Weekday(u8),
    /// All visits, whatever their day.
    Every,
}

/// Reads and validates a scenario folder. Relative road files are resolved against it; they are not opened here.
pub fn load(_folder: &std::path::Path) -> Result<crate::diagnostics::Report<Dataset>, LoadError> {
    unimplemented!("tables helper")
}

/// A file or folder that could not be read for an outside reason.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct LoadError {
    /// What was read.
    pub path: PathBuf,
    /// Why it failed.
    pub source: std::io::Error,
}
