//! The folder of `tournee coverage`: who is covered today, before any plan.
//!
//! `places.geojson` and `white_zones.geojson` as a plan writes them, for the state before, and tables for people: who is
//! covered, and the measures of access, these with a plan also for after.

use std::path::{Path, PathBuf};

use super::access::{access_csv, equity_csv, week_csv};
use super::geojson::{Credits, places::places, zones::white_zones};
use super::timetable_csv::{inert, writer};
use super::{Document, WriteError, document, folder, words};
use crate::coverage::{Comparison, CoverageReport, WhiteZone};
use crate::diagnostics::{Lang, Text};
use crate::ids::PlaceId;
use crate::tables::Dataset;
use crate::text;
use crate::units::Need;

/// What `coverage` writes, and may therefore replace.
const COVERAGE_FILES: &[&str] =
    &["places.geojson", "white_zones.geojson", "places.csv", "access.csv", "equity.csv", "week.csv"];

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
    let CoverageToday { dataset, report, zones, access, is_sketch } = today;
    let credits = Credits { title: &dataset.settings.title, is_sketch, lang };
    let place_rows = document::places(dataset, report, document::Phase::Before);
    let zone_rows = document::white_zones(dataset, zones, document::Phase::Before);
    let contents = [
        places(&place_rows, document::Phase::Before, credits),
        white_zones(&zone_rows, &place_rows, &dataset.settings.coverage.rule, credits),
        places_csv(dataset, report, zones, lang),
        access_csv(dataset, access, lang),
        equity_csv(access, lang),
        week_csv(dataset, access, lang),
    ];
    COVERAGE_FILES.iter().zip(contents).map(|(&name, bytes)| Document { name: name.into(), bytes }).collect()
}

/// One row a place, in the order of the table.
fn places_csv(dataset: &Dataset, report: &CoverageReport, zones: &[WhiteZone], lang: Lang) -> Vec<u8> {
    let mut zone_of = vec![None; dataset.places.len()];
    for zone in zones {
        for place in &zone.places {
            zone_of[place.index()] = Some(zone.id.as_str());
        }
    }
    let mut table = writer(lang);
    let headers = headers();
    table.write_record(headers.iter().map(|header| header.get(lang))).expect("memory takes any row");
    for place in dataset.places.keys() {
        let cells = row(dataset, report, place, zone_of[place.index()], lang);
        table.write_record(cells).expect("all rows have as many cells as headers");
    }
    table.into_inner().expect("memory takes any row")
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
    zone: Option<&str>,
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
        inert(zone.unwrap_or_default()),
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
