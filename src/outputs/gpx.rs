//! `gpx/`: a distinct tour a file, for navigators (GPX 1.1): a waypoint a stop in order, and the way as a track.

use std::fmt::Write as _;

use super::document::{Depot, Index, PlanDocument};
use super::folder::Document;
use super::markup::escaped;
use super::rounds::{Round, Visit, rounds, trips};
use super::words as say;
use crate::diagnostics::{Lang, Text};
use crate::text;

/// One file a distinct tour.
pub fn tracks(plan: &Index<'_>, lang: Lang) -> Vec<Document> {
    let document = |round: &Round<'_>| Document {
        name: format!("gpx/{}.gpx", round.name).into(),
        bytes: track(plan, round, lang).into_bytes(),
    };
    rounds(plan).iter().map(document).collect()
}

fn track(plan: &Index<'_>, round: &Round<'_>, lang: Lang) -> String {
    let document = plan.document;
    let tour = round.tour;
    let antenna = plan.antenna(&tour.antenna);
    let weekday = say::weekday(tour.date.weekday());
    let name = format!("{}, {}", antenna.name, weekday.get(lang));
    let mut xml = head(document, &name, &dates(round, lang), lang);
    let depot = plan.depot(&antenna.depot);
    let leave = say::hour(plan.clock(tour, &tour.leave));
    let Text { fr, en } = &leave;
    let description = text!("Départ à {fr}", "Leave at {en}");
    depot_point(&mut xml, depot, description.get(lang));
    for (_, visits) in trips(plan, tour) {
        for visit in &visits {
            stop_point(&mut xml, plan, visit, lang);
        }
    }
    if antenna.end_depot != antenna.depot {
        let Text { fr, en } = &say::hour(plan.clock(tour, &tour.back));
        let description = text!("Retour à {fr}", "Back at {en}");
        depot_point(&mut xml, plan.depot(&antenna.end_depot), description.get(lang));
    }
    write!(xml, "  <trk>\n    <name>{}</name>\n    <trkseg>\n", escaped(&name)).expect("a string grows");
    for [lon, lat] in &document.ways[tour.way] {
        writeln!(xml, "      <trkpt lat=\"{lat}\" lon=\"{lon}\"/>").expect("a string grows");
    }
    xml.push_str("    </trkseg>\n  </trk>\n</gpx>\n");
    xml
}

/// Up to the end of the metadata.
fn head(document: &PlanDocument, name: &str, dates: &str, lang: Lang) -> String {
    let (name, dates) = (escaped(name), escaped(dates));
    let (title, note) = (escaped(&document.scenario.title), escaped(&document.scenario.note));
    let (generator, credit) = (escaped(&document.generator), escaped(document.roads.attribution.get(lang)));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx version=\"1.1\" creator=\"{generator}\" xmlns=\"http://www.topografix.com/GPX/1/1\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd\">\n  \
         <metadata>\n    <name>{title} – {name}</name>\n    <desc>{dates}. {credit} {note}</desc>\n  </metadata>\n"
    )
}

fn dates(round: &Round<'_>, lang: Lang) -> String {
    round.dates.iter().map(|&date| say::date(date).get(lang).to_owned()).collect::<Vec<_>>().join(", ")
}

fn depot_point(xml: &mut String, depot: &Depot, description: &str) {
    let (name, description) = (escaped(&depot.name), escaped(description));
    let Depot { lon, lat, .. } = depot;
    writeln!(
        xml,
        "  <wpt lat=\"{lat}\" lon=\"{lon}\">\n    <name>{name}</name>\n    <desc>{description}</desc>\n    \
         <sym>Flag, Blue</sym>\n  </wpt>"
    )
    .expect("a string grows");
}

fn stop_point(xml: &mut String, plan: &Index<'_>, visit: &Visit<'_>, lang: Lang) {
    let stop = plan.stop(&visit.call.stop);
    let hours = say::span(visit.opens, visit.closes);
    let hours = hours.get(lang);
    let parts = [hours, &stop.commune, &stop.directions];
    let description = parts.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n");
    let (name, description) = (escaped(&stop.name), escaped(&description));
    let (lon, lat, number) = (stop.lon, stop.lat, visit.number);
    writeln!(
        xml,
        "  <wpt lat=\"{lat}\" lon=\"{lon}\">\n    <name>{number}. {name}</name>\n    \
         <desc>{description}</desc>\n    <sym>Flag, Red</sym>\n  </wpt>"
    )
    .expect("a string grows");
}
