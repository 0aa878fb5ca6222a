//! Two visits change routes, each to its best place there: SWAP* (Vidal 2022, *Hybrid genetic search for the CVRP: open-source
//! implementation and SWAP\* neighborhood*, section 3.4).
//!
//! A full vehicle takes somebody in only if somebody else leaves, whose place is seldom the best one. The best place of a visit
//! in a route without another one is that one's, or one of the three cheapest in the whole route: so all exchanges of two routes
//! of `n` visits cost `O(n²)`. Way and loads are priced; the duty is for the caller. Ours: where times bind, a place counts if the
//! visit comes in time there while the other one is still in the route, or in its place.

use super::excess::Excess;
use super::route::{Load, Route};
use super::segment::Segment;
use super::shift::ShiftFacts;
use super::state::State;
use super::ways::Ways;

/// An exchange of the visits at two ranks, one of each route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exchange {
    /// What way and loads, at their prices, cost more: less than nothing.
    pub delta: i64,
    /// Who leaves each route.
    pub out: [usize; 2],
    /// Before which entry of each route as it is the other one comes.
    pub into: [usize; 2],
}

impl Exchange {
    /// The sequence of one of the two routes after the exchange.
    pub fn sequence(&self, side: usize, routes: [&[u32]; 2], sequence: &mut Vec<u32>) {
        let (own, out, into) = (routes[side], self.out[side], self.into[side]);
        let comes = routes[1 - side][self.out[1 - side]];
        sequence.clear();
        sequence.extend_from_slice(own);
        sequence.insert(into, comes);
        sequence.remove(if into <= out { out + 1 } else { out });
    }
}

/// A place for a visit: what it makes the way dearer, and before which entry it is.
#[derive(Clone, Copy, Debug)]
struct Place {
    cost: i64,
    position: usize,
}

impl Place {
    const NONE: Self = Self { cost: i64::MAX, position: usize::MAX };
}

/// A visit that may go over to the other route.
#[derive(Clone, Copy, Debug)]
struct Guest {
    rank: usize,
    point: u32,
    /// Its visit there, where times bind.
    visit: Segment,
    /// From when on it can be loaded.
    release: i64,
    /// What the way of its own route costs less without it.
    saved: i64,
    /// What it loads here and there.
    here: Load,
    there: Load,
    /// The cheapest places there, the cheapest first.
    places: [Place; 3],
}

/// One of the two routes.
#[derive(Clone, Copy)]
struct Side<'s> {
    state: &'s State<'s, 's>,
    route: &'s Route,
    shift: &'s ShiftFacts,
    ways: &'s Ways,
    load: Load,
}

impl<'s> Side<'s> {
    /// None where segments don't tell all, or a trip has another load than the route.
    fn of(state: &'s State<'s, 's>, route: u32) -> Option<Self> {
        let context = state.context;
        let route = &state.routes[route as usize];
        let shift = &context.shifts[route.shift as usize];
        let is_told = route.is_plain && route.trips.len() == 1 && !route.is_empty();
        let ways = context.ways_of(shift);
        is_told.then(|| Self { state, route, shift, ways, load: route.trip_load(0) })
    }

    /// What the way through a point between two others costs more than the way past it.
    #[inline]
    fn detour(&self, from: u32, through: u32, to: u32) -> i64 {
        let ways = self.ways;
        let way = ways.metres(from, through) + ways.metres(through, to) - ways.metres(from, to);
        self.shift.cost_per_metre * way
    }

    /// By how much the trip is too heavy when one visit leaves and another comes.
    #[inline]
    fn too_heavy(&self, out: Load, into: Load) -> i64 {
        Excess::of_load(self.shift, self.load - out + into)
    }

    /// Those of its visits that may go over to another route, by rank, with their places there.
    fn guests(&self, other: &Self, may_go: impl Fn(usize) -> bool, guests: &mut Vec<Guest>) {
        guests.clear();
        let (state, context, points) = (self.state, self.state.context, &self.route.points);
        let shift = other.shift;
        for (rank, &client) in self.route.clients.iter().enumerate() {
            if may_go(rank) && state.takes(shift, client) {
                let point = points[rank + 1];
                let there = state.facts(client, shift.serving);
                let mut guest = Guest {
                    rank,
                    point,
                    visit: context.visit_segment(client, shift.day, there.opening),
                    release: context.release(client),
                    saved: self.detour(points[rank], point, points[rank + 2]),
                    here: state.facts(client, self.shift.serving).load,
                    there: there.load,
                    places: [Place::NONE; 3],
                };
                guest.places = other.places(&guest);
                guests.push(guest);
            }
        }
    }

