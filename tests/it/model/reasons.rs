//! Why a client is left out: each rule by hand, and many small problems where the answer is tried out.

use proptest::prelude::*;
use tournee::diagnostics::Lang;
use tournee::ids::{ClientId, ShiftId, StopId, VehicleId};
use tournee::model::evaluate::{Evaluation, evaluate};
use tournee::model::reasons::{Change, Fix, LeftOut, Why, explain, say};
use tournee::model::schedule::Blocked;
use tournee::model::{Client, CoverGroup, Problem, Route, Shift, Solution, Vehicle};
use tournee::units::{Cost, Day, DaySet, Need, Seconds};

use super::fixture::{client, problem, vehicle, window};
use super::lower::{PLAIN, Scenario};
use crate::support::scenario;

/// Depot and two stops, ten minutes apart each.
const TEN_MINUTES: &[&[i32]] = &[&[0, 600, 600], &[600, 0, 600], &[600, 600, 0]];

/// Client 0 is visited, client 1 is not; openings of an hour, on the minute.
fn one_left_out(vehicle: Vehicle) -> (Problem, Solution) {
    let mut problem = problem(TEN_MINUTES, vehicle, vec![client(1, 3600), client(2, 3600)]);
    problem.grid = Seconds(60);
    (problem, Solution { routes: vec![Route { shift: ShiftId(0), trips: vec![vec![ClientId(0)]] }] })
}

fn left_out(problem: &Problem, solution: &Solution) -> LeftOut {
    explain(problem, solution, ClientId(1))
}

fn blocked(rule: Blocked) -> Why {
    Why::Blocked { shift: ShiftId(0), rule }
}

fn change(left_out: &LeftOut) -> Option<Change> {
    left_out.fix.as_ref().map(|fix| fix.change)
}

#[test]
fn a_shift_that_ends_too_early_lacks_the_minutes_to_come_back() {
    let (mut problem, solution) = one_left_out(vehicle());
    // Three legs of ten minutes and two hours of opening take 150 minutes.
    problem.shifts[ShiftId(0)].window = window(0, 125 * 60);
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, blocked(Blocked::Late(Seconds(25 * 60))));
    let fix = answer.fix.expect("a longer shift serves it");
    assert_eq!((fix.change, fix.vehicle), (Change::ReturnLater(Seconds(25 * 60)), Some(VehicleId(0))));
    assert_eq!((fix.days, fix.shortfall), (DaySet::only(Day(0)), Cost::ZERO));
}

#[test]
fn a_longest_duty_lacks_minutes_of_duty() {
    let (problem, solution) = one_left_out(Vehicle { max_duty: Some(Seconds(140 * 60)), ..vehicle() });
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, blocked(Blocked::Duty(Seconds(600))));
    assert_eq!(change(&answer), Some(Change::LongerDuty(Seconds(600))));
}

#[test]
fn duty_and_shift_are_moved_together_where_neither_is_enough() {
    let (mut problem, solution) = one_left_out(Vehicle { max_duty: Some(Seconds(145 * 60)), ..vehicle() });
    problem.shifts[ShiftId(0)].window = window(0, 140 * 60);
    // Leaving earlier than midnight is no way out.
    assert_eq!(change(&left_out(&problem, &solution)), Some(Change::LongerShift(Seconds(600))));
}

#[test]
fn a_full_antenna_lacks_room() {
    let (mut problem, solution) = one_left_out(Vehicle { capacity: Some(50), ..vehicle() });
    problem.clients[ClientId(0)].registered = 30;
    problem.clients[ClientId(1)].registered = 27;
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, blocked(Blocked::Households(7)));
    assert_eq!(change(&answer), Some(Change::MoreHouseholds(7)));
}

#[test]
fn a_second_trip_serves_what_one_can_not_carry() {
    let twice = Vehicle { capacity: Some(30), reload: Seconds(60), ..vehicle() };
    let (mut problem, solution) = one_left_out(twice);
    problem.clients[ClientId(0)].registered = 30;
    problem.clients[ClientId(1)].registered = 30;
    // A van of twice the room would do as well, but one more trip is the smaller change.
    assert_eq!(change(&left_out(&problem, &solution)), Some(Change::MoreTrips(1)));
}

#[test]
fn a_cold_chain_lacks_minutes_of_cold() {
    let (problem, solution) = one_left_out(Vehicle { max_cold: Some(Seconds(130 * 60)), ..vehicle() });
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, blocked(Blocked::Cold(Seconds(600))));
    assert_eq!(change(&answer), Some(Change::LongerCold(Seconds(600))));
}

