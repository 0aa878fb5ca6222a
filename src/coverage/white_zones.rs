//! Places with uncovered need, grouped into areas with an outline.

use geo::MultiPolygon;

use super::nearby::median_spacing;
use super::outline::{self, Mark, Shape, Spot};
use super::{CoverageReport, Phase, PlaceCoverage, Unreached, WhiteZone};
use crate::ids::PlaceId;
use crate::tables::Dataset;
use crate::units::{Need, Seconds};

/// A cell reaches this many times the median distance between neighbouring places, so that places of an even
/// countryside join into one area and lone ones stay islands.
const RADIUS_PER_SPACING: f64 = 1.5;

/// Bounds of a cell's reach, in metres: a city's grid cells and far-flung hamlets.
const RADIUS_MIN: f64 = 50.0;
const RADIUS_MAX: f64 = 5_000.0;

/// Reach of the cell of the only place, in metres.
const RADIUS_ALONE: f64 = 2_000.0;

/// Places with need that nobody covers, in areas; largest need first, ties by the first place.
///
/// Each place with uncovered need is strictly inside exactly one zone, each other place strictly outside of all.
/// Places less than a metre apart can't be told apart on a map and are one spot, which is white if any of them is.
/// Zones of one phase never overlap. Coordinates have at most 7 decimals.
///
/// With a territory, zones are what is inside of it, and places outside or on its border are in none.
pub fn white_zones(dataset: &Dataset, report: &CoverageReport, phase: Phase) -> Vec<WhiteZone> {
    let spots = dataset.places.iter().map(|place| outline::spot(place.at));
    let marks = dataset.places.keys().map(|place| mark(dataset, &report.places[place], phase));
    let points: Vec<(Spot, Mark)> = spots.zip(marks).collect();
    let spacing = median_spacing(points.iter().map(|(spot, _)| *spot));
    let radius =
        spacing.map_or(RADIUS_ALONE, |spacing| (spacing * RADIUS_PER_SPACING).clamp(RADIUS_MIN, RADIUS_MAX));

    let mut zones: Vec<WhiteZone> = inhabited(&points, radius, dataset.territory.as_ref())
        .into_iter()
        .map(|(shape, places)| zone(dataset, report, phase, &shape, places))
        .collect();
    zones.sort_by_key(|zone| (-zone.need, zone.places[0]));
    zones
}

/// The shapes that hold places, each with its places in order.
fn inhabited(
    points: &[(Spot, Mark)],
    radius: f64,
    territory: Option<&MultiPolygon>,
) -> Vec<(Shape, Vec<PlaceId>)> {
    let mut marked: Vec<(Spot, PlaceId)> = (points.iter().enumerate())
        .filter(|(_, (_, mark))| *mark != Mark::Clear)
        .map(|(index, (spot, _))| (*spot, PlaceId::from(index)))
        .collect();
    marked.sort_unstable();
    let mut inhabited = Vec::new();
    let mut shapes = outline::shapes(points, radius);
    if let Some(territory) = territory {
        shapes = outline::clip(shapes, territory);
    }
    for shape in shapes {
        // A place on the border of the territory is in no zone.
        let members = shape
            .members(&marked, |(spot, _)| *spot)
            .filter(|(spot, _)| territory.is_none() || shape.holds(*spot));
        let mut places: Vec<PlaceId> = members.map(|(_, place)| *place).collect();
        places.sort_unstable();
        if !places.is_empty() {
            inhabited.push((shape, places));
        }
    }
    let inside: usize = inhabited.iter().map(|(_, places)| places.len()).sum();
    assert!(
        inside == marked.len() || territory.is_some(),
        "each marked place is in the one shape that its cell went into"
    );
    inhabited
}

fn zone(
    dataset: &Dataset,
    report: &CoverageReport,
    phase: Phase,
    shape: &Shape,
    places: Vec<PlaceId>,
) -> WhiteZone {
    let need = |place: &PlaceId| uncovered(dataset, &report.places[*place], phase);
    // The first of the places with the most need: `max_by_key` alone would give the last.
    let main = places.iter().rev().max_by_key(|place| need(place)).expect("a zone has a place");
    let nearest = |place: &PlaceId| report.places[*place].nearest_site;
    WhiteZone {
        id: format!("zone-{}", dataset.places[*main].id),
        need: places.iter().map(need).sum(),
        unreached: if shape.mark == Mark::White { Unreached::Everybody } else { Unreached::Some },
        nearest_site: places.iter().filter_map(nearest).min_by_key(|(site, travel)| (*travel, *site)),
        // No time at all is farther than any.
        farthest: places
            .iter()
            .map(|place| Some(nearest(place)?.1.seconds))
            .max_by_key(|time| time.unwrap_or(Seconds::MAX))
            .flatten(),
        places,
        outline: MultiPolygon::new(vec![shape.polygon()]),
    }
}

fn mark(dataset: &Dataset, place: &PlaceCoverage, phase: Phase) -> Mark {
    let need = dataset.places[place.place].need();
    match uncovered(dataset, place, phase) {
        Need::ZERO => Mark::Clear,
        all if all == need => Mark::White,
        _ => Mark::Pale,
    }
}

fn uncovered(dataset: &Dataset, place: &PlaceCoverage, phase: Phase) -> Need {
    let covered = match phase {
        Phase::Before => place.covered_before,
        Phase::After => place.covered_after,
    };
    dataset.places[place.place].need() - covered
}
