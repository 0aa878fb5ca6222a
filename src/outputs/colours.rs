//! Colours of antennas and days on maps, chosen so that colour-blind readers tell them apart.

use crate::ids::AntennaId;
use crate::timetable::{Timetable, Tour};

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
    pairs: Vec<(AntennaId, i8)>,
}

impl Colours {
    /// The colours of a timetable.
    pub fn of(timetable: &Timetable) -> Self {
        let mut pairs: Vec<_> = timetable.tours.iter().map(pair).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// The colour of a tour, `#rrggbb`. The first nine pairs have the scheme's own colours, the next ones darker and lighter shades of them,
    /// 27 in all; beyond, colours come again.
    pub fn of_tour(&self, tour: &Tour) -> String {
        let index = self.pairs.binary_search(&pair(tour)).unwrap_or_else(|place| place);
        let shade = |channel: u8| match index / MUTED.len() % 3 {
            0 => channel,
            1 => (u16::from(channel) * 3 / 5) as u8,
            _ => (255 - u16::from(255 - channel) / 2) as u8,
        };
        let [red, green, blue] = MUTED[index % MUTED.len()].map(shade);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

fn pair(tour: &Tour) -> (AntennaId, i8) {
    (tour.antenna, tour.date.weekday().to_monday_zero_offset())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn twenty_seven_pairs_have_as_many_colours_and_none_is_the_pale_one() {
        let date = |day| jiff::civil::date(2027, 1, 4).saturating_add(jiff::Span::new().days(day));
        let tour = |antenna, day| Tour {
            id: String::new(),
            antenna: AntennaId(antenna),
            date: date(day),
            trips: Vec::new(),
            rest: None,
            distance: crate::units::Metres::ZERO,
            driving: crate::units::Seconds::ZERO,
        };
        let tours: Vec<Tour> = (0..27).map(|pair| tour(pair / 7, i64::from(pair % 7))).collect();
        let colours = Colours::of(&Timetable { tours: tours.clone(), cancelled: Vec::new() });
        let distinct: BTreeSet<String> = tours.iter().map(|tour| colours.of_tour(tour)).collect();
        assert_eq!(distinct.len(), 27);
        assert!(!distinct.contains(PALE));
        assert_eq!(colours.of_tour(&tour(0, 7)), colours.of_tour(&tours[0]), "a weekday keeps its colour");
    }
}
