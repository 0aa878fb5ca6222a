//! ALLOWED: the antenna may come, and the commune did not refuse. (Roads too low or too weak for a vehicle are found
//! where the legs are read, in `travel`.)

use super::Rule;
use super::book::{Book, Findings};
use crate::tables::Status;
use crate::text;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    for visit in &book.visits {
        let stop = book.stop(visit.call.stop);
        if stop.status == Status::Refused {
            found.visit(
                book,
                Rule::Allowed,
                visit.tour,
                visit.call,
                text!(
                    "attendu aucune visite d'un arrêt refusé par la commune",
                    "expected no visit to a stop that the commune refused",
                ),
            );
        }
        if !stop.antennas.contains(&visit.tour.antenna) {
            let names: Vec<&str> =
                stop.antennas.iter().map(|&antenna| book.antenna(antenna).name.as_str()).collect();
            let (expected, name) = (names.join(", "), &book.antenna(visit.tour.antenna).name);
            found.visit(
                book,
                Rule::Allowed,
                visit.tour,
                visit.call,
                text!(
                    "attendu une antenne admise ({expected}), trouvé {name}",
                    "expected an allowed antenna ({expected}), found {name}",
                ),
            );
        }
    }
}
