//! Travel times and lengths over a road network, and the shape of single legs.
//!
//! In: a network and snapped points. Out: a dense [`TravelMatrix`], sparse [`Reach`] rows, or a [`Leg`].

use geo::LineString;

use crate::network::{RoadNetwork, Snap};
use crate::traveller::Traveller;
use crate::units::{Metres, Seconds};

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
pub fn travel_matrix(
    _network: &RoadNetwork,
    _traveller: &Traveller,
    _from: &[Snap],
    _to: &[Snap],
) -> TravelMatrix {
    unimplemented!("matrix helper")
}

/// For each `from`, the `to` within the limit.
pub fn reach(
    _network: &RoadNetwork,
    _traveller: &Traveller,
    _from: &[Snap],
    _to: &[Snap],
    _limit: ReachLimit,
) -> Reach {
    unimplemented!("matrix helper")
}

/// The road from one point to another, `None` where there is no way.
pub fn leg(_network: &RoadNetwork, _traveller: &Traveller, _from: &Snap, _to: &Snap) -> Option<Leg> {
    unimplemented!("matrix helper")
}
