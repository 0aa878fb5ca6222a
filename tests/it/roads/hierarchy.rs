//! Everything that a hierarchy answers, against plain searches: on random towns, and on all extracts and profiles.

use std::io::Cursor;
use std::path::Path;

use geo::Point;
use proptest::prelude::*;
use tournee::matrix::{
    Heading, Reach, ReachLimit, RoundTrip, Travel, Trip, beginnings, leg, nearest, plain, reach, round_trips,
    state_weights, travel_matrix,
};
use tournee::network::{Hierarchy, NetworkError, RoadNetwork, Snap, Weight};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Metres, Seconds};

use super::pbf_writer::{Extract, Packing};
use super::reference::PLACES;
use super::town::Town;
use crate::support::shared;

const PROFILES: [Profile; 4] = [Profile::Car, Profile::Foot, Profile::Van, Profile::Bus];

/// Numbers that look random and are the same each time (splitmix64).
fn scattered(seed: u64, count: usize) -> impl Iterator<Item = u64> {
    (1..=count as u64).map(move |i| {
        let mut z = (seed << 32).wrapping_add(i).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

/// Points beside `count` junctions, snapped; a few are the same.
pub fn snaps(network: &RoadNetwork, traveller: &Traveller, seed: u64, count: usize) -> Vec<Snap> {
    let junctions: Vec<Point> = network.map().graph.node_weights().map(|node| node.at.point()).collect();
    let near = |random: u64| {
        let junction = junctions[random as usize % junctions.len()];
        let aside = |bits: u64| (bits % 1_000) as f64 / 1_000_000.0;
        let at = Point::new(junction.x() + aside(random >> 40), junction.y() + aside(random >> 50));
        network.snap(traveller, at, Metres(100_000)).ok()
    };
    let mut snaps: Vec<Snap> = scattered(seed, count).filter_map(near).collect();
    if let [first, _, third, ..] = &mut snaps[..] {
        *third = *first;
    }
    snaps
}

/// Everything is asked of `fast`, which has its hierarchy, and of `slow` by plain searches.
pub fn all_agrees(fast: &RoadNetwork, slow: &RoadNetwork, traveller: &Traveller, from: &[Snap], to: &[Snap]) {
    let matrix = plain::travel_matrix(slow, traveller, from, to);
    assert!(fast.ready_hierarchy(traveller).is_some());
    assert_eq!(travel_matrix(fast, traveller, from, to), matrix);
    // Few on one side are swept from.
    for few in 1..3.min(from.len()) {
        let rows = travel_matrix(fast, traveller, &from[..few], to);
        assert_eq!(rows, plain::travel_matrix(slow, traveller, &from[..few], to));
        let columns = travel_matrix(fast, traveller, to, &from[..few]);
        assert_eq!(columns, plain::travel_matrix(slow, traveller, to, &from[..few]));
    }
    for limit in [
        ReachLimit::default(),
        ReachLimit { seconds: Some(Seconds(20)), metres: None },
        ReachLimit { seconds: Some(Seconds(400)), metres: Some(Metres(3_000)) },
        ReachLimit { seconds: None, metres: Some(Metres(1_000)) },
    ] {
        // All of them are climbed from, few are swept from.
        for few in [&from[..1], &from[..from.len().min(2)], from] {
            for (from, to) in [(few, to), (to, few)] {
                let found = reach(fast, traveller, from, to, limit);
                assert_eq!(found, plain::reach(slow, traveller, from, to, limit), "{limit:?}");
            }
            let there = plain::reach(slow, traveller, to, few, limit).rows;
            let back = plain::reach(slow, traveller, few, to, limit).rows;
            let trips = round_trips(fast, traveller, to, few, limit);
            assert_eq!(trips, joined(&there, &back), "{limit:?}");
        }
    }
    let back = plain::travel_matrix(slow, traveller, to, from);
    for network in [fast, slow] {
        let there = |place, site| matrix.get(place, site);
        assert_eq!(nearest(network, traveller, from, to, Trip::There), least(from.len(), to.len(), there));
        let back = |place, site| back.get(site, place);
        assert_eq!(nearest(network, traveller, from, to, Trip::Back), least(from.len(), to.len(), back));
        let both = |place, site| {
            let (there, back): (Travel, Travel) = (there(place, site)?, back(place, site)?);
            Some(Travel { seconds: there.seconds + back.seconds, metres: there.metres + back.metres })
        };
        let found = nearest(network, traveller, from, to, Trip::ThereAndBack);
        assert_eq!(found, least(from.len(), to.len(), both));
    }
    for (row, from) in from.iter().enumerate().take(6) {
        for (column, to) in to.iter().enumerate() {
            let leg = leg(fast, traveller, from, to);
            assert_eq!(leg.as_ref().map(|leg| leg.travel), matrix.get(row, column));
            let plain = plain::leg(slow, traveller, from, to);
            assert_eq!(leg.is_some(), plain.is_some());
            let Some((leg, plain)) = leg.zip(plain) else { continue };
            assert_eq!((leg.line.0.first(), leg.line.0.last()), (plain.line.0.first(), plain.line.0.last()));
        }
    }
}

/// By trying all: what is found from both ends, in the order it is found from the first.
fn joined(there: &[Vec<(u32, Travel)>], back: &[Vec<(u32, Travel)>]) -> Vec<Vec<RoundTrip>> {
    let way_back = |place: usize, to: u32| {
        back[to as usize].iter().find(|(other, _)| *other as usize == place).map(|(_, back)| *back)
    };
    let of_place = |(place, there): (usize, &Vec<(u32, Travel)>)| {
        let trips = there.iter();
        trips.filter_map(|&(to, there)| Some(RoundTrip { to, there, back: way_back(place, to)? })).collect()
    };
    there.iter().enumerate().map(of_place).collect()
}

/// By trying all: for each place the least travel, and the first site it leads to.
fn least(
    places: usize,
    sites: usize,
    travel: impl Fn(usize, usize) -> Option<Travel>,
) -> Vec<Option<(u32, Travel)>> {
    let least_of = |place| {
        let all = (0..sites).filter_map(|site| Some((travel(place, site)?, site as u32)));
        all.min().map(|(travel, site)| (site, travel))
    };
    (0..places).map(least_of).collect()
}

/// `d(head) <= d(tail) + weight` on all edges, and some edge is tight at every state but where the journey begins: so
/// the weights are those of best ways, and no search is needed to see it.
pub fn certify(network: &RoadNetwork, traveller: &Traveller, point: &Snap) {
    let graph = network.travel_graph(traveller);
    let weights = state_weights(network, traveller, point, Heading::Away);
    let mut begins = vec![None; graph.state_count()];
    for (edge, weight) in beginnings(&graph, point) {
        let known: &mut Option<Weight> = &mut begins[edge.to as usize];
        *known = Some(known.map_or(weight, |known| known.min(weight)));
    }
    let is_tight = |state: u32| weights.get(state).is_some() && weights.get(state) == begins[state as usize];
    let mut has_witness: Vec<bool> = (0..graph.state_count() as u32).map(is_tight).collect();
    for state in 0..graph.state_count() as u32 {
        let known = weights.get(state);
        assert!(begins[state as usize].is_none_or(|begin| known.is_some_and(|known| known <= begin)));
        for edge in graph.edges(state) {
            let Some(through) = known.and_then(|known| known.checked_add(edge.weight)) else { continue };
            let there = weights.get(edge.to).expect("an edge leads there");
            assert!(there <= through, "{state} to {}", edge.to);
            has_witness[edge.to as usize] |= there == through;
        }
    }
    let reached = (0..graph.state_count() as u32).map(|state| weights.get(state).is_some());
    assert!(reached.eq(has_witness), "a weight without a witness");
}

fn open_twice(extract: &str) -> Option<[RoadNetwork; 2]> {
    let path = shared(&format!("data/{extract}"))?;
    Some([(); 2].map(|()| RoadNetwork::open(&path).expect("an extract that opens")))
}

#[test]
fn hierarchies_answer_as_plain_searches_do() {
    for (_, extract) in PLACES {
        let Some([fast, slow]) = open_twice(extract) else { return };
        let is_large = extract.contains("porto") || extract.contains("columbus");
        for profile in PROFILES.into_iter().take(if is_large { 2 } else { 4 }) {
            let traveller = Traveller::of(profile);
            fast.hierarchy(&traveller).expect("roads have a hierarchy");
            let from = snaps(&fast, &traveller, 1, if is_large { 8 } else { 18 });
            let to = [&snaps(&fast, &traveller, 2, 28)[..], &from[..2]].concat();
            if is_large {
                let plain = plain::travel_matrix(&slow, &traveller, &from, &to);
                assert_eq!(travel_matrix(&fast, &traveller, &from, &to), plain);
            } else {
                all_agrees(&fast, &slow, &traveller, &from, &to);
            }
            certify(&fast, &traveller, &from[0]);
        }
    }
}

/// 5 extracts, 4 profiles, 73 x 73 pairs and more: takes minutes without `--release`.
#[test]
#[ignore = "slow: cargo test --release --test it roads::hierarchy -- --ignored"]
fn a_hundred_thousand_journeys_are_those_of_plain_searches() {
    let mut pairs = 0;
    for (_, extract) in PLACES {
        let Some([fast, slow]) = open_twice(extract) else { return };
        for profile in PROFILES {
            let traveller = Traveller::of(profile);
            fast.hierarchy(&traveller).expect("roads have a hierarchy");
            let (from, to) = (snaps(&fast, &traveller, 3, 73), snaps(&fast, &traveller, 4, 73));
            all_agrees(&fast, &slow, &traveller, &from, &to);
            from.iter().take(3).for_each(|point| certify(&fast, &traveller, point));
            pairs += from.len() * to.len();
        }
    }
    assert!(pairs > 100_000, "{pairs}");
}

#[test]
fn a_hierarchy_is_the_same_whatever_the_number_of_threads() {
    let Some([network, _]) = open_twice(PLACES[2].1) else { return };
    for profile in [Profile::Car, Profile::Foot] {
        let graph = network.travel_graph(&Traveller::of(profile));
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| Hierarchy::new(&graph)).expect("roads have a hierarchy")
        };
        assert!(with(1) == with(3));
    }
}

#[test]
fn answers_are_the_same_whatever_the_number_of_threads() {
    let Some([network, _]) = open_twice(PLACES[2].1) else { return };
    let traveller = Traveller::of(Profile::Car);
    network.hierarchy(&traveller).expect("roads have a hierarchy");
    let (many, few) = (snaps(&network, &traveller, 5, 300), snaps(&network, &traveller, 6, 40));
    let limit = ReachLimit { seconds: Some(Seconds(900)), metres: None };
    let answers = || {
        let matrices = [&many, &few].map(|from| travel_matrix(&network, &traveller, from, &many));
        let columns = travel_matrix(&network, &traveller, &many, &few);
        let nearest = [Trip::There, Trip::Back, Trip::ThereAndBack]
            .map(|trip| nearest(&network, &traveller, &many, &few, trip));
        let trips = round_trips(&network, &traveller, &many, &few, limit);
        (matrices, columns, nearest, reach(&network, &traveller, &many, &few, limit), trips)
    };
    let with = |threads| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(answers)
    };
    let alone = with(1);
    assert!(alone.3.rows.iter().any(|row| row.len() > 1));
    for threads in [2, 3] {
        assert!(with(threads) == alone, "{threads} threads");
    }
}

