//! Rounds of prices and routes: the linear program names prices, the shifts answer with routes that are worth it.

use rayon::prelude::*;

use super::labels::{Care, Found};
use super::master::{self, Answer, Column};
use super::multipliers::Multipliers;
use super::relaxation::Relaxation;
use super::{Bound, Kind};
use crate::ids::ClientId;
use crate::model::Solution;
use crate::model::evaluate::evaluate;
use crate::units::Cost;

/// Labels of one search of a shift at most: some tens of megabytes.
const LABELS_MAX: usize = 300_000;
/// Labels of all searches at most: minutes.
const WORK_MAX: usize = 400_000_000;
/// Linear programs at most.
const ROUNDS_MAX: u64 = 400;
/// Rounds after which an exact one is due, so that there is a bound by then.
const ROUNDS_TO_EXACT: u64 = 20;
/// Routes of a shift that a round adds.
const ROUTES_A_ROUND: usize = 8;
/// Columns beyond which those farthest from being used are dropped.
const COLUMNS_MAX: usize = 2_500;
/// A route of which less is used is not in use.
const USED: f64 = 0.01;
/// The work ends when the program's total is this near to the bound, in parts of it: a hundredth of a per cent.
const NEAR_ENOUGH: f64 = 1e-4;

/// Column generation under way.
pub(super) struct Generation<'r, 'p> {
    relaxation: &'r mut Relaxation<'p>,
    columns: Vec<Column>,
    best: Option<i128>,
    kind: Kind,
    rounds: u64,
    work: usize,
    penalty_max: i64,
    since_exact: u64,
}

impl<'r, 'p> Generation<'r, 'p> {
    pub fn new(relaxation: &'r mut Relaxation<'p>) -> Self {
        Self {
            penalty_max: penalty_that_tells(relaxation),
            relaxation,
            columns: Vec::new(),
            best: None,
            kind: Kind::Visits,
            rounds: 0,
            work: 0,
            since_exact: 0,
        }
    }

    pub fn bound(&self) -> Option<Bound> {
        let total = Cost(i64::try_from(self.best?).ok()?);
        Some(Bound { total, kind: self.kind, rounds: self.rounds })
    }

    /// The bound at which no route costs more than its visits bring: each visit alone, at the cheapest shift of its day.
    pub fn bound_by_visits(&mut self) {
        let columns = self.single_visits();
        let mut prices = Multipliers::zero(self.relaxation);
        for column in &columns {
            prices.set_visit(column.clients[0], column.day, column.cost);
        }
        if let Some(answer) = master::solve(self.relaxation, &columns, self.penalty_max) {
            prices.take_groups(&answer.multipliers);
        }
        self.try_prices(&prices, &[]);
    }

    /// A visit at the least price that a route pays for it, as a column of no shift.
    fn single_visits(&self) -> Vec<Column> {
        let mut least = std::collections::BTreeMap::new();
        for (graph, row) in self.relaxation.graphs.iter().enumerate() {
            for (node, &price) in row.nodes.iter().zip(&self.relaxation.prices[graph]) {
                let cost = least.entry((node.client, self.relaxation.day(graph))).or_insert(price);
                *cost = price.min(*cost);
            }
        }
        let column = |((client, day), cost)| Column { shift: None, day, clients: vec![client], cost };
        least.into_iter().map(column).collect()
    }

    /// Raises the bound by routes until it does not rise any more.
    pub fn bound_by_routes(&mut self, incumbent: &Solution, is_over: &(dyn Fn() -> bool + Sync)) {
        self.add_routes_of(incumbent);
        while self.rounds < ROUNDS_MAX && self.work < WORK_MAX && !is_over() {
            let Some(answer) = master::solve(self.relaxation, &self.columns, self.penalty_max) else {
                return;
            };
            self.rounds += 1;
            self.since_exact += 1;
            if !self.goes_on(&answer, is_over) {
                return;
            }
            self.drop_columns(&answer);
        }
    }

    /// Looks for routes at the program's prices; false where no more can be gained, or a limit came.
    fn goes_on(&mut self, answer: &Answer, is_over: &(dyn Fn() -> bool + Sync)) -> bool {
        if self.since_exact < ROUNDS_TO_EXACT {
            match self.add_quickly(answer, is_over) {
                None => return false,
                Some(0) => {}
                Some(_) => return true,
            }
        }
        self.since_exact = 0;
        let Some(found) = self.search(answer, Care::Exact, is_over) else { return false };
        self.try_prices(&answer.multipliers, &found);
        if found.iter().all(Option::is_none) {
            return false; // too large for routes: all that is known is from visits
        }
        let is_whole = found.iter().all(Option::is_some);
        let added = self.add_routes(answer, &found);
        let is_settled = added == 0 || self.is_near(answer.total);
        let goes_on = !is_settled || (answer.is_cut && self.raise_penalty()) || self.forbid_returns(answer);
        self.kind = if goes_on || !is_whole { Kind::Routes } else { Kind::Converged };
        goes_on
    }

    /// Adds routes that cheap searches find, the cheapest first; how many, or none where a limit came first.
    fn add_quickly(&mut self, answer: &Answer, is_over: &(dyn Fn() -> bool + Sync)) -> Option<usize> {
        for care in [Care::Quick, Care::Middling] {
            let found = self.search(answer, care, is_over)?;
            let added = self.add_routes(answer, &found);
            if added > 0 {
                return Some(added);
            }
        }
        Some(0)
    }

