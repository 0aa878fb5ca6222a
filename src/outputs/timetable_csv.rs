//! `timetable.csv`: one row a visit, as spreadsheets of the reader's country open it.
//!
//! French: `;`, decimal comma, a byte order mark so that Excel reads accents. English: `,` and a point.

use crate::diagnostics::{Lang, Text};
use crate::outputs::words as say;
use crate::tables::Dataset;
use crate::text;
use crate::timetable::{Call, Timetable, Tour};

/// The file.
pub fn timetable_csv(dataset: &Dataset, timetable: &Timetable, lang: Lang) -> Vec<u8> {
    let mut table = writer(lang);
    let headers = headers();
    table.write_record(headers.iter().map(|header| header.get(lang))).expect("memory takes any row");
    for (tour, call) in timetable.tours.iter().flat_map(|tour| tour.calls().map(move |call| (tour, call))) {
        table.write_record(row(dataset, tour, call, lang)).expect("all rows have as many cells as headers");
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

fn row(dataset: &Dataset, tour: &Tour, call: &Call, lang: Lang) -> [String; 16] {
    let (stop, antenna) = (&dataset.stops[call.stop], &dataset.antennas[tour.antenna]);
    let date = match lang {
        Lang::Fr => tour.date.strftime("%d/%m/%Y").to_string(),
        Lang::En => tour.date.to_string(),
    };
    let kilograms = call.load.kilograms().to_string();
    [
        date,
        say::weekday(tour.date.weekday()).get(lang).to_owned(),
        call.opens.to_string(),
        call.closes.to_string(),
        inert(&stop.name),
        inert(&stop.commune),
        inert(&stop.insee),
        inert(&antenna.name),
        call.arrival.to_string(),
        call.departure.to_string(),
        call.households.get().to_string(),
        call.turned_away.get().to_string(),
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
