//! The search against its slow twin and the brute-force optimum.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tournee::ids::{ClientId, ShiftId, VehicleId};
use tournee::model::evaluate::evaluate;
use tournee::model::{Problem, Rest, Route, Shift, Solution, TravelTable};
use tournee::solver::{Event, Outcome, Params, StopRule, solve};
use tournee::units::{Cost, Day, DaySet, Seconds, Window};

use super::oracle::least_total;
use super::problems::{Draw, Size, capacitated, manhattan, scenario_like, window};

fn search(problem: &Problem, iterations: u64, threads: usize) -> Outcome {
    let stop = StopRule { iterations: Some(iterations), ..StopRule::default() };
    solve(problem, &Params { seed: 7, threads }, &stop, None, &mut |_| ())
}

/// Searches, and holds what is found against every rule and the total that was told.
fn find_and_check(problem: &Problem, seed: u64, iterations: u64) -> Result<(), TestCaseError> {
    let mut told = None;
    let stop = StopRule { iterations: Some(iterations), ..StopRule::default() };
    let mut listen = |event: Event| told = Some(event.best);
    let outcome = solve(problem, &Params { seed, threads: 1 }, &stop, None, &mut listen);
    let evaluation = evaluate(problem, &outcome.solution);
    prop_assert!(evaluation.is_feasible(), "{:?} {:?}", evaluation.routes, evaluation.broken_patterns);
    prop_assert_eq!(Some(evaluation.total), told, "the search keeps the exact total");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn solutions_hold_every_rule(seed in any::<u64>(), clients in 1usize..14, vehicles in 1usize..4, groups in 0usize..12) {
        find_and_check(&scenario_like(seed, Size { clients, vehicles, days: 5, groups }), seed, 60)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    // So many iterations are spent on several annealings and their children.
    #[test]
    fn children_of_plans_hold_every_rule(seed in any::<u64>(), clients in 6usize..12, groups in 4usize..12) {
        find_and_check(&scenario_like(seed, Size { clients, vehicles: 2, days: 5, groups }), seed, 12_000)?;
    }
}

proptest! {
    // A search may miss an optimum: the cases are the same at every run.
    #![proptest_config(ProptestConfig { cases: 80, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn small_problems_are_solved_to_the_optimum(seed in any::<u64>(), clients in 1usize..5, vehicles in 1usize..3, groups in 0usize..5) {
        let problem = scenario_like(seed, Size { clients, vehicles, days: 2, groups });
        let outcome = search(&problem, 2000, 1);
        let total = evaluate(&problem, &outcome.solution).total;
        prop_assert_eq!(total, least_total(&problem));
    }
}

/// Bins of `capacity` cut into three to five parts each, the parts dealt out over the map: only full vans serve all.
fn full_vans(seed: u64, vans: usize, capacity: i64) -> Problem {
    let draw = &mut Draw::new(seed);
    let mut parts = Vec::new();
    for _ in 0..vans {
        let mut left = capacity;
        for _ in 0..draw.between(2, 4) {
            let part = draw.between(1, left / 2);
            parts.push(part);
            left -= part;
        }
        parts.push(left);
    }
    let mut problem = capacitated(seed, parts.len(), (1, 1), capacity, vans as u32);
    for (client, part) in problem.clients.iter_mut().zip(parts) {
        client.registered = part;
    }
    problem
}

#[test]
fn vans_are_filled_to_the_last_parcel() {
    for seed in 0..10 {
        let problem = full_vans(seed, 6, 60);
        let evaluation = evaluate(&problem, &search(&problem, 3000, 2).solution);
        assert_eq!(
            evaluation.missed.get(),
            0,
            "seed {seed}: every van is exactly full in a solution that exists"
        );
    }
}

#[test]
fn a_shift_is_used_to_its_last_minute() {
    // A street with stops 10, 20, ... 60 minutes from the depot, half an hour each: out and back 120 minutes, six
    // openings 180, a break of 30. With 330 minutes from 8:00 to 13:30 all fit, with one less somebody is left out.
    let street = |minutes: i32| {
        let mut problem = capacitated(1, 6, (1, 1), 6, 1);
        let points: Vec<(i64, i64)> = (0..7).map(|stop| (10 * stop, 0)).collect();
        problem.travel = vec![TravelTable::Dense(manhattan(&points))];
        for client in &mut problem.clients {
            client.service.setup = Seconds::from_minutes(30);
        }
        problem.shifts[ShiftId(0)].window = window(8 * 60, 8 * 60 + minutes);
        problem.vehicles[VehicleId(0)].rest = Some(Rest {
            duration: Seconds::from_minutes(30),
            after: Seconds::from_minutes(200),
            window: window(10 * 60, 12 * 60),
        });
        problem
    };
    let missed = |minutes| {
        let problem = street(minutes);
        evaluate(&problem, &search(&problem, 300, 1).solution).missed
    };
    assert_eq!(missed(330), Cost::ZERO);
    assert_eq!(missed(329), street(329).missed_visit);
}

#[test]
fn two_visits_a_week_share_days_that_are_just_long_enough() {
    // Six clients, each on two of three days, a van that carries four visits a day: 12 visits in 12 places.
    let mut problem = capacitated(5, 6, (1, 1), 4, 1);
    problem.cycle_days = 3;
    let two_days = [DaySet(0b011), DaySet(0b101), DaySet(0b110)];
    for client in &mut problem.clients {
        client.patterns = two_days.to_vec();
        client.windows = vec![vec![Window::ALL_DAY]; 3];
        client.locks = vec![None; 3];
    }
    let shift = problem.shifts[ShiftId(0)].clone();
    problem.shifts = (0..3).map(|day| Shift { day: Day(day), ..shift.clone() }).collect();
    let evaluation = evaluate(&problem, &search(&problem, 500, 1).solution);
    assert!(evaluation.is_feasible());
    assert_eq!(evaluation.missed, Cost::ZERO);
}

