//! Moves refused by their ends: what a move makes the way dearer and a trip heavier, in constant time.
//!
//! Most moves can't pay, and the ends of what is moved tell so where a kilometre has a price: on routes of several trips too,
//! on vehicles of different prices, and beyond limits. What is left is priced to the last unit where no times are kept
//! ([`untimed`]), else by [`parts`](super::parts), or by making it.

mod untimed;

use untimed::Metres;

use super::context::{Context, NONE};
use super::excess::Excess;
use super::moves::Move;
use super::route::{Load, Route, route_cost};
use super::shift::ShiftFacts;
use super::state::{Spot, State};
use super::ways::Ways;

/// A visit with what lies around it, read once for all moves.
pub(super) struct Around<'s> {
    pub spot: Spot,
    route: &'s Route,
    shift: &'s ShiftFacts,
    ways: &'s Ways,
    /// Its point and the one after the next; the depot's where it ends the route, [`NONE`] beyond.
    at: u32,
    second: u32,
    /// What a metre costs.
    each: i64,
    /// What it costs to go past the visit, or past it and the next, instead of to it; negative as a rule.
    past_one: i64,
    past_two: i64,
    /// Whether the ends of what is moved tell what it costs.
    is_told: bool,
    /// The most that a move may save on this route besides the way: its vehicle; what is exceeded, at its price.
    leave: i64,
    time: i64,
    load: i64,
}

impl<'s> Around<'s> {
    pub fn of(state: &'s State<'s, 's>, spot: Spot) -> Self {
        let context = state.context;
        let route = &state.routes[spot.route as usize];
        let shift = &context.shifts[route.shift as usize];
        let ways = context.ways_of(shift);
        let each = shift.cost_per_metre;
        // In `points` the visit of rank `r` is at `r + 1`.
        let at = spot.rank as usize + 1;
        let second = route.points.get(at + 2).copied();
        let past_two = second.map_or(0, |second| {
            ways.metres(spot.last, second) - spot.before - spot.after - route.legs[at + 1].metres
        });
        Self {
            spot,
            route,
            shift,
            ways,
            at: route.points[at],
            second: second.unwrap_or(NONE),
            each,
            past_one: each * (ways.metres(spot.last, spot.next) - spot.before - spot.after),
            past_two: each * past_two,
            is_told: is_told(route, shift),
            leave: leave(context, route, shift),
            time: state.prices.sum(Excess { load: 0, ..route.excess }),
            load: state.prices.sum(Excess { time: 0, ..route.excess }),
        }
    }

    /// Where its route begins and ends.
    fn depots(&self) -> (u32, u32) {
        (self.shift.start, self.shift.end)
    }

    /// What the trip it is in loads.
    fn trip_load(&self) -> Load {
        self.route.trip_load(self.spot.rank as usize)
    }

    /// What is loaded for its trip up to the visit, and with it.
    fn head_load(&self) -> Load {
        let rank = self.spot.rank as usize;
        self.route.load_of(self.route.trip_around(rank).start..rank + 1)
    }

    /// Whether bringing another visit, at a point, next to it may pay: the way between them is shorter than some way beside
    /// them (the gain criterion of Lin & Kernighan 1973, for one exchange; what tails gain on the way to other depots is not
    /// looked for).
    #[inline]
    pub fn is_promising(&self, state: &State<'_, '_>, other: Spot, point: u32) -> bool {
        let brief = state.brief(other.route);
        let is_bare = brief.is_bare && state.brief(self.spot.route).is_bare;
        if !is_bare || state.shift_of(other).drive != self.shift.drive {
            return true;
        }
        let longest = self.spot.before.max(self.spot.after).max(other.before).max(other.after);
        longest > self.ways.metres(self.at, point)
    }
}

/// Whether the ends of what is moved tell by how much the way becomes dearer. An emptied trip takes its reload along, which is
/// no detour only where the route ends at the depot.
pub(super) fn is_told(route: &Route, shift: &ShiftFacts) -> bool {
    shift.cost_per_second == 0 && (route.trips.len() == 1 || shift.start == shift.end)
}

