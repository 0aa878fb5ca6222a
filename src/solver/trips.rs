//! Which vehicle makes which trips.
//!
//! Where vehicles make several trips a day, the same trips may be dealt out to them in many ways that cost the same. But each leaves
//! room at other times of the day, and a visit that fits none of the trips as they are dealt out may fit one of them elsewhere.
//! So before clients are put back, what a changed route does from some loading on goes over to another vehicle, now and then, and what
//! that one does from then on comes back (tails, as Potvin & Rousseau 1995 exchange them, whose first trips are whole).

use super::context::{Context, NONE};
use super::local_search::{is_exact, least_cost};
use super::rng::Rng;
use super::route::Route;
use super::state::State;

/// Deals trips out anew; owns the buffers.
#[derive(Clone, Debug)]
pub(super) struct Trips {
    /// Whether some vehicle makes several trips whose times segments tell.
    is_possible: bool,
    sequences: [Vec<u32>; 2],
    evicted: Vec<u32>,
}

impl Trips {
    /// How often, and how many times then, two routes exchange their last trips if that costs nothing. Ours.
    const RATE: f64 = 0.5;
    const TRIES: usize = 5;

    pub fn new(context: &Context<'_>) -> Self {
        let is_possible = context.shifts.iter().any(|shift| shift.max_trips > 1 && shift.is_plain);
        Self { is_possible, sequences: [Vec::new(), Vec::new()], evicted: Vec::new() }
    }

    /// Lets changed routes exchange trips with others of their days where that is not dearer. The state is settled before and after.
    pub fn deal(&mut self, state: &mut State<'_, '_>, rng: &mut Rng) {
        if !self.is_possible || state.touched().is_empty() || !rng.chance(Self::RATE) {
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
        let shift = &state.context.shifts[second.shift as usize];
        if routes[0] == routes[1] || second.is_empty() && !state.has_vehicle(shift) {
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
        join(head, other_tail, new_first);
        join(other_head, tail, new_second);
        let now = state.energy_of(first) + state.energy_of(second);
        let limit = now.saturating_add(1);
        is_exact(state, &routes)
            && least_cost(state, first.shift, new_first, limit)
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
    let head = cut.checked_sub(1).map_or(0, |last| route.trips[last].1 as usize);
    let tail = route.trips.get(cut).map_or(route.clients.len(), |&(first, _)| first as usize);
    (&route.clients[..head], &route.clients[tail..])
}

/// Some trips, and others after them.
fn join(head: &[u32], tail: &[u32], sequence: &mut Vec<u32>) {
    sequence.clear();
    sequence.extend_from_slice(head);
    if !head.is_empty() && !tail.is_empty() {
        sequence.push(NONE);
    }
    sequence.extend_from_slice(tail);
}
