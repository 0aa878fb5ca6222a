//! An analyst asks where stops could open, and plans with the answer.

use serde_json::Value;

use crate::support::program::{Village, snapshot, tournee};

#[test]
fn the_shortlist_is_a_stops_table_that_a_plan_takes() {
    let village = Village::new();
    let (scenario, out) = (village.scenario(), village.room().join("candidates"));
    let [folder, into] = [&scenario, &out].map(|path| path.to_str().expect("utf-8"));
    let run = tournee(&["candidates", folder, "--count", "2", "--out", into, "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let summary: Value = serde_json::from_str(&run.out).expect("JSON and nothing else");
    // A quarter of an hour from the depot's aid site reaches P1 (7.6 km); the 15 + 10 + 12 + 5 households beyond are within
    // reach of two stops.
    assert_eq!((&summary["households_unreached"], &summary["sketch_roads"]), (&42.0.into(), &true.into()));
    assert_eq!(summary["households_gained"], summary["households_bound"]);
    assert_eq!(summary["households_gained"], 42.0);

    fs_err::copy(out.join("stops.csv"), scenario.join("stops.csv")).expect("copied");
    let run = village.plan(&["--iterations", "20"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

#[test]
fn candidates_are_the_same_whatever_the_threads() {
    let village = Village::new();
    let scenario = village.scenario();
    let written = ["1", "3"].map(|threads| {
        let out = village.room().join(threads);
        let [folder, into] = [&scenario, &out].map(|path| path.to_str().expect("utf-8"));
        let run = tournee(&["candidates", folder, "--threads", threads, "--out", into]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        snapshot(&out)
    });
    assert_eq!(written[0], written[1]);
}

#[test]
fn access_is_told_before_and_after_a_plan() {
    let village = Village::new();
    assert_eq!(village.plan(&["--iterations", "50"]).code, Some(0));
    let (scenario, plan, out) = (village.scenario(), village.out(), village.room().join("access"));
    let [folder, plan, into] = [&scenario, &plan, &out].map(|path| path.to_str().expect("utf-8"));
    let run = tournee(&[
        "coverage",
        folder,
        "--plan",
        plan,
        "--minutes",
        "5,15",
        "--out",
        into,
        "--lang",
        "en",
        "--format",
        "json",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let summary: Value = serde_json::from_str(&run.out).expect("JSON and nothing else");
    let [before, after] = ["before", "after"].map(|phase| summary["access"][phase].clone());
    let reached = |side: &Value| side["households_within"][1].as_f64().expect("a number");
    assert!(reached(&before) < reached(&after), "stops bring households within reach");
    let parts = ["served", "turned_away", "capacity_unknown", "out_of_reach"];
    for side in [&before, &after] {
        let sum: f64 = parts.iter().map(|part| side["week"][part].as_f64().expect("a number")).sum();
        assert!((sum - 92.0).abs() < 1e-9, "what becomes of need adds up to it: {sum}");
    }
    let table = fs_err::read_to_string(out.join("access.csv")).expect("written");
    let header = table.lines().next().expect("a header");
    for name in [
        "Open stop nearest by car",
        "Minutes there and back by car (change)",
        "Facilities within 5 min on foot (after)",
    ] {
        assert!(header.contains(name), "{header}");
    }
    assert_eq!(table.lines().count(), 7);
    let week = fs_err::read_to_string(out.join("week.csv")).expect("written");
    // 21 bands and the week, before and after; what becomes of need in each adds up to it.
    assert_eq!(week.lines().count(), 1 + 2 * 22);
    for row in week.lines().skip(1) {
        let figures: Vec<f64> =
            row.split(',').skip(3).take(5).map(|cell| cell.parse().expect("a number")).collect();
        let [in_reach, served, away, unknown, without] = figures[..] else { panic!("five figures: {row}") };
        assert!((served + away + unknown - in_reach).abs() < 1e-9, "{row}");
        assert!((in_reach + without - 92.0).abs() < 1e-9, "{row}");
    }
    let whole = week.lines().last().expect("a row");
    assert!(whole.starts_with("week,,after,"), "{whole}");
}

#[test]
fn thresholds_that_do_not_increase_are_wrong_usage() {
    let village = Village::new();
    let scenario = village.scenario();
    let run = tournee(&["coverage", scenario.to_str().expect("utf-8"), "--minutes", "20,10"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("--minutes"), "{}", run.err);
}
