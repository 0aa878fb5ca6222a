//! Roads sketched from points, and the searches over them.

use geo::{LineString, Point};
use petgraph::algo::dijkstra;
use petgraph::graph::UnGraph;
use proptest::prelude::*;
use tournee::matrix::{Reach, ReachLimit, TravelMatrix, leg, reach, travel_matrix};
use tournee::network::{Position, RoadNetwork, SketchSettings, Snap, SnapError, Way, Weight};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Metres, Seconds};

const VAN: Traveller = Traveller::of(Profile::Van);

fn settings(neighbours: u32) -> SketchSettings {
    SketchSettings {
        neighbours,
        detour: 1.3,
        speeds: vec![(Metres(2_000), 40), (Metres(10_000), 60), (Metres(i32::MAX), 75)],
    }
}

fn snap_all(network: &RoadNetwork, traveller: &Traveller, points: &[Point]) -> Vec<Snap> {
    points
        .iter()
        .map(|at| network.snap(traveller, *at, Metres(5)).expect("a sketch passes its points"))
        .collect()
}

fn square(network: &RoadNetwork, traveller: &Traveller, points: &[Point]) -> TravelMatrix {
    let snaps = snap_all(network, traveller, points);
    travel_matrix(network, traveller, &snaps, &snaps)
}

#[test]
fn two_points_are_joined_by_one_stretched_road() {
    // 0.1 degree of longitude at 47° N is 7 601 m on the ellipsoid; stretched by 1.3: 9 881 m; at 60 km/h: 593 s.
    let points = [Point::new(3.0, 47.0), Point::new(3.1, 47.0)];
    let network = RoadNetwork::sketch(&points, &settings(6));
    let travel = square(&network, &VAN, &points).get(0, 1).expect("joined");
    assert!((9_875..=9_890).contains(&travel.metres.get()), "{travel:?}");
    assert_eq!(travel.seconds.get(), (f64::from(travel.metres.get()) * 3.6 / 60.0).round() as i32);
    let walk = square(&network, &Traveller::of(Profile::Foot), &points).get(0, 1).expect("joined");
    assert!((7_110..=7_121).contains(&walk.seconds.get()), "5 km/h: {walk:?}");
    assert!(network.is_sketch());
}

#[test]
fn a_lone_point_and_coincident_points_are_at_no_distance() {
    let here = Point::new(3.0, 47.0);
    for points in [vec![here], vec![here; 3]] {
        let network = RoadNetwork::sketch(&points, &settings(3));
        let matrix = square(&network, &VAN, &points);
        for to in 0..points.len() {
            assert_eq!(
                matrix.get(0, to).map(|travel| (travel.seconds, travel.metres)),
                Some((Seconds(0), Metres(0)))
            );
        }
        let snaps = snap_all(&network, &VAN, &points);
        let leg = leg(&network, &VAN, &snaps[0], &snaps[0]).expect("here is reached from here");
        assert_eq!(leg.line, LineString::from(vec![here, here]));
    }
}

#[test]
fn no_point_at_all_is_no_road_at_all() {
    let network = RoadNetwork::sketch(&[], &settings(3));
    let answer = network.snap(&VAN, Point::new(3.0, 47.0), Metres(1_000));
    assert_eq!(answer, Err(SnapError::TooFar { nearest: None }));
}

#[test]
fn a_point_far_from_the_sketch_is_told_how_far() {
    let points = [Point::new(3.0, 47.0), Point::new(3.1, 47.0)];
    let network = RoadNetwork::sketch(&points, &settings(3));
    // 0.02 degrees of latitude south of the western point: 2 224 m
    let answer = network.snap(&VAN, Point::new(3.0, 46.98), Metres(1_000));
    assert_eq!(answer, Err(SnapError::TooFar { nearest: Some(Metres(2_223)) }));
    let snap = network.snap(&VAN, Point::new(3.0, 46.98), Metres(3_000)).expect("within the limit");
    assert_eq!(snap.gap, Metres(2_223));
    assert_eq!(snap.gap_time, Seconds(800), "10 km/h");
}

#[test]
fn collinear_points_and_distant_clusters_reach_each_other() {
    let line: Vec<Point> = (0..40).map(|i| Point::new(3.0 + f64::from(i) * 0.01, 47.0)).collect();
    let clusters: Vec<Point> =
        (0..40).map(|i| Point::new(3.0 + f64::from(i % 2) * 2.0 + f64::from(i) * 0.001, 47.0)).collect();
    for points in [line, clusters] {
        let network = RoadNetwork::sketch(&points, &settings(1));
        let matrix = square(&network, &VAN, &points);
        assert!((0..40).all(|to| matrix.get(0, to).is_some() && matrix.get(to, 0).is_some()));
    }
}

