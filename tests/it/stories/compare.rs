//! A coordinator asks what a new plan changes.

use std::path::PathBuf;

use fs_err as fs;
use serde_json::Value;

use crate::support::program::{Run, Village, tournee};

/// The plan of a village, and a copy that was changed.
fn two_plans(village: &Village, change: impl FnOnce(&mut Value)) -> [PathBuf; 2] {
    assert_eq!(village.plan(&[]).code, Some(0));
    let before = village.out().join("plan.json");
    let mut plan: Value = serde_json::from_slice(&fs::read(&before).expect("written")).expect("JSON");
    change(&mut plan);
    let after = village.room().join("changed.json");
    fs::write(&after, plan.to_string()).expect("written");
    [before, after]
}

fn compare(plans: [&PathBuf; 2], more: &[&str]) -> Run {
    let [before, after] = plans.map(|plan| plan.to_string_lossy().into_owned());
    let run = tournee(&[&["compare", &before, &after], more].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    run
}

fn figures(plans: [&PathBuf; 2]) -> Value {
    serde_json::from_str(&compare(plans, &["--format", "json"]).out).expect("JSON and nothing else")
}

/// Every visit of the plan, of all tours in order.
fn calls(plan: &mut Value) -> Vec<&mut Value> {
    plan["tours"]
        .as_array_mut()
        .expect("tours")
        .iter_mut()
        .flat_map(|tour| tour["trips"].as_array_mut().expect("trips"))
        .flat_map(|trip| trip["calls"].as_array_mut().expect("calls"))
        .collect()
}

#[test]
fn a_plan_beside_itself_changes_nothing() {
    let village = Village::new();
    let [plan, same] = two_plans(&village, |_| {});
    let found = figures([&plan, &same]);
    let visits = &found["visits"];
    assert!(visits["unchanged"].as_u64().expect("a number") > 10);
    for none in ["moved", "added", "removed"] {
        assert_eq!(visits[none], 0, "{none}");
    }
    assert_eq!(visits["changes"], serde_json::json!([]));
    // The folder that `plan` wrote will do for its plan.json.
    let page = compare([&village.out(), &same], &[]).out;
    assert!(page.contains("déplacées 0, ajoutées 0, retirées 0"), "{page}");
}

#[test]
fn a_visit_at_another_hour_has_moved() {
    let village = Village::new();
    let mut stop = String::new();
    let [before, after] = two_plans(&village, |plan| {
        let mut calls = calls(plan);
        let call = calls.first_mut().expect("a visit");
        call["opens"] = "07:05".into();
        call["closes"] = "07:55".into();
        call["stop"].as_str().expect("an id").clone_into(&mut stop);
    });
    let found = figures([&before, &after]);
    assert_eq!(
        (&found["visits"]["moved"], &found["visits"]["added"], &found["visits"]["removed"]),
        (&1.into(), &0.into(), &0.into())
    );
    let change = &found["visits"]["changes"][0];
    assert_eq!((change["stop"].as_str(), change["kind"].as_str()), (Some(stop.as_str()), Some("moved")));
    assert_eq!(change["after"]["opens"], "07:05");
    assert_eq!(change["before"]["date"], change["after"]["date"]);
    let french = compare([&before, &after], &[]).out;
    assert!(french.contains("→ mardi de 7 h 05 à 7 h 55 (1 date)"), "{french}");
    let english = compare([&before, &after], &["--lang", "en"]).out;
    assert!(english.contains("→ Tuesday 7:05 to 7:55 (1 date)"), "{english}");
}

#[test]
fn what_is_lost_one_way_is_gained_the_other() {
    let village = Village::new();
    let [before, after] = two_plans(&village, |plan| {
        // Every other tour is gone.
        let tours = plan["tours"].as_array_mut().expect("tours");
        let mut place = 0;
        tours.retain(|_| {
            place += 1;
            place % 2 == 1
        });
    });
    let (forth, back) = (figures([&before, &after]), figures([&after, &before]));
    let count = |found: &Value, what: &str| found["visits"][what].as_u64().expect("a number");
    assert!(count(&forth, "removed") > 0);
    assert_eq!(count(&forth, "removed"), count(&back, "added"));
    assert_eq!(count(&forth, "added"), 0);
    assert_eq!(count(&forth, "unchanged"), count(&back, "unchanged"));
    assert_eq!(forth["stops"]["lost"], back["stops"]["gained"]);
    assert_eq!(forth["stops"]["gained"], serde_json::json!([]));
}

#[test]
fn a_visit_on_another_day_of_the_week_moved_and_one_in_another_week_did_not() {
    let village = Village::new();
    let mut days = Vec::new();
    let shift = |date: &Value, days: i64| {
        let date: jiff::civil::Date = date.as_str().expect("a date").parse().expect("a date");
        date.saturating_add(jiff::Span::new().days(days)).to_string()
    };
    // The first tour two days later, its moments with it.
    let [before, after] = two_plans(&village, |plan| {
        let tour = &mut plan["tours"][0];
        days.push(tour["date"].clone());
        let text = tour.to_string();
        let (old, new) = (tour["date"].as_str().expect("a date").to_owned(), shift(&tour["date"], 2));
        *tour = serde_json::from_str(&text.replace(&old, &new)).expect("JSON");
        days.push(tour["date"].clone());
    });
    let found = figures([&before, &after]);
    let visits = &found["visits"];
    assert_eq!((&visits["added"], &visits["removed"]), (&0.into(), &0.into()), "{visits}");
    assert!(visits["moved"].as_u64() > Some(0));
    let change = &visits["changes"][0];
    assert_eq!([&change["before"]["date"], &change["after"]["date"]], [&days[0], &days[1]]);
}

#[test]
fn a_file_that_is_no_plan_is_told_in_words() {
    let village = Village::new();
    let [plan, _] = two_plans(&village, |_| {});
    let plan = plan.to_string_lossy().into_owned();
    let missing = tournee(&["compare", &plan, "nowhere.json"]);
    assert_eq!(missing.code, Some(4), "{}", missing.err);
    let table = village.scenario().join("stops.csv").to_string_lossy().into_owned();
    let other = tournee(&["compare", &plan, &table]);
    assert_eq!(other.code, Some(1), "{}", other.err);
    assert!(other.err.contains("stops.csv"), "{}", other.err);
}
