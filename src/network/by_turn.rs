//! The travel graph of vehicles: a state is the beginning of an arc, an edge is an arc and the turn after it.
//!
//! Roads for local traffic are kept apart so that nobody drives through them: each has two arcs, one for journeys that
//! begin there and leave, one for journeys that arrive and end. Between the two there is only the core, the largest
//! strongly connected part of public roads. Roads that lead into the core only, or out of it only (a slip road cut by the
//! edge of the extract), have one of the two.

use rustc_hash::FxHashMap;

use super::map::{Access, Lane, RoadMap, Way, whole_seconds};
use super::parts::{largest, reachable, reversed, strong_parts};
use super::travel_graph::{Arc, Edge, SegmentUse, TravelGraph, offsets};
use super::turns::{Memory, Restrictions, TurnCosts};
use super::weight::Weight;
use crate::traveller::Traveller;

/// Linear in the number of turns.
pub(super) fn by_turn(map: &RoadMap, traveller: &Traveller) -> TravelGraph {
    let roads = Roads::new(map, traveller);
    let places = Places::new(&roads);
    let joins = places.joins(&roads);
    places.graph(&roads, &joins)
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
        self.map.graph[self.map.ends(way).1].stops(self.traveller)
    }

    /// Ways on from the end of `way`. One turns round only where there is no other way on, or none but roads that one
    /// may have no business on.
    fn ways_on(&self, way: Way, memory: &Memory, restrictions: &Restrictions<'_>) -> Vec<Way> {
        let back = way.reversed();
        let allowed = |onto: &Way| restrictions.allow(way, memory, *onto);
        let mut onwards = Vec::new();
        if !self.is_closed_at_end_of(way) {
            onwards.extend(
                self.leaving_end_of(way).iter().copied().filter(|onto| *onto != back).filter(allowed),
            );
        }
        let access = |way: Way| self.lane(way).access;
        let is_for_everybody = |onto: &Way| access(*onto) == Access::Public || access(way) == Access::Local;
        if self.is_usable(back) && allowed(&back) && !onwards.iter().any(is_for_everybody) {
            onwards.push(back);
        }
        onwards
    }
}

/// Ways with memory, and the turns between them.
struct Places {
    /// By place: the way. Usable ways come first, in order and without memory; then ways with memory.
    ways: Vec<Way>,
    /// Number of places without memory.
    plain: usize,
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
        Self { ways, plain, first_turn, onto, milliseconds }
    }

    /// How each place is joined to the largest part of public roads.
    ///
    /// A public road that only local roads join to the rest counts as local: one may live there.
    fn joins(&self, roads: &Roads<'_>) -> Vec<Join> {
        let is_public = |place: u32| roads.lane(self.ways[place as usize]).access == Access::Public;
        let mut core = largest(&strong_parts(&self.first_turn, &self.onto, is_public));
        if !core.contains(&true) {
            // No public road at all: a site with private roads. They are everybody's then.
            core = largest(&strong_parts(&self.first_turn, &self.onto, |_| true));
        }
        let arrives = reachable(&self.first_turn, &self.onto, &core);
        let (first_back, back) = reversed(&self.first_turn, &self.onto);
        let leaves = reachable(&first_back, &back, &core);
        (0..core.len())
            .map(|p| match (core[p], leaves[p], arrives[p]) {
                (true, ..) => Join::Core,
                (_, leaves, arrives) => Join::Beside { leaves, arrives },
            })
            .collect()
    }

    fn graph(&self, roads: &Roads<'_>, joins: &[Join]) -> TravelGraph {
        let copies = Copies::new(&self.ways, joins);
        let mut first_edge = vec![0];
        let mut edges = Vec::new();
        let mut arcs = Vec::with_capacity(copies.list.len());
        for (arc, (place, copy)) in (0_u32..).zip(&copies.list) {
            let way = self.ways[*place as usize];
            let segment = roads.map.segment(way.segment());
            let driven = roads.lane(way).milliseconds(segment.millimetres);
            let first = edges.len() as u32;
            for turn in self.first_turn[*place as usize]..self.first_turn[*place as usize + 1] {
                let Some(to) = copies.next(*copy, joins, self.onto[turn as usize]) else { continue };
                // The turn is rounded together with the arc: most turns take less than half a second.
                let seconds = whole_seconds(driven + u64::from(self.milliseconds[turn as usize]));
                edges.push(Edge { to, arc, weight: Weight::new(seconds, segment.metres()) });
            }
            first_edge.push(edges.len() as u32);
            arcs.push(Arc {
                way,
                state: arc,
                edges: (first, edges.len() as u32),
                weight: Weight::new(whole_seconds(driven), segment.metres()),
                is_start: *copy != Copy::Arriving && (*place as usize) < self.plain,
            });
        }
        let uses = self.uses(roads, joins);
        TravelGraph::from_parts(roads.traveller.profile, first_edge, edges, arcs, uses)
    }

    /// A segment is of use where one can both arrive and leave, be it in different directions: whoever has stopped on a
    /// road may go back the way it came.
    fn uses(&self, roads: &Roads<'_>, joins: &[Join]) -> Vec<SegmentUse> {
        let mut uses = vec![SegmentUse::Closed; roads.map.segment_count() as usize];
        let mut joined = vec![(false, false); uses.len()];
        for (way, join) in self.ways.iter().zip(joins) {
            let (leaves, arrives) = &mut joined[way.segment() as usize];
            *leaves |= matches!(join, Join::Core | Join::Beside { leaves: true, .. });
            *arrives |= matches!(join, Join::Core | Join::Beside { arrives: true, .. });
            let found = match (*leaves && *arrives, roads.lane(*way).is_endpoint) {
                (false, _) => SegmentUse::Island,
                (true, false) => SegmentUse::Through,
                (true, true) => SegmentUse::Main,
            };
            let known = &mut uses[way.segment() as usize];
            *known = (*known).max(found);
        }
        uses
    }
}

