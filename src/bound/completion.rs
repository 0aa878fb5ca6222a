//! The least that a route still costs from a visit and a time on, whoever came before.
//!
//! Of all that grows along a route only the time of day is kept (state-space relaxation: Christofides, Mingozzi & Toth 1981), and
//! no way leads back to whom it has just left (Houck, Picard, Queyranne & Vemuganti 1980). No lawful route does, so it is never
//! more than what such a route costs; it takes milliseconds for a hundred clients, and tells which labels come to nothing.

use super::minorant::price;
use super::shift::{Arc, Node, ShiftGraph, grid};
use crate::model::{Problem, Vehicle};

/// Steps of time that a shift is cut into, about; and at most.
const STEPS: i64 = 256;
const STEPS_MAX: i64 = 2_048;

/// From where there is no lawful way home; sums with it stay far from overflow.
const NEVER: i64 = i64::MAX / 4;
/// Nobody comes next.
const NOBODY: u16 = u16::MAX;
/// A visit can't start any more.
const TOO_LATE: u16 = u16::MAX;

/// What is left to pay, by node and step of time in which its opening starts.
#[derive(Clone, Debug)]
pub(super) struct Completion {
    clock: Clock,
    rests: Vec<Rest>,
    least: i64,
}

/// A shift's time in steps.
#[derive(Clone, Copy, Debug)]
struct Clock {
    open: i64,
    close: i64,
    width: i64,
    steps: usize,
}

/// The cheapest way on, and the cheapest one that goes elsewhere next.
#[derive(Clone, Copy, Debug)]
struct Rest {
    best: i64,
    next: u16,
    other: i64,
}

/// On to a node: in how many steps at least, for what, less what its visit brings.
#[derive(Clone, Copy, Debug)]
struct Edge {
    steps: usize,
    to: u16,
    price: i64,
}

impl Completion {
    /// Where the visit of node `i` brings `brings[i]`; none where openings may follow each other at once, or after too small a
    /// part of the shift. `O(nodes² * steps)`.
    pub fn new(problem: &Problem, graph: &ShiftGraph, brings: &[i64]) -> Option<Self> {
        let vehicle = &problem.vehicles[problem.shifts[graph.shift()].vehicle];
        let clock = Clock::new(problem, graph)?;
        let edges = edges(graph, vehicle, clock, brings);
        let first: Vec<u16> = graph.nodes.iter().flat_map(|node| clock.first_starts(node)).collect();
        let nothing = Rest { best: NEVER, next: NOBODY, other: NEVER };
        let mut rests = vec![nothing; first.len()];
        for step in (0..clock.steps).rev() {
            for (node, row) in graph.nodes.iter().enumerate() {
                let cell = node * clock.steps + step;
                if usize::from(first[cell]) != step {
                    continue; // nobody starts in this step
                }
                let mut rest = clock.home(row, step, vehicle);
                for edge in &edges[node] {
                    let arrival = step + edge.steps;
                    if arrival >= clock.steps {
                        continue;
                    }
                    let there = usize::from(edge.to) * clock.steps;
                    let start = first[there + arrival];
                    if start != TOO_LATE {
                        let on = rests[there + usize::from(start)].without(|next| usize::from(next) == node);
                        rest.take(edge.price + on, edge.to);
                    }
                }
                rests[cell] = rest;
            }
        }
        let begun = |(node, row): (usize, &Node)| {
            let out = row.out?;
            let arrival = clock.step(clock.open + out.seconds);
            let start = *first[node * clock.steps..][..clock.steps].get(arrival)?;
            let on = (start != TOO_LATE).then(|| rests[node * clock.steps + usize::from(start)].best)?;
            Some(vehicle.cost_fixed.get() + price(vehicle, out) - brings[node] + on)
        };
        let least = graph.nodes.iter().enumerate().filter_map(begun).min().unwrap_or(0).min(0);
        Some(Self { clock, rests, least })
    }

