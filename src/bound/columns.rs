//! Rounds of prices and routes: the linear program names prices, the shifts answer with routes that are worth it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::labels::{Asked, Care, Found};
use super::master::{self, Answer, Column};
use super::multipliers::Multipliers;
use super::relaxation::Relaxation;
use super::shift::ShiftGraph;
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
/// Rounds after which an exact one is due, so that there is a good bound by then.
const ROUNDS_TO_EXACT: u64 = 20;
/// Routes of a shift that a round adds.
const ROUTES_A_ROUND: usize = 8;
/// Columns beyond which those farthest from being used are dropped.
const COLUMNS_MAX: usize = 20_000;
/// A route of which less is used is not in use.
const USED: f64 = 0.01;
/// How exact the program is solved, in parts of its distance from the bound.
const FINENESS: f64 = 0.1;
/// Routes are looked for until the program's total is this near to the bound, and returns forbidden until that raises it by no
/// more, in parts of it: a hundredth of a per cent.
const NEAR_ENOUGH: f64 = 1e-4;

/// Column generation under way.
pub(super) struct Generation<'r, 'p> {
    relaxation: &'r mut Relaxation<'p>,
    columns: Vec<Column>,
    best: i128,
    kind: Kind,
    rounds: u64,
    work: usize,
    penalty_max: i64,
    /// What near is told in parts of: all that visits and coverage are worth and cost, without penalties.
    stakes: f64,
    since_exact: u64,
    tolerance: f64,
    /// Whether prices were too inexact to tell what is worth it.
    is_refined: bool,
    /// The bound when no route was worth it any more.
    settled: Option<i128>,
}

impl<'r, 'p> Generation<'r, 'p> {
    /// With the bound at which no route costs more than its visits bring: each visit alone, at the cheapest shift of its day.
    pub fn by_visits(relaxation: &'r mut Relaxation<'p>) -> Self {
        let penalty_max = penalty_that_tells(relaxation);
        let visits = single_visits(relaxation);
        let mut prices = Multipliers::zero(relaxation);
        for visit in &visits {
            prices.set_visit(visit.clients[0], visit.day, visit.cost);
        }
        if let Some(answer) = master::solve(relaxation, &visits, penalty_max, 0.0) {
            prices.take_groups(&answer.multipliers);
        }
        Self {
            stakes: stakes(relaxation, &visits, penalty_max),
            best: total(relaxation, &prices, &[]),
            penalty_max,
            relaxation,
            columns: Vec::new(),
            kind: Kind::Visits,
            rounds: 0,
            work: 0,
            since_exact: 0,
            tolerance: f64::INFINITY,
            is_refined: false,
            settled: None,
        }
    }

    pub fn bound(&self) -> Option<Bound> {
        let total = Cost(i64::try_from(self.best).ok()?);
        Some(Bound { total, kind: self.kind, rounds: self.rounds })
    }

    /// Raises the bound by routes until it does not rise any more.
    pub fn go_on_by_routes(&mut self, incumbent: &Solution, is_over: &(dyn Fn() -> bool + Sync)) {
        self.add_routes_of(incumbent);
        while self.rounds < ROUNDS_MAX && self.work < WORK_MAX && !is_over() {
            let Some(answer) =
                master::solve(self.relaxation, &self.columns, self.penalty_max, self.tolerance)
            else {
                return;
            };
            self.rounds += 1;
            self.since_exact += 1;
            if !self.goes_on(&answer, is_over) {
                return;
            }
            self.tolerance = if self.is_refined { 0.0 } else { self.gap(answer.total).abs() * FINENESS };
            self.drop_columns(&answer);
        }
    }

    /// Looks for routes at the program's prices; false where no more can be gained, or a limit came.
    fn goes_on(&mut self, answer: &Answer, is_over: &(dyn Fn() -> bool + Sync)) -> bool {
        if self.since_exact < ROUNDS_TO_EXACT {
            let Some(found) = self.search(answer, Care::Quick, is_over) else { return false };
            let worth_it = self.worth_it(answer, &found);
            if worth_it.len() > self.relaxation.graphs.len() {
                self.columns.extend(worth_it);
                return true;
            }
        }
        self.since_exact = 0;
        let Some(found) = self.search(answer, Care::Exact, is_over) else { return false };
        let is_whole = found.iter().all(|found| found.is_whole);
        let worth_it = self.worth_it(answer, &found);
        let is_near = answer.tolerance <= NEAR_ENOUGH && self.is_near(answer);
        let is_settled = is_near || (worth_it.is_empty() && !self.refine());
        self.columns.extend(worth_it);
        let goes_on = !is_settled
            || (answer.is_cut && self.raise_penalty())
            || (is_whole && self.has_risen() && self.forbid_returns(answer));
        if is_whole && !goes_on {
            self.kind = Kind::Converged;
        }
        goes_on
    }

    /// Whether program and bound are as near as they need be; with penalties cut the former may be below the latter.
    fn is_near(&self, answer: &Answer) -> bool {
        let gap = self.gap(answer.total);
        gap <= NEAR_ENOUGH && (answer.is_cut || gap >= -NEAR_ENOUGH)
    }

