//! An extract as this program needs it: ways that may be roads, their nodes, turn restrictions.
//!
//! Two passes over the file: ways and restrictions first, which tell which nodes matter, then those nodes. Memory
//! follows what is kept, not the size of the file.

use std::io::{Read, Seek};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::geometry::Position;
use super::pbf::{BlobPlace, Block, Deltas, Fault, Malformed, Member, MemberKind, PbfError, PbfFile};
use super::profile::{
    NodeRules, RestrictionKind, WayRules, is_restriction, may_be_road, node_rules, restriction_kinds,
    way_rules,
};
use super::tags::Tags;

/// Ways, nodes and restrictions of an extract.
#[derive(Clone, Debug, Default)]
pub(super) struct RawRoads {
    /// In the order of the file.
    pub(super) ways: Vec<RawWay>,
    /// Positions in `positions`, of all ways one after another.
    pub(super) way_nodes: Vec<u32>,
    /// Distinct rules of ways.
    pub(super) rules: Vec<WayRules>,
    /// Where each node is; none: not in the file, or off the Earth.
    pub(super) positions: Vec<Option<Position>>,
    /// Nodes at which something stands, in order.
    pub(super) node_rules: Vec<(u32, NodeRules)>,
    /// In the order of the file.
    pub(super) restrictions: Vec<RawRestriction>,
}

/// A way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawWay {
    /// OpenStreetMap's number.
    pub(super) id: i64,
    /// Its nodes in [`RawRoads::way_nodes`].
    pub(super) nodes: (usize, usize),
    /// Its rules in [`RawRoads::rules`].
    pub(super) rules: u32,
}

/// A turn restriction; all numbers are OpenStreetMap's, and may name what is not in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawRestriction {
    /// At least one.
    pub(super) kinds: Vec<RestrictionKind>,
    pub(super) from: Vec<i64>,
    pub(super) via: Via,
    pub(super) to: Vec<i64>,
}

/// Where a restricted turn happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// At a node, as a position in [`RawRoads::positions`].
    Node(u32),
    /// Along ways, in order.
    Ways(Vec<i64>),
    /// At a node of no road, or nowhere.
    Nothing,
}

/// Reads an extract.
pub(super) fn read(file: impl Read + Seek) -> Result<RawRoads, PbfError> {
    let mut file = PbfFile::open(file)?;
    let (ways, restrictions, node_blobs) = read_ways(&mut file)?;
    let mut node_ids = ways.node_ids.clone();
    node_ids.par_sort_unstable();
    node_ids.dedup();
    let (positions, node_rules) = read_nodes(&mut file, &node_blobs, &node_ids)?;
    let index = |id: &i64| node_ids.binary_search(id).ok().map(|index| index as u32);
    let way_nodes =
        ways.node_ids.par_iter().map(|id| index(id).expect("made from these very numbers")).collect();
    let restrictions = restrictions
        .into_iter()
        .map(|(restriction, node)| match node.as_ref().and_then(index) {
            Some(node) => RawRestriction { via: Via::Node(node), ..restriction },
            None => restriction,
        })
        .collect();
    Ok(RawRoads { ways: ways.list, way_nodes, rules: ways.rules, positions, node_rules, restrictions })
}

/// What the first pass keeps.
#[derive(Default)]
struct Ways {
    list: Vec<RawWay>,
    node_ids: Vec<i64>,
    rules: Vec<WayRules>,
    known: FxHashMap<WayRules, u32>,
}

impl Ways {
    /// `nodes` are differences as they stand in the file.
    fn add(&mut self, way: FoundWay, nodes_max: u64) -> Result<(), Fault> {
        let FoundWay { id, nodes, rules } = way;
        let next = self.rules.len() as u32;
        let rules = *self.known.entry(rules).or_insert_with_key(|rules| {
            self.rules.push(rules.clone());
            next
        });
        let first = self.node_ids.len();
        if (first + nodes.len()) as u64 > nodes_max {
            return Err(Fault::TooLarge); // a byte holds at most one
        }
        for node in Deltas::new(&nodes) {
            self.node_ids.push(node?);
        }
        self.list.push(RawWay { id, nodes: (first, self.node_ids.len()), rules });
        Ok(())
    }
}

/// A restriction, and its via node where it has one.
type FoundRestriction = (RawRestriction, Option<i64>);

