//! To the nearest local optimum: no single move of [`Move`] makes the solution cheaper.
//!
//! Ruin and recreate finds the good regions; this takes the last steps in them, and is the proof that none was left
//! out. It works on a settled state and keeps all days, so nobody's attendance changes and each move touches at most
//! two routes. A move is priced by its segments first; only what promises to pay is applied, timed exactly and kept if
//! the total has become smaller. Within an iteration visits then go over between routes side by side, two or three of these at a time.

use super::context::{Context, NONE, visits_of};
use super::ejection::Ejections;
use super::excess::Excess;
use super::guests::Guests;
use super::moves::Move;
use super::pair::{Around, Pair};
use super::parts::{Unknown, pays};
use super::route::{Load, least_duty, route_cost};
use super::segment::{Chain, End, Segment};
use super::shift::ShiftFacts;
use super::state::{Spot, State};
use super::swap_star;
use super::transfer::Transfer;
use super::vicinity::Vicinity;
use super::ways::Way;

/// Tries moves; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalSearch {
    /// What the routes of a change become.
    sequences: [Vec<u32>; 3],
    /// Visits to look at, by client and day.
    queue: Vec<(u32, u8)>,
    evicted: Vec<u32>,
    vicinity: Vicinity,
    guests: Guests,
    ejections: Ejections,
}

impl LocalSearch {
    /// Near clients that a client may be brought to, where every move that may pay is made and timed.
    const NEAR: usize = 12;
    /// The same within an iteration of ruin and recreate, where segments refuse most.
    const NEAR_IN_STEP: usize = 20;
    /// How many looks there are for each visit of an iteration's queue.
    const LOOKS_EACH: usize = 6;
    /// How many near visits tell between which routes visits go over, and which visits those are. Ours.
    const NEAR_IN_TRANSFER: usize = 30;
    /// How many visits the routes have, at most, between which visits go over: what is told of pairs of them grows with its square.
    const VISITS_IN_TRANSFER: usize = 1000;
    /// Passes over the routes of an iteration in which visits go over. Ours.
    const TRANSFER_PASSES_MOST: usize = 5;
    /// Passes over all clients; far more than are needed.
    const PASSES_MOST: usize = 50;

    /// Applies moves that pay until none does, or `is_over` says so. The state is committed before and after.
    pub fn run(&mut self, state: &mut State<'_, '_>, is_over: impl Fn() -> bool) {
        for _ in 0..Self::PASSES_MOST {
            let before = state.energy();
            for client in 0..state.context.clients() as u32 {
                if is_over() {
                    return;
                }
                for day in state.days_of(client).iter() {
                    self.improve(state, client, day.0);
                }
            }
            if state.energy() == before {
                break;
            }
        }
    }

    /// Improves a settled state around the visits whose neighbours the transaction that is under way has changed, and
    /// within it, by moves whose cost segments tell exactly; a few looks a visit at most.
    pub fn run_where_changed(&mut self, state: &mut State<'_, '_>) {
        self.queue.clear();
        state.changed_visits(&mut self.queue);
        self.run_queue(state);
        self.transfer(state);
    }

    /// The same around all visits of some clients.
    pub fn run_around(&mut self, state: &mut State<'_, '_>, clients: &[u32]) {
        self.queue.clear();
        for &client in clients {
            self.queue.extend(state.days_of(client).iter().map(|day| (client, day.0)));
        }
        self.run_queue(state);
        self.transfer(state);
    }

    /// Looks around the visits of the queue, the last first, and again around those that a move has brought together.
    fn run_queue(&mut self, state: &mut State<'_, '_>) {
        for _ in 0..self.queue.len() * Self::LOOKS_EACH {
            let Some((client, day)) = self.queue.pop() else { return };
            if let Some(partner) = self.improve_once(state, client, day) {
                self.queue.extend([(client, day), (partner, day)]);
            }
        }
    }

    /// Lets visits go over between routes that the transaction has changed, and looks around those, until no transfer pays; a few
    /// passes at most. Where no exchange of two routes pays any more, chains over three are tried.
    fn transfer(&mut self, state: &mut State<'_, '_>) {
        // Where visits earn something iterations bring more in that time: measured.
        if state.context.is_selective {
            return;
        }
        self.guests.clear();
        let (mut exchanged, mut ejected) = (0, 0);
        for _ in 0..Self::TRANSFER_PASSES_MOST {
            let now = state.changes();
            self.vicinity.look(state, Self::NEAR_IN_TRANSFER, Self::VISITS_IN_TRANSFER);
            self.exchange(state, exchanged);
            exchanged = now;
            if state.changes() == now {
                self.eject(state, ejected);
                ejected = now;
            }
            if state.changes() == now {
                return;
            }
        }
    }

