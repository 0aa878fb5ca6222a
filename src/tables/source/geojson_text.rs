//! GeoJSON of points or polygons into a grid: a row a feature, a column a property, and where it is in `lon` and `lat`.

use geo::{InteriorPoint, Point, Validation};
use geojson::{Feature, FeatureCollection, GeoJson};
use serde_json::Value;

use super::{Cell, CellKind, Grid, GridRow};
use crate::diagnostics::{Location, Text, quoted};
use crate::tables::findings::{Findings, codes};
use crate::tables::parse::{laea, lambert93};
use crate::tables::schema::TableSchema;
use crate::text;

/// Systems of coordinates that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Degrees,
    Lambert93,
    Laea,
}

/// Properties of a feature beyond this are not kept.
const COLUMN_LIMIT: usize = 500;

/// The features as rows, numbered from 1. Properties that are no column of `table` become notes, which nothing reads: GIS
/// layers carry many. A feature without id has its number as one.
pub(super) fn grid(
    name: &str,
    bytes: &[u8],
    table: &'static TableSchema,
    findings: &mut Findings,
) -> Option<Grid> {
    let (collection, system) = collection(name, bytes, findings)?;
    rows(name, &collection, system, table, findings)
}

/// The same of features that are read.
pub(super) fn rows(
    name: &str,
    collection: &FeatureCollection,
    system: System,
    table: &'static TableSchema,
    findings: &mut Findings,
) -> Option<Grid> {
    let headers = headers(collection, table);
    let is_own_id = headers.iter().any(|header| table.header_index(header) == table.column_index("id"));
    let mut shown: Vec<Cell> = headers.iter().map(|header| header_cell(header, table)).collect();
    let added = if is_own_id { &["lon", "lat"][..] } else { &["lon", "lat", "id"] };
    shown.extend(added.iter().map(|name| Cell::text(name)));
    let mut rows = vec![GridRow { number: 0, cells: shown }];
    for (number, feature) in (1_u32..).zip(&collection.features).take(table.row_limit + 1) {
        let at = Location { row: Some(number), ..Location::file(name) };
        let Some(position) = position(feature, system, at, findings) else { continue };
        let value = |header: &String| feature.property(header).map_or_else(|| Cell::text(""), cell);
        let mut cells: Vec<Cell> = headers.iter().map(value).collect();
        cells.extend([position.x(), position.y()].map(|degrees| number_cell(degrees.to_string())));
        if !is_own_id {
            cells.push(own_id(feature, number));
        }
        rows.push(GridRow { number, cells });
    }
    // A finding was made for each feature: an empty table would be one more.
    let is_lost = rows.len() == 1 && !collection.features.is_empty();
    (!is_lost).then(|| Grid { file: name.into(), sheet: None, rows })
}

/// A feature collection and its system of coordinates.
pub(super) fn collection(
    name: &str,
    bytes: &[u8],
    findings: &mut Findings,
) -> Option<(FeatureCollection, System)> {
    let words = super::decode(name, bytes, findings)?;
    let collection = match words.parse::<GeoJson>() {
        Ok(GeoJson::FeatureCollection(collection)) => collection,
        Ok(other) => {
            let found = match other {
                GeoJson::Feature(_) => text!("un seul élément", "a single feature"),
                _ => text!("une géométrie seule", "a bare geometry"),
            };
            return report(name, found, findings);
        }
        Err(_) => return report(name, text!("autre chose", "something else"), findings),
    };
    let system = system(name, &collection, findings)?;
    Some((collection, system))
}

fn report(name: &str, found: Text, findings: &mut Findings) -> Option<(FeatureCollection, System)> {
    findings.error(
        codes::NOT_GEOJSON,
        Location::file(name),
        text!("une collection d'éléments GeoJSON", "a GeoJSON feature collection"),
        found,
        text!(
            "exportez la couche de votre SIG en GeoJSON, EPSG:4326",
            "export the layer from your GIS as GeoJSON, EPSG:4326"
        ),
    );
    None
}

/// The system that a `crs` member names, as GIS programs write it; RFC 7946 has degrees only.
fn system(name: &str, collection: &FeatureCollection, findings: &mut Findings) -> Option<System> {
    let named = collection.foreign_members.as_ref().and_then(|members| members.get("crs"));
    let Some(crs) = named.filter(|crs| !crs.is_null()) else { return Some(System::Degrees) };
    let typed = crs.pointer("/properties/name").and_then(Value::as_str).unwrap_or_default();
    match typed.rsplit(':').next().unwrap_or_default() {
        "CRS84" | "4326" | "4171" | "4258" => Some(System::Degrees),
        "2154" => Some(System::Lambert93),
        "3035" => Some(System::Laea),
        _ => {
            findings.error(
                codes::PROJECTED,
                Location::file(name).at_column("crs"),
                text!("EPSG:4326, 2154 ou 3035", "EPSG:4326, 2154 or 3035"),
                quoted(typed),
                text!("exportez la couche en EPSG:4326", "export the layer in EPSG:4326"),
            );
            None
        }
    }
}

/// Names of all properties, in the order they come first; positions are those of the geometry. Of two that mean one
/// column, the first.
fn headers(collection: &FeatureCollection, table: &TableSchema) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for key in
        collection.features.iter().filter_map(|feature| feature.properties.as_ref()).flat_map(|it| it.keys())
    {
        let index = table.header_index(key);
        let is_position =
            ["lon", "lat", "x", "y"].iter().any(|name| index.is_some() && index == table.column_index(name));
        let is_second = headers.iter().any(|known| index.is_some() && table.header_index(known) == index);
        if !is_position && !is_second && headers.len() < COLUMN_LIMIT && seen.insert(key.clone()) {
            headers.push(key.clone());
        }
    }
    headers
}

