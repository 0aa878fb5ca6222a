//! Standard benchmark instances: files of researchers in, a [`Problem`](crate::model::Problem) out, solution files written and verified.
//!
//! The format is recognised by what a file holds, never by its name. A reader turns it into an [`Instance`], which
//! keeps the terms of the file: its numbering, its rounding of distances, its way to state a cost. [`Instance::problem`]
//! gives the same as a `model::Problem` for the search; [`Instance::number`] turns a solution of it back into numbered
//! routes; [`verify::verify`] judges those against the instance alone, with none of the code of `model` or `solver`.
//! `docs/benchmarks.md` lists the sets and their conventions.
//!
//! Numbers of an instance are counted in *steps*: tenths, thousandths, whatever its convention cuts a unit into. They are
//! `f64`, whole (and exact, below 2^53) wherever the convention rounds.

#![allow(
    clippy::float_cmp,
    reason = "steps are whole numbers, and real limits are compared with their slack"
)]

mod cordeau;
mod covering_tour;
mod departments;
mod detect;
mod geometry;
pub mod left_out;
mod lower;
mod orienteering;
mod sanity;
mod solomon;
pub mod solution;
mod text;
pub mod verify;
mod vieira;
mod vrplib;

use fixedbitset::FixedBitSet;

use crate::diagnostics::Report;
use crate::units::DaySet;

pub use geometry::{Geometry, Measure, PlanePoints};
pub use solution::{FileRoute, FileSolution};
pub use verify::{Fault, Missed, Verdict, verify};

/// What is optimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// Least cost of routes.
    Cost,
    /// Least cost of routes and prizes not collected.
    CostAndLostPrizes,
    /// Greatest sum of prizes collected.
    Score,
}

/// How a set of instances counts, states costs and writes routes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a set, each named by its field")]
pub struct Convention {
    /// What the files call the problem: `CVRP`.
    pub problem: &'static str,
    /// How distances become steps.
    pub measure: Measure,
    /// What is optimised.
    pub objective: Objective,
    /// Steps of cost in one unit of the stated cost.
    pub divisor: f64,
    /// Digits after the point of the stated cost.
    pub decimals: usize,
    /// Allowance on limits: 10⁻⁶ on real numbers, none on whole ones.
    pub slack: f64,
    /// Routes state their `day`.
    pub states_day: bool,
    /// Routes state their `depot`.
    pub states_depot: bool,
    /// Routes state the `vehicle` line of the file.
    pub states_vehicle: bool,
    /// A route may have several trips.
    pub multi_trip: bool,
}

impl Convention {
    /// One depot, one day, equal vehicles, least distance.
    pub(crate) const fn plain(problem: &'static str, measure: Measure) -> Self {
        Self {
            problem,
            measure,
            objective: Objective::Cost,
            divisor: 1.0,
            decimals: 0,
            slack: 0.0,
            states_day: false,
            states_depot: false,
            states_vehicle: false,
            multi_trip: false,
        }
    }

    /// As [`Convention::plain`], in real numbers, with four decimals of cost.
    pub(crate) const fn real(problem: &'static str) -> Self {
        Self { decimals: 4, slack: 1e-6, ..Self::plain(problem, Measure::Real) }
    }
}

/// A benchmark instance in the terms of its file.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Name of the file, for messages.
    pub name: String,
    /// How it counts.
    pub convention: Convention,
    /// Days of the period, 1 to 60.
    pub days: u8,
    /// Points 0, 1, ... of `geometry`.
    pub depots: Vec<Depot>,
    /// The next points of `geometry`; customer `k` of a solution file is `customers[k - 1]`.
    pub customers: Vec<Customer>,
    /// Kinds of vehicle.
    pub vehicles: Vec<Vehicle>,
    /// What a route may be: a kind of vehicle on a day from a depot.
    pub slots: Vec<Slot>,
    /// Most routes over all slots of each stock; `u32::MAX`: no limit.
    pub stocks: Vec<u32>,
    /// Sets of customers of which exactly one is visited.
    pub groups: Vec<Vec<usize>>,
    /// Those who must be covered: for each the customers that do.
    pub covered_by: Vec<Vec<usize>>,
    /// Where depots and customers are.
    pub geometry: Geometry,
}

