//! `tournee solve INSTANCE`: a standard benchmark instance, for researchers.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use tournee::diagnostics::{Lang, Text};
use tournee::instances::{self, FileSolution, Instance, Verdict, left_out, solution};
use tournee::outputs::words::number;
use tournee::solver::{self, Params, StopRule};
use tournee::text;
use tournee::whole_file::WholeFile;

use super::args::{Format, SolveArgs};
use super::context::Context;
use super::failure::Failure;
use super::progress::{Budget, Progress};
use super::{Outcome, interrupt, report};

/// Searched for that long where neither `--time` nor `--iterations` is given.
const DEFAULT_TIME: Duration = Duration::from_mins(1);

/// Kept of the time asked for to verify and write.
const RESERVE: Duration = Duration::from_millis(50);

/// Customers left out whose reasons are worked out.
const REASONS_SHOWN: usize = 20;

/// Reads, searches, verifies, writes; the cost is the last line on standard output.
pub fn run(args: &SolveArgs, context: &Context) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    let cancelled = interrupt::watch()?;
    let mut progress = Progress::start(context);
    progress.step(&text!("lecture de l’instance", "reading the instance"));
    let instance = read(&args.instance, context)?;
    // Begun now, so that no long search ends where nothing can be written.
    let output = args.output.as_deref().map(WholeFile::create).transpose()?;
    let problem = instance.problem();
    let stated_cost = instance.stated_cost();

    let asked = args.search.time.or_else(|| args.search.iterations.is_none().then_some(DEFAULT_TIME));
    let time = asked.map(|time| time.saturating_sub(begun.elapsed() + RESERVE));
    let stop = StopRule { iterations: args.search.iterations, time, cancelled: Some(cancelled) };
    let params = Params { seed: args.search.seed.unwrap_or(0), threads: context.threads };
    progress.begin_search(Budget { time, steps: args.search.iterations }, context.lang());
    let outcome = solver::solve(&problem, &params, &stop, None, &mut |event| {
        let best = |lang| number(stated_cost(event.best), 2, lang);
        let (fr, en) = (best(Lang::Fr), best(Lang::En));
        progress.searched(event.iterations, &text!("meilleur coût {fr}", "best cost {en}"));
    });
    progress.end_search();

    progress.step(&text!("vérification", "verification"));
    let solution = instance.number(&outcome.solution);
    let verdict = instances::verify(&instance, &solution);
    drop(progress);
    if let Some(fault) = verdict.faults.first() {
        // The search promises to break no rule, so this is its fault and nobody should use the routes.
        let Text { fr, en } = &fault.words;
        return Err(Failure::Bug(text!("solution fausse ({fr})", "wrong solution ({en})")));
    }
    if outcome.cancelled {
        let words = text!("interrompu : meilleure solution trouvée\n", "interrupted: best solution found\n");
        context.complain(words.get(context.lang()));
    }
    let told = Told {
        instance: &instance,
        solution: &solution,
        verdict: &verdict,
        iterations: outcome.iterations,
        seconds: begun.elapsed().as_secs_f64(),
    };
    say_left_out(&told, context);
    hand_over(&told, output, context)?;
    Ok(if verdict.missed.is_empty() { Outcome::Done } else { Outcome::Broken })
}

/// What came out.
struct Told<'a> {
    instance: &'a Instance,
    solution: &'a FileSolution,
    verdict: &'a Verdict,
    iterations: u64,
    seconds: f64,
}

fn read(file: &Path, context: &Context) -> Result<Instance, Failure> {
    let bytes = fs_err::read(file)?;
    let name = file
        .file_name()
        .map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    let report = instances::read(&name, &bytes);
    let Some(instance) = report.value else { return Err(Failure::input(report.diagnostics)) };
    context.complain(&report::findings(&report.diagnostics, context.lang()));
    Ok(instance)
}

/// Who is left out, and why.
fn say_left_out(told: &Told<'_>, context: &Context) {
    let reasons = left_out::reasons(told.instance, told.solution, told.verdict, REASONS_SHOWN);
    let mut words = String::new();
    for reason in &reasons {
        let _ = writeln!(words, "{}", reason.get(context.lang()));
    }
    let more = told.verdict.missed.len() - reasons.len();
    if more > 0 {
        let _ = writeln!(words, "{}", text!("… et {more} autre(s)", "… and {more} more").get(context.lang()));
    }
    context.complain(&words);
}

/// Writes the routes where they were asked for and prints the summary, its last line `cost VALUE`.
fn hand_over(told: &Told<'_>, output: Option<WholeFile>, context: &Context) -> Result<(), Failure> {
    let routes = solution::write(told.instance, told.solution);
    let is_in_file = output.is_some();
    if let Some(mut file) = output {
        file.write_all(routes.as_bytes())?;
        file.finish()?;
    }
    if context.format == Format::Json {
        return context.summary("", &json(told));
    }
    let mut words = String::new();
    if !is_in_file {
        words += &routes;
    } else if !context.quiet {
        let (problem, name) = (told.instance.convention.problem, &told.instance.name);
        let (customers, routes) = (told.instance.customers.len(), told.solution.routes.len());
        let lang = context.lang();
        let iterations = number(told.iterations as f64, 0, lang);
        let seconds = number(told.seconds, 1, lang);
        let line = text!(
            "{name} ({problem}, {customers} clients) : {routes} tournées, {iterations} itérations, {seconds} s",
            "{name} ({problem}, {customers} customers): {routes} routes, {iterations} iterations, {seconds} s"
        );
        let _ = writeln!(words, "{}", line.get(context.lang()));
    }
    let _ = writeln!(words, "cost {:.*}", told.instance.convention.decimals, told.verdict.cost);
    context.print(&words)
}

/// For programs.
fn json(told: &Told<'_>) -> serde_json::Value {
    serde_json::json!({
        "instance": told.instance.name,
        "problem": told.instance.convention.problem,
        "customers": told.instance.customers.len(),
        "routes": told.solution.routes.len(),
        "cost": told.verdict.cost,
        "missed": told.verdict.missed.len(),
        "iterations": told.iterations,
        "seconds": told.seconds,
    })
}
