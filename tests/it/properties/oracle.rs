//! The best solution of a tiny problem by trying all of them.

use tournee::ids::{ClientId, ShiftId};
use tournee::model::evaluate::evaluate;
use tournee::model::schedule::schedule;
use tournee::model::{Problem, Route, Solution};
use tournee::units::Cost;
use typed_index_collections::TiSlice;

/// The least total over every choice of patterns, shifts, orders and trips that holds all rules.
pub fn least_total(problem: &Problem) -> Cost {
    let mut on_shift = vec![Vec::new(); problem.shifts.len()];
    let mut best = evaluate(problem, &Solution::default()).total;
    choose(problem, 0, &mut on_shift, &mut best);
    best
}

/// Tries every pattern of client `index` with every shift of each of its days, then goes on with the next.
fn choose(problem: &Problem, index: usize, on_shift: &mut [Vec<ClientId>], best: &mut Cost) {
    if index == problem.clients.len() {
        if let Some(total) = order_all(problem, on_shift) {
            *best = (*best).min(total);
        }
        return;
    }
    choose(problem, index + 1, on_shift, best);
    let client = ClientId::from(index);
    for pattern in &problem.clients[client].patterns {
        let days: Vec<_> = pattern.iter().collect();
        place(problem, client, &days, on_shift, best);
    }
}

fn place(
    problem: &Problem,
    client: ClientId,
    days: &[tournee::units::Day],
    on_shift: &mut [Vec<ClientId>],
    best: &mut Cost,
) {
    let Some((day, rest)) = days.split_first() else {
        choose(problem, client.index() + 1, on_shift, best);
        return;
    };
    for shift in 0..problem.shifts.len() {
        if problem.shifts[ShiftId::from(shift)].day == *day {
            on_shift[shift].push(client);
            place(problem, client, rest, on_shift, best);
            on_shift[shift].pop();
        }
    }
}

/// The total with the cheapest order and trips on each shift; orders don't influence each other.
fn order_all(problem: &Problem, on_shift: &[Vec<ClientId>]) -> Option<Cost> {
    let draft = |routes: Vec<Route>| Solution { routes };
    let unordered: Vec<Route> = (on_shift.iter().enumerate())
        .filter(|(_, clients)| !clients.is_empty())
        .map(|(shift, clients)| Route { shift: ShiftId::from(shift), trips: vec![clients.clone()] })
        .collect();
    let loads = evaluate(problem, &draft(unordered.clone())).loads;
    let routes: Option<Vec<Route>> =
        unordered.into_iter().map(|route| cheapest(problem, &route, &loads)).collect();
    let found = evaluate(problem, &draft(routes?));
    found.is_feasible().then_some(found.total)
}

fn cheapest(
    problem: &Problem,
    route: &Route,
    loads: &TiSlice<ClientId, tournee::model::schedule::VisitLoad>,
) -> Option<Route> {
    let shift = &problem.shifts[route.shift];
    let vehicle = &problem.vehicles[shift.vehicle];
    let clients = &route.trips[0];
    let mut best: Option<(i64, Vec<Vec<ClientId>>)> = None;
    for order in permutations(clients) {
        for cuts in 0..1u32 << (order.len() - 1) {
            let trips = cut(&order, cuts);
            let Ok(timing) = schedule(problem, shift, &trips, loads) else { continue };
            let cost = vehicle.cost_per_metre.get() * timing.metres
                + vehicle.cost_per_second.get() * i64::from(timing.duty().get());
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, trips));
            }
        }
    }
    best.map(|(_, trips)| Route { shift: route.shift, trips })
}

fn cut(order: &[ClientId], cuts: u32) -> Vec<Vec<ClientId>> {
    let mut trips = vec![Vec::new()];
    for (index, &client) in order.iter().enumerate() {
        if index > 0 && cuts >> (index - 1) & 1 == 1 {
            trips.push(Vec::new());
        }
        trips.last_mut().expect("there is a first trip").push(client);
    }
    trips
}

fn permutations(items: &[ClientId]) -> Vec<Vec<ClientId>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for index in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(index);
        for mut tail in permutations(&rest) {
            tail.insert(0, first);
            all.push(tail);
        }
    }
    all
}