/// A random town on a grid: nodes a hundred metres apart, roads of all kinds, turns forbidden or prescribed.
fn town() -> impl Strategy<Value = Vec<u8>> {
    const KINDS: [&str; 8] = [
        "highway=residential",
        "highway=primary maxspeed=70",
        "highway=tertiary oneway=yes",
        "highway=service",
        "highway=residential access=destination",
        "highway=secondary junction=roundabout",
        "highway=footway",
        "highway=service access=private",
    ];
    const RULES: [&str; 3] = ["no_left_turn", "only_straight_on", "no_u_turn"];
    let way = (prop::collection::vec(0..36_i64, 2..7), 0..KINDS.len());
    let rule = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..RULES.len());
    (prop::collection::vec(way, 4..30), prop::collection::vec(rule, 0..8)).prop_map(|(ways, rules)| {
        let mut extract = Extract::default();
        for node in 0..36 {
            extract.node(node + 1, node % 6 * 8_983, node / 6 * 9_044, "");
        }
        for (number, (nodes, kind)) in (1..).zip(&ways) {
            let nodes: Vec<i64> = nodes.iter().map(|node| node + 1).collect();
            extract.way(number, &nodes, KINDS[*kind]);
        }
        for (number, (from, to, rule)) in (1..).zip(rules) {
            let (from, to) = (from.index(ways.len()), to.index(ways.len()));
            let via = *ways[from].0.last().expect("two nodes or more") + 1;
            let members = [("from", from as i64 + 1, 1), ("via", via, 0), ("to", to as i64 + 1, 1)];
            extract.relation(number, &members, &format!("type=restriction restriction={}", RULES[rule]));
        }
        extract.pbf(Packing::Raw)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(120) })]

    #[test]
    fn random_towns_are_travelled_as_by_plain_searches(bytes in town(), seed in 0..1_000_u64) {
        let open = || RoadNetwork::read(Path::new("town"), &mut Cursor::new(&bytes));
        let (Ok(fast), Ok(slow)) = (open(), open()) else { return Ok(()) }; // no road at all
        for profile in [Profile::Car, Profile::Foot] {
            let traveller = Traveller::of(profile);
            fast.hierarchy(&traveller).expect("roads have a hierarchy");
            let (from, to) = (snaps(&fast, &traveller, seed, 9), snaps(&fast, &traveller, seed + 5_000, 7));
            if from.is_empty() || to.is_empty() {
                continue;
            }
            let near = &from[..from.len().min(3)];
            all_agrees(&fast, &slow, &traveller, &from, &[&to[..], near].concat());
            certify(&fast, &traveller, &from[0]);
        }
    }
}

