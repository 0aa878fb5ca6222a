//! Which vehicle drives a route: other kinds, other depots of the same day.
//!
//! Insertion alone keeps every route on its vehicle, so a fleet would never change its make-up. After each ruin a
//! changed route may get another free vehicle at random, larger ones to be filled, and after each recreation every
//! changed route gets the cheapest free vehicle that holds it, or changes vehicles with another route. Where vehicles reload, the
//! route is cut into trips anew for each.

use super::context::Context;
use super::excess::Excess;
use super::local_search::least_cost;
use super::rng::Rng;
use super::route::{Route, route_cost};
use super::shift::ShiftFacts;
use super::split::Split;
use super::state::State;

/// Tries other vehicles; owns the buffers.
#[derive(Clone, Debug)]
pub(super) struct Fleet {
    /// Whether some day has vehicles of different kinds or depots whose times segments can tell.
    has_choice: bool,
    /// Whether some routes may change to larger vehicles: then they must be on the smallest that holds them before.
    has_sizes: bool,
    clients: Vec<u32>,
    others: Vec<u32>,
    split: Split,
}

impl Fleet {
    /// How often a changed route is given another vehicle at random before clients are put back. Ours.
    const RESHUFFLE: f64 = 0.1;
    /// How often routes get the cheapest vehicle that holds them before clients are put back. Ours.
    const FIT_FIRST: f64 = 0.3;
    /// How often routes change vehicles with each other where none is free. Ours.
    const EXCHANGE: f64 = 0.05;

    pub fn new(context: &Context<'_>) -> Self {
        let differ = |shifts: &Vec<u32>| {
            let mut classes = shifts.iter().map(|&shift| context.shifts[shift as usize].class);
            let first = classes.next();
            classes.any(|class| Some(class) != first)
        };
        let has_choice =
            context.shifts_on.iter().any(differ) && context.shifts.iter().all(|shift| shift.is_plain);
        let has_sizes = has_choice && context.shifts.iter().any(|shift| !shift.larger.is_empty());
        Self { has_choice, has_sizes, clients: Vec::new(), others: Vec::new(), split: Split::default() }
    }

    /// Gives changed routes the cheapest vehicles that hold what the ruin left of them, now and then, where sizes differ.
    pub fn fit_first(&mut self, state: &mut State<'_, '_>, rng: &mut Rng) {
        if self.has_sizes && rng.chance(Self::FIT_FIRST) {
            self.fit(state, rng);
        }
    }

    /// Gives one changed route another free vehicle that holds it, whatever that costs.
    pub fn reshuffle(&mut self, state: &mut State<'_, '_>, rng: &mut Rng) {
        let touched = state.touched();
        if !self.has_choice || touched.is_empty() || !rng.chance(Self::RESHUFFLE) {
            return;
        }
        let route = touched[rng.below(touched.len())].0;
        let own = state.routes[route as usize].shift;
        let day = state.context.shifts[own as usize].day;
        let shift = rng.pick(&state.context.shifts_on[usize::from(day)]);
        if !state.routes[route as usize].is_empty()
            && let Some(empty) = free(state, own, shift)
            && cost_on(&mut self.split, state, route, shift, i64::MAX).is_some()
        {
            self.hand_over(state, route, empty);
        }
    }

    /// Gives every changed route the cheapest vehicle that holds it. The state is settled before and after.
    pub fn fit(&mut self, state: &mut State<'_, '_>, rng: &mut Rng) {
        if !self.has_choice {
            return;
        }
        let may_exchange = rng.chance(Self::EXCHANGE);
        for index in 0..state.touched().len() {
            let route = state.touched()[index].0;
            if !state.routes[route as usize].is_empty() {
                self.fit_route(state, route);
                if may_exchange {
                    self.exchange(state, route);
                }
            }
        }
    }

    fn fit_route(&mut self, state: &mut State<'_, '_>, route: u32) {
        let context = state.context;
        let own = state.routes[route as usize].shift;
        let day = context.shifts[own as usize].day;
        let mut best: Option<(i64, u32)> = None;
        let mut last_class = context.shifts[own as usize].class;
        for &shift in &context.shifts_on[usize::from(day)] {
            if context.shifts[shift as usize].class == last_class {
                continue;
            }
            last_class = context.shifts[shift as usize].class;
            let limit = best.map_or(state.energy_of(&state.routes[route as usize]), |(cost, _)| cost);
            if let Some(empty) = free(state, own, shift)
                && let Some(cost) = cost_on(&mut self.split, state, route, shift, limit)
            {
                best = Some((cost, empty));
            }
        }
        if let Some((_, empty)) = best {
            self.hand_over(state, route, empty);
        } else if context.shifts[own as usize].max_trips > 1 {
            self.cut_anew(state, route);
        }
    }

    /// Lets a route's own vehicle reload elsewhere if that is cheaper.
    fn cut_anew(&mut self, state: &mut State<'_, '_>, route: u32) {
        let row = &state.routes[route as usize];
        if row.is_plain
            && self.split.cut(state, &state.context.shifts[row.shift as usize], &row.clients)
            && self.split.sequence != row.clients
            && least_cost(state, row.shift, &self.split.sequence, state.energy_of(row)).is_some()
        {
            state.replace(route, &self.split.sequence);
            self.settle(state);
        }
    }

