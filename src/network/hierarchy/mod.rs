//! A contraction hierarchy over a [`TravelGraph`] (Geisberger, Sanders, Schultes & Vetter 2012): far journeys take few
//! steps, and all answers stay exact.
//!
//! States are ordered by importance. Besides the edges of the graph there are *shortcuts*, so that from any state to any
//! other some best way first climbs to more and more important states, then descends. The hierarchy is over states, not
//! junctions: what turns cost, and which are forbidden, is in its edges already. The searches are in `matrix`.

mod contract;
mod layout;
mod links;
mod stored;
mod unpack;
mod witness;

use flate2::Crc;

use super::travel_graph::TravelGraph;
use super::weight::Weight;

/// An edge to a more important state, or (in the other direction of travel) from one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Rank at the upper end.
    pub to: u32,
    metres: u32,
    seconds: u32,
}

impl Step {
    /// Of the edge or of the whole shortcut.
    pub const fn weight(&self) -> Weight {
        Weight::from_halves(self.seconds, self.metres)
    }
}

/// All edges of one direction of travel, by the rank at their lower end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ascent {
    first: Vec<u32>,
    steps: Vec<Step>,
    /// By step: the rank that a shortcut passes, below both its ends; [`Ascent::DIRECT`] for an edge of the graph.
    via: Vec<u32>,
}

impl Ascent {
    const DIRECT: u32 = u32::MAX;

    /// The steps up from a rank.
    pub fn steps(&self, rank: u32) -> &[Step] {
        &self.steps[self.range(rank)]
    }

    /// Where [`Ascent::steps`] stand among all steps.
    pub fn range(&self, rank: u32) -> std::ops::Range<usize> {
        self.first[rank as usize] as usize..self.first[rank as usize + 1] as usize
    }

    /// The rank at the lower end of the step at a position of [`Ascent::range`].
    pub fn lower_end(&self, step: usize) -> u32 {
        self.first.partition_point(|first| *first as usize <= step) as u32 - 1
    }

    /// Number of steps.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is no step at all.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// The hierarchy of one travel graph. Immutable.
///
/// A *rank* is the position of a state in the order of importance, 0 the most important: every step leads to a lower
/// number, and states that are searched together are near each other in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    graph_digest: u64,
    /// By state.
    rank: Vec<u32>,
    /// By rank.
    state: Vec<u32>,
    /// Steps travelled upwards.
    forward: Ascent,
    /// Steps travelled downwards, from their upper end to the lower one.
    backward: Ascent,
}

impl Hierarchy {
    /// Contracts a graph; `None` where shortcuts multiply, as in a graph where everything is joined to everything.
    ///
    /// The same hierarchy whatever the number of threads. About 10 microseconds a state on one core, on roads.
    pub fn new(graph: &TravelGraph) -> Option<Self> {
        let contracted = contract::contract(graph)?;
        Some(layout::lay_out(contracted, digest(graph)))
    }

    /// Whether it is one over `graph`, as far as a checksum can tell. Linear.
    pub fn is_of(&self, graph: &TravelGraph) -> bool {
        self.state_count() == graph.state_count() && self.graph_digest == digest(graph)
    }

    /// Number of states, and of ranks.
    pub fn state_count(&self) -> usize {
        self.state.len()
    }

    /// The rank of a state.
    pub fn rank(&self, state: u32) -> u32 {
        self.rank[state as usize]
    }

    /// By rank: the state.
    pub fn states(&self) -> &[u32] {
        &self.state
    }

    /// Steps travelled upwards.
    pub fn forward(&self) -> &Ascent {
        &self.forward
    }

    /// Steps travelled downwards, by their lower end.
    pub fn backward(&self) -> &Ascent {
        &self.backward
    }
}

/// A checksum of all edges and their weights, and their number.
fn digest(graph: &TravelGraph) -> u64 {
    let (mut crc, mut bytes, mut count) = (Crc::new(), Vec::new(), 0_u64);
    for state in 0..graph.state_count() as u32 {
        let edges = graph.edges(state);
        count += edges.len() as u64;
        bytes.clear();
        bytes.extend((edges.len() as u32).to_le_bytes());
        let numbers = edges.iter().flat_map(|edge| [edge.to, edge.weight.seconds(), edge.weight.metres()]);
        bytes.extend(numbers.flat_map(u32::to_le_bytes));
        crc.update(&bytes);
    }
    count << 32 | u64::from(crc.sum())
}
