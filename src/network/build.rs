//! An extract to a road map: ways cut at junctions, restrictions tied to the pieces, pass-through nodes joined.

use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::geometry::{Position, line_metres};
use super::map::{Junction, RoadMap, Segment, Traffic, TurnRule, Way, line_millimetres};
use super::profile::NodeRules;
use super::raw::{RawRestriction, RawRoads, Via};

/// What the extract held, for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Ways that some profile may use.
    pub ways: usize,
    /// Of those, ways that name nodes which are not in the file or not on the Earth; they end there.
    pub broken_ways: usize,
    /// Turn restrictions that are obeyed.
    pub restrictions: usize,
    /// Turn restrictions that name missing or unconnected ways, or none at all; they are left out.
    pub broken_restrictions: usize,
}

/// A stretch of one way between two nodes that matter, as positions in the extract's nodes.
#[derive(Clone, Debug)]
struct Piece {
    /// At least two.
    nodes: Vec<u32>,
    traffic: u32,
}

impl Piece {
    fn first(&self) -> u32 {
        self.nodes[0]
    }

    fn last(&self) -> u32 {
        self.nodes[self.nodes.len() - 1]
    }
}

/// Builds the map. Linear, but for sorting.
pub(super) fn build(raw: &RawRoads) -> (RoadMap, ImportSummary) {
    let mut summary = ImportSummary { ways: raw.ways.len(), ..ImportSummary::default() };
    let cut = Cut::new(raw, &mut summary);
    let mut rules = Vec::new();
    for restriction in &raw.restrictions {
        let found = cut.turn_rules(raw, restriction);
        let count =
            if found.is_empty() { &mut summary.broken_restrictions } else { &mut summary.restrictions };
        *count += 1;
        rules.extend(found);
    }
    let joined = cut.join(raw, &mut rules);
    rules.sort_unstable();
    rules.dedup();
    (joined.into_map(raw, rules), summary)
}

/// All ways cut into pieces.
struct Cut {
    pieces: Vec<Piece>,
    /// By way: where its pieces begin; one more at the end.
    first_piece: Vec<usize>,
    traffics: Vec<Traffic>,
    /// OpenStreetMap's number of a way to its position, for those that restrictions name.
    way_by_id: FxHashMap<i64, usize>,
}

impl Cut {
    fn new(raw: &RawRoads, summary: &mut ImportSummary) -> Self {
        let is_junction = junctions(raw);
        let mut cut = Self {
            pieces: Vec::new(),
            first_piece: Vec::with_capacity(raw.ways.len() + 1),
            traffics: raw.rules.iter().map(|rules| rules.traffic.clone()).collect(),
            way_by_id: FxHashMap::default(),
        };
        for way in &raw.ways {
            cut.first_piece.push(cut.pieces.len());
            let nodes = &raw.way_nodes[way.nodes.0..way.nodes.1];
            let rules = &raw.rules[way.rules as usize];
            let mut traffic = way.rules;
            if rules.seconds.is_some() {
                traffic = cut.traffics.len() as u32;
                cut.traffics.push(rules.clone().traffic_over(length(raw, nodes)));
            }
            let is_known = |node: &u32| raw.positions[*node as usize].is_some();
            summary.broken_ways += usize::from(!nodes.iter().all(is_known));
            for run in nodes.split(|node| !is_known(node)) {
                cut.add_run(run, traffic, &is_junction);
            }
        }
        cut.first_piece.push(cut.pieces.len());
        let named = raw.restrictions.iter().flat_map(|restriction| {
            let via: &[i64] = if let Via::Ways(ways) = &restriction.via { ways } else { &[] };
            restriction.from.iter().chain(&restriction.to).chain(via)
        });
        let mut named: Vec<i64> = named.copied().collect();
        named.sort_unstable();
        for (index, way) in raw.ways.iter().enumerate() {
            if named.binary_search(&way.id).is_ok() {
                cut.way_by_id.insert(way.id, index);
            }
        }
        cut
    }

    /// Cuts nodes that follow each other at every junction. Repeated nodes are skipped.
    fn add_run(&mut self, run: &[u32], traffic: u32, is_junction: &[bool]) {
        let mut nodes: Vec<u32> = Vec::new();
        for node in run {
            if nodes.last() == Some(node) {
                continue;
            }
            nodes.push(*node);
            if nodes.len() > 1 && is_junction[*node as usize] {
                self.pieces.push(Piece { nodes: std::mem::replace(&mut nodes, vec![*node]), traffic });
            }
        }
        if nodes.len() > 1 {
            self.pieces.push(Piece { nodes, traffic }); // ends at a node that is missing
        }
    }

