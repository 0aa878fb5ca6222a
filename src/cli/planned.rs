//! A plan that exists, as people hand it over: `plan.json`, a folder with one, or `timetable.xlsx` with their changes.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use fs_err as fs;
use tournee::diagnostics::{Diagnostic, Lang, Location};
use tournee::ids::{AntennaId, StopId};
use tournee::outputs::plan_json;
use tournee::outputs::workbook::{self, Edit};
use tournee::plan::Change;
use tournee::survey::Survey;
use tournee::tables::Dataset;
use tournee::text;
use tournee::timetable::Timetable;

use super::failure::Failure;

/// A plan that was read.
pub struct Planned {
    /// With the changes.
    pub timetable: Timetable,
    /// What a coordinator changed in a workbook.
    pub edits: Vec<Edit>,
    /// Warnings.
    pub findings: Vec<Diagnostic>,
}

/// Name and bytes of the plan; an output folder will do for the `plan.json` in it. Of a file that is too large, only as
/// much as it takes to say so.
pub fn plan_file(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let path = if path.is_dir() { path.join("plan.json") } else { path.to_owned() };
    let mut bytes = Vec::new();
    fs::File::open(&path)?.take(plan_json::BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok((name, bytes))
}

/// Reads a plan of a scenario, in whatever form.
pub fn read(path: &Path, dataset: &Dataset, survey: &Survey) -> Result<Planned, Failure> {
    let (name, bytes) = plan_file(path)?;
    if !workbook::is_workbook(&bytes) {
        return timetable(&name, &bytes, Vec::new(), Vec::new(), dataset, survey);
    }
    let read = workbook::read(&name, &bytes, dataset);
    let Some(edited) = read.value else { return Err(Failure::input(read.diagnostics)) };
    timetable(&name, &edited.plan, edited.edits, read.diagnostics, dataset, survey)
}

fn timetable(
    name: &str,
    bytes: &[u8],
    edits: Vec<Edit>,
    findings: Vec<Diagnostic>,
    dataset: &Dataset,
    survey: &Survey,
) -> Result<Planned, Failure> {
    let read = plan_json::read(name, bytes, dataset, survey);
    match read.value {
        Some(timetable) => Ok(Planned { timetable, edits, findings: [findings, read.diagnostics].concat() }),
        None => Err(Failure::input([findings, read.diagnostics].concat())),
    }
}

/// The changes as the planner keeps them.
pub fn changes(edits: &[Edit], dataset: &Dataset) -> Vec<Change> {
    let stop = |id: &str| dataset.stops.iter().position(|stop| stop.id == id).map(StopId::from);
    let antenna =
        |id: &str| dataset.antennas.iter().position(|antenna| antenna.id == id).map(AntennaId::from);
    let change = |edit: &Edit| {
        let now = match &edit.now {
            Some((id, date, opens)) => Some((antenna(id)?, *date, *opens)),
            None => None,
        };
        Some(Change { stop: stop(&edit.stop)?, now, at: edit.at.clone() })
    };
    edits.iter().filter_map(change).collect()
}

/// What was changed, a line each; empty where nothing was.
pub fn edits_page(edits: &[Edit], lang: Lang) -> String {
    let mut words = String::new();
    if !edits.is_empty() {
        let count = edits.len();
        let _ = writeln!(words, "{}", text!("{count} changement(s) :", "{count} change(s):").get(lang));
    }
    for edit in edits {
        let (at, what) = (edit.at.display(lang), edit.what.get(lang));
        let line = text!("  {at} : {what}", "  {at}: {what}");
        let _ = writeln!(words, "{}", line.get(lang));
    }
    words
}

/// The same for programs.
pub fn edits_json(edits: &[Edit], lang: Lang) -> serde_json::Value {
    let cell = |at: &Location| serde_json::json!({ "file": *at.file, "sheet": at.sheet.as_deref(), "row": at.row, "column": at.column.as_deref() });
    edits
        .iter()
        .map(|edit| serde_json::json!({ "at": cell(&edit.at), "stop": edit.stop, "what": edit.what.get(lang) }))
        .collect()
}
