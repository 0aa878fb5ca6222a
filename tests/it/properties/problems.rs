//! Small problems drawn from a seed: every rule of a scenario turns up, each with some probability.

use fixedbitset::FixedBitSet;
use tournee::ids::{ClientId, VehicleId};
use tournee::matrix::{Travel, TravelMatrix};
use tournee::model::{
    Client, CoverGroup, Covering, LockedVisit, Problem, Rest, Service, Shift, TravelTable, Vehicle,
};
use tournee::units::{ClockTime, Cost, Day, DaySet, Metres, Need, Seconds, Window};

/// A multiplicative congruential stream (Lehmer, 48271): the tests' own chance.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(seed % 2_147_483_646 + 1)
    }

    pub fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        (self.0 / 7) as i64 % bound
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// True `part` times in ten.
    pub fn tenths(&mut self, part: i64) -> bool {
        self.below(10) < part
    }
}

/// Sizes of a drawn problem.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub clients: usize,
    pub vehicles: usize,
    pub days: u8,
    pub groups: usize,
}

/// A problem with any of the rules of a scenario.
pub fn scenario_like(seed: u64, size: Size) -> Problem {
    let draw = &mut Draw::new(seed);
    let depots = 2;
    let points: Vec<(i64, i64)> =
        (0..depots + size.clients).map(|_| (draw.between(0, 40), draw.between(0, 40))).collect();
    let vehicles = (0..size.vehicles).map(|_| vehicle(draw)).collect();
    let shifts = (0..size.days)
        .flat_map(|day| (0..size.vehicles as u32).map(move |vehicle| (day, vehicle)))
        .map(|(day, vehicle)| {
            let start = u32::from(draw.tenths(3));
            let end = if draw.tenths(8) { start } else { 1 - start };
            let open = draw.between(7, 9) as i32;
            Shift {
                vehicle: VehicleId(vehicle),
                day: Day(day),
                window: window(open * 60, (open + draw.between(5, 10) as i32) * 60),
                start,
                end,
                count: 1,
            }
        })
        .collect();
    let clients: Vec<Client> = (0..size.clients).map(|i| client(draw, (depots + i) as u32, size)).collect();
    let groups = (0..size.groups).map(|_| group(draw, size.clients)).collect();
    Problem {
        cycle_days: size.days,
        clients: clients.into(),
        vehicles,
        shifts,
        travel: vec![TravelTable::Dense(manhattan(&points))],
        covering: Covering { groups, attendance_permille: draw.between(300, 1000) },
        alternatives: if draw.tenths(2) && size.clients >= 2 {
            vec![vec![ClientId(0), ClientId(1)]]
        } else {
            Vec::new()
        },
        pools: Vec::new(),
        grid: Seconds([0, 300, 600][draw.below(3) as usize]),
        margin: Seconds([0, 300][draw.below(2) as usize]),
        missed_visit: Cost(1_000_000_000_000),
    }
}

/// Minutes and kilometres between points of a grid of streets, one minute and half a kilometre a block.
pub fn manhattan(points: &[(i64, i64)]) -> TravelMatrix {
    let cell = |a: &(i64, i64), b: &(i64, i64)| {
        let blocks = (a.0 - b.0).abs() + (a.1 - b.1).abs();
        Some(Travel { seconds: Seconds(60 * blocks as i32), metres: Metres(500 * blocks as i32) })
    };
    let cells = points.iter().flat_map(|a| points.iter().map(move |b| cell(a, b)));
    TravelMatrix::from_cells(points.len(), points.len(), cells)
}

/// A window from one minute of the day to another.
pub fn window(open: i32, close: i32) -> Window {
    Window { open: ClockTime(open * 60), close: ClockTime(close * 60) }
}

fn vehicle(draw: &mut Draw) -> Vehicle {
    let mut maybe = |tenths: i64, low: i64, high: i64| draw.tenths(tenths).then(|| draw.between(low, high));
    let seconds = |minutes: i64| Seconds::from_minutes(minutes as i32);
    let rest = maybe(4, 120, 300).map(|after| Rest {
        duration: Seconds::from_minutes(30),
        after: seconds(after),
        window: window(11 * 60, 15 * 60),
    });
    let reloads = maybe(4, 10, 40);
    Vehicle {
        travel: 0,
        capacity: maybe(9, 40, 120),
        capacity_mass: maybe(3, 300_000, 900_000),
        cost_fixed: Cost(1_000_000 * maybe(8, 10, 60).unwrap_or(0)),
        cost_per_metre: Cost(maybe(9, 200, 600).unwrap_or(0)),
        cost_per_second: Cost(maybe(5, 1000, 6000).unwrap_or(0)),
        max_duty: maybe(4, 240, 480).map(seconds),
        max_driving: maybe(2, 100, 240).map(seconds),
        max_metres: maybe(2, 40_000, 120_000),
        max_visits: maybe(2, 1, 4).map(|most| most as u32),
        rest,
        max_cold: maybe(2, 120, 300).map(seconds),
        reload: seconds(reloads.unwrap_or(0)),
        max_trips: if reloads.is_some() { 3 } else { 1 },
        service_points: maybe(3, 2, 3).unwrap_or(1) as i32,
    }
}

