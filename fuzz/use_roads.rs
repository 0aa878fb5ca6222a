//! What every fuzz target does with a road file, and what `cargo test` does with mutations of real ones: open it, and
//! where that works use it for everything. It must not panic, whatever the bytes.

use std::io::Cursor;
use std::path::Path;

use tournee::isochrone::isochrones;
use tournee::matrix::{Heading, leg, travel_matrix};
use tournee::network::{NetworkError, RoadNetwork};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Metres, Seconds};

/// Opens the bytes and travels on them; whether they were roads at all.
///
/// # Panics
///
/// Where the library is wrong.
pub fn use_roads(bytes: &[u8]) -> bool {
    let network = match RoadNetwork::read(Path::new("fuzzed"), &mut Cursor::new(bytes)) {
        Ok(network) => network,
        Err(NetworkError::Content(_)) => return false,
        Err(NetworkError::Io { source, .. }) => panic!("memory can be read: {source}"),
    };
    let graph = &network.map().graph;
    let ends = [graph.node_weights().next(), graph.node_weights().last()];
    let places: Vec<_> = ends.into_iter().flatten().map(|junction| junction.at.point()).collect();
    for profile in [Profile::Car, Profile::Bus, Profile::Foot] {
        let traveller = Traveller { height_cm: Some(300), ..Traveller::of(profile) };
        let snaps: Vec<_> =
            places.iter().filter_map(|at| network.snap(&traveller, *at, Metres(100_000)).ok()).collect();
        let matrix = travel_matrix(&network, &traveller, &snaps, &snaps);
        let (Some(from), Some(to)) = (snaps.first(), snaps.last()) else { continue };
        let whole = leg(&network, &traveller, from, to).map(|leg| leg.travel);
        assert_eq!(whole, matrix.get(0, snaps.len() - 1), "a leg and its matrix cell agree");
        isochrones(&network, &traveller, &[*from], &[Seconds(60)], Heading::Towards);
        network.dropped(&traveller);
    }
    true
}
