//! Moves of routes on which no times are kept, priced to the last unit in constant time: whatever their trips, vehicles and
//! depots, within limits and beyond. [`least_cost`](super::super::local_search::least_cost) is the slow twin.

use super::{Around, Pair};
use crate::solver::context::NONE;
use crate::solver::excess::Excess;
use crate::solver::moves::Move;
use crate::solver::parts::Unknown;
use crate::solver::shift::ShiftFacts;
use crate::solver::ways::{Way, Ways};

/// What a way is measured in.
pub(super) trait Unit {
    fn of(way: Way) -> i64;

    #[inline]
    fn between(ways: &Ways, from: u32, to: u32) -> i64 {
        Self::of(ways.get(from, to))
    }
}

/// Length of ways.
pub(super) struct Metres;

/// Time of ways.
pub(super) struct Seconds;

impl Unit for Metres {
    #[inline]
    fn of(way: Way) -> i64 {
        way.metres
    }

    // One table is read instead of two.
    #[inline]
    fn between(ways: &Ways, from: u32, to: u32) -> i64 {
        ways.metres(from, to)
    }
}

impl Unit for Seconds {
    #[inline]
    fn of(way: Way) -> i64 {
        way.seconds
    }
}

impl Around<'_> {
    /// The way of its route up to it, then from the visit after another one on, to where its own route ends, by way of its own
    /// depot wherever the other one reloads.
    pub(super) fn with_tail_of<U: Unit>(&self, other: &Self) -> i64 {
        let (row, rank) = (other.route, other.spot.rank as usize);
        let head = U::of(self.route.way[self.spot.rank as usize + 1]);
        let (start, end) = (self.shift.start, self.shift.end);
        let between = |from: u32, to: u32| U::between(self.ways, from, to);
        let last = row.clients.len();
        if rank + 1 == last {
            return head + between(self.at, end);
        }
        let mut next = other.spot.next;
        let mut rest = U::of(row.total_way()) - U::of(row.way[rank + 2]);
        if end != other.shift.end {
            rest += between(row.points[last], end) - U::of(row.legs[last]);
        }
        if start != other.shift.start {
            for &(first, _) in &row.trips[row.trip_at[rank] as usize + 1..] {
                // The reload lies before the first position of its trip, and its point one further.
                let reload = first as usize - 1;
                rest += between(start, row.points[reload + 2]) - U::of(row.legs[reload + 1]);
                if reload == rank + 1 {
                    next = start;
                } else {
                    rest += between(row.points[reload], start) - U::of(row.legs[reload]);
                }
            }
        }
        head + between(self.at, next) + rest
    }

    /// Its client, and the one of the visit that follows.
    fn client(&self) -> u32 {
        self.route.clients[self.spot.rank as usize]
    }

    fn next_client(&self) -> u32 {
        self.route.clients[self.spot.rank as usize + 1]
    }

    /// Visits up to it, and from the next one on.
    fn visits_around(&self) -> (usize, usize) {
        let head = self.spot.rank as usize + 1 - self.route.trip_at[self.spot.rank as usize] as usize;
        (head, self.route.visits() - head)
    }

    /// What its route exceeds in time more, if its way and openings change by so much.
    fn later(&self, way: Way, opening: i64) -> i64 {
        let mut load = self.route.load();
        load.opening += opening;
        Excess::of_way(self.shift, self.route.total_way() + way, load) - self.route.excess.time
    }
}

