//! Times of day and lengths of time: `9h30`, `09:30`, `1h30`, `45 min`.

use super::{Parsed, simplify};
use crate::units::{ClockTime, Seconds, Window};

/// A time of day, up to 48:00. The canonical spelling is `09:30`.
///
/// A bare number is refused: `9.5` may be half past nine or nine hours fifty.
pub fn clock(typed: &str) -> Option<Parsed<ClockTime>> {
    let words = simplify(typed);
    let seconds = match words.as_str() {
        "midi" | "noon" => 12 * 3600,
        "minuit" | "midnight" => 24 * 3600,
        _ => hours_minutes(&words)?,
    };
    let value = ClockTime(seconds);
    let plain = if seconds % 60 == 0 { value.to_string() } else { format!("{value}:{:02}", seconds % 60) };
    (seconds <= 48 * 3600).then_some(Parsed { value, plain })
}

/// `9h`, `9 h 30`, `9:30`, `09:30:00`, `9h30min`, `2:30 pm`.
fn hours_minutes(words: &str) -> Option<i32> {
    let (body, shift) = match words.strip_suffix("pm").map(str::trim) {
        Some(body) => (body, Some(12)),
        None => match words.strip_suffix("am").map(str::trim) {
            Some(body) => (body, Some(0)),
            None => (words, None),
        },
    };
    let body = body.replace("heures", "h").replace("heure", "h").replace("minutes", "").replace("mn", "");
    let body = body.replace("min", "");
    let mut parts = body.split([':', 'h']).map(str::trim);
    let hour = digits(parts.next()?, 2)?;
    let minute = match parts.next() {
        Some("") if body.contains('h') => 0,
        Some(minute) => digits(minute, 2).filter(|_| minute.len() == 2)?,
        // A bare hour is only clear beside am or pm.
        None => shift.map(|_| 0)?,
    };
    let second = match parts.next() {
        Some(second) => digits(second, 2).filter(|_| second.len() == 2)?,
        None => 0,
    };
    if parts.next().is_some() || minute > 59 || second > 59 {
        return None;
    }
    let hour = match shift {
        Some(shift) if (1..=12).contains(&hour) => hour % 12 + shift,
        Some(_) => return None,
        None => hour,
    };
    Some(hour * 3600 + minute * 60 + second)
}

fn digits(part: &str, most: usize) -> Option<i32> {
    let is_number = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| part.parse().ok()).flatten()
}

/// Two times of day, `11:30-14:00`, `11h30 à 14h`, `de 11h30 à 14h`. The order is not checked.
pub fn interval(typed: &str) -> Option<Parsed<Window>> {
    let words = simplify(typed);
    let words = words.strip_prefix("de ").or_else(|| words.strip_prefix("entre ")).unwrap_or(&words);
    let (open, close) = words
        .split_once('-')
        .or_else(|| words.split_once(" a "))
        .or_else(|| words.split_once(" et "))
        .or_else(|| words.split_once(" to "))?;
    let (open, close) = (clock(open)?, clock(close)?);
    let plain = format!("{}-{}", open.plain, close.plain);
    Some(Parsed { value: Window { open: open.value, close: close.value }, plain })
}

/// What a bare number means in a cell that holds a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BareNumber {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours up to 24, minutes from 30 on, neither between.
    Hours,
}

/// A length of time: `45`, `45 min`, `1h30`, `1:30`, `90s`, `1,5 h`. The canonical spelling is a bare number of minutes
/// or seconds, or `08:30` where bare numbers are hours.
pub fn span(typed: &str, bare: BareNumber) -> Option<Parsed<Seconds>> {
    let seconds = span_seconds(&simplify(typed), bare)?;
    let plain = match bare {
        BareNumber::Seconds => seconds.to_string(),
        BareNumber::Minutes if seconds % 60 == 0 => (seconds / 60).to_string(),
        BareNumber::Minutes => format!("{seconds} s"),
        BareNumber::Hours => ClockTime(seconds).to_string(),
    };
    Some(Parsed { value: Seconds(seconds), plain })
}

