//! What searches promise each other: pruned ones lose no route of interest, and quick ones claim too little rather than too much.

use fixedbitset::FixedBitSet;
use typed_index_collections::TiVec;

use super::completion::Completion;
use super::kinds::Shifts;
use super::labels::{Asked, Care, Found, Labelling};
use super::memory::Memory;
use super::shift::ShiftGraph;
use crate::ids::{ClientId, VehicleId};
use crate::model::schedule::{VisitLoad, visit_load};
use crate::model::{Client, Covering, Problem, Service, Shift, TravelTable, Vehicle};
use crate::units::{ClockTime, Cost, Day, DaySet, Need, Seconds, Window};

const CLIENTS: usize = 9;

/// A multiplicative congruential stream (Lehmer, 48271).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        (self.0 / 7) as usize % bound
    }
}

fn hours(open: i32, close: i32) -> Window {
    Window { open: ClockTime(open * 3600), close: ClockTime(close * 3600) }
}

/// One van, one day; villages on a square of streets, half of them open in the morning or afternoon alone.
fn drawn(rng: &mut Draw, max_trips: u32) -> Problem {
    let points: Vec<(i32, i32)> =
        (0..=CLIENTS).map(|_| (rng.below(40) as i32, rng.below(40) as i32)).collect();
    let travel = TravelTable::of_ways(points.len(), |from, to| {
        let blocks = (points[from].0 - points[to].0).abs() + (points[from].1 - points[to].1).abs();
        (60 * blocks, 500 * blocks)
    });
    let client = |point: usize, rng: &mut Draw| Client {
        point: point as u32,
        patterns: vec![DaySet::only(Day(0))],
        windows: vec![vec![[hours(8, 18), hours(9, 18), hours(9, 12), hours(13, 17)][rng.below(4)]]],
        required: false,
        value: Cost::ZERO,
        registered: 5 + rng.below(20) as i64,
        mass_per_household: 0,
        service: Service {
            setup: Seconds::from_minutes(15),
            per_household: Seconds::from_minutes(3),
            shortest: Seconds::from_minutes(30),
            longest: Seconds::from_minutes(120),
        },
        vehicles: std::iter::once(0).collect::<FixedBitSet>(),
        locks: vec![None],
        release: ClockTime::MIDNIGHT,
    };
    Problem {
        cycle_days: 1,
        clients: (1..=CLIENTS).map(|point| client(point, rng)).collect(),
        vehicles: std::iter::once(van(max_trips)).collect(),
        shifts: std::iter::once(Shift {
            vehicle: VehicleId(0),
            day: Day(0),
            window: hours(8, 18),
            start: 0,
            end: 0,
            count: 1,
        })
        .collect(),
        travel: vec![travel],
        covering: Covering::default(),
        alternatives: Vec::new(),
        pools: Vec::new(),
        grid: Seconds(300),
        margin: Seconds(300),
        missed_visit: Cost(1_000_000_000),
    }
}

fn van(max_trips: u32) -> Vehicle {
    Vehicle {
        travel: 0,
        capacity: Some(100),
        capacity_mass: None,
        cost_fixed: Cost(20_000_000),
        cost_per_metre: Cost(400),
        cost_per_second: Cost(5000),
        max_duty: Some(Seconds::from_minutes(9 * 60)),
        max_driving: None,
        max_metres: None,
        max_visits: None,
        rest: None,
        max_cold: None,
        reload: Seconds::from_minutes(30),
        max_trips,
        service_points: 1,
    }
}

/// A shift with what each of its visits brings.
struct Case {
    problem: Problem,
    graph: ShiftGraph,
    brings: Vec<i64>,
}

fn cases() -> Vec<Case> {
    let mut rng = Draw(5);
    (0..40)
        .map(|number| {
            let problem = drawn(&mut rng, 1 + number % 2 * 2);
            let loads: TiVec<ClientId, VisitLoad> =
                problem.clients.iter().map(|client| visit_load(client, Need::ZERO)).collect();
            let patterns: TiVec<ClientId, Vec<DaySet>> =
                problem.clients.iter().map(|client| client.patterns.clone()).collect();
            let graph = Shifts::new(&problem, &loads, &patterns).expect("a small one").graphs.remove(0);
            let brings = graph.nodes.iter().map(|_| rng.below(90) as i64 * 1_000_000).collect();
            Case { problem, graph, brings }
        })
        .collect()
}

impl Case {
    fn search(&self, care: Care, below: Option<i64>, labels_max: usize) -> Found {
        let labelling = Labelling::new(&self.problem, &self.graph);
        labelling.search(&self.problem, &self.graph, &self.brings, Asked { care, below, labels_max })
    }

