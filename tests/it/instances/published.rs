//! The published files, where they are present: every one is read, and our verdicts are those of the sets' own checker.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tournee::instances::solution::{parse, write};
use tournee::instances::{FileSolution, Instance, read, verify};
use tournee::solver::{Params, StopRule, solve};

use super::greedy;
use crate::support::shared;

/// Sets that are read. `vrpb` is refused.
const SETS: &[&str] = &[
    "cvrp-x",
    "cvrp-xxl",
    "pvrp-cordeau",
    "pvrptw-cordeau",
    "mdvrp-cordeau",
    "mdvrptw-cordeau",
    "mdvrptw-vidal",
    "sdvrptw",
    "hsdmdmtpvrp-vieira",
    "vrptw-solomon",
    "vrptw-gh200",
    "vrptw-gh400",
    "vrptw-gh600",
    "vrptw-gh800",
    "vrptw-gh1000",
    "mctp-pham",
    "gvrp",
    "pcvrptw",
    "top-chao",
    "toptw",
    "hfvrp-pessoa",
    "hvrp-dlp",
    "mtvrptwr",
];

/// Instance files of a set, by name.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a readable folder");
    let paths = entries.map(|entry| entry.expect("a readable entry").path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.file_name() != Some("bks.csv".as_ref())).collect();
    files.sort();
    files
}

fn instance_of(file: &Path) -> Instance {
    let bytes = fs_err::read(file).expect("a readable file");
    let report = read(&file.display().to_string(), &bytes);
    assert!(report.value.is_some(), "{}: {:?}", file.display(), report.errors().next());
    report.value.expect("seen on the line above")
}

/// Sizes by instance name, as the set's table says.
fn announced_sizes(folder: &Path) -> Vec<(String, usize)> {
    let table = fs_err::read_to_string(folder.join("bks.csv")).expect("a readable table");
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let rows = table.records().map(|row| row.expect("a well-formed row"));
    rows.filter_map(|row| Some((row[0].to_owned(), row[4].parse().ok()?))).collect()
}

#[test]
fn every_published_file_is_read_and_has_its_size() {
    let Some(bench) = shared("bench") else { return };
    for set in SETS {
        let folder = bench.join(set);
        let sizes = announced_sizes(&folder);
        let files = files_of(&folder);
        assert!(!files.is_empty(), "{set} is empty");
        for file in files {
            let instance = instance_of(&file);
            let stem = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            for (name, size) in
                sizes.iter().filter(|(name, _)| *name == stem || name.starts_with(&format!("{stem}/")))
            {
                let count = match *set {
                    // Two tables count all points but one, or all points.
                    "mdvrptw-vidal" => instance.customers.len() + instance.depots.len() - 1,
                    "top-chao" => instance.customers.len() + 2,
                    _ => instance.customers.len(),
                };
                assert_eq!(count, *size, "{set}/{name}");
            }
            if instance.customers.len() > 500 {
                continue; // reading is what this test is about, and large tables take their time
            }
            let problem = instance.problem();
            assert_eq!(problem.clients.len(), instance.customers.len());
            assert!(
                problem.shifts.iter().all(|shift| shift.count >= 1),
                "{set}/{stem}: a shift without vehicle"
            );
        }
    }
}

#[test]
fn backhauls_are_refused_by_name() {
    let Some(bench) = shared("bench") else { return };
    for file in files_of(&bench.join("vrpb")) {
        let report = read("x.vrp", &fs_err::read(&file).expect("a readable file"));
        let codes: Vec<_> = report.errors().map(|finding| finding.code.0).collect();
        assert_eq!(codes, ["B004"], "{}", file.display());
    }
}

/// Asks the sets' own checker, in one process: the cost and the fault codes of each job, sorted.
const JUDGE: &str = r#"
import sys
from pathlib import Path
from check_solution import judge
for line in sys.stdin:
    set_name, instance, solution = line.rstrip("\n").split("\t")
    verdict = judge(set_name, Path(instance), Path(solution))
    print(verdict.text or "-", *sorted({code for code, _ in verdict.reasons}), flush=True)
"#;

