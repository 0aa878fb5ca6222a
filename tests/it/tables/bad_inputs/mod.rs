//! Every kind of bad input says where it is, what was expected, what was found and what to do: word for word, in both
//! languages.

mod calendar;
mod columns;
mod numbers;
mod places;
mod positions;
mod settings;
mod sources;
mod times;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tournee::diagnostics::{Code, Lang, Report, Severity};
use tournee::tables::{self, Dataset, Sources, codes};

use crate::support::scenario::{SMALL, files, findings};
use crate::support::workbook::zip;

/// A change to the small scenario and the words it provokes.
pub struct Case {
    what: &'static str,
    changes: &'static [Change],
    says: &'static str,
    dit: &'static str,
}

/// A change to one file.
pub enum Change {
    /// The file is not there.
    Remove(&'static str),
    /// The file holds this.
    Put(&'static str, &'static str),
    /// The first of these words becomes the other.
    Edit(&'static str, &'static str, &'static str),
}

fn cases() -> impl Iterator<Item = &'static Case> {
    [
        sources::CASES,
        columns::CASES,
        numbers::CASES,
        times::CASES,
        calendar::CASES,
        places::CASES,
        positions::CASES,
        settings::CASES,
    ]
    .into_iter()
    .flatten()
}

fn changed(changes: &[Change]) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = files(SMALL).into_iter().collect();
    for change in changes {
        match *change {
            Change::Remove(name) => assert!(files.remove(name).is_some(), "{name} is not there"),
            Change::Put(name, body) => drop(files.insert(name.to_owned(), body.to_owned())),
            Change::Edit(name, old, new) => {
                let body = files.get_mut(name).expect("the file is there");
                assert!(body.contains(old), "{old} is not in {name}");
                *body = body.replacen(old, new, 1);
            }
        }
    }
    files
}

fn read<B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (String, B)>) -> Report<Dataset> {
    tables::read(&Sources::from_texts(files))
}

