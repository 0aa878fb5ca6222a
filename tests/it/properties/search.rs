//! The search against its slow twin and the brute-force optimum.

use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use tournee::model::evaluate::evaluate;
use tournee::model::{Problem, Solution};
use tournee::solver::{Event, Outcome, Params, StopRule, solve};

use super::oracle::least_total;
use super::problems::{Size, capacitated, scenario_like};

fn search(problem: &Problem, iterations: u64, threads: usize) -> Outcome {
    let stop = StopRule { iterations: Some(iterations), ..StopRule::default() };
    solve(problem, &Params { seed: 7, threads }, &stop, None, &mut |_| ())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn solutions_hold_every_rule(seed in any::<u64>(), clients in 1usize..14, vehicles in 1usize..4, groups in 0usize..12) {
        let problem = scenario_like(seed, Size { clients, vehicles, days: 5, groups });
        let mut told = None;
        let stop = StopRule { iterations: Some(60), ..StopRule::default() };
        let mut listen = |event: Event| told = Some(event.best);
        let outcome = solve(&problem, &Params { seed, threads: 1 }, &stop, None, &mut listen);
        let evaluation = evaluate(&problem, &outcome.solution);
        prop_assert!(evaluation.is_feasible(), "{:?} {:?}", evaluation.routes, evaluation.broken_patterns);
        prop_assert_eq!(Some(evaluation.total), told, "the search keeps the exact total");
    }

    #[test]
    fn small_problems_are_solved_to_the_optimum(seed in any::<u64>(), clients in 1usize..5, vehicles in 1usize..3, groups in 0usize..5) {
        let problem = scenario_like(seed, Size { clients, vehicles, days: 2, groups });
        let outcome = search(&problem, 400, 1);
        let total = evaluate(&problem, &outcome.solution).total;
        prop_assert_eq!(total, least_total(&problem));
    }
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
