//! Visits change routes, each to its best place there: SWAP* (Vidal 2022, *Hybrid genetic search for the CVRP: open-source
//! implementation and SWAP\* neighborhood*, section 3.4), of one visit or of two after each other.
//!
//! A full vehicle takes somebody in only if somebody else leaves, whose place is seldom the best one. The best place of a guest
//! in a route without others is theirs, or one of the cheapest in the whole route: so all exchanges of two routes of `n` visits
//! cost `O(n²)`. Way and loads are priced; the duty is for the caller. Ours: where nobody has hours or several visits, two go
//! together, also turned round, for one or for two (elsewhere this brought less than its time was worth); where times bind, a place
//! counts if the guest comes in time there while the other one is still in the route, or in its place.

use super::excess::Excess;
use super::route::{Load, Route};
use super::segment::Segment;
use super::shift::ShiftFacts;
use super::state::State;
use super::ways::Ways;

/// Visits after each other in a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub rank: usize,
    pub len: usize,
}

impl Row {
    /// The rank after its last one.
    #[inline]
    pub fn end(self) -> usize {
        self.rank + self.len
    }

    /// Its visits.
    pub fn of(self, clients: &[u32]) -> &[u32] {
        &clients[self.rank..self.end()]
    }
}

/// A place in a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Before which entry of the route as it is; not within the row that leaves.
    pub position: usize,
    /// Whether the row comes there turned round.
    pub is_turned: bool,
    /// What it makes the way dearer.
    cost: i64,
}

impl Place {
    const NONE: Self = Self { position: usize::MAX, is_turned: false, cost: i64::MAX };

    /// One whose cost is not known.
    #[cfg(test)]
    pub fn at(position: usize, is_turned: bool) -> Self {
        Self { position, is_turned, ..Self::NONE }
    }
}

/// An exchange of two rows of visits, one of each route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exchange {
    /// What way and loads, at their prices, cost more: less than nothing.
    pub delta: i64,
    /// Who leaves each route.
    pub out: [Row; 2],
    /// Where in each route the other one's come.
    pub into: [Place; 2],
}

impl Exchange {
    /// The sequence of one of the two routes after the exchange.
    pub fn sequence(&self, side: usize, routes: [&[u32]; 2], sequence: &mut Vec<u32>) {
        let (own, out, into) = (routes[side], self.out[side], self.into[side]);
        let (comes, at) = (self.out[1 - side].of(routes[1 - side]), into.position);
        sequence.clear();
        sequence.extend_from_slice(&own[..at]);
        sequence.extend_from_slice(comes);
        sequence.extend_from_slice(&own[at..]);
        if into.is_turned {
            sequence[at..at + comes.len()].reverse();
        }
        let leaves = if at <= out.rank { out.rank + comes.len() } else { out.rank };
        sequence.drain(leaves..leaves + out.len);
    }

    /// Where in that sequence the other one's visits are.
    pub fn arrived(&self, side: usize) -> Row {
        let (at, out) = (self.into[side].position, self.out[side]);
        Row { rank: if at <= out.rank { at } else { at - out.len }, len: self.out[1 - side].len }
    }
}

/// Visits after each other that may go over to the other route.
#[derive(Clone, Copy, Debug)]
struct Guest {
    row: Row,
    /// The points of its first and last visit.
    ends: [u32; 2],
    /// The first of its visits there, and from when on that can be loaded: the times of two, who have no hours, are for the caller.
    visit: Segment,
    release: i64,
    /// What the way of its own route costs less without it.
    saved: i64,
    /// The way between its visits there, as they are and turned round.
    within: [i64; 2],
    /// What it loads here and there.
    here: Load,
    there: Load,
    /// The cheapest places there, the cheapest first.
    places: [Place; Guest::PLACES],
}

impl Guest {
    /// Two visits that leave take three places with them.
    const PLACES: usize = 4;
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

    /// By how much the trip is too heavy when some visits leave and others come.
    #[inline]
    fn too_heavy(&self, out: Load, into: Load) -> i64 {
        Excess::of_load(self.shift, self.load - out + into)
    }

    /// Those of its visits that may go over to another route, by rank, with their places there. Of two that go together one is
    /// enough of which `may_go` says so.
    fn guests(&self, other: &Self, may_go: impl Fn(usize) -> bool, guests: &mut Vec<Guest>) {
        guests.clear();
        let (clients, context) = (&self.route.clients, self.state.context);
        let goes_in_twos = !context.has_hours && !context.has_repeats;
        let (mut may_last, mut last_is_taken) = (false, false);
        for (rank, &client) in clients.iter().enumerate() {
            let (may, is_taken) = (may_go(rank), self.state.takes(other.shift, client));
            if may && is_taken {
                guests.push(self.guest(other, Row { rank, len: 1 }));
            }
            if goes_in_twos && (may || may_last) && is_taken && last_is_taken {
                guests.push(self.guest(other, Row { rank: rank - 1, len: 2 }));
            }
            (may_last, last_is_taken) = (may, is_taken);
        }
    }

