//! TRAVEL (and roads that are closed to a vehicle, ALLOWED): every leg of a tour, one after the other.

use super::Rule;
use super::book::{Book, Findings, seconds};
use super::words::{clock, span};
use crate::diagnostics::Text;
use crate::survey::Node;
use crate::text;
use crate::timetable::Tour;
use crate::traveller::Traveller;
use crate::units::ClockTime;

/// A service day may run past midnight, but no further than the end of the next day.
const LAST_SECOND: i64 = 48 * 3600;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for tour in &book.tours {
        clock_range(tour, found);
        order(book, tour, found);
        legs(book, tour, found);
    }
}

/// All instants lie in the service day and the night after it.
fn clock_range(tour: &Tour, found: &mut Findings) {
    let trips = tour.trips.iter().flat_map(|trip| [trip.leave, trip.back]);
    let calls = tour
        .calls()
        .flat_map(|call| [call.arrival, call.start, call.end, call.departure, call.opens, call.closes]);
    let rest = tour.rest.iter().flat_map(|rest| [rest.start, rest.end]);
    let outside = trips.chain(calls).chain(rest).find(|&time| !(0..=LAST_SECOND).contains(&seconds(time)));
    if let Some(time) = outside {
        let time = time.get();
        found.tour(
            Rule::Travel,
            tour,
            text!(
                "attendu des heures entre 00:00 et 48:00, trouvé {time} secondes après minuit",
                "expected times between 00:00 and 48:00, found {time} seconds after midnight",
            ),
        );
    }
}

/// Nothing goes back in time at a stop.
fn order(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
    for call in tour.calls() {
        let instants = [call.arrival, call.start, call.end, call.departure];
        if !instants.is_sorted() {
            let [arrival, start, end, departure] = instants.map(clock);
            found.visit(
                book,
                Rule::Travel,
                tour,
                call,
                text!(
                    "attendu arrivée, ouverture, fermeture et départ dans cet ordre, \
                 trouvé {arrival}, {start}, {end}, {departure}",
                    "expected arrival, opening, closing and departure in this order, \
                 found {arrival}, {start}, {end}, {departure}",
                ),
            );
        }
    }
}

/// Each leg leaves the time that the roads take; the totals are those of the roads.
fn legs(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
    let antenna = book.antenna(tour.antenna);
    let mut driving = 0_i64;
    let mut metres = 0_i64;
    let mut has_gap = false;
    for (index, trip) in tour.trips.iter().enumerate() {
        let home = if index + 1 == tour.trips.len() { antenna.end_depot } else { antenna.depot };
        let mut from = (Node::Depot(antenna.depot), trip.leave);
        let stops = trip.calls.iter().map(|call| (Node::Stop(call.stop), call.arrival, call.departure));
        for (node, arrival, departure) in stops.chain([(Node::Depot(home), trip.back, trip.back)]) {
            let leg = Leg { from: from.0, to: node, leaves: from.1, arrives: arrival };
            if let Some(road) = book.survey.travel(tour.antenna, leg.from, leg.to) {
                driving += i64::from(road.seconds.get());
                metres += i64::from(road.metres.get());
                enough_time(book, tour, &leg, i64::from(road.seconds.get()), found);
            } else {
                has_gap = true;
                no_road(book, tour, &leg, found);
            }
            from = (node, departure);
        }
    }
    if has_gap {
        return;
    }
    if driving != i64::from(tour.driving.get()) {
        let (expected, stated) = (span(driving), span(i64::from(tour.driving.get())));
        found.tour(
            Rule::Travel,
            tour,
            text!(
                "attendu {expected} de conduite en tout d'après les routes, trouvé {stated}",
                "expected {expected} of driving in all by the roads, found {stated}",
            ),
        );
    }
    if metres != i64::from(tour.distance.get()) {
        let stated = tour.distance.get();
        found.tour(
            Rule::Travel,
            tour,
            text!(
                "attendu {metres} m en tout d'après les routes, trouvé {stated} m",
                "expected {metres} m in all by the roads, found {stated} m",
            ),
        );
    }
}

struct Leg {
    from: Node,
    to: Node,
    leaves: ClockTime,
    arrives: ClockTime,
}

impl Leg {
    fn words(&self, book: &Book<'_>) -> Text {
        let name = |node| match node {
            Node::Depot(depot) => book.dataset.depots[depot].name.clone(),
            Node::Stop(stop) => book.stop_words(stop),
        };
        let (from, to) = (name(self.from), name(self.to));
        text!("de {from} à {to}", "from {from} to {to}")
    }
}

fn enough_time(book: &Book<'_>, tour: &Tour, leg: &Leg, needed: i64, found: &mut Findings) {
    let given = seconds(leg.arrives) - seconds(leg.leaves);
    if given >= needed {
        return;
    }
    let way = leg.words(book);
    let (leaves, arrives) = (clock(leg.leaves), clock(leg.arrives));
    let (expected, given, short) = (span(needed), span(given), span(needed - given));
    found.tour(Rule::Travel, tour, Text {
        fr: format!(
            "{} : attendu au moins {expected} de route, trouvé {given} ({leaves} à {arrives}) ; il manque {short}",
            way.fr
        ),
        en: format!(
            "{}: expected at least {expected} on the road, found {given} ({leaves} to {arrives}); {short} are missing",
            way.en
        ),
    });
}

/// No way at all: a matter of the vehicle's size where it has one, of the roads otherwise.
fn no_road(book: &Book<'_>, tour: &Tour, leg: &Leg, found: &mut Findings) {
    let way = leg.words(book);
    let traveller = book.antenna(tour.antenna).traveller;
    if traveller == Traveller::of(traveller.profile) {
        found.tour(
            Rule::Travel,
            tour,
            Text {
                fr: format!("{} : attendu un chemin par la route, il n'y en a pas", way.fr),
                en: format!("{}: expected a way by road, there is none", way.en),
            },
        );
        return;
    }
    let metres = [traveller.height_cm, traveller.width_cm, traveller.length_cm].into_iter().flatten();
    let sizes = metres.map(|size| format!("{}.{:02} m", size / 100, size % 100));
    let weight = traveller.weight_kg.map(|weight| format!("{weight} kg"));
    let size = sizes.chain(weight).collect::<Vec<_>>().join(", ");
    found.tour(
        Rule::Allowed,
        tour,
        Text {
            fr: format!("{} : attendu une route ouverte à ce véhicule ({size}), il n'y en a pas", way.fr),
            en: format!("{}: expected a road open to this vehicle ({size}), there is none", way.en),
        },
    );
}
