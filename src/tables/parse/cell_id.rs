//! Names of statistical grid cells: `CRS3035RES200mN2671400E3802600`, as INSEE and Eurostat write them.

use geo::Point;

use super::{laea, lambert93};

/// The middle of the cell that a name describes: system of coordinates (EPSG:3035 or 2154), side in metres, and the
/// south-west corner. None where it is no such name.
pub fn centre(name: &str) -> Option<Point> {
    let (system, rest) = name.trim().strip_prefix("CRS")?.split_once("RES")?;
    let (side, rest) = rest.split_once("mN")?;
    let (north, east) = rest.split_once('E')?;
    let side: f64 = whole(side).filter(|side| (1.0..=100_000.0).contains(side))?;
    let (east, north) = (whole(east)? + side / 2.0, whole(north)? + side / 2.0);
    match system {
        "3035" if laea::is_in_use(east, north) => Some(laea::to_wgs84(east, north)),
        "2154" if lambert93::is_in_use(east, north) => Some(lambert93::to_wgs84(east, north)),
        _ => None,
    }
}

fn whole(digits: &str) -> Option<f64> {
    let is_whole = (1..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_its_middle() {
        assert_eq!(centre("CRS3035RES200mN3209900E4320900"), Some(Point::new(10.0, 52.0)));
        assert_eq!(centre("CRS2154RES1000mN6599500E699500"), Some(Point::new(3.0, 46.5)));
    }

    #[test]
    fn other_names_are_no_cells() {
        for name in [
            "",
            "CRS",
            "58145",
            "CRS3035RES200mN2671400",
            "CRS3035RES0mN2671400E3802600",
            "CRS4326RES200mN2671400E3802600",
            "CRS3035RES200mN-671400E3802600",
            "CRS3035RES200mN1E1",
            "CRS3035RES200mN999999999999E3802600",
        ] {
            assert_eq!(centre(name), None, "{name}");
        }
    }
}
