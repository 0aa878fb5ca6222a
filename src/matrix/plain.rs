//! Plain searches, one an origin: used where there are few of them, and the oracle of what is used for many.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::ends::{Ending, Heading, direct, endings, journey};
use super::reach::nearest_first;
use super::search::{Search, SearchLimit};
use super::{Leg, Reach, ReachLimit, Travel, TravelMatrix};
use crate::network::{RoadNetwork, Snap, TravelGraph, Weight};
use crate::traveller::Traveller;
use crate::units::Metres;

/// [`super::travel_matrix`] by one search an origin, which ends when every destination is found.
pub fn travel_matrix(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Snap],
    to: &[Snap],
) -> TravelMatrix {
    let graph = network.travel_graph(traveller);
    let destinations = Destinations::new(&graph, to);
    let rows: Vec<Vec<Option<Travel>>> = from
        .par_iter()
        .map_init(
            || Search::new(&graph),
            |search, origin| matrix_row(&graph, search, origin, to, &destinations),
        )
        .collect();
    TravelMatrix::from_cells(from.len(), to.len(), rows.into_iter().flatten())
}

/// [`super::reach()`] by one search an origin, which ends where the limit does.
///
/// A limit in metres alone costs more than one in seconds: the search goes on until no fastest way within it is left.
pub fn reach(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Snap],
    to: &[Snap],
    limit: ReachLimit,
) -> Reach {
    reach_and_effort(network, traveller, from, to, limit).0
}

/// With the number of states that were settled.
pub(super) fn reach_and_effort(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Snap],
    to: &[Snap],
    limit: ReachLimit,
) -> (Reach, usize) {
    let graph = network.travel_graph(traveller);
    let destinations = Destinations::new(&graph, to);
    let (rows, settled): (Vec<_>, Vec<usize>) = from
        .par_iter()
        .map_init(
            || Search::new(&graph),
            |search, origin| {
                let before = search.settled();
                let row = reach_row(&graph, search, origin, to, &destinations, limit);
                (row, search.settled() - before)
            },
        )
        .unzip();
    (Reach { rows }, settled.into_iter().sum())
}

/// [`super::leg()`] by one search, which ends when the destination is found.
pub fn leg(network: &RoadNetwork, traveller: &Traveller, from: &Snap, to: &Snap) -> Option<Leg> {
    let graph = network.travel_graph(traveller);
    super::leg::leg(network.map(), &graph, None, from, to)
}

/// The least weight from the beginning of one state to every other.
pub fn weights_from(graph: &TravelGraph, state: u32) -> Vec<Option<Weight>> {
    let mut search = Search::new(graph);
    search.start_at(state);
    while search.settle_next(graph).is_some() {}
    (0..graph.state_count() as u32).map(|state| search.weight(state)).collect()
}

/// By state: the least weight from any of `starts`, which cost something to begin with, or to it.
pub(super) fn spread(graph: &TravelGraph, heading: Heading, starts: &[(u32, Weight)]) -> Vec<Weight> {
    let starts: Vec<_> = starts.iter().map(|(state, weight)| (*state, (*weight, 0))).collect();
    spread_of_many(graph, heading, &starts).into_iter().map(|(weight, _)| weight).collect()
}

/// A weight, and which of many points it leads to.
pub(super) type Labelled = (Weight, u32);

/// As [`spread`], with the point of the start that is least; of equal ones the first.
pub(super) fn spread_of_many(
    graph: &TravelGraph,
    heading: Heading,
    starts: &[(u32, Labelled)],
) -> Vec<Labelled> {
    let neighbours = Neighbours::new(graph, heading);
    let mut labels = vec![(Weight::UNREACHED, u32::MAX); graph.state_count()];
    let mut heap = BinaryHeap::new();
    let reach = |state: u32, label: Labelled, labels: &mut [Labelled], heap: &mut BinaryHeap<_>| {
        if label < labels[state as usize] {
            labels[state as usize] = label;
            heap.push(Reverse((label, state)));
        }
    };
    for (state, label) in starts {
        reach(*state, *label, &mut labels, &mut heap);
    }
    while let Some(Reverse((label, state))) = heap.pop() {
        if label != labels[state as usize] {
            continue;
        }
        for (next, weight) in neighbours.of(state) {
            if let Some(sum) = label.0.checked_add(*weight) {
                reach(*next, (sum, label.1), &mut labels, &mut heap);
            }
        }
    }
    labels
}

/// The edges of a graph in one direction of travel.
struct Neighbours {
    first: Vec<u32>,
    list: Vec<(u32, Weight)>,
}

