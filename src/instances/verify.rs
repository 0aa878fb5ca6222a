//! The verdict on a solution, from the instance file's own numbers: none of the code of `model`, `solver` or
//! `Instance::problem`.
//!
//! Every rule of the benchmark sets has a fault with a stable code; the cost is recomputed under the set's convention.

use std::collections::BTreeMap;

use super::{FileRoute, FileSolution, Instance, Objective, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;
use crate::units::{Day, DaySet};

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `capacity`, `window`, ...
    pub code: &'static str,
    /// What is broken, where, by how much.
    pub words: Text,
}

/// Somebody left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// `missed`, `group` or `cover`.
    pub code: &'static str,
    /// Who.
    pub words: Text,
    /// Customers (by index) of whom a visit would have served.
    pub candidates: Vec<usize>,
}

/// What verification found.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Cost (or score) in the unit of the set; 0 where routes name what does not exist.
    pub cost: f64,
    /// Rules that the routes break.
    pub faults: Vec<Fault>,
    /// Customers, groups and people that the routes leave out although they must not.
    pub missed: Vec<Missed>,
}

impl Verdict {
    /// No rule is broken and nobody is left out.
    pub fn is_feasible(&self) -> bool {
        self.faults.is_empty() && self.missed.is_empty()
    }
}

/// Judges `solution`. `O(visits)` and a little for each route.
pub fn verify(instance: &Instance, solution: &FileSolution) -> Verdict {
    let mut faults = Vec::new();
    unknown_names(instance, solution, &mut faults);
    if !faults.is_empty() {
        return Verdict { cost: 0.0, faults, missed: Vec::new() };
    }
    for (number, route) in (1..).zip(&solution.routes) {
        // The names are known, so there is a slot.
        if let Some(slot) = slot_of(instance, route) {
            judge_route(instance, slot, route, number, &mut faults);
        }
    }
    fleets(instance, solution, &mut faults);
    let mut missed = Vec::new();
    visits(instance, solution, &mut faults, &mut missed);
    let cost = cost(instance, solution).unwrap_or(0.0) / instance.convention.divisor;
    let allowed = 0.5 * 10_f64.powi(-(instance.convention.decimals as i32)) + 1e-6;
    if (cost - solution.cost).abs() > allowed {
        let stated = solution.cost;
        faults.push(Fault {
            code: "cost",
            words: text!("{stated} annoncé, {cost} recalculé", "{stated} stated, {cost} recomputed"),
        });
    }
    Verdict { cost, faults, missed }
}

/// What is wrong with one route by itself: its loads, times, lengths, customers it may not serve.
pub fn route_faults(instance: &Instance, route: &FileRoute) -> Vec<Fault> {
    let mut faults = Vec::new();
    match slot_of(instance, route) {
        Some(slot) if names_exist(instance, route) => judge_route(instance, slot, route, 1, &mut faults),
        _ => faults.push(Fault { code: "fleet", words: text!("tournée impossible", "impossible route") }),
    }
    faults
}

/// Whether all customers of a route exist.
fn names_exist(instance: &Instance, route: &FileRoute) -> bool {
    let count = instance.customers.len();
    route.trips.iter().flatten().all(|&customer| 0 < customer && customer as usize <= count)
}

/// The cost in steps; none where routes name what does not exist.
pub(super) fn cost(instance: &Instance, solution: &FileSolution) -> Option<f64> {
    let mut total = 0.0;
    let mut is_visited = vec![false; instance.customers.len()];
    for route in &solution.routes {
        let slot = slot_of(instance, route)?;
        let vehicle = &instance.vehicles[slot.vehicle];
        total += vehicle.fixed + vehicle.per_distance * length(instance, slot, route)?;
        for &customer in route.trips.iter().flatten() {
            *is_visited.get_mut((customer as usize).checked_sub(1)?)? = true;
        }
    }
    let prizes = |visited: bool| -> f64 {
        let those = instance.customers.iter().zip(&is_visited).filter(|(_, is)| **is == visited);
        those.map(|(customer, _)| customer.prize).sum()
    };
    Some(match instance.convention.objective {
        Objective::Cost => total,
        Objective::CostAndLostPrizes => total + prizes(false),
        Objective::Score => prizes(true),
    })
}

