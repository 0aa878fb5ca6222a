//! The problem as the bound sees it: shifts apart, and the choice of days apart.

use rayon::prelude::*;
use typed_index_collections::TiVec;

use super::labels::{Care, Found, Labelling};
use super::minorant::visit_prices;
use super::multipliers::Multipliers;
use super::reach::reachable;
use super::shift::{ShiftGraph, node};
use super::worth::{Worth, least_loads};
use crate::ids::{ClientId, ShiftId};
use crate::model::Problem;
use crate::model::schedule::VisitLoad;
use crate::units::{Day, DaySet, Need};

/// A problem taken apart.
#[derive(Clone, Debug)]
pub(super) struct Relaxation<'a> {
    pub problem: &'a Problem,
    /// By which a client can be visited: every day has a shift that could.
    pub patterns: TiVec<ClientId, Vec<DaySet>>,
    pub worth: Worth,
    pub graphs: Vec<ShiftGraph>,
    /// Vehicles, by graph.
    pub counts: Vec<u32>,
    /// No route costs less than these of its visits; by graph, then node.
    pub prices: Vec<Vec<i64>>,
    labellings: Vec<Option<Labelling>>,
}

impl<'a> Relaxation<'a> {
    /// `O(shifts * clients²)` time and memory.
    pub fn new(problem: &'a Problem) -> Self {
        let registered: TiVec<ClientId, VisitLoad> =
            problem.clients.iter().map(|row| crate::model::schedule::visit_load(row, Need::ZERO)).collect();
        let could = |client: ClientId, day: Day| {
            let mut shifts = problem.shifts.iter().filter(|shift| shift.day == day);
            shifts.any(|shift| node(problem, shift, client, registered[client]).is_some())
        };
        let patterns = usable_patterns(problem, could);
        let loads = least_loads(problem, &patterns);
        let on_some_day = |client: ClientId, day: Day| patterns[client].iter().any(|set| set.contains(day));
        let ids: Vec<ShiftId> = problem.shifts.keys().collect();
        let graph = |&id: &ShiftId| {
            ShiftGraph::new(problem, id, &loads, |client| on_some_day(client, problem.shifts[id].day))
        };
        let graphs: Vec<ShiftGraph> = ids.par_iter().map(graph).collect();
        let labellings: Vec<Option<Labelling>> =
            graphs.iter().map(|graph| Labelling::new(problem, graph)).collect();
        let patterns = reached_patterns(problem, patterns, &graphs, &labellings);
        Self {
            problem,
            worth: Worth::new(problem, &patterns),
            counts: graphs.iter().map(|graph| problem.shifts[graph.shift].count).collect(),
            prices: graphs.iter().map(|graph| visit_prices(problem, graph)).collect(),
            labellings,
            graphs,
            patterns,
        }
    }

    pub fn day(&self, graph: usize) -> Day {
        self.problem.shifts[self.graphs[graph].shift].day
    }

    /// The cheapest routes of a shift at these prices; none where that takes too much.
    pub fn search(&self, graph: usize, prices: &Multipliers, care: Care, labels_max: usize) -> Option<Found> {
        let labelling = self.labellings[graph].as_ref()?;
        let brings = self.brings(graph, prices);
        labelling.search(self.problem, &self.graphs[graph], &brings, care, labels_max)
    }

    /// Forbids the way in which a route comes back to clients; whether that forbids anything new.
    pub fn forbid_returns(&mut self, graph: usize, clients: &[ClientId]) -> bool {
        let nodes = self.nodes(graph, clients);
        nodes.zip(self.labellings[graph].as_mut()).is_some_and(|(nodes, row)| row.forbid_returns(&nodes))
    }

    /// Whether a route comes back to clients only in ways that are not forbidden.
    pub fn allows(&self, graph: usize, clients: &[ClientId]) -> bool {
        let nodes = self.nodes(graph, clients);
        nodes.zip(self.labellings[graph].as_ref()).is_none_or(|(nodes, row)| row.allows(&nodes))
    }

    fn nodes(&self, graph: usize, clients: &[ClientId]) -> Option<Vec<u16>> {
        let rows = &self.graphs[graph].nodes;
        let node = |client: &ClientId| rows.binary_search_by_key(client, |row| row.client).ok();
        clients.iter().map(|client| node(client).map(|node| node as u16)).collect()
    }

    /// The least total of all routes of a shift at these prices, from the prices of its visits alone; zero or less.
    pub fn least_by_visits(&self, graph: usize, prices: &Multipliers) -> i128 {
        let brings = self.brings(graph, prices);
        let gains = self.prices[graph].iter().zip(&brings).map(|(price, brings)| (price - brings).min(0));
        gains.map(i128::from).sum()
    }

    /// What the visit of each node brings its route.
    fn brings(&self, graph: usize, prices: &Multipliers) -> Vec<i64> {
        let day = self.day(graph);
        self.graphs[graph].nodes.iter().map(|node| prices.visit(node.client, day)).collect()
    }
}

/// Labels of one search for who can be reached at most; hardly any other is as cheap as going there at once.
const LABELS_TO_REACH: usize = 50_000;

/// Drops patterns with a day on which no route comes to the client in time, with room, or is not home from it within its limits.
fn reached_patterns(
    problem: &Problem,
    mut patterns: TiVec<ClientId, Vec<DaySet>>,
    graphs: &[ShiftGraph],
    labellings: &[Option<Labelling>],
) -> TiVec<ClientId, Vec<DaySet>> {
    let reached = |(graph, labelling): (&ShiftGraph, &Option<Labelling>)| {
        let nothing = vec![0; graph.nodes.len()];
        let found = labelling.as_ref()?.search(problem, graph, &nothing, Care::Exact, LABELS_TO_REACH)?;
        Some(found.reached)
    };
    let reached: Vec<Option<u128>> = graphs.par_iter().zip(labellings.par_iter()).map(reached).collect();
    let reachable: Vec<Vec<bool>> = graphs.par_iter().map(|graph| reachable(problem, graph)).collect();
    let mut days: TiVec<ClientId, DaySet> = patterns.iter().map(|_| DaySet::EMPTY).collect();
    for ((graph, reached), reachable) in graphs.iter().zip(&reached).zip(&reachable) {
        for (index, node) in graph.nodes.iter().enumerate() {
            if reachable[index] && reached.is_none_or(|reached| reached >> index & 1 == 1) {
                days[node.client].insert(problem.shifts[graph.shift].day);
            }
        }
    }
    for (patterns, days) in patterns.iter_mut().zip(&days) {
        patterns.retain(|set| set.is_subset(*days));
    }
    patterns
}

fn usable_patterns(problem: &Problem, could: impl Fn(ClientId, Day) -> bool) -> TiVec<ClientId, Vec<DaySet>> {
    let patterns = problem.clients.iter_enumerated().map(|(id, client)| {
        let all = client.patterns.iter().fold(DaySet::EMPTY, |all, set| all.union(*set));
        let usable: DaySet = all.iter().filter(|&day| could(id, day)).collect();
        client.patterns.iter().copied().filter(|set| !set.is_empty() && set.is_subset(usable)).collect()
    });
    patterns.collect()
}
