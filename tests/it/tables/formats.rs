//! One scenario saved in four ways is one dataset.

use tournee::diagnostics::{Lang, Location, Report};
use tournee::tables::{self, Dataset, Sources};

use crate::support::scenario::findings;
use crate::support::workbook::{Sheet, Value, ods, xlsx};

const SETTINGS: &str = "start = 2027-01-04\nweeks = 2\nuntil = 2027-02-28\n";

use Value::{Blank, Date, Number, Percent, Text, Time};

/// The tables with typed cells: English and French name, columns, rows.
fn sheets() -> Vec<Sheet> {
    vec![
        Sheet {
            names: ["depots", "dépôts"],
            columns: vec![["id", "Identifiant"], ["name", "Nom"], ["lon", "Longitude"], ["lat", "LATITUDE"]],
            rows: vec![vec![Text("nevers"), Text("Nevers, entrepôt n° 2"), Number(3.157), Number(46.9881)]],
        },
        Sheet {
            names: ["antennas", "antennes"],
            columns: vec![
                ["id", "id"],
                ["depot", "dépôt"],
                ["capacity", "Capacité (foyers)"],
                ["capacity_kg", "Charge utile (kg)"],
                ["shift_start", "début service"],
                ["shift_end", "fin_service"],
                ["break_minutes", "pause"],
                ["weight_t", "Poids (t)"],
            ],
            rows: vec![vec![
                Text("bus"),
                Text("nevers"),
                Number(60.0),
                Number(1250.5),
                Time(8, 30),
                Time(17, 0),
                Number(45.0),
                Number(3.5),
            ]],
        },
        Sheet {
            names: ["stops", "arrêts"],
            columns: vec![
                ["id", "id"],
                ["name", "Nom"],
                ["lon", "lon"],
                ["lat", "lat"],
                ["households", "Foyers"],
                ["kg_per_household", "kg par foyer"],
                ["opens", "Horaires"],
            ],
            rows: vec![
                vec![
                    Text("lormes"),
                    Text("Lormes, « place »"),
                    Number(3.8253),
                    Number(47.28915),
                    Number(22.0),
                    Number(11.5),
                    Text("Mo,We 09:00-12:00"),
                ],
                vec![
                    Number(12.0),
                    Text("Brassy"),
                    Number(3.93389),
                    Number(47.26386),
                    Number(8.0),
                    Blank,
                    Blank,
                ],
            ],
        },
        Sheet {
            names: ["places", "lieux"],
            columns: vec![
                ["id", "id"],
                ["lon", "lon"],
                ["lat", "lat"],
                ["households", "besoin"],
                ["carless_share", "part sans voiture"],
                ["population", "Habitants"],
            ],
            rows: vec![
                vec![
                    Text("p1"),
                    Number(3.72483),
                    Number(47.30864),
                    Number(2.6),
                    Percent(0.15),
                    Number(1173.0),
                ],
                vec![Text("p2"), Number(3.79422), Number(47.36882), Number(2.4), Percent(0.4), Blank],
            ],
        },
        Sheet {
            names: ["closures", "fermetures"],
            columns: vec![["date", "Date"], ["stop", "Arrêt"], ["reason", "Motif"]],
            rows: vec![vec![Date(2027, 1, 13), Text("lormes"), Text("Salle occupée")]],
        },
    ]
}

/// The dataset without the places where its rows stood.
fn bare(report: Report<Dataset>) -> String {
    let words = findings(&report, Lang::En);
    assert_eq!(words, "");
    let mut dataset = report.value.expect("there are no errors");
    let nowhere = Location::default;
    dataset.depots.iter_mut().for_each(|row| row.row = nowhere());
    dataset.antennas.iter_mut().for_each(|row| row.row = nowhere());
    dataset.stops.iter_mut().for_each(|row| row.row = nowhere());
    dataset.places.iter_mut().for_each(|row| row.row = nowhere());
    dataset.closures.iter_mut().for_each(|row| row.row = nowhere());
    format!("{dataset:#?}")
}

