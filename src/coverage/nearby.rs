//! Points that can be asked for their neighbours, and how densely they stand.

use std::collections::BTreeSet;

use geo::Coord;

use super::outline::{METRES_PER_UNIT, SAME_SPOT, Spot, UNITS, length};

/// The median distance of a point to its nearest other spot, in metres; none with fewer than two spots.
pub(super) fn median_spacing(spots: impl Iterator<Item = Spot>) -> Option<f64> {
    let distinct: BTreeSet<Spot> = spots.collect();
    let near = Nearby::new(distinct.into_iter().collect());
    let mut distances: Vec<f64> = (0..near.spots.len()).filter_map(|index| near.nearest(index)).collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied()
}

/// Points that can be asked for their neighbours. Kept in rows of latitude, each by longitude; a question looks at the part
/// of each row that it concerns.
pub(super) struct Nearby {
    /// As given, in ascending order.
    pub spots: Vec<Spot>,
    /// Positions in `spots`, row after row from south to north.
    order: Vec<u32>,
    /// Where each row begins in `order`, and where the last one ends.
    rows: Vec<usize>,
    south: i64,
    /// Of a row, in lattice units.
    height: i64,
}

impl Nearby {
    /// As many rows as there are points a row, so that a question about few points looks at few. `O(n log n)`.
    pub fn new(spots: Vec<Spot>) -> Self {
        let latitudes = || spots.iter().map(|spot| i64::from(spot.y));
        let (south, north) = (latitudes().min().unwrap_or(0), latitudes().max().unwrap_or(0));
        let count = spots.len().isqrt().max(1);
        let height = (north - south) / count as i64 + 1;
        let row = |index: u32| ((i64::from(spots[index as usize].y) - south) / height) as usize;
        let mut order: Vec<u32> = (0..spots.len() as u32).collect();
        order.sort_by_key(|index| (row(*index), spots[*index as usize].x));
        let rows = (0..=count).map(|number| order.partition_point(|index| row(*index) < number)).collect();
        Self { spots, order, rows, south, height }
    }

    /// The other points within `radius` metres of a point, and where they lie from it in metres; from south to north.
    pub fn within(&self, index: usize, radius: f64) -> Vec<(usize, Coord)> {
        let mut found: Vec<(usize, Coord)> = self.around(index, radius).collect();
        found.sort_unstable_by_key(|(other, _)| (self.spots[*other].y, *other));
        found
    }

    /// The same in no order of use to anybody.
    fn around(&self, index: usize, radius: f64) -> impl Iterator<Item = (usize, Coord)> {
        let centre = self.spots[index];
        let scale = self.east_scale(index);
        let steps = |metres: f64| (metres / METRES_PER_UNIT).ceil() as i64;
        let (north, east) = (steps(radius), steps(radius / scale));
        let row = |y: i64| ((y - self.south) / self.height).clamp(0, self.rows.len() as i64 - 2) as usize;
        let (first, last) = (row(i64::from(centre.y) - north), row(i64::from(centre.y) + north));
        let part = move |row: usize| {
            let all = &self.order[self.rows[row]..self.rows[row + 1]];
            let step = |other: u32| i64::from(self.spots[other as usize].x) - i64::from(centre.x);
            let from = all.partition_point(|other| step(*other) < -east);
            let to = all.partition_point(|other| step(*other) <= east);
            all[from..to].iter().map(|other| *other as usize)
        };
        (first..=last).flat_map(part).filter(move |other| *other != index).filter_map(move |other| {
            let towards = Coord {
                x: (f64::from(self.spots[other].x) - f64::from(centre.x)) * METRES_PER_UNIT * scale,
                y: (f64::from(self.spots[other].y) - f64::from(centre.y)) * METRES_PER_UNIT,
            };
            (length(towards) <= radius).then_some((other, towards))
        })
    }

    /// Length of a step east over the same step north, at a point; kept off zero at the poles.
    pub fn east_scale(&self, index: usize) -> f64 {
        (f64::from(self.spots[index].y) / UNITS).to_radians().cos().max(0.01)
    }

    /// Distance to the nearest other spot: the search widens until it finds one.
    fn nearest(&self, index: usize) -> Option<f64> {
        let mut radius = 50.0;
        while radius < 25_000_000.0 {
            let others = self.around(index, radius).map(|(_, towards)| length(towards));
            let nearest = others.filter(|distance| *distance >= SAME_SPOT).min_by(f64::total_cmp);
            if nearest.is_some() {
                return nearest;
            }
            radius *= 4.0;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_hand(spots: &[Spot], index: usize, radius: f64) -> Vec<usize> {
        let near = Nearby::new(spots.to_vec());
        let metres = |other: &usize| {
            let step = |from: i32, to: i32| (f64::from(to) - f64::from(from)) * METRES_PER_UNIT;
            let (here, there) = (spots[index], spots[*other]);
            length(Coord { x: step(here.x, there.x) * near.east_scale(index), y: step(here.y, there.y) })
        };
        (0..spots.len()).filter(|other| *other != index && metres(other) <= radius).collect()
    }

    proptest! {
        /// Rows find what looking at every point finds, from the poles to the equator.
        #[test]
        fn neighbours_are_those_found_one_by_one(
            spots in prop::collection::btree_set((-9_000..9_000_i32, -9_000..9_000_i32), 1..40),
            latitude in prop::sample::select(vec![-899_990_000, 0, 470_000_000, 899_990_000]),
            radius in 0.0..150.0_f64,
        ) {
            let spots: Vec<Spot> = spots.into_iter().map(|(x, y)| Spot::new(x, latitude + y)).collect();
            let near = Nearby::new(spots.clone());
            for index in 0..spots.len() {
                let mut found: Vec<usize> = near.within(index, radius).iter().map(|(other, _)| *other).collect();
                found.sort_unstable();
                prop_assert_eq!(found, by_hand(&spots, index, radius));
            }
        }
    }
}
