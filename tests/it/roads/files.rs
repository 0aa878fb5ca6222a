//! Road files: sound ones in every packing, bad ones of every kind. None may panic; each says what is wrong.

use std::io::Cursor;
use std::path::Path;

use geo::Point;
use proptest::prelude::*;
use tournee::diagnostics::{Diagnostic, Severity};
use tournee::network::{NetworkError, RoadNetwork, SketchSettings};

use super::pbf_writer::{Extract, Packing, blob, bytes_field, framed, number_field, zlib};
use super::town::{CAR, Town};
use crate::support::shared;

fn read(bytes: &[u8]) -> Result<RoadNetwork, NetworkError> {
    RoadNetwork::read(Path::new("roads.osm.pbf"), &mut Cursor::new(bytes))
}

fn finding(bytes: &[u8]) -> Diagnostic {
    match read(bytes) {
        Err(NetworkError::Content(finding)) => *finding,
        Err(NetworkError::Io { source, .. }) => panic!("memory can be read: {source}"),
        Ok(_) => panic!("a bad file was taken for a good one"),
    }
}

fn code(bytes: &[u8]) -> &'static str {
    finding(bytes).code.0
}

fn town() -> Town {
    Town::draw("a b c d").way("abc", "highway=residential").way("cd", "highway=track")
}

fn town_bytes(packing: Packing) -> Vec<u8> {
    town().pbf(packing).0
}

#[test]
fn every_packing_gives_the_same_roads() {
    let lengths = [Packing::Raw, Packing::Zlib, Packing::Lz4].map(|packing| {
        let network = read(&town_bytes(packing)).expect("a sound file");
        network.map().graph.edge_weights().copied().collect::<Vec<_>>()
    });
    assert_eq!(lengths[0].len(), 2);
    assert_eq!(lengths[0], lengths[1]);
    assert_eq!(lengths[0], lengths[2]);
}

#[test]
fn the_lz4_twin_of_a_real_extract_equals_the_zlib_one() {
    let (Some(zlib), Some(lz4)) = (
        shared("data/osm-monaco/monaco-20210421.osm.pbf"),
        shared("data/osm-monaco/monaco-20210421-lz4.osm.pbf"),
    ) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a place to write");
    let prepared = [zlib, lz4].map(|path| {
        let out = folder.path().join("prepared");
        RoadNetwork::open(&path).expect("a sound file").save(&out).expect("room to write");
        fs_err::read(out).expect("just written")
    });
    assert!(prepared[0] == prepared[1], "the same network, to the byte");
}

#[test]
fn files_of_another_kind_are_named_for_what_they_are() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "an empty file"),
        (b"<?xml version='1.0'?><osm version=\"0.6\">", "an XML file"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\x1f\x8b\x08\x00 and so on", "a compressed archive"),
        (b"id,lon,lat\nA,3.1,47.2\n", "a file of another kind"),
    ];
    for (bytes, found) in cases {
        let finding = finding(bytes);
        assert_eq!((finding.code.0, finding.found.en.as_str()), ("N001", found));
        assert_eq!(&*finding.at.file, "roads.osm.pbf");
        assert_eq!(finding.severity, Severity::Error);
    }
    let noise: Vec<u8> = (0..10_000_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(code(&noise), "N001", "ten megabytes of noise");
}

#[test]
fn a_file_cut_anywhere_is_refused_or_has_lost_whole_blobs() {
    for packing in [Packing::Raw, Packing::Zlib] {
        let whole = town_bytes(packing);
        let mut refused = 0;
        for end in 0..whole.len() {
            // A cut between two blobs leaves a well-formed file: without ways there are no roads; without relations
            // there is nothing to notice.
            if let Err(NetworkError::Content(finding)) = read(&whole[..end]) {
                assert!(["N001", "N002", "N007"].contains(&finding.code.0), "{end}: {finding:?}");
                refused += 1;
            }
        }
        assert_eq!(refused, whole.len());
    }
}

#[test]
fn a_real_extract_cut_anywhere_does_not_panic() {
    let Some(path) = shared("data/osm-monaco/monaco-20210421.osm.pbf") else { return };
    let whole = fs_err::read(path).expect("a readable extract");
    for end in (0..whole.len()).step_by(whole.len() / 40) {
        assert!(matches!(read(&whole[..end]), Err(NetworkError::Content(_))), "cut at {end}");
    }
}