/// What the route's day, depot and vehicle say it is.
pub(super) fn slot_of(instance: &Instance, route: &FileRoute) -> Option<Slot> {
    instance.slots.iter().copied().find(|slot| {
        u32::from(slot.day) + 1 == route.day
            && slot.start as u32 + 1 == route.depot
            && instance.vehicles[slot.vehicle].lines.contains(&route.vehicle)
    })
}

/// Points of a trip, depots at both ends. Inner trips return to where they start.
fn path(instance: &Instance, slot: Slot, trip: &[u32], is_last: bool) -> Option<Vec<usize>> {
    let end = if is_last { slot.end } else { slot.start };
    let customers = trip.iter().map(|&number| {
        let index = (number as usize).checked_sub(1)?;
        (index < instance.customers.len()).then(|| instance.point(index))
    });
    std::iter::once(Some(slot.start)).chain(customers).chain([Some(end)]).collect()
}

fn length(instance: &Instance, slot: Slot, route: &FileRoute) -> Option<f64> {
    let last = route.trips.len().checked_sub(1)?;
    let mut total = 0.0;
    for (at, trip) in route.trips.iter().enumerate() {
        let points = path(instance, slot, trip, at == last)?;
        total += points.windows(2).map(|leg| instance.distance(leg[0], leg[1])).sum::<f64>();
    }
    Some(total)
}

fn unknown_names(instance: &Instance, solution: &FileSolution, faults: &mut Vec<Fault>) {
    let count = instance.customers.len();
    for (number, route) in (1..).zip(&solution.routes) {
        if slot_of(instance, route).is_none() {
            let (day, depot, vehicle) = (route.day, route.depot, route.vehicle);
            faults.push(Fault {
                code: "fleet",
                words: text!(
                    "tournée {number} : aucun véhicule {vehicle} au dépôt {depot} le jour {day}",
                    "route {number}: no vehicle {vehicle} at depot {depot} on day {day}"
                ),
            });
        }
        if route.trips.iter().any(Vec::is_empty) || route.trips.is_empty() {
            faults.push(Fault {
                code: "format",
                words: text!("tournée {number} : vide", "route {number}: empty"),
            });
        }
        let customers = route.trips.iter().flatten();
        if let Some(other) = customers.copied().find(|&customer| customer == 0 || customer as usize > count) {
            faults.push(Fault {
                code: "customer",
                words: text!(
                    "tournée {number} : pas de client {other}, ils vont de 1 à {count}",
                    "route {number}: no customer {other}, they are 1 to {count}"
                ),
            });
        }
    }
}

