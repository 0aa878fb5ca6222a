//! Exact cost of a solution from scratch: the slow twin of everything the solver keeps incrementally.

use typed_index_collections::TiVec;

use super::schedule::{Blocked, RouteTiming, VisitLoad};
use super::{Problem, Solution};
use crate::ids::{ClientId, GroupId};
use crate::units::{Cost, Need};

/// What a solution is worth, term by term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// Shifts used, length and time.
    pub operating: Cost,
    /// Worth of the groups covered, counted once each, less those turned away.
    pub covered_value: Cost,
    /// Worth of the clients visited.
    pub client_value: Cost,
    /// Penalty of required visits left out.
    pub missed: Cost,
    /// `operating - covered_value - client_value + missed`.
    pub total: Cost,
    /// The counted need within reach of a visited client.
    pub covered_need: Need,
    /// The client each group attends.
    pub attends: TiVec<GroupId, Option<ClientId>>,
    /// What comes to each visit of each client.
    pub loads: TiVec<ClientId, VisitLoad>,
    /// Times of each route of the solution, or what blocks it.
    pub routes: Vec<Result<RouteTiming, Blocked>>,
    /// Clients whose days are none of their patterns.
    pub broken_patterns: Vec<ClientId>,
}

/// Evaluates a solution. `O(visits + groups)` and a schedule for each route.
pub fn evaluate(_problem: &Problem, _solution: &Solution) -> Evaluation {
    unimplemented!("model helper")
}
