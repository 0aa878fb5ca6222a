//! Times of the road side: reading an extract, opening a prepared network, contraction, matrices, one to all.
//!
//! Needs the shared extracts (`TOURNEE_SHARED`, default `../shared`); says so where they are absent.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use geo::Point;
use tournee::matrix::{Heading, ReachLimit, plain, reach, state_weights, travel_matrix, weights_from};
use tournee::network::{Hierarchy, RoadNetwork, Snap};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Metres, Seconds};

const CAR: Traveller = Traveller::of(Profile::Car);
const EXTRACTS: [(&str, &str); 2] = [
    ("andorre", "osm-andorre/andorra-20250119.osm.pbf"),
    ("porto", "osm-porto/porto-20150606-routes.osm.pbf"),
];

#[expect(clippy::print_stderr, reason = "a bench that does nothing must say so")]
fn extract(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TOURNEE_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let full = root.join("data").join(path);
    if !full.exists() {
        eprintln!("skipped: {} is not here (set TOURNEE_SHARED)", full.display());
        return None;
    }
    Some(full)
}

/// Junctions spread over the network, snapped.
fn snaps(network: &RoadNetwork, count: usize) -> Vec<Snap> {
    let junctions: Vec<Point> =
        network.map().graph.node_weights().map(|junction| junction.at.point()).collect();
    (0..count)
        .filter_map(|i| network.snap(&CAR, junctions[i * 7_919 % junctions.len()], Metres(2_000)).ok())
        .collect()
}

fn roads(bench: &mut Criterion) {
    for (name, path) in EXTRACTS {
        let Some(path) = extract(path) else { return };
        one_extract(bench, name, &path);
    }
}

fn one_extract(bench: &mut Criterion, name: &str, path: &Path) {
    let mut group = bench.benchmark_group(name);
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    group.bench_function("import", |bench| {
        bench.iter(|| RoadNetwork::open(black_box(path)).expect("an extract"));
    });

    let network = RoadNetwork::open(path).expect("an extract");
    let prepared = std::env::temp_dir().join(format!("tournee-bench-{name}-{}.roads", std::process::id()));
    network.save(&prepared).expect("room to write");
    group.bench_function("open prepared", |bench| {
        bench.iter(|| RoadNetwork::open(black_box(&prepared)).expect("just written"));
    });
    fs_err::remove_file(&prepared).expect("just written");

    let snaps = snaps(&network, 1_000);
    let graph = network.travel_graph(&CAR);
    let limit = ReachLimit { seconds: Some(Seconds::from_minutes(15)), metres: None };
    let few = &snaps[..100];
    group.bench_function("plain matrix 10 x 100", |bench| {
        bench.iter(|| plain::travel_matrix(&network, &CAR, black_box(&few[..10]), few));
    });
    group.bench_function("plain reach 100 x 100, 15 min", |bench| {
        bench.iter(|| plain::reach(&network, &CAR, black_box(few), few, limit));
    });
    group.bench_function("plain one to all", |bench| {
        bench.iter(|| weights_from(black_box(&graph), 0));
    });
    group.bench_function("contraction", |bench| bench.iter(|| Hierarchy::new(black_box(&graph))));
    network.hierarchy(&CAR);
    group.bench_function("matrix 1000 x 1000", |bench| {
        bench.iter(|| travel_matrix(&network, &CAR, black_box(&snaps), &snaps));
    });
    group.bench_function("reach 100 x 100, 15 min", |bench| {
        bench.iter(|| reach(&network, &CAR, black_box(few), few, limit));
    });
    group.bench_function("one to all", |bench| {
        bench.iter(|| state_weights(&network, &CAR, black_box(&snaps[0]), Heading::Away));
    });
    group.finish();
}

criterion_group!(benches, roads);
criterion_main!(benches);
