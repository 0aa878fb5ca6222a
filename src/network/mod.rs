//! Roads: an OpenStreetMap extract or a sketch, as a petgraph graph, with profiles, turn restrictions and snapping.
//!
//! In: a file, or the scenario's own points. Out: a [`RoadNetwork`]. Nothing here knows stops or antennas.

mod geometry;
mod map;
mod parts;
mod sketch;
mod snap;
mod travel_graph;
mod weight;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use geo::Point;

use crate::diagnostics::Diagnostic;
use crate::traveller::Traveller;
use crate::units::Metres;

pub use geometry::Position;
pub use map::{RoadMap, Way};
pub use snap::{Snap, SnapError};
pub use travel_graph::{Arc as TravelArc, Edge, SegmentUse, TravelGraph};
pub use weight::Weight;

use snap::Pieces;

/// Roads of one territory for all profiles.
///
/// Cheap to clone: copies share everything, also what was worked out for a traveller.
#[derive(Clone, Debug)]
pub struct RoadNetwork {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    map: RoadMap,
    is_sketch: bool,
    /// Built when the first point is snapped.
    pieces: OnceLock<Pieces>,
    /// Built when a traveller first asks.
    graphs: Mutex<BTreeMap<Traveller, Arc<TravelGraph>>>,
}

/// How a sketch is built from points.
#[derive(Clone, Debug, PartialEq)]
pub struct SketchSettings {
    /// Neighbours each point is joined to.
    pub neighbours: u32,
    /// Road length over straight length, at least 1.
    pub detour: f64,
    /// `(straight metres up to which it holds, km/h)`, increasing; the last holds beyond.
    pub speeds: Vec<(Metres, u32)>,
}

/// Why a road file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// The file could not be read for an outside reason.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not what it should be; the finding says what, and what to do.
    #[error("{}", .0.found.en)]
    Content(Box<Diagnostic>),
}

impl RoadNetwork {
    fn new(map: RoadMap, is_sketch: bool) -> Self {
        let inner = Inner { map, is_sketch, pieces: OnceLock::new(), graphs: Mutex::default() };
        Self { inner: Arc::new(inner) }
    }

    /// Opens an `.osm.pbf` or a prepared network, told apart by content.
    pub fn open(_path: &Path) -> Result<Self, NetworkError> {
        unimplemented!("network helper")
    }

    /// A proximity graph over `points`: every point reaches every other, whatever the settings.
    pub fn sketch(points: &[Point], settings: &SketchSettings) -> Self {
        Self::new(sketch::sketch(points, settings), true)
    }

    /// Writes a prepared network, whole or not at all.
    pub fn save(&self, _path: &Path) -> Result<(), NetworkError> {
        unimplemented!("network helper")
    }

    /// Whether it was made from points alone.
    pub fn is_sketch(&self) -> bool {
        self.inner.is_sketch
    }

    /// The map under all profiles.
    pub fn map(&self) -> &RoadMap {
        &self.inner.map
    }

    /// The roads as `traveller` sees them; built at the first call, shared by later ones.
    pub fn travel_graph(&self, traveller: &Traveller) -> Arc<TravelGraph> {
        // A thread that panicked while building left nothing half-built behind: the map holds finished graphs only.
        let mut graphs = self.inner.graphs.lock().unwrap_or_else(PoisonError::into_inner);
        let build = || Arc::new(TravelGraph::new(&self.inner.map, traveller));
        graphs.entry(*traveller).or_insert_with(build).clone()
    }

    /// The nearest point on a segment of the largest connected part that `traveller` may use.
    ///
    /// Each point is snapped on its own. `O(log n)`, after the first call for this network and this traveller.
    pub fn snap(&self, traveller: &Traveller, at: Point, limit: Metres) -> Result<Snap, SnapError> {
        let graph = self.travel_graph(traveller);
        let pieces = self.inner.pieces.get_or_init(|| Pieces::new(&self.inner.map));
        pieces.snap(&self.inner.map, &graph, at, limit)
    }
}
