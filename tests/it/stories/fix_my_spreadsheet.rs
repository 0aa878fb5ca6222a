//! A coordinator's tables have mistakes: all come at once, nothing is written, and mended tables plan.

use serde_json::Value;

use crate::support::program::{TABLES, Village, snapshot};

fn table(name: &str) -> &'static str {
    TABLES.iter().find(|(known, _)| *known == name).expect("a table").1
}

/// A household count in words, an unknown depot, a column misspelt and a window that closes before it opens.
fn with_mistakes() -> Village {
    Village::with(&[
        (
            "stops.csv",
            &table("stops.csv")
                .replace("47.00,20,", "47.00,vingt,")
                .replace("12,8,2/week,,09:00-17:00", "12,8,2/week,,17:00-09:00"),
        ),
        ("antennas.csv", &table("antennas.csv").replace("Antenne B,D,", "Antenne B,DD,")),
        ("places.csv", &table("places.csv").replace("carless_share", "carless_shore")),
    ])
}

#[test]
fn mistakes_of_several_tables_come_in_one_run_and_nothing_is_written() {
    let village = with_mistakes();
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    for words in [
        "stops.csv",
        "« vingt »",
        "antennas.csv",
        "« DD »",
        "places.csv",
        "carless_share",
        "rien n’a été écrit",
    ] {
        assert!(run.err.contains(words), "{words} in {}", run.err);
    }
    assert_eq!(run.out, "");
    assert!(!village.out().exists());
}

#[test]
fn the_old_output_stays_as_it_was() {
    let village = with_mistakes();
    let fine = Village::new();
    assert_eq!(fine.plan(&[]).code, Some(0));
    fs_err::rename(fine.out(), village.out()).expect("moved");
    let before = snapshot(&village.out());
    assert_eq!(village.plan(&[]).code, Some(1));
    assert_eq!(snapshot(&village.out()), before);
}

#[test]
fn programs_get_the_findings_as_json() {
    let run = with_mistakes().plan(&["--format", "json", "--lang", "en"]);
    assert_eq!(run.code, Some(1));
    let findings: Value = serde_json::from_str(&run.out).expect("JSON and nothing else");
    let findings = findings["findings"].as_array().expect("a list");
    assert!(findings.len() >= 4, "{findings:?}");
    let of = |file: &str| findings.iter().find(|finding| finding["file"] == file).expect("a finding");
    assert_eq!(of("antennas.csv")["row"], 3);
    assert_eq!(of("antennas.csv")["severity"], "error");
}

#[test]
fn repairs_are_counted_in_the_summary_and_listed_on_demand() {
    let comma = table("places.csv").replace(',', ";").replace("3.10", "3,10").replace("3.20", "3,20");
    let village = Village::with(&[("places.csv", &comma)]);
    let run = village.plan(&["--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let summary: Value = serde_json::from_str(&run.out).expect("JSON and nothing else");
    let repairs = summary["repairs"].as_array().expect("a list");
    let cell = repairs.iter().find(|repair| repair["old"] == "3,10").expect("the decimal comma is listed");
    assert_eq!(cell["file"], "places.csv");
    assert_eq!(cell["row"], 3);
    assert!(village.plan(&["--verbose"]).out.contains("3,20"));
}

#[test]
fn an_english_scenario_has_its_errors_in_english() {
    let settings = table("scenario.toml").replace("\"fr\"", "\"en\"").replace("weeks = 2", "weeks = 20");
    let run = Village::with(&[("scenario.toml", &settings)]).plan(&[]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nothing was written") && run.err.contains("weeks"), "{}", run.err);
}