#[test]
fn many_searches_contract_the_roads_and_change_nothing() {
    let Some([fast, slow]) = open_twice(PLACES[1].1) else { return };
    let traveller = Traveller::of(Profile::Car);
    let snaps = snaps(&fast, &traveller, 7, 150);
    assert_eq!(
        travel_matrix(&fast, &traveller, &snaps, &snaps),
        plain::travel_matrix(&slow, &traveller, &snaps, &snaps)
    );
    assert!(fast.ready_hierarchy(&traveller).is_some(), "150 origins pay for a contraction");
    let far: Reach = reach(&slow, &traveller, &snaps, &snaps, ReachLimit::default());
    assert_eq!(far, plain::reach(&slow, &traveller, &snaps, &snaps, ReachLimit::default()));
    assert!(slow.ready_hierarchy(&traveller).is_some(), "so do 150 searches without a limit");
}

/// A few blocks with a one-way street, a private drive and a forbidden turn, prepared for cars and people.
fn prepared_town() -> (RoadNetwork, Vec<u8>) {
    let town = Town::draw(
        "
        a b c d
        e f g h
        i j k l
        ",
    );
    let town = town
        .ways(&["abcd", "efgh", "aei", "dhl", "ijkl"], "highway=residential")
        .ways(&["bfj", "ckg"], "highway=tertiary oneway=yes")
        .ways(&["gb"], "highway=service access=private")
        .restriction("efgh", "h", "dhl", "restriction=no_left_turn");
    let (bytes, _) = town.pbf(Packing::Raw);
    let network = RoadNetwork::read(Path::new("town"), &mut Cursor::new(bytes)).expect("a sound town");
    for profile in [Profile::Car, Profile::Foot] {
        network.hierarchy(&Traveller::of(profile)).expect("roads have a hierarchy");
    }
    let folder = tempfile::tempdir().expect("a place to write");
    let path = folder.path().join("town.roads");
    network.save(&path).expect("room to write");
    (network, fs_err::read(path).expect("just written"))
}

