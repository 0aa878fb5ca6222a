//! Days of the year on which a road is closed: mountain passes, winter and summer roads.
//!
//! References: wiki.openstreetmap.org/wiki/Conditional_restrictions, /Key:opening_hours and /Key:seasonal (read
//! 2026-11). Only what holds for whole days of every year counts, such as `no @ (Nov 15-May 31)`: a network has no hours
//! and no weather. Weekdays, hours, holidays, single years, `snow`, sizes and everything joined by `AND` are left out.

use chrono::{Datelike, NaiveDate};
use opening_hours::{OpeningHours, RuleKind};

use crate::network::limits::DaySet;
use crate::network::tags::Tags;

/// Longest value of a tag that is read: OpenStreetMap has none longer.
const LENGTH_MAX: usize = 255;

/// Whether any tag may close the way on some days: a cheap look before the tags are weighed.
pub(super) fn may_close(tags: &Tags<'_>) -> bool {
    tags.keys().any(|key| key.ends_with(":conditional") || key == "seasonal" || key == "opening_hours")
}

/// Days on which nobody may use a way, whoever they are: outside its `opening_hours` and its `seasonal`.
pub(super) fn shut(tags: &Tags<'_>) -> DaySet {
    let hours = tags.get("opening_hours").and_then(days).map_or(DaySet::NONE, DaySet::others);
    let season = tags.get("seasonal").and_then(seasons).map_or(DaySet::NONE, DaySet::others);
    hours.or(season)
}

/// The clauses of `value @ (condition); value @ (condition)`: each value with its days. Clauses that do not hold for
/// whole days of every year are left out.
pub(super) fn clauses(conditional: &str) -> Vec<(&str, DaySet)> {
    if conditional.len() > LENGTH_MAX {
        return Vec::new();
    }
    let clause = |clause| {
        let (value, condition) = str::split_once(clause, '@')?;
        let condition = condition.trim();
        let inner = condition.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        Some((value.trim(), days(inner.unwrap_or(condition))?))
    };
    outside_brackets(conditional).into_iter().filter_map(clause).collect()
}

/// Parts between semicolons that stand outside brackets.
fn outside_brackets(words: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let is_end = |letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ';' && depth == 0
    };
    words.split(is_end).collect()
}

/// The days that a condition names, `None` where it is about something else.
fn days(condition: &str) -> Option<DaySet> {
    if let Some(days) = seasons(condition) {
        return Some(days);
    }
    if !speaks_of_days(condition) {
        return None;
    }
    let parsed: OpeningHours = condition.parse().ok()?;
    let mut days = DaySet::NONE;
    // A leap year has every day.
    let year = NaiveDate::from_ymd_opt(2028, 1, 1)?.iter_days().take(usize::from(DaySet::DAYS));
    for date in year {
        let mut open = 0;
        for range in parsed.schedule_at(date).into_iter().filter(|range| range.kind == RuleKind::Open) {
            open += range.range.end.mins_from_midnight() - range.range.start.mins_from_midnight();
        }
        if open >= 24 * 60 {
            days.insert(date.ordinal0() as u16);
        }
    }
    Some(days)
}

/// Whether a condition is made of months and days of months alone.
fn speaks_of_days(condition: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || " -,;/".contains(letter);
    let mut words =
        condition.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let is_known = |word: &str| {
        let lower = word.to_ascii_lowercase();
        MONTHS.contains(&lower.as_str())
            || matches!(lower.as_str(), "off" | "closed" | "open")
            || (word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let names_a_month = condition
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .any(|word| MONTHS.contains(&word.to_ascii_lowercase().as_str()));
    condition.len() <= LENGTH_MAX && condition.chars().all(is_plain) && names_a_month && words.all(is_known)
}

/// The days of the seasons named, by the weather's calendar of the northern half of the Earth.
fn seasons(words: &str) -> Option<DaySet> {
    let mut days = DaySet::NONE;
    for word in words.split([';', ',']) {
        let months: [i8; 3] = match word.trim() {
            "spring" => [3, 4, 5],
            "summer" => [6, 7, 8],
            "autumn" => [9, 10, 11],
            "winter" => [12, 1, 2],
            _ => return None,
        };
        for place in 0..DaySet::DAYS {
            let month = NaiveDate::from_yo_opt(2028, u32::from(place) + 1)?.month();
            if months.iter().any(|each| month == u32::from(each.unsigned_abs())) {
                days.insert(place);
            }
        }
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn closed_on(condition: &str) -> Option<[bool; 5]> {
        let dates =
            [date(2027, 1, 15), date(2027, 4, 30), date(2027, 5, 1), date(2027, 8, 1), date(2027, 11, 15)];
        days(condition).map(|days| dates.map(|date| days.contains(date)))
    }

    #[test]
    fn months_and_days_of_months_are_read() {
        let winter = Some([true, true, false, false, true]);
        assert_eq!(closed_on("Nov-Apr"), winter);
        assert_eq!(closed_on("Nov 15-Apr 30"), winter);
        assert_eq!(closed_on("nov-apr"), winter);
        assert_eq!(closed_on("Jan-Apr,Nov-Dec"), winter);
        assert_eq!(closed_on("Nov 16-Apr 29"), Some([true, false, false, false, false]));
        assert_eq!(closed_on("winter"), Some([true, false, false, false, false]));
    }

    #[test]
    fn what_does_not_hold_for_whole_days_of_every_year_is_left_out() {
        let others = [
            "22:00-06:00",
            "Mo-Fr",
            "Nov-Apr 22:00-06:00",
            "2026 Nov-2027 Apr",
            "snow",
            "PH",
            "weight>7.5",
            "Nov-Apr AND wet",
            "",
            "Nov-Apr Sa",
            "24/7",
            "week 1-10",
            "(((",
            "Nov-",
            "99",
            "\u{0}",
            "é",
        ];
        for condition in others {
            assert_eq!(closed_on(condition), None, "{condition}");
        }
        assert_eq!(days(&"Nov-Apr,".repeat(100)), None, "longer than any tag");
    }

    #[test]
    fn clauses_are_parted_outside_brackets() {
        let found = clauses("no @ (Nov-Apr); destination @ (Mo-Fr 08:00-09:00); yes @ May-Oct");
        let values: Vec<&str> = found.iter().map(|(value, _)| *value).collect();
        assert_eq!(values, ["no", "yes"]);
        assert_eq!(clauses("no @ (Nov-Dec; Jan-Apr)").len(), 1);
        assert!(clauses("no").is_empty() && clauses("@;@(").is_empty());
    }
}
