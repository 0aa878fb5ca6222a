//! `timetable.xlsx`: what other programs see in it, and what comes back from it.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use fs_err as fs;
use rust_xlsxwriter::Workbook;

use super::planned;
use crate::support::program::{Run, Village, tournee};

/// Name and cells.
pub type Sheet = (String, Vec<Vec<Data>>);

pub fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).expect("a sheet");
            let (height, width) = range.end().unwrap_or((0, 0));
            let cell = |at| range.get_value(at).cloned().unwrap_or(Data::Empty);
            let rows =
                (0..=height).map(|row| (0..=width).map(|column| cell((row, column))).collect()).collect();
            (name, rows)
        })
        .collect()
}

/// The sheets as another program saves them: values alone.
pub fn saved(sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    let dates = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    let times = rust_xlsxwriter::Format::new().set_num_format("hh:mm:ss");
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (line, row) in (0..).zip(rows) {
            for (at, value) in (0..).zip(row) {
                match value {
                    Data::String(words) => sheet.write_string(line, at, words).map(|_| ()),
                    Data::Float(number) => sheet.write_number(line, at, *number).map(|_| ()),
                    Data::DateTime(moment) => {
                        let format = if moment.as_f64() < 3.0 { &times } else { &dates };
                        sheet.write_number_with_format(line, at, moment.as_f64(), format).map(|_| ())
                    }
                    _ => Ok(()),
                }
                .expect("it fits");
            }
        }
    }
    book.save_to_buffer().expect("in memory")
}

/// First sheet of a week, and the position of a column in it.
fn week(sheets: &mut [Sheet]) -> &mut Sheet {
    sheets.iter_mut().find(|(name, _)| name.starts_with("Sem.")).expect("a week")
}

pub fn column(sheet: &Sheet, header: &str) -> usize {
    let is = |cell: &Data| matches!(cell, Data::String(words) if words == header);
    sheet.1[3].iter().position(is).unwrap_or_else(|| panic!("a column {header}"))
}

/// Rows of visits, in order.
fn visits(sheet: &Sheet) -> Vec<usize> {
    rows_of(sheet, "Étape", "visite")
}

/// Rows with that word in that column, in order.
pub fn rows_of(sheet: &Sheet, header: &str, word: &str) -> Vec<usize> {
    let at = column(sheet, header);
    let is = |row: &usize| matches!(&sheet.1[*row][at], Data::String(words) if words == word);
    (4..sheet.1.len()).filter(is).collect()
}

fn check(village: &Village, bytes: &[u8], more: &[&str]) -> Run {
    let path = village.room().join("edited.xlsx");
    fs::write(&path, bytes).expect("written");
    village.check(&path, more)
}

fn edited(village: &Village, edit: impl FnOnce(&mut Sheet)) -> Vec<u8> {
    let mut sheets = sheets(&fs::read(village.out().join("timetable.xlsx")).expect("written"));
    edit(week(&mut sheets));
    saved(&sheets)
}

fn replan(village: &Village, keep: &Path, out: &Path, lang: &str) -> Run {
    let [scenario, keep, out] =
        [&village.scenario(), keep, out].map(|path| path.to_string_lossy().into_owned());
    tournee(&["plan", &scenario, "--keep", &keep, "--out", &out, "--lang", lang])
}

#[test]
fn an_unchanged_workbook_is_the_plan_also_when_saved_by_another_program() {
    let village = planned();
    let bytes = fs::read(village.out().join("timetable.xlsx")).expect("written");
    let of_plan = village.check(&village.out().join("plan.json"), &["--format", "json"]);
    let of_book = check(&village, &bytes, &["--format", "json"]);
    assert_eq!(of_book.code, Some(0), "{}{}", of_book.out, of_book.err);
    assert_eq!(of_plan.out, of_book.out);
    let again = check(&village, &edited(&village, |_| {}), &["--format", "json"]);
    assert_eq!(of_plan.out, again.out, "{}", again.err);

    let kept = village.room().join("kept");
    let keep = village.out().join("timetable.xlsx");
    let run = replan(&village, &keep, &kept, "fr");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let table = |folder: &Path| fs::read_to_string(folder.join("timetable.csv")).expect("written");
    assert_eq!(table(&village.out()), table(&kept), "the same visits at the same times");
}

#[test]
fn every_visit_stands_in_the_sheet_of_a_week() {
    let village = planned();
    let sheets = sheets(&fs::read(village.out().join("timetable.xlsx")).expect("written"));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.first(), Some(&"Chiffres clés"));
    assert!(names.contains(&"Arrêts non desservis") && names.contains(&"tournee"), "{names:?}");
    let plan = super::json(&village, "plan.json");
    let calls: usize = plan["tours"]
        .as_array()
        .expect("tours")
        .iter()
        .flat_map(|tour| tour["trips"].as_array().expect("trips"))
        .map(|trip| trip["calls"].as_array().expect("calls").len())
        .sum();
    let listed: usize =
        sheets.iter().filter(|(name, _)| name.starts_with("Sem.")).map(|sheet| visits(sheet).len()).sum();
    assert_eq!(listed, calls);
}

