//! Travel look-ups in the form the search reads them: one flat array a table, or coordinates.

use crate::model::{Plane, TravelTable};

/// Time and length of a leg; the sums of a route never overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Way {
    pub seconds: i64,
    pub metres: i64,
}

impl std::ops::Add for Way {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self { seconds: self.seconds + other.seconds, metres: self.metres + other.metres }
    }
}

impl std::ops::Sub for Way {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        Self { seconds: self.seconds - other.seconds, metres: self.metres - other.metres }
    }
}

impl Way {
    /// Stands for "no road": longer than any shift, so that every limit on time refuses it.
    pub const NONE: Self = Self { seconds: 1 << 40, metres: 1 << 40 };
}

/// New numbers of points, by which those that are near each other lie side by side in a table: the rows that a look around a
/// client reads are then in the cache.
pub(super) struct Numbering {
    /// The points in their new order, and the new number of each.
    old: Vec<u32>,
    new: Vec<u32>,
}

impl Numbering {
    /// A chain of all points in which the nearest of those that are left comes next, for tables over the same points. `O(n²)`.
    /// Where one is not laid out, numbers stay as they are.
    pub fn new(tables: &[TravelTable]) -> Self {
        let size = tables.first().map_or(0, size_of) as u32;
        let mut old: Vec<u32> = (0..size).collect();
        if let Some(table) = tables.first().filter(|_| tables.iter().all(is_flat)) {
            for at in 1..old.len() {
                let length = |to: u32| table.get(old[at - 1], to).map_or(i64::MAX, |(_, metres)| metres);
                if let Some(nearest) = (at..old.len()).min_by_key(|&other| length(old[other])) {
                    old.swap(at, nearest);
                }
            }
        }
        let mut new = vec![0; old.len()];
        (0..).zip(&old).for_each(|(number, &point)| new[point as usize] = number);
        Self { old, new }
    }

    /// The new number of a point.
    pub fn of(&self, point: u32) -> u32 {
        self.new[point as usize]
    }
}

fn size_of(table: &TravelTable) -> usize {
    match table {
        TravelTable::Dense(matrix) => matrix.rows(),
        TravelTable::Plane(plane) => plane.points.len(),
    }
}

/// Whether its ways are laid out, instead of computed at each call.
fn is_flat(table: &TravelTable) -> bool {
    matches!(table, TravelTable::Dense(_)) || size_of(table) <= Ways::POINTS_IN_TABLE
}

/// A travel table.
pub(super) enum Ways {
    /// Row-major metres, seconds unless they are the same numbers, and whether both directions are alike. Apart, because most
    /// looks ask for metres alone.
    Flat { size: usize, metres: Vec<i32>, seconds: Vec<i32>, is_symmetric: bool },
    /// Computed at each call: for instances whose table would not fit in the cache.
    Plane(Plane),
}

impl Ways {
    /// Planes of at most this many points become tables: 16 MB, where a look-up beats a square root.
    const POINTS_IN_TABLE: usize = 2000;

    /// The ways of a table whose points are numbered anew.
    pub fn new(table: &TravelTable, numbering: &Numbering) -> Self {
        let size = match table {
            TravelTable::Plane(plane) if !is_flat(table) => return Self::Plane(plane.clone()),
            table => size_of(table),
        };
        let (mut metres, mut seconds) = (Vec::with_capacity(size * size), Vec::with_capacity(size * size));
        for &from in &numbering.old {
            for &to in &numbering.old {
                let way = table.get(from, to).map(|(seconds, metres)| (seconds.get(), metres as i32));
                let (time, length) = way.unwrap_or((i32::MAX, i32::MAX));
                seconds.push(time);
                metres.push(length);
            }
        }
        let is_alike = |cells: &[i32]| {
            (0..size).all(|from| (0..from).all(|to| cells[from * size + to] == cells[to * size + from]))
        };
        let is_symmetric = is_alike(&metres) && is_alike(&seconds);
        if seconds == metres {
            seconds = Vec::new();
        }
        Self::Flat { size, metres, seconds, is_symmetric }
    }

