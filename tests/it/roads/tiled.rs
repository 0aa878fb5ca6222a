//! Roads of a size that no extract here has: extracts laid side by side with themselves (`examples/tile`), where
//! hierarchies answer by certificate and as plain searches do.

use std::io::Cursor;
use std::path::Path;

use tournee::matrix::{plain, travel_matrix};
use tournee::network::RoadNetwork;
use tournee::traveller::{Profile, Traveller};

use super::hierarchy::{all_agrees, certify, snaps};
use super::reference::PLACES;
use crate::support::shared;

#[path = "../../../examples/tile/tiling.rs"]
mod tiling;

fn tiled(extract: &str, side: i64) -> Option<Vec<u8>> {
    let whole = fs_err::read(shared(&format!("data/{extract}"))?).expect("a readable extract");
    let mut bytes = Vec::new();
    tiling::tile(&whole, side, &mut bytes).expect("an extract with roads");
    Some(bytes)
}

fn open(bytes: &[u8]) -> RoadNetwork {
    RoadNetwork::read(Path::new("tiled.osm.pbf"), &mut Cursor::new(bytes)).expect("a sound extract")
}

#[test]
fn four_tiles_are_travelled_as_by_plain_searches() {
    let [_, (_, extract), ..] = PLACES;
    let (Some(one), Some(four)) = (tiled(extract, 1), tiled(extract, 2)) else { return };
    let (alone, fast, slow) = (open(&one), open(&four), open(&four));
    for profile in [Profile::Van, Profile::Foot] {
        let traveller = Traveller::of(profile);
        let states = |network: &RoadNetwork| network.travel_graph(&traveller).state_count();
        assert!(states(&fast) > 3 * states(&alone), "all four are joined");
        fast.hierarchy(&traveller).expect("roads have a hierarchy");
        let from = snaps(&fast, &traveller, 1, 12);
        let to = [&snaps(&fast, &traveller, 2, 20)[..], &from[..2]].concat();
        all_agrees(&fast, &slow, &traveller, &from, &to);
        from.iter().take(2).for_each(|point| certify(&fast, &traveller, point));
    }
}

/// 16 x Porto: 1.16 million junctions, some 2 GB.
#[test]
#[ignore = "slow: cargo test --release --test it roads::tiled -- --ignored"]
fn a_million_junctions_are_travelled_as_by_plain_searches() {
    let [.., (_, extract)] = PLACES;
    let Some(bytes) = tiled(extract, 4) else { return };
    let network = open(&bytes);
    assert!(network.map().graph.node_count() > 1_000_000);
    for profile in [Profile::Car, Profile::Foot] {
        let traveller = Traveller::of(profile);
        network.hierarchy(&traveller).expect("roads have a hierarchy");
        let (from, to) = (snaps(&network, &traveller, 3, 12), snaps(&network, &traveller, 4, 400));
        from.iter().take(3).for_each(|point| certify(&network, &traveller, point));
        let plain = plain::travel_matrix(&network, &traveller, &from, &to);
        assert_eq!(travel_matrix(&network, &traveller, &from, &to), plain, "sweeps");
        // As many on either side meet in buckets.
        let square = travel_matrix(&network, &traveller, &to, &to);
        let rows = plain::travel_matrix(&network, &traveller, &to[..6], &to);
        let cells = || (0..6).flat_map(|row| (0..to.len()).map(move |column| (row, column)));
        assert!(cells().all(|(row, column)| square.get(row, column) == rows.get(row, column)), "buckets");
    }
}