#[test]
fn too_much_driving_lacks_minutes_of_driving() {
    let (problem, solution) = one_left_out(Vehicle { max_driving: Some(Seconds(25 * 60)), ..vehicle() });
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, blocked(Blocked::Driving(Seconds(300))));
    assert_eq!(change(&answer), Some(Change::MoreDriving(Seconds(300))));
}

#[test]
fn hours_shorter_than_the_opening_end_later() {
    let (mut problem, solution) = one_left_out(vehicle());
    problem.clients[ClientId(1)].windows[0] = vec![window(36_000, 36_000 + 55 * 60)];
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, blocked(Blocked::Closed(ClientId(1))));
    let fix = answer.fix.expect("longer hours serve it");
    assert_eq!(fix.vehicle, None);
    assert!(matches!(fix.change, Change::OpenEarlier(Seconds(300)) | Change::CloseLater(Seconds(300))));
}

#[test]
fn longer_hours_help_although_another_antenna_comes_on_each_day() {
    let (mut problem, solution) = one_left_out(vehicle());
    problem.vehicles.push(vehicle());
    let other = Shift { vehicle: VehicleId(1), day: Day(1), ..problem.shifts[ShiftId(0)].clone() };
    problem.shifts.push(other);
    let row = &mut problem.clients[ClientId(1)];
    row.vehicles.grow(2);
    row.vehicles.insert_range(..);
    row.patterns = vec![[Day(0), Day(1)].into_iter().collect()];
    row.windows = vec![vec![window(36_000, 36_000 + 55 * 60)]; 2];
    let fix = left_out(&problem, &solution).fix.expect("longer hours on both days serve it");
    assert!(matches!(fix.change, Change::OpenEarlier(Seconds(300)) | Change::CloseLater(Seconds(300))));
    assert_eq!(fix.days, fix.pattern);
}

#[test]
fn an_antenna_that_is_not_allowed_would_have_to_be() {
    let (mut problem, solution) = one_left_out(vehicle());
    problem.vehicles.push(vehicle());
    let other = Shift { vehicle: VehicleId(1), ..problem.shifts[ShiftId(0)].clone() };
    problem.shifts.push(other);
    problem.clients[ClientId(1)].vehicles.grow(2);
    problem.clients[ClientId(1)].vehicles.clear();
    problem.clients[ClientId(1)].vehicles.insert(1);
    // The allowed one can't come at all: its shift is too short, and so is any day it could have.
    problem.vehicles[VehicleId(1)].max_metres = Some(0);
    problem.vehicles[VehicleId(1)].max_driving = Some(Seconds(0));
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, blocked(Blocked::NotAllowed(ClientId(1))));
    assert_eq!(change(&answer), Some(Change::Allow));
}

#[test]
fn where_the_road_is_missing_nothing_helps() {
    let (mut problem, _) = one_left_out(vehicle());
    let cells = (0..9).map(|cell| {
        (cell % 4 == 0)
            .then_some(tournee::matrix::Travel { seconds: Seconds(0), metres: tournee::units::Metres(0) })
    });
    problem.travel =
        vec![tournee::model::TravelTable::Dense(tournee::matrix::TravelMatrix::from_cells(3, 3, cells))];
    let answer = explain(&problem, &Solution::default(), ClientId(1));
    assert_eq!(answer, LeftOut { why: blocked(Blocked::NoWay), fix: None });
}

#[test]
fn an_optional_client_that_costs_more_than_it_brings_is_short_of_the_difference() {
    let (mut problem, solution) = one_left_out(vehicle());
    problem.clients[ClientId(1)].required = false;
    problem.clients[ClientId(1)].value = Cost(4000);
    // One euro-millionth a second: 10 minutes of driving and 60 of opening more.
    let answer = left_out(&problem, &solution);
    let loss = Cost(70 * 60 - 4000);
    assert_eq!(answer.why, Why::NotWorth { days: DaySet::only(Day(0)), loss });
    assert_eq!(change(&answer), Some(Change::Worth(loss)));
    problem.clients[ClientId(1)].value = Cost(5000);
    let answer = left_out(&problem, &solution);
    assert_eq!(answer.why, Why::Overlooked { days: DaySet::only(Day(0)), gain: Cost(800) });
}

#[test]
fn a_fix_that_does_not_pay_says_what_it_still_lacks() {
    let (mut problem, solution) = one_left_out(Vehicle { max_duty: Some(Seconds(140 * 60)), ..vehicle() });
    problem.clients[ClientId(1)].required = false;
    problem.clients[ClientId(1)].value = Cost(4000);
    let fix = left_out(&problem, &solution).fix.expect("ten minutes more");
    assert_eq!((fix.change, fix.shortfall), (Change::LongerDuty(Seconds(600)), Cost(200)));
}