/// What a route that a move may empty saves besides the way to its visits: its vehicle.
pub(super) fn leave(context: &Context<'_>, route: &Route, shift: &ShiftFacts) -> i64 {
    if route.clients.len() > 2 {
        return 0;
    }
    route_cost(shift, context.ways_of(shift).metres(shift.start, shift.end), 0)
}

/// The most that a move may save besides the way and loads: a vehicle is that of the route that visits are taken from, what is
/// exceeded is on either.
fn credit(u: &Around<'_>, v: &Around<'_>, is_one: bool) -> i64 {
    u.leave + u.time + if is_one { 0 } else { v.time }
}

/// Two visits `u` and `v`, to price the moves that bring them together in constant time.
pub(super) struct Pair<'s> {
    state: &'s State<'s, 's>,
    u: &'s Around<'s>,
    v: &'s Around<'s>,
    is_one: bool,
    /// The most that a move may save besides the way and loads.
    credit: i64,
    /// Ways on the vehicle of `v`: to `u` or its successor from `v`, and on to the successor of `v`.
    v_u: i64,
    v_next: i64,
    u_on: i64,
    next_on: i64,
}

impl<'s> Pair<'s> {
    pub fn new(state: &'s State<'s, 's>, u: &'s Around<'s>, v: &'s Around<'s>) -> Self {
        let is_one = u.spot.route == v.spot.route;
        Self {
            state,
            u,
            v,
            is_one,
            credit: credit(u, v, is_one),
            // From the rows of `u` and its successor, which are in the cache while it is `v` that changes.
            v_u: v.ways.metres_into(v.at, u.at),
            v_next: v.ways.metres_into(v.at, u.spot.next),
            u_on: v.ways.metres(u.at, v.spot.next),
            next_on: v.ways.metres(u.spot.next, v.spot.next),
        }
    }

    /// `v` and `u`: ways that both ask for are not looked up again.
    pub fn turned(&self) -> Self {
        let (u, v) = (self.v, self.u);
        if !self.is_same_travel() || !u.ways.is_symmetric() {
            return Self::new(self.state, u, v);
        }
        let credit = credit(u, v, self.is_one);
        Self { u, v, credit, v_next: self.u_on, u_on: self.v_next, ..*self }
    }

    fn is_same_travel(&self) -> bool {
        self.u.shift.travel == self.v.shift.travel
    }

    /// Where both are.
    pub fn spots(&self) -> [Spot; 2] {
        [self.u.spot, self.v.spot]
    }

    /// Whether a move changes nothing, can't be made, or is the same as another one of the two visits.
    #[inline]
    pub fn is_none(&self, kind: Move) -> bool {
        let (is_behind, is_before) = (self.is_next(self.v, self.u), self.is_next(self.u, self.v));
        match kind {
            Move::Relocate => is_behind,
            Move::RelocatePair => self.u.second == NONE || is_behind || is_before,
            Move::RelocatePairTurned => self.u.second == NONE || is_before,
            Move::Swap => is_behind || is_before,
            Move::SwapTails => self.is_one,
            Move::Reverse => !self.is_one || self.u.spot.rank + 1 >= self.v.spot.rank,
        }
    }

    /// Whether one visit comes right after another.
    fn is_next(&self, first: &Around<'_>, second: &Around<'_>) -> bool {
        self.is_one && first.spot.rank + 1 == second.spot.rank
    }

    /// Whether a move that there is can't pay: the way becomes dearer, and the trips that it changes heavier, by more than it
    /// may save elsewhere.
    pub fn is_hopeless(&self, kind: Move) -> bool {
        let Some(dearer) = self.dearer(kind) else { return false };
        let lighter = self.u.load + if self.is_one { 0 } else { self.v.load };
        dearer >= self.credit + lighter
            || self.heavier(kind).is_none_or(|heavier| dearer + heavier >= self.credit)
    }

