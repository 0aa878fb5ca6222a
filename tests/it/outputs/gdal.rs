//! GDAL reads the layers without a warning, with typed columns and valid geometry.

use std::process::Command;

use super::planned;
use crate::support::program::tournee;
use crate::support::skipped;

const LAYERS: [&str; 6] = ["visits", "stops", "tours", "places", "white_zones", "attendance"];

/// Runs a GDAL program; `None`, with a visible message, where GDAL is not installed. Any word on standard error fails.
pub fn gdal(program: &str, arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(program).args(arguments).output() else {
        skipped(format_args!("{program} is not installed"));
        return None;
    };
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (words(&output.stdout), words(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}: {out}{err}");
    assert_eq!(err, "", "{program} {arguments:?}");
    assert!(!out.contains("Warning"), "{program} {arguments:?}: {out}");
    Some(out)
}

#[test]
#[cfg(feature = "gpkg")]
fn gdal_reads_the_geopackage_of_coverage_without_a_warning() {
    let village = planned();
    let (scenario, out) = (village.scenario(), village.room().join("coverage"));
    let plan = village.out();
    let [folder, into, plan] = [&scenario, &out, &plan].map(|path| path.to_str().expect("utf-8"));
    let run = tournee(&["coverage", folder, "--plan", plan, "--out", into]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let package = out.join("coverage.gpkg");
    let package = package.to_str().expect("utf-8");
    for layer in ["white_zones", "places", "attendance"] {
        let Some(told) = gdal("ogrinfo", &["-so", package, layer]) else { return };
        let json = out.join(format!("{layer}.geojson"));
        let of_json = gdal("ogrinfo", &["-so", json.to_str().expect("utf-8"), layer]).expect("GDAL is there");
        let line = |told: &str, key: &str| told.lines().find(|line| line.starts_with(key)).map(str::to_owned);
        for key in ["Feature Count", "Extent"] {
            assert_eq!(line(&told, key), line(&of_json, key), "{layer}: {told}");
        }
        assert!(told.contains("households: Real (0.0)") && told.contains("WGS 84"), "{told}");
        let query =
            format!("SELECT COUNT(*) AS broken FROM {layer} WHERE geom IS NULL OR NOT ST_IsValid(geom)");
        if let Some(told) = gdal("ogrinfo", &["-dialect", "SQLite", "-sql", &query, package]) {
            assert!(told.contains("broken (Integer) = 0"), "{told}");
        }
    }
}

#[test]
fn gdal_reads_every_layer_and_converts_it_without_a_warning() {
    let village = planned();
    for layer in LAYERS {
        let file = village.out().join(format!("{layer}.geojson"));
        let file = file.to_str().expect("utf-8");
        let Some(told) = gdal("ogrinfo", &["-al", "-so", file]) else { return };
        assert!(told.contains(&format!("Layer name: {layer}")), "{told}");
        assert!(told.contains("WGS 84"), "{told}");
        if layer == "visits" {
            for column in
                ["arrival: DateTime", "start: DateTime", "end: DateTime", "departure: DateTime", "date: Date"]
            {
                assert!(told.contains(column), "{column} in {told}");
            }
        }
        if layer == "tours" {
            assert!(told.contains("start: DateTime") && told.contains("end: DateTime"), "{told}");
        }
        let package = village.room().join(format!("{layer}.gpkg"));
        let package = package.to_str().expect("utf-8");
        gdal("ogr2ogr", &["-f", "GPKG", package, file]);
        let query = format!("SELECT COUNT(*) AS broken FROM {layer} WHERE NOT ST_IsValid(geometry)");
        if let Some(told) = gdal("ogrinfo", &["-dialect", "SQLite", "-sql", &query, file]) {
            assert!(told.contains("broken (Integer) = 0"), "{told}");
        }
    }
}
