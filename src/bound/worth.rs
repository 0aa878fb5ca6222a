//! What being visited is worth, and the least that comes to each client.
//!
//! In: a problem, and on which days each client can be visited at all. Out: the part of the objective that does not
//! depend on routes, in a form that is never larger than the true one.

use typed_index_collections::{TiSlice, TiVec};

use crate::ids::ClientId;
use crate::model::Problem;
use crate::model::schedule::{VisitLoad, visit_load};
use crate::units::{DaySet, Need};

/// The objective without routes. Of a choice of visited clients it is at least
/// `constant + sum of missed (not visited) - sum of own (visited) - sum of shared values (somebody visited)`.
#[derive(Clone, Debug)]
pub(super) struct Worth {
    /// Penalties of required groups and alternatives, which covering them takes back.
    pub constant: i128,
    /// Of visiting a client: its value, and that of groups which no other client covers.
    pub own: TiVec<ClientId, i64>,
    /// Of not visiting it.
    pub missed: TiVec<ClientId, i64>,
    /// Groups that several clients cover; each set of clients once.
    pub shared: Vec<Shared>,
}

/// Groups that the same clients cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shared {
    /// Earned once when one of them is visited; positive.
    pub value: i64,
    /// At least two, in order.
    pub clients: Vec<ClientId>,
}

impl Worth {
    /// Who is turned away and who attends whom is left out: both only make the true objective larger.
    ///
    /// `patterns` are those by which a client can be visited; none: it can't be.
    pub fn new(problem: &Problem, patterns: &TiSlice<ClientId, Vec<DaySet>>) -> Self {
        let mut worth = Self {
            constant: 0,
            own: problem.clients.iter().map(|client| client.value.get()).collect(),
            missed: problem.clients.keys().map(|client| problem.missed_cost(client).get()).collect(),
            shared: Vec::new(),
        };
        let missed = problem.missed_visit.get();
        for group in &problem.covering.groups {
            let penalty = if group.required { missed } else { 0 };
            worth.add(penalty, group.value.get().max(0) + penalty, &group.clients, patterns);
        }
        for set in &problem.alternatives {
            worth.add(missed, missed, set, patterns);
        }
        worth.merge();
        worth
    }

    fn add(
        &mut self,
        penalty: i64,
        value: i64,
        clients: &[ClientId],
        patterns: &TiSlice<ClientId, Vec<DaySet>>,
    ) {
        self.constant += i128::from(penalty);
        let mut open: Vec<ClientId> =
            clients.iter().copied().filter(|&client| !patterns[client].is_empty()).collect();
        open.sort_unstable();
        open.dedup();
        match open[..] {
            [] => {}
            [only] => self.own[only] += value,
            _ if value > 0 => self.shared.push(Shared { value, clients: open }),
            _ => {}
        }
    }

    fn merge(&mut self) {
        self.shared.sort_by(|a, b| a.clients.cmp(&b.clients));
        self.shared.dedup_by(|next, kept| {
            let is_same = next.clients == kept.clients;
            kept.value += if is_same { next.value } else { 0 };
            is_same
        });
    }
}

/// What comes to each visit of a client at least, whoever else is visited: those registered, and the groups that have
/// it nearest of all that can be visited.
pub(super) fn least_loads(
    problem: &Problem,
    patterns: &TiSlice<ClientId, Vec<DaySet>>,
) -> TiVec<ClientId, VisitLoad> {
    let mut attending: TiVec<ClientId, Need> = problem.clients.iter().map(|_| Need::ZERO).collect();
    for group in &problem.covering.groups {
        let nearest = group.clients.iter().copied().find(|&client| !patterns[client].is_empty());
        if let Some(client) = nearest {
            attending[client] += group.attending(problem.covering.attendance_permille);
        }
    }
    problem.clients.iter().zip(attending).map(|(client, need)| visit_load(client, need)).collect()
}
