//! What people typed: the tables and settings of a scenario folder, read with tolerance and validated.
//!
//! In: a folder, or [`Sources`] in memory. Out: a [`Dataset`] in which every cross-reference resolves and every quantity
//! is in range, with every silent repair listed; or all errors of all tables at once. Nothing here knows roads.
//!
//! Bytes become cells (`source`), a header is matched with the [`schema`] (`table`), cells become values (`parse`,
//! `read`), values become rows (`rows`), and rules across tables are checked last (`validate`).

mod dataset;
mod expected;
mod findings;
mod hours;
mod keys;
mod parse;
mod preset;
mod read;
mod resources;
mod rows;
pub mod schema;
mod settings;
mod source;
mod table;
mod validate;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use geo::MultiPolygon;
use typed_index_collections::TiVec;

use crate::diagnostics::{Location, Report};
use crate::ids::{AntennaId, DepotId, PlaceId, SiteId, StopId};
use crate::text;
use findings::Findings;
use rows::calendar::Closed;
use rows::ids::Ids;
use rows::position::Territory;
use schema::{AID_SITES, ANTENNAS, CLOSURES, DEPOTS, LOCKS, PLACES, STOPS, TABLES, TableSchema};
use table::Table;

pub use dataset::{
    AidSite, Antenna, BreakRule, ClosedFor, Closure, Depot, Lock, LockedDays, Place, Priority, Rhythm,
    SiteKind, Status, Stop,
};
pub use findings::codes;
pub use preset::{Limits, Preset};
pub use resources::Resources;
pub use settings::{
    AnnounceSettings, Count, CoverageSettings, DecayRule, NeedSettings, ObjectiveSettings, Organisation,
    RoadSettings, RoadSource, Settings, SolverSettings,
};
pub use source::{Cell, CellKind, FILE_LIMIT, Grid, GridRow, PLACES_FILE_LIMIT, Sources, sheets};

/// Dates and times as people type them, for other files that people edit.
pub mod typed {
    pub use super::parse::Parsed;
    pub use super::parse::clock::clock;
    pub use super::parse::date::date;
}

/// The words of a text file in UTF-8, UTF-16 or a Western code page, told apart by content; `None` if it is no text.
pub fn words(bytes: &[u8]) -> Option<String> {
    source::decode("", bytes, &mut Findings::default())
}

/// A validated scenario. Built by [`load`] or [`read()`] only, so later layers need not check it again.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// `scenario.toml`, every key filled in.
    pub settings: Settings,
    /// Where antennas load; at least one.
    pub depots: TiVec<DepotId, Depot>,
    /// Vehicles with their crews; at least one.
    pub antennas: TiVec<AntennaId, Antenna>,
    /// Candidate stops; at least one.
    pub stops: TiVec<StopId, Stop>,
    /// Points with need; may be empty.
    pub places: TiVec<PlaceId, Place>,
    /// Existing fixed aid; may be empty.
    pub sites: TiVec<SiteId, AidSite>,
    /// Dates on which somebody is closed. Already taken out of `Stop::windows` and `Antenna::works`.
    pub closures: Vec<Closure>,
    /// What must stay as it is.
    pub locks: Vec<Lock>,
    /// What white zones are cut to, if anything; valid, WGS84.
    pub territory: Option<MultiPolygon>,
}

/// A file or folder that could not be read for an outside reason.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct LoadError {
    /// What was read.
    pub path: PathBuf,
    /// Why it failed.
    pub source: std::io::Error,
}

/// Reads and validates a scenario folder. Relative road files are resolved against it; they are not opened here.
///
/// # Errors
/// The folder or a file in it can't be read. What is wrong with their content is in the report.
pub fn load(folder: &Path) -> Result<Report<Dataset>, LoadError> {
    Ok(read(&Sources::open(folder)?))
}

