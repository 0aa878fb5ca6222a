//! Opening a scenario as every command does: tables, then language, then roads.

use std::io::Read;
use std::path::{Path, PathBuf};

use fs_err as fs;
use tournee::diagnostics::{Diagnostic, Lang, Repair};
use tournee::network::RoadNetwork;
use tournee::survey;
use tournee::tables::{self, Dataset, RoadSource};

use super::context::Context;
use super::failure::Failure;

/// Where a settings file tells its language, if it does.
const SETTINGS_START: u64 = 64 << 10;

/// A scenario that can be worked with, and what there is to say about its tables.
#[derive(Debug)]
pub struct Scenario {
    /// The folder.
    pub folder: PathBuf,
    /// Its tables.
    pub dataset: Dataset,
    /// Warnings.
    pub findings: Vec<Diagnostic>,
    /// What was read although it was not written as the tables ask.
    pub repairs: Vec<Repair>,
}

/// Reads a scenario's tables; `--roads` wins over the roads they name. From here on the scenario's language is spoken.
///
/// The path of the `scenario.toml` will do for its folder's.
pub fn open(path: &Path, roads: Option<&Path>, context: &Context) -> Result<Scenario, Failure> {
    let folder =
        match path.parent() {
            Some(parent)
                if path.is_file() && path.file_name().is_some_and(|name| name == "scenario.toml") =>
            {
                if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() }
            }
            _ => path.to_owned(),
        };
    let report = tables::load(&folder)?;
    let Some(mut dataset) = report.value else {
        if let Some(lang) = language_typed(&folder) {
            context.adopt(lang);
        }
        return Err(Failure::Input { findings: report.diagnostics, repairs: report.repairs });
    };
    context.adopt(dataset.settings.language);
    if let Some(roads) = roads {
        dataset.settings.roads.source = if roads.as_os_str() == "sketch" {
            RoadSource::Sketch
        } else {
            RoadSource::File(roads.to_owned())
        };
    }
    Ok(Scenario { folder, dataset, findings: report.diagnostics, repairs: report.repairs })
}

/// The language that a scenario with errors asks for, if that much can be made out: its errors are told in it.
fn language_typed(folder: &Path) -> Option<Lang> {
    let mut start = Vec::new();
    fs::File::open(folder.join("scenario.toml")).ok()?.take(SETTINGS_START).read_to_end(&mut start).ok()?;
    String::from_utf8_lossy(&start).lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let value = value.split('#').next()?.trim().trim_matches(['"', '\'']);
        match (key.trim(), value) {
            ("language", "fr") => Some(Lang::Fr),
            ("language", "en") => Some(Lang::En),
            _ => None,
        }
    })
}

impl Scenario {
    /// Opens or sketches its roads.
    pub fn roads(&self) -> Result<RoadNetwork, Failure> {
        Ok(survey::roads(&self.dataset)?)
    }

    /// An error of a later layer, told together with what the tables already showed.
    pub fn failure(&self, findings: Vec<Diagnostic>) -> Failure {
        Failure::Input { findings: [self.findings.clone(), findings].concat(), repairs: self.repairs.clone() }
    }
}
