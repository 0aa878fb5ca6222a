//! Positions: degrees, or Lambert-93 metres; swapped and misplaced ones are recognised.

use geo::Point;

use crate::diagnostics::{Text, quoted};
use crate::tables::expected::expected;
use crate::tables::findings::{Findings, Read, Reported, codes, nothing};
use crate::tables::parse::number::LoneComma;
use crate::tables::parse::{cell_id, laea, lambert93};
use crate::tables::schema::Kind;
use crate::tables::table::Row;
use crate::text;

/// Metropolitan France with Corsica, in degrees: west, south, east, north.
const FRANCE: [f64; 4] = [-5.5, 41.0, 10.0, 51.5];

/// Where two positions of one row may differ, in degrees (about half a kilometre).
const AGREEMENT: f64 = 0.005;

/// Whether swapped coordinates are recognised: only where the scenario is in France.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Territory {
    /// Swapped coordinates are those which lie in France when swapped.
    France,
    /// Anywhere else.
    Elsewhere,
}

impl Territory {
    /// By the scenario's time zone.
    pub fn of(timezone: &str) -> Self {
        if timezone == "Europe/Paris" { Self::France } else { Self::Elsewhere }
    }
}

/// The position of a row, from `lon` and `lat`, else from `x` and `y`, else from the grid cell that its id names.
pub(crate) fn position(
    row: Row<'_>,
    territory: Territory,
    findings: &mut Findings,
) -> Result<Point, Reported> {
    let degrees = degrees(row, territory, findings);
    let metres = metres(row, findings);
    match (degrees?, metres?) {
        (Some(degrees), Some(metres)) => agree(row, degrees, metres, findings),
        (Some(point), None) => Ok(point),
        (None, Some(point)) => {
            note_conversion(row, point, findings);
            Ok(point)
        }
        (None, None) => of_cell(row, findings),
    }
}

/// The middle of the grid cell that the id names.
fn of_cell(row: Row<'_>, findings: &mut Findings) -> Result<Point, Reported> {
    let id = row.cell("id").map_or("", |cell| cell.text.as_str());
    match cell_id::centre(id) {
        Some(point) => Ok(point),
        None if row.table().is_grid() => Err(report_no_cell(row, findings)),
        None => Err(report_missing(row, findings)),
    }
}

fn degrees(row: Row<'_>, territory: Territory, findings: &mut Findings) -> Read<Point> {
    let pair = pair(row, ["lon", "lat"], findings)?;
    let Some([longitude, latitude]) = pair else { return Ok(None) };
    if longitude == 0.0 && latitude == 0.0 {
        return Err(report_null_island(row, findings));
    }
    let is_degrees = longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
    if !is_degrees && lambert93::is_in_use(longitude, latitude) {
        return Err(report_projected(row, findings));
    }
    if !is_degrees && laea::is_in_use(longitude, latitude) {
        let expected = text!("des degrés, longitude puis latitude", "degrees, longitude and latitude");
        let found = typed_pair(row, ["lon", "lat"]);
        return Err(findings.error(
            codes::PROJECTED,
            row.at_column("lon"),
            expected,
            found,
            looks_like_laea(),
        ));
    }
    let is_swapped = territory == Territory::France
        && !is_in_france(longitude, latitude)
        && is_in_france(latitude, longitude);
    if is_swapped {
        return Err(report_swapped(row, findings));
    }
    if is_degrees {
        return Ok(Some(Point::new(longitude, latitude)));
    }
    let (column, kind) =
        if longitude.abs() > 180.0 { ("lon", Kind::Longitude) } else { ("lat", Kind::Latitude) };
    let help = text!(
        "vérifiez la virgule et l'ordre des colonnes",
        "check the decimal mark and the order of the columns"
    );
    Err(findings.error(codes::OUT_OF_RANGE, row.at_column(column), expected(&kind), typed(row, column), help))
}