#[test]
fn sizes_that_lie_are_refused_before_anything_is_allocated() {
    let header = [bytes_field(1, b"OSMHeader"), number_field(3, 40 << 20)].concat();
    let claims_much = [&(header.len() as u32).to_be_bytes()[..], &header, &[0; 64]].concat();
    assert_eq!(code(&claims_much), "N004", "a blob of 40 MiB");
    let mut good = town_bytes(Packing::Raw);
    let lying = [number_field(2, 1 << 30), bytes_field(3, &zlib(b"little"))].concat();
    good.extend(framed("OSMData", &lying));
    assert_eq!(code(&good), "N004", "a blob that unpacks to a gigabyte");
    let mut good = town_bytes(Packing::Raw);
    good.extend(framed("OSMData", &[number_field(2, 31 << 20), bytes_field(6, b"little")].concat()));
    assert_eq!(code(&good), "N003", "lz4 cannot grow that much");
    let mut good = town_bytes(Packing::Raw);
    good.extend(framed("OSMData", &[number_field(2, 7), bytes_field(3, &zlib(b"little"))].concat()));
    assert_eq!(code(&good), "N003", "seven bytes stated, six found");
}

#[test]
fn a_small_file_that_unpacks_to_millions_of_nodes_is_refused() {
    let strings: Vec<u8> =
        ["", "highway", "residential"].iter().flat_map(|s| bytes_field(1, s.as_bytes())).collect();
    let way =
        [number_field(1, 1), bytes_field(2, &[1]), bytes_field(3, &[2]), bytes_field(8, &vec![2; 20 << 20])]
            .concat();
    let block = [bytes_field(1, &strings), bytes_field(2, &bytes_field(3, &way))].concat();
    let mut bomb = town_bytes(Packing::Raw);
    bomb.extend(blob("OSMData", &block, Packing::Zlib));
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    assert_eq!(code(&bomb), "N004");
}

#[test]
fn unknown_compressions_and_features_are_named() {
    for (field, name) in [(4, "lzma"), (5, "bzip2"), (7, "zstd")] {
        let mut file = town_bytes(Packing::Raw);
        file.extend(framed("OSMData", &[number_field(2, 9), bytes_field(field, b"whatever")].concat()));
        let finding = finding(&file);
        assert_eq!(finding.code.0, "N005");
        assert!(finding.found.en.contains(name), "{}", finding.found.en);
    }
    let header = [bytes_field(4, b"OsmSchema-V0.6"), bytes_field(4, b"HistoricalInformation")].concat();
    let finding = finding(&blob("OSMHeader", &header, Packing::Raw));
    assert_eq!(finding.code.0, "N006");
    assert!(finding.found.en.contains("HistoricalInformation"));
}

#[test]
fn bytes_without_meaning_are_damage() {
    for content in [&[0xff; 40][..], &bytes_field(2, &bytes_field(3, b"\xff\xff"))] {
        let mut file = town_bytes(Packing::Raw);
        file.extend(blob("OSMData", content, Packing::Zlib));
        assert_eq!(code(&file), "N003");
    }
}

#[test]
fn an_extract_without_usable_roads_says_so() {
    let (house, _) = Town::draw("a b c a").way("abc", "building=yes").pbf(Packing::Zlib);
    assert_eq!(code(&house), "N007");
    let mut nowhere = Extract::default();
    nowhere.way(1, &[1, 2, 3], "highway=residential");
    assert_eq!(code(&nowhere.pbf(Packing::Zlib)), "N007", "ways without their nodes");
    let mut off = Extract::default();
    off.node(1, 9_000_000_000, 0, "");
    off.node(2, 0, -900_000_001, "");
    off.way(1, &[1, 2], "highway=residential");
    assert_eq!(code(&off.pbf(Packing::Zlib)), "N007", "nodes off the Earth");
}

#[test]
fn ways_end_where_nodes_are_missing_and_twins_of_nodes_do_no_harm() {
    let mut extract = Extract::default();
    for (id, lon) in [(1, 0), (2, 10_000), (2, 10_000), (3, 20_000), (5, 40_000), (6, 50_000)] {
        extract.node(id, lon, 0, "");
    }
    extract.way(1, &[1, 2, 2, 3, 4, 5, 6], "highway=residential");
    extract.way(2, &[], "highway=residential");
    extract.way(3, &[1], "highway=residential");
    let network = read(&extract.pbf(Packing::Raw)).expect("two stretches of road");
    assert_eq!(network.map().segment_count(), 2);
    assert_eq!((network.summary().ways, network.summary().broken_ways), (3, 1));
    assert_eq!(network.warnings().len(), 1, "a third of the ways is broken");
}

