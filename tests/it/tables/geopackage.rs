//! Places and territories from GeoPackages, as analysts' programs write them.

use rusqlite::{Connection, params};
use tournee::diagnostics::{Lang, Report};
use tournee::tables::{self, Dataset, Sources};

use crate::support::scenario::{SMALL, files, findings};

/// A layer: its name, EPSG code, and rows of id, households and well-known binary.
struct Layer<'a> {
    name: &'a str,
    epsg: i32,
    rows: Vec<(&'a str, f64, Vec<u8>)>,
}

fn package(layers: &[Layer<'_>]) -> Vec<u8> {
    let mut file = Connection::open_in_memory().expect("memory");
    file.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id PRIMARY KEY, organization, organization_coordsys_id, definition);
         CREATE TABLE gpkg_contents (table_name, data_type, srs_id);
         CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);",
    )
    .expect("tables");
    for layer in layers {
        let name = layer.name;
        file.execute(
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES ('a system', ?1, 'EPSG', ?1, '')",
            [layer.epsg],
        )
        .expect("system");
        file.execute("INSERT INTO gpkg_contents VALUES (?1, 'features', ?2)", params![name, layer.epsg])
            .expect("contents");
        file.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, 'the_geom', 'GEOMETRY', ?2, 0, 0)",
            params![name, layer.epsg],
        )
        .expect("column");
        file.execute_batch(&format!(
            "CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY, the_geom BLOB, Code TEXT, foyers REAL, Secret TEXT)"
        ))
        .expect("layer");
        for (id, households, shape) in &layer.rows {
            file.execute(
                &format!("INSERT INTO \"{name}\" VALUES (NULL, ?, ?, ?, NULL)"),
                params![shape, id, households],
            )
            .expect("row");
        }
    }
    file.serialize("main").expect("memory").to_vec()
}

/// A square of 200 m whose south-west corner is at `x`, `y`, in a header with a box.
fn square(x: f64, y: f64) -> Vec<u8> {
    let (x2, y2) = (x + 200.0, y + 200.0);
    let mut bytes = b"GP\0\x03\0\0\0\0".to_vec();
    bytes.extend([x, x2, y, y2].into_iter().flat_map(f64::to_le_bytes));
    bytes.extend([1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0]);
    let corners = [x, y, x2, y, x2, y2, x, y2, x, y];
    bytes.extend(corners.into_iter().flat_map(f64::to_le_bytes));
    bytes
}

fn point(x: f64, y: f64) -> Vec<u8> {
    let mut bytes = b"GP\0\x01\0\0\0\0\x01\x01\0\0\0".to_vec();
    bytes.extend([x, y].into_iter().flat_map(f64::to_le_bytes));
    bytes
}

fn read(name: &str, bytes: Vec<u8>) -> Report<Dataset> {
    let mut all: Vec<(String, Vec<u8>)> =
        files(SMALL).into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    if name.starts_with("places") {
        all.retain(|(name, _)| name != "places.csv");
    }
    all.push((name.to_owned(), bytes));
    tables::read(&Sources::from_texts(all))
}

fn says(report: &Report<Dataset>) -> String {
    assert!(report.value.is_none());
    findings(report, Lang::En)
}

#[test]
fn cells_of_a_grid_count_by_their_middle_whatever_the_system() {
    // Near Corbigny: 754 600, 6 683 000 in Lambert-93; EPSG:3035 has that spot at 3 836 000, 2 696 000 or so.
    for (epsg, x, y) in [(2154, 754_600.0, 6_683_000.0), (3035, 3_836_000.0, 2_696_000.0)] {
        let rows = vec![("c1", 3.5, square(x, y)), ("c2", 4.0, square(x + 200.0, y))];
        let report = read("places.gpkg", package(&[Layer { name: "carreaux", epsg, rows }]));
        let dataset = report.value.unwrap_or_else(|| panic!("{:?}", report.diagnostics));
        let [first, second] = &dataset.places.raw[..] else { panic!("two places") };
        assert_eq!((first.id.as_str(), second.id.as_str()), ("c1", "c2"));
        assert_eq!((first.need().get(), second.need().get()), (3_500, 4_000));
        let apart = geo::Distance::distance(&geo::Haversine, first.at, second.at);
        assert!((apart - 200.0).abs() < 1.5, "{apart} m between the middles");
        assert!((first.at.x() - 3.7).abs() < 0.2 && (first.at.y() - 47.25).abs() < 0.2, "{:?}", first.at);
    }
}

