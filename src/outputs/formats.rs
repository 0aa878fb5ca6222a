//! Which files a plan becomes: one place that knows all of them.

use super::calendar::calendars;
use super::document::{Attends, Index, Phase, PlanDocument};
use super::folder::Document;
use super::geojson::{self, Credits};
use super::gpx::tracks;
use super::gtfs::gtfs;
use super::opendata::opendata;
use super::page::report_page;
use super::paper;
use super::qml;
use super::timetable_csv::timetable_csv;
use super::workbook::workbook;
use crate::diagnostics::Lang;

/// How files are written, whatever the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Of words for people.
    pub lang: Lang,
    /// For everybody: small numbers of households are withheld, and files for the team are not written.
    pub public: bool,
}

/// A kind of file, or of files that go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `plan.json`; always written, as all others can be made from it.
    Plan,
    /// The six layers, and styles of QGIS for five.
    GeoJson,
    /// `timetable.csv`.
    Csv,
    /// `timetable.xlsx`.
    Xlsx,
    /// `report.html`.
    Page,
    /// Calendars of all openings, of each stop and of each antenna.
    Ics,
    /// A track a distinct tour.
    Gpx,
    /// A page to print for each village served.
    Posters,
    /// A page to print for each distinct tour.
    Drivers,
    /// The timetable for transit tools.
    Gtfs,
    /// Files for registers of social aid.
    OpenData,
}

impl Format {
    /// In the order in which they are written.
    pub const ALL: [Self; 11] = [
        Self::Plan,
        Self::GeoJson,
        Self::Csv,
        Self::Xlsx,
        Self::Page,
        Self::Ics,
        Self::Gpx,
        Self::Posters,
        Self::Drivers,
        Self::Gtfs,
        Self::OpenData,
    ];

    /// As it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Page => "page",
            Self::Ics => "ics",
            Self::Gpx => "gpx",
            Self::Posters => "posters",
            Self::Drivers => "drivers",
            Self::Gtfs => "gtfs",
            Self::OpenData => "opendata",
        }
    }

    /// Whether the files are for the team alone, and no part of a public folder.
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Plan | Self::Xlsx | Self::Drivers)
    }

    /// Names of the files; `gpx/` for all in that folder.
    pub const fn files(self) -> &'static [&'static str] {
        match self {
            Self::Plan => &["plan.json"],
            Self::GeoJson => &[
                "visits.geojson",
                "stops.geojson",
                "tours.geojson",
                "places.geojson",
                "white_zones.geojson",
                "attendance.geojson",
                "visits.qml",
                "stops.qml",
                "tours.qml",
                "places.qml",
                "white_zones.qml",
            ],
            Self::Csv => &["timetable.csv"],
            Self::Xlsx => &["timetable.xlsx"],
            Self::Page => &["report.html"],
            Self::Ics => &["calendar.ics", "calendar/"],
            Self::Gpx => &["gpx/"],
            Self::Posters => &["posters.html"],
            Self::Drivers => &["drivers.html"],
            Self::Gtfs => &["gtfs.zip"],
            Self::OpenData => &["opendata/"],
        }
    }

    fn documents(self, plan: &Index<'_>, options: Options) -> Vec<Document> {
        let lang = options.lang;
        let document = plan.document;
        let credits = Credits::of(document, lang);
        let contents = match self {
            Self::Ics => return calendars(plan, lang),
            Self::Gpx => return tracks(plan, lang),
            Self::OpenData => return opendata(plan, lang),
            Self::Plan => vec![document.to_json()],
            Self::GeoJson => [
                geojson::visits::visits(plan, credits),
                geojson::stops::stops(plan, credits),
                geojson::tours::tours(plan, credits),
                geojson::places::places(&document.places, Phase::After, credits),
                geojson::zones::white_zones(
                    &document.white_zones,
                    &document.places,
                    &document.coverage.rule,
                    credits,
                ),
                geojson::attendance::attendance(&document.attendance, |row| ends(plan, row), credits),
            ]
            .into_iter()
            .chain(qml::styles())
            .collect(),
            Self::Csv => vec![timetable_csv(plan, credits)],
            Self::Xlsx => vec![workbook(plan, lang)],
            Self::Page => vec![report_page(plan, options)],
            Self::Posters => vec![paper::posters::posters(plan, lang)],
            Self::Drivers => vec![paper::drivers::drivers(plan, lang)],
            Self::Gtfs => vec![gtfs(plan, lang)],
        };
        self.files()
            .iter()
            .zip(contents)
            .map(|(&name, bytes)| Document { name: name.into(), bytes })
            .collect()
    }
}

/// Where a line of attendance starts and ends.
fn ends<'a>(plan: &Index<'a>, row: &Attends) -> [geojson::attendance::End<'a>; 2] {
    let (place, stop) = (plan.place(&row.place), plan.stop(&row.stop));
    [(&place.name, [place.lon, place.lat]), (&stop.name, [stop.lon, stop.lat])]
}

/// Names of all files of a plan, which [`documents`] may therefore replace.
pub fn replaceable() -> Vec<&'static str> {
    Format::ALL.iter().flat_map(|format| format.files()).copied().collect()
}

/// The files of `formats` and `plan.json`. In a public folder what is withheld is withheld here, so that no format has to
/// think of it, and `plan.json` is left out, as it tells all.
pub fn documents(plan: &PlanDocument, formats: &[Format], options: Options) -> Vec<Document> {
    let public = options.public.then(|| plan.public());
    let index = Index::new(public.as_ref().unwrap_or(plan));
    let is_asked = |format: &Format| *format == Format::Plan || formats.contains(format);
    let is_due = |format: &Format| is_asked(format) && !(options.public && format.is_internal());
    Format::ALL.into_iter().filter(is_due).flat_map(|format| format.documents(&index, options)).collect()
}
