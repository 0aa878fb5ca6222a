//! Exchanges of visits against all that there are.

use super::*;
use crate::solver::swap_star::{Exchange, Place, Row, SwapStar};
use crate::solver::vicinity::Vicinity;

const PAIRS: [[u32; 2]; 6] = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];

/// The problem with one to three households a client, where passing through nowhere is a shortcut.
fn uneven(seed: u64) -> Problem {
    let mut problem = problem(seed);
    let mut rng = Rng::new(seed, 3);
    for client in &mut problem.clients {
        client.registered = 1 + rng.below(3) as i64;
    }
    let TravelTable::Plane(plane) = &mut problem.travel[0] else { unreachable!("a plane") };
    plane.rounding = Rounding::Up;
    problem
}

/// What two routes cost, at the state's prices, after an exchange; none if that may not be.
fn cost_after(state: &State<'_, '_>, routes: [u32; 2], exchange: &Exchange) -> Option<i64> {
    let rows = routes.map(|route| &state.routes[route as usize]);
    let mut costs = [0, 1].map(|side| {
        let mut sequence = Vec::new();
        exchange.sequence(side, rows.map(|row| &row.clients[..]), &mut sequence);
        let mut arrived = exchange.arrived(side).of(&sequence).to_vec();
        if exchange.into[side].is_turned {
            arrived.reverse();
        }
        assert_eq!(arrived, exchange.out[1 - side].of(&rows[1 - side].clients));
        least_cost(state, rows[side].shift, &sequence, i64::MAX)
    });
    Some(costs[0].take()? + costs[1].take()?)
}

fn cost_now(state: &State<'_, '_>, routes: [u32; 2]) -> i64 {
    routes.iter().map(|&route| state.energy_of(&state.routes[route as usize])).sum()
}

/// The rows of one or two visits of a route of which one may go.
fn rows(visits: usize, may_go: u32) -> Vec<Row> {
    let all = (1..=2).flat_map(|len| (0..=visits.saturating_sub(len)).map(move |rank| Row { rank, len }));
    all.filter(|row| row.end() <= visits && (row.rank..row.end()).any(|rank| may_go >> rank & 1 == 1))
        .collect()
}

/// All places in a route for a row, as it is and turned round, once another row has left.
fn places(visits: usize, row: Row, gone: Row) -> Vec<Place> {
    let turns = if row.len == 1 { &[false][..] } else { &[false, true] };
    let positions = (0..=visits).filter(|&at| at <= gone.rank || at >= gone.end());
    positions.flat_map(|at| turns.iter().map(move |&is_turned| Place::at(at, is_turned))).collect()
}

/// The least change of cost by any exchange of rows of one or two visits.
fn least_of_all(state: &State<'_, '_>, routes: [u32; 2], may_go: [u32; 2]) -> Option<i64> {
    let [first, second] = routes.map(|route| state.routes[route as usize].clients.len());
    let now = cost_now(state, routes);
    let mut least = None;
    for u in rows(first, may_go[0]) {
        for v in rows(second, may_go[1]) {
            for here in places(first, v, u) {
                for there in places(second, u, v) {
                    let exchange = Exchange { delta: 0, out: [u, v], into: [here, there] };
                    let change = cost_after(state, routes, &exchange).map(|cost| cost - now);
                    least = [least, change].into_iter().flatten().min();
                }
            }
        }
    }
    least
}

/// The least change of cost by any exchange of two visits each of which is in time where it comes, while the other one is still
/// there or in its place.
fn least_in_time(state: &State<'_, '_>, routes: [u32; 2]) -> Option<i64> {
    let mut lenient = state.clone();
    lenient.prices = Prices::new(Some(1), Some(1));
    let sequences = routes.map(|route| &state.routes[route as usize].clients[..]);
    let is_in_time = |exchange: &Exchange, side: usize| {
        let (out, at) = (exchange.out[side], exchange.into[side].position as usize);
        let mut sequence = sequences[side].to_vec();
        if (out.rank..=out.end()).contains(&at) {
            exchange.sequence(side, sequences, &mut sequence);
        } else {
            sequence.insert(at, sequences[1 - side][exchange.out[1 - side].rank]);
        }
        let shift = state.routes[routes[side] as usize].shift;
        least_cost(&lenient, shift, &sequence, i64::MAX).is_some()
    };
    let [first, second] = sequences.map(<[u32]>::len);
    let now = cost_now(state, routes);
    let mut least = None;
    for (u, v) in (0..first).flat_map(|u| (0..second).map(move |v| (u, v))) {
        let [u, v] = [u, v].map(|rank| Row { rank, len: 1 });
        for here in places(first, v, u) {
            for there in places(second, u, v) {
                let exchange = Exchange { delta: 0, out: [u, v], into: [here, there] };
                if is_in_time(&exchange, 0) && is_in_time(&exchange, 1) {
                    let change = cost_after(state, routes, &exchange).map(|cost| cost - now);
                    least = [least, change].into_iter().flatten().min();
                }
            }
        }
    }
    least
}

