//! Search: a [`Problem`] in, the best [`Solution`] found out.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

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

/// Searches, from `warm` if given (routes that break rules there are mended first).
pub fn solve(
    _problem: &Problem,
    _params: &Params,
    _stop: &StopRule<'_>,
    _warm: Option<&Solution>,
    _on_event: &mut dyn FnMut(Event),
) -> Outcome {
    unimplemented!("solver helper")
}
