//! GAP: the days from one visit to the next, also from the last of the cycle to the first of the next.

use super::Rule;
use super::book::{Book, Findings};
use super::words;
use crate::diagnostics::Text;
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
        let least = row.min_gap_days.map(usize::from).filter(|&least| gap < least);
        let most = row.max_gap_days.map(usize::from).filter(|&most| gap > most);
        if let Some(expected) = least.map(at_least).or_else(|| most.map(at_most)) {
            told.push(place);
            broken_gap(book, stop, (from, gap), &expected, found);
        }
    }
}

fn at_least(days: usize) -> Text {
    let Text { fr, en } = words::days(days);
    text!("au moins {fr}", "at least {en}")
}

fn at_most(days: usize) -> Text {
    let Text { fr, en } = words::days(days);
    text!("au plus {fr}", "at most {en}")
}

fn broken_gap(
    book: &Book<'_>,
    stop: StopId,
    (from, gap): (usize, usize),
    expected: &Text,
    found: &mut Findings,
) {
    let (gap, date) = (words::days(gap), words::date(book.dataset.settings.date(from)));
    found.stop(
        book,
        Rule::Gap,
        stop,
        Some(from),
        Text {
            fr: format!(
                "attendu {} jusqu'à la visite suivante, trouvé {} après le {}",
                expected.fr, gap.fr, date.fr
            ),
            en: format!("expected {} to the next visit, found {} after {}", expected.en, gap.en, date.en),
        },
    );
}
