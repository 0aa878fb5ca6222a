//! Need that is not served: by time band of the week, and by what facilities can take in.
//!
//! Most sites open one slot a week: a household that works that afternoon has none. Both models take the settings' rule for
//! what is within reach.

use super::Means;
use super::offer::{Facility, Offer, Opening, Way};
use super::sets::is_within;
use crate::ids::PlaceId;
use crate::tables::Dataset;
use crate::units::{ClockTime, Need, Seconds, Window};

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayPart {
    /// Until noon.
    Morning,
    /// From noon to five.
    Afternoon,
    /// From five on.
    Evening,
}

impl DayPart {
    /// In order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// From when to when; an evening goes on past midnight.
    pub const fn window(self) -> Window {
        let (noon, five) = (ClockTime::from_hm(12, 0), ClockTime::from_hm(17, 0));
        match self {
            Self::Morning => Window { open: ClockTime::MIDNIGHT, close: noon },
            Self::Afternoon => Window { open: noon, close: five },
            Self::Evening => Window { open: five, close: ClockTime::from_hm(48, 0) },
        }
    }
}

/// Need with a facility open within its limit in one part of one weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandNeed {
    /// 0 Monday to 6 Sunday.
    pub weekday: u8,
    /// Which part of it.
    pub part: DayPart,
    /// Need that is served then; the rest of all need is not.
    pub served: Need,
}

/// An opening counts in a band from this length inside it on; a shorter one if it lies inside whole.
const OPEN_MIN: Seconds = Seconds::from_minutes(30);

/// Need served in each of the 21 bands of a week, in order: by a facility that opens in that band in some week of the
/// cycle. Facilities whose hours are not known serve in none. `O(ways * openings)`.
pub fn served_by_band(dataset: &Dataset, offer: &Offer) -> Vec<BandNeed> {
    let masks: Vec<u32> = offer.facilities.iter().map(bands_of).collect();
    let mut served = [Need::ZERO; 21];
    for (need, ways) in groups(dataset, offer) {
        let mask = ways.fold(0, |mask, way| mask | masks[way.facility as usize]);
        for (band, served) in served.iter_mut().enumerate().filter(|(band, _)| mask >> band & 1 == 1) {
            debug_assert!(band < 21, "a bit a band");
            *served += need;
        }
    }
    let bands = (0..7).flat_map(|weekday| DayPart::ALL.map(|part| (weekday, part)));
    bands.zip(served).map(|((weekday, part), served)| BandNeed { weekday, part, served }).collect()
}

/// One bit a band in which a facility opens.
fn bands_of(facility: &Facility) -> u32 {
    let bits = |opening: &Opening| {
        DayPart::ALL.into_iter().enumerate().fold(0_u32, |mask, (index, part)| {
            let band = usize::from(opening.day.weekday_index()) * DayPart::ALL.len() + index;
            mask | u32::from(is_open_in(opening.window, part.window())) << band
        })
    };
    facility.openings.iter().flatten().map(bits).fold(0, |mask, bits| mask | bits)
}

fn is_open_in(opening: Window, band: Window) -> bool {
    let inside = opening.close.min(band.close) - opening.open.max(band.open);
    let length = opening.close - opening.open;
    length > Seconds::ZERO && inside >= OPEN_MIN.min(length)
}

/// What becomes of all need in a week, if each household goes to its nearest facility once; the four add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeekOfNeed {
    /// Served.
    pub served: Need,
    /// Beyond what their nearest facility can take in.
    pub turned_away: Need,
    /// At a facility whose capacity is not known.
    pub capacity_unknown: Need,
    /// Without a facility within their limit.
    pub out_of_reach: Need,
}

/// Each group goes to the nearest facility within its limit, once a week. `O(ways)`.
pub fn week_of_need(dataset: &Dataset, offer: &Offer) -> WeekOfNeed {
    let mut attending = vec![Need::ZERO; offer.facilities.len()];
    let mut week = WeekOfNeed::default();
    for (need, mut ways) in groups(dataset, offer) {
        match ways.next() {
            Some(way) => attending[way.facility as usize] += need,
            None => week.out_of_reach += need,
        }
    }
    for (facility, need) in offer.facilities.iter().zip(attending) {
        match facility.weekly_capacity {
            Some(capacity) => {
                week.served += need.min(capacity);
                week.turned_away += need - need.min(capacity);
            }
            None => week.capacity_unknown += need,
        }
    }
    week
}

/// The need of each group, and its ways within the settings' limit, nearest first.
fn groups<'a>(
    dataset: &'a Dataset,
    offer: &'a Offer,
) -> impl Iterator<Item = (Need, impl Iterator<Item = &'a Way> + use<'a>)> + use<'a> {
    let rule = &dataset.settings.coverage;
    let ways = move |means: Means, place: PlaceId| {
        let rows = &offer.ways[usize::from(means == Means::Foot)][place];
        rows.iter().filter(move |way| is_within(rule, means, way.there))
    };
    dataset.places.iter_enumerated().flat_map(move |(id, place)| {
        let groups = [(Means::Car, place.need_with_car), (Means::Foot, place.need_without_car)];
        groups.into_iter().map(move |(means, need)| (need, ways(means, id)))
    })
}
