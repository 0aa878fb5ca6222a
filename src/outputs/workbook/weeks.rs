//! A sheet a week: the rows that people may change.

use jiff::Span;
use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::rows::{Column, Row, Step, rows};
use super::style::{Shade, Style};
use super::{Names, sheet};
use crate::diagnostics::Lang;
use crate::outputs::document::Index;
use crate::outputs::words as say;
use crate::text;

/// Row of the column headers, from 0; above it a title and a note.
const HEADER_ROW: u32 = 3;

/// Blank rows below the last one, for visits that people add.
const SPARE_ROWS: u32 = 40;

/// One sheet for each published week that has a tour.
pub(super) fn sheets(
    plan: &Index<'_>,
    style: &Style,
    names: &mut Names,
    lang: Lang,
) -> Result<Vec<Worksheet>, XlsxError> {
    let rows = rows(plan, lang);
    let monday = |row: &Row| monday(row.date);
    rows.chunk_by(|a, b| monday(a) == monday(b)).map(|week| one(plan, week, style, names, lang)).collect()
}

fn monday(date: Date) -> Date {
    date.saturating_sub(Span::new().days(date.weekday().to_monday_zero_offset()))
}

fn one(
    plan: &Index<'_>,
    week: &[Row],
    style: &Style,
    names: &mut Names,
    lang: Lang,
) -> Result<Worksheet, XlsxError> {
    let first = monday(week[0].date);
    let name = text!("Sem. {first}", "Week {first}");
    let day = say::date(first);
    let (fr, en) = (&day.fr, &day.en);
    let title = text!("Semaine du {fr}", "Week of {en}");
    let mut page = sheet(&names.unique(name.get(lang)), title.get(lang), plan.document, lang)?;
    page.write_string_with_format(0, 0, title.get(lang), &style.title)?;
    let note = text!(
        "Se modifient : les cases jaunes, et des lignes entières. Puis : tournee check SCENARIO timetable.xlsx, ou tournee plan \
         SCENARIO --keep timetable.xlsx",
        "To be changed: yellow cells, and whole rows. Then: tournee check SCENARIO timetable.xlsx, or tournee plan SCENARIO \
         --keep timetable.xlsx"
    );
    page.write_string_with_format(1, 0, note.get(lang), &style.note)?;
    for column in Column::ALL {
        let at = column as u16;
        page.write_string_with_format(HEADER_ROW, at, column.header().get(lang), &style.header)?;
        page.set_column_width(at, column.width())?;
    }
    let mut line = HEADER_ROW;
    for row in week {
        line += 1;
        for column in Column::ALL {
            style.write(&mut page, (line, column as u16), row.value(column), shade(row.step, column))?;
        }
    }
    let antennas: Vec<&str> = plan.document.antennas.iter().map(|antenna| antenna.id.as_str()).collect();
    // A list of choices may hold 255 characters.
    if antennas.iter().map(|id| id.chars().count() + 1).sum::<usize>() <= 255
        && antennas.iter().all(|id| !id.contains(','))
    {
        let choices = DataValidation::new().allow_list_strings(&antennas)?;
        let column = Column::Antenna as u16;
        page.add_data_validation(HEADER_ROW + 1, column, line + SPARE_ROWS, column, &choices)?;
    }
    page.set_column_hidden(Column::Key as u16)?;
    page.autofilter(HEADER_ROW, 0, line, Column::Key as u16)?;
    page.set_freeze_panes(HEADER_ROW + 1, 0)?;
    page.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    // What people read; without ids the letters are larger on paper.
    page.set_print_area(0, 0, line, Column::Trip as u16)?;
    Ok(page)
}

fn shade(step: Step, column: Column) -> Shade {
    let may_change = match step {
        Step::Visit => Column::EDITABLE.contains(&column),
        Step::Break => matches!(column, Column::Opens | Column::Closes),
        Step::Leave | Step::Reload | Step::Back => false,
    };
    match (may_change, step) {
        (true, _) => Shade::Editable,
        (false, Step::Visit) => Shade::Plain,
        (false, _) => Shade::Grey,
    }
}
