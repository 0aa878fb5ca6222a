//! `tournee report`: the files of a plan made again from `plan.json` alone.

use fs_err as fs;
use serde_json::{Value, json};
use tournee::outputs::document::PlanDocument;
use tournee::outputs::plan_json::read_whole;

use super::planned;
use crate::support::program::{snapshot, tournee};

fn document(bytes: &[u8]) -> PlanDocument {
    let read = read_whole("plan.json", bytes);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read.value.expect("no findings")
}

#[test]
fn a_document_reads_back_as_it_was_written() {
    let bytes = fs::read(planned().out().join("plan.json")).expect("written");
    let read = document(&bytes);
    assert_eq!(String::from_utf8(read.to_json()), String::from_utf8(bytes));
}

#[test]
fn every_file_comes_again_byte_for_byte() {
    let village = planned();
    let out = village.out();
    let room = tempfile::tempdir().expect("a folder");
    let again = room.path().join("again");
    let run = tournee(&["report", &out.to_string_lossy(), "--out", &again.to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let (first, second) = (snapshot(&out), snapshot(&again));
    assert!(first.len() > 7, "{first:?}");
    for ((name, bytes), again) in first.iter().zip(&second) {
        assert!((name, bytes) == (&again.0, &again.1), "{name} comes again as {}", again.0);
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn another_language_and_some_formats_leave_the_other_files() {
    let village = planned();
    let out = village.out();
    let before = fs::read(out.join("visits.geojson")).expect("written");
    let run = tournee(&["report", &out.to_string_lossy(), "--lang", "en", "--formats", "csv"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let table = fs::read_to_string(out.join("timetable.csv")).expect("written");
    assert!(table.starts_with("Date,Weekday,Opens"), "{table}");
    assert_eq!(fs::read(out.join("visits.geojson")).expect("still there"), before);
    let unknown = tournee(&["report", &out.to_string_lossy(), "--formats", "docx"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("geojson"), "the formats are named: {}", unknown.err);
}

#[test]
fn a_damaged_plan_is_an_error_that_says_where() {
    let village = planned();
    let plan = super::json(&village, "plan.json");
    let damages: [(&str, Value); 9] = [
        ("/scenario/timezone", json!("Europe/Nevers")),
        ("/stops/0/lon", json!(700)),
        ("/stops/1/id", plan["stops"][0]["id"].clone()),
        ("/tours/0/antenna", json!("nobody")),
        ("/tours/0/way", json!(99)),
        ("/tours/0/leave", json!("soon")),
        ("/tours/0/trips", json!([])),
        ("/antennas/0/depot", json!("nowhere")),
        ("/places/0/households", json!("many")),
    ];
    for (path, value) in damages {
        let mut damaged = plan.clone();
        *damaged.pointer_mut(path).unwrap_or_else(|| panic!("{path} is in the plan")) = value;
        let read = read_whole("plan.json", damaged.to_string().as_bytes());
        assert!(read.value.is_none(), "{path}");
        let said = format!("{:?}", read.diagnostics);
        let list = path.split('/').nth(1).expect("a list");
        assert!(said.contains(list) || path == "/places/0/households", "{path}: {said}");
    }
    let by_hand = r#"{"tours":[{"antenna":"A","date":"2027-01-05","calls":[{"stop":"S1","opens":"10:00","closes":"11:00"}]}]}"#;
    assert!(read_whole("plan.json", by_hand.as_bytes()).value.is_none(), "a plan typed by hand is not whole");
}