#[test]
fn of_several_layers_the_one_named_like_the_table_is_read() {
    let layer = |name| Layer { name, epsg: 4326, rows: vec![("a", 1.0, point(3.8, 47.28))] };
    let report = read("places.gpkg", package(&[layer("Lieux"), layer("roads")]));
    assert_eq!(report.value.expect("one is meant").places.len(), 1);
    let report = read("places.gpkg", package(&[layer("one"), layer("two")]));
    assert_eq!(
        says(&report),
        "places.gpkg: expected a GeoPackage of one layer, found 2 layers: one, two [T051]\n\
         \x20 help: export that layer alone from your GIS, as GeoPackage or GeoJSON"
    );
    assert!(says(&read("places.gpkg", package(&[]))).contains("found no layer of points or polygons [T051]"));
}

#[test]
fn a_system_that_is_not_understood_is_named() {
    let layer = Layer { name: "places", epsg: 27572, rows: vec![("a", 1.0, point(7e5, 2.2e6))] };
    assert_eq!(
        says(&read("places.gpkg", package(&[layer]))),
        "places.gpkg, column `EPSG:27572`: expected EPSG:4326, 2154 or 3035"
            .replace(", column `EPSG:27572`", "")
            + ", found EPSG:27572 [T028]\n\x20 help: export the layer in EPSG:4326"
    );
    // Lambert-93 metres under a code that promises degrees.
    let layer = Layer { name: "places", epsg: 4326, rows: vec![("a", 1.0, point(754_600.0, 6_683_000.0))] };
    let words = says(&read("places.gpkg", package(&[layer])));
    assert!(words.contains("this is Lambert-93 that nothing announces"), "{words}");
}

#[test]
fn a_territory_may_be_a_geopackage() {
    let layer = |x, y| Layer { name: "commune", epsg: 2154, rows: vec![("t", 0.0, square(x, y))] };
    let report = read("territory.gpkg", package(&[layer(754_600.0, 6_683_000.0)]));
    assert!(says(&report).contains("none of the 1 places inside [T050]"));
    let report = read(
        "territory.gpkg",
        package(&[Layer { rows: vec![("t", 0.0, point(1.0, 2.0))], ..layer(0.0, 0.0) }]),
    );
    assert!(says(&report).contains("territory.gpkg, row 1: expected a polygon"), "{}", says(&report));
}

#[test]
fn damaged_files_are_findings_and_never_panics() {
    let rows = (0..40).map(|at| ("c", 1.0, square(754_600.0 + 200.0 * f64::from(at), 6_683_000.0))).collect();
    let whole = package(&[Layer { name: "places", epsg: 2154, rows }]);
    let garbage = "places.gpkg: expected a GeoPackage of one layer, found a file of another format, or a damaged one [T051]\n\
                   \x20 help: export that layer alone from your GIS, as GeoPackage or GeoJSON";
    assert_eq!(says(&read("places.gpkg", b"nothing like a database".to_vec())), garbage);
    assert_eq!(says(&read("places.gpkg", Vec::new())), garbage);
    for end in (0..whole.len()).step_by(509) {
        assert!(read("places.gpkg", whole[..end].to_vec()).value.is_none(), "cut at {end}");
    }
    // Any byte may be another: whatever is read then, nothing breaks.
    for at in (0..whole.len()).step_by(131) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xa5;
        let _ = read("places.gpkg", damaged);
    }
}

#[test]
fn a_view_that_never_ends_is_given_up() {
    let mut file = Connection::open_in_memory().expect("memory");
    file.deserialize_read_exact("main", &*package(&[]), package(&[]).len(), false).expect("a database");
    file.execute_batch(
        "INSERT INTO gpkg_spatial_ref_sys VALUES ('', 4326, 'EPSG', 4326, '');
         INSERT INTO gpkg_contents VALUES ('endless', 'features', 4326);
         INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'POINT', 4326, 0, 0);
         CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT max(i) AS id, NULL AS geom FROM n;",
    )
    .expect("a view");
    let bytes = file.serialize("main").expect("memory").to_vec();
    assert!(says(&read("places.gpkg", bytes)).contains("a layer that can't be read, `endless` [T051]"));
}