fn header_cell(header: &str, table: &TableSchema) -> Cell {
    let is_known = table.header_index(header).is_some();
    Cell::text(&if is_known { header.to_owned() } else { format!("#{header}") })
}

fn own_id(feature: &Feature, number: u32) -> Cell {
    match &feature.id {
        Some(geojson::feature::Id::String(id)) => Cell::text(id),
        Some(geojson::feature::Id::Number(id)) => Cell::text(&id.to_string()),
        None => Cell::text(&number.to_string()),
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::text(""),
        Value::String(words) => Cell::text(words),
        Value::Number(number) => number_cell(number.to_string()),
        other => Cell::text(&other.to_string()),
    }
}

fn number_cell(text: String) -> Cell {
    Cell { text, kind: CellKind::Number }
}

/// Where a feature is: its point, or a point inside its area.
fn position(feature: &Feature, system: System, at: Location, findings: &mut Findings) -> Option<Point> {
    let geometry = feature.geometry.as_ref().and_then(|geometry| geo::Geometry::try_from(geometry).ok());
    let inside = match geometry {
        Some(geo::Geometry::Point(point)) => Some(point),
        Some(geo::Geometry::MultiPoint(points)) if points.0.len() == 1 => Some(points.0[0]),
        Some(geo::Geometry::Polygon(area)) => inside(&area, &at, findings)?,
        Some(geo::Geometry::MultiPolygon(area)) => inside(&area, &at, findings)?,
        _ => None,
    };
    let Some(point) = inside.filter(|point| point.x().is_finite() && point.y().is_finite()) else {
        findings.error(
            codes::BAD_GEOMETRY,
            at,
            text!("un point ou un polygone", "a point or a polygon"),
            text!("une autre géométrie, ou aucune", "another geometry, or none"),
            text!(
                "prenez le centroïde dans votre SIG, ou retirez l'élément",
                "take the centroid in your GIS, or remove the feature"
            ),
        );
        return None;
    };
    in_degrees(point, system, at, findings)
}

/// A point inside an area; nothing after a finding where its outline crosses itself.
#[expect(clippy::option_option, reason = "none: said; some none: an area without inside")]
fn inside<A>(area: &A, at: &Location, findings: &mut Findings) -> Option<Option<Point>>
where
    A: Validation + InteriorPoint,
    A::Output: Into<Option<Point>>,
{
    if area.is_valid() {
        return Some(area.interior_point().into());
    }
    report_crossing(at, findings);
    None
}

pub(super) fn report_crossing(at: &Location, findings: &mut Findings) {
    findings.error(
        codes::BAD_GEOMETRY,
        at.clone(),
        text!("un polygone valide", "a valid polygon"),
        text!(
            "un contour qui se croise, se touche ou n'est pas fermé",
            "an outline that crosses or touches itself, or is not closed"
        ),
        text!("réparez les géométries dans votre SIG", "fix the geometries in your GIS"),
    );
}

pub(super) fn report_no_area(at: Location, findings: &mut Findings) {
    findings.error(
        codes::BAD_GEOMETRY,
        at,
        text!("un polygone", "a polygon"),
        text!("une autre géométrie, ou aucune", "another geometry, or none"),
        text!("gardez les seuls polygones du territoire", "keep the polygons of the territory only"),
    );
}

/// A position in degrees; nothing where it is not one of the system's.
pub(super) fn converted(point: Point, system: System) -> Option<Point> {
    let (x, y) = (point.x(), point.y());
    match system {
        System::Degrees => (x.abs() <= 180.0 && y.abs() <= 90.0).then_some(point),
        System::Lambert93 => lambert93::is_in_use(x, y).then(|| lambert93::to_wgs84(x, y)),
        System::Laea => laea::is_in_use(x, y).then(|| laea::to_wgs84(x, y)),
    }
}

/// As [`converted`]; nothing after a finding.
pub(super) fn in_degrees(
    point: Point,
    system: System,
    at: Location,
    findings: &mut Findings,
) -> Option<Point> {
    if let Some(point) = converted(point, system) {
        return Some(point);
    }
    let (x, y) = (point.x(), point.y());
    let expected = match system {
        System::Degrees => text!("des degrés, longitude puis latitude", "degrees, longitude and latitude"),
        System::Lambert93 => text!("des mètres Lambert-93", "Lambert-93 metres"),
        System::Laea => text!("des mètres ETRS89-LAEA", "ETRS89-LAEA metres"),
    };
    let help = if lambert93::is_in_use(x, y) {
        text!(
            "c'est du Lambert-93 que rien n'annonce : exportez la couche en EPSG:4326",
            "this is Lambert-93 that nothing announces: export the layer in EPSG:4326"
        )
    } else if laea::is_in_use(x, y) {
        text!(
            "c'est de l'ETRS89-LAEA (EPSG:3035) que rien n'annonce : exportez la couche en EPSG:4326",
            "this is ETRS89-LAEA (EPSG:3035) that nothing announces: export the layer in EPSG:4326"
        )
    } else {
        text!("exportez la couche en EPSG:4326", "export the layer in EPSG:4326")
    };
    findings.error(codes::PROJECTED, at, expected, Text::same(format!("{x} {y}")), help);
    None
}
