//! `drivers.html`: a sheet for each distinct tour, for the crew: where to be when, what to load, how far, and where there
//! is time to spare.
//!
//! For the team: it tells households and loads.

use std::fmt::Write as _;

use super::map::map;
use super::{file, name, typed};
use crate::diagnostics::{Lang, Text};
use crate::outputs::colours::Colours;
use crate::outputs::contact;
use crate::outputs::document::{Depot, Figure, Index, Leg, Tour, Trip};
use crate::outputs::markup::escaped;
use crate::outputs::rounds::{Round, Visit, rounds, trips};
use crate::outputs::words as say;
use crate::text;
use crate::units::ClockTime;

/// The file. By first date, then antenna.
pub fn drivers(plan: &Index<'_>, lang: Lang) -> Vec<u8> {
    let colours = Colours::of(plan);
    let sheets: String = rounds(plan)
        .iter()
        .map(|round| Sheet { plan, tour: round.tour, lang }.write(round, &colours.of_tour(plan, round.tour)))
        .collect();
    let title = text!("Feuilles de route", "Driver sheets");
    let title = format!("{} – {}", plan.document.scenario.title, title.get(lang));
    file(&title, include_str!("drivers.css"), &sheets, lang)
}

/// The sheet of one tour.
struct Sheet<'a> {
    plan: &'a Index<'a>,
    tour: &'a Tour,
    lang: Lang,
}