fn read(files: Vec<(String, Vec<u8>)>) -> Report<Dataset> {
    let settings = ("scenario.toml".to_owned(), SETTINGS.as_bytes().to_vec());
    tables::read(&Sources::from_texts(files.into_iter().chain([settings])))
}

fn plain_csv() -> Report<Dataset> {
    read(sheets().iter().map(|sheet| (format!("{}.csv", sheet.names[0]), sheet.csv().into_bytes())).collect())
}

/// As a French spreadsheet saves: `;`, decimal commas, `9h30`, day first, French headers and file names.
fn french_csv(encode: impl Fn(&str) -> Vec<u8>) -> Report<Dataset> {
    read(
        sheets()
            .iter()
            .map(|sheet| (format!("{}.csv", sheet.names[1]), encode(&sheet.french_csv())))
            .collect(),
    )
}

fn windows_1252(words: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(words).0.into_owned()
}

fn utf16(words: &str, to_bytes: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter().chain(words.encode_utf16()).flat_map(to_bytes).collect()
}

#[test]
fn french_spreadsheets_read_as_plain_csv() {
    let plain = bare(plain_csv());
    assert_eq!(bare(french_csv(windows_1252)), plain);
    assert_eq!(bare(french_csv(|words| words.as_bytes().to_vec())), plain);
    assert_eq!(bare(french_csv(|words| utf16(words, u16::to_le_bytes, true))), plain);
    assert_eq!(bare(french_csv(|words| utf16(words, u16::to_be_bytes, true))), plain);
    assert_eq!(bare(french_csv(|words| utf16(words, u16::to_le_bytes, false))), plain);
}

#[test]
fn workbooks_read_as_plain_csv() {
    let plain = bare(plain_csv());
    let each = |write: fn(&[Sheet]) -> Vec<u8>, ending: &str| {
        let files = sheets().into_iter().map(|sheet| {
            let name = format!("{}.{ending}", sheet.names[0]);
            (name, write(&[sheet]))
        });
        bare(read(files.collect()))
    };
    assert_eq!(each(xlsx, "xlsx"), plain);
    assert_eq!(each(ods, "ods"), plain);
    assert_eq!(bare(read(vec![("scenario.xlsx".to_owned(), xlsx(&sheets()))])), plain);
    assert_eq!(bare(read(vec![("scenario.ods".to_owned(), ods(&sheets()))])), plain);
}

#[test]
fn a_finding_in_a_workbook_names_its_sheet_and_row() {
    let mut tables = sheets();
    tables[2].rows[1][4] = Text("ns");
    let report = read(vec![("scenario.xlsx".to_owned(), xlsx(&tables))]);
    assert_eq!(
        findings(&report, Lang::Fr),
        "scenario.xlsx, feuille arrêts, ligne 3, colonne « Foyers » : attendu un nombre entier de 0 à 100000 (foyers), \
         trouvé « ns » [T017]\n  aide : donnez une estimation ; 0 s'il n'y a personne"
    );
}

#[test]
fn a_table_in_a_file_and_on_a_sheet_is_refused() {
    let stops = ("stops.csv".to_owned(), sheets()[2].csv().into_bytes());
    let report = read(vec![("scenario.xlsx".to_owned(), xlsx(&sheets())), stops]);
    let expected =
        "stops.csv: expected one file for this table, found scenario.xlsx (arrêts), stops.csv [T003]";
    assert!(findings(&report, Lang::En).contains(expected));
}

#[test]
fn a_sheet_with_one_cell_in_its_last_corner_is_read_quickly() {
    let mut tables = sheets();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("stops").expect("a short name");
    sheet.write(0, 0, "id").expect("in bounds");
    sheet.write(1_048_575, 16_383, "x").expect("in bounds");
    let bytes = book.save_to_buffer().expect("a workbook in memory");
    let files = tables.drain(..).map(|sheet| (format!("{}.csv", sheet.names[0]), sheet.csv().into_bytes()));
    let files = files.filter(|(name, _)| name != "stops.csv").chain([("stops.xlsx".to_owned(), bytes)]);
    assert!(read(files.collect()).value.is_none());
}