fn judge_route(instance: &Instance, slot: Slot, route: &FileRoute, number: u32, faults: &mut Vec<Fault>) {
    let vehicle = &instance.vehicles[slot.vehicle];
    let slack = instance.convention.slack;
    let mut say = |code, words| faults.push(Fault { code, words });
    for trip in &route.trips {
        let load: f64 = trip.iter().map(|&customer| instance.customers[customer as usize - 1].demand).sum();
        let most = vehicle.capacity;
        if load > most + slack {
            say(
                "capacity",
                text!(
                    "tournée {number} : charge {load}, au plus {most}",
                    "route {number}: load {load}, at most {most}"
                ),
            );
        }
    }
    let stops: Vec<u32> = route.trips.iter().flatten().copied().collect();
    if let Some(serves) = &vehicle.serves {
        for customer in stops.iter().filter(|&&customer| !serves.contains(customer as usize - 1)) {
            say(
                "vehicle",
                text!(
                    "tournée {number} : ne peut servir le client {customer}",
                    "route {number}: may not serve customer {customer}"
                ),
            );
        }
    }
    let most = vehicle.max_stops;
    let count = stops.len();
    if count > most as usize {
        say(
            "stops",
            text!(
                "tournée {number} : {count} visites, au plus {most}",
                "route {number}: {count} visits, at most {most}"
            ),
        );
    }
    let (length, most) = (length(instance, slot, route).unwrap_or(0.0), vehicle.max_length);
    if length > most + slack {
        say(
            "length",
            text!(
                "tournée {number} : longueur {length}, au plus {most}",
                "route {number}: length {length}, at most {most}"
            ),
        );
    }
    let run = run(instance, slot, vehicle, &route.trips);
    // What people read is in the units of the file.
    let unit = f64::from(instance.convention.measure.steps());
    if let Some(Late { customer, by }) = run.late {
        let by = by / unit;
        let place = customer.map_or_else(
            || text!("au dépôt", "at the depot"),
            |customer| text!("chez le client {customer}", "at customer {customer}"),
        );
        let (fr, en) = (place.fr, place.en);
        say(
            "window",
            text!("tournée {number} : {fr} trop tard de {by}", "route {number}: too late {en} by {by}"),
        );
    }
    let (duration, most) = (run.duration, vehicle.max_duration);
    if duration > most + slack {
        let (duration, most) = (duration / unit, most / unit);
        say(
            "duration",
            text!(
                "tournée {number} : durée {duration}, au plus {most}",
                "route {number}: duration {duration}, at most {most}"
            ),
        );
    }
}

/// A window that is missed.
struct Late {
    /// Which customer's; none: the depot's.
    customer: Option<u32>,
    by: f64,
}

/// A moment of a route: something that may begin between two times.
struct Moment {
    opens: f64,
    closes: f64,
    /// Time that passes before the next moment, at least.
    then: f64,
    customer: Option<u32>,
}

/// How a route goes.
struct Run {
    /// The first window that is missed.
    late: Option<Late>,
    /// From departure to return.
    duration: f64,
}

/// The shortest run: leave as late as still allows the earliest return. Leaving later than that delays the return as much
/// as the departure, so nothing is gained. A route that is late anyway leaves as early as it can.
fn run(instance: &Instance, slot: Slot, vehicle: &Vehicle, trips: &[Vec<u32>]) -> Run {
    let moments = moments(instance, slot, vehicle, trips);
    let mut late = None;
    let mut clock = f64::NEG_INFINITY;
    for moment in &moments {
        clock = clock.max(moment.opens);
        if clock > moment.closes + instance.convention.slack {
            late = late.or(Some(Late { customer: moment.customer, by: clock - moment.closes }));
        }
        clock += moment.then;
    }
    let latest = moments.iter().rev().fold(clock, |latest, moment| (latest - moment.then).min(moment.closes));
    let leave = if late.is_some() { instance.depots[slot.start].opens } else { latest };
    Run { late, duration: clock - leave }
}

/// Departures (once the goods are released), visits and returns in order.
fn moments(instance: &Instance, slot: Slot, vehicle: &Vehicle, trips: &[Vec<u32>]) -> Vec<Moment> {
    let (from, home) = (instance.depots[slot.start], instance.depots[slot.end]);
    let mut moments = Vec::new();
    for (at, trip) in trips.iter().enumerate() {
        let is_last = at + 1 == trips.len();
        let Some(points) = path(instance, slot, trip, is_last) else { continue };
        let driving = |leg: usize| instance.distance(points[leg], points[leg + 1]) / vehicle.speed;
        let customers = || trip.iter().map(|&number| &instance.customers[number as usize - 1]);
        let released = customers().map(|customer| customer.release).fold(from.opens, f64::max);
        moments.push(Moment { opens: released, closes: from.closes, then: driving(0), customer: None });
        for (leg, (customer, &number)) in (1..).zip(customers().zip(trip)) {
            moments.push(Moment {
                opens: customer.opens,
                closes: customer.closes,
                then: customer.service + driving(leg),
                customer: Some(number),
            });
        }
        let depot = if is_last { home } else { from };
        moments.push(Moment { opens: depot.opens, closes: depot.closes, then: 0.0, customer: None });
    }
    moments
}

