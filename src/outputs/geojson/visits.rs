//! `visits.geojson`: one Point a visit, the timetable on a map.

use super::{Credits, feature, layer, point, properties, words};
use crate::outputs::colours::Colours;
use crate::outputs::moments::Zone;
use crate::outputs::words as say;
use crate::tables::Dataset;
use crate::text;
use crate::timetable::{Call, Timetable, Tour};

/// The layer. By tour, then order of visit.
pub fn visits(dataset: &Dataset, timetable: &Timetable, credits: Credits<'_>) -> Vec<u8> {
    let (zone, colours) = (Zone::of(&dataset.settings), Colours::of(timetable));
    let features = timetable
        .tours
        .iter()
        .flat_map(|tour| tour.calls().zip(1..).map(move |(call, sequence)| (tour, call, sequence)))
        .map(|(tour, call, sequence)| visit(dataset, tour, call, sequence, &zone, &colours, credits))
        .collect();
    layer("visits", features, credits)
}

fn visit(
    dataset: &Dataset,
    tour: &Tour,
    call: &Call,
    sequence: u32,
    zone: &Zone,
    colours: &Colours,
    credits: Credits<'_>,
) -> geojson::Feature {
    let (stop, antenna) = (&dataset.stops[call.stop], &dataset.antennas[tour.antenna]);
    let at = |time| zone.moment(tour.date, time);
    let (title, description) = labels(dataset, tour, call, credits);
    feature(
        point(stop.at),
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
            "arrival": at(call.arrival),
            "start": at(call.start),
            "end": at(call.end),
            "departure": at(call.departure),
            "opens": call.opens.to_string(),
            "closes": call.closes.to_string(),
            "households": call.households.get(),
            "turned_away": call.turned_away.get(),
            "load_kg": call.load.kilograms(),
            "title": title,
            "description": description,
            "marker-color": colours.of_tour(tour),
        },
    )
}

/// What a map shows beside and behind a pin.
fn labels(dataset: &Dataset, tour: &Tour, call: &Call, credits: Credits<'_>) -> (String, String) {
    let lang = credits.lang;
    let (stop, antenna) = (&dataset.stops[call.stop], &dataset.antennas[tour.antenna]);
    let date = say::date(tour.date);
    let (opens, closes) = (say::hour(call.opens), say::hour(call.closes));
    let (date, opens, closes) = (date.get(lang), opens.get(lang), closes.get(lang));
    let (name, antenna, households) = (&stop.name, &antenna.name, call.households.get());
    let title = format!("{name}, {date}, {opens}–{closes}");
    let description = text!(
        "{antenna} à {name}, {date}, de {opens} à {closes} ; {households} foyers attendus",
        "{antenna} at {name}, {date}, from {opens} to {closes}; {households} households expected"
    );
    (title, description.get(lang).to_owned())
}
