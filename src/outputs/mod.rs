//! Files for people and other programs: each a pure function from the plan to bytes, and one function that writes.
//!
//! In: a [`Plan`]. Out: a folder, whole or not at all. Structures that are serialised are defined here, not derived on
//! domain types, so that formats and code can change separately.

pub mod access;
pub mod candidates;
pub mod coverage;
pub mod folder;
pub mod frontier;
pub mod geojson;
pub mod matrix_file;
pub mod moments;
pub mod plan_json;
pub mod words;

mod colours;
mod opening_hours;
mod timetable_csv;

use std::path::{Path, PathBuf};

pub use folder::{Document, WriteError};

use crate::coverage::Phase;
use crate::diagnostics::Lang;
use crate::plan::Plan;
use geojson::Credits;

/// What `plan` writes, and may therefore replace.
const PLAN_FILES: &[&str] = &[
    "plan.json",
    "visits.geojson",
    "stops.geojson",
    "tours.geojson",
    "places.geojson",
    "white_zones.geojson",
    "timetable.csv",
];

/// Whether [`write()`] would refuse the folder: asked before long work, so that nobody waits for an error.
pub fn refusal(folder: &Path) -> Result<(), WriteError> {
    folder::refusal(folder, PLAN_FILES)
}

/// The program and version that wrote a file.
pub fn generator() -> String {
    format!("tournee {}", env!("CARGO_PKG_VERSION"))
}

/// All files of a plan, in `lang`.
pub fn documents(plan: &Plan, lang: Lang) -> Vec<Document> {
    let dataset = &plan.dataset;
    let credits = Credits { settings: &dataset.settings, is_sketch: plan.survey.is_sketch, lang };
    let zones = [(Phase::Before, &plan.zones_before[..]), (Phase::After, &plan.zones_after[..])];
    let contents = [
        plan_json::plan_json(plan, credits.roads(), lang),
        geojson::visits::visits(dataset, &plan.timetable, credits),
        geojson::stops::stops(plan, credits),
        geojson::tours::tours(plan, credits),
        geojson::places::places(dataset, &plan.coverage, Phase::After, credits),
        geojson::zones::white_zones(dataset, &zones, credits),
        timetable_csv::timetable_csv(dataset, &plan.timetable, lang),
    ];
    PLAN_FILES.iter().zip(contents).map(|(&name, bytes)| Document { name: name.into(), bytes }).collect()
}

/// Writes all files of a plan into `folder`, whole or not at all. A plan that breaks a rule is refused.
pub fn write(plan: &Plan, folder: &Path, lang: Lang) -> Result<Vec<PathBuf>, WriteError> {
    let bugs: Vec<_> =
        plan.bugs().map(|bug| format!("{} {}", bug.rule.code(), bug.message.get(lang))).collect();
    if !bugs.is_empty() {
        return Err(WriteError::Unsound(bugs.join("; ")));
    }
    folder::replace(folder, &documents(plan, lang), PLAN_FILES)
}
