//! How the road side grows with the size of an extract: one line of times and memory for each file given.
//!
//! ```console
//! cargo run --release --example tile -- porto.osm.pbf 16 porto-16.osm.pbf
//! cargo run --release --example scale -- porto-16.osm.pbf
//! ```
//!
//! `scale --check FILE` compares answers of the hierarchy with plain searches instead, and stops where one differs.
//!
//! Give one file a run: the memory is the most that the process ever held. Times are those of the processor, of all threads
//! together, where the system tells (to a hundredth of a second), so that a busy machine matters less;
//! `RAYON_NUM_THREADS=1` gives those of one core.

use std::path::Path;
use std::time::{Duration, Instant};

use geo::Point;
use petgraph::graph::NodeIndex;
use tournee::isochrone::isochrones;
use tournee::matrix::{Heading, ReachLimit, beginnings, plain, reach, state_weights, travel_matrix};
use tournee::network::{RoadNetwork, Snap, Weight};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Metres, Seconds};

const CAR: Traveller = Traveller::of(Profile::Car);

/// Points of the square matrix.
const STOPS: usize = 1_000;
/// Places from which aid sites are looked for: as many an area as a region of villages has.
const PLACES_PER_JUNCTIONS: usize = 20;
/// Aid sites.
const SITES_PER_JUNCTIONS: usize = 1_000;

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, path] = &arguments[..]
        && option == "--check"
    {
        println!("{}", check(Path::new(path))?);
        return Ok(());
    }
    println!(
        "| file | MB | junctions | import | memory | graph | contraction | snapping index | matrix {STOPS} x {STOPS} | \
         coverage: places, sites, 15 min | isochrone 15 min | memory in all |"
    );
    println!("|--|--|--|--|--|--|--|--|--|--|--|--|");
    for path in arguments {
        println!("{}", row(Path::new(&path))?);
    }
    Ok(())
}

fn row(path: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let megabytes = fs_err::metadata(path)?.len() as f64 / 1e6;
    let (network, import) = timed(|| RoadNetwork::open(path));
    let network = network?;
    let after_import = peak();
    let junctions = network.map().graph.node_count();
    let (_, graph) = timed(|| network.travel_graph(&CAR));
    let (_, contraction) = timed(|| network.hierarchy(&CAR));
    let (_, index) = timed(|| network.snap(&CAR, place(&network, 0), Metres(2_000)));
    let stops = snaps(&network, STOPS);
    let (_, matrix) = timed(|| travel_matrix(&network, &CAR, &stops, &stops));
    let places = snaps(&network, junctions / PLACES_PER_JUNCTIONS);
    let sites = snaps(&network, junctions / SITES_PER_JUNCTIONS);
    let quarter = Seconds::from_minutes(15);
    let limit = ReachLimit { seconds: Some(quarter), metres: None };
    let (_, coverage) = timed(|| reach(&network, &CAR, &places, &sites, limit));
    let (_, area) = timed(|| isochrones(&network, &CAR, &stops[..1], &[quarter], Heading::Away));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(format!(
        "| {name} | {megabytes:.1} | {junctions} | {} | {after_import} | {} | {} | {} | {} | {} x {}: {} | {} | {} |",
        seconds(import),
        seconds(graph),
        seconds(contraction),
        seconds(index),
        seconds(matrix),
        places.len(),
        sites.len(),
        seconds(coverage),
        seconds(area),
        peak(),
    ))
}

/// Buckets, sweeps to many and to all, and reach, each against one plain search an origin.
fn check(path: &Path) -> Result<String, Box<dyn std::error::Error>> {
    const ORIGINS: usize = 8;
    let fast = RoadNetwork::open(path)?;
    fast.hierarchy(&CAR).ok_or("no hierarchy")?;
    let graph = fast.travel_graph(&CAR);
    let stops = snaps(&fast, STOPS);
    let origins = &stops[..ORIGINS.min(stops.len())];

    let slow = plain::travel_matrix(&fast, &CAR, origins, &stops);
    assert_eq!(travel_matrix(&fast, &CAR, origins, &stops), slow, "sweeps");
    let by_buckets = travel_matrix(&fast, &CAR, &stops, &stops);
    let pairs = || (0..origins.len()).flat_map(|from| (0..stops.len()).map(move |to| (from, to)));
    assert!(pairs().all(|(from, to)| by_buckets.get(from, to) == slow.get(from, to)), "buckets");

    let limit = ReachLimit { seconds: Some(Seconds::from_minutes(15)), metres: None };
    let found = reach(&fast, &CAR, &stops, &stops, limit);
    assert_eq!(found, plain::reach(&fast, &CAR, &stops, &stops, limit), "reach");

    for origin in &origins[..2] {
        let mut least: Vec<Option<Weight>> = vec![None; graph.state_count()];
        for (edge, begun) in beginnings(&graph, origin) {
            let onwards = plain::weights_from(&graph, edge.to).into_iter();
            for (least, onwards) in least.iter_mut().zip(onwards) {
                let whole = onwards.and_then(|weight| weight.checked_add(begun));
                *least = [*least, whole].into_iter().flatten().min();
            }
        }
        let swept = state_weights(&fast, &CAR, origin, Heading::Away);
        assert!((0..).zip(&least).all(|(state, least)| swept.get(state) == *least), "one to all");
    }
    let (journeys, found) = (pairs().count(), found.rows.iter().map(Vec::len).sum::<usize>());
    Ok(format!(
        "{}: {journeys} journeys by sweeps and by buckets, {found} within 15 minutes, and two origins to all {} states \
         are those of plain searches",
        path.display(),
        graph.state_count()
    ))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (start, worked) = (Instant::now(), processor_time());
    let done = work();
    let passed = worked.zip(processor_time()).map(|(before, after)| after.saturating_sub(before));
    (done, passed.unwrap_or_else(|| start.elapsed()))
}

/// What the process has worked so far, in user and system mode: fields 14 and 15 of `/proc/self/stat`, in hundredths.
fn processor_time() -> Option<Duration> {
    let line = fs_err::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = line.rsplit_once(')')?;
    let ticks: Vec<u64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|it| it.parse().ok()).collect();
    Some(Duration::from_millis(10 * ticks.iter().sum::<u64>()))
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// A junction by number, spread over the map.
fn place(network: &RoadNetwork, number: usize) -> Point {
    let graph = &network.map().graph;
    graph[NodeIndex::new(number.wrapping_mul(7_919) % graph.node_count())].at.point()
}

fn snaps(network: &RoadNetwork, count: usize) -> Vec<Snap> {
    (0..count).filter_map(|number| network.snap(&CAR, place(network, number), Metres(2_000)).ok()).collect()
}

/// The most memory the process has held so far, where the system tells.
fn peak() -> String {
    let status = fs_err::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes / 1024.0))
}
