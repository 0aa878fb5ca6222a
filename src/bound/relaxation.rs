//! The problem as the bound sees it: shifts apart, and the choice of days apart.

use rayon::prelude::*;
use typed_index_collections::TiVec;

use super::kinds::Shifts;
use super::labels::{Asked, Care, Found, Labelling};
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
    /// Days after which all is as before: prices are of the first so many.
    pub period: u8,
    /// By which a client can be visited: every day has a shift that could.
    pub patterns: TiVec<ClientId, Vec<DaySet>>,
    pub worth: Worth,
    /// One for all shifts that are alike.
    pub graphs: Vec<ShiftGraph>,
    /// Where each shift is among them.
    pub graph_of: TiVec<ShiftId, usize>,
    /// No route costs less than these of its visits; by graph, then node.
    pub prices: Vec<Vec<i64>>,
    labellings: Vec<Labelling>,
}

impl<'a> Relaxation<'a> {
    /// None where there are too many visits. `O(kinds of shifts * clients²)` time and memory.
    pub fn new(problem: &'a Problem) -> Option<Self> {
        let registered: TiVec<ClientId, VisitLoad> =
            problem.clients.iter().map(|row| crate::model::schedule::visit_load(row, Need::ZERO)).collect();
        let could = |client: ClientId, day: Day| {
            let mut shifts = problem.shifts.iter().filter(|shift| shift.day == day);
            shifts.any(|shift| node(problem, shift, client, registered[client]).is_some())
        };
        let patterns = usable_patterns(problem, could);
        let loads = least_loads(problem, &patterns);
        let Shifts { graphs, period } = Shifts::new(problem, &loads, &patterns)?;
        let mut graph_of: TiVec<ShiftId, usize> = problem.shifts.iter().map(|_| 0).collect();
        for (graph, row) in graphs.iter().enumerate() {
            for &shift in &row.shifts {
                graph_of[shift] = graph;
            }
        }
        let labellings: Vec<Labelling> =
            graphs.par_iter().map(|graph| Labelling::new(problem, graph)).collect();
        let patterns = reached_patterns(problem, patterns, &graphs, &labellings);
        Some(Self {
            problem,
            period,
            worth: Worth::new(problem, &patterns),
            graph_of,
            prices: graphs.iter().map(|graph| visit_prices(problem, graph)).collect(),
            labellings,
            graphs,
            patterns,
        })
    }

    /// The first day that is like those of a graph.
    pub fn day(&self, graph: usize) -> Day {
        self.first_like(self.problem.shifts[self.graphs[graph].shift()].day)
    }

    pub fn first_like(&self, day: Day) -> Day {
        Day(day.0 % self.period)
    }

    /// The cheapest routes of a shift at these prices.
    pub fn search(&self, graph: usize, prices: &Multipliers, asked: Asked) -> Found {
        let brings = self.brings(graph, prices);
        self.labellings[graph].search(self.problem, &self.graphs[graph], &brings, asked)
    }

    /// Forbids the way in which a route comes back to clients; whether that forbids anything new.
    pub fn forbid_returns(&mut self, graph: usize, clients: &[ClientId]) -> bool {
        let nodes = self.nodes(graph, clients);
        nodes.is_some_and(|nodes| self.labellings[graph].memory.forbid_returns(&nodes))
    }

    /// Whether a route comes back to clients only in ways that are not forbidden.
    pub fn allows(&self, graph: usize, clients: &[ClientId]) -> bool {
        let nodes = self.nodes(graph, clients);
        nodes.is_none_or(|nodes| self.labellings[graph].memory.allows(&nodes))
    }

    fn nodes(&self, graph: usize, clients: &[ClientId]) -> Option<Vec<u16>> {
        let rows = &self.graphs[graph].nodes;
        let node = |client: &ClientId| rows.binary_search_by_key(client, |row| row.client).ok();
        clients.iter().map(|client| node(client).map(|node| node as u16)).collect()
    }

    /// The least total of all routes of a graph at these prices, from the prices of its visits alone; zero or less.
    pub fn least_by_visits(&self, graph: usize, prices: &Multipliers) -> i128 {
        let brings = self.brings(graph, prices);
        let gains = self.prices[graph].iter().zip(&brings).map(|(price, brings)| (price - brings).min(0));
        let days = self.graphs[graph].days(self.problem).len() as i128;
        days * gains.map(i128::from).sum::<i128>()
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
    labellings: &[Labelling],
) -> TiVec<ClientId, Vec<DaySet>> {
    let reached = |(graph, labelling): (&ShiftGraph, &Labelling)| {
        let nothing = vec![0; graph.nodes.len()];
        let asked = Asked { care: Care::Exact, below: None, labels_max: LABELS_TO_REACH };
        let found = labelling.search(problem, graph, &nothing, asked);
        let mut is_reached = reachable(problem, graph);
        if found.is_whole {
            for (reached, found) in is_reached.iter_mut().zip(found.is_reached) {
                *reached &= found;
            }
        }
        is_reached
    };
    let reached: Vec<Vec<bool>> = graphs.par_iter().zip(labellings).map(reached).collect();
    let mut days: TiVec<ClientId, DaySet> = patterns.iter().map(|_| DaySet::EMPTY).collect();
    for (graph, reached) in graphs.iter().zip(&reached) {
        for (node, _) in graph.nodes.iter().zip(reached).filter(|(_, reached)| **reached) {
            days[node.client] = days[node.client].union(graph.days(problem));
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
