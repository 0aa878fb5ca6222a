//! From few points to many, or back: sweeps over the part of a hierarchy above the many (RPHAST: Delling, Goldberg &
//! Werneck 2011), for several of the few at once.

use rayon::prelude::*;

use super::POINTS_A_THREAD;
use super::climb::{Climb, ascents};
use super::ends::{Heading, doors};
use crate::network::{Hierarchy, Snap, Step, TravelGraph, Weight};

/// What a climb from a point keeps of a selection: places, with their weights.
pub(super) type Climbed = Vec<(u32, Weight)>;

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

    /// Number of states in it.
    pub(super) fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// For each of the few, in parallel: where its climb of at most `seconds_max` meets what lies above the many.
    pub(super) fn climbs(&self, few: &[Snap], seconds_max: u32) -> Vec<Climbed> {
        let graphs = (self.hierarchy, self.graph);
        let met = |climb: &mut Climb, point: &Snap| {
            let climbed = climb.of_point(graphs, point, self.heading.opposite(), seconds_max).iter();
            let placed = climbed.map(|(rank, weight)| (self.place[*rank as usize], *weight));
            placed.filter(|(place, _)| *place != NO_PLACE).collect()
        };
        let climbs = few.par_iter().with_min_len(POINTS_A_THREAD);
        climbs.map_init(|| Climb::new(self.hierarchy), met).collect()
    }

    /// For each of the few, in parallel and in order: what `row` makes of the least weights between it and the many by
    /// ways that pass a state.
    pub(super) fn rows<T: Send>(&self, few: &[Snap], row: impl Fn(&Snap, &[Weight]) -> T + Sync) -> Vec<T> {
        let climbs = self.climbs(few, u32::MAX);
        let batches = few.par_chunks(LANES).zip(climbs.par_chunks(LANES));
        let buffers = || (Vec::new(), vec![Vec::new(); LANES]);
        batches
            .map_init(buffers, |(weights, lines), (batch, climbs)| {
                self.sweep(climbs.iter(), weights);
                lines.iter_mut().for_each(Vec::clear);
                for point in self.least(weights) {
                    for (line, weight) in lines.iter_mut().zip(point) {
                        line.push(weight);
                    }
                }
                batch.iter().zip(lines).map(|(point, line)| row(point, line)).collect::<Vec<T>>()
            })
            .flatten_iter()
            .collect()
    }

    /// For each climb, in parallel and in order: what `row` makes of its number and the many within `seconds_max` by ways
    /// that pass a state, in order. No sweep for climbs that meet nothing.
    pub(super) fn within<T: Send>(
        &self,
        climbs: &[Climbed],
        seconds_max: u32,
        row: impl Fn(usize, &[(u32, Weight)]) -> T + Sync,
    ) -> Vec<T> {
        let met: Vec<usize> = (0..climbs.len()).filter(|at| !climbs[*at].is_empty()).collect();
        let seconds_max = seconds_max.min(Weight::LIMIT); // what is unreached is beyond
        let buffers = || (Vec::new(), vec![Vec::new(); LANES]);
        let swept = met.par_chunks(LANES).map_init(buffers, |(weights, lines), batch| {
            self.sweep(batch.iter().map(|at| &climbs[*at]), weights);
            lines.iter_mut().for_each(Vec::clear);
            for (index, point) in (0_u32..).zip(self.least(weights)) {
                for (line, weight) in lines.iter_mut().zip(point) {
                    if weight.seconds() <= seconds_max {
                        line.push((index, weight));
                    }
                }
            }
            batch.iter().zip(lines).map(|(at, line)| row(*at, line)).collect::<Vec<T>>()
        });
        let mut rows: Vec<Option<T>> = (0..climbs.len()).map(|_| None).collect();
        for (at, swept) in met.iter().zip(swept.flatten_iter().collect::<Vec<T>>()) {
            rows[*at] = Some(swept);
        }
        let unmet = |(at, found): (usize, Option<T>)| found.unwrap_or_else(|| row(at, &[]));
        rows.into_iter().enumerate().map(unmet).collect()
    }

    /// By place and lane, for at most as many climbs as there are lanes.
    fn sweep<'c>(&self, climbs: impl Iterator<Item = &'c Climbed>, weights: &mut Vec<[Weight; LANES]>) {
        weights.clear();
        weights.resize(self.len(), [Weight::UNREACHED; LANES]);
        for (lane, climb) in climbs.enumerate() {
            for (place, weight) in climb {
                weights[*place as usize][lane] = *weight;
            }
        }
        for place in 0..weights.len() {
            let mut least = weights[place];
            let steps = self.first[place] as usize..self.first[place + 1] as usize;
            for (above, weight) in &self.steps[steps] {
                lower(&mut least, &weights[*above as usize], *weight);
            }
            weights[place] = known(least);
        }
    }

    /// The least weights of each of the many, by lane.
    fn least(&self, weights: &[[Weight; LANES]]) -> impl Iterator<Item = [Weight; LANES]> {
        self.first_door.windows(2).map(|pair| {
            let mut least = [Weight::UNREACHED; LANES];
            for (place, weight) in &self.doors[pair[0] as usize..pair[1] as usize] {
                lower(&mut least, &weights[*place as usize], *weight);
            }
            known(least)
        })
    }
}

/// Lowers each lane to what leads through another place.
fn lower(least: &mut [Weight; LANES], through: &[Weight; LANES], weight: Weight) {
    for (least, through) in least.iter_mut().zip(through) {
        *least = through.plus(weight).min(*least);
    }
}

/// Unreached where a sum is beyond what a weight holds.
fn known(weights: [Weight; LANES]) -> [Weight; LANES] {
    weights.map(|weight| weight.known().unwrap_or(Weight::UNREACHED))
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
