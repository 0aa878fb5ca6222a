//! To the nearest local optimum: no single move of [`Move`] makes the solution cheaper.
//!
//! Ruin and recreate finds the good regions; this takes the last steps in them, and is the proof that none was left
//! out. It works on a settled state and keeps all days, so nobody's attendance changes and each move touches at most
//! two routes. A move is priced by its segments first; only what promises to pay is applied, timed exactly and kept if
//! the total has become smaller.

use super::context::{Context, NONE, ShiftFacts};
use super::excess::Excess;
use super::moves::Move;
use super::parts::{Unknown, pays};
use super::route::{Load, Route, least_duty, route_cost};
use super::state::{Spot, State};

/// Tries moves; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalSearch {
    first: Vec<u32>,
    second: Vec<u32>,
    queue: Vec<u32>,
    evicted: Vec<u32>,
}

impl LocalSearch {
    /// Near clients that a client may be brought to.
    const NEAR: usize = 12;
    /// The same within an iteration of ruin and recreate.
    const NEAR_IN_STEP: usize = 8;
    /// How often each client is looked at there.
    const LOOKS_EACH: usize = 3;
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

    /// Improves a settled state around some clients, within the transaction that is under way, by moves whose cost
    /// segments tell exactly; each client is looked at a few times at most.
    pub fn run_around(&mut self, state: &mut State<'_, '_>, clients: &[u32]) {
        self.queue.clear();
        self.queue.extend_from_slice(clients);
        let most = clients.len() * Self::LOOKS_EACH;
        let mut looked = 0;
        while looked < most
            && let Some(client) = self.queue.pop()
        {
            looked += 1;
            for day in state.days_of(client).iter() {
                if let Some(partner) = self.improve_once(state, client, day.0) {
                    self.queue.push(client);
                    self.queue.push(partner);
                    break;
                }
            }
        }
    }

