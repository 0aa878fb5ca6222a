//! Arcs of two solutions exchanged along a cycle.

use super::*;
use crate::solver::arcs::Parents;
use crate::solver::assembly;
use crate::solver::crossing::{FIRST, OTHER, Sequences};

/// Tail and head as places: clients, then the depot of a class of shifts.
type Arc = (u32, u32);

/// Vehicles of one kind.
fn with_equal_vehicles(seed: u64) -> Problem {
    let mut problem = problem(seed);
    problem.vehicles.raw[1] = problem.vehicles.raw[0].clone();
    problem
}

/// Two depots with vehicles of one kind, and ways of a length that depends on their direction.
pub(in crate::solver) fn with_two_depots(seed: u64) -> Problem {
    let mut problem = with_equal_vehicles(seed);
    problem.shifts.raw[1].start = 1;
    problem.shifts.raw[1].end = 1;
    tilt(&mut problem, seed);
    problem
}

/// All clients in a random order, on up to four routes of both classes.
pub(in crate::solver) fn solution(rng: &mut Rng) -> Sequences {
    let mut clients: Vec<u32> = (0..CLIENTS as u32).collect();
    rng.shuffle(&mut clients);
    let mut routes = Sequences::new();
    while !clients.is_empty() {
        let count = if routes.len() == 3 { clients.len() } else { 1 + rng.below(clients.len()) };
        routes.push((rng.below(2) as u32, clients.split_off(clients.len() - count)));
    }
    routes
}

/// The arcs of routes, each as often as it is there: with `count` routes of each class, as many of which are empty as are missing.
fn arcs_of(context: &Context<'_>, routes: &[(u32, Vec<u32>)], count: [usize; 2]) -> BTreeMap<Arc, usize> {
    let mut arcs = BTreeMap::new();
    let mut left = count;
    let used = routes.iter().map(|(shift, clients)| (context.shifts[*shift as usize].class, clients.clone()));
    let mut add = |class: u32, clients: &[u32]| {
        let depot = CLIENTS as u32 + class;
        let places: Vec<u32> = std::iter::once(depot).chain(clients.iter().copied()).chain([depot]).collect();
        for pair in places.windows(2) {
            *arcs.entry((pair[0], pair[1])).or_insert(0) += 1;
        }
    };
    for (class, clients) in used {
        left[class as usize] -= 1;
        add(class, &clients);
    }
    for (class, left) in left.into_iter().enumerate() {
        (0..left).for_each(|_| add(class as u32, &[]));
    }
    arcs
}

/// How many routes of each class there are, at most, in one of the two.
fn most_routes(context: &Context<'_>, solutions: [&Sequences; 2]) -> [usize; 2] {
    [0, 1].map(|class| {
        let of = |routes: &&Sequences| {
            routes.iter().filter(|(shift, _)| context.shifts[*shift as usize].class == class).count()
        };
        solutions.iter().map(of).max().expect("two")
    })
}

