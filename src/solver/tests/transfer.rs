//! Transfers of visits, exchanges and chains of ejections, against all that there are.

use super::*;
use crate::solver::ejection::Ejections;
use crate::solver::guests::Guests;
use crate::solver::moves::tidy;
use crate::solver::route::Route;
use crate::solver::side::{Place, Row, Trip};
use crate::solver::swap_star;
use crate::solver::transfer::Transfer;
use crate::solver::vicinity::Vicinity;

const PAIRS: [[u32; 2]; 6] = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
/// Routes of chains, the one in the middle of each in turn; of the last two they end in another trip of the first route.
const TRIPLES: [[u32; 3]; 6] = [[0, 1, 2], [3, 2, 0], [1, 3, 2], [2, 0, 3], [2, 3, 2], [3, 0, 3]];
/// Everybody may go.
const ALL: u32 = u32::MAX;

/// The problem with one to three households a client and up to so many trips, where passing through nowhere is a shortcut.
fn uneven(seed: u64, trips: u32) -> Problem {
    let mut problem = problem(seed);
    problem.vehicles.iter_mut().for_each(|vehicle| vehicle.max_trips = trips);
    let mut rng = Rng::new(seed, 3);
    for client in &mut problem.clients {
        client.registered = 1 + rng.below(3) as i64;
    }
    let TravelTable::Plane(plane) = &mut problem.travel[0] else { unreachable!("a plane") };
    plane.rounding = Rounding::Up;
    problem
}

/// The same with hours.
fn uneven_with_hours(seed: u64, trips: u32) -> Problem {
    let mut problem = with_hours(seed, trips, false, false, true);
    problem.clients = std::mem::take(&mut problem.clients)
        .into_iter()
        .zip(uneven(seed, trips).clients)
        .map(|(client, uneven)| Client { registered: uneven.registered, ..client })
        .collect();
    let TravelTable::Plane(plane) = &mut problem.travel[0] else { unreachable!("a plane") };
    plane.rounding = Rounding::Up;
    problem
}

/// A trip of each of some routes, another one where a route comes again; none where there is none.
fn picked<const N: usize>(state: &State<'_, '_>, routes: [u32; N], seed: u64) -> Option<[Trip; N]> {
    let used = |route: u32| state.routes.get(route as usize).filter(|route| !route.is_empty());
    let mut trips = routes.map(|route| {
        let count = used(route).map_or(0, |route| route.trips.len() as u64);
        Trip { route, rank: (seed + u64::from(route)).checked_rem(count).unwrap_or(u64::MAX) as u32 }
    });
    if N == 3 && trips[0] == trips[2] {
        trips[2].rank ^= 1;
    }
    let is_there =
        |trip: &Trip| used(trip.route).is_some_and(|route| (trip.rank as usize) < route.trips.len());
    trips.iter().all(is_there).then_some(trips)
}

/// The pairs and chains of trips that there are.
fn all_trips(state: &State<'_, '_>, seed: u64) -> (Vec<[Trip; 2]>, Vec<[Trip; 3]>) {
    let pairs = PAIRS.into_iter().filter_map(|routes| picked(state, routes, seed));
    (pairs.collect(), TRIPLES.into_iter().filter_map(|routes| picked(state, routes, seed)).collect())
}

/// The positions of a trip.
fn positions(state: &State<'_, '_>, trip: Trip) -> std::ops::RangeInclusive<usize> {
    let visits = state.routes[trip.route as usize].trip(trip.rank as usize);
    visits.start..=visits.end
}

fn clients_of<'s>(state: &'s State<'_, '_>, route: u32) -> &'s [u32] {
    &state.routes[route as usize].clients
}

