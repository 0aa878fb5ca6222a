//! An instance as the problem that the search solves, in whole numbers.
//!
//! Whole conventions are kept as they are: one step is one second and one metre. Real numbers are multiplied by a power of
//! ten; distances, services and openings are then rounded up and limits and closings down, so that whatever holds on the
//! whole numbers holds on the real ones. Costs of a solution are never taken from here: [`verify`](mod@super::verify) works them out from
//! the file's own numbers.

use fixedbitset::FixedBitSet;

use super::geometry::{Geometry, Measure};
use super::{Convention, Customer, Instance, Objective};
use crate::diagnostics::Text;
use crate::ids::{ClientId, ShiftId, VehicleId};
use crate::matrix::{Travel, TravelMatrix};
use crate::model::{
    Client, CoverGroup, Covering, Plane, Pool, Problem, Rounding, Service, Shift, TravelTable, Vehicle,
};
use crate::text;
use crate::units::{ClockTime, Cost, Day, Metres, Need, Seconds, Window};

/// Points up to which distances are looked up: 2 × 4 bytes × 3,000² is 72 MB. Beyond, they are computed when asked for.
const DENSE_POINTS_MAX: usize = 3_000;

/// Points up to which an explicit table, or vehicles of different speeds, are accepted.
const TABLE_POINTS_MAX: usize = 5_000;

/// Stands for "no limit" on clock times: no route reaches it, and adding one more leg does not overflow.
const HORIZON: f64 = (1_u32 << 30) as f64;

/// Most money: sums of costs stay far inside 64 bits.
const MONEY_MAX: f64 = 1e18;

/// A search may try routes with that many times the visits that fit: their times must not overflow either.
const OVERLOAD: usize = 4;

/// Decimals of real numbers that are kept at most.
const DECIMALS_MAX: i32 = 6;

/// Decimals of a cost per unit of distance that are kept at most.
const RATE_DECIMALS_MAX: i32 = 4;

/// What one unit of the instance is in whole numbers of the problem: powers of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// Of a step of time; 0 where no rule is about time.
    time: f64,
    length: f64,
    load: f64,
    /// Units of cost in one step of cost.
    money: f64,
    /// Penalty of a visit left out, more than any solution costs.
    missed: f64,
    /// Units of cost that one point of score is worth, more than all lengths.
    score: f64,
    /// No route is longer, in steps.
    longest_route: f64,
}

impl Scale {
    /// The finest scale in which every route fits, or what is too large. `O(n)`, with an explicit table `O(n²)`.
    pub(super) fn of(instance: &Instance) -> Result<Self, Text> {
        let points = instance.geometry.len();
        if !is_computed(instance) && points > TABLE_POINTS_MAX {
            return Err(text!(
                "au plus {TABLE_POINTS_MAX} points avec une matrice ou plusieurs vitesses",
                "at most {TABLE_POINTS_MAX} points with a matrix or several speeds"
            ));
        }
        let longest = instance.geometry.longest(instance.convention.measure);
        let (time, length) = clock_and_length(instance, longest)?;
        let demands = instance.customers.iter().map(|customer| customer.demand);
        let capacities = instance.vehicles.iter().map(|vehicle| vehicle.capacity);
        let loads: Vec<f64> = demands.chain(capacities.filter(|most| most.is_finite())).collect();
        let load = power_that_makes_whole(&loads, DECIMALS_MAX);
        let rates: Vec<f64> = instance.vehicles.iter().map(|vehicle| vehicle.per_distance).collect();
        let money = power_that_makes_whole(&rates, RATE_DECIMALS_MAX) * length;
        let score = longest_routes(instance, longest) * money + 1.0;
        let missed = dearest_solution(instance, longest, money, score);
        let most_missed: f64 = instance.customers.iter().map(most_visits).sum();
        if missed * (most_missed + instance.covered_by.len() as f64) > MONEY_MAX {
            return Err(text!("des coûts plus petits", "smaller costs"));
        }
        let longest_route = longest * (instance.customers.len() as f64 + 1.0);
        Ok(Self { time, length, load, money, missed, score, longest_route })
    }
}

/// Whether distances are computed when asked for: then one number is both time and length.
fn is_computed(instance: &Instance) -> bool {
    let is_plane = matches!(instance.geometry, Geometry::Plane(_));
    is_plane && instance.geometry.len() > DENSE_POINTS_MAX && speeds(instance) == [1.0]
}

