//! A grid whose header has been matched with the schema.

use std::sync::Arc;

use super::findings::{Findings, codes, did_you_mean, nearest};
use super::schema::{Column, Kind, TableSchema, WhenBlank};
use super::source::{Cell, Grid, GridRow};
use crate::diagnostics::{Location, Text, quoted};
use crate::text;

/// A table: its columns by schema position, its rows without the header.
#[derive(Clone, Debug)]
pub struct Table {
    /// What its columns are.
    pub columns: &'static [Column],
    /// File and sheet.
    pub file: Location,
    /// Line of the header.
    header: u32,
    /// By schema column: its position in the grid and its header as typed.
    positions: Vec<Option<(usize, Arc<str>)>>,
    rows: Vec<GridRow>,
    /// By schema column, the line of its cell, where the cells of a row stand on several lines.
    lines: Vec<Option<u32>>,
}

/// A cell that names its column and its line.
pub type NamedCell = (Cell, Arc<str>, u32);

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    table: &'a Table,
    row: &'a GridRow,
}

impl Table {
    /// A table without rows, for one that was not given.
    pub fn absent(schema: &'static TableSchema) -> Self {
        let positions = vec![None; schema.columns.len()];
        Self {
            columns: schema.columns,
            file: Location::file(schema.name),
            header: 0,
            positions,
            rows: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Matches the header of `grid` with `schema`; findings for what is missing, unknown, repeated or too much.
    pub fn new(schema: &'static TableSchema, grid: Grid, findings: &mut Findings) -> Self {
        let file = Location { file: grid.file, sheet: grid.sheet, row: None, column: None };
        let mut rows = grid.rows.into_iter();
        let Some(header) = rows.next() else {
            report_empty(&file, findings);
            return Self { file, ..Self::absent(schema) };
        };
        // The properties of a layer stand in no row.
        let at = Location { row: (header.number > 0).then_some(header.number), ..file.clone() };
        let positions = match_header(schema, &header, &at, findings);
        report_missing(schema, &positions, &at, findings);
        let mut rows: Vec<GridRow> = rows.collect();
        if rows.len() > schema.row_limit {
            report_too_many(schema.row_limit, &file, findings);
            rows.truncate(schema.row_limit);
        }
        if rows.is_empty() {
            report_no_rows(schema, &at, findings);
        }
        report_headless(&header, &rows, &file, findings);
        let header_line = header.number;
        let table =
            Self { columns: schema.columns, file, header: header_line, positions, rows, lines: Vec::new() };
        table.report_ragged(header.cells.len(), findings);
        table
    }

    /// One row made of cells that name their columns: a section of the settings.
    pub fn from_cells(columns: &'static [Column], file: Location, cells: Vec<Option<NamedCell>>) -> Self {
        let place = |(at, cell): (usize, &Option<NamedCell>)| {
            cell.as_ref().map(|(_, header, _)| (at, header.clone()))
        };
        let positions = cells.iter().enumerate().map(place).collect();
        let lines = cells.iter().map(|cell| cell.as_ref().map(|(_, _, line)| *line)).collect();
        let cells =
            cells.into_iter().map(|cell| cell.map_or_else(|| Cell::text(""), |(cell, ..)| cell)).collect();
        Self { columns, file, header: 0, positions, rows: vec![GridRow { number: 0, cells }], lines }
    }

    /// Its rows, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|row| Row { table: self, row })
    }

    /// Whether the table has that column.
    pub fn has(&self, column: &str) -> bool {
        self.position(column).is_some()
    }

    /// Whether its ids are those of grid cells.
    pub fn is_grid(&self) -> bool {
        self.position("id").is_some_and(|(_, header)| names_a_cell(header))
    }

    /// An error for a column that this scenario needs, at the header.
    pub fn report_missing_column(&self, name: &str, findings: &mut Findings) {
        let at = Location { row: (self.header > 0).then_some(self.header), ..self.file.clone() };
        report_missing_column(self.column(name), at, findings);
    }

    /// The schema of a column.
    pub fn column(&self, name: &str) -> &'static Column {
        self.columns.iter().find(|column| column.name == name).expect("readers name columns of the schema")
    }

    fn position(&self, name: &str) -> Option<&(usize, Arc<str>)> {
        let index = self.columns.iter().position(|column| column.name == name)?;
        self.positions[index].as_ref()
    }

