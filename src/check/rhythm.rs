//! RHYTHM: the visits of a stop follow its rhythm, and the cycle repeats to the last published date.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Rule;
use super::book::{Book, Findings};
use super::words;
use crate::diagnostics::Text;
use crate::ids::StopId;
use crate::tables::{Rhythm, Status};
use crate::text;

/// How many days of the same week may stand in for one that is not usable.
const SUBSTITUTES: usize = 3;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    twice_a_day(book, found);
    for stop in book.dataset.stops.keys() {
        let days = book.announced_days(stop);
        match book.stop(stop).rhythm {
            _ if days.is_empty() => left_out(book, stop, found),
            Rhythm::Monthly { nth, weekday } => monthly(book, stop, &days, (nth, weekday), found),
            Rhythm::PerWeek { .. } | Rhythm::EveryWeeks { .. } => {
                repeats(book, stop, &days, found);
                follows(book, stop, &days, found);
            }
        }
    }
}

/// One visit a date at most.
fn twice_a_day(book: &Book<'_>, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for visit in &book.visits {
        if !seen.insert((visit.call.stop, visit.tour.date)) {
            found.visit(
                book,
                Rule::Rhythm,
                visit.tour,
                visit.call,
                text!(
                    "attendu une seule visite de l'arrêt par jour, trouvé une autre à cette date",
                    "expected a single visit to the stop a day, found another on this date",
                ),
            );
        }
    }
}

fn left_out(book: &Book<'_>, stop: StopId, found: &mut Findings) {
    if !book.is_required(stop) || book.stop(stop).status == Status::Refused {
        return;
    }
    found.left_out(
        book,
        stop,
        text!(
            "arrêt obligatoire laissé de côté : aucune visite dans le plan",
            "required stop is left out: no visit in the plan",
        ),
    );
}

/// Every later date holds, or says it cancels, what the first cycle holds on the same day.
fn repeats(book: &Book<'_>, stop: StopId, days: &BTreeSet<usize>, found: &mut Findings) {
    let cycle = book.cycle_days();
    let later = cycle..book.dataset.settings.horizon_days();
    let missing: Vec<usize> =
        later.clone().filter(|day| days.contains(&(day % cycle)) && !days.contains(day)).collect();
    let extra: Vec<usize> =
        later.filter(|day| !days.contains(&(day % cycle)) && days.contains(day)).collect();
    if let Some(&first) = missing.first() {
        let Text { fr, en } = words::counted(missing.len(), ("date", "dates"), ("date", "dates"));
        found.stop(book, Rule::Rhythm, stop, Some(first), text!(
            "attendu la visite du cycle, tenue ou annoncée comme annulée ; elle manque à {fr}, d'abord à celle-ci",
            "expected the visit of the cycle, held or announced as cancelled; it is missing on {en}, this one first",
        ));
    }
    if let Some(&first) = extra.first() {
        let Text { fr, en } = words::visits(extra.len());
        found.stop(book, Rule::Rhythm, stop, Some(first), text!(
            "attendu les seules visites du premier cycle, répétées ; trouvé {fr} en plus, d'abord à cette date",
            "expected the visits of the first cycle alone, repeated; found {en} more, this date first",
        ));
    }
}

/// The visits of the first cycle are a pattern of the rhythm.
fn follows(book: &Book<'_>, stop: StopId, days: &BTreeSet<usize>, found: &mut Findings) {
    let cycle = book.cycle_days();
    let held: Vec<bool> = (0..cycle).map(|day| days.contains(&day)).collect();
    let usable: Vec<bool> = (0..cycle).map(|day| book.is_usable(stop, day)).collect();
    let (is_pattern, expected) = match book.stop(stop).rhythm {
        Rhythm::PerWeek { times } => (is_weekly(times, &held, &usable), weekly_words(times)),
        Rhythm::EveryWeeks { weeks } => (is_every(usize::from(weeks), &held, &usable), every_words(weeks)),
        Rhythm::Monthly { .. } => return,
    };
    if is_pattern {
        return;
    }
    let dates: Vec<Text> =
        (0..cycle).filter(|&day| held[day]).map(|day| words::date(book.dataset.settings.date(day))).collect();
    let (count, dates) = (words::visits(dates.len()), words::join(&dates, ", "));
    found.stop(
        book,
        Rule::Rhythm,
        stop,
        None,
        Text {
            fr: format!("attendu {} ; trouvé {} dans le cycle : {}", expected.fr, count.fr, dates.fr),
            en: format!("expected {}; found {} in the cycle: {}", expected.en, count.en, dates.en),
        },
    );
}

