//! What the search keeps incrementally against its slow twins, inside one state.

pub(super) mod assembly;
mod elastic;
mod exact;
mod moves;
mod places;
mod recombine;
mod ruin;
mod split;
mod transfer;
mod trips;

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;
use proptest::prelude::*;

use super::blinks::Blinks;
use super::candidate::{Candidate, Found};
use super::context::{Context, NONE, trips_of, visits_of};
use super::crossing::{Crossing, Offspring};
use super::excess::{Excess, Prices};
use super::fleet::Fleet;
use super::insertion::Inserter;
use super::local_search::{LocalSearch, least_cost};
use super::moves::Move;
use super::near::Ranking;
use super::pair::{Around, Pair};
use super::parts::pays;
use super::rng::Rng;
use super::state::{Form, Spot, State, put_in};

use super::visit::Visit;
use super::warm::solution_of;
use super::{Params, StopRule, solve};
use crate::ids::{ClientId, ShiftId, VehicleId};
use crate::model::evaluate::evaluate;
use crate::model::{Client, Covering, Plane, Problem, Rounding, Service, Shift, TravelTable, Vehicle};
use crate::units::{ClockTime, Cost, Day, DaySet, Seconds, Window};

const CLIENTS: usize = 12;

/// Twelve required clients around a depot, two kinds of vehicle: small and cheap, large and dear.
pub(super) fn problem(seed: u64) -> Problem {
    let mut rng = Rng::new(seed, 9);
    let points = (0..=CLIENTS).map(|_| (rng.below(100) as f64, rng.below(100) as f64)).collect();
    let kind = |capacity: i64, fixed: i64| Vehicle {
        travel: 0,
        capacity: Some(capacity),
        capacity_mass: None,
        cost_fixed: Cost(fixed),
        cost_per_metre: Cost(1),
        cost_per_second: Cost::ZERO,
        max_duty: None,
        max_driving: None,
        max_metres: None,
        max_visits: None,
        rest: None,
        max_cold: None,
        reload: Seconds::ZERO,
        max_trips: 1,
        service_points: 1,
    };
    let always = Window { open: ClockTime::MIDNIGHT, close: ClockTime(1_000_000) };
    let client = |point: usize| Client {
        point: point as u32,
        patterns: vec![DaySet::only(Day(0))],
        windows: vec![vec![always]],
        required: true,
        value: Cost::ZERO,
        registered: 1,
        mass_per_household: 0,
        service: Service {
            setup: Seconds::ZERO,
            per_household: Seconds::ZERO,
            shortest: Seconds::ZERO,
            longest: Seconds::ZERO,
        },
        vehicles: [0, 1].into_iter().collect::<FixedBitSet>(),
        locks: vec![None],
        release: ClockTime::MIDNIGHT,
    };
    let shift = |vehicle: u32| Shift {
        vehicle: VehicleId(vehicle),
        day: Day(0),
        window: always,
        start: 0,
        end: 0,
        count: 4,
    };
    Problem {
        cycle_days: 1,
        clients: (1..=CLIENTS).map(client).collect(),
        vehicles: [kind(4, 20), kind(6, 50)].into_iter().collect(),
        shifts: [shift(0), shift(1)].into_iter().collect(),
        travel: vec![TravelTable::Plane(Plane { points, scale: 1.0, rounding: Rounding::Nearest })],
        covering: Covering::default(),
        alternatives: Vec::new(),
        pools: Vec::new(),
        grid: Seconds::ZERO,
        margin: Seconds::ZERO,
        missed_visit: Cost(1_000_000),
    }
}

/// Within all limits, beyond them at a price, and with times alone beyond.
fn all_prices() -> [Prices; 3] {
    [Prices::STRICT, Prices::new(Some(7), Some(3)), Prices::new(None, Some(3))]
}

