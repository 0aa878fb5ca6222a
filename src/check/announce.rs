//! ANNOUNCE: what people are told is what happens, at times they can remember.

use jiff::civil::Date;

use super::Rule;
use super::book::{Book, Findings, Visit, seconds};
use super::words::{clock, span};
use crate::tables::LockedDays;
use crate::text;
use crate::timetable::Call;
use crate::units::ClockTime;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for visit in &book.visits {
        margin(book, visit, found);
        announced(book, visit, found);
        outside_presence(book, visit, visit.call, found);
    }
}

/// The antenna is there early enough, and opens at a time people can remember.
fn margin(book: &Book<'_>, visit: &Visit<'_>, found: &mut Findings) {
    let call = visit.call;
    let announce = &book.dataset.settings.announce;
    let margin = i64::from(announce.margin.get());
    let early = seconds(call.start) - seconds(call.arrival);
    // An opening before the arrival is out of order, which TRAVEL says.
    if (0..margin).contains(&early) {
        let (margin, early) = (span(margin), span(early));
        found.visit(
            book,
            Rule::Announce,
            visit.tour,
            call,
            text!(
                "attendu une arrivée au moins {margin} avant l'ouverture, trouvé {early}",
                "expected to arrive at least {margin} before the opening, found {early}",
            ),
        );
    }
    let rounding = i64::from(announce.rounding.get()).max(1);
    if seconds(call.start) % rounding != 0 && !starts_as_locked(book, visit) {
        let (rounding, start) = (span(rounding), clock(call.start));
        found.visit(
            book,
            Rule::Announce,
            visit.tour,
            call,
            text!(
                "attendu une ouverture à un multiple de {rounding}, trouvé {start}",
                "expected an opening at a multiple of {rounding}, found {start}",
            ),
        );
    }
}

/// Whether a lock fixes just this start.
fn starts_as_locked(book: &Book<'_>, visit: &Visit<'_>) -> bool {
    book.dataset.locks.iter().any(|lock| {
        lock.stop == visit.call.stop
            && lock.time == Some(visit.call.start)
            && match lock.when {
                LockedDays::Date(date) => same_day_of_cycle(book, visit, date),
                LockedDays::Weekday(_) | LockedDays::Every => true,
            }
    })
}

/// A date lock fixes the day of the cycle, so the visits that repeat it share its time.
fn same_day_of_cycle(book: &Book<'_>, visit: &Visit<'_>, date: Date) -> bool {
    let locked = book.dataset.settings.horizon_day(date);
    match (visit.day, locked) {
        (Some(day), Some(locked)) => day % book.cycle_days() == locked % book.cycle_days(),
        _ => false,
    }
}

/// What people are told is the opening itself, the end cut to whole steps of the rounding, or to the minute.
fn announced(book: &Book<'_>, visit: &Visit<'_>, found: &mut Findings) {
    let call = visit.call;
    if call.opens != call.start {
        let (expected, told) = (clock(call.start), clock(call.opens));
        found.visit(
            book,
            Rule::Announce,
            visit.tour,
            call,
            text!(
                "attendu une ouverture annoncée à {expected}, trouvé {told}",
                "expected an opening announced at {expected}, found {told}",
            ),
        );
    }
    let rounding = i64::from(book.dataset.settings.announce.rounding.get()).max(1);
    let (start, end) = (seconds(call.start), seconds(call.end));
    let unsaid = if end - start >= rounding { (end - start) % rounding } else { end.rem_euclid(60) };
    if start <= end && seconds(call.closes) != end - unsaid {
        let expected = clock(ClockTime((end - unsaid) as i32));
        let told = clock(call.closes);
        found.visit(
            book,
            Rule::Announce,
            visit.tour,
            call,
            text!(
                "attendu une fermeture annoncée à {expected}, trouvé {told}",
                "expected a closing announced at {expected}, found {told}",
            ),
        );
    }
}

/// Nobody is told of an hour at which the antenna is not there.
fn outside_presence(book: &Book<'_>, visit: &Visit<'_>, call: &Call, found: &mut Findings) {
    if call.opens < call.arrival || call.departure < call.closes {
        let [opens, closes, arrival, departure] =
            [call.opens, call.closes, call.arrival, call.departure].map(clock);
        found.visit(book, Rule::Announce, visit.tour, call, text!(
            "attendu des heures annoncées pendant la présence ({arrival} à {departure}), trouvé {opens} à {closes}",
            "expected announced hours within the presence ({arrival} to {departure}), found {opens} to {closes}",
        ));
    }
}
