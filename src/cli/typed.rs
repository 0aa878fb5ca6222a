//! Values of the command line: what a word may be, and what to say when it is not, in the language spoken.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Date;
use tournee::diagnostics::{Text, quoted};
use tournee::text;

use super::say::tell;

/// Most antennas that `plan` and `frontier` take.
const ANTENNAS_MAX: usize = 200;
/// Largest worth of a household in euros, as in `scenario.toml`.
const WORTH_MAX: f64 = 100_000.0;
/// Longest `--time` in seconds: a day.
const LONGEST: f64 = 24.0 * 3600.0;

/// Expected, found.
fn refusal(expected: &Text, typed: &str) -> String {
    let found = quoted(typed);
    tell(Text {
        fr: format!("attendu {}, trouvé {}", expected.fr, found.fr),
        en: format!("expected {}, found {}", expected.en, found.en),
    })
}

/// A reader of whole numbers of a range.
pub fn whole<N>(
    range: RangeInclusive<N>,
) -> impl Fn(&str) -> Result<N, String> + Clone + Send + Sync + 'static
where
    N: FromStr + PartialOrd + Display + Clone + Send + Sync + 'static,
{
    move |typed| {
        let number = typed.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| {
            let (least, most) = (range.start(), range.end());
            refusal(
                &text!("un nombre entier de {least} à {most}", "a whole number from {least} to {most}"),
                typed,
            )
        })
    }
}

pub fn antennas(typed: &str) -> Result<usize, String> {
    whole(1..=ANTENNAS_MAX)(typed.trim())
}

pub fn antenna_range(typed: &str) -> Result<RangeInclusive<usize>, String> {
    let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
    let range = antennas(first)?..=antennas(last)?;
    let expected =
        || text!("des nombres d’antennes comme « 2 » ou « 1-4 »", "numbers of antennas such as `2` or `1-4`");
    if range.is_empty() { Err(refusal(&expected(), typed)) } else { Ok(range) }
}

pub fn day_range(typed: &str) -> Result<RangeInclusive<u8>, String> {
    let day = |typed: &str| typed.trim().parse().ok().filter(|days| (1..=7).contains(days));
    let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
    let range = day(first).zip(day(last)).filter(|(first, last)| first <= last);
    let expected =
        || text!("des jours par semaine comme « 3 » ou « 1-5 »", "days a week such as `3` or `1-5`");
    let (first, last) = range.ok_or_else(|| refusal(&expected(), typed))?;
    Ok(first..=last)
}

pub fn hours(typed: &str) -> Result<f64, String> {
    within(typed, 0.5..=24.0, || text!("des heures, de 0,5 à 24", "hours from 0.5 to 24"))
}

/// Euros or kilometres of a cycle.
pub fn limit(typed: &str) -> Result<f64, String> {
    within(typed, 0.0..=1e7, || text!("un nombre de 0 à dix millions", "a number from 0 to ten million"))
}

pub fn worth(typed: &str) -> Result<f64, String> {
    within(typed, 0.0..=WORTH_MAX, || text!("des euros, de 0 à {WORTH_MAX}", "euros from 0 to {WORTH_MAX}"))
}

/// Degrees north of the equator.
pub fn latitude(typed: &str) -> Result<f64, String> {
    within(typed, -90.0..=90.0, || {
        text!(
            "une latitude en degrés, de -90 à 90, comme 47,256",
            "a latitude in degrees from -90 to 90, such as 47.256"
        )
    })
}

/// Degrees east of Greenwich.
pub fn longitude(typed: &str) -> Result<f64, String> {
    within(typed, -180.0..=180.0, || {
        text!(
            "une longitude en degrés, de -180 à 180, comme 3,689",
            "a longitude in degrees from -180 to 180, such as 3.689"
        )
    })
}

fn within(typed: &str, range: RangeInclusive<f64>, expected: impl Fn() -> Text) -> Result<f64, String> {
    let number = typed.trim().replace(',', ".").parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| refusal(&expected(), typed))
}

/// A day, as `2027-01-15`.
pub fn date(typed: &str) -> Result<Date, String> {
    let expected = || text!("une date comme 2027-01-15", "a date such as 2027-01-15");
    typed.parse().map_err(|_not_a_date| refusal(&expected(), typed))
}

/// A Monday, as tables have dates: `2027-01-04`, `4/1/2027`.
pub fn monday(typed: &str) -> Result<Date, String> {
    use jiff::civil::Weekday::Monday;
    let read = tournee::tables::typed::date(typed).map(|read| read.value);
    read.filter(|date| date.weekday() == Monday).ok_or_else(|| {
        let expected = text!("un lundi, comme 2027-01-04 ou 4/1/2027", "a Monday such as 2027-01-04");
        let Some(date) = read else { return refusal(&expected, typed) };
        let (expected, on) = (tell(expected), tell(tournee::outputs::words::date(date)));
        tell(text!("attendu {expected} ; c’est un autre jour : {on}", "expected {expected}; that is {on}"))
    })
}

/// A line of words: not empty, and not longer than a heading may be.
pub fn line(typed: &str) -> Result<String, String> {
    const LONGEST: usize = 200;
    let words = typed.trim();
    let fits = !words.is_empty() && words.chars().count() <= LONGEST && !words.chars().any(char::is_control);
    let expected =
        || text!("quelques mots, {LONGEST} signes au plus", "a few words, at most {LONGEST} characters");
    if fits { Ok(words.to_owned()) } else { Err(refusal(&expected(), typed)) }
}

/// `60s`, `2m`, `1.5h` or a bare number of seconds; more than nothing, at most a day.
pub fn duration(typed: &str) -> Result<Duration, String> {
    let problem = || {
        let expected = text!(
            "une durée comme 60s, 2m ou 90 (secondes), un jour au plus",
            "a time such as `60s`, `2m` or `90` (seconds), at most a day"
        );
        refusal(&expected, typed)
    };
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
    use tournee::diagnostics::Lang;

    use super::*;
    use crate::cli::say::speak;

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

    #[test]
    fn a_refusal_says_what_was_expected_in_the_language_spoken() {
        speak(Lang::Fr);
        let refused = whole(1..=9_u8)("dix").expect_err("no number");
        assert_eq!(refused, "attendu un nombre entier de 1 à 9, trouvé « dix »");
        speak(Lang::En);
        assert_eq!(
            whole(1..=9_u8)("0").expect_err("too small"),
            "expected a whole number from 1 to 9, found `0`"
        );
        assert!(latitude("NaN").is_err() && longitude("181").is_err());
        assert_eq!(latitude("47,25"), Ok(47.25));
    }

    #[test]
    fn a_first_day_is_a_monday_in_either_spelling() {
        speak(Lang::En);
        assert_eq!(monday("2027-01-04"), monday("4/1/2027"));
        assert_eq!(
            monday("2027-01-05").expect_err("a Tuesday"),
            "expected a Monday such as 2027-01-04; that is Tuesday 5 January 2027"
        );
        assert!(monday("soon").is_err());
    }
}
