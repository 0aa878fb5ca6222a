//! TRAVEL, WINDOW, SERVICE and ANNOUNCE: every instant of a tour, one after the other.

use super::Rule;
use super::book::{Book, Findings, Visit, seconds};
use super::words::{clock, span};
use crate::diagnostics::Text;
use crate::survey::Node;
use crate::tables::{LockedDays, Stop};
use crate::text;
use crate::timetable::{Call, Tour};
use crate::units::{ClockTime, Window};

/// A service day may run past midnight, but no further than the end of the next day.
const LAST_SECOND: i64 = 48 * 3600;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for tour in &book.tours {
        clock_range(tour, found);
        order(book, tour, found);
        travel(book, tour, found);
    }
    for visit in &book.visits {
        window(book, visit, found);
        service(book, visit, found);
        margin(book, visit, found);
        announced(book, visit, found);
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
fn travel(book: &Book<'_>, tour: &Tour, found: &mut Findings) {
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
    if traveller.height_cm.is_none() && traveller.weight_kg.is_none() {
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
    let height = traveller.height_cm.map(|height| format!("{}.{:02} m", height / 100, height % 100));
    let weight = traveller.weight_kg.map(|weight| format!("{weight} kg"));
    let size = height.into_iter().chain(weight).collect::<Vec<_>>().join(", ");
    found.tour(
        Rule::Allowed,
        tour,
        Text {
            fr: format!("{} : attendu une route ouverte à ce véhicule ({size}), il n'y en a pas", way.fr),
            en: format!("{}: expected a road open to this vehicle ({size}), there is none", way.en),
        },
    );
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
                "attendu une ouverture de {expected} pour {households} foyers, trouvé {lasts}",
                "expected an opening of {expected} for {households} households, found {lasts}",
            ),
        );
    }
}

/// Setup and households, rounded up to the second.
fn time_to_serve(stop: &Stop, households: i64, points: i64) -> i64 {
    let work = households.max(0) * i64::from(stop.time_per_household.get());
    i64::from(stop.setup.get()) + (work + points - 1) / points
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
fn same_day_of_cycle(book: &Book<'_>, visit: &Visit<'_>, date: jiff::civil::Date) -> bool {
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
    outside_presence(book, visit, call, found);
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
