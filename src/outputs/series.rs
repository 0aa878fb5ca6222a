//! Openings of a stop as people say them: every Tuesday, every other Tuesday, the first Tuesday of the month.
//!
//! In: the visits of a plan. Out: series, each a rule with the dates it skips, that together hold on exactly the
//! planned openings. Calendars repeat them, posters say them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::{Date, DateTime, Weekday};

use super::document::Index;
use super::words as say;
use crate::diagnostics::Text;
use crate::tables::Rhythm;
use crate::text;
use crate::units::ClockTime;

/// Openings of one stop by one antenna at the same hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series<'a> {
    /// Id.
    pub stop: &'a str,
    /// Id.
    pub antenna: &'a str,
    /// Of the first opening, on clocks of the village.
    pub start: DateTime,
    /// Of the first opening.
    pub end: DateTime,
    /// How it goes on.
    pub repeat: Repeat,
    /// How often the rule holds, the first and the skipped dates included.
    pub count: usize,
    /// Dates on which the rule would hold but nobody comes, in order; never the first or the last.
    pub skipped: Vec<Date>,
}

/// How a series goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It doesn't.
    Once,
    /// Every so many weeks, 1 to 6.
    Weeks(i32),
    /// On a weekday of each month: the first to fourth, or the last (-1).
    Monthly(i8),
}

/// Longest interval that people say, in weeks.
const WEEKS_MAX: i32 = 6;

/// Same stop, antenna, weekday and hours: what one rule can hold on. Tables' order, then time.
type Slot = (usize, usize, i8, (ClockTime, ClockTime));

/// When a slot is held, and when it would have been but for a closure.
#[derive(Default)]
struct Dates {
    held: BTreeSet<Date>,
    cancelled: BTreeSet<Date>,
}

/// All series of a plan, in the order of the tables of stops and antennas, then by weekday and hours.
pub fn series<'a>(plan: &Index<'a>) -> Vec<Series<'a>> {
    let document = plan.document;
    let mut slots: BTreeMap<Slot, Dates> = BTreeMap::new();
    let slot = |stop: &str, antenna: &str, date: Date, opens: ClockTime, closes: ClockTime| {
        // A rule is about the date on the wall: an opening at 25:30 of Tuesday is one of Wednesday.
        let date = wall(date, opens).date();
        let opens = ClockTime(opens.get().rem_euclid(DAY));
        let closes = ClockTime(opens.get() + (closes.get().rem_euclid(DAY) - opens.get()).rem_euclid(DAY));
        let weekday = date.weekday().to_monday_zero_offset();
        ((plan.stop_rank(stop), plan.antenna_rank(antenna), weekday, (opens, closes)), date)
    };
    for (tour, _, call) in document.calls() {
        let (opens, closes) = (plan.clock(tour, &call.opens), plan.clock(tour, &call.closes));
        let (slot, date) = slot(&call.stop, &tour.antenna, tour.date, opens, closes);
        slots.entry(slot).or_default().held.insert(date);
    }
    for visit in &document.cancelled {
        let hours = [&visit.opens, &visit.closes].map(|hour| plan.clock_on(visit.date, hour));
        let [Some(opens), Some(closes)] = hours else { continue };
        let (slot, date) = slot(&visit.stop, &visit.antenna, visit.date, opens, closes);
        slots.entry(slot).or_default().cancelled.insert(date);
    }
    let mut all = Vec::new();
    for ((stop, antenna, _, hours), dates) in &slots {
        let asked = &document.stops[*stop].rhythm;
        let (stop, antenna) = (&document.stops[*stop].id, &document.antennas[*antenna].id);
        all.extend(of_slot(dates, asked).into_iter().map(|run| Series {
            stop,
            antenna,
            start: wall(run.first, hours.0),
            end: wall(run.first, hours.1),
            repeat: run.repeat,
            count: run.count,
            skipped: run.skipped,
        }));
    }
    all
}

const DAY: i32 = 24 * 3600;

/// What clocks show at a time of a service day.
pub fn wall(date: Date, time: ClockTime) -> DateTime {
    date.at(0, 0, 0, 0).saturating_add(Span::new().seconds(time.get()))
}

/// A rule from its first date.
struct Run {
    first: Date,
    repeat: Repeat,
    count: usize,
    skipped: Vec<Date>,
}

/// One rule for all dates of a slot if it skips at most half as many as it holds; else the dates one by one. A rhythm of
/// months is told as it was `asked`, also where the dates happen to be as many weeks apart.
fn of_slot(dates: &Dates, asked: &Text) -> Vec<Run> {
    let held: Vec<Date> = dates.held.iter().copied().collect();
    let [first, .., last] = held.as_slice() else {
        return held.iter().map(|&date| once(date)).collect();
    };
    let between: Vec<Date> =
        dates.held.union(&dates.cancelled).copied().filter(|date| first <= date && date <= last).collect();
    let by_month = monthly(*first, *last, &dates.held);
    let as_asked = by_month.as_ref().is_some_and(|run| match run.repeat {
        Repeat::Monthly(nth) => {
            let weekday = first.weekday().to_monday_zero_offset().unsigned_abs();
            *asked == say::rhythm(Rhythm::Monthly { nth, weekday })
        }
        Repeat::Once | Repeat::Weeks(_) => false,
    });
    let by_week = if as_asked { None } else { weekly(*first, *last, &between, &dates.held) };
    match by_week.or(by_month) {
        Some(run) => vec![run],
        None => held.iter().map(|&date| once(date)).collect(),
    }
}

