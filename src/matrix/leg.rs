//! The shape of one way along the roads, for the legs of a finished plan.

use geo::{LineString, Point};

use super::search::{Ending, Parent, Search, SearchLimit, direct, endings};
use super::{Leg, charge_gaps};
use crate::network::{RoadMap, RoadNetwork, Snap, TravelGraph, Way, Weight};
use crate::traveller::Traveller;

/// One search, and the segments it found joined into a line.
pub(super) fn leg(network: &RoadNetwork, traveller: &Traveller, from: &Snap, to: &Snap) -> Option<Leg> {
    if from == to {
        let line = LineString::from(vec![from.asked.0, to.asked.0]);
        return Some(Leg { travel: charge_gaps(Weight::ZERO, from, to), line });
    }
    let graph = network.travel_graph(traveller);
    let (weight, ways) = fastest(&graph, from, to)?;
    Some(Leg { travel: charge_gaps(weight, from, to), line: line(network.map(), from, to, &ways) })
}

/// The weight of the fastest way and the ways it takes, those it begins and ends on included.
fn fastest(graph: &TravelGraph, from: &Snap, to: &Snap) -> Option<(Weight, Vec<Way>)> {
    let direct = direct(graph, from, to);
    let endings = endings(graph, to);
    let mut search = Search::new(graph);
    let mut best: Option<(Weight, Ending)> = None;
    search.start(graph, from, SearchLimit::default());
    while let Some((state, weight)) = search.settle_next(graph) {
        if best.is_some_and(|(least, _)| least <= weight) {
            break;
        }
        for ending in endings.iter().filter(|ending| ending.state == state) {
            if let Some(total) = weight.checked_add(ending.rest)
                && best.is_none_or(|(least, _)| total < least)
            {
                best = Some((total, *ending));
            }
        }
    }
    match (direct, best) {
        (Some((weight, way)), found) if found.is_none_or(|(other, _)| weight <= other) => {
            Some((weight, vec![way]))
        }
        (_, Some((weight, ending))) => Some((weight, ways_to(graph, &search, ending))),
        _ => None,
    }
}

/// Back from the ending to the start, then turned round.
fn ways_to(graph: &TravelGraph, search: &Search, ending: Ending) -> Vec<Way> {
    let mut ways = vec![ending.way];
    let mut state = ending.state;
    while state != Parent::START {
        let parent = search.parent(state);
        ways.push(graph.arc(parent.arc).way);
        state = parent.state;
    }
    ways.reverse();
    ways
}

/// From the asked point to the road, along the ways, and from the road to the asked point.
fn line(map: &RoadMap, from: &Snap, to: &Snap, ways: &[Way]) -> LineString {
    let mut points: Vec<Point> = vec![from.asked, from.on_road];
    match ways {
        [only] => {
            let range = (from.fraction, to.fraction);
            points.extend(between(map, *only, range.0.min(range.1), range.0.max(range.1)));
        }
        [first, inner @ .., last] => {
            points.extend(on_way(map, *first, from.fraction, Part::After));
            for way in inner {
                points.extend(on_way(map, *way, 0.0, Part::All));
            }
            points.extend(on_way(map, *last, to.fraction, Part::Before));
        }
        [] => {}
    }
    points.extend([to.on_road, to.asked]);
    points.dedup();
    if let [lone] = points[..] {
        points.push(lone);
    }
    LineString::from_iter(points)
}

/// Which points of a way to take.
#[derive(Clone, Copy)]
enum Part {
    All,
    /// From a position on it to its end.
    After,
    /// From its beginning to a position on it.
    Before,
}

/// Points of a way in the direction of travel; `fraction` counts as drawn.
fn on_way(map: &RoadMap, way: Way, fraction: f64, part: Part) -> Vec<Point> {
    let (low, high) = match (part, way.is_against()) {
        (Part::All, _) => (0.0, 1.0),
        (Part::After, false) | (Part::Before, true) => (fraction, 1.0),
        (Part::After, true) | (Part::Before, false) => (0.0, fraction),
    };
    between(map, way, low, high)
}

/// Shape points of a way whose place along the segment as drawn is within `low..=high`, in the direction of travel.
fn between(map: &RoadMap, way: Way, low: f64, high: f64) -> Vec<Point> {
    let mut points: Vec<Point> = map
        .fractions(way.segment())
        .into_iter()
        .filter(|(fraction, _)| low <= *fraction && *fraction <= high)
        .map(|(_, position)| position.point())
        .collect();
    if way.is_against() {
        points.reverse();
    }
    points
}
