//! `places.geojson`: one Point a place, its need and who reaches what, before and after.

use super::{Credits, feature, layer, minutes, point, properties, words};
use crate::coverage::{CoverageReport, Phase, PlaceCoverage};
use crate::tables::Dataset;
use crate::units::Need;

/// The layer. In the order of the table. With [`Phase::Before`] nothing is said about after: there is no plan yet.
pub fn places(dataset: &Dataset, report: &CoverageReport, phase: Phase, credits: Credits<'_>) -> Vec<u8> {
    let features = report.places.iter().map(|coverage| place(dataset, coverage, phase)).collect();
    layer("places", features, credits)
}

fn place(dataset: &Dataset, coverage: &PlaceCoverage, phase: Phase) -> geojson::Feature {
    let place = &dataset.places[coverage.place];
    // What isn't known is null, not zero.
    let known = |need: Need| place.need_is_known.then(|| need.households());
    let with_plan = phase == Phase::After;
    let (site, stop) = (coverage.nearest_site, coverage.nearest_stop.filter(|_| with_plan));
    let before = site.map(|(_, travel)| minutes(travel.seconds));
    let after =
        [before, stop.map(|(_, travel)| minutes(travel.seconds))].into_iter().flatten().reduce(f64::min);
    feature(
        point(place.at),
        properties! {
            "kind": "place",
            "id": place.id,
            "name": place.name,
            "insee": words(&place.insee),
            "households": known(place.need()),
            "households_without_car": known(place.need_without_car),
            "population": place.population,
            "covered_before": known(coverage.covered_before),
            "covered_after": known(coverage.covered_after).filter(|_| with_plan),
            "minutes_before": before,
            "minutes_after": after.filter(|_| with_plan),
            "aid_site": site.map(|(site, _)| dataset.sites[site].id.as_str()),
            "stop": stop.map(|(stop, _)| dataset.stops[stop].id.as_str()),
        },
    )
}
