//! A table of points for `matrix` and `isochrone`: `id,lon,lat`, every mistake told at once.

use std::path::Path;

use csv::ReaderBuilder;
use geo::Point;
use rustc_hash::FxHashMap;
use tournee::diagnostics::{Code, Diagnostic, Location, Text};
use tournee::{tables, text};

use super::failure::Failure;

const NO_COLUMN: Code = Code("M001");
const NOT_A_COORDINATE: Code = Code("M002");
const OFF_THE_EARTH: Code = Code("M003");
const NO_ID: Code = Code("M004");
const SAME_ID: Code = Code("M005");
const NO_POINT: Code = Code("M006");
const TOO_MANY: Code = Code("M007");
const NOT_TEXT: Code = Code("M008");

/// Most points of one file: a matrix of all pairs has ten thousand million cells then.
const POINTS_MAX: usize = 100_000;

/// A named point and where it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedPoint {
    /// As typed, without spaces around.
    pub id: String,
    /// WGS84.
    pub at: Point,
    /// Its row.
    pub row: Location,
}

/// Reads a table of points, or says everything that is wrong with it.
pub fn read(path: &Path) -> Result<Vec<NamedPoint>, Failure> {
    let bytes = fs_err::read(path)?;
    parse(&path.display().to_string(), &bytes).map_err(Failure::input)
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<NamedPoint>, Vec<Diagnostic>> {
    let whole = Location::file(file);
    let Some(words) = tables::words(bytes) else { return Err(vec![not_text(whole)]) };
    let separator = separator(words.lines().next().unwrap_or_default());
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(words.as_bytes());
    let headers = reader.headers().cloned().map_err(|_| vec![not_text(whole.clone())])?;
    let column = |names: &[&str]| headers.iter().position(|header| names.contains(&simple(header).as_str()));
    let wanted = [
        ("id", column(&["id"])),
        ("lon", column(&["lon", "longitude"])),
        ("lat", column(&["lat", "latitude"])),
    ];
    let [(_, Some(id)), (_, Some(lon)), (_, Some(lat))] = wanted else {
        let missing = wanted.iter().filter(|(_, column)| column.is_none());
        return Err(missing.map(|(name, _)| no_column(&whole, name, &headers)).collect());
    };

    let mut table = Table { points: Vec::new(), rows: FxHashMap::default(), findings: Vec::new() };
    for record in reader.records() {
        let Ok(record) = record else { return Err(vec![not_text(whole)]) };
        let row = Location { row: record.position().map(|at| at.line() as u32), ..whole.clone() };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        table.add(row, cell(id), cell(lon), cell(lat));
        if table.points.len() > POINTS_MAX {
            table.findings.push(too_many(&whole));
            break;
        }
    }
    if table.points.is_empty() && table.findings.is_empty() {
        table.findings.push(no_point(whole));
    }
    if table.findings.is_empty() { Ok(table.points) } else { Err(table.findings) }
}

/// The header's separator: the one it has most of.
fn separator(header: &str) -> u8 {
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    [b'\t', b'|', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

fn simple(header: &str) -> String {
    header.trim().to_lowercase()
}

/// What was read so far.
struct Table {
    points: Vec<NamedPoint>,
    /// Row of each id.
    rows: FxHashMap<String, u32>,
    findings: Vec<Diagnostic>,
}

impl Table {
    fn add(&mut self, row: Location, id: &str, lon: &str, lat: &str) {
        if id.is_empty() {
            self.findings.push(no_id(&row));
        } else if let Some(earlier) = self.rows.insert(id.to_owned(), row.row.unwrap_or_default()) {
            self.findings.push(same_id(&row, id, earlier));
        }
        let lon = self.coordinate(&row, "lon", lon, 180.0);
        let lat = self.coordinate(&row, "lat", lat, 90.0);
        if let (Some(lon), Some(lat)) = (lon, lat) {
            self.points.push(NamedPoint { id: id.to_owned(), at: Point::new(lon, lat), row });
        }
    }

    fn coordinate(&mut self, row: &Location, column: &str, typed: &str, most: f64) -> Option<f64> {
        let at = row.at_column(column);
        match typed.replace(',', ".").parse::<f64>() {
            Ok(degrees) if degrees.abs() <= most => return Some(degrees),
            Ok(degrees) if degrees.is_finite() => self.findings.push(off_the_earth(at, typed, most)),
            _ => self.findings.push(not_a_coordinate(at, typed)),
        }
        None
    }
}

fn not_text(at: Location) -> Diagnostic {
    Diagnostic::error(
        NOT_TEXT,
        at,
        text!("un fichier CSV", "a CSV file"),
        text!("un fichier d’une autre nature", "a file of another kind"),
        text!("enregistrez la table en « CSV UTF-8 »", "save the table as \"CSV UTF-8\""),
    )
}

fn no_column(at: &Location, name: &str, headers: &csv::StringRecord) -> Diagnostic {
    let found: Vec<&str> = headers.iter().collect();
    let found = found.join(", ");
    Diagnostic::error(
        NO_COLUMN,
        at.clone(),
        text!("une colonne « {name} »", "a column `{name}`"),
        text!("les colonnes « {found} »", "columns `{found}`"),
        text!("la première ligne doit être `id,lon,lat`", "the first line must be `id,lon,lat`"),
    )
}

fn not_a_coordinate(at: Location, typed: &str) -> Diagnostic {
    Diagnostic::error(
        NOT_A_COORDINATE,
        at,
        text!("des degrés décimaux, tels que 3.1594", "decimal degrees, such as 3.1594"),
        if typed.is_empty() {
            text!("une case vide", "an empty cell")
        } else {
            Text::same(format!("`{typed}`"))
        },
        text!("corrigez la case", "correct the cell"),
    )
}

fn off_the_earth(at: Location, typed: &str, most: f64) -> Diagnostic {
    Diagnostic::error(
        OFF_THE_EARTH,
        at,
        text!("des degrés entre -{most} et {most}", "degrees between -{most} and {most}"),
        Text::same(format!("`{typed}`")),
        text!(
            "donnez longitude puis latitude en WGS84 ; des mètres (Lambert-93) sont à convertir d’abord",
            "give longitude then latitude in WGS84; metres (Lambert-93) must be converted first"
        ),
    )
}

fn no_id(row: &Location) -> Diagnostic {
    Diagnostic::error(
        NO_ID,
        row.at_column("id"),
        text!("un identifiant", "an id"),
        text!("une case vide", "an empty cell"),
        text!("donnez à chaque point un nom court", "give every point a short name"),
    )
}

fn same_id(row: &Location, id: &str, earlier: u32) -> Diagnostic {
    Diagnostic::error(
        SAME_ID,
        row.at_column("id"),
        text!("un identifiant différent pour chaque point", "another id for every point"),
        text!("`{id}`, déjà à la ligne {earlier}", "`{id}`, already in row {earlier}"),
        text!("renommez l’un des deux", "rename one of the two"),
    )
}

/// A table without rows.
pub fn no_point(at: Location) -> Diagnostic {
    Diagnostic::error(
        NO_POINT,
        at,
        text!("au moins un point", "at least one point"),
        text!("une table vide", "an empty table"),
        text!("ajoutez des lignes `id,lon,lat`", "add rows `id,lon,lat`"),
    )
}

fn too_many(at: &Location) -> Diagnostic {
    Diagnostic::error(
        TOO_MANY,
        at.clone(),
        text!("au plus {POINTS_MAX} points", "at most {POINTS_MAX} points"),
        text!("davantage de lignes", "more rows"),
        text!("partagez la table en plusieurs", "split the table into several"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(table: &str) -> Vec<(&'static str, Option<u32>)> {
        let findings = parse("points.csv", table.as_bytes()).expect_err("a table with mistakes");
        findings.iter().map(|finding| (finding.code.0, finding.at.row)).collect()
    }

    #[test]
    fn a_french_spreadsheet_is_read_like_a_plain_one() {
        let plain = parse("points.csv", b"id,lon,lat\nLormes,3.818,47.291\n").expect("sound");
        let french = "\u{feff}ID;Longitude;Latitude\nLormes;3,818;47,291\n;;\n";
        let found = parse("points.csv", french.as_bytes()).expect("sound");
        assert_eq!(plain[0].at, Point::new(3.818, 47.291));
        assert_eq!(found, plain);
    }

    #[test]
    fn accents_are_read_in_the_encodings_of_spreadsheets() {
        let plain = parse("points.csv", "id,lon,lat\nAzé,3.818,47.291\n".as_bytes()).expect("sound");
        let latin = parse("points.csv", b"id,lon,lat\nAz\xe9,3.818,47.291\n").expect("sound");
        let wide: Vec<u8> =
            "\u{feff}id,lon,lat\nAzé,3.818,47.291\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!((&plain[0].id[..], &latin), ("Azé", &plain));
        assert_eq!(parse("points.csv", &wide).expect("sound"), plain);
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let table = "id,lon,lat\nA,3.1,47\nA,3.2,x\n,3.1,47\nB,652000,6860000\n";
        assert_eq!(
            codes(table),
            [("M005", Some(3)), ("M002", Some(3)), ("M004", Some(4)), ("M003", Some(5)), ("M003", Some(5))]
        );
    }

    #[test]
    fn a_table_without_the_columns_or_without_rows_is_refused() {
        assert_eq!(codes("name,x,y\nA,1,2\n"), [("M001", None); 3]);
        assert_eq!(codes("id,lon,lat\n\n"), [("M006", None)]);
        assert_eq!(codes(""), [("M001", None); 3]);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let findings = parse("points.csv", &[0xff, 0xfe, 0, 1, 2]).expect_err("no text");
        assert_eq!(findings[0].code, NOT_TEXT);
    }
}
