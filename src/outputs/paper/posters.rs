//! `posters.html`: an A4 page for each village served, in large type, to hang at the town hall and the baker's.
//!
//! Public: what, where, when, how to come, whom to ask. No households, no reason of a closure, nobody's name.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{file, name, typed};
use crate::diagnostics::{Lang, Text};
use crate::outputs::contact;
use crate::outputs::document::{Index, Organisation, Status, Stop};
use crate::outputs::geojson::Credits;
use crate::outputs::markup::escaped;
use crate::outputs::series::{Series, series};
use crate::outputs::words as say;
use crate::text;
use crate::units::ClockTime;

/// Most dates that a page lists; a rhythm tells the others.
const DATES_MAX: usize = 14;

/// Most rhythms that a page tells; beyond, the dates alone say when.
const RHYTHMS_MAX: usize = 4;

/// Words beyond which type is small, so that the page stays one.
const LETTERS_MAX: usize = 260;

/// One opening on a page.
struct Opening<'a> {
    date: Date,
    opens: ClockTime,
    closes: ClockTime,
    antenna: &'a str,
}

/// The file. In the order of the table of stops.
pub fn posters(plan: &Index<'_>, lang: Lang) -> Vec<u8> {
    let all = series(plan);
    let document = plan.document;
    let mut openings: Vec<Vec<Opening<'_>>> = document.stops.iter().map(|_| Vec::new()).collect();
    for (tour, _, call) in document.calls() {
        openings[plan.stop_rank(&call.stop)].push(Opening {
            date: tour.date,
            opens: plan.clock(tour, &call.opens),
            closes: plan.clock(tour, &call.closes),
            antenna: &plan.antenna(&tour.antenna).name,
        });
    }
    let mut body = String::new();
    for (stop, openings) in document.stops.iter().zip(&mut openings).filter(|(_, found)| !found.is_empty()) {
        openings.sort_by_key(|opening| (opening.date, opening.opens));
        let own: Vec<_> = all.iter().filter(|series| series.stop == stop.id).collect();
        body += &poster(plan, stop, openings, &own, lang);
    }
    let title = text!("Affiches", "Posters");
    let title = format!("{} – {}", document.scenario.title, title.get(lang));
    file(&title, include_str!("posters.css"), &body, lang)
}

