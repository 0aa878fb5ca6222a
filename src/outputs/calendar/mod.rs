//! `calendar.ics` and `calendar/`: openings as iCalendar events (RFC 5545), all of them, a file a stop and a file an
//! antenna.
//!
//! An event is a series of openings: a rule with the dates it skips. Its UID comes from the organisation, the stop, the
//! antenna and the rule, so that the calendar of a new plan replaces events instead of doubling them. No clock is read:
//! the time stamp is the first day of the plan, and a plan that starts later has higher sequence numbers.
//!
//! These files are public: they hold no households.

mod lines;
mod zone;

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use self::lines::{Lines, stamp};
use super::document::{Index, Status, Stop};
use super::folder::Document;
use super::geojson::Credits;
use super::names::{hash, plain, safe_names};
use super::series::{Repeat, Series, series, weekday_code};
use super::{contact, markup};
use crate::diagnostics::{Lang, Text};
use crate::text;

/// All calendars.
pub fn calendars(plan: &Index<'_>, lang: Lang) -> Vec<Document> {
    let document = plan.document;
    let series = series(plan);
    let uids = uids(plan, &series);
    let events: Vec<Lines> =
        series.iter().zip(&uids).map(|(series, uid)| event(plan, series, uid, lang)).collect();
    let calendar = |name: &str, holds: &dyn Fn(&Series<'_>) -> bool| {
        let chosen: Vec<_> = series.iter().zip(&events).filter(|(series, _)| holds(series)).collect();
        (!chosen.is_empty()).then(|| file(plan, name, &chosen))
    };
    let named = |name: &str| format!("{} – {name}", document.scenario.title);

    let mut documents = vec![Document {
        name: "calendar.ics".into(),
        bytes: file(plan, &document.scenario.title, &series.iter().zip(&events).collect::<Vec<_>>()),
    }];
    let names = safe_names(document.stops.iter().map(|stop| stop.id.as_str()));
    for (stop, name) in document.stops.iter().zip(names) {
        let bytes = calendar(&named(&stop.name), &|series| series.stop == stop.id);
        documents
            .extend(bytes.map(|bytes| Document { name: format!("calendar/stop-{name}.ics").into(), bytes }));
    }
    let names = safe_names(document.antennas.iter().map(|antenna| antenna.id.as_str()));
    for (antenna, name) in document.antennas.iter().zip(names) {
        let bytes = calendar(&named(&antenna.name), &|series| series.antenna == antenna.id);
        documents.extend(
            bytes.map(|bytes| Document { name: format!("calendar/antenna-{name}.ics").into(), bytes }),
        );
    }
    documents
}

/// A calendar of some events.
fn file(plan: &Index<'_>, name: &str, chosen: &[(&Series<'_>, &Lines)]) -> Vec<u8> {
    let scenario = &plan.document.scenario;
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.text("PRODID", &format!("-//tournee//{}//FR", plan.document.generator));
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", "PUBLISH");
    // The first name is RFC 7986's, the second the one that calendars show.
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    lines.text("X-WR-TIMEZONE", &scenario.timezone);
    let starts = || chosen.iter().map(|(series, _)| series.start.date());
    let first = starts().min().unwrap_or(scenario.start);
    // Intervals are six weeks or a month: no series goes on beyond this.
    let last = starts().max().unwrap_or(first).max(scenario.until);
    zone::vtimezone(&mut lines, &scenario.timezone, plan.time_zone(), first, last);
    for (_, event) in chosen {
        lines.append(event);
    }
    lines.raw("END", "VCALENDAR");
    lines.into_bytes()
}

