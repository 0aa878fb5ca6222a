//! The cheapest route of a shift at given prices of visits, over a set of routes that holds all lawful ones.
//!
//! A labelling algorithm over partial routes (Irnich & Desaulniers 2005) whose resources only grow: the earliest start of the
//! last opening, time worked without waiting, load, driving and so on, each limited as the shift says. Routes may come back to
//! a client outside the neighbourhood that is remembered (ng-routes: Baldacci, Mingozzi & Roberti 2011), waiting costs nothing
//! and a break only makes the duty longer: all of that can only make the cheapest route cheaper.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::minorant::price;
use super::shift::{Arc, ShiftGraph, break_takes};
use crate::model::{Problem, Vehicle};

/// Nodes of a shift at most: a label remembers visits in the bits of a number.
pub(super) const NODES_MAX: usize = 128;

/// Clients that a route does not come back to while it stays among them, at first; and at most.
const NEIGHBOURS: usize = 3;
const NEIGHBOURS_MAX: u32 = 16;

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
    /// Where another is as good but for who was visited: finds routes, and does not say that there are no cheaper ones.
    Middling,
    /// Where another is as cheap and as early: likewise, and quickest.
    Quick,
}

/// Routes found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Cheapest first: price less what its visits bring, and its nodes in order. At most one for each last node.
    pub routes: Vec<(i64, Vec<u16>)>,
    /// Nodes that some route comes to, as bits.
    pub reached: u128,
    /// Labels made.
    pub work: usize,
}

/// A shift ready to be searched again and again.
#[derive(Clone, Debug)]
pub(super) struct Labelling {
    limits: [i32; RESOURCES],
    /// Compared by an exact search.
    is_limited: [bool; RESOURCES],
    near: Vec<u128>,
    break_after: i64,
    break_takes: i64,
}

#[derive(Clone, Copy, Debug)]
struct Label {
    cost: i64,
    taken: [i32; RESOURCES],
    visited: u128,
    node: u16,
    parent: u32,
    is_dominated: bool,
}

const NO_PARENT: u32 = u32::MAX;

impl Labelling {
    /// None where the shift has more than [`NODES_MAX`] clients.
    pub fn new(problem: &Problem, graph: &ShiftGraph) -> Option<Self> {
        if graph.nodes.len() > NODES_MAX {
            return None;
        }
        let shift = &problem.shifts[graph.shift];
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
        Some(Self {
            limits: limits.map(|limit| limit.unwrap_or(i32::MAX)),
            is_limited: limits.map(|limit| limit.is_some()),
            near: near(graph),
            break_after: vehicle.rest.map_or(i64::MAX, |rest| i64::from(rest.after.get())),
            break_takes: break_takes(problem, vehicle),
        })
    }

    /// Forbids that a route comes back as this one does (dynamic ng-routes: Roberti & Mingozzi 2014); whether that forbids
    /// anything new.
    pub fn forbid_returns(&mut self, nodes: &[u16]) -> bool {
        let mut is_new = false;
        for (last, &node) in nodes.iter().enumerate() {
            let Some(first) = nodes[..last].iter().rposition(|&earlier| earlier == node) else { continue };
            let between = || nodes[first + 1..last].iter().map(|&passed| usize::from(passed));
            let is_full = |passed: usize| self.near[passed].count_ones() >= NEIGHBOURS_MAX;
            if between().any(is_full) {
                continue;
            }
            for passed in between() {
                is_new |= self.near[passed] >> node & 1 == 0;
                self.near[passed] |= 1 << node;
            }
        }
        is_new
    }

    /// Whether the search could find this route: it comes back to nobody it remembers.
    pub fn allows(&self, nodes: &[u16]) -> bool {
        let mut visited: u128 = 0;
        nodes.iter().all(|&node| {
            let is_free = visited >> node & 1 == 0;
            visited = visited & self.near[usize::from(node)] | 1 << node;
            is_free
        })
    }

    /// The cheapest routes where the visit of node `i` brings `brings[i]`; none if that takes more than `labels_max` labels.
    pub fn search(
        &self,
        problem: &Problem,
        graph: &ShiftGraph,
        brings: &[i64],
        care: Care,
        labels_max: usize,
    ) -> Option<Found> {
        let vehicle = &problem.vehicles[problem.shifts[graph.shift].vehicle];
        let mut search = Search {
            labelling: self,
            graph,
            vehicle,
            brings,
            care,
            labels: Vec::new(),
            of_node: vec![Vec::new(); graph.nodes.len()],
            queue: BinaryHeap::new(),
        };
        let shift_open = i64::from(problem.shifts[graph.shift].window.open.get());
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
            if search.labels.len() > labels_max {
                return None;
            }
        }
        let is_reached = |(node, there): (usize, &Vec<u32>)| u128::from(!there.is_empty()) << node;
        let reached = search.of_node.iter().enumerate().map(is_reached).fold(0, |all, bit| all | bit);
        Some(Found { routes: search.routes(), reached, work: search.labels.len() })
    }
}

struct Search<'a> {
    labelling: &'a Labelling,
    graph: &'a ShiftGraph,
    vehicle: &'a Vehicle,
    brings: &'a [i64],
    care: Care,
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
            visited: 0,
            node: 0,
            parent: NO_PARENT,
            is_dominated: false,
        };
        self.arrive(&nothing, NO_PARENT, node, out, shift_open, true);
    }

    /// On to `node` on the same trip, and on the next one.
    fn extend(&mut self, label: &Label, index: u32, node: usize) {
        if label.visited >> node & 1 == 1 {
            return;
        }
        let cell = usize::from(label.node) * self.graph.nodes.len() + node;
        let start = i64::from(label.taken[START]);
        if let Some(arc) = self.graph.direct[cell] {
            self.arrive(label, index, node, arc, start, false);
        }
        if let Some(arc) = self.graph.reload.get(cell).copied().flatten() {
            self.arrive(label, index, node, arc, start, true);
        }
    }

    /// Adds the label of `label` gone on to `node`, unless that breaks a limit or is no better than what there is.
    fn arrive(&mut self, label: &Label, parent: u32, node: usize, arc: Arc, from: i64, is_new_trip: bool) {
        let row = &self.graph.nodes[node];
        let earliest = from + arc.seconds;
        let Some(start) =
            row.starts.iter().find(|(_, high)| earliest <= *high).map(|(low, _)| earliest.max(*low))
        else {
            return;
        };
        let Some(taken) = self.taken(label, node, arc, start, is_new_trip, parent == NO_PARENT) else {
            return;
        };
        let visited = label.visited & self.labelling.near[node] | 1 << node;
        let cost = label.cost + price(self.vehicle, arc) - self.brings[node];
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
            Care::Middling => is_less(),
            Care::Exact => a.visited & !b.visited == 0 && is_less(),
        }
}

/// For each node itself and its nearest, in either direction; ties by number.
fn near(graph: &ShiftGraph) -> Vec<u128> {
    let count = graph.nodes.len();
    let way = |from: usize, to: usize| graph.direct[from * count + to].map(|arc| arc.driving);
    (0..count)
        .map(|node| {
            let mut others: Vec<(i64, usize)> = (0..count)
                .filter(|&other| other != node)
                .filter_map(|other| {
                    Some(([way(node, other), way(other, node)].into_iter().flatten().min()?, other))
                })
                .collect();
            others.sort_unstable();
            others.iter().take(NEIGHBOURS).fold(1 << node, |set, (_, other)| set | 1 << other)
        })
        .collect()
}