    /// The longest way of all in seconds; beyond any limit where some points are not joined. `O(n²)` for tables.
    pub fn longest_seconds(&self) -> i64 {
        match self {
            Self::Flat { size, .. } => {
                let size = *size as u32;
                let pairs = (0..size).flat_map(|from| (0..size).map(move |to| (from, to)));
                pairs.map(|(from, to)| self.get(from, to).seconds).max().unwrap_or(0)
            }
            Self::Plane(plane) => {
                let span = |axis: fn(&(f64, f64)) -> f64| {
                    let low = plane.points.iter().map(axis).fold(f64::INFINITY, f64::min);
                    let high = plane.points.iter().map(axis).fold(f64::NEG_INFINITY, f64::max);
                    (high - low).max(0.0)
                };
                ((span(|point| point.0) + span(|point| point.1)) * plane.scale).ceil() as i64 + 1
            }
        }
    }

    /// Whether all ways are as long in both tables, if not as fast.
    pub fn is_as_long_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Flat { metres, .. }, Self::Flat { metres: others, .. }) => metres == others,
            (Self::Plane(plane), Self::Plane(other)) => plane == other,
            _ => false,
        }
    }

    /// Whether all ways are alike in both directions.
    pub fn is_symmetric(&self) -> bool {
        matches!(self, Self::Flat { is_symmetric: true, .. } | Self::Plane(_))
    }

    /// The fastest way from one point to another.
    #[inline]
    pub fn get(&self, from: u32, to: u32) -> Way {
        match self {
            Self::Flat { size, metres, seconds, .. } => {
                let cell = from as usize * size + to as usize;
                let long = length(metres[cell]);
                Way { seconds: if seconds.is_empty() { long } else { length(seconds[cell]) }, metres: long }
            }
            Self::Plane(plane) => {
                let long = computed(plane, from, to);
                Way { seconds: long, metres: long }
            }
        }
    }

    /// Length of the fastest way.
    #[inline]
    pub fn metres(&self, from: u32, to: u32) -> i64 {
        match self {
            Self::Flat { size, metres, .. } => length(metres[from as usize * size + to as usize]),
            Self::Plane(plane) => computed(plane, from, to),
        }
    }

    /// As [`Ways::metres`]; read from the row of `to` where both directions are alike, for loops over many `from`.
    #[inline]
    pub fn metres_into(&self, from: u32, to: u32) -> i64 {
        match self {
            Self::Flat { is_symmetric: true, .. } => self.metres(to, from),
            _ => self.metres(from, to),
        }
    }

    /// As [`Ways::get`]; likewise.
    #[inline]
    pub fn get_into(&self, from: u32, to: u32) -> Way {
        match self {
            Self::Flat { is_symmetric: true, .. } => self.get(to, from),
            _ => self.get(from, to),
        }
    }
}

/// Kept apart so that the look-up is small enough to be inlined.
#[inline(never)]
fn computed(plane: &Plane, from: u32, to: u32) -> i64 {
    i64::from(plane.length(from as usize, to as usize))
}

/// A cell of a table; [`Way::NONE`] where there is no road.
#[inline]
fn length(cell: i32) -> i64 {
    if cell == i32::MAX { Way::NONE.metres } else { i64::from(cell) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Rounding;

    fn planes() -> impl Strategy<Value = TravelTable> {
        let rounding = prop_oneof![Just(Rounding::Nearest), Just(Rounding::Down), Just(Rounding::Up)];
        let points = prop::collection::vec((0.0f64..50.0, 0.0f64..50.0), 1..20);
        (points, rounding)
            .prop_map(|(points, rounding)| TravelTable::Plane(Plane { points, scale: 1.0, rounding }))
    }

    proptest! {
        #[test]
        fn points_keep_their_ways_under_new_numbers(table in planes()) {
            let numbering = Numbering::new(std::slice::from_ref(&table));
            let ways = Ways::new(&table, &numbering);
            let size = size_of(&table) as u32;
            for (from, to) in (0..size).flat_map(|from| (0..size).map(move |to| (from, to))) {
                let way = ways.get(numbering.of(from), numbering.of(to));
                let (seconds, metres) = table.get(from, to).unwrap();
                prop_assert_eq!((way.seconds, way.metres), (i64::from(seconds.get()), metres));
                prop_assert_eq!(ways.metres_into(numbering.of(from), numbering.of(to)), way.metres);
            }
        }
    }
}
