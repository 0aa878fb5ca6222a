//! Trips that change vehicles.

use super::*;
use crate::model::Pool;
use crate::solver::trips::{Trips, deal_out};

/// All trips, whosever they are.
fn all_trips(state: &State<'_, '_>) -> BTreeSet<Vec<u32>> {
    let trips = state.routes.iter().flat_map(|route| trips_of(&route.clients));
    trips.filter(|trip| !trip.is_empty()).map(<[u32]>::to_vec).collect()
}

/// A state with somebody taken out, or a route handed over to another vehicle, whose vehicles may make one trip more than they do.
fn changed<'c, 'p>(context: &'c Context<'p>, seed: u64, trips: u32, prices: Prices) -> State<'c, 'p> {
    let mut state = in_trips(context, seed, (trips as usize - 1).max(1), prices);
    let drawn = Rng::new(seed, 6).below(CLIENTS) as u32;
    if let Some(spot) = state.spot(drawn, 0) {
        let empty = state.empty_route(state.routes[spot.route as usize].shift);
        match empty.filter(|_| seed.is_multiple_of(2)) {
            Some(empty) => state.hand_over(spot.route, empty),
            None => state.remove(drawn),
        }
        state.settle(&mut Vec::new());
    }
    state
}

proptest! {
    #[test]
    fn trips_change_vehicles_and_nothing_becomes_dearer(
        seed in 0u64..1000,
        trips in 1u32..4,
        has_releases: bool,
        has_limits: bool,
        is_home: bool,
        is_pool_used_up: bool,
    ) {
        let mut problem = with_hours(seed, trips, has_releases, has_limits, is_home);
        if is_pool_used_up {
            // One more vehicle would cost nothing.
            problem.vehicles.iter_mut().for_each(|vehicle| vehicle.cost_fixed = Cost::ZERO);
            let count = changed(&Context::new(&problem), seed, trips, Prices::STRICT).size().1 as u32;
            problem.pools = vec![Pool { shifts: vec![ShiftId(0), ShiftId(1)], count }];
        }
        let context = Context::new(&problem);
        for prices in all_prices() {
            let mut state = changed(&context, seed, trips, prices);
            let before = state.clone();
            let (mut dealer, mut rng) = (Trips::default(), Rng::new(seed, 7));
            for _ in 0..10 {
                let energy = state.energy();
                dealer.deal(&mut state, &mut rng);
                prop_assert!(state.energy() <= energy);
                prop_assert_eq!(all_trips(&state), all_trips(&before));
                prop_assert!(state.holds_stocks() || !before.holds_stocks());
                let routes = sequences(&state);
                let least = routes.iter().map(|(shift, clients)| least_cost(&state, *shift, clients, i64::MAX));
                let cost: Option<i64> = least.sum();
                prop_assert_eq!(cost, Some(state.energy() - state.total() + state.totals.operating));
            }
            prop_assert!(trips > 1 || sequences(&state) == sequences(&before));
            if prices.is_strict() {
                prop_assert_eq!(state.total(), slow_total(&state));
            }
        }
    }

    #[test]
    fn a_trip_is_dealt_out_where_it_costs_least(
        seed in 0u64..1000,
        trips in 2u32..4,
        dearer in 1i64..4,
        count in 2u32..4,
        [has_hours, has_releases, has_limits, has_depots, has_days, is_free] in any::<[bool; 6]>(),
    ) {
        let mut problem =
            if has_hours { with_hours(seed, trips, has_releases, has_limits, true) } else { problem(seed) };
        for vehicle in &mut problem.vehicles {
            vehicle.max_trips = trips;
            vehicle.cost_fixed = if is_free { Cost::ZERO } else { vehicle.cost_fixed };
        }
        problem.vehicles[VehicleId(1)].cost_per_metre = Cost(dearer);
        problem.shifts.iter_mut().for_each(|shift| shift.count = count);
        if has_depots {
            let other = &mut problem.shifts[ShiftId(1)];
            (other.start, other.end) = (2, 2);
        }
        if has_days {
            problem.cycle_days = 2;
            problem.shifts[ShiftId(1)].day = Day(1);
            for client in &mut problem.clients {
                client.patterns.push(DaySet::only(Day(1)));
                client.windows.extend_from_within(..);
                client.locks.push(None);
            }
        }
        let context = Context::new(&problem);
        prop_assert!(context.has_trips());
        let before = in_trips(&context, seed, trips as usize - 1, Prices::STRICT);
        let mut routes = sequences(&before);
        routes.retain(|(_, clients)| !clients.is_empty());
        let drawn = Rng::new(seed, 8).below(routes.len().max(1));
        let state = State::new(&context);
        let cost = |routes: &[(u32, Vec<u32>)]| -> Option<i64> {
            routes.iter().map(|(shift, clients)| least_cost(&state, *shift, clients, i64::MAX)).sum()
        };
        if let Some(route) = routes.get_mut(drawn) {
            let (shift, mut clients) = route.clone();
            let trip = clients.split_off(clients.iter().rposition(|&client| client == NONE).map_or(0, |at| at + 1));
            clients.pop();
            route.1 = clients;
            routes.retain(|(_, clients)| !clients.is_empty());
            let used = routes.iter().filter(|route| route.0 == shift).count();
            let alone = [routes.clone(), vec![(shift, trip.clone())]].concat();
            let day = |shift: u32| problem.shifts[ShiftId(shift)].day;
            let of_day = (0..routes.len()).filter(|&at| day(routes[at].0) == day(shift));
            let among = of_day.flat_map(|at| {
                let (routes, trip) = (&routes, &trip);
                (0..=trips_of(&routes[at].1).count()).map(move |rank| {
                    let mut all = routes.clone();
                    let mut trips: Vec<&[u32]> = trips_of(&routes[at].1).collect();
                    trips.insert(rank, trip);
                    all[at].1 = trips.join(&NONE);
                    all
                })
            });
            let may_be_alone = used < count as usize;
            let all = among.chain(may_be_alone.then(|| alone.clone()));
            let least = all.filter_map(|routes| cost(&routes)).min();
            let mut dealt = routes.clone();
            deal_out(&state, &mut dealt, vec![(shift, trip)]);
            if least.is_some() {
                prop_assert_eq!(cost(&dealt), least);
            } else {
                prop_assert_eq!(dealt, alone, "left to whom loads them");
            }
        }
    }
}

#[test]
fn trips_do_change_vehicles() {
    let mut changes = 0;
    for seed in 0..50 {
        let mut problem = problem(seed);
        problem.vehicles.iter_mut().for_each(|vehicle| vehicle.max_trips = 3);
        problem.vehicles.raw[1] = problem.vehicles.raw[0].clone();
        let context = Context::new(&problem);
        let mut state = changed(&context, seed, 3, Prices::STRICT);
        let before = sequences(&state);
        let mut rng = Rng::new(seed, 7);
        (0..10).for_each(|_| Trips::default().deal(&mut state, &mut rng));
        changes += usize::from(sequences(&state) != before);
    }
    assert!(changes > 40, "{changes}");
}