    /// Exchanges visits of pairs of trips side by side of which one has changed after that version. What changes meanwhile is for
    /// the next pass.
    fn exchange(&mut self, state: &mut State<'_, '_>, version: u64) {
        let now = state.changes();
        let vicinity = &self.vicinity;
        self.guests.update(state, vicinity, |[from, to]| vicinity.is_pair(from, to, version));
        for second in 1..self.vicinity.trips.len() {
            for first in 0..second {
                let trips = [first, second].map(|number| self.vicinity.trips[number]);
                let is_seen = trips.iter().all(|trip| state.routes[trip.route as usize].version <= now);
                if !is_seen || !self.vicinity.is_pair(first, second, version) {
                    continue;
                }
                if let Some(transfer) = swap_star::cheapest(state, &self.guests, trips, [first, second]) {
                    self.attempt_transfer(state, &transfer);
                }
            }
        }
    }

    /// Lets visits go over to trips that others leave for a third one, of which one has changed after that version. What changes
    /// meanwhile is for the next pass.
    fn eject(&mut self, state: &mut State<'_, '_>, version: u64) {
        let versions = [version, state.changes()];
        let vicinity = &self.vicinity;
        self.guests.update(state, vicinity, |[from, to]| vicinity.is_beside(from, to));
        for middle in 0..self.vicinity.trips.len() {
            let (guests, vicinity) = (&self.guests, &self.vicinity);
            if let Some(transfer) = self.ejections.cheapest(state, guests, vicinity, middle, versions) {
                self.attempt_transfer(state, &transfer);
            }
        }
    }

    /// Makes a transfer if it pays, and looks around the places where somebody left or came.
    fn attempt_transfer(&mut self, state: &mut State<'_, '_>, transfer: &Transfer) {
        let routes = transfer.changed();
        let rows = |route: u32| &state.routes[route as usize].clients[..];
        for (number, sequence) in self.sequences.iter_mut().enumerate().take(routes.len()) {
            transfer.sequence(number, rows, sequence);
        }
        if !self.is_cheaper(state, routes) || !is_exact(state, routes) {
            return;
        }
        let day = state.context.shifts[state.brief(routes[0]).shift as usize].day;
        self.queue.clear();
        for (number, (&route, sequence)) in routes.iter().zip(&self.sequences).enumerate() {
            let left = transfer.leaving(number).map(|row| (rows(route), row));
            let arrived = transfer.arrived(number, rows, sequence).map(|row| (&sequence[..], row));
            for (clients, row) in left.into_iter().chain(arrived) {
                let beside = row.rank.saturating_sub(1)..clients.len().min(row.end() + 1);
                for client in visits_of(&clients[beside]) {
                    if !self.queue.contains(&(client, day)) {
                        self.queue.push((client, day));
                    }
                }
            }
        }
        self.apply(state, routes);
        self.run_queue(state);
    }

    /// Applies the first exact move that pays and brings `client` next to a near visit; whose that is.
    fn improve_once(&mut self, state: &mut State<'_, '_>, client: u32, day: u8) -> Option<u32> {
        let (near, routes) = self.first_that_pays(state, client, day)?;
        self.apply(state, distinct(&routes));
        Some(near)
    }

    /// The first exact move that pays and brings `client` next to a near visit: that visit's client, and the routes of the move, or
    /// twice its route, whose sequences are in the buffers.
    fn first_that_pays(&mut self, state: &State<'_, '_>, client: u32, day: u8) -> Option<(u32, [u32; 2])> {
        let context = state.context;
        let own = state.spot(client, day)?;
        if !state.routes[own.route as usize].is_plain {
            return None;
        }
        let here = Around::of(state, own);
        for &near in context.near(client).iter().take(Self::NEAR_IN_STEP) {
            let Some(other) = state.spot(near, day) else { continue };
            if !here.is_promising(state, other, context.points[near as usize]) {
                continue;
            }
            let there = Around::of(state, other);
            let pair = Pair::new(state, &here, &there);
            for (pair, kinds) in [(&pair, &Move::ALL[..]), (&pair.turned(), &Move::ONE_SIDED[..])] {
                for &kind in kinds {
                    if pair.is_none(kind) || pair.is_hopeless(kind) {
                        continue;
                    }
                    let routes = pair.spots().map(|spot| spot.route);
                    if self.is_better(state, kind, pair) && is_exact(state, &routes) {
                        return Some((near, routes));
                    }
                }
            }
        }
        None
    }

