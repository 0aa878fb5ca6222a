//! Stands in for the reader of GeoPackages in a build without the feature `gpkg`.

use geojson::FeatureCollection;

use super::geojson_text::System;
use crate::diagnostics::Location;
use crate::tables::findings::{Findings, codes};
use crate::text;

/// A finding: this build reads none.
pub(super) fn collection(
    name: &str,
    _bytes: &[u8],
    findings: &mut Findings,
) -> Option<(FeatureCollection, System)> {
    findings.error(
        codes::NOT_GEOPACKAGE,
        Location::file(name),
        text!("une couche GeoJSON", "a GeoJSON layer"),
        text!("un GeoPackage, que cette version ne lit pas", "a GeoPackage, which this build does not read"),
        text!("exportez la couche en GeoJSON, EPSG:4326", "export the layer as GeoJSON, EPSG:4326"),
    );
    None
}