#[test]
fn equal_plans_are_equal_bytes() {
    let village = planned();
    let first = fs::read(village.out().join("timetable.xlsx")).expect("written");
    std::thread::sleep(std::time::Duration::from_millis(2100)); // longer than the clock of an archive
    let run = tournee(&["report", &village.out().to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(first, fs::read(village.out().join("timetable.xlsx")).expect("written"));
}

#[test]
fn a_changed_hour_is_named_by_sheet_and_cell_and_judged() {
    let village = planned();
    let bytes = edited(&village, |sheet| {
        let (row, opens) = (visits(sheet)[0], column(sheet, "Ouvre"));
        sheet.1[row][opens] = Data::String("4h15".into());
    });
    let run = check(&village, &bytes, &["--lang", "en"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert!(run.out.contains("1 change(s):") && run.out.contains("(Ouvre)"), "{}", run.out);
    assert!(run.out.contains("becomes 4h15") && run.out.contains("WINDOW"), "{}", run.out);
}

#[test]
fn removed_and_added_rows_are_seen() {
    let village = planned();
    let bytes = edited(&village, |sheet| {
        let row = visits(sheet)[0];
        sheet.1[row] = vec![Data::Empty; sheet.1[row].len()];
    });
    let run = check(&village, &bytes, &["--lang", "en"]);
    assert!(run.out.contains("visit removed"), "{}", run.out);

    let bytes = edited(&village, |sheet| {
        let mut copy = sheet.1[visits(sheet)[0]].clone();
        copy[column(sheet, "Ouvre")] = Data::String("17:00".into());
        copy[column(sheet, "Ferme")] = Data::String("17:30".into());
        sheet.1.push(copy);
    });
    let run = check(&village, &bytes, &["--lang", "en"]);
    assert_eq!(run.code, Some(3), "{}{}", run.out, run.err);
    assert!(run.out.contains("a visit added"), "{}", run.out);
}

#[test]
fn mistakes_come_all_at_once_each_with_its_cell() {
    let village = planned();
    let bytes = edited(&village, |sheet| {
        let row = visits(sheet)[0];
        let [date, antenna, opens, order, stop, commune] =
            ["Date", "Antenne", "Ouvre", "Ordre", "Identifiant de l’arrêt", "Commune"]
                .map(|header| column(sheet, header));
        sheet.1[row][date] = Data::String("demain".into());
        sheet.1[row][antenna] = Data::String("Z".into());
        sheet.1[row][opens] = Data::String("9h70".into());
        sheet.1[row][order] = Data::Float(-1.5);
        sheet.1[row][stop] = Data::String("S11".into());
        sheet.1[row][commune] = Data::String("Ailleurs".into());
    });
    let run = check(&village, &bytes, &["--lang", "en"]);
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    for code in ["K007", "K006", "K008", "K009", "K012"] {
        assert!(run.err.contains(code), "{code}: {}", run.err);
    }
    assert!(run.err.contains("did you mean `S1`") && run.err.contains("sheet Sem."), "{}", run.err);
}

#[test]
fn a_change_is_kept_and_the_rest_stays() {
    let village = planned();
    let moved = |sheet: &mut Sheet| {
        let rows = visits(sheet);
        let row = *rows.last().expect("a visit");
        let [opens, closes] = ["Ouvre", "Ferme"].map(|header| column(sheet, header));
        for at in [opens, closes] {
            let Data::DateTime(time) = sheet.1[row][at].clone() else { panic!("a time") };
            let minutes = (time.as_f64() * 1440.0).round() as i64 + 10;
            sheet.1[row][at] = Data::String(format!("{}:{:02}", minutes / 60, minutes % 60));
        }
    };
    let path = village.room().join("edited.xlsx");
    fs::write(&path, edited(&village, moved)).expect("written");
    let out = village.room().join("kept");
    let run = replan(&village, &path, &out, "en");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("2 change(s):"), "{}", run.out);
    let read = |folder: &Path| -> Vec<Vec<String>> {
        let mut table = csv::ReaderBuilder::new()
            .delimiter(if folder == out { b',' } else { b';' })
            .from_path(folder.join("timetable.csv"))
            .expect("written");
        table
            .records()
            .map(|row| row.expect("rows").iter().skip(2).take(2).map(str::to_owned).collect())
            .collect()
    };
    let (before, after) = (read(&village.out()), read(&out));
    assert_eq!(before.len(), after.len(), "as many visits");
    assert_ne!(before, after, "the change is in it");
}

#[test]
fn what_is_no_workbook_of_ours_is_an_error() {
    let village = planned();
    let bytes = saved(&[("Feuil1".to_owned(), vec![vec![Data::String("bonjour".into())]])]);
    let run = check(&village, &bytes, &["--lang", "en"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("K002") && run.err.contains("hidden sheet"), "{}", run.err);
    let whole = fs::read(village.out().join("timetable.xlsx")).expect("written");
    for length in [4, 100, whole.len() / 2, whole.len() - 10] {
        let run = check(&village, &whole[..length], &["--lang", "en"]);
        assert_eq!(run.code, Some(1), "cut at {length}: {}{}", run.out, run.err);
    }
}