proptest! {
    #[test]
    fn cycles_are_closed_and_hold_each_arc_that_is_not_in_both(seed in 0u64..1000) {
        let problem = with_two_depots(seed);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 11);
        let (first, other) = (solution(&mut rng), solution(&mut rng));
        let parents = Parents::new(&context, [&first, &other]).expect("both visit everybody on one day");
        let cycles = parents.cycles(&mut rng);
        let arc = |side: usize, arc: u32| (parents.tail(arc), parents.arcs[side].head[arc as usize]);
        let mut found = [BTreeMap::new(), BTreeMap::new()];
        for cycle in &cycles {
            let mut ends = [BTreeMap::new(), BTreeMap::new()];
            for (side, arcs) in cycle.iter().enumerate() {
                for &number in arcs {
                    let (tail, head) = arc(side, number);
                    *found[side].entry((tail, head)).or_insert(0) += 1;
                    let step = if side == FIRST { 1 } else { -1 };
                    *ends[0].entry(tail).or_insert(0) += step;
                    *ends[1].entry(head).or_insert(0) += step;
                }
            }
            prop_assert!(!cycle[FIRST].is_empty());
            prop_assert!(ends.iter().flat_map(BTreeMap::values).all(|&balance| balance == 0), "as many come as go");
            // In a cycle no place is left, or reached, twice.
            for side in [FIRST, OTHER] {
                let tails: BTreeSet<u32> = cycle[side].iter().map(|&number| arc(side, number).0).collect();
                let heads: BTreeSet<u32> = cycle[side].iter().map(|&number| arc(side, number).1).collect();
                prop_assert_eq!([tails.len(), heads.len()], [cycle[side].len(); 2]);
            }
        }
        let counts = most_routes(&context, [&first, &other]);
        let all = [&first, &other].map(|routes| arcs_of(&context, routes, counts));
        for side in [FIRST, OTHER] {
            let mut apart = all[side].clone();
            for (arc, count) in &mut apart {
                *count = count.saturating_sub(all[1 - side].get(arc).copied().unwrap_or(0));
            }
            apart.retain(|_, count| *count > 0);
            prop_assert_eq!(&found[side], &apart);
        }
    }

    #[test]
    fn a_child_by_assembly_visits_everybody_once_and_has_arcs_of_its_parents(seed in 0u64..1000) {
        let problem = with_two_depots(seed);
        let context = Context::new(&problem);
        let mut rng = Rng::new(seed, 12);
        let (first, other) = (solution(&mut rng), solution(&mut rng));
        let Some(child) = assembly::child(&context, [&first, &other], &mut rng) else {
            let counts = most_routes(&context, [&first, &other]);
            prop_assert_eq!(arcs_of(&context, &first, counts), arcs_of(&context, &other, counts));
            return Ok(());
        };
        let mut visited: Vec<u32> = child.routes.iter().flat_map(|(_, clients)| clients.clone()).collect();
        visited.sort_unstable();
        prop_assert_eq!(visited, (0..CLIENTS as u32).collect::<Vec<_>>());
        let counts = most_routes(&context, [&first, &other]);
        let [of_first, of_other, of_child] = [&first, &other, &child.routes].map(|routes| arcs_of(&context, routes, counts));
        // New neighbours meet at the seam, and only there.
        let is_client = |place: u32| place < CLIENTS as u32;
        let neighbours = |arcs: &BTreeMap<Arc, usize>, client: u32| {
            let around = arcs.keys().filter(|(tail, head)| *tail == client || *head == client);
            around.copied().collect::<BTreeSet<Arc>>()
        };
        for client in 0..CLIENTS as u32 {
            // Routes may end at their own depot instead of another's.
            let between = |arcs: &BTreeMap<Arc, usize>| {
                let all = neighbours(arcs, client).into_iter();
                all.filter(|(tail, head)| is_client(*tail) && is_client(*head)).collect::<BTreeSet<Arc>>()
            };
            prop_assert!(child.seam.contains(&client) || between(&of_child) == between(&of_first));
        }
        let both = |arc: &Arc| of_first.contains_key(arc) || of_other.contains_key(arc);
        let invented = of_child.keys().filter(|arc| is_client(arc.0) && is_client(arc.1) && !both(arc));
        prop_assert!(invented.clone().all(|arc| child.seam.contains(&arc.0) && child.seam.contains(&arc.1)));
        prop_assert!(of_child != of_first || invented.count() == 0);
    }
}

#[test]
fn solutions_of_other_kinds_are_not_assembled() {
    let plain = with_equal_vehicles(1);
    let context = Context::new(&plain);
    let whole: Sequences = vec![(0, vec![0, 1, 2]), (1, vec![3, 4])];
    let turned: Sequences = vec![(0, vec![2, 1, 0]), (1, vec![3, 4])];
    let rng = || Rng::new(1, 1);
    assert!(assembly::child(&context, [&whole, &turned], &mut rng()).is_some());
    assert!(assembly::child(&context, [&whole, &whole], &mut rng()).is_none(), "both are the same");
    let fewer: Sequences = vec![(0, vec![0, 1, 2]), (1, vec![4])];
    assert!(assembly::child(&context, [&whole, &fewer], &mut rng()).is_none());
    let in_trips: Sequences = vec![(0, vec![0, NONE, 1, 2]), (1, vec![3, 4])];
    assert!(assembly::child(&context, [&whole, &in_trips], &mut rng()).is_none());
    let of_two_kinds = problem(1);
    assert!(assembly::child(&Context::new(&of_two_kinds), [&whole, &turned], &mut rng()).is_none());
    let on_two_days = Problem { cycle_days: 2, ..plain.clone() };
    assert!(assembly::child(&Context::new(&on_two_days), [&whole, &turned], &mut rng()).is_none());
}
