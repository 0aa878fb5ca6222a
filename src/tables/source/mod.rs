//! Files into grids of cells: which file holds which table, text or workbook, encoding, separator.

mod csv_text;
mod geojson_text;
#[cfg(feature = "gpkg")]
mod geopackage;
#[cfg(not(feature = "gpkg"))]
#[path = "no_geopackage.rs"]
mod geopackage;
mod territory;
mod text;
mod wkb;
mod workbook;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use geo::MultiPolygon;

use super::LoadError;
use super::findings::{Findings, codes, did_you_mean, nearest};
use super::schema::{TABLES, TableSchema};
use crate::diagnostics::{Location, Report, Text, quoted};
use crate::text;

pub(crate) use text::decode;

/// Largest file that is read, in bytes.
pub const FILE_LIMIT: u64 = 64 << 20;
/// The same for places: INSEE's table of 200 m cells has some 250 bytes a row, and a million rows are allowed.
pub const PLACES_FILE_LIMIT: u64 = 320 << 20;

/// All sheets of a workbook (`.xlsx`, or `.ods` by its name), cells spelled as a text file would: `2027-01-04`, `09:30`,
/// `2.5`. Rows beyond `limit` are not kept.
///
/// Bounded in memory whatever the file says of itself; what can't be read is a finding.
pub fn sheets(name: &str, bytes: &[u8], limit: usize) -> Report<Vec<Grid>> {
    let mut findings = Findings::default();
    let grids = workbook::all(name, bytes, limit, &mut findings);
    Report::new(grids, findings.finish().0)
}

/// The files of a scenario, by name, in memory.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, Content>,
    folder: PathBuf,
}

#[derive(Clone, Debug)]
enum Content {
    Bytes(Vec<u8>),
    /// It was not read; its size in bytes.
    TooLarge(u64),
}

/// A table as cells, the header among them.
#[derive(Clone, Debug)]
pub struct Grid {
    /// File name.
    pub file: Arc<str>,
    /// Sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Rows that are not blank, at most one more than the table's limit.
    pub rows: Vec<GridRow>,
}

/// A row that is not blank.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// Line or row number from 1.
    pub number: u32,
    /// Its cells, trimmed; the last one is not blank.
    pub cells: Vec<Cell>,
}

/// A cell as text, with what a spreadsheet knew about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Trimmed text. Numbers, dates and times of a spreadsheet are spelled canonically.
    pub text: String,
    /// What it was.
    pub kind: CellKind,
}

/// What a cell was in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text, as every cell of a text file.
    Text,
    /// A number of a spreadsheet.
    Number,
    /// A date, a time or a truth value of a spreadsheet.
    Typed,
    /// `#N/A` and the like.
    Error,
}

impl Cell {
    /// A cell of text; spaces around it (no-break ones too) and the quote that forces text are dropped.
    pub fn text(typed: &str) -> Self {
        Self { text: typed.trim_matches(is_blank).to_owned(), kind: CellKind::Text }
    }

    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

impl GridRow {
    /// A row without its trailing blanks; `None` when nothing is left.
    fn new(number: u32, mut cells: Vec<Cell>) -> Option<Self> {
        let length = cells.iter().rposition(|cell| !cell.is_blank())? + 1;
        cells.truncate(length);
        Some(Self { number, cells })
    }
}

impl Sources {
    /// Files in memory: what tests and other programs read from.
    pub fn from_texts<N: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (N, B)>) -> Self {
        let files =
            files.into_iter().map(|(name, bytes)| (name.into(), Content::Bytes(bytes.into()))).collect();
        Self { files, folder: PathBuf::new() }
    }

