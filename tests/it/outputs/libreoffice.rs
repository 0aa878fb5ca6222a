//! The workbook in LibreOffice: saved by it, it is still the plan; printed by it, it tells the same figures.

use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use fs_err as fs;

use super::planned;
use crate::support::program::Village;
use crate::support::skipped;

/// The workbook of a plan as LibreOffice converts it; `None`, with a visible message, where it is not installed.
fn converted(village: &Village, kind: &str) -> Option<PathBuf> {
    let folder = village.room().join(kind);
    let profile = village.room().join("profile");
    let run = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", kind, "--outdir"])
        .arg(&folder)
        .arg(village.out().join("timetable.xlsx"))
        .output();
    let Ok(output) = run else {
        skipped("soffice (LibreOffice) is not installed");
        return None;
    };
    let file = folder.join("timetable").with_extension(kind);
    assert!(file.exists(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(file)
}

fn text_of(pdf: &Path) -> Option<String> {
    let Ok(output) = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output() else {
        skipped("pdftotext is not installed");
        return None;
    };
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn a_workbook_that_it_saved_is_still_the_plan() {
    let village = planned();
    let Some(saved) = converted(&village, "xlsx") else { return };
    let plan = village.check(&village.out().join("plan.json"), &["--format", "json"]);
    let book = village.check(&saved, &["--format", "json"]);
    assert_eq!(book.code, Some(0), "{}{}", book.out, book.err);
    assert_eq!(plan.out, book.out);
}

#[test]
fn its_print_tells_the_figures_of_the_cells() {
    let village = planned();
    let Some(pdf) = converted(&village, "pdf") else { return };
    let Some(text) = text_of(&pdf) else { return };
    assert!(!text.contains("###"), "a column is too narrow for its figures:\n{text}");
    let bytes = fs::read(village.out().join("timetable.xlsx")).expect("written");
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let figures = book.worksheet_range("Chiffres clés").expect("a sheet");
    let mut seen = 0;
    for (row, column, cell) in figures.used_cells() {
        let Data::Float(number) = cell else { continue };
        if number.fract() == 0.0 && number.abs() < 1000.0 {
            let number = format!("{number}");
            assert!(
                text.split_whitespace().any(|word| word.trim_end_matches("\u{a0}€") == number),
                "{row}, {column}: {number}\n{text}"
            );
            seen += 1;
        }
    }
    assert!(seen > 5, "the sheet has figures");
    let plan = super::json(&village, "plan.json");
    for stop in plan["stops"].as_array().expect("stops") {
        let name = stop["name"].as_str().expect("a name");
        assert!(text.contains(name), "{name}");
    }
}
