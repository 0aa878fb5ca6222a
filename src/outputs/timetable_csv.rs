//! `timetable.csv`: one row a visit, as spreadsheets of the reader's country open it.
//!
//! French: `;`, decimal comma, a byte order mark so that Excel reads accents. English: `,` and a point.

use crate::diagnostics::{Lang, Text};
use crate::outputs::document::{Call, Figure, Index, Tour};
use crate::outputs::words as say;
use crate::text;

/// The file.
pub fn timetable_csv(plan: &Index<'_>, lang: Lang) -> Vec<u8> {
    let mut table = writer(lang);
    let headers = headers();
    table.write_record(headers.iter().map(|header| header.get(lang))).expect("memory takes any row");
    for (tour, _, call) in plan.document.calls() {
        table.write_record(row(plan, tour, call, lang)).expect("all rows have as many cells as headers");
    }
    table.into_inner().expect("memory takes any row")
}

/// An empty file that spreadsheets of the reader's country open.
pub(super) fn writer(lang: Lang) -> csv::Writer<Vec<u8>> {
    let (start, separator): (&[u8], u8) = match lang {
        Lang::Fr => ("\u{feff}".as_bytes(), b';'),
        Lang::En => (b"", b','),
    };
    csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(start.to_vec())
}

fn headers() -> [Text; 16] {
    [
        text!("Date", "Date"),
        text!("Jour", "Weekday"),
        text!("Ouverture", "Opens"),
        text!("Fermeture", "Closes"),
        text!("Arrêt", "Stop"),
        text!("Commune", "Commune"),
        text!("Code INSEE", "INSEE code"),
        text!("Antenne", "Antenna"),
        text!("Arrivée", "Arrival"),
        text!("Départ", "Departure"),
        text!("Foyers", "Households"),
        text!("Foyers refusés faute de place", "Households turned away"),
        text!("Charge (kg)", "Load (kg)"),
        text!("Tournée", "Tour"),
        text!("Identifiant de l’arrêt", "Stop id"),
        text!("Identifiant de l’antenne", "Antenna id"),
    ]
}

fn row(plan: &Index<'_>, tour: &Tour, call: &Call, lang: Lang) -> [String; 16] {
    let (stop, antenna) = (plan.stop(&call.stop), plan.antenna(&tour.antenna));
    let date = match lang {
        Lang::Fr => tour.date.strftime("%d/%m/%Y").to_string(),
        Lang::En => tour.date.to_string(),
    };
    let households = |figure: Figure<i32>| figure.words(lang, |number| number.to_string());
    let kilograms = call.load_kg.told().map_or_else(String::new, |number| number.to_string());
    [
        date,
        say::weekday(tour.date.weekday()).get(lang).to_owned(),
        call.opens.clone(),
        call.closes.clone(),
        inert(&stop.name),
        inert(&stop.commune),
        inert(&stop.insee),
        inert(&antenna.name),
        plan.clock(tour, &call.arrival).to_string(),
        plan.clock(tour, &call.departure).to_string(),
        households(call.households),
        households(call.turned_away),
        match lang {
            Lang::Fr => kilograms.replace('.', ","),
            Lang::En => kilograms,
        },
        inert(&tour.id),
        inert(&stop.id),
        inert(&antenna.id),
    ]
}

/// What somebody typed, so that no spreadsheet takes it for a formula (OWASP, CSV injection).
pub(super) fn inert(typed: &str) -> String {
    if typed.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{typed}") } else { typed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_a_formula() {
        assert_eq!(inert("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(inert("@cmd"), "'@cmd");
        assert_eq!(inert("Saint-Père"), "Saint-Père");
    }
}
