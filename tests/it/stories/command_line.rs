//! Wrong usage, help, and pipes.

use std::process::Stdio;

use crate::support::program::{Village, command, tournee};

#[test]
fn wrong_usage_has_its_own_code_and_says_what_is_wrong() {
    for (arguments, words) in [
        (&["plan"][..], "<SCENARIO>"),
        (&["plna", "x"], "plan"),
        (&["plan", "x", "--lang", "de"], "fr"),
        (&["plan", "x", "--time", "soon"], "60s"),
        (&["plan", "x", "--threads", "0"], "1024"),
        (&["plan", "x", "--iterations", "0"], "iterations"),
        (&["plan", "x", "--quiet", "--verbose"], "--verbose"),
        (&[], "plan"),
    ] {
        let run = tournee(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.err.contains(words), "{words} in {}", run.err);
        assert_eq!(run.out, "");
    }
}

#[test]
fn help_is_no_failure_and_shows_examples() {
    let run = tournee(&["plan", "--help"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("tournee plan data/nievre"), "{}", run.out);
    assert_eq!(tournee(&["--version"]).out, format!("tournee {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_environment_chooses_the_language_before_the_scenario_is_known() {
    let speak = |lang: &str| {
        let output = command(&["plan", "nowhere"]).env("LANG", lang).output().expect("the program starts");
        String::from_utf8(output.stderr).expect("utf-8")
    };
    assert!(speak("en_GB.UTF-8").contains("no such file"));
    assert!(speak("fr_FR.UTF-8").contains("n’existe pas"));
    assert!(speak("C").contains("n’existe pas"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let village = Village::new();
    let (scenario, out) = (village.scenario(), village.out());
    let arguments = ["plan", scenario.to_str().expect("utf-8"), "--out", out.to_str().expect("utf-8")];
    let mut run = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(run.stdout.take());
    let ended = run.wait_with_output().expect("ours");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(village.out().join("plan.json").exists());
}
