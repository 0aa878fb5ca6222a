//! A first solution for any instance, good enough to be judged: nearest next customer, as long as the route holds.

use tournee::instances::verify::route_faults;
use tournee::instances::{FileRoute, FileSolution, Instance, verify};
use tournee::units::DaySet;

/// Whether nothing is wrong with a route by itself.
fn holds(instance: &Instance, route: &FileRoute) -> bool {
    route_faults(instance, route).is_empty()
}

/// Fills routes one after the other. Customers that fit no route are left out.
pub fn solve(instance: &Instance) -> FileSolution {
    let mut due = visits_due(instance);
    let mut routes = Vec::new();
    let mut left: Vec<u32> = instance.stocks.clone();
    for slot in &instance.slots {
        let vehicle = &instance.vehicles[slot.vehicle];
        let mut lines = vehicle.lines.iter().cycle();
        while left[slot.stock] > 0 {
            let line = *lines.next().expect("every kind has a line");
            let blank = FileRoute {
                day: u32::from(slot.day) + 1,
                depot: slot.start as u32 + 1,
                vehicle: line,
                trips: Vec::new(),
            };
            let route = fill(instance, blank, slot.start, &mut due[usize::from(slot.day)]);
            if route.trips.is_empty() {
                break;
            }
            routes.push(route);
            left[slot.stock] -= 1;
        }
    }
    let cost = 0.0;
    let mut solution = FileSolution { routes, cost };
    solution.cost = verify(instance, &solution).cost;
    solution
}

/// For each day the customers to visit: one of each group, the first day set of each, the covering ones until all are covered.
fn visits_due(instance: &Instance) -> Vec<Vec<usize>> {
    let mut chosen = vec![DaySet::EMPTY; instance.customers.len()];
    for (index, customer) in instance.customers.iter().enumerate() {
        // Spread over the combinations, so that no day gets all of them.
        if !customer.day_sets.is_empty() {
            chosen[index] = customer.day_sets[index % customer.day_sets.len()];
        }
    }
    for group in &instance.groups {
        for &other in &group[1..] {
            chosen[other] = DaySet::EMPTY;
        }
    }
    if !instance.covered_by.is_empty() {
        for (index, customer) in instance.customers.iter().enumerate() {
            let is_first_cover = instance.covered_by.iter().any(|covering| covering.first() == Some(&index));
            if !customer.required && !is_first_cover {
                chosen[index] = DaySet::EMPTY;
            }
        }
    }
    (0..instance.days)
        .map(|day| {
            let is_due = |index: &usize| chosen[*index].contains(tournee::units::Day(day));
            (0..chosen.len()).filter(is_due).collect()
        })
        .collect()
}

/// Appends the nearest customers that hold, in a new trip where the trip is full.
fn fill(instance: &Instance, blank: FileRoute, start: usize, due: &mut Vec<usize>) -> FileRoute {
    let mut route = blank;
    let mut here = start;
    loop {
        let mut nearest: Vec<usize> = (0..due.len()).collect();
        let reach = |index: usize| instance.distance(here, instance.point(due[index]));
        nearest.sort_by(|&a, &b| reach(a).total_cmp(&reach(b)));
        let next = nearest.into_iter().find_map(|at| {
            let number = due[at] as u32 + 1;
            let mut same_trip = route.clone();
            match same_trip.trips.last_mut() {
                Some(trip) => trip.push(number),
                None => same_trip.trips.push(vec![number]),
            }
            if holds(instance, &same_trip) {
                return Some((at, same_trip));
            }
            let mut new_trip = route.clone();
            new_trip.trips.push(vec![number]);
            (instance.convention.multi_trip && holds(instance, &new_trip)).then_some((at, new_trip))
        });
        let Some((at, longer)) = next else { return route };
        here = instance.point(due.swap_remove(at));
        route = longer;
    }
}
