//! Times of single routes: small cases by hand, and many against every possible timetable.

use proptest::prelude::*;
use tournee::ids::{ClientId, ShiftId};
use tournee::model::schedule::{Blocked, RouteTiming, Scheduler, VisitLoad, schedule};
use tournee::model::{Client, LockedVisit, Problem, Rest, Vehicle};
use tournee::units::{ClockTime, Seconds};
use typed_index_collections::TiVec;

use super::fixture::{client, problem, vehicle, window};
use super::oracle::{Oracle, no_load};

/// Depot and two stops, ten apart each.
const TEN_APART: &[&[i32]] = &[&[0, 10, 10], &[10, 0, 10], &[10, 10, 0]];

fn ids(trips: &[&[u32]]) -> Vec<Vec<ClientId>> {
    trips.iter().map(|trip| trip.iter().map(|&id| ClientId(id)).collect()).collect()
}

fn times(problem: &Problem, trips: &[&[u32]]) -> Result<RouteTiming, Blocked> {
    schedule(problem, &problem.shifts[ShiftId(0)], &ids(trips), &no_load(problem))
}

#[test]
fn waiting_is_spent_at_the_depot_before_leaving() {
    let mut stop = client(1, 5);
    stop.windows[0] = vec![window(100, 200)];
    let timing = times(&problem(TEN_APART, vehicle(), vec![stop]), &[&[0]]).unwrap();
    // Opens at 100, so it leaves at 90, serves until 105 and is back at 115.
    assert_eq!((timing.trips[0].leave, timing.trips[0].back), (ClockTime(90), ClockTime(115)));
}

#[test]
fn a_second_window_is_taken_when_it_shortens_the_day() {
    let mut morning_or_afternoon = client(1, 5);
    morning_or_afternoon.windows[0] = vec![window(50, 60), window(300, 310)];
    let mut afternoon = client(2, 5);
    afternoon.windows[0] = vec![window(300, 400)];
    let problem = problem(TEN_APART, vehicle(), vec![morning_or_afternoon, afternoon]);
    let timing = times(&problem, &[&[0, 1]]).unwrap();
    // Morning first would mean 40 to 315; in the afternoon: leave 290, open 300-305, 315-320, back 330.
    assert_eq!((timing.trips[0].leave, timing.trips[0].back), (ClockTime(290), ClockTime(330)));
}

#[test]
fn openings_start_on_the_grid_after_the_margin() {
    let mut problem = problem(TEN_APART, vehicle(), vec![client(1, 7)]);
    problem.grid = Seconds(5);
    problem.margin = Seconds(3);
    let timing = times(&problem, &[&[0]]).unwrap();
    let call = timing.trips[0].calls[0];
    // Not before 0 + 10 + 3, so at 15; the vehicle arrives at 12. Seven is the longest opening, so no rounding.
    assert_eq!((call.arrival, call.start, call.end), (ClockTime(12), ClockTime(15), ClockTime(22)));
}

#[test]
fn a_long_day_holds_its_break_in_the_wait() {
    let (mut first, mut second) = (client(1, 10), client(2, 10));
    first.windows[0] = vec![window(100, 110)];
    second.windows[0] = vec![window(200, 210)];
    let rest = Rest { duration: Seconds(30), after: Seconds(80), window: window(0, 1000) };
    let day = problem(TEN_APART, Vehicle { rest: Some(rest), ..vehicle() }, vec![first, second]);
    let timing = times(&day, &[&[0, 1]]).unwrap();
    // 90 to 220 as without a break: it lies in the 80 of waiting, not before 220 - 80 - 30.
    assert_eq!(timing.duty(), Seconds(130));
    assert_eq!(timing.rest, Some((ClockTime(110), ClockTime(140))));
}

