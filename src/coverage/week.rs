//! Need that is not served: by time band of the week, and by what facilities can take in.
//!
//! Most sites open one slot a week: a household that works that afternoon has none. Both models take the settings' rule for
//! what is within reach.

use super::Means;
use super::offer::{Facility, Offer, Opening};
use super::sets::is_within;
use crate::ids::PlaceId;
use crate::survey::RoundTrip;
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

/// What becomes of all need in one part of one weekday, if each household goes to the nearest facility that is open then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandNeed {
    /// 0 Monday to 6 Sunday.
    pub weekday: u8,
    /// Which part of it.
    pub part: DayPart,
    /// Need with a facility open within its limit then; the rest of all need has none.
    pub in_reach: Need,
    /// Of it, beyond what that facility can take in then.
    pub turned_away: Need,
    /// Of it, at a facility whose capacity is not known.
    pub capacity_unknown: Need,
}

impl BandNeed {
    /// Need that is surely served: in reach of an open facility, and within its capacity.
    pub fn served(&self) -> Need {
        self.in_reach - self.turned_away - self.capacity_unknown
    }
}

/// An opening counts in a band from this length inside it on; a shorter one if it lies inside whole.
const OPEN_MIN: Seconds = Seconds::from_minutes(30);

/// Bands of a week: parts of weekdays.
const BANDS: usize = 21;

/// What becomes of need in each of the 21 bands of a week, in order. A facility is open in a band if it opens in it in some
/// week of the cycle; one whose hours are not known never is. It can take in, in a week on average, what its openings in the
/// band can, each in proportion to the time of it that lies inside. `O(ways * openings)`.
pub fn need_by_band(dataset: &Dataset, offer: &Offer) -> Vec<BandNeed> {
    let masks: Vec<u32> = offer.facilities.iter().map(bands_of).collect();
    let mut attending = vec![[Need::ZERO; BANDS]; offer.facilities.len()];
    for (need, ways) in groups(dataset, offer) {
        let mut without = (1_u32 << BANDS) - 1;
        for way in ways {
            let facility = way.to as usize;
            for band in bits(masks[facility] & without) {
                attending[facility][band] += need;
            }
            without &= !masks[facility];
            if without == 0 {
                break;
            }
        }
    }
    let bands = (0..7).flat_map(|weekday| DayPart::ALL.map(|part| (weekday, part)));
    let of = |(band, (weekday, part)): (usize, (u8, DayPart))| {
        let mut all = BandNeed {
            weekday,
            part,
            in_reach: Need::ZERO,
            turned_away: Need::ZERO,
            capacity_unknown: Need::ZERO,
        };
        for (facility, attending) in offer.facilities.iter().zip(&attending) {
            let need = attending[band];
            all.in_reach += need;
            match capacity_in(facility, weekday, part, offer.weeks()) {
                Some(capacity) => all.turned_away += need - need.min(capacity),
                None => all.capacity_unknown += need,
            }
        }
        all
    };
    bands.enumerate().map(of).collect()
}

fn bits(mask: u32) -> impl Iterator<Item = usize> {
    (0..BANDS).filter(move |band| mask >> band & 1 == 1)
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

/// What a facility can take in in a band of an average week, rounded down to a thousandth; none where that is not known.
fn capacity_in(facility: &Facility, weekday: u8, part: DayPart, weeks: u8) -> Option<Need> {
    let (weekly, openings) = (facility.weekly_capacity?, facility.openings.as_deref()?);
    let band = part.window();
    let length = |opening: &Opening| i128::from((opening.window.close - opening.window.open).get());
    let inside = |opening: &Opening| {
        if opening.day.weekday_index() == weekday && is_open_in(opening.window, band) {
            let time = opening.window.close.min(band.close) - opening.window.open.max(band.open);
            i128::from(time.get())
        } else {
            0
        }
    };
    let taken = if let Some(visits) = &facility.by_visit {
        let share = |(opening, visit): (&Opening, &Need)| {
            i128::from(visit.get()) * inside(opening) / length(opening).max(1)
        };
        openings.iter().zip(visits).map(share).sum::<i128>() / i128::from(weeks.max(1))
    } else {
        let open: i128 = openings.iter().map(length).sum();
        i128::from(weekly.get()) * openings.iter().map(inside).sum::<i128>() / open.max(1)
    };
    Some(Need(taken as i64))
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
            Some(way) => attending[way.to as usize] += need,
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
) -> impl Iterator<Item = (Need, impl Iterator<Item = &'a RoundTrip> + use<'a>)> + use<'a> {
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
