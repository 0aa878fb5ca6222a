//! Where reloads are put, against every way to put them.

use super::*;
use crate::solver::context::visits_of;
use crate::solver::shift::ShiftFacts;
use crate::solver::split::Split;

/// The clients with reloads in those gaps whose bits are set.
fn cut_at(clients: &[u32], cuts: u32) -> Vec<u32> {
    let mut sequence = Vec::new();
    for (position, &client) in clients.iter().enumerate() {
        if position > 0 && cuts & 1 << (position - 1) > 0 {
            sequence.push(NONE);
        }
        sequence.push(client);
    }
    sequence
}

proptest! {
    #[test]
    fn trips_are_those_that_cost_least_of_all(seed in 0u64..1000, is_home: bool) {
        let mut problem = problem(seed);
        let mut rng = Rng::new(seed, 5);
        problem.vehicles.iter_mut().for_each(|vehicle| vehicle.max_trips = CLIENTS as u32);
        for client in &mut problem.clients {
            client.registered = 1 + rng.below(3) as i64;
        }
        problem.shifts.iter_mut().for_each(|shift| shift.end = u32::from(!is_home));
        let context = Context::new(&problem);
        let mut state = in_trips(&context, seed, 2, Prices::STRICT);
        fill(&mut state, &mut rng);
        prop_assert!(state.absent().is_empty());
        let mut clients: Vec<u32> = (0..CLIENTS as u32).filter(|_| rng.chance(0.6)).collect();
        rng.shuffle(&mut clients);
        let shift = &context.shifts[0];
        let mut split = Split::default();
        prop_assert!(split.cut(&state, shift, &clients));
        prop_assert!(visits_of(&split.sequence).eq(clients.iter().copied()));
        let cost = |sequence: &[u32]| least_cost(&state, 0, sequence, i64::MAX);
        let gaps = clients.len().saturating_sub(1);
        let least = (0..1u32 << gaps).filter_map(|cuts| cost(&cut_at(&clients, cuts))).min();
        prop_assert_eq!(cost(&split.sequence).filter(|_| gaps > 0), least.filter(|_| gaps > 0));
        // One trip less is not allowed.
        let trips = 1 + split.sequence.len() - clients.len();
        let fewer = ShiftFacts { max_trips: trips - 1, ..shift.clone() };
        prop_assert!(clients.is_empty() || !split.cut(&state, &fewer, &clients));
    }

    #[test]
    fn vehicles_that_reload_make_no_total_larger_and_keep_it_exact(
        seed in 0u64..500,
        trips in 1u32..4,
        [has_depots, has_limits] in any::<[bool; 2]>(),
    ) {
        let mut problem = problem(seed);
        for vehicle in &mut problem.vehicles {
            vehicle.max_trips = trips;
            vehicle.max_duty = has_limits.then_some(Seconds(500));
            vehicle.reload = Seconds(13);
        }
        // One kind alone may reload.
        problem.vehicles[VehicleId(1)].max_trips = 1;
        if has_depots {
            let other = &mut problem.shifts[ShiftId(1)];
            (other.start, other.end) = (2, 2);
        }
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 6);
        let mut fleet = Fleet::new(&context);
        let mut changed = 0;
        for prices in all_prices() {
            let mut state = in_trips(&context, seed, 1, prices);
            fill(&mut state, &mut rng);
            for _ in 0..10 {
                state.remove(rng.below(CLIENTS) as u32);
                state.settle(&mut Vec::new());
                fleet.reshuffle(&mut state, &mut rng);
                let before = state.energy();
                fleet.fit(&mut state, &mut rng);
                prop_assert!(state.energy() <= before);
                changed += usize::from(state.energy() < before);
                if state.totals.excess.is_none() {
                    prop_assert_eq!(state.total(), slow_total(&state));
                }
                state.rollback();
            }
        }
        prop_assert!(changed > 0 || has_limits || has_depots || trips == 1, "{}", changed);
    }
}