/// The least that each route may cost after a transfer, at the state's prices; none where that may not be.
fn costs_after(state: &State<'_, '_>, transfer: &Transfer) -> Option<i64> {
    let mut sequence = Vec::new();
    let costs = transfer.changed().iter().enumerate().map(|(number, &route)| {
        transfer.sequence(number, |route| clients_of(state, route), &mut sequence);
        let visits = |clients: &[u32]| visits_of(clients).count();
        let mut count = visits(clients_of(state, route)) - transfer.leaving(number).map_or(0, |row| row.len);
        if let Some(arrived) = transfer.arrived(number, |route| clients_of(state, route), &sequence) {
            let coming = if number == 0 { 1 } else { number - 1 };
            let mut now = arrived.of(&sequence).to_vec();
            if transfer.into[coming].is_turned {
                now.reverse();
            }
            assert_eq!(now, transfer.rows[coming].of(clients_of(state, transfer.routes[coming])));
            count += arrived.len;
        }
        assert_eq!(visits(&sequence), count);
        assert!(sequence.is_empty() || trips_of(&sequence).all(|trip| !trip.is_empty()));
        least_cost(state, state.routes[route as usize].shift, &sequence, i64::MAX)
    });
    costs.sum()
}

/// By how much a transfer changes the cost.
fn change(state: &State<'_, '_>, transfer: &Transfer) -> Option<i64> {
    let now = transfer.changed().iter().map(|&route| state.energy_of(&state.routes[route as usize]));
    Some(costs_after(state, transfer)? - now.sum::<i64>())
}

/// The rows of up to so many visits of a trip of which one may go.
fn rows(state: &State<'_, '_>, trip: Trip, len_most: usize, may_go: u32) -> Vec<Row> {
    let (first, last) = positions(state, trip).into_inner();
    let all = (1..=len_most).flat_map(|len| (first..last).map(move |rank| Row { rank, len }));
    let may_go = |rank: usize| may_go >> (rank - first) & 1 == 1;
    all.filter(|row| row.end() <= last && (row.rank..row.end()).any(may_go)).collect()
}

/// All places in a trip for a row, as it is and turned round, once another row has left.
fn places(state: &State<'_, '_>, trip: Trip, row: Row, gone: Option<Row>) -> Vec<Place> {
    let turns = if row.len == 1 { &[false][..] } else { &[false, true] };
    let is_whole = |at: &usize| gone.is_none_or(|gone| *at <= gone.rank || *at >= gone.end());
    let positions = positions(state, trip).filter(is_whole);
    positions.flat_map(|at| turns.iter().map(move |&is_turned| Place::at(at, is_turned))).collect()
}

/// All transfers of rows of up to so many visits along some trips, of those who may go from the first and from the second.
fn transfers(
    state: &State<'_, '_>,
    trips: [Trip; 3],
    len_most: usize,
    may_go: [u32; 2],
) -> impl Iterator<Item = Transfer> {
    let [first, second, third] = trips;
    let (is_exchange, routes) = (first == third, trips.map(|trip| trip.route));
    let pairs = rows(state, first, len_most, may_go[0])
        .into_iter()
        .flat_map(move |u| rows(state, second, len_most, may_go[1]).into_iter().map(move |v| [u, v]));
    pairs.flat_map(move |rows| {
        let there = places(state, second, rows[0], Some(rows[1]));
        let on = places(state, third, rows[1], is_exchange.then_some(rows[0]));
        let pairs =
            there.into_iter().flat_map(move |there| on.clone().into_iter().map(move |on| [there, on]));
        pairs.map(move |into| Transfer { delta: 0, routes, rows, into })
    })
}

/// Whether everybody who comes is in time while those who leave are still there, or in their place.
fn is_in_time(state: &State<'_, '_>, transfer: &Transfer) -> bool {
    let mut lenient = state.clone();
    lenient.prices = Prices::new(Some(1), Some(1));
    (0..2).all(|coming| {
        let number = if transfer.routes[coming + 1] == transfer.routes[0] { 0 } else { coming + 1 };
        let at = transfer.into[coming].position as usize;
        let mut sequence = clients_of(state, transfer.routes[number]).to_vec();
        if transfer.leaving(number).is_some_and(|row| (row.rank..=row.end()).contains(&at)) {
            transfer.sequence(number, |route| clients_of(state, route), &mut sequence);
        } else {
            let row = transfer.rows[coming];
            sequence.insert(at, clients_of(state, transfer.routes[coming])[row.rank]);
        }
        let shift = state.routes[transfer.routes[number] as usize].shift;
        least_cost(&lenient, shift, &sequence, i64::MAX).is_some()
    })
}

