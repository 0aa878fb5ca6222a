//! The cheapest route of a shift at given prices of visits, over a set of routes that holds all lawful ones.
//!
//! A labelling algorithm over partial routes (Irnich & Desaulniers 2005) whose resources only grow: the earliest start of the
//! last opening, time worked without waiting, load, driving and so on, each limited as the shift says. Routes may come back to
//! a client outside the neighbourhood that is remembered (ng-routes: Baldacci, Mingozzi & Roberti 2011), waiting costs nothing
//! and a break only makes the duty longer: all of that can only make the cheapest route cheaper.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::completion::Completion;
use super::memory::{Memory, Visited};
use super::minorant::price;
use super::shift::{Arc, ShiftGraph, break_takes};
use crate::model::{Problem, Vehicle};

/// What grows along a route.
const RESOURCES: usize = 9;
const START: usize = 0;
const WORK: usize = 1;
const HOUSEHOLDS: usize = 2;
const MASS: usize = 3;
const TRIPS: usize = 4;
const VISITS: usize = 5;
const DRIVING: usize = 6;
const METRES: usize = 7;
const COLD: usize = 8;

/// How a search throws labels away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// Only where another is as good in everything: the cheapest route is found.
    Exact,
    /// Where another is as cheap and as early: finds routes, and does not say that there are no cheaper ones.
    Quick,
}

/// What is asked of a search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub care: Care,
    /// Only routes that cost less are of interest; none: all are.
    pub below: Option<i64>,
    /// Labels made at most.
    pub labels_max: usize,
}

/// Routes found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Cheapest first: price less what its visits bring, and its nodes in order. At most one for each last node.
    pub routes: Vec<(i64, Vec<u16>)>,
    /// No lawful route is cheaper, and staying at home costs nothing.
    pub least: i64,
    /// Whether the search came to its end; else `least` may be far below.
    pub is_whole: bool,
    /// Whether some route comes to each node.
    pub is_reached: Vec<bool>,
    /// Labels made.
    pub work: usize,
}

/// A shift ready to be searched again and again.
#[derive(Clone, Debug)]
pub(super) struct Labelling {
    limits: [i32; RESOURCES],
    /// Compared by an exact search.
    is_limited: [bool; RESOURCES],
    /// Whom its routes remember.
    pub memory: Memory,
    break_after: i64,
    break_takes: i64,
}

#[derive(Clone, Copy, Debug)]
struct Label {
    cost: i64,
    taken: [i32; RESOURCES],
    visited: Visited,
    node: u16,
    parent: u32,
    is_dominated: bool,
}

const NO_PARENT: u32 = u32::MAX;

impl Labelling {
    /// Reads the limits of a shift. `O(nodes²)`.
    pub fn new(problem: &Problem, graph: &ShiftGraph) -> Self {
        let shift = &problem.shifts[graph.shift()];
        let vehicle = &problem.vehicles[shift.vehicle];
        let seconds = |limit: Option<crate::units::Seconds>| limit.map(|most| i64::from(most.get()));
        let limits: [Option<i64>; RESOURCES] = [
            Some(i64::from(shift.window.close.get())),
            seconds(vehicle.max_duty).or(vehicle.rest.map(|_| i64::from(i32::MAX))),
            vehicle.capacity,
            vehicle.capacity_mass,
            (vehicle.max_trips > 1).then_some(i64::from(vehicle.max_trips) - 1),
            vehicle.max_visits.map(i64::from),
            seconds(vehicle.max_driving),
            vehicle.max_metres,
            seconds(vehicle.max_cold),
        ];
        // A limit that no number here reaches is none.
        let limits = limits.map(|limit| limit.and_then(|most| i32::try_from(most).ok()));
        Self {
            limits: limits.map(|limit| limit.unwrap_or(i32::MAX)),
            is_limited: limits.map(|limit| limit.is_some()),
            memory: Memory::new(graph),
            break_after: vehicle.rest.map_or(i64::MAX, |rest| i64::from(rest.after.get())),
            break_takes: break_takes(problem, vehicle),
        }
    }