fn metres(row: Row<'_>, findings: &mut Findings) -> Read<Point> {
    let Some([east, north]) = pair(row, ["x", "y"], findings)? else { return Ok(None) };
    if lambert93::is_in_use(east, north) {
        return Ok(Some(lambert93::to_wgs84(east, north)));
    }
    let column = if (0.0..=1_300_000.0).contains(&east) { "y" } else { "x" };
    let kind = row.table().column(column).kind;
    Err(findings.error(
        codes::PROJECTED,
        row.at_column(column),
        expected(&kind),
        typed(row, column),
        not_lambert(east, north),
    ))
}

/// What metres outside Lambert-93 may be.
fn not_lambert(east: f64, north: f64) -> Text {
    if east.abs() <= 180.0 && north.abs() <= 90.0 {
        text!(
            "ce sont des degrés : nommez ces colonnes lon et lat",
            "these are degrees: name the columns lon and lat"
        )
    } else if lambert93::is_in_use(north, east) {
        text!("x et y semblent échangés", "x and y look swapped")
    } else if laea::is_in_use(east, north) {
        looks_like_laea()
    } else if (1_600_000.0..2_800_000.0).contains(&north) {
        text!(
            "cela ressemble à du Lambert II étendu : convertissez en Lambert-93 ou en degrés",
            "this looks like Lambert II étendu: convert to Lambert-93 or to degrees"
        )
    } else {
        text!(
            "donnez du Lambert-93 (EPSG:2154), ou des degrés dans lon et lat",
            "give Lambert-93 (EPSG:2154), or degrees in lon and lat"
        )
    }
}

fn looks_like_laea() -> Text {
    text!(
        "cela ressemble à de l'ETRS89-LAEA (EPSG:3035) : donnez l'identifiant du carreau, ou convertissez en degrés",
        "this looks like ETRS89-LAEA (EPSG:3035): give the id of the grid cell, or convert to degrees"
    )
}

fn report_no_cell(row: Row<'_>, findings: &mut Findings) -> Reported {
    findings.error(
        codes::POSITION,
        row.at_column("id"),
        text!(
            "un carreau comme `CRS3035RES200mN2671400E3802600`",
            "a grid cell such as `CRS3035RES200mN2671400E3802600`"
        ),
        typed(row, "id"),
        text!(
            "gardez l'identifiant de l'INSEE (EPSG:3035 ou 2154), ou donnez lon et lat",
            "keep INSEE's id (EPSG:3035 or 2154), or give lon and lat"
        ),
    )
}

/// Both numbers, or neither where the columns are absent or both cells blank.
fn pair(row: Row<'_>, columns: [&str; 2], findings: &mut Findings) -> Read<[f64; 2]> {
    let filled = columns.map(|column| row.cell(column).is_some());
    match filled {
        [false, false] => Ok(None),
        [true, true] => {
            let [first, second] = columns.map(|column| row.coordinate(column, findings));
            Ok(Some([first?, second?]))
        }
        [is_first, _] => {
            let missing = columns[usize::from(is_first)];
            let table = row.table();
            // A column that is missing altogether was reported once, with the header, where no other pair is there.
            let has_metres = table.has("x") && table.has("y");
            if !table.has(missing) && columns[0] == "lon" && !has_metres {
                return Err(Reported);
            }
            let kind = row.table().column(missing).kind;
            let help = text!("donnez les deux coordonnées", "give both coordinates");
            Err(findings.error(codes::POSITION, row.at_column(missing), expected(&kind), nothing(), help))
        }
    }
}

impl Row<'_> {
    /// A coordinate without bounds; a degree sign may follow.
    fn coordinate(self, column: &str, findings: &mut Findings) -> Result<f64, Reported> {
        self.number(column, LoneComma::Decimal, findings).and_then(|value| value.ok_or(Reported))
    }
}

fn is_in_france(longitude: f64, latitude: f64) -> bool {
    let [west, south, east, north] = FRANCE;
    (west..=east).contains(&longitude) && (south..=north).contains(&latitude)
}