    fn report_ragged(&self, width: usize, findings: &mut Findings) {
        for row in self.rows.iter().filter(|row| row.cells.len() > width) {
            let found = row.cells.len();
            let at = Location { row: Some(row.number), ..self.file.clone() };
            findings.error(
                codes::RAGGED_ROW,
                at,
                text!("{width} cellules, comme l'en-tête", "{width} cells, as the header has"),
                text!("{found} cellules", "{found} cells"),
                text!(
                    "mettez entre guillemets \" la cellule qui contient le séparateur, ou nommez la colonne en trop",
                    "put the cell that contains the separator between quotes \", or name the extra column"
                ),
            );
        }
    }
}

impl<'a> Row<'a> {
    /// The table.
    pub fn table(self) -> &'a Table {
        self.table
    }

    /// The cell, unless it is blank.
    pub fn cell(self, column: &str) -> Option<&'a Cell> {
        let (position, _) = self.table.position(column)?;
        self.row.cells.get(*position).filter(|cell| !cell.is_blank())
    }

    /// Where the row stands.
    pub fn at(self) -> Location {
        Location { row: (self.row.number > 0).then_some(self.row.number), ..self.table.file.clone() }
    }

    /// Where the cell stands, under its header as typed.
    pub fn at_column(self, column: &str) -> Location {
        let header =
            self.table.position(column).map_or_else(|| Arc::from(column), |(_, header)| header.clone());
        let index = self.table.columns.iter().position(|each| each.name == column);
        let line = index.and_then(|index| *self.table.lines.get(index)?);
        let at = self.at();
        Location { column: Some(header), row: line.or(at.row), ..at }
    }
}

fn match_header(
    schema: &'static TableSchema,
    header: &GridRow,
    at: &Location,
    findings: &mut Findings,
) -> Vec<Option<(usize, Arc<str>)>> {
    let mut positions: Vec<Option<(usize, Arc<str>)>> = vec![None; schema.columns.len()];
    // A column whose name starts with `#` is the user's own.
    let is_read = |cell: &Cell| !cell.is_blank() && !cell.text.starts_with('#');
    // Tables of grid cells come with dozens of columns about incomes and ages, and the ids of larger cells.
    let is_of_cells = schema.name == "places" && header.cells.iter().any(|cell| names_a_cell(&cell.text));
    let mut unread: Vec<&str> = Vec::new();
    for (position, cell) in header.cells.iter().enumerate().filter(|(_, cell)| is_read(cell)) {
        let at = at.at_column(&cell.text);
        let Some(index) = schema.header_index(&cell.text) else {
            if is_of_cells {
                unread.push(&cell.text);
                continue;
            }
            report_unknown(schema, &cell.text, at, findings);
            continue;
        };
        let column = &schema.columns[index];
        if let Some((_, first)) = &positions[index] {
            if is_of_cells {
                unread.push(&cell.text);
                continue;
            }
            report_repeated(column.name, first, &cell.text, at, findings);
            continue;
        }
        if cell.text != column.name {
            findings.repair(at, &cell.text, column.name, text!("nom de colonne", "column name"));
        }
        positions[index] = Some((position, Arc::from(cell.text.as_str())));
    }
    if !unread.is_empty() {
        findings.repair(at.clone(), &unread.join(", "), "", text!("colonnes non lues", "columns not read"));
    }
    positions
}

fn report_unknown(schema: &TableSchema, header: &str, at: Location, findings: &mut Findings) {
    let names = schema
        .columns
        .iter()
        .flat_map(|column| std::iter::once(column.name).chain(column.aliases.iter().copied()));
    let table = schema.name;
    let known = schema.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    findings.error(
        codes::UNKNOWN_COLUMN,
        at,
        text!("une colonne de la table `{table}`", "a column of table `{table}`"),
        quoted(header),
        did_you_mean(
            nearest(header, names),
            text!(
                "les colonnes sont : {known} ; un nom qui commence par # n'est pas lu",
                "the columns are: {known}; a name that starts with # is not read"
            ),
        ),
    );
}

/// A cell in a column without name would be lost without a word.
fn report_headless(header: &GridRow, rows: &[GridRow], file: &Location, findings: &mut Findings) {
    for (position, _) in header.cells.iter().enumerate().filter(|(_, cell)| cell.is_blank()) {
        let is_lost = |row: &&GridRow| row.cells.get(position).is_some_and(|cell| !cell.is_blank());
        let Some(row) = rows.iter().find(is_lost) else { continue };
        let number = position + 1;
        findings.error(
            codes::UNKNOWN_COLUMN,
            Location { row: Some(row.number), ..file.clone() },
            text!("un nom au-dessus de la colonne {number}", "a name above column {number}"),
            quoted(&row.cells[position].text),
            text!("nommez cette colonne, ou videz-la", "name this column, or clear it"),
        );
    }
}