    /// Reads `scenario.toml`, tables and workbooks of a folder. Other files are not opened.
    ///
    /// # Errors
    /// The folder or a file in it can't be read.
    pub fn open(folder: &Path) -> Result<Self, LoadError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| LoadError { path, source }
        };
        let mut files = BTreeMap::new();
        for entry in fs_err::read_dir(folder).map_err(failed(folder))? {
            let entry = entry.map_err(failed(folder))?;
            let path = entry.path();
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            if !is_of_interest(&name) || !path.is_file() {
                continue;
            }
            let size = fs_err::metadata(&path).map_err(failed(&path))?.len();
            let content = if size > limit_of(&name) {
                Content::TooLarge(size)
            } else {
                Content::Bytes(fs_err::read(&path).map_err(failed(&path))?)
            };
            files.insert(name, content);
        }
        Ok(Self { files, folder: folder.to_owned() })
    }

    /// The folder they were read from; empty for files in memory.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Names and bytes of all files that were read, in order of name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().filter_map(|(name, content)| match content {
            Content::Bytes(bytes) => Some((name.as_str(), bytes.as_slice())),
            Content::TooLarge(_) => None,
        })
    }

    /// Whether a file was meant to hold that table, readable or not.
    pub(crate) fn has_attempted(&self, table: &TableSchema) -> bool {
        self.files.keys().any(|name| table.is_named(stem_and_ending(name).0))
    }

    /// The text of `scenario.toml`.
    pub(crate) fn settings(&self, findings: &mut Findings) -> Option<String> {
        let bytes = self.bytes("scenario.toml", findings)?;
        decode("scenario.toml", bytes, findings)
    }

    fn bytes(&self, name: &str, findings: &mut Findings) -> Option<&[u8]> {
        match self.files.get(name)? {
            Content::Bytes(bytes) => Some(bytes),
            Content::TooLarge(size) => {
                let megabytes = limit_of(name) >> 20;
                let found = size >> 20;
                findings.error(
                    codes::TOO_MUCH,
                    Location::file(name),
                    text!("un fichier de {megabytes} Mo au plus", "a file of at most {megabytes} MB"),
                    text!("{found} Mo", "{found} MB"),
                    text!("gardez les seules lignes utiles", "keep the rows you need"),
                );
                None
            }
        }
    }

    /// The file that the territory is read from.
    pub(crate) fn territory_name(&self) -> Option<&str> {
        self.files.keys().map(String::as_str).find(|name| is_territory(name))
    }

    /// The polygons of `territory.geojson`.
    pub(crate) fn territory(&self, findings: &mut Findings) -> Option<MultiPolygon> {
        let names: Vec<&str> =
            self.files.keys().map(String::as_str).filter(|name| is_territory(name)).collect();
        if let [_, second, ..] = names[..] {
            report_two_files(Location::file(second), names.join(", "), findings);
        }
        let name = names.first()?;
        territory::territory(name, self.bytes(name, findings)?, findings)
    }

    /// One grid a table, where there is one; findings for files that can't be read, twice given, or misnamed.
    pub(crate) fn grids(&self, findings: &mut Findings) -> BTreeMap<&'static str, Grid> {
        let mut found: BTreeMap<&'static str, Vec<Grid>> = BTreeMap::new();
        for name in self.files.keys().filter(|name| *name != "scenario.toml" && !is_territory(name)) {
            for (table, grid) in self.tables_of(name, findings) {
                found.entry(table.name).or_default().push(grid);
            }
        }
        for grids in found.values().filter(|grids| grids.len() > 1) {
            report_two_sources(grids, findings);
        }
        found.into_iter().filter_map(|(table, grids)| Some((table, grids.into_iter().next()?))).collect()
    }

    fn tables_of(&self, name: &str, findings: &mut Findings) -> Vec<(&'static TableSchema, Grid)> {
        let (stem, ending) = stem_and_ending(name);
        let table = table_named(stem);
        let is_workbook = matches!(ending.as_str(), "xlsx" | "ods");
        if table.is_none() && !(is_workbook && is_scenario(stem)) {
            report_unused(name, stem, findings);
            return Vec::new();
        }
        if matches!(ending.as_str(), "xls" | "xlsm" | "xlsb" | "numbers" | "parquet" | "json") {
            findings.error(
                codes::WORKBOOK,
                Location::file(name),
                text!("un fichier .csv, .xlsx ou .ods", "a .csv, .xlsx or .ods file"),
                text!("un fichier .{ending}", "a .{ending} file"),
                text!("enregistrez-le en .xlsx ou en .csv", "save it as .xlsx or .csv"),
            );
            return Vec::new();
        }
        let Some(bytes) = self.bytes(name, findings) else { return Vec::new() };
        match table {
            _ if is_workbook => workbook::grids(name, bytes, table, findings),
            Some(table) if ending == "geojson" => geojson_text::grid(name, bytes, table, findings)
                .map(|grid| (table, grid))
                .into_iter()
                .collect(),
            Some(table) if ending == "gpkg" => geopackage::collection(name, bytes, findings)
                .and_then(|(layer, system)| geojson_text::rows(name, &layer, system, table, findings))
                .map(|grid| (table, grid))
                .into_iter()
                .collect(),
            Some(table) => {
                csv_text::grid(name, bytes, table, findings).map(|grid| (table, grid)).into_iter().collect()
            }
            None => Vec::new(),
        }
    }
}