impl Pair<'_> {
    /// Whether a move that there is pays; unknown where times bind, or the ends of what is moved don't tell.
    pub fn pays(&self, kind: Move) -> Result<bool, Unknown> {
        let (u, v) = (self.u, self.v);
        let is_told = match kind {
            Move::SwapTails => u.shift.serving == v.shift.serving || u.shift.tail == v.shift.tail,
            Move::Reverse => self.is_one_trip(),
            Move::RelocatePair | Move::RelocatePairTurned if u.next_client() == NONE => return Ok(false),
            _ => true,
        };
        if u.shift.is_timed || v.shift.is_timed || !is_told {
            return Err(Unknown);
        }
        let dearer = self.dearer(kind).ok_or(Unknown)?;
        let Some(heavier) = self.heavier(kind) else { return Ok(false) };
        let saved = if self.empties(kind) { u.leave } else { 0 };
        let cost = dearer + heavier - saved;
        let time = u.time + if self.is_one { 0 } else { v.time };
        if cost >= time || !self.is_allowed(kind) {
            return Ok(false);
        }
        let later = self.later(kind).ok_or(Unknown)?;
        let later = self.state.prices.of(Excess { load: 0, time: later });
        Ok(later.is_some_and(|later| cost + later < 0))
    }

    /// Whether both visits are in one trip.
    pub(super) fn is_one_trip(&self) -> bool {
        let trip = |around: &Around<'_>| around.route.trip_at[around.spot.rank as usize];
        self.is_one && trip(self.u) == trip(self.v)
    }

    /// Whether nobody is left on the route of `u`.
    fn empties(&self, kind: Move) -> bool {
        !self.is_one && self.u.route.clients.len() == kind.visits()
    }

    /// Whether nobody is left on a trip of the route of `u`, among others.
    fn empties_trip(&self, kind: Move) -> bool {
        self.u.route.is_whole_trip(self.u.spot.rank as usize, kind.visits()) && !self.is_one_trip()
    }

    /// Whether the vehicles may make that many visits and trips, and visit whom they would have to.
    fn is_allowed(&self, kind: Move) -> bool {
        let (u, v) = (self.u, self.v);
        if self.is_one {
            return true;
        }
        let takes = |shift: &ShiftFacts, client: u32| client == NONE || self.state.takes(shift, client);
        match kind {
            Move::Relocate => v.route.visits() < v.shift.max_visits && takes(v.shift, u.client()),
            Move::RelocatePair | Move::RelocatePairTurned => {
                v.route.visits() + 2 <= v.shift.max_visits
                    && takes(v.shift, u.client())
                    && takes(v.shift, u.next_client())
            }
            Move::Swap => takes(v.shift, u.client()) && takes(u.shift, v.client()),
            Move::SwapTails => {
                let ((head_u, tail_u), (head_v, tail_v)) = (u.visits_around(), v.visits_around());
                let trip = |around: &Around<'_>| around.route.trip_at[around.spot.rank as usize] as usize;
                let trips = |head: &Around<'_>, tail: &Around<'_>| {
                    trip(head) + tail.route.trips.len() - trip(tail) <= head.shift.max_trips
                };
                let tail = |around: &Around<'_>, shift: &ShiftFacts| {
                    let rank = around.spot.rank as usize;
                    around.route.clients[rank + 1..].iter().all(|&client| takes(shift, client))
                };
                head_u + tail_v <= u.shift.max_visits
                    && head_v + tail_u <= v.shift.max_visits
                    && trips(u, v)
                    && trips(v, u)
                    && (u.shift.class == v.shift.class || tail(u, v.shift) && tail(v, u.shift))
            }
            Move::Reverse => false,
        }
    }

    /// What the routes exceed in time more after a move; none where the ends of what is moved don't tell.
    fn later(&self, kind: Move) -> Option<i64> {
        let (u, v) = (self.u, self.v);
        if u.shift.is_free && v.shift.is_free {
            return Some(0);
        }
        let (metres, seconds) = (self.change::<Metres>(kind)?, self.change::<Seconds>(kind)?);
        let [way_u, way_v] = [0, 1].map(|side| Way { metres: metres[side], seconds: seconds[side] });
        let reload = if self.empties_trip(kind) { u.shift.reload } else { 0 };
        if self.is_one {
            return Some(u.later(way_u + way_v, -reload));
        }
        let (longer_u, longer_v) = self.openings(kind);
        let left = if self.empties(kind) { -u.route.excess.time } else { u.later(way_u, longer_u - reload) };
        Some(left + v.later(way_v, longer_v))
    }

    /// By how much a move makes the openings of both routes longer.
    fn openings(&self, kind: Move) -> (i64, i64) {
        let (u, v) = (self.u, self.v);
        let opening = |client: u32, shift: &ShiftFacts| self.state.facts(client, shift.serving).load.opening;
        let moved =
            |client: u32, from: &ShiftFacts, to: &ShiftFacts| (-opening(client, from), opening(client, to));
        let sum = |one: (i64, i64), other: (i64, i64)| (one.0 + other.0, one.1 + other.1);
        match kind {
            Move::Relocate => moved(u.client(), u.shift, v.shift),
            Move::RelocatePair | Move::RelocatePairTurned => {
                sum(moved(u.client(), u.shift, v.shift), moved(u.next_client(), u.shift, v.shift))
            }
            Move::Swap => {
                let (out, into) = moved(v.client(), v.shift, u.shift);
                sum(moved(u.client(), u.shift, v.shift), (into, out))
            }
            Move::SwapTails => {
                let tail = |around: &Around<'_>| {
                    (around.route.load() - around.route.loads[around.spot.rank as usize + 1]).opening
                };
                let more = tail(v) - tail(u);
                (more, -more)
            }
            Move::Reverse => (0, 0),
        }
    }

    /// By how much a move makes the ways of the routes of `u` and `v` longer, together where they are one; none where the ends of
    /// what is moved don't tell.
    pub(super) fn change<U: Unit>(&self, kind: Move) -> Option<[i64; 2]> {
        let (u, v) = (self.u, self.v);
        let on_u = |from: u32, to: u32| U::between(u.ways, from, to);
        let on_v = |from: u32, to: u32| U::between(v.ways, from, to);
        let (last, at, next) = (u.spot.last, u.at, u.spot.next);
        let (last_v, at_v, next_v) = (v.spot.last, v.at, v.spot.next);
        let removed = on_v(at_v, next_v);
        Some(match kind {
            Move::Relocate => [
                on_u(last, next) - on_u(last, at) - on_u(at, next),
                on_v(at_v, at) + on_v(at, next_v) - removed,
            ],
            Move::RelocatePairTurned if self.is_next(v, u) => {
                let turned = on_u(last, next) + on_u(next, at) + on_u(at, u.second);
                [turned - on_u(last, at) - on_u(at, next) - on_u(next, u.second), 0]
            }
            Move::RelocatePair | Move::RelocatePairTurned => {
                let is_turned = kind == Move::RelocatePairTurned;
                let (first, second) = if is_turned { (next, at) } else { (at, next) };
                [
                    on_u(last, u.second) - on_u(last, at) - on_u(at, next) - on_u(next, u.second),
                    on_v(at_v, first) + on_v(first, second) + on_v(second, next_v) - removed,
                ]
            }
            Move::Swap => [
                on_u(last, at_v) + on_u(at_v, next) - on_u(last, at) - on_u(at, next),
                on_v(last_v, at) + on_v(at, next_v) - on_v(last_v, at_v) - removed,
            ],
            Move::SwapTails if self.is_same_travel() => [
                u.with_tail_of::<U>(v) - U::of(u.route.total_way()),
                v.with_tail_of::<U>(u) - U::of(v.route.total_way()),
            ],
            Move::Reverse if u.ways.is_symmetric() => {
                [on_u(at, at_v) + on_u(next, next_v) - on_u(at, next) - removed, 0]
            }
            Move::SwapTails | Move::Reverse => return None,
        })
    }
}
