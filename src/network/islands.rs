//! Roads that no road joins to the rest, whatever the direction: what snapping will not offer.

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

/// All islands, the longest first. A carriageway that only leads out of the extract is none.
pub(super) fn islands(map: &RoadMap, graph: &TravelGraph) -> Vec<Island> {
    let end = |segment: u32, against: bool| map.ends(Way::new(segment, against)).0.index() as u32;
    let usable = |segment: &u32| graph.segment_use(*segment) != SegmentUse::Closed;
    let mut parts = UnionFind::<u32>::new(map.graph.node_count());
    for segment in (0..map.segment_count()).filter(usable) {
        parts.union(end(segment, false), end(segment, true));
    }
    let mut is_joined = vec![false; map.graph.node_count()];
    for segment in (0..map.segment_count()).filter(|segment| graph.segment_use(*segment) > SegmentUse::Island)
    {
        is_joined[parts.find(end(segment, false)) as usize] = true;
    }
    let mut metres = vec![0_u64; map.graph.node_count()];
    for segment in (0..map.segment_count()).filter(usable) {
        let part = parts.find(end(segment, false)) as usize;
        if !is_joined[part] {
            metres[part] += u64::from(map.segment(segment).metres());
        }
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
