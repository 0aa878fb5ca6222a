//! A GeoPackage into features: its one layer, or the one that is named after the file (OGC 12-128r18).
//!
//! The file is somebody else's SQLite database. It is opened from memory, for reading, with bounds on what a statement may do.

use std::sync::atomic::{AtomicU32, Ordering};

use geojson::feature::Id;
use geojson::{Feature, FeatureCollection, Geometry, JsonObject};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::{Value, json};

use super::geojson_text::System;
use super::{FILE_LIMIT, stem_and_ending, wkb};
use crate::diagnostics::{Location, Text, quoted};
use crate::tables::findings::{Findings, codes};
use crate::tables::schema::{TABLES, fold};
use crate::text;

/// Steps of SQLite's machine between two counts, and how many counts a file is worth: three steps for each byte it may have.
const STEPS: i32 = 100_000;
const COUNTS: u32 = 2_000;
/// Columns that are read.
const COLUMNS_MAX: i32 = 500;
/// Features that are read: one more than any table takes, so that too many are told.
const FEATURES_MAX: i64 = 2_000_001;

/// A layer of features.
struct Layer {
    name: String,
    geometry: String,
    organization: String,
    code: i64,
}

/// The features of a GeoPackage's layer and its system of coordinates; none after a finding.
pub(super) fn collection(
    name: &str,
    bytes: &[u8],
    findings: &mut Findings,
) -> Option<(FeatureCollection, System)> {
    let Ok((connection, layers)) = opened(bytes) else {
        return report(
            name,
            text!("un fichier d'un autre format, ou abîmé", "a file of another format, or a damaged one"),
            findings,
        );
    };
    let layer = match chosen(name, &layers) {
        Ok(layer) => layer,
        Err(found) => return report(name, found, findings),
    };
    let system = system(name, layer, findings)?;
    if let Ok(features) = features(&connection, layer) {
        return Some((FeatureCollection { bbox: None, features, foreign_members: None }, system));
    }
    let layer = quoted(&layer.name);
    let (fr, en) = (layer.fr, layer.en);
    report(name, text!("une couche illisible, {fr}", "a layer that can't be read, {en}"), findings)
}

fn report<T>(name: &str, found: Text, findings: &mut Findings) -> Option<T> {
    findings.error(
        codes::NOT_GEOPACKAGE,
        Location::file(name),
        text!("un GeoPackage d'une seule couche", "a GeoPackage of one layer"),
        found,
        text!(
            "exportez cette couche seule de votre SIG, en GeoPackage ou en GeoJSON",
            "export that layer alone from your GIS, as GeoPackage or GeoJSON"
        ),
    );
    None
}

fn opened(bytes: &[u8]) -> rusqlite::Result<(Connection, Vec<Layer>)> {
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(c"main", bytes, bytes.len(), true)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, FILE_LIMIT as i32)?;
    connection.set_limit(Limit::SQLITE_LIMIT_COLUMN, COLUMNS_MAX)?;
    let counts = AtomicU32::new(0);
    // A view of a hostile file could count for ever.
    connection.progress_handler(STEPS, Some(move || counts.fetch_add(1, Ordering::Relaxed) >= COUNTS))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    let layers = layers(&connection)?;
    Ok((connection, layers))
}

fn layers(connection: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut statement = connection.prepare(
        "SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id \
         FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name \
         JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id \
         WHERE c.data_type = 'features' ORDER BY c.table_name LIMIT 1000",
    )?;
    let layer = |row: &Row<'_>| {
        Ok(Layer { name: row.get(0)?, geometry: row.get(1)?, organization: row.get(2)?, code: row.get(3)? })
    };
    statement.query_map([], layer)?.collect()
}

/// The only layer, else the one with the name of the file or of the table that it holds.
fn chosen<'a>(file: &str, layers: &'a [Layer]) -> Result<&'a Layer, Text> {
    if let [only] = layers {
        return Ok(only);
    }
    let stem = stem_and_ending(file).0;
    let table = TABLES.into_iter().find(|table| table.is_named(stem));
    let is_meant =
        |layer: &&Layer| fold(&layer.name) == fold(stem) || table.is_some_and(|it| it.is_named(&layer.name));
    let mut meant = layers.iter().filter(is_meant);
    if let (Some(layer), None) = (meant.next(), meant.next()) {
        return Ok(layer);
    }
    let count = layers.len();
    let names = layers.iter().take(5).map(|layer| layer.name.as_str()).collect::<Vec<_>>().join(", ");
    Err(match count {
        0 => text!("aucune couche de points ou de polygones", "no layer of points or polygons"),
        _ => text!("{count} couches : {names}", "{count} layers: {names}"),
    })
}

fn system(name: &str, layer: &Layer, findings: &mut Findings) -> Option<System> {
    match (layer.organization.to_ascii_uppercase().as_str(), layer.code) {
        ("EPSG", 4326 | 4171 | 4258) => Some(System::Degrees),
        ("EPSG", 2154) => Some(System::Lambert93),
        ("EPSG", 3035) => Some(System::Laea),
        _ => {
            let (organization, code) = (&layer.organization, layer.code);
            findings.error(
                codes::PROJECTED,
                Location::file(name),
                text!("EPSG:4326, 2154 ou 3035", "EPSG:4326, 2154 or 3035"),
                Text::same(format!("{organization}:{code}")),
                text!("exportez la couche en EPSG:4326", "export the layer in EPSG:4326"),
            );
            None
        }
    }
}

fn features(connection: &Connection, layer: &Layer) -> rusqlite::Result<Vec<Feature>> {
    let table = layer.name.replace('"', "\"\"");
    let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\" LIMIT {FEATURES_MAX}"))?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    let mut features = Vec::new();
    while let Some(row) = rows.next()? {
        features.push(feature(row, &columns, layer)?);
    }
    Ok(features)
}

fn feature(row: &Row<'_>, columns: &[String], layer: &Layer) -> rusqlite::Result<Feature> {
    let (mut geometry, mut id, mut properties) = (None, None, JsonObject::new());
    for (index, column) in columns.iter().enumerate() {
        let value = row.get_ref(index)?;
        if column.eq_ignore_ascii_case(&layer.geometry) {
            let shape = value.as_blob_or_null().ok().flatten().and_then(wkb::geometry);
            geometry = shape.map(|shape| Geometry::new((&shape).into()));
        } else if let (true, ValueRef::Integer(number)) =
            (matches!(column.as_str(), "fid" | "ogc_fid"), value)
        {
            id = Some(Id::Number(number.into()));
        } else {
            properties.insert(column.clone(), cell(value));
        }
    }
    Ok(Feature { bbox: None, geometry, id, properties: Some(properties), foreign_members: None })
}

fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(words) => json!(String::from_utf8_lossy(words)),
    }
}