/// All clients in a random order on four routes of both kinds.
pub(super) fn loaded<'c, 'p>(context: &'c Context<'p>, seed: u64) -> State<'c, 'p> {
    let mut clients: Vec<u32> = (0..CLIENTS as u32).collect();
    Rng::new(seed, 1).shuffle(&mut clients);
    let (shifts, cuts) = ([0, 0, 1, 1], [0, 2, 4, 8, CLIENTS]);
    let routes: Vec<(u32, Vec<u32>)> = (shifts.iter().zip(cuts.windows(2)))
        .map(|(&shift, cut)| (shift, clients[cut[0]..cut[1]].to_vec()))
        .collect();
    let mut state = State::new(context);
    state.load_routes(&routes);
    state
}

/// All clients in a random order on four routes of both kinds, each in up to so many trips.
fn in_trips<'c, 'p>(context: &'c Context<'p>, seed: u64, trips: usize, prices: Prices) -> State<'c, 'p> {
    let loaded = loaded(context, seed);
    let routes: Vec<(u32, Vec<u32>)> = (loaded.routes.iter())
        .map(|route| {
            let size = route.clients.len().div_ceil(trips).max(1);
            (route.shift, route.clients.chunks(size).collect::<Vec<_>>().join(&NONE))
        })
        .collect();
    let mut state = State::new(context);
    state.prices = prices;
    state.load_routes(&routes);
    state
}

/// The problem with windows, several trips, goods that become ready during the day, limits of duty, and routes that end
/// elsewhere.
fn with_hours(seed: u64, trips: u32, has_releases: bool, has_limits: bool, is_home: bool) -> Problem {
    let mut problem = problem(seed);
    let mut rng = Rng::new(seed, 5);
    for client in &mut problem.clients {
        let open = rng.below(200) as i32;
        client.windows = vec![vec![Window { open: ClockTime(open), close: ClockTime(open + 120) }]];
        if has_releases {
            client.release = ClockTime(rng.below(300) as i32);
        }
    }
    for vehicle in &mut problem.vehicles {
        vehicle.max_trips = trips;
        vehicle.reload = Seconds(7);
        vehicle.max_duty = has_limits.then_some(Seconds(400));
        // Where time has a price, waiting for goods shows.
        vehicle.cost_per_second = Cost(i64::from(has_limits));
    }
    if !is_home {
        problem.shifts.iter_mut().for_each(|shift| shift.end = 1);
    }
    problem
}

/// Makes ways uphill longer than downhill.
fn tilt(problem: &mut Problem, seed: u64) {
    let mut rng = Rng::new(seed, 4);
    let heights: Vec<i32> = (0..=CLIENTS).map(|_| rng.below(40) as i32).collect();
    let flat = problem.travel[0].clone();
    let length = |from: usize, to: usize| {
        let (_, metres) = flat.get(from as u32, to as u32).expect("a plane joins all");
        metres as i32 + (heights[to] - heights[from]).max(0)
    };
    problem.travel = vec![TravelTable::of_lengths(CLIENTS + 1, length)];
}

#[test]
fn a_shift_is_free_where_nothing_but_hours_is_about_time_or_length() {
    let is_free = |change: &dyn Fn(&mut Vehicle)| {
        let mut problem = with_hours(1, 1, false, false, true);
        change(&mut problem.vehicles[VehicleId(0)]);
        Context::new(&problem).shifts[0].is_free
    };
    assert!(is_free(&|_| ()));
    assert!(!is_free(&|vehicle| vehicle.cost_per_second = Cost(1)));
    assert!(!is_free(&|vehicle| vehicle.max_duty = Some(Seconds(400))));
    assert!(!is_free(&|vehicle| vehicle.max_driving = Some(Seconds(400))));
    assert!(!is_free(&|vehicle| vehicle.max_metres = Some(400)));
}

