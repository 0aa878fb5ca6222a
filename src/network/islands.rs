//! Roads that are usable but not joined to the largest part both ways: what snapping will not offer.

use petgraph::unionfind::UnionFind;

use super::geometry::Position;
use super::map::{RoadMap, Way};
use super::travel_graph::{SegmentUse, TravelGraph};

/// Roads joined to each other and not to the largest part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Island {
    /// Length of its roads.
    pub metres: u64,
    /// A junction on it.
    pub at: Position,
}

/// All islands, the longest first.
pub(super) fn islands(map: &RoadMap, graph: &TravelGraph) -> Vec<Island> {
    let apart: Vec<u32> = (0..map.segment_count())
        .filter(|segment| graph.segment_use(*segment) == SegmentUse::Island)
        .collect();
    let ends = |segment: u32| map.ends(Way::new(segment, false));
    let mut parts = UnionFind::<u32>::new(map.graph.node_count());
    for segment in &apart {
        let (a, b) = ends(*segment);
        parts.union(a.index() as u32, b.index() as u32);
    }
    let mut metres = vec![0_u64; map.graph.node_count()];
    for segment in &apart {
        let root = parts.find(ends(*segment).0.index() as u32);
        metres[root as usize] += u64::from(map.segment(*segment).metres());
    }
    let mut islands: Vec<Island> = map
        .graph
        .node_weights()
        .zip(metres)
        .filter(|(_, metres)| *metres > 0)
        .map(|(junction, metres)| Island { metres, at: junction.at })
        .collect();
    islands.sort_by_key(|island| std::cmp::Reverse(island.metres));
    islands
}
