//! Positions on the Earth and the lengths between them.
//!
//! A position is kept as OpenStreetMap publishes it: whole ten-millionths of a degree (about a centimetre).
//! Lengths are on the WGS84 ellipsoid; the nearest road is sought on a Mercator plane, which keeps angles and so the
//! order of nearby distances.

use geo::{Distance, Geodesic, Point};
use serde::{Deserialize, Serialize};

/// WGS84 longitude and latitude in ten-millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// East of Greenwich, within ±180°.
    pub lon: i32,
    /// North of the equator, within ±90°.
    pub lat: i32,
}

const PER_DEGREE: f64 = 1e7;

impl Position {
    /// The position of these ten-millionths of a degree, if it is on the Earth.
    pub fn new(lon: i64, lat: i64) -> Option<Self> {
        let on_earth = lon.abs() <= 1_800_000_000 && lat.abs() <= 900_000_000;
        on_earth.then_some(Self { lon: lon as i32, lat: lat as i32 })
    }

    /// The nearest position to a point in degrees, if it is on the Earth.
    pub fn from_point(point: Point) -> Option<Self> {
        let on_earth = point.x().abs() <= 180.0 && point.y().abs() <= 90.0;
        on_earth.then(|| Self {
            lon: (point.x() * PER_DEGREE).round() as i32,
            lat: (point.y() * PER_DEGREE).round() as i32,
        })
    }

    /// In degrees.
    pub fn point(self) -> Point {
        Point::new(f64::from(self.lon) / PER_DEGREE, f64::from(self.lat) / PER_DEGREE)
    }
}

/// WGS84: semi-major axis in metres, and first eccentricity squared.
const EQUATOR_RADIUS: f64 = 6_378_137.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_14;

/// Length in metres of the straight line between two positions of one road shape.
///
/// The Earth is taken as flat around the middle latitude, with the ellipsoid's two radii of curvature there: within
/// a millionth of the geodesic up to ten kilometres, at a tenth of its cost. Longer lines, and lines that cross the
/// date line, take the geodesic (Karney 2013).
pub fn line_metres(from: Position, to: Position) -> f64 {
    const FLAT_UP_TO: u32 = 1_000_000; // a tenth of a degree
    if from.lon.abs_diff(to.lon) > FLAT_UP_TO || from.lat.abs_diff(to.lat) > FLAT_UP_TO {
        return Geodesic.distance(from.point(), to.point());
    }
    let latitude = f64::midpoint(f64::from(from.lat), f64::from(to.lat)) / PER_DEGREE;
    let (sin, cos) = latitude.to_radians().sin_cos();
    let stretch = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
    let across = EQUATOR_RADIUS / stretch.sqrt();
    let along = across * (1.0 - ECCENTRICITY_SQUARED) / stretch;
    let east = (f64::from(to.lon) - f64::from(from.lon)) / PER_DEGREE;
    let north = (f64::from(to.lat) - f64::from(from.lat)) / PER_DEGREE;
    (east.to_radians() * across * cos).hypot(north.to_radians() * along)
}

/// A point of the Mercator plane, in metres at the equator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    /// Eastwards.
    pub x: f64,
    /// Northwards.
    pub y: f64,
}

impl Plane {
    /// Latitudes beyond 89° are taken as 89°: the plane is infinite at the poles.
    pub fn of(point: Point) -> Self {
        let latitude = point.y().clamp(-89.0, 89.0).to_radians();
        Self {
            x: EQUATOR_RADIUS * point.x().to_radians(),
            y: EQUATOR_RADIUS * (latitude / 2.0 + std::f64::consts::FRAC_PI_4).tan().ln(),
        }
    }

    /// The position this point stands for.
    pub fn position(self) -> Position {
        let latitude = 2.0 * ((self.y / EQUATOR_RADIUS).exp().atan() - std::f64::consts::FRAC_PI_4);
        let longitude = (self.x / EQUATOR_RADIUS).to_degrees();
        Position {
            lon: (longitude * PER_DEGREE).round() as i32,
            lat: (latitude.to_degrees() * PER_DEGREE).round() as i32,
        }
    }

    /// Square of the distance to `other`, on the plane.
    pub fn distance_squared(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        dx * dx + dy * dy
    }
}

/// Nearest point of the segment `a`-`b` to `at`: how far along from `a` (0 to 1) and the square of the distance.
pub fn nearest_on_line(a: Plane, b: Plane, at: Plane) -> (f64, f64) {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let square = dx * dx + dy * dy;
    let along =
        if square == 0.0 { 0.0 } else { (((at.x - a.x) * dx + (at.y - a.y) * dy) / square).clamp(0.0, 1.0) };
    let nearest = if along >= 1.0 { b } else { Plane { x: a.x + along * dx, y: a.y + along * dy } };
    (along, nearest.distance_squared(at))
}

/// Direction of travel from one position to another in degrees clockwise from north, 0 to 360.
pub fn bearing(from: Position, to: Position) -> f64 {
    let (a, b) = (Plane::of(from.point()), Plane::of(to.point()));
    (b.x - a.x).atan2(b.y - a.y).to_degrees().rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_agree_with_the_geodesic() {
        for (lat, lon) in [(470_000_000, 33_000_000), (-120_000_000, 1_000), (699_000_000, 250_000_000)] {
            for (north, east) in [(0, 90_000), (90_000, 0), (70_000, -81_000), (3, 5)] {
                let from = Position { lon, lat };
                let to = Position { lon: lon + east, lat: lat + north };
                let exact = Geodesic.distance(from.point(), to.point());
                assert!((line_metres(from, to) - exact).abs() <= 1e-5 * exact, "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn a_point_off_the_earth_has_no_position() {
        assert_eq!(Position::from_point(Point::new(652_000.0, 6_860_000.0)), None);
        assert_eq!(Position::from_point(Point::new(f64::NAN, 47.0)), None);
        assert_eq!(Position::new(1_800_000_001, 0), None);
    }

    #[test]
    fn bearings_turn_clockwise_from_north() {
        let origin = Position { lon: 30_000_000, lat: 470_000_000 };
        let east = Position { lon: 30_010_000, ..origin };
        let south = Position { lat: 469_990_000, ..origin };
        assert!((bearing(origin, east) - 90.0).abs() < 1e-6);
        assert!((bearing(origin, south) - 180.0).abs() < 1e-6);
    }
}
