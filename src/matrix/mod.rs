//! Travel times and lengths over a road network, and the shape of single legs.
//!
//! In: a network and snapped points. Out: a dense [`TravelMatrix`], sparse [`Reach`] rows or [`RoundTrip`]s, the nearest of
//! many points, or a [`Leg`]. All are exact, and the same whichever way they are found: by [`plain`] searches where few are
//! asked, by the network's [`Hierarchy`] where it is at hand or so much is asked that contracting the roads pays.

mod buckets;
mod climb;
mod ends;
mod leg;
mod nearby;
mod nearest;
pub mod plain;
mod reach;
mod round_trips;
mod search;
mod selection;
mod stretch;
mod sweep;

use std::sync::Arc;

use geo::LineString;
use rayon::prelude::*;

use crate::network::{Hierarchy, RoadNetwork, Snap, TravelGraph};
use crate::traveller::Traveller;
use crate::units::{Metres, Seconds};

use buckets::Buckets;
use ends::{FarEnd, journey};
use selection::Selection;

pub use ends::{Heading, beginnings};
pub use nearby::along_a_curve;
pub use nearest::{Trip, nearest};
pub use plain::weights_from;
pub use reach::reach;
pub use round_trips::{RoundTrip, round_trips};
pub use stretch::{Stretch, stretches};
pub use sweep::{StateWeights, state_weights};

/// So many times more points on one side than on the other are swept to; else buckets win. Measured on Porto with 1,000
/// on one side: sweeps take a twentieth of the time for 1 on the other, half for 100, as long for 1,000.
const FEW: usize = 4;

/// Points of a piece of parallel work at least: a piece needs buffers as large as the graph.
const POINTS_A_THREAD: usize = 32;

/// Searches of the whole network that cost about as much as contracting it: on Porto some 100 by car, 70 on foot.
const SEARCHES_A_CONTRACTION: usize = 100;

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

    fn without_ways(rows: usize, columns: usize) -> Self {
        let cells = vec![Self::NO_WAY; rows * columns];
        Self { rows, columns, seconds: cells.clone(), metres: cells }
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

impl ReachLimit {
    /// Whether a way is within every limit that is set.
    pub fn admits(&self, travel: Travel) -> bool {
        self.seconds.is_none_or(|most| travel.seconds <= most)
            && self.metres.is_none_or(|most| travel.metres <= most)
    }
}

/// The road from one point to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// Equal to the matrix cell of the same two points.
    pub travel: Travel,
    /// WGS84, from origin to destination, the walked gap to the road at both ends included; at least two points.
    pub line: LineString,
}

/// Fastest ways from every `from` to every `to`, in parallel over the points.
///
/// With a hierarchy some 10 microseconds a point and 20 nanoseconds a cell; otherwise one search an origin.
pub fn travel_matrix(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Snap],
    to: &[Snap],
) -> TravelMatrix {
    let Some(hierarchy) = hierarchy(network, traveller, from.len().min(to.len())) else {
        return plain::travel_matrix(network, traveller, from, to);
    };
    let graph = network.travel_graph(traveller);
    let over = (&*hierarchy, &*graph);
    if from.len() * FEW <= to.len() {
        let selection = Selection::new(over, to, Heading::Towards);
        let rows = selection.rows(from, |origin, row| {
            let travels = row.iter().zip(to).map(|(weight, to)| journey(&graph, origin, to, weight.known()));
            travels.collect::<Vec<_>>()
        });
        return TravelMatrix::from_cells(from.len(), to.len(), rows.into_iter().flatten());
    }
    if to.len() * FEW <= from.len() {
        let selection = Selection::new(over, from, Heading::Away);
        let columns = selection.rows(to, |to, column| {
            let travels =
                column.iter().zip(from).map(|(weight, from)| journey(&graph, from, to, weight.known()));
            travels.collect::<Vec<_>>()
        });
        let cells = (0..from.len()).flat_map(|row| columns.iter().map(move |column| column[row]));
        return TravelMatrix::from_cells(from.len(), to.len(), cells);
    }
    let buckets = Buckets::new(over, to, Heading::Towards, u32::MAX);
    matrix_by_buckets(&graph, &buckets, from, to)
}

/// Straight into the arrays: matrices may be large.
fn matrix_by_buckets(graph: &TravelGraph, buckets: &Buckets<'_>, from: &[Snap], to: &[Snap]) -> TravelMatrix {
    let mut matrix = TravelMatrix::without_ways(from.len(), to.len());
    let columns = to.len().max(1);
    let ends: Vec<FarEnd> = to.iter().map(FarEnd::of).collect();
    let rows = matrix.seconds.par_chunks_mut(columns).zip(matrix.metres.par_chunks_mut(columns)).zip(from);
    rows.with_min_len(POINTS_A_THREAD).for_each_init(
        || (buckets.climb(), Vec::new()),
        |(climb, row), ((seconds, metres), origin)| {
            buckets.row(climb, origin, row);
            let cells = row.iter().zip(&ends).zip(to).zip(seconds.iter_mut().zip(metres));
            for (((weight, end), destination), (seconds, metres)) in cells {
                let travel = if end.segment == origin.segment {
                    journey(graph, origin, destination, weight.known())
                } else {
                    weight.known().map(|weight| end.journey(origin, weight))
                };
                if let Some(travel) = travel {
                    (*seconds, *metres) = (travel.seconds.get(), travel.metres.get());
                }
            }
        },
    );
    matrix
}

/// The hierarchy, if it is at hand or `searches` of the whole network are enough to pay for it.
fn hierarchy(network: &RoadNetwork, traveller: &Traveller, searches: usize) -> Option<Arc<Hierarchy>> {
    if searches >= SEARCHES_A_CONTRACTION {
        network.hierarchy(traveller)
    } else {
        network.ready_hierarchy(traveller)
    }
}

/// The road from one point to another, `None` where there is no way.
///
/// A few tenths of a millisecond where a hierarchy is at hand, otherwise one search.
pub fn leg(network: &RoadNetwork, traveller: &Traveller, from: &Snap, to: &Snap) -> Option<Leg> {
    let graph = network.travel_graph(traveller);
    leg::leg(network.map(), &graph, network.ready_hierarchy(traveller).as_deref(), from, to)
}
