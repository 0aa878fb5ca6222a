//! Iterations a second of the search: a plain instance, one with windows, and a scenario with every rule.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tournee::ids::{ClientId, ShiftId, VehicleId};
use tournee::model::{
    Client, CoverGroup, Covering, Plane, Problem, Rest, Rounding, Service, Shift, TravelTable, Vehicle,
};
use tournee::solver::{Params, StopRule, solve};
use tournee::units::{ClockTime, Cost, Day, DaySet, Need, Seconds, Window};

/// The centre of a square, then points that look random and never change: steps of two irrational numbers.
fn points(count: usize, side: f64) -> Vec<(f64, f64)> {
    let at = |i: usize, step: f64| (i as f64 * step).fract() * side;
    let others = (1..=count).map(|i| (at(i, 0.618_034), at(i, 0.414_214)));
    std::iter::once((side / 2.0, side / 2.0)).chain(others).collect()
}

fn plane(count: usize, side: f64) -> Vec<TravelTable> {
    vec![TravelTable::Plane(Plane { points: points(count, side), scale: 1.0, rounding: Rounding::Nearest })]
}

fn vehicle(capacity: i64) -> Vehicle {
    Vehicle {
        travel: 0,
        capacity: Some(capacity),
        capacity_mass: None,
        cost_fixed: Cost::ZERO,
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
    }
}

fn client(point: usize) -> Client {
    Client {
        point: point as u32,
        patterns: vec![DaySet::only(Day(0))],
        windows: vec![vec![Window::ALL_DAY]],
        required: true,
        value: Cost::ZERO,
        registered: 1 + (point as i64 * 7) % 10,
        mass_per_household: 0,
        service: Service {
            setup: Seconds(600),
            per_household: Seconds::ZERO,
            shortest: Seconds::ZERO,
            longest: Seconds(7200),
        },
        vehicles: std::iter::once(0).collect(),
        locks: vec![None],
        release: ClockTime::MIDNIGHT,
    }
}

fn shift(day: u8, vehicle: u32, window: Window, count: u32) -> Shift {
    Shift { vehicle: VehicleId(vehicle), day: Day(day), window, start: 0, end: 0, count }
}

/// One day, equal vehicles, capacities alone.
fn plain(clients: usize) -> Problem {
    let always = Window { open: ClockTime::MIDNIGHT, close: ClockTime(1_000_000) };
    let mut problem = Problem {
        cycle_days: 1,
        clients: (1..=clients).map(client).collect(),
        vehicles: std::iter::once(vehicle(60)).collect(),
        shifts: std::iter::once(shift(0, 0, always, clients as u32)).collect(),
        travel: plane(clients, 10_000.0),
        covering: Covering::default(),
        alternatives: Vec::new(),
        pools: Vec::new(),
        grid: Seconds::ZERO,
        margin: Seconds::ZERO,
        missed_visit: Cost(1_000_000_000_000),
    };
    for client in &mut problem.clients {
        client.windows = vec![vec![always]];
    }
    problem
}

/// The same with a window of two hours for each client in a day of eight.
fn windowed(clients: usize) -> Problem {
    let mut problem = plain(clients);
    problem.shifts[ShiftId(0)].window = Window { open: ClockTime::MIDNIGHT, close: ClockTime(50_000) };
    for (index, client) in problem.clients.iter_mut().enumerate() {
        let open = ClockTime((index as i32 * 2711) % 28_800);
        client.windows = vec![vec![Window { open, close: open + Seconds(7200) }]];
    }
    problem
}

/// Two weeks, two vans with breaks and a grid of five minutes, candidate stops among three times as many groups.
fn scenario(stops: usize) -> Problem {
    let hours =
        |open, close| Window { open: ClockTime::from_hm(open, 0), close: ClockTime::from_hm(close, 0) };
    let mut problem = plain(stops);
    problem.cycle_days = 14;
    problem.grid = Seconds(300);
    problem.margin = Seconds(300);
    let rest = Rest { duration: Seconds(1800), after: Seconds(6 * 3600), window: hours(11, 14) };
    let van = Vehicle {
        cost_fixed: Cost(40_000_000),
        cost_per_metre: Cost(450),
        cost_per_second: Cost(5_000),
        rest: Some(rest),
        ..vehicle(180)
    };
    problem.vehicles = vec![van.clone(), van].into();
    let work_days = || (0..14).filter(|day| day % 7 < 5);
    let both_vans = |day| [shift(day, 0, hours(8, 18), 1), shift(day, 1, hours(8, 18), 1)];
    problem.shifts = work_days().flat_map(both_vans).collect();
    for (index, client) in problem.clients.iter_mut().enumerate() {
        client.patterns = if index % 3 == 0 {
            (0..5).map(|day| [Day(day), Day(day + 7)].into_iter().collect::<DaySet>()).collect()
        } else {
            work_days().map(|day| DaySet::only(Day(day))).collect()
        };
        client.windows = vec![vec![hours(9, 17)]; 14];
        client.locks = vec![None; 14];
        client.required = index % 4 == 0;
        client.registered = 10;
        client.service.per_household = Seconds(90);
        client.vehicles = (0..2).collect();
    }
    problem.travel = plane(stops, 4_000.0);
    let group = |index: usize| {
        let near = |step: usize| ClientId::from((index * 5 + step * 11) % stops);
        let need = Need(1000 + (index as i64 * 977) % 9000);
        let clients = (0..=index % 3).map(near).collect();
        CoverGroup { need, value: Cost(need.get() * 8_000), required: false, clients }
    };
    problem.covering = Covering { groups: (0..3 * stops).map(group).collect(), attendance_permille: 400 };
    problem
}

fn iterations(criterion: &mut Criterion) {
    const ITERATIONS: u64 = 100;
    let mut group = criterion.benchmark_group("iterations");
    group.sample_size(10).measurement_time(Duration::from_secs(4));
    // Each of four searches does every iteration.
    group.throughput(Throughput::Elements(4 * ITERATIONS));
    let problems = [("plain 200", plain(200)), ("windows 200", windowed(200)), ("scenario 40", scenario(40))];
    for (name, problem) in problems {
        let stop = StopRule { iterations: Some(ITERATIONS), ..StopRule::default() };
        let params = Params { seed: 1, threads: 1 };
        group.bench_function(name, |bencher| {
            bencher.iter(|| solve(&problem, &params, &stop, None, &mut |_| ()));
        });
    }
    group.finish();
}

criterion_group!(benches, iterations);
criterion_main!(benches);