#[test]
fn of_nodes_given_over_and_over_the_first_counts() {
    let mut extract = Extract::default();
    for (id, lon) in [(1, 0), (2, 10_000), (3, 20_000)] {
        extract.node(id, lon, 0, "");
    }
    for twin in 0..50 {
        extract.node(2, twin * 1_000_000, 500_000, "barrier=bollard");
    }
    extract.way(1, &[1, 2, 3], "highway=residential");
    let network = read(&extract.pbf(Packing::Zlib)).expect("a street");
    let metres: Vec<u32> =
        network.map().graph.edge_weights().map(tournee::network::Segment::metres).collect();
    assert_eq!(metres, [223]);
}

#[test]
fn a_prepared_network_opens_as_it_was() {
    let folder = tempfile::tempdir().expect("a place to write");
    let path = folder.path().join("town.roads");
    let (bytes, _) = town().restriction("abc", "c", "cd", "restriction=no_straight_on").pbf(Packing::Zlib);
    let extract = read(&bytes).expect("a sound file");
    extract.save(&path).expect("room to write");
    let prepared = RoadNetwork::open(&path).expect("just written");
    assert_eq!(prepared.summary(), extract.summary());
    assert_eq!(prepared.map().turn_rules, extract.map().turn_rules);
    assert_eq!(prepared.map().shapes, extract.map().shapes);
    assert_eq!(prepared.map().traffics, extract.map().traffics);
    let again = folder.path().join("again.roads");
    prepared.save(&again).expect("room to write");
    assert_eq!(fs_err::read(path).expect("written"), fs_err::read(again).expect("written"));
    let files = fs_err::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 2, "nothing is left beside the two files");
}

#[test]
fn a_sketch_can_be_kept_too() {
    let settings = SketchSettings { neighbours: 3, detour: 1.3, speeds: Vec::new() };
    let points = [Point::new(3.0, 47.0), Point::new(3.1, 47.0)];
    let folder = tempfile::tempdir().expect("a place to write");
    let path = folder.path().join("sketch.roads");
    RoadNetwork::sketch(&points, &settings).save(&path).expect("room to write");
    assert!(RoadNetwork::open(&path).expect("just written").is_sketch());
}

fn prepared() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a place to write");
    let path = folder.path().join("town.roads");
    read(&town_bytes(Packing::Raw)).expect("a sound file").save(&path).expect("room to write");
    fs_err::read(path).expect("just written")
}

#[test]
fn a_prepared_network_cut_or_flipped_anywhere_is_refused() {
    let whole = prepared();
    for end in 8..whole.len() {
        assert_eq!(code(&whole[..end]), "N009", "cut at {end}");
    }
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        let expected = match at {
            0..8 => "N001",
            8..12 => "N008",
            _ => "N009",
        };
        assert_eq!(code(&flipped), expected, "byte {at}");
    }
    let longer = [&whole[..], b"more"].concat();
    assert_eq!(code(&longer), "N009");
}

#[test]
fn a_prepared_network_of_another_version_says_which() {
    let mut old = prepared();
    old[8] = 77;
    let finding = finding(&old);
    assert_eq!(finding.code.0, "N008");
    assert!(finding.found.en.contains("77"), "{}", finding.found.en);
}

#[test]
fn a_file_that_cannot_be_written_leaves_what_was_there() {
    let network = read(&town_bytes(Packing::Raw)).expect("a sound file");
    let folder = tempfile::tempdir().expect("a place to write");
    let nowhere = folder.path().join("no such folder/town.roads");
    assert!(matches!(network.save(&nowhere), Err(NetworkError::Io { .. })));
    assert!(matches!(RoadNetwork::open(&nowhere), Err(NetworkError::Io { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn random_blocks_never_panic(content in prop::collection::vec(any::<u8>(), 0..200), lz4 in any::<bool>()) {
        let mut file = town_bytes(Packing::Raw);
        file.extend(blob("OSMData", &content, if lz4 { Packing::Lz4 } else { Packing::Raw }));
        file.extend(framed("OSMData", &content));
        let _ = read(&file);
    }

    #[test]
    fn a_flipped_extract_never_panics(at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let mut bytes = town_bytes(Packing::Raw);
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        if let Ok(network) = read(&bytes) {
            let graph = network.travel_graph(&CAR);
            prop_assert!(graph.state_count() <= 16);
        }
    }

    #[test]
    fn random_prepared_bodies_never_panic(body in prop::collection::vec(any::<u8>(), 0..120)) {
        let mut crc = flate2::Crc::new();
        crc.update(&body);
        let mut bytes = prepared()[..12].to_vec();
        bytes.extend((body.len() as u64).to_le_bytes());
        bytes.extend(crc.sum().to_le_bytes());
        bytes.extend(&body);
        let _ = read(&bytes);
    }
}
