//! Small charts as inline SVG, each with its numbers in words.

use std::fmt::Write as _;

use super::tables::told;
use crate::diagnostics::{Lang, Text};
use crate::outputs::document::{Figure, Index};
use crate::outputs::formats::Options;
use crate::outputs::markup::escaped;
use crate::outputs::words as say;
use crate::text;

/// Size of a chart of bars, in its units.
const WIDTH: f64 = 420.0;
const ROW: f64 = 40.0;

/// One bar: what it is, its length, how it is told, and its look.
struct Bar {
    label: String,
    value: f64,
    told: String,
    class: &'static str,
}

/// All charts.
pub fn charts(plan: &Index<'_>, options: Options) -> String {
    let lang = options.lang;
    let mut html = bars(&text!("Besoin à portée", "Need within reach"), &coverage(plan, lang), lang);
    html += &bars(
        &text!(
            "Besoin mis à portée, par antenne et jour",
            "Need brought within reach, by antenna and weekday"
        ),
        &gains(plan, lang),
        lang,
    );
    html += &bars(
        &text!(
            "Foyers attendus par visite, en moyenne, par antenne et jour",
            "Households expected at a visit, on average, by antenna and weekday"
        ),
        &attendance(plan, lang),
        lang,
    );
    if !options.public {
        html += &bars(&text!("Coût d’un cycle", "Cost of a cycle"), &costs(plan, lang), lang);
    }
    html
}

/// Horizontal bars with their labels above them.
fn bars(title: &Text, bars: &[Bar], lang: Lang) -> String {
    if bars.is_empty() {
        return String::new();
    }
    let longest = bars.iter().map(|bar| bar.value).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let height = ROW * bars.len() as f64;
    let title = title.get(lang);
    let mut rows = String::new();
    for (index, bar) in bars.iter().enumerate() {
        let top = ROW * index as f64;
        let (text, rect) = (top + 14.0, top + 19.0);
        let length = (WIDTH * bar.value.max(0.0) / longest).max(1.0);
        let _ = writeln!(
            rows,
            "<text x=\"0\" y=\"{text}\">{}</text><text x=\"{WIDTH}\" y=\"{text}\" text-anchor=\"end\">{}</text>\
             <rect class=\"bar {}\" x=\"0\" y=\"{rect}\" width=\"{length:.1}\" height=\"13\" rx=\"2\"/>",
            escaped(&bar.label),
            escaped(&bar.told),
            bar.class
        );
    }
    format!(
        "<figure><figcaption>{title}</figcaption>\n<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" aria-label=\"{title}\">\n{rows}</svg></figure>\n"
    )
}

/// All need: reached before, brought within reach, still beyond.
fn coverage(plan: &Index<'_>, lang: Lang) -> Vec<Bar> {
    let all = &plan.document.coverage;
    let bar = |label: Text, value: f64, class| Bar {
        label: label.get(lang).to_owned(),
        value,
        told: told(value, lang),
        class,
    };
    vec![
        bar(text!("avant, points d’aide", "before, aid sites"), all.covered_before, "base"),
        bar(
            text!("ajouté par les tournées", "added by the tours"),
            all.covered_after - all.covered_before,
            "gained",
        ),
        bar(
            text!("encore hors de portée", "still out of reach"),
            all.households - all.covered_after,
            "missing",
        ),
    ]
}

/// By antenna and weekday, in order: a place's gain is that of the stop nearest to it, shared by the days that visit it.
fn gains(plan: &Index<'_>, lang: Lang) -> Vec<Bar> {
    let document = plan.document;
    let mut of_stop = vec![0.0; document.stops.len()];
    for place in &document.places {
        let number = |figure: Option<Figure<f64>>| figure.and_then(Figure::told);
        if let (Some(stop), Some(before), Some(after)) =
            (&place.stop, number(place.covered_before), number(place.covered_after))
        {
            of_stop[plan.stop_rank(stop)] += after - before;
        }
    }
    let visits = document.calls().map(|(tour, _, call)| (plan.stop_rank(&call.stop), key(plan, tour)));
    let mut visits: Vec<(usize, Key)> = visits.collect();
    visits.sort_unstable();
    visits.dedup();
    let parts: Vec<(Key, f64)> = visits
        .chunk_by(|one, other| one.0 == other.0)
        .flat_map(|days| days.iter().map(|&(stop, key)| (key, of_stop[stop] / days.len() as f64)))
        .collect();
    of_keys(plan, parts, lang, |sum, _| (sum, told(sum.round(), lang)), "gained")
}

/// By antenna and weekday; visits whose number is withheld are left out.
fn attendance(plan: &Index<'_>, lang: Lang) -> Vec<Bar> {
    let parts = plan
        .document
        .calls()
        .filter_map(|(tour, _, call)| Some((key(plan, tour), f64::from(call.households.told()?))))
        .collect();
    let mean = |sum: f64, count: usize| {
        let mean = sum / count.max(1) as f64;
        (mean, told((mean * 10.0).round() / 10.0, lang))
    };
    of_keys(plan, parts, lang, mean, "")
}

/// Rank of the antenna, and weekday from 0 for Monday.
type Key = (usize, i8);

fn key(plan: &Index<'_>, tour: &crate::outputs::document::Tour) -> Key {
    (plan.antenna_rank(&tour.antenna), tour.date.weekday().to_monday_zero_offset())
}

/// A bar a key, of what its parts add up to.
fn of_keys(
    plan: &Index<'_>,
    mut parts: Vec<(Key, f64)>,
    lang: Lang,
    tell: impl Fn(f64, usize) -> (f64, String),
    class: &'static str,
) -> Vec<Bar> {
    parts.sort_by_key(|&(key, _)| key);
    let bar = |parts: &[(Key, f64)]| {
        let (antenna, weekday) = parts[0].0;
        let (value, told) = tell(parts.iter().map(|(_, part)| part).sum(), parts.len());
        let day = say::weekday_at(weekday.unsigned_abs());
        let label = format!("{}, {}", plan.document.antennas[antenna].name, day.get(lang));
        Bar { label, value, told, class }
    };
    parts.chunk_by(|one, other| one.0 == other.0).map(bar).collect()
}

fn costs(plan: &Index<'_>, lang: Lang) -> Vec<Bar> {
    let cost = &plan.document.cost;
    let bar = |label: Text, value: f64, class| Bar {
        label: label.get(lang).to_owned(),
        value,
        told: say::euros(value, 0, lang),
        class,
    };
    let mut bars = vec![
        bar(text!("jours de sortie", "days out"), cost.days, "base"),
        bar(text!("kilomètres", "kilometres"), cost.distance, "base"),
        bar(text!("heures", "hours"), cost.time, "base"),
        bar(text!("exploitation (les trois)", "operating (the three)"), cost.operating, ""),
        bar(
            text!("valeur du besoin mis à portée", "worth of the need brought within reach"),
            cost.covered_value,
            "gained",
        ),
    ];
    if cost.stop_value != 0.0 {
        bars.push(bar(
            text!("valeur des arrêts visités", "worth of the stops visited"),
            cost.stop_value,
            "gained",
        ));
    }
    if cost.missed != 0.0 {
        bars.push(bar(text!("arrêts obligatoires manqués", "required stops missed"), cost.missed, "missing"));
    }
    bars
}
