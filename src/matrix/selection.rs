//! From few points to many, or back: sweeps over the part of a hierarchy above the many (RPHAST: Delling, Goldberg &
//! Werneck 2011), for several of the few at once.

use rayon::prelude::*;

use super::climb::{Climb, ascents};
use super::ends::{Heading, doors};
use crate::network::{Hierarchy, Snap, Step, TravelGraph, Weight};

/// Points that are swept for at once: what is read of the hierarchy is read once for all of them.
const LANES: usize = 8;

/// All that lies above many points. A *place* is a position among its ranks, which rise.
#[derive(Debug)]
pub(super) struct Selection<'a> {
    hierarchy: &'a Hierarchy,
    graph: &'a TravelGraph,
    heading: Heading,
    /// By rank: its place.
    place: Vec<u32>,
    /// By place: where its steps begin.
    first: Vec<u32>,
    /// Place above, and the weight between.
    steps: Vec<(u32, Weight)>,
    /// By point: where its doors begin.
    first_door: Vec<u32>,
    /// Place, and the weight between it and the point.
    doors: Vec<(u32, Weight)>,
}

const NO_PLACE: u32 = u32::MAX;

impl<'a> Selection<'a> {
    /// `heading`: whether the many are destinations or origins. Linear in what lies above them, but for one number a rank.
    pub(super) fn new(
        (hierarchy, graph): (&'a Hierarchy, &'a TravelGraph),
        points: &[Snap],
        heading: Heading,
    ) -> Self {
        let (above, _) = ascents(hierarchy, heading);
        let doors_of: Vec<Vec<(u32, Weight)>> =
            points.iter().map(|point| doors(graph, point, heading)).collect();
        let mut place = vec![NO_PLACE; hierarchy.state_count()];
        let mut ranks: Vec<u32> = Vec::new();
        let mut open: Vec<u32> = doors_of.iter().flatten().map(|(state, _)| hierarchy.rank(*state)).collect();
        while let Some(rank) = open.pop() {
            if place[rank as usize] == NO_PLACE {
                place[rank as usize] = 0;
                ranks.push(rank);
                open.extend(above.steps(rank).iter().map(|step| step.to));
            }
        }
        ranks.sort_unstable();
        for (at, rank) in (0_u32..).zip(&ranks) {
            place[*rank as usize] = at;
        }
        let with_place = |step: &Step| (place[step.to as usize], step.weight());
        let (first, steps) = flat(ranks.iter().map(|rank| above.steps(*rank).iter().map(with_place)));
        let door = |(state, weight): &(u32, Weight)| (place[hierarchy.rank(*state) as usize], *weight);
        let (first_door, doors) = flat(doors_of.iter().map(|doors| doors.iter().map(door)));
        Self { hierarchy, graph, heading, place, first, steps, first_door, doors }
    }

    /// For each of the few, in parallel and in order: what `row` makes of the least weights between it and the many by
    /// ways that pass a state.
    pub(super) fn rows<T: Send>(&self, few: &[Snap], row: impl Fn(&Snap, &[Weight]) -> T + Sync) -> Vec<T> {
        let buffers = || (Climb::new(self.hierarchy), Vec::new(), Vec::new());
        few.par_chunks(LANES)
            .map_init(buffers, |(climb, weights, line), batch| {
                self.sweep(climb, batch, weights);
                let lanes = (0..).zip(batch);
                lanes.map(|(lane, point)| row(point, self.line(weights, lane, line))).collect::<Vec<T>>()
            })
            .flatten_iter()
            .collect()
    }

    /// By place and lane.
    fn sweep(&self, climb: &mut Climb, batch: &[Snap], weights: &mut Vec<[Weight; LANES]>) {
        weights.clear();
        weights.resize(self.first.len() - 1, [Weight::UNREACHED; LANES]);
        let graphs = (self.hierarchy, self.graph);
        for (lane, point) in batch.iter().enumerate() {
            for (rank, weight) in climb.of_point(graphs, point, self.heading.opposite(), u32::MAX) {
                let place = self.place[*rank as usize];
                if place != NO_PLACE {
                    weights[place as usize][lane] = *weight;
                }
            }
        }
        for place in 0..weights.len() {
            let mut least = weights[place];
            let steps = self.first[place] as usize..self.first[place + 1] as usize;
            for (above, weight) in &self.steps[steps] {
                let above = &weights[*above as usize];
                for (least, above) in least.iter_mut().zip(above) {
                    *least = above.plus(*weight).min(*least);
                }
            }
            weights[place] = least.map(|weight| weight.known().unwrap_or(Weight::UNREACHED));
        }
    }

    /// The weights of one lane at the many.
    fn line<'l>(&self, weights: &[[Weight; LANES]], lane: usize, line: &'l mut Vec<Weight>) -> &'l [Weight] {
        line.clear();
        line.extend(self.first_door.windows(2).map(|pair| {
            let doors = &self.doors[pair[0] as usize..pair[1] as usize];
            let through = doors.iter().map(|(place, weight)| weights[*place as usize][lane].plus(*weight));
            through.min().unwrap_or(Weight::UNREACHED)
        }));
        line
    }
}

/// Lists one after the other, and where each begins.
fn flat<T>(lists: impl Iterator<Item = impl Iterator<Item = T>>) -> (Vec<u32>, Vec<T>) {
    let (mut first, mut all) = (vec![0], Vec::new());
    for list in lists {
        all.extend(list);
        first.push(all.len() as u32);
    }
    (first, all)
}
