//! `tournee frontier SCENARIO`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tournee::diagnostics::{Diagnostic, Lang, Repair, Text};
use tournee::outputs::frontier::{self as folder, Gain, POINTS_MAX, TABLES};
use tournee::outputs::geojson::Credits;
use tournee::outputs::words::{euros, kilometres, number, percent};
use tournee::plan::Options;
use tournee::plan::frontier::{Event, Frontier, Limit, Point, ResourceRange, frontier};
use tournee::tables::Dataset;
use tournee::text;
use tournee::units::{Cost, Need, Seconds};

use super::args::FrontierArgs;
use super::context::Context;
use super::failure::Failure;
use super::plan::seconds_of;
use super::progress::{Budget, Progress};
use super::{Outcome, interrupt, repairs, report, scenario};

/// Plans over a range of resources and writes what each brings.
pub fn run(args: &FrontierArgs, context: &Context) -> Result<Outcome, Failure> {
    let mut progress = Progress::start(context);
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
    let (_, time) = options.budget(&scenario.dataset.settings.solver);
    progress.begin_search(Budget { time, steps: Some(range.count() as u64) }, lang);
    let found = frontier(
        &scenario.dataset,
        &roads,
        &range,
        &options,
        &mut |event| step(event, &mut progress),
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
    let best = folder::steps(&frontier).into_iter().map(|(index, ..)| index);
    let within = frontier.limits.iter().filter_map(|(_, point)| *point);
    let kept: Vec<String> = best.chain(within).map(folder::plan_name).collect();
    plans.retain(|plan| kept.iter().any(|name| *name == plan.name));
    progress.step(&text!("écriture", "writing"));
    let settings = &scenario.dataset.settings;
    let credits =
        Credits { title: &settings.title, note: &settings.note, is_sketch: roads.is_sketch(), lang };
    let files = folder::write(&frontier, plans, &out, credits)?;
    drop(progress);

    let findings = [scenario.findings.clone(), found.diagnostics].concat();
    context.complain(&report::findings(&findings, lang));
    context.summary(
        &(page(
            &frontier,
            &scenario.dataset,
            &credits.roads(),
            (&files, again(&frontier, args, &out)),
            context,
        ) + &repairs::lines(&scenario.repairs, lang, context.verbose)),
        &page_json(
            &frontier,
            (&scenario.dataset, roads.is_sketch()),
            (&findings, &scenario.repairs),
            &files,
            lang,
        ),
    )?;
    Ok(Outcome::Done)
}

fn range(args: &FrontierArgs, dataset: &Dataset) -> Result<ResourceRange, Failure> {
    let usual = ResourceRange::usual(dataset);
    let mut values: Vec<Cost> = args.values.iter().map(|&euros| Cost::from_euros(euros)).collect();
    values.sort_unstable();
    values.dedup();
    let mut hours: Vec<Seconds> = args.hours.iter().copied().map(seconds_of).collect();
    hours.sort_unstable();
    hours.dedup();
    let euros = args.euros.iter().map(|&euros| Limit::Cost(Cost::from_euros(euros)));
    let metres = args.km.iter().map(|&km| Limit::Metres((km * 1000.0).round() as i64));
    let range = ResourceRange {
        antennas: args.antennas.clone().unwrap_or(usual.antennas),
        days: args.days.clone().into_iter().flatten().collect(),
        hours,
        values: if values.is_empty() { usual.values } else { values },
        limits: euros.chain(metres).collect(),
    };
    let count = range.count();
    if count > POINTS_MAX {
        return Err(Failure::Usage(text!(
            "{count} plans demandés, {POINTS_MAX} au plus : resserrez --antennas, --days, --hours ou --values",
            "{count} plans asked for, {POINTS_MAX} at most: narrow --antennas, --days, --hours or --values"
        )));
    }
    Ok(range)
}

fn step(event: Event, progress: &mut Progress) {
    match event {
        Event::Surveying => progress.step(&text!("mesure des trajets", "measuring travel")),
        Event::Searching(done, all) => {
            progress.searched(done as u64, &text!("{done} plans sur {all}", "{done} plans of {all}"));
        }
        Event::Finishing(done, all) => {
            progress.end_search();
            progress.step(&text!(
                "horaires et vérification : {done} plans sur {all}",
                "times and verification: {done} plans of {all}"
            ));
        }
    }
}

/// The page for the coordinator.
fn page(
    frontier: &Frontier,
    dataset: &Dataset,
    roads: &str,
    (files, again): (&[PathBuf], Option<Text>),
    context: &Context,
) -> String {
    let lang = context.lang();
    let mut page = report::title(&dataset.settings, lang);
    let _ = writeln!(page, "{roads}");
    if frontier.cancelled {
        let notice = text!(
            "Recherche interrompue : les plans trouvés jusque-là sont complets et vérifiés",
            "Search interrupted: the plans found so far are complete and verified"
        );
        let _ = writeln!(page, "{}", notice.get(lang));
    }
    let _ = writeln!(page, "\n{}", table(frontier, context));
    let nexts = what_more_brings(frontier, dataset);
    for line in nexts
        .into_iter()
        .chain(rates(frontier))
        .chain(within_limits(frontier, lang))
        .chain(impossible(frontier))
        .chain(again)
    {
        let _ = writeln!(page, "{}", line.get(lang));
    }
    let names =
        files.iter().map(|file| file.display().to_string()).take(TABLES).collect::<Vec<_>>().join(", ");
    let plans = files.len().saturating_sub(TABLES);
    let written = text!("\nÉcrit : {names} et {plans} plan(s)", "\nWritten: {names} and {plans} plan(s)");
    let _ = writeln!(page, "{}", written.get(lang));
    page
}

/// How to plan the last row of the table again.
fn again(frontier: &Frontier, args: &FrontierArgs, out: &Path) -> Option<Text> {
    let (index, point, _) = folder::steps(frontier).pop()?;
    let mut words = vec!["tournee".to_owned(), "plan".to_owned(), args.scenario.display().to_string()];
    if let Some(roads) = &args.roads {
        words.extend(["--roads".to_owned(), roads.display().to_string()]);
    }
    words.extend(folder::options(index, point, out));
    let command = words.iter().map(|word| report::typed(word)).collect::<Vec<_>>().join(" ");
    Some(text!(
        "Le plan de la dernière ligne, de nouveau (les autres : frontier.csv) :\n  {command}",
        "The plan of the last row again (the others: frontier.csv):\n  {command}"
    ))
}

fn table(frontier: &Frontier, context: &Context) -> String {
    let lang = context.lang();
    let header = [
        text!("Moyens", "Means"),
        text!("Foyers couverts", "Households covered"),
        text!("Part", "Share"),
        text!("€ par cycle", "€ a cycle"),
        text!("km", "km"),
        text!("Heures", "Hours"),
        text!("Arrêts", "Stops"),
        text!("Foyers de plus pour 100 €", "Households more for €100"),
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (_, point, gain) in folder::steps(frontier) {
        let figures = &point.figures;
        let share = if frontier.need == Need::ZERO {
            String::new()
        } else {
            percent(figures.covered.get() as f64 / frontier.need.get() as f64, 0, lang)
        };
        let rate = gain.and_then(|gain| gain.rate(100.0, gain.euros));
        rows.push(vec![
            folder::means_in_words(point, lang),
            number(figures.covered.households(), 0, lang),
            share,
            number(figures.cost.euros(), 0, lang),
            number(figures.metres as f64 / 1000.0, 0, lang),
            number(figures.duty as f64 / 3600.0, 0, lang),
            figures.stops.to_string(),
            rate.map_or_else(String::new, |rate| number(rate, 1, lang)),
        ]);
    }
    report::table(&header, rows, 1..8, context)
}

/// What one step more of antennas, of days and of hours brings, all other means at their most, at the scenario's worth of a
/// household or the nearest one tried.
fn what_more_brings(frontier: &Frontier, dataset: &Dataset) -> Vec<Text> {
    let wanted = dataset.settings.objective.value_per_household.get();
    let off = |point: &&Point| (point.value_per_household.get() - wanted).abs();
    let Some(most) = frontier
        .points
        .iter()
        .map(means)
        .reduce(|one, other| std::array::from_fn(|axis| one[axis].max(other[axis])))
    else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for axis in 0..most.len() {
        let is_on =
            |point: &&Point| (0..most.len()).all(|other| other == axis || means(point)[other] == most[other]);
        let mut steps: Vec<i64> =
            frontier.points.iter().filter(is_on).map(|point| means(point)[axis]).collect();
        steps.sort_unstable();
        steps.dedup();
        let of = |step: i64| {
            frontier.points.iter().filter(is_on).filter(|point| means(point)[axis] == step).min_by_key(off)
        };
        for pair in steps.windows(2) {
            if let (Some(from), Some(to)) = (of(pair[0]), of(pair[1])) {
                lines.push(one_more(axis, to, Gain::between(from, to)));
            }
        }
    }
    lines
}

/// Antennas, days a week, seconds a day; as the tables say is more than any.
fn means(point: &Point) -> [i64; 3] {
    let days = point.days_per_week.map_or(i64::MAX, i64::from);
    let hours = point.hours_per_day.map_or(i64::MAX, |hours| i64::from(hours.get()));
    [point.antennas as i64, days, hours]
}

fn one_more(axis: usize, to: &Point, gain: Gain) -> Text {
    let figures = |lang| (number(gain.households, 0, lang), euros(gain.euros, 0, lang));
    let ((households, euros), (households_en, euros_en)) = (figures(Lang::Fr), figures(Lang::En));
    let (antennas, days) = (to.antennas, to.days_per_week.unwrap_or_default());
    let hours = |lang| number(to.hours_per_day.unwrap_or_default().minutes() / 60.0, 1, lang);
    let (hours_fr, hours_en) = (hours(Lang::Fr), hours(Lang::En));
    let step = match axis {
        0 => text!("La {antennas}e antenne", "Antenna number {antennas}"),
        1 => text!("Le {days}e jour par semaine", "Day number {days} of the week"),
        _ => text!("Une journée de {hours_fr} h", "A day of {hours_en} h"),
    };
    Text {
        fr: format!("{} : {households} foyers de plus, {euros} de plus par cycle", step.fr),
        en: format!("{}: {households_en} households more, {euros_en} more a cycle", step.en),
    }
}

/// The most that each limit allows.
fn within_limits(frontier: &Frontier, lang: Lang) -> Vec<Text> {
    let one = |(limit, best): &(Limit, Option<usize>)| {
        let most = match limit {
            Limit::Cost(cost) => euros(cost.euros(), 0, lang),
            Limit::Metres(metres) => kilometres(*metres as f64, 0, lang),
        };
        let Some(index) = *best else {
            return text!(
                "{most} par cycle au plus : aucun plan trouvé",
                "{most} a cycle at most: no plan found"
            );
        };
        let point = &frontier.points[index];
        let covered = number(point.figures.covered.households(), 0, lang);
        let (cost, km) =
            (euros(point.figures.cost.euros(), 0, lang), kilometres(point.figures.metres as f64, 0, lang));
        let (means, value) =
            (folder::means_in_words(point, lang), number(point.value_per_household.euros(), 2, lang));
        let plan = folder::plan_name(index);
        text!(
            "{most} par cycle au plus : {covered} foyers couverts ({cost}, {km} ; {means}, --value {value}, {plan})",
            "{most} a cycle at most: {covered} households covered ({cost}, {km}; {means}, --value {value}, {plan})"
        )
    };
    frontier.limits.iter().map(one).collect()
}

/// Means with which there is no plan.
fn impossible(frontier: &Frontier) -> Option<Text> {
    let count = frontier.impossible.len();
    (count > 0).then(|| {
        text!(
            "Sans plan, faute d'un jour ou d'un temps suffisant pour un arrêt obligatoire : {count} combinaison(s) de moyens",
            "Without a plan, as a required stop has no day or too short a one left: {count} combination(s) of means"
        )
    })
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

fn page_json(
    frontier: &Frontier,
    (dataset, is_sketch): (&Dataset, bool),
    (findings, repairs): (&[Diagnostic], &[Repair]),
    files: &[PathBuf],
    lang: Lang,
) -> Value {
    json!({
        "command": "frontier",
        "title": dataset.settings.title,
        "note": report::note(&dataset.settings),
        "sketch_roads": is_sketch,
        "households": frontier.need.households(),
        "covered_before": frontier.covered_before.households(),
        "interrupted": frontier.cancelled,
        "limits": folder::limits_json(frontier),
        "points": folder::steps(frontier).into_iter().map(|(index, point, gain)| folder::point_json(index, point, gain)).collect::<Vec<_>>(),
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
        "repairs": repairs::json(repairs, lang),
        "files": files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
    })
}
