//! Which clients a route of a shift can come to, and be home from, within its limits.
//!
//! The least that any way from the depot to a client takes, over whomever, and the least from it home, in each measure that a
//! shift may limit: shortest paths (Dijkstra 1959), so nothing is assumed of the table of ways. For a shift of any size.

use super::shift::{Arc, ShiftGraph};
use crate::model::Problem;

/// What no way reaches.
const NEVER: i64 = i64::MAX;

/// What is measured of a way.
type Measure = fn(Arc) -> i64;

/// Whether a route may come to each node, as far as one measure at a time can tell. `O(nodes²)`.
pub(super) fn reachable(problem: &Problem, graph: &ShiftGraph) -> Vec<bool> {
    let shift = &problem.shifts[graph.shift()];
    let vehicle = &problem.vehicles[shift.vehicle];
    let seconds = |limit: Option<crate::units::Seconds>| limit.map_or(NEVER, |most| i64::from(most.get()));
    let measures: [(Measure, i64); 3] = [
        (|arc| arc.seconds, seconds(vehicle.max_duty)),
        (|arc| arc.driving, seconds(vehicle.max_driving)),
        (|arc| arc.metres, vehicle.max_metres.unwrap_or(NEVER)),
    ];
    let (open, close) = (i64::from(shift.window.open.get()), i64::from(shift.window.close.get()));
    let mut is_reached = vec![true; graph.nodes.len()];
    for (number, (measure, most)) in measures.into_iter().enumerate() {
        let (out, home) = (ways_out(graph, measure), ways_home(graph, measure));
        for (node, row) in graph.nodes.iter().enumerate() {
            let within = |from: i64, most: i64| from.saturating_add(home[node]) <= most;
            is_reached[node] &= out[node] < NEVER && home[node] < NEVER && within(out[node], most);
            if number == 0 {
                let earliest = open.saturating_add(out[node]);
                is_reached[node] &= row.first_start(earliest).is_some_and(|start| within(start, close));
            }
        }
    }
    is_reached
}

/// The least from leaving the depot to each node.
fn ways_out(graph: &ShiftGraph, measure: Measure) -> Vec<i64> {
    let first = graph.nodes.iter().map(|node| node.out);
    least(first.map(|out| out.map_or(NEVER, measure)).collect(), |from, to| between(graph, from, to, measure))
}

/// The least from each node to the end of the shift.
fn ways_home(graph: &ShiftGraph, measure: Measure) -> Vec<i64> {
    let last = graph.nodes.iter().map(|node| node.home);
    least(last.map(|home| home.map_or(NEVER, measure)).collect(), |from, to| {
        between(graph, to, from, measure)
    })
}

/// The shorter of the way between two nodes on one trip and the one over the depot.
fn between(graph: &ShiftGraph, from: usize, to: usize, measure: Measure) -> i64 {
    let direct = graph.direct(from, to).map_or(NEVER, measure);
    graph.reload(from, to).map_or(NEVER, measure).min(direct)
}

/// Shortest paths to all nodes, from what each is reached for at once.
fn least(mut least: Vec<i64>, between: impl Fn(usize, usize) -> i64) -> Vec<i64> {
    let mut is_done = vec![false; least.len()];
    while let Some(node) =
        (0..least.len()).filter(|&node| !is_done[node] && least[node] < NEVER).min_by_key(|&node| least[node])
    {
        is_done[node] = true;
        let so_far = least[node];
        for (other, known) in least.iter_mut().enumerate() {
            *known = so_far.saturating_add(between(node, other)).min(*known);
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_way_may_lead_over_others() {
        let table = [[0, 2, 9, NEVER], [9, 0, 3, NEVER], [9, 9, 0, NEVER], [1, 1, 1, 0]];
        assert_eq!(least(vec![4, NEVER, 20, NEVER], |from, to| table[from][to]), [4, 6, 9, NEVER]);
    }
}