    /// Changes vehicles with the route of the day where that saves most.
    fn exchange(&mut self, state: &mut State<'_, '_>, route: u32) {
        let context = state.context;
        let own = state.routes[route as usize].shift;
        let day = context.shifts[own as usize].day;
        let mut best: Option<(i64, u32)> = None;
        for other in 0..state.routes.len() as u32 {
            let (first, second) = (&state.routes[route as usize], &state.routes[other as usize]);
            let facts = &context.shifts[second.shift as usize];
            if second.is_empty() || facts.day != day || facts.class == context.shifts[own as usize].class {
                continue;
            }
            let now = state.energy_of(first) + state.energy_of(second);
            let limit = best.map_or(0, |(saved, _)| saved) + now;
            let Some(cost) = cost_on(&mut self.split, state, route, second.shift, limit) else { continue };
            let Some(back) = cost_on(&mut self.split, state, other, own, limit - cost) else { continue };
            best = Some((cost + back - now, other));
        }
        if let Some((_, other)) = best {
            for (from, onto, sequence) in
                [(route, other, &mut self.clients), (other, route, &mut self.others)]
            {
                let shift = state.routes[onto as usize].shift;
                let Some(trips) = trips_on(&mut self.split, state, from, shift) else { return };
                sequence.clear();
                sequence.extend_from_slice(trips);
            }
            state.replace(route, &self.others);
            state.replace(other, &self.clients);
            self.settle(state);
        }
    }

    fn hand_over(&mut self, state: &mut State<'_, '_>, route: u32, empty: u32) {
        let shift = state.routes[empty as usize].shift;
        let Some(trips) = trips_on(&mut self.split, state, route, shift) else { return };
        self.clients.clear();
        self.clients.extend_from_slice(trips);
        state.hand_over_as(route, empty, &self.clients);
        self.settle(state);
    }

    fn settle(&mut self, state: &mut State<'_, '_>) {
        self.others.clear();
        state.settle(&mut self.others);
        debug_assert!(self.others.is_empty(), "the vehicle holds the route");
    }
}

/// A free vehicle of a shift for a route of the shift `own`.
pub(super) fn free(state: &State<'_, '_>, own: u32, shift: u32) -> Option<u32> {
    let (own, facts) = (&state.context.shifts[own as usize], &state.context.shifts[shift as usize]);
    // Within one stock the vehicle that is left is free again.
    let is_free = own.pools == facts.pools || state.has_vehicle(facts);
    state.empty_route(shift).filter(|_| own.class != facts.class && is_free)
}

/// The length of a route from and to the depots of another shift, where both drive alike.
fn least_way(context: &Context<'_>, row: &Route, own: &ShiftFacts, facts: &ShiftFacts) -> i64 {
    if own.travel != facts.travel {
        return 0;
    }
    let ways = context.ways_of(facts);
    let (first, last) = (row.points[1], row.points[row.points.len() - 2]);
    let inner = row.metres - row.legs[0].metres - row.legs[row.legs.len() - 1].metres;
    inner + ways.metres(facts.start, first) + ways.metres(last, facts.end)
}

/// The trips of a route on another shift: as they are, or cut anew where either vehicle reloads.
fn trips_on<'s>(split: &'s mut Split, state: &'s State<'_, '_>, route: u32, shift: u32) -> Option<&'s [u32]> {
    let (row, facts) = (&state.routes[route as usize], &state.context.shifts[shift as usize]);
    if facts.max_trips == 1 && row.trips.len() == 1 {
        return Some(&row.clients);
    }
    split.cut(state, facts, &row.clients).then_some(&split.sequence)
}

/// What a route costs on another shift, if it holds there and costs less than `limit`.
fn cost_on(split: &mut Split, state: &State<'_, '_>, route: u32, shift: u32, limit: i64) -> Option<i64> {
    let context = state.context;
    let row = &state.routes[route as usize];
    if !row.is_plain {
        // Segments would only be a bound: on the other vehicle the exact times may not hold.
        return None;
    }
    let (own, facts) = (&context.shifts[row.shift as usize], &context.shifts[shift as usize]);
    if facts.max_trips > 1 || row.trips.len() > 1 {
        let fits = row.visits() <= facts.max_visits && route_cost(facts, 0, 0) < limit;
        let trips = if fits { trips_on(split, state, route, shift)? } else { return None };
        return least_cost(state, shift, trips, limit);
    }
    let is_alike = (own.serving, own.travel, own.start, own.end)
        == (facts.serving, facts.travel, facts.start, facts.end);
    let is_same_way = (own.travel, own.start, own.end) == (facts.travel, facts.start, facts.end);
    let is_told = own.serving == facts.serving || facts.max_duty == i64::MAX;
    if is_same_way && is_told && !own.is_timed && !facts.is_timed {
        // The way stays; who may be visited, and what is carried, may not.
        let load_fits = (is_alike && row.excess.load == 0) || row.trip_load(0).fits(facts);
        let is_within = load_fits && Excess::of_way(facts, row.total_way(), row.load()) == 0;
        if is_within || state.prices.is_strict() {
            let cost = route_cost(facts, row.metres, 0);
            let holds = is_within
                && cost < limit
                && row.visits() <= facts.max_visits
                && row.clients.iter().all(|&client| context.allows(facts, client));
            return holds.then_some(cost);
        }
    }
    let fits = row.visits() <= facts.max_visits;
    let way = least_way(context, row, own, facts);
    if fits && route_cost(facts, way, 0) < limit {
        least_cost(state, shift, &row.clients, limit)
    } else {
        None
    }
}