fn weekly_words(times: u8) -> Text {
    let Text { fr, en } = words::visits(usize::from(times));
    match times {
        1 => text!(
            "{fr} par semaine, le même jour chaque semaine",
            "{en} a week, on the same weekday every week"
        ),
        _ => text!(
            "{fr} par semaine, les mêmes jours chaque semaine",
            "{en} a week, on the same weekdays every week"
        ),
    }
}

fn every_words(weeks: u8) -> Text {
    text!(
        "une visite toutes les {weeks} semaines, toujours le même jour",
        "one visit every {weeks} weeks, always on the same day",
    )
}

/// Some choice of weekdays, each usable in some week, explains every week: by itself where usable, by stand-ins
/// where not.
fn is_weekly(times: u8, held: &[bool], usable: &[bool]) -> bool {
    (0u8..128).filter(|choice| choice.count_ones() == u32::from(times)).any(|choice| {
        let chosen: Vec<usize> = (0..7).filter(|day| choice >> day & 1 == 1).collect();
        chosen.iter().all(|&day| usable.iter().skip(day).step_by(7).any(|&usable| usable))
            && held.chunks(7).zip(usable.chunks(7)).all(|(held, usable)| explains(&chosen, held, usable))
    })
}

/// Some day of the block, usable in some block, explains every block of that many weeks.
fn is_every(weeks: usize, held: &[bool], usable: &[bool]) -> bool {
    let block = 7 * weeks;
    let is_sometimes_usable = |day: usize| usable.iter().skip(day).step_by(block).any(|&usable| usable);
    (0..block).filter(|&day| is_sometimes_usable(day)).any(|day| {
        held.chunks(block).zip(usable.chunks(block)).all(|(held, usable)| {
            let week = day / 7 * 7;
            let outside = (0..held.len()).any(|other| held[other] && other / 7 != day / 7);
            !outside && explains(&[day - week], &held[week..week + 7], &usable[week..week + 7])
        })
    })
}

/// Whether the visits of one week are those on the chosen weekdays, with another usable day of the week, one of the
/// nearest, for each that is not usable, as far as there are such days. (A visit on a chosen day that is closed is
/// DAY's matter.)
fn explains(chosen: &[usize], held: &[bool], usable: &[bool]) -> bool {
    if chosen.iter().any(|&day| usable[day] && !held[day]) {
        return false;
    }
    let free: Vec<usize> = (0..7).filter(|&day| usable[day] && !chosen.contains(&day)).collect();
    let extra: Vec<usize> = (0..7).filter(|day| held[*day] && !chosen.contains(day)).collect();
    let choices: Vec<Vec<usize>> =
        (chosen.iter()).filter(|&&day| !held[day]).map(|&day| nearest(day, &free)).collect();
    most_matched(&choices, &free) == extra.len() && most_matched(&choices, &extra) == extra.len()
}

/// The days of `free` that are nearest to `day`; those as near as the last of them count too.
fn nearest(day: usize, free: &[usize]) -> Vec<usize> {
    let mut distances: Vec<usize> = free.iter().map(|other| other.abs_diff(day)).collect();
    distances.sort_unstable();
    let farthest = distances.get(SUBSTITUTES - 1).copied().unwrap_or(7);
    free.iter().copied().filter(|other| other.abs_diff(day) <= farthest).collect()
}

/// How many choosers can have a day of `days` each, no day twice: by trying everything, a week being short.
fn most_matched(choices: &[Vec<usize>], days: &[usize]) -> usize {
    let Some((first, others)) = choices.split_first() else { return 0 };
    let taken = first.iter().filter(|day| days.contains(day)).map(|taken| {
        let rest: Vec<usize> = days.iter().copied().filter(|day| day != taken).collect();
        1 + most_matched(others, &rest)
    });
    taken.chain([most_matched(others, days)]).max().unwrap_or(0)
}

/// The visits fall on the real dates of the month, and on each of them that is usable.
fn monthly(book: &Book<'_>, stop: StopId, days: &BTreeSet<usize>, rule: (i8, u8), found: &mut Findings) {
    let expected = monthly_words(rule);
    let (expected_fr, expected_en) = (expected.fr, expected.en);
    for day in 0..book.dataset.settings.horizon_days() {
        let is_real = falls_on(rule, book.dataset.settings.date(day));
        if is_real && !days.contains(&day) && book.is_usable(stop, day) {
            found.stop(
                book,
                Rule::Rhythm,
                stop,
                Some(day),
                text!(
                    "attendu une visite le {expected_fr}, trouvé aucune",
                    "expected a visit on the {expected_en}, found none",
                ),
            );
        }
        if !is_real && days.contains(&day) {
            found.stop(
                book,
                Rule::Rhythm,
                stop,
                Some(day),
                text!(
                    "attendu des visites le seul {expected_fr}, trouvé une visite à cette date",
                    "expected visits on the {expected_en} alone, found a visit on this date",
                ),
            );
        }
    }
}

