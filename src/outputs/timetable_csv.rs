//! `timetable.csv`: one row a visit.

use super::geojson::Credits;
use super::sheet::{Sheet, inert};
use crate::diagnostics::{Lang, Text};
use crate::outputs::document::{Call, Figure, Index, Tour};
use crate::outputs::words as say;
use crate::text;

/// The file.
pub fn timetable_csv(plan: &Index<'_>, credits: Credits<'_>) -> Vec<u8> {
    let mut sheet = Sheet::new(&headers(), credits);
    for (tour, _, call) in plan.document.calls() {
        sheet.row(row(plan, tour, call, credits.lang));
    }
    sheet.bytes()
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