/// Distances between junctions by petgraph's own search.
fn oracle(network: &RoadNetwork, points: &[Point]) -> Vec<Vec<Weight>> {
    let map = network.map();
    let mut graph = UnGraph::<Position, (u64, u64)>::new_undirected();
    let nodes: Vec<_> = map.graph.node_weights().map(|junction| graph.add_node(junction.at)).collect();
    for segment in 0..map.segment_count() {
        let way = Way::new(segment, false);
        let (a, b) = map.ends(way);
        let lane = map.lane(way, &VAN);
        let road = map.segment(segment);
        let weight = (u64::from(lane.seconds(road.millimetres)), u64::from(road.metres()));
        graph.add_edge(nodes[a.index()], nodes[b.index()], weight);
    }
    let node_at = |at: &Point| {
        nodes
            .iter()
            .copied()
            .find(|node| Some(graph[*node]) == Position::from_point(*at))
            .expect("a junction each")
    };
    let row = |from: &Point| -> Vec<Weight> {
        let found = dijkstra(&graph, node_at(from), None, |edge| Sum(edge.weight().0, edge.weight().1));
        let weight = |to| found.get(&node_at(to)).map(|sum| Weight::new(sum.0 as u32, sum.1 as u32));
        points.iter().map(|to| weight(to).expect("a sketch is connected")).collect()
    };
    points.iter().map(row).collect()
}

/// Seconds, then metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
struct Sum(u64, u64);

impl std::ops::Add for Sum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0, self.1 + other.1)
    }
}

fn places() -> impl Strategy<Value = Vec<Point>> {
    prop::collection::btree_set((0_i32..60, 0_i32..60), 1..30).prop_map(|cells| {
        cells
            .into_iter()
            .map(|(x, y)| Point::new(3.0 + f64::from(x) / 100.0, 47.0 + f64::from(y) / 100.0))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_search_agrees_with_petgraph(points in places(), neighbours in 1_u32..8) {
        let network = RoadNetwork::sketch(&points, &settings(neighbours));
        let matrix = square(&network, &VAN, &points);
        let expected = oracle(&network, &points);
        let snaps = snap_all(&network, &VAN, &points);
        for (from, row) in expected.iter().enumerate() {
            for (to, weight) in row.iter().enumerate() {
                let travel = matrix.get(from, to).expect("connected");
                let found = Weight::new(travel.seconds.get() as u32, travel.metres.get() as u32);
                prop_assert_eq!(found, *weight, "{} to {}", from, to);
                let leg = leg(&network, &VAN, &snaps[from], &snaps[to]).expect("connected");
                prop_assert_eq!(leg.travel, travel);
                prop_assert_eq!(leg.line.0.first(), Some(&points[from].0));
                prop_assert_eq!(leg.line.0.last(), Some(&points[to].0));
            }
        }
    }

    #[test]
    fn reach_is_the_matrix_cut_at_the_limit(
        points in places(),
        seconds in prop::option::of(0_i32..4_000),
        metres in prop::option::of(0_i32..60_000),
    ) {
        let network = RoadNetwork::sketch(&points, &settings(3));
        let snaps = snap_all(&network, &VAN, &points);
        let limit = ReachLimit { seconds: seconds.map(Seconds), metres: metres.map(Metres) };
        let found = reach(&network, &VAN, &snaps, &snaps, limit);
        prop_assert_eq!(found, cut(&travel_matrix(&network, &VAN, &snaps, &snaps), limit));
    }
}

fn cut(matrix: &TravelMatrix, limit: ReachLimit) -> Reach {
    let row = |from: usize| {
        let mut row: Vec<_> = (0..matrix.columns())
            .filter_map(|to| Some((to as u32, matrix.get(from, to)?)))
            .filter(|(_, travel)| limit.seconds.is_none_or(|most| travel.seconds <= most))
            .filter(|(_, travel)| limit.metres.is_none_or(|most| travel.metres <= most))
            .collect();
        row.sort_by_key(|(to, travel)| (*travel, *to));
        row
    };
    Reach { rows: (0..matrix.rows()).map(row).collect() }
}

#[test]
fn four_thousand_points_are_sketched_and_searched() {
    let points: Vec<Point> = (0..4_000_u32)
        .map(|i| {
            let mixed = i.wrapping_mul(2_654_435_761);
            Point::new(
                3.0 + f64::from(mixed % 10_007) / 8_000.0,
                46.5 + f64::from(mixed / 10_007 % 9_973) / 9_000.0,
            )
        })
        .collect();
    let network = RoadNetwork::sketch(&points, &settings(6));
    let snaps = snap_all(&network, &VAN, &points);
    let limit = ReachLimit { seconds: Some(Seconds::from_minutes(15)), metres: None };
    let found = reach(&network, &VAN, &snaps, &snaps[..50], limit);
    assert!(found.rows.iter().map(Vec::len).sum::<usize>() > 50);
}
