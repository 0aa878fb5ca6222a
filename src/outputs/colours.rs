//! Colours of antennas and days on maps, chosen so that colour-blind readers tell them apart.

use super::document::{Index, Tour};

/// The nine colours of Paul Tol's qualitative scheme *muted* (Colour schemes, SRON/EPS/TN/09-002, 2021).
const MUTED: [[u8; 3]; 9] = [
    [0x33, 0x22, 0x88],
    [0xcc, 0x66, 0x77],
    [0x11, 0x77, 0x33],
    [0xdd, 0xcc, 0x77],
    [0x88, 0xcc, 0xee],
    [0x88, 0x22, 0x55],
    [0x44, 0xaa, 0x99],
    [0x99, 0x99, 0x33],
    [0xaa, 0x44, 0x99],
];

/// Grey of stops without a visit and of places, never a tour's colour.
pub const PALE: &str = "#bbbbbb";

/// One colour for each pair of antenna and weekday that has a tour.
#[derive(Clone, Debug)]
pub struct Colours {
    /// Antenna and weekday (0 Monday), in order.
    pairs: Vec<(usize, i8)>,
}

impl Colours {
    /// The colours of a plan.
    pub fn of(plan: &Index<'_>) -> Self {
        Self::of_pairs(plan.document.tours.iter().map(|tour| pair(plan, tour)).collect())
    }

    fn of_pairs(mut pairs: Vec<(usize, i8)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// The colour of a tour, `#rrggbb`. The first nine pairs have the scheme's own colours, the next ones darker and lighter shades of them,
    /// 27 in all; beyond, colours come again.
    pub fn of_tour(&self, plan: &Index<'_>, tour: &Tour) -> String {
        self.of_pair(pair(plan, tour))
    }

    fn of_pair(&self, pair: (usize, i8)) -> String {
        let index = self.pairs.binary_search(&pair).unwrap_or_else(|place| place);
        let shade = |channel: u8| match index / MUTED.len() % 3 {
            0 => channel,
            1 => (u16::from(channel) * 3 / 5) as u8,
            _ => (255 - u16::from(255 - channel) / 2) as u8,
        };
        let [red, green, blue] = MUTED[index % MUTED.len()].map(shade);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

fn pair(plan: &Index<'_>, tour: &Tour) -> (usize, i8) {
    (plan.antenna_rank(&tour.antenna), tour.date.weekday().to_monday_zero_offset())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn twenty_seven_pairs_have_as_many_colours_and_none_is_the_pale_one() {
        let pairs: Vec<(usize, i8)> =
            (0..27_i8).map(|pair| (usize::from(pair.unsigned_abs()) / 7, pair % 7)).collect();
        let colours = Colours::of_pairs(pairs.iter().chain(&pairs).copied().collect());
        let distinct: BTreeSet<String> = pairs.iter().map(|&pair| colours.of_pair(pair)).collect();
        assert_eq!(distinct.len(), 27);
        assert!(!distinct.contains(PALE));
    }
}
