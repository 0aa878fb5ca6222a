//! Areas around marked points, computed on whole numbers: the lattice of 7-decimal degrees that GeoJSON is written on.
//!
//! In: points, each clear or marked with one of two shades. Out: shapes of each shade that hold every point of the
//! shade strictly inside and every other point strictly outside; shapes never overlap. As nothing is rounded
//! afterwards, what holds here holds in the file.
//!
//! Every marked point gets a *cell*: a disc, cut by the perpendicular bisector to each point of another mark near
//! it. That is its Voronoi cell among the others, bounded, so that a shape claims no land far from its points. Cells of
//! one shade are united; the stronger shade is cut out of the weaker one.

use std::collections::BTreeMap;
use std::iter;

use geo::orient::{Direction, Orient};
use geo::{Coord, LineString, MultiPolygon, Point, Polygon};
use i_overlay::core::extract::BooleanExtractionBuffer;
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::IntContour;

use super::nearby::Nearby;
use super::ring::{Ring, Side, Winding};

/// Lattice units in a degree.
pub(super) const UNITS: f64 = 1e7;

/// Metres in a lattice unit along a meridian, on the sphere of the mean earth radius.
pub(super) const METRES_PER_UNIT: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0 / UNITS;

/// Points nearer than this, in metres, are one spot. Far above what rounding to the lattice (1 cm) can move an edge.
pub(super) const SAME_SPOT: f64 = 1.0;

/// Corners of the disc around a lone point.
const DISC_CORNERS: u32 = 24;

/// Sides of the world, as areas are united in numbers of 32 bits: first and last longitude, in lattice units. Cut in the
/// Atlantic (33° W) and across the Coral Sea (146° E); no area crosses a cut.
const SIDES: [(i32, i32); 3] =
    [(-1_800_000_000, -330_000_000), (-329_999_999, 1_460_000_000), (1_460_000_001, 1_800_000_000)];

/// The first and last latitude, in lattice units.
const POLES: (i32, i32) = (-900_000_000, 900_000_000);

/// What a point is marked with. A spot of several points has the strongest mark among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mark {
    /// In no shape.
    Clear,
    /// In a shape of the weaker shade.
    Pale,
    /// In a shape of the stronger shade.
    White,
}

/// A point on the lattice.
pub(super) type Spot = IntPoint;

/// An area of one shade.
pub(super) struct Shape {
    pub mark: Mark,
    /// The outer one first.
    rings: Vec<Ring>,
}

/// The nearest lattice point.
pub(super) fn spot(at: Point) -> Spot {
    let on_lattice = |degrees: f64, bound: f64| (degrees.clamp(-bound, bound) * UNITS).round() as i32;
    IntPoint::new(on_lattice(at.x(), 180.0), on_lattice(at.y(), 90.0))
}

/// The shapes of all marked points, whose cells reach `radius` metres.
///
/// `O(n log n)`, and for each point those within two radii; points that coincide count as one.
pub(super) fn shapes(points: &[(Spot, Mark)], radius: f64) -> Vec<Shape> {
    let mut strongest: BTreeMap<Spot, Mark> = BTreeMap::new();
    for (spot, mark) in points {
        let known = strongest.entry(*spot).or_insert(*mark);
        *known = (*known).max(*mark);
    }
    let (spots, marks): (Vec<Spot>, Vec<Mark>) = strongest.into_iter().unzip();
    let near = Nearby::new(spots);
    let shared = shared_marks(&marks, &near);
    let cells_of = |shade: Mark, side: usize| -> Vec<IntContour> {
        let marked = (0..marks.len()).filter(|index| marks[*index] != Mark::Clear && shared[*index] == shade);
        let members = marked.filter(|index| side_of_the_world(near.spots[*index]) == side);
        members.map(|index| cell(index, &shared, &near, radius)).collect()
    };
    let mut shapes: Vec<Shape> = (0..SIDES.len())
        .flat_map(|side| unite(&cells_of(Mark::Pale, side), &cells_of(Mark::White, side)))
        .collect();
    for shape in &mut shapes {
        fill_idle_holes(shape, &near.spots);
    }
    shapes
}

/// For each point the strongest mark of its spot: points linked by steps shorter than [`SAME_SPOT`].
fn shared_marks(marks: &[Mark], near: &Nearby) -> Vec<Mark> {
    let mut marks = marks.to_vec();
    let mut waiting: Vec<usize> = (0..marks.len()).collect();
    while let Some(index) = waiting.pop() {
        for (other, _) in near.within(index, SAME_SPOT) {
            if marks[other] < marks[index] {
                marks[other] = marks[index];
                waiting.push(other);
            }
        }
    }
    marks
}

