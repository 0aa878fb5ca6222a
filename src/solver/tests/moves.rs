//! Moves priced or refused in constant time against the sequences that they make.

use super::*;

/// Whether a move pays, by making its sequences.
fn slowly_pays(state: &State<'_, '_>, kind: Move, at_u: Spot, at_v: Spot) -> bool {
    let (first, second) = (&state.routes[at_u.route as usize], &state.routes[at_v.route as usize]);
    let (u, v) = (at_u.rank as usize, at_v.rank as usize);
    let (mut new_first, mut new_second) = (Vec::new(), Vec::new());
    if at_u.route == at_v.route {
        return kind.within(&first.clients, u, v, &mut new_first)
            && least_cost(state, first.shift, &new_first, state.energy_of(first)).is_some();
    }
    let now = state.energy_of(first) + state.energy_of(second);
    kind.between((&first.clients, u), (&second.clients, v), &mut new_first, &mut new_second)
        && least_cost(state, first.shift, &new_first, now)
            .is_some_and(|cost| least_cost(state, second.shift, &new_second, now - cost).is_some())
}

/// Lets routes end where they begin, or elsewhere, and those of the other kind of vehicle at another depot.
fn place_depots(problem: &mut Problem, is_home: bool, has_depots: bool) {
    if !is_home {
        problem.shifts.iter_mut().for_each(|shift| shift.end = 1);
    }
    if has_depots {
        let other = &mut problem.shifts[ShiftId(1)];
        (other.start, other.end) = (2, if is_home { 2 } else { 3 });
    }
}

/// A table in which ways take so many times as long.
fn slowed(table: &TravelTable, factor: i32) -> TravelTable {
    TravelTable::of_ways(CLIENTS + 1, |from, to| {
        let (seconds, metres) = table.get(from as u32, to as u32).expect("points of a plane");
        (seconds.get() * factor, metres as i32)
    })
}