fn monthly_words((nth, weekday): (i8, u8)) -> Text {
    let day = words::weekday(weekday);
    let (day_fr, day_en) = (day.fr, day.en);
    match nth {
        -1 => text!("dernier {day_fr} du mois", "last {day_en} of the month"),
        1 => text!("1er {day_fr} du mois", "first {day_en} of the month"),
        2 => text!("2e {day_fr} du mois", "second {day_en} of the month"),
        3 => text!("3e {day_fr} du mois", "third {day_en} of the month"),
        _ => text!("{nth}e {day_fr} du mois", "{nth}th {day_en} of the month"),
    }
}

/// Whether a date is the `nth` such weekday of its month, by walking from the month's first day (or back from its
/// last one for `-1`).
fn falls_on((nth, weekday): (i8, u8), date: Date) -> bool {
    let is_weekday = |date: Date| date.weekday().to_monday_zero_offset() == weekday as i8;
    let in_month =
        (1..=date.days_in_month()).filter_map(|day| Date::new(date.year(), date.month(), day).ok());
    let mut matching = in_month.filter(|&date| is_weekday(date));
    let real = if nth < 0 {
        matching.next_back()
    } else {
        matching.nth(usize::from(nth.unsigned_abs()).saturating_sub(1))
    };
    real == Some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x` a visit, `o` usable, `.` not; a capital `X` is a visit on a day that is not usable.
    fn week(text: &str) -> (Vec<bool>, Vec<bool>) {
        let days: Vec<char> = text.chars().filter(|day| *day != ' ').collect();
        (
            days.iter().map(|day| "xX".contains(*day)).collect(),
            days.iter().map(|day| "xo".contains(*day)).collect(),
        )
    }

    fn weekly(times: u8, text: &str) -> bool {
        let (held, usable) = week(text);
        is_weekly(times, &held, &usable)
    }

    fn every(weeks: usize, text: &str) -> bool {
        let (held, usable) = week(text);
        is_every(weeks, &held, &usable)
    }

    #[test]
    fn a_weekly_visit_is_on_the_same_weekday() {
        assert!(weekly(1, "oxooo.. oxooo.."));
        assert!(!weekly(1, "oxooo.. ooxoo.."));
        assert!(!weekly(1, "oxooo.. ooooo.."));
        assert!(!weekly(1, "oxxoo.. oxxoo.."));
        assert!(weekly(2, "oxxoo.. oxxoo.."));
    }

    #[test]
    fn an_unusable_weekday_has_a_stand_in_near_by() {
        assert!(weekly(1, "oxooo.. x.ooo.."));
        assert!(weekly(1, "oxooo.. o.oxo..")); // Monday and Wednesday are nearer, Thursday is the third
        assert!(!weekly(1, "oxooo.. o.oox.."));
        assert!(!weekly(1, "oxooo.. o.ooo.."), "a week with usable days is not skipped");
        assert!(weekly(1, "oxooo.. ......."), "a week without any is");
        assert!(weekly(2, "xoxoo.. .oxxo.."), "Wednesday stays, Monday has a stand-in");
        assert!(!weekly(2, "xoxoo.. .xoxo.."), "Wednesday was usable");
    }

    #[test]
    fn a_fortnight_is_counted_from_the_first_day_of_the_cycle() {
        assert!(every(2, "ooooo.. oxooo.. ooooo.. oxooo.."));
        assert!(!every(2, "ooooo.. oxooo.. oxooo.. ooooo.."));
        assert!(!every(2, "oxooo.. oxooo.. oxooo.. oxooo.."));
        assert!(every(2, "ooooo.. oxooo.. ooooo.. o.xoo.."));
        assert!(!every(2, "ooooo.. oxooo.. ooxoo.. o.ooo.."), "the stand-in is in the same week");
    }

    #[test]
    fn the_last_weekday_of_a_month_is_found_by_walking() {
        let at = Date::constant;
        assert!(falls_on((-1, 4), at(2026, 12, 25)));
        assert!(!falls_on((-1, 4), at(2026, 12, 18)));
        assert!(falls_on((1, 1), at(2026, 12, 1)));
        assert!(falls_on((4, 0), at(2027, 2, 22)));
        assert!(!falls_on((4, 0), at(2027, 3, 29)), "the fifth Monday");
    }
}
