//! Times of journeys on one extract, with all that another engine needs to be timed beside it: `benches/roads.py` runs
//! this and others in one go.
//!
//! `journeys EXTRACT FOLDER` prints JSON and writes to the folder `points.csv` (a thousand points on roads), `graph.bin`
//! (the same travel graph: number of states and of edges, then tails, heads, seconds as u32, then longitudes and
//! latitudes of states as f32, little-endian) and the prepared network. `RAYON_NUM_THREADS` sets the cores.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use geo::Point;
use tournee::matrix::{Heading, Trip, leg, nearest, plain, state_weights, travel_matrix};
use tournee::network::{Hierarchy, RoadNetwork, Snap, TravelGraph, Way};
use tournee::traveller::{Profile, Traveller};
use tournee::units::Metres;

const CAR: Traveller = Traveller::of(Profile::Car);

/// The shortest of `times` runs, in milliseconds: what the machine can do when nothing else wants it.
fn shortest<T>(times: usize, mut run: impl FnMut() -> T) -> f64 {
    let timed = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed().as_secs_f64() * 1_000.0
    };
    (0..times).map(timed).fold(f64::INFINITY, f64::min)
}

/// A thousand junctions spread over the network, snapped.
fn snaps(network: &RoadNetwork) -> Vec<Snap> {
    let junctions: Vec<Point> = network.map().graph.node_weights().map(|node| node.at.point()).collect();
    (0..junctions.len())
        .map(|i| junctions[i * 7_919 % junctions.len()])
        .filter_map(|at| network.snap(&CAR, at, Metres(100)).ok())
        .take(1_000)
        .collect()
}

/// What other engines are given: points, and the graph as it is.
fn write_inputs(folder: &Path, network: &RoadNetwork, graph: &TravelGraph, snaps: &[Snap]) {
    let mut csv = "lon,lat\n".to_owned();
    for at in snaps.iter().map(Snap::on_road) {
        writeln!(csv, "{:.7},{:.7}", at.x(), at.y()).expect("memory");
    }
    fs_err::write(folder.join("points.csv"), csv).expect("room to write");
    let states = 0..graph.state_count() as u32;
    let edges: Vec<_> =
        states.flat_map(|tail| graph.edges(tail).iter().map(move |edge| (tail, edge))).collect();
    let mut at = vec![Point::default(); graph.state_count()];
    for way in (0..network.map().segment_count() * 2).map(Way) {
        let tail = network.map().ends(way).0;
        for arc in graph.arcs_of(way) {
            at[arc.state as usize] = network.map().graph[tail].at.point();
        }
    }
    let numbers = [graph.state_count() as u32, edges.len() as u32]
        .into_iter()
        .chain(edges.iter().map(|(tail, _)| *tail))
        .chain(edges.iter().map(|(_, edge)| edge.to))
        .chain(edges.iter().map(|(_, edge)| edge.weight.seconds()))
        .chain(at.iter().map(|at| (at.x() as f32).to_bits()))
        .chain(at.iter().map(|at| (at.y() as f32).to_bits()));
    let bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
    fs_err::write(folder.join("graph.bin"), bytes).expect("room to write");
}

#[expect(clippy::print_stdout, reason = "it is what this program is for")]
fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(extract), Some(folder)) = (arguments.next(), arguments.next()) else {
        println!("usage: journeys EXTRACT FOLDER");
        return;
    };
    let folder = Path::new(&folder);
    let network = RoadNetwork::open(Path::new(&extract)).expect("an extract");
    let graph = network.travel_graph(&CAR);
    let snaps = snaps(&network);
    write_inputs(folder, &network, &graph, &snaps);

    let plain_one_to_all = shortest(5, || plain::weights_from(&graph, 0));
    let plain_row = shortest(3, || plain::travel_matrix(&network, &CAR, &snaps[..1], &snaps));
    let contraction = shortest(3, || Hierarchy::new(&graph));
    let hierarchy = network.hierarchy(&CAR).expect("roads have a hierarchy");
    let matrix = shortest(9, || travel_matrix(&network, &CAR, &snaps, &snaps));
    let one_to_all = shortest(9, || state_weights(&network, &CAR, &snaps[0], Heading::Away));
    let (places, sites) = snaps.split_at(900);
    let nearest_site = shortest(5, || nearest(&network, &CAR, places, sites, Trip::There));
    let there_and_back = shortest(5, || nearest(&network, &CAR, places, sites, Trip::ThereAndBack));
    let legs = shortest(5, || {
        snaps.windows(2).take(200).map(|pair| leg(&network, &CAR, &pair[0], &pair[1])).collect::<Vec<_>>()
    });
    let one_to_many = shortest(9, || travel_matrix(&network, &CAR, &snaps[..1], &snaps));
    let prepared = folder.join("prepared.roads");
    network.save(&prepared).expect("room to write");
    let bytes = fs_err::metadata(&prepared).expect("just written").len();
    let open = shortest(9, || RoadNetwork::open(&prepared).expect("just written"));
    println!(
        "{}",
        serde_json::json!({
            "states": graph.state_count(),
            "steps": hierarchy.forward().len() + hierarchy.backward().len(),
            "points": snaps.len(),
            "ms": {
                "one to all, plain": plain_one_to_all,
                "matrix row, plain": plain_row,
                "contraction": contraction,
                "matrix": matrix,
                "one to all": one_to_all,
                "1 x 1000": one_to_many,
                "nearest of 100, 900 places": nearest_site,
                "nearest there and back": there_and_back,
                "one leg": legs / 200.0,
                "open prepared, one hierarchy": open,
            },
            "prepared bytes, one hierarchy": bytes,
        })
    );
}
