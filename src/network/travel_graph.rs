//! The road map as one traveller sees it, in flat arrays for searching.
//!
//! A *state* is where a search can stand; an *arc* is a usable way that begins at a state. In a map without turns a
//! state is a junction. With turns it is an arc's beginning, so that every turn is an edge with its own cost, and a
//! forbidden turn is no edge at all: the edge-based graph (Winter 2002).
//!
//! The weight of an edge is its arc, from beginning to end, plus the turn into what follows. Only the largest
//! strongly connected part is kept: every journey that begins in it can end everywhere in it.

use super::map::{Access, Lane, RoadMap, Way};
use super::parts::largest_part;
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
}

/// What a segment is to a traveller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentUse {
    /// In the largest connected part.
    Main,
    /// In it, but journeys do not begin or end on it.
    Through,
    /// Usable, on a smaller part.
    Island,
    /// Not usable.
    Closed,
}

/// Flat arrays for one traveller. Immutable once built.
#[derive(Clone, Debug)]
pub struct TravelGraph {
    /// Who travels.
    profile: Profile,
    first_edge: Vec<u32>,
    edges: Vec<Edge>,
    arcs: Vec<Arc>,
    /// By way: its arcs. A journey that begins on a way takes the first of them; one that ends may take any.
    first_arc: Vec<u32>,
    uses: Vec<SegmentUse>,
}

impl TravelGraph {
    /// The part of `map` that `traveller` may use. Linear in the size of the map.
    pub(super) fn new(map: &RoadMap, traveller: &Traveller) -> Self {
        by_junction(map, traveller)
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

    /// The ways on from the end of an arc.
    pub fn edges_of(&self, arc: &Arc) -> &[Edge] {
        &self.edges[arc.edges.0 as usize..arc.edges.1 as usize]
    }

    /// What a segment is to this traveller.
    pub fn segment_use(&self, segment: u32) -> SegmentUse {
        self.uses[segment as usize]
    }
}

/// States are junctions: turns cost nothing and none is forbidden.
fn by_junction(map: &RoadMap, traveller: &Traveller) -> TravelGraph {
    let way_count = map.segment_count() * 2;
    let lanes: Vec<Lane> = (0..way_count).map(|way| map.lane(Way(way), traveller)).collect();
    let is_usable = |way: Way| lanes[way.0 as usize].access == Access::Yes;

    // All usable ways by the junction they leave, to find the largest part.
    let mut ways_by_tail: Vec<(u32, u32, Way)> = (0..way_count)
        .map(Way)
        .filter(|way| is_usable(*way))
        .map(|way| {
            let (tail, head) = map.ends(way);
            (tail.index() as u32, head.index() as u32, way)
        })
        .collect();
    ways_by_tail.sort_unstable_by_key(|(tail, _, way)| (*tail, *way));
    let junctions = map.graph.node_count() as u32;
    let first_edge = offsets(junctions, ways_by_tail.iter().map(|(tail, ..)| *tail));
    let heads: Vec<u32> = ways_by_tail.iter().map(|(_, head, _)| *head).collect();
    let in_part = largest_part(&first_edge, &heads, |_| true);
    let in_part = |junction: u32| in_part[junction as usize];

    let mut state_of = vec![u32::MAX; junctions as usize];
    for (state, junction) in (0..junctions).filter(|junction| in_part(*junction)).enumerate() {
        state_of[junction as usize] = state as u32;
    }
    ways_by_tail.retain(|(tail, head, _)| in_part(*tail) && in_part(*head));

    let states = state_of.iter().filter(|state| **state != u32::MAX).count() as u32;
    let first_edge = offsets(states, ways_by_tail.iter().map(|(tail, ..)| state_of[*tail as usize]));
    let mut arcs: Vec<Arc> = (0_u32..)
        .zip(&ways_by_tail)
        .map(|(edge, (tail, _, way))| {
            let segment = map.segment(way.segment());
            let weight = Weight::new(lanes[way.0 as usize].seconds(segment.millimetres), segment.metres());
            Arc { way: *way, state: state_of[*tail as usize], edges: (edge, edge + 1), weight }
        })
        .collect();
    let heads: Vec<u32> = ways_by_tail.iter().map(|(_, head, _)| state_of[*head as usize]).collect();
    arcs.sort_unstable_by_key(|arc| arc.way);
    let mut edges = vec![Edge { to: 0, arc: 0, weight: Weight::ZERO }; heads.len()];
    for (index, arc) in (0_u32..).zip(&arcs) {
        let edge = arc.edges.0 as usize;
        edges[edge] = Edge { to: heads[edge], arc: index, weight: arc.weight };
    }
    let first_arc = offsets(way_count, arcs.iter().map(|arc| arc.way.0));
    let uses = (0..map.segment_count())
        .map(|segment| {
            let ways = [Way::new(segment, false), Way::new(segment, true)];
            let has_arc = |way: Way| first_arc[way.0 as usize] < first_arc[way.0 as usize + 1];
            if ways.into_iter().any(has_arc) {
                SegmentUse::Main
            } else if ways.into_iter().any(is_usable) {
                SegmentUse::Island
            } else {
                SegmentUse::Closed
            }
        })
        .collect();
    TravelGraph { profile: traveller.profile, first_edge, edges, arcs, first_arc, uses }
}

/// Where each of `count` groups begins in a list sorted by group; one more than `count` numbers.
fn offsets(count: u32, sorted_groups: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut first = vec![0_u32; count as usize + 1];
    for group in sorted_groups {
        first[group as usize + 1] += 1;
    }
    for group in 0..count as usize {
        first[group + 1] += first[group];
    }
    first
}
