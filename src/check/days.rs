//! DAY: only on published days on which stop and antenna may work, never on a closure.

use super::Rule;
use super::book::{Book, Findings};
use super::words;
use crate::tables::ClosedFor;
use crate::text;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for tour in &book.tours {
        let Some(day) = book.dataset.settings.horizon_day(tour.date) else {
            let settings = &book.dataset.settings;
            let (first, last) = (words::date(settings.start), words::date(settings.until));
            let (first_fr, last_fr, first_en, last_en) = (first.fr, last.fr, first.en, last.en);
            found.tour(
                Rule::Day,
                tour,
                text!(
                    "attendu une date du {first_fr} au {last_fr}",
                    "expected a date from {first_en} to {last_en}",
                ),
            );
            continue;
        };
        if !book.antenna(tour.antenna).works[day] {
            let name = &book.antenna(tour.antenna).name;
            let why = closure(book, day, ClosedFor::Antenna(tour.antenna));
            found.tour(Rule::Day, tour, text!(
                "attendu un jour de travail de l'antenne {name}, trouvé un jour où elle ne roule pas{why}",
                "expected a working day of antenna {name}, found a day on which it does not run{why}",
            ));
        }
    }
    for visit in &book.visits {
        let Some(day) = visit.day else { continue };
        let stop = visit.call.stop;
        if book.stop(stop).windows[day].is_empty() {
            let why = closure(book, day, ClosedFor::Stop(stop));
            found.visit(
                book,
                Rule::Day,
                visit.tour,
                visit.call,
                text!(
                    "attendu un jour d'ouverture de l'arrêt, trouvé un jour fermé{why}",
                    "expected a day on which the stop may open, found a closed day{why}",
                ),
            );
        }
    }
}

/// ` (reason)` of the first closure that holds on a published day; nothing where days or hours forbid it.
fn closure(book: &Book<'_>, day: usize, whom: ClosedFor) -> String {
    let date = book.dataset.settings.date(day);
    book.dataset
        .closures
        .iter()
        .filter(|closure| closure.from <= date && date <= closure.to && !closure.reason.is_empty())
        .find(|closure| closure.whom == whom || closure.whom == ClosedFor::Everybody)
        .map_or_else(String::new, |closure| format!(" ({})", closure.reason))
}
