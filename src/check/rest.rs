//! BREAK: taken when the day is long, whole, in its window, standing.

use super::Rule;
use super::book::{Book, Findings, seconds};
use super::words::{clock, span};
use crate::tables::BreakRule;
use crate::text;
use crate::timetable::{RestTaken, Tour};

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for tour in &book.tours {
        let rule = book.antenna(tour.antenna).rest;
        let duty = seconds(tour.back()) - seconds(tour.leave());
        let needed = rule.filter(|rule| duty > i64::from(rule.after.get()));
        match (needed, tour.rest) {
            (Some(rule), Some(rest)) => as_ruled(tour, rule, rest, found),
            (Some(rule), None) => {
                let (after, duty) = (span(i64::from(rule.after.get())), span(duty));
                found.tour(
                    Rule::Break,
                    tour,
                    text!(
                        "attendu une pause dans une journée de plus de {after}, trouvé {duty} sans pause",
                        "expected a break in a duty of more than {after}, found {duty} without any",
                    ),
                );
            }
            (None, _) => {}
        }
        if let Some(rest) = tour.rest {
            standing(book, tour, rest, found);
        }
    }
}

/// Long enough, in its window, neither too long after leaving nor too long before returning.
fn as_ruled(tour: &Tour, rule: BreakRule, rest: RestTaken, found: &mut Findings) {
    let (needed, given) = (i64::from(rule.duration.get()), seconds(rest.end) - seconds(rest.start));
    if given < needed {
        let (needed, given) = (span(needed), span(given));
        found.tour(
            Rule::Break,
            tour,
            text!(
                "attendu une pause de {needed}, trouvé {given}",
                "expected a break of {needed}, found {given}",
            ),
        );
    }
    if rest.start < rule.window.open || rule.window.close < rest.end {
        let [open, close, start, end] =
            [rule.window.open, rule.window.close, rest.start, rest.end].map(clock);
        found.tour(
            Rule::Break,
            tour,
            text!(
                "attendu une pause entre {open} et {close}, trouvé {start} à {end}",
                "expected a break between {open} and {close}, found {start} to {end}",
            ),
        );
    }
    let after = i64::from(rule.after.get());
    let before_it = seconds(rest.start) - seconds(tour.leave());
    if before_it > after {
        let (after, before_it) = (span(after), span(before_it));
        found.tour(
            Rule::Break,
            tour,
            text!(
                "attendu une pause au plus {after} après le départ, trouvé {before_it}",
                "expected the break at most {after} after leaving, found {before_it}",
            ),
        );
    }
    let after_it = seconds(tour.back()) - seconds(rest.end);
    if after_it > after {
        let (after, after_it) = (span(after), span(after_it));
        found.tour(
            Rule::Break,
            tour,
            text!(
                "attendu une pause finie au plus {after} avant le retour, trouvé {after_it}",
                "expected the break over at most {after} before returning, found {after_it}",
            ),
        );
    }
}

/// At a stop before or after the opening, or at the depot between two trips and not while it loads.
fn standing(book: &Book<'_>, tour: &Tour, rest: RestTaken, found: &mut Findings) {
    let [start, end] = [rest.start, rest.end].map(clock);
    if rest.end < rest.start {
        found.tour(
            Rule::Break,
            tour,
            text!(
                "attendu une pause qui finit après son début, trouvé {start} à {end}",
                "expected a break that ends after it starts, found {start} to {end}",
            ),
        );
        return;
    }
    let inside = |from, to| from <= rest.start && rest.end <= to;
    let at_stop =
        tour.calls().any(|call| inside(call.arrival, call.start) || inside(call.end, call.departure));
    let reload = book.antenna(tour.antenna).reload.map_or(0, |reload| i64::from(reload.get()));
    let between = tour.trips.windows(2).find(|pair| inside(pair[0].back, pair[1].leave));
    let Some(pair) = between else {
        if !at_stop {
            found.tour(
                Rule::Break,
                tour,
                text!(
                    "attendu une pause à l'arrêt, hors conduite et hors ouverture, trouvé {start} à {end}",
                    "expected a break while standing, neither driving nor serving, found {start} to {end}",
                ),
            );
        }
        return;
    };
    let before_it = seconds(rest.start) - seconds(pair[0].back);
    let after_it = seconds(pair[1].leave) - seconds(rest.end);
    if !at_stop && before_it.max(after_it) < reload {
        let reload = span(reload);
        found.tour(
            Rule::Break,
            tour,
            text!(
                "attendu une pause hors du rechargement ({reload}), trouvé {start} à {end}",
                "expected a break outside the reload ({reload}), found {start} to {end}",
            ),
        );
    }
}