proptest! {
    #[test]
    fn moves_are_priced_as_the_routes_they_make(seed in 0u64..1000, has_depots: bool) {
        let mut problem = problem(seed);
        if has_depots {
            let other = &mut problem.shifts[ShiftId(1)];
            (other.start, other.end) = (2, 3);
        }
        let context = Context::new(&problem);
        let state = loaded(&context, seed);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let mut priced = 0;
        for u in 0..CLIENTS as u32 {
            for v in (0..CLIENTS as u32).filter(|&v| v != u) {
                let (at_u, at_v) = (state.spot(u, 0).unwrap(), state.spot(v, 0).unwrap());
                let (row_u, row_v) =
                    (&state.routes[at_u.route as usize].clients, &state.routes[at_v.route as usize].clients);
                let (around_u, around_v) = (Around::of(&state, at_u), Around::of(&state, at_v));
                let pair = Pair::new(&state, &around_u, &around_v);
                for kind in Move::ALL {
                    let told = if pair.is_none(kind) { None } else { pair.dearer(kind) };
                    let Some(dearer) = told else { continue };
                    let (rank_u, rank_v) = (at_u.rank as usize, at_v.rank as usize);
                    second.clear();
                    let metres = |at: Spot, row: &[u32]| {
                        let shift = &problem.shifts[ShiftId(state.routes[at.route as usize].shift)];
                        metres_between(&problem, (shift.start, shift.end), row)
                    };
                    let mut before = metres(at_u, row_u);
                    let is_move = if at_u.route == at_v.route {
                        kind.within(row_u, rank_u, rank_v, &mut first)
                    } else {
                        before += metres(at_v, row_v);
                        kind.between((row_u, rank_u), (row_v, rank_v), &mut first, &mut second)
                    };
                    prop_assert!(is_move, "{:?} {} {}", kind, u, v);
                    priced += 1;
                    let is_one = at_u.route == at_v.route;
                    let after = metres(at_u, &first) + if is_one { 0 } else { metres(at_v, &second) };
                    prop_assert_eq!(dearer, after - before, "{:?} {} {}", kind, u, v);
                }
            }
        }
        prop_assert!(priced > 100);
    }

    #[test]
    fn a_pair_turned_round_is_that_of_the_same_two_visits(
        seed in 0u64..1000,
        dearer in 1i64..4,
        [has_slopes, has_depots, is_longer] in any::<[bool; 3]>(),
    ) {
        let mut problem = problem(seed);
        if has_slopes {
            tilt(&mut problem, seed);
        }
        problem.vehicles[VehicleId(1)].cost_per_metre = Cost(dearer);
        if is_longer {
            let table = problem.travel[0].clone();
            let longer = |from: usize, to: usize| {
                let (_, metres) = table.get(from as u32, to as u32).expect("all are joined");
                2 * metres as i32 + 1
            };
            problem.travel.push(TravelTable::of_lengths(CLIENTS + 1, longer));
            problem.vehicles[VehicleId(1)].travel = 1;
        }
        place_depots(&mut problem, true, has_depots);
        let context = Context::new(&problem);
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, 1, prices);
            fill(&mut state, &mut Rng::new(seed, 5));
            for u in 0..CLIENTS as u32 {
                for v in (0..CLIENTS as u32).filter(|&v| v != u) {
                    let (Some(at_u), Some(at_v)) = (state.spot(u, 0), state.spot(v, 0)) else { continue };
                    let (around_u, around_v) = (Around::of(&state, at_u), Around::of(&state, at_v));
                    let pair = Pair::new(&state, &around_u, &around_v);
                    let turned = Pair::new(&state, &around_v, &around_u).turned();
                    prop_assert_eq!(turned.spots(), pair.spots());
                    for kind in Move::ALL {
                        prop_assert_eq!(turned.is_none(kind), pair.is_none(kind));
                        if !pair.is_none(kind) {
                            prop_assert_eq!(turned.dearer(kind), pair.dearer(kind), "{:?} {} {}", kind, u, v);
                            prop_assert_eq!(turned.is_hopeless(kind), pair.is_hopeless(kind));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn moves_pay_by_their_parts_as_by_the_sequences_they_make(
        seed in 0u64..300,
        trips in 1u32..4,
        [is_timed, has_releases, has_limits, has_price, is_home, is_narrow] in any::<[bool; 6]>(),
    ) {
        let mut problem = problem(seed);
        let mut rng = Rng::new(seed, 5);
        for vehicle in &mut problem.vehicles {
            (vehicle.max_trips, vehicle.reload) = (trips, Seconds(13));
            vehicle.capacity = vehicle.capacity.map(|full| if is_narrow { full / 3 } else { full });
        }
        place_depots(&mut problem, is_home, false);
        if is_timed {
            for client in &mut problem.clients {
                let open = rng.below(200) as i32;
                client.windows = vec![vec![Window { open: ClockTime(open), close: ClockTime(open + 150) }]];
                client.release = ClockTime(if has_releases { rng.below(150) as i32 } else { 0 });
            }
            if has_limits {
                problem.vehicles[VehicleId(0)].max_duty = Some(Seconds(250));
                problem.vehicles[VehicleId(1)].max_metres = Some(250);
            }
            problem.vehicles[VehicleId(1)].cost_per_second = Cost(i64::from(has_price));
        }
        let context = Context::new(&problem);
        prop_assert_eq!(context.shifts[0].is_timed, is_timed);
        let mut told = [0, 0];
        for prices in all_prices() {
            // Some may make one trip more.
            let mut state = in_trips(&context, seed, (trips as usize - rng.below(2)).max(1), prices);
            fill(&mut state, &mut rng);
            for u in 0..CLIENTS as u32 {
                for v in (0..CLIENTS as u32).filter(|&v| v != u) {
                    let (Some(at_u), Some(at_v)) = (state.spot(u, 0), state.spot(v, 0)) else { continue };
                    let is_one = at_u.route == at_v.route;
                    let no_tails = |&kind: &Move| !(is_one && kind == Move::SwapTails);
                    for kind in Move::ALL.into_iter().filter(no_tails) {
                        if let Ok(pays) = pays(&state, kind, at_u, at_v) {
                            prop_assert_eq!(pays, slowly_pays(&state, kind, at_u, at_v), "{:?} {} {}", kind, u, v);
                            told[usize::from(pays)] += 1;
                        }
                    }
                }
            }
        }
        prop_assert!(told[0] > 20);
    }

    #[test]
    fn moves_that_are_refused_by_their_ends_do_not_pay(
        seed in 0u64..300,
        dearer in 1i64..4,
        trips in 1u32..4,
        has_limits: bool,
        is_home: bool,
        has_depots: bool,
    ) {
        let mut problem = problem(seed);
        problem.vehicles[VehicleId(1)].cost_per_metre = Cost(dearer);
        for vehicle in &mut problem.vehicles {
            vehicle.max_trips = trips;
            vehicle.max_duty = has_limits.then_some(Seconds(400));
        }
        place_depots(&mut problem, is_home, has_depots);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 5);
        let mut hopeless = 0;
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, trips as usize, prices);
            fill(&mut state, &mut rng);
            for u in 0..CLIENTS as u32 {
                for v in (0..CLIENTS as u32).filter(|&v| v != u) {
                    let (Some(at_u), Some(at_v)) = (state.spot(u, 0), state.spot(v, 0)) else { continue };
                    let (around_u, around_v) = (Around::of(&state, at_u), Around::of(&state, at_v));
                    let pair = Pair::new(&state, &around_u, &around_v);
                    for kind in Move::ALL {
                        if pair.is_none(kind) {
                            let is_next = at_u.rank.abs_diff(at_v.rank) == 1;
                            let is_twin = kind == Move::Swap && is_next;
                            prop_assert!(is_twin || !slowly_pays(&state, kind, at_u, at_v), "{:?} {} {}", kind, u, v);
                        } else if pair.is_hopeless(kind) {
                            hopeless += 1;
                            prop_assert!(!slowly_pays(&state, kind, at_u, at_v), "{:?} {} {}", kind, u, v);
                        }
                    }
                }
            }
        }
        prop_assert!(hopeless > 20 || !is_home, "{}", hopeless);
    }

    #[test]
    fn moves_pay_by_their_ends_as_by_the_sequences_they_make(
        seed in 0u64..300,
        dearer in 1i64..4,
        trips in 1u32..4,
        [has_limits, has_depots, is_slower, is_home] in any::<[bool; 4]>(),
    ) {
        let mut problem = problem(seed);
        for vehicle in &mut problem.vehicles {
            vehicle.max_trips = trips;
            vehicle.max_duty = has_limits.then_some(Seconds(400));
            vehicle.reload = Seconds(13);
        }
        let other = &mut problem.vehicles[VehicleId(1)];
        other.cost_per_metre = Cost(dearer);
        other.max_visits = has_limits.then_some(7);
        if is_slower {
            problem.travel.push(slowed(&problem.travel[0], 2));
            problem.travel[0] = slowed(&problem.travel[0], 1);
            problem.vehicles[VehicleId(1)].travel = 1;
        }
        for (number, client) in problem.clients.iter_mut().enumerate() {
            let opening = Seconds(3 * number as i32);
            (client.service.shortest, client.service.longest) = (opening, opening);
            client.vehicles.set(0, number % 5 > 0);
        }
        place_depots(&mut problem, is_home, has_depots);
        let context = Context::new(&problem);
        prop_assert!(context.shifts.iter().all(|shift| !shift.is_timed));
        let mut rng = Rng::new(seed, 5);
        let mut told = [0, 0];
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, trips as usize, prices);
            fill(&mut state, &mut rng);
            for u in 0..CLIENTS as u32 {
                for v in (0..CLIENTS as u32).filter(|&v| v != u) {
                    let (Some(at_u), Some(at_v)) = (state.spot(u, 0), state.spot(v, 0)) else { continue };
                    let (around_u, around_v) = (Around::of(&state, at_u), Around::of(&state, at_v));
                    let pair = Pair::new(&state, &around_u, &around_v);
                    for kind in Move::ALL.into_iter().filter(|&kind| !pair.is_none(kind)) {
                        if let Ok(pays) = pair.pays(kind) {
                            prop_assert_eq!(pays, slowly_pays(&state, kind, at_u, at_v), "{:?} {} {}", kind, u, v);
                            told[usize::from(pays)] += 1;
                        }
                    }
                }
            }
        }
        prop_assert!(told[0] > 20 || !is_home, "{:?}", told);
    }

    #[test]
    fn moves_and_vehicles_make_no_total_larger_and_keep_it_exact(seed in 0u64..1000) {
        let problem = problem(seed);
        let context = Context::new(&problem);
        let mut state = loaded(&context, seed);
        let mut rng = Rng::new(seed, 2);
        let (mut fleet, mut moves) = (Fleet::new(&context), LocalSearch::default());
        let everybody: Vec<u32> = (0..CLIENTS as u32).collect();
        for _ in 0..20 {
            state.remove(rng.below(CLIENTS) as u32);
            state.settle(&mut Vec::new());
            fleet.reshuffle(&mut state, &mut rng);
            prop_assert_eq!(state.total(), slow_total(&state));
            let before = state.total();
            fleet.fit(&mut state, &mut rng);
            prop_assert!(state.total() <= before);
            prop_assert_eq!(state.total(), slow_total(&state));
            let before = state.total();
            moves.run_around(&mut state, &everybody);
            prop_assert!(state.total() <= before);
            prop_assert_eq!(state.total(), slow_total(&state));
            state.rollback();
            prop_assert_eq!(state.total(), slow_total(&state), "undone");
        }
    }
}
