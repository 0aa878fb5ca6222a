//! ETRS89-LAEA (EPSG:3035), the grid of European statistics, to WGS84.
//!
//! ETRS89 and WGS84 agree within a metre. Inverse of the Lambert azimuthal equal area projection on the ellipsoid, after
//! IOGP, *Coordinate Conversions and Transformations* (Guidance Note 373-7-2, method 9820); the latitude comes from the
//! authalic one by Newton's method instead of a series, so that nothing is cut off.

use geo::Point;

/// Semi-major axis of the GRS80 ellipsoid, metres.
const SEMI_MAJOR: f64 = 6_378_137.0;
/// Inverse flattening of GRS80.
const INVERSE_FLATTENING: f64 = 298.257_222_101;
const LATITUDE_ORIGIN: f64 = 52.0;
const LONGITUDE_ORIGIN: f64 = 10.0;
const FALSE_EASTING: f64 = 4_321_000.0;
const FALSE_NORTHING: f64 = 3_210_000.0;

/// Whether metres east and north lie in the projection's area of use.
pub fn is_in_use(east: f64, north: f64) -> bool {
    (1_500_000.0..=7_500_000.0).contains(&east) && (900_000.0..=5_600_000.0).contains(&north)
}

/// Longitude and latitude in degrees, rounded to 7 decimals (a centimetre).
pub fn to_wgs84(east: f64, north: f64) -> Point {
    let flattening = 1.0 / INVERSE_FLATTENING;
    let eccentricity = (2.0 * flattening - flattening * flattening).sqrt();
    let origin = LATITUDE_ORIGIN.to_radians();
    let at_pole = authalic(1.0, eccentricity);
    let centre = (authalic(origin.sin(), eccentricity) / at_pole).asin();
    let radius = SEMI_MAJOR * (at_pole / 2.0).sqrt();
    let parallel = SEMI_MAJOR * origin.cos() / (1.0 - (eccentricity * origin.sin()).powi(2)).sqrt();
    let stretch = parallel / (radius * centre.cos());

    let (x, y) = ((east - FALSE_EASTING) / stretch, stretch * (north - FALSE_NORTHING));
    let distance = x.hypot(y);
    let angle = 2.0 * (distance / (2.0 * radius)).clamp(-1.0, 1.0).asin();
    // At the origin itself the direction does not matter.
    let towards = if distance > 0.0 { angle.sin() / distance } else { 0.0 };
    let sine = angle.cos() * centre.sin() + y * towards * centre.cos();
    let longitude = (x * towards).atan2(centre.cos() * angle.cos() - y * towards * centre.sin());
    let latitude = latitude_of(at_pole * sine, sine.clamp(-1.0, 1.0).asin(), eccentricity);
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Point::new(round(LONGITUDE_ORIGIN + longitude.to_degrees()), round(latitude.to_degrees()))
}

/// The guidance note's `q` of a latitude, given by its sine: twice the area up to it on a unit ellipsoid.
fn authalic(sine: f64, eccentricity: f64) -> f64 {
    let squared = eccentricity * eccentricity;
    let scaled = eccentricity * sine;
    (1.0 - squared) * (sine / (1.0 - scaled * scaled) + scaled.atanh() / eccentricity)
}

/// Inverse of [`authalic`], from a first guess less than a quarter of a degree off; each step doubles the digits.
fn latitude_of(area: f64, guess: f64, eccentricity: f64) -> f64 {
    let mut latitude = guess;
    for _ in 0..6 {
        let (sine, cosine) = latitude.sin_cos();
        let slope =
            2.0 * (1.0 - eccentricity.powi(2)) * cosine / (1.0 - (eccentricity * sine).powi(2)).powi(2);
        latitude += (area - authalic(sine, eccentricity)) / slope.max(1e-9);
    }
    latitude
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points_come_back() {
        // The projection's origin is exact by definition.
        assert_eq!(to_wgs84(4_321_000.0, 3_210_000.0), Point::new(10.0, 52.0));
        // The worked example of the guidance note: 5° E, 50° N, to the centimetre.
        let near = to_wgs84(3_962_799.45, 2_999_718.85);
        assert!((near.x() - 5.0).abs() < 2e-7 && (near.y() - 50.0).abs() < 2e-7, "{near:?}");
        // Nevers, Ajaccio and Brest as PROJ 9 (pyproj 3.7, EPSG:4326 to EPSG:3035) gives them.
        for (east, north, longitude, latitude) in KNOWN {
            let near = to_wgs84(east, north);
            assert!((near.x() - longitude).abs() < 2e-7 && (near.y() - latitude).abs() < 2e-7, "{near:?}");
        }
    }

    const KNOWN: [(f64, f64, f64, f64); 3] = [
        (3_800_996.771, 2_676_907.848, 3.159, 46.9896),
        (4_215_838.021, 2_091_535.149, 8.7369, 41.9192),
        (3_255_601.046, 2_913_655.940, -4.4861, 48.3904),
    ];
}
