//! Layers as a GeoPackage, version 1.3 (OGC 12-128r17): one file that desktop GIS open and edit.
//!
//! The same features as in the GeoJSON layers; a property is a column. Dates in it are the scenario's, not the clock's: equal
//! input gives equal bytes.

use geojson::{Feature, GeometryValue, JsonValue, Position};
use jiff::civil::Date;
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, Result, ToSql, params, params_from_iter};

use super::geojson::Credits;

/// A layer: the name of its table, and its features, all with points, all with lines or all with areas; none: no layer.
pub type Layer<'a> = (&'static str, Option<&'a Vec<Feature>>);

/// WGS84, as every layer.
const SRS: i32 = 4326;

/// What every GeoPackage holds, then WGS84 as EPSG defines it.
const SCHEMA: &str = r#"
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', NULL);
"#;

/// All layers in one file, dated as the scenario starts.
pub fn geopackage(layers: &[Layer<'_>], credits: Credits<'_>, date: Date) -> Vec<u8> {
    written(layers, credits, date).expect("memory takes any layer whose features have the same properties")
}

fn written(layers: &[Layer<'_>], credits: Credits<'_>, date: Date) -> Result<Vec<u8>> {
    let mut file = Connection::open_in_memory()?;
    file.execute_batch(SCHEMA)?;
    let whole = file.transaction()?;
    for (name, features) in layers {
        if let Some(features) = features {
            write_layer(&whole, name, features, credits, date)?;
        }
    }
    whole.commit()?;
    Ok(file.serialize(c"main")?.to_vec())
}

fn write_layer(
    file: &Connection,
    name: &str,
    features: &[Feature],
    credits: Credits<'_>,
    date: Date,
) -> Result<()> {
    let columns = columns(features);
    let kind = features.iter().find_map(|feature| Some(kind(&feature.geometry.as_ref()?.value)));
    let kind = kind.unwrap_or("GEOMETRY");
    let defined: Vec<String> =
        columns.iter().map(|(name, kind)| format!(", {} {kind}", quoted(name))).collect();
    let defined = defined.concat();
    let table = quoted(name);
    file.execute_batch(&format!(
        "CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {kind}{defined})"
    ))?;
    let bounds = super::geojson::bbox(features);
    let corner = |index: usize| bounds.as_ref().map(|bounds| bounds[index]);
    let words = [Some(credits.title.to_owned()), credits.note().map(str::to_owned), Some(credits.roads())];
    let description = words.into_iter().flatten().collect::<Vec<_>>().join(" — ");
    file.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            name,
            description,
            format!("{date}T00:00:00.000Z"),
            corner(0),
            corner(1),
            corner(2),
            corner(3),
            SRS
        ],
    )?;
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        params![name, kind, SRS],
    )?;
    let marks = ", ?".repeat(columns.len());
    let mut insert = file.prepare(&format!("INSERT INTO {table} VALUES (NULL, ?{marks})"))?;
    for feature in features {
        let shape = feature.geometry.as_ref().map(|geometry| Cell::Shape(binary(&geometry.value)));
        let properties = columns.iter().map(|(name, _)| feature.property(name).map(Cell::Value));
        insert.execute(params_from_iter(std::iter::once(shape).chain(properties)))?;
    }
    Ok(())
}

/// A cell of a feature's row.
enum Cell<'a> {
    Shape(Vec<u8>),
    Value(&'a JsonValue),
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Shape(bytes) => ToSqlOutput::from(bytes.as_slice()),
            Self::Value(JsonValue::Null) => ToSqlOutput::from(rusqlite::types::Null),
            Self::Value(JsonValue::Bool(truth)) => ToSqlOutput::from(*truth),
            Self::Value(JsonValue::Number(number)) => match number.as_i64() {
                Some(whole) => ToSqlOutput::from(whole),
                None => ToSqlOutput::from(number.as_f64().unwrap_or_default()),
            },
            Self::Value(JsonValue::String(words)) => ToSqlOutput::from(words.as_str()),
            Self::Value(other) => ToSqlOutput::from(other.to_string()),
        })
    }
}

/// Names of all properties and the type that holds all their values. All features have the same ones.
fn columns(features: &[Feature]) -> Vec<(String, &'static str)> {
    let names = features.first().and_then(|feature| feature.properties.as_ref());
    let names = names.into_iter().flat_map(|properties| properties.keys());
    names.map(|name| (name.clone(), kind_of_column(features, name))).collect()
}

fn kind_of_column(features: &[Feature], name: &str) -> &'static str {
    let values = features.iter().filter_map(|feature| feature.property(name));
    let kinds = values.filter_map(|value| match value {
        JsonValue::Null => None,
        JsonValue::Bool(_) => Some("BOOLEAN"),
        JsonValue::Number(number) if number.is_f64() => Some("DOUBLE"),
        JsonValue::Number(_) => Some("INTEGER"),
        _ => Some("TEXT"),
    });
    kinds
        .reduce(|one, other| match (one, other) {
            _ if one == other => one,
            ("DOUBLE", "INTEGER") | ("INTEGER", "DOUBLE") => "DOUBLE",
            _ => "TEXT",
        })
        .unwrap_or("TEXT")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn kind(geometry: &GeometryValue) -> &'static str {
    match geometry {
        GeometryValue::Point { .. } => "POINT",
        GeometryValue::LineString { .. } => "LINESTRING",
        GeometryValue::MultiPolygon { .. } => "MULTIPOLYGON",
        other => unreachable!("no layer holds a {}", other.type_name()),
    }
}

/// A header without a box (12-128r17, section 2.1.3), then little-endian well-known binary.
fn binary(geometry: &GeometryValue) -> Vec<u8> {
    let mut bytes = b"GP\0\x01".to_vec();
    bytes.extend(SRS.to_le_bytes());
    match geometry {
        GeometryValue::Point { coordinates } => {
            head(1, &mut bytes);
            position(coordinates, &mut bytes);
        }
        GeometryValue::LineString { coordinates } => {
            head(2, &mut bytes);
            positions(coordinates, &mut bytes);
        }
        GeometryValue::MultiPolygon { coordinates } => {
            head(6, &mut bytes);
            count(coordinates.len(), &mut bytes);
            for polygon in coordinates {
                head(3, &mut bytes);
                count(polygon.len(), &mut bytes);
                for ring in polygon {
                    positions(ring, &mut bytes);
                }
            }
        }
        other => unreachable!("no layer holds a {}", other.type_name()),
    }
    bytes
}

/// Byte order and kind.
fn head(kind: u32, bytes: &mut Vec<u8>) {
    bytes.push(1);
    bytes.extend(kind.to_le_bytes());
}

fn count(number: usize, bytes: &mut Vec<u8>) {
    bytes.extend(u32::try_from(number).expect("an outline in memory has fewer corners").to_le_bytes());
}

fn positions(line: &[Position], bytes: &mut Vec<u8>) {
    count(line.len(), bytes);
    for at in line {
        position(at, bytes);
    }
}

fn position(at: &Position, bytes: &mut Vec<u8>) {
    bytes.extend(at[0].to_le_bytes());
    bytes.extend(at[1].to_le_bytes());
}
