//! Which visits of a trip may go over to one of another route, and which places there are the cheapest.
//!
//! One visit goes, or two after each other. The best place of a guest in a route without some of its visits is theirs, or one of the
//! cheapest in the whole route (Vidal 2022, section 3.4). Way and loads are priced; the duty is for the caller. Ours: where nobody has
//! hours or several visits, two go together, also turned round (elsewhere this brought less than its time was worth); where times
//! bind, a place counts if the guest comes in time there while the others are still in the route, or in their place.

use super::excess::Excess;
use super::route::{Load, Route, route_cost};
use super::segment::{Chain, End, Segment};
use super::shift::ShiftFacts;
use super::state::State;
use super::ways::{Way, Ways};

/// Visits after each other in a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub rank: usize,
    pub len: usize,
}

impl Row {
    /// Visits of a row, at most.
    pub const LEN_MOST: usize = 2;

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

/// One of the trips of a route, by rank: of most vehicles the only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trip {
    pub route: u32,
    pub rank: u32,
}

/// A place in a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Before which entry of the route as it is; not within the row that leaves.
    pub position: u32,
    /// Whether the row comes there turned round.
    pub is_turned: bool,
    /// What it makes the way dearer.
    pub cost: i64,
}

impl Place {
    pub const NONE: Self = Self { position: u32::MAX, is_turned: false, cost: i64::MAX };

    /// One whose cost is not known.
    #[cfg(test)]
    pub fn at(position: usize, is_turned: bool) -> Self {
        Self { position: position as u32, is_turned, ..Self::NONE }
    }
}

/// Visits after each other that may leave their route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaver {
    pub row: Row,
    /// Its first visit.
    client: u32,
    /// The points of its first and last visit.
    ends: [u32; 2],
    /// The way past it, what the way costs less without it, and what the route does: an empty one isn't driven.
    past: i64,
    pub saved: i64,
    pub freed: i64,
    pub load: Load,
}

/// All that may leave a trip, by their first ranks: one by one, and two together.
#[derive(Clone, Debug, Default)]
pub(super) struct Leavers {
    single: Vec<Leaver>,
    double: Vec<Leaver>,
    /// The most that any of them saves.
    pub most_saved: i64,
}

/// A row that may go over to a trip of another route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Guest {
    pub leaver: Leaver,
    /// What it loads there.
    pub load: Load,
    /// The cheapest places there, the cheapest first.
    pub places: [Place; Guest::PLACES],
    /// The numbers of its first and last visit in [`Between`], and the way between these there, as they are and turned round.
    numbers: [usize; 2],
    within: [i64; 2],
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

/// A way from a point to a visit, and the one back.
pub(super) type WayAndBack = [i32; 2];

/// The ways between visits of one trip and the points of another one, on its vehicle: all places there are made of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Between<'w> {
    /// How many points there are.
    pub points: usize,
    /// Those of one visit after the other.
    pub ways: &'w [WayAndBack],
}

impl<'w> Between<'w> {
    /// Of the visit that came as that one.
    #[inline]
    fn of(self, number: usize) -> &'w [WayAndBack] {
        &self.ways[number * self.points..][..self.points]
    }
}

/// When a guest can be visited: the first of its visits, and from when on that can be loaded. The times of two, who have no hours,
/// are for the caller.
struct Arrival {
    visit: Segment,
    release: i64,
}

/// A trip that visits leave or come into.
#[derive(Clone, Copy)]
pub(super) struct Side<'s> {
    state: &'s State<'s, 's>,
    route: &'s Route,
    shift: &'s ShiftFacts,
    ways: &'s Ways,
    /// Its first and last position in the route.
    first: usize,
    last: usize,
    load: Load,
}

impl<'s> Side<'s> {
    /// None where segments don't tell all. An emptied trip takes its reload along, which is no detour only where the route ends at
    /// the depot.
    pub fn of(state: &'s State<'s, 's>, trip: Trip) -> Option<Self> {
        let context = state.context;
        let route = &state.routes[trip.route as usize];
        let shift = &context.shifts[route.shift as usize];
        let ways = context.ways_of(shift);
        let is_told = route.is_plain && (route.trips.len() == 1 || shift.start == shift.end);
        (is_told && !route.is_empty()).then(|| {
            let visits = route.trip(trip.rank as usize);
            let (first, last, load) = (visits.start, visits.end, route.load_of(visits));
            Self { state, route, shift, ways, first, last, load }
        })
    }

