//! The worth of a solution, each figure worked out by hand.

use tournee::ids::{ClientId, GroupId, ShiftId, VehicleId};
use tournee::model::evaluate::evaluate;
use tournee::model::{CoverGroup, Covering, Pool, Problem, Route, Shift, Solution, Vehicle};
use tournee::units::{Cost, Day, DaySet, Need, Seconds, Window};

use super::fixture::{client, problem, vehicle};

/// Depot 0, stops 1 and 2; ten seconds and a hundred metres apart.
const TEN_APART: &[&[i32]] = &[&[0, 10, 10], &[10, 0, 10], &[10, 10, 0]];

/// Two stops, three groups: 2.5 households near stop 0 only, 4 that prefer stop 0, 3 near stop 1 only.
fn covered_problem(vehicle: Vehicle) -> Problem {
    let mut problem = problem(TEN_APART, vehicle, vec![client(1, 60), client(2, 60)]);
    let group = |need: i64, clients: &[u32]| CoverGroup {
        need: Need(need),
        value: Cost(need * 100),
        required: false,
        clients: clients.iter().map(|&id| ClientId(id)).collect(),
    };
    problem.covering = Covering {
        groups: vec![group(2500, &[0]), group(4000, &[0, 1]), group(3000, &[1])].into(),
        attendance_permille: 500,
    };
    problem
}

fn solution(routes: &[(u32, &[u32])]) -> Solution {
    let route = |&(shift, clients): &(u32, &[u32])| Route {
        shift: ShiftId(shift),
        trips: vec![clients.iter().map(|&id| ClientId(id)).collect()],
    };
    Solution { routes: routes.iter().map(route).collect() }
}

#[test]
fn a_group_counts_once_and_attends_its_nearest_open_stop() {
    let problem = covered_problem(vehicle());
    let both = evaluate(&problem, &solution(&[(0, &[0, 1])]));
    assert_eq!(both.covered_need, Need(9500));
    assert_eq!(both.covered_value, Cost(950_000));
    assert_eq!(both.attends[GroupId(1)], Some(ClientId(0)));
    // Half of 6.5 is 3.25, half of 3 is 1.5; whole households come.
    assert_eq!((both.loads[ClientId(0)].households, both.loads[ClientId(1)].households), (4, 2));

    let second = evaluate(&problem, &solution(&[(0, &[1])]));
    assert_eq!(second.covered_need, Need(7000));
    assert_eq!(second.attends[GroupId(1)], Some(ClientId(1)));
    assert_eq!(second.loads[ClientId(1)].households, 4);
    assert_eq!(second.missed, problem.missed_visit);
}

#[test]
fn the_total_is_made_of_its_terms() {
    let dear =
        Vehicle { cost_fixed: Cost(5000), cost_per_metre: Cost(3), cost_per_second: Cost(7), ..vehicle() };
    let mut problem = covered_problem(dear);
    problem.clients[ClientId(0)].value = Cost(40);
    let worth = evaluate(&problem, &solution(&[(0, &[0])]));
    // Twenty seconds of driving and an opening of sixty; two hundred metres.
    assert_eq!(worth.operating, Cost(5000 + 3 * 200 + 7 * 80));
    assert_eq!(worth.client_value, Cost(40));
    assert_eq!(worth.covered_value, Cost(650_000));
    assert_eq!(worth.total, Cost(6160 - 40 - 650_000 + 1_000_000));
}

#[test]
fn those_turned_away_are_not_covered() {
    let problem = covered_problem(Vehicle { capacity: Some(3), ..vehicle() });
    let worth = evaluate(&problem, &solution(&[(0, &[0])]));
    // Four come and three are served: 1 of 6.5 is lost, at 100 a thousandth.
    assert_eq!(worth.covered_need, Need(5500));
    assert_eq!(worth.covered_value, Cost(550_000));
    // Never more than attend: 3.25 of them.
    let none_served = covered_problem(Vehicle { capacity: Some(0), ..vehicle() });
    let worth = evaluate(&none_served, &solution(&[(0, &[0])]));
    assert_eq!(worth.covered_need, Need(3250));
}

#[test]
fn a_required_client_left_out_costs_each_visit_it_misses() {
    let mut problem = covered_problem(vehicle());
    problem.clients[ClientId(0)].patterns = vec![[Day(0), Day(2)].into_iter().collect(), DaySet(0b111)];
    let worth = evaluate(&problem, &solution(&[(0, &[1])]));
    assert_eq!(worth.missed, Cost(2_000_000));
    problem.clients[ClientId(0)].required = false;
    assert_eq!(evaluate(&problem, &solution(&[(0, &[1])])).missed, Cost::ZERO);
}

#[test]
fn broken_choices_are_named() {
    let mut problem = covered_problem(vehicle());
    problem.alternatives = vec![vec![ClientId(0), ClientId(1)]];
    let other =
        Shift { vehicle: VehicleId(0), day: Day(0), window: Window::ALL_DAY, start: 0, end: 0, count: 1 };
    problem.shifts.push(other);
    problem.pools = vec![Pool { shifts: vec![ShiftId(0), ShiftId(1)], count: 1 }];
    let worth = evaluate(&problem, &solution(&[(0, &[0]), (1, &[0]), (0, &[1])]));
    assert_eq!(worth.broken_patterns, [ClientId(0)]);
    assert_eq!(worth.broken_alternatives, [0]);
    assert_eq!(worth.overused, [ShiftId(0), ShiftId(1)]);
    assert!(!worth.is_feasible());

    let none = evaluate(&problem, &Solution::default());
    assert!(none.is_feasible());
    // Both required clients and the choice between them.
    assert_eq!(none.missed, Cost(3_000_000));
}

#[test]
fn a_route_that_can_not_be_driven_is_named_and_costs_nothing() {
    let problem = covered_problem(Vehicle { max_duty: Some(Seconds(79)), ..vehicle() });
    let worth = evaluate(&problem, &solution(&[(0, &[0])]));
    assert_eq!(worth.routes[0], Err(tournee::model::schedule::Blocked::Duty(Seconds(1))));
    assert_eq!(worth.operating, Cost::ZERO);
    assert!(!worth.is_feasible());
}
