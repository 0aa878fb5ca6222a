//! A total that no solution can be below: how far a plan is from the best possible, at most.
//!
//! In: a [`Problem`], and a solution to start from if there is one. Out: a [`Bound`].
//!
//! Lagrangian relaxation of a set-covering formulation (Dantzig & Wolfe 1960). The choice of who is visited on which days
//! pays a price for each visit, and the routes of a shift get it; coverage pays a price to whoever covers. At *any* prices
//! the three parts solved apart add up to no more than the best total, so prices may come from floating point ([`master`]),
//! while the sum is worked out in whole numbers ([`multipliers`], [`labels`], [`minorant`]). `docs/method.md`, *Bound*, says which rules each part relaxes, and why
//! that is safe for all of them.

mod columns;
mod completion;
mod kinds;
mod labels;
mod master;
mod memory;
mod minorant;
mod multipliers;
mod reach;
mod relaxation;
mod shift;
#[cfg(test)]
mod tests;
mod worth;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::model::{Problem, Solution};
use crate::units::Cost;

use columns::Generation;
use relaxation::Relaxation;

/// When the work ends: at the first that is met, or when the bound can't be raised any more.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits<'a> {
    /// Wall time.
    pub time: Option<Duration>,
    /// Set by Ctrl-C.
    pub cancelled: Option<&'a AtomicBool>,
}

/// A total that no solution is below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The total.
    pub total: Cost,
    /// How it was found.
    pub kind: Kind,
    /// Linear programs solved.
    pub rounds: u64,
}

/// How far the work on a bound went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From the prices of single visits: weak, where there is no time.
    Visits,
    /// From routes, ended by a limit.
    Routes,
    /// From routes, and these relaxations give hardly more.
    Converged,
}

/// Bounds the total of every solution from below; none where costs are negative or the problem is too large.
///
/// Without [`Limits::time`] the result depends on the arguments alone, whatever the machine or thread count. Takes a
/// second for 40 clients, a quarter of a minute for 100, minutes for 400; memory grows with `clients²` for each kind of shift.
pub fn lower_bound(problem: &Problem, incumbent: &Solution, limits: &Limits<'_>) -> Option<Bound> {
    let started = Instant::now();
    let is_over = || {
        limits.time.is_some_and(|time| started.elapsed() >= time)
            || limits.cancelled.is_some_and(|flag| flag.load(Ordering::Relaxed))
    };
    let is_negative = problem.vehicles.iter().any(|vehicle| {
        [vehicle.cost_fixed, vehicle.cost_per_metre, vehicle.cost_per_second]
            .iter()
            .any(|cost| *cost < Cost::ZERO)
    });
    if is_negative || problem.missed_visit < Cost::ZERO {
        return None;
    }
    let mut relaxation = Relaxation::new(problem)?;
    let mut generation = Generation::by_visits(&mut relaxation);
    generation.go_on_by_routes(incumbent, &is_over);
    generation.bound()
}
