//! A coordinator asks how good the plan is.

use serde_json::Value;

use crate::support::program::{Village, snapshot};

#[test]
fn a_plan_says_how_far_it_is_from_the_best_possible() {
    let village = Village::new();
    let run = village.plan(&["--bound", "--format", "json", "--threads", "1"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let summary: Value = serde_json::from_str(&run.out).expect("JSON");
    let number = |key: &str| summary["bound"][key].as_f64().expect("a number");
    let total = summary["cost"]["total"].as_f64().expect("a number");
    // To the cent: the bound is rounded down and the gap up.
    assert!(
        number("total") <= total && (number("total") + number("gap") - total).abs() < 0.02,
        "{summary:#}"
    );
    assert!(number("gap_percent") < 5.0, "{summary:#}");

    let plan: Value =
        serde_json::from_slice(&fs_err::read(village.out().join("plan.json")).expect("written"))
            .expect("JSON");
    assert_eq!(plan["search"]["bound"]["gap_percent"], summary["bound"]["gap_percent"]);
    assert_eq!(village.check(&village.out(), &[]).code, Some(0), "it is still a plan that can be read");

    let before = snapshot(&village.out());
    village.plan(&["--bound", "--threads", "2"]);
    assert_eq!(snapshot(&village.out()), before, "threads change nothing");
}

#[test]
fn the_bound_is_said_in_both_languages_and_only_when_asked() {
    let village = Village::new();
    let french = village.plan(&["--bound", "30s"]);
    assert!(
        french.out.contains("du meilleur possible") || french.out.contains("aucun plan n’est meilleur"),
        "{}",
        french.out
    );
    let english = village.plan(&["--bound", "--lang", "en"]);
    assert!(
        english.out.contains("of the best possible") || english.out.contains("no plan is better"),
        "{}",
        english.out
    );
    let unasked = village.plan(&[]);
    assert!(!unasked.out.contains("Au mieux"), "{}", unasked.out);
    let plan = fs_err::read_to_string(village.out().join("plan.json")).expect("written");
    assert!(!plan.contains("\"bound\""));
}