    /// Some visits as a guest of another route.
    fn guest(&self, other: &Self, row: Row) -> Guest {
        let (state, context, points) = (self.state, self.state.context, &self.route.points);
        let shift = other.shift;
        let clients = row.of(&self.route.clients);
        let load_on = |serving| {
            let loads = clients.iter().map(|&client| state.facts(client, serving).load);
            loads.fold(Load::default(), |sum, load| sum + load)
        };
        let ends = [points[row.rank + 1], points[row.end()]];
        let legs = &self.route.legs[row.rank..=row.end()];
        let way: i64 = legs.iter().map(|leg| leg.metres).sum();
        let past = self.ways.metres(points[row.rank], points[row.end() + 1]);
        let first = clients[0];
        let mut guest = Guest {
            row,
            ends,
            visit: context.visit_segment(first, shift.day, state.facts(first, shift.serving).opening),
            release: context.release(first),
            saved: self.shift.cost_per_metre * (way - past),
            within: [0; 2],
            here: load_on(self.shift.serving),
            there: load_on(shift.serving),
            places: [Place::NONE; Guest::PLACES],
        };
        if row.len > 1 {
            guest.within = [other.ways.metres(ends[0], ends[1]), other.ways.metres(ends[1], ends[0])];
        }
        guest.places = other.places(&guest);
        guest
    }

    /// The cheapest places for a guest.
    fn places(&self, guest: &Guest) -> [Place; Guest::PLACES] {
        let mut places = [Place::NONE; Guest::PLACES];
        let route = self.route;
        for (position, (ends, leg)) in route.points.windows(2).zip(&route.legs).enumerate() {
            let (cost, is_turned) = self.cost_between(guest, [ends[0], ends[1]], leg.metres);
            if cost >= places[Guest::PLACES - 1].cost {
                continue;
            }
            if self.shift.is_timed && guest.row.len == 1 {
                // Who comes too late here does so farther back, as a rule.
                let Some(leaving) = self.leaving(guest, position) else { break };
                if !self.is_tail_in_time(guest, leaving, position) {
                    continue;
                }
            }
            let rank = places.partition_point(|place| place.cost <= cost);
            places.copy_within(rank..Guest::PLACES - 1, rank + 1);
            places[rank] = Place { position, is_turned, cost };
        }
        places
    }

    /// What the way through a guest between two points costs more than the way past it, and whether it is turned round for that.
    #[inline]
    fn cost_between(&self, guest: &Guest, [from, to]: [u32; 2], past: i64) -> (i64, bool) {
        let [first, last] = guest.ends;
        let by_way_of = |first, last| self.ways.metres_into(from, first) + self.ways.metres(last, to);
        let straight = by_way_of(first, last) + guest.within[0];
        let turned = if guest.row.len == 1 { straight } else { by_way_of(last, first) + guest.within[1] };
        (self.shift.cost_per_metre * (straight.min(turned) - past), turned < straight)
    }

    /// The cheapest place for a guest once a row has left, if it costs less than `limit`.
    #[inline]
    fn place_without(&self, guest: &Guest, gone: Row, limit: i64) -> Option<Place> {
        let is_whole = |place: &&Place| !(gone.rank..=gone.end()).contains(&place.position);
        let beside = *guest.places.iter().find(is_whole).unwrap_or(&Place::NONE);
        let points = &self.route.points;
        let ends = [points[gone.rank], points[gone.end() + 1]];
        let (cost, is_turned) = self.cost_between(guest, ends, self.ways.metres(ends[0], ends[1]));
        let is_cheaper = cost < beside.cost.min(limit);
        let comes_in_time = || {
            let leaving = self.leaving(guest, gone.rank);
            leaving.is_some_and(|leaving| self.is_tail_in_time(guest, leaving, gone.end()))
        };
        if is_cheaper && (!self.shift.is_timed || guest.row.len > 1 || comes_in_time()) {
            return Some(Place { position: gone.rank, is_turned, cost });
        }
        (beside.cost < limit).then_some(beside)
    }

    /// When a guest that comes after everything before a position leaves at the earliest, if that is in time.
    #[inline]
    fn leaving(&self, guest: &Guest, position: usize) -> Option<i64> {
        let route = self.route;
        let head = route.head(self.shift, position, route.release(position).max(guest.release));
        let way = self.state.context.way(self.shift, route.points[position], guest.ends[0]);
        guest.visit.end_after(head.end()?, way)
    }

    /// Whether everything from a position on is in time after a guest who leaves then.
    #[inline]
    fn is_tail_in_time(&self, guest: &Guest, leaving: i64, position: usize) -> bool {
        let route = self.route;
        let way = self.state.context.way(self.shift, guest.ends[1], route.points[position + 1]);
        route.after[position].end_after(leaving, way).is_some()
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
                let Some(there) = second.place_without(u, v.row, limit - without) else { continue };
                let Some(here) = first.place_without(v, u.row, limit - without - there.cost) else {
                    continue;
                };
                limit = without + there.cost + here.cost;
                best = Some(Exchange { delta: limit, out: [u.row, v.row], into: [here, there] });
            }
        }
        best
    }
}
