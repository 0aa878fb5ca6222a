//! SHIFT, RELOAD and COLD: the working day of an antenna.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Rule;
use super::book::{Book, Findings, seconds};
use super::words::{clock, span};
use crate::ids::AntennaId;
use crate::survey::Node;
use crate::text;
use crate::timetable::Tour;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for tour in &book.tours {
        hours(book, tour, found);
        duty(book, tour, found);
        driving(book, tour, found);
        reload(book, tour, found);
        cold(book, tour, found);
    }
    overlaps(book, found);
}

fn hours(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
    let shift = book.antenna(tour.antenna).shift;
    let (leave, back) = (tour.leave(), tour.back());
    if leave < shift.open {
        let (expected, leave) = (clock(shift.open), clock(leave));
        found.tour(
            Rule::Shift,
            tour,
            text!(
                "attendu un départ au plus tôt à {expected}, trouvé {leave}",
                "expected to leave at {expected} at the earliest, found {leave}",
            ),
        );
    }
    if shift.close < back {
        let (expected, back) = (clock(shift.close), clock(back));
        found.tour(
            Rule::Shift,
            tour,
            text!(
                "attendu un retour au plus tard à {expected}, trouvé {back}",
                "expected to be back at {expected} at the latest, found {back}",
            ),
        );
    }
}

fn duty(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
    let duty = seconds(tour.back()) - seconds(tour.leave());
    let Some(limit) = book.antenna(tour.antenna).max_duty else { return };
    let limit = i64::from(limit.get());
    if duty > limit {
        let (limit, over, duty) = (span(limit), span(duty - limit), span(duty));
        found.tour(
            Rule::Shift,
            tour,
            text!(
                "attendu une journée d'au plus {limit}, trouvé {duty}, soit {over} de trop",
                "expected a duty of at most {limit}, found {duty}, {over} too long",
            ),
        );
    }
}

/// Driving as the roads have it; legs without any road are TRAVEL's matter.
fn driving(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
    let antenna = book.antenna(tour.antenna);
    let Some(limit) = antenna.max_driving else { return };
    let mut driving = 0_i64;
    for (index, trip) in tour.trips.iter().enumerate() {
        let home = if index + 1 == tour.trips.len() { antenna.end_depot } else { antenna.depot };
        let nodes: Vec<Node> = std::iter::once(Node::Depot(antenna.depot))
            .chain(trip.calls.iter().map(|call| Node::Stop(call.stop)))
            .chain([Node::Depot(home)])
            .collect();
        driving += nodes
            .windows(2)
            .filter_map(|leg| book.survey.travel(tour.antenna, leg[0], leg[1]))
            .map(|road| i64::from(road.seconds.get()))
            .sum::<i64>();
    }
    let limit = i64::from(limit.get());
    if driving > limit {
        let (limit, over, driving) = (span(limit), span(driving - limit), span(driving));
        found.tour(
            Rule::Shift,
            tour,
            text!(
                "attendu au plus {limit} de conduite, trouvé {driving}, soit {over} de trop",
                "expected at most {limit} of driving, found {driving}, {over} too long",
            ),
        );
    }
}

fn reload(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
    let antenna = book.antenna(tour.antenna);
    let (trips, most) = (tour.trips.len(), usize::from(antenna.max_trips));
    if trips > most {
        found.tour(
            Rule::Reload,
            tour,
            text!(
                "attendu au plus {most} voyages par jour, trouvé {trips}",
                "expected at most {most} trips a day, found {trips}",
            ),
        );
    }
    let needed = antenna.reload.map_or(0, |reload| i64::from(reload.get()));
    for (index, pair) in tour.trips.windows(2).enumerate() {
        let given = seconds(pair[1].leave) - seconds(pair[0].back);
        if given < needed {
            let number = index + 2;
            let (needed, given, short) = (span(needed), span(given), span(needed - given));
            found.tour(
                Rule::Reload,
                tour,
                text!(
                    "voyage {number} : attendu au moins {needed} au dépôt pour recharger, trouvé {given} ; \
                 il manque {short}",
                    "trip {number}: expected at least {needed} at the depot to load again, found {given}; \
                 {short} are missing",
                ),
            );
        }
    }
}

fn cold(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
    let Some(limit) = book.antenna(tour.antenna).max_cold else { return };
    let limit = i64::from(limit.get());
    for (index, trip) in tour.trips.iter().enumerate() {
        let last = trip.calls.iter().map(|call| seconds(call.end)).max().unwrap_or(0);
        let cold = last - seconds(trip.leave);
        if cold > limit {
            let number = index + 1;
            let (limit, over, cold) = (span(limit), span(cold - limit), span(cold));
            found.tour(
                Rule::Cold,
                tour,
                text!(
                    "voyage {number} : attendu au plus {limit} du chargement à la dernière fermeture, \
                 trouvé {cold}, soit {over} de trop",
                    "trip {number}: expected at most {limit} from loading to the last closing, \
                 found {cold}, {over} too long",
                ),
            );
        }
    }
}

/// An antenna is in one place at a time: one tour a date, over before the next begins.
fn overlaps(book: &Book<'_>, found: &mut Findings) {
    let mut by_antenna: BTreeMap<AntennaId, Vec<&Tour>> = BTreeMap::new();
    for tour in &book.tours {
        by_antenna.entry(tour.antenna).or_default().push(tour);
    }
    for tours in by_antenna.values_mut() {
        tours.sort_by_key(|tour| (tour.date, tour.leave()));
        for pair in tours.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            if before.date == after.date {
                let other = clock(before.leave());
                found.tour(Rule::Shift, after, text!(
                    "attendu une seule tournée de l'antenne à cette date, trouvé une autre, qui part à {other}",
                    "expected a single tour of the antenna on this date, found another one, leaving at {other}",
                ));
            } else if seconds(before.back())
                > seconds(after.leave()) + 86_400 * days_between(before.date, after.date)
            {
                let (id, back) = (&before.id, clock(before.back()));
                found.tour(
                    Rule::Shift,
                    after,
                    text!(
                        "attendu un départ après le retour de la tournée {id}, trouvé son retour à {back}",
                        "expected to leave after tour {id} is back, found its return at {back}",
                    ),
                );
            }
        }
    }
}

fn days_between(before: Date, after: Date) -> i64 {
    i64::from((after - before).get_days())
}
