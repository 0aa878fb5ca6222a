//! Clock times of service days as moments of the calendar: ISO 8601 with the offset of the scenario's time zone.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::tables::Settings;
use crate::units::ClockTime;

/// The time zone that moments are told in.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// Hand-written times may lie that many days around their tour's date.
const DAYS_AROUND: i32 = 2;

impl Zone {
    /// The zone of a scenario.
    pub fn of(settings: &Settings) -> Self {
        Self::named(&settings.timezone).expect("the time zone was checked on reading")
    }

    /// The zone of that IANA name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// For formats that tell its clock changes.
    pub fn time_zone(&self) -> &TimeZone {
        &self.0
    }

    /// `2027-01-05T09:30:00+01:00`: the moment a clock in the village shows `time` of the service day `date`.
    ///
    /// 25:30 is half past one the next day. In the hour that a clock change skips, the moment an hour later; in the one
    /// it repeats, the first.
    pub fn moment(&self, date: Date, time: ClockTime) -> String {
        let wall = date.at(0, 0, 0, 0).saturating_add(Span::new().seconds(time.get()));
        let zoned =
            self.0.to_ambiguous_zoned(wall).compatible().expect("published dates are within the calendar");
        zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The clock time of service day `date` that people wrote as `9:30`, `09:30:15`, `25:30`, `9h30`, or as a date and time
    /// with or without an offset. `None` if it is none of these, or days away from `date`.
    pub fn clock_time(&self, date: Date, typed: &str) -> Option<ClockTime> {
        let typed = typed.trim();
        hours_minutes_seconds(typed).or_else(|| {
            let wall = match typed.parse::<Timestamp>() {
                Ok(moment) => moment.to_zoned(self.0.clone()).datetime(),
                Err(_no_offset) => {
                    typed.parse::<DateTime>().ok().filter(|_| typed.contains(['T', 't', ' ']))?
                }
            };
            let days = wall.date().since(date).ok()?.get_days();
            let time = wall.time();
            let seconds =
                i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
            (-DAYS_AROUND..=DAYS_AROUND).contains(&days).then(|| ClockTime(days * 24 * 3600 + seconds))
        })
    }
}

/// `9:30`, `09:30:15`, `9h30`, `9h`, `25:30`; hours below 72.
fn hours_minutes_seconds(typed: &str) -> Option<ClockTime> {
    let mut parts = typed.split([':', 'h', 'H']);
    let number = |part: Option<&str>, below: i32, digits: std::ops::RangeInclusive<usize>| -> Option<i32> {
        let part = part?;
        let fits = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<i32>().ok()).flatten().filter(|number| *number < below)
    };
    let hours = number(parts.next(), 24 * (DAYS_AROUND + 1), 1..=2)?;
    let minutes = match parts.next()? {
        "" if typed.ends_with(['h', 'H']) => 0,
        part => number(Some(part), 60, 2..=2)?,
    };
    let seconds = parts.next().map_or(Some(0), |part| number(Some(part), 60, 2..=2))?;
    parts.next().is_none().then(|| ClockTime(hours * 3600 + minutes * 60 + seconds))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn paris() -> Zone {
        Zone(TimeZone::get("Europe/Paris").expect("bundled"))
    }

    #[test]
    fn a_moment_carries_the_offset_of_its_season() {
        assert_eq!(paris().moment(date(2027, 1, 5), ClockTime::from_hm(9, 30)), "2027-01-05T09:30:00+01:00");
        assert_eq!(paris().moment(date(2027, 7, 6), ClockTime::from_hm(9, 30)), "2027-07-06T09:30:00+02:00");
    }

    #[test]
    fn a_time_past_midnight_is_on_the_next_day() {
        assert_eq!(
            paris().moment(date(2027, 1, 31), ClockTime::from_hm(25, 30)),
            "2027-02-01T01:30:00+01:00"
        );
    }

    #[test]
    fn the_night_of_a_clock_change_has_moments_too() {
        // On 2027-03-28 the clock goes from 2:00 to 3:00.
        assert_eq!(
            paris().moment(date(2027, 3, 27), ClockTime::from_hm(26, 30)),
            "2027-03-28T03:30:00+02:00"
        );
        assert_eq!(paris().moment(date(2027, 3, 28), ClockTime::from_hm(9, 0)), "2027-03-28T09:00:00+02:00");
    }

    #[test]
    fn a_moment_reads_back() {
        let zone = paris();
        for (day, time) in [
            (date(2027, 1, 31), ClockTime::from_hm(25, 30)),
            (date(2027, 7, 6), ClockTime(34_215)),
            (date(2027, 3, 28), ClockTime::from_hm(3, 30)),
        ] {
            assert_eq!(zone.clock_time(day, &zone.moment(day, time)), Some(time));
        }
    }

    #[test]
    fn people_write_times_in_several_ways() {
        let (zone, day) = (paris(), date(2027, 1, 5));
        for typed in [
            "9:30",
            "09:30",
            " 09:30:00 ",
            "9h30",
            "2027-01-05T09:30",
            "2027-01-05T08:30:00Z",
            "2027-01-05 09:30:00",
        ] {
            assert_eq!(zone.clock_time(day, typed), Some(ClockTime::from_hm(9, 30)), "{typed}");
        }
        assert_eq!(zone.clock_time(day, "9h"), Some(ClockTime::from_hm(9, 0)));
        assert_eq!(zone.clock_time(day, "25:30"), Some(ClockTime::from_hm(25, 30)));
    }

    #[test]
    fn what_is_no_time_of_that_day_is_refused() {
        for typed in [
            "",
            "9",
            "9:3",
            "9:60",
            "72:00",
            "-1:00",
            "2027-01-05",
            "2027-02-05T09:30",
            "nine",
            "9:30:15:00",
            "+9:30",
            "٩:٣٠",
        ] {
            assert_eq!(paris().clock_time(date(2027, 1, 5), typed), None, "{typed}");
        }
    }
}