/// Whether the place on which the second row of a chain goes on costs less than that row, whoever may leave there and what is too
/// heavy are worth: dearer ones are not looked for.
fn is_worth_it(state: &State<'_, '_>, transfer: &Transfer, len_most: usize) -> bool {
    let [_, second, third] = transfer.routes.map(|route| &state.routes[route as usize]);
    let trip = |number: usize, position: usize| {
        let route = transfer.routes[number];
        Trip { route, rank: state.routes[route as usize].trip_at[position] }
    };
    let (from, onto) = (trip(1, transfer.rows[1].rank), trip(2, transfer.into[1].position as usize));
    let shift = |route: &Route| &state.context.shifts[route.shift as usize];
    let way = |route: &Route, clients: &[u32]| {
        let points: Vec<u32> = std::iter::once(shift(route).start)
            .chain(clients.iter().map(|&client| match client {
                NONE => shift(route).start,
                client => state.context.points[client as usize],
            }))
            .chain([shift(route).end])
            .collect();
        let metres = |pair: &[u32]| state.context.way(shift(route), pair[0], pair[1]).metres;
        points.windows(2).map(metres).sum::<i64>() * shift(route).cost_per_metre
    };
    let saved = |route: &Route, row: Row| {
        let mut clients = route.clients.clone();
        clients.drain(row.rank..row.end());
        tidy(&mut clients);
        way(route, &route.clients) - way(route, &clients)
    };
    let freed = |route: &Route, row: Row| {
        let all = way(route, &route.clients) + shift(route).cost_fixed;
        if row.len == route.clients.len() { all } else { saved(route, row) }
    };
    let (row, into) = (transfer.rows[1], transfer.into[1]);
    let mut coming = row.of(&second.clients).to_vec();
    if into.is_turned {
        coming.reverse();
    }
    let mut clients = third.clients.clone();
    clients.splice(into.position as usize..into.position as usize, coming);
    let others = rows(state, onto, len_most, ALL).into_iter().map(|row| saved(third, row));
    let most = others.max().unwrap_or(0);
    let heavy = |trip: Trip| {
        let route = &state.routes[trip.route as usize];
        let load = Excess::of_load(shift(route), route.trip_load(*positions(state, trip).start()));
        state.prices.sum(Excess { load, time: 0 })
    };
    way(third, &clients) - way(third, &third.clients) < freed(second, row) + most + heavy(from) + heavy(onto)
}

/// Who may go over between some trips.
fn between(state: &State<'_, '_>, trips: &[Trip], may_go: &[u32]) -> (Vicinity, Guests) {
    let vicinity = Vicinity::of(
        trips,
        |trip| state.routes[trip.route as usize].trip(trip.rank as usize).len(),
        |from, rank| may_go[from] >> rank & 1 == 1,
    );
    let mut guests = Guests::default();
    guests.update(state, &vicinity, |_| true);
    (vicinity, guests)
}

/// The exchange of two trips that is found.
fn exchange(state: &State<'_, '_>, trips: [Trip; 2], may_go: [u32; 2]) -> Option<Transfer> {
    swap_star::cheapest(state, &between(state, &trips, &may_go).1, trips, [0, 1])
}

/// The chain through the second of three trips that is found.
fn chain(state: &State<'_, '_>, trips: [Trip; 3], may_go: [u32; 3]) -> Option<Transfer> {
    let (vicinity, guests) = between(state, &trips, &may_go);
    Ejections::default().cheapest(state, &guests, &vicinity, 1, [0, state.changes()])
}

