//! What the map draws, as JSON in the page: numbers to draw by, and words ready to be shown.

use jiff::civil::Date;
use serde::Serialize;

use crate::diagnostics::{Lang, Text};
use crate::outputs::colours::Colours;
use crate::outputs::document::{Call, Figure, Index, Phase, Place, Position, Tour, Unreached, WhiteZone};
use crate::outputs::formats::Options;
use crate::outputs::markup::escaped;
use crate::outputs::need_words::{self, households};
use crate::outputs::words as say;
use crate::text;

/// Radii of places on the map, in pixels: of none, and of one household in need; the area grows with need.
const RADIUS_LEAST: f64 = 1.5;
const RADIUS_MOST: f64 = 10.0;
const RADIUS_OF_ONE: f64 = 0.7;

/// What [`super::report_page`] puts into the page.
#[derive(Debug, Serialize)]
pub struct Data<'a> {
    words: Words<'a>,
    /// HTML, as the library shows it.
    credits: String,
    tours: Vec<TourRow>,
    visits: Vec<VisitRow>,
    stops: Vec<StopRow<'a>>,
    places: Vec<PlaceRow<'a>>,
    sites: Vec<Pin<'a>>,
    depots: Vec<Pin<'a>>,
    zones: Vec<ZoneRow<'a>>,
    ways: &'a [Vec<Position>],
    roads: &'a [Vec<Position>],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Words<'a> {
    zoom_in: &'a str,
    zoom_out: &'a str,
    close: &'a str,
    visits: &'a str,
    one_visit: &'a str,
    tiles_credit: &'a str,
}

#[derive(Debug, Serialize)]
struct TourRow {
    antenna: usize,
    weekday: i8,
    /// From the first of the plan, 0.
    week: i32,
    date: String,
    way: usize,
    colour: String,
    /// Antenna and day.
    title: String,
    when: String,
    lines: String,
}

#[derive(Debug, Serialize)]
struct VisitRow {
    tour: usize,
    stop: usize,
    when: String,
}

#[derive(Debug, Serialize)]
struct StopRow<'a> {
    name: &'a str,
    lon: f64,
    lat: f64,
    served: bool,
    rhythm: &'a str,
    lines: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PlaceRow<'a> {
    name: &'a str,
    lon: f64,
    lat: f64,
    radius: f64,
    /// Opacity: the share of its need within reach.
    share: f64,
    lines: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Pin<'a> {
    name: &'a str,
    lon: f64,
    lat: f64,
    what: String,
}

#[derive(Debug, Serialize)]
struct ZoneRow<'a> {
    phase: Phase,
    /// Nobody there reaches aid; else some, as a rule those without a car.
    everybody: bool,
    title: String,
    households: String,
    names: String,
    outline: &'a [Vec<Vec<Position>>],
}

/// Of a plan.
pub fn data<'a>(plan: &Index<'a>, options: Options) -> Data<'a> {
    let lang = options.lang;
    let document = plan.document;
    let colours = Colours::of(plan);
    let visits = document.tours.iter().enumerate().flat_map(|(index, tour)| {
        tour.calls().map(move |call| VisitRow {
            tour: index,
            stop: plan.stop_rank(&call.stop),
            when: visit_words(plan, tour, call, lang),
        })
    });
    let site_words = |network: &str| match network {
        "" => aid_site().get(lang).to_owned(),
        network => format!("{}, {network}", aid_site().get(lang)),
    };
    Data {
        words: words(lang),
        credits: escaped(document.roads.attribution.get(lang)),
        tours: document.tours.iter().map(|tour| tour_row(plan, tour, &colours, lang)).collect(),
        visits: visits.collect(),
        stops: stops(plan, lang),
        places: document.places.iter().map(|place| place_row(place, lang)).collect(),
        sites: document
            .aid_sites
            .iter()
            .map(|site| Pin {
                name: &site.name,
                lon: site.lon,
                lat: site.lat,
                what: site_words(&site.network),
            })
            .collect(),
        depots: document
            .depots
            .iter()
            .map(|depot| Pin {
                name: &depot.name,
                lon: depot.lon,
                lat: depot.lat,
                what: text!("dépôt", "depot").get(lang).to_owned(),
            })
            .collect(),
        zones: document.white_zones.iter().map(|zone| zone_row(plan, zone, lang)).collect(),
        ways: &document.ways,
        roads: &document.roads.backdrop,
    }
}

fn words(lang: Lang) -> Words<'static> {
    let pick = |fr, en| match lang {
        Lang::Fr => fr,
        Lang::En => en,
    };
    Words {
        zoom_in: pick("Zoomer", "Zoom in"),
        zoom_out: pick("Dézoomer", "Zoom out"),
        close: pick("Fermer", "Close"),
        visits: pick("{0} visites en {1} tournées", "{0} visits in {1} tours"),
        one_visit: pick("{0} visite en {1} tournée", "{0} visit in {1} tour"),
        tiles_credit: pick(
            "Fond © les contributeurs d’OpenStreetMap",
            "Background © OpenStreetMap contributors",
        ),
    }
}

