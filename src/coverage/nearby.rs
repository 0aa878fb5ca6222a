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

/// Points that can be asked for their neighbours. Kept by latitude; a question looks at the band it concerns.
pub(super) struct Nearby {
    /// As given.
    pub spots: Vec<Spot>,
    /// Positions in `spots` from south to north.
    by_latitude: Vec<usize>,
}

impl Nearby {
    pub fn new(spots: Vec<Spot>) -> Self {
        let mut by_latitude: Vec<usize> = (0..spots.len()).collect();
        by_latitude.sort_by_key(|index| spots[*index].y);
        Self { spots, by_latitude }
    }

    /// The other points within `radius` metres of a point, and where they lie from it in metres.
    pub fn within(&self, index: usize, radius: f64) -> impl Iterator<Item = (usize, Coord)> {
        let centre = self.spots[index];
        let scale = self.east_scale(index);
        let band = (radius / METRES_PER_UNIT).ceil() as i64;
        let (south, north) = (i64::from(centre.y) - band, i64::from(centre.y) + band);
        let from = self.by_latitude.partition_point(|other| i64::from(self.spots[*other].y) < south);
        let to = self.by_latitude.partition_point(|other| i64::from(self.spots[*other].y) <= north);
        self.by_latitude[from..to].iter().filter(move |other| **other != index).filter_map(move |other| {
            let towards = Coord {
                x: (f64::from(self.spots[*other].x) - f64::from(centre.x)) * METRES_PER_UNIT * scale,
                y: (f64::from(self.spots[*other].y) - f64::from(centre.y)) * METRES_PER_UNIT,
            };
            (length(towards) <= radius).then_some((*other, towards))
        })
    }

    /// Length of a step east over the same step north, at a point; kept off zero at the poles.
    pub fn east_scale(&self, index: usize) -> f64 {
        (f64::from(self.spots[index].y) / UNITS).to_radians().cos().max(0.01)
    }

    /// Distance to the nearest other spot: the search widens until it finds one.
    fn nearest(&self, index: usize) -> Option<f64> {
        let mut radius = 250.0;
        while radius < 25_000_000.0 {
            let others = self.within(index, radius).map(|(_, towards)| length(towards));
            let nearest = others.filter(|distance| *distance >= SAME_SPOT).min_by(f64::total_cmp);
            if nearest.is_some() {
                return nearest;
            }
            radius *= 4.0;
        }
        None
    }
}
