//! LOCK: what must stay as it is did.

use super::Rule;
use super::book::{Book, Findings, Visit};
use super::words::{self, clock};
use crate::tables::{Lock, LockedDays};
use crate::text;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for lock in &book.dataset.locks {
        let visits: Vec<&Visit<'_>> =
            book.visits.iter().filter(|visit| visit.call.stop == lock.stop).collect();
        match lock.when {
            LockedDays::Date(date) => on_date(book, lock, date, &visits, found),
            LockedDays::Weekday(weekday) => {
                for visit in &visits {
                    on_weekday(book, weekday, visit, found);
                    as_locked(book, lock, visit, found);
                }
            }
            LockedDays::Every => {
                for visit in &visits {
                    as_locked(book, lock, visit, found);
                }
            }
        }
    }
}

/// There is a visit on that date. A stop left out altogether is RHYTHM's matter, and a visit that is cancelled with
/// a true reason was planned as locked.
fn on_date(
    book: &Book<'_>,
    lock: &Lock,
    date: jiff::civil::Date,
    visits: &[&Visit<'_>],
    found: &mut Findings,
) {
    let mut there = visits.iter().filter(|visit| visit.tour.date == date).peekable();
    let day = book.dataset.settings.horizon_day(date);
    let is_cancelled = day.is_some_and(|day| book.dropped[lock.stop].contains(&day));
    if there.peek().is_none() && !is_cancelled && !book.announced_days(lock.stop).is_empty() {
        found.stop(
            book,
            Rule::Lock,
            lock.stop,
            day,
            text!(
                "attendu la visite verrouillée à cette date, trouvé aucune",
                "expected the visit locked on this date, found none",
            ),
        );
    }
    for visit in there {
        as_locked(book, lock, visit, found);
    }
}

fn on_weekday(book: &Book<'_>, weekday: u8, visit: &Visit<'_>, found: &mut Findings) {
    let actual = visit.tour.date.weekday().to_monday_zero_offset() as u8;
    if actual != weekday {
        let (expected, actual) = (words::weekday(weekday), words::weekday(actual));
        let (expected_fr, expected_en, actual_fr, actual_en) =
            (expected.fr, expected.en, actual.fr, actual.en);
        found.visit(
            book,
            Rule::Lock,
            visit.tour,
            visit.call,
            text!(
                "attendu le {expected_fr}, jour verrouillé, trouvé le {actual_fr}",
                "expected {expected_en}, the locked weekday, found {actual_en}",
            ),
        );
    }
}

/// By that antenna, at that time.
fn as_locked(book: &Book<'_>, lock: &Lock, visit: &Visit<'_>, found: &mut Findings) {
    if let Some(antenna) = lock.antenna.filter(|&antenna| antenna != visit.tour.antenna) {
        let (expected, actual) = (&book.antenna(antenna).name, &book.antenna(visit.tour.antenna).name);
        found.visit(
            book,
            Rule::Lock,
            visit.tour,
            visit.call,
            text!(
                "attendu l'antenne verrouillée {expected}, trouvé {actual}",
                "expected the locked antenna {expected}, found {actual}",
            ),
        );
    }
    if let Some(time) = lock.time.filter(|&time| time != visit.call.start) {
        let (expected, actual) = (clock(time), clock(visit.call.start));
        found.visit(
            book,
            Rule::Lock,
            visit.tour,
            visit.call,
            text!(
                "attendu l'ouverture verrouillée à {expected}, trouvé {actual}",
                "expected the locked opening at {expected}, found {actual}",
            ),
        );
    }
}
