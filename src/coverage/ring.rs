//! Closed lines on the lattice, and exact answers to where a point is of one.

use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

use super::outline::Spot;

/// A closed line through lattice points.
pub(super) struct Ring {
    /// The first is not repeated at the end.
    pub corners: IntContour,
    south_west: Spot,
    north_east: Spot,
    /// The edges, by their first corner, that pass each of several bands of latitude of equal height: a point is
    /// compared with those of its own band.
    bands: Vec<Vec<u32>>,
}

/// Edges for which a ring gets one more band.
const EDGES_A_BAND: usize = 8;

/// Most bands of a ring.
const BANDS_MAX: usize = 1 << 14;

/// An outer ring is counter-clockwise, a hole clockwise. The union gives holes that touch a border either way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Winding {
    Outer,
    Hole,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Inside,
    Edge,
    Outside,
}

impl Ring {
    /// A ring of at least three corners, turned as `winding` says.
    pub fn new(mut corners: IntContour, winding: Winding) -> Self {
        let first = corners[0];
        let doubled_area: i128 = corners.windows(2).map(|edge| cross(first, edge[0], edge[1])).sum();
        if (doubled_area > 0) != (winding == Winding::Outer) {
            corners.reverse();
        }
        let (mut south_west, mut north_east) = (corners[0], corners[0]);
        for corner in &corners {
            south_west = IntPoint::new(south_west.x.min(corner.x), south_west.y.min(corner.y));
            north_east = IntPoint::new(north_east.x.max(corner.x), north_east.y.max(corner.y));
        }
        let bands = vec![Vec::new(); (corners.len() / EDGES_A_BAND).clamp(1, BANDS_MAX)];
        let mut ring = Self { corners, south_west, north_east, bands };
        for edge in 0..ring.corners.len() {
            let (a, b) = ring.edge(edge);
            for band in ring.band(a.y.min(b.y))..=ring.band(a.y.max(b.y)) {
                ring.bands[band].push(edge as u32);
            }
        }
        ring
    }

    fn edge(&self, index: usize) -> (Spot, Spot) {
        (self.corners[index], self.corners[(index + 1) % self.corners.len()])
    }

    /// The band of a latitude within the ring's bounds.
    fn band(&self, y: i32) -> usize {
        let above = |low: i32, high: i32| i64::from(high) - i64::from(low);
        let height = above(self.south_west.y, self.north_east.y) + 1;
        (above(self.south_west.y, y) * self.bands.len() as i64 / height) as usize
    }

    /// Of points in ascending order those between the ring's west and east ends.
    pub fn abreast<'a, T>(&self, points: &'a [T], spot: impl Fn(&T) -> Spot) -> &'a [T] {
        let from = points.partition_point(|point| spot(point).x < self.south_west.x);
        let to = points.partition_point(|point| spot(point).x <= self.north_east.x);
        &points[from..to]
    }

    /// Where a point is: exact, by the parity of the edges that a ray to the east crosses.
    pub fn side(&self, spot: Spot) -> Side {
        let (low, high) = (self.south_west, self.north_east);
        if spot.x < low.x || high.x < spot.x || spot.y < low.y || high.y < spot.y {
            return Side::Outside;
        }
        let mut is_inside = false;
        for edge in &self.bands[self.band(spot.y)] {
            let (a, b) = self.edge(*edge as usize);
            let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
            if spot.y < low.y || high.y < spot.y {
                continue;
            }
            let turn = cross(low, high, spot);
            if turn == 0 && a.x.min(b.x) <= spot.x && spot.x <= a.x.max(b.x) {
                return Side::Edge;
            }
            if spot.y < high.y && turn > 0 {
                is_inside = !is_inside;
            }
        }
        if is_inside { Side::Inside } else { Side::Outside }
    }
}

/// Positive where `c` is to the left of the way from `a` to `b`.
fn cross(a: Spot, b: Spot, c: Spot) -> i128 {
    let step = |from: i32, to: i32| i128::from(to) - i128::from(from);
    step(a.x, b.x) * step(a.y, c.y) - step(a.y, b.y) * step(a.x, c.x)
}
