//! An analyst asks what further antennas and further money would bring.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::program::tournee;
use crate::support::scenario;

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

/// Five villages, 23 km from one to the next, which a van may visit or not on any workday.
const VALLEY: &str = "\
# scenario.toml
start = 2027-01-04
weeks = 1
[coverage]
rule = \"car-15min\"
# depots.csv
id,lon,lat
d,3.0,47.0
# antennas.csv
id,depot,capacity,cost_per_day,cost_per_km,cost_per_hour
van,d,60,40,0.5,18
# stops.csv
id,name,lon,lat,priority,days
a,A,3.3,47.0,optional,
b,B,3.6,47.0,optional,
c,C,3.9,47.0,optional,jeu
d,D,4.2,47.0,optional,
e,E,4.5,47.0,optional,lun
# places.csv
id,lon,lat,households,carless_share
a,3.3,47.0,40,0
b,3.6,47.0,20,0
c,3.9,47.0,12,0
d,4.2,47.0,8,0
e,4.5,47.0,5,0
";

/// The frontier of a scenario folder.
fn frontier_of(scenario: &str, more: &[&str]) -> Value {
    let room = tempfile::tempdir().expect("a scratch folder");
    let out = room.path().join("frontier");
    let usual = ["frontier", scenario, "--iterations", "300", "--out", out.to_str().expect("utf-8")];
    let run = tournee(&[&usual, more].concat());
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let words = fs_err::read_to_string(out.join("frontier.json")).expect("written");
    serde_json::from_str(&words).expect("JSON")
}

