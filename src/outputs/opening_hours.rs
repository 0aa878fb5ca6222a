//! When a stop is open, in the OSM `opening_hours` syntax.
//!
//! In: its visits. Out: a value that, from the first to the last published date, holds on exactly the planned dates.
//! Weekly stops get the short form people know (`Tu 10:00-11:00`); others get their dates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;

use crate::ids::StopId;
use crate::tables::{Dataset, Rhythm};
use crate::timetable::Timetable;
use crate::units::ClockTime;

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Announced hours of one visit.
type Hours = (ClockTime, ClockTime);

/// The value for a stop; `None` if it has no visit.
pub fn opening_hours(dataset: &Dataset, timetable: &Timetable, stop: StopId) -> Option<String> {
    let mut visits: BTreeMap<Date, Hours> = BTreeMap::new();
    for tour in &timetable.tours {
        for call in tour.calls().filter(|call| call.stop == stop) {
            visits.insert(tour.date, (call.opens, call.closes));
        }
    }
    if visits.is_empty() {
        return None;
    }
    let is_weekly =
        matches!(dataset.stops[stop].rhythm, Rhythm::PerWeek { .. } | Rhythm::EveryWeeks { weeks: 1 });
    let mut rules = Vec::new();
    if is_weekly {
        for weekday in 0..7 {
            weekday_rules(dataset, &mut visits, weekday, &mut rules);
        }
    }
    dated_rules(&visits, &mut rules);
    Some(rules.join("; "))
}

/// Moves the visits of a weekday out of `visits` into a rule `Tu 10:00-11:00`, if they are all at the same hours, with
/// the dates without a visit after it; but only where that is shorter than the dates themselves.
fn weekday_rules(
    dataset: &Dataset,
    visits: &mut BTreeMap<Date, Hours>,
    weekday: usize,
    rules: &mut Vec<String>,
) {
    let falls_on = |date: &Date| date.weekday().to_monday_zero_offset() as usize == weekday;
    let Some((_, &hours)) = visits.iter().find(|(date, _)| falls_on(date)) else { return };
    let settings = &dataset.settings;
    let (open, off): (Vec<_>, Vec<_>) = (0..settings.horizon_days())
        .map(|day| settings.date(day))
        .filter(falls_on)
        .partition(|date| visits.contains_key(date));
    if off.len() >= open.len() || open.iter().any(|date| visits[date] != hours) {
        return;
    }
    rules.push(format!("{} {}", WEEKDAYS[weekday], span(hours)));
    if !off.is_empty() {
        rules.push(format!("{} off", dates(&off)));
    }
    visits.retain(|date, _| !falls_on(date));
}

/// One rule for all dates with the same hours, in order of the first.
fn dated_rules(visits: &BTreeMap<Date, Hours>, rules: &mut Vec<String>) {
    let mut by_hours: Vec<(Hours, Vec<Date>)> = Vec::new();
    for (&date, &hours) in visits {
        match by_hours.iter_mut().find(|(known, _)| *known == hours) {
            Some((_, dates)) => dates.push(date),
            None => by_hours.push((hours, vec![date])),
        }
    }
    rules.extend(by_hours.iter().map(|(hours, days)| format!("{} {}", dates(days), span(*hours))));
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

/// `10:00-11:00`; the syntax allows an end past midnight (`22:00-26:00`), and a start only before it.
fn span((opens, closes): Hours) -> String {
    format!("{opens}-{closes}")
}
