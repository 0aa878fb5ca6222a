//! What keeps some vehicles off a road, or everybody on some days: the largest size, and days of the year.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::map::{PROFILES, RoadMap, profile_index};
use crate::traveller::{Profile, Traveller};

/// The largest vehicle that passes; `MAX` where there is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Limits {
    /// Highest, in centimetres.
    pub height_cm: u16,
    /// Widest, in centimetres.
    pub width_cm: u16,
    /// Longest, in centimetres.
    pub length_cm: u16,
    /// Heaviest, in kilograms.
    pub weight_kg: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self::NONE
    }
}

impl Limits {
    /// Everything passes.
    pub const NONE: Self =
        Self { height_cm: u16::MAX, width_cm: u16::MAX, length_cm: u16::MAX, weight_kg: u32::MAX };

    /// Whether the traveller passes. A size that is not given passes everywhere, save that a vehicle is at least as
    /// wide as [`usual_width_cm`] where its width is not given.
    pub fn admit(&self, traveller: &Traveller) -> bool {
        let width = traveller.width_cm.unwrap_or(usual_width_cm(traveller.profile));
        let fits = |size: Option<u32>, limit: u16| {
            limit == u16::MAX || size.is_none_or(|size| size <= u32::from(limit))
        };
        fits(traveller.height_cm, self.height_cm)
            && fits(Some(width), self.width_cm)
            && fits(traveller.length_cm, self.length_cm)
            && traveller.weight_kg.is_none_or(|weight| weight <= self.weight_kg)
    }

    /// What passes both.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        Self {
            height_cm: self.height_cm.min(other.height_cm),
            width_cm: self.width_cm.min(other.width_cm),
            length_cm: self.length_cm.min(other.length_cm),
            weight_kg: self.weight_kg.min(other.weight_kg),
        }
    }
}

/// Width in centimetres of a vehicle whose own is not given: a car without its mirrors, as OSRM has it; a large van;
/// the widest that the road code allows (art. R312-10). Nothing keeps people on foot out.
pub const fn usual_width_cm(profile: Profile) -> u32 {
    match profile {
        Profile::Car => 190,
        Profile::Van => 210,
        Profile::Bus => 255,
        Profile::Foot => 0,
    }
}

/// A set of days of the year, 29 February among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DaySet([u64; 6]);

impl DaySet {
    /// No day.
    pub const NONE: Self = Self([0; 6]);

    /// Days of a leap year, in which each day has its place.
    pub const DAYS: u16 = 366;

    /// The place of a date in the year: that of its day and month in a leap year, from 0.
    pub fn place(at: Date) -> u16 {
        date(2028, at.month(), at.day()).day_of_year().unsigned_abs() - 1
    }

    /// Adds the day at a place below [`DaySet::DAYS`].
    pub fn insert(&mut self, place: u16) {
        self.0[usize::from(place / 64)] |= 1 << (place % 64);
    }

    /// Whether the set has that day.
    pub fn contains(&self, at: Date) -> bool {
        let place = Self::place(at);
        self.0[usize::from(place / 64)] >> (place % 64) & 1 == 1
    }

    /// Days of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// Days of this one that the other does not have.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    /// The days it does not have.
    #[must_use]
    pub fn others(self) -> Self {
        let mut all = Self::NONE;
        (0..Self::DAYS).for_each(|place| all.insert(place));
        all.without(self)
    }

    /// Whether it has no day.
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }
}

/// What makes travellers of one profile differ on a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differences {
    strictest: Limits,
    /// By profile: days on which some road is closed, or some turn.
    closed_days: [DaySet; 4],
}

impl Differences {
    /// Linear in the number of junctions, of distinct rules and of turn restrictions.
    pub(super) fn of(map: &RoadMap) -> Self {
        let roads = map.traffics.iter().map(|traffic| traffic.limits);
        let junctions = map.graph.node_weights().map(|junction| junction.limits);
        let mut closed_days = [DaySet::NONE; 4];
        for days in map.traffics.iter().filter_map(|traffic| traffic.closed_days.as_deref()) {
            closed_days = std::array::from_fn(|profile| closed_days[profile].or(days[profile]));
        }
        for (rule, days) in map.turn_rules.iter().filter_map(|rule| Some((rule, rule.days?))) {
            for profile in PROFILES.into_iter().filter(|profile| rule.applies_to.contains(*profile)) {
                let closed = &mut closed_days[profile_index(profile)];
                *closed = closed.or(days);
            }
        }
        Self { strictest: roads.chain(junctions).fold(Limits::NONE, Limits::stricter), closed_days }
    }

    /// The traveller without the sizes and the date that nothing asks for.
    pub(super) fn simplest(&self, traveller: &Traveller) -> Traveller {
        let plain = Traveller::of(traveller.profile);
        // Each by itself, without the others: what passes the strictest limit passes all.
        let matters = |alone: Traveller| !self.strictest.admit(&Traveller { width_cm: Some(0), ..alone });
        let usual = usual_width_cm(traveller.profile);
        let is_wide = |width: u32| !self.strictest.admit(&Traveller { width_cm: Some(width), ..plain });
        let days = &self.closed_days[profile_index(traveller.profile)];
        Traveller {
            height_cm: traveller
                .height_cm
                .filter(|height| matters(Traveller { height_cm: Some(*height), ..plain })),
            width_cm: traveller
                .width_cm
                .filter(|width| *width != usual && (is_wide(*width) || is_wide(usual))),
            length_cm: traveller
                .length_cm
                .filter(|length| matters(Traveller { length_cm: Some(*length), ..plain })),
            weight_kg: traveller
                .weight_kg
                .filter(|weight| matters(Traveller { weight_kg: Some(*weight), ..plain })),
            date: traveller.date.filter(|date| days.contains(*date)),
            ..plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_date_has_its_place_whatever_the_year() {
        assert_eq!(DaySet::place(date(2027, 1, 1)), 0);
        assert_eq!(DaySet::place(date(2028, 2, 29)), 59);
        assert_eq!(DaySet::place(date(2027, 3, 1)), 60);
        assert_eq!(DaySet::place(date(2027, 12, 31)), 365);
    }

    #[test]
    fn the_other_days_are_all_but_those() {
        let mut days = DaySet::NONE;
        days.insert(0);
        let others = days.others();
        assert!(!others.contains(date(2027, 1, 1)) && others.contains(date(2027, 12, 31)));
        assert!(others.or(days).others().is_empty());
    }

    #[test]
    fn a_size_at_the_limit_passes_and_one_above_does_not() {
        let limits = Limits { height_cm: 320, width_cm: 200, length_cm: 800, weight_kg: 3_500 };
        let van = Traveller { width_cm: Some(200), ..Traveller::of(Profile::Van) };
        let sized = |height_cm, length_cm, weight_kg| {
            let [height_cm, length_cm, weight_kg] = [height_cm, length_cm, weight_kg].map(Some);
            limits.admit(&Traveller { height_cm, length_cm, weight_kg, ..van })
        };
        assert!(sized(320, 800, 3_500));
        assert!(!sized(321, 800, 3_500) && !sized(320, 801, 3_500) && !sized(320, 800, 3_501));
        assert!(!limits.admit(&Traveller { width_cm: Some(201), ..van }));
        assert!(!limits.admit(&Traveller::of(Profile::Van)), "a van is 2.1 m wide unless told otherwise");
        assert!(limits.admit(&Traveller::of(Profile::Car)) && limits.admit(&Traveller::of(Profile::Foot)));
    }
}