    /// Whose routes come back to nobody, as lawful ones.
    fn elementary(&self) -> Labelling {
        let mut labelling = Labelling::new(&self.problem, &self.graph);
        let nodes = self.graph.nodes.len() as u16;
        for (node, passed) in (0..nodes).flat_map(|node| (0..nodes).map(move |passed| (node, passed))) {
            labelling.memory.forbid_returns(&[node, passed, node]);
        }
        labelling
    }

    fn search_elementary(&self, below: Option<i64>) -> Found {
        let asked = Asked { care: Care::Exact, below, labels_max: 1_000_000 };
        self.elementary().search(&self.problem, &self.graph, &self.brings, asked)
    }
}

#[test]
fn a_search_below_a_price_finds_the_cheapest_route_and_makes_fewer_labels() {
    let (mut labels, mut pruned_labels, mut paying) = (0, 0, 0);
    for case in cases() {
        let whole = case.search_elementary(None);
        assert!(whole.is_whole);
        let cheapest = whole.routes[0].0;
        assert_eq!(whole.least, cheapest.min(0));
        for below in [0, cheapest / 2, cheapest + 1] {
            let pruned = case.search_elementary(Some(below));
            assert!(
                pruned.is_whole
                    && pruned.least <= cheapest.min(0)
                    && pruned.least >= cheapest.min(below).min(0)
            );
            if cheapest < below {
                assert_eq!(pruned.routes[0].0, cheapest);
            }
            pruned_labels += pruned.work;
            labels += whole.work;
        }
        paying += usize::from(cheapest < 0);
    }
    assert!(pruned_labels * 3 < labels * 2, "{pruned_labels} of {labels}");
    assert!(paying > 30);
}

#[test]
fn where_nothing_is_cheap_enough_no_more_than_the_price_asked_for_is_told() {
    for case in cases() {
        let cheapest = case.search_elementary(None).least;
        let found = case.search_elementary(Some(cheapest - 1));
        // The price asked for, or what was known without a search.
        assert!((cheapest - 1..=cheapest).contains(&found.least));
    }
}

#[test]
fn no_search_tells_more_than_the_cheapest_lawful_route() {
    let mut is_told = 0;
    for case in cases() {
        let cheapest = case.search_elementary(None).least;
        let completion = Completion::new(&case.problem, &case.graph, &case.brings).expect("openings last");
        assert!(completion.least() <= cheapest);
        assert_eq!(case.search(Care::Quick, Some(0), 100_000).least, completion.least());
        for (below, labels_max) in
            [(None, 100_000), (Some(0), 100_000), (Some(cheapest / 2), 100_000), (Some(0), 1)]
        {
            assert!(case.search(Care::Exact, below, labels_max).least <= cheapest);
        }
        // Worth something: not twice as low, in most cases.
        is_told += usize::from(completion.least() >= 2 * cheapest);
    }
    assert!(is_told > 30, "{is_told}");
}

#[test]
fn memory_holds_whom_sets_hold() {
    let mut rng = Draw(11);
    for case in cases() {
        let count = case.graph.nodes.len();
        let mut memory = Memory::new(&case.graph);
        for _ in 0..20 {
            let route: Vec<u16> = (0..6).map(|_| rng.below(count) as u16).collect();
            // Somebody who alone was visited is forgotten on the way or not.
            let remembers = |memory: &Memory, at: u16, node: u16| {
                let (at, node) = (usize::from(at), usize::from(node));
                memory.holds(memory.gone_on(memory.begun(node), node, at), at, node)
            };
            let mut held: Vec<u16> = vec![route[0]];
            let mut visited = memory.begun(usize::from(route[0]));
            let mut is_free = true;
            for pair in route.windows(2) {
                is_free &= !held.contains(&pair[1]);
                visited = memory.gone_on(visited, usize::from(pair[0]), usize::from(pair[1]));
                held.retain(|&node| remembers(&memory, pair[1], node));
                if !held.contains(&pair[1]) {
                    held.push(pair[1]);
                }
                for node in 0..count {
                    let holds = memory.holds(visited, usize::from(pair[1]), node);
                    assert_eq!(holds, held.contains(&(node as u16)));
                }
            }
            assert_eq!(memory.allows(&route), is_free);
            // Whoever comes back to somebody else in between is told to remember, and then is not allowed.
            let comes_back = (0..route.len())
                .any(|last| route[..last].contains(&route[last]) && route[last - 1] != route[last]);
            memory.forbid_returns(&route);
            assert!(!comes_back || !memory.allows(&route));
        }
    }
}
