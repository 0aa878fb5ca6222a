//! Somebody changes a plan by hand and asks whether it still holds.

use serde_json::{Value, json};

use crate::support::program::Village;

/// The village with a plan; `damage` is done to its `plan.json`.
fn damaged(damage: impl FnOnce(&mut Value)) -> (Village, std::path::PathBuf) {
    let village = Village::new();
    assert_eq!(village.plan(&[]).code, Some(0));
    let text = fs_err::read_to_string(village.out().join("plan.json")).expect("written");
    let mut plan: Value = serde_json::from_str(&text).expect("JSON");
    damage(&mut plan);
    let path = village.room().join("changed.json");
    fs_err::write(&path, plan.to_string()).expect("written");
    (village, path)
}

#[test]
fn an_opening_moved_into_the_night_breaks_the_window_and_the_code_says_so() {
    let (village, plan) = damaged(|plan| {
        let call = &mut plan["tours"][0]["trips"][0]["calls"][0];
        call["start"] = json!("03:00");
        call["opens"] = json!("03:00");
    });
    let run = village.check(&plan, &[]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert!(run.out.contains("WINDOW"), "{}", run.out);
    let run = village.check(&plan, &["--format", "json", "--lang", "en"]);
    let verdict: Value = serde_json::from_str(&run.out).expect("JSON and nothing else");
    assert_eq!(verdict["sound"], false);
    let rules = verdict["violations"].as_array().expect("a list").iter().map(|broken| &broken["rule"]);
    assert!(rules.into_iter().any(|rule| rule == "WINDOW"));
}

#[test]
fn a_tour_taken_out_breaks_the_rhythm_of_required_stops() {
    let (village, plan) = damaged(|plan| {
        plan["tours"].as_array_mut().expect("tours").retain(|tour| !tour.to_string().contains("\"S1\""));
    });
    let run = village.check(&plan, &[]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert!(run.out.contains("RHYTHM"), "{}", run.out);
}

#[test]
fn a_misspelt_key_is_an_error_of_the_file_with_the_nearest_name() {
    let (village, plan) = damaged(|plan| {
        plan["tours"][0]["antena"] = json!("A");
    });
    let run = village.check(&plan, &["--lang", "en"]);
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    assert!(
        run.err.contains("tours[0].antena") && run.err.contains("did you mean `antenna`?"),
        "{}",
        run.err
    );
}

#[test]
fn a_plan_file_that_is_not_there_is_a_matter_of_files() {
    let village = Village::new();
    let run = village.check(&village.room().join("nowhere.json"), &[]);
    assert_eq!(run.code, Some(4));
    assert!(run.err.contains("nowhere.json"), "{}", run.err);
}
