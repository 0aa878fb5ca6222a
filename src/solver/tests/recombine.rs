//! Remembered routes put together anew.

use super::*;
use crate::model::Pool;
use crate::solver::recombine::Recombine;

/// Remembers all routes of a state.
fn remember(recombine: &mut Recombine, state: &mut State<'_, '_>) {
    for route in 0..state.routes.len() as u32 {
        let clients = state.routes[route as usize].clients.clone();
        state.replace(route, &clients);
    }
    state.settle(&mut Vec::new());
    recombine.take_in(state);
    state.rollback();
}

/// The same visits on the same vehicles, in other orders.
fn shuffled<'c, 'p>(state: &State<'c, 'p>, rng: &mut Rng) -> State<'c, 'p> {
    let mut routes = sequences(state);
    for (_, clients) in &mut routes {
        rng.shuffle(clients);
    }
    let mut shuffled = State::new(state.context);
    shuffled.load_routes(&routes);
    shuffled
}

proptest! {
    #[test]
    fn remembered_routes_are_put_together_exactly(seed in 0u64..300, vehicles in 4u32..9, has_prices: bool) {
        let mut problem = problem(seed);
        // Both kinds draw on one stock.
        problem.pools = vec![Pool { shifts: problem.shifts.keys().collect(), count: vehicles }];
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 8);
        let mut recombine = Recombine::new(&context);
        let mut least = i64::MAX;
        for stream in 0..4 {
            let mut state = loaded(&context, seed * 4 + stream);
            least = least.min(state.total());
            remember(&mut recombine, &mut state);
        }
        let mut state = shuffled(&loaded(&context, seed * 4), &mut rng);
        state.prices = if has_prices { Prices::new(Some(7), Some(3)) } else { Prices::STRICT };
        let before = state.total();
        let is_better = recombine.improve(&mut state, rng.below(CLIENTS) as u32, &mut rng);
        prop_assert_eq!(is_better, state.total() < before);
        prop_assert_eq!(state.total(), slow_total(&state), "everybody once, within every limit");
        prop_assert!(state.total() <= least, "all four routes gave way");
        state.rollback();
        prop_assert_eq!(state.total(), before, "undone");
        prop_assert_eq!(state.total(), slow_total(&state));
    }
}

#[test]
fn nothing_remembered_changes_nothing() {
    let problem = problem(1);
    let context = Context::new(&problem);
    let mut state = loaded(&context, 1);
    let before = state.total();
    assert!(!Recombine::new(&context).improve(&mut state, 0, &mut Rng::new(1, 1)));
    assert_eq!(state.total(), before);
}

#[test]
fn where_it_does_not_hold_it_is_not_tried() {
    let plain = problem(1);
    assert!(Recombine::new(&Context::new(&plain)).is_possible);
    let mut with_sets = plain.clone();
    with_sets.alternatives = vec![vec![ClientId(0), ClientId(1)]];
    with_sets.clients.iter_mut().take(2).for_each(|client| client.required = false);
    assert!(!Recombine::new(&Context::new(&with_sets)).is_possible);
    let mut with_scores = plain.clone();
    with_scores.clients.iter_mut().for_each(|client| client.value = Cost(5));
    assert!(!Recombine::new(&Context::new(&with_scores)).is_possible);
    let with_windows = with_hours(1, 1, false, false, true);
    assert!(!Recombine::new(&Context::new(&with_windows)).is_possible);
    let nobody = Problem { clients: std::iter::empty::<Client>().collect(), ..plain };
    assert!(!Recombine::new(&Context::new(&nobody)).is_possible);
}
