//! `tournee frontier SCENARIO`.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use tournee::diagnostics::{Diagnostic, Lang, Text};
use tournee::outputs::frontier::{self as folder, Gain, POINTS_MAX};
use tournee::outputs::geojson::Credits;
use tournee::outputs::words::number;
use tournee::plan::Options;
use tournee::plan::frontier::{Event, Frontier, Point, ResourceRange, frontier};
use tournee::tables::Dataset;
use tournee::text;
use tournee::units::{Cost, Need};

use super::args::FrontierArgs;
use super::context::Context;
use super::failure::Failure;
use super::progress::Progress;
use super::{Outcome, interrupt, report, scenario};

/// Plans over a range of resources and writes what each brings.
pub fn run(args: &FrontierArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    progress.step(&text!("lecture du scénario", "reading the scenario"));
    let scenario = scenario::open(&args.scenario, args.roads.as_deref(), context)?;
    let out = args.out.clone().unwrap_or_else(|| scenario.folder.join("frontier"));
    folder::refusal(&out)?;
    let range = range(args, &scenario.dataset)?;
    let cancelled = interrupt::watch()?;
    progress.step(&text!("lecture des routes", "reading the roads"));
    let roads = scenario.roads()?;
    let options = Options {
        seed: args.search.seed,
        iterations: args.search.iterations,
        time: args.search.time,
        threads: context.threads,
        cancelled: Some(cancelled),
        ..Options::default()
    };
    let (lang, mut plans, mut bugs) = (context.lang(), Vec::new(), Vec::new());
    let mut index = 0;
    let found = frontier(
        &scenario.dataset,
        &roads,
        &range,
        &options,
        &mut |event| progress.step(&step(event)),
        &mut |_, plan| {
            bugs.extend(plan.bugs().map(|bug| format!("{} {}", bug.rule.code(), bug.message.get(lang))));
            plans.push(folder::plan_document(index, plan, lang));
            index += 1;
        },
    );
    let Some(frontier) = found.value else { return Err(scenario.failure(found.diagnostics)) };
    if !bugs.is_empty() {
        return Err(tournee::outputs::WriteError::Unsound(bugs.join("; ")).into());
    }
    let kept: Vec<String> =
        folder::steps(&frontier).iter().map(|(index, ..)| folder::plan_name(*index)).collect();
    plans.retain(|plan| kept.iter().any(|name| *name == plan.name));
    progress.step(&text!("écriture", "writing"));
    let credits = Credits { title: &scenario.dataset.settings.title, is_sketch: roads.is_sketch(), lang };
    let files = folder::write(&frontier, plans, &out, &credits.roads(), lang)?;
    drop(progress);

    let findings = [scenario.findings.clone(), found.diagnostics].concat();
    context.complain(&report::findings(&findings, lang));
    context.summary(
        &page(&frontier, &scenario.dataset, &credits.roads(), &files, lang),
        &page_json(&frontier, &findings, &files, lang),
    )?;
    Ok(Outcome::Done)
}

fn range(args: &FrontierArgs, dataset: &Dataset) -> Result<ResourceRange, Failure> {
    let usual = ResourceRange::usual(dataset);
    let mut values: Vec<Cost> = args.values.iter().map(|&euros| Cost::from_euros(euros)).collect();
    values.sort_unstable();
    values.dedup();
    let range = ResourceRange {
        antennas: args.antennas.clone().unwrap_or(usual.antennas),
        values: if values.is_empty() { usual.values } else { values },
    };
    let count = range.count();
    if count > POINTS_MAX {
        return Err(Failure::Usage(text!(
            "{count} plans demandés, {POINTS_MAX} au plus : resserrez --antennas ou --values",
            "{count} plans asked for, {POINTS_MAX} at most: narrow --antennas or --values"
        )));
    }
    Ok(range)
}

fn step(event: Event) -> Text {
    match event {
        Event::Surveying => text!("mesure des trajets", "measuring travel"),
        Event::Searching(done, all) => {
            text!("recherche : {done} plans sur {all}", "searching: {done} plans of {all}")
        }
        Event::Finishing(done, all) => {
            text!(
                "horaires et vérification : {done} plans sur {all}",
                "times and verification: {done} plans of {all}"
            )
        }
    }
}

