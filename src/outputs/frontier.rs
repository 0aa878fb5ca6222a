//! The folder of `tournee frontier`: need covered against what it costs, as a table, as JSON and as a chart, with the
//! whole plan of every point.

use std::path::{Path, PathBuf};

use plotters::prelude::*;
use serde_json::{Value, json};

use super::document::PlanDocument;
use super::sheet::{Sheet, inert};
use super::{Document, WriteError, folder, words};
use crate::diagnostics::{Lang, Text};
use crate::outputs::geojson::Credits;
use crate::plan::Plan;
use crate::plan::frontier::{Frontier, Limit, Point};
use crate::tables::Resources;
use crate::text;
use crate::units::Need;

/// What `frontier` writes besides plans, and may therefore replace.
const FILES: [&str; 3] = ["frontier.csv", "frontier.json", "frontier.svg"];
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
    let contents = [csv(frontier, credits), json_file(frontier, credits), svg(frontier, credits)];
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
    let before = std::iter::once(None).chain(best.iter().map(Some));
    best.iter()
        .zip(before)
        .map(|(point, before)| (position(point), *point, before.map(|before| Gain::between(before, point))))
        .collect()
}

fn headers() -> [Text; 17] {
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
        text!("Foyers de plus pour 100 €", "Households more for 100 €"),
        text!("Foyers de plus pour 100 km", "Households more for 100 km"),
        text!("Plan", "Plan"),
    ]
}

fn csv(frontier: &Frontier, credits: Credits<'_>) -> Vec<u8> {
    let lang = credits.lang;
    let mut sheet = Sheet::new(&headers(), credits.note, lang);
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

/// `2 antennes, 3 j/sem., 6 h/j`.
pub fn means_in_words(point: &Point, lang: Lang) -> String {
    let antennas = match point.antennas {
        1 => text!("1 antenne", "1 antenna"),
        count => text!("{count} antennes", "{count} antennas"),
    };
    let days = point.days_per_week.map(|days| text!("{days} j/semaine", "{days} days/week"));
    let hours = point.hours_per_day.map(|hours| {
        let hours = words::number(hours.minutes() / 60.0, 1, lang);
        text!("{hours} h/jour", "{hours} h/day")
    });
    let parts = [Some(antennas), days, hours].into_iter().flatten();
    parts.map(|part| part.get(lang).to_owned()).collect::<Vec<_>>().join(", ")
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
    })
}

/// Size of the chart in pixels.
const CHART: (u32, u32) = (900, 560);
/// One line an antenna count, in Paul Tol's *muted* scheme.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0x33, 0x22, 0x88),
    RGBColor(0xcc, 0x66, 0x77),
    RGBColor(0x11, 0x77, 0x33),
    RGBColor(0x88, 0xcc, 0xee),
    RGBColor(0x88, 0x22, 0x55),
    RGBColor(0x99, 0x99, 0x33),
];

/// The chart: cost from left to right, need covered upwards; dominated points are pale.
fn svg(frontier: &Frontier, credits: Credits<'_>) -> Vec<u8> {
    let mut words = String::new();
    // A string takes any drawing: what fails is a bug, and then there is no chart rather than no frontier.
    let drawn = draw(frontier, credits, &mut words);
    debug_assert!(drawn.is_ok(), "{drawn:?}");
    words.into_bytes()
}

fn draw(
    frontier: &Frontier,
    credits: Credits<'_>,
    words: &mut String,
) -> Result<(), Box<dyn std::error::Error>> {
    let (lang, roads) = (credits.lang, credits.roads());
    let at = |point: &Point| (point.figures.cost.euros(), point.figures.covered.households());
    let most = frontier.points.iter().map(|point| at(point).0).fold(1.0, f64::max) * 1.05;
    let (need, before) = (frontier.need.households().max(1.0), frontier.covered_before.households());
    let whole = SVGBackend::with_string(words, CHART).into_drawing_area();
    whole.fill(&WHITE)?;
    let (area, below) = whole.split_vertically(CHART.1 - if credits.note().is_some() { 24 } else { 0 });
    if let Some(note) = credits.note() {
        below.draw_text(note, &("sans-serif", 13).into_text_style(&below), (14, 0))?;
    }
    let (title, cost, covered) = (
        text!("Besoin couvert selon le coût", "Need covered against cost"),
        text!("coût par cycle (€)", "cost a cycle (€)"),
        text!("foyers couverts", "households covered"),
    );
    let mut chart = ChartBuilder::on(&area)
        .caption(title.get(lang), ("sans-serif", 22))
        .margin(14)
        .x_label_area_size(58)
        .y_label_area_size(70)
        .build_cartesian_2d(0.0..most, (before * 0.95).min(need * 0.9)..need * 1.01)?;
    let grouped = |value: &f64| words::number(*value, 0, lang);
    chart
        .configure_mesh()
        .x_desc(format!("{} — {roads}", cost.get(lang)))
        .y_desc(covered.get(lang))
        .x_label_formatter(&grouped)
        .y_label_formatter(&grouped)
        .light_line_style(TRANSPARENT)
        .draw()?;
    let today = text!("aujourd’hui", "today");
    chart.draw_series([Circle::new((0.0, before), 5, BLACK.filled())])?;
    chart.draw_series([plotters::element::Text::new(
        today.get(lang).to_owned(),
        (most * 0.012, before),
        ("sans-serif", 14),
    )])?;
    // A line for all worths of one combination of means, in the order of the search.
    let mut all_means: Vec<Resources> = frontier.points.iter().map(means).collect();
    all_means.dedup();
    for (own_means, colour) in all_means.iter().zip(COLOURS.iter().cycle()) {
        let own: Vec<&Point> = frontier.points.iter().filter(|point| means(point) == *own_means).collect();
        let mut line: Vec<(f64, f64)> = own.iter().map(|point| at(point)).collect();
        line.sort_by(|a, b| a.0.total_cmp(&b.0));
        let name = own.first().map_or_else(String::new, |point| means_in_words(point, lang));
        chart
            .draw_series(LineSeries::new(line, colour.mix(0.5).stroke_width(2)))?
            .label(name)
            .legend(|(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(3)));
        chart.draw_series(own.into_iter().map(|point| {
            let style = if point.is_dominated { colour.mix(0.3).filled() } else { colour.filled() };
            Circle::new(at(point), if point.is_dominated { 3 } else { 5 }, style)
        }))?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerRight)
        .border_style(BLACK.mix(0.2))
        .background_style(WHITE)
        .draw()?;
    whole.present()?;
    Ok(())
}

/// A point's means, the worth of a household aside.
fn means(point: &Point) -> Resources {
    Resources { value_per_household: None, ..point.means() }
}
