//! The grid over the roads within reach: which cells count for each limit.

use geo::MultiPolygon;

use super::contour::{Frame, outline};
use super::{CELL_METRES, CELLS_MAX, Piece};
use crate::network::{Position, RoadMap, SegmentUse, TravelGraph};

/// Metres in a ten-millionth of a degree, at most: along a meridian at the poles. So no cell is larger than it says.
const METRES_PER_UNIT: f64 = 111_694.0 / 1e7;

/// Cells around all others that stay free: one for the cells that are added, one for the outline.
const MARGIN: i64 = 3;

/// No road.
const EMPTY: u8 = u8::MAX;

/// For each cell the first limit, in ascending order, within which one of its roads is.
pub(super) struct Grid {
    frame: Frame,
    cell_metres: u32,
    /// Row by row from the south-west; a road out of reach has the number of limits, none has [`EMPTY`].
    first_limit: Vec<u8>,
}

impl Grid {
    /// The grid over the roads of ascending limits; none where there is no road within reach.
    pub(super) fn over<'p>(
        map: &RoadMap,
        graph: &TravelGraph,
        roads: impl ExactSizeIterator<Item = &'p [Piece]> + Clone,
    ) -> Option<Self> {
        let unreached = roads.len() as u8;
        let (frame, cell_metres) = frame(map, roads.clone().last()?)?;
        let mut grid = Self { frame, cell_metres, first_limit: vec![EMPTY; frame.columns * frame.rows] };
        for segment in (0..map.segment_count()).filter(|it| graph.segment_use(*it) != SegmentUse::Closed) {
            let places = map.line(segment).map(|at| grid.frame.place(f64::from(at.lon), f64::from(at.lat)));
            let places: Vec<(f64, f64)> = places.collect();
            for pair in places.windows(2) {
                grid.mark([pair[0], pair[1]], unreached);
            }
        }
        for (limit, pieces) in (0..).zip(roads) {
            for piece in pieces {
                grid.draw(map, piece, limit);
            }
        }
        Some(grid)
    }

    pub(super) fn cell_metres(&self) -> u32 {
        self.cell_metres
    }

    /// The outline for each limit.
    pub(super) fn outlines(&self, limits: usize) -> Vec<MultiPolygon> {
        (0..limits as u8).map(|limit| outline(&self.frame, &self.counted(limit))).collect()
    }

    /// Notes a road within a limit in each cell that it passes.
    fn draw(&mut self, map: &RoadMap, piece: &Piece, limit: u8) {
        for line in lines(map, piece) {
            self.mark(line.map(|(lon, lat)| self.frame.place(lon, lat)), limit);
        }
    }

    fn mark(&mut self, line: [(f64, f64); 2], limit: u8) {
        for cell in cells_along(line, &self.frame) {
            self.first_limit[cell] = self.first_limit[cell].min(limit);
        }
    }

    /// The cells that count for a limit: those with a road, their neighbours, and idle land inside.
    fn counted(&self, limit: u8) -> Vec<bool> {
        let Frame { columns, rows, .. } = self.frame;
        let mut counted = vec![false; columns * rows];
        for row in 1..rows - 1 {
            for column in 1..columns - 1 {
                if self.first_limit[row * columns + column] > limit {
                    continue;
                }
                for near in row - 1..=row + 1 {
                    let west = near * columns + column - 1;
                    counted[west..west + 3].fill(true);
                }
            }
        }
        self.fill_idle_land(&mut counted);
        counted
    }

    /// Counts each group of cells that others enclose and that no road passes. Cells that meet at a corner are of one
    /// group, as the outline parts those that count there.
    fn fill_idle_land(&self, counted: &mut [bool]) {
        let Frame { columns, rows, .. } = self.frame;
        let mut seen = counted.to_vec();
        let mut group: Vec<u32> = Vec::new();
        for start in 0..seen.len() {
            if seen[start] {
                continue;
            }
            let mut is_idle = true;
            group.clear();
            group.push(start as u32);
            seen[start] = true;
            let mut next = 0;
            while next < group.len() {
                let cell = group[next] as usize;
                next += 1;
                let (row, column) = (cell / columns, cell % columns);
                let is_edge = row == 0 || column == 0 || row + 1 == rows || column + 1 == columns;
                is_idle &= !is_edge && self.first_limit[cell] == EMPTY;
                for near in row.saturating_sub(1)..=(row + 1).min(rows - 1) {
                    for beside in column.saturating_sub(1)..=(column + 1).min(columns - 1) {
                        let other = near * columns + beside;
                        if !seen[other] {
                            seen[other] = true;
                            group.push(other as u32);
                        }
                    }
                }
            }
            if is_idle {
                for cell in &group {
                    counted[*cell as usize] = true;
                }
            }
        }
    }
}

/// The straight lines of a piece, longitude and latitude in ten-millionths of a degree.
fn lines(map: &RoadMap, piece: &Piece) -> Vec<[(f64, f64); 2]> {
    let points = map.fractions(piece.segment);
    let pairs = points.windows(2).filter(|pair| piece.low <= pair[1].0 && pair[0].0 <= piece.high);
    let line = |pair: &[(f64, Position)]| {
        let [(from, start), (to, end)] = [pair[0], pair[1]];
        let between = |fraction: f64| {
            let share = if to > from { (fraction - from) / (to - from) } else { 0.0 };
            let part = |a: i32, b: i32| f64::from(a) + share * (f64::from(b) - f64::from(a));
            (part(start.lon, end.lon), part(start.lat, end.lat))
        };
        [between(piece.low.max(from)), between(piece.high.min(to))]
    };
    pairs.map(line).collect()
}

