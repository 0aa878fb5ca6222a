//! What `tournee isochrone` writes: an area for each point and limit.

use geo::GeodesicArea;
use jiff::civil::Date;

use super::{attribution, collection, feature, outline, polygons, properties};
use crate::diagnostics::Lang;
use crate::isochrone::Isochrone;
use crate::matrix::Heading;
use crate::text;
use crate::traveller::{Profile, Traveller};

/// What the areas of a file have in common.
#[derive(Clone, Copy, Debug)]
pub struct Journeys<'a> {
    /// Of the scenario; empty without one.
    pub title: &'a str,
    /// What it asks every output to say, if anything.
    pub note: Option<&'a str>,
    /// Who travels, and when.
    pub traveller: Traveller,
    /// Away from the points, or towards them.
    pub heading: Heading,
    /// Whether roads are a sketch.
    pub is_sketch: bool,
    /// Language of words for people.
    pub lang: Lang,
}

/// A point with its areas.
#[derive(Clone, Copy, Debug)]
pub struct Centre<'a> {
    /// As in its table.
    pub id: &'a str,
    /// Shown to people.
    pub name: &'a str,
    /// One a limit.
    pub isochrones: &'a [Isochrone],
}

/// Colours from the shortest limit to the longest, the last for all further ones: Paul Tol's *YlOrBr*, dark to pale.
const COLOURS: [&str; 6] = ["#8c2d04", "#cc4c02", "#ec7014", "#fe9929", "#fec44f", "#fee391"];

/// The layer: points in their order, the areas of each from the longest limit to the shortest, so that a map draws small
/// ones on top of large ones. An area without any road has no geometry.
pub fn isochrones(centres: &[Centre<'_>], journeys: &Journeys<'_>) -> Vec<u8> {
    let mut features = Vec::new();
    for centre in centres {
        let mut areas: Vec<&Isochrone> = centre.isochrones.iter().collect();
        areas.sort_by_key(|area| area.limit);
        let ranked: Vec<(usize, &Isochrone)> = areas.into_iter().enumerate().collect();
        features.extend(ranked.into_iter().rev().map(|(rank, area)| isochrone(centre, area, rank, journeys)));
    }
    let attribution = attribution(journeys.is_sketch);
    collection("isochrones", journeys.title, attribution.get(journeys.lang), journeys.note, features)
}

fn isochrone(
    centre: &Centre<'_>,
    area: &Isochrone,
    rank: usize,
    journeys: &Journeys<'_>,
) -> geojson::Feature {
    let (name, minutes) = (centre.name, area.limit.get() / 60);
    let title = match journeys.heading {
        Heading::Away => text!("{minutes} min depuis {name}", "{minutes} min from {name}"),
        Heading::Towards => text!("à {minutes} min de {name}", "{minutes} min to {name}"),
    };
    let square_kilometres = area.outline.geodesic_area_unsigned() / 1e6;
    let mut feature = feature(
        polygons(&outline(&area.outline)),
        properties! {
            "kind": "isochrone",
            "id": format!("{}-{minutes}", centre.id),
            "point": centre.id,
            "name": name,
            "minutes": minutes,
            "direction": match journeys.heading { Heading::Away => "from", Heading::Towards => "to" },
            "profile": match journeys.traveller.profile {
                Profile::Car => "car",
                Profile::Van => "van",
                Profile::Bus => "bus",
                Profile::Foot => "foot",
            },
            "date": journeys.traveller.date.map(|date: Date| date.to_string()),
            "road_m": area.road_metres,
            "area_km2": (square_kilometres * 1000.0).round() / 1000.0,
            "cell_m": area.cell_metres,
            "title": title.get(journeys.lang),
            "fill": COLOURS[rank.min(COLOURS.len() - 1)],
        },
    );
    if area.outline.0.is_empty() {
        feature.geometry = None;
    }
    feature
}
