//! Outlines of the cells that count: rings half-way between their centres and those of the others.
//!
//! Marching squares with one rule for corners at which only two opposite cells count: they are parted. So every ring is
//! simple, and no two rings meet.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::{FxHashMap, FxHashSet};

/// Ten-millionths of a degree in a degree.
const UNITS: f64 = 1e7;

/// Where the cells of a grid are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// South-west corner, longitude and latitude in ten-millionths of a degree.
    pub(super) origin: (i64, i64),
    /// Width and height of a cell in the same unit, even.
    pub(super) cell: (i64, i64),
    /// At least three.
    pub(super) columns: usize,
    /// At least three.
    pub(super) rows: usize,
}

impl Frame {
    /// A position, in ten-millionths of a degree, in cells from the south-west corner.
    pub(super) fn place(&self, lon: f64, lat: f64) -> (f64, f64) {
        ((lon - self.origin.0 as f64) / self.cell.0 as f64, (lat - self.origin.1 as f64) / self.cell.1 as f64)
    }

    /// In degrees, a point in half cells from the centre of the first cell.
    fn degrees(&self, (x, y): (i64, i64)) -> Coord {
        let units = |origin: i64, cell: i64, half_cells: i64, most: i64| {
            (origin + (half_cells + 1) * (cell / 2)).clamp(-most, most) as f64
        };
        Coord {
            x: units(self.origin.0, self.cell.0, x, 1_800_000_000) / UNITS,
            y: units(self.origin.1, self.cell.1, y, 900_000_000) / UNITS,
        }
    }
}

/// Columns east and rows north.
type Step = (i64, i64);

fn left_of((x, y): Step) -> Step {
    (-y, x)
}

fn right_of((x, y): Step) -> Step {
    (y, -x)
}

fn add(a: Step, b: Step) -> Step {
    (a.0 + b.0, a.1 + b.1)
}

/// The area of the cells that count; none is at the edge of the frame.
///
/// Linear in the cells. Outer rings are counter-clockwise, holes clockwise.
pub(super) fn outline(frame: &Frame, counted: &[bool]) -> MultiPolygon {
    let mut rings: Vec<Ring> = Vec::new();
    // The ring of each border with a free cell to the west, by the cell that counts.
    let mut ring_of: FxHashMap<usize, usize> = FxHashMap::default();
    let mut traced_north: FxHashSet<usize> = FxHashSet::default();
    for row in 0..frame.rows {
        let mut run: Option<usize> = None; // the ring at the west end of the cells that count here
        for column in 1..frame.columns {
            let east = row * frame.columns + column;
            match (counted[east - 1], counted[east]) {
                (false, true) => {
                    run = Some(*ring_of.get(&east).unwrap_or(&rings.len()));
                    if run == Some(rings.len()) {
                        // Met from below for the first time, from outside: an outer ring.
                        let border = Border { left: cell_at(frame, east), heading: (0, -1) };
                        let id = rings.len();
                        let points = trace(frame, counted, border, id, &mut ring_of, &mut traced_north);
                        rings.push(Ring { points, outer: id });
                    }
                }
                (true, false) if !traced_north.contains(&(east - 1)) => {
                    // From inside: the beginning of a hole of what the run belongs to.
                    let border = Border { left: cell_at(frame, east - 1), heading: (0, 1) };
                    let id = rings.len();
                    let points = trace(frame, counted, border, id, &mut ring_of, &mut traced_north);
                    let outer = run.map_or(id, |ring| rings[ring].outer);
                    rings.push(Ring { points, outer });
                }
                _ => {}
            }
        }
    }
    polygons(frame, rings)
}

/// A closed line in half cells from the centre of the first cell, its first point not repeated.
struct Ring {
    points: Vec<Step>,
    /// The ring around it: itself where it is an outer one.
    outer: usize,
}

/// A place between a cell that counts, to the left, and one that does not.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Border {
    left: Step,
    heading: Step,
}

fn cell_at(frame: &Frame, cell: usize) -> Step {
    ((cell % frame.columns) as i64, (cell / frame.columns) as i64)
}

/// Follows a ring from one border all round, noting its borders that run south and north.
fn trace(
    frame: &Frame,
    counted: &[bool],
    start: Border,
    id: usize,
    ring_of: &mut FxHashMap<usize, usize>,
    traced_north: &mut FxHashSet<usize>,
) -> Vec<Step> {
    let index = |(x, y): Step| y as usize * frame.columns + x as usize;
    let counts = |cell: Step| counted[index(cell)];
    let mut points: Vec<Step> = Vec::new();
    let mut at = start;
    loop {
        match at.heading {
            (0, -1) => {
                ring_of.insert(index(at.left), id);
            }
            (0, 1) => {
                traced_north.insert(index(at.left));
            }
            _ => {}
        }
        let right = add(at.left, right_of(at.heading));
        push(&mut points, add(at.left, right));
        let (ahead_left, ahead_right) = (add(at.left, at.heading), add(right, at.heading));
        at = match (counts(ahead_left), counts(ahead_right)) {
            (false, _) => Border { left: at.left, heading: left_of(at.heading) },
            (true, false) => Border { left: ahead_left, heading: at.heading },
            (true, true) => Border { left: ahead_right, heading: right_of(at.heading) },
        };
        if at == start {
            return closed(points);
        }
    }
}

