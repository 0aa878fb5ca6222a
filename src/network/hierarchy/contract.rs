//! Contraction: states are taken out of the graph, the least important first, and shortcuts keep all distances.
//!
//! In rounds (Vetter 2009): all states that are less important than each of their neighbours go at once, so that the
//! work of a round is parallel and what comes out does not depend on the number of threads.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::links::{Links, Shortcut};
use super::witness::{Pair, Witnesses};
use crate::network::travel_graph::TravelGraph;

/// States handed to a thread at a time.
const PIECE: usize = 64;

/// Links left over links at first beyond which a graph has no hierarchy worth the memory: everything is joined to
/// everything. Roads stay below 1.2.
const GROWTH_MAX: usize = 4;

/// Levels that a node rises until all its pairs are looked at again. Never again leaves 6 % more to climb on Porto and
/// 10 % on Columbus, at each level takes a quarter longer.
const RECOUNT_LEVELS: u32 = 4;

/// All states in their order of contraction.
#[derive(Debug)]
pub(super) struct Contracted {
    /// Each node's links to nodes contracted after it.
    pub(super) links: Links,
    /// By node: its distance from the bottom; all its links lead to higher levels.
    pub(super) level: Vec<u32>,
}

/// `None` where shortcuts multiply: such a graph is better searched as it is.
pub(super) fn contract(graph: &TravelGraph) -> Option<Contracted> {
    Contraction::new(graph).run()
}

struct Contraction {
    links: Links,
    level: Vec<u32>,
    importance: Vec<u64>,
    /// By node: pairs of neighbours that would need a shortcut, as far as is known.
    open: Vec<Vec<Pair>>,
    round: u32,
    /// Taken out, in this round or before.
    is_gone: Vec<bool>,
    scratch: Scratch,
}

impl Contraction {
    fn new(graph: &TravelGraph) -> Self {
        let nodes = graph.state_count();
        Self {
            links: Links::new(graph),
            level: vec![0; nodes],
            importance: vec![0; nodes],
            open: vec![Vec::new(); nodes],
            round: 0,
            is_gone: vec![false; nodes],
            scratch: Scratch { nodes, unused: Mutex::default() },
        }
    }

    fn run(mut self) -> Option<Contracted> {
        let links_max = self.links.count * GROWTH_MAX + 1_000;
        let mut left: Vec<u32> = (0..self.level.len() as u32).collect();
        let mut changed = left.clone();
        while !left.is_empty() {
            self.weigh(&changed);
            let chosen: Vec<u32> =
                left.par_iter().copied().filter(|node| self.is_least_around(*node)).collect();
            for node in &chosen {
                self.is_gone[*node as usize] = true;
            }
            let shortcuts = self.shortcuts(&chosen);
            changed = self.take_out(&chosen);
            for shortcut in shortcuts {
                self.links.add(shortcut);
            }
            self.round += 1;
            if self.links.count > links_max {
                return None;
            }
            left.retain(|node| !self.is_gone[*node as usize]);
        }
        Some(Contracted { links: self.links, level: self.level })
    }

    /// Works out the importance of nodes that are new or have lost a neighbour in the round before.
    fn weigh(&mut self, nodes: &[u32]) {
        let taken = |node: &u32| (*node, std::mem::take(&mut self.open[*node as usize]), 0);
        let mut weighed: Vec<(u32, Vec<Pair>, u64)> = nodes.iter().map(taken).collect();
        self.scratch.for_each(&mut weighed, |witnesses, (node, open, importance)| {
            let is_recounted = self.level[*node as usize].is_multiple_of(RECOUNT_LEVELS);
            let since = if is_recounted { 0 } else { self.round };
            witnesses.update_open(&self.links, *node, since, open);
            *importance = self.importance(*node, open);
        });
        for (node, open, importance) in weighed {
            self.open[node as usize] = open;
            self.importance[node as usize] = importance;
        }
    }

    /// Level, shortcuts added over links removed, and edges that stand behind either: few shortcuts, of few edges, and
    /// an even progress over the whole graph.
    fn importance(&self, node: u32, open: &[Pair]) -> u64 {
        let added = open.len() as u64;
        let added_hops: u64 = open.iter().map(|pair| u64::from(pair.hops)).sum();
        let lists = [&self.links.out[node as usize], &self.links.into[node as usize]];
        let removed: u64 = lists.iter().map(|list| list.len() as u64).sum();
        let removed_hops: u64 = lists.into_iter().flatten().map(|link| u64::from(link.hops)).sum();
        let level = u64::from(self.level[node as usize]);
        1_000 * level + 1_000 * added / removed.max(1) + 1_000 * added_hops / removed_hops.max(1)
    }

    fn is_least_around(&self, node: u32) -> bool {
        let rank = |node: u32| (self.importance[node as usize], scattered(node), node);
        let own = rank(node);
        self.links.neighbours(node).all(|other| own < rank(other))
    }

    /// What takes the place of nodes, in their order.
    fn shortcuts(&self, chosen: &[u32]) -> Vec<Shortcut> {
        let of_piece = |piece: &[u32]| {
            let mut shortcuts = Vec::new();
            self.scratch.lend(|witnesses| {
                for node in piece {
                    witnesses.shortcuts(&self.links, *node, &self.is_gone, self.round + 1, &mut shortcuts);
                }
            });
            shortcuts
        };
        if chosen.len() <= PIECE {
            return of_piece(chosen);
        }
        chosen.par_chunks(PIECE).flat_map_iter(of_piece).collect()
    }

    /// Returns the nodes that have lost a neighbour, in order.
    fn take_out(&mut self, chosen: &[u32]) -> Vec<u32> {
        let mut changed = Vec::new();
        for node in chosen {
            let above = self.level[*node as usize] + 1;
            for other in self.links.neighbours(*node) {
                let level = &mut self.level[other as usize];
                *level = (*level).max(above);
                changed.push(other);
            }
            self.links.detach(*node);
            self.open[*node as usize] = Vec::new();
        }
        changed.sort_unstable();
        changed.dedup();
        changed
    }
}

/// Equal importance is broken as if by chance, so that a long street does not go one state a round.
fn scattered(node: u32) -> u32 {
    node.wrapping_mul(0x9e37_79b9).rotate_left(15).wrapping_mul(0x85eb_ca6b)
}

/// Buffers that threads take and give back.
struct Scratch {
    nodes: usize,
    unused: Mutex<Vec<Witnesses>>,
}

impl Scratch {
    /// Changes items one by one, in parallel.
    fn for_each<T: Send>(&self, items: &mut [T], change: impl Fn(&mut Witnesses, &mut T) + Sync) {
        let piece = |piece: &mut [T]| {
            self.lend(|witnesses| piece.iter_mut().for_each(|item| change(witnesses, item)));
        };
        if items.len() <= PIECE {
            return piece(items);
        }
        items.par_chunks_mut(PIECE).for_each(piece);
    }

    fn lend(&self, work: impl FnOnce(&mut Witnesses)) {
        let unused = || self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = unused().pop();
        let mut witnesses = taken.unwrap_or_else(|| Witnesses::new(self.nodes));
        work(&mut witnesses);
        unused().push(witnesses);
    }
}
