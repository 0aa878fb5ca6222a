//! RHYTHM, the visits that do not take place: each has a true reason, and none is held all the same.

use std::collections::BTreeSet;

use super::Rule;
use super::book::{Book, Findings};
use super::words;
use crate::ids::AntennaId;
use crate::text;
use crate::timetable::Cancelled;
use crate::units::Window;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for cancelled in &book.cancelled {
        let stop = cancelled.stop;
        let Some(day) = book.dataset.settings.horizon_day(cancelled.date) else {
            let date = words::date(cancelled.date);
            let (date_fr, date_en) = (date.fr, date.en);
            found.stop(
                book,
                Rule::Day,
                stop,
                None,
                text!(
                    "attendu des dates publiées, trouvé une visite annulée le {date_fr}",
                    "expected published dates, found a visit cancelled on {date_en}",
                ),
            );
            continue;
        };
        if !seen.insert((stop, day)) {
            found.stop(
                book,
                Rule::Rhythm,
                stop,
                Some(day),
                text!(
                    "attendu une seule annonce de la visite annulée, trouvé deux",
                    "expected the cancelled visit to be announced once, found it twice",
                ),
            );
        } else if book.held[stop].contains(&day) {
            found.stop(
                book,
                Rule::Rhythm,
                stop,
                Some(day),
                text!(
                    "attendu une visite tenue ou annulée, trouvé les deux",
                    "expected a visit that is held or cancelled, found both",
                ),
            );
        } else if !is_unfit(book, cancelled, day) && !tour_is_lost(book, cancelled.antenna, day) {
            let antenna = &book.antenna(cancelled.antenna).name;
            found.stop(book, Rule::Rhythm, stop, Some(day), text!(
                "attendu la visite prévue, trouvé une annulation alors que l'arrêt est ouvert et que {antenna} roule",
                "expected the planned visit, found it cancelled although the stop is open and {antenna} runs",
            ));
        }
    }
}

/// Whether stop or antenna is closed that day, or the hours of the stop do not hold the opening.
fn is_unfit(book: &Book<'_>, cancelled: &Cancelled, day: usize) -> bool {
    let opening = usual_opening(book, cancelled, day);
    let is_open = book.stop(cancelled.stop).windows[day].iter().any(|window| window.holds(opening));
    !is_open || !book.antenna(cancelled.antenna).works[day]
}

/// The opening of the first visit that the cycle holds on the same day; the announced hours where there is none.
fn usual_opening(book: &Book<'_>, cancelled: &Cancelled, day: usize) -> Window {
    let cycle = book.cycle_days();
    book.visits
        .iter()
        .filter(|visit| visit.call.stop == cancelled.stop)
        .filter_map(|visit| Some((visit.day?, visit.call)))
        .filter(|(other, _)| other % cycle == day % cycle)
        .min_by_key(|(other, _)| *other)
        .map_or(Window { open: cancelled.opens, close: cancelled.closes }, |(_, call)| Window {
            open: call.start,
            close: call.end,
        })
}

/// A tour that can't hold its rules without the stops that are closed is cancelled whole: then the antenna does not
/// run at all, and one of its cancelled stops is unfit itself.
fn tour_is_lost(book: &Book<'_>, antenna: AntennaId, day: usize) -> bool {
    let date = book.dataset.settings.date(day);
    book.tours.iter().all(|tour| tour.antenna != antenna || tour.date != date)
        && book
            .cancelled
            .iter()
            .any(|other| other.antenna == antenna && other.date == date && is_unfit(book, other, day))
}
