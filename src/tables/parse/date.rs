//! Dates: ISO, day first, or with the month in words.

use jiff::civil::Date;

use super::{Parsed, simplify};

const MONTHS: [[&str; 4]; 12] = [
    ["janvier", "january", "janv", "jan"],
    ["fevrier", "february", "fevr", "feb"],
    ["mars", "march", "mars", "mar"],
    ["avril", "april", "avr", "apr"],
    ["mai", "may", "mai", "may"],
    ["juin", "june", "juin", "jun"],
    ["juillet", "july", "juil", "jul"],
    ["aout", "august", "aout", "aug"],
    ["septembre", "september", "sept", "sep"],
    ["octobre", "october", "oct", "oct"],
    ["novembre", "november", "nov", "nov"],
    ["decembre", "december", "dec", "dec"],
];

/// A date of the years 1990 to 2199. The canonical spelling is ISO 8601.
///
/// Numbers with slashes, points or dashes are day first; two digits of year are of this century.
pub fn date(typed: &str) -> Option<Parsed<Date>> {
    let words = simplify(typed);
    let day_only = words
        .strip_suffix("t00:00:00")
        .or_else(|| words.strip_suffix(" 00:00:00"))
        .or_else(|| words.strip_suffix(" 00:00"))
        .unwrap_or(&words);
    let (value, weekday) = numeric(day_only).map(|value| (value, None)).or_else(|| in_words(day_only))?;
    let is_bounded = (1990..2200).contains(&value.year());
    let agrees = weekday.is_none_or(|weekday| weekday == value.weekday().to_monday_zero_offset() as u8);
    (is_bounded && agrees).then(|| Parsed { value, plain: value.to_string() })
}

fn numeric(words: &str) -> Option<Date> {
    let parts: Vec<&str> = words.split(['-', '/', '.']).map(str::trim).collect();
    let &[first, month, last] = parts.as_slice() else { return None };
    if first.len() == 4 { build(first, month, last) } else { build(last, month, first) }
}

/// `lundi 4 janvier 2027`, `1er mai 2027`, `4 Jan 2027`, with the weekday where one is written.
fn in_words(words: &str) -> Option<(Date, Option<u8>)> {
    let mut parts: Vec<&str> = words.split([' ', ',', '-']).filter(|part| !part.is_empty()).collect();
    let weekday = super::days::weekday(parts.first()?);
    if weekday.is_some() {
        parts.remove(0);
    }
    let &[day, month, year] = parts.as_slice() else { return None };
    let day = day.trim_end_matches(|letter: char| letter.is_alphabetic());
    let month = month.trim_end_matches('.');
    let number = MONTHS.iter().position(|names| names.contains(&month))? + 1;
    Some((build(year, &number.to_string(), day)?, weekday))
}

fn build(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse::<i8>().ok()).flatten();
    let year = match year.len() {
        4 => year.parse::<i16>().ok()?,
        2 => 2000 + year.parse::<i16>().ok().filter(|year| *year >= 0)?,
        _ => return None,
    };
    Date::new(year, short(month)?, short(day)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_iso_or_day_first() {
        for typed in [
            "2027-01-04",
            "04/01/2027",
            "4/1/27",
            "4.1.2027",
            "04-01-2027",
            "2027/01/04",
            "2027-01-04T00:00:00",
            "4 janvier 2027",
            "Lundi 4 janvier 2027",
            "4 janv. 2027",
            "4 Jan 2027",
        ] {
            assert_eq!(date(typed).map(|parsed| parsed.plain).as_deref(), Some("2027-01-04"), "{typed}");
        }
        assert_eq!(date("1er mai 2027").map(|parsed| parsed.plain).as_deref(), Some("2027-05-01"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for typed in [
            "01/25/2027",
            "2027-02-30",
            "mardi 4 janvier 2027",
            "2027-01-04 10:30",
            "44930",
            "demain",
            "",
            "1/1/1",
            "99999999-1-1",
            "+027-01-04",
        ] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }
}
