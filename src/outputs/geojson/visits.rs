//! `visits.geojson`: one Point a visit, the timetable on a map.

use super::{Credits, feature, layer, point, properties, words};
use crate::outputs::colours::Colours;
use crate::outputs::document::{Call, Index, Tour};
use crate::outputs::words as say;
use crate::text;

/// The layer. By tour, then order of visit.
pub fn visits(plan: &Index<'_>, credits: Credits<'_>) -> Vec<u8> {
    let colours = Colours::of(plan);
    let features = plan
        .document
        .calls()
        .map(|(tour, sequence, call)| visit(plan, tour, sequence, call, &colours, credits))
        .collect();
    layer("visits", features, credits)
}

fn visit(
    plan: &Index<'_>,
    tour: &Tour,
    sequence: u32,
    call: &Call,
    colours: &Colours,
    credits: Credits<'_>,
) -> geojson::Feature {
    let (stop, antenna) = (plan.stop(&call.stop), plan.antenna(&tour.antenna));
    let (title, description) = labels(plan, tour, call, credits);
    feature(
        point([stop.lon, stop.lat]),
        properties! {
            "kind": "visit",
            "id": format!("{}-{sequence}", tour.id),
            "stop": stop.id,
            "name": stop.name,
            "commune": words(&stop.commune),
            "insee": words(&stop.insee),
            "antenna": antenna.id,
            "antenna_name": antenna.name,
            "tour": tour.id,
            "sequence": sequence,
            "date": tour.date.to_string(),
            "weekday": say::weekday(tour.date.weekday()).get(credits.lang),
            "arrival": call.arrival,
            "start": call.start,
            "end": call.end,
            "departure": call.departure,
            "opens": call.opens,
            "closes": call.closes,
            "households": call.households,
            "turned_away": call.turned_away,
            "load_kg": call.load_kg,
            "title": title,
            "description": description,
            "marker-color": colours.of_tour(plan, tour),
            "marker-size": "medium",
            "marker-symbol": "grocery",
        },
    )
}

/// What a map shows beside and behind a pin.
fn labels(plan: &Index<'_>, tour: &Tour, call: &Call, credits: Credits<'_>) -> (String, String) {
    let lang = credits.lang;
    let (stop, antenna) = (plan.stop(&call.stop), plan.antenna(&tour.antenna));
    let date = say::date(tour.date);
    let (opens, closes) =
        (say::hour(plan.clock(tour, &call.opens)), say::hour(plan.clock(tour, &call.closes)));
    let (date, opens, closes) = (date.get(lang), opens.get(lang), closes.get(lang));
    let (name, antenna) = (&stop.name, &antenna.name);
    let households = call.households.words(lang, |number| number.to_string());
    let title = format!("{name}, {date}, {opens}–{closes}");
    let description = text!(
        "{antenna} à {name}, {date}, de {opens} à {closes} ; {households} foyers attendus",
        "{antenna} at {name}, {date}, from {opens} to {closes}; {households} households expected"
    );
    (title, description.get(lang).to_owned())
}