    /// Forbids the returns of the routes in use, and drops those that are forbidden now; whether there were any.
    fn forbid_returns(&mut self, answer: &Answer) -> bool {
        let relaxation = &mut *self.relaxation;
        let mut is_new = false;
        for (column, used) in self.columns.iter().zip(&answer.used) {
            if let Some(graph) = column.shift.filter(|_| *used > USED) {
                is_new |= relaxation.forbid_returns(graph, &column.clients);
            }
        }
        let allows =
            |column: &Column| column.shift.is_none_or(|graph| relaxation.allows(graph, &column.clients));
        self.columns.retain(allows);
        is_new
    }

    fn is_near(&self, total: f64) -> bool {
        self.best.is_some_and(|best| total - best as f64 <= NEAR_ENOUGH * (best as f64).abs().max(1.0))
    }

    /// Every shift searched; none where a limit came first.
    fn search(
        &mut self,
        answer: &Answer,
        care: Care,
        is_over: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Option<Found>>> {
        let relaxation = &*self.relaxation;
        let search = |graph: usize| {
            (!is_over()).then(|| relaxation.search(graph, &answer.multipliers, care, LABELS_MAX))
        };
        let found: Vec<Option<Option<Found>>> =
            (0..relaxation.graphs.len()).into_par_iter().map(search).collect();
        let found: Vec<Option<Found>> = found.into_iter().collect::<Option<_>>()?;
        self.work +=
            found.iter().map(|found| found.as_ref().map_or(LABELS_MAX, |found| found.work)).sum::<usize>();
        Some(found)
    }

    /// Keeps the bound at these prices if it is higher. A shift that was not searched is bounded by its visits.
    fn try_prices(&mut self, prices: &Multipliers, found: &[Option<Found>]) {
        let least = |graph: usize| {
            let by_visits = self.relaxation.least_by_visits(graph, prices);
            let Some(Some(found)) = found.get(graph) else { return by_visits };
            let cheapest = found.routes.first().map_or(0, |route| route.0.min(0));
            by_visits.max(i128::from(cheapest) * i128::from(self.relaxation.counts[graph]))
        };
        let routes: i128 = (0..self.relaxation.graphs.len()).map(least).sum();
        let total = routes + prices.least_choice(self.relaxation);
        self.best = Some(self.best.map_or(total, |best| best.max(total)));
    }

    /// Adds the routes that are worth more than leaving is; how many.
    fn add_routes(&mut self, answer: &Answer, found: &[Option<Found>]) -> usize {
        let before = self.columns.len();
        for (graph, found) in found.iter().enumerate() {
            let Some(found) = found else { continue };
            // Less than a cent gains nothing that the program would see.
            let limit = -answer.leaving[graph] - Cost::PER_EURO / 100;
            let worth_it = found.routes.iter().filter(|(price, _)| *price < limit);
            for (price, nodes) in worth_it.take(ROUTES_A_ROUND) {
                let day = self.relaxation.day(graph);
                let rows = &self.relaxation.graphs[graph].nodes;
                let clients: Vec<ClientId> =
                    nodes.iter().map(|&node| rows[usize::from(node)].client).collect();
                let brought: i64 = clients.iter().map(|&client| answer.multipliers.visit(client, day)).sum();
                self.columns.push(Column { shift: Some(graph), day, clients, cost: price + brought });
            }
        }
        self.columns.len() - before
    }

    /// Drops those whose visits bring least beside their cost, once there are too many.
    fn drop_columns(&mut self, answer: &Answer) {
        if self.columns.len() <= COLUMNS_MAX {
            return;
        }
        let beyond = |column: &Column| {
            let brought = |&client: &ClientId| answer.multipliers.visit(client, column.day);
            let leaving = column.shift.map_or(0, |shift| answer.leaving[shift]);
            column.cost + leaving - column.clients.iter().map(brought).sum::<i64>()
        };
        self.columns.sort_by_cached_key(beyond);
        self.columns.truncate(COLUMNS_MAX / 2);
    }

    fn add_routes_of(&mut self, solution: &Solution) {
        let evaluation = evaluate(self.relaxation.problem, solution);
        for (route, timing) in solution.routes.iter().zip(&evaluation.routes) {
            let graph = self.relaxation.graphs.iter().position(|graph| graph.shift == route.shift);
            let (Some(graph), Ok(timing)) = (graph, timing) else { continue };
            let shift = &self.relaxation.problem.shifts[route.shift];
            let vehicle = &self.relaxation.problem.vehicles[shift.vehicle];
            let cost = crate::model::evaluate::operating_cost(vehicle, timing.duty(), timing.metres).get();
            let clients = route.trips.iter().flatten().copied().collect();
            self.columns.push(Column { shift: Some(graph), day: shift.day, clients, cost });
        }
    }

    /// Whether there was anything left to raise.
    fn raise_penalty(&mut self) -> bool {
        let most = self.relaxation.worth.missed.iter().copied().max().unwrap_or(0);
        let is_lower = self.penalty_max < most;
        self.penalty_max = self.penalty_max.saturating_mul(30).min(most);
        is_lower
    }
}

/// Penalties are cut to a few times what the most valuable visits are worth, or cost: the linear program would lose its
/// digits over larger ones.
fn penalty_that_tells(relaxation: &Relaxation<'_>) -> i64 {
    let worth = &relaxation.worth;
    let mut brings = worth.own.clone();
    for shared in &worth.shared {
        for &client in &shared.clients {
            brings[client] = brings[client].saturating_add(shared.value);
        }
    }
    let most = brings.iter().copied().max().unwrap_or(0).max(0);
    let price = relaxation.prices.iter().flatten().copied().max().unwrap_or(0);
    let fixed = relaxation.problem.vehicles.iter().map(|vehicle| vehicle.cost_fixed.get()).max().unwrap_or(0);
    let days = i64::from(relaxation.problem.cycle_days);
    most.saturating_add(price.saturating_add(fixed).saturating_mul(4 * days))
}
