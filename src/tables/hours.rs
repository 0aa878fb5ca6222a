//! Opening hours: OSM syntax, or the simple forms people type, into windows of a date.
//!
//! The only file of the layer that knows chrono, which the opening-hours crate speaks.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use jiff::civil::Date;
use opening_hours::localization::Country;
use opening_hours::{Context, ContextHolidays, OpeningHours, RuleKind};

use super::parse::days::{Weekdays, weekday_list};
use super::parse::{Parsed, clock, simplify};
use crate::units::{ClockTime, Window};

/// Longest expression that is read, in characters.
const LENGTH_LIMIT: usize = 500;

/// Opening hours that can be asked for a date.
#[derive(Clone, Debug)]
pub struct Hours(OpeningHours);

/// Why hours could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHours {
    /// Neither OSM syntax nor a simple form.
    Unreadable,
    /// A span closes at or before its opening.
    ClosesBefore,
    /// Two spans of one day overlap.
    Overlap,
    /// Sunrise, school holidays or words alone: nothing that can be announced.
    Unsupported,
    /// `mar 9:00-12:00`: Tuesday in French, March in OSM.
    Ambiguous,
}

impl Hours {
    /// The windows of a date, in order, without overlap; what runs past midnight is cut there.
    pub fn windows(&self, date: Date) -> Vec<Window> {
        let mut windows: Vec<Window> = Vec::new();
        let Some(date) = chrono_date(date) else { return windows };
        for range in self.0.schedule_at(date).into_iter().filter(|range| range.kind == RuleKind::Open) {
            let (open, close) = (
                minutes(range.range.start.mins_from_midnight()),
                minutes(range.range.end.mins_from_midnight()),
            );
            match windows.last_mut() {
                Some(last) if last.close >= open => last.close = last.close.max(close),
                _ => windows.push(Window { open, close }),
            }
        }
        windows
    }
}

fn minutes(count: u16) -> ClockTime {
    ClockTime(i32::from(count) * 60)
}

/// Whether the date is a public holiday of the whole of France (not the two of Alsace-Moselle).
pub fn is_public_holiday(date: Date) -> bool {
    static HOLIDAYS: LazyLock<ContextHolidays> = LazyLock::new(|| Country::FR.holidays());
    chrono_date(date).is_some_and(|date| HOLIDAYS.get_public().contains(date))
}

fn chrono_date(date: Date) -> Option<NaiveDate> {
    let positive = |part: i8| u32::try_from(part).ok();
    NaiveDate::from_ymd_opt(i32::from(date.year()), positive(date.month())?, positive(date.day())?)
}

/// Reads opening hours. The canonical spelling is OSM's; OSM typed with usual spaces and dashes is kept as it is.
pub fn hours(typed: &str) -> Result<Parsed<Hours>, NotHours> {
    if typed.chars().count() > LENGTH_LIMIT {
        return Err(NotHours::Unreadable);
    }
    let cleaned = cleaned(typed);
    let simple = simple_form(&cleaned);
    let expression = match (osm(&cleaned), simple) {
        // Only `mar` is both: March in OSM, Tuesday in French.
        (Some(_), Some(Ok(_))) if has_word(&cleaned, "mar") => return Err(NotHours::Ambiguous),
        (Some(hours), _) => {
            check_osm(&cleaned)?;
            return Ok(Parsed { value: hours, plain: cleaned });
        }
        (None, Some(simple)) => simple?,
        (None, None) => return Err(NotHours::Unreadable),
    };
    let value = osm(&expression).ok_or(NotHours::Unreadable)?;
    Ok(Parsed { value, plain: expression })
}

fn osm(expression: &str) -> Option<Hours> {
    let parsed: OpeningHours = expression.parse().ok()?;
    Some(Hours(parsed.with_context(Context::default().with_holidays(Country::FR.holidays()))))
}

/// Plain dashes and single spaces.
fn cleaned(typed: &str) -> String {
    let dashes: String =
        typed.chars().map(|letter| if matches!(letter, '‐'..='―' | '−') { '-' } else { letter }).collect();
    let lines = dashes.replace(['\n', '\r'], "; ");
    lines.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(['.', ';', ',', ' ']).to_owned()
}

fn has_word(words: &str, word: &str) -> bool {
    words.split(|letter: char| !letter.is_alphabetic()).any(|each| each.eq_ignore_ascii_case(word))
}

/// What OSM allows and a timetable can't use.
fn check_osm(expression: &str) -> Result<(), NotHours> {
    let bare = without_comments(expression);
    let is_unsupported = ["sunrise", "sunset", "dawn", "dusk", "sh"].iter().any(|word| has_word(&bare, word));
    if is_unsupported {
        return Err(NotHours::Unsupported);
    }
    for rule in bare.split(';').flat_map(|rule| rule.split("||")) {
        // A comment alone, `"sur rendez-vous"`, is no time; the evaluator would take it for day and night.
        if rule.trim().is_empty() {
            return Err(NotHours::Unsupported);
        }
        let spans = spans(rule);
        if spans.iter().any(|span| span.close <= span.open) {
            return Err(NotHours::ClosesBefore);
        }
        check_overlap(rule)?;
    }
    Ok(())
}

