//! What somebody typed is harmless in every file, whatever the format.

use std::io::{Cursor, Read};

use calamine::Reader as _;
use fs_err as fs;

use crate::support::program::{TABLES, Village, snapshot};

/// Names with a formula, markup, quotes, separators, a line that would end a calendar, and right-to-left text.
const NAMES: [&str; 4] = [
    "\"=cmd|' /C calc'!A0\"",
    "\"<script>alert(1)</script><img src=x onerror=alert(1)>\"",
    "\"L'Étape; \"\"chez\"\" A, B & Cie\\nEND:VCALENDAR ]]>\"",
    "قرية \u{202e}القمر",
];

fn hostile() -> Village {
    let table = |name: &str| TABLES.iter().find(|(file, _)| *file == name).expect("a table").1.to_owned();
    let mut stops = table("stops.csv");
    for (village, name) in ["S1,Bourg,Bourg", "S2,Clos,Clos", "S3,Dam,Dam", "S4,Est,Est"].iter().zip(NAMES) {
        let id = &village[..2];
        assert!(stops.contains(village));
        stops = stops.replace(village, &format!("{id},{name},{name}"));
    }
    let antennas = table("antennas.csv").replace("A,Antenne A", "A,\"=1+1</bdi><b>\"");
    let depots = table("depots.csv").replace("Dépôt", "+33 <i>dépôt</i>");
    let mut scenario = table("scenario.toml").replace("Vallée d'essai", "=SUM(1) <script>1</script>");
    scenario += "\n[organisation]\nname = \"@aide <svg onload=x>\"\nphone = \"+33 3 86\"\nwebsite = \"javascript:alert(1)\"\n\
                 notice = \"</style></script><script>2</script>\"\n";
    Village::with(&[
        ("stops.csv", &stops),
        ("antennas.csv", &antennas),
        ("depots.csv", &depots),
        ("scenario.toml", &scenario),
    ])
}

#[test]
fn nothing_typed_becomes_markup_a_formula_or_a_line_of_any_format() {
    let village = hostile();
    for lang in ["fr", "en"] {
        let run = village.plan(&["--lang", lang]);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        let mut kinds = std::collections::BTreeSet::new();
        for (name, bytes) in snapshot(&village.out()) {
            kinds.insert(check(&name, &bytes));
        }
        assert_eq!(
            kinds.into_iter().collect::<Vec<_>>(),
            ["csv", "html", "ics", "json", "xlsx", "xml", "zip"]
        );
    }
}

/// The kind of file that was checked.
fn check(name: &str, bytes: &[u8]) -> &'static str {
    let text = || std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    match name.rsplit('.').next().expect("an extension") {
        "html" => {
            no_markup(name, text());
            "html"
        }
        "gpx" => {
            let xml = roxmltree::Document::parse(text()).expect("XML");
            let known = ["gpx", "metadata", "name", "desc", "wpt", "sym", "trk", "trkseg", "trkpt"];
            for node in xml.descendants().filter(roxmltree::Node::is_element) {
                assert!(known.contains(&node.tag_name().name()), "{name}: {node:?}");
            }
            "xml"
        }
        "ics" => {
            let unfolded = text().replace("\r\n ", "");
            for line in unfolded.split_terminator("\r\n") {
                assert!(!line.contains(['\n', '\r']), "{name}: {line}");
                let key = line.split([':', ';']).next().expect("a name");
                assert!(
                    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-'),
                    "{name}: {line}"
                );
            }
            assert_eq!(unfolded.matches("\r\nEND:VCALENDAR\r\n").count(), 1, "{name}");
            assert!(!unfolded.contains("URL:"), "{name}: no such page is linked");
            "ics"
        }
        "csv" => {
            no_formula(name, bytes, if text().starts_with('\u{feff}') { b';' } else { b',' });
            "csv"
        }
        "zip" => {
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
            for index in 0..archive.len() {
                let mut file = archive.by_index(index).expect("a table");
                let mut table = Vec::new();
                file.read_to_end(&mut table).expect("readable");
                let name = file.name().expect("plain").into_owned();
                no_formula(&name, &table, b',');
            }
            "zip"
        }
        "xlsx" => {
            let mut workbook = calamine::Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            for sheet in workbook.sheet_names() {
                let formulas = workbook.worksheet_formula(&sheet).expect("readable");
                assert_eq!(formulas.used_cells().next(), None, "{name}, {sheet}: we write none");
            }
            "xlsx"
        }
        "json" | "geojson" => {
            serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON");
            "json"
        }
        // The list of our files; what others add is checked by them.
        _ => {
            assert!(["tournee", "qml"].contains(&name.rsplit('.').next().expect("an extension")), "{name}");
            "json"
        }
    }
}

/// Only the elements and attributes of our pages.
fn no_markup(name: &str, page: &str) {
    for bad in
        ["<script>alert", "<script>1", "<script>2", "<img", "onerror=alert(1)>", "<svg onload", "<b>", "<i>"]
    {
        assert!(!page.contains(bad), "{name} holds {bad}");
    }
    assert!(!page.contains("href=\"javascript:"), "{name}");
}

/// No cell that a spreadsheet would work out.
fn no_formula(name: &str, bytes: &[u8], separator: u8) {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(bytes);
    for row in reader.records() {
        for cell in &row.unwrap_or_else(|error| panic!("{name}: {error}")) {
            let is_number = cell.parse::<f64>().is_ok();
            let is_telephone = cell == "+33 3 86"; // digits alone
            assert!(is_number || is_telephone || !cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
        }
    }
}

#[test]
fn public_files_tell_no_households() {
    let village = Village::new();
    assert_eq!(village.plan(&["--formats", "ics,posters,gtfs,gpx"]).code, Some(0));
    for (name, bytes) in snapshot(&village.out()) {
        if name.rsplit('.').next().is_some_and(|kind| ["ics", "html", "gpx"].contains(&kind)) {
            let text = String::from_utf8(bytes).expect("text");
            assert!(!text.contains("foyer") && !text.contains("Neige"), "{name}");
        }
    }
    let sheet = fs::read_to_string(village.out().join("plan.json")).expect("written");
    assert!(sheet.contains("Neige"), "the reason of a closure is for the team");
}
