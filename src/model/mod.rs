//! The optimisation problem the solver sees: numbers and ids, no names, no dates.
//!
//! One type holds both our own planning problem and the standard benchmark problems. A [`Problem`] has *clients*
//! (candidate stops, customers) that may be visited on the days of one of their patterns, *shifts* (a vehicle on a
//! day) that visit them, and *groups* of people that visited clients cover. Times, lengths and money are whole
//! numbers in the units of the problem: seconds, metres and millionths of a euro for a scenario, scaled units for a
//! benchmark instance.
//!
//! In: the dataset, the survey and the cover sets, or an instance file. Out: a [`Problem`], and for a [`Solution`]
//! its exact schedule and cost.

pub mod evaluate;
pub mod lower;
pub mod pattern;
pub mod reasons;
pub mod schedule;
mod travel;

pub use lower::lower;

use fixedbitset::FixedBitSet;
use typed_index_collections::TiVec;

use crate::ids::{ClientId, GroupId, ShiftId, VehicleId};
use crate::matrix::TravelMatrix;
use crate::units::{ClockTime, Cost, Day, DaySet, Need, Seconds, Window};

/// What is to be planned.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Days of the cycle, 1 to 64.
    pub cycle_days: u8,
    /// What may be visited.
    pub clients: TiVec<ClientId, Client>,
    /// Kinds of vehicle.
    pub vehicles: TiVec<VehicleId, Vehicle>,
    /// Vehicles on days.
    pub shifts: TiVec<ShiftId, Shift>,
    /// Travel tables, named by [`Vehicle::travel`]; all over the same points.
    pub travel: Vec<TravelTable>,
    /// People whom visited clients cover.
    pub covering: Covering,
    /// Sets of clients of which exactly one is visited (generalised routing); usually none.
    pub alternatives: Vec<Vec<ClientId>>,
    /// Shifts that share one stock of vehicles (the same antennas may start from either depot); usually none.
    pub pools: Vec<Pool>,
    /// Openings start and end on multiples of this; one or less: no grid.
    pub grid: Seconds,
    /// A vehicle arrives at least this long before an opening starts.
    pub margin: Seconds,
    /// Penalty of each visit of a required client that is left out (each client, each pattern day).
    pub missed_visit: Cost,
}

/// Travel between points.
#[derive(Clone, Debug)]
pub enum TravelTable {
    /// Looked up.
    Dense(TravelMatrix),
    /// Computed from coordinates, where a table would not fit in memory or cache: time and length are one number.
    Plane(Plane),
}

/// Points in the plane with the rounding convention of an instance file.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// Coordinates of each point.
    pub points: Vec<(f64, f64)>,
    /// Units of the problem in one unit of the file.
    pub scale: f64,
    /// How a scaled distance becomes whole.
    pub rounding: Rounding,
}

/// How a scaled distance becomes whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, halves up.
    Nearest,
    /// Down.
    Down,
    /// Up, so that limits that hold on whole numbers hold on real ones.
    Up,
}

/// Something that may be visited.
#[derive(Clone, Debug)]
pub struct Client {
    /// Row and column in the travel tables.
    pub point: u32,
    /// The sets of days on which it may be visited; one is chosen. Empty: it can't be visited.
    pub patterns: Vec<DaySet>,
    /// When the whole opening may lie, by cycle day, in order; empty on days that are not allowed.
    pub windows: Vec<Vec<Window>>,
    /// Left out only at [`Problem::missed_visit`] a visit.
    pub required: bool,
    /// Earned once a cycle when visited, beyond the groups it covers: a prize.
    pub value: Cost,
    /// Fixed part of the load of a visit, in households; attendance comes on top.
    pub registered: i64,
    /// Grams for each household of the load.
    pub mass_per_household: i64,
    /// How long an opening lasts.
    pub service: Service,
    /// Vehicles that may visit it, by [`VehicleId`].
    pub vehicles: FixedBitSet,
    /// What a lock fixes, by cycle day.
    pub locks: Vec<Option<LockedVisit>>,
    /// Goods are ready at the depot from then on (multi-trip with release times); usually midnight.
    pub release: ClockTime,
}

