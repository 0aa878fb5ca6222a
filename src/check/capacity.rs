//! CAPACITY: what a trip hands out fits the antenna, in households and in kilograms.

use super::Rule;
use super::book::{Book, Findings};
use crate::text;
use crate::timetable::{Tour, Trip};

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for tour in &book.tours {
        for (index, trip) in tour.trips.iter().enumerate() {
            trip_fits(book, tour, index + 1, trip, found);
        }
    }
    for visit in &book.visits {
        let (call, stop) = (visit.call, book.stop(visit.call.stop));
        let households = i128::from(call.households.get());
        let expected = households * i128::from(stop.mass_per_household.get());
        if expected != i128::from(call.load.get()) {
            let (expected, stated) = (kilograms(expected), kilograms(i128::from(call.load.get())));
            found.visit(
                book,
                Rule::Capacity,
                visit.tour,
                call,
                text!(
                    "attendu {expected} kg pour {households} foyers, trouvé {stated} kg",
                    "expected {expected} kg for {households} households, found {stated} kg",
                ),
            );
        }
    }
}

fn trip_fits(book: &Book<'_>, tour: &Tour, number: usize, trip: &Trip, found: &mut Findings) {
    let antenna = book.antenna(tour.antenna);
    let households: i64 = trip.calls.iter().map(|call| i64::from(call.households.get())).sum();
    if let Some(capacity) = antenna.capacity {
        let capacity = i64::from(capacity.get());
        if households > capacity {
            let over = households - capacity;
            found.tour(Rule::Capacity, tour, text!(
                "voyage {number} : attendu au plus {capacity} foyers, trouvé {households}, soit {over} de trop",
                "trip {number}: expected at most {capacity} households, found {households}, {over} too many",
            ));
        }
    }
    let mass: i128 = (trip.calls.iter())
        .map(|call| {
            i128::from(call.households.get()) * i128::from(book.stop(call.stop).mass_per_household.get())
        })
        .sum();
    if let Some(capacity) = antenna.capacity_mass {
        let capacity = i128::from(capacity.get());
        if mass > capacity {
            let (limit, load, over) = (kilograms(capacity), kilograms(mass), kilograms(mass - capacity));
            found.tour(
                Rule::Capacity,
                tour,
                text!(
                    "voyage {number} : attendu au plus {limit} kg, trouvé {load} kg, soit {over} kg de trop",
                    "trip {number}: expected at most {limit} kg, found {load} kg, {over} kg too many",
                ),
            );
        }
    }
}

/// Grams as kilograms, without decimals that say nothing.
fn kilograms(grams: i128) -> String {
    let sign = if grams < 0 { "-" } else { "" };
    let (whole, rest) = (grams.unsigned_abs() / 1000, grams.unsigned_abs() % 1000);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn kilograms_show_the_grams_that_matter() {
        assert_eq!(super::kilograms(12_000), "12");
        assert_eq!(super::kilograms(12_050), "12.05");
        assert_eq!(super::kilograms(-1), "-0.001");
    }
}