#[test]
fn a_cold_chain_makes_the_antenna_load_later() {
    let (mut first, mut second) = (client(1, 10), client(2, 10));
    first.windows[0] = vec![window(0, 1000)];
    second.windows[0] = vec![window(500, 510)];
    let cold = Vehicle { max_cold: Some(Seconds(39)), ..vehicle() };
    let day = problem(TEN_APART, cold, vec![first.clone(), second.clone()]);
    // 10 + 10 + 10 + 10 from leaving to the end of the last opening.
    assert_eq!(times(&day, &[&[0, 1]]), Err(Blocked::Cold(Seconds(1))));
    let cold = Vehicle { max_cold: Some(Seconds(40)), ..vehicle() };
    let timing = times(&problem(TEN_APART, cold, vec![first, second]), &[&[0, 1]]).unwrap();
    assert_eq!(timing.trips[0].leave, ClockTime(470));
}

#[test]
fn a_second_trip_waits_for_the_reload() {
    let twice = Vehicle { max_trips: 2, reload: Seconds(7), ..vehicle() };
    let day = problem(TEN_APART, twice, vec![client(1, 5), client(2, 5)]);
    let timing = times(&day, &[&[0], &[1]]).unwrap();
    assert_eq!(timing.trips[0].back, ClockTime(25));
    assert_eq!((timing.trips[1].leave, timing.trips[1].back), (ClockTime(32), ClockTime(57)));
    let once = Vehicle { max_trips: 1, ..day.vehicles[tournee::ids::VehicleId(0)].clone() };
    assert_eq!(
        times(&problem(TEN_APART, once, vec![client(1, 5), client(2, 5)]), &[&[0], &[1]]),
        Err(Blocked::Count(1))
    );
}

#[test]
fn those_beyond_the_capacity_are_turned_away_but_the_registered_must_fit() {
    let mut stop = client(1, 5);
    stop.registered = 8;
    let small = Vehicle { capacity: Some(10), ..vehicle() };
    let day = problem(TEN_APART, small, vec![stop.clone()]);
    let loads: TiVec<ClientId, _> = vec![VisitLoad { households: 14 }].into();
    let timing = schedule(&day, &day.shifts[ShiftId(0)], &ids(&[&[0]]), &loads).unwrap();
    assert_eq!((timing.trips[0].calls[0].served, timing.trips[0].calls[0].turned_away), (10, 4));
    let smaller = Vehicle { capacity: Some(6), ..vehicle() };
    let day = problem(TEN_APART, smaller, vec![stop]);
    let blocked = schedule(&day, &day.shifts[ShiftId(0)], &ids(&[&[0]]), &loads);
    assert_eq!(blocked, Err(Blocked::Households(2)));
}

#[test]
fn an_opening_follows_from_households_and_service_points() {
    let mut stop = client(1, 0);
    stop.registered = 21;
    stop.service.setup = Seconds(600);
    stop.service.per_household = Seconds(120);
    stop.service.longest = Seconds(3600);
    let mut day = problem(TEN_APART, Vehicle { service_points: 2, ..vehicle() }, vec![stop]);
    day.grid = Seconds(300);
    let length = |day: &Problem, households| {
        let loads: TiVec<ClientId, _> = vec![VisitLoad { households }].into();
        let timing = schedule(day, &day.shifts[ShiftId(0)], &ids(&[&[0]]), &loads).unwrap();
        let call = timing.trips[0].calls[0];
        ((call.end - call.start).get(), call.served)
    };
    // 600 + 21 * 120 / 2 = 1860, on the grid 2100.
    assert_eq!(length(&day, 21), (2100, 21));
    // At most 3600: (3600 - 600) * 2 / 120 = 50 households.
    assert_eq!(length(&day, 80), (3600, 50));
    // 3500 is no multiple of 300 and 3600 would pass it.
    day.clients[ClientId(0)].service.longest = Seconds(3500);
    assert_eq!(length(&day, 80), (3480, 48));
}

#[test]
fn a_locked_time_is_kept_to_the_minute() {
    let mut stop = client(1, 5);
    stop.locks[0] = Some(LockedVisit { vehicle: None, start: Some(ClockTime(60)) });
    let timing = times(&problem(TEN_APART, vehicle(), vec![stop.clone()]), &[&[0]]).unwrap();
    assert_eq!(timing.trips[0].calls[0].start, ClockTime(60));
    stop.windows[0] = vec![window(61, 100)];
    let blocked = times(&problem(TEN_APART, vehicle(), vec![stop]), &[&[0]]);
    assert_eq!(blocked, Err(Blocked::Closed(ClientId(0))));
}

