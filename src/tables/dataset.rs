//! The rows of a validated scenario, one type a table. Public fields: a [`Dataset`](super::Dataset) is only built
//! by this layer, after every check.

use geo::Point;
use jiff::civil::Date;

use crate::diagnostics::Location;
use crate::ids::{AntennaId, DepotId, StopId};
use crate::traveller::Traveller;
use crate::units::{ClockTime, Cost, Grams, Households, Need, Seconds, Window};

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
    /// Where in the village and how to come; possibly empty.
    pub directions: String,
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
    /// Whether the table says or lets estimate it; else both needs are zero, and outputs show none.
    pub need_is_known: bool,
    /// In need, with a car.
    pub need_with_car: Need,
    /// In need, without a car. The two add up to the households typed.
    pub need_without_car: Need,
    /// Inhabitants, if given.
    pub population: Option<u32>,
    /// Department, possibly empty.
    pub department: String,
    /// Group of communes, possibly empty.
    pub epci: String,
    /// The stop its households are referred to, for the second model of attendance.
    pub referred_to: Option<StopId>,
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
    /// When it is open, by day of the cycle, as on the cycle's own dates; none: not known.
    pub openings: Option<Vec<Vec<Window>>>,
    /// Households it can serve in a week; none: not known.
    pub weekly_capacity: Option<Need>,
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

impl Lock {
    /// Its cell of that column; a lock that was read from one cell is in that one.
    pub fn at_column(&self, column: &str) -> Location {
        if self.row.column.is_some() { self.row.clone() } else { self.row.at_column(column) }
    }
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
