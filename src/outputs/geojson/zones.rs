//! `white_zones.geojson`: areas whose places nobody covers, before and after.

use super::{Credits, feature, layer, minutes, polygons, properties};
use crate::coverage::{Phase, Unreached, WhiteZone};
use crate::tables::Dataset;

/// The layer: zones of each phase given, in their order.
pub fn white_zones(dataset: &Dataset, phases: &[(Phase, &[WhiteZone])], credits: Credits<'_>) -> Vec<u8> {
    let features = phases
        .iter()
        .flat_map(|&(phase, zones)| {
            (1..).zip(zones).map(move |(rank, zone)| white_zone(dataset, phase, rank, zone))
        })
        .collect();
    layer("white_zones", features, credits)
}

fn white_zone(dataset: &Dataset, phase: Phase, rank: usize, zone: &WhiteZone) -> geojson::Feature {
    let names: Vec<_> = zone.places.iter().map(|&place| dataset.places[place].name.as_str()).collect();
    let (phase, colour) = match phase {
        Phase::Before => ("before", "#ddcc77"),
        Phase::After => ("after", "#cc6677"),
    };
    feature(
        polygons(&zone.outline),
        properties! {
            "kind": "white_zone",
            "id": format!("{phase}-{}", zone.id),
            "phase": phase,
            "rank": rank,
            "places": zone.places.len(),
            "names": names.join(", "),
            "households": zone.need.households(),
            "unreached": match zone.unreached { Unreached::Everybody => "everybody", Unreached::Some => "some" },
            "aid_site": zone.nearest_site.map(|(site, _)| dataset.sites[site].id.as_str()),
            "minutes": zone.nearest_site.map(|(_, travel)| minutes(travel.seconds)),
            "minutes_farthest": zone.farthest.map(minutes),
            "rule": dataset.settings.coverage.rule,
            "fill": colour,
        },
    )
}