fn once(date: Date) -> Run {
    Run { first: date, repeat: Repeat::Once, count: 1, skipped: Vec::new() }
}

fn weekly(first: Date, last: Date, known: &[Date], held: &BTreeSet<Date>) -> Option<Run> {
    let weeks = known.windows(2).map(|pair| days_between(pair[0], pair[1]) / 7).fold(0, gcd);
    if !(1..=WEEKS_MAX).contains(&weeks) {
        return None;
    }
    let count = (days_between(first, last) / (7 * weeks) + 1) as usize;
    if count - held.len() > held.len() / 2 {
        return None;
    }
    let date = |index: usize| first.saturating_add(Span::new().days(index as i64 * i64::from(7 * weeks)));
    let skipped = (0..count).map(date).filter(|date| !held.contains(date)).collect();
    Some(Run { first, repeat: Repeat::Weeks(weeks), count, skipped })
}

fn monthly(first: Date, last: Date, held: &BTreeSet<Date>) -> Option<Run> {
    let count = (months_of(last) - months_of(first) + 1) as usize;
    if count < held.len() || count - held.len() > held.len() / 2 {
        return None;
    }
    let nth = (first.day() - 1) / 7 + 1;
    [nth, -1].into_iter().filter(|nth| *nth <= 4).find_map(|nth| {
        let date = |month: i32| nth_weekday(months_of(first) + month, nth, first.weekday());
        let rule: Vec<Date> = (0..count as i32).map(date).collect::<Option<_>>()?;
        let on_rule = rule.iter().filter(|date| held.contains(date)).count();
        let skipped = rule.iter().copied().filter(|date| !held.contains(date)).collect();
        (on_rule == held.len()).then_some(Run { first, repeat: Repeat::Monthly(nth), count, skipped })
    })
}

/// Months since the year 0.
fn months_of(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

fn nth_weekday(month: i32, nth: i8, weekday: Weekday) -> Option<Date> {
    let (year, month) = (i16::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as i8 + 1);
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |span| span.get_days())
}

fn gcd(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Series<'_> {
    /// What tells this rule from others of the same stop and antenna, whatever its hours: the weekday with interval and
    /// phase (weeks counted from Monday 5 January 1970), the place in the month, or the date.
    pub fn rule(&self) -> String {
        let date = self.start.date();
        let day = weekday_code(date.weekday()).to_ascii_lowercase();
        match self.repeat {
            Repeat::Once => date.strftime("%Y%m%d").to_string(),
            Repeat::Weeks(weeks) => {
                let epoch = jiff::civil::date(1970, 1, 5);
                let phase = days_between(epoch, date).div_euclid(7).rem_euclid(weeks);
                format!("{day}-w{weeks}-{phase}")
            }
            Repeat::Monthly(-1) => format!("{day}-last"),
            Repeat::Monthly(nth) => format!("{day}-m{nth}"),
        }
    }

    /// `Un mardi sur deux, de 10 h à 11 h`, `Every other Tuesday, 10:00 to 11:00`.
    pub fn words(&self) -> Text {
        let (days, hours) = (self.days(), self.hours());
        Text { fr: format!("{}, {}", days.fr, hours.fr), en: format!("{}, {}", days.en, hours.en) }
    }

    /// `de 10 h à 11 h`, `10:00 to 11:00`.
    pub fn hours(&self) -> Text {
        say::span(clock(self.start), clock(self.end))
    }

    /// `Un mardi sur deux`, `Every other Tuesday`.
    pub fn days(&self) -> Text {
        const FR: [&str; 4] = ["trois", "quatre", "cinq", "six"];
        const EN: [&str; 4] = ["third", "fourth", "fifth", "sixth"];
        let date = self.start.date();
        let Text { fr, en } = say::weekday(date.weekday());
        match self.repeat {
            Repeat::Once => {
                let Text { fr, en } = say::date(date);
                text!("Le {fr}", "On {en}")
            }
            Repeat::Weeks(1) => text!("Tous les {fr}s", "Every {en}"),
            Repeat::Weeks(2) => text!("Un {fr} sur deux", "Every other {en}"),
            Repeat::Weeks(weeks) => {
                let index = (weeks - 3).clamp(0, 3) as usize;
                let (times_fr, times_en) = (FR[index], EN[index]);
                text!("Un {fr} sur {times_fr}", "Every {times_en} {en}")
            }
            Repeat::Monthly(nth) => {
                let (which_fr, which_en) = match nth {
                    1 => ("1er", "first"),
                    2 => ("2e", "second"),
                    3 => ("3e", "third"),
                    4 => ("4e", "fourth"),
                    _ => ("dernier", "last"),
                };
                text!("Le {which_fr} {fr} du mois", "On the {which_en} {en} of the month")
            }
        }
    }
}

