//! `stops.geojson`: one Point a stop, served or not, with its reason.

use super::{Credits, feature, layer, point, properties, words};
use crate::diagnostics::Text;
use crate::outputs::colours::{Colours, PALE};
use crate::outputs::document::{Call, Figure, Index, Stop, Tour};
use crate::text;

/// The layer. In the order of the table.
pub fn stops(plan: &Index<'_>, credits: Credits<'_>) -> Vec<u8> {
    let colours = Colours::of(plan);
    let mut visits: Vec<Vec<(&Tour, &Call)>> = vec![Vec::new(); plan.document.stops.len()];
    for (tour, _, call) in plan.document.calls() {
        visits[plan.stop_rank(&call.stop)].push((tour, call));
    }
    let stops = plan.document.stops.iter().zip(&visits);
    let features = stops.map(|(stop, visits)| stop_feature(plan, stop, visits, &colours, credits)).collect();
    layer("stops", features, credits)
}

fn stop_feature(
    plan: &Index<'_>,
    stop: &Stop,
    visits: &[(&Tour, &Call)],
    colours: &Colours,
    credits: Credits<'_>,
) -> geojson::Feature {
    let lang = credits.lang;
    let mut antennas: Vec<_> =
        visits.iter().map(|(tour, _)| (plan.antenna_rank(&tour.antenna), tour.antenna.as_str())).collect();
    antennas.sort_unstable();
    antennas.dedup();
    let antennas: Vec<_> = antennas.into_iter().map(|(_, id)| id).collect();
    let rhythm = stop.rhythm.get(lang);
    let told = match &stop.reason {
        _ if !visits.is_empty() => text!("Desservi {rhythm}", "Served {rhythm}"),
        Some(reason) => {
            let Text { fr, en } = reason;
            text!("Non desservi : {fr}", "Left out: {en}")
        }
        None => text!("Non desservi", "Left out"),
    };
    feature(
        point([stop.lon, stop.lat]),
        properties! {
            "kind": "stop",
            "id": stop.id,
            "name": stop.name,
            "commune": words(&stop.commune),
            "insee": words(&stop.insee),
            "served": !visits.is_empty(),
            "priority": if stop.required { "required" } else { "optional" },
            "status": stop.status,
            "rhythm": stop.rhythm.get(lang),
            "opening_hours": stop.opening_hours,
            "visits_per_cycle": stop.visits_per_cycle,
            "visits": visits.len(),
            "households": most(visits.iter().map(|(_, call)| call.households)),
            "turned_away": most(visits.iter().map(|(_, call)| call.turned_away)),
            "antennas": words(&antennas.join(", ")),
            "title": stop.name,
            "description": told.get(lang),
            "reason": stop.reason.as_ref().map(|reason| reason.get(lang)),
            "fix": stop.fix.as_ref().map(|fix| fix.get(lang)),
            "marker-color": visits
                .first()
                .map_or_else(|| PALE.to_owned(), |(tour, _)| colours.of_tour(plan, tour)),
            "marker-size": if visits.is_empty() { "small" } else { "medium" },
            "marker-symbol": if visits.is_empty() { "cross" } else { "grocery" },
        },
    )
}

/// Of one visit; 0 without any. What is withheld is more than nothing, and less than all else that is told.
fn most(figures: impl Iterator<Item = Figure<i32>>) -> Figure<i32> {
    let value = |figure: &Figure<i32>| figure.told().unwrap_or(1);
    figures.max_by_key(value).unwrap_or(Figure::Told(0))
}
