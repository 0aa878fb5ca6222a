//! The folder of `tournee coverage`: who is covered today, before any plan.
//!
//! `places.geojson` and `white_zones.geojson` as a plan writes them, for the state before, and tables for people: who is
//! covered, and the measures of access, these with a plan also for after.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::access::{access_csv, equity_csv, week_csv};
use super::geojson::attendance::{End, attendance as who_goes_where};
use super::geojson::{Credits, places::places, rounded, zones as zone_layer};
use super::sheet::{Sheet, inert};
use super::{Document, WriteError, document, folder, words};
use crate::coverage::{AttendanceModels, Comparison, CoverageReport, WhiteZone};
use crate::diagnostics::{Lang, Text};
use crate::ids::PlaceId;
use crate::tables::Dataset;
use crate::text;
use crate::units::Need;

/// What `coverage` writes, and may therefore replace.
const COVERAGE_FILES: &[&str] = &[
    "places.geojson",
    "white_zones.geojson",
    "attendance.geojson",
    "coverage.gpkg",
    "places.csv",
    "access.csv",
    "equity.csv",
    "week.csv",
];

/// What is told of coverage before any plan.
#[derive(Clone, Copy, Debug)]
pub struct CoverageToday<'a> {
    /// The scenario.
    pub dataset: &'a Dataset,
    /// Of no open stop.
    pub report: &'a CoverageReport,
    /// Before any plan.
    pub zones: &'a [WhiteZone],
    /// Measures of access.
    pub access: &'a Comparison,
    /// Who goes where, with a plan.
    pub attendance: Option<&'a AttendanceModels>,
    /// Whether roads are a sketch.
    pub is_sketch: bool,
}

/// Whether [`write()`] would refuse the folder: asked before long work.
pub fn refusal(folder: &Path) -> Result<(), WriteError> {
    folder::refusal(folder, COVERAGE_FILES)
}

/// Writes the folder, whole or not at all.
pub fn write(today: CoverageToday<'_>, folder: &Path, lang: Lang) -> Result<Vec<PathBuf>, WriteError> {
    folder::replace(folder, &documents(today, lang), COVERAGE_FILES)
}

/// The files, in `lang`.
pub fn documents(today: CoverageToday<'_>, lang: Lang) -> Vec<Document> {
    let CoverageToday { dataset, report, zones, access, attendance, is_sketch } = today;
    let settings = &dataset.settings;
    let credits = Credits { title: &settings.title, note: &settings.note, is_sketch, lang };
    let place_rows = document::places(dataset, report, document::Phase::Before);
    let zone_rows = document::white_zones(dataset, zones, document::Phase::Before);
    let attends = attendance.map(|models| document::attendance(dataset, models));
    let ends = Ends::of(dataset);
    let mut files = vec![
        ("places.geojson", places(&place_rows, document::Phase::Before, credits)),
        (
            "white_zones.geojson",
            zone_layer::white_zones(&zone_rows, &place_rows, &settings.coverage.rule, credits),
        ),
    ];
    // Who goes where is known with a plan only.
    let lines = attends.iter().map(|rows| who_goes_where(rows, |row| ends.of_row(row), credits));
    files.extend(lines.map(|bytes| ("attendance.geojson", bytes)));
    #[cfg(feature = "gpkg")]
    {
        use super::geojson;
        let rule = &settings.coverage.rule;
        let zones = geojson::zones::features(&zone_rows, &place_rows, rule, lang);
        let places = geojson::places::features(&place_rows, document::Phase::Before);
        let lines = attends.as_ref().map(|rows| geojson::attendance::features(rows, |row| ends.of_row(row)));
        let named =
            [("white_zones", Some(&zones)), ("places", Some(&places)), ("attendance", lines.as_ref())];
        files.push(("coverage.gpkg", super::geopackage::geopackage(&named, credits, settings.start)));
    }
    files.extend([
        ("places.csv", places_csv(dataset, report, zones, credits)),
        ("access.csv", access_csv(dataset, access, credits)),
        ("equity.csv", equity_csv(access, credits)),
        ("week.csv", week_csv(dataset, access, credits)),
    ]);
    files.into_iter().map(|(name, bytes)| Document { name: name.into(), bytes }).collect()
}

/// Names and positions by id.
struct Ends<'a> {
    places: FxHashMap<&'a str, End<'a>>,
    stops: FxHashMap<&'a str, End<'a>>,
}

impl<'a> Ends<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        let places = dataset.places.iter().map(|it| (it.id.as_str(), (it.name.as_str(), rounded(it.at.0))));
        let stops = dataset.stops.iter().map(|it| (it.id.as_str(), (it.name.as_str(), rounded(it.at.0))));
        Self { places: places.collect(), stops: stops.collect() }
    }

    fn of_row(&self, row: &document::Attends) -> [End<'a>; 2] {
        [self.places[row.place.as_str()], self.stops[row.stop.as_str()]]
    }
}

/// One row a place, in the order of the table.
fn places_csv(
    dataset: &Dataset,
    report: &CoverageReport,
    zones: &[WhiteZone],
    credits: Credits<'_>,
) -> Vec<u8> {
    let mut zone_of = vec![None; dataset.places.len()];
    for zone in zones {
        for place in &zone.places {
            zone_of[place.index()] = Some(id_before(zone));
        }
    }
    let mut sheet = Sheet::new(&headers(), credits);
    for (place, zone) in dataset.places.keys().zip(zone_of) {
        sheet.row(row(dataset, report, place, zone, credits.lang));
    }
    sheet.bytes()
}

/// The id that a zone has in its layer.
pub fn id_before(zone: &WhiteZone) -> String {
    zone_layer::id(document::Phase::Before, &zone.id)
}

fn headers() -> [Text; 10] {
    [
        text!("Identifiant", "Id"),
        text!("Lieu", "Place"),
        text!("Code INSEE", "INSEE code"),
        text!("Foyers", "Households"),
        text!("Dont sans voiture", "Of them without a car"),
        text!("Foyers couverts", "Households covered"),
        text!("Foyers en zone blanche", "Households in a white zone"),
        text!("Zone blanche", "White zone"),
        text!("Point d’aide le plus proche", "Nearest aid site"),
        text!("Minutes en voiture", "Minutes by car"),
    ]
}

fn row(
    dataset: &Dataset,
    report: &CoverageReport,
    id: PlaceId,
    zone: Option<String>,
    lang: Lang,
) -> [String; 10] {
    let (place, coverage) = (&dataset.places[id], &report.places[id]);
    let site = coverage.nearest_site;
    // What isn't known is blank, not zero.
    let known = |need| if place.need_is_known { households(need, lang) } else { String::new() };
    [
        inert(&place.id),
        inert(&place.name),
        inert(&place.insee),
        known(place.need()),
        known(place.need_without_car),
        known(coverage.covered_before),
        known(place.need() - coverage.covered_before),
        inert(&zone.unwrap_or_default()),
        site.map_or_else(String::new, |(site, _)| inert(&dataset.sites[site].name)),
        site.map_or_else(String::new, |(_, travel)| words::number(travel.seconds.minutes(), 0, lang)),
    ]
}

/// Exact to the thousandth: columns add up to the table's total.
fn households(need: Need, lang: Lang) -> String {
    let plain = need.households().to_string();
    match lang {
        Lang::Fr => plain.replace('.', ","),
        Lang::En => plain,
    }
}