    /// Has the program solved as exactly as it gets from now on; whether it was not.
    fn refine(&mut self) -> bool {
        !std::mem::replace(&mut self.is_refined, true)
    }

    /// Whether the bound is higher than when it last settled.
    fn has_risen(&mut self) -> bool {
        let before = self.settled.replace(self.best);
        before.is_none_or(|before| self.gap(before as f64) < -NEAR_ENOUGH)
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

    /// How far a total of the program is from the bound, in parts of the latter without its penalties.
    fn gap(&self, total: f64) -> f64 {
        let best = self.best as f64;
        (total - best) / best.abs().clamp(1.0, self.stakes)
    }

    /// Every shift searched, and the bound at these prices; none where a limit came first.
    fn search(
        &mut self,
        answer: &Answer,
        care: Care,
        is_over: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Found>> {
        let relaxation = &*self.relaxation;
        let search = |graph: usize| {
            let asked = Asked { care, below: Some(-answer.leaving[graph]), labels_max: LABELS_MAX };
            (!is_over()).then(|| relaxation.search(graph, &answer.multipliers, asked))
        };
        let found: Vec<Option<Found>> = (0..relaxation.graphs.len()).into_par_iter().map(search).collect();
        let found: Vec<Found> = found.into_iter().collect::<Option<_>>()?;
        self.work += found.iter().map(|found| found.work).sum::<usize>();
        let total = total(relaxation, &answer.multipliers, &found);
        if self.best < total {
            (self.best, self.kind) = (total, Kind::Routes);
        }
        Some(found)
    }

    /// The routes that are worth more than leaving is, as columns.
    fn worth_it(&self, answer: &Answer, found: &[Found]) -> Vec<Column> {
        let mut columns = Vec::new();
        for (graph, found) in found.iter().enumerate() {
            // Less than a cent gains nothing that the program would see.
            let limit = -answer.leaving[graph] - Cost::PER_EURO / 100;
            let worth_it = found.routes.iter().filter(|(price, _)| *price < limit);
            for (price, nodes) in worth_it.take(ROUTES_A_ROUND) {
                let day = self.relaxation.day(graph);
                let rows = &self.relaxation.graphs[graph].nodes;
                let clients: Vec<ClientId> =
                    nodes.iter().map(|&node| rows[usize::from(node)].client).collect();
                let brought: i64 = clients.iter().map(|&client| answer.multipliers.visit(client, day)).sum();
                let column = Column { shift: Some(graph), day, clients, cost: price + brought };
                // Prices that are not exact ask for routes that there are.
                if !self.columns.contains(&column) {
                    columns.push(column);
                }
            }
        }
        columns
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
            let graph = self.relaxation.graph_of[route.shift];
            let Ok(timing) = timing else { continue };
            let shift = &self.relaxation.problem.shifts[route.shift];
            let vehicle = &self.relaxation.problem.vehicles[shift.vehicle];
            let cost = crate::model::evaluate::operating_cost(vehicle, timing.duty(), timing.metres).get();
            let clients = route.trips.iter().flatten().copied().collect();
            self.columns.push(Column { shift: Some(graph), day: self.relaxation.day(graph), clients, cost });
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

/// The bound at these prices. A shift that was not searched is bounded by its visits.
fn total(relaxation: &Relaxation<'_>, prices: &Multipliers, found: &[Found]) -> i128 {
    let least = |(graph, row): (usize, &ShiftGraph)| {
        let by_visits = relaxation.least_by_visits(graph, prices);
        let searched = found.get(graph).map(|found| i128::from(found.least) * i128::from(row.count));
        searched.map_or(by_visits, |searched| searched.max(by_visits))
    };
    let routes: i128 = relaxation.graphs.iter().enumerate().map(least).sum();
    routes + prices.least_choice(relaxation)
}

/// A visit at the least price that a route pays for it, as a column of no shift.
fn single_visits(relaxation: &Relaxation<'_>) -> Vec<Column> {
    let mut least = BTreeMap::new();
    for (graph, row) in relaxation.graphs.iter().enumerate() {
        for (node, &price) in row.nodes.iter().zip(&relaxation.prices[graph]) {
            let cost = least.entry((node.client, relaxation.day(graph))).or_insert(price);
            *cost = price.min(*cost);
        }
    }
    let column = |((client, day), cost)| Column { shift: None, day, clients: vec![client], cost };
    least.into_iter().map(column).collect()
}

/// All that visits and coverage are worth and cost, penalties in it cut.
fn stakes(relaxation: &Relaxation<'_>, visits: &[Column], penalty_max: i64) -> f64 {
    let worth = &relaxation.worth;
    let costs = visits.iter().map(|visit| visit.cost);
    let values = worth.own.iter().copied().chain(worth.shared.iter().map(|shared| shared.value));
    costs.chain(values).map(|value| value.clamp(0, penalty_max) as f64).sum::<f64>().max(1.0)
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
