//! `opening_hours` of stops, evaluated by the library that reads OSM's.

use std::collections::BTreeMap;

use opening_hours::OpeningHours;
use serde_json::Value;

use super::{json, planned};
use crate::support::program::Village;

type Span = (String, String);

/// Opening and closing of each visit of each stop.
fn planned_hours(village: &Village) -> BTreeMap<String, Vec<Span>> {
    let mut hours: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for feature in json(village, "visits.geojson")["features"].as_array().expect("features") {
        let visit = &feature["properties"];
        let word = |key: &str| visit[key].as_str().expect("words").to_owned();
        let at = |key: &str| format!("{}T{}:00", word("date"), word(key));
        hours.entry(word("stop")).or_default().push((at("opens"), at("closes")));
    }
    for spans in hours.values_mut() {
        spans.sort();
    }
    hours
}

/// When the value says the stop is open, over the published dates.
fn said_hours(value: &str) -> Vec<Span> {
    let hours: OpeningHours = value.parse().unwrap_or_else(|error| panic!("{value}: {error}"));
    let moment = |text: &str| text.parse().expect("a moment");
    hours
        .iter_range(moment("2027-01-04T00:00:00"), moment("2027-02-15T00:00:00"))
        .filter(|span| span.kind == opening_hours::RuleKind::Open)
        .map(|span| (span.range.start, span.range.end))
        .map(|(start, end)| (start.format("%FT%T").to_string(), end.format("%FT%T").to_string()))
        .collect()
}

#[test]
fn opening_hours_hold_on_exactly_the_planned_visits() {
    let village = planned();
    let planned = planned_hours(&village);
    let layer = json(&village, "stops.geojson");
    let mut seen = 0;
    for feature in layer["features"].as_array().expect("features") {
        let stop = &feature["properties"];
        let id = stop["id"].as_str().expect("words");
        match &stop["opening_hours"] {
            Value::String(value) => {
                assert_eq!(said_hours(value), planned[id], "{id}: {value}");
                seen += 1;
            }
            _ => assert!(!planned.contains_key(id), "{id} has visits"),
        }
    }
    assert!(seen >= 3, "the required stops are served");
}
