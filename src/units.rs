//! Quantities. Each is an integer with a unit, so that equal inputs give equal plans on every machine,
//! and only operations that mean something exist.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident($repr:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $repr);

        impl $name {
            /// The zero of this quantity.
            pub const ZERO: Self = Self(0);
            /// The largest value; stands for "no limit" where a field says so.
            pub const MAX: Self = Self(<$repr>::MAX);

            /// The bare number, in the unit of the type.
            pub const fn get(self) -> $repr {
                self.0
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                Self(items.map(|item| item.0).sum())
            }
        }
    };
}

quantity! {
    /// A span of time in whole seconds; negative in differences.
    Seconds(i32)
}
quantity! {
    /// A length along the road in whole metres.
    Metres(i32)
}
quantity! {
    /// Money, [`Cost::PER_EURO`] to the euro: a tenth of a cent a kilometre or an hour is whole a metre and a second.
    Cost(i64)
}
quantity! {
    /// A count of households that attend or are registered.
    Households(i32)
}
quantity! {
    /// Households in need, in thousandths: analysts' estimates are not whole, and their totals must reconcile.
    Need(i64)
}
quantity! {
    /// Mass in grams.
    Grams(i64)
}

impl Seconds {
    /// A span of whole minutes.
    pub const fn from_minutes(minutes: i32) -> Self {
        Self(minutes * 60)
    }

    /// Minutes, for people.
    pub fn minutes(self) -> f64 {
        f64::from(self.0) / 60.0
    }

    /// The least multiple of `grid` not below this span; a `grid` of zero or one second changes nothing.
    #[must_use]
    pub const fn round_up_to(self, grid: Self) -> Self {
        if grid.0 <= 1 { self } else { Self(self.0 + (grid.0 - self.0.rem_euclid(grid.0)) % grid.0) }
    }
}

impl Metres {
    /// Kilometres, for people.
    pub fn kilometres(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Cost {
    /// One euro.
    pub const PER_EURO: i64 = 18_000_000;

    /// Rounded to the nearest tenth of a cent.
    pub fn from_euros(euros: f64) -> Self {
        Self((euros * 1e3).round() as i64 * (Self::PER_EURO / 1000))
    }

    const PER_CENT: i64 = Self::PER_EURO / 100;

    /// Whole cents, rounded up.
    pub const fn cents_up(self) -> i64 {
        -(-self.0).div_euclid(Self::PER_CENT)
    }

    /// Whole cents, rounded down.
    pub const fn cents_down(self) -> i64 {
        self.0.div_euclid(Self::PER_CENT)
    }

    /// Euros, for people: to the nearest millionth.
    pub fn euros(self) -> f64 {
        (self.0 as f64 / (Self::PER_EURO as f64 / 1e6)).round() / 1e6
    }
}

impl Need {
    /// A whole number of households.
    pub const fn from_households(households: i64) -> Self {
        Self(households * 1000)
    }

    /// Households, for people.
    pub fn households(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Grams {
    /// Rounded to the nearest gram.
    pub fn from_kilograms(kilograms: f64) -> Self {
        Self((kilograms * 1e3).round() as i64)
    }

    /// Kilograms, for people.
    pub fn kilograms(self) -> f64 {
        self.0 as f64 / 1e3
    }
}

/// A time of a service day, in seconds after its midnight; 25:30 is legal and means half past one the next day.
///
/// Two clock times cannot be added; their difference is a [`Seconds`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(pub i32);

impl ClockTime {
    /// Midnight at the start of the service day.
    pub const MIDNIGHT: Self = Self(0);
    /// Midnight at the end of the service day.
    pub const END_OF_DAY: Self = Self(24 * 3600);

    /// `hour` and `minute` as read off a clock.
    pub const fn from_hm(hour: i32, minute: i32) -> Self {
        Self(hour * 3600 + minute * 60)
    }

    /// Seconds after midnight.
    pub const fn get(self) -> i32 {
        self.0
    }

    /// The first multiple of `grid` (from midnight) not before this time.
    #[must_use]
    pub const fn round_up_to(self, grid: Seconds) -> Self {
        Self(Seconds(self.0).round_up_to(grid).0)
    }

    /// The last multiple of `grid` (from midnight) not after this time.
    #[must_use]
    pub const fn round_down_to(self, grid: Seconds) -> Self {
        if grid.0 <= 1 { self } else { Self(self.0 - self.0.rem_euclid(grid.0)) }
    }
}

impl Add<Seconds> for ClockTime {
    type Output = Self;
    fn add(self, span: Seconds) -> Self {
        Self(self.0 + span.0)
    }
}

impl Sub<Seconds> for ClockTime {
    type Output = Self;
    fn sub(self, span: Seconds) -> Self {
        Self(self.0 - span.0)
    }
}

impl Sub for ClockTime {
    type Output = Seconds;
    fn sub(self, other: Self) -> Seconds {
        Seconds(self.0 - other.0)
    }
}

/// `09:30`; seconds are cut off.
impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.div_euclid(3600), self.0.rem_euclid(3600) / 60)
    }
}

/// A closed interval of clock times, `open <= close`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// First instant inside.
    pub open: ClockTime,
    /// Last instant inside.
    pub close: ClockTime,
}

