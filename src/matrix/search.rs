//! Dijkstra's search from one point over the flat arrays of a [`TravelGraph`], with buffers that are reused.
//!
//! Plain on purpose: it stays as the oracle of everything faster.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::network::{Snap, TravelArc, TravelGraph, Way, Weight};

/// Buffers of a search, sized for one graph. Starting again costs nothing: stamps tell old labels from new.
#[derive(Debug)]
pub(super) struct Search {
    stamp: u32,
    seen: Vec<u32>,
    label: Vec<Weight>,
    parent: Vec<Parent>,
    heap: BinaryHeap<Reverse<(Weight, u32)>>,
    limit: SearchLimit,
    /// Entries of the heap that are within the limit of metres.
    waiting_within: usize,
}

/// How far a search goes. Its default has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SearchLimit {
    /// Nothing later is reached: the beginnings of a way within the limit are within it.
    pub(super) seconds: u32,
    /// Longer ways are still followed, as a state's fastest way may be longer than a slower one;
    /// see [`Search::may_find_more`].
    pub(super) metres: u32,
}

impl Default for SearchLimit {
    fn default() -> Self {
        Self { seconds: u32::MAX, metres: u32::MAX }
    }
}

/// How a state was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parent {
    /// The arc at whose end the state is.
    pub(super) arc: u32,
    /// The state before, [`Parent::START`] where the journey began on `arc`.
    pub(super) state: u32,
}

impl Parent {
    pub(super) const START: u32 = u32::MAX;
}

impl Search {
    pub(super) fn new(graph: &TravelGraph) -> Self {
        let states = graph.state_count();
        Self {
            stamp: 0,
            seen: vec![0; states],
            label: vec![Weight::ZERO; states],
            parent: vec![Parent { arc: 0, state: Parent::START }; states],
            heap: BinaryHeap::new(),
            limit: SearchLimit::default(),
            waiting_within: 0,
        }
    }

    /// Begins a search at a point. States beyond `limit.seconds` will not be reached at all.
    pub(super) fn start(&mut self, graph: &TravelGraph, from: &Snap, limit: SearchLimit) {
        self.restart();
        self.limit = limit;
        for (arc, behind) in start_arcs(graph, from) {
            for edge in graph.edges_of(arc) {
                self.reach(edge.to, edge.weight - behind, Parent { arc: edge.arc, state: Parent::START });
            }
        }
    }

    /// Begins a search without end at a state.
    pub(super) fn start_at(&mut self, state: u32) {
        self.restart();
        self.limit = SearchLimit::default();
        self.reach(state, Weight::ZERO, Parent { arc: 0, state: Parent::START });
    }

    /// Settles the next state in the order of weight, if any is left within the limit.
    pub(super) fn settle_next(&mut self, graph: &TravelGraph) -> Option<(u32, Weight)> {
        loop {
            let Reverse((weight, state)) = self.heap.pop()?;
            self.waiting_within -= usize::from(weight.metres() <= self.limit.metres);
            if weight != self.label[state as usize] {
                continue; // reached again, for less, since
            }
            for edge in graph.edges(state) {
                if let Some(next) = weight.checked_add(edge.weight) {
                    self.reach(edge.to, next, Parent { arc: edge.arc, state });
                }
            }
            return Some((state, weight));
        }
    }

    /// Whether a state within `limit.metres` may still come.
    pub(super) fn may_find_more(&self) -> bool {
        self.waiting_within > 0
    }

    fn reach(&mut self, state: u32, weight: Weight, parent: Parent) {
        let s = state as usize;
        if (self.seen[s] == self.stamp && self.label[s] <= weight) || weight.seconds() > self.limit.seconds {
            return;
        }
        self.seen[s] = self.stamp;
        self.label[s] = weight;
        self.parent[s] = parent;
        self.heap.push(Reverse((weight, state)));
        self.waiting_within += usize::from(weight.metres() <= self.limit.metres);
    }

    fn restart(&mut self) {
        self.heap.clear();
        self.waiting_within = 0;
        if self.stamp == u32::MAX {
            self.seen.fill(0);
            self.stamp = 0;
        }
        self.stamp += 1;
    }

    /// Least weight at which the latest search reached a state.
    pub(super) fn weight(&self, state: u32) -> Option<Weight> {
        (self.seen[state as usize] == self.stamp).then(|| self.label[state as usize])
    }

    /// How the latest search reached a state. It must have.
    pub(super) fn parent(&self, state: u32) -> Parent {
        self.parent[state as usize]
    }
}

/// Both ways of the segment a point lies on.
fn ways(snap: &Snap) -> [Way; 2] {
    [Way::new(snap.segment, false), Way::new(snap.segment, true)]
}

/// How far along a way a point of its segment is, 0 to 1.
fn along(snap: &Snap, way: Way) -> f64 {
    if way.is_against() { 1.0 - snap.fraction } else { snap.fraction }
}

/// The arcs a journey may begin on, each with what already lies behind.
fn start_arcs<'a>(graph: &'a TravelGraph, from: &Snap) -> impl Iterator<Item = (&'a TravelArc, Weight)> {
    ways(from).map(|way| (along(from, way), way)).into_iter().filter_map(|(along, way)| {
        let arc = graph.start_arc(way)?;
        Some((arc, arc.weight.part(along)))
    })
}

/// Where a journey may end: the state at the beginning of the last arc, and what follows along it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) state: u32,
    pub(super) way: Way,
    pub(super) rest: Weight,
}

/// All the ways to end at a point.
pub(super) fn endings(graph: &TravelGraph, to: &Snap) -> Vec<Ending> {
    let mut endings = Vec::with_capacity(2);
    for way in ways(to) {
        let along = along(to, way);
        endings.extend(graph.arcs_of(way).iter().map(|arc| Ending {
            state: arc.state,
            way,
            rest: arc.weight.part(along),
        }));
    }
    endings
}

/// The way between two points of one segment without leaving it, if it may be driven in that direction.
pub(super) fn direct(graph: &TravelGraph, from: &Snap, to: &Snap) -> Option<(Weight, Way)> {
    if from.segment != to.segment {
        return None;
    }
    let onwards = |way: &Way| along(from, *way) <= along(to, *way);
    ways(from)
        .into_iter()
        .filter(onwards)
        .filter_map(|way| {
            let whole = graph.start_arc(way)?.weight;
            Some((whole.part(along(to, way)) - whole.part(along(from, way)), way))
        })
        .min()
}
