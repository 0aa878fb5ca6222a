//! A network from points alone, for whoever has no road file: each point joined to its nearest neighbours.
//!
//! Lengths are straight lines stretched by a detour factor; speeds follow the straight length. The graph always has
//! one part: where the neighbours leave several, the shortest straight lines that join them are added.

use geo::{Distance, Geodesic, Point};
use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::SketchSettings;
use super::geometry::{Plane, Position};
use super::limits::Limits;
use super::map::{Junction, Lane, RoadMap, Segment, Traffic};

/// Speed of people on foot.
const WALKING_KMH: f64 = 5.0;

/// Builds the proximity graph. Points off the Earth are left out, coincident ones share a junction.
///
/// `O(n k log n)` where the neighbours join everything, else `O(n²)`.
pub(super) fn sketch(points: &[Point], settings: &SketchSettings) -> RoadMap {
    let mut positions: Vec<Position> =
        points.iter().filter_map(|point| Position::from_point(*point)).collect();
    positions.sort_unstable();
    positions.dedup();
    let planes: Vec<Plane> = positions.iter().map(|position| Plane::of(position.point())).collect();

    let mut pairs = neighbour_pairs(&planes, settings.neighbours.max(1) as usize);
    join_parts(&planes, &mut pairs);
    if let [_] = positions[..] {
        pairs.push((0, 0)); // a road of no length, so that the lone point has something to meet
    }
    pairs.sort_unstable();
    pairs.dedup();

    let mut map = RoadMap::default();
    for position in &positions {
        map.graph.add_node(Junction::open(*position));
    }
    map.traffics = settings.speeds.iter().map(|(_, kmh)| traffic(*kmh)).collect();
    if map.traffics.is_empty() {
        map.traffics.push(traffic(50));
    }
    for (a, b) in pairs {
        let straight = Geodesic.distance(positions[a].point(), positions[b].point());
        let class = settings.speeds.iter().position(|(limit, _)| straight <= f64::from(limit.get()));
        let millimetres = straight * settings.detour.max(1.0) * 1000.0;
        let segment = Segment {
            millimetres: millimetres.round().min(f64::from(u32::MAX)) as u32,
            shape_first: 0,
            shape_len: 0,
            traffic: class.unwrap_or(map.traffics.len() - 1) as u32,
        };
        map.graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), segment);
    }
    map
}

fn traffic(kmh: u32) -> Traffic {
    let drive = [Lane::open(f64::from(kmh)); 2];
    let walk = [Lane::open(WALKING_KMH); 2];
    Traffic { lanes: [drive, drive, drive, walk], limits: Limits::NONE, closed_days: None, class: None }
}

/// Each point with its `count` nearest, lower position first.
fn neighbour_pairs(planes: &[Plane], count: usize) -> Vec<(usize, usize)> {
    let located =
        planes.iter().enumerate().map(|(index, at)| GeomWithData::new([at.x, at.y], index)).collect();
    let tree = RTree::bulk_load(located);
    let mut pairs = Vec::with_capacity(planes.len() * count.min(planes.len()));
    for (index, at) in planes.iter().enumerate() {
        let others = tree.nearest_neighbor_iter([at.x, at.y]).map(|found| found.data).filter(|o| *o != index);
        pairs.extend(others.take(count).map(|other| (index.min(other), index.max(other))));
    }
    pairs
}

/// Adds to `pairs` the lines of a minimum spanning tree that join what is not joined yet (Prim 1957).
fn join_parts(planes: &[Plane], pairs: &mut Vec<(usize, usize)>) {
    let mut parts = UnionFind::new(planes.len());
    let joined = pairs.iter().filter(|(a, b)| parts.union(*a, *b)).count();
    if joined + 1 >= planes.len() {
        return;
    }
    for (a, b) in spanning_tree(planes) {
        if parts.union(a, b) {
            pairs.push((a, b));
        }
    }
}

/// A minimum spanning tree by straight distance, its edges shortest first.
fn spanning_tree(planes: &[Plane]) -> Vec<(usize, usize)> {
    let mut nearest = vec![(f64::INFINITY, 0); planes.len()];
    let mut outside: Vec<usize> = (1..planes.len()).collect();
    let mut edges = Vec::with_capacity(planes.len());
    let mut latest = 0;
    while !outside.is_empty() {
        let mut best = 0;
        for (slot, point) in outside.iter().enumerate() {
            let distance = planes[latest].distance_squared(planes[*point]);
            if distance < nearest[*point].0 {
                nearest[*point] = (distance, latest);
            }
            if nearest[*point].0 < nearest[outside[best]].0 {
                best = slot;
            }
        }
        latest = outside.swap_remove(best);
        let (distance, from) = nearest[latest];
        edges.push((distance, from.min(latest), from.max(latest)));
    }
    edges.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    edges.into_iter().map(|(_, a, b)| (a, b)).collect()
}
