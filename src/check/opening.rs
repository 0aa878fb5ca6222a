//! WINDOW and SERVICE: when a stop is open, and for how long.

use super::Rule;
use super::book::{Book, Findings, Visit, seconds};
use super::words::{clock, span};
use crate::tables::Stop;
use crate::text;
use crate::units::Window;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for visit in &book.visits {
        window(book, visit, found);
        service(book, visit, found);
    }
}

/// The whole opening lies inside one window of its day. A day without any is DAY's matter.
fn window(book: &Book<'_>, visit: &Visit<'_>, found: &mut Findings) {
    let Some(day) = visit.day else { return };
    let windows = &book.stop(visit.call.stop).windows[day];
    let opening = Window { open: visit.call.start, close: visit.call.end };
    if windows.is_empty() || windows.iter().any(|window| window.holds(opening)) {
        return;
    }
    let hours = |window: &Window| format!("{}-{}", clock(window.open), clock(window.close));
    let expected = windows.iter().map(hours).collect::<Vec<_>>().join(", ");
    let opening = hours(&opening);
    found.visit(
        book,
        Rule::Window,
        visit.tour,
        visit.call,
        text!(
            "attendu une ouverture tout entière dans {expected}, trouvé {opening}",
            "expected an opening wholly within {expected}, found {opening}",
        ),
    );
}

/// The opening lasts what its households need.
fn service(book: &Book<'_>, visit: &Visit<'_>, found: &mut Findings) {
    let call = visit.call;
    let stop = book.stop(call.stop);
    let points = i64::from(book.antenna(visit.tour.antenna).service_points);
    let households = i64::from(call.households.get());
    let longest = i64::from(stop.max_service.get());
    let needed = time_to_serve(stop, households, points);
    if households > 0 && needed > longest {
        let (needed, longest) = (span(needed), span(longest));
        found.visit(book, Rule::Service, visit.tour, call, text!(
            "attendu une ouverture d'au plus {longest}, trouvé {households} foyers qui en demandent {needed}",
            "expected an opening of at most {longest}, found {households} households who need {needed}",
        ));
        return;
    }
    let plain = needed.max(i64::from(stop.min_service.get())).min(longest);
    let rounding = i64::from(book.dataset.settings.announce.rounding.get()).max(1);
    let rounded = (plain + rounding - 1).div_euclid(rounding) * rounding;
    let expected = if rounded <= longest { rounded } else { plain };
    let lasts = seconds(call.end) - seconds(call.start);
    if lasts != expected {
        let (expected, lasts) = (span(expected), span(lasts));
        found.visit(
            book,
            Rule::Service,
            visit.tour,
            call,
            text!(
                "attendu une ouverture de {expected} pour servir {households} foyer(s), trouvé {lasts}",
                "expected an opening of {expected} for {households} household(s), found {lasts}",
            ),
        );
    }
}

/// Setup and households, rounded up to the second.
fn time_to_serve(stop: &Stop, households: i64, points: i64) -> i64 {
    let work = households.max(0) * i64::from(stop.time_per_household.get());
    i64::from(stop.setup.get()) + (work + points - 1) / points
}
