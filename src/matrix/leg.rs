//! The shape of one way along the roads, for the legs of a finished plan.

use geo::{LineString, Point};

use super::Leg;
use super::climb::{Climb, ascents};
use super::ends::{Ending, Heading, beginnings, charge_gaps, direct, endings};
use super::search::{Parent, Search, SearchLimit};
use crate::network::{Edge, Hierarchy, RoadMap, Snap, TravelGraph, Way, Weight};

/// One search, and the segments it found joined into a line.
pub(super) fn leg(
    map: &RoadMap,
    graph: &TravelGraph,
    hierarchy: Option<&Hierarchy>,
    from: &Snap,
    to: &Snap,
) -> Option<Leg> {
    if from == to {
        let line = LineString::from(vec![from.asked.0, to.asked.0]);
        return Some(Leg { travel: charge_gaps(Weight::ZERO, from, to), line });
    }
    let (weight, ways) = fastest(graph, hierarchy, from, to)?;
    Some(Leg { travel: charge_gaps(weight, from, to), line: line(map, from, to, &ways) })
}

/// The weight of the fastest way and the ways it takes, those it begins and ends on included.
fn fastest(
    graph: &TravelGraph,
    hierarchy: Option<&Hierarchy>,
    from: &Snap,
    to: &Snap,
) -> Option<(Weight, Vec<Way>)> {
    let direct = direct(graph, from, to).map(|(weight, way)| (weight, vec![way]));
    let round = match hierarchy {
        Some(hierarchy) => by_climbs(graph, hierarchy, from, to),
        None => by_search(graph, from, to),
    };
    [direct, round].into_iter().flatten().min_by_key(|(weight, _)| *weight)
}

/// The best way that passes a state.
fn by_search(graph: &TravelGraph, from: &Snap, to: &Snap) -> Option<(Weight, Vec<Way>)> {
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
    let (weight, ending) = best?;
    Some((weight, ways_to(graph, &search, ending)))
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

/// The same by climbs from both ends and what their shortcuts stand for.
fn by_climbs(
    graph: &TravelGraph,
    hierarchy: &Hierarchy,
    from: &Snap,
    to: &Snap,
) -> Option<(Weight, Vec<Way>)> {
    let (mut away, mut towards) = (Climb::new(hierarchy), Climb::new(hierarchy));
    let climbed = away.of_point((hierarchy, graph), from, Heading::Away, u32::MAX);
    let descended = towards.of_point((hierarchy, graph), to, Heading::Towards, u32::MAX);
    let (weight, top) = least_meeting(climbed, descended)?;
    let edges = edges_over(graph, hierarchy, (&away, &towards), top)?;
    let (first, last) = (edges.first, edges.last);
    // Which edge the journey begins with, and which way it ends on, is told by the weight that is left for them.
    let begin =
        beginnings(graph, from).filter(|(edge, _)| edge.to == first).min_by_key(|(_, weight)| *weight)?;
    let end = endings(graph, to).into_iter().filter(|end| end.state == last).min_by_key(|end| end.rest)?;
    let inner = edges.list.iter().map(|edge| edge.arc);
    let mut ways: Vec<Way> =
        std::iter::once(begin.0.arc).chain(inner).map(|arc| graph.arc(arc).way).collect();
    ways.push(end.way);
    Some((weight, ways))
}

/// The least sum over ranks that both lists, in rising order, have.
fn least_meeting(climbed: &[(u32, Weight)], descended: &[(u32, Weight)]) -> Option<(Weight, u32)> {
    let mut best: Option<(Weight, u32)> = None;
    let mut others = descended.iter().peekable();
    for (rank, weight) in climbed {
        while others.next_if(|(other, _)| other < rank).is_some() {}
        if let Some((_, rest)) = others.peek().filter(|(other, _)| other == rank)
            && let Some(sum) = weight.checked_add(*rest)
            && best.is_none_or(|(least, _)| sum < least)
        {
            best = Some((sum, *rank));
        }
    }
    best
}

/// Edges from one state to another.
struct Edges {
    first: u32,
    list: Vec<Edge>,
    last: u32,
}

/// The edges from where one climb began over the top to where the other one did.
fn edges_over(
    graph: &TravelGraph,
    hierarchy: &Hierarchy,
    (away, towards): (&Climb, &Climb),
    top: u32,
) -> Option<Edges> {
    let mut list = Vec::new();
    let (up, first) = away.steps_to(ascents(hierarchy, Heading::Away).0, top);
    for (lower, step) in up.into_iter().rev() {
        hierarchy.unpack(graph, (lower, step), true, &mut list)?;
    }
    let (down, last) = towards.steps_to(ascents(hierarchy, Heading::Towards).0, top);
    for (lower, step) in down {
        hierarchy.unpack(graph, (lower, step), false, &mut list)?;
    }
    let state = |rank: u32| hierarchy.states()[rank as usize];
    Some(Edges { first: state(first), list, last: state(last) })
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
