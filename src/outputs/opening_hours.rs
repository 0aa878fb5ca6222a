//! When a stop is open, in the OSM `opening_hours` syntax.
//!
//! In: its visits. Out: a value that, from the first to the last published date, holds on exactly the planned dates.
//! Weekly stops get the short form people know (`Tu 10:00-11:00`); others get their dates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Span;
use jiff::civil::Date;

use crate::ids::StopId;
use crate::tables::{Dataset, Rhythm};
use crate::timetable::Timetable;
use crate::units::ClockTime;

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// When a stop is open on one calendar date, in order.
type Hours = Vec<(ClockTime, ClockTime)>;

/// The value for a stop; `None` if it has no visit.
pub fn opening_hours(dataset: &Dataset, timetable: &Timetable, stop: StopId) -> Option<String> {
    let mut visits: BTreeMap<Date, Hours> = BTreeMap::new();
    for tour in &timetable.tours {
        for call in tour.calls().filter(|call| call.stop == stop) {
            add(&mut visits, tour.date, call.opens, call.closes);
        }
    }
    let settings = &dataset.settings;
    let published: Vec<Date> = (0..settings.horizon_days()).map(|day| settings.date(day)).collect();
    let is_weekly =
        matches!(dataset.stops[stop].rhythm, Rhythm::PerWeek { .. } | Rhythm::EveryWeeks { weeks: 1 });
    (!visits.is_empty()).then(|| value(visits, &published, is_weekly))
}

/// Adds an opening, cut at midnight: a later rule for the next date would take its end away.
fn add(visits: &mut BTreeMap<Date, Hours>, date: Date, opens: ClockTime, closes: ClockTime) {
    visits.entry(date).or_default().push((opens, closes.min(ClockTime::END_OF_DAY)));
    if closes > ClockTime::END_OF_DAY {
        let rest = ClockTime::MIDNIGHT + (closes - ClockTime::END_OF_DAY);
        visits.entry(date.saturating_add(Span::new().days(1))).or_default().push((ClockTime::MIDNIGHT, rest));
    }
}

fn value(mut visits: BTreeMap<Date, Hours>, published: &[Date], is_weekly: bool) -> String {
    let mut rules = Vec::new();
    if is_weekly {
        for weekday in 0..7 {
            weekday_rules(&mut visits, published, weekday, &mut rules);
        }
    }
    dated_rules(&visits, &mut rules);
    rules.join("; ")
}

/// Moves the visits of a weekday out of `visits` into a rule `Tu 10:00-11:00`, if they are all at the same hours, with
/// the dates without a visit after it; but only where that is shorter than the dates themselves.
fn weekday_rules(
    visits: &mut BTreeMap<Date, Hours>,
    published: &[Date],
    weekday: usize,
    rules: &mut Vec<String>,
) {
    let falls_on = |date: &Date| date.weekday().to_monday_zero_offset() as usize == weekday;
    let Some((_, hours)) = visits.iter().find(|(date, _)| falls_on(date)) else { return };
    let days = published.iter().copied().filter(falls_on);
    let (open, off): (Vec<_>, Vec<_>) = days.partition(|date| visits.contains_key(date));
    if off.len() >= open.len() || open.iter().any(|date| visits[date] != *hours) {
        return;
    }
    rules.push(format!("{} {}", WEEKDAYS[weekday], spans(hours)));
    if !off.is_empty() {
        rules.push(format!("{} off", dates(&off)));
    }
    visits.retain(|date, _| !falls_on(date));
}

/// One rule for all dates with the same hours, in order of the first.
fn dated_rules(visits: &BTreeMap<Date, Hours>, rules: &mut Vec<String>) {
    let mut by_hours: Vec<(&Hours, Vec<Date>)> = Vec::new();
    for (&date, hours) in visits {
        match by_hours.iter_mut().find(|(known, _)| *known == hours) {
            Some((_, dates)) => dates.push(date),
            None => by_hours.push((hours, vec![date])),
        }
    }
    rules.extend(by_hours.iter().map(|(hours, days)| format!("{} {}", dates(days), spans(hours))));
}

fn dates(days: &[Date]) -> String {
    let mut words = String::new();
    for day in days {
        let comma = if words.is_empty() { "" } else { "," };
        let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
        write!(words, "{comma}{} {month} {:02}", day.year(), day.day()).expect("a string grows");
    }
    words
}

