//! Roads: an OpenStreetMap extract or a sketch, as a petgraph graph, with profiles, turn restrictions and snapping.
//!
//! In: a file, or the scenario's own points. Out: a [`RoadNetwork`]. Nothing here knows stops or antennas.

mod backdrop;
mod build;
mod by_junction;
mod by_turn;
mod finding;
mod geometry;
mod hierarchy;
mod islands;
mod limits;
mod map;
mod parts;
mod pbf;
mod profile;
mod raw;
mod sketch;
mod snap;
mod store;
mod tags;
mod travel_graph;
mod turns;
mod weight;

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use geo::Point;

use crate::diagnostics::Diagnostic;
use crate::traveller::Traveller;
use crate::units::Metres;
use crate::whole_file::WholeFile;

pub use backdrop::{Bounds, backdrop};
pub use build::ImportSummary;
pub use geometry::Position;
pub use hierarchy::{Ascent, Hierarchy, Step};
pub use islands::Island;
pub use limits::{DaySet, Limits, usual_width_cm};
pub use map::{
    Access, ClassSpeed, Delay, Faces, Junction, Lane, ProfileSet, RoadMap, Segment, Traffic, TurnRule, Way,
};
pub use profile::{CLASS_SPEEDS, rules_table};
pub use snap::{Snap, SnapError};
pub use travel_graph::{Arc as TravelArc, Edge, SegmentUse, TravelGraph};
pub use weight::Weight;

use limits::Differences;
use pbf::PbfError;
use snap::Pieces;

/// Bytes that tell what kind of file it is.
const LOOK_AT: u64 = 256;

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
    /// As findings call it.
    name: String,
    /// What makes travellers of one profile differ here.
    differences: Differences,
    is_sketch: bool,
    summary: ImportSummary,
    /// Built when the first point is snapped.
    pieces: OnceLock<Pieces>,
    /// Built when a traveller first asks.
    graphs: Mutex<BTreeMap<Traveller, Arc<TravelGraph>>>,
    /// From a prepared network; each fits those whose graph it is of.
    stored: Vec<Arc<Hierarchy>>,
    hierarchies: Mutex<BTreeMap<Traveller, KnownHierarchy>>,
}

/// What is known of a traveller's hierarchy.
#[derive(Clone, Debug)]
enum KnownHierarchy {
    /// Stored, or contracted as so much was asked that it paid.
    Ready(Arc<Hierarchy>),
    /// None is stored.
    NotYet,
    /// The graph has none.
    Never,
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
    fn new(
        name: String,
        map: RoadMap,
        is_sketch: bool,
        summary: ImportSummary,
        stored: Vec<Arc<Hierarchy>>,
    ) -> Self {
        let (pieces, graphs, hierarchies) = (OnceLock::new(), Mutex::default(), Mutex::default());
        let differences = Differences::of(&map);
        let inner = Inner { map, name, differences, is_sketch, summary, pieces, graphs, stored, hierarchies };
        Self { inner: Arc::new(inner) }
    }

    /// Opens an `.osm.pbf` or a prepared network, told apart by content.
    ///
    /// Linear in the size of the file; the blocks of an `.osm.pbf` are decoded in parallel.
    pub fn open(path: &Path) -> Result<Self, NetworkError> {
        let io = |source| NetworkError::Io { path: path.to_owned(), source };
        let mut file = fs_err::File::open(path).map_err(io)?;
        Self::read(path, &mut file)
    }

    /// As [`RoadNetwork::open`], from anything that can be read; `path` names it in findings.
    pub fn read(path: &Path, file: &mut (impl Read + Seek)) -> Result<Self, NetworkError> {
        let io = |source| NetworkError::Io { path: path.to_owned(), source };
        let mut head = Vec::new();
        file.by_ref().take(LOOK_AT).read_to_end(&mut head).map_err(io)?;
        file.rewind().map_err(io)?;
        if head.starts_with(&store::MAGIC) {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(io)?;
            let prepared = store::decode(path, &bytes).map_err(NetworkError::Content)?;
            return Ok(Self::new(
                path.display().to_string(),
                prepared.map,
                prepared.is_sketch,
                prepared.summary,
                prepared.hierarchies,
            ));
        }
        if !looks_like_pbf(&head) {
            return Err(NetworkError::Content(Box::new(finding::not_roads(path, &head))));
        }
        Self::read_pbf(path, file)
    }