pub fn aid_site() -> Text {
    text!("point d’aide", "aid site")
}

/// Whole weeks from the first day of the plan.
pub fn week(plan: &Index<'_>, date: Date) -> i32 {
    let start = plan.document.scenario.start;
    date.since(start).map_or(0, |span| span.get_days().div_euclid(7))
}

fn hours(plan: &Index<'_>, tour: &Tour, call: &Call, lang: Lang) -> String {
    let [opens, closes] = [&call.opens, &call.closes].map(|clock| say::hour(plan.clock(tour, clock)));
    // No line ends within.
    format!("{}–{}", opens.get(lang), closes.get(lang))
        .replace(' ', "\u{a0}")
        .replace('–', "\u{2060}–\u{2060}")
}

fn visit_words(plan: &Index<'_>, tour: &Tour, call: &Call, lang: Lang) -> String {
    let date = say::date(tour.date);
    format!("{}, {}", date.get(lang), hours(plan, tour, call, lang))
}

fn tour_row(plan: &Index<'_>, tour: &Tour, colours: &Colours, lang: Lang) -> TourRow {
    let clock = |moment| say::hour(plan.clock(tour, moment)).get(lang).to_owned();
    let (leave, back) = (clock(&tour.leave), clock(&tour.back));
    let kilometres = say::number(f64::from(tour.distance_m) / 1000.0, 0, lang);
    let stops = tour.calls().count();
    let date = say::date(tour.date);
    let antenna = plan.antenna(&tour.antenna);
    let lines = text!(
        "{stops} arrêts, {kilometres} km, de {leave} à {back}",
        "{stops} stops, {kilometres} km, from {leave} to {back}"
    );
    TourRow {
        antenna: plan.antenna_rank(&tour.antenna),
        weekday: tour.date.weekday().to_monday_zero_offset(),
        week: week(plan, tour.date),
        date: tour.date.to_string(),
        way: tour.way,
        colour: colours.of_tour(plan, tour),
        title: format!("{}, {}", antenna.name, say::weekday(tour.date.weekday()).get(lang)),
        when: date.get(lang).to_owned(),
        lines: lines.get(lang).to_owned(),
    }
}

fn stops<'a>(plan: &Index<'a>, lang: Lang) -> Vec<StopRow<'a>> {
    let row = |stop: &'a crate::outputs::document::Stop| {
        let told = [&stop.reason, &stop.fix].into_iter().flatten().map(|words| words.get(lang).to_owned());
        let lines = [stop.commune.clone(), stop.directions.clone()].into_iter().chain(told);
        StopRow {
            name: &stop.name,
            lon: stop.lon,
            lat: stop.lat,
            served: stop.served,
            rhythm: stop.rhythm.get(lang),
            lines: lines.filter(|line| !line.is_empty()).collect(),
        }
    };
    plan.document.stops.iter().map(row).collect()
}

fn place_row(place: &Place, lang: Lang) -> PlaceRow<'_> {
    let need = place.households.and_then(Figure::told);
    let covered = place.covered_after.and_then(Figure::told);
    let radius = need
        .map_or(RADIUS_LEAST, |need| (RADIUS_LEAST + RADIUS_OF_ONE * need.max(0.0).sqrt()).min(RADIUS_MOST));
    let share = match (need, covered) {
        (Some(need), Some(covered)) if need > 0.0 => (covered / need).clamp(0.1, 0.6),
        _ => 0.1,
    };
    let unknown = || text!("besoin inconnu", "unknown need").get(lang).to_owned();
    let told = |figure: Option<Figure<f64>>| figure.map(|figure| households(figure, lang));
    let mut lines = vec![told(place.households).unwrap_or_else(unknown)];
    if let Some(before) = told(place.covered_before) {
        lines.push(text!("à portée avant : {before}", "within reach before: {before}").get(lang).to_owned());
    }
    if let Some(after) = told(place.covered_after) {
        lines.push(text!("à portée après : {after}", "within reach after: {after}").get(lang).to_owned());
    }
    let tenth = |number: f64| (number * 100.0).round() / 100.0;
    PlaceRow {
        name: &place.name,
        lon: place.lon,
        lat: place.lat,
        radius: tenth(radius),
        share: tenth(share),
        lines,
    }
}

fn zone_row<'a>(plan: &Index<'a>, zone: &'a WhiteZone, lang: Lang) -> ZoneRow<'a> {
    let names: Vec<&str> = zone.places.iter().map(|place| plan.place(place).name.as_str()).collect();
    ZoneRow {
        phase: zone.phase,
        everybody: zone.unreached == Unreached::Everybody,
        title: need_words::title(zone).get(lang).to_owned(),
        households: need_words::people(zone, lang),
        names: need_words::some(&names, lang),
        outline: &zone.outline,
    }
}
