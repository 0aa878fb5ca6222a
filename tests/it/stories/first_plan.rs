//! A coordinator plans for the first time.

use std::path::Path;

use serde_json::Value;

use crate::support::program::{Village, snapshot, tournee};

const FILES: [&str; 8] = [
    "plan.json",
    "places.geojson",
    "stops.geojson",
    "timetable.csv",
    "report.html",
    "tours.geojson",
    "visits.geojson",
    "white_zones.geojson",
];

#[test]
fn the_page_says_what_the_plan_does_and_where_it_is() {
    let village = Village::new();
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = run.out.replace(village.room().to_str().expect("utf-8"), "SALLE");
    assert!(page.lines().count() <= 40, "one screen");
    insta::assert_snapshot!(page);
    assert_eq!(run.err, "");
    let names: Vec<_> = snapshot(&village.out()).into_iter().map(|(name, _)| name).collect();
    assert!(FILES.iter().all(|file| names.iter().any(|name| name == file)), "{names:?}");
}

#[test]
fn the_page_is_there_in_english_and_for_programs() {
    let village = Village::new();
    let english = village.plan(&["--lang", "en"]);
    assert!(english.out.contains("Need covered"), "{}", english.out);
    let for_programs = village.plan(&["--lang", "en", "--format", "json"]);
    let summary: Value = serde_json::from_str(&for_programs.out).expect("JSON and nothing else");
    assert_eq!(summary["sound"], true);
    assert_eq!(summary["sketch_roads"], true);
    let number = |pointer: &str| summary.pointer(pointer).and_then(Value::as_f64).expect("a number");
    assert!(number("/coverage/covered_before") < number("/coverage/covered_after"));
    let left_out = summary["stops"]["left_out"].as_array().expect("a list");
    assert_eq!(left_out.len(), 1);
    assert_eq!(left_out[0]["stop"], "S5");
    assert_eq!(left_out[0]["reason"], "the commune refused");
    let terms = number("/cost/days") + number("/cost/distance") + number("/cost/time");
    assert!((terms - number("/cost/operating")).abs() < 1e-6, "the three costs add up");
    let total = number("/cost/operating") - number("/cost/covered_value") - number("/cost/stop_value");
    assert!((total + number("/cost/missed") - number("/cost/total")).abs() < 1e-6, "all terms are there");
}

#[test]
fn quiet_means_quiet() {
    let run = Village::new().plan(&["--quiet"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_threads() {
    let village = Village::new();
    assert_eq!(village.plan(&["--threads", "1", "--seed", "5"]).code, Some(0));
    let one = snapshot(&village.out());
    assert_eq!(village.plan(&["--threads", "2", "--seed", "5"]).code, Some(0));
    assert_eq!(snapshot(&village.out()), one);
}

#[test]
fn without_out_the_plan_is_written_beside_the_tables_and_the_check_passes() {
    let village = Village::new();
    let scenario = village.scenario();
    let toml = scenario.join("scenario.toml");
    // The path of the settings file will do for the folder's.
    let run = tournee(&["plan", toml.to_str().expect("utf-8")]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let plan = scenario.join("plan/plan.json");
    let run = village.check(&plan, &[]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("toutes les règles sont respectées"), "{}", run.out);
    // And again: the tables are still read, whatever the plan left beside them.
    assert_eq!(tournee(&["plan", scenario.to_str().expect("utf-8")]).code, Some(0));
}

#[test]
fn repairs_and_sketched_roads_are_told_by_every_command_that_reads_tables() {
    let village = Village::with(&[("aid_sites.csv", "id;name;lon;lat\nF;Point fixe;3,00;47,00\n")]);
    assert_eq!(village.plan(&[]).code, Some(0));
    let (scenario, plan) = (village.scenario(), village.out().join("plan.json"));
    let [scenario, plan] = [scenario.to_str(), plan.to_str()].map(|path| path.expect("utf-8"));
    let other = village.room().join("other");
    let other = other.to_str().expect("utf-8");
    let commands = [
        vec!["plan", scenario, "--out", other],
        vec!["check", scenario, plan],
        vec!["coverage", scenario, "--out", other],
        vec!["candidates", scenario, "--out", other],
        vec!["frontier", scenario, "--out", other, "--antennas", "1-1", "--values", "20"],
        vec!["isochrone", scenario, "--out", other, "--minutes", "10"],
    ];
    for command in &commands {
        let run = tournee(command);
        assert_eq!(run.code, Some(0), "{command:?}: {}", run.err);
        assert!(run.out.contains("3 valeur(s) corrigée(s) à la lecture"), "{command:?}: {}", run.out);
        let run = tournee(&[command.as_slice(), &["--format", "json"]].concat());
        let summary: Value = serde_json::from_str(&run.out).expect("JSON and nothing else");
        assert_eq!(summary["repairs"].as_array().map(Vec::len), Some(3), "{command:?}: {}", run.out);
        assert_eq!(summary["sketch_roads"], true, "{command:?}");
        let other = Path::new(other);
        if other.is_dir() { fs_err::remove_dir_all(other) } else { fs_err::remove_file(other).or(Ok(())) }
            .expect("removed");
    }
    let told = |name: &str| fs_err::read_to_string(village.out().join(name)).expect("written");
    for file in ["timetable.csv", "calendar.ics", "posters.html"] {
        assert!(told(file).replace("\r\n ", "").contains("Routes esquissées"), "{file}");
    }
    let compared = tournee(&["compare", plan, plan]);
    assert!(compared.out.contains("Routes esquissées"), "{}", compared.out);
    let checked = village.check(Path::new(plan), &[]);
    assert!(checked.out.contains("Routes esquissées"), "{}", checked.out);
}

#[test]
fn a_folder_with_somebody_s_files_is_refused_before_the_work_and_stays_as_it_is() {
    let village = Village::new();
    fs_err::create_dir(village.out()).expect("created");
    fs_err::write(village.out().join("notes.txt"), "mine").expect("written");
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(4));
    assert!(run.err.contains("« notes.txt »") && run.err.contains("--out"), "{}", run.err);
    assert_eq!(snapshot(&village.out()), [("notes.txt".to_owned(), b"mine".to_vec())]);
}

#[test]
fn a_scenario_that_is_not_there_is_said_by_name() {
    let run = tournee(&["plan", "no-such-folder"]);
    assert_eq!(run.code, Some(4));
    assert!(run.err.contains("no-such-folder"), "{}", run.err);
    assert!(!Path::new("no-such-folder").exists());
}