    /// What the trips exceed more after a move, at its price; none where they may not. At least that, for tails on vehicles that
    /// serve differently.
    fn heavier(&self, kind: Move) -> Option<i64> {
        let (u, v) = (self.u, self.v);
        let (rank_u, rank_v) = (u.spot.rank as usize, v.spot.rank as usize);
        if self.is_one_trip() {
            return Some(0);
        }
        let load = |route: &Route, rank: usize, shift: &ShiftFacts| match route.clients.get(rank) {
            None | Some(&NONE) => Some(Load::default()),
            Some(&client) => {
                Some(self.state.facts(client, shift.serving).load).filter(|load| load.fits(shift))
            }
        };
        let (own, other) = (u.shift, v.shift);
        let (trip_u, trip_v) = (u.trip_load(), v.trip_load());
        let (new_u, new_v) = match kind {
            Move::Relocate | Move::RelocatePair | Move::RelocatePairTurned => {
                let (mut new_u, mut new_v) = (trip_u, trip_v);
                for rank in rank_u..rank_u + kind.visits() {
                    new_u = new_u - load(u.route, rank, own)?;
                    new_v = new_v + load(u.route, rank, other)?;
                }
                (new_u, new_v)
            }
            Move::Swap => {
                let out = (load(u.route, rank_u, own)?, load(v.route, rank_v, other)?);
                let into = (load(v.route, rank_v, own)?, load(u.route, rank_u, other)?);
                (trip_u - out.0 + into.0, trip_v - out.1 + into.1)
            }
            Move::SwapTails if own.tail == other.tail || own.serving == other.serving => {
                let (head_u, head_v) = (u.head_load(), v.head_load());
                (head_u + trip_v - head_v, head_v + trip_u - head_u)
            }
            Move::SwapTails | Move::Reverse => return Some(-u.load - v.load),
        };
        let more = |shift: &ShiftFacts, now: Load, new: Load| {
            Excess::of_load(shift, new) - Excess::of_load(shift, now)
        };
        let load = more(own, trip_u, new_u) + more(other, trip_v, new_v);
        self.state.prices.of_load(load)
    }

    /// By how much a move that there is makes the way dearer; none where the way has no price of its own, or is not told by the
    /// ends of what is moved.
    #[inline]
    pub fn dearer(&self, kind: Move) -> Option<i64> {
        if !(self.u.is_told && self.v.is_told) {
            return None;
        }
        let (u, v) = (self.u, self.v);
        match kind {
            Move::Relocate => Some(u.past_one + v.each * (self.v_u + self.u_on - v.spot.after)),
            Move::RelocatePair => {
                Some(u.past_two + v.each * (self.v_u + self.stride() + self.next_on - v.spot.after))
            }
            // Where they stay where they are, but turned, `v` is followed by them and not by what comes after.
            Move::RelocatePairTurned if self.is_next(v, u) => {
                self.change::<Metres>(kind).map(|[change, _]| u.each * change)
            }
            Move::RelocatePairTurned => {
                Some(u.past_two + v.each * (self.v_next + self.stride_back() + self.u_on - v.spot.after))
            }
            // What is behind both costs the same on either route.
            Move::SwapTails if u.shift.drive == v.shift.drive && u.depots() == v.depots() => {
                Some(u.each * (self.u_on + self.v_next - u.spot.after - v.spot.after))
            }
            Move::SwapTails => (u.shift.length == v.shift.length).then(|| {
                u.each * (u.with_tail_of::<Metres>(v) - u.route.metres)
                    + v.each * (v.with_tail_of::<Metres>(u) - v.route.metres)
            }),
            Move::Swap => {
                let on = if self.is_same_travel() { self.v_next } else { u.ways.metres(v.at, u.spot.next) };
                let in_u = u.ways.metres(u.spot.last, v.at) + on;
                let in_v = v.ways.metres_into(v.spot.last, u.at) + self.u_on;
                let (now_u, now_v) = (u.spot.before + u.spot.after, v.spot.before + v.spot.after);
                Some(u.each * (in_u - now_u) + v.each * (in_v - now_v))
            }
            Move::Reverse => (u.ways.is_symmetric())
                .then(|| u.each * (self.v_u + self.next_on - u.spot.after - v.spot.after)),
        }
    }

    /// From `u` to its successor, and back, on the vehicle of `v`.
    fn stride(&self) -> i64 {
        if self.is_same_travel() {
            self.u.spot.after
        } else {
            self.v.ways.metres(self.u.at, self.u.spot.next)
        }
    }

    fn stride_back(&self) -> i64 {
        self.v.ways.metres(self.u.spot.next, self.u.at)
    }
}
