//! The travel graph of vehicles: a state is the beginning of an arc, an edge is an arc and the turn after it.
//!
//! Roads for local traffic are kept apart so that nobody drives through them: each has two arcs, one for journeys that
//! begin there and leave, one for journeys that arrive and end. Between the two there is only the public part.

use rustc_hash::FxHashMap;

use super::map::{Access, Lane, RoadMap, Way, whole_seconds};
use super::parts::{largest, strong_parts};
use super::travel_graph::{Arc, Edge, SegmentUse, TravelGraph, offsets};
use super::turns::{Memory, Restrictions, TurnCosts};
use super::weight::Weight;
use crate::traveller::Traveller;

/// Linear in the number of turns.
pub(super) fn by_turn(map: &RoadMap, traveller: &Traveller) -> TravelGraph {
    let roads = Roads::new(map, traveller);
    let places = Places::new(&roads);
    let kinds = places.kinds(&roads);
    places.graph(&roads, &kinds)
}

/// The usable ways of a map.
struct Roads<'a> {
    map: &'a RoadMap,
    traveller: &'a Traveller,
    /// By way.
    lanes: Vec<Lane>,
    /// Usable ways by the junction they leave, in order.
    leaving: Vec<Way>,
    first_leaving: Vec<u32>,
}

impl<'a> Roads<'a> {
    fn new(map: &'a RoadMap, traveller: &'a Traveller) -> Self {
        let way_count = map.segment_count() * 2;
        let lanes: Vec<Lane> = (0..way_count).map(|way| map.lane(Way(way), traveller)).collect();
        let tail = |way: Way| map.ends(way).0.index() as u32;
        let mut leaving: Vec<Way> =
            (0..way_count).map(Way).filter(|way| lanes[way.0 as usize].access != Access::No).collect();
        leaving.sort_by_key(|way| tail(*way));
        let first_leaving = offsets(map.graph.node_count() as u32, leaving.iter().map(|way| tail(*way)));
        Self { map, traveller, lanes, leaving, first_leaving }
    }

    fn lane(&self, way: Way) -> Lane {
        self.lanes[way.0 as usize]
    }

    fn is_usable(&self, way: Way) -> bool {
        self.lane(way).access != Access::No
    }

    /// Usable ways that leave the junction at which `way` ends.
    fn leaving_end_of(&self, way: Way) -> &[Way] {
        let junction = self.map.ends(way).1.index();
        &self.leaving[self.first_leaving[junction] as usize..self.first_leaving[junction + 1] as usize]
    }

    fn is_closed_at_end_of(&self, way: Way) -> bool {
        let junction = &self.map.graph[self.map.ends(way).1];
        let is_too_high = |limit: u32| self.traveller.height_cm.is_some_and(|height| limit < height);
        junction.closed_to.contains(self.traveller.profile) || junction.height_cm.is_some_and(is_too_high)
    }

    /// Ways on from the end of `way`. One turns round only where there is no other way on.
    fn ways_on(&self, way: Way, memory: &Memory, restrictions: &Restrictions<'_>) -> Vec<Way> {
        let back = way.reversed();
        let allowed = |onto: &Way| restrictions.allow(way, memory, *onto);
        let mut onwards = Vec::new();
        if !self.is_closed_at_end_of(way) {
            onwards.extend(
                self.leaving_end_of(way).iter().copied().filter(|onto| *onto != back).filter(allowed),
            );
        }
        if onwards.is_empty() && self.is_usable(back) && allowed(&back) {
            onwards.push(back);
        }
        onwards
    }
}

/// Ways with memory, and the turns between them.
struct Places {
    /// By place: the way. Usable ways come first, in order and without memory; then ways with memory.
    ways: Vec<Way>,
    first_turn: Vec<u32>,
    /// Place turned onto.
    onto: Vec<u32>,
    /// Milliseconds of the turn.
    milliseconds: Vec<u32>,
}

impl Places {
    fn new(roads: &Roads<'_>) -> Self {
        let restrictions = Restrictions::new(roads.map, roads.traveller);
        let costs = TurnCosts::new(roads.map, roads.traveller, |way| roads.is_usable(way));
        let mut ways: Vec<Way> = roads.leaving.clone();
        ways.sort_unstable();
        let mut place_of = vec![u32::MAX; roads.lanes.len()];
        for (place, way) in (0_u32..).zip(&ways) {
            place_of[way.0 as usize] = place;
        }
        let mut memories: Vec<Memory> = Vec::new(); // of the places after the first `plain`
        let mut remembered: FxHashMap<(Way, Memory), u32> = FxHashMap::default();
        let plain = ways.len();
        let (mut first_turn, mut onto, mut milliseconds) = (vec![0], Vec::new(), Vec::new());
        let mut place = 0;
        while place < ways.len() {
            let way = ways[place];
            let memory = if place < plain { Memory::new() } else { memories[place - plain].clone() };
            for next in roads.ways_on(way, &memory, &restrictions) {
                let later = restrictions.remember(way, &memory, next);
                onto.push(if later.is_empty() {
                    place_of[next.0 as usize]
                } else {
                    *remembered.entry((next, later)).or_insert_with_key(|(next, later)| {
                        ways.push(*next);
                        memories.push(later.clone());
                        ways.len() as u32 - 1
                    })
                });
                milliseconds.push(costs.milliseconds(way, next, roads.leaving_end_of(way)));
            }
            first_turn.push(onto.len() as u32);
            place += 1;
        }
        Self { ways, first_turn, onto, milliseconds }
    }

