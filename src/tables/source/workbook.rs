//! Workbooks into grids: sheets by name, typed cells spelled as a text file would.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};

use super::{Cell, CellKind, Grid, GridRow, table_named};
use crate::diagnostics::{Location, Text};
use crate::tables::findings::{Findings, codes};
use crate::tables::schema::TableSchema;
use crate::text;

/// Columns of a sheet beyond this are not kept.
const COLUMN_LIMIT: u32 = 500;
/// Days from Excel's day 0 (1899-12-30) to its last day.
const SERIAL_LIMIT: f64 = 2_958_466.0;

/// The tables of a workbook: the one its file name says, or one a sheet.
pub(super) fn grids(
    name: &str,
    bytes: &[u8],
    table: Option<&'static TableSchema>,
    findings: &mut Findings,
) -> Vec<(&'static TableSchema, Grid)> {
    let Some(mut book) = open(name, bytes, findings) else { return Vec::new() };
    let wanted = wanted_sheets(&book.sheet_names(), table);
    let mut found = Vec::new();
    for (sheet, table) in wanted {
        match book.rows(&sheet, table.row_limit + 2) {
            Ok(rows) => {
                found.push((table, Grid { file: name.into(), sheet: Some(Arc::from(sheet.as_str())), rows }));
            }
            Err(why) => report_unreadable(name, Some(&sheet), &why, findings),
        }
    }
    found
}

fn open<'b>(name: &str, bytes: &'b [u8], findings: &mut Findings) -> Option<Book<'b>> {
    if unpacked_size(bytes).is_some_and(|size| size > UNPACKED_LIMIT) {
        findings.error(
            codes::TOO_MUCH,
            Location::file(name),
            text!(
                "un classeur de 1 Go au plus une fois décompressé",
                "a workbook of at most 1 GB when unpacked"
            ),
            text!("davantage", "more"),
            text!("gardez les seules lignes utiles", "keep the rows you need"),
        );
        return None;
    }
    let opened = if name.to_lowercase().ends_with(".ods") { open_ods(bytes) } else { open_xlsx(bytes) };
    opened.map_err(|why| report_unreadable(name, None, &why, findings)).ok()
}

/// All sheets of a workbook, as far as `limit` rows each.
pub(super) fn all(name: &str, bytes: &[u8], limit: usize, findings: &mut Findings) -> Vec<Grid> {
    let Some(mut book) = open(name, bytes, findings) else { return Vec::new() };
    let mut grids = Vec::new();
    for sheet in book.sheet_names() {
        match book.rows(&sheet, limit) {
            Ok(rows) => grids.push(Grid { file: name.into(), sheet: Some(Arc::from(sheet.as_str())), rows }),
            Err(why) => report_unreadable(name, Some(&sheet), &why, findings),
        }
    }
    grids
}

/// Which sheets hold which tables. A workbook named after a table holds that one: on the sheet of that name, else on
/// its first.
fn wanted_sheets(
    sheets: &[String],
    table: Option<&'static TableSchema>,
) -> Vec<(String, &'static TableSchema)> {
    match table {
        None => sheets.iter().filter_map(|sheet| Some((sheet.clone(), table_named(sheet)?))).collect(),
        Some(table) => {
            let named = sheets.iter().find(|sheet| table.is_named(sheet));
            named.or(sheets.first()).map(|sheet| (sheet.clone(), table)).into_iter().collect()
        }
    }
}

fn report_unreadable(name: &str, sheet: Option<&str>, why: &str, findings: &mut Findings) {
    findings.error(
        codes::WORKBOOK,
        Location { sheet: sheet.map(Arc::from), ..Location::file(name) },
        text!(
            "un classeur .xlsx ou .ods lisible, sans mot de passe",
            "a readable .xlsx or .ods workbook without a password"
        ),
        what_is_wrong(why),
        text!(
            "ouvrez-le dans le tableur et enregistrez-le de nouveau",
            "open it in the spreadsheet and save it again"
        ),
    );
}

/// The reader's own words are English; the two usual cases are said in both languages.
fn what_is_wrong(why: &str) -> Text {
    let folded = why.to_lowercase();
    if folded.contains("password") || folded.contains("encrypt") {
        text!("un classeur protégé par un mot de passe", "a workbook protected by a password")
    } else if folded.contains("zip") || folded.contains("eocd") {
        text!("un fichier qui n'est pas un classeur, ou coupé", "a file that is no workbook, or cut short")
    } else {
        text!("un classeur abîmé ({why})", "a damaged workbook ({why})")
    }
}

enum Book<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    Ods(Box<Ods<Cursor<&'a [u8]>>>),
}

/// Most bytes a workbook may unpack to.
const UNPACKED_LIMIT: u64 = 1 << 30;

