//! The road map as one traveller sees it, in flat arrays for searching.
//!
//! A *state* is where a search can stand; an *arc* is a usable way that begins at a state. In a map without turns a
//! state is a junction. With turns it is an arc's beginning, so that every turn is an edge with its own cost, and a
//! forbidden turn is no edge at all: the edge-based graph (Winter 2002).
//!
//! The weight of an edge is its arc, from beginning to end, plus the turn into what follows. Only what is joined to the
//! largest connected part is kept: wherever a journey may begin, it can end everywhere a journey may end.

use super::by_junction::by_junction;
use super::by_turn::by_turn;
use super::map::{RoadMap, Way};
use super::weight::Weight;
use crate::traveller::{Profile, Traveller};

/// From one state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// State at the end.
    pub to: u32,
    /// The arc travelled.
    pub arc: u32,
    /// The arc, and the turn at its end.
    pub weight: Weight,
}

/// A way that the traveller may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Which way.
    pub way: Way,
    /// State at its beginning.
    pub state: u32,
    /// Positions of its edges: the ways on from its end.
    pub edges: (u32, u32),
    /// Time and length from beginning to end, without turn.
    pub weight: Weight,
    /// A journey may begin along it.
    pub is_start: bool,
}

/// What a segment is to a traveller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SegmentUse {
    /// Not usable.
    Closed,
    /// Usable, on a smaller part.
    Island,
    /// In the largest connected part, but journeys do not begin or end on it.
    Through,
    /// In it, and journeys may begin and end on it.
    Main,
}

/// Flat arrays for one traveller. Immutable once built.
#[derive(Clone, Debug)]
pub struct TravelGraph {
    /// Who travels.
    profile: Profile,
    first_edge: Vec<u32>,
    edges: Vec<Edge>,
    arcs: Vec<Arc>,
    /// By way: where its arcs begin. A journey that ends on a way may take any of them.
    first_arc: Vec<u32>,
    uses: Vec<SegmentUse>,
}

impl TravelGraph {
    /// The part of `map` that `traveller` may use. Linear in the size of the map.
    pub(super) fn new(map: &RoadMap, traveller: &Traveller) -> Self {
        if map.has_turns && traveller.profile != Profile::Foot {
            by_turn(map, traveller)
        } else {
            by_junction(map, traveller)
        }
    }

    /// A graph of finished arrays; `arcs` are in the order of their ways.
    pub(super) fn from_parts(
        profile: Profile,
        first_edge: Vec<u32>,
        edges: Vec<Edge>,
        arcs: Vec<Arc>,
        uses: Vec<SegmentUse>,
    ) -> Self {
        let first_arc = offsets(uses.len() as u32 * 2, arcs.iter().map(|arc| arc.way.0));
        Self { profile, first_edge, edges, arcs, first_arc, uses }
    }

    /// Who travels.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Number of states.
    pub fn state_count(&self) -> usize {
        self.first_edge.len() - 1
    }

    /// Edges that leave a state.
    pub fn edges(&self, state: u32) -> &[Edge] {
        let s = state as usize;
        &self.edges[self.first_edge[s] as usize..self.first_edge[s + 1] as usize]
    }

    /// An arc.
    pub fn arc(&self, arc: u32) -> &Arc {
        &self.arcs[arc as usize]
    }

    /// The arcs of a way: none where it may not be used.
    pub fn arcs_of(&self, way: Way) -> &[Arc] {
        let w = way.0 as usize;
        &self.arcs[self.first_arc[w] as usize..self.first_arc[w + 1] as usize]
    }

    /// The arc that a journey takes which begins on a way, if it may.
    pub fn start_arc(&self, way: Way) -> Option<&Arc> {
        self.arcs_of(way).iter().find(|arc| arc.is_start)
    }

    /// The ways on from the end of an arc.
    pub fn edges_of(&self, arc: &Arc) -> &[Edge] {
        &self.edges[arc.edges.0 as usize..arc.edges.1 as usize]
    }

    /// Number of segments of the map.
    pub fn segment_count(&self) -> u32 {
        self.uses.len() as u32
    }

    /// What a segment is to this traveller.
    pub fn segment_use(&self, segment: u32) -> SegmentUse {
        self.uses[segment as usize]
    }
}

/// Where each of `count` groups begins in a list sorted by group; one more than `count` numbers.
pub(super) fn offsets(count: u32, sorted_groups: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut first = vec![0_u32; count as usize + 1];
    for group in sorted_groups {
        first[group as usize + 1] += 1;
    }
    for group in 0..count as usize {
        first[group + 1] += first[group];
    }
    first
}