fn span_seconds(words: &str, bare: BareNumber) -> Option<i32> {
    let compact = words.replace(' ', "");
    if let Some((hours, minutes)) = compact.split_once([':', 'h']) {
        return hours_and_minutes(hours, minutes);
    }
    let end = compact.rfind(|letter: char| letter.is_ascii_digit())? + 1;
    let (number, unit) = compact.split_at(end);
    let value: f64 = number.replace(',', ".").parse().ok()?;
    let factor = match (unit, bare) {
        ("s" | "sec" | "secondes" | "seconds", _) | ("", BareNumber::Seconds) => 1.0,
        ("m" | "min" | "mn" | "minutes" | "minute", _) | ("", BareNumber::Minutes) => 60.0,
        ("heures" | "heure" | "hours" | "hour", _) => 3600.0,
        ("", BareNumber::Hours) if value <= 24.0 => 3600.0,
        ("", BareNumber::Hours) if value >= 30.0 => 60.0,
        _ => return None,
    };
    whole_seconds(value * factor)
}

fn hours_and_minutes(hours: &str, minutes: &str) -> Option<i32> {
    let minutes = minutes.trim_end_matches("minutes").trim_end_matches("min").trim_end_matches("mn");
    let minutes = minutes.strip_suffix(":00").unwrap_or(minutes);
    if minutes.is_empty() {
        return whole_seconds(hours.replace(',', ".").parse::<f64>().ok()? * 3600.0);
    }
    let minutes = digits(minutes, 2).filter(|&number| number <= 59 && minutes.len() == 2)?;
    Some(digits(hours, 3)? * 3600 + minutes * 60)
}

fn whole_seconds(seconds: f64) -> Option<i32> {
    (0.0..=1e9).contains(&seconds).then(|| seconds.round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_in_every_usual_spelling() {
        for (typed, expected) in [
            ("09:30", "09:30"),
            ("9:30", "09:30"),
            ("9h30", "09:30"),
            ("9 h 30", "09:30"),
            ("9H", "09:00"),
            ("9h05", "09:05"),
            ("09:30:00", "09:30"),
            ("9h30min", "09:30"),
            ("25:30", "25:30"),
            ("midi", "12:00"),
            ("2:30 pm", "14:30"),
            ("12 am", "00:00"),
        ] {
            assert_eq!(clock(typed).map(|parsed| parsed.plain).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for typed in [
            "9h3O", "9.5", "9", "930", "9:3", "9h5", "24:60", "49:00", "-9:00", "", "h30", "9:30:61", "13 pm",
        ] {
            assert_eq!(clock(typed), None, "{typed}");
        }
    }

    #[test]
    fn lengths_of_time_take_units() {
        use BareNumber::{Hours, Minutes, Seconds};
        for (typed, bare, expected) in [
            ("45", Minutes, 2700),
            ("45 min", Minutes, 2700),
            ("1h30", Minutes, 5400),
            ("0:45", Minutes, 2700),
            ("2,5", Minutes, 150),
            ("8h30", Hours, 30_600),
            ("8", Hours, 28_800),
            ("8,5", Hours, 30_600),
            ("510", Hours, 30_600),
            ("1,5h", Hours, 5400),
            ("10:00:00", Hours, 36_000),
            ("90", Seconds, 90),
            ("2m", Seconds, 120),
        ] {
            assert_eq!(span(typed, bare).map(|parsed| parsed.value.0), Some(expected), "{typed}");
        }
        for typed in ["27", "-1", "1h7", "NaN", "inf", "8h99", "abc", ""] {
            assert_eq!(span(typed, Hours), None, "{typed}");
        }
    }

    #[test]
    fn two_times_make_an_interval() {
        let parsed = interval("11h30 à 14h").expect("a usual spelling");
        assert_eq!(parsed.plain, "11:30-14:00");
        assert_eq!(interval("11h30"), None);
    }
}