fn read_prepared(bytes: &[u8]) -> Result<RoadNetwork, NetworkError> {
    RoadNetwork::read(Path::new("town.roads"), &mut Cursor::new(bytes))
}

#[test]
fn a_prepared_network_keeps_its_hierarchies() {
    let (network, bytes) = prepared_town();
    let prepared = read_prepared(&bytes).expect("just written");
    for profile in [Profile::Car, Profile::Foot] {
        let traveller = Traveller::of(profile);
        let kept = prepared.ready_hierarchy(&traveller).expect("kept");
        assert_eq!(Some(kept), network.ready_hierarchy(&traveller));
    }
    assert!(prepared.ready_hierarchy(&Traveller::of(Profile::Bus)).is_some(), "buses see the roads of cars");
    let slower = prepared.with_speeds(&[("residential", 11.0)]);
    assert!(slower.ready_hierarchy(&Traveller::of(Profile::Car)).is_none(), "of other times");
    assert!(slower.ready_hierarchy(&Traveller::of(Profile::Foot)).is_some(), "people walk as before");
}

#[test]
fn a_hierarchy_damaged_in_spite_of_its_checksum_is_refused_or_searched_without_harm() {
    const HEAD: usize = 24;
    let (town, whole) = prepared_town();
    let traveller = Traveller::of(Profile::Car);
    let snaps = snaps(&town, &traveller, 1, 6);
    let (mut refused, mut searched) = (0, 0);
    for at in HEAD..whole.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let mut crc = flate2::Crc::new();
            crc.update(&bytes[HEAD..]);
            bytes[HEAD - 4..HEAD].copy_from_slice(&crc.sum().to_le_bytes());
            let Ok(network) = read_prepared(&bytes) else {
                refused += 1;
                continue;
            };
            let has_same_map = network.map().segment_count() == town.map().segment_count();
            if !has_same_map || network.ready_hierarchy(&traveller).is_none() {
                continue; // the points belong to other roads
            }
            searched += 1;
            let _ = travel_matrix(&network, &traveller, &snaps, &snaps);
            let _ = nearest(&network, &traveller, &snaps, &snaps, Trip::There);
            for to in &snaps {
                let _ = state_weights(&network, &traveller, to, Heading::Towards);
                let _ = leg(&network, &traveller, &snaps[0], to);
            }
        }
    }
    assert!(refused > 1_000 && searched > 1_000, "{refused} {searched}");
}