/// What putting `client` into a state of full and fuller small vehicles costs at least, by trying all places and both kinds:
/// a route that is full may go to a large vehicle.
fn least_detour(problem: &Problem, rows: &[Vec<u32>], client: u32) -> i64 {
    let alone = metres(problem, &[client]) + 20;
    let joined = rows.iter().flat_map(|row| {
        (0..=row.len()).map(move |position| {
            let mut longer = row.clone();
            longer.insert(position, client);
            let change = if row.len() == 4 { 50 - 20 } else { 0 };
            metres(problem, &longer) - metres(problem, row) + change
        })
    });
    joined.min().unwrap_or(alone).min(alone)
}

/// Shift and sequence of each route of a state.
fn sequences(state: &State<'_, '_>) -> Vec<(u32, Vec<u32>)> {
    state.routes.iter().map(|route| (route.shift, route.clients.clone())).collect()
}

/// The total of a state worked out anew.
fn slow_total(state: &State<'_, '_>) -> i64 {
    let routes = state.routes.iter().map(|route| (route.shift, route.clients.as_slice()));
    let evaluation = evaluate(state.context.problem, &solution_of(routes));
    assert!(evaluation.is_feasible());
    evaluation.total.get()
}

/// Puts whoever is left out at the end of the first route that takes them at the state's prices.
fn fill(state: &mut State<'_, '_>, rng: &mut Rng) {
    for client in state.absent().to_vec() {
        let mut candidate = Candidate::default();
        candidate.set(state, client);
        let mut found = Found::default();
        let mut blinks = Blinks::new(0.0, rng);
        if Inserter::new().find(state, &candidate, i64::MAX, &mut blinks, &mut found) {
            state.insert(client, &found.placements);
            state.settle(&mut Vec::new());
            state.commit();
        }
    }
}

fn metres(problem: &Problem, clients: &[u32]) -> i64 {
    metres_between(problem, (0, 0), clients)
}

fn metres_between(problem: &Problem, (start, end): (u32, u32), clients: &[u32]) -> i64 {
    let way = |from: u32, to: u32| problem.travel[0].get(from, to).expect("a plane joins all").1;
    let points: Vec<u32> =
        std::iter::once(start).chain(clients.iter().map(|client| client + 1)).chain([end]).collect();
    points.windows(2).map(|pair| way(pair[0], pair[1])).sum()
}