    /// Applies the first exact move that pays and brings `client` next to a near visit; whose that is.
    fn improve_once(&mut self, state: &mut State<'_, '_>, client: u32, day: u8) -> Option<u32> {
        let context = state.context;
        let own = state.spot(client, day)?;
        if !state.routes[own.route as usize].is_plain {
            return None;
        }
        for &near in context.near(client).iter().take(Self::NEAR_IN_STEP) {
            let Some(other) = state.spot(near, day) else { continue };
            for (at_u, at_v) in [(own, other), (other, own)] {
                let pair = Pair::new(state, at_u, at_v);
                if !pair.is_promising() {
                    break;
                }
                for kind in Move::ALL {
                    if kind.is_none(pair.is_one) || pair.is_hopeless(kind) {
                        continue;
                    }
                    if self.is_better(state, kind, at_u, at_v) && is_exact(state, at_u, at_v) {
                        self.apply(state, at_u, at_v);
                        return Some(near);
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
                for kind in Move::ALL {
                    let (Some(at_u), Some(at_v)) = (state.spot(u, day), state.spot(v, day)) else { continue };
                    self.attempt(state, kind, at_u, at_v);
                }
            }
        }
    }

    /// Applies a move if it pays.
    fn attempt(&mut self, state: &mut State<'_, '_>, kind: Move, at_u: Spot, at_v: Spot) {
        if Pair::new(state, at_u, at_v).is_hopeless(kind) || !self.is_better(state, kind, at_u, at_v) {
            return;
        }
        let before = state.energy();
        let is_whole = self.apply(state, at_u, at_v);
        if is_whole && state.energy() < before {
            state.commit();
        } else {
            state.rollback();
        }
    }

    /// Whether a move pays as far as segments tell; the sequences after it are then in the buffers.
    fn is_better(&mut self, state: &State<'_, '_>, kind: Move, at_u: Spot, at_v: Spot) -> bool {
        match pays(state, kind, at_u, at_v) {
            Ok(pays) => pays && self.make(state, kind, at_u, at_v),
            Err(Unknown) => self.make(state, kind, at_u, at_v) && self.is_cheaper(state, at_u, at_v),
        }
    }

    /// Makes the sequences of a move in the buffers; false where the move is none.
    fn make(&mut self, state: &State<'_, '_>, kind: Move, at_u: Spot, at_v: Spot) -> bool {
        let route = |spot: Spot| (&state.routes[spot.route as usize], spot.rank as usize);
        let ((first, rank_u), (second, rank_v)) = (route(at_u), route(at_v));
        if at_u.route == at_v.route {
            kind.within(&first.clients, rank_u, rank_v, &mut self.first)
        } else {
            let (u, v) = ((&first.clients[..], rank_u), (&second.clients[..], rank_v));
            kind.between(u, v, &mut self.first, &mut self.second)
        }
    }

    /// Whether the sequences in the buffers cost less than those of two visits' routes.
    fn is_cheaper(&self, state: &State<'_, '_>, at_u: Spot, at_v: Spot) -> bool {
        let (first, second) = (&state.routes[at_u.route as usize], &state.routes[at_v.route as usize]);
        let is_one = at_u.route == at_v.route;
        let now = state.energy_of(first) + if is_one { 0 } else { state.energy_of(second) };
        let Some(new_first) = least_cost(state, first.shift, &self.first, now) else { return false };
        is_one || least_cost(state, second.shift, &self.second, now - new_first).is_some()
    }

    /// Puts the sequences of the buffers in; whether nobody had to leave.
    fn apply(&mut self, state: &mut State<'_, '_>, at_u: Spot, at_v: Spot) -> bool {
        state.replace(at_u.route, &self.first);
        if at_u.route != at_v.route {
            state.replace(at_v.route, &self.second);
        }
        self.evicted.clear();
        state.settle(&mut self.evicted);
        self.evicted.is_empty()
    }
}

/// Whether segments tell what a move between two routes costs, to the last unit.
fn is_exact(state: &State<'_, '_>, at_u: Spot, at_v: Spot) -> bool {
    let (first, second) = (&state.routes[at_u.route as usize], &state.routes[at_v.route as usize]);
    let serving = |route: &Route| state.context.shifts[route.shift as usize].serving;
    let is_alike = serving(first) == serving(second) || state.context.problem.covering.groups.is_empty();
    first.is_plain && second.is_plain && is_alike
}

/// Two visits with what lies around them, to price moves in constant time.
pub(super) struct Pair<'s> {
    state: &'s State<'s, 's>,
    context: &'s Context<'s>,
    first: &'s Route,
    second: &'s Route,
    shift_u: &'s ShiftFacts,
    shift_v: &'s ShiftFacts,
    /// Where they are in the routes' points.
    at_u: usize,
    at_v: usize,
    is_one: bool,
    /// Whether a way costs the same on both routes.
    is_alike: bool,
    /// The most that a move may save besides the way, where the way has a price of its own: a vehicle, what is exceeded.
    credit: Option<i64>,
}

impl<'s> Pair<'s> {
    pub fn new(state: &'s State<'s, 's>, at_u: Spot, at_v: Spot) -> Self {
        let context = state.context;
        let (first, second) = (&state.routes[at_u.route as usize], &state.routes[at_v.route as usize]);
        let (shift_u, shift_v) =
            (&context.shifts[first.shift as usize], &context.shifts[second.shift as usize]);
        let way = |shift: &ShiftFacts| (shift.cost_per_metre, shift.travel, shift.end);
        let is_alike = first.shift == second.shift || way(shift_u) == way(shift_v);
        // An emptied trip takes its reload along, which is no detour only where the route ends at the depot.
        let is_told = |route: &Route, shift: &ShiftFacts| {
            shift.cost_per_second == 0 && (route.trips.len() == 1 || shift.start == shift.end)
        };
        let is_one = at_u.route == at_v.route;
        // What both exceed may vanish, and a route of few visits may be emptied, which saves its vehicle.
        let credit = || {
            let home = || context.way(shift_u, shift_u.start, shift_u.end).metres;
            let leave = if first.clients.len() > 2 { 0 } else { route_cost(shift_u, home(), 0) };
            let beyond = |route: &Route| state.prices.sum(route.excess);
            leave + beyond(first) + if is_one { 0 } else { beyond(second) }
        };
        Self {
            state,
            context,
            first,
            second,
            shift_u,
            shift_v,
            // In `points` the visit of rank `r` is at `r + 1`.
            at_u: at_u.rank as usize + 1,
            at_v: at_v.rank as usize + 1,
            is_one,
            is_alike,
            credit: (is_told(first, shift_u) && is_told(second, shift_v)).then(credit),
        }
    }

