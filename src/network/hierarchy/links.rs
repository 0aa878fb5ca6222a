//! The graph that shrinks while states are contracted.

use crate::network::travel_graph::TravelGraph;
use crate::network::weight::Weight;

/// One way of a link: to its head, or back to its tail.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// The node at the other end.
    pub(super) node: u32,
    /// The node a shortcut passes, [`Link::DIRECT`] for none.
    pub(super) via: u32,
    pub(super) weight: Weight,
    /// Edges of the travel graph it stands for.
    pub(super) hops: u32,
    /// The round of the contraction that made it.
    pub(super) round: u32,
}

impl Link {
    pub(super) const DIRECT: u32 = u32::MAX;
}

/// A link to be added, from `tail`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shortcut {
    pub(super) tail: u32,
    pub(super) link: Link,
}

/// Nodes joined by links, at most one from any node to another.
///
/// Nodes are the states in another order: neighbours are near each other in memory. The links of a node that has been
/// contracted stay as they were then: they lead to what was left, and are its edges upwards in the hierarchy.
#[derive(Debug)]
pub(super) struct Links {
    /// By node: links that leave it, the least first.
    pub(super) out: Vec<Vec<Link>>,
    /// By node: links that arrive, each with the node it comes from, the least first.
    pub(super) into: Vec<Vec<Link>>,
    /// By node: its state.
    pub(super) states: Vec<u32>,
    /// Links between nodes that are left.
    pub(super) count: usize,
}

impl Links {
    /// Of parallel edges the best; loops are of no use. Linear.
    pub(super) fn new(graph: &TravelGraph) -> Self {
        let states = neighbours_together(graph);
        let mut node_of = vec![0; states.len()];
        for (node, state) in (0_u32..).zip(&states) {
            node_of[*state as usize] = node;
        }
        let nothing = vec![Vec::new(); states.len()];
        let mut links = Self { out: nothing.clone(), into: nothing, states, count: 0 };
        for tail in 0..links.states.len() as u32 {
            for edge in graph.edges(links.states[tail as usize]) {
                let node = node_of[edge.to as usize];
                if node != tail {
                    let link = Link { node, via: Link::DIRECT, weight: edge.weight, hops: 1, round: 0 };
                    links.add(Shortcut { tail, link });
                }
            }
        }
        links
    }

    /// Adds a link, unless there is one as good.
    pub(super) fn add(&mut self, Shortcut { tail, link }: Shortcut) {
        let back = Link { node: tail, ..link };
        self.count += usize::from(put(&mut self.out[tail as usize], link));
        put(&mut self.into[link.node as usize], back);
    }

    /// Takes a node out of the lists of its neighbours.
    pub(super) fn detach(&mut self, node: u32) {
        for i in 0..self.out[node as usize].len() {
            let head = self.out[node as usize][i].node;
            remove(&mut self.into[head as usize], node);
        }
        for i in 0..self.into[node as usize].len() {
            let tail = self.into[node as usize][i].node;
            remove(&mut self.out[tail as usize], node);
        }
        self.count -= self.out[node as usize].len() + self.into[node as usize].len();
    }

    /// Those a node is joined to, some twice.
    pub(super) fn neighbours(&self, node: u32) -> impl Iterator<Item = u32> {
        let lists = [&self.out[node as usize], &self.into[node as usize]];
        lists.into_iter().flatten().map(|link| link.node)
    }
}

/// Returns whether the list has grown.
fn put(list: &mut Vec<Link>, link: Link) -> bool {
    let known = list.iter().position(|known| known.node == link.node);
    if let Some(at) = known {
        if list[at].weight <= link.weight {
            return false;
        }
        list.remove(at);
    }
    let at = list.iter().position(|other| other.weight > link.weight).unwrap_or(list.len());
    list.insert(at, link);
    known.is_none()
}

fn remove(list: &mut Vec<Link>, node: u32) {
    if let Some(at) = list.iter().position(|link| link.node == node) {
        list.remove(at);
    }
}

/// All states, each soon after one that leads to it.
fn neighbours_together(graph: &TravelGraph) -> Vec<u32> {
    let count = graph.state_count();
    let mut seen = vec![false; count];
    let mut order = Vec::with_capacity(count);
    let mut stack = Vec::new();
    for root in 0..count as u32 {
        stack.push(root);
        while let Some(state) = stack.pop() {
            if !std::mem::replace(&mut seen[state as usize], true) {
                order.push(state);
                stack.extend(graph.edges(state).iter().map(|edge| edge.to).filter(|to| !seen[*to as usize]));
            }
        }
    }
    order
}