/// Reads and validates a scenario in memory. Pure; linear in the size of the files, and in stops times published days.
pub fn read(sources: &Sources) -> Report<Dataset> {
    let mut findings = Findings::default();
    let dataset = assemble(sources, &mut findings);
    let is_clean = !findings.has_error();
    let (diagnostics, repairs) = findings.finish();
    Report { value: is_clean.then_some(dataset), diagnostics, repairs }
}

/// Everything that could be read; only whole when no error was found.
fn assemble(sources: &Sources, findings: &mut Findings) -> Dataset {
    let draft = keys::read(sources, findings);
    let mut grids = sources.grids(findings);
    let [depots_table, antennas_table, stops_table, places_table, sites, closures, locks] =
        [&DEPOTS, &ANTENNAS, &STOPS, &PLACES, &AID_SITES, &CLOSURES, &LOCKS]
            .map(|schema| table(schema, &mut grids, sources, findings));
    let context = rows::Context {
        settings: &draft.settings,
        calendar_is_known: draft.calendar_is_known,
        costs: draft.costs,
        depots: Ids::read(&depots_table, findings),
        antennas: Ids::read(&antennas_table, findings),
        stops: Ids::read(&stops_table, findings),
    };
    for optional in [&places_table, &sites] {
        Ids::read(optional, findings);
    }
    let territory = Territory::of(&draft.settings.timezone);
    let closures = rows::whens::closures(&closures, &context, findings);
    let closed = Closed::new(&closures);
    let antennas = rows::antennas::antennas(&antennas_table, &context, &closed, findings);
    let fits = validate::horizon_fits(
        stops_table.rows().len(),
        draft.settings.horizon_days(),
        &stops_table.file,
        findings,
    );
    let stops = if fits {
        rows::stops::stops(&stops_table, &context, &antennas, &closed, findings)
    } else {
        TiVec::new()
    };
    let mut dataset = Dataset {
        settings: draft.settings.clone(),
        depots: rows::places::depots(&depots_table, territory, findings),
        antennas: antennas.into_iter().map(|row| row.antenna).collect(),
        stops,
        places: rows::need::places(&places_table, territory, &context, findings),
        sites: rows::places::sites(&sites, territory, &draft.settings, findings),
        locks: rows::whens::locks(&locks, &context, findings),
        closures,
        territory: sources.territory(findings),
    };
    if !findings.has_error() {
        let rows = [
            depots_table.rows().len(),
            antennas_table.rows().len(),
            stops_table.rows().len(),
            places_table.rows().len(),
        ];
        let read = [dataset.depots.len(), dataset.antennas.len(), dataset.stops.len(), dataset.places.len()];
        assert_eq!(rows, read, "a row is only left out with a finding");
        validate::validate(&dataset, sources.territory_name().unwrap_or_default(), findings);
        dataset.settings.objective.missed_visit = validate::missed_visit(&dataset, findings);
    }
    dataset
}

fn table(
    schema: &'static TableSchema,
    grids: &mut BTreeMap<&'static str, Grid>,
    sources: &Sources,
    findings: &mut Findings,
) -> Table {
    if let Some(grid) = grids.remove(schema.name) {
        return Table::new(schema, grid, findings);
    }
    if schema.is_required && !sources.has_attempted(schema) {
        report_missing(schema, findings);
    }
    Table::absent(schema)
}

fn report_missing(schema: &TableSchema, findings: &mut Findings) {
    let (name, french) = (schema.name, schema.aliases.first().copied().unwrap_or(schema.name));
    let (fr, en) = (schema.doc.fr, schema.doc.en);
    debug_assert!(TABLES.iter().any(|table| table.name == name));
    findings.error(
        codes::MISSING_TABLE,
        Location::file(&format!("{name}.csv")),
        text!("une table `{name}` (ou `{french}`)", "a table `{name}` (or `{french}`)"),
        text!("aucun fichier de ce nom", "no file of that name"),
        text!("ajoutez {name}.csv, .xlsx ou .ods : {fr}", "add {name}.csv, .xlsx or .ods: {en}"),
    );
}
