//! Many origins to many destinations (Knopp, Sanders, Schultes, Schulz & Wagner 2007): one climb backwards a
//! destination leaves an entry in the bucket of each state it keeps; one climb an origin meets the buckets. Or the
//! other way round.

use rayon::prelude::*;

use super::POINTS_A_THREAD;
use super::climb::Climb;
use super::ends::Heading;
use crate::network::{Hierarchy, Snap, TravelGraph, Weight};

/// Between a state and a point of the buckets.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    point: u32,
    metres: u32,
    seconds: u32,
}

/// The climbs of many points, by rank.
#[derive(Debug)]
pub(super) struct Buckets<'a> {
    hierarchy: &'a Hierarchy,
    graph: &'a TravelGraph,
    points: usize,
    heading: Heading,
    seconds_max: u32,
    /// By rank: where its entries begin.
    first: Vec<u32>,
    entries: Vec<Entry>,
}

impl<'a> Buckets<'a> {
    /// In parallel over the points, of which `heading` says whether they are destinations or origins. Entries of more than
    /// `seconds_max` are left out.
    pub(super) fn new(
        (hierarchy, graph): (&'a Hierarchy, &'a TravelGraph),
        points: &[Snap],
        heading: Heading,
        seconds_max: u32,
    ) -> Self {
        let climbs: Vec<Vec<(u32, Weight)>> = points
            .par_iter()
            .with_min_len(POINTS_A_THREAD)
            .map_init(
                || Climb::new(hierarchy),
                |climb, point| climb.of_point((hierarchy, graph), point, heading, seconds_max).to_vec(),
            )
            .collect();
        let mut first = vec![0_u32; hierarchy.state_count() + 1];
        for (rank, _) in climbs.iter().flatten() {
            first[*rank as usize + 1] += 1;
        }
        for rank in 1..first.len() {
            first[rank] += first[rank - 1];
        }
        let mut next = first.clone();
        let mut entries = vec![Entry::default(); climbs.iter().map(Vec::len).sum()];
        for (point, climb) in (0_u32..).zip(&climbs) {
            for (rank, weight) in climb {
                let at = &mut next[*rank as usize];
                let (seconds, metres) = (weight.seconds(), weight.metres());
                entries[*at as usize] = Entry { point, metres, seconds };
                *at += 1;
            }
        }
        Self { hierarchy, graph, points: points.len(), heading, seconds_max, first, entries }
    }

    pub(super) fn climb(&self) -> Climb {
        Climb::new(self.hierarchy)
    }

    /// The least weights between a point at the other end of journeys and all those of the buckets, by ways that pass a
    /// state; `row` is written over. Ways of more than `seconds_max` may be missing.
    pub(super) fn row(&self, climb: &mut Climb, point: &Snap, row: &mut Vec<Weight>) {
        row.clear();
        row.resize(self.points, Weight::UNREACHED);
        self.meet(climb, point, |entry, weight| {
            let best = &mut row[entry as usize];
            *best = weight.min(*best);
        });
    }

    /// As [`Buckets::row`], for those that are met alone: work does not grow with the number of points.
    pub(super) fn met(&self, climb: &mut Climb, point: &Snap, met: &mut Met) {
        met.clear();
        met.weights.resize(self.points, Weight::UNREACHED);
        self.meet(climb, point, |entry, weight| {
            let best = &mut met.weights[entry as usize];
            if *best == Weight::UNREACHED {
                met.points.push(entry);
            }
            *best = weight.min(*best);
        });
    }

    fn meet(&self, climb: &mut Climb, point: &Snap, mut found: impl FnMut(u32, Weight)) {
        let graphs = (self.hierarchy, self.graph);
        for (rank, weight) in climb.of_point(graphs, point, self.heading.opposite(), self.seconds_max) {
            let bucket = self.first[*rank as usize] as usize..self.first[*rank as usize + 1] as usize;
            for entry in &self.entries[bucket] {
                found(entry.point, weight.plus(Weight::from_halves(entry.seconds, entry.metres)));
            }
        }
    }
}

/// The points that one climb met in the buckets.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// By point; unreached but for `points`.
    weights: Vec<Weight>,
    /// In no order, each once.
    points: Vec<u32>,
}

impl Met {
    /// The points, in no order.
    pub(super) fn points(&self) -> &[u32] {
        &self.points
    }

    /// What is known of the way to or from a point.
    pub(super) fn weight(&self, point: u32) -> Option<Weight> {
        self.weights[point as usize].known()
    }

    fn clear(&mut self) {
        for point in self.points.drain(..) {
            self.weights[point as usize] = Weight::UNREACHED;
        }
    }
}