fn poster(
    plan: &Index<'_>,
    stop: &Stop,
    openings: &[Opening<'_>],
    series: &[&Series<'_>],
    lang: Lang,
) -> String {
    let organisation = &plan.document.organisation;
    let has_village = !stop.commune.is_empty();
    let village = if has_village { &stop.commune } else { &stop.name };
    // `Lormes, salle` under `Lormes` says the village once.
    let place = stop
        .name
        .strip_prefix(village.as_str())
        .unwrap_or(&stop.name)
        .trim_start_matches([',', ' ', '–', '-']);
    let letters = stop.name.chars().count()
        + stop.directions.chars().count()
        + organisation.notice.chars().count()
        + contact::line(organisation).chars().count();
    let class = match series.len() {
        0 | 1 if letters <= LETTERS_MAX => "poster",
        2 if letters <= LETTERS_MAX => "poster pair",
        _ => "poster small",
    };

    let what = text!("Aide alimentaire", "Food aid");
    let mut page = format!("<section class=\"{class}\">\n<p class=\"what\">{}</p>\n", what.get(lang));
    page += &typed("h1", "village", village);
    page += &typed("p", "place", place);
    page += &typed("p", "directions", &stop.directions);
    page += &rhythms(plan, series, lang);
    page += &dates(openings, series.len() == 1, lang);
    page += &closed(plan, stop, openings, lang);
    page += &typed("p", "notice", &organisation.notice);
    if stop.status != Status::Agreed {
        let draft = text!(
            "Projet : lieu à confirmer avec la commune, ne pas afficher",
            "Draft: the commune has not agreed to this place yet, do not put up"
        );
        writeln!(page, "<p class=\"draft\">{}</p>", draft.get(lang)).expect("a string grows");
    }
    page += &typed("p", "draft", &Credits::of(plan.document, lang).remarks());
    page += &whom_to_ask(organisation, lang);
    page + "</section>\n"
}

/// Who it is, the telephone in large type, mail and site.
fn whom_to_ask(organisation: &Organisation, lang: Lang) -> String {
    let Organisation { name, phone, email, website, notice: _ } = organisation;
    let online = contact::joined(&[email, website]);
    let told = [("who", name.as_str()), ("phone", phone), ("online", &online)];
    let lines: String = told.iter().map(|(class, words)| typed("p", class, words)).collect();
    if lines.is_empty() {
        return lines;
    }
    let ask = text!("Une question ?", "Any question?");
    format!("<div class=\"contact\">\n<h2>{}</h2>\n{lines}</div>\n", ask.get(lang))
}

fn rhythms(plan: &Index<'_>, series: &[&Series<'_>], lang: Lang) -> String {
    if series.is_empty() || series.len() > RHYTHMS_MAX {
        return String::new();
    }
    let mut list = String::from("<ul class=\"rhythm\">\n");
    for series in series {
        let antenna = name(&plan.antenna(series.antenna).name);
        let with = text!("Véhicule : {antenna}", "Vehicle: {antenna}");
        let (days, hours) = (series.days(), series.hours());
        writeln!(
            list,
            "<li>{} <span>{}</span><small>{}</small></li>",
            days.get(lang),
            unbroken(hours.get(lang)),
            with.get(lang)
        )
        .expect("a string grows");
    }
    list + "</ul>\n"
}

/// The next openings. Where all are of one rule, its hours and vehicle already stand above.
fn dates(openings: &[Opening<'_>], are_alike: bool, lang: Lang) -> String {
    let heading = text!("Prochaines dates", "Next dates");
    let class = if are_alike { "dates alike" } else { "dates" };
    let mut list = format!("<h2>{}</h2>\n<ul class=\"{class}\">\n", heading.get(lang));
    for opening in openings.iter().take(DATES_MAX) {
        let (date, hours) = (say::date(opening.date), say::span(opening.opens, opening.closes));
        let antenna = escaped(opening.antenna);
        let details = if are_alike {
            String::new()
        } else {
            format!("<small>{} · <bdi>{antenna}</bdi></small>", unbroken(hours.get(lang)))
        };
        writeln!(list, "<li>{}{details}</li>", escaped(date.get(lang))).expect("a string grows");
    }
    list += "</ul>\n";
    if let Some(last) = openings.last().filter(|_| openings.len() > DATES_MAX) {
        let Text { fr, en } = say::date(last.date);
        let more = text!("et ainsi jusqu’au {fr}", "and so on until {en}");
        writeln!(list, "<p class=\"closed\">{}</p>", more.get(lang)).expect("a string grows");
    }
    list
}

/// Dates on which nobody comes though the rhythm says so, between those listed.
fn closed(plan: &Index<'_>, stop: &Stop, openings: &[Opening<'_>], lang: Lang) -> String {
    let listed_until = openings.iter().take(DATES_MAX).next_back().map(|opening| opening.date);
    let mut dates: Vec<Date> = plan
        .document
        .cancelled
        .iter()
        .filter(|visit| visit.stop == stop.id)
        .map(|visit| visit.date)
        .collect();
    dates.retain(|date| {
        listed_until.is_some_and(|last| *date <= last) && openings.iter().all(|opening| opening.date != *date)
    });
    dates.sort_unstable();
    dates.dedup();
    if dates.is_empty() || dates.len() > DATES_MAX {
        return String::new();
    }
    let words: Vec<String> = dates.iter().map(|&date| say::date(date).get(lang).to_owned()).collect();
    let words = words.join(", ");
    let told = text!("Pas de distribution : {words}", "No distribution: {words}");
    format!("<p class=\"closed\">{}</p>\n", escaped(told.get(lang)))
}

/// Words of ours with hours that no line ends within.
fn unbroken(words: &str) -> String {
    words.replace(" h ", "\u{a0}h\u{a0}").replace(" h", "\u{a0}h")
}
