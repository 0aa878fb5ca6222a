//! White zones hold what they say: every uncovered place, no other, in areas that any geographic tool accepts.

use geo::algorithm::Validation;
use geo::algorithm::line_measures::{Distance, Euclidean, Haversine};
use geo::coordinate_position::CoordPos;
use geo::dimensions::Dimensions;
use geo::{Contains, CoordsIter, Intersects, LineString, MultiPolygon, Point, Polygon, Relate, Winding};
use proptest::prelude::*;
use tournee::coverage::{CoverageReport, Phase, PlaceCoverage, Unreached, WhiteZone, white_zones};
use tournee::ids::PlaceId;
use tournee::tables::Dataset;
use tournee::units::Need;

use super::fixture;

/// A place with `need` thousandths of a household, of which `covered` are.
#[derive(Clone, Copy, Debug)]
struct Village {
    lon: f64,
    lat: f64,
    need: i64,
    covered: i64,
}

const fn white(lon: f64, lat: f64) -> Village {
    Village { lon, lat, need: 4000, covered: 0 }
}

const fn on_foot_only(lon: f64, lat: f64) -> Village {
    Village { lon, lat, need: 4000, covered: 3000 }
}

const fn covered(lon: f64, lat: f64) -> Village {
    Village { lon, lat, need: 4000, covered: 4000 }
}

impl Village {
    fn at(self) -> Point {
        Point::new(self.lon, self.lat)
    }

    fn uncovered(self) -> Need {
        Need(self.need - self.covered)
    }
}

/// A dataset with these places alone; zones look at nothing else.
fn dataset(villages: &[Village]) -> Dataset {
    let mut dataset = fixture::empty();
    for village in villages {
        fixture::place(&mut dataset, village.at(), (village.need, 0));
    }
    dataset
}

fn report(villages: &[Village]) -> CoverageReport {
    let states = villages.iter().enumerate().map(|(index, village)| PlaceCoverage {
        place: PlaceId::from(index),
        covered_before: Need(village.covered),
        covered_after: Need(village.need),
        nearest_site: None,
        nearest_stop: None,
    });
    CoverageReport {
        places: states.collect(),
        need: Need(villages.iter().map(|village| village.need).sum()),
        covered_before: Need(villages.iter().map(|village| village.covered).sum()),
        covered_after: Need(villages.iter().map(|village| village.need).sum()),
    }
}

fn zones(villages: &[Village]) -> Vec<WhiteZone> {
    white_zones(&dataset(villages), &report(villages), Phase::Before)
}

/// The places of each zone, as positions.
fn members(zones: &[WhiteZone]) -> Vec<Vec<usize>> {
    zones.iter().map(|zone| zone.places.iter().map(|place| place.index()).collect()).collect()
}

#[test]
fn nobody_uncovered_makes_no_zone() {
    assert!(zones(&[]).is_empty());
    assert!(zones(&[covered(3.0, 47.0), Village { lon: 3.1, lat: 47.0, need: 0, covered: 0 }]).is_empty());
}

#[test]
fn one_place_is_a_zone_named_after_it() {
    let found = zones(&[white(3.0, 47.0)]);
    assert_eq!(members(&found), [vec![0]]);
    assert_eq!(found[0].id, "zone-P0");
    assert_eq!(found[0].need, Need(4000));
    assert_eq!(found[0].unreached, Unreached::Everybody);
}

#[test]
fn neighbours_share_a_zone_and_a_far_hamlet_has_its_own() {
    // 0.02° of latitude is 2.2 km: cells reach 3.3 km and join. The hamlet, 11 km on, is beyond two reaches of 5 km.
    let found = zones(&[white(3.0, 47.00), white(3.0, 47.02), white(3.0, 47.04), white(3.0, 47.14)]);
    assert_eq!(members(&found), [vec![0, 1, 2], vec![3]]);
}

#[test]
fn a_covered_village_between_two_uncovered_ones_parts_them() {
    // On a line, the middle's strip is bounded by two parallel bisectors, higher than the cells reach.
    let found = zones(&[white(3.0, 47.00), covered(3.0, 47.01), white(3.0, 47.02)]);
    assert_eq!(members(&found), [vec![0], vec![2]]);
}

#[test]
fn a_covered_town_amid_white_villages_is_a_hole() {
    let ring = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)];
    let mut villages: Vec<Village> =
        ring.iter().map(|(x, y)| white(3.0 + 0.013 * f64::from(*x), 47.0 + 0.009 * f64::from(*y))).collect();
    villages.push(covered(3.0, 47.0));
    let found = zones(&villages);
    assert_eq!(members(&found), [(0..8).collect::<Vec<_>>()]);
    assert_eq!(found[0].outline.0[0].interiors().len(), 1);
}

