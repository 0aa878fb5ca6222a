//! How cells look, and how values are written.

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::rows::Value;
use crate::diagnostics::Lang;

/// Formats of a workbook's cells.
pub(super) struct Style {
    pub title: Format,
    pub note: Format,
    pub header: Format,
    pub wrapped: Format,
    date: &'static str,
    /// Numbers with a thousands separator, which each spreadsheet writes in its own way.
    pub whole: Format,
    pub euros: Format,
}

/// Background of the rows of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shade {
    Plain,
    /// What follows from other cells.
    Grey,
    /// What people may change.
    Editable,
}

impl Style {
    pub fn new(lang: Lang) -> Self {
        Self {
            title: Format::new().set_bold().set_font_size(16),
            note: Format::new().set_italic().set_font_color(Color::RGB(0x55_55_55)),
            header: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0x33_22_88))
                .set_font_color(Color::White)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            date: match lang {
                Lang::Fr => "dd/mm/yyyy",
                Lang::En => "yyyy-mm-dd",
            },
            whole: Format::new().set_num_format("#,##0"),
            euros: Format::new().set_num_format(match lang {
                Lang::Fr => "#,##0.00 [$€-40C]",
                Lang::En => "[$€-809]#,##0.00",
            }),
        }
    }

    fn of(&self, value: &Value, shade: Shade) -> Format {
        let format = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xc9_c9_d2))
            .set_align(FormatAlign::Top);
        let format = match shade {
            Shade::Plain => format,
            Shade::Grey => format.set_background_color(Color::RGB(0xee_ee_ee)),
            Shade::Editable => format.set_background_color(Color::RGB(0xff_fb_e6)).set_unlocked(),
        };
        match value {
            Value::Date(_) => format.set_num_format(self.date).set_align(FormatAlign::Center),
            // The cell keeps the seconds, which reading back needs; nobody needs to see them.
            Value::Time(_) => format.set_num_format("[hh]:mm").set_align(FormatAlign::Center),
            Value::Number(_) => format.set_num_format("General"),
            Value::Words(_) | Value::Blank => format,
        }
    }

    /// Writes a value in a cell. Words are never taken for a formula.
    pub fn write(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        value: &Value,
        shade: Shade,
    ) -> Result<(), XlsxError> {
        let format = self.of(value, shade);
        match value {
            Value::Blank => sheet.write_blank(row, column, &format)?,
            Value::Words(words) => sheet.write_string_with_format(row, column, words, &format)?,
            Value::Number(number) => sheet.write_number_with_format(row, column, *number, &format)?,
            Value::Date(date) => {
                sheet.write_datetime_with_format(row, column, excel_date(*date)?, &format)?
            }
            Value::Time(time) => {
                sheet.write_number_with_format(row, column, f64::from(time.get()) / 86_400.0, &format)?
            }
        };
        Ok(())
    }
}

/// A date as spreadsheets count it.
pub(super) fn excel_date(date: jiff::civil::Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        date.year().unsigned_abs(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
}
