//! A run is interrupted: politely it finishes with what it has, killed it leaves the old output.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::support::program::{Village, command, snapshot};

/// A plan that would search for an hour.
fn long_run(village: &Village) -> Child {
    let (scenario, out) = (village.scenario(), village.out());
    let arguments = [
        "plan",
        scenario.to_str().expect("utf-8"),
        "--out",
        out.to_str().expect("utf-8"),
        "--time",
        "1h",
        "--format",
        "json",
    ];
    command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

/// Long enough to be in the midst of the search, whatever the machine does besides.
const A_WHILE: Duration = Duration::from_millis(1500);

#[test]
fn a_killed_run_leaves_the_old_output_as_it_was() {
    let village = Village::new();
    assert_eq!(village.plan(&[]).code, Some(0));
    let before = snapshot(&village.out());
    let mut run = long_run(&village);
    sleep(A_WHILE);
    assert!(run.try_wait().expect("ours").is_none(), "it is searching");
    run.kill().expect("ours");
    run.wait().expect("ours");
    assert_eq!(snapshot(&village.out()), before);
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_old_output_or_the_new() {
    let village = Village::new();
    let arguments = |seed| ["--seed", seed, "--iterations", "20", "--threads", "1"];
    let whole = |seed| {
        assert_eq!(village.plan(&arguments(seed)).code, Some(0));
        snapshot(&village.out())
    };
    let (new, old) = (whole("2"), whole("1"));
    assert_ne!(new, old, "the seed is in the plan");
    let (scenario, out) = (village.scenario(), village.out());
    let mut command_line =
        vec!["plan", scenario.to_str().expect("utf-8"), "--out", out.to_str().expect("utf-8")];
    command_line.extend(arguments("2"));
    for step in 0..25 {
        let mut run =
            command(&command_line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        sleep(Duration::from_millis(8 * step));
        // It may have ended already: then there is nothing to kill.
        let _ = run.kill();
        run.wait().expect("ours");
        let found = snapshot(&village.out());
        assert!(found == old || found == new, "killed after {} ms", 8 * step);
        if found == new {
            assert_eq!(whole("1"), old, "what a killed run leaves is in nobody's way");
        }
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_writes_the_best_plan_so_far_and_says_so() {
    let village = Village::new();
    let run = long_run(&village);
    sleep(A_WHILE);
    press_ctrl_c(&run);
    let ended = run.wait_with_output().expect("ours");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    let summary: Value = serde_json::from_slice(&ended.stdout).expect("JSON and nothing else");
    assert_eq!(summary["interrupted"], true);
    assert_eq!(summary["sound"], true);
    assert_eq!(village.check(&village.out().join("plan.json"), &[]).code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_second_ctrl_c_ends_at_once_and_leaves_the_old_output_or_the_new() {
    let village = Village::new();
    assert_eq!(village.plan(&["--seed", "9"]).code, Some(0));
    let before = snapshot(&village.out());
    let run = long_run(&village);
    sleep(A_WHILE);
    press_ctrl_c(&run);
    press_ctrl_c(&run);
    let ended = run.wait_with_output().expect("ours");
    match ended.status.code() {
        Some(130) => assert_eq!(snapshot(&village.out()), before),
        // The first was obeyed before the second came.
        code => assert_eq!(code, Some(0), "{}", String::from_utf8_lossy(&ended.stderr)),
    }
    assert_eq!(village.check(&village.out().join("plan.json"), &[]).code, Some(0));
}

#[cfg(unix)]
fn press_ctrl_c(run: &Child) {
    let sent =
        std::process::Command::new("kill").args(["-INT", &run.id().to_string()]).status().expect("a system");
    assert!(sent.success());
}