/// `cost code code ...` for each `(set, instance, solution)`, or none where Python is absent.
fn official_verdicts(bench: &Path, jobs: &[(String, PathBuf, PathBuf)]) -> Option<Vec<String>> {
    let mut command = Command::new("python3");
    command.args(["-B", "-c", JUDGE]).current_dir(bench).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut python) = command.spawn() else {
        crate::support::skipped("python3 is not installed");
        return None;
    };
    let mut lines = String::new();
    for (set, instance, solution) in jobs {
        lines.extend([set, "\t", &instance.to_string_lossy(), "\t", &solution.to_string_lossy(), "\n"]);
    }
    let mut input = python.stdin.take().expect("a pipe was asked for");
    let feeder = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = python.wait_with_output().expect("python runs");
    feeder.join().expect("the feeder does not panic").expect("python reads its input");
    assert!(output.status.success(), "the checker failed");
    Some(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

/// Our verdict in the same words.
fn own_verdict(instance: &Instance, solution: &FileSolution) -> String {
    let verdict = verify(instance, solution);
    let faults = verdict.faults.iter().map(|fault| fault.code);
    let mut codes: Vec<&str> = faults.chain(verdict.missed.iter().map(|missed| missed.code)).collect();
    codes.sort_unstable();
    codes.dedup();
    let cost = format!("{:.*}", instance.convention.decimals, verdict.cost);
    std::iter::once(cost.as_str()).chain(codes).collect::<Vec<_>>().join(" ")
}

/// Damages that the rules of each set must notice or not: the two judges have to agree, whatever they say.
fn damaged(solution: &FileSolution) -> Vec<FileSolution> {
    let mut variants = Vec::new();
    let mut push = |change: &dyn Fn(&mut FileSolution)| {
        let mut copy = solution.clone();
        change(&mut copy);
        copy.routes.retain(|route| !route.trips.is_empty());
        variants.push(copy);
    };
    push(&|copy| {
        for trip in copy.routes.iter_mut().flat_map(|route| &mut route.trips) {
            trip.reverse();
        }
    });
    push(&|copy| {
        copy.routes.pop();
    });
    push(&|copy| {
        let again = copy.routes.first().cloned();
        copy.routes.extend(again);
    });
    push(&|copy| {
        let all: Vec<u32> = copy.routes.iter().flat_map(|route| route.trips.concat()).take(60).collect();
        if let Some(first) = copy.routes.first_mut() {
            first.trips = vec![all];
        }
    });
    push(&|copy| {
        if copy.routes.len() > 1 {
            let (first, rest) = copy.routes.split_at_mut(1);
            std::mem::swap(&mut first[0].trips, &mut rest[0].trips);
        }
    });
    push(&|copy| copy.cost += 1.0);
    variants
}

/// The smallest files of a set: first, middle and last by name of the smaller half.
fn sample(folder: &Path) -> Vec<PathBuf> {
    let mut files = files_of(folder);
    files.sort_by_key(|file| fs_err::metadata(file).map_or(0, |data| data.len()));
    files.truncate(files.len().div_ceil(2));
    let middle = files.len() / 2;
    let mut picked = vec![files.remove(middle)];
    picked.extend(files.into_iter().next());
    picked
}

#[test]
fn verdicts_agree_with_the_checker_of_the_sets() {
    let Some(bench) = shared("bench") else { return };
    let bench = bench.canonicalize().expect("the folder exists");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut jobs, mut ours) = (Vec::new(), Vec::new());
    for set in SETS.iter().filter(|set| !set.starts_with("cvrp-xxl") && !set.starts_with("vrptw-gh")) {
        for file in sample(&bench.join(set)) {
            let instance = instance_of(&file);
            let solution = greedy::solve(&instance);
            let mut variants = damaged(&solution);
            variants.push(solution);
            for variant in variants {
                let path = folder.path().join(format!("{}.sol", jobs.len()));
                fs_err::write(&path, write(&instance, &variant)).expect("a writable folder");
                ours.push(own_verdict(&instance, &variant));
                jobs.push(((*set).to_owned(), file.clone(), path));
            }
        }
    }
    let Some(official) = official_verdicts(&bench, &jobs) else { return };
    assert_eq!(official.len(), jobs.len());
    let mut different = Vec::new();
    for ((job, own), official) in jobs.iter().zip(&ours).zip(&official) {
        if own != official {
            different.push(format!("{} {}: ours `{own}`, theirs `{official}`", job.0, job.1.display()));
        }
    }
    let clean = official.iter().filter(|verdict| !verdict.contains(' ')).count();
    assert!(different.is_empty(), "{} of {} differ:\n{}", different.len(), jobs.len(), different.join("\n"));
    assert!(clean >= SETS.len() / 2, "only {clean} feasible solutions among {}", jobs.len());
}

