//! From one point to everywhere, or back: a climb, then one sweep over all ranks from the top (PHAST: Delling, Goldberg,
//! Nowatzyk & Werneck 2011). Each state looks up at the few above it; no queue, and memory is read in order.

use std::sync::Arc;

use super::climb::{Climb, ascents};
use super::ends::{Heading, doors};
use super::plain;
use crate::network::{Hierarchy, RoadNetwork, Snap, Weight};
use crate::traveller::Traveller;

/// The least weight between a point and the beginning of every state of a travel graph.
#[derive(Clone, Debug)]
pub struct StateWeights {
    /// By rank with a hierarchy, otherwise by state.
    weights: Vec<Weight>,
    hierarchy: Option<Arc<Hierarchy>>,
}

impl StateWeights {
    /// `None` where there is no way.
    pub fn get(&self, state: u32) -> Option<Weight> {
        let at = self.hierarchy.as_ref().map_or(state, |hierarchy| hierarchy.rank(state));
        self.weights[at as usize].known()
    }
}

/// Weights from a point to all states, or from all states to it.
///
/// A sweep where a hierarchy is at hand, otherwise one plain search, which takes about twenty times as long.
pub fn state_weights(
    network: &RoadNetwork,
    traveller: &Traveller,
    point: &Snap,
    heading: Heading,
) -> StateWeights {
    let graph = network.travel_graph(traveller);
    let doors = doors(&graph, point, heading);
    match network.ready_hierarchy(traveller) {
        Some(hierarchy) => {
            StateWeights { weights: sweep(&hierarchy, heading, &doors), hierarchy: Some(hierarchy) }
        }
        None => StateWeights { weights: plain::spread(&graph, heading, &doors), hierarchy: None },
    }
}

/// By rank: the least weight from any of the states that cost something to begin with, or to it.
fn sweep(hierarchy: &Hierarchy, heading: Heading, starts: &[(u32, Weight)]) -> Vec<Weight> {
    let (_, down) = ascents(hierarchy, heading);
    let mut climb = Climb::new(hierarchy);
    climb.of_states(hierarchy, heading, starts, u32::MAX);
    let mut weights = climb.into_weights();
    for rank in 0..weights.len() {
        let descended =
            down.steps(rank as u32).iter().map(|step| weights[step.to as usize].plus(step.weight()));
        let least = descended.fold(weights[rank], Weight::min);
        weights[rank] = least.known().unwrap_or(Weight::UNREACHED);
    }
    weights
}
