//! To the nearest local optimum: no single move of [`Move`] makes the solution cheaper.
//!
//! Ruin and recreate finds the good regions; this takes the last steps in them, and is the proof that none was left
//! out. It works on a settled state and keeps all days, so nobody's attendance changes and each move touches at most
//! two routes. A move is priced by its segments first; only what promises to pay is applied, timed exactly and kept if
//! the total has become smaller.

use super::context::{Context, NONE};
use super::moves::Move;
use super::route::{Load, is_within_limits, least_duty, route_cost};
use super::state::{Spot, State};

/// Tries moves; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalSearch {
    first: Vec<u32>,
    second: Vec<u32>,
}

impl LocalSearch {
    /// Near clients that a client may be brought to.
    const NEAR: usize = 12;
    /// Passes over all clients; far more than are needed.
    const PASSES_MOST: usize = 50;

    /// Applies moves that pay until none does, or `is_over` says so. The state is committed before and after.
    pub fn run(&mut self, state: &mut State<'_, '_>, is_over: impl Fn() -> bool) {
        for _ in 0..Self::PASSES_MOST {
            let before = state.total();
            for client in 0..state.context.clients() as u32 {
                if is_over() {
                    return;
                }
                for day in state.days_of(client).iter() {
                    self.improve(state, client, day.0);
                }
            }
            if state.total() == before {
                break;
            }
        }
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
        let route = |spot: Spot| (&state.routes[spot.route as usize], spot.rank as usize);
        let ((first, rank_u), (second, rank_v)) = (route(at_u), route(at_v));
        let is_one = at_u.route == at_v.route;
        let is_move = if is_one {
            kind.within(&first.clients, rank_u, rank_v, &mut self.first)
        } else {
            let (u, v) = ((&first.clients[..], rank_u), (&second.clients[..], rank_v));
            kind.between(u, v, &mut self.first, &mut self.second)
        };
        if !is_move {
            return;
        }
        let now = first.cost + if is_one { 0 } else { second.cost };
        let Some(new_first) = least_cost(state, first.shift, &self.first, now) else { return };
        if !is_one && least_cost(state, second.shift, &self.second, now - new_first).is_none() {
            return;
        }
        let before = state.total();
        state.replace(at_u.route, &self.first);
        if !is_one {
            state.replace(at_v.route, &self.second);
        }
        let mut evicted = Vec::new();
        state.settle(&mut evicted);
        if evicted.is_empty() && state.total() < before {
            state.commit();
        } else {
            state.rollback();
        }
    }
}

/// The least that a sequence may cost on a shift, if that is below `limit`. Exact for plain routes.
fn least_cost(state: &State<'_, '_>, shift: u32, clients: &[u32], limit: i64) -> Option<i64> {
    if clients.is_empty() {
        return (limit > 0).then_some(0);
    }
    let context = state.context;
    let facts = &context.shifts[shift as usize];
    let mut whole = Context::depot_segment(facts);
    let (mut load, mut at) = (Load::default(), facts.start);
    for &client in clients {
        let (point, own) = if client == NONE {
            load = Load::default();
            (facts.start, Context::reload_segment(facts))
        } else {
            if !context.allows(facts, client) {
                return None;
            }
            let visit = state.facts(client, facts.serving);
            load = load + visit.load;
            (context.client(client).point, context.visit_segment(client, facts.day, visit.opening))
        };
        if !load.fits(facts) {
            return None;
        }
        whole = whole.join(context.way(facts, at, point), &own);
        at = point;
    }
    whole = whole.join(context.way(facts, at, facts.end), &Context::depot_segment(facts));
    if !is_within_limits(facts, &whole) {
        return None;
    }
    let cost = route_cost(facts, whole.metres, least_duty(facts, &whole));
    (cost < limit).then_some(cost)
}
