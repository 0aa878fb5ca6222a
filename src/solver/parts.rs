//! Sequences that moves would make, priced without making them.
//!
//! Most of a changed route is a stretch of a route that is there: its beginning or end is known by one joined
//! [`segment`](super::segment), its way and its load (Vidal et al. 2013, section 4.1). Only visits in the middle are joined one by
//! one. [`least_cost`](super::local_search::least_cost) is the slow twin.

use super::context::{Context, visits_of};
use super::excess::Excess;
use super::moves::Move;
use super::route::{Load, Route, least_duty, route_cost};
use super::segment::{Chain, End, Segment};
use super::shift::ShiftFacts;
use super::state::{Spot, State};
use super::ways::Way;

/// A stretch of a sequence. A reload is in a head or a tail, or first in a tail.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'s> {
    /// A route from leaving up to a position.
    Head(&'s Route, usize),
    /// Visits one after the other.
    Visits(&'s [u32]),
    /// The same, the other way round.
    Turned(&'s [u32]),
    /// A route from a position on.
    Tail(&'s Route, usize),
}

/// A price that is not told by parts: the sequence has to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unknown;

/// Whether a move between two visits pays, by what segments tell: below what the routes cost now.
pub(super) fn pays(state: &State<'_, '_>, kind: Move, at_u: Spot, at_v: Spot) -> Result<bool, Unknown> {
    let (first, second) = (&state.routes[at_u.route as usize], &state.routes[at_v.route as usize]);
    let (u, v) = (at_u.rank as usize, at_v.rank as usize);
    if at_u.route == at_v.route {
        if first.trip_at[u] != first.trip_at[v] {
            return Err(Unknown);
        }
        let now = state.energy_of(first);
        return Ok(within(kind, first, u, v).is_some_and(|parts| price(state, first, &parts, now).is_some()));
    }
    if kind == Move::SwapTails {
        let shift = |route: &Route| &state.context.shifts[route.shift as usize];
        let (own, other) = (shift(first), shift(second));
        if own.tail != other.tail {
            return Err(Unknown);
        }
        let takes =
            |shift: &ShiftFacts, tail: &[u32]| visits_of(tail).all(|client| state.takes(shift, client));
        let (tail_u, tail_v) = (&first.clients[u + 1..], &second.clients[v + 1..]);
        if own.class != other.class && !(takes(own, tail_v) && takes(other, tail_u)) {
            return Ok(false);
        }
    }
    // The reload would go too.
    if first.is_whole_trip(u, kind.visits()) {
        return Err(Unknown);
    }
    let Some((parts_first, parts_second)) = between(kind, (first, u), (second, v)) else { return Ok(false) };
    let now = state.energy_of(first) + state.energy_of(second);
    // Whichever takes visits in is more likely to refuse them.
    let Some(cost) = price(state, second, &parts_second, now) else { return Ok(false) };
    Ok(price(state, first, &parts_first, now - cost).is_some())
}

/// Two routes after a move, in at most three parts each.
fn between<'s>(
    kind: Move,
    (first, u): (&'s Route, usize),
    (second, v): (&'s Route, usize),
) -> Option<([Part<'s>; 3], [Part<'s>; 3])> {
    use Part::{Head, Tail, Turned, Visits};
    let nothing = Visits(&[]);
    Some(match kind {
        Move::Relocate | Move::RelocatePair | Move::RelocatePairTurned => {
            let end = u + kind.moved(&first.clients, u)?;
            let moved = &first.clients[u..end];
            let moved = if kind == Move::RelocatePairTurned { Turned(moved) } else { Visits(moved) };
            ([Head(first, u), nothing, Tail(first, end)], [Head(second, v + 1), moved, Tail(second, v + 1)])
        }
        Move::Swap => (
            [Head(first, u), Visits(&second.clients[v..=v]), Tail(first, u + 1)],
            [Head(second, v), Visits(&first.clients[u..=u]), Tail(second, v + 1)],
        ),
        Move::SwapTails => (
            [Head(first, u + 1), nothing, Tail(second, v + 1)],
            [Head(second, v + 1), nothing, Tail(first, u + 1)],
        ),
        Move::Reverse => return None,
    })
}

/// One route after a move within it, in at most five parts.
fn within(kind: Move, route: &Route, u: usize, v: usize) -> Option<[Part<'_>; 5]> {
    use Part::{Head, Tail, Turned, Visits};
    let (clients, nothing) = (&route.clients[..], Visits(&[]));
    Some(match kind {
        Move::Relocate | Move::RelocatePair | Move::RelocatePairTurned => {
            let end = u + kind.moved(clients, u)?;
            if (u..end).contains(&v) || v + 1 == u && kind != Move::RelocatePairTurned {
                return None;
            }
            let moved = &clients[u..end];
            let moved = if kind == Move::RelocatePairTurned { Turned(moved) } else { Visits(moved) };
            if u < v {
                [Head(route, u), Visits(&clients[end..=v]), moved, Tail(route, v + 1), nothing]
            } else {
                [Head(route, v + 1), moved, Visits(&clients[v + 1..u]), Tail(route, end), nothing]
            }
        }
        Move::Swap => {
            let (i, j) = (u.min(v), u.max(v));
            let between = Visits(&clients[i + 1..j]);
            [Head(route, i), Visits(&clients[j..=j]), between, Visits(&clients[i..=i]), Tail(route, j + 1)]
        }
        Move::Reverse if u + 1 < v => {
            [Head(route, u + 1), Turned(&clients[u + 1..=v]), Tail(route, v + 1), nothing, nothing]
        }
        Move::Reverse | Move::SwapTails => return None,
    })
}

/// What parts cost in one sequence on the vehicle of `route`, what they exceed at its price, if that is below `limit`.
/// The least where segments are a bound. A head is the route's own, a tail of a route of the same tails.
pub(super) fn price(state: &State<'_, '_>, route: &Route, parts: &[Part<'_>], limit: i64) -> Option<i64> {
    let context = state.context;
    let shift = &context.shifts[route.shift as usize];
    let Measure { way, load, trip, beyond, visits, reloads, .. } = Measure::of(state, shift, parts)?;
    if visits == 0 {
        return (limit > 0).then_some(0);
    }
    if visits > shift.max_visits || reloads >= shift.max_trips {
        return None;
    }
    let time = if shift.is_timed { 0 } else { Excess::of_way(shift, way, load) };
    let load = beyond + Excess::of_load(shift, trip);
    let least = route_cost(shift, way.metres, 0).saturating_add(state.prices.of(Excess { load, time })?);
    if least >= limit || !shift.is_timed {
        return (least < limit).then_some(least);
    }
    if shift.is_free {
        return chain::<End>(state, shift, parts).map(|_| least);
    }
    let whole = chain::<Segment>(state, shift, parts)?;
    let excess = Excess { load, time: Excess::of_time(shift, &whole)? };
    let cost = route_cost(shift, way.metres, least_duty(shift, &whole));
    let cost = cost.saturating_add(state.prices.of(excess)?);
    (cost < limit).then_some(cost)
}

/// What is known of a sequence without its times.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    way: Way,
    /// Of all trips, and of the last one.
    load: Load,
    trip: Load,
    /// By how much those before it are too heavy.
    beyond: i64,
    visits: usize,
    reloads: usize,
    /// The last point.
    at: u32,
}

impl Measure {
    /// None where somebody may not be visited.
    fn of(state: &State<'_, '_>, shift: &ShiftFacts, parts: &[Part<'_>]) -> Option<Self> {
        let mut measure = Self { at: shift.start, ..Self::default() };
        for part in parts {
            match *part {
                Part::Head(head, end) => {
                    measure.way = head.way[end];
                    measure.load = head.loads[end];
                    measure.at = head.points[end];
                    measure.reloads = head.trip_at[end] as usize;
                    measure.visits = end - measure.reloads;
                    measure.trip = head.load_of(head.trip_around(end).start..end);
                    measure.beyond = head.too_heavy(shift, 0..measure.reloads);
                }
                Part::Visits(clients) => {
                    clients.iter().try_for_each(|&client| measure.visit(state, shift, client))?;
                }
                Part::Turned(clients) => {
                    clients.iter().rev().try_for_each(|&client| measure.visit(state, shift, client))?;
                }
                Part::Tail(tail, start) => {
                    let (next, last) = (start + 1, tail.clients.len());
                    let to = state.context.way(shift, measure.at, tail.points[next]);
                    measure.way = measure.way + to + (tail.total_way() - tail.way[next]);
                    measure.load = measure.load + tail.load_of(start..last);
                    measure.trip = measure.trip + tail.load_of(start..tail.trip_around(start).end);
                    let (now, trips) = (tail.trip_at[start] as usize, tail.trips.len());
                    let reloads = trips - 1 - now;
                    if reloads > 0 {
                        measure.beyond += Excess::of_load(shift, measure.trip);
                        measure.beyond += tail.too_heavy(shift, now + 1..trips - 1);
                        measure.trip = tail.load_of(tail.trip(trips - 1));
                    }
                    measure.reloads += reloads;
                    measure.visits += last - start - reloads;
                }
            }
        }
        Some(measure)
    }

    #[inline]
    fn visit(&mut self, state: &State<'_, '_>, shift: &ShiftFacts, client: u32) -> Option<()> {
        let context = state.context;
        if !state.takes(shift, client) {
            return None;
        }
        let own = state.facts(client, shift.serving).load;
        let point = context.points[client as usize];
        self.way = self.way + context.way(shift, self.at, point);
        self.at = point;
        (self.load, self.trip) = (self.load + own, self.trip + own);
        self.visits += 1;
        Some(())
    }
}

/// When the goods for a trip of these parts are ready.
fn release(context: &Context<'_>, parts: &[Part<'_>]) -> i64 {
    if !context.has_releases() {
        return i64::MIN;
    }
    let of_part = |part: &Part<'_>| match *part {
        Part::Head(head, end) => head.ready(end).0,
        Part::Visits(clients) | Part::Turned(clients) => context.release_of_trip(clients),
        Part::Tail(tail, start) => tail.ready(start).1,
    };
    parts.iter().map(of_part).max().unwrap_or(i64::MIN)
}

/// The segments of parts, one after the other.
#[inline]
fn chain<C: Chain>(state: &State<'_, '_>, shift: &ShiftFacts, parts: &[Part<'_>]) -> Option<C> {
    let context = state.context;
    let release = release(context, parts);
    let (mut chain, mut at) = (C::of(&Segment::length(0))?, shift.start);
    let visit = |(chain, at): (C, u32), client: &u32| {
        let point = context.points[*client as usize];
        let opening = state.facts(*client, shift.serving).opening;
        let own = context.visit_segment(*client, shift.day, opening);
        Some((chain.then(context.way(shift, at, point), &own)?, point))
    };
    for part in parts {
        (chain, at) = match *part {
            Part::Head(head, end) => (C::of(&head.head(shift, end, release))?, head.points[end]),
            Part::Visits(clients) => clients.iter().try_fold((chain, at), visit)?,
            Part::Turned(clients) => clients.iter().rev().try_fold((chain, at), visit)?,
            Part::Tail(tail, start) => {
                let way = context.way(shift, at, tail.points[start + 1]);
                (chain.then(way, &tail.after[start])?, shift.end)
            }
        };
    }
    Some(chain)
}
