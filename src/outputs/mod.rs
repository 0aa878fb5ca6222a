//! Files for people and other programs: each a pure function from the plan to bytes, and one function that writes.
//!
//! In: a [`Plan`]. Out: a folder, whole or not at all. Structures that are serialised are defined here, not derived on
//! domain types, so that formats and code can change separately.

pub mod access;
pub mod candidates;
pub mod comparison;
pub mod coverage;
pub mod document;
pub mod folder;
pub mod frontier;
pub mod geojson;
#[cfg(feature = "gpkg")]
pub mod geopackage;
pub mod matrix_file;
pub mod moments;
pub mod plan_json;
pub mod words;

mod calendar;
mod colours;
mod contact;
mod formats;
mod frontier_chart;
mod gpx;
mod gtfs;
mod markup;
mod names;
mod need_words;
mod opendata;
mod opening_hours;
mod page;
mod paper;
mod png;
mod qml;
mod rounds;
mod series;
mod sheet;
mod timetable_csv;
pub mod workbook;
mod write_error;

use std::path::{Path, PathBuf};

pub use folder::{Document, WriteError};
pub use formats::{Format, Options, documents};

use crate::plan::Plan;
use document::PlanDocument;

/// Whether [`write()`] would refuse the folder: asked before long work, so that nobody waits for an error.
pub fn refusal(folder: &Path, options: Options) -> Result<(), WriteError> {
    refuse_internal(folder, options)?;
    folder::refusal(folder, &formats::replaceable())
}

/// A public folder holds no file for the team: not even one that a former run left there.
fn refuse_internal(folder: &Path, options: Options) -> Result<(), WriteError> {
    let names = Format::ALL.into_iter().filter(|format| format.is_internal()).flat_map(Format::files);
    match names.copied().find(|name| options.public && folder.join(name).exists()) {
        Some(name) => Err(WriteError::Internal { folder: folder.to_owned(), name }),
        None => Ok(()),
    }
}

/// The program and version that wrote a file.
pub fn generator() -> String {
    format!("tournee {}", env!("CARGO_PKG_VERSION"))
}

/// Writes the files of a plan into `folder`, whole or not at all. A plan that breaks a rule is refused.
pub fn write(
    plan: &Plan,
    folder: &Path,
    formats: &[Format],
    options: Options,
) -> Result<Vec<PathBuf>, WriteError> {
    let lang = options.lang;
    let bugs: Vec<_> =
        plan.bugs().map(|bug| format!("{} {}", bug.rule.code(), bug.message.get(lang))).collect();
    if !bugs.is_empty() {
        return Err(WriteError::Unsound(bugs.join("; ")));
    }
    refuse_internal(folder, options)?;
    let documents = formats::documents(&PlanDocument::of(plan, lang), formats, options);
    folder::replace(folder, &documents, &formats::replaceable())
}

/// Writes files of a plan that was read back into `folder`, whole or not at all; other files of that folder stay.
pub fn write_again(
    plan: &PlanDocument,
    folder: &Path,
    formats: &[Format],
    options: Options,
) -> Result<Vec<PathBuf>, WriteError> {
    refuse_internal(folder, options)?;
    folder::update(folder, &formats::documents(plan, formats, options), &formats::replaceable())
}
