//! Lambert-93 (EPSG:2154) to WGS84.
//!
//! RGF93 and WGS84 agree within a decimetre or so, so that no datum shift is needed. Inverse of the Lambert conformal
//! conic projection with two standard parallels, after IGN, *Projection cartographique conique conforme de Lambert*
//! (NT/G 71, algorithms ALG0002 and ALG0004); constants of EPSG:2154.

use geo::Point;

/// Semi-major axis of the GRS80 ellipsoid, metres.
const SEMI_MAJOR: f64 = 6_378_137.0;
/// Inverse flattening of GRS80.
const INVERSE_FLATTENING: f64 = 298.257_222_101;
const LATITUDE_ORIGIN: f64 = 46.5;
const LONGITUDE_ORIGIN: f64 = 3.0;
const PARALLEL_SOUTH: f64 = 44.0;
const PARALLEL_NORTH: f64 = 49.0;
const FALSE_EASTING: f64 = 700_000.0;
const FALSE_NORTHING: f64 = 6_600_000.0;

/// Whether metres east and north lie in the projection's area of use, with some sea around.
pub fn is_in_use(east: f64, north: f64) -> bool {
    (0.0..=1_300_000.0).contains(&east) && (6_000_000.0..=7_200_000.0).contains(&north)
}

/// Longitude and latitude in degrees, rounded to 7 decimals (a centimetre).
pub fn to_wgs84(east: f64, north: f64) -> Point {
    let cone = Cone::new();
    let (dx, dy) = (east - FALSE_EASTING, cone.origin_radius - (north - FALSE_NORTHING));
    let radius = dx.hypot(dy);
    let longitude = LONGITUDE_ORIGIN + dx.atan2(dy).to_degrees() / cone.exponent;
    let isometric = -(radius / cone.scale).ln() / cone.exponent;
    let latitude = latitude_of(isometric, cone.eccentricity).to_degrees();
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Point::new(round(longitude), round(latitude))
}

/// The projection's cone: exponent, and radii in metres.
struct Cone {
    eccentricity: f64,
    exponent: f64,
    scale: f64,
    origin_radius: f64,
}

impl Cone {
    fn new() -> Self {
        let flattening = 1.0 / INVERSE_FLATTENING;
        let eccentricity = (2.0 * flattening - flattening * flattening).sqrt();
        let (south, north) = (PARALLEL_SOUTH.to_radians(), PARALLEL_NORTH.to_radians());
        // Radius of the parallel, and isometric latitude there.
        let parallel = |latitude: f64| {
            SEMI_MAJOR * latitude.cos() / (1.0 - (eccentricity * latitude.sin()).powi(2)).sqrt()
        };
        let isometric = |latitude| isometric_latitude(latitude, eccentricity);
        let exponent = (parallel(north) / parallel(south)).ln() / (isometric(south) - isometric(north));
        let scale = parallel(south) * (exponent * isometric(south)).exp() / exponent;
        let origin_radius = scale * (-exponent * isometric(LATITUDE_ORIGIN.to_radians())).exp();
        Self { eccentricity, exponent, scale, origin_radius }
    }
}

fn isometric_latitude(latitude: f64, eccentricity: f64) -> f64 {
    let sine = eccentricity * latitude.sin();
    latitude.sin().atanh() - eccentricity * sine.atanh()
}

/// Inverse of [`isometric_latitude`] by fixed point: each step gains more than two digits, twelve are ample.
fn latitude_of(isometric: f64, eccentricity: f64) -> f64 {
    let mut latitude = isometric.tanh().asin();
    for _ in 0..12 {
        latitude = (isometric + eccentricity * (eccentricity * latitude.sin()).atanh()).tanh().asin();
    }
    latitude
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Degrees within a metre or so.
    fn assert_near(point: Point, longitude: f64, latitude: f64) {
        assert!((point.x() - longitude).abs() < 1.5e-5, "{point:?}");
        assert!((point.y() - latitude).abs() < 1e-5, "{point:?}");
    }

    #[test]
    fn known_points_come_back() {
        // The projection's origin is exact by definition.
        assert_eq!(to_wgs84(700_000.0, 6_600_000.0), Point::new(3.0, 46.5));
        // Town-hall-like points of two communes, from the open commune files (rounded to 5 decimals and to the metre).
        assert_near(to_wgs84(850_492.0, 6_671_308.0), 4.98531, 47.12501);
        assert_near(to_wgs84(833_223.0, 6_688_935.0), 4.76277, 47.28735);
    }
}