/// Scales of time and length. Clock times of a route much longer than its load allows must fit; lengths add up in 64 bits, so
/// that a leg is enough.
fn clock_and_length(instance: &Instance, longest: f64) -> Result<(f64, f64), Text> {
    let most = if instance.convention.measure == Measure::Real { DECIMALS_MAX } else { 0 };
    let fits = |bound: f64| {
        let finest = (0..=most).rev().map(|k| 10_f64.powi(k)).find(|power| bound * power <= HORIZON);
        finest.ok_or_else(|| {
            text!(
                "des tournées et des trajets d’au plus {HORIZON} unités",
                "routes and legs of at most {HORIZON} units"
            )
        })
    };
    let slowest = instance.vehicles.iter().map(|vehicle| vehicle.speed).fold(f64::INFINITY, f64::min);
    let busiest = instance.customers.iter().map(|customer| customer.service).fold(0.0, f64::max);
    let visits = (OVERLOAD * visits_by_load(instance)).min(instance.customers.len()) as f64;
    let time_max = (longest / slowest + busiest) * (visits + 1.0) + latest(instance);
    if is_computed(instance) {
        let shared = fits(time_max)?;
        return Ok((shared, shared));
    }
    let time = if has_times(instance) { fits(time_max)? } else { 0.0 };
    Ok((time, fits(longest)?))
}

/// Most visits that one route can make: as many of the smallest loads as the largest vehicle carries.
fn visits_by_load(instance: &Instance) -> usize {
    let largest = instance.vehicles.iter().map(|vehicle| vehicle.capacity).fold(0.0, f64::max);
    if instance.convention.multi_trip {
        return instance.customers.len();
    }
    let mut loads: Vec<f64> = instance.customers.iter().map(|customer| customer.demand).collect();
    loads.sort_by(f64::total_cmp);
    let carried = loads.iter().scan(0.0, |sum, load| {
        *sum += load;
        Some(*sum)
    });
    carried.take_while(|sum| *sum <= largest).count()
}

/// More than any solution costs, prizes included.
fn dearest_solution(instance: &Instance, longest: f64, money: f64, score: f64) -> f64 {
    let alone = |vehicle: &super::Vehicle| 2.0 * longest * vehicle.per_distance + vehicle.fixed;
    let dearest_visit = instance.vehicles.iter().map(alone).fold(0.0, f64::max) * money;
    let visits: f64 = instance.customers.iter().map(most_visits).sum();
    let prizes: f64 = instance.customers.iter().map(|customer| customer.prize).sum();
    let worth = if instance.convention.objective == Objective::Score { score } else { money };
    dearest_visit * visits + prizes * worth + 1.0
}

/// The routes of an orienteering problem are no longer, all together.
fn longest_routes(instance: &Instance, longest: f64) -> f64 {
    let customers = instance.customers.len() as f64;
    let count = f64::from(instance.stocks.first().copied().unwrap_or(0)).min(customers);
    let limit = instance.vehicles.first().map_or(f64::INFINITY, |vehicle| vehicle.max_length);
    (longest * (customers + count)).min(limit * count)
}

fn most_visits(customer: &Customer) -> f64 {
    customer.day_sets.iter().map(|days| days.len()).max().unwrap_or(0) as f64
}

/// Whether any rule is about time.
fn has_times(instance: &Instance) -> bool {
    let is_timed = |opens: f64, closes: f64| opens > 0.0 || closes.is_finite();
    instance.depots.iter().any(|depot| is_timed(depot.opens, depot.closes))
        || instance
            .customers
            .iter()
            .any(|customer| is_timed(customer.opens, customer.closes) || customer.release > 0.0)
        || instance.vehicles.iter().any(|vehicle| vehicle.max_duration.is_finite())
}

/// The last finite time that the file names.
fn latest(instance: &Instance) -> f64 {
    let closings =
        instance.customers.iter().flat_map(|customer| [customer.opens, customer.closes, customer.release]);
    let depots = instance.depots.iter().flat_map(|depot| [depot.opens, depot.closes]);
    closings.chain(depots).filter(|time| time.is_finite()).fold(0.0, f64::max)
}

/// The least power of ten up to `10^most` that makes all values whole.
fn power_that_makes_whole(values: &[f64], most: i32) -> f64 {
    let makes_whole = |power: &f64| values.iter().all(|value| is_near_whole(value * power));
    (0..most).map(|k| 10_f64.powi(k)).find(makes_whole).unwrap_or_else(|| 10_f64.powi(most))
}

