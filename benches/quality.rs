//! Solution quality on benchmark sets: a table, not a timer.
//!
//! ```text
//! cargo bench --bench quality -- --set ../shared/bench/pvrp-cordeau --time 30 --seed 1 --csv after.csv --against before.csv
//! ```
//!
//! Solves every instance of a folder with a `bks.csv`, each for the same time on the same threads, and prints cost, gap to
//! the best known value, seconds to the best solution, and means; `--against` compares with a table kept from another build.
//! A row `c102/m3` of the table is `c102` with three vehicles, and a covering tour named without its length limit has none.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program's output is a table")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tournee::instances::{Instance, Objective, read, verify};
use tournee::solver::{Params, StopRule, solve};

const USAGE: &str =
    "usage: cargo bench --bench quality -- --set FOLDER [--time SECONDS] [--seed N] [--threads N]
       [--instances A,B] [--csv FILE] [--against FILE]";

/// What is asked for.
struct Arguments {
    folder: PathBuf,
    time: Duration,
    seed: u64,
    threads: usize,
    wanted: Vec<String>,
    csv: Option<PathBuf>,
    against: Option<PathBuf>,
}

/// One row of the set's table of best known values.
struct Case {
    name: String,
    bks: Option<f64>,
}

/// How an instance came out.
struct Row {
    name: String,
    customers: usize,
    cost: f64,
    gap: Option<f64>,
    to_best: f64,
    iterations: u64,
    /// `ok`, or what is wrong.
    status: String,
}

fn main() -> ExitCode {
    let arguments = match arguments(std::env::args().skip(1)) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match measure(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// None where no set is named, as when all benches run.
fn arguments(words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    let mut words = words.filter(|word| word != "--bench" && word != "--test");
    while let Some(word) = words.next() {
        let known = ["--set", "--time", "--seed", "--threads", "--instances", "--csv", "--against"];
        if !known.contains(&word.as_str()) {
            return Err(format!("unknown argument {word}"));
        }
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        given.insert(word, value);
    }
    let Some(folder) = given.get("--set") else { return Ok(None) };
    let number = |name: &str, default: f64| {
        given
            .get(name)
            .map_or(Ok(default), |value| value.parse().map_err(|_not| format!("{name}: not a number")))
    };
    let list = given.get("--instances").map(String::as_str).unwrap_or_default();
    Ok(Some(Arguments {
        folder: folder.into(),
        time: Duration::try_from_secs_f64(number("--time", 10.0)?)
            .map_err(|error| format!("--time: {error}"))?,
        seed: number("--seed", 1.0)? as u64,
        threads: number("--threads", 1.0)? as usize,
        wanted: list.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        csv: given.get("--csv").map(PathBuf::from),
        against: given.get("--against").map(PathBuf::from),
    }))
}

fn measure(arguments: &Arguments) -> Result<(), String> {
    let before = arguments.against.as_deref().map(kept).transpose()?.unwrap_or_default();
    println!(
        "{:24} {:>6} {:>14} {:>9} {:>9} {:>9} {:>10}  status",
        "instance", "n", "cost", "gap %", "before %", "to best s", "iterations"
    );
    let mut rows = Vec::new();
    for case in cases(arguments)? {
        let row = run(arguments, &case)?;
        println!(
            "{:24} {:>6} {:>14.2} {:>9} {:>9} {:>9.1} {:>10}  {}",
            row.name,
            row.customers,
            row.cost,
            percent(row.gap),
            percent(before.get(&row.name).copied()),
            row.to_best,
            row.iterations,
            row.status
        );
        rows.push(row);
    }
    summary(&rows, &before);
    arguments.csv.as_deref().map_or(Ok(()), |file| keep(file, &rows))
}

fn percent(gap: Option<f64>) -> String {
    gap.map_or_else(|| "-".to_owned(), |gap| format!("{gap:.3}"))
}

fn cases(arguments: &Arguments) -> Result<Vec<Case>, String> {
    let table = read_text(&arguments.folder.join("bks.csv"))?;
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let mut cases = Vec::new();
    for record in table.records() {
        let record = record.map_err(|error| format!("bks.csv: {error}"))?;
        let cell = |at: usize| record.get(at).unwrap_or_default();
        if arguments.wanted.is_empty() || arguments.wanted.iter().any(|name| name == cell(0)) {
            cases.push(Case { name: cell(0).to_owned(), bks: cell(1).parse().ok() });
        }
    }
    Ok(cases)
}

fn read_text(file: &Path) -> Result<String, String> {
    fs_err::read_to_string(file).map_err(|error| error.to_string())
}

/// The instance of a row: the file of its name, with the one number changed that the name says.
fn instance_of(folder: &Path, name: &str) -> Result<Instance, String> {
    let (stem, vehicles) = match name.split_once("/m") {
        Some((stem, count)) => (stem, count.parse::<u32>().ok()),
        None => (name, None),
    };
    let mut files: Vec<PathBuf> = fs_err::read_dir(folder)
        .map_err(|error| error.to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|file| file != "bks.csv"))
        .collect();
    files.sort();
    let stem_of = |path: &Path| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_known = |suffix: &&&str| file.to_lowercase().ends_with(**suffix);
        let cut = [".vrp", ".txt", ".ctp"].iter().find(is_known).map_or(0, |suffix| suffix.len());
        file[..file.len() - cut].to_owned()
    };
    let exact = files.iter().find(|path| stem_of(path) == stem);
    let without_limit = || {
        let is_same = |path: &&PathBuf| stem_of(path).rsplit_once('-').is_some_and(|(head, _)| head == stem);
        files.iter().find(is_same)
    };
    let file = exact.or_else(without_limit).ok_or_else(|| format!("no file for {name}"))?;
    let bytes = fs_err::read(file).map_err(|error| error.to_string())?;
    let report = read(name, &bytes);
    let problem = report.errors().next().map(|finding| finding.found.en.clone()).unwrap_or_default();
    let mut instance = report.value.ok_or_else(|| format!("{name}: {problem}"))?;
    if let Some(vehicles) = vehicles {
        instance.stocks[0] = vehicles;
    }
    if exact.is_none() {
        instance.vehicles[0].max_length = f64::INFINITY;
    }
    Ok(instance)
}

