//! Roads: an OpenStreetMap extract or a sketch, as a petgraph graph, with profiles, turn restrictions and snapping.
//!
//! In: a file, or the scenario's own points. Out: a [`RoadNetwork`]. Nothing here knows stops or antennas.

use std::path::{Path, PathBuf};

use geo::Point;

use crate::diagnostics::Diagnostic;
use crate::traveller::Traveller;
use crate::units::{Metres, Seconds};

/// Roads of one territory for all profiles.
#[derive(Clone, Debug)]
pub struct RoadNetwork {}

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

/// Where a point meets the roads a traveller may use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    // segment, offset, gap: filled in by the network
    /// Straight distance from the point to the road.
    pub gap: Metres,
    /// Time to cross the gap, charged at both ends of every way.
    pub gap_time: Seconds,
}

/// Why a point does not meet the roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapError {
    /// The nearest usable road of the largest connected part is that far away, beyond the limit.
    TooFar {
        /// Straight distance; none where the network has no usable road at all.
        nearest: Option<Metres>,
    },
    /// A usable road is near, but on a part (an island) from which the largest part can't be reached and back.
    OtherIsland {
        /// Straight distance to the largest connected part.
        nearest: Metres,
    },
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
    /// Opens an `.osm.pbf` or a prepared network, told apart by content.
    pub fn open(_path: &Path) -> Result<Self, NetworkError> {
        unimplemented!("network helper")
    }

    /// A proximity graph over `points`: every point reaches every other, whatever the settings.
    pub fn sketch(_points: &[Point], _settings: &SketchSettings) -> Self {
        unimplemented!("network helper")
    }

    /// Writes a prepared network, whole or not at all.
    pub fn save(&self, _path: &Path) -> Result<(), NetworkError> {
        unimplemented!("network helper")
    }

    /// Whether it was made from points alone.
    pub fn is_sketch(&self) -> bool {
        unimplemented!("network helper")
    }

    /// The nearest point on a segment of the largest connected part that `traveller` may use.
    pub fn snap(&self, _traveller: &Traveller, _at: Point, _limit: Metres) -> Result<Snap, SnapError> {
        unimplemented!("network helper")
    }
}
