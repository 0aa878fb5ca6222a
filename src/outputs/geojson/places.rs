//! `places.geojson`: one Point a place, its need and who reaches what, before and after.

use super::{Credits, feature, layer, point, properties, words};
use crate::coverage::{CoverageReport, Phase, PlaceCoverage};
use crate::matrix::Travel;
use crate::tables::Dataset;

/// The layer. In the order of the table. With [`Phase::Before`] nothing is said about after: there is no plan yet.
pub fn places(dataset: &Dataset, report: &CoverageReport, phase: Phase, credits: Credits<'_>) -> Vec<u8> {
    let features = report.places.iter().map(|coverage| place(dataset, coverage, phase)).collect();
    layer("places", features, credits)
}

fn place(dataset: &Dataset, coverage: &PlaceCoverage, phase: Phase) -> geojson::Feature {
    let place = &dataset.places[coverage.place];
    let with_plan = phase == Phase::After;
    let (site, stop) = (coverage.nearest_site, coverage.nearest_stop.filter(|_| with_plan));
    let before = site.map(|(_, travel)| minutes(travel));
    let after = [before, stop.map(|(_, travel)| minutes(travel))].into_iter().flatten().reduce(f64::min);
    feature(
        point(place.at),
        properties! {
            "kind": "place",
            "id": place.id,
            "name": place.name,
            "insee": words(&place.insee),
            "households": place.need().households(),
            "households_without_car": place.need_without_car.households(),
            "population": place.population,
            "covered_before": coverage.covered_before.households(),
            "covered_after": with_plan.then(|| coverage.covered_after.households()),
            "minutes_before": before,
            "minutes_after": after.filter(|_| with_plan),
            "aid_site": site.map(|(site, _)| dataset.sites[site].id.as_str()),
            "stop": stop.map(|(stop, _)| dataset.stops[stop].id.as_str()),
        },
    )
}

/// By car, to a tenth.
fn minutes(travel: Travel) -> f64 {
    (travel.seconds.minutes() * 10.0).round() / 10.0
}
