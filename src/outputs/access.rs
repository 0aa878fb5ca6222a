//! Measures of access as tables for people: `access.csv`, `equity.csv`, `week.csv`.
//!
//! With a plan every measure stands three times: before, after, and the difference.

use super::geojson::Credits;
use super::sheet::{Sheet, inert};
use super::words::weekday_at;
use crate::coverage::{
    BandNeed, Comparison, DayPart, Equity, FacilityId, Level, PlaceAccess, Side, SupplyUnit, WeekOfNeed,
};
use crate::diagnostics::{Lang, Text};
use crate::ids::PlaceId;
use crate::survey::RoundTrip;
use crate::tables::{Dataset, Place};
use crate::text;
use crate::units::Need;

/// Takes a measure's value from those of a place.
type Reading<'a> = Box<dyn Fn(&PlaceAccess) -> Option<f64> + 'a>;

/// A measure that has a value before and after: its name, decimals, and how to read it.
struct Measure<'a> {
    name: Text,
    decimals: usize,
    value: Reading<'a>,
}

/// One row a place, in the order of the table.
pub(super) fn access_csv(dataset: &Dataset, access: &Comparison, credits: Credits<'_>) -> Vec<u8> {
    let lang = credits.lang;
    let measures = measures(dataset, access);
    let mut headers = vec![
        text!("Identifiant", "Id"),
        text!("Lieu", "Place"),
        text!("Code INSEE", "INSEE code"),
        text!("Foyers", "Households"),
    ];
    headers.extend(nearest_headers(&text!("Point d’aide", "Aid site")));
    if access.after.is_some() {
        headers.extend(nearest_headers(&text!("Arrêt ouvert", "Open stop")));
    }
    headers.extend(measures.iter().flat_map(|measure| in_phases(&measure.name, access)));
    let rows = dataset.places.keys().map(|id| row(dataset, access, &measures, id, lang));
    table(&headers, rows, credits)
}

fn nearest_headers(what: &Text) -> Vec<Text> {
    let [car, foot] = [text!("en voiture", "by car"), text!("à pied", "on foot")];
    let of = |means: &Text| {
        let (fr, en) = (&what.fr, &what.en);
        let (by_fr, by_en) = (&means.fr, &means.en);
        [
            text!("{fr} le plus proche {by_fr}", "{en} nearest {by_en}"),
            text!("{fr}, minutes aller-retour {by_fr}", "{en}, minutes there and back {by_en}"),
            text!("{fr}, km aller-retour {by_fr}", "{en}, km there and back {by_en}"),
        ]
    };
    [of(&car), of(&foot)].concat()
}

/// The header of a measure, once or for before, after and the difference.
fn in_phases(name: &Text, access: &Comparison) -> Vec<Text> {
    if access.after.is_none() {
        return vec![name.clone()];
    }
    [text!("avant", "before"), text!("après", "after"), text!("écart", "change")]
        .into_iter()
        .map(|phase| Text {
            fr: format!("{} ({})", name.fr, phase.fr),
            en: format!("{} ({})", name.en, phase.en),
        })
        .collect()
}

fn measures<'a>(dataset: &'a Dataset, access: &Comparison) -> Vec<Measure<'a>> {
    let minutes = |means: usize| move |place: &PlaceAccess| Some(place.nearest(means)?.seconds().minutes());
    // Without a plan the nearest facility is the nearest site, whose minutes stand beside its name.
    let mut measures = vec![
        Measure {
            name: text!("Minutes aller-retour en voiture", "Minutes there and back by car"),
            decimals: 1,
            value: Box::new(minutes(0)),
        },
        Measure {
            name: text!("Minutes aller-retour à pied", "Minutes there and back on foot"),
            decimals: 1,
            value: Box::new(minutes(1)),
        },
    ];
    if access.after.is_none() {
        measures.clear();
    }
    let by = [text!("en voiture", "by car"), text!("à pied", "on foot")];
    for (means, by) in by.into_iter().enumerate() {
        for (index, limit) in dataset.settings.coverage.thresholds.iter().enumerate() {
            let (limit, fr, en) = (limit.minutes(), &by.fr, &by.en);
            measures.push(Measure {
                name: text!("Points à {limit} min {fr}", "Facilities within {limit} min {en}"),
                decimals: 0,
                value: Box::new(move |place| Some(f64::from(place.within[means][index]))),
            });
        }
    }
    let unit = supply(access.unit);
    measures.push(Measure {
        name: Text {
            fr: format!("Accessibilité, {} pour 1000 foyers", unit.fr),
            en: format!("Accessibility, {} for 1000 households", unit.en),
        },
        decimals: 3,
        value: Box::new(|place| Some(place.accessibility * 1000.0)),
    });
    measures.push(Measure {
        name: text!("Déficit, foyers", "Deficit, households"),
        decimals: 3,
        value: Box::new(|place| Some(place.deficit)),
    });
    measures
}

