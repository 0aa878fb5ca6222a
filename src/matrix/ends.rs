//! Where journeys begin and end on the travel graph, and what is charged at both ends.

use super::Travel;
use crate::network::{Edge, Snap, TravelArc, TravelGraph, Way, Weight};
use crate::units::{Metres, Seconds};

/// Both ways of the segment a point lies on.
pub(super) fn ways(snap: &Snap) -> [Way; 2] {
    [Way::new(snap.segment, false), Way::new(snap.segment, true)]
}

/// How far along a way a point of its segment is, 0 to 1.
pub(super) fn along(snap: &Snap, way: Way) -> f64 {
    if way.is_against() { 1.0 - snap.fraction } else { snap.fraction }
}

/// The arcs a journey may begin on, each with what already lies behind.
pub(super) fn start_arcs<'a>(
    graph: &'a TravelGraph,
    from: &Snap,
) -> impl Iterator<Item = (&'a TravelArc, Weight)> {
    ways(from).map(|way| (along(from, way), way)).into_iter().filter_map(|(along, way)| {
        let arc = graph.start_arc(way)?;
        Some((arc, arc.weight.part(along)))
    })
}

/// The edges a journey may begin with, each with what is left of it.
pub fn beginnings<'a>(graph: &'a TravelGraph, from: &Snap) -> impl Iterator<Item = (&'a Edge, Weight)> {
    start_arcs(graph, from)
        .flat_map(|(arc, behind)| graph.edges_of(arc).iter().map(move |edge| (edge, edge.weight - behind)))
}

/// Where a journey may end: the state at the beginning of the last arc, and what follows along it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) state: u32,
    pub(super) way: Way,
    pub(super) rest: Weight,
}

/// All the ways to end at a point.
pub(super) fn endings(graph: &TravelGraph, to: &Snap) -> Vec<Ending> {
    let mut endings = Vec::with_capacity(2);
    for way in ways(to) {
        let along = along(to, way);
        endings.extend(graph.arcs_of(way).iter().map(|arc| Ending {
            state: arc.state,
            way,
            rest: arc.weight.part(along),
        }));
    }
    endings
}

/// On which side of its journeys a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// They begin at the point.
    Away,
    /// They end at the point.
    Towards,
}

impl Heading {
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Away => Self::Towards,
            Self::Towards => Self::Away,
        }
    }
}

/// The states at which journeys from a point, or to it, meet the graph, each with the weight between.
pub(super) fn doors(graph: &TravelGraph, point: &Snap, heading: Heading) -> Vec<(u32, Weight)> {
    match heading {
        Heading::Away => beginnings(graph, point).map(|(edge, weight)| (edge.to, weight)).collect(),
        Heading::Towards => endings(graph, point).into_iter().map(|end| (end.state, end.rest)).collect(),
    }
}

/// The way between two points of one segment without leaving it, if it may be driven in that direction.
pub(super) fn direct(graph: &TravelGraph, from: &Snap, to: &Snap) -> Option<(Weight, Way)> {
    if from.segment != to.segment {
        return None;
    }
    let onwards = |way: &Way| along(from, *way) <= along(to, *way);
    ways(from)
        .into_iter()
        .filter(onwards)
        .filter_map(|way| {
            let whole = graph.start_arc(way)?.weight;
            Some((whole.part(along(to, way)) - whole.part(along(from, way)), way))
        })
        .min()
}

/// Points by the segment they lie on.
#[derive(Debug)]
pub(super) struct OnSegments {
    /// Segment, point; sorted.
    points: Vec<(u32, u32)>,
}

impl OnSegments {
    pub(super) fn of(points: &[Snap]) -> Self {
        let mut points: Vec<(u32, u32)> = points.iter().map(|point| point.segment).zip(0..).collect();
        points.sort_unstable();
        Self { points }
    }

    /// In order.
    pub(super) fn on(&self, segment: u32) -> impl Iterator<Item = u32> {
        let first = self.points.partition_point(|(other, _)| *other < segment);
        self.points[first..].iter().take_while(move |(other, _)| *other == segment).map(|(_, point)| *point)
    }
}

/// The whole journey, where `round` is the least weight of those that pass a state.
pub(super) fn journey(graph: &TravelGraph, from: &Snap, to: &Snap, round: Option<Weight>) -> Option<Travel> {
    if from == to {
        return Some(charge_gaps(Weight::ZERO, from, to));
    }
    let direct = direct(graph, from, to).map(|(weight, _)| weight);
    let weight = [direct, round].into_iter().flatten().min()?;
    Some(charge_gaps(weight, from, to))
}

/// What of a point decides about journeys from other segments: small, as long rows of cells look at many.
#[derive(Clone, Copy, Debug)]
pub(super) struct FarEnd {
    pub(super) segment: u32,
    gap_time: Seconds,
}

impl FarEnd {
    pub(super) fn of(point: &Snap) -> Self {
        Self { segment: point.segment, gap_time: point.gap_time }
    }

    /// As [`journey`], for a point of another segment.
    pub(super) fn journey(self, from: &Snap, weight: Weight) -> Travel {
        let seconds = Seconds(weight.seconds() as i32) + from.gap_time + self.gap_time;
        Travel { seconds, metres: Metres(weight.metres() as i32) }
    }
}

/// Adds the time to cross the gaps at both ends; staying where one is costs nothing.
pub(super) fn charge_gaps(weight: Weight, from: &Snap, to: &Snap) -> Travel {
    let gaps = if from == to { Seconds::ZERO } else { from.gap_time + to.gap_time };
    Travel { seconds: Seconds(weight.seconds() as i32) + gaps, metres: Metres(weight.metres() as i32) }
}