#[test]
fn a_client_without_pattern_is_no_matter_of_shifts() {
    let (mut problem, solution) = one_left_out(vehicle());
    problem.clients[ClientId(1)].patterns.clear();
    assert_eq!(left_out(&problem, &solution), LeftOut { why: Why::NoPattern, fix: None });
}

#[test]
fn reasons_are_said_in_both_languages() {
    // Half an hour of opening 6 minutes from the depot does not fit a shift of half an hour; the second stop asks
    // for two visits a week with an antenna that only works on Tuesdays and Wednesdays, one of which is closed.
    let short = Scenario {
        antennas: "id,name,depot,capacity,days,shift_start,shift_end\nbus,Grand bus,nevers,60,mar mer,9h,9h30",
        stops: "id,name,lon,lat,households,rhythm,priority\n\
                lormes,Lormes,3.2,47.0,20,weekly,required\n\
                corbigny,Corbigny,3.3,47.0,20,2/week,optional\n\
                refus,Refus,3.3,47.0,20,weekly,optional",
        more: "# closures.csv\ndate,stop\n2027-01-05,corbigny\n2027-01-12,corbigny",
        ..PLAIN
    };
    let problem = short.report().value.expect("no error");
    let dataset = scenario::dataset(&short.text());
    let said = |stop: u32| {
        let answer = explain(&problem, &Solution::default(), ClientId(stop));
        let said = say(&dataset, &problem, StopId(stop), &answer);
        let line = |lang| format!("{}\n  {}", said.why.get(lang), said.fix.get(lang));
        format!("{}\n{}", line(Lang::Fr), line(Lang::En))
    };
    insta::assert_snapshot!(format!("{}\n\n{}", said(0), said(1)));
}

fn any_client(point: u32) -> impl Strategy<Value = Client> {
    let patterns = prop_oneof![
        Just(vec![DaySet(0b01)]),
        Just(vec![DaySet(0b10), DaySet(0b01)]),
        Just(vec![DaySet(0b11)]),
        Just(vec![DaySet(0b11), DaySet(0b10)]),
    ];
    let hours = || (0..25i32, 3..30i32).prop_map(|(open, length)| vec![window(open, open + length)]);
    (patterns, 1..6i32, hours(), hours(), 0..6i64, 0..40i64, any::<bool>(), 1..4u8).prop_map(
        move |(patterns, opening, monday, tuesday, registered, value, required, vehicles)| {
            let mut client = client(point, opening);
            client.patterns = patterns;
            client.windows = vec![monday, tuesday];
            client.locks = vec![None, None];
            client.registered = registered;
            client.value = Cost(value);
            client.required = required;
            client.vehicles.grow(2);
            client.vehicles.set(0, vehicles & 1 == 1);
            client.vehicles.set(1, vehicles & 2 == 2);
            client
        },
    )
}

fn any_vehicle() -> impl Strategy<Value = Vehicle> {
    let limit = |low: i32, high: i32| proptest::option::weighted(0.4, low..high);
    (limit(8, 30), limit(8, 25), limit(4, 12), proptest::option::of(2..9i64), 1..3u32).prop_map(
        |(duty, cold, driving, capacity, max_trips)| Vehicle {
            max_duty: duty.map(Seconds),
            max_cold: cold.map(Seconds),
            max_driving: driving.map(Seconds),
            capacity,
            max_trips,
            ..vehicle()
        },
    )
}

prop_compose! {
    fn any_problem()(
        clients in (1..=4u32).map(any_client).collect::<Vec<_>>(),
        vehicles in [any_vehicle(), any_vehicle()],
        cells in proptest::collection::vec(1..5i32, 25),
        (from, to) in (0..8i32, 20..50i32),
        attending in 0..5i64,
    ) -> Problem {
        let rows: Vec<&[i32]> = cells.chunks(5).collect();
        let mut problem = problem(&rows, vehicle(), clients);
        problem.vehicles = vehicles.into_iter().collect();
        let shift = |vehicle, day| Shift {
            vehicle: VehicleId(vehicle),
            day: Day(day),
            window: window(from, to),
            start: 0,
            end: 0,
            count: 1,
        };
        problem.shifts = vec![shift(0, 0), shift(0, 1), shift(1, 1)].into();
        problem.covering.groups = vec![CoverGroup {
            need: Need::from_households(attending),
            value: Cost(7 * attending),
            required: false,
            clients: vec![ClientId(0), ClientId(3)],
        }].into();
        problem.covering.attendance_permille = 1000;
        problem
    }
}