    /// Whether bringing the two together may pay: the way between them is shorter than some way beside them (the gain
    /// criterion of Lin & Kernighan 1973, for one exchange).
    fn is_promising(&self) -> bool {
        if self.credit != Some(0) || !self.is_alike {
            return true;
        }
        let (from, to) = (self.first.points[self.at_u], self.second.points[self.at_v]);
        let apart = self.context.way(self.shift_u, from, to).metres;
        let (u, v) = (&self.first.legs, &self.second.legs);
        [u[self.at_u - 1], u[self.at_u], v[self.at_v - 1], v[self.at_v]].iter().any(|leg| leg.metres > apart)
    }

    /// Whether a move can't pay: the way becomes dearer, and the trips that take visits in heavier, by more than it may save
    /// elsewhere.
    pub fn is_hopeless(&self, kind: Move) -> bool {
        let (Some(dearer), Some(credit)) = (self.dearer(kind), self.credit) else { return false };
        dearer >= credit || self.heavier(kind).is_none_or(|heavier| dearer + heavier >= credit)
    }

    /// What a move's trips exceed after it, at its price, as far as visits go from one trip to another; none where they may
    /// not.
    fn heavier(&self, kind: Move) -> Option<i64> {
        let (u, v) = (self.at_u - 1, self.at_v - 1);
        if self.is_one && self.first.trip_at[u] == self.second.trip_at[v] {
            return Some(0);
        }
        let load = |route: &Route, rank: usize, shift: &ShiftFacts| match route.clients.get(rank) {
            None | Some(&NONE) => Some(Load::default()),
            Some(&client) => {
                Some(self.state.facts(client, shift.serving).load).filter(|load| load.fits(shift))
            }
        };
        let (own, other) = (self.shift_u, self.shift_v);
        let into_v = load(self.first, u, other)?;
        let into_v = match kind {
            Move::Relocate => into_v,
            Move::RelocatePair | Move::RelocatePairTurned => into_v + load(self.first, u + 1, other)?,
            Move::Swap => into_v - load(self.second, v, other)?,
            Move::SwapTails | Move::Reverse => return Some(0),
        };
        let mut excess = Excess::NONE;
        excess.load += Excess::of_load(other, self.second.trip_load(v) + into_v);
        if kind == Move::Swap {
            let into_u = load(self.second, v, own)? - load(self.first, u, own)?;
            excess.load += Excess::of_load(own, self.first.trip_load(u) + into_u);
        }
        self.state.prices.of(excess)
    }