/// The frame that holds all pieces, and the side of its cells.
fn frame(map: &RoadMap, pieces: &[Piece]) -> Option<(Frame, u32)> {
    let mut bounds: Option<[i64; 4]> = None;
    for (lon, lat) in pieces.iter().flat_map(|piece| lines(map, piece)).flatten() {
        let (lon, lat) = (lon.round() as i64, lat.round() as i64);
        let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
        bounds = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
    }
    let [west, south, east, north] = bounds?;
    // Cells are narrower farther from the equator: nowhere are they wider than high.
    let nearest_to_equator = if south <= 0 && 0 <= north { 0 } else { south.abs().min(north.abs()) };
    let narrowing = (nearest_to_equator as f64 / 1e7).to_radians().cos().max(0.01);
    let mut cell_metres = CELL_METRES;
    loop {
        // Even, so that the middle between two centres is a whole number of units.
        let half = f64::from(cell_metres) / METRES_PER_UNIT / 2.0;
        let (high, wide) = (half.floor() as i64 * 2, (half / narrowing).floor() as i64 * 2);
        let first = |low: i64, side: i64| low.div_euclid(side) - MARGIN;
        let count = |low: i64, top: i64, side: i64| top.div_euclid(side) + MARGIN + 1 - first(low, side);
        let (columns, rows) = (count(west, east, wide), count(south, north, high));
        if columns.unsigned_abs().saturating_mul(rows.unsigned_abs()) <= CELLS_MAX {
            let origin = (first(west, wide) * wide, first(south, high) * high);
            let (columns, rows) = (columns as usize, rows as usize);
            return Some((Frame { origin, cell: (wide, high), columns, rows }, cell_metres));
        }
        cell_metres *= 2;
    }
}

/// The cells that a line passes, from its first point to its last (Amanatides & Woo 1987); those outside the frame are
/// left out. A line that only touches a corner may miss a cell by a rounding error, far less than the cells added around.
fn cells_along([from, to]: [(f64, f64); 2], frame: &Frame) -> impl Iterator<Item = usize> {
    let (columns, rows) = (frame.columns as i64, frame.rows as i64);
    // A line off the frame is cut short: its cells would be left out one by one.
    let is_beside = |a: f64, b: f64, count: i64| a.max(b) < 0.0 || a.min(b) >= count as f64;
    let is_off = is_beside(from.0, to.0, columns) || is_beside(from.1, to.1, rows);
    let (mut x, mut y) = (from.0.floor() as i64, from.1.floor() as i64);
    let (end_x, end_y) = (to.0.floor() as i64, to.1.floor() as i64);
    let steps = if is_off { -1 } else { (end_x - x).abs() + (end_y - y).abs() };
    let (mut next_x, every_x) = crossings(from.0, to.0);
    let (mut next_y, every_y) = crossings(from.1, to.1);
    (0..=steps).filter_map(move |_| {
        let cell = (0..columns).contains(&x) && (0..rows).contains(&y);
        let cell = cell.then_some((y * columns + x) as usize);
        if (next_x <= next_y || y == end_y) && x != end_x {
            x += (end_x - x).signum();
            next_x += every_x;
        } else if y != end_y {
            y += (end_y - y).signum();
            next_y += every_y;
        }
        cell
    })
}

/// When a line from `a` to `b` first crosses a whole number, and after how long each next one, in parts of its length.
fn crossings(a: f64, b: f64) -> (f64, f64) {
    let length = (b - a).abs();
    if length == 0.0 {
        return (f64::INFINITY, f64::INFINITY);
    }
    let first = if b > a { a.floor() + 1.0 - a } else { a - a.floor() };
    (first / length, 1.0 / length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(from: (f64, f64), to: (f64, f64)) -> Vec<usize> {
        let frame = Frame { origin: (0, 0), cell: (2, 2), columns: 10, rows: 10 };
        cells_along([from, to], &frame).collect()
    }

    #[test]
    fn a_line_passes_the_cells_it_crosses() {
        assert_eq!(cells((0.5, 0.5), (3.5, 0.5)), [0, 1, 2, 3]);
        assert_eq!(cells((3.5, 0.5), (0.5, 0.5)), [3, 2, 1, 0]);
        assert_eq!(cells((0.5, 0.2), (1.5, 1.8)), [0, 1, 11], "across a corner: east first");
        assert_eq!(cells((0.5, 0.5), (0.5, 0.5)), [0]);
        assert_eq!(cells((-5.0, 0.5), (1.5, 0.5)), [0, 1], "what is off the frame is left out");
        assert!(cells((-5.0, 30.5), (20.0, 30.5)).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn every_point_of_a_line_is_in_a_cell_that_it_passes(
            a in (0.0..10.0_f64, 0.0..10.0_f64),
            b in (0.0..10.0_f64, 0.0..10.0_f64),
        ) {
            let passed = cells(a, b);
            for step in 0..=1_000 {
                let share = f64::from(step) / 1_000.0;
                let (x, y) = (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1));
                let is_on_border = |z: f64| (z - z.round()).abs() < 1e-9;
                let cell = y.floor() as usize * 10 + x.floor() as usize;
                prop_assert!(passed.contains(&cell) || is_on_border(x) || is_on_border(y), "{x} {y}");
            }
            prop_assert!(passed.len() as f64 <= 1.0 + (a.0.floor() - b.0.floor()).abs() + (a.1.floor() - b.1.floor()).abs());
        }
    }
}
