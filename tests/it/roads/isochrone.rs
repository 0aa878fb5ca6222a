//! Areas within reach: worked out by hand on a street, held against the matrix on sketches and on real roads.

use std::path::Path;

use fs_err as fs;
use geo::{Contains, Coord, Distance, Euclidean, MultiPolygon, Point, Validation};
use proptest::prelude::*;
use serde_json::Value;
use tournee::isochrone::{Isochrone, isochrones};
use tournee::matrix::{Heading, travel_matrix};
use tournee::network::{RoadMap, RoadNetwork, SegmentUse, SketchSettings, Snap};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Metres, Seconds};

use super::pbf_writer::Packing;
use super::town::{CAR, FOOT, Town};
use crate::outputs::gdal::gdal;
use crate::support::program::tournee;
use crate::support::shared;

/// A street of a kilometre from a to k, drawn eastwards: 72 s on foot and 14.4 s by car each 100 m.
fn street(tags: &str) -> Town {
    Town::draw("a b c d e f g h i j k").way("abcdefghijk", &format!("highway=residential {tags}"))
}

fn around(
    network: &RoadNetwork,
    who: &Traveller,
    at: &Snap,
    seconds: &[i32],
    way: Heading,
) -> Vec<Isochrone> {
    let limits: Vec<Seconds> = seconds.iter().map(|seconds| Seconds(*seconds)).collect();
    isochrones(network, who, &[*at], &limits, way).remove(0)
}

/// Metres of road within reach of a letter.
fn metres(town: Town, who: &Traveller, letter: char, seconds: i32, way: Heading) -> u64 {
    let town = town.build();
    let at = town.snap(who, letter).expect("on the street");
    around(&town.network, who, &at, &[seconds], way)[0].road_metres
}

#[test]
fn reach_ends_where_the_time_is_up() {
    // 144 s are 200 m on foot. A matrix rounds to the second: half a second more, 0.7 m, is within it.
    for way in [Heading::Away, Heading::Towards] {
        assert_eq!(metres(street(""), &FOOT, 'a', 144, way), 201, "one way from the end");
        assert_eq!(metres(street(""), &FOOT, 'f', 144, way), 401, "both ways from the middle");
        assert_eq!(metres(street(""), &FOOT, 'f', 9_999, way), 1_000, "no further than the street");
        assert_eq!(metres(street(""), &FOOT, 'f', 0, way), 1, "half a second both ways");
    }
}

#[test]
fn one_way_streets_are_reached_ahead_and_come_from_behind() {
    // A one-way ring of 2 km: 36 s by car are 250 m, half a second more 3.5 m.
    let ring = || {
        Town::draw(
            "
            k l m n o p
            .
            .
            .
            a b c d e f
            ",
        )
        .way("abcdefponmlka", "highway=residential oneway=yes")
        .build()
    };
    let town = ring();
    let at = town.snap(&CAR, 'c').expect("on the ring");
    let inside = |way| {
        let area = around(&town.network, &CAR, &at, &[36], way).remove(0);
        ['a', 'b', 'c', 'd', 'e'].map(|letter| area.outline.contains(&town.point(letter)))
    };
    assert_eq!(inside(Heading::Away), [false, false, true, true, true]);
    assert_eq!(inside(Heading::Towards), [true, true, true, false, false]);
}

#[test]
fn the_walk_to_the_road_takes_its_time() {
    let town = street("").build();
    let beside = Point::new(town.point('f').x(), town.point('f').y() + 0.000_904_4); // 100 m: 72 s
    let snap = town.network.snap(&FOOT, beside, Metres(200)).expect("near the street");
    let areas = around(&town.network, &FOOT, &snap, &[216, 72, 60], Heading::Away);
    let roads: Vec<u64> = areas.iter().map(|area| area.road_metres).collect();
    assert_eq!(roads, [401, 1, 0]);
    assert!(areas[2].outline.0.is_empty() && areas[2].road.is_empty(), "the time is up before the road");
}

#[test]
fn ferries_and_private_drives_are_no_part_of_an_area() {
    let town =
        Town::draw("a b c d").ways(&["ab", "cd"], "highway=residential").way("bc", "route=ferry").build();
    let at = town.snap(&FOOT, 'a').expect("on the street");
    let areas = around(&town.network, &FOOT, &at, &[9_999], Heading::Away);
    assert_eq!(areas[0].road_metres, 200);
    assert!(areas[0].outline.contains(&town.point('d')), "people get across");
}

/// A straight local plane in metres around a point.
fn metres_around(centre: Point, at: Coord) -> Coord {
    let scale = 111_320.0;
    Coord { x: (at.x - centre.x()) * scale * centre.y().to_radians().cos(), y: (at.y - centre.y()) * scale }
}

