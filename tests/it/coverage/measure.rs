//! Who is covered, and who attends what: small cases worked out by hand.

use proptest::prelude::*;
use tournee::coverage::{Attendance, CoverageReport, Means, attendance, measure};
use tournee::ids::{PlaceId, SiteId, StopId};
use tournee::tables::{Count, Dataset};
use tournee::units::{Metres, Need, Seconds};

use super::fixture::{self, covers, north, open, place, site, stop};

fn report(dataset: &Dataset, stops: &[usize]) -> CoverageReport {
    measure(dataset, &covers(dataset), &open(dataset, stops))
}

fn attend(dataset: &Dataset, stops: &[usize]) -> Attendance {
    attendance(dataset, &covers(dataset), &open(dataset, stops))
}

/// A place 9 km from an aid site: 900 s by car. The limit is `drive` seconds.
fn fifteen_minutes_off(drive: i32) -> Dataset {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(9000.0), (10_000, 0));
    site(&mut dataset, north(0.0));
    stop(&mut dataset, north(50_000.0));
    dataset.settings.coverage.drive_limit = Some(Seconds(drive));
    dataset
}

#[test]
fn a_drive_of_exactly_the_limit_is_within_it() {
    assert_eq!(report(&fifteen_minutes_off(900), &[]).covered_before, Need(10_000));
    assert_eq!(report(&fifteen_minutes_off(899), &[]).covered_before, Need::ZERO);
}

#[test]
fn a_place_beyond_the_limit_still_knows_its_nearest_aid_site() {
    let report = report(&fifteen_minutes_off(600), &[]);
    let (nearest, travel) = report.places[PlaceId(0)].nearest_site.expect("it is a quarter of an hour away");
    assert_eq!((nearest, travel.seconds), (SiteId(0), Seconds(900)));
}

#[test]
fn a_custom_rule_with_two_limits_needs_both() {
    let mut dataset = fifteen_minutes_off(900);
    dataset.settings.coverage.road_limit = Some(Metres(9000));
    assert_eq!(report(&dataset, &[]).covered_before, Need(10_000));
    dataset.settings.coverage.road_limit = Some(Metres(8999));
    assert_eq!(report(&dataset, &[]).covered_before, Need::ZERO);
    dataset.settings.coverage.drive_limit = None;
    assert_eq!(report(&dataset, &[]).covered_before, Need::ZERO);
    dataset.settings.coverage.road_limit = Some(Metres(9000));
    assert_eq!(report(&dataset, &[]).covered_before, Need(10_000));
}

#[test]
fn households_without_a_car_walk() {
    // 1 km is 720 s at 5 km/h and 100 s by car; 9 km is a quarter of an hour by car and far on foot.
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(1000.0), (6000, 4000));
    place(&mut dataset, north(9000.0), (6000, 4000));
    site(&mut dataset, north(0.0));
    stop(&mut dataset, north(9000.0));
    dataset.settings.coverage.walk_limit = Seconds(720);
    let near = report(&dataset, &[]);
    assert_eq!(near.places[PlaceId(0)].covered_before, Need(10_000));
    assert_eq!(near.places[PlaceId(1)].covered_before, Need(6000));
    dataset.settings.coverage.walk_limit = Seconds(719);
    assert_eq!(report(&dataset, &[]).places[PlaceId(0)].covered_before, Need(6000));
    // The stop stands in the far village: nobody has to walk at all.
    assert_eq!(report(&dataset, &[0]).places[PlaceId(1)].covered_after, Need(10_000));
}

#[test]
fn a_group_without_households_is_no_group() {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(0.0), (0, 7000));
    place(&mut dataset, north(0.0), (7000, 0));
    place(&mut dataset, north(0.0), (0, 0));
    stop(&mut dataset, north(0.0));
    let covers = covers(&dataset);
    let groups: Vec<_> = covers.groups.iter().map(|group| (group.place.index(), group.means)).collect();
    assert_eq!(groups, [(0, Means::Foot), (1, Means::Car)]);
    let report = measure(&dataset, &covers, &open(&dataset, &[0]));
    assert_eq!(
        (report.need, report.covered_before, report.covered_after),
        (Need(14_000), Need(0), Need(14_000))
    );
    assert_eq!(report.places.len(), 3);
}

#[test]
fn a_place_counts_once_however_many_stops_reach_it() {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(0.0), (5000, 0));
    stop(&mut dataset, north(1000.0));
    stop(&mut dataset, north(2000.0));
    let both = report(&dataset, &[0, 1]);
    assert_eq!(both.covered_after, Need(5000));
    assert_eq!(attend(&dataset, &[0, 1]).attending.raw, [Need(5000), Need(0)]);
}