/// The page for the coordinator.
fn page(frontier: &Frontier, dataset: &Dataset, roads: &str, files: &[PathBuf], lang: Lang) -> String {
    let mut page = report::heading(&Text::same(dataset.settings.title.clone()), lang);
    let _ = writeln!(page, "{roads}");
    if frontier.cancelled {
        let notice = text!(
            "Recherche interrompue : les plans trouvés jusque-là sont complets et vérifiés",
            "Search interrupted: the plans found so far are complete and verified"
        );
        let _ = writeln!(page, "{}", notice.get(lang));
    }
    let _ = writeln!(page, "\n{}", table(frontier, lang));
    for line in next_antennas(frontier, dataset).into_iter().chain(rates(frontier)) {
        let _ = writeln!(page, "{}", line.get(lang));
    }
    let names = files.iter().map(|file| file.display().to_string()).take(3).collect::<Vec<_>>().join(", ");
    let plans = files.len().saturating_sub(3);
    let written = text!("\nÉcrit : {names} et {plans} plan(s)", "\nWritten: {names} and {plans} plan(s)");
    let _ = writeln!(page, "{}", written.get(lang));
    page
}

fn table(frontier: &Frontier, lang: Lang) -> String {
    let header = [
        text!("Antennes", "Antennas"),
        text!("Foyers couverts", "Households covered"),
        text!("Part", "Share"),
        text!("€ par cycle", "€ a cycle"),
        text!("km", "km"),
        text!("Heures", "Hours"),
        text!("Arrêts", "Stops"),
        text!("Foyers de plus pour 100 €", "Households more for 100 €"),
    ];
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::TableStyle::new());
    table.set_header(header.iter().map(|cell| cell.get(lang)));
    for (_, point, gain) in folder::steps(frontier) {
        let figures = &point.figures;
        let share = if frontier.need == Need::ZERO {
            String::new()
        } else {
            number(100.0 * figures.covered.get() as f64 / frontier.need.get() as f64, 0, lang) + " %"
        };
        let rate = gain.and_then(|gain| gain.rate(100.0, gain.euros));
        table.add_row([
            point.antennas.to_string(),
            number(figures.covered.households(), 0, lang),
            share,
            number(figures.cost.euros(), 0, lang),
            number(figures.metres as f64 / 1000.0, 0, lang),
            number(figures.duty as f64 / 3600.0, 0, lang),
            figures.stops.to_string(),
            rate.map_or_else(String::new, |rate| number(rate, 1, lang)),
        ]);
    }
    table.trim_fmt()
}

/// What each antenna beyond the first brings, at the scenario's worth of a household, or the nearest one tried.
fn next_antennas(frontier: &Frontier, dataset: &Dataset) -> Vec<Text> {
    let wanted = dataset.settings.objective.value_per_household.get();
    let off = |point: &Point| (point.value_per_household.get() - wanted).abs();
    let mut counts: Vec<usize> = frontier.points.iter().map(|point| point.antennas).collect();
    counts.dedup();
    let of = |count: usize| {
        frontier.points.iter().filter(|point| point.antennas == count).min_by_key(|point| off(point))
    };
    let gains = counts.windows(2).filter_map(|pair| {
        let (from, to) = (of(pair[0])?, of(pair[1])?);
        let gain = Gain::between(from, to);
        let in_words = |lang| {
            let (households, euros) = (number(gain.households, 0, lang), number(gain.euros, 0, lang));
            (households, euros)
        };
        let ((households, euros), (households_en, euros_en)) = (in_words(Lang::Fr), in_words(Lang::En));
        let count = pair[1];
        Some(Text {
            fr: format!("La {count}e antenne : {households} foyers de plus, {euros} € de plus par cycle"),
            en: format!("Antenna number {count}: {households_en} households more, {euros_en} € more a cycle"),
        })
    });
    gains.collect()
}

/// What 100 km and a half-day more bring from the plan just below the best covered one.
fn rates(frontier: &Frontier) -> Option<Text> {
    let steps = folder::steps(frontier);
    let gain = steps.iter().rev().find_map(|(_, _, gain)| *gain)?;
    let (by_distance, by_time) = (gain.rate(100.0, gain.kilometres)?, gain.rate(4.0, gain.hours)?);
    let in_words = |lang| (number(by_distance, 1, lang), number(by_time, 1, lang));
    let ((km, time), (km_en, time_en)) = (in_words(Lang::Fr), in_words(Lang::En));
    Some(Text {
        fr: format!(
            "En haut de la courbe, 100 km de plus apportent {km} foyers, une demi-journée (4 h) {time}"
        ),
        en: format!(
            "At the top of the curve, 100 km more bring {km_en} households, a half-day (4 h) {time_en}"
        ),
    })
}

fn page_json(frontier: &Frontier, findings: &[Diagnostic], files: &[PathBuf], lang: Lang) -> Value {
    json!({
        "command": "frontier",
        "households": frontier.need.households(),
        "covered_before": frontier.covered_before.households(),
        "interrupted": frontier.cancelled,
        "points": folder::steps(frontier).into_iter().map(|(index, point, gain)| folder::point_json(index, point, gain)).collect::<Vec<_>>(),
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
        "files": files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
    })
}