fn client(draw: &mut Draw, point: u32, size: Size) -> Client {
    let days = i64::from(size.days);
    let mut patterns = Vec::new();
    for _ in 0..draw.between(1, 3) {
        let visits = if draw.tenths(3) { 2 } else { 1 };
        let pattern: DaySet = (0..visits).map(|_| Day(draw.below(days) as u8)).collect();
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    let windows = (0..size.days)
        .map(|_| {
            let open = draw.between(8 * 60, 11 * 60) as i32;
            let first = window(open, open + draw.between(90, 400) as i32);
            if draw.tenths(2) { vec![first, window(16 * 60, 18 * 60)] } else { vec![first] }
        })
        .collect();
    let mut vehicles = FixedBitSet::with_capacity(size.vehicles);
    vehicles.insert_range(..);
    if draw.tenths(2) {
        vehicles.set(draw.below(size.vehicles as i64) as usize, false);
    }
    let setup = draw.between(5, 20) as i32;
    let mut locks = vec![None; usize::from(size.days)];
    if draw.tenths(1) {
        let start = draw.tenths(5).then(|| ClockTime::from_hm(11, 0));
        locks.fill(Some(LockedVisit { vehicle: None, start }));
    }
    Client {
        point,
        patterns,
        windows,
        required: draw.tenths(5),
        value: Cost(1_000_000 * if draw.tenths(5) { draw.between(0, 90) } else { 0 }),
        registered: draw.between(0, 40),
        mass_per_household: draw.between(0, 9000),
        service: Service {
            setup: Seconds::from_minutes(setup),
            per_household: Seconds(draw.between(0, 180) as i32),
            shortest: Seconds::from_minutes(draw.between(0, 30) as i32),
            longest: Seconds::from_minutes(draw.between(60, 180) as i32),
        },
        vehicles,
        locks,
        release: ClockTime::MIDNIGHT,
    }
}

fn group(draw: &mut Draw, clients: usize) -> CoverGroup {
    let mut order: Vec<ClientId> = (0..clients).map(ClientId::from).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, draw.below(last as i64 + 1) as usize);
    }
    order.truncate(draw.between(1, 3) as usize);
    let need = draw.between(1, 40_000);
    CoverGroup {
        need: Need(need),
        value: Cost(need * draw.between(500, 4000)),
        required: draw.tenths(1),
        clients: order,
    }
}

/// A plain instance: one depot, one day, equal vehicles, capacities alone; clients in a square.
pub fn capacitated(seed: u64, clients: usize, demand: (i64, i64), capacity: i64, vehicles: u32) -> Problem {
    let draw = &mut Draw::new(seed);
    let mut points = vec![(50, 50)];
    points.extend((0..clients).map(|_| (draw.between(0, 100), draw.between(0, 100))));
    let rows = (1..=clients as u32).map(|point| Client {
        point,
        patterns: vec![DaySet::only(Day(0))],
        windows: vec![vec![Window::ALL_DAY]],
        required: true,
        value: Cost::ZERO,
        registered: draw.between(demand.0, demand.1),
        mass_per_household: 0,
        service: Service {
            setup: Seconds::ZERO,
            per_household: Seconds::ZERO,
            shortest: Seconds::ZERO,
            longest: Seconds::MAX,
        },
        vehicles: std::iter::once(0).collect(),
        locks: vec![None],
        release: ClockTime::MIDNIGHT,
    });
    Problem {
        cycle_days: 1,
        clients: rows.collect(),
        vehicles: std::iter::once(plain_vehicle(capacity)).collect(),
        shifts: std::iter::once(Shift {
            vehicle: VehicleId(0),
            day: Day(0),
            window: Window { open: ClockTime::MIDNIGHT, close: ClockTime(i32::MAX / 2) },
            start: 0,
            end: 0,
            count: vehicles,
        })
        .collect(),
        travel: vec![TravelTable::Dense(manhattan(&points))],
        covering: Covering::default(),
        alternatives: Vec::new(),
        pools: Vec::new(),
        grid: Seconds::ZERO,
        margin: Seconds::ZERO,
        missed_visit: Cost(1_000_000_000_000),
    }
}

/// A vehicle with a capacity and no other limit, that costs what it drives.
pub fn plain_vehicle(capacity: i64) -> Vehicle {
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
