//! Which shortcuts a contraction needs: those for which no other way is as good.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::links::{Link, Links, Shortcut};
use crate::network::weight::Weight;

/// States that a search for another way may settle. On Porto 20 leave a quarter more to climb; 100 gain nothing.
const SETTLED_MAX: usize = 60;

/// Buffers of the searches of one thread.
#[derive(Debug)]
pub(super) struct Witnesses {
    stamp: u32,
    seen: Vec<(u32, Weight)>,
    heap: BinaryHeap<Reverse<(Weight, u32)>>,
    open: Vec<Shortcut>,
}

impl Witnesses {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            stamp: 0,
            seen: vec![(0, Weight::UNREACHED); nodes],
            heap: BinaryHeap::new(),
            open: Vec::new(),
        }
    }

    /// Calls `found` with every shortcut between neighbours of `node` for which no way of one or two links is as good.
    ///
    /// Ways do not pass `node`, nor nodes that `is_barred`.
    pub(super) fn by_two_links(
        &mut self,
        links: &Links,
        node: u32,
        is_barred: &[bool],
        mut found: impl FnMut(Shortcut),
    ) {
        for tail in &links.into[node as usize] {
            self.spread(links, tail.node, node, is_barred);
            for head in links.out[node as usize].iter().filter(|head| head.node != tail.node) {
                let Some(shortcut) = join(tail, head, node) else { continue };
                if !self.is_two_links(links, &shortcut, node) {
                    found(shortcut);
                }
            }
        }
    }

    /// The shortcuts that take the place of `node`: none for which a bounded search finds another way as good. Ways do
    /// not pass nodes that `is_barred`, `node` among them.
    pub(super) fn shortcuts(&mut self, links: &Links, node: u32, is_barred: &[bool]) -> Vec<Shortcut> {
        let mut needed = Vec::new();
        for tail in &links.into[node as usize] {
            self.spread(links, tail.node, node, is_barred);
            self.open.clear();
            for head in links.out[node as usize].iter().filter(|head| head.node != tail.node) {
                if let Some(shortcut) = join(tail, head, node)
                    && !self.is_two_links(links, &shortcut, node)
                {
                    self.open.push(shortcut);
                }
            }
            let Some(farthest) = self.open.iter().map(|shortcut| shortcut.link.weight).max() else {
                continue;
            };
            self.search(links, tail.node, farthest, is_barred);
            let (stamp, seen) = (self.stamp, &self.seen);
            needed.extend(self.open.drain(..).filter(|shortcut| {
                let (when, weight) = seen[shortcut.link.node as usize];
                when != stamp || weight > shortcut.link.weight
            }));
        }
        needed
    }

    /// Marks what one link from `tail` reaches.
    fn spread(&mut self, links: &Links, tail: u32, node: u32, is_barred: &[bool]) {
        self.restart();
        for link in &links.out[tail as usize] {
            if link.node != node && !is_barred[link.node as usize] {
                self.seen[link.node as usize] = (self.stamp, link.weight);
            }
        }
    }

    fn is_two_links(&self, links: &Links, shortcut: &Shortcut, node: u32) -> bool {
        let Link { node: head, weight, .. } = shortcut.link;
        let marked = |at: u32| {
            let (when, weight) = self.seen[at as usize];
            (when == self.stamp).then_some(weight)
        };
        marked(head).is_some_and(|direct| direct <= weight)
            || links.into[head as usize].iter().any(|last| {
                last.weight <= weight
                    && last.node != node
                    && marked(last.node).is_some_and(|first| first.plus(last.weight) <= weight)
            })
    }

    fn search(&mut self, links: &Links, from: u32, farthest: Weight, is_barred: &[bool]) {
        self.restart();
        self.heap.clear();
        self.seen[from as usize] = (self.stamp, Weight::ZERO);
        self.heap.push(Reverse((Weight::ZERO, from)));
        let mut settled = 0;
        while let Some(Reverse((weight, at))) = self.heap.pop()
            && weight <= farthest
            && settled < SETTLED_MAX
        {
            if weight != self.seen[at as usize].1 {
                continue;
            }
            settled += 1;
            for link in &links.out[at as usize] {
                let next = weight.plus(link.weight);
                let (when, known) = &mut self.seen[link.node as usize];
                if next <= farthest
                    && !is_barred[link.node as usize]
                    && (*when != self.stamp || next < *known)
                {
                    (*when, *known) = (self.stamp, next);
                    self.heap.push(Reverse((next, link.node)));
                }
            }
        }
    }

    fn restart(&mut self) {
        if self.stamp == u32::MAX {
            self.seen.fill((0, Weight::UNREACHED));
            self.stamp = 0;
        }
        self.stamp += 1;
    }
}

/// The shortcut along two links, unless it were longer than any road is.
fn join(tail: &Link, head: &Link, node: u32) -> Option<Shortcut> {
    let weight = tail.weight.checked_add(head.weight)?;
    let hops = tail.hops.saturating_add(head.hops);
    Some(Shortcut { tail: tail.node, link: Link { node: head.node, via: node, weight, hops } })
}