fn typed(row: Row<'_>, column: &str) -> Text {
    row.cell(column).map_or_else(nothing, |cell| quoted(&cell.text))
}

fn typed_pair(row: Row<'_>, [first, second]: [&str; 2]) -> Text {
    let (first, second) = (typed(row, first), typed(row, second));
    Text { fr: format!("{} et {}", first.fr, second.fr), en: format!("{} and {}", first.en, second.en) }
}

fn report_null_island(row: Row<'_>, findings: &mut Findings) -> Reported {
    findings.error(
        codes::POSITION,
        row.at_column("lon"),
        text!("une position", "a position"),
        text!("0 et 0, en mer au large de l'Afrique", "0 and 0, at sea off Africa"),
        text!(
            "laissez vide ce qui n'est pas connu, puis cherchez la position",
            "leave blank what isn't known, then look the position up"
        ),
    )
}

fn report_projected(row: Row<'_>, findings: &mut Findings) -> Reported {
    findings.error(
        codes::PROJECTED,
        row.at_column("lon"),
        text!("des degrés, longitude puis latitude", "degrees, longitude and latitude"),
        typed_pair(row, ["lon", "lat"]),
        text!(
            "ce sont des mètres Lambert-93 : nommez ces colonnes x et y",
            "these are Lambert-93 metres: name the columns x and y"
        ),
    )
}

fn report_swapped(row: Row<'_>, findings: &mut Findings) -> Reported {
    findings.error(
        codes::SWAPPED,
        row.at_column("lon"),
        text!("une longitude puis une latitude en France", "a longitude, then a latitude, in France"),
        typed_pair(row, ["lon", "lat"]),
        text!(
            "échangez-les : les colonnes lon et lat sont inversées",
            "swap them: the lon and lat columns are the wrong way round"
        ),
    )
}

fn report_missing(row: Row<'_>, findings: &mut Findings) -> Reported {
    let table = row.table();
    let has_pair = |columns: [&str; 2]| columns.iter().all(|column| table.has(column));
    // Columns that are missing altogether were reported once, with the header.
    if !has_pair(["lon", "lat"]) && !has_pair(["x", "y"]) {
        return Reported;
    }
    let column = if has_pair(["lon", "lat"]) { "lon" } else { "x" };
    findings.error(
        codes::EMPTY_CELL,
        row.at_column(column),
        text!("une position", "a position"),
        nothing(),
        text!(
            "donnez la longitude et la latitude, ou x et y en Lambert-93",
            "give longitude and latitude, or x and y in Lambert-93"
        ),
    )
}

fn agree(row: Row<'_>, degrees: Point, metres: Point, findings: &mut Findings) -> Result<Point, Reported> {
    let is_same =
        (degrees.x() - metres.x()).abs() <= AGREEMENT && (degrees.y() - metres.y()).abs() <= AGREEMENT;
    if is_same {
        return Ok(degrees);
    }
    let (longitude, latitude) = (metres.x(), metres.y());
    Err(findings.error(
        codes::POSITION,
        row.at_column("lon"),
        text!(
            "la même position en degrés et en Lambert-93, {longitude} {latitude}",
            "the same position in degrees and in Lambert-93, {longitude} {latitude}"
        ),
        typed_pair(row, ["lon", "lat"]),
        text!("corrigez l'une, ou videz-la", "mend one of them, or leave it blank"),
    ))
}

fn note_conversion(row: Row<'_>, point: Point, findings: &mut Findings) {
    let text_of = |column| row.cell(column).map_or("", |cell| cell.text.as_str());
    let old = format!("{} {}", text_of("x"), text_of("y"));
    let new = format!("{} {}", point.x(), point.y());
    findings.repair(
        row.at_column("x"),
        &old,
        &new,
        text!("Lambert-93 converti en degrés", "Lambert-93 converted to degrees"),
    );
}