/// Plans a point anew, with the options its row names.
fn assert_it_comes_again(scenario: &str, point: &Value) {
    let room = tempfile::tempdir().expect("a scratch folder");
    let out = room.path().join("again");
    let mut arguments: Vec<String> = ["plan", scenario, "--iterations", "2000", "--format", "json", "--out"]
        .into_iter()
        .chain([out.to_str().expect("utf-8")])
        .map(str::to_owned)
        .collect();
    for (option, key) in [
        ("--antennas", "antennas"),
        ("--days", "days_per_week"),
        ("--hours", "hours_per_day"),
        ("--value", "value_per_household"),
    ] {
        if !point[key].is_null() {
            arguments.extend([option.to_owned(), point[key].to_string()]);
        }
    }
    let run = tournee(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let again: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    assert_eq!(again["cost"]["operating"], point["cost"], "{point}");
    assert_eq!(again["coverage"]["covered_after"], point["covered"], "{point}");
}

#[test]
fn a_point_comes_again_from_plan_with_the_same_resources() {
    let scenario = hamlet();
    let frontier = frontier_of(&scenario, &["--antennas", "1-2", "--values", "0.5,1000"]);
    for point in points(&frontier) {
        assert_it_comes_again(&scenario, point);
    }
}

/// Who opens where and when, by a plan file.
fn visits(plan: &Path) -> BTreeSet<[String; 3]> {
    let words = fs_err::read(plan).expect("written");
    let plan: Value = serde_json::from_slice(&words).expect("JSON");
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let mut visits = BTreeSet::new();
    for tour in list(&plan["tours"]) {
        for call in list(&tour["trips"]).iter().flat_map(|trip| list(&trip["calls"])) {
            visits.insert([&tour["antenna"], &call["stop"], &call["start"]].map(Value::to_string));
        }
    }
    visits
}

#[test]
fn each_row_tells_how_to_plan_its_point_again() {
    // So few iterations that no search without its plan comes to the same, and that stops are left which pay.
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/nievre");
    let scenario = sample.to_str().expect("utf-8");
    let means = ["--antennas", "3", "--days", "5", "--hours", "6.5,8", "--values", "3.7,1000"];
    let room = tempfile::tempdir().expect("a scratch folder");
    let out = room.path().join("frontier");
    let usual = ["frontier", scenario, "--iterations", "20", "--lang", "en", "--out"];
    let run = tournee(&[&usual[..], &[out.to_str().expect("utf-8")], &means].concat());
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let words = fs_err::read(out.join("frontier.json")).expect("written");
    let frontier: Value = serde_json::from_slice(&words).expect("JSON");
    let table = fs_err::read_to_string(out.join("frontier.csv")).expect("written");
    assert!(points(&frontier).len() >= 2, "{table}");
    for (point, row) in points(&frontier).iter().zip(table.lines().skip(1)) {
        let options = point["options"].as_array().expect("options").iter().filter_map(Value::as_str);
        let options: Vec<&str> = options.collect();
        assert!(row.contains(&format!("tournee plan SCENARIO {}", options.join(" "))), "{row}");
        let (plan, means) = options.split_last().expect("the plan to keep");
        let (kept, again) = (out.join(plan), room.path().join("again"));
        let ends = [kept.to_str(), Some("--out"), again.to_str()].map(|word| word.expect("utf-8"));
        let usual = ["plan", scenario, "--iterations", "20", "--format", "json"];
        let run = tournee(&[&usual[..], means, &ends].concat());
        let summary: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
        assert!(visits(&kept).is_subset(&visits(&again.join("plan.json"))), "{row}");
        let of = |value: &Value| value.as_f64().expect("a number");
        let worth =
            |covered: &Value, cost: &Value| of(&point["value_per_household"]) * of(covered) - of(cost);
        let found = worth(&summary["coverage"]["covered_after"], &summary["cost"]["operating"]);
        assert!(found >= worth(&point["covered"], &point["cost"]) - 1e-6, "{found}: {row}");
    }
    let last = points(&frontier).last().expect("a point");
    let plan = out.join(last["plan"].as_str().expect("a name"));
    assert!(run.out.contains(&format!("--keep {}", plan.display())), "{}", run.out);
}

#[test]
fn a_point_s_plan_is_kept_as_it_is_copied_antennas_included() {
    let folder = scenario::folder(VALLEY);
    let scenario = folder.path().to_str().expect("utf-8");
    let frontier =
        frontier_of(scenario, &["--antennas", "1-2", "--days", "1", "--hours", "8", "--values", "1000"]);
    let of_two = points(&frontier).iter().find(|point| point["antennas"] == 2).expect("two vans reach more");
    let plans = folder.path().join("frontier");
    let run = tournee(&[
        "frontier",
        scenario,
        "--antennas",
        "1-2",
        "--days",
        "1",
        "--hours",
        "8",
        "--values",
        "1000",
        "--iterations",
        "300",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let kept = plans.join(of_two["plan"].as_str().expect("a name"));
    assert!(fs_err::read_to_string(&kept).expect("written").contains("van+1"));
    let run = tournee(&[
        "plan",
        scenario,
        "--antennas",
        "2",
        "--days",
        "1",
        "--hours",
        "8",
        "--iterations",
        "1",
        "--keep",
        kept.to_str().expect("utf-8"),
        "--format",
        "json",
    ]);
    let again: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    assert_eq!(again["cost"]["operating"], of_two["cost"]);
    assert_eq!(again["coverage"]["covered_after"], of_two["covered"]);
}

#[test]
fn days_and_hours_are_means_too() {
    let folder = scenario::folder(VALLEY);
    let scenario = folder.path().to_str().expect("utf-8");
    let means = ["--antennas", "1", "--days", "1-3", "--hours", "3,8", "--values", "1000"];
    let frontier = frontier_of(scenario, &means);
    let points = points(&frontier);
    assert!(points.len() >= 3, "{frontier:#}");
    for point in points {
        let of = |key: &str| point[key].as_f64().expect("a number");
        assert!(of("tours") <= of("days_per_week"), "one week, one antenna: {point}");
        assert!(of("duty_s") <= of("tours") * 3600.0 * of("hours_per_day"), "{point}");
        assert_it_comes_again(scenario, point);
    }
    let most = points.last().expect("some");
    assert_eq!(
        (most["covered"].as_f64(), most["days_per_week"].as_u64()),
        (Some(85.0), Some(2)),
        "{frontier:#}"
    );
}

#[test]
fn a_budget_finds_the_worth_that_just_keeps_it() {
    let folder = scenario::folder(VALLEY);
    let scenario = folder.path().to_str().expect("utf-8");
    let means = ["--antennas", "1", "--values", "0.1,1000", "--euros", "150,20", "--km", "120"];
    let frontier = frontier_of(scenario, &means);
    let limits = frontier["limits"].as_array().expect("limits");
    let units: Vec<_> = limits.iter().map(|limit| (limit["unit"].as_str(), limit["most"].as_f64())).collect();
    assert_eq!(units, [(Some("euros"), Some(150.0)), (Some("euros"), Some(20.0)), (Some("km"), Some(120.0))]);
    for (limit, key, most) in [(&limits[0], "cost", 150.0), (&limits[2], "distance_m", 120_000.0)] {
        let best = &limit["best"];
        assert!(best[key].as_f64().expect("a number") <= most, "{limit:#}");
        assert!(
            best["covered"].as_f64().expect("a number") > 0.0,
            "neither worth that was asked for does that"
        );
        assert_it_comes_again(scenario, best);
    }
    assert_eq!(limits[1]["best"]["covered"], 0.0, "a day alone costs 40");
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
    let picture = fs_err::read(out.join("frontier.png")).expect("written");
    assert!(picture.starts_with(b"\x89PNG") && picture.ends_with(b"IEND\xae\x42\x60\x82"));
}

#[test]
fn means_with_which_nothing_can_be_planned_are_an_error_that_says_why() {
    let two_required = VALLEY.replace("optional,jeu", "required,jeu").replace("optional,lun", "required,lun");
    let folder = scenario::folder(&two_required);
    let scenario = folder.path().to_str().expect("utf-8");
    let run = tournee(&["frontier", scenario, "--antennas", "1", "--days", "1", "--lang", "en"]);
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    assert!(run.err.contains("stops.csv") && run.err.contains("1 error"), "{}", run.err);
    assert!(!folder.path().join("frontier").exists());
}

#[test]
fn what_can_not_be_asked_is_refused_with_the_range() {
    for (option, value, says) in [
        ("--antennas", "0-2", "from 1 to 200"),
        ("--antennas", "3-2", "such as `2` or `1-4`"),
        ("--values", "5,-1", "from 0 to 100000"),
        ("--days", "0-3", "such as `3` or `1-5`"),
        ("--hours", "25", "from 0.5 to 24"),
        ("--euros", "many", "from 0 to ten million"),
    ] {
        let run = tournee(&["frontier", &hamlet(), option, value, "--lang", "en"]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains(says), "{}", run.err);
    }
}
