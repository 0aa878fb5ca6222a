//! Exact times that are remembered, and what is known before anything is timed.

use typed_index_collections::TiVec;

use super::*;
use crate::model::schedule::VisitLoad;
use crate::model::{LockedVisit, Rest};
use crate::solver::exact::Exact;
use crate::solver::recreate::{Mood, Recreate};

/// Three days of two vehicles of one kind and two of another, with breaks and a grid; everybody opens an hour later on the last day.
fn with_breaks(seed: u64) -> Problem {
    let mut problem = problem(seed);
    let hours = |from: i32, to: i32| Window { open: ClockTime(3600 * from), close: ClockTime(3600 * to) };
    problem.cycle_days = 3;
    problem.grid = Seconds(300);
    let rest = Rest { duration: Seconds(1800), after: Seconds(4 * 3600), window: hours(11, 15) };
    for vehicle in &mut problem.vehicles {
        vehicle.rest = Some(rest);
        vehicle.cost_per_second = Cost(2);
        // A van more is never cheaper than a detour.
        vehicle.cost_fixed = Cost(1_000_000);
    }
    problem.vehicles.raw[1].cost_per_metre = Cost(3);
    problem.vehicles = [0, 1, 0, 1].map(|kind| problem.vehicles.raw[kind].clone()).into_iter().collect();
    for (number, client) in problem.clients.iter_mut().enumerate() {
        let (early, late) = (8 + number as i32 % 4, 14 + number as i32 % 3);
        client.windows =
            vec![vec![hours(early, late)], vec![hours(early, late)], vec![hours(early + 1, late)]];
        client.locks = vec![None; 3];
        client.patterns = (0..3).map(|day| DaySet::only(Day(day))).collect();
        client.vehicles = (0..4).collect::<FixedBitSet>();
        client.service.per_household = Seconds(600);
        client.service.longest = Seconds(7200);
    }
    let row = problem.shifts.raw[0].clone();
    let shift = |vehicle: u32, day: u8| Shift {
        vehicle: VehicleId(vehicle),
        day: Day(day),
        window: hours(7, 19),
        ..row.clone()
    };
    problem.shifts = (0..12).map(|number| shift(number % 4, number as u8 / 4)).collect();
    problem
}

/// One to five clients in a random order.
fn some_clients(rng: &mut Rng) -> Vec<u32> {
    let mut clients: Vec<u32> = (0..CLIENTS as u32).collect();
    rng.shuffle(&mut clients);
    clients.truncate(1 + rng.below(5));
    clients
}

#[test]
fn shifts_are_alike_whose_vehicles_and_hours_are_whatever_the_day() {
    let problem = with_breaks(1);
    let context = Context::new(&problem);
    let alike: Vec<u32> = context.shifts.iter().map(|shift| shift.alike).collect();
    assert_eq!(alike, [0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3]);
    let classes: BTreeSet<u32> = context.shifts.iter().map(|shift| shift.class).collect();
    assert_eq!(classes.len(), 6, "days apart");
}

#[test]
fn a_lock_tells_days_and_vehicles_apart() {
    let mut problem = with_breaks(1);
    let lock = LockedVisit { vehicle: Some(VehicleId(2)), start: None };
    problem.clients.raw[3].locks[1] = Some(lock);
    let context = Context::new(&problem);
    let alike = |shift: usize| context.shifts[shift].alike;
    assert_ne!(alike(0), alike(2), "the vehicle that is named, and the other of its kind");
    assert_ne!(alike(0), alike(4), "the day");
    assert_eq!(alike(1), alike(3));
}

proptest! {
    #[test]
    fn what_is_remembered_is_what_would_be_worked_out(seed in 0u64..100) {
        let problem = with_breaks(seed);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 3);
        let mut exact = Exact::default();
        let sequences: Vec<Vec<u32>> = (0..4).map(|_| some_clients(&mut rng)).collect();
        let mut known = BTreeMap::new();
        for _ in 0..200 {
            let (at, shift) = (rng.below(sequences.len()), rng.below(context.shifts.len()) as u32);
            let households = 1 + rng.below(3) as i64;
            let loads: TiVec<ClientId, VisitLoad> = vec![VisitLoad { households }; CLIENTS].into();
            let duty = exact.duty(&context, shift, &sequences[at], &loads);
            prop_assert_eq!(duty, Exact::default().duty(&context, shift, &sequences[at], &loads));
            let alike = context.shifts[shift as usize].alike;
            prop_assert_eq!(*known.entry((at, alike, households)).or_insert(duty), duty);
        }
        let different: BTreeSet<Option<i64>> = known.values().copied().collect();
        prop_assert!(different.len() > 1, "loads and days matter");
    }

    #[test]
    fn a_place_that_is_remembered_is_what_would_be_found(seed in 0u64..30) {
        let problem = with_breaks(seed);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 5);
        let mut state = State::new(&context);
        let mut inserter = Inserter::new();
        for _ in 0..60 {
            // The same two clients on routes of all shifts in turn.
            let shift = rng.below(context.shifts.len()) as u32;
            state.load_routes(&[(shift, vec![0, 1])]);
            let mut candidate = Candidate::default();
            candidate.set(&state, 2);
            let day = context.shifts[shift as usize].day;
            let mut delta = |inserter: &mut Inserter, state: &mut State<'_, '_>| {
                let found = inserter.find_on_day(state, &candidate, day, &mut Blinks::new(0.0, &mut rng));
                found.map(|place| place.delta)
            };
            prop_assert_eq!(delta(&mut inserter, &mut state), delta(&mut Inserter::new(), &mut state));
            state = State::new(&context);
        }
    }

    #[test]
    fn a_route_of_one_visit_costs_at_least_what_is_said_beforehand(seed in 0u64..100) {
        let timed = with_breaks(seed);
        for (problem, is_exact) in [(timed, false), (problem(seed), true)] {
            let context = Context::new(&problem);
            let mut state = State::new(&context);
            let (mut inserter, mut found) = (Inserter::new(), Found::default());
            let mut rng = Rng::new(seed, 4);
            for client in 0..CLIENTS as u32 {
                let mut candidate = Candidate::default();
                candidate.set(&state, client);
                let mut blinks = Blinks::new(0.0, &mut rng);
                if !inserter.find(&mut state, &candidate, i64::MAX, &mut blinks, &mut found) {
                    continue;
                }
                let day = context.shifts[state.routes[found.placements[0].route as usize].shift as usize].day;
                let shifts = context.shifts.iter().filter(|shift| shift.day == day);
                let said = shifts.map(|shift| candidate.least_alone(&context, shift)).min().expect("a shift");
                prop_assert!(said <= found.delta, "{} {}", said, found.delta);
                prop_assert!(!is_exact || said == found.delta);
            }
        }
    }
}

#[test]
fn whoever_must_be_in_is_put_in_whatever_it_costs() {
    let problem = problem(1);
    let context = Context::new(&problem);
    let mut state = State::new(&context);
    let mut recreate = Recreate::new(&context);
    recreate.queue.extend(0..CLIENTS as u32);
    recreate.run(&mut state, Mood::STRICT, &mut Rng::new(1, 1));
    assert_eq!(state.absent(), [0; 0]);
}
