//! What the fuzz targets do, on stable: small and real files, changed at random, must be refused or usable.
//!
//! The long run is `TOURNEE_MUTATIONS=20000 cargo test --test it roads::mutations -- --ignored --nocapture`.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tournee::network::RoadNetwork;

use super::pbf_writer::Packing;
use super::town::Town;
use crate::support::shared;

#[path = "../../../fuzz/checksum.rs"]
mod checksum;
#[path = "../../../fuzz/use_roads.rs"]
mod use_roads;

use checksum::with_right_checksum;
use use_roads::use_roads;

/// One change: of a byte, or of a stretch that is taken out, doubled or zeroed.
#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
    Zero(prop::sample::Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        8 => (at(), 1..=255_u8).prop_map(|(at, bits)| Change::Flip(at, bits)),
        1 => at().prop_map(Change::Cut),
        2 => (at(), 1..40_usize).prop_map(|(at, len)| Change::Remove(at, len)),
        2 => (at(), 1..40_usize).prop_map(|(at, len)| Change::Repeat(at, len)),
        1 => (at(), 1..40_usize).prop_map(|(at, len)| Change::Zero(at, len)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change], first: usize) -> Vec<u8> {
    for change in changes {
        if bytes.len() <= first {
            break;
        }
        let size = bytes.len();
        let place = |at: &prop::sample::Index| first + at.index(size - first);
        let stretch = |at: &prop::sample::Index, len: usize| place(at)..(place(at) + len).min(size);
        match change {
            Change::Flip(at, bits) => {
                let at = place(at);
                bytes[at] ^= bits;
            }
            Change::Cut(at) => bytes.truncate(place(at)),
            Change::Remove(at, len) => drop(bytes.drain(stretch(at, *len))),
            Change::Repeat(at, len) => {
                let stretch = stretch(at, *len);
                let copy = bytes[stretch.clone()].to_vec();
                bytes.splice(stretch.start..stretch.start, copy);
            }
            Change::Zero(at, len) => bytes[stretch(at, *len)].fill(0),
        }
    }
    bytes
}

/// A town with something of everything: signs, restrictions over nodes and roads, a ferry, a closed season, a gate.
fn town(packing: Packing) -> Vec<u8> {
    let town = Town::draw(
        "
        a   b   c
        .
        s   d   e   f
        .
            g   t   h
        ",
    )
    .node('b', "highway=traffic_signals")
    .node('g', "barrier=gate maxwidth=2")
    .ways(&["ab", "bc", "sd", "de", "ef", "bd", "dg", "et", "gt"], "highway=residential")
    .way("ce", "highway=primary oneway=yes maxspeed=50 maxheight=2.5 access:conditional=no@(Nov-Apr)")
    .way("th", "route=ferry duration=00:10")
    .restriction("sd", "d", "dg", "restriction=no_right_turn")
    .restriction("sd", "de", "et", "restriction=only_right_turn")
    .restriction("bd", "d", "de", "restriction:conditional=no_left_turn@(Nov-Apr)");
    town.pbf(packing).0
}

fn prepared(extract: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a place to write");
    let path = folder.path().join("prepared");
    let roads = std::path::Path::new("roads.osm.pbf");
    let network = RoadNetwork::read(roads, &mut std::io::Cursor::new(extract)).expect("a sound extract");
    network.save(&path).expect("room to write");
    fs_err::read(path).expect("just written")
}

/// The unchanged files, each with the first byte that is changed.
fn samples() -> Vec<(Vec<u8>, usize)> {
    let (raw, packed) = (town(Packing::Raw), town(Packing::Zlib));
    let stored = prepared(&raw);
    let mut samples = vec![(raw, 0), (packed, 0), (stored, 24)];
    if let Some(path) = shared("data/osm-monaco/monaco-20210421.osm.pbf") {
        samples.push((fs_err::read(path).expect("a readable extract"), 0));
    }
    samples
}

fn mutate(cases: u32, samples: &[(Vec<u8>, usize)]) -> [u32; 2] {
    let config = Config { failure_persistence: None, ..Config::with_cases(cases) };
    let counts = std::cell::Cell::new([0, 0]);
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let strategy = (0..samples.len(), prop::collection::vec(change(), 1..5));
    let ran = TestRunner::new_with_rng(config, rng).run(&strategy, |(sample, changes)| {
        let (bytes, first) = &samples[sample];
        let mut bytes = changed(bytes.clone(), &changes, *first);
        if *first > 0 {
            bytes = with_right_checksum(bytes);
        }
        let [mut refused, mut used] = counts.get();
        *(if use_roads(&bytes) { &mut used } else { &mut refused }) += 1;
        counts.set([refused, used]);
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
    counts.get()
}

#[test]
fn changed_files_are_refused_or_usable() {
    let samples = samples();
    for (bytes, _) in &samples {
        assert!(use_roads(bytes), "unchanged files are roads");
    }
    let [refused, used] = mutate(400, &samples[..3]);
    assert!(refused > 100 && used > 20, "{refused} refused, {used} used");
}

#[test]
#[ignore = "takes minutes: the page of this file says how to run it"]
#[expect(clippy::print_stderr, reason = "a long run tells what it did")]
fn many_changed_files_are_refused_or_usable() {
    let cases = std::env::var("TOURNEE_MUTATIONS").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000);
    let [refused, used] = mutate(cases, &samples());
    eprintln!("{cases} changed files: {refused} refused, {used} opened and used");
}