/// What is shared: `heures par semaine`.
pub fn supply(unit: SupplyUnit) -> Text {
    match unit {
        SupplyUnit::Capacity => text!("foyers servis par semaine", "households served a week"),
        SupplyUnit::Hours => text!("heures par semaine", "hours a week"),
        SupplyUnit::Facilities => text!("points", "facilities"),
    }
}

fn row(
    dataset: &Dataset,
    access: &Comparison,
    measures: &[Measure<'_>],
    id: PlaceId,
    lang: Lang,
) -> Vec<String> {
    let place = &dataset.places[id];
    let need = if place.need_is_known { plain(place.need().households(), lang) } else { String::new() };
    let mut cells = vec![inert(&place.id), inert(&place.name), inert(&place.insee), need];
    let before = &access.before.access.places[id];
    let nearest = |side: &Side, way: Option<RoundTrip>| nearest(dataset, side, way, lang);
    cells.extend(before.nearest_site.into_iter().flat_map(|way| nearest(&access.before, way)));
    let after = access.after.as_ref().map(|side| (side, &side.access.places[id]));
    if let Some((side, after)) = after {
        cells.extend(after.nearest_stop.into_iter().flat_map(|way| nearest(side, way)));
    }
    for measure in measures {
        let first = (measure.value)(before);
        let shown =
            |value: Option<f64>| value.map_or_else(String::new, |it| fixed(it, measure.decimals, lang));
        cells.push(shown(first));
        if let Some((_, after)) = after {
            let second = (measure.value)(after);
            cells.push(shown(second));
            cells.push(shown(first.zip(second).map(|(first, second)| second - first)));
        }
    }
    cells
}

fn nearest(dataset: &Dataset, side: &Side, way: Option<RoundTrip>, lang: Lang) -> [String; 3] {
    let Some(way) = way else { return Default::default() };
    let name = match side.offer.facilities[way.to as usize].id {
        FacilityId::Site(site) => &dataset.sites[site].name,
        FacilityId::Stop(stop) => &dataset.stops[stop].name,
    };
    [inert(name), fixed(way.seconds().minutes(), 1, lang), fixed(way.metres().kilometres(), 1, lang)]
}

/// One row the whole and each territory, before and after.
pub(super) fn equity_csv(access: &Comparison, credits: Credits<'_>) -> Vec<u8> {
    let lang = credits.lang;
    let unit = supply(access.unit);
    let (fr, en) = (&unit.fr, &unit.en);
    let headers = [
        text!("Niveau", "Level"),
        text!("Territoire", "Territory"),
        text!("État", "State"),
        text!("Lieux", "Places"),
        text!("Lieux de besoin inconnu", "Places of unknown need"),
        text!("Foyers", "Households"),
        text!("Accessibilité moyenne, {fr} pour 1000 foyers", "Mean accessibility, {en} for 1000 households"),
        text!("Gini", "Gini"),
        text!("Dixième le moins bien servi", "Worst-served tenth"),
        text!("Déficit, foyers", "Deficit, households"),
    ];
    let row = |state: &Text, it: &Equity| {
        let per_thousand =
            |value: Option<f64>| value.map_or_else(String::new, |it| fixed(it * 1000.0, 3, lang));
        vec![
            level(it.level).get(lang).to_owned(),
            inert(&it.name),
            state.get(lang).to_owned(),
            it.places.to_string(),
            it.places_unknown.to_string(),
            plain(it.need.households(), lang),
            per_thousand(it.mean),
            it.gini.map_or_else(String::new, |gini| fixed(gini, 3, lang)),
            per_thousand(it.worst_decile),
            fixed(it.deficit, 3, lang),
        ]
    };
    let rows = sides(access)
        .flat_map(|(state, side)| side.equity.iter().map(|it| row(&state, it)).collect::<Vec<_>>());
    table(&headers, rows, credits)
}

fn level(level: Level) -> Text {
    match level {
        Level::Whole => text!("ensemble", "whole"),
        Level::Department => text!("département", "department"),
        Level::Epci => text!("intercommunalité", "group of communes"),
    }
}

/// One row a time band and one the whole week, before and after: what becomes of all need.
pub(super) fn week_csv(dataset: &Dataset, access: &Comparison, credits: Credits<'_>) -> Vec<u8> {
    let lang = credits.lang;
    let headers = [
        text!("Jour", "Day"),
        text!("Moment", "Time"),
        text!("État", "State"),
        text!("Foyers à portée d’un point ouvert", "Households in reach of an open facility"),
        text!("dont servis", "of these served"),
        text!("dont refusés, faute de capacité", "of these turned away, for want of capacity"),
        text!("dont capacité inconnue", "of these capacity not known"),
        text!("Foyers sans point ouvert à portée", "Households without an open facility in reach"),
    ];
    let all: Need = dataset.places.iter().map(Place::need).sum();
    let rows = sides(access).flat_map(|(state, side)| {
        let row = |day: &str, time: &str, [served, turned_away, unknown]: [Need; 3]| {
            let in_reach = served + turned_away + unknown;
            let figures = [in_reach, served, turned_away, unknown, all - in_reach];
            let cells = [day, time, state.get(lang)].map(str::to_owned);
            cells.into_iter().chain(figures.map(|need| plain(need.households(), lang))).collect()
        };
        let of_band = |band: &BandNeed| {
            let (day, part) = (weekday_at(band.weekday), day_part(band.part));
            row(day.get(lang), part.get(lang), [band.served(), band.turned_away, band.capacity_unknown])
        };
        let week = text!("semaine", "week");
        let WeekOfNeed { served, turned_away, capacity_unknown, .. } = side.week;
        let whole = row(week.get(lang), "", [served, turned_away, capacity_unknown]);
        side.bands.iter().map(of_band).chain([whole]).collect::<Vec<Vec<String>>>()
    });
    table(&headers, rows, credits)
}

/// `matin`, `morning`.
pub fn day_part(part: DayPart) -> Text {
    match part {
        DayPart::Morning => text!("matin", "morning"),
        DayPart::Afternoon => text!("après-midi", "afternoon"),
        DayPart::Evening => text!("soir", "evening"),
    }
}

fn sides(access: &Comparison) -> impl Iterator<Item = (Text, &Side)> {
    let after = access.after.iter().map(|side| (text!("après", "after"), side));
    std::iter::once((text!("avant", "before"), &access.before)).chain(after)
}

fn table(headers: &[Text], rows: impl Iterator<Item = Vec<String>>, credits: Credits<'_>) -> Vec<u8> {
    let mut sheet = Sheet::new(headers, credits);
    for row in rows {
        sheet.row(row);
    }
    sheet.bytes()
}

/// With that many decimals, no sign before a zero.
fn fixed(value: f64, decimals: usize, lang: Lang) -> String {
    let words = format!("{value:.decimals$}");
    let is_zero = !words.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    marked(if is_zero { words.trim_start_matches('-') } else { &words }, lang)
}

/// All decimals: columns add up.
fn plain(value: f64, lang: Lang) -> String {
    marked(&value.to_string(), lang)
}

fn marked(words: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => words.replace('.', ","),
        Lang::En => words.to_owned(),
    }
}
