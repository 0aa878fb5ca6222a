//! `white_zones.geojson`: areas whose places nobody covers, before and after.

use rustc_hash::FxHashMap;

use super::{Credits, feature, layer, minutes, polygons, properties};
use crate::diagnostics::Lang;
use crate::outputs::document::{Phase, Place, Unreached, WhiteZone};
use crate::outputs::need_words;
use crate::text;

/// The layer: zones in their order, which say of which of `places` they consist and by what `rule`.
pub fn white_zones(zones: &[WhiteZone], places: &[Place], rule: &str, credits: Credits<'_>) -> Vec<u8> {
    layer("white_zones", features(zones, places, rule, credits.lang), credits)
}

/// Its features.
pub fn features(zones: &[WhiteZone], places: &[Place], rule: &str, lang: Lang) -> Vec<geojson::Feature> {
    let names: FxHashMap<&str, &str> =
        places.iter().map(|place| (place.id.as_str(), place.name.as_str())).collect();
    zones.iter().map(|zone| white_zone(zone, &names, rule, lang)).collect()
}

/// A zone's id in the layer, which holds both phases.
pub fn id(phase: Phase, zone: &str) -> String {
    format!("{}-{zone}", phase_name(phase))
}

fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "before",
        Phase::After => "after",
    }
}

fn white_zone(zone: &WhiteZone, names: &FxHashMap<&str, &str>, rule: &str, lang: Lang) -> geojson::Feature {
    let names: Vec<_> = zone.places.iter().map(|place| names[place.as_str()]).collect();
    let (people, some) = (need_words::people(zone, lang), need_words::some(&names, lang));
    let description = text!("{people} : {some}", "{people}: {some}");
    let (colour, edge) = match zone.phase {
        Phase::Before => ("#ddcc77", "#857a2b"),
        Phase::After => ("#cc6677", "#882255"),
    };
    // Where only some are out of reach, as a rule those without a car, a map should not shout.
    let opacity = match zone.unreached {
        Unreached::Everybody => 0.35,
        Unreached::Some => 0.08,
    };
    feature(
        polygons(&zone.outline),
        properties! {
            "kind": "white_zone",
            "id": id(zone.phase, &zone.id),
            "phase": phase_name(zone.phase),
            "rank": zone.rank,
            "places": zone.places.len(),
            "names": names.join(", "),
            "households": zone.households,
            "unreached": zone.unreached,
            "aid_site": zone.aid_site,
            "minutes": zone.aid_site_s.map(minutes),
            "minutes_farthest": zone.farthest_s.map(minutes),
            "rule": rule,
            "title": need_words::title(zone).get(lang),
            "description": description.get(lang),
            "fill": colour,
            "fill-opacity": opacity,
            "stroke": edge,
            "stroke-width": 2,
            "stroke-opacity": 1,
        },
    )
}