fn is_of_interest(name: &str) -> bool {
    let (stem, ending) = stem_and_ending(name);
    let is_table = matches!(ending.as_str(), "csv" | "tsv" | "xlsx" | "ods" | "xls" | "xlsm" | "xlsb");
    // Spreadsheets leave lock files such as `~$stops.xlsx` and `.~lock.stops.ods#` beside an open table.
    let is_hidden = name.starts_with(['.', '~']);
    let is_layer = matches!(ending.as_str(), "geojson" | "gpkg")
        && table_named(stem).is_some_and(|table| table.name == "places");
    !is_hidden
        && (name == "scenario.toml"
            || is_territory(name)
            || is_table
            || is_layer
            || (ending == "txt" && table_named(stem).is_some()))
}

/// The largest size of a file: a table of places as text may be a grid of cells.
fn limit_of(name: &str) -> u64 {
    let (stem, ending) = stem_and_ending(name);
    let is_places = table_named(stem).is_some_and(|table| table.name == "places");
    let is_plain = matches!(ending.as_str(), "csv" | "tsv" | "txt");
    if is_places && is_plain { PLACES_FILE_LIMIT } else { FILE_LIMIT }
}

fn is_territory(name: &str) -> bool {
    let (stem, ending) = stem_and_ending(name);
    matches!(stem, "territory" | "territoire") && matches!(ending.as_str(), "geojson" | "gpkg")
}

fn stem_and_ending(name: &str) -> (&str, String) {
    name.rsplit_once('.').map_or((name, String::new()), |(stem, ending)| (stem, ending.to_lowercase()))
}

fn is_scenario(stem: &str) -> bool {
    matches!(super::schema::fold(stem).as_str(), "scenario" | "tournee" | "tournees")
}

/// The table that a file stem or a sheet name means.
fn table_named(name: &str) -> Option<&'static TableSchema> {
    TABLES.into_iter().find(|table| table.is_named(name))
}

fn report_two_sources(grids: &[Grid], findings: &mut Findings) {
    let name = |grid: &Grid| match &grid.sheet {
        Some(sheet) => format!("{} ({sheet})", grid.file),
        None => grid.file.to_string(),
    };
    let names = grids.iter().map(name).collect::<Vec<_>>().join(", ");
    let at = Location { sheet: grids[1].sheet.clone(), ..Location::file(&grids[1].file) };
    report_two_files(at, names, findings);
}

fn report_two_files(at: Location, names: String, findings: &mut Findings) {
    findings.error(
        codes::TWO_SOURCES,
        at,
        text!("un seul fichier pour cette table", "one file for this table"),
        Text::same(names),
        text!("gardez-en un, renommez ou retirez les autres", "keep one, rename or remove the others"),
    );
}

fn report_unused(name: &str, stem: &str, findings: &mut Findings) {
    let names =
        TABLES.into_iter().flat_map(|table| std::iter::once(table.name).chain(table.aliases.iter().copied()));
    let near = nearest(stem, names);
    findings.warning(
        codes::UNUSED_FILE,
        Location::file(name),
        text!("le nom d'une table", "the name of a table"),
        quoted(stem),
        did_you_mean(near, text!("le fichier n'est pas lu", "the file is not read")),
    );
}
