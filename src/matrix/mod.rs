//! Travel times and lengths over a road network, and the shape of single legs.
//!
//! In: a network and snapped points. Out: a dense [`TravelMatrix`], sparse [`Reach`] rows, or a [`Leg`].

mod leg;
mod search;

use geo::LineString;
use rayon::prelude::*;

use crate::network::{RoadNetwork, Snap, TravelGraph, Weight};
use crate::traveller::Traveller;
use crate::units::{Metres, Seconds};

use search::{Ending, Search, SearchLimit, direct, endings};

/// Time and length of the fastest way between two points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Travel {
    /// Whole seconds; each segment was rounded once.
    pub seconds: Seconds,
    /// Whole metres along that same way.
    pub metres: Metres,
}

/// Fastest ways between every ordered pair of points, row-major. `None` where there is no way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TravelMatrix {
    rows: usize,
    columns: usize,
    seconds: Vec<i32>,
    metres: Vec<i32>,
}

impl TravelMatrix {
    /// Stands for "no way" in the raw arrays.
    pub const NO_WAY: i32 = i32::MAX;

    /// A matrix from row-major cells.
    ///
    /// # Panics
    ///
    /// If the number of cells is not `rows * columns`.
    pub fn from_cells(rows: usize, columns: usize, cells: impl IntoIterator<Item = Option<Travel>>) -> Self {
        let mut matrix = Self {
            rows,
            columns,
            seconds: Vec::with_capacity(rows * columns),
            metres: Vec::with_capacity(rows * columns),
        };
        for cell in cells {
            matrix.seconds.push(cell.map_or(Self::NO_WAY, |travel| travel.seconds.get()));
            matrix.metres.push(cell.map_or(Self::NO_WAY, |travel| travel.metres.get()));
        }
        assert_eq!(matrix.seconds.len(), rows * columns, "one cell for each pair");
        matrix
    }

    /// Number of origins.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of destinations.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The fastest way from origin `from` to destination `to`.
    pub fn get(&self, from: usize, to: usize) -> Option<Travel> {
        let at = from * self.columns + to;
        (self.seconds[at] != Self::NO_WAY)
            .then(|| Travel { seconds: Seconds(self.seconds[at]), metres: Metres(self.metres[at]) })
    }
}

/// For each origin, the destinations within a limit: `(destination, travel)`, nearest first, ties by destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// One row an origin.
    pub rows: Vec<Vec<(u32, Travel)>>,
}

/// How far a [`Reach`] goes; a destination is within reach when every limit that is set holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReachLimit {
    /// Longest time, inclusive.
    pub seconds: Option<Seconds>,
    /// Longest road along the fastest way, inclusive.
    pub metres: Option<Metres>,
}

/// The road from one point to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// Equal to the matrix cell of the same two points.
    pub travel: Travel,
    /// WGS84, from origin to destination, the walked gap to the road at both ends included; at least two points.
    pub line: LineString,
}

/// Fastest ways from every `from` to every `to`, in parallel over the origins.
///
/// One search an origin, which ends when every destination is found.
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

/// For each `from`, the `to` within the limit. In parallel over the origins.
///
/// A search ends where the limit does. A limit in metres alone costs more than one in seconds: the search goes on until
/// no fastest way within it is left.
pub fn reach(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Snap],
    to: &[Snap],
    limit: ReachLimit,
) -> Reach {
    let graph = network.travel_graph(traveller);
    let destinations = Destinations::new(&graph, to);
    let rows = from
        .par_iter()
        .map_init(
            || Search::new(&graph),
            |search, origin| reach_row(&graph, search, origin, to, &destinations, limit),
        )
        .collect();
    Reach { rows }
}

/// The road from one point to another, `None` where there is no way.
pub fn leg(network: &RoadNetwork, traveller: &Traveller, from: &Snap, to: &Snap) -> Option<Leg> {
    leg::leg(network, traveller, from, to)
}

/// The least weight from the beginning of one state to every other: the plain answer that cleverer searches, and
/// tests, hold theirs against.
pub fn weights_from(graph: &TravelGraph, state: u32) -> Vec<Option<Weight>> {
    let mut search = Search::new(graph);
    search.start_at(state);
    while search.settle_next(graph).is_some() {}
    (0..graph.state_count() as u32).map(|state| search.weight(state)).collect()
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
    if from == to {
        return Some(charge_gaps(Weight::ZERO, from, to));
    }
    let direct = direct(graph, from, to).map(|(weight, _)| weight);
    let round = endings.iter().filter_map(|end| search.weight(end.state)?.checked_add(end.rest)).min();
    let weight = [direct, round].into_iter().flatten().min()?;
    Some(charge_gaps(weight, from, to))
}

/// Adds the time to cross the gaps at both ends; staying where one is costs nothing.
fn charge_gaps(weight: Weight, from: &Snap, to: &Snap) -> Travel {
    let gaps = if from == to { Seconds::ZERO } else { from.gap_time + to.gap_time };
    Travel { seconds: Seconds(weight.seconds() as i32) + gaps, metres: Metres(weight.metres() as i32) }
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
        .filter(|(_, travel)| {
            limit.seconds.is_none_or(|most| travel.seconds <= most)
                && limit.metres.is_none_or(|most| travel.metres <= most)
        })
        .collect();
    row.sort_unstable_by_key(|(index, travel)| (*travel, *index));
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
