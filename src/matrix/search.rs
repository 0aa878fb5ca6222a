//! Dijkstra's search from one point over the flat arrays of a [`TravelGraph`], with buffers that are reused.
//!
//! Plain on purpose: it stays as the oracle of everything faster.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ends::beginnings;
use crate::network::{Snap, TravelGraph, Weight};

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
    /// By all searches.
    settled: usize,
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
            settled: 0,
        }
    }

    /// Begins a search at a point. States beyond `limit.seconds` will not be reached at all.
    pub(super) fn start(&mut self, graph: &TravelGraph, from: &Snap, limit: SearchLimit) {
        self.restart();
        self.limit = limit;
        for (edge, weight) in beginnings(graph, from) {
            self.reach(edge.to, weight, Parent { arc: edge.arc, state: Parent::START });
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
            self.settled += 1;
            for edge in graph.edges(state) {
                if let Some(next) = weight.checked_add(edge.weight) {
                    self.reach(edge.to, next, Parent { arc: edge.arc, state });
                }
            }
            return Some((state, weight));
        }
    }

    /// How many states have been settled by all searches since the first.
    pub(super) fn settled(&self) -> usize {
        self.settled
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
