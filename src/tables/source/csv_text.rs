//! Text into a grid: separator, quotes, line numbers.

use super::{Cell, Grid, GridRow};
use crate::diagnostics::Location;
use crate::tables::findings::{Findings, codes};
use crate::tables::schema::TableSchema;
use crate::text;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Columns of a row beyond this are not kept.
const COLUMN_LIMIT: usize = 500;

/// The rows of a text file that are not blank.
pub(super) fn grid(
    name: &str,
    bytes: &[u8],
    table: &'static TableSchema,
    findings: &mut Findings,
) -> Option<Grid> {
    let words = super::decode(name, bytes, findings)?;
    let (words, first_line) = without_hint(&words);
    let separator = separator(words, table);
    if separator != b',' {
        let reason = text!("séparateur de colonnes", "column separator");
        let shown = if separator == b'\t' { "tab".to_owned() } else { char::from(separator).to_string() };
        findings.repair(Location::file(name), &shown, ",", reason);
    }
    let rows = rows(name, words, (first_line, separator), table, findings)?;
    Some(Grid { file: name.into(), sheet: None, rows })
}

/// Drops the `sep=;` line that spreadsheets write; the number of the first line that stays.
fn without_hint(words: &str) -> (&str, u32) {
    let (first, rest) = words.split_once('\n').unwrap_or((words, ""));
    if first.to_lowercase().starts_with("sep=") { (rest, 2) } else { (words, 1) }
}

/// The separator under which the first line names most columns of the table, then most columns.
fn separator(words: &str, table: &TableSchema) -> u8 {
    let is_filler = |letter: char| letter.is_whitespace() || ";,|\"".contains(letter);
    let named = words.lines().find(|line| !line.trim_matches(is_filler).is_empty());
    let line = named.or_else(|| words.lines().find(|line| !line.trim().is_empty())).unwrap_or_default();
    let score = |separator: &u8| {
        let names: Vec<&str> = line.split(char::from(*separator)).take(COLUMN_LIMIT).collect();
        let known =
            names.iter().filter(|name| table.header_index(name.trim().trim_matches('"')).is_some()).count();
        (known, names.len())
    };
    // The first of the best: `max_by_key` would give the last.
    SEPARATORS.into_iter().rev().max_by_key(score).unwrap_or(b',')
}

fn rows(
    name: &str,
    words: &str,
    (first_line, separator): (u32, u8),
    table: &'static TableSchema,
    findings: &mut Findings,
) -> Option<Vec<GridRow>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(words.as_bytes());
    let mut lines = LineCounter { words: words.as_bytes(), byte: 0, line: first_line };
    let mut record = csv::StringRecord::new();
    let mut rows = Vec::new();
    let mut start = 0;
    let mut unread = Vec::new();
    while reader.read_record(&mut record).expect("the text is UTF-8 and in memory") {
        start = record.position().map_or(start, |position| position.byte() as usize);
        let number = lines.at(start);
        let is_read = |(column, _): &(usize, &str)| unread.get(*column) != Some(&true);
        let cells = record.iter().take(COLUMN_LIMIT).enumerate();
        let cells = cells.map(|cell| Cell::text(if is_read(&cell) { cell.1 } else { "" })).collect();
        rows.extend(GridRow::new(number, cells));
        if let [header] = rows.as_slice() {
            unread = unread_columns(header, table);
        }
        // One row beyond the header and the limit is enough to know that there are too many.
        if rows.len() > table.row_limit + 1 {
            break;
        }
    }
    if has_open_quote(words.get(start..).unwrap_or_default(), char::from(separator)) {
        let at = Location { row: Some(lines.at(start)), ..Location::file(name) };
        findings.error(
            codes::OPEN_QUOTE,
            at,
            text!("un guillemet fermant", "a closing quote"),
            text!(
                "un guillemet ouvert jusqu'à la fin du fichier",
                "a quote that stays open to the end of the file"
            ),
            text!(
                "fermez le guillemet \" de cette ligne, ou retirez-le",
                "close the quote \" of this line, or remove it"
            ),
        );
        return None;
    }
    Some(rows)
}

/// By column, whether nobody will ask for its cells: a grid of a million cells comes with dozens of them, which are not kept.
fn unread_columns(header: &GridRow, table: &TableSchema) -> Vec<bool> {
    let is_unread = |cell: &Cell| !cell.is_blank() && table.header_index(&cell.text).is_none();
    header.cells.iter().map(is_unread).collect()
}

/// Whether the last record opens a quote at the start of a cell and never closes it. A quote inside a cell, as in
/// `12" pizza`, is a character like another.
fn has_open_quote(last: &str, separator: char) -> bool {
    let opens_cell = |(at, _): (usize, &str)| {
        last[..at].trim_end_matches(' ').is_empty() || last[..at].ends_with([separator, '\n', '\r'])
    };
    last.matches('"').count() % 2 == 1 && last.match_indices('"').any(opens_cell)
}

/// Line numbers of increasing byte positions.
struct LineCounter<'a> {
    words: &'a [u8],
    byte: usize,
    line: u32,
}

impl LineCounter<'_> {
    /// The line of the record at `byte`: the reader's position stands before the blank lines it skips.
    fn at(&mut self, byte: usize) -> u32 {
        let skipped =
            self.words[byte.min(self.words.len())..].iter().take_while(|each| matches!(each, b'\r' | b'\n'));
        let target = byte + skipped.count();
        if target > self.byte {
            self.line += count_lines(&self.words[self.byte..target.min(self.words.len())]);
            self.byte = target;
        }
        self.line
    }
}

/// Line ends in `\n`, `\r\n` or (old Macintosh) `\r` alone.
fn count_lines(words: &[u8]) -> u32 {
    let ends = (0..words.len())
        .filter(|&at| words[at] == b'\n' || (words[at] == b'\r' && words.get(at + 1) != Some(&b'\n')));
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}