proptest! {
    #[test]
    fn a_place_costs_what_the_sequence_costs(
        seed in 0u64..300,
        trips in 1u32..4,
        has_releases: bool,
        has_limits: bool,
        is_home: bool,
    ) {
        let problem = with_hours(seed, trips, has_releases, has_limits, is_home);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 6);
        for prices in all_prices() {
            // One trip less than there may be, so that a visit may begin a new one.
            let mut state = in_trips(&context, seed, (trips as usize - 1).max(1), prices);
            let drawn = rng.below(CLIENTS) as u32;
            if state.is_visited(drawn) {
                state.remove(drawn);
                state.settle(&mut Vec::new());
            }
            let absent = state.absent().to_vec();
            for (client, index) in absent.iter().flat_map(|&client| (0..state.routes.len()).map(move |at| (client, at))) {
                let route = &state.routes[index];
                let shift = &context.shifts[route.shift as usize];
                let mut candidate = Candidate::default();
                candidate.set(&state, client);
                let visit = Visit::new(&context, &candidate, shift, prices);
                for position in 0..=route.clients.len() {
                    for form in [Form::Join, Form::LoadBefore, Form::LoadAfter] {
                        let place = visit.place(&context, shift, route, (index as u32, position, form), i64::MAX);
                        let mut sequence = route.clients.clone();
                        put_in(&mut sequence, position, form, client);
                        let is_one = sequence.iter().filter(|&&client| client == NONE).count() < shift.max_trips;
                        let is_whole = trips_of(&sequence).all(|trip| !trip.is_empty());
                        if is_one && is_whole {
                            let slow = least_cost(&state, route.shift, &sequence, i64::MAX);
                            let now = if route.is_empty() { 0 } else { state.energy_of(route) };
                            prop_assert_eq!(place.map(|place| place.delta), slow.map(|cost| cost - now), "{:?} {:?}", sequence, form);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_found_with_releases_and_trips_is_exact(seed in 0u64..100, trips in 1u32..4, has_limits: bool) {
        let problem = with_hours(seed, trips, true, has_limits, true);
        let stop = StopRule { iterations: Some(130), ..StopRule::default() };
        // The search itself asserts now and then that its total is that of the model.
        let outcome = solve(&problem, &Params { seed, threads: 1 }, &stop, None, &mut |_| ());
        prop_assert!(evaluate(&problem, &outcome.solution).is_feasible());
    }

    #[test]
    fn a_child_has_nobody_twice_and_routes_of_both_parents(seed in 0u64..1000, trips in 1u32..4) {
        let mut problem = problem(seed);
        problem.vehicles.iter_mut().for_each(|vehicle| vehicle.max_trips = trips);
        let context = Context::new(&problem);
        let parent = |stream: u64| -> Vec<(u32, Vec<u32>)> {
            let state = in_trips(&context, seed * 2 + stream, trips as usize, Prices::new(Some(7), Some(3)));
            sequences(&state)
        };
        // Where vehicles make one trip, it is the route.
        let trips_in = |routes: &[(u32, Vec<u32>)]| -> Vec<(u32, Vec<u32>)> {
            let trips = routes.iter().flat_map(|(shift, clients)| trips_of(clients).map(|trip| (*shift, trip.to_vec())));
            trips.filter(|(_, trip)| !trip.is_empty()).collect()
        };
        let (first, other) = (parent(0), parent(1));
        let offspring = Crossing::default().child(&context, &first, &other, &mut Rng::new(seed, 7));
        let Offspring { routes, trips: new, seam } = offspring;
        prop_assert!(trips > 1 || new.is_empty());
        let (first, other) = (trips_in(&first), trips_in(&other));
        prop_assert!(new.iter().all(|trip| other.contains(trip)));
        let child = trips_in(&[routes.clone(), new.clone()].concat());
        let everybody: Vec<u32> = child.iter().flat_map(|(_, clients)| clients).copied().collect();
        let left_out: Vec<u32> = (0..CLIENTS as u32).filter(|client| !everybody.contains(client)).collect();
        prop_assert_eq!(everybody.len() + left_out.len(), CLIENTS, "nobody twice");
        prop_assert!(left_out.iter().all(|client| seam.contains(client)));
        let is_whole = |trip: &&(u32, Vec<u32>)| first.contains(trip) || other.contains(trip);
        for (_, clients) in child.iter().filter(|trip| !is_whole(trip)) {
            let row = first.iter().find(|(_, row)| row.contains(&clients[0])).map_or(&[][..], |(_, row)| row);
            let rest: Vec<u32> = row.iter().copied().filter(|client| clients.contains(client)).collect();
            prop_assert_eq!(&rest, clients, "what is left of a trip, in its order");
        }
        let has_remains = child.iter().any(|trip| !is_whole(&trip));
        prop_assert!(!has_remains || child.len() <= first.len(), "as many gave way as went over");
        let shared = |routes: &[(u32, Vec<u32>)]| {
            let sorted = routes.iter().map(|(_, clients)| clients.iter().copied().collect::<BTreeSet<u32>>());
            sorted.collect::<BTreeSet<_>>()
        };
        let is_same = shared(&child) == shared(&first);
        prop_assert!(!is_same || seam.is_empty());
        // Where trips are short, the same clients may share others, and nobody is left to look at.
        prop_assert!(!seam.is_empty() || left_out.is_empty() && !has_remains && (is_same || trips > 1));
        let mut state = State::new(&context);
        state.load_routes(&routes);
        prop_assert_eq!(state.total(), slow_total(&state));
    }

    #[test]
    fn a_full_route_may_go_to_a_larger_vehicle(seed in 0u64..1000) {
        let problem = problem(seed);
        let context = Context::new(&problem);
        let mut clients: Vec<u32> = (0..CLIENTS as u32).collect();
        Rng::new(seed, 1).shuffle(&mut clients);
        let rows = [clients[..4].to_vec(), clients[4..8].to_vec(), clients[8..11].to_vec()];
        let mut state = State::new(&context);
        state.load_routes(&rows.clone().map(|row| (0, row)));
        let absent = clients[11];
        let mut candidate = Candidate::default();
        candidate.set(&state, absent);
        let (mut found, mut rng) = (Found::default(), Rng::new(seed, 3));
        let mut blinks = Blinks::new(0.0, &mut rng);
        prop_assert!(Inserter::new().find(&mut state, &candidate, i64::MAX, &mut blinks, &mut found));
        prop_assert_eq!(found.delta, least_detour(&problem, &rows, absent));
        let before = state.totals.operating;
        state.insert(absent, &found.placements);
        state.settle(&mut Vec::new());
        prop_assert_eq!(state.totals.operating, before + found.delta);
        prop_assert_eq!(state.total(), slow_total(&state));
        state.rollback();
        prop_assert_eq!(state.total(), slow_total(&state), "undone");
    }

    #[test]
    fn a_limit_that_nobody_meets_changes_nothing(seed in 0u64..1000, has_duty: bool) {
        // Where goods become ready during the day every route keeps its times; else a duty is way and openings.
        let mut untimed = problem(seed);
        if has_duty {
            let mut rng = Rng::new(seed, 4);
            for vehicle in &mut untimed.vehicles {
                vehicle.max_duty = Some(Seconds(300));
                vehicle.max_driving = Some(Seconds(250));
            }
            for client in &mut untimed.clients {
                let opening = Seconds(rng.below(40) as i32);
                client.service = Service { setup: opening, longest: Seconds(40), ..client.service };
            }
        }
        let mut timed = untimed.clone();
        timed.clients[ClientId(0)].release = ClockTime(1);
        let run = |problem: &Problem| {
            let stop = StopRule { iterations: Some(40), ..StopRule::default() };
            solve(problem, &Params { seed, threads: 1 }, &stop, None, &mut |_| ()).solution
        };
        let is_timed = |problem: &Problem| Context::new(problem).shifts[0].is_timed;
        prop_assert!(!is_timed(&untimed) && is_timed(&timed));
        prop_assert_eq!(run(&untimed), run(&timed));
    }
}

#[test]
fn near_clients_found_by_position_are_those_found_by_all_pairs() {
    let problem = problem(3);
    let context = Context::new(&problem);
    let TravelTable::Plane(plane) = &problem.travel[0] else { panic!("a plane") };
    // Whole lengths tie where positions do not: the lists may differ in order, not in who is near.
    let sorted = |mut list: Vec<u32>| {
        list.sort_unstable();
        list
    };
    let by_position = Ranking::new(&context, &context.shifts[0]).by_position(plane, CLIENTS - 1);
    for client in 0..CLIENTS as u32 {
        assert_eq!(sorted(by_position[client as usize].clone()), sorted(context.near(client).to_vec()));
    }
}

#[test]
fn closings_that_no_lawful_duty_reaches_need_no_times() {
    let is_timed = |close: i32| {
        let mut problem = problem(3);
        problem.vehicles.iter_mut().for_each(|vehicle| vehicle.max_duty = Some(Seconds(300)));
        let window = Window { open: ClockTime::MIDNIGHT, close: ClockTime(close) };
        problem.clients.iter_mut().for_each(|client| client.windows = vec![vec![window]]);
        problem.shifts.iter_mut().for_each(|shift| shift.window = window);
        Context::new(&problem).shifts[0].is_timed
    };
    assert!(is_timed(299) && !is_timed(300));
}