/// What a search may leave behind: somebody left out, never a broken rule.
const LEFT_OUT: &[&str] = &["missed", "group", "cover"];

#[test]
fn the_search_breaks_no_rule_of_any_set() {
    let Some(bench) = shared("bench") else { return };
    let bench = bench.canonicalize().expect("the folder exists");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut jobs = Vec::new();
    for set in SETS {
        let Some(file) = sample(&bench.join(set)).pop() else { continue };
        let instance = instance_of(&file);
        if instance.customers.len() > 300 {
            continue; // a few iterations of a large instance take their time without optimisation
        }
        let stop = StopRule { iterations: Some(20), ..StopRule::default() };
        let outcome = solve(&instance.problem(), &Params { seed: 1, threads: 1 }, &stop, None, &mut |_| ());
        let path = folder.path().join(format!("{}.sol", jobs.len()));
        fs_err::write(&path, write(&instance, &instance.number(&outcome.solution)))
            .expect("a writable folder");
        jobs.push(((*set).to_owned(), file, path));
    }
    assert!(jobs.len() > 12, "only {} sets have a small file", jobs.len());
    let Some(official) = official_verdicts(&bench, &jobs) else { return };
    for ((set, file, _), verdict) in jobs.iter().zip(&official) {
        let broken: Vec<&str> = verdict.split(' ').skip(1).filter(|code| !LEFT_OUT.contains(code)).collect();
        assert!(broken.is_empty(), "{set} {}: {verdict}", file.display());
    }
}

/// Solutions better than the best value named for an instance are kept in `benches/best`: set, file of the instance, cost.
const KEPT: &[(&str, &str, f64)] = &[
    ("pvrp-cordeau", "p13", 3448.6125),
    ("hvrp-dlp", "HVRP_DLP_18.txt", 9605.9838),
    ("hvrp-dlp", "HVRP_DLP_19.txt", 11662.7306),
    ("hvrp-dlp", "HVRP_DLP_32.txt", 9331.2906),
    ("hvrp-dlp", "HVRP_DLP_41.txt", 7555.1167),
    ("hvrp-dlp", "HVRP_DLP_42.txt", 10764.9025),
    ("hvrp-dlp", "HVRP_DLP_45.txt", 10457.6392),
    ("hvrp-dlp", "HVRP_DLP_50.txt", 12308.2463),
    ("hvrp-dlp", "HVRP_DLP_58.txt", 23230.4514),
    ("hvrp-dlp", "HVRP_DLP_59.txt", 14258.4032),
    ("hvrp-dlp", "HVRP_DLP_61.txt", 7289.7414),
    ("hvrp-dlp", "HVRP_DLP_62.txt", 22871.0462),
    ("hvrp-dlp", "HVRP_DLP_77.txt", 6884.4587),
    ("hvrp-dlp", "HVRP_DLP_95.txt", 6150.2771),
    ("mdvrptw-vidal", "PR15A.vrp", 12_695_124.0),
    ("vrptw-gh600", "RC2_6_6.TXT", 10830.5),
];

#[test]
fn kept_solutions_hold_every_rule_at_their_cost() {
    let Some(bench) = shared("bench") else { return };
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/best");
    for (set, name, cost) in KEPT {
        let instance = instance_of(&bench.join(set).join(name));
        let file = kept.join(set).join(name).with_extension("sol");
        let text = fs_err::read_to_string(&file).expect("the solution is kept");
        let solution = parse(&instance, name, &text).value.expect("routes");
        let verdict = verify(&instance, &solution);
        assert!(verdict.faults.is_empty() && verdict.missed.is_empty(), "{set}/{name}");
        assert!((verdict.cost - cost).abs() < 1e-4, "{set}/{name}: {}", verdict.cost);
    }
}
