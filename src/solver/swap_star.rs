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
use super::segment::{Chain, End, Segment};
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
    pub position: u32,
    /// Whether the row comes there turned round.
    pub is_turned: bool,
    /// What it makes the way dearer.
    cost: i64,
}

impl Place {
    const NONE: Self = Self { position: u32::MAX, is_turned: false, cost: i64::MAX };

    /// One whose cost is not known.
    #[cfg(test)]
    pub fn at(position: usize, is_turned: bool) -> Self {
        Self { position: position as u32, is_turned, ..Self::NONE }
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
        let (comes, at) = (self.out[1 - side].of(routes[1 - side]), into.position as usize);
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
        let (at, out) = (self.into[side].position as usize, self.out[side]);
        Row { rank: if at <= out.rank { at } else { at - out.len }, len: self.out[1 - side].len }
    }
}

/// The ways between visits of one route and the points of the other one, on its vehicle: all exchanges of the two are made of
/// them.
#[derive(Clone, Debug, Default)]
struct Between {
    /// How many points there are.
    points: usize,
    /// From each point to a visit, and back, one visit after the other.
    ways: Vec<[i64; 2]>,
}

impl Between {
    fn clear(&mut self, points: usize) {
        self.points = points;
        self.ways.clear();
    }

    /// Adds those of a visit at a point.
    fn push(&mut self, ways: &Ways, points: &[u32], visit: u32) {
        self.ways.extend(points.iter().map(|&point| {
            let into = ways.metres_into(point, visit);
            [into, if ways.is_symmetric() { into } else { ways.metres(visit, point) }]
        }));
    }

    /// Of the visit that came as that one.
    #[inline]
    fn of(&self, number: usize) -> &[[i64; 2]] {
        &self.ways[number * self.points..][..self.points]
    }
}

/// Visits after each other that may go over to the other route.
#[derive(Clone, Copy, Debug)]
struct Guest {
    row: Row,
    /// Its first visit.
    client: u32,
    /// The points of its first and last visit, and their numbers in [`Between`].
    ends: [u32; 2],
    numbers: [usize; 2],
    /// The way past it in its own route, and what the way costs less without it.
    past: i64,
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

    /// Notes a place that is not dearer than the last of the cheapest.
    fn note(&mut self, place: Place) {
        let mut rank = Self::PLACES - 1;
        while rank > 0 && self.places[rank - 1].cost > place.cost {
            self.places[rank] = self.places[rank - 1];
            rank -= 1;
        }
        self.places[rank] = place;
    }
}

/// When a guest can be visited: the first of its visits, and from when on that can be loaded. The times of two, who have no hours,
/// are for the caller.
struct Arrival {
    visit: Segment,
    release: i64,
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

    /// Those of its visits that may go over to another route, by rank, and the ways between them and its points. Of two that go
    /// together one is enough of which `may_go` says so.
    fn guests(
        &self,
        other: &Self,
        may_go: impl Fn(usize) -> bool,
        guests: &mut Vec<Guest>,
        between: &mut Between,
    ) {
        guests.clear();
        between.clear(other.route.points.len());
        let (clients, context) = (&self.route.clients, self.state.context);
        let goes_in_twos = !context.has_hours && !context.has_repeats;
        // Whether it may go by itself; its number, where it may go at all.
        let (mut may_last, mut last) = (false, None);
        let mut count = 0;
        for (rank, &client) in clients.iter().enumerate() {
            let may = may_go(rank);
            let may_next = || rank + 1 < clients.len() && may_go(rank + 1);
            let is_asked_for = may || goes_in_twos && (may_last || may_next());
            let number = (is_asked_for && self.state.takes(other.shift, client)).then_some(count);
            if let Some(number) = number {
                between.push(other.ways, &other.route.points, self.route.points[rank + 1]);
                count += 1;
                if may {
                    guests.push(self.guest(other, Row { rank, len: 1 }, [number; 2]));
                }
                if let Some(last) = last.filter(|_| goes_in_twos && (may || may_last)) {
                    guests.push(self.guest(other, Row { rank: rank - 1, len: 2 }, [last, number]));
                }
            }
            (may_last, last) = (may, number);
        }
    }

    /// Some visits as a guest of another route, whose places are not known yet.
    fn guest(&self, other: &Self, row: Row, numbers: [usize; 2]) -> Guest {
        let (state, points) = (self.state, &self.route.points);
        let clients = row.of(&self.route.clients);
        let load_on = |serving| {
            let loads = clients.iter().map(|&client| state.facts(client, serving).load);
            loads.fold(Load::default(), |sum, load| sum + load)
        };
        let ends = [points[row.rank + 1], points[row.end()]];
        let legs = &self.route.legs[row.rank..=row.end()];
        let way: i64 = legs.iter().map(|leg| leg.metres).sum();
        let past = self.ways.metres(points[row.rank], points[row.end() + 1]);
        let mut guest = Guest {
            row,
            client: clients[0],
            ends,
            numbers,
            past,
            saved: self.shift.cost_per_metre * (way - past),
            within: [0; 2],
            here: load_on(self.shift.serving),
            there: load_on(other.shift.serving),
            places: [Place::NONE; Guest::PLACES],
        };
        if row.len > 1 {
            guest.within = [other.ways.metres(ends[0], ends[1]), other.ways.metres(ends[1], ends[0])];
        }
        guest
    }