    /// The public part, and the local roads from which it is reached and which it reaches.
    ///
    /// A public road that only local roads join to the rest counts as local: one may live there.
    fn kinds(&self, roads: &Roads<'_>) -> Vec<Kind> {
        let is_public = |place: u32| roads.lane(self.ways[place as usize]).access == Access::Public;
        let whole = strong_parts(&self.first_turn, &self.onto, |_| true);
        let public = largest(&strong_parts(&self.first_turn, &self.onto, is_public));
        let Some(member) = public.iter().position(|in_part| *in_part) else {
            // No public road at all: a site with private roads. They are everybody's then.
            return largest(&whole)
                .iter()
                .map(|in_part| if *in_part { Kind::Public } else { Kind::Apart })
                .collect();
        };
        let kind = |(place, in_public): (usize, &bool)| match in_public {
            true => Kind::Public,
            false if whole[place] == whole[member] => Kind::Local,
            false => Kind::Apart,
        };
        public.iter().enumerate().map(kind).collect()
    }

    fn graph(&self, roads: &Roads<'_>, kinds: &[Kind]) -> TravelGraph {
        // Arcs by way; of one way those without memory first, and of a local place the one that leaves first.
        let mut places: Vec<u32> =
            (0..self.ways.len() as u32).filter(|place| kinds[*place as usize] != Kind::Apart).collect();
        places.sort_by_key(|place| self.ways[*place as usize]);
        let mut copies: Vec<(u32, Copy)> = Vec::with_capacity(places.len());
        let mut arc_of = vec![[u32::MAX; 2]; self.ways.len()]; // leaving, arriving
        for place in places {
            let p = place as usize;
            arc_of[p][0] = copies.len() as u32;
            copies.push((place, if kinds[p] == Kind::Public { Copy::Public } else { Copy::Leaving }));
            if kinds[p] == Kind::Local {
                copies.push((place, Copy::Arriving));
            }
            arc_of[p][1] = copies.len() as u32 - 1;
        }
        let mut first_edge = vec![0];
        let mut edges = Vec::new();
        let mut arcs = Vec::with_capacity(copies.len());
        for (arc, (place, copy)) in (0_u32..).zip(&copies) {
            let way = self.ways[*place as usize];
            let segment = roads.map.segment(way.segment());
            let driven = roads.lane(way).milliseconds(segment.millimetres);
            let weight = Weight::new(whole_seconds(driven), segment.metres());
            let first = edges.len() as u32;
            for turn in self.first_turn[*place as usize]..self.first_turn[*place as usize + 1] {
                let onto = self.onto[turn as usize] as usize;
                let to = match (copy, kinds[onto]) {
                    (_, Kind::Apart) | (Copy::Arriving, Kind::Public) => continue,
                    (Copy::Leaving, _) => arc_of[onto][0],
                    (Copy::Public | Copy::Arriving, _) => arc_of[onto][1],
                };
                // The turn is rounded together with the arc: most turns take less than half a second.
                let seconds = whole_seconds(driven + u64::from(self.milliseconds[turn as usize]));
                edges.push(Edge { to, arc, weight: Weight::new(seconds, segment.metres()) });
            }
            first_edge.push(edges.len() as u32);
            arcs.push(Arc { way, state: arc, edges: (first, edges.len() as u32), weight });
        }
        let uses = self.uses(roads, kinds);
        TravelGraph::from_parts(roads.traveller.profile, first_edge, edges, arcs, uses)
    }

    fn uses(&self, roads: &Roads<'_>, kinds: &[Kind]) -> Vec<SegmentUse> {
        let mut uses = vec![SegmentUse::Closed; roads.map.segment_count() as usize];
        for (way, kind) in self.ways.iter().zip(kinds) {
            let found = match kind {
                Kind::Apart => SegmentUse::Island,
                _ if roads.lane(*way).is_endpoint => SegmentUse::Main,
                _ => SegmentUse::Through,
            };
            let known = &mut uses[way.segment() as usize];
            *known = (*known).max(found);
        }
        uses
    }
}

/// What a place is to the largest part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// In it.
    Public,
    /// Beside it, joined by local roads.
    Local,
    /// Not joined to it both ways.
    Apart,
}

/// Which of a place's arcs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copy {
    Public,
    /// For journeys that begin on local roads.
    Leaving,
    /// For journeys that end on local roads.
    Arriving,
}