fn run(arguments: &Arguments, case: &Case) -> Result<Row, String> {
    let instance = instance_of(&arguments.folder, &case.name)?;
    let begun = Instant::now();
    let problem = instance.problem();
    let params = Params { seed: arguments.seed, threads: arguments.threads };
    let stop = StopRule { time: Some(arguments.time.saturating_sub(begun.elapsed())), ..StopRule::default() };
    let mut to_best = Duration::ZERO;
    let outcome = solve(&problem, &params, &stop, None, &mut |event| {
        if event.improved {
            to_best = begun.elapsed();
        }
    });
    let solution = instance.number(&outcome.solution);
    let verdict = verify(&instance, &solution);
    let wrong = verdict.faults.first().map(|fault| fault.code);
    let missed = verdict.missed.first().map(|missed| missed.code);
    let is_score = instance.convention.objective == Objective::Score;
    let gap = case.bks.filter(|_| wrong.or(missed).is_none()).map(|bks| {
        let worse = if is_score { bks - verdict.cost } else { verdict.cost - bks };
        if bks == 0.0 { 0.0 } else { 100.0 * worse / bks.abs() }
    });
    Ok(Row {
        name: case.name.clone(),
        customers: instance.customers.len(),
        cost: verdict.cost,
        gap,
        to_best: to_best.as_secs_f64(),
        iterations: outcome.iterations,
        status: wrong.or(missed).unwrap_or("ok").to_owned(),
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn summary(rows: &[Row], before: &BTreeMap<String, f64>) {
    let gaps: Vec<f64> = rows.iter().filter_map(|row| row.gap).collect();
    let worst = gaps.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let to_best: Vec<f64> = rows.iter().map(|row| row.to_best).collect();
    let ok = rows.iter().filter(|row| row.status == "ok").count();
    if gaps.is_empty() {
        println!("no gap: nothing to compare with");
    } else {
        println!("mean gap {:.4} %, worst {worst:.3} %, over {} instances", mean(&gaps), gaps.len());
    }
    println!("mean time to best {:.1} s; {ok} of {} feasible", mean(&to_best), rows.len());
    let both: Vec<(f64, f64)> =
        rows.iter().filter_map(|row| Some((row.gap?, *before.get(&row.name)?))).collect();
    if !both.is_empty() {
        let change: Vec<f64> = both.iter().map(|(now, then)| now - then).collect();
        let better = change.iter().filter(|change| **change < -1e-9).count();
        let worse = change.iter().filter(|change| **change > 1e-9).count();
        println!(
            "against the kept table: {:+.4} points of gap, {better} better, {worse} worse, {} alike",
            mean(&change),
            both.len() - better - worse
        );
    }
}

/// Gaps by instance of a kept table.
fn kept(file: &Path) -> Result<BTreeMap<String, f64>, String> {
    let text = read_text(file)?;
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let rows = table.records().filter_map(Result::ok);
    Ok(rows.filter_map(|row| Some((row.get(0)?.to_owned(), row.get(3)?.parse().ok()?))).collect())
}

fn keep(file: &Path, rows: &[Row]) -> Result<(), String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let write = |table: &mut csv::Writer<Vec<u8>>, cells: &[String]| table.write_record(cells);
    let heading = ["instance", "n", "cost", "gap_percent", "seconds_to_best", "iterations", "status"];
    let mut written = write(&mut table, &heading.map(str::to_owned));
    for row in rows {
        let gap = row.gap.map_or_else(String::new, |gap| format!("{gap:.6}"));
        let cells = [
            row.name.clone(),
            row.customers.to_string(),
            row.cost.to_string(),
            gap,
            format!("{:.2}", row.to_best),
            row.iterations.to_string(),
            row.status.clone(),
        ];
        written = written.and_then(|()| write(&mut table, &cells));
    }
    written.map_err(|error| error.to_string())?;
    let bytes = table.into_inner().map_err(|error| error.to_string())?;
    fs_err::write(file, bytes).map_err(|error| error.to_string())
}
