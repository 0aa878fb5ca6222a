//! `tours.geojson`: one LineString a tour, along the roads.

use super::{Credits, feature, layer, line, properties};
use crate::outputs::colours::Colours;
use crate::outputs::document::{Figure, Index, Tour};
use crate::outputs::words as say;
use crate::text;

/// The layer. By date, then antenna.
pub fn tours(plan: &Index<'_>, credits: Credits<'_>) -> Vec<u8> {
    let colours = Colours::of(plan);
    let features =
        plan.document.tours.iter().map(|tour| tour_feature(plan, tour, &colours, credits)).collect();
    layer("tours", features, credits)
}

fn tour_feature(plan: &Index<'_>, tour: &Tour, colours: &Colours, credits: Credits<'_>) -> geojson::Feature {
    let lang = credits.lang;
    let antenna = plan.antenna(&tour.antenna);
    let [leave, back] = [&tour.leave, &tour.back].map(|moment| say::hour(plan.clock(tour, moment)));
    let [leave, back] = [leave.get(lang), back.get(lang)];
    let stops = tour.calls().count();
    let kilometres = say::number(f64::from(tour.distance_m) / 1000.0, 0, lang);
    let title = format!("{}, {}", antenna.name, say::date(tour.date).get(lang));
    let description = text!(
        "{stops} arrêts, {kilometres} km, de {leave} à {back}",
        "{stops} stops, {kilometres} km, from {leave} to {back}"
    );
    feature(
        line(&plan.document.ways[tour.way]),
        properties! {
            "kind": "tour",
            "id": tour.id,
            "antenna": antenna.id,
            "antenna_name": antenna.name,
            "date": tour.date.to_string(),
            "weekday": say::weekday(tour.date.weekday()).get(credits.lang),
            "start": tour.leave,
            "end": tour.back,
            "break_start": tour.r#break.as_ref().map(|rest| &rest.start),
            "break_end": tour.r#break.as_ref().map(|rest| &rest.end),
            "distance_m": tour.distance_m,
            "driving_s": tour.driving_s,
            "service_s": tour.service_s,
            "duty_s": tour.duty_s,
            "trips": tour.trips.len(),
            "visits": tour.calls().count(),
            "households": tour.calls().map(|call| call.households).sum::<Figure<i32>>(),
            "cost": tour.cost,
            "title": title,
            "description": description.get(lang),
            "stroke": colours.of_tour(plan, tour),
            "stroke-width": 4,
            "stroke-opacity": 0.9,
        },
    )
}