    /// The pieces of a way by OpenStreetMap's number.
    fn pieces_of(&self, id: i64) -> impl Iterator<Item = u32> {
        let way = self.way_by_id.get(&id);
        way.map_or(0..0, |way| self.first_piece[*way] as u32..self.first_piece[*way + 1] as u32)
    }

    /// The one way along a piece of OpenStreetMap's way `id` that arrives at `node`; none where several do.
    fn arriving(&self, id: i64, node: u32) -> Option<Way> {
        let ways = self.pieces_of(id).flat_map(|piece| {
            let ends = &self.pieces[piece as usize];
            let drawn = (ends.last() == node).then(|| Way::new(piece, false));
            let against = (ends.first() == node).then(|| Way::new(piece, true));
            drawn.into_iter().chain(against)
        });
        only(ways)
    }

    /// The rules that a restriction stands for: one for each pair of `from` and `to`, and each of its meanings.
    ///
    /// None where it names more ways than any crossing has.
    fn turn_rules(&self, raw: &RawRoads, restriction: &RawRestriction) -> Vec<TurnRule> {
        const PAIRS_MAX: usize = 64;
        let mut rules = Vec::new();
        if restriction.from.len().saturating_mul(restriction.to.len()) > PAIRS_MAX {
            return rules;
        }
        for from in &restriction.from {
            for to in &restriction.to {
                let path = match &restriction.via {
                    Via::Node(node) => self.path_at(*from, *node, *to),
                    Via::Ways(ways) => self.path_along(raw, *from, ways, *to),
                    Via::Nothing => None,
                };
                let Some(path) = path else { continue };
                rules.extend(restriction.kinds.iter().map(|kind| TurnRule {
                    path: path.clone(),
                    is_only: kind.is_only,
                    days: kind.days,
                    applies_to: kind.applies_to,
                }));
            }
        }
        rules
    }

    fn path_at(&self, from: i64, node: u32, to: i64) -> Option<Vec<Way>> {
        Some(vec![self.arriving(from, node)?, self.arriving(to, node)?.reversed()])
    }

    /// From one way over others, each driven from end to end, onto the last. None where that is longer than any
    /// crossing.
    fn path_along(&self, raw: &RawRoads, from: i64, via: &[i64], to: i64) -> Option<Vec<Way>> {
        const WAYS_MAX: usize = 32;
        let ends = |id: &i64| {
            let way = &raw.ways[*self.way_by_id.get(id)?];
            let nodes = &raw.way_nodes[way.nodes.0..way.nodes.1];
            Some((*nodes.first()?, *nodes.last()?))
        };
        let (first, last) = ends(via.first()?)?;
        let mut node = only([first, last].into_iter().filter(|end| self.arriving(from, *end).is_some()))?;
        let mut path = vec![self.arriving(from, node)?];
        for id in via {
            let (first, last) = ends(id)?;
            let mut ways: Vec<Way> = self.pieces_of(*id).map(|piece| Way::new(piece, false)).collect();
            if node == last && first != last {
                ways = ways.into_iter().rev().map(Way::reversed).collect();
            } else if node != first {
                return None;
            }
            node = if node == first { last } else { first };
            path.extend(ways);
            if path.len() > WAYS_MAX {
                return None;
            }
        }
        path.push(self.arriving(to, node)?.reversed());
        let meets = |pair: &[Way]| self.head(pair[0]) == self.head(pair[1].reversed());
        path.windows(2).all(meets).then_some(path)
    }

    fn head(&self, way: Way) -> u32 {
        let piece = &self.pieces[way.segment() as usize];
        if way.is_against() { piece.first() } else { piece.last() }
    }

