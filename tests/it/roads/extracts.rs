//! Searches over real extracts, against certificates and against petgraph's own Dijkstra.

use geo::Point;
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use tournee::matrix::{ReachLimit, leg, reach, travel_matrix};
use tournee::network::{RoadNetwork, Snap, TravelGraph, Weight};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Metres, Seconds};

use super::reference::PLACES;
use crate::support::shared;

const TRAVELLERS: [Traveller; 5] = [
    Traveller::of(Profile::Car),
    Traveller::of(Profile::Van),
    Traveller { height_cm: Some(320), weight_kg: Some(12_000), ..Traveller::of(Profile::Bus) },
    Traveller { height_cm: Some(260), weight_kg: Some(3_500), ..Traveller::of(Profile::Van) },
    Traveller::of(Profile::Foot),
];

fn open(extract: &str) -> Option<RoadNetwork> {
    Some(RoadNetwork::open(&shared(&format!("data/{extract}"))?).expect("an extract that opens"))
}

/// `count` junctions spread over the map, snapped.
fn some_snaps(network: &RoadNetwork, traveller: &Traveller, count: usize) -> Vec<Snap> {
    let junctions = network.map().graph.node_count();
    let spread = (0..count).map(|i| NodeIndex::<u32>::new(i * 7_919 % junctions));
    let at = spread.map(|node| network.map().graph[node].at.point());
    at.filter_map(|at: Point| network.snap(traveller, at, Metres(2_000)).ok()).collect()
}

/// Weights of all states from one, by petgraph.
fn oracle(graph: &TravelGraph, from: u32) -> Vec<Option<Weight>> {
    let states = graph.state_count() as u32;
    let edges = (0..states).flat_map(|s| graph.edges(s).iter().map(move |edge| (s, edge.to, edge.weight)));
    let graph = DiGraph::<(), Weight, u32>::from_edges(edges);
    // petgraph adds with `+`; 64 bits of seconds over 32 of metres
    let pack = |weight: &Weight| u128::from(weight.seconds()) << 64 | u128::from(weight.metres());
    let found = dijkstra(&graph, NodeIndex::new(from as usize), None, |edge| pack(edge.weight()));
    (0..states)
        .map(|s| {
            found.get(&NodeIndex::new(s as usize)).map(|sum| Weight::new((sum >> 64) as u32, *sum as u32))
        })
        .collect()
}

#[test]
fn no_edge_shortens_a_distance_and_each_has_a_witness() {
    for (_, extract) in PLACES {
        let Some(network) = open(extract) else { return };
        // All travellers on small extracts, two on the large ones: enough to be slow already.
        let travellers = if extract.contains("porto") || extract.contains("columbus") {
            &TRAVELLERS[3..]
        } else {
            &TRAVELLERS[..]
        };
        for traveller in travellers {
            let graph = network.travel_graph(traveller);
            assert!(graph.state_count() > 500, "{extract} {traveller:?}: {}", graph.state_count());
            let from = graph.state_count() as u32 / 2;
            let weights = tournee::matrix::weights_from(&graph, from);
            let mut has_witness = vec![false; weights.len()];
            has_witness[from as usize] = true;
            for state in 0..graph.state_count() as u32 {
                let Some(weight) = weights[state as usize] else { continue };
                for edge in graph.edges(state) {
                    let through = weight.checked_add(edge.weight).expect("no road is that long");
                    let known = weights[edge.to as usize].expect("an edge leads there");
                    assert!(known <= through, "{extract} {traveller:?}: {state} to {}", edge.to);
                    has_witness[edge.to as usize] |= known == through;
                }
            }
            let reached = weights.iter().map(Option::is_some);
            assert!(reached.eq(has_witness), "{extract} {traveller:?}: a distance without a witness");
        }
    }
}

#[test]
fn searches_agree_with_petgraph_on_extracts() {
    for (_, extract) in PLACES {
        let Some(network) = open(extract) else { return };
        for traveller in [TRAVELLERS[0], TRAVELLERS[4]] {
            let graph = network.travel_graph(&traveller);
            for from in [0, graph.state_count() as u32 / 3] {
                assert!(
                    tournee::matrix::weights_from(&graph, from) == oracle(&graph, from),
                    "{extract} {traveller:?}"
                );
            }
        }
    }
}

#[test]
fn legs_reach_and_matrix_agree_and_threads_change_nothing() {
    let [.., (_, extract), _] = PLACES;
    let Some(network) = open(extract) else { return };
    for traveller in [TRAVELLERS[0], TRAVELLERS[4]] {
        let snaps = some_snaps(&network, &traveller, 40);
        assert!(snaps.len() > 20);
        let matrix = travel_matrix(&network, &traveller, &snaps, &snaps);
        let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        assert_eq!(one_thread.install(|| travel_matrix(&network, &traveller, &snaps, &snaps)), matrix);
        for from in (0..snaps.len()).step_by(7) {
            for to in 0..snaps.len() {
                let leg = leg(&network, &traveller, &snaps[from], &snaps[to]);
                assert_eq!(leg.map(|leg| leg.travel), matrix.get(from, to));
            }
        }
        let limits = [
            ReachLimit { seconds: Some(Seconds(600)), metres: None },
            ReachLimit { seconds: None, metres: Some(Metres(6_000)) },
            ReachLimit { seconds: Some(Seconds(900)), metres: Some(Metres(7_000)) },
        ];
        for limit in limits {
            let found = reach(&network, &traveller, &snaps, &snaps, limit);
            for (from, row) in found.rows.iter().enumerate() {
                let within = |to: &usize| {
                    matrix.get(from, *to).is_some_and(|travel| {
                        limit.seconds.is_none_or(|most| travel.seconds <= most)
                            && limit.metres.is_none_or(|most| travel.metres <= most)
                    })
                };
                let mut expected: Vec<_> = (0..snaps.len()).filter(within).collect();
                expected.sort_by_key(|to| (matrix.get(from, *to), *to));
                assert_eq!(row.iter().map(|(to, _)| *to as usize).collect::<Vec<_>>(), expected, "{limit:?}");
                assert!(row.iter().all(|(to, travel)| matrix.get(from, *to as usize) == Some(*travel)));
            }
        }
    }
}
