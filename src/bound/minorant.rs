//! A price of each visit such that no route costs less than the prices of its visits.
//!
//! Every way of a route is shared out in halves to the visits (and the depot) at its ends, each half no less than half of
//! the cheapest way there is at that end; the cost of leaving at all to as many visits as a shift has time for.

use super::shift::{Arc, ShiftGraph};
use crate::model::{Problem, Vehicle};

/// Prices by node. `O(nodes²)`.
pub(super) fn visit_prices(problem: &Problem, graph: &ShiftGraph) -> Vec<i64> {
    let shift = &problem.shifts[graph.shift()];
    let vehicle = &problem.vehicles[shift.vehicle];
    let count = graph.nodes.len();
    let ends: Vec<Ends> = (0..count).map(|node| Ends::of(graph, vehicle, node)).collect();

    let length = i64::from((shift.window.close - shift.window.open).get());
    let length = vehicle.max_duty.map_or(length, |most| length.min(i64::from(most.get())));
    let most = vehicle.max_visits.map_or(count, |most| count.min(most as usize));
    let visits = visits_in_time(&ends, length).min(most).max(1) as i64;
    let leaving = vehicle.cost_fixed.get() + depot_share(graph, vehicle);
    ends.iter().map(|ends| ends.price.saturating_add(leaving / visits)).collect()
}

/// What a visit takes at least.
struct Ends {
    price: i64,
    /// From the end of the opening before, or leaving the depot, to the end of this one.
    seconds: i64,
}

impl Ends {
    fn of(graph: &ShiftGraph, vehicle: &Vehicle, node: usize) -> Self {
        let (count, row) = (graph.nodes.len(), &graph.nodes[node]);
        // Ways begin when the opening before ends.
        let between = |from: usize, to: usize| {
            let ways = [graph.direct(from, to), graph.reload(from, to)];
            ways.into_iter().flatten().map(move |arc| after(arc, graph.nodes[from].opening))
        };
        let into: Vec<Arc> = (0..count).flat_map(|from| between(from, node)).chain(row.out).collect();
        let home = row.home.map(|arc| after(arc, row.opening));
        let away = (0..count).flat_map(|to| between(node, to)).chain(home);
        let half_into = into.iter().map(|&arc| price(vehicle, arc)).min().unwrap_or(0);
        let half_away = away.map(|arc| price(vehicle, arc)).min().unwrap_or(0);
        let serving = vehicle.cost_per_second.get() * row.opening;
        Self {
            price: serving + half_into.midpoint(half_away),
            seconds: row.opening + into.iter().map(|arc| arc.seconds).min().unwrap_or(0),
        }
    }
}

/// Most visits whose least times fit in so many seconds.
fn visits_in_time(ends: &[Ends], length: i64) -> usize {
    let mut seconds: Vec<i64> = ends.iter().map(|ends| ends.seconds).collect();
    seconds.sort_unstable();
    let mut left = length;
    let fits = |&&each: &&i64| {
        left -= each;
        left >= 0
    };
    seconds.iter().take_while(fits).count()
}

/// Half of the cheapest first way and of the cheapest last one.
fn depot_share(graph: &ShiftGraph, vehicle: &Vehicle) -> i64 {
    let out = graph.nodes.iter().filter_map(|node| node.out).map(|arc| price(vehicle, arc)).min();
    let home = graph.nodes.iter().filter_map(|node| Some(after(node.home?, node.opening)));
    let home = home.map(|arc| price(vehicle, arc)).min();
    out.unwrap_or(0).midpoint(home.unwrap_or(0))
}

fn after(arc: Arc, opening: i64) -> Arc {
    Arc { seconds: arc.seconds - opening, ..arc }
}

pub(super) fn price(vehicle: &Vehicle, arc: Arc) -> i64 {
    vehicle.cost_per_metre.get() * arc.metres + vehicle.cost_per_second.get() * arc.seconds
}
