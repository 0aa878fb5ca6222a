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