impl Window {
    /// The whole service day.
    pub const ALL_DAY: Self = Self { open: ClockTime::MIDNIGHT, close: ClockTime::END_OF_DAY };

    /// Whether `other` lies inside.
    pub fn holds(self, other: Self) -> bool {
        self.open <= other.open && other.close <= self.close
    }
}

/// A day of the planning cycle; 0 is its first Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u8);

impl Day {
    /// Position as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// 0 for a Monday to 6 for a Sunday, as every cycle starts on a Monday.
    pub const fn weekday_index(self) -> u8 {
        self.0 % 7
    }

    /// 0 for the first week of the cycle.
    pub const fn week_index(self) -> u8 {
        self.0 / 7
    }
}

/// A set of days of a cycle of at most [`DaySet::CAPACITY`] days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DaySet(pub u64);

impl DaySet {
    /// The most days a cycle may have.
    pub const CAPACITY: u8 = 64;
    /// No day.
    pub const EMPTY: Self = Self(0);

    /// The first `days` days of the cycle.
    pub const fn first(days: u8) -> Self {
        if days >= Self::CAPACITY { Self(u64::MAX) } else { Self((1 << days) - 1) }
    }

    /// The set of one day.
    pub const fn only(day: Day) -> Self {
        Self(1 << day.0)
    }

    /// Whether `day` is in the set.
    pub const fn contains(self, day: Day) -> bool {
        self.0 >> day.0 & 1 == 1
    }

    /// Adds `day`.
    pub const fn insert(&mut self, day: Day) {
        self.0 |= 1 << day.0;
    }

    /// Days in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Days in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Days in this set and not in `other`.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every day of this set is in `other`.
    pub const fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Number of days.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether no day is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days, in order.
    pub fn iter(self) -> impl Iterator<Item = Day> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let day = rest.trailing_zeros() as u8;
            rest &= rest - 1;
            Some(Day(day))
        })
    }
}

impl FromIterator<Day> for DaySet {
    fn from_iter<I: IntoIterator<Item = Day>>(days: I) -> Self {
        let mut set = Self::EMPTY;
        for day in days {
            set.insert(day);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_round_outwards_on_the_grid() {
        let five = Seconds::from_minutes(5);
        assert_eq!(ClockTime::from_hm(9, 2).round_up_to(five), ClockTime::from_hm(9, 5));
        assert_eq!(ClockTime::from_hm(9, 5).round_up_to(five), ClockTime::from_hm(9, 5));
        assert_eq!(ClockTime::from_hm(9, 4).round_down_to(five), ClockTime::from_hm(9, 0));
        assert_eq!(ClockTime(17).round_up_to(Seconds::ZERO), ClockTime(17));
    }

    #[test]
    fn cents_are_rounded_up_or_down() {
        assert_eq!(Cost::from_euros(173.0).cents_up(), 17_300);
        assert_eq!((Cost(1).cents_down(), Cost::ZERO.cents_down(), Cost(-1).cents_down()), (0, 0, -1));
        assert_eq!((Cost(1).cents_up(), Cost::ZERO.cents_up(), Cost(-1).cents_up()), (1, 0, 0));
    }

    #[test]
    fn a_day_set_lists_its_days_in_order() {
        let set: DaySet = [Day(9), Day(2)].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Day(2), Day(9)]);
        assert!(set.is_subset(DaySet::first(14)));
        assert!(!set.is_subset(DaySet::first(7)));
    }

    #[test]
    fn a_clock_time_past_midnight_keeps_counting() {
        assert_eq!(ClockTime::from_hm(25, 30).to_string(), "25:30");
    }
}