#[test]
fn every_bad_input_is_told_word_for_word() {
    let mut wrong = String::new();
    for case in cases() {
        let report = read(changed(case.changes));
        let has_error = report.diagnostics.iter().any(|found| found.severity == Severity::Error);
        assert_eq!(report.value.is_none(), has_error, "{}", case.what);
        for (lang, expected) in [(Lang::En, case.says), (Lang::Fr, case.dit)] {
            let found = findings(&report, lang);
            if found != expected {
                let _ = writeln!(wrong, "{}\n--- expected\n{expected}\n--- found\n{found}\n", case.what);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn errors_of_several_tables_come_together() {
    let changes = [
        Change::Edit("scenario.toml", "2027-01-04", "2027-01-05"),
        Change::Edit("antennas.csv", "bus,nevers,60", "bus,nevres,0"),
        Change::Edit("stops.csv", "3.82,47.29,20", "47.29,3.82,-1"),
        Change::Edit("stops.csv", "30,weekly", "ns,souvent"),
        Change::Edit("places.csv", "12.5", "douze"),
    ];
    let report = read(changed(&changes));
    let told: Vec<String> = report
        .diagnostics
        .iter()
        .map(|found| format!("{} {}", found.code, found.at.display(Lang::En)))
        .collect();
    assert_eq!(
        told,
        [
            "T014 antennas.csv, row 2, column `depot`",
            "T016 antennas.csv, row 2, column `capacity`",
            "T015 places.csv, row 2, column `households`",
            "T034 scenario.toml, row 1, key `start`",
            "T027 stops.csv, row 2, column `lon`",
            "T016 stops.csv, row 2, column `households`",
            "T017 stops.csv, row 3, column `households`",
            "T024 stops.csv, row 3, column `rhythm`",
        ]
    );
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

/// Inputs too large to be written out, each with the codes it provokes.
fn large() -> Vec<(Report<Dataset>, &'static [Code])> {
    let with = |name: &str, body: Vec<u8>| {
        let others = changed(&[]).into_iter().filter(|(other, _)| other != name);
        read(others.map(|(name, body)| (name, body.into_bytes())).chain([(name.to_owned(), body)]))
    };
    let places = |households: &str, count: usize| {
        let rows = lines(count, |row| format!("p{row},3.8,47.28,{households}\n"));
        format!("id,lon,lat,households\n{rows}").into_bytes()
    };
    let depots = lines(1_001, |row| format!("d{row},3.16,46.99\n"));
    let depots = format!("id,lon,lat\nnevers,3.16,46.99\n{depots}").into_bytes();
    let mut costly =
        changed(&[Change::Edit("scenario.toml", "weeks = 1", "[objective]\nvalue_per_household = 1e5")]);
    costly.insert(
        "scenario.toml".into(),
        "start = 2027-01-04\n[objective]\nvalue_per_household = 100000\n".into(),
    );
    costly.insert("places.csv".into(), String::from_utf8(places("1000000", 50_000)).expect("ASCII"));
    let garbled = SMALL_STOPS.replace("Lormes", "CorbignÃ©").into_bytes();
    vec![
        (with("depots.csv", depots), &[codes::TOO_MUCH]),
        (read(costly), &[codes::TOO_LARGE]),
        (with("stops.csv", garbled), &[codes::MOJIBAKE]),
        (with("places.xlsx", sheet_with_error()), &[codes::TWO_SOURCES]),
        (
            read(without_places().chain([("places.xlsx".to_owned(), sheet_with_error())])),
            &[codes::CELL_ERROR],
        ),
    ]
}

const SMALL_STOPS: &str = "id,name,lon,lat\nlormes,Lormes,3.82,47.29\n";

fn without_places() -> impl Iterator<Item = (String, Vec<u8>)> {
    let files = changed(&[Change::Remove("places.csv")]);
    files.into_iter().map(|(name, body)| (name, body.into_bytes()))
}

/// A workbook whose number of households is `#REF!`.
fn sheet_with_error() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let text =
        |cell: &str, words: &str| format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    let header = [text("A1", "id"), text("B1", "lon"), text("C1", "lat"), text("D1", "households")].concat();
    let row = [text("A2", "p1"), text("B2", "3.8"), text("C2", "47.28")].concat();
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{header}</row>\
         <row r=\"2\">{row}<c r=\"D2\" t=\"e\"><v>#REF!</v></c></row></sheetData></worksheet>"
    );
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>\
         <sheet name=\"places\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\">\
             <Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zip(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        ("_rels/.rels", &relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relation("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

#[test]
fn large_and_binary_inputs_are_told() {
    for (report, expected) in large() {
        let codes: Vec<Code> = report.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, expected);
    }
}

#[test]
fn every_code_is_provoked_and_documented() {
    let small = cases().flat_map(|case| read(changed(case.changes)).diagnostics);
    let large = large().into_iter().flat_map(|(report, _)| report.diagnostics);
    let provoked: BTreeSet<&str> = small.chain(large).map(|found| found.code.0).collect();
    let page = include_str!("../../../../docs/diagnostics.md");
    for code in codes::ALL {
        assert!(provoked.contains(code.0), "no bad input provokes {code}");
        assert!(page.contains(&format!("| {code} |")), "docs/diagnostics.md lacks {code}");
    }
}

#[test]
fn ten_megabytes_of_random_bytes_are_one_short_error() {
    // A linear congruential generator is random enough for this (Knuth, MMIX).
    let mut state = 1_u64;
    let bytes: Vec<u8> = (0..10 << 20)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .collect();
    for name in ["stops.csv", "scenario.toml", "places.xlsx", "aid_sites.ods"] {
        let others = changed(&[]).into_iter().map(|(name, body)| (name, body.into_bytes()));
        let others =
            others.filter(|(other, _)| other != name && !name.starts_with(other.trim_end_matches("csv")));
        let began = Instant::now();
        let report = read(others.chain([(name.to_owned(), bytes.clone())]));
        assert!(began.elapsed() < Duration::from_secs(10), "{name} took too long");
        let words = findings(&report, Lang::Fr);
        assert_eq!(report.diagnostics.len(), 1, "{words}");
        assert!(words.len() < 400 && words.starts_with(name), "{words}");
    }
}

#[test]
fn a_flood_of_errors_is_counted() {
    let rows = lines(5_000, |row| format!("p{row},3.8,47.28,ns\n"));
    let mut files = changed(&[]);
    files.insert("places.csv".into(), format!("id,lon,lat,households\n{rows}"));
    let report = read(files);
    assert_eq!(report.diagnostics.len(), 100);
    assert!(findings(&report, Lang::Fr).ends_with("(et 4900 autres cellules de cette colonne, de même)"));
}
