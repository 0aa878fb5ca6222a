//! Looking up the way between two points, from a table or from coordinates.

use super::{Plane, Rounding, TravelTable};
use crate::units::Seconds;

impl TravelTable {
    /// Time and length of the way from one point to another; `None` where there is none.
    ///
    /// # Panics
    ///
    /// If a point is not in the table.
    pub fn get(&self, from: u32, to: u32) -> Option<(Seconds, i64)> {
        match self {
            Self::Dense(matrix) => matrix
                .get(from as usize, to as usize)
                .map(|travel| (travel.seconds, i64::from(travel.metres.get()))),
            Self::Plane(plane) => {
                let length = plane.length(from as usize, to as usize);
                Some((Seconds(length), i64::from(length)))
            }
        }
    }

    /// Number of points.
    pub fn point_count(&self) -> usize {
        match self {
            Self::Dense(matrix) => matrix.rows(),
            Self::Plane(plane) => plane.points.len(),
        }
    }
}

impl Plane {
    /// Euclidean distance, scaled and made whole. Saturates beyond 2^31 units.
    ///
    /// The root of the sum of squares, not `hypot`: it is exact where the distance is a whole number, so that
    /// rounding up or down does not slip by one unit.
    pub fn length(&self, from: usize, to: usize) -> i32 {
        let (a, b) = (self.points[from], self.points[to]);
        let (dx, dy) = (a.0 - b.0, a.1 - b.1);
        let scaled = (dx * dx + dy * dy).sqrt() * self.scale;
        let whole = match self.rounding {
            Rounding::Nearest => (scaled + 0.5).floor(),
            Rounding::Down => scaled.floor(),
            Rounding::Up => scaled.ceil(),
        };
        whole as i32
    }
}

#[cfg(test)]
impl TravelTable {
    /// Ways between so many points whose time is their length.
    pub fn of_lengths(size: usize, length: impl Fn(usize, usize) -> i32) -> Self {
        Self::of_ways(size, |from, to| (length(from, to), length(from, to)))
    }

    /// Ways between so many points, in seconds and metres.
    pub fn of_ways(size: usize, way: impl Fn(usize, usize) -> (i32, i32)) -> Self {
        let pairs = (0..size).flat_map(|from| (0..size).map(move |to| (from, to)));
        let cells = pairs.map(|(from, to)| {
            let (seconds, metres) = way(from, to);
            Some(crate::matrix::Travel {
                seconds: crate::units::Seconds(seconds),
                metres: crate::units::Metres(metres),
            })
        });
        Self::Dense(crate::matrix::TravelMatrix::from_cells(size, size, cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plane_rounds_as_its_convention_says() {
        let plane =
            |rounding| Plane { points: vec![(0.0, 0.0), (3.0, 4.0), (1.0, 1.0)], scale: 10.0, rounding };
        // 10 * 5 is whole; 10 * sqrt(2) = 14.142...
        assert_eq!(plane(Rounding::Up).length(0, 1), 50);
        assert_eq!(plane(Rounding::Up).length(0, 2), 15);
        assert_eq!(plane(Rounding::Nearest).length(0, 2), 14);
        assert_eq!(plane(Rounding::Down).length(0, 2), 14);
    }
}