fn without_comments(expression: &str) -> String {
    expression.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Every `HH:MM-HH:MM` of a rule, in order.
fn spans(rule: &str) -> Vec<Window> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ':' | '-');
    let tight = rule.replace(" - ", "-").replace("- ", "-").replace(" -", "-");
    tight
        .split(|letter| !is_part(letter))
        .filter_map(|part| clock::interval(part).map(|parsed| parsed.value))
        .collect()
}

/// Spans joined by commas alone belong to the same days.
fn check_overlap(rule: &str) -> Result<(), NotHours> {
    let same_days = rule.split(char::is_alphabetic);
    for part in same_days {
        let mut list = spans(part);
        list.sort_unstable();
        if list.windows(2).any(|pair| pair[1].open < pair[0].close) {
            return Err(NotHours::Overlap);
        }
    }
    Ok(())
}

/// `lun mer 9h-12h`, `mardi 14h-17h30`, `tous les jours de 9h à 12h` as OSM; `None` where it is nothing of the kind.
fn simple_form(typed: &str) -> Option<Result<String, NotHours>> {
    let words = simplify(typed).replace(" a ", "-").replace(" to ", "-").replace(" jusqu'a ", "-");
    let words = words.replace(" - ", "-").replace("- ", "-").replace(" -", "-").replace([',', ';'], " ");
    let (words, without_holidays) = strip_holidays(&words);
    let mut by_day: [Vec<Window>; 7] = Default::default();
    let mut day_words: Vec<&str> = Vec::new();
    let mut days = Weekdays::ALL;
    let mut is_after_span = false;
    for word in joined_hours(words).iter().map(|word| word.trim_end_matches(':')) {
        if word.is_empty() || matches!(word, "de" | "et" | "puis" | "and" | "from") {
            continue;
        }
        let Some(span) = simple_span(word) else {
            if is_after_span {
                day_words.clear();
            }
            is_after_span = false;
            day_words.push(word);
            continue;
        };
        if !is_after_span {
            days = if day_words.is_empty() { Weekdays::ALL } else { weekday_list(&day_words.join(" "))? };
        }
        is_after_span = true;
        if span.close <= span.open {
            return Some(Err(NotHours::ClosesBefore));
        }
        (0..7).filter(|day| days.contains(*day)).for_each(|day| by_day[usize::from(day)].push(span));
    }
    // Words after the last hours are something else.
    is_after_span.then(|| spell(&by_day, without_holidays))
}

fn strip_holidays(words: &str) -> (&str, bool) {
    let endings =
        ["sauf jours feries", "sauf feries", "sauf les jours feries", "hors jours feries", "hors feries"];
    endings
        .iter()
        .find_map(|ending| words.strip_suffix(ending))
        .map_or((words, false), |rest| (rest.trim_end(), true))
}

/// Words, with `9 h 30` put together.
fn joined_hours(words: &str) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match joined.last_mut() {
            Some(last) if last.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with('h') => {
                last.push_str(word);
            }
            Some(last) if is_open_hour(last) && starts_with_minutes(word) => last.push_str(word),
            _ => joined.push(word.to_owned()),
        }
    }
    joined
}

/// `9h` or `9h-12h`, which minutes may follow.
fn is_open_hour(word: &str) -> bool {
    word.ends_with('h') && word.starts_with(|c: char| c.is_ascii_digit())
}

/// `30` or `30-12`.
fn starts_with_minutes(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && matches!(word.as_bytes().get(2), None | Some(b'-'))
}

/// `9h-12h`, `9:00-12:00`, `9-12h`.
fn simple_span(word: &str) -> Option<Window> {
    let (open, close) = word.split_once('-')?;
    let is_bare = (1..=2).contains(&open.len()) && open.bytes().all(|byte| byte.is_ascii_digit());
    let word = if is_bare && close.contains('h') { format!("{open}h-{close}") } else { word.to_owned() };
    clock::interval(&word).map(|parsed| parsed.value)
}

/// One OSM rule for each set of days that have the same hours.
fn spell(by_day: &[Vec<Window>; 7], without_holidays: bool) -> Result<String, NotHours> {
    let mut days_of: BTreeMap<(u8, Vec<Window>), Weekdays> = BTreeMap::new();
    for day in 0..7_u8 {
        let mut windows = by_day[usize::from(day)].clone();
        if windows.is_empty() {
            continue;
        }
        windows.sort_unstable();
        if windows.windows(2).any(|pair| pair[1].open < pair[0].close) {
            return Err(NotHours::Overlap);
        }
        let first = (0..7_u8).find(|other| same_hours(&by_day[usize::from(*other)], &windows)).unwrap_or(day);
        days_of.entry((first, windows)).or_insert(Weekdays::NONE).0 |= 1 << day;
    }
    let rule = |((_, windows), days): (&(u8, Vec<Window>), &Weekdays)| {
        let spans: Vec<String> = windows.iter().map(|span| format!("{}-{}", span.open, span.close)).collect();
        format!("{} {}", days.osm(), spans.join(","))
    };
    let rules: Vec<String> = days_of.iter().map(rule).collect();
    Ok(rules.join("; ") + if without_holidays { "; PH off" } else { "" })
}