fn read_ways<R: Read + Seek>(
    file: &mut PbfFile<R>,
) -> Result<(Ways, Vec<FoundRestriction>, Vec<BlobPlace>), PbfError> {
    let mut ways = Ways::default();
    let mut restrictions = Vec::new();
    let mut node_blobs = Vec::new();
    let places = file.data.clone();
    // Real extracts hold a node of a road in every third byte at most; a bomb unpacks to far more.
    let nodes_max = file.len.saturating_mul(4) + 1_000;
    file.for_each_block(&places, decode_ways, |place, found| {
        for way in found.ways {
            ways.add(way, nodes_max)?;
        }
        restrictions.extend(found.restrictions);
        if found.has_nodes {
            node_blobs.push(place);
        }
        Ok(())
    })?;
    Ok((ways, restrictions, node_blobs))
}

/// A way as the first pass finds it: its nodes still packed.
struct FoundWay {
    id: i64,
    nodes: Vec<u8>,
    rules: WayRules,
}

/// What the first pass finds in one block.
struct Found {
    ways: Vec<FoundWay>,
    restrictions: Vec<FoundRestriction>,
    has_nodes: bool,
}

fn decode_ways(block: &Block<'_>) -> Result<Found, Malformed> {
    let mut ways = Vec::new();
    block.for_each_way(|way| {
        if !may_be_road(way.tags) {
            return Ok(());
        }
        if let Some(rules) = way_rules(way.tags) {
            ways.push(FoundWay { id: way.id, nodes: way.nodes.to_vec(), rules });
        }
        Ok(())
    })?;
    let mut restrictions = Vec::new();
    block
        .for_each_relation(is_restriction, |tags, members| restrictions.extend(restriction(tags, members)))?;
    Ok(Found { ways, restrictions, has_nodes: block.has_nodes()? })
}

fn restriction(tags: &Tags<'_>, members: &[Member<'_>]) -> Option<FoundRestriction> {
    let kinds = restriction_kinds(tags);
    if kinds.is_empty() {
        return None;
    }
    let ids = |role: &str, kind: MemberKind| -> Vec<i64> {
        members
            .iter()
            .filter(|member| member.role == role && member.kind == kind)
            .map(|member| member.id)
            .collect()
    };
    let via_ways = ids("via", MemberKind::Way);
    let via = if via_ways.is_empty() { Via::Nothing } else { Via::Ways(via_ways) };
    let node = ids("via", MemberKind::Node).first().copied();
    Some((
        RawRestriction { kinds, from: ids("from", MemberKind::Way), via, to: ids("to", MemberKind::Way) },
        node,
    ))
}

type FoundNodes = (Vec<Option<Position>>, Vec<(u32, NodeRules)>);

/// Where the nodes are that ways use, and what stands at them. Of twins the first on the Earth counts.
fn read_nodes<R: Read + Seek>(
    file: &mut PbfFile<R>,
    places: &[BlobPlace],
    wanted: &[i64],
) -> Result<FoundNodes, PbfError> {
    let mut positions = vec![None; wanted.len()];
    let mut rules = Vec::new();
    file.for_each_block(
        places,
        |block| decode_nodes(block, wanted),
        |_, found| {
            for (index, position, node_rules) in found {
                let known = &mut positions[index as usize];
                if known.is_none() {
                    *known = position;
                    rules.extend(node_rules.map(|node_rules| (index, node_rules)));
                }
            }
            Ok(())
        },
    )?;
    rules.sort_by_key(|(index, _)| *index);
    rules.dedup_by_key(|(index, _)| *index);
    Ok((positions, rules))
}

type FoundNode = (u32, Option<Position>, Option<NodeRules>);

fn decode_nodes(block: &Block<'_>, wanted: &[i64]) -> Result<Vec<FoundNode>, Malformed> {
    let mut found = Vec::new();
    let mut next = 0; // files are sorted as a rule: the next wanted node is near the last one
    block.for_each_node(|node| {
        let Some(index) = find_near(wanted, node.id, next) else { return };
        next = index + 1;
        let rules = Some(node_rules(node.tags)).filter(|rules| !rules.is_plain());
        found.push((index as u32, Position::new(node.lon, node.lat), rules));
        if found.len() > 2 * wanted.len() {
            keep_first_of_twins(&mut found);
        }
    })?;
    Ok(found)
}

/// A block that repeats nodes over and over must not fill the memory.
fn keep_first_of_twins(found: &mut Vec<FoundNode>) {
    found.sort_by_key(|(index, ..)| *index);
    found.dedup_by_key(|(index, ..)| *index);
}

/// Position of `id` in the sorted `wanted`, looked for at `guess` before everywhere else.
fn find_near(wanted: &[i64], id: i64, guess: usize) -> Option<usize> {
    match wanted.get(guess) {
        Some(next) if *next == id => return Some(guess),
        Some(next) if id < *next && guess > 0 && wanted[guess - 1] < id => return None,
        _ => {}
    }
    wanted.binary_search(&id).ok()
}