#[test]
fn places_that_coincide_are_one_spot_which_is_white_if_one_is() {
    let found = zones(&[covered(3.0, 47.0), white(3.0, 47.0), white(3.0, 47.0)]);
    assert_eq!(members(&found), [vec![1, 2]]);
}

#[test]
fn villages_that_only_walkers_miss_are_zones_of_their_own() {
    let found = zones(&[white(3.0, 47.00), white(3.0, 47.01), on_foot_only(3.0, 47.02)]);
    assert_eq!(members(&found), [vec![0, 1], vec![2]]);
    assert_eq!(found[0].unreached, Unreached::Everybody);
    assert_eq!(found[1].unreached, Unreached::Some);
    assert_eq!(found[1].need, Need(1000));
}

#[test]
fn the_largest_need_comes_first() {
    let found =
        zones(&[on_foot_only(3.0, 47.0), white(4.0, 47.0), Village { need: 9000, ..white(5.0, 47.0) }]);
    assert_eq!(members(&found), [vec![2], vec![1], vec![0]]);
}

/// Everything promised of zones.
fn assert_they_hold_what_they_say(villages: &[Village]) {
    let found = zones(villages);
    let inside: Vec<usize> = {
        let mut all = members(&found).concat();
        all.sort_unstable();
        all
    };
    let uncovered: Vec<usize> =
        (0..villages.len()).filter(|index| villages[*index].uncovered() > Need::ZERO).collect();
    assert_eq!(inside, uncovered, "each uncovered place is in exactly one zone");
    let need: Need = found.iter().map(|zone| zone.need).sum();
    assert_eq!(
        need,
        villages.iter().map(|village| village.uncovered()).sum(),
        "zones add up to the uncovered need"
    );

    for zone in &found {
        assert!(zone.outline.is_valid(), "{:?}", zone.outline.validation_errors());
        for polygon in &zone.outline {
            assert!(polygon.exterior().is_ccw(), "outer rings are counter-clockwise");
            assert!(polygon.interiors().iter().all(Winding::is_cw), "holes are clockwise");
            let rings = polygon.interiors().iter().chain([polygon.exterior()]);
            assert!(rings.flat_map(|ring| &ring.0).all(|at| is_short(at.x) && is_short(at.y)), "7 decimals");
        }
        for (index, village) in villages.iter().enumerate() {
            let is_member = zone.places.contains(&PlaceId::from(index));
            if is_member {
                assert!(zone.outline.contains(&village.at()), "P{index} is strictly inside {}", zone.id);
            } else if !is_one_spot_with(*village, zone, villages) {
                assert!(!zone.outline.intersects(&village.at()), "P{index} is outside of {}", zone.id);
            }
        }
    }
    for (index, zone) in found.iter().enumerate() {
        for other in &found[index + 1..] {
            let common = zone.outline.relate(&other.outline).get(CoordPos::Inside, CoordPos::Inside);
            assert_eq!(common, Dimensions::Empty, "{} and {} do not overlap", zone.id, other.id);
            assert_ne!(zone.id, other.id);
        }
    }
}

#[expect(clippy::float_cmp, reason = "the very number that 7 decimals are read as")]
fn is_short(degrees: f64) -> bool {
    (degrees * 1e7).round() / 1e7 == degrees
}

/// Whether steps of about a metre lead from a village to a member of a zone.
fn is_one_spot_with(village: Village, zone: &WhiteZone, villages: &[Village]) -> bool {
    let near = |a: Village, b: Village| Haversine.distance(a.at(), b.at()) < 1.05;
    let mut spot = vec![village];
    let mut known = vec![false; villages.len()];
    while let Some(here) = spot.pop() {
        for (index, other) in villages.iter().enumerate() {
            if !known[index] && near(here, *other) {
                if zone.places.contains(&PlaceId::from(index)) {
                    return true;
                }
                known[index] = true;
                spot.push(*other);
            }
        }
    }
    false
}

/// Needs of the four kinds: none, uncovered, partly covered, covered.
fn need() -> impl Strategy<Value = (i64, i64)> {
    prop_oneof![Just((0, 0)), (1..9000i64).prop_map(|need| (need, 0)), Just((5000, 4100)), Just((3000, 3000))]
}

