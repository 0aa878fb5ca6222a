//! Which places and patterns are found, against all of them.

use super::*;

/// The problem with one visit or two to each client over three days, on patterns that are drawn.
fn over_days(seed: u64) -> Problem {
    let mut problem = problem(seed);
    let mut rng = Rng::new(seed, 7);
    problem.cycle_days = 3;
    for client in &mut problem.clients {
        client.windows = vec![client.windows[0].clone(); 3];
        client.locks = vec![None; 3];
        client.patterns = (0..=rng.below(4))
            .map(|_| {
                let mut days = DaySet::only(Day(rng.below(3) as u8));
                days.insert(Day(rng.below(3) as u8));
                days
            })
            .collect();
    }
    let on_day = |day: u8| problem.shifts.iter().map(move |shift| Shift { day: Day(day), ..shift.clone() });
    problem.shifts = (0..3).flat_map(on_day).collect();
    problem
}

/// Sixty clients on routes of five that drive up a strip of the plane.
fn in_strips(seed: u64) -> (Problem, Vec<(u32, Vec<u32>)>) {
    const MANY: usize = 60;
    let mut problem = problem(seed);
    let mut rng = Rng::new(seed, 8);
    let points: Vec<(f64, f64)> =
        (0..=MANY).map(|_| (rng.below(100) as f64, rng.below(100) as f64)).collect();
    let row = problem.clients.raw[0].clone();
    problem.clients = (1..=MANY).map(|point| Client { point: point as u32, ..row.clone() }).collect();
    problem.vehicles.iter_mut().for_each(|vehicle| vehicle.capacity = Some(100));
    problem.shifts.iter_mut().for_each(|shift| shift.count = 40);
    let mut order: Vec<u32> = (0..MANY as u32).collect();
    order.sort_by_key(|&client| {
        let (x, y) = points[client as usize + 1];
        (x as i64 / 20, y as i64)
    });
    problem.travel = vec![TravelTable::Plane(Plane { points, scale: 1.0, rounding: Rounding::Nearest })];
    (problem, order.chunks(5).map(|row| (0, row.to_vec())).collect())
}

/// Everybody who fits, put in one after the other.
fn filled<'c, 'p>(context: &'c Context<'p>, rng: &mut Rng) -> State<'c, 'p> {
    let mut state = State::new(context);
    fill(&mut state, rng);
    state
}

/// The points before and after every visit, by client and day.
fn neighbours(state: &State<'_, '_>) -> BTreeMap<(u32, u8), (u32, u32)> {
    let mut all = BTreeMap::new();
    for route in &state.routes {
        let shift = &state.context.shifts[route.shift as usize];
        let points = route.clients.iter().map(|&client| state.context.points[client as usize]);
        let points: Vec<u32> = std::iter::once(shift.start).chain(points).chain([shift.end]).collect();
        for (rank, &client) in route.clients.iter().enumerate() {
            all.insert((client, shift.day), (points[rank], points[rank + 2]));
        }
    }
    all
}

