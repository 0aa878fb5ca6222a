//! Small problems built by hand: one vehicle, one day, unless a test changes them.

use fixedbitset::FixedBitSet;
use tournee::ids::VehicleId;
use tournee::matrix::{Travel, TravelMatrix};
use tournee::model::{Client, Covering, Problem, Service, Shift, TravelTable, Vehicle};
use tournee::units::{ClockTime, Cost, Day, DaySet, Metres, Seconds, Window};

pub fn window(open: i32, close: i32) -> Window {
    Window { open: ClockTime(open), close: ClockTime(close) }
}

/// A vehicle without limits that costs one a second.
pub fn vehicle() -> Vehicle {
    Vehicle {
        travel: 0,
        capacity: None,
        capacity_mass: None,
        cost_fixed: Cost::ZERO,
        cost_per_metre: Cost::ZERO,
        cost_per_second: Cost(1),
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

/// A client at `point` that is open all of day 0 and takes `opening` to serve, by vehicle 0.
pub fn client(point: u32, opening: i32) -> Client {
    let mut vehicles = FixedBitSet::with_capacity(1);
    vehicles.insert(0);
    Client {
        point,
        patterns: vec![DaySet::only(Day(0))],
        windows: vec![vec![Window::ALL_DAY]],
        required: true,
        value: Cost::ZERO,
        registered: 0,
        mass_per_household: 0,
        service: Service {
            setup: Seconds(opening),
            per_household: Seconds::ZERO,
            shortest: Seconds::ZERO,
            longest: Seconds(opening),
        },
        vehicles,
        locks: vec![None],
        release: ClockTime::MIDNIGHT,
    }
}

/// One shift of one vehicle, from and to point 0, over a square table of times (lengths are ten times as long).
pub fn problem(times: &[&[i32]], vehicle: Vehicle, clients: Vec<Client>) -> Problem {
    let cells = times.iter().flat_map(|row| {
        row.iter().map(|&time| Some(Travel { seconds: Seconds(time), metres: Metres(10 * time) }))
    });
    let matrix = TravelMatrix::from_cells(times.len(), times.len(), cells);
    Problem {
        cycle_days: 7,
        clients: clients.into(),
        vehicles: vec![vehicle].into(),
        shifts: vec![Shift {
            vehicle: VehicleId(0),
            day: Day(0),
            window: Window::ALL_DAY,
            start: 0,
            end: 0,
            count: 1,
        }]
        .into(),
        travel: vec![TravelTable::Dense(matrix)],
        covering: Covering::default(),
        alternatives: Vec::new(),
        pools: Vec::new(),
        grid: Seconds::ZERO,
        margin: Seconds::ZERO,
        missed_visit: Cost(1_000_000),
    }
}