fn villages(at: impl Strategy<Value = (f64, f64)>) -> impl Strategy<Value = Vec<Village>> {
    let village = (at, need()).prop_map(|((lon, lat), (need, covered))| Village { lon, lat, need, covered });
    prop::collection::vec(village, 0..40)
}

/// A territory of four corners about 3.15° E, 47.1° N, so far east, north, west and south.
fn territory([east, north, west, south]: [f64; 4]) -> MultiPolygon {
    let corners = [(3.15 + east, 47.1), (3.15, 47.1 + north), (3.15 - west, 47.1), (3.15, 47.1 - south)];
    MultiPolygon::new(vec![Polygon::new(LineString::from(corners.to_vec()), Vec::new())])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn zones_of_a_countryside_hold_what_they_say(villages in villages((2.9..3.4, 46.9..47.3))) {
        assert_they_hold_what_they_say(&villages);
    }

    #[test]
    fn zones_of_a_grid_hold_what_they_say(
        villages in villages((0..6i32, 0..6i32).prop_map(|(x, y)| (3.0 + f64::from(x) * 0.01, 47.0 + f64::from(y) * 0.01)))
    ) {
        assert_they_hold_what_they_say(&villages);
    }

    #[test]
    fn zones_of_places_side_by_side_hold_what_they_say(
        villages in villages((0..40i32, 0..40i32).prop_map(|(x, y)| (3.0 + f64::from(x) * 4e-6, 47.0 + f64::from(y) * 3e-6)))
    ) {
        assert_they_hold_what_they_say(&villages);
    }

    #[test]
    fn zones_anywhere_on_earth_hold_what_they_say(villages in villages((-179.9..179.9, -85.0..85.0))) {
        assert_they_hold_what_they_say(&villages);
    }

    #[test]
    fn zones_are_cut_to_a_territory(
        villages in villages((2.9..3.4, 46.9..47.3)),
        reach in [0.02..0.3, 0.02..0.2, 0.02..0.3, 0.02..0.2],
    ) {
        let mut dataset = dataset(&villages);
        let area = territory(reach);
        dataset.territory = Some(area.clone());
        let found = white_zones(&dataset, &report(&villages), Phase::Before);
        for zone in &found {
            prop_assert!(zone.outline.is_valid());
            prop_assert!(zone.outline.iter().all(|polygon| polygon.exterior().is_ccw()));
            // A corner is at most a lattice step, a centimetre, outside: both parts of it rounded.
            for corner in zone.outline.coords_iter().map(Point::from) {
                prop_assert!(area.contains(&corner) || Euclidean.distance(&corner, &area) < 2e-7, "{corner:?}");
            }
            for place in &zone.places {
                prop_assert!(zone.outline.contains(&dataset.places[*place].at));
            }
        }
        for (index, village) in villages.iter().enumerate().filter(|(_, village)| village.uncovered() > Need::ZERO) {
            let holding = found.iter().filter(|zone| zone.places.contains(&PlaceId::from(index))).count();
            // Too near the border to tell, by rounding.
            if Euclidean.distance(&village.at(), area.0[0].exterior()) > 1e-6 {
                prop_assert_eq!(holding, usize::from(area.contains(&village.at())), "P{}", index);
            }
        }
    }

    /// The ends of the world, and the meridians where the computation cuts it.
    #[test]
    fn zones_at_the_ends_of_the_earth_hold_what_they_say(
        villages in villages((
            prop_oneof![Just(-180.0), Just(-33.0), Just(-32.999_999_9), Just(146.0), Just(180.0), -33.02..-32.98],
            prop_oneof![Just(-90.0), Just(0.0), Just(0.01), Just(90.0)],
        ))
    ) {
        let found = zones(&villages);
        let inside: usize = found.iter().map(|zone| zone.places.len()).sum();
        let uncovered = villages.iter().filter(|village| village.uncovered() > Need::ZERO).count();
        prop_assert_eq!(inside, uncovered);
        prop_assert!(found.iter().all(|zone| zone.outline.is_valid()));
    }

    #[test]
    fn the_order_of_the_table_does_not_move_an_outline(villages in villages((2.9..3.4, 46.9..47.3))) {
        let mut reversed = villages.clone();
        reversed.reverse();
        let outlines = |villages: &[Village]| {
            let mut all: Vec<String> =
                zones(villages).iter().map(|zone| format!("{:?} {:?}", zone.need, zone.outline)).collect();
            all.sort();
            all
        };
        prop_assert_eq!(outlines(&villages), outlines(&reversed));
    }
}
