//! Points of the plane in equal cells, to find those around one without looking at all.

/// Points by cell.
pub(super) struct Grid {
    low: (f64, f64),
    side: f64,
    columns: usize,
    rows: usize,
    /// Where the members of each cell begin, and where the last one's end.
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Grid {
    /// Points in a cell where they lie evenly.
    const EACH: f64 = 4.0;
    /// Most cells along a side, whatever the points.
    const CELLS_MOST: f64 = 1000.0;
    /// Where points lie that close together, any of them will do: this many are enough.
    const FOUND_MOST: usize = 2000;

    /// `O(n)`.
    pub fn new(points: &[(f64, f64)]) -> Self {
        let bound = |axis: fn(&(f64, f64)) -> f64| {
            let low = points.iter().map(axis).fold(f64::INFINITY, f64::min);
            (low, points.iter().map(axis).fold(low, f64::max) - low)
        };
        let ((low_x, width), (low_y, height)) = (bound(|point| point.0), bound(|point| point.1));
        let even = (width * height * Self::EACH / points.len().max(1) as f64).sqrt();
        let side = even.max(width.max(height) / Self::CELLS_MOST);
        let side = if side > 0.0 { side } else { 1.0 };
        let mut grid = Self {
            low: (low_x, low_y),
            side,
            columns: (width / side) as usize + 1,
            rows: (height / side) as usize + 1,
            starts: Vec::new(),
            members: (0..points.len() as u32).collect(),
        };
        let cell_of: Vec<usize> = points.iter().map(|&point| grid.cell(grid.at(point))).collect();
        grid.members.sort_by_key(|&member| cell_of[member as usize]);
        grid.starts = vec![0; grid.columns * grid.rows + 1];
        for cell in cell_of {
            grid.starts[cell + 1] += 1;
        }
        for cell in 1..grid.starts.len() {
            grid.starts[cell] += grid.starts[cell - 1];
        }
        grid
    }

    /// At least the `wanted` points nearest to `point`, and others, in no particular but a repeatable order.
    pub fn around(&self, point: (f64, f64), wanted: usize) -> Vec<u32> {
        let (column, row) = self.at(point);
        let mut found = Vec::new();
        let mut last = self.columns.max(self.rows);
        let mut ring = 0;
        while ring <= last && found.len() < Self::FOUND_MOST {
            self.collect(column, row, ring, &mut found);
            if found.len() >= wanted {
                // Those in the corners of this ring may be farther than some beyond its sides: by the root of two.
                last = last.min((1.415 * (ring + 1) as f64).ceil() as usize);
            }
            ring += 1;
        }
        found
    }

    /// Adds the members of the cells that are `ring` columns or rows away.
    fn collect(&self, column: usize, row: usize, ring: usize, found: &mut Vec<u32>) {
        for y in row.saturating_sub(ring)..=(row + ring).min(self.rows - 1) {
            let is_edge = y.abs_diff(row) == ring;
            let step = if is_edge || ring == 0 { 1 } else { 2 * ring };
            for x in (0..=2 * ring).step_by(step) {
                let Some(x) = (column + x).checked_sub(ring).filter(|&x| x < self.columns) else { continue };
                let cell = self.cell((x, y));
                let range = self.starts[cell] as usize..self.starts[cell + 1] as usize;
                found.extend_from_slice(&self.members[range]);
            }
        }
    }

    fn at(&self, point: (f64, f64)) -> (usize, usize) {
        let along = |value: f64, low: f64| ((value - low) / self.side) as usize;
        let (column, row) = (along(point.0, self.low.0), along(point.1, self.low.1));
        (column.min(self.columns - 1), row.min(self.rows - 1))
    }

    fn cell(&self, (column, row): (usize, usize)) -> usize {
        row * self.columns + column
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_nearest_points_are_among_those_around(
            points in prop::collection::vec((0u32..40, 0u32..200), 1..120),
            wanted in 1usize..30,
        ) {
            let points: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect();
            let grid = Grid::new(&points);
            let from = points[0];
            let far = |point: (f64, f64)| (point.0 - from.0).powi(2) + (point.1 - from.1).powi(2);
            let mut found: Vec<f64> =
                grid.around(from, wanted).iter().map(|&found| far(points[found as usize])).collect();
            let mut all: Vec<f64> = points.iter().map(|&point| far(point)).collect();
            found.sort_by(f64::total_cmp);
            all.sort_by(f64::total_cmp);
            let wanted = wanted.min(points.len());
            prop_assert_eq!(&found[..wanted], &all[..wanted]);
        }
    }

    #[test]
    fn points_in_one_spot_are_found() {
        let grid_points = vec![(5.0, 5.0); 10];
        assert_eq!(Grid::new(&grid_points).around((5.0, 5.0), 3).len(), 10);
    }
}