/// Adds a point; one that lies straight between its neighbours goes.
fn push(points: &mut Vec<Step>, point: Step) {
    if let [.., a, b] = points[..]
        && is_straight(a, b, point)
    {
        points.pop();
    }
    points.push(point);
}

/// The same where the end meets the beginning.
fn closed(mut points: Vec<Step>) -> Vec<Step> {
    while let [first, .., a, b] = points[..]
        && is_straight(a, b, first)
    {
        points.pop();
    }
    while let [first, second, .., last] = points[..]
        && is_straight(last, first, second)
    {
        points.remove(0);
    }
    points
}

fn is_straight(a: Step, b: Step, c: Step) -> bool {
    (b.0 - a.0) * (c.1 - b.1) == (b.1 - a.1) * (c.0 - b.0)
}

fn polygons(frame: &Frame, rings: Vec<Ring>) -> MultiPolygon {
    let mut polygons: Vec<(Option<LineString>, Vec<LineString>)> = Vec::new();
    let mut polygon_of = vec![usize::MAX; rings.len()];
    for (id, ring) in rings.into_iter().enumerate() {
        let mut line: Vec<Coord> = ring.points.iter().map(|point| frame.degrees(*point)).collect();
        line.extend(line.first().copied());
        if ring.outer == id {
            polygon_of[id] = polygons.len();
            polygons.push((Some(LineString::new(line)), Vec::new()));
        } else {
            polygons[polygon_of[ring.outer]].1.push(LineString::new(line));
        }
    }
    polygons.into_iter().filter_map(|(outer, holes)| Some(Polygon::new(outer?, holes))).collect()
}

#[cfg(test)]
mod tests {
    use geo::{Area, Validation, Winding};
    use proptest::prelude::*;

    use super::*;

    /// Cells drawn as text, the north on top.
    fn drawn(drawing: &str) -> (Frame, Vec<bool>) {
        let rows: Vec<&str> = drawing.lines().map(str::trim).filter(|row| !row.is_empty()).collect();
        let frame = Frame { origin: (0, 0), cell: (200, 200), columns: rows[0].len(), rows: rows.len() };
        let counted = rows.iter().rev().flat_map(|row| row.bytes().map(|cell| cell == b'#')).collect();
        (frame, counted)
    }

    /// Rings of each polygon and its area in cells.
    fn shape(drawing: &str) -> Vec<(usize, f64)> {
        let (frame, counted) = drawn(drawing);
        let found = outline(&frame, &counted);
        let cell = (200.0 / UNITS) * (200.0 / UNITS);
        let rings = |polygon: &Polygon| 1 + polygon.interiors().len();
        found
            .iter()
            .map(|polygon| (rings(polygon), (polygon.signed_area() / cell * 8.0).round() / 8.0))
            .collect()
    }

    #[test]
    fn a_lone_cell_is_a_diamond_and_a_block_has_its_corners_cut() {
        assert_eq!(shape("...\n.#.\n..."), [(1, 0.5)]);
        assert_eq!(shape(".....\n.###.\n.###.\n.###.\n....."), [(1, 9.0 - 0.5)]);
    }

    #[test]
    fn a_ring_has_a_hole_and_an_island_in_it_is_another_polygon() {
        let found = shape(
            ".........
             .#######.
             .#.....#.
             .#..#..#.
             .#.....#.
             .#######.
             .........",
        );
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].0, found[1].0), (2, 1));
    }

    #[test]
    fn cells_that_meet_at_a_corner_are_parted() {
        assert_eq!(shape("....\n.#..\n..#.\n....").len(), 2);
        // The two free cells in the middle meet: one hole.
        assert_eq!(shape("......\n.####.\n.#.##.\n.##.#.\n.####.\n......"), [(2, 15.5 - 1.5)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn outlines_are_valid_and_hold_the_centres_that_count(cells in prop::collection::vec(any::<bool>(), 80)) {
            let frame = Frame { origin: (0, 0), cell: (200, 200), columns: 12, rows: 10 };
            let mut counted = vec![false; 120];
            for (index, counts) in cells.iter().enumerate() {
                counted[(index / 10 + 1) * 12 + index % 10 + 1] = *counts;
            }
            let found = outline(&frame, &counted);
            prop_assert!(found.is_valid());
            for polygon in &found {
                prop_assert!(polygon.exterior().is_ccw() && polygon.interiors().iter().all(Winding::is_cw));
            }
            for (cell, counts) in counted.iter().enumerate() {
                let (x, y) = cell_at(&frame, cell);
                let centre = geo::Point::from(frame.degrees((2 * x, 2 * y)));
                prop_assert_eq!(geo::Contains::contains(&found, &centre), *counts);
            }
        }

        #[test]
        fn fewer_cells_lie_inside_more(cells in prop::collection::vec(0..3_u8, 80)) {
            let frame = Frame { origin: (0, 0), cell: (200, 200), columns: 12, rows: 10 };
            let mut levels = [2; 120];
            for (index, level) in cells.iter().enumerate() {
                levels[(index / 10 + 1) * 12 + index % 10 + 1] = *level;
            }
            let of = |most: u8| outline(&frame, &levels.iter().map(|level| *level <= most).collect::<Vec<_>>());
            let (fewer, more) = (of(0), of(1));
            let outside = geo::BooleanOps::difference(&fewer, &more);
            prop_assert!(outside.unsigned_area() < 1e-15, "{}", outside.unsigned_area());
        }
    }
}