    /// The cheapest routes, of those that cost less than `below`, where the visit of node `i` brings `brings[i]`; what was found
    /// if that takes more than `labels_max` labels.
    pub fn search(&self, problem: &Problem, graph: &ShiftGraph, brings: &[i64], asked: Asked) -> Found {
        let vehicle = &problem.vehicles[problem.shifts[graph.shift()].vehicle];
        let mut search = Search {
            labelling: self,
            graph,
            vehicle,
            brings,
            care: asked.care,
            aim: asked.below.and_then(|below| Some((below, Completion::new(problem, graph, brings)?))),
            labels: Vec::new(),
            of_node: vec![Vec::new(); graph.nodes.len()],
            queue: BinaryHeap::new(),
        };
        let shift_open = i64::from(problem.shifts[graph.shift()].window.open.get());
        for node in 0..graph.nodes.len() {
            search.begin(shift_open, node);
        }
        while let Some(Reverse((_, index))) = search.queue.pop() {
            let label = search.labels[index as usize];
            if label.is_dominated {
                continue;
            }
            for node in 0..graph.nodes.len() {
                search.extend(&label, index, node);
            }
            if search.labels.len() > asked.labels_max {
                break;
            }
        }
        search.found()
    }
}

struct Search<'a> {
    labelling: &'a Labelling,
    graph: &'a ShiftGraph,
    vehicle: &'a Vehicle,
    brings: &'a [i64],
    care: Care,
    /// What routes of interest cost less than, and what is left to pay; none: no label is hopeless.
    aim: Option<(i64, Completion)>,
    labels: Vec<Label>,
    /// By node, cheapest first.
    of_node: Vec<Vec<u32>>,
    queue: BinaryHeap<Reverse<(i32, u32)>>,
}

