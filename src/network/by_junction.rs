//! The travel graph where turns cost nothing and none is forbidden: people on foot, and sketches. A state is a junction.

use super::map::{Access, Lane, RoadMap, Way};
use super::parts::{largest, strong_parts};
use super::travel_graph::{Arc, Edge, SegmentUse, TravelGraph, offsets};
use super::weight::Weight;
use crate::traveller::Traveller;

/// A usable way between two places: a junction, or one road's end at a junction that may not be passed.
#[derive(Clone, Copy)]
struct Link {
    tail: u32,
    head: u32,
    way: Way,
}

/// Linear, but for sorting.
pub(super) fn by_junction(map: &RoadMap, traveller: &Traveller) -> TravelGraph {
    let way_count = map.segment_count() * 2;
    let lanes: Vec<Lane> = (0..way_count).map(|way| map.lane(Way(way), traveller)).collect();
    let junctions = map.graph.node_count() as u32;
    // Places: junctions, and after them the beginning of each way, for those at a closed junction.
    let tail = |way: Way| {
        let junction = map.ends(way).0;
        let is_closed = map.graph[junction].closed_to.contains(traveller.profile);
        if is_closed { junctions + way.0 } else { junction.index() as u32 }
    };
    let mut links: Vec<Link> = (0..way_count)
        .map(Way)
        .filter(|way| lanes[way.0 as usize].access == Access::Public)
        .map(|way| Link { tail: tail(way), head: tail(way.reversed()), way })
        .collect();
    let uses_before: Vec<Way> = links.iter().map(|link| link.way).collect();
    links.sort_by_key(|link| link.tail);
    keep_largest_part(&mut links, junctions + way_count);
    let states = number_places(&mut links, junctions + way_count);

    let first_edge = offsets(states, links.iter().map(|link| link.tail));
    let mut arcs: Vec<Arc> = (0_u32..)
        .zip(&links)
        .map(|(edge, link)| {
            let segment = map.segment(link.way.segment());
            let seconds = lanes[link.way.0 as usize].seconds(segment.millimetres);
            let weight = Weight::new(seconds, segment.metres());
            Arc { way: link.way, state: link.tail, edges: (edge, edge + 1), weight, is_start: true }
        })
        .collect();
    arcs.sort_unstable_by_key(|arc| arc.way);
    let mut edges = vec![Edge { to: 0, arc: 0, weight: Weight::ZERO }; links.len()];
    for (index, arc) in (0_u32..).zip(&arcs) {
        let edge = arc.edges.0 as usize;
        edges[edge] = Edge { to: links[edge].head, arc: index, weight: arc.weight };
    }
    let mut uses = vec![SegmentUse::Closed; map.segment_count() as usize];
    for way in uses_before {
        uses[way.segment() as usize] = SegmentUse::Island;
    }
    for arc in &arcs {
        let is_endpoint = lanes[arc.way.0 as usize].is_endpoint;
        uses[arc.way.segment() as usize] = if is_endpoint { SegmentUse::Main } else { SegmentUse::Through };
    }
    TravelGraph::from_parts(traveller.profile, first_edge, edges, arcs, uses)
}

/// Drops links that are not within the largest strongly connected part. `links` are sorted by tail.
fn keep_largest_part(links: &mut Vec<Link>, places: u32) {
    let first = offsets(places, links.iter().map(|link| link.tail));
    let heads: Vec<u32> = links.iter().map(|link| link.head).collect();
    let has_link = |place: u32| first[place as usize] < first[place as usize + 1];
    let in_part = largest(&strong_parts(&first, &heads, has_link));
    links.retain(|link| in_part[link.tail as usize] && in_part[link.head as usize]);
}

/// Renumbers the places that links name, in order and without holes; returns how many there are.
fn number_places(links: &mut [Link], places: u32) -> u32 {
    let mut number = vec![u32::MAX; places as usize];
    let mut next = 0;
    for link in links.iter() {
        if number[link.tail as usize] == u32::MAX {
            number[link.tail as usize] = next;
            next += 1;
        }
    }
    for link in links {
        link.tail = number[link.tail as usize];
        link.head = number[link.head as usize]; // in a strong part every head is a tail
    }
    next
}
