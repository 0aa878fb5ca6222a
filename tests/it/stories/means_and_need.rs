//! An analyst asks what further antennas and further money would bring.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::program::tournee;

fn hamlet() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hameau").to_str().expect("utf-8").to_owned()
}

/// The frontier of the hand-worked sample: its JSON, and the folder it is in.
fn hamlet_frontier(more: &[&str]) -> (Value, tempfile::TempDir, PathBuf) {
    let room = tempfile::tempdir().expect("a scratch folder");
    let out = room.path().join("frontier");
    let scenario = hamlet();
    let usual = ["frontier", &scenario, "--iterations", "200", "--out", out.to_str().expect("utf-8")];
    let run = tournee(&[&usual, more].concat());
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let words = fs_err::read_to_string(out.join("frontier.json")).expect("written");
    (serde_json::from_str(&words).expect("JSON"), room, out)
}

fn points(frontier: &Value) -> &[Value] {
    frontier["points"].as_array().expect("points")
}

#[test]
fn more_money_never_covers_less() {
    let (frontier, _room, _) = hamlet_frontier(&["--antennas", "1-3", "--values", "0.5,2,20,1000"]);
    let points = points(&frontier);
    assert!(points.len() >= 2, "{frontier:#}");
    let of = |point: &Value, key: &str| point[key].as_f64().expect("a number");
    for pair in points.windows(2) {
        assert!(
            of(&pair[0], "cost") < of(&pair[1], "cost") && of(&pair[0], "covered") < of(&pair[1], "covered")
        );
        let gain = of(&pair[1], "covered") - of(&pair[0], "covered");
        assert!((pair[1]["gain"]["households"].as_f64().expect("a number") - gain).abs() < 1e-9);
    }
    assert_eq!(frontier["covered_before"], 57.0);
    assert!(points.iter().all(|point| of(point, "covered") <= of(&frontier, "households")));
}

#[test]
fn a_point_comes_again_from_plan_with_the_same_resources() {
    let (frontier, room, _) = hamlet_frontier(&["--antennas", "1-2", "--values", "0.5,1000"]);
    for point in points(&frontier) {
        let (antennas, value) = (point["antennas"].to_string(), point["value_per_household"].to_string());
        let out = room.path().join("again");
        let scenario = hamlet();
        let run = tournee(&[
            "plan",
            &scenario,
            "--iterations",
            "2000",
            "--antennas",
            &antennas,
            "--value",
            &value,
            "--format",
            "json",
            "--out",
            out.to_str().expect("utf-8"),
        ]);
        let again: Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!(again["cost"]["operating"], point["cost"], "{point}");
        assert_eq!(again["coverage"]["covered_after"], point["covered"], "{point}");
    }
}

#[test]
fn every_point_s_plan_passes_the_checker_and_the_tables_hold_the_points() {
    let (frontier, _room, out) = hamlet_frontier(&["--antennas", "1"]);
    let points = points(&frontier);
    for point in points {
        let plan = out.join(point["plan"].as_str().expect("a name"));
        let run = tournee(&["check", &hamlet(), plan.to_str().expect("utf-8")]);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    }
    let table = fs_err::read_to_string(out.join("frontier.csv")).expect("written");
    assert_eq!(table.lines().count(), points.len() + 1);
    let chart = fs_err::read_to_string(out.join("frontier.svg")).expect("written");
    assert!(chart.starts_with("<svg") && chart.matches("<circle").count() >= points.len(), "{chart}");
}

#[test]
fn what_can_not_be_asked_is_refused_with_the_range() {
    for (option, value, says) in [
        ("--antennas", "0-2", "from 1 to 200"),
        ("--antennas", "3-2", "a range such as `1-4`"),
        ("--values", "5,-1", "from 0 to 100000"),
    ] {
        let run = tournee(&["frontier", &hamlet(), option, value]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains(says), "{}", run.err);
    }
}