/// Metres from a point to the nearest road within reach.
fn gap_to_road(map: &RoadMap, area: &Isochrone, at: Point) -> f64 {
    let mut nearest = f64::INFINITY;
    for piece in &area.road {
        let points = map.fractions(piece.segment);
        for pair in points.windows(2).filter(|pair| piece.low <= pair[1].0 && pair[0].0 <= piece.high) {
            let [(from, a), (to, b)] = [pair[0], pair[1]];
            let (a, b) = (metres_around(at, a.point().0), metres_around(at, b.point().0));
            let share = |fraction: f64| if to > from { (fraction - from) / (to - from) } else { 0.0 };
            let (low, high) = (share(piece.low.max(from)), share(piece.high.min(to)));
            let (step, square) = (b - a, (b - a).x.powi(2) + (b - a).y.powi(2));
            let along = if square > 0.0 { -(a.x * step.x + a.y * step.y) / square } else { 0.0 };
            let foot = a + step * along.clamp(low, high);
            nearest = nearest.min(foot.x.hypot(foot.y));
        }
    }
    nearest
}

/// Points on the roads where journeys may begin and end, `every` so many segments.
fn samples(network: &RoadNetwork, who: &Traveller, every: usize) -> Vec<Snap> {
    let graph = network.travel_graph(who);
    let map = network.map();
    let segments = (0..map.segment_count()).filter(|it| graph.segment_use(*it) == SegmentUse::Main);
    let mut found = Vec::new();
    for segment in segments.step_by(every) {
        let points = map.fractions(segment);
        for pair in points.windows(2) {
            let (a, b) = (pair[0].1.point(), pair[1].1.point());
            let at = Point::new(f64::midpoint(a.x(), b.x()), f64::midpoint(a.y(), b.y()));
            found.extend(network.snap(who, at, Metres(5)));
        }
    }
    found
}

/// Holds the areas around one point against the matrix; returns how many samples were inside and outside.
fn verify(network: &RoadNetwork, who: &Traveller, at: &Snap, way: Heading, every: usize) -> [usize; 2] {
    const LIMITS: [i32; 3] = [120, 300, 600];
    let areas = around(network, who, at, &LIMITS, way);
    let samples = samples(network, who, every);
    let matrix = match way {
        Heading::Away => travel_matrix(network, who, &[*at], &samples),
        Heading::Towards => travel_matrix(network, who, &samples, &[*at]),
    };
    let mut counts = [0, 0];
    for area in &areas {
        assert!(area.outline.is_valid());
        for (index, sample) in samples.iter().enumerate() {
            let travel = if way == Heading::Away { matrix.get(0, index) } else { matrix.get(index, 0) };
            let is_reached = travel.is_some_and(|travel| travel.seconds - sample.gap_time <= area.limit);
            let is_inside = area.outline.contains(&sample.on_road());
            if is_reached {
                assert!(
                    is_inside,
                    "{who:?} {way:?} {:?}: {:?} is within reach",
                    area.limit,
                    sample.on_road()
                );
                counts[0] += 1;
            } else if gap_to_road(network.map(), area, sample.on_road()) > 3.0 * f64::from(area.cell_metres) {
                assert!(!is_inside, "{who:?} {way:?} {:?}: {:?} is too far", area.limit, sample.on_road());
                counts[1] += 1;
            }
        }
    }
    for pair in areas.windows(2) {
        assert!(pair[0].road_metres <= pair[1].road_metres);
        assert!(
            lies_inside(&pair[0].outline, &pair[1].outline),
            "{:?} in {:?}",
            pair[0].limit,
            pair[1].limit
        );
    }
    counts
}

/// Corners of the smaller are within the larger, or on its border: a border is exact on the lattice of seven decimals,
/// not in binary fractions of a degree.
fn lies_inside(small: &MultiPolygon, large: &MultiPolygon) -> bool {
    let corners = small.iter().flat_map(|polygon| polygon.exterior().points());
    corners.into_iter().all(|corner| Euclidean.distance(&corner, large) < 1e-10)
}

