//! An order in which points that follow each other are near each other: their searches then look at the same memory.

use crate::network::{Position, Snap};

/// Positions of the points along a Z-shaped curve over the Earth (Morton 1966), in cells of some 700 m.
///
/// In a network of millions of states a search waits for memory most of its time.
pub fn along_a_curve(points: &[Snap]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..points.len() as u32).collect();
    order.sort_by_cached_key(|point| {
        let at = Position::from_point(points[*point as usize].on_road());
        let cell = |ten_millionths: i32| (ten_millionths >> 16) as u16;
        at.map_or(0, |at| spread(cell(at.lon)) | spread(cell(at.lat)) << 1)
    });
    order
}

/// The bits of a number with a zero above each.
fn spread(number: u16) -> u32 {
    (0..16).map(|bit| u32::from(number >> bit & 1) << (2 * bit)).sum()
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn spread_bits_stand_at_even_places() {
        assert_eq!(spread(0b1011), 0b100_0101);
        assert_eq!(spread(u16::MAX), 0x5555_5555);
    }
}
