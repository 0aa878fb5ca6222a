//! What is taken out.

use super::*;
use crate::solver::ruin::{Ruin, RuinSize};

#[test]
fn now_and_then_a_whole_route_is_taken_out_where_everybody_must_be_visited() {
    let problem = problem(1);
    let context = Context::new(&problem);
    let large = (0..context.shifts.len()).max_by_key(|&shift| context.shifts[shift].capacity).expect("some");
    let mut state = State::new(&context);
    state.load_routes(&[(large as u32, vec![0, 1, 2, 3, 4, 5])]);
    state.commit();
    let (mut ruin, mut rng) = (Ruin::default(), Rng::new(1, 1));
    let mut times_taken = [0; 7];
    for _ in 0..2000 {
        ruin.choose(&state, None, RuinSize { clients: 2.0, string: 2 }, &mut rng);
        times_taken[ruin.removed.len()] += 1;
    }
    assert_eq!(times_taken[3..6], [0, 0, 0], "strings are of two");
    assert!((5..40).contains(&times_taken[6]), "one of a hundred: {times_taken:?}");
}