proptest! {
    #[test]
    fn visits_that_have_changed_are_those_with_other_neighbours(seed in 0u64..300) {
        let problem = over_days(seed);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 6);
        let mut state = filled(&context, &mut rng);
        let (mut inserter, mut found) = (Inserter::new(), Found::default());
        for _ in 0..20 {
            let before = neighbours(&state);
            let (moved, turned) = (rng.below(CLIENTS) as u32, rng.below(state.routes.len()) as u32);
            let mut row = state.routes[turned as usize].clients.clone();
            row.reverse();
            state.replace(turned, &row);
            if state.is_visited(moved) {
                state.lift(moved);
            }
            state.settle(&mut Vec::new());
            let mut candidate = Candidate::default();
            candidate.set(&state, moved);
            // Blinking, it goes back, elsewhere or to other days.
            if inserter.find(&mut state, &candidate, i64::MAX, &mut Blinks::new(0.3, &mut rng), &mut found) {
                state.insert(moved, &found.placements);
            }
            state.release();
            state.settle(&mut Vec::new());
            let now = neighbours(&state);
            let has_changed = |visit: &(u32, u8)| now.get(visit) != before.get(visit);
            let slow: Vec<(u32, u8)> = now.keys().copied().filter(has_changed).collect();
            let mut changed = Vec::new();
            state.changed_visits(&mut changed);
            changed.sort_unstable();
            prop_assert_eq!(changed, slow);
            if rng.chance(0.5) { state.commit() } else { state.rollback() }
        }
    }

    #[test]
    fn the_pattern_that_is_found_costs_least_of_all(seed in 0u64..300) {
        let problem = over_days(seed);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 6);
        let mut state = filled(&context, &mut rng);
        let (mut inserter, mut found) = (Inserter::new(), Found::default());
        for client in 0..CLIENTS as u32 {
            state.remove(client);
            state.settle(&mut Vec::new());
            let mut candidate = Candidate::default();
            candidate.set(&state, client);
            let mut costs = |days: DaySet| -> i64 {
                let mut on_day = |day: Day| {
                    inserter.find_on_day(&mut state, &candidate, day.0, &mut Blinks::new(0.0, &mut rng))
                };
                days.iter().map(|day| on_day(day).expect("there are vehicles").delta).sum()
            };
            let least = context.client(client).patterns.iter().map(|&days| costs(days)).min();
            let is_found = inserter.find(&mut state, &candidate, i64::MAX, &mut Blinks::new(0.0, &mut rng), &mut found);
            prop_assert_eq!(is_found.then_some(found.delta), least);
            prop_assert_eq!(found.placements.iter().map(|place| place.delta).sum::<i64>(), found.delta);
            // A detour that is rounded down may give a unit back, which the limit of another day does not wait for.
            let gives_back = found.placements.iter().any(|place| place.delta < 0);
            let limits = [(found.delta, false), (found.delta + 1, true)];
            for (most, is_enough) in limits.into_iter().filter(|_| !gives_back) {
                let (mut blinks, mut again) = (Blinks::new(0.0, &mut rng), Found::default());
                prop_assert_eq!(inserter.find(&mut state, &candidate, most, &mut blinks, &mut again), is_enough);
                prop_assert!(!is_enough || again.delta == found.delta, "the same below a limit");
            }
            state.rollback();
        }
    }

    #[test]
    fn the_place_that_is_found_beside_near_visits_costs_least_of_them(seed in 0u64..300, sees_ends: bool) {
        let (problem, routes) = in_strips(seed);
        let context = Context::new(&problem);
        let mut state = State::new(&context);
        state.load_routes(&routes);
        let (mut inserter, mut found) = (Inserter::new(), Found::default());
        inserter.sight.sees_ends = sees_ends;
        for client in 0..context.clients() as u32 {
            let mut candidate = Candidate::default();
            state.remove(client);
            state.settle(&mut Vec::new());
            candidate.set(&state, client);
            let is_near = |at: Option<&u32>| at.is_some_and(|at| context.near(client)[..30].contains(at));
            let rows = state.routes.iter().map(|route| &route.clients).filter(|row| !row.is_empty());
            let beside = rows.flat_map(|row| {
                let is_seen = |&at: &usize| {
                    let is_end = at == 0 || at == row.len();
                    sees_ends && is_end || is_near(row.get(at)) || is_near(at.checked_sub(1).map(|at| &row[at]))
                };
                (0..=row.len()).filter(is_seen).map(|at| {
                    let mut longer = row.clone();
                    longer.insert(at, client);
                    metres(&problem, &longer) - metres(&problem, row)
                }).collect::<Vec<_>>()
            });
            let least = beside.min().into_iter().chain([metres(&problem, &[client]) + 20]).min();
            let mut rng = Rng::new(seed, 6);
            let is_found = inserter.find(&mut state, &candidate, i64::MAX, &mut Blinks::new(0.0, &mut rng), &mut found);
            prop_assert_eq!(is_found.then_some(found.delta), least);
            state.rollback();
        }
    }
}

#[test]
fn places_on_the_ways_out_and_back_are_seen_though_nobody_near_is_beside_them() {
    // A client halfway to a cluster of 180, visited by routes that begin and end with those farthest from it.
    const CLUSTER: usize = 180;
    let mut problem = problem(1);
    let mut points = vec![(0.0, 0.0)];
    points.extend((0..CLUSTER).map(|at| (1000.0 + at as f64, (at % 7) as f64)));
    points.push((500.0, 3.0));
    let row = problem.clients.raw[0].clone();
    problem.clients = (1..=CLUSTER + 1).map(|point| Client { point: point as u32, ..row.clone() }).collect();
    problem.travel = vec![TravelTable::Plane(Plane { points, scale: 1.0, rounding: Rounding::Nearest })];
    problem.vehicles.iter_mut().for_each(|vehicle| vehicle.capacity = Some(10));
    problem.shifts.iter_mut().for_each(|shift| shift.count = 60);
    let context = Context::new(&problem);
    let routes: Vec<(u32, Vec<u32>)> = (0..45u32)
        .map(|at| (0, vec![CLUSTER as u32 - 1 - at, at, 89 - at, CLUSTER as u32 - 90 + at]))
        .collect();
    let mut state = State::new(&context);
    state.load_routes(&routes);
    assert_eq!(state.absent(), [CLUSTER as u32]);
    let mut candidate = Candidate::default();
    candidate.set(&state, CLUSTER as u32);
    let mut least = |sees_ends: bool| {
        let (mut inserter, mut rng, mut found) = (Inserter::new(), Rng::new(1, 1), Found::default());
        inserter.sight.sees_ends = sees_ends;
        assert!(inserter.find(&mut state, &candidate, i64::MAX, &mut Blinks::new(0.0, &mut rng), &mut found));
        found.delta
    };
    let (with_ends, without) = (least(true), least(false));
    let detours = routes.iter().flat_map(|(_, row)| {
        let mut longer = [row.clone(), row.clone()];
        longer[0].insert(0, CLUSTER as u32);
        longer[1].push(CLUSTER as u32);
        longer.map(|longer| metres(&problem, &longer) - metres(&problem, row))
    });
    assert_eq!(with_ends, detours.min().expect("routes"));
    assert!(with_ends < without, "{with_ends} {without}");
}
