//! Which vehicle makes which trips.
//!
//! Where vehicles make several trips a day, the same trips may be dealt out to them in many ways that cost the same. But each leaves
//! room at other times of the day, and a visit that fits none of the trips as they are dealt out may fit one of them elsewhere.
//! So before clients are put back, what a changed route does from some loading on goes over to another vehicle, now and then, and what
//! that one does from then on comes back (tails, as Potvin & Rousseau 1995 exchange them, whose first trips are whole). And trips that
//! a child has from one of two solutions are dealt out to the vehicles that it has from the other.

use super::context::{NONE, trips_of};
use super::crossing::Sequences;
use super::local_search::{is_exact, least_cost};
use super::rng::Rng;
use super::route::Route;
use super::state::State;

/// Deals trips out anew; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Trips {
    sequences: [Vec<u32>; 2],
    evicted: Vec<u32>,
}

impl Trips {
    /// How often, and how many times then, two routes exchange their last trips if that costs nothing. Ours.
    const RATE: f64 = 0.5;
    const TRIES: usize = 5;

    /// Lets changed routes exchange trips with others of their days where that is not dearer. The state is settled before and after.
    pub fn deal(&mut self, state: &mut State<'_, '_>, rng: &mut Rng) {
        if !state.context.has_trips() || state.touched().is_empty() || !rng.chance(Self::RATE) {
            return;
        }
        for _ in 0..Self::TRIES {
            let routes = pick(state, rng);
            if self.exchange(state, routes, rng) {
                for (route, sequence) in routes.into_iter().zip(&self.sequences) {
                    state.replace(route, sequence);
                }
                self.evicted.clear();
                state.settle(&mut self.evicted);
                debug_assert!(self.evicted.is_empty(), "both vehicles hold their trips");
            }
        }
    }

    /// Whether two routes that exchange their trips from some loading of each on become no dearer; what they are then is in the
    /// buffers.
    fn exchange(&mut self, state: &State<'_, '_>, routes: [u32; 2], rng: &mut Rng) -> bool {
        let [first, second] = routes.map(|route| &state.routes[route as usize]);
        let has_none = |route: &Route| {
            route.is_empty() && !state.has_vehicle(&state.context.shifts[route.shift as usize])
        };
        if routes[0] == routes[1] || has_none(first) || has_none(second) || !is_exact(state, &routes) {
            return false;
        }
        let [cut, other] = [first, second].map(|route| rng.below(route.trips.len() + 1));
        let is_whole =
            [(cut, first), (other, second)].map(|(cut, route)| cut == 0 || cut == route.trips.len());
        if is_whole == [true; 2] && (cut == 0) == (other == 0) {
            return false;
        }
        let ((head, tail), (other_head, other_tail)) = (parts(first, cut), parts(second, other));
        let [new_first, new_second] = &mut self.sequences;
        for (new, head, tail) in [(&mut *new_first, head, other_tail), (&mut *new_second, other_head, tail)] {
            new.clear();
            join(new, head);
            join(new, tail);
        }
        let now = state.energy_of(first) + state.energy_of(second);
        let limit = now.saturating_add(1);
        least_cost(state, first.shift, new_first, limit)
            .is_some_and(|cost| least_cost(state, second.shift, new_second, limit - cost).is_some())
    }
}

/// A changed route, and any of its day.
fn pick(state: &State<'_, '_>, rng: &mut Rng) -> [u32; 2] {
    let (context, touched) = (state.context, state.touched());
    let route = touched[rng.below(touched.len())].0;
    let day = context.shifts[state.routes[route as usize].shift as usize].day;
    let shift = rng.pick(&context.shifts_on[usize::from(day)]);
    [route, rng.pick(&state.routes_of[shift as usize])]
}

/// The first trips of a route, so many, and the others.
fn parts(route: &Route, cut: usize) -> (&[u32], &[u32]) {
    let head = cut.checked_sub(1).map_or(0, |last| route.trip(last).end);
    let tail = route.trips.get(cut).map_or(route.clients.len(), |&(first, _)| first as usize);
    (&route.clients[..head], &route.clients[tail..])
}

/// Adds some trips to others.
pub(super) fn join(sequence: &mut Vec<u32>, trips: &[u32]) {
    if !sequence.is_empty() && !trips.is_empty() {
        sequence.push(NONE);
    }
    sequence.extend_from_slice(trips);
}

/// Where a trip may come in what a vehicle does.
struct Place {
    /// What it costs there.
    delta: i64,
    route: usize,
    sequence: Vec<u32>,
}

/// Deals trips out to `routes`, each between two others where it costs least, or to one more vehicle of its own shift; also to that
/// where no vehicle has time for it. `O(trips × visits of the routes × visits of one)`.
pub(super) fn deal_out(state: &State<'_, '_>, routes: &mut Sequences, trips: Sequences) {
    if trips.is_empty() {
        return;
    }
    let context = state.context;
    let cost_of = |(shift, clients): &(u32, Vec<u32>)| least_cost(state, *shift, clients, i64::MAX);
    let mut costs: Vec<Option<i64>> = routes.iter().map(cost_of).collect();
    for trip in trips {
        let own = &context.shifts[trip.0 as usize];
        let mut best: Option<Place> = None;
        for (route, (shift, clients)) in routes.iter().enumerate() {
            let (facts, Some(now)) = (&context.shifts[*shift as usize], costs[route]) else { continue };
            if facts.day != own.day {
                continue;
            }
            for sequence in with_trip(clients, &trip.1) {
                let limit = best.as_ref().map_or(i64::MAX, |best| now.saturating_add(best.delta));
                if let Some(cost) = least_cost(state, *shift, &sequence, limit) {
                    best = Some(Place { delta: cost - now, route, sequence });
                }
            }
        }
        let used = routes.iter().filter(|(shift, _)| *shift == trip.0).count();
        let alone = cost_of(&trip).filter(|_| used < own.count as usize);
        match best {
            Some(best) if alone.is_none_or(|alone| best.delta <= alone) => {
                costs[best.route] = costs[best.route].map(|now| now + best.delta);
                routes[best.route].1 = best.sequence;
            }
            _ => {
                costs.push(cost_of(&trip));
                routes.push(trip);
            }
        }
    }
}

/// All sequences in which a trip comes before, between or after those of a route.
fn with_trip<'s>(clients: &'s [u32], trip: &'s [u32]) -> impl Iterator<Item = Vec<u32>> + 's {
    let trips: Vec<&[u32]> = trips_of(clients).collect();
    (0..=trips.len()).map(move |at| {
        let mut all = trips.clone();
        all.insert(at, trip);
        all.join(&NONE)
    })
}
