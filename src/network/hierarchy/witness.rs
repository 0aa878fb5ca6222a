//! Which shortcuts a contraction needs: those for which no other way is as good.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::links::{Link, Links, Shortcut};
use crate::network::weight::Weight;

/// States that a search for another way may settle. On Porto 20 leave a quarter more to climb; 100 gain nothing.
const SETTLED_MAX: usize = 60;

/// Pairs around one node beyond which no more are looked for: it goes last anyway. Roads stay below a tenth.
const PAIRS_MAX: usize = 1 << 14;

/// Two neighbours of a node that no way of one or two links joins as well as the way over the node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    tail: u32,
    head: u32,
    /// Of the way over the node.
    pub(super) hops: u32,
}

/// Buffers of the searches of one thread.
#[derive(Debug)]
pub(super) struct Witnesses {
    /// By node: what is known of the way to it, or from it.
    seen: Vec<Weight>,
    /// The nodes for which something is.
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(Weight, u32)>>,
    open: Vec<Shortcut>,
}

impl Witnesses {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            seen: vec![Weight::UNREACHED; nodes],
            touched: Vec::new(),
            heap: BinaryHeap::new(),
            open: Vec::new(),
        }
    }

    /// Brings the pairs around `node` up to date: looks only at those of which a link was made in round `since` or
    /// later, and forgets those of which a link is gone.
    ///
    /// A guess, as a pair may have come to be joined otherwise, or a way that joined it may be gone.
    pub(super) fn update_open(&mut self, links: &Links, node: u32, since: u32, open: &mut Vec<Pair>) {
        let (into, out) = (&links.into[node as usize], &links.out[node as usize]);
        let is_old = |link: &Link| link.round < since;
        self.mark(into, is_old);
        open.retain(|pair| self.seen[pair.tail as usize] != Weight::UNREACHED);
        self.mark(out, is_old);
        open.retain(|pair| self.seen[pair.head as usize] != Weight::UNREACHED);
        for tail in into.iter().filter(|tail| !is_old(tail)) {
            if open.len() > PAIRS_MAX {
                return;
            }
            let firsts = self.mark(&links.out[tail.node as usize], |link| link.node != node);
            for head in out {
                let lasts = &links.into[head.node as usize];
                open.extend(pair(tail, head, |weight| self.joins(firsts, lasts, head.node, weight)));
            }
        }
        for head in out.iter().filter(|head| !is_old(head)) {
            if open.len() > PAIRS_MAX {
                return;
            }
            let lasts = self.mark(&links.into[head.node as usize], |link| link.node != node);
            for tail in into.iter().filter(|tail| is_old(tail)) {
                let firsts = &links.out[tail.node as usize];
                open.extend(pair(tail, head, |weight| self.joins(lasts, firsts, tail.node, weight)));
            }
        }
    }

    /// Appends the shortcuts that take the place of `node`: none for which a bounded search finds another way as good.
    /// Ways do not pass nodes that `is_barred`, `node` among them.
    pub(super) fn shortcuts(
        &mut self,
        links: &Links,
        node: u32,
        is_barred: &[bool],
        round: u32,
        needed: &mut Vec<Shortcut>,
    ) {
        for tail in &links.into[node as usize] {
            let firsts = self.mark(&links.out[tail.node as usize], |link| !is_barred[link.node as usize]);
            self.open.clear();
            for head in links.out[node as usize].iter().filter(|head| head.node != tail.node) {
                let Some(weight) = tail.weight.checked_add(head.weight) else { continue };
                if !self.joins(firsts, &links.into[head.node as usize], head.node, weight) {
                    let hops = tail.hops.saturating_add(head.hops);
                    let link = Link { node: head.node, via: node, weight, hops, round };
                    self.open.push(Shortcut { tail: tail.node, link });
                }
            }
            let Some(farthest) = self.open.iter().map(|shortcut| shortcut.link.weight).max() else {
                continue;
            };
            self.search(links, tail.node, farthest, is_barred);
            let is_needed =
                |shortcut: &Shortcut| self.seen[shortcut.link.node as usize] > shortcut.link.weight;
            needed.extend(self.open.iter().copied().filter(is_needed));
        }
    }

    /// Marks what some links of a list lead to. Returns the least weight in the list.
    fn mark(&mut self, list: &[Link], is_marked: impl Fn(&Link) -> bool) -> Weight {
        self.restart();
        for link in list.iter().filter(|link| is_marked(link)) {
            self.seen[link.node as usize] = link.weight;
            self.touched.push(link.node);
        }
        list.first().map_or(Weight::UNREACHED, |link| link.weight)
    }

    /// Whether a way of at most `weight` is marked at `end`, or goes on from a mark, all of at least `least`, by one
    /// more link of the list of `end`.
    fn joins(&self, least: Weight, list: &[Link], end: u32, weight: Weight) -> bool {
        let mut short_enough = list.iter().take_while(|link| least.plus(link.weight) <= weight);
        self.seen[end as usize] <= weight
            || short_enough.any(|link| self.seen[link.node as usize].plus(link.weight) <= weight)
    }

    fn search(&mut self, links: &Links, from: u32, farthest: Weight, is_barred: &[bool]) {
        self.restart();
        self.heap.clear();
        self.reach(from, Weight::ZERO);
        let mut settled = 0;
        while let Some(Reverse((weight, at))) = self.heap.pop()
            && settled < SETTLED_MAX
        {
            if weight != self.seen[at as usize] {
                continue;
            }
            settled += 1;
            for link in &links.out[at as usize] {
                let next = weight.plus(link.weight);
                if next > farthest {
                    break; // the least comes first
                }
                if next < self.seen[link.node as usize] && !is_barred[link.node as usize] {
                    self.reach(link.node, next);
                }
            }
        }
    }

    fn reach(&mut self, node: u32, weight: Weight) {
        self.seen[node as usize] = weight;
        self.touched.push(node);
        self.heap.push(Reverse((weight, node)));
    }

    fn restart(&mut self) {
        for node in self.touched.drain(..) {
            self.seen[node as usize] = Weight::UNREACHED;
        }
    }
}

/// The pair that two links over a node make, unless a way of their weight joins it or it were longer than any road is.
fn pair(tail: &Link, head: &Link, is_joined: impl Fn(Weight) -> bool) -> Option<Pair> {
    let weight = tail.weight.checked_add(head.weight)?;
    let is_open = tail.node != head.node && !is_joined(weight);
    is_open.then(|| Pair { tail: tail.node, head: head.node, hops: tail.hops.saturating_add(head.hops) })
}