    fn read_pbf(path: &Path, file: &mut (impl Read + Seek)) -> Result<Self, NetworkError> {
        let raw = raw::read(file).map_err(|error| match error {
            PbfError::Io(source) => NetworkError::Io { path: path.to_owned(), source },
            PbfError::Fault(fault, at) => NetworkError::Content(Box::new(finding::fault(path, &fault, at))),
        })?;
        let (map, summary) = build::build(&raw);
        if map.segment_count() == 0 {
            return Err(NetworkError::Content(Box::new(finding::no_roads(path))));
        }
        Ok(Self::new(path.display().to_string(), map, false, summary, Vec::new()))
    }

    /// A proximity graph over `points`: every point reaches every other, whatever the settings.
    pub fn sketch(points: &[Point], settings: &SketchSettings) -> Self {
        Self::new(String::new(), sketch::sketch(points, settings), true, ImportSummary::default(), Vec::new())
    }

    /// The same roads where classes of [`CLASS_SPEEDS`] have other average speeds in km/h, for vehicles where no limit
    /// is mapped. Speeds are bounded as everywhere; unknown classes, and sketches, stay as they are.
    ///
    /// Free where nothing else holds this network; else the map is copied.
    #[must_use]
    pub fn with_speeds(self, speeds: &[(&str, f64)]) -> Self {
        if speeds.is_empty() {
            return self;
        }
        let (mut map, name, is_sketch, summary, stored) = match Arc::try_unwrap(self.inner) {
            Ok(inner) => (inner.map, inner.name, inner.is_sketch, inner.summary, inner.stored),
            Err(inner) => {
                (inner.map.clone(), inner.name.clone(), inner.is_sketch, inner.summary, inner.stored.clone())
            }
        };
        for traffic in &mut map.traffics {
            profile::set_class_speeds(traffic, speeds);
        }
        Self::new(name, map, is_sketch, summary, stored)
    }

    /// Writes a prepared network, whole or not at all, with the hierarchies that are at hand.
    pub fn save(&self, path: &Path) -> Result<(), NetworkError> {
        let known = self.hierarchies().clone();
        let mut ready = self.inner.stored.clone();
        for hierarchy in known.into_values().filter_map(KnownHierarchy::ready) {
            if !ready.contains(&hierarchy) {
                ready.push(hierarchy);
            }
        }
        let bytes = store::encode(&self.inner.map, self.inner.is_sketch, self.inner.summary, &ready);
        WholeFile::write(path, &bytes).map_err(|source| NetworkError::Io { path: path.to_owned(), source })
    }

    /// What the extract held. All zero for a sketch.
    pub fn summary(&self) -> ImportSummary {
        self.inner.summary
    }