fn report_repeated(name: &str, first: &str, header: &str, at: Location, findings: &mut Findings) {
    let (first, header) = (quoted(first), quoted(header));
    findings.error(
        codes::REPEATED_COLUMN,
        at,
        text!("une seule colonne `{name}`", "one column `{name}`"),
        Text {
            fr: format!("{} puis {}", first.fr, header.fr),
            en: format!("{} then {}", first.en, header.en),
        },
        text!("retirez ou renommez l'une des deux", "remove or rename one of the two"),
    );
}

fn report_missing(
    schema: &'static TableSchema,
    positions: &[Option<(usize, Arc<str>)>],
    at: &Location,
    findings: &mut Findings,
) {
    let has = |kind: fn(&Kind) -> bool| {
        schema
            .columns
            .iter()
            .zip(positions)
            .any(|(column, position)| kind(&column.kind) && position.is_some())
    };
    let has_metres = has(|kind| matches!(kind, Kind::Easting)) && has(|kind| matches!(kind, Kind::Northing));
    let is_grid = is_grid(schema, positions);
    for (column, position) in schema.columns.iter().zip(positions) {
        let is_degrees = matches!(column.kind, Kind::Longitude | Kind::Latitude);
        let is_required =
            matches!(column.blank, WhenBlank::Required) && !(is_degrees && (has_metres || is_grid));
        if position.is_some() || !is_required {
            continue;
        }
        report_missing_column(column, at.clone(), findings);
    }
}

fn report_missing_column(column: &Column, at: Location, findings: &mut Findings) {
    let name = column.name;
    let (fr, en) = (column.doc.fr, column.doc.en);
    let french = column.aliases.first().copied().unwrap_or(name);
    findings.error(
        codes::MISSING_COLUMN,
        at,
        text!("une colonne `{name}` (ou `{french}`)", "a column `{name}` (or `{french}`)"),
        text!("aucune", "none"),
        text!("ajoutez-la : {fr}", "add it: {en}"),
    );
}

/// Whether the ids are those of grid cells, by their header: they say where the places are.
fn is_grid(schema: &TableSchema, positions: &[Option<(usize, Arc<str>)>]) -> bool {
    let header = schema.column_index("id").and_then(|index| positions[index].as_ref());
    header.is_some_and(|(_, header)| names_a_cell(header))
}

/// Whether a header is one that INSEE and Eurostat give to cell ids.
pub(super) fn names_a_cell(header: &str) -> bool {
    ["idcar200m", "idcar1km", "idinspire", "carreau", "cell"].contains(&super::schema::fold(header).as_str())
}

fn report_empty(file: &Location, findings: &mut Findings) {
    findings.error(
        codes::EMPTY_TABLE,
        file.clone(),
        text!("une ligne d'en-tête puis une ligne par objet", "a header row, then one row an object"),
        text!("une table vide", "an empty table"),
        text!(
            "remplissez-la, ou retirez le fichier si la table est facultative",
            "fill it in, or remove the file where the table is optional"
        ),
    );
}

/// An error where the table is required, a warning where its absence changes the plan, nothing for the others.
fn report_no_rows(schema: &TableSchema, at: &Location, findings: &mut Findings) {
    let expected = text!("au moins une ligne sous l'en-tête", "at least one row below the header");
    let found = text!("un en-tête seul", "a header alone");
    if schema.is_required {
        let help = text!("ajoutez une ligne", "add a row");
        findings.error(codes::NO_ROWS, at.clone(), expected, found, help);
    } else if matches!(schema.name, "places" | "aid_sites") {
        let help = text!("le plan est fait sans cette table", "the plan is made without this table");
        findings.warning(codes::NO_ROWS, at.clone(), expected, found, help);
    }
}

fn report_too_many(limit: usize, file: &Location, findings: &mut Findings) {
    findings.error(
        codes::TOO_MUCH,
        file.clone(),
        text!("{limit} lignes au plus", "at most {limit} rows"),
        text!("davantage", "more"),
        text!("gardez les seules lignes utiles", "keep the rows you need"),
    );
}