/// The last second of generated days.
const HORIZON: i32 = 44;

fn any_client(point: u32) -> impl Strategy<Value = Client> {
    let windows = prop_oneof![
        2 => Just(vec![window(0, HORIZON)]),
        2 => (0..30i32, 3..20i32).prop_map(|(open, length)| vec![window(open, open + length)]),
        2 => (0..15i32, 3..8i32, 1..10i32, 3..10i32)
            .prop_map(|(open, length, gap, second)| {
                let again = open + length + gap;
                vec![window(open, open + length), window(again, again + second)]
            }),
    ];
    let lock = proptest::option::weighted(0.1, 0..HORIZON);
    let release = prop_oneof![4 => Just(0), 1 => 0..20i32];
    (1..4i32, windows, lock, release).prop_map(move |(opening, windows, lock, release)| {
        let mut client = client(point, opening);
        client.windows[0] = windows;
        client.locks[0] = lock.map(|time| LockedVisit { vehicle: None, start: Some(ClockTime(time)) });
        client.release = ClockTime(release);
        client
    })
}

fn any_vehicle() -> impl Strategy<Value = Vehicle> {
    let rest = (1..6i32, 3..16i32, 0..20i32, 5..40i32).prop_map(|(length, after, open, wide)| Rest {
        duration: Seconds(length),
        after: Seconds(after),
        window: window(open, (open + wide).max(open + length)),
    });
    (
        proptest::option::weighted(0.7, rest),
        proptest::option::weighted(0.4, 6..25i32),
        proptest::option::weighted(0.3, 10..40i32),
        0..4i32,
    )
        .prop_map(|(rest, cold, duty, reload)| Vehicle {
            rest,
            max_cold: cold.map(Seconds),
            max_duty: duty.map(Seconds),
            reload: Seconds(reload),
            max_trips: 3,
            ..vehicle()
        })
}

prop_compose! {
    fn any_route()(visit_count in 1..=4usize)(
        clients in (0..visit_count).map(|i| any_client(i as u32 + 1)).collect::<Vec<_>>(),
        vehicle in any_vehicle(),
        cells in proptest::collection::vec(1..5i32, 36),
        (grid, margin, leave_from, back_by) in (1..4i32, 0..4i32, 0..6i32, 25..HORIZON),
        cuts in proptest::collection::vec(proptest::bool::weighted(0.3), visit_count - 1),
        other_end in any::<bool>(),
    ) -> (Problem, Vec<Vec<ClientId>>) {
        let rows: Vec<&[i32]> = cells.chunks(6).collect();
        let mut trips = vec![vec![ClientId(0)]];
        for (i, &cut) in cuts.iter().enumerate() {
            if cut && trips.len() < 3 {
                trips.push(Vec::new());
            }
            trips.last_mut().unwrap().push(ClientId(i as u32 + 1));
        }
        let mut problem = problem(&rows, vehicle, clients);
        problem.grid = Seconds(grid);
        problem.margin = Seconds(margin);
        let shift = &mut problem.shifts[ShiftId(0)];
        shift.window = window(leave_from, back_by);
        shift.end = if other_end { 5 } else { 0 };
        (problem, trips)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn times_are_the_best_of_all_possible_ones((problem, trips) in any_route()) {
        let shift = &problem.shifts[ShiftId(0)];
        let oracle = Oracle::new(&problem, shift, &trips);
        let loads = no_load(&problem);
        let found = schedule(&problem, shift, &trips, &loads);
        let measured = Scheduler::default().measure(&problem, shift, &trips, &loads);
        prop_assert_eq!(found.as_ref().map(RouteTiming::duty).ok(), measured.map(|route| route.duty).ok());
        let answer = found.as_ref().ok().map(|timing| {
            (timing.duty().get(), timing.trips[timing.trips.len() - 1].back.get())
        });
        prop_assert_eq!(answer, oracle.best(), "{:?}", found);
        if let Ok(timing) = &found {
            prop_assert_eq!(oracle.fault(timing), None, "{:?}", timing);
        }
    }
}
