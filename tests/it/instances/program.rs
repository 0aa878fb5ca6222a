//! `tournee solve`, as researchers and their scripts see it.

use std::path::Path;
use std::process::{Command, Output};

use tournee::instances::{Objective, verify};
use tournee::solver::{Params, StopRule, solve};

use super::{FIXTURES, fixture, fixture_text};

/// Runs `tournee solve` on a file with that content, in a folder of its own.
fn run(folder: &Path, content: &str, arguments: &[&str]) -> Output {
    fs_err::write(folder.join("instance"), content).expect("a writable folder");
    Command::new(env!("CARGO_BIN_EXE_tournee"))
        .args(["solve", "instance", "--iterations", "300", "--lang", "en"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program speaks UTF-8")
}

#[test]
fn the_last_line_is_the_cost_and_the_file_holds_the_routes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = run(folder.path(), &fixture_text("cvrp.vrp"), &["-o", "routes.sol"]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    assert!(words(&output.stdout).ends_with("\ncost 31\n"), "{}", words(&output.stdout));
    let routes = fs_err::read_to_string(folder.path().join("routes.sol")).expect("the file was written");
    assert!(routes.starts_with("Route #1: ") && routes.ends_with("\nCost 31\n"), "{routes}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a readable folder").collect();
    assert_eq!(left.len(), 2, "nothing else is left behind");
}

#[test]
fn without_a_file_the_routes_are_printed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = run(folder.path(), &fixture_text("mdvrp.txt"), &["--quiet"]);
    let printed = words(&output.stdout);
    assert!(printed.contains(" depot=2: 3\n"), "{printed}");
    assert!(printed.ends_with("\nCost 6.8284\ncost 6.8284\n"), "{printed}");
}

#[test]
fn the_thread_count_changes_no_byte() {
    let printed = |threads: &str| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        words(&run(folder.path(), &fixture_text("hsdmd.txt"), &["--seed", "7", "--threads", threads]).stdout)
    };
    assert_eq!(printed("1"), printed("2"));
}

#[test]
fn an_instance_without_a_feasible_solution_keeps_the_best_part_and_says_who_is_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // One vehicle of 10 for loads of 4, 5 and 3, and customer 2 closes before anybody can be there.
    let text = fixture_text("vrptw.txt")
        .replace("  2         10", "  1         10")
        .replace("1          5          0         30", "1          5          0          1");
    let output = run(folder.path(), &text, &["-o", "routes.sol"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        words(&output.stderr),
        "customer 2 not visited: customer 2 can't be served even alone (route 1: too late at customer 2 by 0.4)\n"
    );
    let routes = fs_err::read_to_string(folder.path().join("routes.sol")).expect("the part was written");
    // 1 and 3: 50 + 10 + 56.
    assert!(routes.ends_with("\nCost 11.6\n"), "{routes}");
    assert!(words(&output.stdout).ends_with("\ncost 11.6\n"));
}

#[test]
fn a_fleet_that_is_too_small_is_the_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = fixture_text("vrptw.txt").replace("  2         10", "  1         10");
    let output = run(folder.path(), &text, &[]);
    assert_eq!(output.status.code(), Some(3));
    let said = words(&output.stderr);
    let reason = "no room in the routes found: it takes one more vehicle, or a longer search\n";
    assert!(said.starts_with("customer ") && said.ends_with(reason), "{said}");
}

#[test]
fn bad_files_end_with_the_right_code_and_write_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = fixture_text("cvrp.vrp").replace("CAPACITY : 10", "CAPACITY : 3");
    let output = run(folder.path(), &text, &["-o", "routes.sol"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(words(&output.stdout), "");
    assert!(words(&output.stderr).contains("found 4 for customer 1 [B011]"), "{}", words(&output.stderr));
    assert!(!folder.path().join("routes.sol").exists());

    let absent = Command::new(env!("CARGO_BIN_EXE_tournee")).args(["solve", "no such file"]).output();
    assert_eq!(absent.expect("the program runs").status.code(), Some(4));
}

/// The costs of the hand-made solutions in `formats.rs`, which the search must reach or beat.
const REACHED: &[(&str, f64)] = &[
    ("covering.ctp", 22.0),
    ("cvrp.vrp", 31.0),
    ("explicit.vrp", 23.0),
    ("gvrp.vrp", 11.0),
    ("hfvrp.vrp", 52.242),
    ("hsdmd.txt", 156.5),
    ("hvrp.txt", 42.0),
    ("mdvrp.txt", 6.8284),
    ("mdvrptw.vrp", 10650.0),
    ("mtvrptwr.vrp", 140.0),
    ("pcvrptw.vrp", 100.0),
    ("pvrp.txt", 14.6056),
    ("pvrptw.txt", 14.6056),
    ("sdvrp.txt", 14.0),
    ("sdvrptw.vrp", 14000.0),
    ("top.txt", 60.0),
    ("toptw.txt", 60.0),
    ("vrptw.txt", 21.2),
];

#[test]
fn every_format_is_solved_as_well_as_by_hand() {
    assert_eq!(REACHED.len(), FIXTURES.len());
    for &(name, by_hand) in REACHED {
        let instance = fixture(name);
        let stop = StopRule { iterations: Some(300), ..StopRule::default() };
        let outcome = solve(&instance.problem(), &Params { seed: 1, threads: 1 }, &stop, None, &mut |_| ());
        let verdict = verify(&instance, &instance.number(&outcome.solution));
        assert!(verdict.is_feasible(), "{name}: {verdict:?}");
        let is_good = match instance.convention.objective {
            Objective::Score => verdict.cost >= by_hand,
            Objective::Cost | Objective::CostAndLostPrizes => verdict.cost <= by_hand + 1e-4,
        };
        assert!(is_good, "{name}: {} against {by_hand}", verdict.cost);
    }
}
