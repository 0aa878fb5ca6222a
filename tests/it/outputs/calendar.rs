//! `calendar.ics`, expanded by a library that isn't ours to exactly the planned openings.

use std::collections::{BTreeMap, BTreeSet};

use fs_err as fs;
use rrule::RRuleSet;

use super::planned;
use crate::support::program::{Village, tournee};

/// Opens and closes, `2027-01-05T10:00:00+01:00`.
type Opening = (String, String);

/// Properties of the events of a calendar: name with parameters, and value, in order.
pub fn events(text: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = text.replace("\r\n ", "");
    let mut events = Vec::new();
    let mut current: Option<Vec<(String, String)>> = None;
    for line in unfolded.split_terminator("\r\n") {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("a property: {line}"));
        match (name, value) {
            ("BEGIN", "VEVENT") => current = Some(Vec::new()),
            ("END", "VEVENT") => events.extend(current.take()),
            _ => current.iter_mut().for_each(|event| event.push((name.to_owned(), value.to_owned()))),
        }
    }
    events
}

fn value<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    let is_it = |(key, _): &&(String, String)| key.split(';').next() == Some(name);
    event.iter().find(is_it).map_or_else(|| panic!("{name} in {event:?}"), |(_, value)| value)
}

/// The openings of an event, as the crate `rrule` expands them.
fn openings(event: &[(String, String)]) -> Vec<Opening> {
    let start = value(event, "DTSTART");
    let rule = event.iter().find(|(name, _)| name == "RRULE").map_or("FREQ=DAILY;COUNT=1", |(_, rule)| rule);
    let skipped: Vec<String> = event
        .iter()
        .filter(|(name, _)| name.starts_with("EXDATE"))
        .map(|(name, date)| format!("\n{name}:{date}"))
        .collect();
    let skipped = skipped.concat();
    let set: RRuleSet = format!("DTSTART;TZID=Europe/Paris:{start}\nRRULE:{rule}{skipped}")
        .parse()
        .unwrap_or_else(|error| panic!("{error}: {event:?}"));
    let length = {
        let moment = |stamp: &str| jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", stamp).expect("a moment");
        moment(value(event, "DTEND")).duration_since(moment(start)).as_secs()
    };
    let expanded = set.all(1000);
    assert!(!expanded.limited, "the rule ends");
    let words = |moment: chrono::DateTime<rrule::Tz>| moment.format("%FT%T%:z").to_string();
    expanded
        .dates
        .into_iter()
        .map(|opens| (words(opens), words(opens + chrono::TimeDelta::seconds(length))))
        .collect()
}

/// Openings by the summary of their event.
fn expanded(text: &str) -> BTreeMap<String, Vec<Opening>> {
    let mut all: BTreeMap<String, Vec<Opening>> = BTreeMap::new();
    for event in events(text) {
        all.entry(value(&event, "SUMMARY").to_owned()).or_default().extend(openings(&event));
    }
    for openings in all.values_mut() {
        openings.sort();
    }
    all
}

/// What the plan announces, by summary.
fn announced(village: &Village) -> BTreeMap<String, Vec<Opening>> {
    let mut all: BTreeMap<String, Vec<Opening>> = BTreeMap::new();
    let layer = super::json(village, "visits.geojson");
    for feature in layer["features"].as_array().expect("features") {
        let visit = &feature["properties"];
        let word = |key: &str| visit[key].as_str().expect("words");
        let at = |key: &str| format!("{}T{}:00+01:00", word("date"), word(key));
        all.entry(format!("Aide alimentaire : {}", word("name")))
            .or_default()
            .push((at("opens"), at("closes")));
    }
    for openings in all.values_mut() {
        openings.sort();
    }
    all
}

fn calendar(village: &Village, name: &str) -> String {
    fs::read_to_string(village.out().join(name)).expect("written")
}

#[test]
fn rules_expand_to_exactly_the_planned_openings() {
    let village = planned();
    let text = calendar(&village, "calendar.ics");
    assert_eq!(expanded(&text), announced(&village));
    assert!(text.contains("RRULE:FREQ=WEEKLY;INTERVAL=1"), "a weekly stop has a rule: {text}");
    assert!(text.contains("EXDATE;TZID=Europe/Paris:20270126T"), "the closed Tuesday is skipped: {text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded");
}

#[test]
fn the_files_of_stops_and_of_antennas_share_the_events_of_all() {
    let village = planned();
    let uids = |text: &str| -> BTreeSet<String> {
        events(text).iter().map(|event| value(event, "UID").to_owned()).collect()
    };
    let all = calendar(&village, "calendar.ics");
    assert_eq!(uids(&all).len(), events(&all).len(), "no two events share a UID");
    let mut parts = BTreeMap::from([("stop-", BTreeSet::new()), ("antenna-", BTreeSet::new())]);
    for entry in fs::read_dir(village.out().join("calendar")).expect("a folder") {
        let name = entry.expect("readable").file_name().into_string().expect("plain");
        let kind = parts.iter_mut().find(|(kind, _)| name.starts_with(**kind)).expect("one of both").1;
        for uid in uids(&calendar(&village, &format!("calendar/{name}"))) {
            assert!(kind.insert(uid), "each event is in one file of its kind: {name}");
        }
    }
    assert!(parts.values().all(|part| *part == uids(&all)));
}

#[test]
fn another_hour_changes_an_event_and_not_its_uid() {
    let village = planned();
    let plan = calendar(&village, "plan.json");
    // Each opening a quarter of an hour later: the announced hours are what calendars tell.
    let mut later: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
    let later_hour = |hour: &mut serde_json::Value| {
        let time: jiff::civil::Time = hour.as_str().expect("words").parse().expect("an hour");
        *hour = time.saturating_add(jiff::Span::new().minutes(15)).strftime("%H:%M").to_string().into();
    };
    let tours = later["tours"].as_array_mut().expect("tours").iter_mut();
    let calls = tours
        .flat_map(|tour| tour["trips"].as_array_mut().expect("trips"))
        .flat_map(|trip| trip["calls"].as_array_mut().expect("calls"));
    for visit in calls {
        later_hour(&mut visit["opens"]);
        later_hour(&mut visit["closes"]);
    }
    for visit in later["cancelled"].as_array_mut().expect("a list") {
        later_hour(&mut visit["opens"]);
        later_hour(&mut visit["closes"]);
    }
    let (file, out) = (village.room().join("later.json"), village.room().join("later"));
    fs::write(&file, later.to_string()).expect("written");
    let run =
        tournee(&["report", &file.to_string_lossy(), "--formats", "ics", "--out", &out.to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let moved = fs::read_to_string(out.join("calendar.ics")).expect("written");
    let keys = |text: &str, name: &str| -> Vec<String> {
        let mut keys: Vec<_> = events(text).iter().map(|event| value(event, name).to_owned()).collect();
        keys.sort();
        keys
    };
    let before = calendar(&village, "calendar.ics");
    assert_eq!(keys(&moved, "UID"), keys(&before, "UID"));
    assert_ne!(keys(&moved, "DTSTART"), keys(&before, "DTSTART"));
}