#[test]
fn people_go_to_the_nearest_stop_that_is_open() {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(0.0), (5000, 0));
    stop(&mut dataset, north(2000.0));
    stop(&mut dataset, north(1000.0));
    assert_eq!(attend(&dataset, &[0, 1]).stop_of_group, [Some(StopId(1))]);
    assert_eq!(attend(&dataset, &[0]).stop_of_group, [Some(StopId(0))]);
    assert_eq!(attend(&dataset, &[]).stop_of_group, [None]);
    let nearest = report(&dataset, &[0]).places[PlaceId(0)].nearest_stop.expect("one is open");
    assert_eq!((nearest.0, nearest.1.seconds), (StopId(0), Seconds(200)));
}

#[test]
fn of_two_stops_as_near_the_first_of_the_table_is_attended() {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(0.0), (5000, 0));
    stop(&mut dataset, north(1000.0));
    stop(&mut dataset, north(1000.0));
    assert_eq!(attend(&dataset, &[0, 1]).stop_of_group, [Some(StopId(0))]);
    assert_eq!(attend(&dataset, &[1]).stop_of_group, [Some(StopId(1))]);
}

#[test]
fn households_that_an_aid_site_covers_come_only_where_everyone_counts() {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(0.0), (6000, 4000));
    site(&mut dataset, north(2000.0));
    stop(&mut dataset, north(0.0));
    // The site is 200 s off by car and 24 minutes on foot: only those without a car are in a white zone.
    assert_eq!(attend(&dataset, &[0]).attending.raw, [Need(4000)]);
    assert_eq!(attend(&dataset, &[0]).stop_of_group, [None, Some(StopId(0))]);
    dataset.settings.coverage.count = Count::Everyone;
    assert_eq!(attend(&dataset, &[0]).attending.raw, [Need(10_000)]);
}

#[test]
fn attendance_is_a_share_of_each_group_rounded_down_to_a_thousandth() {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(0.0), (1001, 333));
    stop(&mut dataset, north(0.0));
    dataset.settings.coverage.attendance_permille = 500;
    // 500.5 and 166.5 thousandths.
    assert_eq!(attend(&dataset, &[0]).attending.raw, [Need(666)]);
    dataset.settings.coverage.attendance_permille = 0;
    assert_eq!(attend(&dataset, &[0]).attending.raw, [Need(0)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Points on a line of 60 km, places with any need, any stops open.
    #[test]
    fn parts_add_up_to_the_whole(
        places in prop::collection::vec((0..60_000i32, 0..5000i64, 0..5000i64), 0..12),
        sites in prop::collection::vec(0..60_000i32, 0..4),
        stops in prop::collection::vec((0..60_000i32, any::<bool>()), 1..8),
        permille in 0..=1000u16,
    ) {
        let mut dataset = fixture::with_van();
        for (at, with_car, without_car) in &places {
            place(&mut dataset, north(f64::from(*at)), (*with_car, *without_car));
        }
        for at in &sites {
            site(&mut dataset, north(f64::from(*at)));
        }
        for (at, _) in &stops {
            stop(&mut dataset, north(f64::from(*at)));
        }
        dataset.settings.coverage.attendance_permille = permille;
        let opened: Vec<usize> = (0..stops.len()).filter(|index| stops[*index].1).collect();
        let report = report(&dataset, &opened);

        let typed: i64 = places.iter().map(|(_, with_car, without_car)| with_car + without_car).sum();
        prop_assert_eq!(report.need, Need(typed));
        let sum = |part: fn(&tournee::coverage::PlaceCoverage) -> Need| report.places.iter().map(part).sum::<Need>();
        prop_assert_eq!(report.covered_before, sum(|place| place.covered_before));
        prop_assert_eq!(report.covered_after, sum(|place| place.covered_after));
        for (coverage, place) in report.places.iter().zip(&dataset.places) {
            prop_assert!(coverage.covered_before <= coverage.covered_after);
            prop_assert!(coverage.covered_after <= place.need());
        }

        let attends = attend(&dataset, &opened);
        let covers = covers(&dataset);
        for (group, stop) in covers.groups.iter().zip(&attends.stop_of_group) {
            // The nearest open stop by the plainest definition, for those whom no aid site covers.
            let reached = group.stops.iter().filter(|(stop, _)| opened.contains(&stop.index()));
            let nearest = reached.min_by_key(|(stop, travel)| (travel.seconds, travel.metres, *stop));
            let expected = if group.site.is_some() { None } else { nearest.map(|(stop, _)| *stop) };
            prop_assert_eq!(*stop, expected);
        }
        let newly_covered = report.covered_after - report.covered_before;
        let coming: Need = attends.attending.iter().copied().sum();
        prop_assert!(coming.get() <= newly_covered.get() * i64::from(permille) / 1000);
    }
}
