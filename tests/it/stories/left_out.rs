//! A stop that the association promised can't be served: the plan is written all the same, and says so.

use serde_json::Value;

use crate::support::program::tournee;
use crate::support::scenario::{SMALL, folder};

#[test]
fn a_required_stop_left_out_has_a_code_of_its_own_a_reason_and_a_fix() {
    // Twenty households take longer than the ten minutes that the hall is lent for.
    let scenario = folder(
        &SMALL
            .replace("households,rhythm", "households,rhythm,priority,opens,minutes_per_household")
            .replace("20,weekly", "20,weekly,required,09:00-09:10,2")
            .replace("30,weekly", "30,weekly,required,09:00-17:00,2"),
    );
    let path = scenario.path().to_str().expect("utf-8");
    let run = tournee(&["plan", path, "--lang", "en", "--iterations", "50"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert!(run.out.contains("Lormes (required): "), "{}", run.out);
    assert!(run.out.contains("1 required stop(s) left out, all other rules hold"), "{}", run.out);

    let plan = scenario.path().join("plan/plan.json");
    let written: Value =
        serde_json::from_str(&fs_err::read_to_string(&plan).expect("written")).expect("JSON");
    assert_eq!(written["violations"].as_array().map(Vec::len), Some(1));
    assert_eq!(written["stops"][0]["served"], false);
    assert!(
        written["stops"][0]["reason"]["fr"].is_string() && written["stops"][0]["fix"]["en"].is_string(),
        "{}",
        written["stops"]
    );
    assert!(written["cost"]["missed"].as_f64().expect("a number") > 0.0);

    // The check of that plan says the same, and nothing else.
    let checked =
        tournee(&["check", path, scenario.path().join("plan").to_str().expect("utf-8"), "--lang", "en"]);
    assert_eq!(checked.code, Some(3));
    assert_eq!(checked.out.matches("RHYTHM").count(), 1, "{}", checked.out);
}