    /// Its visits; the points around them, a depot first and last; the legs between these.
    fn clients(&self) -> &'s [u32] {
        &self.route.clients[self.first..self.last]
    }

    fn points(&self) -> &'s [u32] {
        &self.route.points[self.first..=self.last + 1]
    }

    fn legs(&self) -> &'s [Way] {
        &self.route.legs[self.first..=self.last]
    }

    /// How many points there are.
    pub fn points_count(&self) -> usize {
        self.points().len()
    }

    /// By how much the trip is too heavy when some visits leave and others come.
    #[inline]
    pub fn too_heavy(&self, out: Load, into: Load) -> i64 {
        Excess::of_load(self.shift, self.load - out + into)
    }

    /// By how much the trip is too heavy.
    #[inline]
    pub fn heavy(&self) -> i64 {
        Excess::of_load(self.shift, self.load)
    }

    /// Who may leave.
    pub fn leavers(&self, leavers: &mut Leavers) {
        let context = self.state.context;
        let leaver = |rank, len| self.leaver(Row { rank, len });
        leavers.single.clear();
        leavers.single.extend((self.first..self.last).map(|rank| leaver(rank, 1)));
        leavers.double.clear();
        if !context.has_hours && !context.has_repeats {
            leavers.double.extend((self.first + 1..self.last).map(|rank| leaver(rank - 1, 2)));
        }
        let all = leavers.single.iter().chain(&leavers.double);
        leavers.most_saved = all.map(|leaver| leaver.saved).max().unwrap_or(0);
    }

    fn leaver(&self, row: Row) -> Leaver {
        let Route { clients, points, legs, loads, .. } = self.route;
        let way: i64 = legs[row.rank..=row.end()].iter().map(|leg| leg.metres).sum();
        let past = self.ways.metres(points[row.rank], points[row.end() + 1]);
        let is_all = row.len == clients.len();
        let saved = self.shift.cost_per_metre * (way - past);
        Leaver {
            row,
            client: clients[row.rank],
            ends: [points[row.rank + 1], points[row.end()]],
            past,
            saved,
            freed: if is_all { route_cost(self.shift, way, 0) } else { saved },
            load: loads[row.end()] - loads[row.rank],
        }
    }

    /// Adds those of its visits that may go over to another trip, by rank, and the ways between them and its points; their places are not known
    /// yet. Of two that go together one is enough of which `may_go` says so.
    pub fn guests(
        &self,
        leavers: &Leavers,
        other: &Self,
        may_go: impl Fn(usize) -> bool,
        guests: &mut Vec<Guest>,
        between: &mut Vec<WayAndBack>,
    ) {
        let (clients, points) = (self.clients(), self.points());
        let goes_in_twos = !leavers.double.is_empty();
        // Whether it may go by itself; its number, where it may go at all.
        let (mut may_last, mut last) = (false, None);
        let mut count = 0;
        for (rank, &client) in clients.iter().enumerate() {
            let may = may_go(rank);
            let may_next = || rank + 1 < clients.len() && may_go(rank + 1);
            let is_asked_for = may || goes_in_twos && (may_last || may_next());
            let number = (is_asked_for && self.state.takes(other.shift, client)).then_some(count);
            if let Some(number) = number {
                other.add_ways(points[rank + 1], between);
                count += 1;
                if may {
                    guests.push(self.guest(other, leavers.single[rank], [number; 2]));
                }
                if let Some(last) = last.filter(|_| goes_in_twos && (may || may_last)) {
                    guests.push(self.guest(other, leavers.double[rank - 1], [last, number]));
                }
            }
            (may_last, last) = (may, number);
        }
    }

    /// Adds the ways between its points and a visit.
    fn add_ways(&self, visit: u32, between: &mut Vec<WayAndBack>) {
        let short = |metres: i64| i32::try_from(metres).unwrap_or(i32::MAX);
        between.extend(self.points().iter().map(|&point| {
            let into = short(self.ways.metres_into(point, visit));
            [into, if self.ways.is_symmetric() { into } else { short(self.ways.metres(visit, point)) }]
        }));
    }

    /// A row as a guest of another trip, whose places are not known yet.
    fn guest(&self, other: &Self, leaver: Leaver, numbers: [usize; 2]) -> Guest {
        let (here, there) = (self.shift.serving, other.shift.serving);
        let load_there = || {
            let clients = leaver.row.of(&self.route.clients);
            let loads = clients.iter().map(|&client| self.state.facts(client, there).load);
            loads.fold(Load::default(), |sum, load| sum + load)
        };
        let [first, last] = leaver.ends;
        let is_single = leaver.row.len == 1;
        Guest {
            leaver,
            load: if here == there { leaver.load } else { load_there() },
            places: [Place::NONE; Guest::PLACES],
            numbers,
            within: if is_single {
                [0; 2]
            } else {
                [[first, last], [last, first]].map(|[from, to]| other.ways.metres(from, to))
            },
        }
    }

    /// Looks for the cheapest places for a guest, of those that cost less than `limit`.
    pub fn place(&self, guest: &mut Guest, between: Between<'_>, limit: i64) {
        let (shift, is_single) = (self.shift, guest.leaver.row.len == 1);
        let arrival = (shift.is_timed && is_single).then(|| self.arrival(guest));
        let [first, last] = guest.numbers.map(|number| between.of(number));
        for (position, leg) in (self.first..).zip(self.legs()) {
            let at = position - self.first;
            let ways = [first[at], first[at + 1], last[at], last[at + 1]];
            let (longer, is_turned) = longer(guest, ways, leg.metres);
            let cost = shift.cost_per_metre * longer;
            if cost >= guest.places[Guest::PLACES - 1].cost.min(limit) {
                continue;
            }
            if let Some(arrival) = &arrival {
                // Who comes too late here does so farther back, as a rule.
                let Some(leaving) = self.leaving(guest, arrival, position) else { break };
                if !self.is_tail_in_time(guest, leaving, position) {
                    continue;
                }
            }
            guest.note(Place { position: position as u32, is_turned, cost });
        }
    }

    /// The cheapest place for a guest once another row has left, if it costs less than `limit`.
    #[inline]
    pub fn place_without(
        &self,
        guest: &Guest,
        between: Between<'_>,
        gone: &Leaver,
        limit: i64,
    ) -> Option<Place> {
        let (start, end) = (gone.row.rank, gone.row.end());
        let is_whole = |place: &&Place| !(start..=end).contains(&(place.position as usize));
        let beside = *guest.places.iter().find(is_whole).unwrap_or(&Place::NONE);
        let [first, last] = guest.numbers.map(|number| between.of(number));
        let [before, behind] = [start, end + 1].map(|at| at - self.first);
        let ways = [first[before], first[behind], last[before], last[behind]];
        let (longer, is_turned) = longer(guest, ways, gone.past);
        let cost = self.shift.cost_per_metre * longer;
        let is_cheaper = cost < beside.cost.min(limit);
        let comes_in_time = || {
            let leaving = self.leaving(guest, &self.arrival(guest), start);
            leaving.is_some_and(|leaving| self.is_tail_in_time(guest, leaving, end))
        };
        if is_cheaper && (!self.shift.is_timed || guest.leaver.row.len > 1 || comes_in_time()) {
            return Some(Place { position: start as u32, is_turned, cost });
        }
        (beside.cost < limit).then_some(beside)
    }

    fn arrival(&self, guest: &Guest) -> Arrival {
        let (context, client) = (self.state.context, guest.leaver.client);
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
        let way = self.state.context.way(self.shift, route.points[position], guest.leaver.ends[0]);
        End::of(&head)?.then(way, &arrival.visit)
    }

    /// Whether everything from a position on is in time after a guest who leaves then.
    #[inline]
    fn is_tail_in_time(&self, guest: &Guest, leaving: End, position: usize) -> bool {
        let route = self.route;
        let way = self.state.context.way(self.shift, guest.leaver.ends[1], route.points[position + 1]);
        leaving.then(way, &route.after[position]).is_some()
    }
}

/// How much longer the way through a guest between two points is than the way past it, and whether it is turned round for that, by
/// the ways between its first and its last visit and these points.
#[inline]
fn longer(guest: &Guest, ways: [WayAndBack; 4], past: i64) -> (i64, bool) {
    const INTO: usize = 0;
    const BACK: usize = 1;
    let [first_from, first_to, last_from, last_to] = ways.map(|way| way.map(i64::from));
    let straight = first_from[INTO] + guest.within[0] + last_to[BACK];
    let turned = last_from[INTO] + guest.within[1] + first_to[BACK];
    let is_turned = guest.leaver.row.len > 1 && turned < straight;
    (if is_turned { turned } else { straight } - past, is_turned)
}
