//! Why a client is left out, and the smallest change that would serve it; both verified by trying.
//!
//! In: a problem, its finished solution and a client without visits. Out: a [`LeftOut`], as numbers and ids; `words`
//! says it in two languages. Nothing is guessed: every insertion of the client into the solution is timed exactly
//! (each pattern, shift, trip and position), then again with one limit relaxed at a time, and the answer is what the
//! exact cost of the whole solution says of the best of them.

mod change;
mod trial;
mod words;

use std::cmp::Ordering;

pub use self::change::Change;
use self::change::candidates;
use self::trial::Trial;
pub use self::words::{Said, say};
use super::evaluate::evaluate;
use super::schedule::Blocked;
use super::{Problem, Solution};
use crate::ids::{ClientId, ShiftId, VehicleId};
use crate::units::{Cost, DaySet};

/// Why a client has no visit, and what would change that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What stands in the way.
    pub why: Why,
    /// The smallest single change found that would serve it; none where no single change does.
    pub fix: Option<Fix>,
}

/// What stands in the way of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No days satisfy its rhythm; [`why_no_pattern`](super::lower::why_no_pattern) says which demand leaves none.
    NoPattern,
    /// It could be visited on `days`, but that costs that much more than it brings.
    NotWorth {
        /// The days on which it would cost least.
        days: DaySet,
        /// What it costs beyond what it brings; zero where the two are equal.
        loss: Cost,
    },
    /// It could be visited on `days` and would pay: the search ended before it found that.
    Overlooked {
        /// The days on which it would bring most.
        days: DaySet,
        /// What it brings beyond what it costs.
        gain: Cost,
    },
    /// A rule blocks every insertion; this one where least is missing.
    Blocked {
        /// The shift that comes nearest to serving it.
        shift: ShiftId,
        /// The rule.
        rule: Blocked,
    },
    /// No vehicle that may visit it works on all days of any of its patterns.
    NoShift,
}

/// A change that would serve a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to change, and by how much.
    pub change: Change,
    /// The vehicle it is about; none for a change of the client itself or of its worth.
    pub vehicle: Option<VehicleId>,
    /// On which of the client's days the change is needed.
    pub days: DaySet,
    /// All days of the client with the change.
    pub pattern: DaySet,
    /// What it would still cost beyond what it brings, which must be found as well; zero where it pays.
    pub shortfall: Cost,
}

impl Fix {
    /// Makes the change to `problem`: for all shifts of its vehicle on its days, or for the client.
    pub fn apply(&self, problem: &mut Problem, client: ClientId) {
        self.change.apply(problem, client, self.vehicle.unwrap_or_default(), self.days);
    }
}

/// Explains why `client` is left out of `solution`.
///
/// Tries `patterns × shifts × positions` schedules, a few times for each kind of limit: milliseconds for routes of a
/// dozen visits. Clients of `solution` other than `client` keep their days and order.
///
/// # Panics
///
/// If `client` is visited in `solution`.
pub fn explain(problem: &Problem, solution: &Solution, client: ClientId) -> LeftOut {
    let is_visited = solution.routes.iter().any(|route| route.trips.iter().flatten().any(|&id| id == client));
    assert!(!is_visited, "only a client without visits is left out");
    if problem.clients[client].patterns.is_empty() {
        return LeftOut { why: Why::NoPattern, fix: None };
    }
    let mut trial = Trial::new(problem, solution, client);
    match trial.served() {
        Some((after, days)) => worth(after - evaluate(problem, solution).total, days),
        None => blocked(&mut trial, problem, solution),
    }
}

/// A client that fits on `days`: does it pay?
fn worth(loss: Cost, days: DaySet) -> LeftOut {
    if loss < Cost::ZERO {
        return LeftOut { why: Why::Overlooked { days, gain: -loss }, fix: None };
    }
    let fix = Fix { change: Change::Worth(loss), vehicle: None, days, pattern: days, shortfall: Cost::ZERO };
    LeftOut { why: Why::NotWorth { days, loss }, fix: Some(fix) }
}

/// A client that does not fit: which change is the smallest that makes it? Changes after which it also pays come
/// before all others.
fn blocked(trial: &mut Trial<'_>, problem: &Problem, solution: &Solution) -> LeftOut {
    let before = evaluate(problem, solution).total;
    let mut best: Option<(bool, f64, Fix)> = None;
    for (change, vehicle) in candidates(problem, trial.client()) {
        let limit = match &best {
            Some((false, effort, _)) => *effort,
            _ => f64::INFINITY,
        };
        let Some(relaxed) = trial.least(change, vehicle, limit) else { continue };
        let effort = relaxed.change.effort(problem, trial.client(), vehicle);
        let Some(fix) = trial.verify(&relaxed, before) else { continue };
        let is_short = fix.shortfall > Cost::ZERO;
        let is_better = best.as_ref().is_none_or(|(other_short, least, _)| {
            is_short.cmp(other_short).then(effort.total_cmp(least)) == Ordering::Less
        });
        if is_better {
            best = Some((is_short, effort, fix));
        }
    }
    let fix = best.map(|(_, _, fix)| fix);
    let why = match trial.mildest(fix.as_ref()) {
        Some((shift, rule)) => Why::Blocked { shift, rule },
        None => Why::NoShift,
    };
    LeftOut { why, fix }
}
