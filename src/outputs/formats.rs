//! Which files a plan becomes: one place that knows all of them.

use super::document::{Index, Phase, PlanDocument};
use super::folder::Document;
use super::geojson::{self, Credits};
use super::timetable_csv::timetable_csv;
use crate::diagnostics::Lang;

/// A kind of file, or of files that go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `plan.json`; always written, as all others can be made from it.
    Plan,
    /// The five layers.
    GeoJson,
    /// `timetable.csv`.
    Csv,
}

impl Format {
    /// In the order in which they are written.
    pub const ALL: [Self; 3] = [Self::Plan, Self::GeoJson, Self::Csv];

    /// As it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
        }
    }

    /// Names of the files; `gpx/` for all in that folder.
    pub const fn files(self) -> &'static [&'static str] {
        match self {
            Self::Plan => &["plan.json"],
            Self::GeoJson => {
                &["visits.geojson", "stops.geojson", "tours.geojson", "places.geojson", "white_zones.geojson"]
            }
            Self::Csv => &["timetable.csv"],
        }
    }

    /// The files, in `lang`.
    fn documents(self, plan: &Index<'_>, lang: Lang) -> Vec<Document> {
        let document = plan.document;
        let credits = Credits { title: &document.scenario.title, is_sketch: document.roads.sketch, lang };
        let contents = match self {
            Self::Plan => vec![document.to_json()],
            Self::GeoJson => vec![
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
            ],
            Self::Csv => vec![timetable_csv(plan, lang)],
        };
        self.files()
            .iter()
            .zip(contents)
            .map(|(&name, bytes)| Document { name: name.into(), bytes })
            .collect()
    }
}

/// Names of all files of a plan, which [`documents`] may therefore replace.
pub fn replaceable() -> Vec<&'static str> {
    Format::ALL.iter().flat_map(|format| format.files()).copied().collect()
}

/// The files of `formats` and always `plan.json`, in `lang`.
pub fn documents(plan: &PlanDocument, formats: &[Format], lang: Lang) -> Vec<Document> {
    let index = Index::new(plan);
    let is_asked = |format: &Format| *format == Format::Plan || formats.contains(format);
    Format::ALL.into_iter().filter(is_asked).flat_map(|format| format.documents(&index, lang)).collect()
}