/// How long an opening lasts: `setup + households * per_household / service points`, within the two bounds,
/// then rounded up to the grid unless that passes `longest`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Fixed part.
    pub setup: Seconds,
    /// For one household at one service point.
    pub per_household: Seconds,
    /// At least.
    pub shortest: Seconds,
    /// At most.
    pub longest: Seconds,
}

/// A visit that must stay as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LockedVisit {
    /// By that vehicle.
    pub vehicle: Option<VehicleId>,
    /// Opening at that time.
    pub start: Option<ClockTime>,
}

/// A kind of vehicle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vehicle {
    /// Which of [`Problem::travel`] it drives by.
    pub travel: u32,
    /// Households a trip; none: no limit.
    pub capacity: Option<i64>,
    /// Grams a trip; none: no limit.
    pub capacity_mass: Option<i64>,
    /// Each shift that leaves the depot.
    pub cost_fixed: Cost,
    /// Each unit of length.
    pub cost_per_metre: Cost,
    /// Each unit of time from leaving to returning.
    pub cost_per_second: Cost,
    /// Longest time from leaving to returning.
    pub max_duty: Option<Seconds>,
    /// Longest driving a shift.
    pub max_driving: Option<Seconds>,
    /// Longest way a shift.
    pub max_metres: Option<i64>,
    /// Most visits a shift.
    pub max_visits: Option<u32>,
    /// Its break (see [`crate::tables::BreakRule`] for the rule).
    pub rest: Option<Rest>,
    /// Longest time from leaving the depot loaded to the end of that trip's last opening.
    pub max_cold: Option<Seconds>,
    /// Time to load between trips.
    pub reload: Seconds,
    /// Most trips a shift; 1: never reloads.
    pub max_trips: u32,
    /// Families served at once, at least 1.
    pub service_points: i32,
}

/// When a vehicle must rest: once, if its duty is longer than `after`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Length.
    pub duration: Seconds,
    /// Longest stretch of duty without it.
    pub after: Seconds,
    /// It lies inside.
    pub window: Window,
}

/// `count` interchangeable vehicles on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Kind.
    pub vehicle: VehicleId,
    /// When.
    pub day: Day,
    /// It leaves and returns inside.
    pub window: Window,
    /// Point where it loads and leaves.
    pub start: u32,
    /// Point where it returns at the end.
    pub end: u32,
    /// How many of them, at least 1.
    pub count: u32,
}

/// Shifts of one day that draw on the same vehicles: together they have at most `count` routes, and each at most
/// its own [`Shift::count`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Which shifts.
    pub shifts: Vec<ShiftId>,
    /// Most routes over all of them.
    pub count: u32,
}

/// People whom visited clients cover.
#[derive(Clone, Debug, Default)]
pub struct Covering {
    /// Each counted once, however many visited clients reach it.
    pub groups: TiVec<GroupId, CoverGroup>,
    /// Of a group's need that attends its nearest visited client, in thousandths.
    pub attendance_permille: i64,
}

/// A group of people that live together and travel alike.
#[derive(Clone, Debug)]
pub struct CoverGroup {
    /// How many.
    pub need: Need,
    /// Earned once a cycle while one of `clients` is visited.
    pub value: Cost,
    /// One of `clients` must be visited (covering tours).
    pub required: bool,
    /// Who reaches it, nearest first.
    pub clients: Vec<ClientId>,
}

impl CoverGroup {
    /// Of its need, what attends: rounded down to a thousandth of a household.
    pub fn attending(&self, attendance_permille: i64) -> Need {
        Need(self.need.get() * attendance_permille / 1000)
    }
}

/// A choice of routes. A client is visited on the days on which a route holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Solution {
    /// Routes with at least one visit.
    pub routes: Vec<Route>,
}

/// What one vehicle does on one day, untimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Which vehicle, which day.
    pub shift: ShiftId,
    /// Visits in order, cut where the vehicle loads again; no trip is empty.
    pub trips: Vec<Vec<ClientId>>,
}