    /// Looks for the cheapest places for a guest; where times bind, for those that cost less than `limit`.
    fn place(&self, guest: &mut Guest, between: &Between, limit: i64) {
        let (shift, is_single) = (self.shift, guest.row.len == 1);
        let arrival = (shift.is_timed && is_single).then(|| self.arrival(guest));
        let [first, last] = guest.numbers.map(|number| between.of(number));
        for (position, leg) in self.route.legs.iter().enumerate() {
            let ways = [first[position], first[position + 1], last[position], last[position + 1]];
            let (longer, is_turned) = longer(guest, ways, leg.metres);
            let cost = shift.cost_per_metre * longer;
            if cost >= guest.places[Guest::PLACES - 1].cost {
                continue;
            }
            if let Some(arrival) = &arrival {
                if cost >= limit {
                    continue;
                }
                // Who comes too late here does so farther back, as a rule.
                let Some(leaving) = self.leaving(guest, arrival, position) else { break };
                if !self.is_tail_in_time(guest, leaving, position) {
                    continue;
                }
            }
            guest.note(Place { position: position as u32, is_turned, cost });
        }
    }

    /// The cheapest place for a guest once another one has left, if it costs less than `limit`.
    #[inline]
    fn place_without(&self, guest: &Guest, between: &Between, gone: &Guest, limit: i64) -> Option<Place> {
        let (start, end) = (gone.row.rank, gone.row.end());
        let is_whole = |place: &&Place| !(start..=end).contains(&(place.position as usize));
        let beside = *guest.places.iter().find(is_whole).unwrap_or(&Place::NONE);
        let [first, last] = guest.numbers.map(|number| between.of(number));
        let ways = [first[start], first[end + 1], last[start], last[end + 1]];
        let (longer, is_turned) = longer(guest, ways, gone.past);
        let cost = self.shift.cost_per_metre * longer;
        let is_cheaper = cost < beside.cost.min(limit);
        let comes_in_time = || {
            let leaving = self.leaving(guest, &self.arrival(guest), start);
            leaving.is_some_and(|leaving| self.is_tail_in_time(guest, leaving, end))
        };
        if is_cheaper && (!self.shift.is_timed || guest.row.len > 1 || comes_in_time()) {
            return Some(Place { position: start as u32, is_turned, cost });
        }
        (beside.cost < limit).then_some(beside)
    }

    fn arrival(&self, guest: &Guest) -> Arrival {
        let (context, client) = (self.state.context, guest.client);
        let opening = self.state.facts(client, self.shift.serving).opening;
        Arrival {
            visit: context.visit_segment(client, self.shift.day, opening),
            release: context.release(client),
        }
    }

    /// When a guest that comes after everything before a position leaves at the earliest, if that is in time.
    #[inline]
    fn leaving(&self, guest: &Guest, arrival: &Arrival, position: usize) -> Option<End> {
        let route = self.route;
        let head = route.head(self.shift, position, route.release(position).max(arrival.release));
        let way = self.state.context.way(self.shift, route.points[position], guest.ends[0]);
        End::of(&head)?.then(way, &arrival.visit)
    }

    /// Whether everything from a position on is in time after a guest who leaves then.
    #[inline]
    fn is_tail_in_time(&self, guest: &Guest, leaving: End, position: usize) -> bool {
        let route = self.route;
        let way = self.state.context.way(self.shift, guest.ends[1], route.points[position + 1]);
        leaving.then(way, &route.after[position]).is_some()
    }
}

/// How much longer the way through a guest between two points is than the way past it, and whether it is turned round for that, by
/// the ways between its first and its last visit and these points.
#[inline]
fn longer(
    guest: &Guest,
    [first_from, first_to, last_from, last_to]: [[i64; 2]; 4],
    past: i64,
) -> (i64, bool) {
    const INTO: usize = 0;
    const BACK: usize = 1;
    let straight = first_from[INTO] + guest.within[0] + last_to[BACK];
    let turned = last_from[INTO] + guest.within[1] + first_to[BACK];
    let is_turned = guest.row.len > 1 && turned < straight;
    (if is_turned { turned } else { straight } - past, is_turned)
}

/// Looks for exchanges; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct SwapStar {
    guests: [Vec<Guest>; 2],
    between: [Between; 2],
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
        let [from_first, from_second] = &mut self.guests;
        let [with_first, with_second] = &mut self.between;
        first.guests(&second, go_first, from_first, with_first);
        second.guests(&first, go_second, from_second, with_second);
        let price = |load: i64| state.prices.of(Excess { load, time: 0 });
        let now =
            price(Excess::of_load(first.shift, first.load) + Excess::of_load(second.shift, second.load))?;
        // Nobody is worth more than both save and what the trips exceed now, unless the other one comes for less than nothing.
        let most = |guests: &[Guest]| guests.iter().map(|guest| guest.saved).max().unwrap_or(0) + now;
        let [most_first, most_second] = [most(from_first), most(from_second)];
        for u in from_first.iter_mut() {
            second.place(u, with_first, u.saved + most_second);
        }
        for v in from_second.iter_mut() {
            first.place(v, with_second, v.saved + most_first);
        }
        let mut best: Option<Exchange> = None;
        let mut limit = 0;
        for u in from_first.iter() {
            for v in from_second.iter() {
                let heavy = first.too_heavy(u.here, v.there) + second.too_heavy(v.here, u.there);
                let Some(heavy) = price(heavy) else { continue };
                let without = heavy - now - u.saved - v.saved;
                // Nobody comes for nothing as a rule: this refuses most.
                if without >= limit {
                    continue;
                }
                let Some(there) = second.place_without(u, with_first, v, limit - without) else { continue };
                let rest = limit - without - there.cost;
                let Some(here) = first.place_without(v, with_second, u, rest) else { continue };
                limit = without + there.cost + here.cost;
                best = Some(Exchange { delta: limit, out: [u.row, v.row], into: [here, there] });
            }
        }
        best
    }
}