    /// Warnings about the extract as a whole: it was cut through its ways.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let ImportSummary { ways, broken_ways, .. } = self.inner.summary;
        let many_are_broken = broken_ways > ways / 5;
        many_are_broken
            .then(|| finding::broken_ways(&self.inner.name, broken_ways, ways))
            .into_iter()
            .collect()
    }

    /// Warnings of roads that `traveller` could use but that nothing joins to the others: those of real size.
    pub fn dropped(&self, traveller: &Traveller) -> Vec<Diagnostic> {
        const SHOWN: usize = 5;
        const REAL_SIZE_METRES: u64 = 3_000;
        let islands = islands::islands(&self.inner.map, &self.travel_graph(traveller));
        let real = islands.into_iter().filter(|island| island.metres >= REAL_SIZE_METRES);
        real.take(SHOWN).map(|island| finding::island(&self.inner.name, island)).collect()
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
        let traveller = self.simplest(traveller);
        // A thread that panicked while building left nothing half-built behind: the map holds finished graphs only.
        let mut graphs = self.inner.graphs.lock().unwrap_or_else(PoisonError::into_inner);
        let build = || Arc::new(TravelGraph::new(&self.inner.map, &traveller));
        graphs.entry(traveller).or_insert_with(build).clone()
    }

    /// The plainest traveller to whom these roads are what they are to `traveller`: without sizes and dates that no
    /// road here asks for. What is worked out for one holds for the other.
    pub fn simplest(&self, traveller: &Traveller) -> Traveller {
        self.inner.differences.simplest(traveller)
    }

    /// The hierarchy over [`RoadNetwork::travel_graph`]; contracted at the first call, shared by later ones. `None` where
    /// the graph has none (see [`Hierarchy::new`]).
    pub fn hierarchy(&self, traveller: &Traveller) -> Option<Arc<Hierarchy>> {
        let traveller = self.simplest(traveller);
        match self.known_hierarchy(&traveller) {
            KnownHierarchy::Ready(hierarchy) => Some(hierarchy),
            KnownHierarchy::Never => None,
            KnownHierarchy::NotYet => {
                // Not under the lock: a thread that waits for parallel work may get other work that wants the lock too.
                let built = Hierarchy::new(&self.travel_graph(&traveller)).map(Arc::new);
                let known = built.clone().map_or(KnownHierarchy::Never, KnownHierarchy::Ready);
                self.hierarchies().insert(traveller, known);
                built
            }
        }
    }

    /// As [`RoadNetwork::hierarchy`], if it is at hand: contracted before, or stored in the prepared network.
    pub fn ready_hierarchy(&self, traveller: &Traveller) -> Option<Arc<Hierarchy>> {
        self.known_hierarchy(&self.simplest(traveller)).ready()
    }

    /// What is known, after a look at what is stored.
    fn known_hierarchy(&self, traveller: &Traveller) -> KnownHierarchy {
        if let Some(known) = self.hierarchies().get(traveller) {
            return known.clone();
        }
        let graph = self.travel_graph(traveller);
        // Travellers who differ may see the same roads.
        let others: Vec<_> = self.hierarchies().values().cloned().filter_map(KnownHierarchy::ready).collect();
        let fitting = self.inner.stored.iter().chain(&others).find(|known| known.is_of(&graph)).cloned();
        let known = fitting.map_or(KnownHierarchy::NotYet, KnownHierarchy::Ready);
        self.hierarchies().entry(*traveller).or_insert(known).clone()
    }

    fn hierarchies(&self) -> MutexGuard<'_, BTreeMap<Traveller, KnownHierarchy>> {
        self.inner.hierarchies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The nearest point on a segment of the largest connected part that `traveller` may use.
    ///
    /// Each point is snapped on its own. `O(log n)`, after the first call for this network and this traveller.
    pub fn snap(&self, traveller: &Traveller, at: Point, limit: Metres) -> Result<Snap, SnapError> {
        let graph = self.travel_graph(traveller);
        let pieces = self.inner.pieces.get_or_init(|| Pieces::new(&self.inner.map));
        pieces.snap(&self.inner.map, &graph, at, limit)
    }

    /// Where the road of a snap meets others: of its two ends the one where at least three segments meet, else the nearer one.
    pub fn junction_beside(&self, snap: &Snap) -> Point {
        let map = &self.inner.map;
        let (a, b) = map.ends(Way::new(snap.segment, false));
        let meets = |junction| map.graph.neighbors_undirected(junction).count() >= 3;
        let is_first = match (meets(a), meets(b)) {
            (true, false) => true,
            (false, true) => false,
            _ => snap.fraction <= 0.5,
        };
        map.graph[if is_first { a } else { b }].at.point()
    }
}

impl KnownHierarchy {
    fn ready(self) -> Option<Arc<Hierarchy>> {
        match self {
            Self::Ready(hierarchy) => Some(hierarchy),
            Self::NotYet | Self::Never => None,
        }
    }
}

/// A length of at most 64 KiB, then a header that says `OSMHeader` (as far as the file goes).
fn looks_like_pbf(head: &[u8]) -> bool {
    const NAME: &[u8] = b"OSMHeader";
    let Some((length, rest)) = head.split_first_chunk::<4>() else { return false };
    let length = u32::from_be_bytes(*length);
    let says_so = rest.windows(NAME.len()).any(|window| window == NAME);
    let may_go_on_so = rest.len() < 2 + NAME.len() && NAME.starts_with(rest.get(2..).unwrap_or_default());
    (1..=64 * 1024).contains(&length) && (says_so || may_go_on_so)
}