    /// Joins pieces with equal rules, drawn in the same direction, at nodes where nothing else meets and nothing stands.
    /// The rules of turning are carried over to the joined pieces.
    fn join(mut self, raw: &RawRoads, rules: &mut [TurnRule]) -> Self {
        let nodes = raw.positions.len();
        let mut ends_at = vec![0_u32; nodes];
        let mut into = vec![u32::MAX; nodes]; // the last piece that ends here
        let mut out_of = vec![u32::MAX; nodes]; // the last piece that begins here
        for (index, piece) in (0_u32..).zip(&self.pieces) {
            ends_at[piece.first() as usize] += 1;
            ends_at[piece.last() as usize] += 1;
            into[piece.last() as usize] = index;
            out_of[piece.first() as usize] = index;
        }
        let mut is_kept = vec![false; nodes];
        for (node, _) in &raw.node_rules {
            is_kept[*node as usize] = true;
        }
        for pair in rules.iter().flat_map(|rule| rule.path.windows(2)) {
            is_kept[self.head(pair[0]) as usize] = true;
        }
        let next = |piece: u32| {
            let node = self.pieces[piece as usize].last() as usize;
            let after = out_of[node];
            let joins = !is_kept[node]
                && ends_at[node] == 2
                && after != u32::MAX
                && after != piece
                && into[node] == piece
                && self.pieces[after as usize].traffic == self.pieces[piece as usize].traffic;
            joins.then_some(after)
        };
        let mut has_before = vec![false; self.pieces.len()];
        for piece in 0..self.pieces.len() as u32 {
            if let Some(after) = next(piece) {
                has_before[after as usize] = true;
            }
        }
        // Chains from their first piece; rings of joinable pieces have none and begin at their lowest.
        let mut joined: Vec<Piece> = Vec::new();
        let mut new_index = vec![u32::MAX; self.pieces.len()];
        for only_firsts in [true, false] {
            for start in 0..self.pieces.len() as u32 {
                if new_index[start as usize] != u32::MAX || (only_firsts && has_before[start as usize]) {
                    continue;
                }
                let mut chain = self.pieces[start as usize].clone();
                new_index[start as usize] = joined.len() as u32;
                let mut last = start;
                while let Some(after) = next(last).filter(|after| new_index[*after as usize] == u32::MAX) {
                    chain.nodes.extend_from_slice(&self.pieces[after as usize].nodes[1..]);
                    new_index[after as usize] = joined.len() as u32;
                    last = after;
                }
                joined.push(chain);
            }
        }
        for rule in rules {
            for way in &mut rule.path {
                *way = Way::new(new_index[way.segment() as usize], way.is_against());
            }
            rule.path.dedup();
        }
        self.pieces = joined;
        self
    }

    fn into_map(self, raw: &RawRoads, turn_rules: Vec<TurnRule>) -> RoadMap {
        let at = |node: u32| raw.positions[node as usize].expect("pieces are made of known nodes");
        let mut map = RoadMap { traffics: self.traffics, turn_rules, has_turns: true, ..RoadMap::default() };
        let mut ends: Vec<u32> = self.pieces.iter().flat_map(|piece| [piece.first(), piece.last()]).collect();
        ends.sort_unstable();
        ends.dedup();
        for node in &ends {
            let rules = raw.node_rules.binary_search_by_key(node, |(other, _)| *other);
            let NodeRules { closed_to, limits, delay } =
                rules.map_or_else(|_| NodeRules::default(), |found| raw.node_rules[found].1);
            map.graph.add_node(Junction { at: at(*node), closed_to, limits, delay });
        }
        let junction = |node: u32| NodeIndex::new(ends.binary_search(&node).expect("ends were listed"));
        for piece in &self.pieces {
            let line: Vec<Position> = piece.nodes.iter().map(|node| at(*node)).collect();
            let inner = &line[1..line.len() - 1];
            let segment = Segment {
                millimetres: line_millimetres(&line),
                shape_first: map.shapes.len() as u32,
                shape_len: inner.len() as u32,
                traffic: piece.traffic,
            };
            map.shapes.extend_from_slice(inner);
            map.graph.add_edge(junction(piece.first()), junction(piece.last()), segment);
        }
        map
    }
}

/// Nodes at which a way is cut: its ends, where ways share a node, and where something stands.
fn junctions(raw: &RawRoads) -> Vec<bool> {
    let mut uses = vec![0_u8; raw.positions.len()];
    for way in &raw.ways {
        let nodes = &raw.way_nodes[way.nodes.0..way.nodes.1];
        for node in nodes {
            uses[*node as usize] = uses[*node as usize].saturating_add(1);
        }
        for end in [nodes.first(), nodes.last()].into_iter().flatten() {
            uses[*end as usize] = 2;
        }
    }
    for (node, _) in &raw.node_rules {
        uses[*node as usize] = 2;
    }
    uses.into_iter().map(|count| count >= 2).collect()
}

/// Length of a way over the nodes that are known, in millimetres.
fn length(raw: &RawRoads, nodes: &[u32]) -> u64 {
    let line: Vec<Position> = nodes.iter().filter_map(|node| raw.positions[*node as usize]).collect();
    let metres: f64 = line.windows(2).map(|pair| line_metres(pair[0], pair[1])).sum();
    (metres * 1000.0).round() as u64
}

/// The only item, if there is exactly one.
fn only<T>(items: impl IntoIterator<Item = T>) -> Option<T> {
    let mut items = items.into_iter();
    let first = items.next()?;
    items.next().is_none().then_some(first)
}
