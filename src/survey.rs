//! What the roads say about a scenario: every depot, stop, place and aid site snapped, and the travel between them.
//!
//! In: the dataset and its roads. Out: a [`Survey`], or an error for each point that no usable road reaches.

use typed_index_collections::TiVec;

use crate::diagnostics::Report;
use crate::ids::{AntennaId, DepotId, StopId};
use crate::matrix::{Leg, Reach, Travel, TravelMatrix};
use crate::network::RoadNetwork;
use crate::tables::Dataset;

/// A point a vehicle stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A depot.
    Depot(DepotId),
    /// A stop.
    Stop(StopId),
}

/// Everything measured on the roads.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Roads are a sketch: every output says so.
    pub is_sketch: bool,
    /// One table a distinct traveller, square over all depots, then all stops.
    pub matrices: Vec<TravelMatrix>,
    /// Which of `matrices` an antenna drives by.
    pub matrix_of: TiVec<AntennaId, usize>,
    /// From each place to every aid site by car, nearest first, bounded well beyond the coverage limit.
    pub sites_by_car: Reach,
    /// From each place to the aid sites within the walking limit.
    pub sites_on_foot: Reach,
    /// From each place to every stop by car, nearest first, bounded well beyond the coverage limit.
    pub stops_by_car: Reach,
    /// From each place to the stops within the walking limit.
    pub stops_on_foot: Reach,
    depot_count: usize,
}

impl Survey {
    /// Position of a node in `matrices`.
    pub fn point(&self, node: Node) -> usize {
        match node {
            Node::Depot(depot) => depot.index(),
            Node::Stop(stop) => self.depot_count + stop.index(),
        }
    }

    /// The fastest way of `antenna` from one node to another.
    pub fn travel(&self, antenna: AntennaId, from: Node, to: Node) -> Option<Travel> {
        self.matrices[self.matrix_of[antenna]].get(self.point(from), self.point(to))
    }

    /// The road of `antenna` from one node to another; its travel equals [`Survey::travel`].
    pub fn leg(&self, _network: &RoadNetwork, _antenna: AntennaId, _from: Node, _to: Node) -> Option<Leg> {
        unimplemented!("survey helper")
    }
}

/// Opens or sketches the roads that the settings name.
pub fn roads(_dataset: &Dataset) -> Result<RoadNetwork, crate::network::NetworkError> {
    unimplemented!("survey helper")
}

/// Snaps everything and measures the travel between. In parallel.
pub fn survey(_dataset: &Dataset, _network: &RoadNetwork) -> Report<Survey> {
    unimplemented!("survey helper")
}