    /// No lawful route costs less, and staying at home costs nothing.
    pub fn least(&self) -> i64 {
        self.least
    }

    /// What is left to pay at least from an opening of `node` that starts at `start`, by ways that go to nobody visited next.
    pub fn after(&self, node: usize, start: i64, is_visited: impl Fn(u16) -> bool) -> i64 {
        self.rests[node * self.clock.steps + self.clock.step(start)].without(is_visited)
    }
}

impl Clock {
    fn new(problem: &Problem, graph: &ShiftGraph) -> Option<Self> {
        let window = problem.shifts[graph.shift()].window;
        let (open, close) = (i64::from(window.open.get()), i64::from(window.close.get()));
        let shortest = graph.shortest().unwrap_or(i64::MAX);
        // No way may end in the step in which it begins.
        let width = ((close - open) / STEPS).max(grid(problem)).min(shortest);
        let is_told = width > 0 && close >= open && (close - open) / width < STEPS_MAX;
        is_told.then(|| Self { open, close, width, steps: ((close - open) / width) as usize + 1 })
    }

    fn step(&self, time: i64) -> usize {
        ((time - self.open) / self.width) as usize
    }

    fn begin(&self, step: usize) -> i64 {
        self.open + step as i64 * self.width
    }

    /// The step of the first start of an opening for each step of arrival.
    fn first_starts(&self, node: &Node) -> Vec<u16> {
        let start = |step: usize| {
            let start = node.first_start(self.begin(step));
            start.map_or(TOO_LATE, |start| self.step(start) as u16)
        };
        (0..self.steps).map(start).collect()
    }

    /// Home from an opening that starts in a step.
    fn home(&self, node: &Node, step: usize, vehicle: &Vehicle) -> Rest {
        let home = node.home.filter(|home| self.begin(step) + home.seconds <= self.close);
        Rest { best: home.map_or(NEVER, |home| price(vehicle, home)), next: NOBODY, other: NEVER }
    }
}

impl Rest {
    /// The cheapest way on that does not go to somebody barred next, as far as one of them can be told.
    fn without(self, is_barred: impl Fn(u16) -> bool) -> i64 {
        if self.next != NOBODY && is_barred(self.next) { self.other } else { self.best }
    }

    fn take(&mut self, price: i64, next: u16) {
        if price < self.best {
            // On one trip or over the depot: the same next one is no other.
            self.other = if self.next == next { self.other } else { self.best };
            (self.best, self.next) = (price, next);
        } else if next != self.next {
            self.other = self.other.min(price);
        }
    }
}

/// By node.
fn edges(graph: &ShiftGraph, vehicle: &Vehicle, clock: Clock, brings: &[i64]) -> Vec<Vec<Edge>> {
    let edge = |to: usize, arc: Option<Arc>| {
        let arc = arc?;
        let steps = (arc.seconds / clock.width) as usize;
        Some(Edge { steps, to: to as u16, price: price(vehicle, arc) - brings[to] })
    };
    let nodes = 0..graph.nodes.len();
    let edges = |from: usize| {
        let direct = nodes.clone().filter_map(|to| edge(to, graph.direct(from, to)));
        let reload = nodes.clone().filter_map(|to| edge(to, graph.reload(from, to)));
        direct.chain(reload).collect()
    };
    nodes.clone().map(edges).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_way_on_goes_elsewhere_next() {
        let mut rest = Rest { best: 30, next: NOBODY, other: NEVER };
        // On one trip and over the depot to the first, then to another.
        for (price, next) in [(10, 1), (8, 1), (9, 1), (12, 2), (20, 3)] {
            rest.take(price, next);
        }
        assert_eq!((rest.best, rest.next, rest.other), (8, 1, 12));
        assert_eq!((rest.without(|next| next == 1), rest.without(|next| next == 2)), (12, 8));
    }
}