#[test]
fn the_same_van_comes_back_where_money_does_not_care() {
    // Two stops, three visits each, two equal vans a day that carry one stop each: whichever van starts with a stop, the
    // same can come back to it in the other weeks.
    let mut problem = capacitated(5, 2, (1, 1), 1, 1);
    problem.cycle_days = 21;
    problem.vehicles.push(problem.vehicles[VehicleId(0)].clone());
    let days = [Day(0), Day(7), Day(14)];
    for client in &mut problem.clients {
        client.patterns = vec![days.into_iter().collect()];
        client.windows = vec![vec![Window::ALL_DAY]; 21];
        client.locks = vec![None; 21];
        client.vehicles = (0..2).collect();
    }
    let shift = problem.shifts[ShiftId(0)].clone();
    let on = |day: Day| (0..2).map(move |vehicle| (day, VehicleId(vehicle)));
    problem.shifts =
        days.into_iter().flat_map(on).map(|(day, vehicle)| Shift { day, vehicle, ..shift.clone() }).collect();
    for seed in 0..5 {
        let stop = StopRule { iterations: Some(50), ..StopRule::default() };
        let outcome = solve(&problem, &Params { seed, threads: 1 }, &stop, None, &mut |_| ());
        let crews = |client: ClientId| -> BTreeSet<VehicleId> {
            let routes = outcome.solution.routes.iter().filter(|route| route.trips[0].contains(&client));
            routes.map(|route| problem.shifts[route.shift].vehicle).collect()
        };
        assert_eq!(outcome.solution.routes.len(), 6);
        assert_eq!((crews(ClientId(0)).len(), crews(ClientId(1)).len()), (1, 1), "seed {seed}");
    }
}

#[test]
fn a_tangled_warm_start_is_straightened_without_an_iteration() {
    // A street with stops 10, 20, ... 60 blocks of 500 m from the depot, visited in a silly order.
    let mut problem = capacitated(1, 6, (1, 1), 6, 1);
    let points: Vec<(i64, i64)> = (0..7).map(|stop| (10 * stop, 0)).collect();
    problem.travel = vec![TravelTable::Dense(manhattan(&points))];
    let silly = [0, 3, 1, 4, 2, 5].map(ClientId).to_vec();
    let warm = Solution { routes: vec![Route { shift: ShiftId(0), trips: vec![silly] }] };
    let stop = StopRule { iterations: Some(0), ..StopRule::default() };
    let outcome = solve(&problem, &Params { seed: 1, threads: 1 }, &stop, Some(&warm), &mut |_| ());
    assert_eq!(outcome.iterations, 0);
    assert_eq!(evaluate(&problem, &outcome.solution).total, Cost(2 * 60 * 500));
}

#[test]
fn a_warm_start_is_never_made_worse_and_is_mended() {
    let problem = scenario_like(21, Size { clients: 10, vehicles: 2, days: 5, groups: 6 });
    let found = search(&problem, 300, 1).solution;
    let go_on = |warm: &Solution| {
        let stop = StopRule { iterations: Some(1), ..StopRule::default() };
        let outcome = solve(&problem, &Params { seed: 1, threads: 1 }, &stop, Some(warm), &mut |_| ());
        evaluate(&problem, &outcome.solution)
    };
    assert!(go_on(&found).total <= evaluate(&problem, &found).total);
    // Every visit twice, and a shift and a client that don't exist.
    let mut broken = found.clone();
    broken.routes.extend(found.routes);
    broken.routes.push(Route { shift: ShiftId(999), trips: vec![vec![ClientId(0)]] });
    broken.routes.push(Route { shift: ShiftId(0), trips: vec![vec![ClientId(999)], vec![]] });
    assert!(go_on(&broken).is_feasible());
}

#[test]
fn the_thread_count_changes_nothing() {
    let problem = scenario_like(11, Size { clients: 12, vehicles: 2, days: 5, groups: 9 });
    assert_eq!(search(&problem, 200, 1), search(&problem, 200, 2));
}

#[test]
fn a_cancelled_search_hands_back_what_it_has() {
    let problem = capacitated(3, 30, (1, 9), 40, 30);
    let flag = AtomicBool::new(true);
    let stop = StopRule { iterations: Some(1_000_000), time: None, cancelled: Some(&flag) };
    let outcome = solve(&problem, &Params { seed: 1, threads: 1 }, &stop, None, &mut |_| ());
    assert!(outcome.cancelled);
    assert!(outcome.iterations < 100_000);
    let evaluation = evaluate(&problem, &outcome.solution);
    assert!(evaluation.is_feasible());
    assert_eq!(evaluation.missed.get(), 0, "even the first solution serves all, where that is easy");
}

#[test]
fn a_problem_without_clients_or_vehicles_has_an_empty_solution() {
    let mut problem = capacitated(3, 3, (1, 9), 40, 3);
    problem.shifts.raw.clear();
    assert_eq!(search(&problem, 20, 1).solution, Solution::default());
    let mut problem = capacitated(3, 3, (1, 9), 40, 3);
    problem.clients.raw.clear();
    assert_eq!(search(&problem, 20, 1).solution, Solution::default());
}