fn same_hours(unsorted: &[Window], sorted: &[Window]) -> bool {
    let mut windows = unsorted.to_vec();
    windows.sort_unstable();
    windows == sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn plain(typed: &str) -> Result<String, NotHours> {
        hours(typed).map(|parsed| parsed.plain)
    }

    #[test]
    fn simple_forms_become_osm() {
        for (typed, expected) in [
            ("lun mer 9h-12h", "Mo,We 09:00-12:00"),
            ("mardi 14h-17h30", "Tu 14:00-17:30"),
            ("tous les jours 9h-12h", "Mo-Su 09:00-12:00"),
            ("9h-12h", "Mo-Su 09:00-12:00"),
            ("du lundi au vendredi de 9h à 12h et de 14h à 17h", "Mo-Fr 09:00-12:00,14:00-17:00"),
            ("Lundi : 9 h 30 – 12 h ; jeudi : 14h-17h", "Mo 09:30-12:00; Th 14:00-17:00"),
            ("lun-ven 9-12h", "Mo-Fr 09:00-12:00"),
            ("lundi 9h-12h lundi 14h-16h", "Mo 09:00-12:00,14:00-16:00"),
            ("mar 9h-12h", "Tu 09:00-12:00"),
            ("lun, mar 9:00-12:00", "Mo,Tu 09:00-12:00"),
            ("lun-sam 9h-12h sauf jours fériés", "Mo-Sa 09:00-12:00; PH off"),
        ] {
            assert_eq!(plain(typed).as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn osm_is_kept() {
        for typed in [
            "Mo,We 09:00-12:00; Th 14:00-17:30; PH off",
            "24/7",
            "Mo-Fr 08:00-12:00,13:00-17:00",
            "Tu[1] 10:00-11:00",
        ] {
            assert_eq!(plain(typed).as_deref(), Ok(typed));
        }
    }

    #[test]
    fn what_is_no_opening_is_told_apart() {
        assert_eq!(plain("lun 9h3O-12h"), Err(NotHours::Unreadable));
        assert_eq!(plain("sur rendez-vous"), Err(NotHours::Unreadable));
        assert_eq!(plain("Mo 12:00-09:00"), Err(NotHours::ClosesBefore));
        assert_eq!(plain("lundi 12h-9h"), Err(NotHours::ClosesBefore));
        assert_eq!(plain("Mo 09:00-18:00,10:00-12:00"), Err(NotHours::Overlap));
        assert_eq!(plain("Mo 09:00-sunset"), Err(NotHours::Unsupported));
        assert_eq!(plain("\"sur rendez-vous\""), Err(NotHours::Unsupported));
        assert_eq!(plain("SH Mo 09:00-12:00"), Err(NotHours::Unsupported));
        assert_eq!(plain("mar 9:00-12:00"), Err(NotHours::Ambiguous));
        assert_eq!(plain(&"Mo ".repeat(400)), Err(NotHours::Unreadable));
    }

    #[test]
    fn public_holidays_of_france_are_known() {
        let parsed = hours("Mo-Fr 09:00-12:00; PH off").expect("OSM syntax");
        // Thursday 6 May 2027 is Ascension Day, Thursday 13 is not a holiday.
        assert_eq!(parsed.value.windows(date(2027, 5, 6)), []);
        let morning = Window { open: ClockTime::from_hm(9, 0), close: ClockTime::from_hm(12, 0) };
        assert_eq!(parsed.value.windows(date(2027, 5, 13)), [morning]);
        assert!(is_public_holiday(date(2032, 7, 14)));
    }

    #[test]
    fn what_is_not_sure_to_be_open_is_closed() {
        for typed in ["Mo-Fr 09:00-12:00 unknown", "Mo-Fr off"] {
            let parsed = hours(typed).expect("OSM syntax");
            assert_eq!(parsed.value.windows(date(2027, 1, 4)), [], "{typed}");
        }
    }

    #[test]
    fn a_window_past_midnight_is_cut_there() {
        let parsed = hours("Fr 22:00-26:00").expect("OSM syntax");
        let friday = Window { open: ClockTime::from_hm(22, 0), close: ClockTime::END_OF_DAY };
        let saturday = Window { open: ClockTime::MIDNIGHT, close: ClockTime::from_hm(2, 0) };
        assert_eq!(parsed.value.windows(date(2027, 1, 8)), [friday]);
        assert_eq!(parsed.value.windows(date(2027, 1, 9)), [saturday]);
    }
}