/// One for each series: the same in the next plan if stop, antenna and rule are.
fn uids(plan: &Index<'_>, series: &[Series<'_>]) -> Vec<String> {
    let document = plan.document;
    let named = &document.organisation.name;
    let whose = if named.is_empty() { &document.scenario.title } else { named };
    let key = |series: &Series<'_>| (series.stop.to_owned(), series.antenna.to_owned(), series.rule());
    let mut uses: BTreeMap<_, usize> = BTreeMap::new();
    for series in series {
        *uses.entry(key(series)).or_default() += 1;
    }
    let uid = |series: &Series<'_>| {
        let mut rule = series.rule();
        if uses[&key(series)] > 1 {
            // Twice on a day: the hours tell.
            rule = format!("{rule}-{}-{}", series.start.strftime("%H%M"), series.end.strftime("%H%M"));
        }
        let hash = hash([whose, series.stop, series.antenna, &rule]);
        format!("{}-{}-{rule}-{hash:016x}@tournee", plain(series.stop), plain(series.antenna))
    };
    series.iter().map(uid).collect()
}

fn event(plan: &Index<'_>, series: &Series<'_>, uid: &str, lang: Lang) -> Lines {
    let (scenario, organisation) = (&plan.document.scenario, &plan.document.organisation);
    let (stop, antenna) = (plan.stop(series.stop), plan.antenna(series.antenna));
    let zone = &scenario.timezone;
    let mut lines = Lines::default();
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", uid);
    lines.raw("DTSTAMP", &format!("{}Z", stamp(scenario.start.at(0, 0, 0, 0))));
    lines.raw("SEQUENCE", &sequence(scenario.start).to_string());
    lines.raw(&format!("DTSTART;TZID={zone}"), &stamp(series.start));
    lines.raw(&format!("DTEND;TZID={zone}"), &stamp(series.end));
    if let Some(rule) = rule(series) {
        lines.raw("RRULE", &rule);
    }
    for &date in &series.skipped {
        lines.raw(&format!("EXDATE;TZID={zone}"), &stamp(date.to_datetime(series.start.time())));
    }
    lines.text("SUMMARY", summary(stop).get(lang));
    lines.text("LOCATION", &place(stop));
    lines.raw("GEO", &format!("{};{}", stop.lat, stop.lon));
    lines.text("DESCRIPTION", &description(plan, series, lang));
    lines.texts("CATEGORIES", &[text!("Aide alimentaire", "Food aid").get(lang), &antenna.name]);
    lines.text("CONTACT", &contact::line(organisation));
    if let Some(address) = markup::web_address(&organisation.website) {
        lines.raw("URL", &address);
    }
    lines.raw("STATUS", if stop.status == Status::Agreed { "CONFIRMED" } else { "TENTATIVE" });
    lines.raw("TRANSP", "TRANSPARENT");
    lines.raw("CLASS", "PUBLIC");
    lines.raw("END", "VEVENT");
    lines
}

/// Days from the year 2000 to the start of the plan.
fn sequence(start: Date) -> i32 {
    start.since(jiff::civil::date(2000, 1, 1)).map_or(0, |span: Span| span.get_days().max(0))
}

fn rule(series: &Series<'_>) -> Option<String> {
    let count = series.count;
    match series.repeat {
        Repeat::Once => None,
        Repeat::Weeks(weeks) => Some(format!("FREQ=WEEKLY;INTERVAL={weeks};COUNT={count}")),
        Repeat::Monthly(nth) => {
            let day = weekday_code(series.start.date().weekday());
            Some(format!("FREQ=MONTHLY;BYDAY={nth}{day};COUNT={count}"))
        }
    }
}

fn summary(stop: &Stop) -> Text {
    let name = &stop.name;
    text!("Aide alimentaire : {name}", "Food aid: {name}")
}

/// Name and commune, unless the name says the commune.
fn place(stop: &Stop) -> String {
    if stop.commune.is_empty() || stop.name.contains(&stop.commune) {
        stop.name.clone()
    } else {
        format!("{}, {}", stop.name, stop.commune)
    }
}

/// What people need to come: a paragraph each.
fn description(plan: &Index<'_>, series: &Series<'_>, lang: Lang) -> String {
    let organisation = &plan.document.organisation;
    let paragraphs = [
        series.words().get(lang).to_owned(),
        plan.antenna(series.antenna).name.clone(),
        plan.stop(series.stop).directions.clone(),
        organisation.notice.clone(),
        contact::line(organisation),
        Credits::of(plan.document, lang).remarks(),
    ];
    paragraphs
        .iter()
        .map(|words| words.trim())
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