    /// The cheapest places for a guest.
    fn places(&self, guest: &Guest) -> [Place; 3] {
        let mut places = [Place::NONE; 3];
        let route = self.route;
        for (position, leg) in route.legs.iter().enumerate() {
            let to = self.ways.metres_into(route.points[position], guest.point);
            let from = self.ways.metres(guest.point, route.points[position + 1]);
            let cost = self.shift.cost_per_metre * (to + from - leg.metres);
            if cost >= places[2].cost {
                continue;
            }
            if self.shift.is_timed {
                // Who comes too late here does so farther back, as a rule.
                let Some(head) = self.head_with(guest, position) else { break };
                if !self.is_tail_in_time(guest, head, position) {
                    continue;
                }
            }
            places[2] = Place { cost, position };
            if cost < places[1].cost {
                places.swap(1, 2);
                if cost < places[0].cost {
                    places.swap(0, 1);
                }
            }
        }
        places
    }

    /// The cheapest place for a guest once the visit at a rank has left, if it costs less than `limit`.
    #[inline]
    fn place_without(&self, guest: &Guest, gone: usize, limit: i64) -> Option<Place> {
        let is_whole = |place: &&Place| place.position != gone && place.position != gone + 1;
        let beside = *guest.places.iter().find(is_whole).unwrap_or(&Place::NONE);
        let points = &self.route.points;
        let cost = self.detour(points[gone], guest.point, points[gone + 2]);
        let is_cheaper = cost < beside.cost.min(limit);
        let comes_in_time = || {
            let head = self.head_with(guest, gone);
            head.is_some_and(|head| self.is_tail_in_time(guest, head, gone + 1))
        };
        if is_cheaper && (!self.shift.is_timed || comes_in_time()) {
            return Some(Place { cost, position: gone });
        }
        (beside.cost < limit).then_some(beside)
    }

    /// Everything before a position and then a guest, if that is in time.
    #[inline]
    fn head_with(&self, guest: &Guest, position: usize) -> Option<Segment> {
        let route = self.route;
        let head = route.head(self.shift, position, route.release(position).max(guest.release));
        let way = self.state.context.way(self.shift, route.points[position], guest.point);
        Some(head.join(way, &guest.visit)).filter(|head| head.warp == 0)
    }

    /// Whether everything from a position on is in time after a guest.
    #[inline]
    fn is_tail_in_time(&self, guest: &Guest, head: Segment, position: usize) -> bool {
        let way = self.state.context.way(self.shift, guest.point, self.route.points[position + 1]);
        head.join(way, &self.route.after[position]).warp == 0
    }
}

/// Looks for exchanges; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct SwapStar {
    guests: [Vec<Guest>; 2],
}

impl SwapStar {
    /// The exchange of visits of two routes, of those at ranks that may go over, that makes way and loads cheapest; none if no
    /// exchange makes them cheaper. Routes of several trips, or on which segments don't tell all times, are left as they are.
    pub fn find(
        &mut self,
        state: &State<'_, '_>,
        routes: [u32; 2],
        may_go: [impl Fn(usize) -> bool; 2],
    ) -> Option<Exchange> {
        let (first, second) = (Side::of(state, routes[0])?, Side::of(state, routes[1])?);
        let [go_first, go_second] = may_go;
        first.guests(&second, go_first, &mut self.guests[0]);
        second.guests(&first, go_second, &mut self.guests[1]);
        let price = |load: i64| state.prices.of(Excess { load, time: 0 });
        let now =
            price(Excess::of_load(first.shift, first.load) + Excess::of_load(second.shift, second.load))?;
        let mut best: Option<Exchange> = None;
        let mut limit = 0;
        for u in &self.guests[0] {
            for v in &self.guests[1] {
                let heavy = first.too_heavy(u.here, v.there) + second.too_heavy(v.here, u.there);
                let Some(heavy) = price(heavy) else { continue };
                let without = heavy - now - u.saved - v.saved;
                // Nobody comes for nothing as a rule: this refuses most.
                if without >= limit {
                    continue;
                }
                let Some(there) = second.place_without(u, v.rank, limit - without) else { continue };
                let Some(here) = first.place_without(v, u.rank, limit - without - there.cost) else {
                    continue;
                };
                limit = without + there.cost + here.cost;
                let into = [here.position, there.position];
                best = Some(Exchange { delta: limit, out: [u.rank, v.rank], into });
            }
        }
        best
    }
}