/// The disc around a point, cut by the bisector to each near point of another mark.
fn cell(index: usize, marks: &[Mark], near: &Nearby, radius: f64) -> IntContour {
    let mut corners: Vec<Coord> = (0..DISC_CORNERS)
        .map(|corner| {
            let angle = f64::from(corner) / f64::from(DISC_CORNERS) * std::f64::consts::TAU;
            Coord { x: radius * angle.cos(), y: radius * angle.sin() }
        })
        .collect();
    let mut reach = radius;
    for (other, towards) in near.within(index, 2.0 * radius) {
        // A bisector farther off than every corner cuts nothing.
        if marks[other] != marks[index] && length(towards) < 2.0 * reach {
            corners = cut(&corners, towards, length(towards).powi(2) / 2.0);
            reach = corners.iter().copied().map(length).fold(0.0, f64::max);
        }
    }
    let world = World::around(near.spots[index], near.east_scale(index));
    for (outwards, metres) in world.ends.into_iter().filter(|(_, metres)| *metres < reach) {
        corners = cut(&corners, outwards, metres);
    }
    let mut ring: IntContour = corners.into_iter().map(|corner| world.on_lattice(corner)).collect();
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// The part of a convex polygon whose product with `normal` is at most `limit` (Sutherland and Hodgman 1974, one
/// edge).
fn cut(corners: &[Coord], normal: Coord, limit: f64) -> Vec<Coord> {
    let beyond = |corner: &Coord| corner.x * normal.x + corner.y * normal.y - limit;
    let mut kept = Vec::with_capacity(corners.len() + 1);
    for (index, corner) in corners.iter().enumerate() {
        let next = &corners[(index + 1) % corners.len()];
        let (here, there) = (beyond(corner), beyond(next));
        if here <= 0.0 {
            kept.push(*corner);
        }
        if (here < 0.0 && there > 0.0) || (here > 0.0 && there < 0.0) {
            let along = here / (here - there);
            kept.push(Coord {
                x: corner.x + along * (next.x - corner.x),
                y: corner.y + along * (next.y - corner.y),
            });
        }
    }
    kept
}

/// The side of the world that a point is on, seen from it.
struct World {
    centre: Spot,
    east_scale: f64,
    side: (i32, i32),
    /// The directions in which it ends, and how far off in metres.
    ends: [(Coord, f64); 4],
}

impl World {
    fn around(centre: Spot, east_scale: f64) -> Self {
        let side = SIDES[side_of_the_world(centre)];
        let metres = |from: i32, to: i32| (f64::from(to) - f64::from(from)) * METRES_PER_UNIT;
        let ends = [
            (Coord { x: -1.0, y: 0.0 }, metres(side.0, centre.x) * east_scale),
            (Coord { x: 1.0, y: 0.0 }, metres(centre.x, side.1) * east_scale),
            (Coord { x: 0.0, y: -1.0 }, metres(POLES.0, centre.y)),
            (Coord { x: 0.0, y: 1.0 }, metres(centre.y, POLES.1)),
        ];
        Self { centre, east_scale, side, ends }
    }

    /// The lattice point nearest to a corner given in metres from the centre.
    fn on_lattice(&self, corner: Coord) -> Spot {
        let east = (corner.x / (METRES_PER_UNIT * self.east_scale)).round();
        let north = (corner.y / METRES_PER_UNIT).round();
        let within =
            |value: f64, (low, high): (i32, i32)| value.clamp(f64::from(low), f64::from(high)) as i32;
        let (x, y) = (f64::from(self.centre.x) + east, f64::from(self.centre.y) + north);
        IntPoint::new(within(x, self.side), within(y, POLES))
    }
}

fn side_of_the_world(spot: Spot) -> usize {
    SIDES.iter().position(|(_, last)| spot.x <= *last).expect("longitudes end at 180 degrees")
}

/// The union of the white cells, and the union of the pale ones less the white.
///
/// Both are taken from one arrangement of all edges, so that shapes that touch share their corners exactly.
fn unite(pale: &[IntContour], white: &[IntContour]) -> Vec<Shape> {
    let mut overlay = overlay(pale.iter().chain(white).map(Vec::len).sum());
    overlay.add_contours(pale, ShapeType::Subject);
    overlay.add_contours(white, ShapeType::Clip);
    let Some(graph) = overlay.build_graph_view(FillRule::NonZero) else { return Vec::new() };
    let mut found = Vec::new();
    for (mark, rule) in [(Mark::White, OverlayRule::Clip), (Mark::Pale, OverlayRule::Difference)] {
        let shapes = graph.extract_shapes(rule, &mut BooleanExtractionBuffer::default());
        found.extend(shapes.into_iter().map(|rings| Shape::of(mark, rings)));
    }
    found
}

/// An arrangement of so many edges, whose result is valid and the same whatever the machine.
fn overlay(edges: usize) -> Overlay {
    let options =
        IntOverlayOptions { preserve_output_collinear: true, ogc: true, ..IntOverlayOptions::default() };
    Overlay::new_custom(edges, options, Solver { multithreading: None, ..Solver::AUTO })
}

/// The parts of shapes inside a territory, each a shape of its own. Where it cuts, corners are rounded to the lattice.
pub(super) fn clip(shapes: Vec<Shape>, territory: &MultiPolygon) -> Vec<Shape> {
    let ring = |line: &LineString| -> IntContour {
        let mut corners: IntContour = line.coords().map(|corner| spot(Point::from(*corner))).collect();
        corners.dedup();
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        corners
    };
    let oriented = territory.orient(Direction::Default);
    let area: Vec<IntContour> = oriented
        .iter()
        .flat_map(|polygon| iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(ring)
        .filter(|corners| corners.len() > 2)
        .collect();
    let corners = area.iter().map(Vec::len).sum::<usize>();
    let clipped = |shape: Shape| {
        let rings: Vec<IntContour> = shape.rings.into_iter().map(|ring| ring.corners).collect();
        let mut overlay = overlay(corners + rings.iter().map(Vec::len).sum::<usize>());
        overlay.add_contours(&rings, ShapeType::Subject);
        overlay.add_contours(&area, ShapeType::Clip);
        let parts = overlay.build_graph_view(FillRule::NonZero).map_or_else(Vec::new, |graph| {
            graph.extract_shapes(OverlayRule::Intersect, &mut BooleanExtractionBuffer::default())
        });
        parts.into_iter().map(move |rings| Shape::of(shape.mark, rings))
    };
    shapes.into_iter().flat_map(clipped).collect()
}

/// Fills the holes that hold no point: land between villages, not land that somebody covers.
fn fill_idle_holes(shape: &mut Shape, spots: &[Spot]) {
    let mut ring_index = 0;
    shape.rings.retain(|ring| {
        ring_index += 1;
        ring_index == 1
            || ring.abreast(spots, |spot| *spot).iter().any(|spot| ring.side(*spot) != Side::Outside)
    });
}

impl Shape {
    /// A shape of these rings, the outer one first.
    fn of(mark: Mark, rings: Vec<IntContour>) -> Self {
        let windings = iter::once(Winding::Outer).chain(iter::repeat(Winding::Hole));
        Self {
            mark,
            rings: rings.into_iter().zip(windings).map(|(ring, way)| Ring::new(ring, way)).collect(),
        }
    }

    /// Whether a point is strictly inside.
    pub fn holds(&self, spot: Spot) -> bool {
        let (outer, holes) = self.rings.split_first().expect("a shape has an outer ring");
        outer.side(spot) == Side::Inside && holes.iter().all(|hole| hole.side(spot) == Side::Outside)
    }

    /// The points inside, of points in ascending order; on the border only at the edge of the world.
    pub fn members<'a, T>(&self, points: &'a [T], spot: impl Fn(&T) -> Spot) -> impl Iterator<Item = &'a T> {
        let (outer, holes) = self.rings.split_first().expect("a shape has an outer ring");
        outer.abreast(points, &spot).iter().filter(move |point| {
            let spot = spot(point);
            outer.side(spot) != Side::Outside && holes.iter().all(|hole| hole.side(spot) != Side::Inside)
        })
    }

    /// WGS84 with 7 decimals; the outer ring counter-clockwise, holes clockwise (RFC 7946).
    pub fn polygon(&self) -> Polygon {
        let degrees =
            |point: &IntPoint| Coord { x: f64::from(point.x) / UNITS, y: f64::from(point.y) / UNITS };
        let mut rings =
            self.rings.iter().map(|ring| ring.corners.iter().map(degrees).collect::<LineString>());
        let outer = rings.next().expect("a shape has an outer ring");
        Polygon::new(outer, rings.collect())
    }
}

/// The length of a step east and north, in its own unit.
pub(super) fn length(step: Coord) -> f64 {
    step.x.hypot(step.y)
}