impl Neighbours {
    fn new(graph: &TravelGraph, heading: Heading) -> Self {
        let states = 0..graph.state_count() as u32;
        let edges = states.flat_map(|tail| graph.edges(tail).iter().map(move |edge| (tail, edge)));
        let mut edges: Vec<(u32, u32, Weight)> = match heading {
            Heading::Away => edges.map(|(tail, edge)| (tail, edge.to, edge.weight)).collect(),
            Heading::Towards => edges.map(|(tail, edge)| (edge.to, tail, edge.weight)).collect(),
        };
        edges.sort_unstable();
        let mut first = vec![0; graph.state_count() + 1];
        for (at, ..) in &edges {
            first[*at as usize + 1] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        Self { first, list: edges.into_iter().map(|(_, next, weight)| (next, weight)).collect() }
    }

    fn of(&self, state: u32) -> &[(u32, Weight)] {
        &self.list[self.first[state as usize] as usize..self.first[state as usize + 1] as usize]
    }
}

/// Where each destination may be met, and which of them are met at a state.
struct Destinations {
    endings: Vec<Vec<Ending>>,
    /// `(state, destination)`, sorted.
    by_state: Vec<(u32, u32)>,
    /// By state: whether some destination is met there.
    is_met_at: Vec<bool>,
    /// Number of states at which a destination is met.
    states: usize,
}

impl Destinations {
    fn new(graph: &TravelGraph, to: &[Snap]) -> Self {
        let endings: Vec<Vec<Ending>> = to.iter().map(|snap| endings(graph, snap)).collect();
        let mut by_state: Vec<(u32, u32)> = (0_u32..)
            .zip(&endings)
            .flat_map(|(index, endings)| endings.iter().map(move |ending| (ending.state, index)))
            .collect();
        by_state.sort_unstable();
        by_state.dedup();
        let mut is_met_at = vec![false; graph.state_count()];
        for (state, _) in &by_state {
            is_met_at[*state as usize] = true;
        }
        let states = is_met_at.iter().filter(|met| **met).count();
        Self { endings, by_state, is_met_at, states }
    }

    fn met_at(&self, state: u32) -> impl Iterator<Item = u32> {
        let first = self.by_state.partition_point(|(other, _)| *other < state);
        self.by_state[first..].iter().take_while(move |(other, _)| *other == state).map(|(_, index)| *index)
    }
}

fn matrix_row(
    graph: &TravelGraph,
    search: &mut Search,
    origin: &Snap,
    to: &[Snap],
    destinations: &Destinations,
) -> Vec<Option<Travel>> {
    let mut missing = destinations.states;
    search.start(graph, origin, SearchLimit::default());
    while missing > 0
        && let Some((state, _)) = search.settle_next(graph)
    {
        missing -= usize::from(destinations.is_met_at[state as usize]);
    }
    to.iter()
        .zip(&destinations.endings)
        .map(|(destination, endings)| travel(graph, search, origin, destination, endings))
        .collect()
}

/// What the latest search found out about the way to one destination.
fn travel(
    graph: &TravelGraph,
    search: &Search,
    from: &Snap,
    to: &Snap,
    endings: &[Ending],
) -> Option<Travel> {
    let round = endings.iter().filter_map(|end| search.weight(end.state)?.checked_add(end.rest)).min();
    journey(graph, from, to, round)
}

fn reach_row(
    graph: &TravelGraph,
    search: &mut Search,
    origin: &Snap,
    to: &[Snap],
    destinations: &Destinations,
    limit: ReachLimit,
) -> Vec<(u32, Travel)> {
    let mut row: Vec<(u32, Travel)> = candidates(graph, search, origin, to, destinations, limit)
        .into_iter()
        .filter_map(|index| {
            let (destination, endings) = (&to[index as usize], &destinations.endings[index as usize]);
            Some((index, travel(graph, search, origin, destination, endings)?))
        })
        .filter(|(_, travel)| limit.admits(*travel))
        .collect();
    nearest_first(&mut row);
    row
}

/// A search up to the limit. Returns every destination that may be within it, in order; of those, what the search
/// found is final.
fn candidates(
    graph: &TravelGraph,
    search: &mut Search,
    origin: &Snap,
    to: &[Snap],
    destinations: &Destinations,
    limit: ReachLimit,
) -> Vec<u32> {
    let at_most = |limit: Option<i32>| limit.map_or(u32::MAX, |limit| u32::try_from(limit).unwrap_or(0));
    let limit = SearchLimit {
        seconds: at_most(limit.seconds.map(|limit| (limit - origin.gap_time).get())),
        metres: at_most(limit.metres.map(Metres::get)),
    };
    // Those on the origin's own segment may be reached without meeting any state.
    let mut found: Vec<u32> = (0_u32..)
        .zip(to)
        .filter(|(_, snap)| snap.segment == origin.segment)
        .map(|(index, _)| index)
        .collect();
    // What was found is final once everything up to here is settled.
    let on_segment = found.iter().filter_map(|index| direct(graph, origin, &to[*index as usize]));
    let mut settle_until = on_segment.map(|(weight, _)| weight).max().unwrap_or(Weight::ZERO);
    search.start(graph, origin, limit);
    while let Some((state, weight)) = search.settle_next(graph) {
        if destinations.is_met_at[state as usize] && weight.metres() <= limit.metres {
            for index in destinations.met_at(state) {
                let endings =
                    destinations.endings[index as usize].iter().filter(|ending| ending.state == state);
                let total = endings.filter_map(|ending| weight.checked_add(ending.rest)).min();
                settle_until = settle_until.max(total.unwrap_or(weight));
                found.push(index);
            }
        }
        if !search.may_find_more() && settle_until <= weight {
            break;
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
