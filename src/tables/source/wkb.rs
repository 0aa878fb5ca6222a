//! Geometry of a GeoPackage cell: its header, then well-known binary (OGC 12-128, section 2.1.3; OGC 06-103r4, section 8).
//!
//! Points, polygons and their collections in a plane; heights and measures are passed over. Nothing is allocated on the word
//! of a count that the bytes do not back.

#![cfg_attr(not(feature = "gpkg"), allow(dead_code))]

use geo::{Coord, Geometry, LineString, MultiPoint, MultiPolygon, Point, Polygon};

/// The geometry; none where the bytes are none, or of a kind that stands for no place.
pub(super) fn geometry(bytes: &[u8]) -> Option<Geometry> {
    let flags = *bytes.get(3).filter(|_| bytes.starts_with(b"GP"))?;
    // Bits 1 to 3 say how many numbers of a bounding box follow the eight bytes of the header.
    let box_numbers = match flags >> 1 & 0b111 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        _ => return None,
    };
    let mut reader = Reader { rest: bytes.get(8 + 8 * box_numbers..)?, is_little: true };
    reader.geometry()
}

struct Reader<'a> {
    rest: &'a [u8],
    is_little: bool,
}

/// Numbers a position has: two, and height and measure where given.
type Width = usize;

impl Reader<'_> {
    fn geometry(&mut self) -> Option<Geometry> {
        let (kind, width) = self.head()?;
        match kind {
            1 => Some(Geometry::Point(Point(self.position(width)?))),
            3 => Some(Geometry::Polygon(self.polygon(width)?)),
            4 => Some(Geometry::MultiPoint(MultiPoint(
                self.parts(1, |it, width| it.position(width).map(Point))?,
            ))),
            6 => Some(Geometry::MultiPolygon(MultiPolygon(self.parts(3, Self::polygon)?))),
            _ => None,
        }
    }

    /// Byte order, kind and width of what follows.
    fn head(&mut self) -> Option<(u32, Width)> {
        self.is_little = self.take::<1>()?[0] == 1;
        let code = self.number()?;
        // ISO adds thousands for height and measure; older writers set the two highest bits.
        let (kind, more) = (code & 0x0fff_ffff, code >> 30);
        let iso = match kind / 1000 {
            0 => 0,
            1 | 2 => 1,
            3 => 2,
            _ => return None,
        };
        Some((kind % 1000, 2 + iso + more.count_ones() as usize))
    }

    /// The parts of a collection, each with its own head, all of one kind.
    fn parts<T>(&mut self, kind: u32, read: impl Fn(&mut Self, Width) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        let mut parts = Vec::new();
        for _ in 0..count {
            let (found, width) = self.head()?;
            parts.push(read(self, width).filter(|_| found == kind)?);
        }
        Some(parts)
    }

    fn polygon(&mut self, width: Width) -> Option<Polygon> {
        let count = self.number()?;
        let mut rings = Vec::new();
        for _ in 0..count {
            rings.push(self.ring(width)?);
        }
        let mut rings = rings.into_iter();
        let outer = rings.next()?;
        Some(Polygon::new(outer, rings.collect()))
    }

    fn ring(&mut self, width: Width) -> Option<LineString> {
        let count = self.number()?;
        let mut ring = Vec::new();
        for _ in 0..count {
            ring.push(self.position(width)?);
        }
        Some(LineString(ring))
    }

    fn position(&mut self, width: Width) -> Option<Coord> {
        let (x, y) = (self.real()?, self.real()?);
        for _ in 2..width {
            self.real()?;
        }
        Some(Coord { x, y })
    }

    fn number(&mut self) -> Option<u32> {
        let bytes = self.take()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn real(&mut self) -> Option<f64> {
        let bytes = self.take()?;
        Some(if self.is_little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Header without box, then a point with height at (2, 3), in the byte order given.
    fn point(is_little: bool) -> Vec<u8> {
        let mut bytes = b"GP\0\x01\xe6\x10\0\0".to_vec();
        bytes.push(u8::from(is_little));
        let code = 1001_u32;
        bytes.extend(if is_little { code.to_le_bytes() } else { code.to_be_bytes() });
        for number in [2.0_f64, 3.0, 99.0] {
            bytes.extend(if is_little { number.to_le_bytes() } else { number.to_be_bytes() });
        }
        bytes
    }

    #[test]
    fn a_point_is_read_in_both_byte_orders_without_its_height() {
        let expected = Some(Geometry::Point(Point::new(2.0, 3.0)));
        assert_eq!(geometry(&point(true)), expected);
        assert_eq!(geometry(&point(false)), expected);
    }

    #[test]
    fn bytes_that_end_early_are_no_geometry() {
        let whole = point(true);
        assert!((0..whole.len()).all(|end| geometry(&whole[..end]).is_none()));
        // A polygon of four thousand million rings, of which there is none.
        let mut polygon = b"GP\0\x01\xe6\x10\0\0\x01\x03\0\0\0".to_vec();
        polygon.extend([0xff; 4]);
        assert_eq!(geometry(&polygon), None);
    }
}
