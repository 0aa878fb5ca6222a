//! What a shortcut stands for.

use super::{Ascent, Hierarchy};
use crate::network::travel_graph::{Edge, TravelGraph};

impl Hierarchy {
    /// The edges of `graph` that lead from the lower to the upper end of a step travelled upwards (`forward`), or from
    /// the upper to the lower end of one travelled downwards; appended to `edges` in the order of travel.
    ///
    /// `None` if the hierarchy is not one of `graph`: edges are missing, or more than a way may have. Linear in their number.
    pub fn unpack(
        &self,
        graph: &TravelGraph,
        (lower, step): (u32, usize),
        forward: bool,
        edges: &mut Vec<Edge>,
    ) -> Option<()> {
        let mut open = vec![(lower, step, forward)];
        while let Some((lower, step, forward)) = open.pop() {
            let ascent = if forward { &self.forward } else { &self.backward };
            let upper = ascent.steps[step].to;
            let (tail, head) = if forward { (lower, upper) } else { (upper, lower) };
            let middle = ascent.via[step];
            if middle == Ascent::DIRECT {
                if edges.len() > graph.state_count() {
                    return None;
                }
                edges.push(self.best_edge(graph, tail, head)?);
            } else {
                // Down to the middle first, then up: what is pushed last is done first.
                open.push((middle, self.forward.find(middle, head)?, true));
                open.push((middle, self.backward.find(middle, tail)?, false));
            }
        }
        Some(())
    }

    fn best_edge(&self, graph: &TravelGraph, tail: u32, head: u32) -> Option<Edge> {
        let (tail, head) = (self.state[tail as usize], self.state[head as usize]);
        graph.edges(tail).iter().filter(|edge| edge.to == head).min_by_key(|edge| edge.weight).copied()
    }
}

impl Ascent {
    /// Position of the step from a rank up to another.
    fn find(&self, lower: u32, upper: u32) -> Option<usize> {
        self.range(lower).find(|step| self.steps[*step].to == upper)
    }
}