/// No more routes than vehicles, over all slots of a stock and for each line that stands for one vehicle.
fn fleets(instance: &Instance, solution: &FileSolution, faults: &mut Vec<Fault>) {
    let mut of_stock = vec![0_u32; instance.stocks.len()];
    let mut of_line: BTreeMap<u32, u32> = BTreeMap::new();
    for route in &solution.routes {
        let Some(slot) = slot_of(instance, route) else { continue };
        of_stock[slot.stock] += 1;
        if instance.vehicles[slot.vehicle].lines.len() > 1 {
            *of_line.entry(route.vehicle).or_default() += 1;
        }
    }
    for (stock, (&used, &most)) in of_stock.iter().zip(&instance.stocks).enumerate() {
        if used > most {
            let stock = stock + 1;
            faults.push(Fault {
                code: "fleet",
                words: text!(
                    "parc {stock} : {used} tournées, {most} véhicules",
                    "stock {stock}: {used} routes, {most} vehicles"
                ),
            });
        }
    }
    for (line, used) in of_line.into_iter().filter(|(_, used)| *used > 1) {
        faults.push(Fault {
            code: "fleet",
            words: text!(
                "véhicule {line} : {used} tournées pour un seul",
                "vehicle {line}: {used} routes, there is one"
            ),
        });
    }
}

/// Who is visited when, and who is left out.
fn visits(instance: &Instance, solution: &FileSolution, faults: &mut Vec<Fault>, missed: &mut Vec<Missed>) {
    let mut days = vec![DaySet::EMPTY; instance.customers.len()];
    for route in &solution.routes {
        for &number in route.trips.iter().flatten() {
            let (set, day) = (&mut days[number as usize - 1], Day(route.day as u8 - 1));
            if set.contains(day) {
                let on = route.day;
                faults.push(Fault {
                    code: "twice",
                    words: text!(
                        "client {number} visité deux fois le jour {on}",
                        "customer {number} visited twice on day {on}"
                    ),
                });
            }
            set.insert(day);
        }
    }
    for (number, (customer, visited)) in (1_usize..).zip(instance.customers.iter().zip(&days)) {
        if visited.is_empty() {
            if customer.required {
                missed.push(Missed {
                    code: "missed",
                    words: text!("client {number} non visité", "customer {number} not visited"),
                    candidates: vec![number - 1],
                });
            }
        } else if !customer.day_sets.contains(visited) {
            let on: Vec<String> = visited.iter().map(|day| (day.0 + 1).to_string()).collect();
            let on = on.join(", ");
            faults.push(Fault {
                code: "days",
                words: text!(
                    "client {number} visité les jours {on}, aucune de ses combinaisons",
                    "customer {number} visited on days {on}, none of its combinations"
                ),
            });
        }
    }
    let is_visited = |customer: &&usize| !days[**customer].is_empty();
    for (number, group) in (1..).zip(&instance.groups) {
        match group.iter().filter(is_visited).count() {
            1 => {}
            0 => missed.push(Missed {
                code: "group",
                words: text!("groupe {number} non visité", "group {number} not visited"),
                candidates: group.clone(),
            }),
            count => faults.push(Fault {
                code: "group",
                words: text!(
                    "groupe {number} visité {count} fois, une seule suffit",
                    "group {number} visited {count} times, once is enough"
                ),
            }),
        }
    }
    for (number, covering) in (1..).zip(&instance.covered_by) {
        if !covering.iter().any(|customer| is_visited(&customer)) {
            missed.push(Missed {
                code: "cover",
                words: text!("point {number} non couvert", "point {number} not covered"),
                candidates: covering.clone(),
            });
        }
    }
}