impl Sheet<'_> {
    fn write(&self, round: &Round<'_>, colour: &str) -> String {
        let antenna = self.plan.antenna(&self.tour.antenna);
        let weekday = say::weekday(self.tour.date.weekday());
        let mut page = format!(
            "<section class=\"sheet\">\n<h1>{} – {}</h1>\n",
            name(&antenna.name),
            weekday.get(self.lang)
        );
        writeln!(page, "<p class=\"dates\">{}</p>", say::dates(&round.dates).get(self.lang))
            .expect("a string grows");
        writeln!(page, "<p class=\"figures\">{}</p>", self.figures()).expect("a string grows");
        page += &self.table();
        let label = text!("Carte de la tournée", "Map of the tour");
        let map = map(self.plan, self.tour, colour, label.get(self.lang), self.lang);
        writeln!(page, "<div class=\"frame\">{map}</div>").expect("a string grows");
        page += &typed("p", "foot", &contact::line(&self.plan.document.organisation));
        page += &typed("p", "foot", &self.plan.document.scenario.note);
        page += &typed("p", "foot", self.plan.document.roads.attribution.get(self.lang));
        page + "</section>\n"
    }

    /// Duty, driving, kilometres, households and load of the whole tour.
    fn figures(&self) -> String {
        let tour = self.tour;
        let (leave, back) = (self.hour(&tour.leave), self.hour(&tour.back));
        let (km, driving) = (kilometres(tour.distance_m, self.lang), minutes(tour.driving_s, self.lang));
        let households = self.households(tour.calls().map(|call| call.households).sum());
        let load = self.kilograms(tour.calls().map(|call| call.load_kg).sum());
        let told = text!(
            "{leave} – {back} · {km} · {driving} de conduite · {households} · {load}",
            "{leave} – {back} · {km} · {driving} driving · {households} · {load}"
        );
        escaped(told.get(self.lang))
    }

    fn table(&self) -> String {
        let headers = [
            (text!("Nº", "No."), "number"),
            (text!("Où", "Where"), ""),
            (text!("Route", "Drive"), "number"),
            (text!("Arrivée", "Arrive"), "number"),
            (text!("Marge", "Spare"), "number"),
            (text!("Ouvert", "Open"), ""),
            (text!("Départ", "Leave"), "number"),
            (text!("À remettre", "Hand out"), "number"),
        ];
        let caption = text!("Étapes dans l’ordre", "Steps in order");
        let mut table = format!("<table>\n<caption>{}</caption>\n<tr>", caption.get(self.lang));
        for (words, class) in &headers {
            write!(table, "<th scope=\"col\" class=\"{class}\">{}</th>", words.get(self.lang))
                .expect("a string grows");
        }
        table += "</tr>\n";
        let antenna = self.plan.antenna(&self.tour.antenna);
        let trips = trips(self.plan, self.tour);
        let mut legs = self.plan.legs(self.tour).iter();
        let mut rest = self.rest();
        for (index, (trip, visits)) in trips.iter().enumerate() {
            table += &self.loading_row(self.plan.depot(&antenna.depot), trip);
            let mut before = self.clock(&trip.leave);
            for visit in visits {
                let pause = rest.take_if(|(start, _)| *start < self.clock(&visit.call.start));
                table += &pause.map(|rest| self.rest_row(rest)).unwrap_or_default();
                table += &self.visit_row(visit, legs.next(), before, pause);
                before = self.clock(&visit.call.departure);
            }
            let pause = rest.take_if(|(start, _)| *start < self.clock(&trip.back));
            table += &pause.map(|rest| self.rest_row(rest)).unwrap_or_default();
            let is_last = index + 1 == trips.len();
            let end = if is_last { &antenna.end_depot } else { &antenna.depot };
            table += &self.return_row(self.plan.depot(end), trip, legs.next());
        }
        table + "</table>\n"
    }

    /// Leaving the depot: what to load for the trip.
    fn loading_row(&self, depot: &Depot, trip: &Trip) -> String {
        let households = self.households(trip.calls.iter().map(|call| call.households).sum());
        let load = self.kilograms(trip.calls.iter().map(|call| call.load_kg).sum());
        let told = text!("Charger pour {households}, {load}", "Load for {households}, {load}");
        format!(
            "<tr class=\"base\"><td></td><td colspan=\"5\">{} – {}</td><td class=\"number\">{}</td><td></td></tr>\n",
            name(&depot.name),
            escaped(told.get(self.lang)),
            escaped(&self.hour(&trip.leave))
        )
    }

    fn visit_row(
        &self,
        visit: &Visit<'_>,
        leg: Option<&Leg>,
        before: ClockTime,
        rest: Option<(ClockTime, ClockTime)>,
    ) -> String {
        let call = visit.call;
        let stop = self.plan.stop(&call.stop);
        // Time between two openings that is neither driving nor break.
        let rest = rest.map_or(0, |(start, end)| (end - start).get());
        let driving = leg.map_or(0, |leg| leg.driving_s);
        let spare = (self.clock(&call.start) - before).get() - driving - rest;
        let hours = say::span(visit.opens, visit.closes);
        let hand_out = match call.households {
            Figure::Told(0) => String::new(),
            figure => {
                format!("{}<br>{}", escaped(&self.households(figure)), escaped(&self.kilograms(call.load_kg)))
            }
        };
        let commune = if stop.name.contains(&stop.commune) { "" } else { &stop.commune };
        format!(
            "<tr><td class=\"number\">{}</td><td>{}{}{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td><td class=\"hours\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{hand_out}</td></tr>\n",
            visit.number,
            typed("span", "where", &stop.name),
            typed("span", "how", commune),
            typed("span", "how", &stop.directions),
            self.drive(leg),
            escaped(&self.hour(&call.arrival)),
            if spare >= 60 { escaped(&minutes(spare, self.lang)) } else { String::new() },
            escaped(hours.get(self.lang)),
            escaped(&self.hour(&call.departure)),
        )
    }

    fn return_row(&self, depot: &Depot, trip: &Trip, leg: Option<&Leg>) -> String {
        let told = text!("retour", "back");
        format!(
            "<tr class=\"base\"><td></td><td>{} – {}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td><td colspan=\"4\"></td></tr>\n",
            name(&depot.name),
            told.get(self.lang),
            self.drive(leg),
            escaped(&self.hour(&trip.back))
        )
    }

    fn rest_row(&self, (start, end): (ClockTime, ClockTime)) -> String {
        let Text { fr, en } = say::span(start, end);
        let told = text!("Pause {fr}", "Break {en}");
        format!("<tr class=\"rest\"><td></td><td colspan=\"7\">{}</td></tr>\n", escaped(told.get(self.lang)))
    }

    fn rest(&self) -> Option<(ClockTime, ClockTime)> {
        self.tour.r#break.as_ref().map(|rest| (self.clock(&rest.start), self.clock(&rest.end)))
    }

    fn clock(&self, moment: &str) -> ClockTime {
        self.plan.clock(self.tour, moment)
    }

    fn hour(&self, moment: &str) -> String {
        say::hour(self.clock(moment)).get(self.lang).to_owned()
    }

    fn drive(&self, leg: Option<&Leg>) -> String {
        leg.map(|leg| {
            let (way, time) = (kilometres(leg.distance_m, self.lang), minutes(leg.driving_s, self.lang));
            format!("{}<br>{}", escaped(&way), escaped(&time))
        })
        .unwrap_or_default()
    }

    fn households(&self, figure: Figure<i32>) -> String {
        let number = figure.words(self.lang, |number| number.to_string());
        let is_one = figure.told() == Some(1);
        let told = if is_one {
            text!("{number} foyer", "{number} household")
        } else {
            text!("{number} foyers", "{number} households")
        };
        told.get(self.lang).to_owned()
    }

    fn kilograms(&self, figure: Figure<f64>) -> String {
        figure
            .told()
            .map_or_else(|| "– kg".to_owned(), |load| format!("{} kg", say::number(load, 0, self.lang)))
    }
}

fn kilometres(metres: i32, lang: Lang) -> String {
    say::kilometres(f64::from(metres), 1, lang)
}

/// `1 h 05`, `25 min`; rounded to the minute.
fn minutes(seconds: i32, lang: Lang) -> String {
    let all = (f64::from(seconds) / 60.0).round() as i32;
    match (all / 60, all % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => {
            text!("{hours} h {minutes:02}", "{hours} h {minutes:02} min").get(lang).to_owned()
        }
    }
}
