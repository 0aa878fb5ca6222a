//! `places.geojson`: one Point a place, its need and who reaches what, before and after.

use super::{Credits, feature, layer, minutes, point, properties, words};
use crate::outputs::colours::PALE;
use crate::outputs::document::{Figure, Phase, Place};

/// The layer. In the order of the table. With [`Phase::Before`] nothing is said about after: there is no plan yet.
pub fn places(places: &[Place], phase: Phase, credits: Credits<'_>) -> Vec<u8> {
    layer("places", features(places, phase), credits)
}

/// Its features.
pub fn features(places: &[Place], phase: Phase) -> Vec<geojson::Feature> {
    places.iter().map(|row| place(row, phase)).collect()
}

fn place(place: &Place, phase: Phase) -> geojson::Feature {
    let before = place.aid_site_s.map(minutes);
    let after = [before, place.stop_s.map(minutes)].into_iter().flatten().reduce(f64::min);
    // Green of Tol's scheme where all need is within reach, rose where some is not, pale where there is none or it isn't
    // told.
    let covered = if phase == Phase::After { place.covered_after } else { place.covered_before };
    let colour = match (place.households.and_then(Figure::told), covered.and_then(Figure::told)) {
        (Some(need), Some(covered)) if need > 0.0 => {
            if covered >= need {
                "#117733"
            } else {
                "#cc6677"
            }
        }
        _ => PALE,
    };
    feature(
        point([place.lon, place.lat]),
        properties! {
            "kind": "place",
            "id": place.id,
            "name": place.name,
            "insee": words(&place.insee),
            "households": place.households,
            "households_without_car": place.households_without_car,
            "population": place.population,
            "covered_before": place.covered_before,
            "covered_after": place.covered_after,
            "minutes_before": before,
            "minutes_after": after.filter(|_| phase == Phase::After),
            "aid_site": place.aid_site,
            "stop": place.stop,
            "title": place.name,
            "marker-color": colour,
            "marker-size": "small",
            "marker-symbol": "village",
        },
    )
}