/// The least change of cost by any chain through the second of three trips, from the first to the third or the other way.
fn least_chain(
    state: &State<'_, '_>,
    trips: [Trip; 3],
    len_most: usize,
    may_go: [u32; 3],
    is_asked_for: impl Fn(&Transfer) -> bool,
) -> Option<i64> {
    let [first, second, third] = trips;
    let there = transfers(state, trips, len_most, [may_go[0], may_go[1]]);
    let back = transfers(state, [third, second, first], len_most, [may_go[2], may_go[1]]);
    let asked = there.chain(back).filter(is_asked_for);
    asked.filter_map(|transfer| change(state, &transfer)).min()
}

fn least_exchange(
    state: &State<'_, '_>,
    [first, second]: [Trip; 2],
    len_most: usize,
    may_go: [u32; 2],
    is_asked_for: impl Fn(&Transfer) -> bool,
) -> Option<i64> {
    let all = transfers(state, [first, second, first], len_most, may_go).filter(is_asked_for);
    all.filter_map(|transfer| change(state, &transfer)).min()
}

proptest! {
    #[test]
    fn the_cheapest_of_all_transfers_is_found(
        seed in 0u64..1000,
        may_go: [u32; 3],
        dearer in 1i64..4,
        trips in 1u32..3,
        has_depots: bool,
        has_slopes: bool,
    ) {
        let mut problem = uneven(seed, trips);
        if has_slopes {
            tilt(&mut problem, seed);
        }
        problem.vehicles[VehicleId(1)].cost_per_metre = Cost(dearer);
        if has_depots {
            let other = &mut problem.shifts[ShiftId(1)];
            (other.start, other.end) = (2, if trips == 1 { 3 } else { 2 });
        }
        let context = Context::new(&problem);
        let is_any = |_: &Transfer| true;
        for prices in all_prices() {
            let state = in_trips(&context, seed, trips as usize, prices);
            let is_worth_it = |transfer: &Transfer| is_worth_it(&state, transfer, 2);
            let (pairs, triples) = all_trips(&state, seed);
            let exchanges = pairs.into_iter().map(|trips| {
                let may_go = [may_go[0], may_go[1]];
                (exchange(&state, trips, may_go), least_exchange(&state, trips, 2, may_go, is_any))
            });
            let chains = triples.into_iter().map(|trips| {
                (chain(&state, trips, may_go), least_chain(&state, trips, 2, may_go, is_worth_it))
            });
            for (found, least) in exchanges.chain(chains) {
                prop_assert_eq!(found.map(|found| found.delta), least.filter(|&least| least < 0), "{:?}", found);
                if let Some(found) = found {
                    prop_assert_eq!(change(&state, &found), least);
                }
            }
        }
    }

    #[test]
    fn the_cheapest_of_all_transfers_to_places_in_time_is_found(seed in 0u64..1000, trips in 1u32..3) {
        let problem = uneven_with_hours(seed, trips);
        let context = Context::new(&problem);
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, trips as usize, prices);
            fill(&mut state, &mut Rng::new(seed, 5));
            let is_asked_for = |transfer: &Transfer| is_in_time(&state, transfer);
            let (pairs, triples) = all_trips(&state, seed);
            for trips in pairs {
                let found = exchange(&state, trips, [ALL; 2]).map(|found| found.delta);
                let least = least_exchange(&state, trips, 1, [ALL; 2], is_asked_for);
                prop_assert_eq!(found, least.filter(|&least| least < 0), "{:?}", trips);
            }
            for trips in triples {
                let found = chain(&state, trips, [ALL; 3]).map(|found| found.delta);
                let is_asked_for = |transfer: &Transfer| is_asked_for(transfer) && is_worth_it(&state, transfer, 1);
                let least = least_chain(&state, trips, 1, [ALL; 3], is_asked_for);
                prop_assert_eq!(found, least.filter(|&least| least < 0), "{:?}", trips);
            }
        }
    }

    #[test]
    fn nobody_comes_too_late_by_a_transfer(
        seed in 0u64..1000,
        trips in 1u32..4,
        has_releases: bool,
        is_home: bool,
        has_slopes: bool,
    ) {
        let mut problem = with_hours(seed, trips, has_releases, false, is_home);
        if has_slopes {
            tilt(&mut problem, seed);
        }
        let context = Context::new(&problem);
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, trips as usize, prices);
            fill(&mut state, &mut Rng::new(seed, 5));
            let (pairs, triples) = all_trips(&state, seed);
            let exchanges = pairs.into_iter().filter_map(|trips| exchange(&state, trips, [ALL; 2]));
            let chains = triples.into_iter().filter_map(|trips| chain(&state, trips, [ALL; 3]));
            for found in exchanges.chain(chains) {
                prop_assert_eq!(change(&state, &found), Some(found.delta));
            }
        }
    }

    #[test]
    fn guests_are_those_of_the_routes_as_they_are(
        seed in 0u64..1000,
        trips in 1u32..4,
        has_hours: bool,
        changes in 1usize..4,
    ) {
        let problem = if has_hours { uneven_with_hours(seed, trips) } else { uneven(seed, trips) };
        let context = Context::new(&problem);
        let mut state = in_trips(&context, seed, trips as usize, Prices::new(Some(7), Some(3)));
        fill(&mut state, &mut Rng::new(seed, 5));
        let routes: Vec<u32> = (0..state.routes.len() as u32).collect();
        let all = |state: &State<'_, '_>| -> Vec<Trip> {
            let ranks = |route: u32| 0..state.routes[route as usize].trips.len() as u32;
            routes.iter().flat_map(|&route| ranks(route).map(move |rank| Trip { route, rank })).collect()
        };
        let before = all(&state);
        let (_, mut guests) = between(&state, &before, &vec![ALL; before.len()]);
        let mut rng = Rng::new(seed, 7);
        for _ in 0..changes {
            let route = rng.pick(&routes);
            let mut clients = clients_of(&state, route).to_vec();
            clients.pop();
            tidy(&mut clients);
            state.replace(route, &clients);
        }
        state.settle(&mut Vec::new());
        let now = all(&state);
        let (vicinity, anew) = between(&state, &now, &vec![ALL; now.len()]);
        guests.update(&state, &vicinity, |_| true);
        for numbers in (0..now.len()).flat_map(|from| (0..now.len()).map(move |to| [from, to])) {
            if numbers[0] != numbers[1] {
                prop_assert_eq!(guests.of(numbers).0, anew.of(numbers).0);
            }
        }
    }

    #[test]
    fn trips_of_different_routes_with_visits_near_each_other_are_pairs(
        seed in 0u64..1000,
        trips in 1usize..4,
        nearest in 1usize..5,
        touched in 1usize..=4,
        most in prop_oneof![Just(usize::MAX), 0..CLIENTS],
    ) {
        let problem = uneven(seed, trips as u32);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 7);
        let mut shuffled = |seed: u64, touched: u32| {
            let mut state = in_trips(&context, seed, trips, Prices::new(Some(7), Some(3)));
            for route in 0..touched {
                let mut clients: Vec<u32> = visits_of(clients_of(&state, route)).collect();
                rng.shuffle(&mut clients);
                let size = clients.len().div_ceil(trips).max(1);
                state.replace(route, &clients.chunks(size).collect::<Vec<_>>().join(&NONE));
            }
            state.settle(&mut Vec::new());
            state
        };
        let (elsewhere, state) = (shuffled(seed + 1, 4), shuffled(seed, touched as u32));
        let version = rng.below(touched + 1) as u64 + state.changes() - touched as u64;
        let mut vicinity = Vicinity::default();
        vicinity.look(&elsewhere, nearest, usize::MAX);
        vicinity.look(&state, nearest, most);
        let mut visits = 0;
        let is_seen = |&route: &u32| {
            visits += state.routes[route as usize].visits();
            visits <= most
        };
        let seen = (0..touched as u32).take_while(is_seen);
        let ranks = |route: u32| 0..state.routes[route as usize].trips.len() as u32;
        let seen: Vec<Trip> =
            seen.flat_map(|route| ranks(route).map(move |rank| Trip { route, rank })).collect();
        prop_assert_eq!(&vicinity.trips, &seen);
        let clients = |trip: Trip| {
            let (first, last) = positions(&state, trip).into_inner();
            &clients_of(&state, trip.route)[first..last]
        };
        let is_near = |client: u32, trip: Trip| {
            context.near(client).iter().take(nearest).any(|near| clients(trip).contains(near))
        };
        let is_new = |trip: Trip| {
            let now = &state.routes[trip.route as usize];
            now.version > version && state.touched()[trip.route as usize].1.clients != now.clients
        };
        let all = || (0..seen.len()).flat_map(|u| (0..seen.len()).map(move |v| (u, v)));
        for (first, second) in all().filter(|&(u, v)| seen[u].route != seen[v].route) {
            let near = |from: usize, to: usize| {
                clients(seen[from]).iter().map(|&client| is_near(client, seen[to])).collect::<Vec<_>>()
            };
            let told = vicinity.is_near(first, second);
            let told: Vec<bool> = (0..clients(seen[first]).len()).map(told).collect();
            prop_assert_eq!(&told, &near(first, second));
            prop_assert_eq!(vicinity.is_beside(first, second), told.contains(&true));
            let is_mutual = told.contains(&true) && near(second, first).contains(&true);
            let is_any_new = is_new(seen[first]) || is_new(seen[second]);
            prop_assert_eq!(vicinity.is_any_new([first, second], version), is_any_new);
            prop_assert_eq!(vicinity.is_pair(first, second, version), is_mutual && is_any_new);
        }
        for (first, second) in all().filter(|&(u, v)| seen[u].route == seen[v].route) {
            prop_assert!(!vicinity.is_beside(first, second));
        }
    }
}