proptest! {
    #[test]
    fn the_cheapest_of_all_exchanges_to_places_in_time_is_found(seed in 0u64..1000) {
        let mut problem = with_hours(seed, 1, false, false, true);
        let mut rng = Rng::new(seed, 3);
        problem.clients.iter_mut().for_each(|client| client.registered = 1 + rng.below(3) as i64);
        let TravelTable::Plane(plane) = &mut problem.travel[0] else { unreachable!("a plane") };
        plane.rounding = Rounding::Up;
        let context = Context::new(&problem);
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, 1, prices);
            fill(&mut state, &mut Rng::new(seed, 5));
            let pairs = (0..state.routes.len() as u32).flat_map(|u| (0..u).map(move |v| [u, v]));
            for routes in pairs.filter(|routes| routes.iter().all(|&route| !state.routes[route as usize].is_empty())) {
                let found = SwapStar::default().find(&state, routes, [|_: usize| true; 2]);
                let least = least_in_time(&state, routes).filter(|&least| least < 0);
                prop_assert_eq!(found.map(|exchange| exchange.delta), least, "{:?}", routes);
            }
        }
    }

    #[test]
    fn the_cheapest_of_all_exchanges_is_found(
        seed in 0u64..1000,
        may_go: [u32; 2],
        dearer in 1i64..4,
        has_depots: bool,
        has_slopes: bool,
    ) {
        let mut problem = uneven(seed);
        if has_slopes {
            tilt(&mut problem, seed);
        }
        problem.vehicles[VehicleId(1)].cost_per_metre = Cost(dearer);
        if has_depots {
            let other = &mut problem.shifts[ShiftId(1)];
            (other.start, other.end) = (2, 3);
        }
        let context = Context::new(&problem);
        let may = may_go.map(|set| move |rank: usize| set >> rank & 1 == 1);
        for prices in all_prices() {
            let state = in_trips(&context, seed, 1, prices);
            for routes in PAIRS {
                let found = SwapStar::default().find(&state, routes, may);
                let least = least_of_all(&state, routes, may_go).filter(|&least| least < 0);
                prop_assert_eq!(found.map(|exchange| exchange.delta), least, "{:?}", routes);
                if let Some(exchange) = found {
                    let change = cost_after(&state, routes, &exchange).map(|cost| cost - cost_now(&state, routes));
                    prop_assert_eq!(change, least);
                }
            }
        }
    }

    #[test]
    fn nobody_comes_too_late_by_an_exchange(
        seed in 0u64..1000,
        has_releases: bool,
        is_home: bool,
        has_slopes: bool,
    ) {
        let mut problem = with_hours(seed, 1, has_releases, false, is_home);
        if has_slopes {
            tilt(&mut problem, seed);
        }
        let context = Context::new(&problem);
        let everybody = [|_: usize| true; 2];
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, 1, prices);
            fill(&mut state, &mut Rng::new(seed, 5));
            let pairs = (0..state.routes.len() as u32).flat_map(|u| (0..u).map(move |v| [u, v]));
            for routes in pairs {
                if let Some(exchange) = SwapStar::default().find(&state, routes, everybody) {
                    let cost = cost_after(&state, routes, &exchange);
                    prop_assert_eq!(cost.map(|cost| cost - cost_now(&state, routes)), Some(exchange.delta));
                }
            }
        }
    }

    #[test]
    fn routes_with_visits_near_each_other_are_pairs(seed in 0u64..1000, nearest in 1usize..5, touched in 1usize..=4) {
        let problem = problem(seed);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 7);
        let mut shuffled = |seed: u64, touched: u32| {
            let mut state = loaded(&context, seed);
            for route in 0..touched {
                let mut clients = state.routes[route as usize].clients.clone();
                rng.shuffle(&mut clients);
                state.replace(route, &clients);
            }
            state.settle(&mut Vec::new());
            state
        };
        let (elsewhere, state) = (shuffled(seed + 1, 4), shuffled(seed, touched as u32));
        let version = rng.below(touched + 1) as u64 + state.changes() - touched as u64;
        let mut vicinity = Vicinity::default();
        vicinity.look(&elsewhere, nearest, 0);
        vicinity.look(&state, nearest, version);
        prop_assert_eq!(&vicinity.routes, &(0..touched as u32).collect::<Vec<_>>());
        let is_near = |client: u32, route: usize| {
            let clients = &state.routes[route].clients;
            context.near(client).iter().take(nearest).any(|near| clients.contains(near))
        };
        let is_new = |route: usize| {
            let now = &state.routes[route];
            now.version > version && state.touched()[route].1.clients != now.clients
        };
        for (first, second) in (0..touched).flat_map(|u| (0..touched).map(move |v| (u, v))).filter(|(u, v)| u != v) {
            let near = |from: usize, to: usize| {
                state.routes[from].clients.iter().map(|&client| is_near(client, to)).collect::<Vec<_>>()
            };
            let told: Vec<bool> =
                (0..state.routes[first].clients.len()).map(vicinity.is_near(first, second)).collect();
            prop_assert_eq!(&told, &near(first, second));
            let is_mutual = told.contains(&true) && near(second, first).contains(&true);
            prop_assert_eq!(vicinity.is_pair(first, second), is_mutual && (is_new(first) || is_new(second)));
        }
    }
}

#[test]
fn exchanges_are_found_where_limits_hold_and_where_hours_bind() {
    let found = |problem: &Problem, prices: Prices, seed: u64| {
        let context = Context::new(problem);
        let mut state = in_trips(&context, seed, 1, prices);
        fill(&mut state, &mut Rng::new(seed, 5));
        let find = |routes| SwapStar::default().find(&state, routes, [|_: usize| true; 2]).is_some();
        PAIRS.into_iter().filter(|&routes| find(routes)).count()
    };
    for prices in all_prices() {
        let untimed: usize = (0..50).map(|seed| found(&uneven(seed), prices, seed)).sum();
        let timed: usize =
            (0..50).map(|seed| found(&with_hours(seed, 1, false, false, true), prices, seed)).sum();
        assert!(untimed > 50 && timed > 50, "{untimed} {timed}");
    }
}
