//! Travel look-ups in the form the search reads them: one flat array a table, or coordinates.

use crate::model::{Plane, TravelTable};

/// Time and length of a leg; the sums of a route never overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    pub seconds: i64,
    pub metres: i64,
}

impl Way {
    /// Stands for "no road": longer than any shift, so that every limit on time refuses it.
    pub const NONE: Self = Self { seconds: 1 << 40, metres: 1 << 40 };
}

/// A travel table.
pub(super) enum Ways {
    /// Row-major seconds and metres.
    Flat { size: usize, cells: Vec<(i32, i32)> },
    /// Computed at each call: for instances whose table would not fit in the cache.
    Plane(Plane),
}

impl Ways {
    /// Planes of at most this many points become tables: 32 MB, where a look-up beats a square root.
    const POINTS_IN_TABLE: usize = 2000;

    pub fn new(table: &TravelTable) -> Self {
        let size = match table {
            TravelTable::Dense(matrix) => matrix.rows(),
            TravelTable::Plane(plane) if plane.points.len() > Self::POINTS_IN_TABLE => {
                return Self::Plane(plane.clone());
            }
            TravelTable::Plane(plane) => plane.points.len(),
        };
        let mut cells = Vec::with_capacity(size * size);
        for from in 0..size as u32 {
            for to in 0..size as u32 {
                let cell = table.get(from, to).map(|(seconds, metres)| (seconds.get(), metres as i32));
                cells.push(cell.unwrap_or((i32::MAX, i32::MAX)));
            }
        }
        Self::Flat { size, cells }
    }

    /// The fastest way from one point to another.
    #[inline]
    pub fn get(&self, from: u32, to: u32) -> Way {
        match self {
            Self::Flat { size, cells } => match cells[from as usize * size + to as usize] {
                (i32::MAX, _) => Way::NONE,
                (seconds, metres) => Way { seconds: i64::from(seconds), metres: i64::from(metres) },
            },
            Self::Plane(plane) => {
                let length = i64::from(plane.length(from as usize, to as usize));
                Way { seconds: length, metres: length }
            }
        }
    }
}
