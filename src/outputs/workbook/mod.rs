//! `timetable.xlsx`: the timetable for people who live in spreadsheets, and back.
//!
//! In: a document. Out: a workbook with a sheet a week, which people may change, and sheets that follow from them: key
//! figures with charts, a sheet an antenna, stops, stops left out. [`read()`] reads the week sheets back: what was not
//! touched comes back exactly as planned, as a hidden sheet keeps the plan; each touched cell is named.

mod cells;
mod read;
mod rows;
mod style;
mod views;
mod weeks;

pub use read::{Edit, Edited, is_workbook, read};

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::document::{Index, PlanDocument};
use crate::diagnostics::Lang;
use crate::text;
use style::{Style, excel_date};

/// The hidden sheet that keeps the plan.
const MEMORY: &str = "tournee";

/// Characters of a cell that keeps the plan; spreadsheets take 32,767.
const CHUNK: usize = 30_000;

/// The file, in `lang`. Its bytes depend on the plan alone.
pub fn workbook(plan: &Index<'_>, lang: Lang) -> Vec<u8> {
    written(plan, lang).expect("names of sheets and lengths of cells are within what the format takes")
}

fn written(plan: &Index<'_>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let scenario = &plan.document.scenario;
    let mut book = Workbook::new();
    let mut about = DocProperties::new().set_title(&scenario.title).set_author(super::generator());
    if let Ok(start) = excel_date(scenario.start) {
        about = about.set_creation_datetime(&start); // not the clock: equal plans are equal bytes
    }
    book.set_properties(&about);
    let style = Style::new(lang);
    let mut names = Names::default();
    let weeks = weeks::sheets(plan, &style, &mut names, lang)?;
    book.push_worksheet(views::figures(plan, &style, &mut names, lang)?);
    for mut sheet in weeks {
        if names.first_week.is_none() {
            names.first_week = Some(sheet.name());
            sheet.set_active(true);
        }
        book.push_worksheet(sheet);
    }
    for sheet in views::antennas(plan, &style, &mut names, lang)? {
        book.push_worksheet(sheet);
    }
    book.push_worksheet(views::stops(plan, &style, &mut names, lang)?);
    book.push_worksheet(views::left_out(plan, &style, &mut names, lang)?);
    book.push_worksheet(memory(plan.document)?);
    book.save_to_buffer()
}

/// Names of sheets: unique, and such as spreadsheets take.
#[derive(Debug, Default)]
struct Names {
    used: Vec<String>,
    first_week: Option<String>,
}

impl Names {
    /// At most 31 characters, none of `[]:*?/\`, no quote at the ends; numbered where it is taken.
    fn unique(&mut self, wish: &str) -> String {
        let clean: String =
            wish.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let clean = clean.trim();
        let mut name: String = clean.chars().take(31).collect();
        let mut number = 2;
        while name.trim().is_empty() || name == MEMORY || self.used.contains(&name.to_lowercase()) {
            let end = format!(" {number}");
            name = clean.chars().take(31 - end.len()).chain(end.chars()).collect();
            number += 1;
        }
        self.used.push(name.to_lowercase());
        name
    }
}

/// A sheet with its title, laid out to be printed on A4 across, all columns on one page.
fn sheet(name: &str, title: &str, plan: &PlanDocument, lang: Lang) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&L{}&R{}", plain(title), plain(&plan.scenario.title)));
    let page = text!("page &P sur &N", "page &P of &N");
    sheet.set_footer(format!("&L{}&R{}", plain(plan.roads.attribution.get(lang)), page.get(lang)));
    Ok(sheet)
}

/// Words as headers take them: `&` begins a command there; at most 255 characters in all.
fn plain(words: &str) -> String {
    words.chars().take(90).collect::<String>().replace('&', "&&")
}

/// The plan in a hidden sheet, in pieces: what a row was before somebody changed it. Without coverage and roads.
fn memory(plan: &PlanDocument) -> Result<Worksheet, XlsxError> {
    let mut kept = plan.clone();
    kept.places.clear();
    kept.white_zones.clear();
    kept.aid_sites.clear();
    kept.attendance.clear();
    kept.violations.clear();
    kept.ways.iter_mut().for_each(Vec::clear);
    kept.legs.iter_mut().flatten().for_each(|leg| leg.end = 0);
    let json: Vec<char> =
        serde_json::to_string(&kept).expect("numbers, words and lists only").chars().collect();
    let mut sheet = Worksheet::new();
    sheet.set_name(MEMORY)?;
    for (row, chunk) in (0..).zip(json.chunks(CHUNK)) {
        // A leading bar keeps blanks at the ends of a piece.
        sheet.write_string(row, 0, format!("|{}|", chunk.iter().collect::<String>()))?;
    }
    sheet.set_very_hidden(true);
    Ok(sheet)
}
