//! Search: a [`Problem`] in, the best [`Solution`] found out.
//!
//! # How it works
//!
//! Several searches ([`team`]) each run ruin and recreate under simulated annealing ([`search`]; Christiaens & Vanden
//! Berghe 2020): [`ruin`] takes some clients out with all their visits, [`recreate`] puts them back in a random order,
//! each in the cheapest pattern of days and places ([`insertion`]) beside [`near`] visits; changed routes get the vehicle
//! that suits them ([`fleet`]) and trips cut for it ([`split`]), whole [`trips`] change vehicles, the classical [`moves`] settle
//! what was touched ([`local_search`]), visits go over between trips side by side ([`vicinity`]), in exchanges of two
//! ([`swap_star`]) and chains over three ([`ejection`]), and [`accept`] decides whether that is kept. Now and then the best
//! solution is brought to a local optimum, and everybody left out is offered once more. Where the budget allows, several such
//! annealings make a population ([`lineage`]) whose routes and arcs are crossed ([`crossing`], [`assembly`]). Good routes are
//! remembered ([`collected`]) and now and then put together anew ([`recombine`]), as a small set [`partition`]ing problem.
//!
//! In the working solution ([`state`]) who fits nowhere stays out, and a required client that is out costs its penalty. Until
//! everybody is in, whoever is left out often is given room first; from then on solutions that lack somebody are let in at a
//! price that follows how many do ([`accept`]). Where segments tell all times and everybody must be visited, limits of load,
//! duty and length have such a price too ([`excess`]); elsewhere no rule is ever broken. Every change is undone in time that
//! grows with the change, not with the problem.
//!
//! # What a route costs: two tiers
//!
//! 1. Joined [`segment`]s (Vidal et al. 2013) judge any change of a sequence in constant time: load, way, windows and
//!    least duration ([`parts`]). That is exact for *plain* routes: one window a visit, no grid, no break, no cold chain, no release.
//!    Where no time can bind, nothing but way and load is looked at, in constant time for most moves ([`pair`]).
//! 2. For other routes it is a bound, below which no times exist; what passes is timed by `model::schedule` ([`exact`]),
//!    and answers are remembered ([`memo`]). Our own tours are of this kind and short; benchmark routes are plain and
//!    may hold hundreds of visits.
//!
//! # Who attends
//!
//! Opening or closing a client moves households between clients ([`cover`]), so the loads and openings of other visits
//! change. Candidates are priced with what would come to them; the others' routes are brought up to date when the change
//! is made, and the exact total decides. `model::evaluate` is the slow twin of all of it.
//!
//! # Ties
//!
//! What money leaves open is settled once, at the end ([`ties`]): the same time and crew for a stop.

mod accept;
mod arcs;
mod assembly;
mod blinks;
mod candidate;
mod collected;
mod context;
mod cover;
mod crossing;
mod ejection;
mod exact;
mod excess;
mod fleet;
mod grid;
mod guests;
mod insertion;
mod larger;
mod lineage;
mod local_search;
mod memo;
mod moves;
mod near;
mod pair;
mod partition;
mod parts;
mod recombine;
mod recreate;
mod rng;
mod route;
mod ruin;
mod search;
mod segment;
mod shift;
mod side;
mod split;
mod state;
mod swap_star;
mod team;
#[cfg(test)]
mod tests;
mod ties;
mod transfer;
mod trips;
mod vicinity;
mod visit;
mod warm;
mod ways;

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::model::{Problem, Solution};
use crate::units::Cost;

/// Where chance and weights come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// Seed of every random choice.
    pub seed: u64,
    /// Worker threads; with an iteration budget the result does not depend on it.
    pub threads: usize,
}

/// When the search ends: at the first that is met.
#[derive(Clone, Debug, Default)]
pub struct StopRule<'a> {
    /// Iterations of every search: reproducible.
    pub iterations: Option<u64>,
    /// Wall time.
    pub time: Option<Duration>,
    /// Set by Ctrl-C.
    pub cancelled: Option<&'a AtomicBool>,
}

/// Progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Iterations so far.
    pub iterations: u64,
    /// Best total so far.
    pub best: Cost,
    /// Whether `best` is new.
    pub improved: bool,
}

/// What the search ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The best solution; every route of it has exact times.
    pub solution: Solution,
    /// Iterations done.
    pub iterations: u64,
    /// Whether a cancel ended it.
    pub cancelled: bool,
}

/// Searches, from `warm` if given (what breaks rules there is left out and put in again where it fits).
///
/// With [`StopRule::iterations`] the result depends on the problem, the seed and that number alone, unless another rule
/// ends the search earlier. Without any rule it ends after a default number of iterations. Visits that can't be placed
/// are left out; the result may be empty.
pub fn solve(
    problem: &Problem,
    params: &Params,
    stop: &StopRule<'_>,
    warm: Option<&Solution>,
    on_event: &mut dyn FnMut(Event),
) -> Outcome {
    let started = Instant::now();
    let context = context::Context::new(problem);
    let start = warm.map(|solution| warm::routes_of(problem, solution)).unwrap_or_default();
    let mut team = team::Team::new(&context, params, stop, started, &start);
    let cancelled = team.run(on_event);
    let solution = ties::most_regular(&context, team.best().best().solution());
    Outcome { solution, iterations: team.iterations(), cancelled }
}