/// Bytes that the archive's directory says its files unpack to; `None` where there is no directory.
///
/// Reads the end record and each entry of the central directory (PKWARE APPNOTE 4.3.12 and 4.3.16).
fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    let field = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let short = |at: usize| Some(usize::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)));
    let end = bytes.windows(4).rposition(|mark| mark == b"PK\x05\x06")?;
    let mut at = field(end + 16)? as usize;
    let mut total = 0;
    for _ in 0..short(end + 10)? {
        total += u64::from(field(at.checked_add(24)?)?);
        at = at.checked_add(46 + short(at + 28)? + short(at + 30)? + short(at + 32)?)?;
    }
    Some(total)
}

fn open_xlsx(bytes: &[u8]) -> Result<Book<'_>, String> {
    Xlsx::new(Cursor::new(bytes)).map(|book| Book::Xlsx(Box::new(book))).map_err(|error| error.to_string())
}

fn open_ods(bytes: &[u8]) -> Result<Book<'_>, String> {
    Ods::new(Cursor::new(bytes)).map(|book| Book::Ods(Box::new(book))).map_err(|error| error.to_string())
}

impl Book<'_> {
    fn sheet_names(&self) -> Vec<String> {
        match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
        }
    }

    fn rows(&mut self, sheet: &str, limit: usize) -> Result<Vec<GridRow>, String> {
        match self {
            Self::Xlsx(book) => xlsx_rows(book, sheet, limit),
            Self::Ods(book) => ods_rows(book, sheet, limit),
        }
    }
}

/// Cell by cell: a lone cell in the last row of a sheet must not make a rectangle of billions.
fn xlsx_rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, limit: usize) -> Result<Vec<GridRow>, String> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| error.to_string())?;
    let mut rows = Vec::new();
    let mut current = (0, Vec::new());
    while let Some(found) = reader.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = found.get_position();
        if row != current.0 {
            rows.extend(GridRow::new(current.0 + 1, std::mem::take(&mut current.1)));
            current.0 = row;
        }
        if rows.len() > limit {
            return Ok(rows);
        }
        if column < COLUMN_LIMIT {
            let column = column as usize;
            if current.1.len() <= column {
                current.1.resize_with(column + 1, || Cell::text(""));
            }
            current.1[column] = cell(&owned(found.get_value()));
        }
    }
    rows.extend(GridRow::new(current.0 + 1, current.1));
    Ok(rows)
}

fn owned(value: &DataRef<'_>) -> Data {
    Data::from(value.clone())
}

fn ods_rows(book: &mut Ods<Cursor<&[u8]>>, sheet: &str, limit: usize) -> Result<Vec<GridRow>, String> {
    let range = book.worksheet_range(sheet).map_err(|error| error.to_string())?;
    let Some((first_row, first_column)) = range.start() else { return Ok(Vec::new()) };
    let lead = (0..first_column.min(COLUMN_LIMIT)).map(|_| Cell::text(""));
    let rows = range.rows().zip(first_row + 1..).filter_map(|(row, number)| {
        GridRow::new(number, lead.clone().chain(row.iter().take(COLUMN_LIMIT as usize).map(cell)).collect())
    });
    Ok(rows.take(limit).collect())
}

/// A typed cell as a text file would spell it.
fn cell(value: &Data) -> Cell {
    let typed = |text: String, kind| Cell { text, kind };
    match value {
        Data::Empty => Cell::text(""),
        Data::String(words) => Cell::text(words),
        Data::Int(number) => typed(number.to_string(), CellKind::Number),
        Data::Float(number) => typed(number.to_string(), CellKind::Number),
        Data::Bool(truth) => typed(truth.to_string(), CellKind::Typed),
        Data::DateTime(moment) => typed(spell_serial(moment), CellKind::Typed),
        Data::DateTimeIso(words) => typed(words.clone(), CellKind::Typed),
        Data::DurationIso(words) => typed(spell_duration(words), CellKind::Typed),
        Data::Error(error) => typed(error.to_string(), CellKind::Error),
    }
}

/// `2027-01-04`, `09:30` or both: Excel counts days from 1899-12-30, times as fractions of a day.
fn spell_serial(moment: &ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if !(0.0..SERIAL_LIMIT).contains(&serial) {
        return serial.to_string();
    }
    let seconds = (serial * 86_400.0).round() as i64;
    let (day, rest) = (seconds / 86_400, seconds % 86_400);
    if moment.is_duration() || day == 0 {
        return spell_clock(seconds);
    }
    let (year, month, date, ..) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{date:02}");
    if rest == 0 { date } else { format!("{date} {}", spell_clock(rest)) }
}

fn spell_clock(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") }
}

/// ISO 8601 `PT09H30M00S` as `09:30`; anything else as it is.
fn spell_duration(words: &str) -> String {
    let read = || {
        let (hours, rest) = words.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
        let number = |digits: &str| digits.parse::<i64>().ok().filter(|number| (0..10_000).contains(number));
        Some(spell_clock(number(hours)? * 3600 + number(minutes)? * 60 + number(seconds)?))
    };
    read().unwrap_or_else(|| words.to_owned())
}
