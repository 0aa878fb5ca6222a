//! The folder of `tournee frontier`: need covered against what it costs, as a table, as JSON and as a chart, with the
//! whole plan of every point.

use std::iter;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::document::PlanDocument;
use super::sheet::{Sheet, inert};
use super::{Document, WriteError, folder, frontier_chart, words};
use crate::diagnostics::{Lang, Text};
use crate::outputs::geojson::Credits;
use crate::plan::Plan;
use crate::plan::frontier::{Frontier, Limit, Point};
use crate::text;
use crate::units::Need;

/// Files that are no plans come first among those written.
pub const TABLES: usize = FILES.len();
/// What `frontier` writes besides plans, and may therefore replace.
const FILES: [&str; 4] = ["frontier.csv", "frontier.json", "frontier.svg", "frontier.png"];
/// Most points, so that the names of their plans are known.
pub const POINTS_MAX: usize = 999;

/// The name of a point's plan.
pub fn plan_name(point: usize) -> String {
    format!("plan-{:03}.json", point + 1)
}

/// The plan of a point as a file.
pub fn plan_document(point: usize, plan: &Plan, lang: Lang) -> Document {
    Document { name: plan_name(point).into(), bytes: PlanDocument::of(plan, lang).to_json() }
}

/// Whether [`write()`] would refuse the folder: asked before long work.
pub fn refusal(folder: &Path) -> Result<(), WriteError> {
    let names = replaceable();
    folder::refusal(folder, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn replaceable() -> Vec<String> {
    FILES.map(str::to_owned).into_iter().chain((0..POINTS_MAX).map(plan_name)).collect()
}

/// Writes the folder, whole or not at all: `plans` are those of the points that no other dominates.
pub fn write(
    frontier: &Frontier,
    plans: Vec<Document>,
    folder: &Path,
    credits: Credits<'_>,
) -> Result<Vec<PathBuf>, WriteError> {
    let contents = [
        csv(frontier, credits),
        json_file(frontier, credits),
        frontier_chart::svg(frontier, credits),
        frontier_chart::png(frontier, credits),
    ];
    let tables = FILES.iter().zip(contents).map(|(&name, bytes)| Document { name: name.into(), bytes });
    let documents: Vec<Document> = tables.chain(plans).collect();
    let names = replaceable();
    folder::replace(folder, &documents, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What a step from one point of the frontier to the next brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// Households more within reach.
    pub households: f64,
    /// Euros more.
    pub euros: f64,
    /// Kilometres more; fewer where negative.
    pub kilometres: f64,
    /// Hours of duty more.
    pub hours: f64,
}

impl Gain {
    /// From one point to another.
    pub fn between(from: &Point, to: &Point) -> Self {
        let (a, b) = (&from.figures, &to.figures);
        Self {
            households: (b.covered - a.covered).households(),
            euros: (b.cost - a.cost).euros(),
            kilometres: (b.metres - a.metres) as f64 / 1000.0,
            hours: (b.duty - a.duty) as f64 / 3600.0,
        }
    }

    /// Households for 100 km more, or for 100 euros, or for the four hours of a half-day; none where it takes no more.
    pub fn rate(&self, unit: f64, more: f64) -> Option<f64> {
        (more > 0.0).then(|| self.households * unit / more)
    }
}

/// The points that nothing dominates with their position among all, and what each brings beyond the one before.
pub fn steps(frontier: &Frontier) -> Vec<(usize, &Point, Option<Gain>)> {
    let best = frontier.best();
    let position =
        |point: &Point| frontier.points.iter().position(|other| other == point).unwrap_or_default();
    let before = iter::once(None).chain(best.iter().map(Some));
    best.iter()
        .zip(before)
        .map(|(point, before)| (position(point), *point, before.map(|before| Gain::between(before, point))))
        .collect()
}

/// Options of `plan` with which it gives a point's plan again; the plan is named as it is in the folder, or after `folder`.
///
/// Numbers are written out, so that they are exactly those of the search.
pub fn options(index: usize, point: &Point, folder: &Path) -> Vec<String> {
    let options = [
        ("--antennas", Some(point.antennas.to_string())),
        ("--days", point.days_per_week.map(|days| days.to_string())),
        ("--hours", point.hours_per_day.map(|hours| (hours.minutes() / 60.0).to_string())),
        ("--value", Some(point.value_per_household.euros().to_string())),
        ("--keep", Some(folder.join(plan_name(index)).display().to_string())),
    ];
    let given = options.into_iter().filter_map(|(name, value)| Some([name.to_owned(), value?]));
    given.flatten().collect()
}

fn headers() -> [Text; 18] {
    [
        text!("Antennes", "Antennas"),
        text!("Jours par semaine", "Days a week"),
        text!("Heures par jour", "Hours a day"),
        text!("Valeur d’un foyer (€)", "Worth of a household (€)"),
        text!("Foyers couverts", "Households covered"),
        text!("Part du besoin (%)", "Share of need (%)"),
        text!("Coût par cycle (€)", "Cost a cycle (€)"),
        text!("km par cycle", "km a cycle"),
        text!("Heures par cycle", "Hours a cycle"),
        text!("Tournées", "Tours"),
        text!("Visites", "Visits"),
        text!("Arrêts desservis", "Stops served"),
        text!("Arrêts obligatoires manqués", "Required stops missed"),
        text!("Foyers servis", "Households served"),
        text!("Foyers de plus pour 100 €", "Households more for €100"),
        text!("Foyers de plus pour 100 km", "Households more for 100 km"),
        text!("Plan", "Plan"),
        text!("Pour le refaire", "To plan it again"),
    ]
}

fn csv(frontier: &Frontier, credits: Credits<'_>) -> Vec<u8> {
    let lang = credits.lang;
    let mut sheet = Sheet::new(&headers(), credits);
    for (index, point, gain) in steps(frontier) {
        let figures = &point.figures;
        let decimal = |value: f64, decimals: usize| {
            let plain = format!("{value:.decimals$}");
            if lang == Lang::Fr { plain.replace('.', ",") } else { plain }
        };
        let rate = |unit, more: fn(&Gain) -> f64| {
            let rate = gain.and_then(|gain| gain.rate(unit, more(&gain)));
            rate.map_or_else(String::new, |rate| decimal(rate, 2))
        };
        let row = [
            point.antennas.to_string(),
            // Blank where they are as the tables say.
            point.days_per_week.map_or_else(String::new, |days| days.to_string()),
            point.hours_per_day.map_or_else(String::new, |hours| decimal(hours.minutes() / 60.0, 2)),
            decimal(point.value_per_household.euros(), 2),
            decimal(figures.covered.households(), 3),
            decimal(100.0 * share(figures.covered, frontier.need), 1),
            decimal(figures.cost.euros(), 2),
            decimal(figures.metres as f64 / 1000.0, 1),
            decimal(figures.duty as f64 / 3600.0, 2),
            figures.shifts.to_string(),
            figures.visits.to_string(),
            figures.stops.to_string(),
            figures.missed.to_string(),
            figures.served.to_string(),
            rate(100.0, |gain| gain.euros),
            rate(100.0, |gain| gain.kilometres),
            inert(&plan_name(index)),
            format!("tournee plan SCENARIO {}", options(index, point, Path::new("")).join(" ")),
        ];
        sheet.row(row);
    }
    sheet.bytes()
}

fn share(part: Need, all: Need) -> f64 {
    if all == Need::ZERO { 0.0 } else { part.get() as f64 / all.get() as f64 }
}

fn json_file(frontier: &Frontier, credits: Credits<'_>) -> Vec<u8> {
    let value = json!({
        "format": "tournee-frontier",
        "version": 1,
        "generator": super::generator(),
        "title": credits.title,
        "note": credits.note(),
        "roads": credits.roads(),
        "households": frontier.need.households(),
        "covered_before": frontier.covered_before.households(),
        "interrupted": frontier.cancelled,
        "limits": limits_json(frontier),
        "points": steps(frontier).into_iter().map(|(index, point, gain)| point_json(index, point, gain)).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&value).expect("plain data in memory is always written");
    bytes.push(b'\n');
    bytes
}

/// For each limit asked for, the point that covers most within it: euros or kilometres, and its plan.
pub fn limits_json(frontier: &Frontier) -> Vec<Value> {
    let one = |(limit, best): &(Limit, Option<usize>)| {
        let (unit, most) = match limit {
            Limit::Cost(cost) => ("euros", cost.euros()),
            Limit::Metres(metres) => ("km", *metres as f64 / 1000.0),
        };
        let point = best.map(|index| point_json(index, &frontier.points[index], None));
        json!({ "unit": unit, "most": most, "best": point })
    };
    frontier.limits.iter().map(one).collect()
}

/// `2 antennes`.
pub(super) fn antennas_in_words(count: usize, lang: Lang) -> String {
    match count {
        1 => text!("1 antenne", "1 antenna"),
        count => text!("{count} antennes", "{count} antennas"),
    }
    .get(lang)
    .to_owned()
}

/// `2 antennes, 3 j/sem., 6 h/j`.
pub fn means_in_words(point: &Point, lang: Lang) -> String {
    let antennas = antennas_in_words(point.antennas, lang);
    let days = point.days_per_week.map(|days| text!("{days} j/semaine", "{days} days/week"));
    let hours = point.hours_per_day.map(|hours| {
        let hours = words::number(hours.minutes() / 60.0, 1, lang);
        text!("{hours} h/jour", "{hours} h/day")
    });
    let more = [days, hours].into_iter().flatten().map(|part| part.get(lang).to_owned());
    iter::once(antennas).chain(more).collect::<Vec<_>>().join(", ")
}

/// One point, in households, euros, metres and seconds.
pub fn point_json(index: usize, point: &Point, gain: Option<Gain>) -> Value {
    let figures = &point.figures;
    json!({
        "antennas": point.antennas,
        "days_per_week": point.days_per_week,
        "hours_per_day": point.hours_per_day.map(|hours| hours.minutes() / 60.0),
        "value_per_household": point.value_per_household.euros(),
        "covered": figures.covered.households(),
        "cost": figures.cost.euros(),
        "distance_m": figures.metres,
        "duty_s": figures.duty,
        "tours": figures.shifts,
        "visits": figures.visits,
        "stops": figures.stops,
        "required_missed": figures.missed,
        "households_served": figures.served,
        "gain": gain.map(|gain| json!({
            "households": gain.households,
            "cost": gain.euros,
            "distance_km": gain.kilometres,
            "duty_h": gain.hours,
        })),
        "plan": plan_name(index),
        "options": options(index, point, Path::new("")),
    })
}
