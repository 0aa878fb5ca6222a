//! Values of the command line: what a word may be, and what to say when it is not.

use std::ops::RangeInclusive;
use std::time::Duration;

/// Most antennas that `plan` and `frontier` take.
const ANTENNAS_MAX: usize = 200;
/// Largest worth of a household in euros, as in `scenario.toml`.
const WORTH_MAX: f64 = 100_000.0;

/// From 1 to 5000.
pub fn candidate_count(typed: &str) -> Result<usize, String> {
    let count = typed.parse().ok().filter(|count| (1..=5000).contains(count));
    count.ok_or_else(|| format!("expected a whole number from 1 to 5000, found `{typed}`"))
}

/// Longest `--time` in seconds: a day.
const LONGEST: f64 = 24.0 * 3600.0;

pub fn antennas(typed: &str) -> Result<usize, String> {
    let count = typed.trim().parse().ok().filter(|count| (1..=ANTENNAS_MAX).contains(count));
    count.ok_or_else(|| format!("expected a number of antennas from 1 to {ANTENNAS_MAX}, found `{typed}`"))
}

pub fn antenna_range(typed: &str) -> Result<RangeInclusive<usize>, String> {
    let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
    let range = antennas(first)?..=antennas(last)?;
    if range.is_empty() { Err(format!("expected a range such as `1-4`, found `{typed}`")) } else { Ok(range) }
}

pub fn day_range(typed: &str) -> Result<RangeInclusive<u8>, String> {
    let day = |typed: &str| typed.trim().parse().ok().filter(|days| (1..=7).contains(days));
    let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
    let range = day(first).zip(day(last)).filter(|(first, last)| first <= last);
    let (first, last) =
        range.ok_or_else(|| format!("expected days a week such as `3` or `1-5`, found `{typed}`"))?;
    Ok(first..=last)
}

pub fn hours(typed: &str) -> Result<f64, String> {
    let hours = typed.trim().replace(',', ".").parse().ok().filter(|hours| (0.5..=24.0).contains(hours));
    hours.ok_or_else(|| format!("expected hours from 0.5 to 24, found `{typed}`"))
}

/// Euros or kilometres of a cycle.
pub fn limit(typed: &str) -> Result<f64, String> {
    let most = typed.trim().replace(',', ".").parse().ok().filter(|most| (0.0..=1e7).contains(most));
    most.ok_or_else(|| format!("expected a number from 0 to ten million, found `{typed}`"))
}

pub fn worth(typed: &str) -> Result<f64, String> {
    let euros = typed.trim().replace(',', ".").parse().ok().filter(|euros| (0.0..=WORTH_MAX).contains(euros));
    euros.ok_or_else(|| format!("expected euros from 0 to {WORTH_MAX}, found `{typed}`"))
}

/// `60s`, `2m`, `1.5h` or a bare number of seconds; more than nothing, at most a day.
pub fn duration(typed: &str) -> Result<Duration, String> {
    let problem =
        || format!("expected a time such as `60s`, `2m` or `90` (seconds), at most a day, found `{typed}`");
    let (digits, unit) = match typed.trim().char_indices().next_back() {
        Some((at, 's' | 'S')) => (&typed.trim()[..at], 1.0),
        Some((at, 'm' | 'M')) => (&typed.trim()[..at], 60.0),
        Some((at, 'h' | 'H')) => (&typed.trim()[..at], 3600.0),
        _ => (typed.trim(), 1.0),
    };
    let digits = digits.trim();
    if !digits.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Err(problem());
    }
    let seconds = digits.parse::<f64>().map_err(|_not_a_number| problem())? * unit;
    if 0.0 < seconds && seconds <= LONGEST { Ok(Duration::from_secs_f64(seconds)) } else { Err(problem()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_seconds_minutes_or_hours() {
        assert_eq!(duration("60s"), Ok(Duration::from_mins(1)));
        assert_eq!(duration("2m"), Ok(Duration::from_mins(2)));
        assert_eq!(duration("90"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1h"), Ok(Duration::from_hours(1)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("0.5"), Ok(Duration::from_millis(500)));
    }

    #[test]
    fn a_time_of_nothing_or_of_days_is_refused() {
        for typed in ["0", "25h", "-3", "", "s", "1.5.2m", "é", "inf", "1e3", "99999999999999999999h"] {
            assert!(duration(typed).is_err(), "{typed}");
        }
    }
}