    /// Tries to bring one visit next to its neighbours of the day, on either side.
    fn improve(&mut self, state: &mut State<'_, '_>, client: u32, day: u8) {
        let context = state.context;
        for &near in context.near(client).iter().take(Self::NEAR) {
            for (u, v) in [(client, near), (near, client)] {
                let (Some(at_u), Some(at_v)) = (state.spot(u, day), state.spot(v, day)) else { continue };
                // Where a move was made, the next pass looks at the others again.
                for kind in hopeful(state, at_u, at_v).into_iter().flatten() {
                    let (Some(at_u), Some(at_v)) = (state.spot(u, day), state.spot(v, day)) else { continue };
                    self.attempt(state, kind, at_u, at_v);
                }
            }
        }
    }

    /// Applies a move if it pays.
    fn attempt(&mut self, state: &mut State<'_, '_>, kind: Move, at_u: Spot, at_v: Spot) {
        let (u, v) = (Around::of(state, at_u), Around::of(state, at_v));
        let pair = Pair::new(state, &u, &v);
        if pair.is_none(kind) || !self.is_better(state, kind, &pair) {
            return;
        }
        let before = state.energy();
        let is_whole = self.apply(state, distinct(&[at_u.route, at_v.route]));
        if is_whole && state.energy() < before {
            state.commit();
        } else {
            state.rollback();
        }
    }

    /// Whether a move pays as far as segments tell; the sequences after it are then in the buffers.
    fn is_better(&mut self, state: &State<'_, '_>, kind: Move, pair: &Pair<'_>) -> bool {
        let [at_u, at_v] = pair.spots();
        let told = pair.pays(kind).or_else(|Unknown| pays(state, kind, at_u, at_v));
        let is_told = told.is_ok();
        let routes = [at_u.route, at_v.route];
        told.unwrap_or(true)
            && self.make(state, kind, at_u, at_v)
            && (is_told || self.is_cheaper(state, distinct(&routes)))
    }

    /// Makes the sequences of a move in the buffers; false where the move is none.
    fn make(&mut self, state: &State<'_, '_>, kind: Move, at_u: Spot, at_v: Spot) -> bool {
        let route = |spot: Spot| (&state.routes[spot.route as usize], spot.rank as usize);
        let ((first, rank_u), (second, rank_v)) = (route(at_u), route(at_v));
        let [new_first, new_second, _] = &mut self.sequences;
        if at_u.route == at_v.route {
            kind.within(&first.clients, rank_u, rank_v, new_first)
        } else {
            let (u, v) = ((&first.clients[..], rank_u), (&second.clients[..], rank_v));
            kind.between(u, v, new_first, new_second)
        }
    }

    /// Whether the sequences in the buffers cost less than those of some routes.
    fn is_cheaper(&self, state: &State<'_, '_>, routes: &[u32]) -> bool {
        let routes = || routes.iter().map(|&route| &state.routes[route as usize]);
        let mut rest: i64 = routes().map(|route| state.energy_of(route)).sum();
        routes().zip(&self.sequences).all(|(route, sequence)| {
            let cost = least_cost(state, route.shift, sequence, rest);
            rest -= cost.unwrap_or(0);
            cost.is_some()
        })
    }

    /// Puts the sequences of the buffers into some routes; whether nobody had to leave.
    fn apply(&mut self, state: &mut State<'_, '_>, routes: &[u32]) -> bool {
        for (&route, sequence) in routes.iter().zip(&self.sequences) {
            state.replace(route, sequence);
        }
        self.evicted.clear();
        state.settle(&mut self.evicted);
        self.evicted.is_empty()
    }
}

/// Two routes, or one if they are the same.
fn distinct(routes: &[u32; 2]) -> &[u32] {
    if routes[0] == routes[1] { &routes[..1] } else { routes }
}