fn clock(at: DateTime) -> ClockTime {
    ClockTime::from_hm(i32::from(at.hour()), i32::from(at.minute()))
}

/// `TU`, as iCalendar names weekdays.
pub fn weekday_code(day: Weekday) -> &'static str {
    const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    CODES[usize::from(day.to_monday_zero_offset().unsigned_abs()) % 7]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// Dates of a Tuesday, by week after 5 January 2027.
    fn weeks(weeks: &[i64]) -> BTreeSet<Date> {
        weeks.iter().map(|&week| date(2027, 1, 5).saturating_add(Span::new().days(7 * week))).collect()
    }

    fn rules(held: &[i64], cancelled: &[i64]) -> Vec<(Repeat, usize, usize)> {
        let runs = of_slot(&Dates { held: weeks(held), cancelled: weeks(cancelled) }, &text!("", ""));
        runs.iter().map(|run| (run.repeat, run.count, run.skipped.len())).collect()
    }

    #[test]
    fn a_rhythm_becomes_one_rule() {
        assert_eq!(rules(&[0, 1, 2, 3], &[]), [(Repeat::Weeks(1), 4, 0)]);
        assert_eq!(rules(&[0, 2, 4], &[]), [(Repeat::Weeks(2), 3, 0)]);
        assert_eq!(rules(&[0, 1, 3, 4], &[2]), [(Repeat::Weeks(1), 5, 1)], "a closed date is skipped");
        assert_eq!(rules(&[0, 2], &[1]), [(Repeat::Weeks(1), 3, 1)], "a closed date tells the rhythm");
        assert_eq!(
            rules(&[1, 2], &[0, 3]),
            [(Repeat::Weeks(1), 2, 0)],
            "a series starts and ends with a visit"
        );
    }

    #[test]
    fn the_first_tuesday_of_the_month_is_one_rule() {
        // 5 January, 2 February, 2 March, 6 April: 4, 4 and 5 weeks apart.
        assert_eq!(rules(&[0, 4, 8, 13], &[]), [(Repeat::Monthly(1), 4, 0)]);
        // 26 January, 23 February, 30 March, 27 April are the last ones.
        assert_eq!(rules(&[3, 7, 12, 16], &[]), [(Repeat::Monthly(-1), 4, 0)]);
    }

    #[test]
    fn months_are_told_where_months_were_asked_for() {
        // 5 January, 2 February and 2 March: four weeks apart, and the first Tuesdays.
        let dates = Dates { held: weeks(&[0, 4, 8]), cancelled: BTreeSet::new() };
        let told = |asked: Rhythm| of_slot(&dates, &say::rhythm(asked))[0].repeat;
        assert_eq!(told(Rhythm::Monthly { nth: 1, weekday: 1 }), Repeat::Monthly(1));
        assert_eq!(told(Rhythm::EveryWeeks { weeks: 4 }), Repeat::Weeks(4));
    }

    #[test]
    fn dates_without_a_rule_come_one_by_one() {
        assert_eq!(rules(&[0, 5, 7], &[]), [(Repeat::Once, 1, 0); 3]);
        assert_eq!(rules(&[4], &[3, 5]), [(Repeat::Once, 1, 0)]);
        assert_eq!(rules(&[0, 5000], &[]), [(Repeat::Once, 1, 0); 2], "decades apart");
    }

    proptest! {
        #[test]
        fn rules_hold_on_exactly_the_dates(
            held in proptest::collection::btree_set(0..30_i64, 1..12),
            cancelled in proptest::collection::btree_set(0..30_i64, 0..6),
        ) {
            let held: Vec<i64> = held.into_iter().collect();
            let cancelled: Vec<i64> = cancelled.into_iter().filter(|week| !held.contains(week)).collect();
            let mut found = BTreeSet::new();
            let dates = Dates { held: weeks(&held), cancelled: weeks(&cancelled) };
            for run in of_slot(&dates, &text!("", "")) {
                for index in 0..run.count {
                    let date = match run.repeat {
                        Repeat::Once => run.first,
                        Repeat::Weeks(weeks) => {
                            run.first.saturating_add(Span::new().weeks(index as i64 * i64::from(weeks)))
                        }
                        Repeat::Monthly(nth) => {
                            nth_weekday(months_of(run.first) + index as i32, nth, Weekday::Tuesday)
                                .expect("a month of 2027")
                        }
                    };
                    if !run.skipped.contains(&date) {
                        prop_assert!(found.insert(date), "{date} twice");
                    }
                }
            }
            prop_assert_eq!(found, weeks(&held));
        }
    }
}
