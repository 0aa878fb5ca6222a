//! `territory.geojson`: the polygons that white zones are cut to.

use geo::{CoordsIter, MapCoords, MultiPolygon, Validation};

use super::geojson_text::{collection, converted, in_degrees, report_crossing, report_no_area};
use super::geopackage;
use crate::diagnostics::Location;
use crate::tables::findings::Findings;

/// All polygons of the layer, in degrees; none after a finding.
pub(crate) fn territory(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<MultiPolygon> {
    let (collection, system) = if super::stem_and_ending(name).1 == "gpkg" {
        geopackage::collection(name, bytes, findings)?
    } else {
        collection(name, bytes, findings)?
    };
    let mut areas = MultiPolygon::new(Vec::new());
    for (number, feature) in (1_u32..).zip(&collection.features) {
        let at = Location { row: Some(number), ..Location::file(name) };
        let geometry = feature.geometry.as_ref().and_then(|geometry| geo::Geometry::try_from(geometry).ok());
        let area = match geometry {
            Some(geo::Geometry::Polygon(area)) => MultiPolygon::new(vec![area]),
            Some(geo::Geometry::MultiPolygon(area)) => area,
            _ => {
                report_no_area(at, findings);
                return None;
            }
        };
        if !area.is_valid() {
            report_crossing(&at, findings);
            return None;
        }
        // One finding a feature: the first corner that is nowhere speaks for all.
        let lost = area.coords_iter().find(|corner| converted((*corner).into(), system).is_none());
        if let Some(corner) = lost {
            in_degrees(corner.into(), system, at, findings);
            return None;
        }
        let area =
            area.map_coords(|corner| converted(corner.into(), system).map_or(corner, geo::Coord::from));
        areas.0.extend(area);
    }
    if areas.0.is_empty() {
        report_no_area(Location::file(name), findings);
        return None;
    }
    Some(areas)
}
