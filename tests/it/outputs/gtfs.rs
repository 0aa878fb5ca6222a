//! `gtfs.zip`, read by a library that isn't ours, and the specification's rules checked again.

use std::collections::BTreeSet;
use std::io::Cursor;

use fs_err as fs;
use gtfs_structures::{Exception, Gtfs, PickupDropOffType};
use serde_json::Value;

use super::planned;

fn feed(bytes: Vec<u8>) -> Gtfs {
    Gtfs::from_reader(Cursor::new(bytes)).expect("GTFS whose references all lead somewhere")
}

#[test]
fn every_visit_is_a_stop_time_on_its_date() {
    let village = planned();
    let feed = feed(fs::read(village.out().join("gtfs.zip")).expect("written"));
    let mut told = BTreeSet::new();
    for trip in feed.trips.values() {
        for date in &feed.calendar_dates[&trip.service_id] {
            assert_eq!(date.exception_type, Exception::Added);
            for time in trip.stop_times.iter().filter(|time| time.stop.id.starts_with("stop:")) {
                let hour = |seconds: Option<u32>| {
                    let seconds = seconds.expect("a time");
                    format!("{:02}:{:02}", seconds / 3600, seconds % 3600 / 60)
                };
                let stop = time.stop.id.trim_start_matches("stop:").to_owned();
                let row = (
                    date.date.to_string(),
                    trip.route_id.clone(),
                    stop,
                    hour(time.arrival_time),
                    hour(time.departure_time),
                );
                assert!(told.insert(row), "a visit twice");
            }
        }
    }
    let layer = super::json(&village, "visits.geojson");
    let visit = |feature: &Value| {
        let word = |key: &str| feature["properties"][key].as_str().expect("words").to_owned();
        (word("date"), word("antenna"), word("stop"), word("opens"), word("closes"))
    };
    let planned: BTreeSet<_> = layer["features"].as_array().expect("features").iter().map(visit).collect();
    assert_eq!(told, planned);
}

#[test]
fn times_and_distances_grow_and_nobody_boards() {
    let village = planned();
    let feed = feed(fs::read(village.out().join("gtfs.zip")).expect("written"));
    assert!(!feed.trips.is_empty());
    for trip in feed.trips.values() {
        let times = &trip.stop_times;
        assert!(times.len() >= 3, "from the depot to a stop and back");
        assert!(times.iter().all(|time| time.pickup_type == PickupDropOffType::NotAvailable));
        assert!(times.iter().all(|time| time.arrival_time <= time.departure_time));
        for pair in times.windows(2) {
            assert!(pair[0].departure_time <= pair[1].arrival_time, "{}", trip.id);
            assert!(pair[0].shape_dist_traveled <= pair[1].shape_dist_traveled, "{}", trip.id);
            assert!(pair[0].stop_sequence < pair[1].stop_sequence);
        }
        let shape = &feed.shapes[trip.shape_id.as_ref().expect("a shape")];
        assert!(
            shape.len() >= 2 && shape.windows(2).all(|pair| pair[0].dist_traveled < pair[1].dist_traveled)
        );
        let ends =
            (times.last().expect("stops").shape_dist_traveled, shape.last().expect("points").dist_traveled);
        assert_eq!(ends.0, ends.1, "{}", trip.id);
        // Each stop lies on the shape where its distance says.
        for time in times {
            let at = shape
                .iter()
                .find(|point| point.dist_traveled == time.shape_dist_traveled)
                .expect("a point of the shape");
            assert!((at.latitude - time.stop.latitude.expect("known")).abs() < 1e-3, "{}", trip.id);
            assert!((at.longitude - time.stop.longitude.expect("known")).abs() < 1e-3, "{}", trip.id);
        }
    }
    let info = &feed.feed_info[0];
    assert_eq!(info.start_date.expect("known").to_string(), "2027-01-04");
}
