//! GAP: the days from one visit to the next, also from the last of the cycle to the first of the next.

use super::Rule;
use super::book::{Book, Findings};
use super::words;
use crate::ids::StopId;
use crate::tables::Rhythm;
use crate::text;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for stop in book.dataset.stops.keys() {
        // The calendar fixes the gaps of a monthly rhythm.
        let period = match book.stop(stop).rhythm {
            Rhythm::PerWeek { .. } => 7,
            Rhythm::EveryWeeks { weeks } => 7 * usize::from(weeks),
            Rhythm::Monthly { .. } => continue,
        };
        gaps(book, stop, period, found);
    }
}

/// `period` is the time in which a visit is due; where one passed without any, that visit was skipped, and the gap
/// across it is not checked.
fn gaps(book: &Book<'_>, stop: StopId, period: usize, found: &mut Findings) {
    let cycle = book.cycle_days();
    let days: Vec<usize> = book.announced_days(stop).into_iter().collect();
    let first_cycle: Vec<usize> = days.iter().copied().filter(|&day| day < cycle).collect();
    let across = first_cycle.last().zip(first_cycle.first()).map(|(&last, &first)| (last, first + cycle));
    let pairs = days.windows(2).map(|pair| (pair[0], pair[1]));
    let mut told = Vec::new();
    for (from, to) in pairs.chain(across) {
        let gap = to - from;
        let place = (from % cycle, gap);
        if to / period - from / period > 1 || told.contains(&place) {
            continue;
        }
        let row = book.stop(stop);
        let is_short = row.min_gap_days.is_some_and(|least| gap < usize::from(least));
        let is_long = row.max_gap_days.is_some_and(|most| gap > usize::from(most));
        if is_short || is_long {
            told.push(place);
            broken_gap(book, stop, (from, gap), found);
        }
    }
}

fn broken_gap(book: &Book<'_>, stop: StopId, (from, gap): (usize, usize), found: &mut Findings) {
    let row = book.stop(stop);
    let least = row.min_gap_days.unwrap_or(0);
    let date = words::date(book.dataset.settings.date(from));
    let (date_fr, date_en) = (date.fr, date.en);
    let message = match row.max_gap_days {
        Some(most) => text!(
            "attendu {least} à {most} jours jusqu'à la visite suivante, trouvé {gap} après le {date_fr}",
            "expected {least} to {most} days to the next visit, found {gap} after {date_en}",
        ),
        None => text!(
            "attendu au moins {least} jours jusqu'à la visite suivante, trouvé {gap} après le {date_fr}",
            "expected at least {least} days to the next visit, found {gap} after {date_en}",
        ),
    };
    found.stop(book, Rule::Gap, stop, Some(from), message);
}