#[test]
fn transfers_are_found_where_limits_hold_and_where_hours_bind() {
    let found = |problem: &Problem, trips: u32, prices: Prices, seed: u64| {
        let context = Context::new(problem);
        let mut state = in_trips(&context, seed, trips as usize, prices);
        fill(&mut state, &mut Rng::new(seed, 5));
        let (pairs, triples) = all_trips(&state, seed);
        let exchanges = pairs.into_iter().filter_map(|trips| exchange(&state, trips, [ALL; 2]));
        let chains: Vec<Transfer> =
            triples.into_iter().filter_map(|trips| chain(&state, trips, [ALL; 3])).collect();
        // Where the third trip is another one of the first route, two routes change.
        let round = chains.iter().filter(|chain| chain.changed().len() == 2).count();
        [exchanges.count(), chains.len(), round]
    };
    for prices in all_prices() {
        for (problem_of, trips) in [uneven, uneven_with_hours].into_iter().flat_map(|of| [(of, 1), (of, 2)]) {
            let all = (0..50).map(|seed| found(&problem_of(seed, trips), trips, prices, seed));
            let [exchanges, chains, round] = all.fold([0; 3], |mut sum, found| {
                sum.iter_mut().zip(found).for_each(|(sum, found)| *sum += found);
                sum
            });
            assert!(exchanges > 50 && chains > 10, "{exchanges} {chains}");
            assert_eq!(round > 0, trips > 1, "{round} of {trips} trips");
        }
    }
}

#[test]
fn a_chain_leaves_routes_alone_that_have_changed_or_that_nothing_new_is_beside() {
    let problem = uneven(1, 2);
    let context = Context::new(&problem);
    let state = in_trips(&context, 1, 2, Prices::new(Some(7), Some(3)));
    for trips in all_trips(&state, 1).1 {
        let (vicinity, guests) = between(&state, &trips, &[ALL; 3]);
        let find = |versions| Ejections::default().cheapest(&state, &guests, &vicinity, 1, versions);
        let changes = state.changes();
        assert_eq!(find([u64::MAX, changes]), None);
        let last =
            trips.map(|trip| state.routes[trip.route as usize].version).into_iter().max().expect("three");
        assert!(last > 0);
        assert_eq!(find([0, last - 1]), None);
    }
}