impl Search<'_> {
    /// The route that goes to `node` first.
    fn begin(&mut self, shift_open: i64, node: usize) {
        let Some(out) = self.graph.nodes[node].out else { return };
        let nothing = Label {
            cost: self.vehicle.cost_fixed.get(),
            taken: [0; RESOURCES],
            visited: Visited::default(),
            node: 0,
            parent: NO_PARENT,
            is_dominated: false,
        };
        self.arrive(&nothing, NO_PARENT, node, out, shift_open, true);
    }

    /// On to `node` on the same trip, and on the next one.
    fn extend(&mut self, label: &Label, index: u32, node: usize) {
        let from = usize::from(label.node);
        if self.labelling.memory.holds(label.visited, from, node) {
            return;
        }
        let start = i64::from(label.taken[START]);
        if let Some(arc) = self.graph.direct(from, node) {
            self.arrive(label, index, node, arc, start, false);
        }
        if let Some(arc) = self.graph.reload(from, node) {
            self.arrive(label, index, node, arc, start, true);
        }
    }

    /// Adds the label of `label` gone on to `node`, unless that breaks a limit or is no better than what there is.
    fn arrive(&mut self, label: &Label, parent: u32, node: usize, arc: Arc, from: i64, is_new_trip: bool) {
        let Some(start) = self.graph.nodes[node].first_start(from + arc.seconds) else { return };
        let Some(taken) = self.taken(label, node, arc, start, is_new_trip, parent == NO_PARENT) else {
            return;
        };
        let memory = &self.labelling.memory;
        let visited = if parent == NO_PARENT {
            memory.begun(node)
        } else {
            memory.gone_on(label.visited, usize::from(label.node), node)
        };
        let cost = label.cost + price(self.vehicle, arc) - self.brings[node];
        if self.is_hopeless(node, start, visited, cost) {
            return;
        }
        let new = Label { cost, taken, visited, node: node as u16, parent, is_dominated: false };
        self.keep(new);
    }

    /// What the route has taken on arrival; none beyond a limit.
    fn taken(
        &self,
        label: &Label,
        node: usize,
        arc: Arc,
        start: i64,
        is_new_trip: bool,
        is_first: bool,
    ) -> Option<[i32; RESOURCES]> {
        let row = &self.graph.nodes[node];
        let had = |resource: usize| i64::from(label.taken[resource]);
        let of_trip = |resource: usize| if is_new_trip { 0 } else { had(resource) };
        // Loaded from leaving the depot on: on a new trip the way out counts, else the time since the opening before.
        let cold = if is_new_trip { row.out?.seconds } else { had(COLD) + arc.seconds };
        let taken = [
            start,
            had(WORK) + arc.seconds,
            of_trip(HOUSEHOLDS) + row.households,
            of_trip(MASS).saturating_add(row.mass),
            had(TRIPS) + i64::from(is_new_trip && !is_first),
            had(VISITS) + 1,
            had(DRIVING) + arc.driving,
            had(METRES) + arc.metres,
            cold,
        ];
        let mut whole = [0; RESOURCES];
        for resource in 0..RESOURCES {
            let until = taken[resource] + if resource == COLD { row.opening } else { 0 };
            if !self.labelling.is_limited[resource] {
                continue;
            }
            if until > i64::from(self.labelling.limits[resource]) {
                return None;
            }
            whole[resource] = taken[resource] as i32;
        }
        Some(whole)
    }

    /// Whether no way on makes such a label a route of interest.
    fn is_hopeless(&self, node: usize, start: i64, visited: Visited, cost: i64) -> bool {
        let Some((below, completion)) = &self.aim else { return false };
        let is_visited = |next: u16| self.labelling.memory.holds(visited, node, usize::from(next));
        cost + completion.after(node, start, is_visited) >= *below
    }

    fn keep(&mut self, new: Label) {
        let (labels, there) = (&mut self.labels, &mut self.of_node[usize::from(new.node)]);
        let cost = |other: &u32| labels[*other as usize].cost;
        // None that costs more dominates, and none that costs less is dominated.
        let cheaper = there.partition_point(|other| cost(other) < new.cost);
        let as_cheap = cheaper + there[cheaper..].partition_point(|other| cost(other) == new.cost);
        if there[..as_cheap].iter().any(|&other| dominates(&labels[other as usize], &new, self.care)) {
            return;
        }
        let mut kept = cheaper;
        for position in cheaper..there.len() {
            let other = there[position];
            if dominates(&new, &labels[other as usize], self.care) {
                labels[other as usize].is_dominated = true;
            } else {
                there[kept] = other;
                kept += 1;
            }
        }
        there.truncate(kept);
        let index = labels.len() as u32;
        there.insert(cheaper, index);
        labels.push(new);
        self.queue.push(Reverse((new.taken[START], index)));
    }

    /// Price of the label's route when it goes home now; none if a limit forbids that.
    fn closed(&self, label: &Label) -> Option<i64> {
        let labelling = self.labelling;
        let home = self.graph.nodes[usize::from(label.node)].home?;
        let fits = |resource: usize, more: i64| {
            !labelling.is_limited[resource]
                || i64::from(label.taken[resource]) + more <= i64::from(labelling.limits[resource])
        };
        let work = i64::from(label.taken[WORK]) + home.seconds;
        let rest = if labelling.is_limited[WORK] && work > labelling.break_after {
            labelling.break_takes
        } else {
            0
        };
        let is_lawful = fits(START, home.seconds)
            && fits(WORK, home.seconds + rest)
            && fits(DRIVING, home.driving)
            && fits(METRES, home.metres);
        is_lawful.then(|| label.cost + price(self.vehicle, home) + self.vehicle.cost_per_second.get() * rest)
    }

    fn found(&self) -> Found {
        let routes = self.routes();
        let is_whole = self.queue.is_empty();
        let is_reached = self.of_node.iter().map(|there| !there.is_empty()).collect();
        let cheapest = routes.first().map_or(0, |route| route.0.min(0));
        let found = self.aim.as_ref().map_or(cheapest, |(below, _)| cheapest.min(*below));
        let searched = (is_whole && self.care == Care::Exact).then_some(found);
        let told = self.aim.as_ref().map(|(_, completion)| completion.least());
        let least = searched.max(told).unwrap_or(i64::MIN);
        Found { routes, least, is_whole, is_reached, work: self.labels.len() }
    }

    /// The cheapest route for each last node, cheapest first.
    fn routes(&self) -> Vec<(i64, Vec<u16>)> {
        let cheapest = |there: &Vec<u32>| {
            let closed =
                there.iter().filter_map(|&index| Some((self.closed(&self.labels[index as usize])?, index)));
            closed.min()
        };
        let mut found: Vec<(i64, u32)> = self.of_node.iter().filter_map(cheapest).collect();
        found.sort_unstable();
        found.into_iter().map(|(cost, index)| (cost, self.nodes(index))).collect()
    }

    fn nodes(&self, mut index: u32) -> Vec<u16> {
        let mut nodes = Vec::new();
        while index != NO_PARENT {
            let label = &self.labels[index as usize];
            nodes.push(label.node);
            index = label.parent;
        }
        nodes.reverse();
        nodes
    }
}

/// Whether whatever goes on from `b` costs no less than the same from `a`.
fn dominates(a: &Label, b: &Label, care: Care) -> bool {
    let is_less = || a.taken.iter().zip(&b.taken).all(|(a, b)| a <= b);
    a.cost <= b.cost
        && a.taken[START] <= b.taken[START]
        && match care {
            Care::Quick => true,
            Care::Exact => a.visited.is_subset(b.visited) && is_less(),
        }
}