    /// By how much a move makes the way dearer; none where the way has no price of its own, or is not told by the ends of
    /// what is moved.
    pub fn dearer(&self, kind: Move) -> Option<i64> {
        self.credit?;
        let (at_u, at_v, is_one) = (self.at_u, self.at_v, self.is_one);
        let (first, second) = (&self.first.points, &self.second.points);
        let (legs_u, legs_v) = (&self.first.legs, &self.second.legs);
        let (u, next_u) = (first[at_u], first[at_u + 1]);
        let (v, next_v) = (second[at_v], second[at_v + 1]);
        let way_u = |from: u32, to: u32| self.context.way(self.shift_u, from, to).metres;
        let way_v = |from: u32, to: u32| self.context.way(self.shift_v, from, to).metres;
        let (each_u, each_v) = (self.shift_u.cost_per_metre, self.shift_v.cost_per_metre);
        // What it saves to take some visits out of the one place and to open the other.
        let taken = |count: usize| -> Option<i64> {
            let (last, next) = (first[at_u - 1], *first.get(at_u + count)?);
            let is_beside = is_one && (at_u - 1..at_u + count).contains(&at_v);
            let gone: i64 = legs_u[at_u - 1..at_u + count].iter().map(|leg| leg.metres).sum();
            (!is_beside).then(|| each_u * (way_u(last, next) - gone) - each_v * legs_v[at_v].metres)
        };
        Some(match kind {
            Move::Relocate => taken(1)? + each_v * (way_v(v, u) + way_v(u, next_v)),
            Move::RelocatePair => {
                taken(2)? + each_v * (way_v(v, u) + way_v(u, next_u) + way_v(next_u, next_v))
            }
            Move::RelocatePairTurned => {
                taken(2)? + each_v * (way_v(v, next_u) + way_v(next_u, u) + way_v(u, next_v))
            }
            Move::SwapTails if !is_one && self.is_alike => {
                each_u * (way_u(u, next_v) + way_u(v, next_u) - legs_u[at_u].metres - legs_v[at_v].metres)
            }
            Move::Swap if !is_one || at_u.abs_diff(at_v) > 1 => {
                let (last_u, last_v) = (first[at_u - 1], second[at_v - 1]);
                let now_u = legs_u[at_u - 1].metres + legs_u[at_u].metres;
                let now_v = legs_v[at_v - 1].metres + legs_v[at_v].metres;
                each_u * (way_u(last_u, v) + way_u(v, next_u) - now_u)
                    + each_v * (way_v(last_v, u) + way_v(u, next_v) - now_v)
            }
            Move::Reverse if is_one && at_u < at_v && self.context.is_symmetric(self.shift_u) => {
                each_u * (way_u(u, v) + way_u(next_u, next_v) - legs_u[at_u].metres - legs_v[at_v].metres)
            }
            Move::SwapTails | Move::Swap | Move::Reverse => return None,
        })
    }
}

/// The least that a sequence may cost on a shift, what it exceeds at its price, if that is below `limit`. Exact for plain
/// routes.
pub(super) fn least_cost(state: &State<'_, '_>, shift: u32, clients: &[u32], limit: i64) -> Option<i64> {
    if clients.is_empty() {
        return (limit > 0).then_some(0);
    }
    let context = state.context;
    let facts = &context.shifts[shift as usize];
    // Way and load alone refuse most sequences, in a fraction of the time.
    let least = least_cost_untimed(state, shift, clients, limit)?;
    if !facts.is_timed {
        return Some(least);
    }
    let mut whole = Context::depot_segment(facts);
    let (mut load, mut at, mut excess) = (Load::default(), facts.start, Excess::NONE);
    for &client in clients {
        let (point, own) = if client == NONE {
            excess.load += Excess::of_load(facts, load);
            load = Load::default();
            (facts.start, Context::reload_segment(facts))
        } else {
            if !context.allows(facts, client) {
                return None;
            }
            let visit = state.facts(client, facts.serving);
            if !visit.load.fits(facts) {
                return None;
            }
            load = load + visit.load;
            (context.client(client).point, context.visit_segment(client, facts.day, visit.opening))
        };
        whole = whole.join(context.way(facts, at, point), &own);
        at = point;
    }
    whole = whole.join(context.way(facts, at, facts.end), &Context::depot_segment(facts));
    let trips = clients.iter().filter(|&&client| client == NONE).count() + 1;
    if trips > facts.max_trips || clients.len() + 1 - trips > facts.max_visits {
        return None;
    }
    excess.load += Excess::of_load(facts, load);
    excess.time = Excess::of_time(facts, &whole)?;
    let cost =
        route_cost(facts, whole.metres, least_duty(facts, &whole)).saturating_add(state.prices.of(excess)?);
    (cost < limit).then_some(cost)
}

/// The same where no time can bind.
fn least_cost_untimed(state: &State<'_, '_>, shift: u32, clients: &[u32], limit: i64) -> Option<i64> {
    let context = state.context;
    let facts = &context.shifts[shift as usize];
    let (mut load, mut at, mut metres, mut visits) = (Load::default(), facts.start, 0, 0);
    let mut excess = Excess::NONE;
    for &client in clients {
        let mut point = facts.start;
        if client == NONE {
            excess.load += Excess::of_load(facts, load);
            load = Load::default();
        } else {
            if !context.allows(facts, client) {
                return None;
            }
            let own = state.facts(client, facts.serving).load;
            if !own.fits(facts) {
                return None;
            }
            load = load + own;
            point = context.points[client as usize];
            visits += 1;
        }
        metres += context.way(facts, at, point).metres;
        at = point;
    }
    metres += context.way(facts, at, facts.end).metres;
    let trips = clients.len() - visits + 1;
    excess.load += Excess::of_load(facts, load);
    excess.time = Excess::of_way(facts, metres);
    let holds = visits <= facts.max_visits && trips <= facts.max_trips;
    let cost = route_cost(facts, metres, 0).saturating_add(state.prices.of(excess)?);
    (holds && cost < limit).then_some(cost)
}
