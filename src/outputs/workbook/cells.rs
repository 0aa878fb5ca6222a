//! Where the cells of a week sheet are, wherever people moved its columns.

use super::rows::Column;
use crate::diagnostics::Location;
use crate::tables::{Grid, GridRow};
use crate::units::ClockTime;

/// Where the columns of a sheet are.
pub(super) struct Layout<'g> {
    grid: &'g Grid,
    /// Row of the headers.
    pub header: u32,
    headers: &'g GridRow,
    columns: [Option<usize>; Column::ALL.len()],
}

impl<'g> Layout<'g> {
    /// Of a sheet that has a row of headers with a column of keys.
    pub fn of(grid: &'g Grid) -> Option<Self> {
        let is = |words: &str, column: Column| {
            let header = column.header();
            words == header.fr || words == header.en
        };
        let header = grid.rows.iter().find(|row| row.cells.iter().any(|cell| is(&cell.text, Column::Key)))?;
        let columns = Column::ALL.map(|column| header.cells.iter().position(|cell| is(&cell.text, column)));
        Some(Self { grid, header: header.number, headers: header, columns })
    }

    pub fn has(&self, column: Column) -> bool {
        self.columns[column as usize].is_some()
    }

    /// As typed; empty where the column is gone.
    pub fn text<'r>(&self, row: &'r GridRow, column: Column) -> &'r str {
        let cell = self.columns[column as usize].and_then(|at| row.cells.get(at));
        cell.map_or("", |cell| cell.text.as_str())
    }

    /// `F5 (Ouvre)`, as the header is in the sheet.
    pub fn at(&self, row: &GridRow, column: Column) -> Location {
        let letters = self.columns[column as usize].map(letters).unwrap_or_default();
        let header = self.text(self.headers, column);
        Location {
            file: self.grid.file.clone(),
            sheet: self.grid.sheet.clone(),
            row: Some(row.number),
            column: Some(format!("{letters}{} ({header})", row.number).into()),
        }
    }
}

/// `A` for the first column, `AA` for the twenty-seventh.
fn letters(column: usize) -> String {
    let (before, last) = (column / 26, (b'A' + (column % 26) as u8) as char);
    if before == 0 { last.to_string() } else { format!("{}{last}", letters(before - 1)) }
}

/// `25:30`, as cells of the workbook spell it.
pub(super) fn past_midnight(found: &str) -> Option<ClockTime> {
    let mut parts = found.split(':').map(|part| part.parse::<i32>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    let fits = (0..72).contains(&hours) && (0..60).contains(&minutes) && (0..60).contains(&seconds);
    (fits && parts.next().is_none()).then(|| ClockTime(hours * 3600 + minutes * 60 + seconds))
}