/// `10:00-11:00`, or `00:00-00:30,22:00-24:00`.
fn spans(hours: &Hours) -> String {
    hours.iter().map(|(opens, closes)| format!("{opens}-{closes}")).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use opening_hours::{OpeningHours, RuleKind};
    use proptest::prelude::*;

    use super::*;

    /// Six weeks from Monday 4 January 2027.
    fn published() -> Vec<Date> {
        (0..42).map(|day| date(2027, 1, 4).saturating_add(Span::new().days(day))).collect()
    }

    fn on(days: &[usize], (opens, closes): (ClockTime, ClockTime)) -> BTreeMap<Date, Hours> {
        let mut visits = BTreeMap::new();
        for &day in days {
            add(&mut visits, published()[day], opens, closes);
        }
        visits
    }

    const MORNING: (ClockTime, ClockTime) = (ClockTime::from_hm(10, 0), ClockTime::from_hm(11, 0));

    #[test]
    fn a_weekly_stop_has_the_short_form() {
        let visits = on(&[1, 8, 15, 22, 29, 36], MORNING);
        assert_eq!(value(visits, &published(), true), "Tu 10:00-11:00");
    }

    #[test]
    fn a_cancelled_date_is_off() {
        let visits = on(&[1, 8, 22, 29, 36], MORNING);
        assert_eq!(value(visits, &published(), true), "Tu 10:00-11:00; 2027 Jan 19 off");
    }

    #[test]
    fn a_fortnightly_stop_has_its_dates() {
        let visits = on(&[1, 15, 29], MORNING);
        assert_eq!(value(visits, &published(), false), "2027 Jan 05,2027 Jan 19,2027 Feb 02 10:00-11:00");
    }

    #[test]
    fn weeks_at_other_hours_are_dated() {
        let mut visits = on(&[1, 15, 29], MORNING);
        visits.extend(on(&[8, 22, 36], (ClockTime::from_hm(9, 30), ClockTime::from_hm(10, 15))));
        assert_eq!(
            value(visits, &published(), true),
            "2027 Jan 05,2027 Jan 19,2027 Feb 02 10:00-11:00; 2027 Jan 12,2027 Jan 26,2027 Feb 09 09:30-10:15"
        );
    }

    /// Dates and minutes at which the value says the stop opens and closes.
    fn evaluated(value: &str) -> Vec<(String, String)> {
        let hours: OpeningHours = value.parse().unwrap_or_else(|error| panic!("{value}: {error}"));
        let moment = |words: &str| words.parse().expect("a moment");
        hours
            .iter_range(moment("2027-01-04T00:00:00"), moment("2027-02-16T00:00:00"))
            .filter(|span| span.kind == RuleKind::Open)
            .map(|span| (span.range.start.to_string(), span.range.end.to_string()))
            .collect()
    }

    proptest! {
        #[test]
        fn the_value_holds_on_exactly_the_visits(
            days in proptest::collection::btree_map(0..42_usize, (0..3_usize, 1..30_i32), 1..20),
            is_weekly: bool,
        ) {
            let starts = [(9, 0), (13, 30), (22, 45)];
            let moment = |date: Date, time: ClockTime| {
                date.at(0, 0, 0, 0).saturating_add(Span::new().seconds(time.get())).strftime("%F %T").to_string()
            };
            let (mut visits, mut expected) = (BTreeMap::new(), Vec::new());
            for (day, (start, length)) in days {
                let (date, (hour, minute)) = (published()[day], starts[start]);
                let opens = ClockTime::from_hm(hour, minute);
                // Two lengths are enough for same and other hours; the longer one passes midnight.
                let closes = ClockTime(opens.get() + if length < 20 { 3600 } else { 6300 });
                add(&mut visits, date, opens, closes);
                expected.push((moment(date, opens), moment(date, closes)));
            }
            let value = value(visits, &published(), is_weekly);
            let mut found = evaluated(&value);
            if found.last().is_some_and(|(start, _)| start.as_str() >= "2027-02-15 00:30") {
                found.pop(); // after the last published date a weekly stop goes on
            }
            prop_assert_eq!(found, expected, "{}", value);
        }
    }
}
