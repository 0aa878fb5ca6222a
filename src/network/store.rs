//! A prepared network as one file: what an extract was made into, ready to open.
//!
//! A fixed head (magic, format, length, checksum), then the map in postcard, then hierarchies as flat arrays, the
//! larger part. Written beside its final name and renamed, so that a
//! file is whole or absent. Opening trusts nothing: the checksum finds accidents, and every index is checked.

use std::path::Path;
use std::sync::Arc;

use flate2::Crc;
use petgraph::graph::{EdgeIndex, NodeIndex};
use serde::{Deserialize, Serialize};

use super::build::ImportSummary;
use super::finding;
use super::geometry::Position;
use super::hierarchy::Hierarchy;
use super::map::{Junction, RoadGraph, RoadMap, Segment, Traffic, TurnRule};
use crate::diagnostics::Diagnostic;

/// First bytes of a prepared network.
pub(super) const MAGIC: [u8; 8] = *b"tournee\x1a";
/// Raised when anything that is stored changes its form or its meaning.
const FORMAT: u32 = 4;
/// Magic, format, length of the body, checksum of the body.
const HEAD: usize = 8 + 4 + 8 + 4;

#[derive(Serialize, Deserialize)]
struct Stored {
    is_sketch: bool,
    has_turns: bool,
    summary: ImportSummary,
    junctions: Vec<Junction>,
    segments: Vec<(u32, u32, Segment)>,
    shapes: Vec<Position>,
    traffics: Vec<Traffic>,
    turn_rules: Vec<TurnRule>,
}

/// What a prepared network holds.
pub(super) struct Prepared {
    pub(super) map: RoadMap,
    pub(super) is_sketch: bool,
    pub(super) summary: ImportSummary,
    pub(super) hierarchies: Vec<Arc<Hierarchy>>,
}

/// The bytes of a prepared network.
pub(super) fn encode(
    map: &RoadMap,
    is_sketch: bool,
    summary: ImportSummary,
    hierarchies: &[Arc<Hierarchy>],
) -> Vec<u8> {
    let ends = |edge: EdgeIndex<u32>| map.graph.edge_endpoints(edge).expect("an edge of this graph");
    let segments = map.graph.edge_indices().map(|edge| {
        let (a, b) = ends(edge);
        (a.index() as u32, b.index() as u32, map.graph[edge])
    });
    let stored = Stored {
        is_sketch,
        has_turns: map.has_turns,
        summary,
        junctions: map.graph.node_weights().copied().collect(),
        segments: segments.collect(),
        shapes: map.shapes.clone(),
        traffics: map.traffics.clone(),
        turn_rules: map.turn_rules.clone(),
    };
    let mut body = postcard::to_allocvec(&stored).expect("plain data in memory is always written");
    body.extend_from_slice(&(hierarchies.len() as u32).to_le_bytes());
    for hierarchy in hierarchies {
        hierarchy.write(&mut body);
    }
    let mut bytes = Vec::with_capacity(HEAD + body.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&checksum(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

/// The network in these bytes, which begin with [`MAGIC`].
pub(super) fn decode(path: &Path, bytes: &[u8]) -> Result<Prepared, Box<Diagnostic>> {
    let cut = || Box::new(finding::prepared_damaged(path, true));
    let damaged = || Box::new(finding::prepared_damaged(path, false));
    let number = |from: usize, len: usize| {
        let bytes = bytes.get(from..from + len).ok_or_else(cut)?;
        Ok::<u64, Box<Diagnostic>>(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    let format = number(8, 4)? as u32;
    if format != FORMAT {
        return Err(Box::new(finding::other_version(path, format, FORMAT)));
    }
    let (length, sum) = (number(12, 8)?, number(20, 4)? as u32);
    let body = &bytes[HEAD..];
    if (body.len() as u64) < length {
        return Err(cut());
    }
    if body.len() as u64 != length || checksum(body) != sum {
        return Err(damaged());
    }
    let (stored, rest): (Stored, _) = postcard::take_from_bytes(body).map_err(|_| damaged())?;
    if !stored.is_sound() {
        return Err(damaged());
    }
    let hierarchies = read_hierarchies(rest).ok_or_else(damaged)?;
    Ok(stored.into_prepared(hierarchies))
}

fn read_hierarchies(bytes: &[u8]) -> Option<Vec<Arc<Hierarchy>>> {
    let (count, mut rest) = bytes.split_first_chunk()?;
    let read = (0..u32::from_le_bytes(*count)).map(|_| Hierarchy::read(&mut rest).map(Arc::new));
    let hierarchies = read.collect::<Option<Vec<_>>>()?;
    rest.is_empty().then_some(hierarchies)
}

impl Stored {
    /// Every number that points somewhere points at something.
    fn is_sound(&self) -> bool {
        let (junctions, segments) = (self.junctions.len() as u64, self.segments.len() as u64);
        let fits = junctions < u64::from(u32::MAX) && segments < u64::from(u32::MAX) / 2;
        let segment_is_sound = |(a, b, segment): &(u32, u32, Segment)| {
            u64::from(*a.max(b)) < junctions
                && u64::from(segment.shape_first) + u64::from(segment.shape_len) <= self.shapes.len() as u64
                && (segment.traffic as usize) < self.traffics.len()
        };
        let rule_is_sound = |rule: &TurnRule| rule.path.iter().all(|way| u64::from(way.segment()) < segments);
        let is_on_earth = |at: &Position| Position::new(i64::from(at.lon), i64::from(at.lat)).is_some();
        fits && self.segments.iter().all(segment_is_sound)
            && self.turn_rules.iter().all(rule_is_sound)
            && self.shapes.iter().all(is_on_earth)
            && self.junctions.iter().all(|junction| is_on_earth(&junction.at))
    }

    fn into_prepared(self, hierarchies: Vec<Arc<Hierarchy>>) -> Prepared {
        let mut graph = RoadGraph::with_capacity(self.junctions.len(), self.segments.len());
        for junction in self.junctions {
            graph.add_node(junction);
        }
        for (a, b, segment) in self.segments {
            graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), segment);
        }
        let map = RoadMap {
            graph,
            shapes: self.shapes,
            traffics: self.traffics,
            turn_rules: self.turn_rules,
            has_turns: self.has_turns,
        };
        Prepared { map, is_sketch: self.is_sketch, summary: self.summary, hierarchies }
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}