fn is_near_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// Up to a whole number, forgiving what decimal fractions lose in binary.
fn up(value: f64) -> i32 {
    (value - 1e-6).ceil() as i32
}

/// Down to a whole number, forgiving what decimal fractions lose in binary.
fn down(value: f64) -> i32 {
    (value + 1e-6).floor() as i32
}

/// The different speeds, in the order of the vehicles.
fn speeds(instance: &Instance) -> Vec<f64> {
    let mut speeds = Vec::new();
    for vehicle in &instance.vehicles {
        if !speeds.contains(&vehicle.speed) {
            speeds.push(vehicle.speed);
        }
    }
    speeds
}

impl Instance {
    /// The same as a problem for the search. Clients are the customers, shifts the slots, both in the same order.
    ///
    /// `O(n²)` memory up to 3,000 points and for explicit tables; beyond, distances are computed when asked for.
    ///
    /// # Panics
    ///
    /// On an instance that [`super::read`] would not return.
    pub fn problem(&self) -> Problem {
        let scale = Scale::of(self).expect("reading has checked that the instance fits");
        let speeds = speeds(self);
        Problem {
            cycle_days: self.days,
            clients: (0..self.customers.len()).map(|index| self.client(index, &scale)).collect(),
            vehicles: self.vehicles.iter().map(|vehicle| self.vehicle(vehicle, &speeds, &scale)).collect(),
            shifts: self.slots.iter().map(|slot| self.shift(slot, &scale)).collect(),
            travel: speeds.iter().map(|&speed| self.travel(speed, &scale)).collect(),
            covering: self.covering(),
            alternatives: self
                .groups
                .iter()
                .map(|group| group.iter().copied().map(ClientId::from).collect())
                .collect(),
            pools: self.pools(),
            grid: Seconds::ZERO,
            margin: Seconds::ZERO,
            missed_visit: Cost(scale.missed as i64),
        }
    }

    /// What totals of [`Instance::problem`] are in the unit of the set, rounding of distances aside; to show while searching.
    pub fn stated_cost(&self) -> impl Fn(Cost) -> f64 + use<> {
        let scale = Scale::of(self).expect("reading has checked that the instance fits");
        let Convention { objective, divisor, .. } = self.convention;
        let prizes: f64 = self.customers.iter().map(|customer| customer.prize).sum();
        move |total| {
            let total = total.get() as f64;
            match objective {
                Objective::Cost => total / scale.money / divisor,
                Objective::CostAndLostPrizes => (total / scale.money + prizes) / divisor,
                Objective::Score => (-total / scale.score).ceil(),
            }
        }
    }

    fn client(&self, index: usize, scale: &Scale) -> Client {
        let customer = &self.customers[index];
        let service = up(customer.service * scale.time);
        let close =
            if customer.closes.is_finite() { down(customer.closes * scale.time) } else { HORIZON as i32 };
        // A window of the problem holds the whole opening, one of these files its beginning.
        let window =
            Window { open: ClockTime(up(customer.opens * scale.time)), close: ClockTime(close + service) };
        let is_used = |day: u8| customer.day_sets.iter().any(|days| days.contains(Day(day)));
        let windows =
            (0..self.days).map(|day| if is_used(day) { vec![window] } else { Vec::new() }).collect();
        let value = match self.convention.objective {
            Objective::Score => customer.prize * scale.score,
            Objective::Cost | Objective::CostAndLostPrizes => customer.prize * scale.money,
        };
        let mut vehicles = FixedBitSet::with_capacity(self.vehicles.len());
        vehicles.extend(
            (0..self.vehicles.len()).filter(|&kind| {
                self.vehicles[kind].serves.as_ref().is_none_or(|serves| serves.contains(index))
            }),
        );
        Client {
            point: self.point(index) as u32,
            patterns: customer.day_sets.clone(),
            windows,
            required: customer.required,
            value: Cost(value.round() as i64),
            registered: (customer.demand * scale.load).round() as i64,
            mass_per_household: 0,
            service: Service {
                setup: Seconds(service),
                per_household: Seconds::ZERO,
                shortest: Seconds::ZERO,
                longest: Seconds(service),
            },
            vehicles,
            locks: vec![None; usize::from(self.days)],
            release: ClockTime(up(customer.release * scale.time)),
        }
    }

