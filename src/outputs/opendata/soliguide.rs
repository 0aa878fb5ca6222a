//! `soliguide.json`: each antenna as an itinerant place, in the shape of Soliguide's public API (`ApiPlace` with `placeType`
//! `PARCOURS_MOBILE` and a `parcours` of positions with hours).
//!
//! Hours there are those of a week. So only weekly rhythms are slots; all rhythms are told in words beside them. What
//! Soliguide itself gives (numbers, slugs, photos, states of its moderation) is left out.

use serde_json::{Map, Value, json};

use super::{Feed, mail, words};
use crate::outputs::document::{Antenna, Stop};
use crate::outputs::markup::web_address;
use crate::outputs::series::{Repeat, Series};

/// All antennas with a visit, in the order of the table.
pub fn places(feed: &Feed<'_>) -> Value {
    let antennas = feed.plan.document.antennas.iter();
    antennas
        .filter(|antenna| feed.series.iter().any(|series| series.antenna == antenna.id))
        .map(|antenna| place(feed, antenna))
        .collect()
}

fn place(feed: &Feed<'_>, antenna: &Antenna) -> Value {
    let asked = feed.organisation();
    let on_round =
        |stop: &Stop| feed.series.iter().any(|series| series.antenna == antenna.id && series.stop == stop.id);
    let waypoints: Vec<Value> =
        feed.served().filter(|stop| on_round(stop)).map(|stop| waypoint(feed, antenna, stop)).collect();
    let phones: Vec<Value> = words(&asked.phone)
        .map(|phone| json!({ "label": null, "phoneNumber": phone, "countryCode": "fr", "isSpecialPhoneNumber": false }))
        .into_iter()
        .collect();
    json!({
        "name": format!("{} – {}", feed.name(), antenna.name),
        "description": words(&asked.notice),
        "placeType": "PARCOURS_MOBILE",
        "country": "fr",
        "sourceLanguage": "fr",
        "languages": [],
        "entity": {
            "name": feed.name(),
            "phones": phones,
            "mail": mail(&asked.email),
            "website": web_address(&asked.website),
        },
        "services_all": [{
            "category": "food_packages",
            "description": feed.title(&antenna.name),
            "differentHours": false,
            "differentModalities": false,
            "differentPublics": false,
        }],
        "parcours": waypoints,
    })
}

fn waypoint(feed: &Feed<'_>, antenna: &Antenna, stop: &Stop) -> Value {
    let own = |series: &Series<'_>| series.antenna == antenna.id && series.stop == stop.id;
    // `Lormes, salle` says the commune already.
    let commune =
        if stop.name.contains(&stop.commune) { String::new() } else { format!(", {}", stop.commune) };
    let address = format!("{}{commune}", stop.name);
    let department = stop.insee.get(..if stop.insee.starts_with("97") { 3 } else { 2 });
    json!({
        "description": stop.name,
        "position": {
            "location": { "type": "Point", "coordinates": [stop.lon, stop.lat] },
            "address": address,
            "additionalInformation": words(&stop.directions),
            "city": stop.commune,
            "cityCode": stop.insee,
            "postalCode": "",
            "departmentCode": department,
            "country": "fr",
            "timeZone": feed.plan.document.scenario.timezone,
        },
        "hours": hours(feed, own),
        "photos": [],
        "show": true,
    })
}

/// A week's slots, as numbers: 930 is half past nine.
fn hours(feed: &Feed<'_>, own: impl Fn(&Series<'_>) -> bool) -> Value {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let clock = |at: jiff::civil::DateTime| i32::from(at.hour()) * 100 + i32::from(at.minute());
    let mut week = Map::new();
    for (index, day) in (0_i8..).zip(DAYS) {
        let is_slot = |series: &&Series<'_>| {
            own(series)
                && series.repeat == Repeat::Weeks(1)
                && series.start.date().weekday().to_monday_zero_offset() == index
        };
        let slots: Vec<Value> = feed
            .series
            .iter()
            .filter(is_slot)
            .map(|series| json!({ "start": clock(series.start), "end": clock(series.end) }))
            .collect();
        week.insert(day.to_owned(), json!({ "open": !slots.is_empty(), "timeslot": slots }));
    }
    week.insert("closedHolidays".to_owned(), json!("UNKNOWN"));
    week.insert("description".to_owned(), json!(feed.rhythms(own).join("\n")));
    Value::Object(week)
}