/// Every way to add a client to a solution on the days of a pattern.
fn extensions(problem: &Problem, solution: &Solution, client: ClientId, pattern: DaySet) -> Vec<Solution> {
    let mut found = vec![solution.clone()];
    for day in pattern.iter() {
        found = found.iter().flat_map(|solution| on_day(problem, solution, client, day)).collect();
    }
    found
}

fn on_day(problem: &Problem, solution: &Solution, client: ClientId, day: Day) -> Vec<Solution> {
    let mut found = Vec::new();
    for (shift, _) in problem.shifts.iter_enumerated().filter(|(_, shift)| shift.day == day) {
        let mut added = |change: &dyn Fn(&mut Solution)| {
            let mut copy = solution.clone();
            change(&mut copy);
            found.push(copy);
        };
        added(&|copy| copy.routes.push(Route { shift, trips: vec![vec![client]] }));
        for (index, route) in solution.routes.iter().enumerate().filter(|(_, route)| route.shift == shift) {
            for trip in 0..=route.trips.len() {
                added(&|copy| copy.routes[index].trips.insert(trip, vec![client]));
            }
            for (trip, visits) in route.trips.iter().enumerate() {
                for position in 0..=visits.len() {
                    added(&|copy| copy.routes[index].trips[trip].insert(position, client));
                }
            }
        }
    }
    found
}

/// The least total of all solutions that serve the client as well, if any holds every rule.
fn best_extension(problem: &Problem, solution: &Solution, client: ClientId) -> Option<Cost> {
    let patterns = &problem.clients[client].patterns;
    let all = patterns.iter().flat_map(|&pattern| extensions(problem, solution, client, pattern));
    all.map(|solution| evaluate(problem, &solution))
        .filter(Evaluation::is_feasible)
        .map(|worth| worth.total)
        .min()
}

/// Clients 0 to 2, each added where it costs least.
fn greedy(problem: &Problem) -> Solution {
    let mut solution = Solution::default();
    for client in (0..3).map(ClientId) {
        let patterns = problem.clients[client].patterns.clone();
        let all = patterns.into_iter().flat_map(|pattern| extensions(problem, &solution, client, pattern));
        let best = all
            .map(|solution| (evaluate(problem, &solution), solution))
            .filter(|(worth, _)| worth.is_feasible())
            .min_by_key(|(worth, _)| worth.total);
        if let Some((_, extended)) = best {
            solution = extended;
        }
    }
    solution
}

fn with_fix(problem: &Problem, fix: &Fix, client: ClientId) -> Problem {
    let mut changed = problem.clone();
    fix.apply(&mut changed, client);
    changed
}

/// The same change, smaller by one; none for changes that are all or nothing, or that do more than widen a limit.
fn smaller(fix: &Fix) -> Option<Fix> {
    let less = |by: Seconds| Seconds(by.get() - 1);
    let change = match fix.change {
        Change::ReturnLater(by) => Change::ReturnLater(less(by)),
        Change::LeaveEarlier(by) => Change::LeaveEarlier(less(by)),
        Change::LongerDuty(by) => Change::LongerDuty(less(by)),
        Change::LongerShift(by) => Change::LongerShift(less(by)),
        Change::MoreDriving(by) => Change::MoreDriving(less(by)),
        Change::LongerCold(by) => Change::LongerCold(less(by)),
        Change::OpenEarlier(by) => Change::OpenEarlier(less(by)),
        Change::CloseLater(by) => Change::CloseLater(less(by)),
        _ => return None,
    };
    Some(Fix { change, ..fix.clone() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn reasons_hold_when_tried(problem in any_problem()) {
        let solution = greedy(&problem);
        let client = ClientId(3);
        let before = evaluate(&problem, &solution).total;
        let best = best_extension(&problem, &solution, client).map(|total| total - before);
        let answer = explain(&problem, &solution, client);
        match &answer.why {
            Why::NotWorth { loss, .. } => prop_assert_eq!(Some(*loss), best),
            Why::Overlooked { gain, .. } => prop_assert_eq!(Some(-*gain), best),
            Why::Blocked { .. } | Why::NoShift => prop_assert_eq!(best, None),
            Why::NoPattern => prop_assert!(false, "every client has patterns"),
        }
        if let (Why::Blocked { .. }, Some(fix)) = (&answer.why, &answer.fix) {
            let changed = with_fix(&problem, fix, client);
            let total = best_extension(&changed, &solution, client);
            prop_assert!(total.is_some(), "{:?} does not help", fix);
            if let Some(smaller) = smaller(fix) {
                let changed = with_fix(&problem, &smaller, client);
                prop_assert_eq!(best_extension(&changed, &solution, client), None, "{:?} is not the least", fix);
            }
        }
    }
}