#[test]
fn areas_hold_what_the_matrix_says_on_real_roads() {
    let Some(path) = shared("data/osm-monaco/monaco-20210421.osm.pbf") else { return };
    let network = RoadNetwork::open(&path).expect("an extract");
    let van = Traveller { height_cm: Some(260), ..Traveller::of(Profile::Van) };
    for (who, way) in
        [(CAR, Heading::Away), (van, Heading::Towards), (FOOT, Heading::Away), (FOOT, Heading::Towards)]
    {
        let at = network.snap(&who, Point::new(7.4246, 43.7384), Metres(500)).expect("in Monaco");
        let [inside, outside] = verify(&network, &who, &at, way, 9);
        assert!(inside > 100 && outside > 20, "{who:?} {way:?}: {inside} inside, {outside} outside");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn areas_hold_what_the_matrix_says_on_sketches(
        spots in prop::collection::vec((0..400_u32, 0..400_u32), 2..25),
        backwards in any::<bool>(),
    ) {
        let points: Vec<Point> = spots
            .iter()
            .map(|(x, y)| Point::new(3.0 + f64::from(*x) * 1e-4, 47.0 + f64::from(*y) * 1e-4))
            .collect();
        let settings = SketchSettings { neighbours: 2, detour: 1.2, speeds: vec![(Metres(1_000), 15), (Metres(9_000), 30)] };
        let network = RoadNetwork::sketch(&points, &settings);
        let at = network.snap(&CAR, points[0], Metres(5)).expect("on the sketch");
        let way = if backwards { Heading::Towards } else { Heading::Away };
        verify(&network, &CAR, &at, way, 1);
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("written")).expect("JSON")
}

#[test]
fn the_program_writes_areas_that_gdal_reads() {
    let room = tempfile::tempdir().expect("a place to write");
    let file = |name: &str| room.path().join(name).to_str().expect("utf-8").to_owned();
    fs::write(file("town.osm.pbf"), street("").pbf(Packing::Zlib).0).expect("written");
    fs::write(file("points.csv"), "id,lon,lat\nmairie,0.004,0\nlavoir,0.001,0\n").expect("written");
    let (roads, points, out) = (file("town.osm.pbf"), file("points.csv"), file("areas.geojson"));
    let words = ["isochrone", "--roads", &roads, "--points", &points, "--profile", "foot", "-o", &out];
    let ran = tournee(&[&words[..], &["--minutes", "5,1,3", "--reverse", "--lang", "fr"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("6 zone(s) autour de 2 point(s), dont 0 sans aucune route"), "{}", ran.out);
    let written = json(Path::new(&out));
    let features = written["features"].as_array().expect("features");
    let ids: Vec<&str> = features.iter().filter_map(|feature| feature["properties"]["id"].as_str()).collect();
    assert_eq!(ids, ["mairie-5", "mairie-3", "mairie-1", "lavoir-5", "lavoir-3", "lavoir-1"]);
    let properties = &features[1]["properties"];
    assert_eq!(properties["title"], "à 3 min de mairie");
    assert_eq!((&properties["direction"], &properties["profile"]), (&"to".into(), &"foot".into()));
    assert_eq!((&properties["minutes"], &properties["cell_m"]), (&3.into(), &20.into()));
    // 180 s are 250 m both ways
    assert_eq!(properties["road_m"], 501);
    assert!(written["bbox"].is_array() && written.get("crs").is_none());
    let Some(told) = gdal("ogrinfo", &["-al", "-so", &out]) else { return };
    assert!(told.contains("Feature Count: 6") && told.contains("minutes: Integer"), "{told}");
    let query = "SELECT COUNT(*) AS broken FROM isochrones WHERE NOT ST_IsValid(geometry)";
    if let Some(told) = gdal("ogrinfo", &["-dialect", "SQLite", "-sql", query, &out]) {
        assert!(told.contains("broken (Integer) = 0"), "{told}");
    }
}

#[test]
fn the_program_draws_the_reach_of_a_scenario_s_aid_sites() {
    let village = crate::support::program::Village::new();
    let (scenario, out) = (village.scenario(), village.out().with_extension("geojson"));
    let [scenario, out] = [&scenario, &out].map(|path| path.to_str().expect("utf-8"));
    let ran = tournee(&["isochrone", scenario, "--minutes", "15", "-o", out]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let written = json(Path::new(out));
    assert_eq!(written["title"], "Vallée d'essai");
    let properties = &written["features"][0]["properties"];
    assert_eq!((&properties["point"], &properties["name"]), (&"F".into(), &"Point fixe".into()));
    assert_eq!(properties["date"], "2027-01-04");
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let village = crate::support::program::Village::with(&[("aid_sites.csv", "id,lon,lat\n")]);
    let scenario = village.scenario();
    let scenario = scenario.to_str().expect("utf-8");
    let run = |words: &[&str]| {
        let ran = tournee(&[&["isochrone", "--lang", "en", "-o", "/dev/null/x"], words].concat());
        (ran.code, ran.err)
    };
    let (code, said) = run(&[scenario, "--minutes", "15"]);
    assert!(code == Some(1) && said.contains("M006"), "{said}");
    for wrong in
        [&["--minutes", "15"][..], &[scenario], &[scenario, "--minutes", "0"], &[scenario, "--minutes", "x"]]
    {
        assert_eq!(run(wrong).0, Some(2), "{wrong:?}");
    }
    let many: Vec<String> = (1..=25).map(|minutes| minutes.to_string()).collect();
    assert_eq!(run(&[scenario, "--minutes", &many.join(",")]).0, Some(2));
}