/// The kinds of moves of two visits that there are and that are not hopeless.
fn hopeful(state: &State<'_, '_>, at_u: Spot, at_v: Spot) -> [Option<Move>; 6] {
    let (u, v) = (Around::of(state, at_u), Around::of(state, at_v));
    let pair = Pair::new(state, &u, &v);
    Move::ALL.map(|kind| (!pair.is_none(kind) && !pair.is_hopeless(kind)).then_some(kind))
}

/// Whether segments tell what a move between some routes costs, to the last unit.
pub(super) fn is_exact(state: &State<'_, '_>, routes: &[u32]) -> bool {
    let routes = || routes.iter().map(|&route| &state.routes[route as usize]);
    let mut servings = routes().map(|route| state.context.shifts[route.shift as usize].serving);
    let first = servings.next();
    let is_alike = servings.all(|own| first == Some(own)) || state.context.problem.covering.groups.is_empty();
    routes().all(|route| route.is_plain) && is_alike
}

/// The least that a sequence may cost on a shift, what it exceeds at its price, if that is below `limit`. Exact for plain
/// routes.
pub(super) fn least_cost(state: &State<'_, '_>, shift: u32, clients: &[u32], limit: i64) -> Option<i64> {
    if clients.is_empty() {
        return (limit > 0).then_some(0);
    }
    let facts = &state.context.shifts[shift as usize];
    let (way, load, all) = way_and_load(state, facts, clients)?;
    let time = if facts.is_timed { 0 } else { Excess::of_way(facts, way, all) };
    // Way and load alone refuse most sequences, in a fraction of the time.
    let least = route_cost(facts, way.metres, 0).saturating_add(state.prices.of(Excess { load, time })?);
    if least >= limit || !facts.is_timed {
        return (least < limit).then_some(least);
    }
    if facts.is_free {
        return chain::<End>(state, facts, clients).map(|_| least);
    }
    let whole = chain::<Segment>(state, facts, clients)?;
    let excess = Excess { load, time: Excess::of_time(facts, &whole)? };
    let cost = route_cost(facts, way.metres, least_duty(facts, &whole));
    let cost = cost.saturating_add(state.prices.of(excess)?);
    (cost < limit).then_some(cost)
}

/// The way of a sequence, by how much its trips are too heavy, and all that they load; none where it may not be whatever the
/// times.
fn way_and_load(state: &State<'_, '_>, facts: &ShiftFacts, clients: &[u32]) -> Option<(Way, i64, Load)> {
    let context = state.context;
    let (mut load, mut all, mut beyond) = (Load::default(), Load::default(), 0);
    let (mut at, mut way, mut visits) = (facts.start, Way::default(), 0);
    for &client in clients {
        let mut point = facts.start;
        if client == NONE {
            beyond += Excess::of_load(facts, load);
            load = Load::default();
            all.opening += facts.reload;
        } else {
            if !state.takes(facts, client) {
                return None;
            }
            let own = state.facts(client, facts.serving).load;
            (load, all) = (load + own, all + own);
            point = context.points[client as usize];
            visits += 1;
        }
        way = way + context.way(facts, at, point);
        at = point;
    }
    way = way + context.way(facts, at, facts.end);
    let trips = clients.len() - visits + 1;
    let holds = visits <= facts.max_visits && trips <= facts.max_trips;
    holds.then_some((way, beyond + Excess::of_load(facts, load), all))
}

/// The segments of a sequence, one after the other.
fn chain<C: Chain>(state: &State<'_, '_>, facts: &ShiftFacts, clients: &[u32]) -> Option<C> {
    let context = state.context;
    let release = context.release_of_trip(clients);
    let (mut chain, mut at) = (C::of(&Context::depot_segment(facts, release))?, facts.start);
    for (index, &client) in clients.iter().enumerate() {
        let (point, own) = if client == NONE {
            (facts.start, Context::reload_segment(facts, context.release_of_trip(&clients[index + 1..])))
        } else {
            let opening = state.facts(client, facts.serving).opening;
            (context.points[client as usize], context.visit_segment(client, facts.day, opening))
        };
        chain = chain.then(context.way(facts, at, point), &own)?;
        at = point;
    }
    chain.then(context.way(facts, at, facts.end), &Context::depot_segment(facts, i64::MIN))
}
