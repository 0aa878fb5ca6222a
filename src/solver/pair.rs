//! Moves refused by their ends: what a move makes the way dearer and a trip heavier, in constant time.
//!
//! Most moves can't pay, and the ends of what is moved tell so where a kilometre has a price: on routes of several trips too,
//! on vehicles of different prices, and beyond limits. What is left is priced by [`parts`](super::parts), or by making it.

use super::context::{NONE, ShiftFacts};
use super::excess::Excess;
use super::moves::Move;
use super::route::{Load, Route, route_cost};
use super::state::{Spot, State};

/// Two visits with what lies around them, to price moves in constant time.
pub(super) struct Pair<'s> {
    state: &'s State<'s, 's>,
    first: &'s Route,
    second: &'s Route,
    shift_u: &'s ShiftFacts,
    shift_v: &'s ShiftFacts,
    /// Where they are in the routes' points.
    at_u: usize,
    at_v: usize,
    is_one: bool,
    /// Whether a way costs the same on both routes, and both leave from and end at the same places.
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
        let way = |shift: &ShiftFacts| (shift.cost_per_metre, shift.travel, shift.start, shift.end);
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
    pub fn is_promising(&self) -> bool {
        if self.credit != Some(0) || !self.is_alike {
            return true;
        }
        let (from, to) = (self.first.points[self.at_u], self.second.points[self.at_v]);
        let apart = self.state.context.way(self.shift_u, from, to).metres;
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
        let way_u = |from: u32, to: u32| self.state.context.way(self.shift_u, from, to).metres;
        let way_v = |from: u32, to: u32| self.state.context.way(self.shift_v, from, to).metres;
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
            Move::Reverse if is_one && at_u < at_v && self.state.context.is_symmetric(self.shift_u) => {
                each_u * (way_u(u, v) + way_u(next_u, next_v) - legs_u[at_u].metres - legs_v[at_v].metres)
            }
            Move::SwapTails | Move::Swap | Move::Reverse => return None,
        })
    }
}
