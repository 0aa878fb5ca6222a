//! `tournee candidates SCENARIO`.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use tournee::coverage::{Candidates, Known, candidates, cover_sets};
use tournee::diagnostics::{Diagnostic, Repair};
use tournee::outputs::candidates as folder;
use tournee::outputs::geojson::Credits;
use tournee::outputs::words::{number, percent};
use tournee::survey::{self, PAIRS_MAX, SpotKind};
use tournee::tables::Dataset;
use tournee::text;
use tournee::units::Need;

use super::args::{CandidatesArgs, SpotArg};
use super::context::Context;
use super::failure::Failure;
use super::progress::Progress;
use super::scenario::Scenario;
use super::{Outcome, repairs, report, scenario};

/// Candidates that the page lists; the files list all.
const SHOWN: usize = 12;

/// Ranks places by the need that a stop there would bring within reach, and writes them as a stops table.
pub fn run(args: &CandidatesArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    progress.step(&text!("lecture du scénario", "reading the scenario"));
    let scenario = scenario::open(&args.scenario, args.roads.as_deref(), context)?;
    let out = args.out.clone().unwrap_or_else(|| scenario.folder.join("candidates"));
    folder::refusal(&out)?;
    progress.step(&text!("lecture des routes", "reading the roads"));
    let roads = scenario.roads()?;
    progress.step(&text!("mesure des trajets", "measuring travel"));
    let surveyed = survey::survey(&scenario.dataset, &roads);
    let Some(survey) = surveyed.value else { return Err(scenario.failure(surveyed.diagnostics)) };
    let dataset = &scenario.dataset;
    let kind = match args.at {
        SpotArg::Places => SpotKind::Places,
        SpotArg::Junctions => SpotKind::Junctions,
    };
    let (spots, reach) =
        survey::place_reach(dataset, &roads, &survey, kind).map_err(|_too_many| too_many_pairs())?;
    progress.step(&text!("choix des lieux", "choosing places"));
    let known = if args.with_stops { Known::SitesAndStops } else { Known::Sites };
    let found = candidates(&cover_sets(dataset, &survey), (&spots, &reach), known, args.count);
    progress.step(&text!("écriture", "writing"));
    let credits = Credits {
        title: &dataset.settings.title,
        note: &dataset.settings.note,
        is_sketch: survey.is_sketch,
        lang: context.lang(),
    };
    let files = folder::write(dataset, &found, credits, &out)?;
    drop(progress);

    let findings = [scenario.findings.clone(), surveyed.diagnostics].concat();
    context.complain(&report::findings(&findings, context.lang()));
    context.summary(
        &page(&found, &scenario, credits, &files, context),
        &page_json(&found, dataset, credits.is_sketch, (&findings, &scenario.repairs), &files, context),
    )?;
    Ok(Outcome::Done)
}

fn too_many_pairs() -> Failure {
    let millions = PAIRS_MAX / 1_000_000;
    Failure::Usage(text!(
        "plus de {millions} millions de paires de lieux à portée les uns des autres : prenez un carroyage plus large, ou une \
         règle plus courte",
        "more than {millions} million pairs of places within reach of each other: use a coarser grid, or a shorter rule"
    ))
}

/// The page for the coordinator.
fn page(
    found: &Candidates,
    scenario: &Scenario,
    credits: Credits<'_>,
    files: &[PathBuf],
    context: &Context,
) -> String {
    let (dataset, lang) = (&scenario.dataset, context.lang());
    let mut page = report::title(&dataset.settings, lang);
    if credits.is_sketch {
        let _ = writeln!(page, "{}", credits.roads());
    }
    let households = |need: Need| number(need.households(), 0, lang);
    let reached: Need = found.list.iter().map(|candidate| candidate.gain).sum();
    let share = percent(reached.get() as f64 / found.bound.get().max(1) as f64, 1, lang);
    let (count, rule) = (found.list.len(), &dataset.settings.coverage.rule);
    let (unreached, reached) = (households(found.unreached), households(reached));
    let line = text!(
        "{count} lieux mettraient {reached} foyers de plus à portée, sur {unreached} qui ne le sont pas (règle {rule}) ; au \
         moins {share} de ce que permettent autant de lieux",
        "{count} places would bring {reached} more households within reach, of {unreached} that are not (rule {rule}); at \
         least {share} of what as many places can"
    );
    let _ = writeln!(page, "{}", line.get(lang));
    let shown = if context.verbose { count } else { count.min(SHOWN) };
    for (rank, candidate) in (1..).zip(&found.list[..shown]) {
        let name = &dataset.places[candidate.spot.place].name;
        let gain = number(candidate.gain.households(), 1, lang);
        let line = text!("  {rank}. {name} : {gain} foyers", "  {rank}. {name}: {gain} households");
        let _ = writeln!(page, "{}", line.get(lang));
    }
    if shown < count {
        let rest = count - shown;
        let more = text!("  … et {rest} autre(s) : voir stops.csv", "  … and {rest} more: see stops.csv");
        let _ = writeln!(page, "{}", more.get(lang));
    }
    let repairs = repairs::lines(&scenario.repairs, lang, context.verbose);
    let names = files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ");
    let written = text!("Écrit : {names}", "Written: {names}");
    let _ = writeln!(page, "{repairs}{}", written.get(lang));
    page
}

/// The same for programs.
fn page_json(
    found: &Candidates,
    dataset: &Dataset,
    is_sketch: bool,
    (findings, repairs): (&[Diagnostic], &[Repair]),
    files: &[PathBuf],
    context: &Context,
) -> Value {
    let lang = context.lang();
    json!({
        "command": "candidates",
        "title": dataset.settings.title,
        "note": report::note(&dataset.settings),
        "sketch_roads": is_sketch,
        "rule": dataset.settings.coverage.rule,
        "households_unreached": found.unreached.households(),
        "households_gained": found.list.iter().map(|candidate| candidate.gain).sum::<Need>().households(),
        "households_bound": found.bound.households(),
        "candidates": found.list.iter().map(|candidate| json!({
            "place": dataset.places[candidate.spot.place].id,
            "households_gained": candidate.gain.households(),
            "households_alone": candidate.alone.households(),
            "places": candidate.places,
        })).collect::<Vec<_>>(),
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
        "repairs": repairs::json(repairs, lang),
        "files": files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
    })
}
