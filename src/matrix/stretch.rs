//! Time along the roads around one point: for areas that are within reach.

use super::ends::{Heading, along, start_arcs, ways};
use super::sweep::{StateWeights, state_weights};
use crate::network::{RoadNetwork, SegmentUse, Snap, TravelGraph, Way};
use crate::traveller::Traveller;
use crate::units::Seconds;

/// A part of a segment along which the time to the point that was asked for, or from it, changes evenly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Position of the segment in the map.
    pub segment: u32,
    /// Where the time is least, by length as drawn: 0 to 1.
    pub near: f64,
    /// Where it is most, likewise.
    pub far: f64,
    /// Seconds at `near`, gaps not counted.
    pub seconds_near: f64,
    /// Seconds at `far`: half a second more or less than the cell of a matrix, which is rounded.
    pub seconds_far: f64,
}

impl Stretch {
    /// The part within a limit, by length as drawn, low end first: exactly the points whose rounded time is at most
    /// `limit`.
    pub fn within(&self, limit: Seconds) -> Option<(f64, f64)> {
        let rest = f64::from(limit.get()) + 0.5 - self.seconds_near;
        let whole = self.seconds_far - self.seconds_near;
        if limit < Seconds::ZERO || rest < 0.0 {
            return None;
        }
        let share = if rest < whole { rest / whole } else { 1.0 };
        let end = self.near + share * (self.far - self.near);
        Some((self.near.min(end), self.near.max(end)))
    }
}

/// All stretches around a point, on segments where journeys may begin and end, in the order of segments: on journeys that
/// begin at the point, or end there.
///
/// A segment may have several, over the same or other parts. One search of the network, or a sweep.
pub fn stretches(
    network: &RoadNetwork,
    traveller: &Traveller,
    point: &Snap,
    heading: Heading,
) -> Vec<Stretch> {
    let graph = network.travel_graph(traveller);
    let weights = state_weights(network, traveller, point, heading);
    let mut found = match heading {
        Heading::Away => ahead(&graph, &weights, point),
        Heading::Towards => behind(&graph, &weights, point),
    };
    found.retain(|stretch| graph.segment_use(stretch.segment) == SegmentUse::Main);
    found.sort_by_key(|stretch| stretch.segment);
    found
}

fn all_ways(graph: &TravelGraph) -> impl Iterator<Item = Way> {
    (0..graph.segment_count() * 2).map(Way)
}

fn ahead(graph: &TravelGraph, weights: &StateWeights, point: &Snap) -> Vec<Stretch> {
    let mut found = Vec::new();
    for arc in all_ways(graph).flat_map(|way| graph.arcs_of(way)) {
        let Some(weight) = weights.get(arc.state) else { continue };
        let (begins, driven) = (f64::from(weight.seconds()), f64::from(arc.weight.seconds()));
        found.push(on_way(arc.way, (0.0, begins), (1.0, begins + driven)));
    }
    for (arc, passed) in start_arcs(graph, point) {
        let (driven, passed) = (f64::from(arc.weight.seconds()), f64::from(passed.seconds()));
        let from = along(point, arc.way);
        found.push(on_way(arc.way, (from, driven * from - passed), (1.0, driven - passed)));
    }
    found
}

fn behind(graph: &TravelGraph, weights: &StateWeights, point: &Snap) -> Vec<Stretch> {
    let mut found = Vec::new();
    for arc in all_ways(graph).filter_map(|way| graph.start_arc(way)) {
        let onwards = graph.edges_of(arc).iter();
        let whole = onwards.filter_map(|edge| weights.get(edge.to)?.checked_add(edge.weight)).min();
        let Some(whole) = whole else { continue };
        let (whole, driven) = (f64::from(whole.seconds()), f64::from(arc.weight.seconds()));
        found.push(on_way(arc.way, (1.0, whole - driven), (0.0, whole)));
    }
    for arc in ways(point).into_iter().filter_map(|way| graph.start_arc(way)) {
        let (driven, to) = (f64::from(arc.weight.seconds()), along(point, arc.way));
        let ends = f64::from(arc.weight.part(to).seconds());
        found.push(on_way(arc.way, (to, ends - driven * to), (0.0, ends)));
    }
    found
}

/// A stretch between two places along a way, each with its seconds.
fn on_way(way: Way, (near, seconds_near): (f64, f64), (far, seconds_far): (f64, f64)) -> Stretch {
    let drawn = |along: f64| if way.is_against() { 1.0 - along } else { along };
    Stretch { segment: way.segment(), near: drawn(near), far: drawn(far), seconds_near, seconds_far }
}
