//! What `plan` says at its end: a page for the coordinator, or JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::{Value, json};
use tournee::diagnostics::{Diagnostic, Lang, Repair, Text};
use tournee::ids::{AntennaId, StopId};
use tournee::outputs::words::{self, euros, kilometres, number, percent};
use tournee::plan::Plan;
use tournee::tables::Priority;
use tournee::text;
use tournee::timetable::Tour;
use tournee::units::{Cost, Need};

use super::attendance;
use super::bound;
use super::check::violation_json;
use super::context::Context;
use super::{repairs, report};

/// Stops left out that the page lists; the files list all.
const LEFT_OUT_SHOWN: usize = 5;

/// Dates with cancelled visits that the page lists; `plan.json` lists all.
const CANCELLED_SHOWN: usize = 2;

/// What the summary is about.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Where it was written.
    pub folder: &'a Path,
    /// The files there.
    pub files: &'a [PathBuf],
    /// Warnings of all layers.
    pub findings: &'a [Diagnostic],
    /// Of the tables.
    pub repairs: &'a [Repair],
}

/// The page for the coordinator.
pub fn text(told: &Told<'_>, context: &Context) -> String {
    let (plan, lang) = (told.plan, context.lang());
    [
        title(plan, lang),
        figures(plan, lang),
        referred(plan, lang),
        antennas(plan, context),
        left_out(plan, lang, context.verbose),
        cancelled(plan, lang, context.verbose),
        repairs::lines(told.repairs, lang, context.verbose),
        verdict(plan, lang),
        files(told, lang),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("\n")
}

fn title(plan: &Plan, lang: Lang) -> String {
    let settings = &plan.dataset.settings;
    let (from, to) = (words::date(settings.start), words::date(settings.until));
    let weeks = settings.weeks;
    let dates = Text { fr: format!("du {} au {}", from.fr, to.fr), en: format!("{} to {}", from.en, to.en) };
    let mut page = report::title(settings, lang);
    let long = counted(usize::from(weeks), "semaine", lang);
    let cycle = match weeks {
        1 => text!("cycle d’une semaine", "a cycle of one week"),
        _ => text!("cycle de {long}", "a cycle of {weeks} weeks"),
    };
    let _ = writeln!(page, "{}, {}", dates.get(lang), cycle.get(lang));
    if plan.survey.is_sketch {
        let notice = text!(
            "Routes esquissées : distances et durées approximatives ; --roads FICHIER.osm.pbf donne les vraies",
            "Sketch roads: distances and times are approximate; --roads FILE.osm.pbf gives the real ones"
        );
        let _ = writeln!(page, "{}", notice.get(lang));
    }
    if plan.cancelled {
        let notice = text!(
            "Recherche interrompue : voici le meilleur plan trouvé jusque-là, complet et vérifié",
            "Search interrupted: this is the best plan found so far, complete and verified"
        );
        let _ = writeln!(page, "{}", notice.get(lang));
    }
    page
}

/// Both models of attendance, where places are referred to stops.
fn referred(plan: &Plan, lang: Lang) -> String {
    let Some(referred) = attendance::referred(&plan.attendance, lang) else { return String::new() };
    let nearest = attendance::nearest(&plan.attendance, lang);
    format!("{}\n{}\n", nearest.get(lang), referred.get(lang))
}

/// Labelled figures, one a line.
fn figures(plan: &Plan, lang: Lang) -> String {
    let lines = [
        (text!("Besoin couvert", "Need covered"), need(plan, lang)),
        (text!("Arrêts", "Stops"), stops(plan, lang)),
        (text!("Visites", "Visits"), visits(plan, lang)),
        (text!("Foyers servis", "Households served"), served(plan, lang)),
        (text!("Sur la route", "On the road"), road(plan, lang)),
        (text!("Coût", "Cost"), cost(plan, lang)),
        (text!("Bilan", "Balance"), balance(plan, lang)),
        (text!("Au mieux", "At best"), at_best(plan, lang)),
    ];
    let width = lines.iter().map(|(label, _)| label.get(lang).chars().count()).max().unwrap_or(0);
    lines.iter().filter(|(_, figure)| !figure.is_empty()).fold(String::new(), |mut page, (label, figure)| {
        let _ = writeln!(page, "{:width$}  {figure}", label.get(lang));
        page
    })
}

fn need(plan: &Plan, lang: Lang) -> String {
    let coverage = &plan.coverage;
    if coverage.need == Need::ZERO {
        return String::new();
    }
    let share = |covered: Need| percent(covered.get() as f64 / coverage.need.get() as f64, 0, lang);
    let households = |need: Need| number(need.households(), 0, lang);
    let (before, after) = (households(coverage.covered_before), households(coverage.covered_after));
    let (share_before, share_after) = (share(coverage.covered_before), share(coverage.covered_after));
    let (all, rule) = (households(coverage.need), &plan.dataset.settings.coverage.rule);
    text!(
        "{before} foyers avant ({share_before}), {after} après ({share_after}), sur {all} (règle {rule})",
        "{before} households before ({share_before}), {after} after ({share_after}), of {all} (rule {rule})"
    )
    .get(lang)
    .to_owned()
}

fn stops(plan: &Plan, lang: Lang) -> String {
    let all = plan.dataset.stops.len();
    let served = plan.visits_per_cycle.iter().filter(|&&visits| visits > 0).count();
    let left = all - served;
    let (is_served, is_left) = (many(served, "desservi"), many(left, "laissé"));
    let [served, all, left] = [served, all, left].map(|count| whole(count, lang));
    text!(
        "{served} {is_served} sur {all}, {left} {is_left} de côté",
        "{served} served of {all}, {left} left out"
    )
    .get(lang)
    .to_owned()
}

fn visits(plan: &Plan, lang: Lang) -> String {
    let (visits, shifts) = (plan.cycle.visits, plan.cycle.shifts);
    let published: usize = plan.timetable.tours.iter().map(|tour| tour.calls().count()).sum();
    let cancelled = plan.timetable.cancelled.len();
    let tours = counted(shifts, "tournée", lang);
    let (is_published, is_cancelled) =
        (counted(published, "publiée", lang), counted(cancelled, "annulée", lang));
    let [visits, shifts, published, cancelled] =
        [visits, shifts, published, cancelled].map(|count| whole(count, lang));
    text!(
        "{visits} par cycle en {tours} ; {is_published}, {is_cancelled}",
        "{visits} a cycle on {shifts} tours; {published} published, {cancelled} cancelled"
    )
    .get(lang)
    .to_owned()
}

fn served(plan: &Plan, lang: Lang) -> String {
    let served = number(plan.cycle.served as f64, 0, lang);
    match plan.cycle.turned_away {
        0 => text!("{served} par cycle, personne n’est refusé", "{served} a cycle, nobody is turned away"),
        away => {
            let refused = many(away.unsigned_abs() as usize, "refusé");
            let away = number(away as f64, 0, lang);
            text!(
                "{served} par cycle, {away} {refused} faute de place",
                "{served} a cycle, {away} turned away"
            )
        }
    }
    .get(lang)
    .to_owned()
}

fn road(plan: &Plan, lang: Lang) -> String {
    let kilometres = kilometres(plan.cycle.metres as f64, 0, lang);
    let (driving, duty) = (hours(plan.cycle.driving, lang), hours(plan.cycle.duty, lang));
    text!(
        "{kilometres} et {driving} de conduite par cycle, {duty} de travail",
        "{kilometres} and {driving} of driving a cycle, {duty} of duty"
    )
    .get(lang)
    .to_owned()
}

fn cost(plan: &Plan, lang: Lang) -> String {
    let euros = |cost: Cost| euros(cost.euros(), 2, lang);
    let cycle = &plan.cycle;
    let (all, days) = (euros(plan.evaluation.operating), euros(cycle.cost_of_days));
    let (distance, time) = (euros(cycle.cost_of_distance), euros(cycle.cost_of_time));
    text!(
        "{all} par cycle : jours {days}, kilomètres {distance}, heures {time}",
        "{all} a cycle: days {days}, kilometres {distance}, hours {time}"
    )
    .get(lang)
    .to_owned()
}

/// The objective, all terms printed.
fn balance(plan: &Plan, lang: Lang) -> String {
    let euros = |cost: Cost| euros(cost.euros(), 2, lang);
    let terms = &plan.evaluation;
    let (cost, need, stops) = (euros(terms.operating), euros(terms.covered_value), euros(terms.client_value));
    let (missed, total) = (euros(terms.missed), euros(terms.total));
    text!(
        "coût {cost} − besoin couvert {need} − arrêts {stops} + manqués {missed} = {total}",
        "cost {cost} − need covered {need} − stops {stops} + missed {missed} = {total}"
    )
    .get(lang)
    .to_owned()
}

/// How far the plan is from the best possible, where somebody asked.
fn at_best(plan: &Plan, lang: Lang) -> String {
    plan.proof.as_ref().map_or_else(String::new, |proof| bound::words(proof, lang).get(lang).to_owned())
}

/// `refusé`, `refusés`: French takes an s from two on.
fn many(count: usize, word: &str) -> String {
    if count < 2 { word.to_owned() } else { format!("{word}s") }
}

/// `1 tournée`, `1 200 tournées`.
fn counted(count: usize, word: &str, lang: Lang) -> String {
    format!("{} {}", whole(count, lang), many(count, word))
}

fn whole(count: usize, lang: Lang) -> String {
    number(count as f64, 0, lang)
}

/// `12 h 05`, with spaces at which no line breaks in French.
fn hours(seconds: i64, lang: Lang) -> String {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    match lang {
        Lang::Fr => format!("{hours}\u{202f}h\u{202f}{minutes:02}"),
        Lang::En => format!("{hours} h {minutes:02}"),
    }
}

/// One line an antenna, over all published dates.
fn antennas(plan: &Plan, context: &Context) -> String {
    let lang = context.lang();
    let header = [
        text!("Antenne", "Antenna"),
        text!("Tournées", "Tours"),
        text!("Visites", "Visits"),
        text!("Foyers", "Households"),
        text!("km", "km"),
        text!("Travail", "Duty"),
        text!("Jours", "Days"),
    ];
    let rows = plan.dataset.antennas.keys().map(|id| antenna_row(plan, id, lang).into()).collect();
    report::table(&header, rows, 1..6, context)
}

fn antenna_row(plan: &Plan, id: AntennaId, lang: Lang) -> [String; 7] {
    let tours: Vec<&Tour> = plan.timetable.tours.iter().filter(|tour| tour.antenna == id).collect();
    let metres: i64 = tours.iter().map(|tour| i64::from(tour.distance.get())).sum();
    let duty: i64 = tours.iter().map(|tour| i64::from(tour.duty().get())).sum();
    let households: i64 =
        tours.iter().flat_map(|tour| tour.calls()).map(|call| i64::from(call.households.get())).sum();
    let mut days: Vec<_> = tours.iter().map(|tour| tour.date.weekday().to_monday_zero_offset()).collect();
    days.sort_unstable();
    days.dedup();
    let days: Vec<_> = days.iter().map(|&day| words::weekday_at(day as u8).get(lang).to_owned()).collect();
    [
        plan.dataset.antennas[id].name.clone(),
        whole(tours.len(), lang),
        whole(tours.iter().map(|tour| tour.calls().count()).sum(), lang),
        number(households as f64, 0, lang),
        number(metres as f64 / 1000.0, 0, lang),
        hours(duty, lang),
        days.join(", "),
    ]
}

/// Stops left out with their reasons, required ones first.
fn left_out(plan: &Plan, lang: Lang, all: bool) -> String {
    let mut stops: Vec<StopId> = plan.dataset.stops.keys().filter(|&stop| !plan.is_served(stop)).collect();
    if stops.is_empty() {
        return String::new();
    }
    stops.sort_by_key(|&stop| plan.dataset.stops[stop].priority != Priority::Required);
    let mut page = report::heading(&text!("Laissés de côté", "Left out"), lang);
    let shown = if all { stops.len() } else { stops.len().min(LEFT_OUT_SHOWN) };
    for &id in &stops[..shown] {
        let stop = &plan.dataset.stops[id];
        let mark = match stop.priority {
            Priority::Required => text!(" (obligatoire)", " (required)"),
            Priority::Optional => Text::default(),
        };
        let _ = write!(page, "  {}{}", stop.name, mark.get(lang));
        if let Some(reason) = &plan.left_out[id] {
            let colon = if lang == Lang::Fr { " :" } else { ":" };
            let _ = write!(page, "{colon} {}", reason.why.get(lang));
            if !reason.fix.get(lang).is_empty() {
                let _ = write!(page, "\n    → {}", reason.fix.get(lang));
            }
        }
        page.push('\n');
    }
    if shown < stops.len() {
        let rest = stops.len() - shown;
        let more =
            text!("  … et {rest} autre(s) : voir stops.geojson", "  … and {rest} more: see stops.geojson");
        page.push_str(more.get(lang));
        page.push('\n');
    }
    page
}

/// Visits of the cycle that do not take place, a date a line.
fn cancelled(plan: &Plan, lang: Lang, all: bool) -> String {
    let mut dates: BTreeMap<(Date, &str), Vec<&str>> = BTreeMap::new();
    for visit in &plan.timetable.cancelled {
        let names = dates.entry((visit.date, visit.reason.as_str())).or_default();
        names.push(&plan.dataset.stops[visit.stop].name);
    }
    if dates.is_empty() {
        return String::new();
    }
    let mut page = report::heading(&text!("Visites annulées", "Cancelled visits"), lang);
    let shown = if all { dates.len() } else { CANCELLED_SHOWN };
    for ((date, reason), names) in dates.iter().take(shown) {
        let reason = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
        let (date, names) = (words::date(*date), names.join(", "));
        let line = Text {
            fr: format!("  {}{reason} : {names}", date.fr),
            en: format!("  {}{reason}: {names}", date.en),
        };
        let _ = writeln!(page, "{}", line.get(lang));
    }
    if shown < dates.len() {
        let rest = dates.len() - shown;
        let more = text!(
            "  … et {rest} autre(s) date(s) : voir plan.json",
            "  … and {rest} more date(s): see plan.json"
        );
        let _ = writeln!(page, "{}", more.get(lang));
    }
    page
}

fn verdict(plan: &Plan, lang: Lang) -> String {
    let count = plan.violations.len();
    let verdict = if count == 0 {
        text!(
            "Vérification indépendante : le plan respecte toutes les règles",
            "Independent check: the plan keeps every rule"
        )
    } else {
        text!(
            "Vérification indépendante : {count} arrêt(s) obligatoire(s) laissé(s) de côté, les autres règles sont respectées",
            "Independent check: {count} required stop(s) left out, all other rules hold"
        )
    };
    report::verdict(verdict.get(lang), count == 0)
}

fn files(told: &Told<'_>, lang: Lang) -> String {
    let folder = told.folder.display();
    let within = |file: &Path| file.strip_prefix(told.folder).unwrap_or(file).display().to_string();
    // A folder may hold a file a stop: they are counted.
    let together = |a: &PathBuf, b: &PathBuf| a.parent() == b.parent() && a.parent() != Some(told.folder);
    let names: Vec<String> = told
        .files
        .chunk_by(together)
        .map(|files| match files[0].parent().filter(|parent| *parent != told.folder) {
            Some(parent) => format!("{}/ ({})", within(parent), files.len()),
            None => within(&files[0]),
        })
        .collect();
    let names = names.join(", ");
    let words = text!("Écrit dans {folder} : {names}", "Written to {folder}: {names}");
    format!("{}\n", words.get(lang))
}

/// The same for programs: figures in metres, seconds, households and euros.
pub fn json(told: &Told<'_>, lang: Lang) -> Value {
    let plan = told.plan;
    let (cycle, evaluation, coverage) = (&plan.cycle, &plan.evaluation, &plan.coverage);
    let mut value = json!({
        "command": "plan",
        "title": plan.dataset.settings.title,
        "note": report::note(&plan.dataset.settings),
        "start": plan.dataset.settings.start.to_string(),
        "until": plan.dataset.settings.until.to_string(),
        "weeks": plan.dataset.settings.weeks,
        "sketch_roads": plan.survey.is_sketch,
        "seed": plan.seed,
        "iterations": plan.iterations,
        "interrupted": plan.cancelled,
        "stops": {
            "all": plan.dataset.stops.len(),
            "served": plan.visits_per_cycle.iter().filter(|&&visits| visits > 0).count(),
            "left_out": left_out_json(plan, lang),
        },
        "coverage": {
            "rule": plan.dataset.settings.coverage.rule,
            "households": coverage.need.households(),
            "covered_before": coverage.covered_before.households(),
            "covered_after": coverage.covered_after.households(),
        },
        "cycle": {
            "tours": cycle.shifts,
            "visits": cycle.visits,
            "distance_m": cycle.metres,
            "driving_s": cycle.driving,
            "duty_s": cycle.duty,
            "households": cycle.served,
            "turned_away": cycle.turned_away,
        },
        "attendance": attendance::json(&plan.dataset, &plan.attendance),
        "cost": {
            "days": cycle.cost_of_days.euros(),
            "distance": cycle.cost_of_distance.euros(),
            "time": cycle.cost_of_time.euros(),
            "operating": evaluation.operating.euros(),
            "covered_value": evaluation.covered_value.euros(),
            "stop_value": evaluation.client_value.euros(),
            "missed": evaluation.missed.euros(),
            "total": evaluation.total.euros(),
        },
        "published": {
            "tours": plan.timetable.tours.len(),
            "visits": plan.timetable.tours.iter().map(|tour| tour.calls().count()).sum::<usize>(),
            "cancelled": plan.timetable.cancelled.len(),
            "distance_m": plan.timetable.tours.iter().map(|tour| i64::from(tour.distance.get())).sum::<i64>(),
        },
        "sound": plan.violations.is_empty(),
        "violations": plan.violations.iter().map(|violation| violation_json(violation, lang)).collect::<Vec<_>>(),
        "findings": told.findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
        "repairs": repairs::json(told.repairs, lang),
        "folder": told.folder.display().to_string(),
        "files": told.files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
    });
    if let (Some(proof), Some(keys)) = (&plan.proof, value.as_object_mut()) {
        keys.insert("bound".to_owned(), bound::json(proof));
    }
    value
}

fn left_out_json(plan: &Plan, lang: Lang) -> Vec<Value> {
    let stops = plan.dataset.stops.iter_enumerated().filter(|(id, _)| !plan.is_served(*id));
    stops
        .map(|(id, stop)| {
            let reason = plan.left_out[id].as_ref();
            json!({
                "stop": stop.id,
                "name": stop.name,
                "required": stop.priority == Priority::Required,
                "reason": reason.map(|reason| reason.why.get(lang)),
                "fix": reason.map(|reason| reason.fix.get(lang)).filter(|fix| !fix.is_empty()),
            })
        })
        .collect()
}