    fn vehicle(&self, vehicle: &super::Vehicle, speeds: &[f64], scale: &Scale) -> Vehicle {
        let customer_count = self.customers.len() as u32;
        let per_distance = vehicle.per_distance * scale.money / scale.length;
        Vehicle {
            travel: speeds.iter().position(|speed| *speed == vehicle.speed).unwrap_or(0) as u32,
            capacity: vehicle.capacity.is_finite().then(|| (vehicle.capacity * scale.load).round() as i64),
            capacity_mass: None,
            cost_fixed: Cost((vehicle.fixed * scale.money).round() as i64),
            cost_per_metre: Cost(per_distance.round() as i64),
            cost_per_second: Cost::ZERO,
            max_duty: (vehicle.max_duration * scale.time < HORIZON)
                .then(|| Seconds(down(vehicle.max_duration * scale.time))),
            max_driving: None,
            max_metres: (vehicle.max_length < scale.longest_route)
                .then(|| (vehicle.max_length * scale.length + 1e-6).floor() as i64),
            max_visits: (vehicle.max_stops < customer_count).then_some(vehicle.max_stops),
            rest: None,
            max_cold: None,
            reload: Seconds::ZERO,
            max_trips: if self.convention.multi_trip { customer_count } else { 1 },
            service_points: 1,
        }
    }

    fn shift(&self, slot: &super::Slot, scale: &Scale) -> Shift {
        let (start, end) = (self.depots[slot.start], self.depots[slot.end]);
        let close = if end.closes.is_finite() { down(end.closes * scale.time) } else { HORIZON as i32 };
        Shift {
            vehicle: VehicleId::from(slot.vehicle),
            day: Day(slot.day),
            window: Window { open: ClockTime(up(start.opens * scale.time)), close: ClockTime(close) },
            start: slot.start as u32,
            end: slot.end as u32,
            count: self.stocks[slot.stock].min(self.customers.len() as u32),
        }
    }

    /// Stocks that several slots draw on.
    fn pools(&self) -> Vec<Pool> {
        let mut shifts = vec![Vec::new(); self.stocks.len()];
        for (index, slot) in self.slots.iter().enumerate() {
            shifts[slot.stock].push(ShiftId::from(index));
        }
        let counted = shifts.into_iter().zip(&self.stocks);
        counted
            .filter(|(shifts, _)| shifts.len() > 1)
            .map(|(shifts, &count)| Pool { shifts, count })
            .collect()
    }

    fn covering(&self) -> Covering {
        let group = |clients: &Vec<usize>| CoverGroup {
            need: Need::ZERO,
            value: Cost::ZERO,
            required: true,
            clients: clients.iter().copied().map(ClientId::from).collect(),
        };
        Covering { groups: self.covered_by.iter().map(group).collect(), attendance_permille: 0 }
    }

    fn travel(&self, speed: f64, scale: &Scale) -> TravelTable {
        let measure = match self.convention.measure {
            Measure::Real => Measure::Up { steps: scale.length as u32 },
            rounded => rounded,
        };
        if let Geometry::Plane(points) = &self.geometry
            && is_computed(self)
        {
            return TravelTable::Plane(Plane {
                points: points.at.iter().map(|&(x, y)| (x as f64, y as f64)).collect(),
                scale: f64::from(measure.steps()) / f64::from(points.grid),
                rounding: match measure {
                    Measure::Nearest { .. } => Rounding::Nearest,
                    Measure::Down { .. } => Rounding::Down,
                    Measure::Up { .. } | Measure::Real => Rounding::Up,
                },
            });
        }
        let size = self.geometry.len();
        let cell = |from: usize, to: usize| {
            let metres = match &self.geometry {
                Geometry::Plane(points) => points.distance(from, to, measure) as i32,
                Geometry::Table { .. } => up(self.distance(from, to) * scale.length),
            };
            let seconds = if speed == 1.0 && scale.time == scale.length {
                metres
            } else {
                up(self.distance(from, to) / speed * scale.time)
            };
            Some(Travel { seconds: Seconds(seconds), metres: Metres(metres) })
        };
        let cells = (0..size).flat_map(|from| (0..size).map(move |to| (from, to)));
        TravelTable::Dense(TravelMatrix::from_cells(size, size, cells.map(|(from, to)| cell(from, to))))
    }
}