/// A depot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Depot {
    /// Nobody leaves earlier.
    pub opens: f64,
    /// Nobody returns later; infinite: no limit.
    pub closes: f64,
}

impl Depot {
    /// Always open.
    pub(crate) const ALWAYS: Self = Self { opens: 0.0, closes: f64::INFINITY };
}

/// A customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Line of the file it stands on, for messages.
    pub row: u32,
    /// Load of each visit.
    pub demand: f64,
    /// Length of each visit.
    pub service: f64,
    /// A visit begins at the earliest then.
    pub opens: f64,
    /// A visit begins at the latest then; infinite: no limit.
    pub closes: f64,
    /// Its goods are at the depot from then on.
    pub release: f64,
    /// Collected when visited, once.
    pub prize: f64,
    /// The sets of days on which it may be visited.
    pub day_sets: Vec<DaySet>,
    /// Must be visited by itself (not as one of a group).
    pub required: bool,
}

impl Customer {
    /// Visited once, on the only day, at any time.
    pub(crate) fn plain(row: u32, demand: f64) -> Self {
        Self {
            row,
            demand,
            service: 0.0,
            opens: 0.0,
            closes: f64::INFINITY,
            release: 0.0,
            prize: 0.0,
            day_sets: vec![DaySet::first(1)],
            required: true,
        }
    }
}

/// A kind of vehicle. Limits are infinite where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Vehicle {
    /// Load of a trip.
    pub capacity: f64,
    /// From departure to return.
    pub max_duration: f64,
    /// Length of a route.
    pub max_length: f64,
    /// Visits of a route.
    pub max_stops: u32,
    /// Steps of distance in one step of time.
    pub speed: f64,
    /// Cost of each route, in steps of cost.
    pub fixed: f64,
    /// Cost of each step of distance.
    pub per_distance: f64,
    /// Customers it may serve (by index); none: all.
    pub serves: Option<FixedBitSet>,
    /// Lines of the fleet description that stand for it, from 1. One line may serve many routes; of several, each
    /// serves one.
    pub lines: Vec<u32>,
}

impl Vehicle {
    /// Without any limit but its load.
    pub(crate) fn plain(capacity: f64) -> Self {
        Self {
            capacity,
            max_duration: f64::INFINITY,
            max_length: f64::INFINITY,
            max_stops: u32::MAX,
            speed: 1.0,
            fixed: 0.0,
            per_distance: 1.0,
            serves: None,
            lines: vec![1],
        }
    }
}

/// What a route may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Kind, an index of [`Instance::vehicles`].
    pub vehicle: usize,
    /// Day from 0.
    pub day: u8,
    /// Depot it begins at.
    pub start: usize,
    /// Depot it ends at.
    pub end: usize,
    /// Which of [`Instance::stocks`] it draws on.
    pub stock: usize,
}

impl Instance {
    /// The point of a customer in `geometry`.
    pub fn point(&self, customer: usize) -> usize {
        self.depots.len() + customer
    }

    /// Distance between two points in steps.
    pub fn distance(&self, a: usize, b: usize) -> f64 {
        self.geometry.distance(a, b, self.convention.measure)
    }

    /// A cost in steps as solution files state it.
    pub fn stated(&self, steps: f64) -> String {
        format!("{:.*}", self.convention.decimals, steps / self.convention.divisor)
    }
}

/// Reads an instance of any known format. `name` is what messages call the file.
///
/// Never fails for an outside reason and never panics: whatever `bytes` hold, the report has an instance or says why
/// not, with all errors of the file at once. Memory grows with the size of `bytes` only.
pub fn read(name: &str, bytes: &[u8]) -> Report<Instance> {
    detect::read(name, bytes)
}