/// How a place is joined to the largest part of public roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// In it.
    Core,
    /// Not in it, though it may lead there, or be reached from there, or both.
    Beside { leaves: bool, arrives: bool },
}

/// Which of a place's arcs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copy {
    Core,
    /// For journeys that begin beside the core.
    Leaving,
    /// For journeys that end beside it.
    Arriving,
}

/// The arcs of all places: one in the core, up to two beside it.
struct Copies {
    /// By arc, in the order of their ways; of one way those without memory first.
    list: Vec<(u32, Copy)>,
    /// By place: its arc for journeys that leave, and for those that arrive; `u32::MAX` for none.
    leaving: Vec<u32>,
    arriving: Vec<u32>,
}

impl Copies {
    fn new(ways: &[Way], joins: &[Join]) -> Self {
        let mut places: Vec<u32> = (0..ways.len() as u32).collect();
        places.sort_by_key(|place| ways[*place as usize]);
        let none = vec![u32::MAX; ways.len()];
        let mut copies = Self { list: Vec::with_capacity(ways.len()), leaving: none.clone(), arriving: none };
        for place in places {
            match joins[place as usize] {
                Join::Core => {
                    copies.leaving[place as usize] = copies.list.len() as u32;
                    copies.arriving[place as usize] = copies.list.len() as u32;
                    copies.list.push((place, Copy::Core));
                }
                Join::Beside { leaves, arrives } => {
                    if leaves {
                        copies.leaving[place as usize] = copies.list.len() as u32;
                        copies.list.push((place, Copy::Leaving));
                    }
                    if arrives {
                        copies.arriving[place as usize] = copies.list.len() as u32;
                        copies.list.push((place, Copy::Arriving));
                    }
                }
            }
        }
        copies
    }

    /// The arc on which a journey goes on from one copy onto a place, if it may.
    fn next(&self, from: Copy, joins: &[Join], onto: u32) -> Option<u32> {
        let enters_core = joins[onto as usize] == Join::Core;
        let arc = match from {
            Copy::Leaving => self.leaving[onto as usize],
            Copy::Arriving if enters_core => u32::MAX,
            Copy::Core | Copy::Arriving => self.arriving[onto as usize],
        };
        (arc != u32::MAX).then_some(arc)
    }
}
