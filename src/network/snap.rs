//! Where a point meets the roads: the nearest point on a segment, not on a junction.

use geo::Point;
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::geometry::{Plane, Position, line_metres, nearest_on_line};
use super::map::RoadMap;
use super::travel_graph::{SegmentUse, TravelGraph};
use crate::traveller::Profile;
use crate::units::{Metres, Seconds};

/// Where a point meets the roads a traveller may use.
///
/// It belongs to the network and the traveller it was made with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    pub(crate) segment: u32,
    /// How far along the segment as drawn, by length: 0 to 1.
    pub(crate) fraction: f64,
    /// The point that was asked for.
    pub(crate) asked: Point,
    /// The point on the road.
    pub(crate) on_road: Point,
    /// Straight distance from the point to the road.
    pub gap: Metres,
    /// Time to cross the gap, charged at both ends of every way.
    pub gap_time: Seconds,
}

impl Snap {
    /// The point on the road.
    pub fn on_road(&self) -> Point {
        self.on_road
    }
}

/// Why a point does not meet the roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapError {
    /// The nearest usable road of the largest connected part is that far away, beyond the limit.
    TooFar {
        /// Straight distance; none where the network has no usable road at all.
        nearest: Option<Metres>,
    },
    /// A usable road is near, but on a part (an island) from which the largest part can't be reached and back.
    OtherIsland {
        /// Straight distance to the largest connected part.
        nearest: Metres,
    },
}

/// All straight pieces of all segments, for finding the nearest.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    tree: RTree<Piece>,
}

/// The straight line from one point of a segment's shape to the next, on the Mercator plane.
#[derive(Clone, Copy, Debug)]
struct Piece {
    a: Plane,
    b: Plane,
    segment: u32,
    index: u32,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners([self.a.x, self.a.y], [self.b.x, self.b.y])
    }
}

impl PointDistance for Piece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        nearest_on_line(self.a, self.b, Plane { x: point[0], y: point[1] }).1
    }
}

impl Pieces {
    /// `O(n log n)` in the number of shape points.
    pub(super) fn new(map: &RoadMap) -> Self {
        let mut pieces = Vec::with_capacity(map.shapes.len() + map.segment_count() as usize);
        for segment in 0..map.segment_count() {
            let planes: Vec<Plane> = map.line(segment).map(|position| Plane::of(position.point())).collect();
            pieces.extend((0_u32..).zip(planes.windows(2)).map(|(index, pair)| Piece {
                a: pair[0],
                b: pair[1],
                segment,
                index,
            }));
        }
        Self { tree: RTree::bulk_load(pieces) }
    }

    /// The nearest point on a segment of the largest part, of equally near ones that of the lowest segment.
    pub(super) fn snap(
        &self,
        map: &RoadMap,
        graph: &TravelGraph,
        at: Point,
        limit: Metres,
    ) -> Result<Snap, SnapError> {
        let Some(asked) = Position::from_point(at).filter(|_| graph.state_count() > 0) else {
            return Err(SnapError::TooFar { nearest: None });
        };
        let on_plane = Plane::of(asked.point());
        let mut island_gap: Option<f64> = None;
        let mut best: Option<(f64, Piece)> = None;
        for (piece, distance) in self.tree.nearest_neighbor_iter_with_distance_2([on_plane.x, on_plane.y]) {
            if best.is_some_and(|(nearest, _)| nearest < distance) {
                break;
            }
            match graph.segment_use(piece.segment) {
                SegmentUse::Main if best.is_none_or(|(_, rival)| piece.rank() < rival.rank()) => {
                    best = Some((distance, *piece));
                }
                SegmentUse::Island if island_gap.is_none() => island_gap = Some(gap(piece, asked).0),
                _ => {}
            }
        }
        let Some((_, piece)) = best else { return Err(SnapError::TooFar { nearest: None }) };
        let (metres, on_road, along) = gap(&piece, asked);
        let snap = Snap {
            segment: piece.segment,
            fraction: fraction(map, &piece, along),
            asked: at,
            on_road: on_road.point(),
            gap: whole_metres(metres),
            gap_time: gap_time(graph.profile(), metres),
        };
        let too_far = |metres: f64| metres > f64::from(limit.get());
        match island_gap {
            _ if !too_far(metres) => Ok(snap),
            Some(island) if !too_far(island) => Err(SnapError::OtherIsland { nearest: snap.gap }),
            _ => Err(SnapError::TooFar { nearest: Some(snap.gap) }),
        }
    }
}

impl Piece {
    fn rank(&self) -> (u32, u32) {
        (self.segment, self.index)
    }
}

/// Metres from a point to a piece, the nearest point, and how far along the piece that is (0 to 1).
fn gap(piece: &Piece, asked: Position) -> (f64, Position, f64) {
    let (along, _) = nearest_on_line(piece.a, piece.b, Plane::of(asked.point()));
    let plane = Plane {
        x: piece.a.x + along * (piece.b.x - piece.a.x),
        y: piece.a.y + along * (piece.b.y - piece.a.y),
    };
    let on_road = plane.position();
    (line_metres(asked, on_road), on_road, along)
}

/// How far along its segment a point of a piece is, by length: 0 to 1.
fn fraction(map: &RoadMap, piece: &Piece, along: f64) -> f64 {
    let points = map.fractions(piece.segment);
    let (from, to) = (points[piece.index as usize].0, points[piece.index as usize + 1].0);
    from + along * (to - from)
}

fn whole_metres(metres: f64) -> Metres {
    Metres(metres.round().min(f64::from(i32::MAX)) as i32)
}

/// People walk the gap at 5 km/h; vehicles drive it at 10 km/h, as they would a yard that is not on the map.
fn gap_time(profile: Profile, metres: f64) -> Seconds {
    let kmh = if profile == Profile::Foot { 5.0 } else { 10.0 };
    Seconds((metres * 3.6 / kmh).round().min(f64::from(1 << 30)) as i32)
}
