//! `candidates.geojson`: where a stop could open, best first.

use super::{Credits, feature, layer, point, properties, rounded, words};
use crate::coverage::Candidates;
use crate::outputs::candidates::id;
use crate::tables::Dataset;

/// The layer, in the order of rank.
pub fn candidates(dataset: &Dataset, candidates: &Candidates, credits: Credits<'_>) -> Vec<u8> {
    let one = |(rank, candidate): (usize, &crate::coverage::Candidate)| {
        let place = &dataset.places[candidate.spot.place];
        feature(
            point(rounded(candidate.spot.at.0)),
            properties! {
                "kind": "candidate",
                "id": id(dataset, candidate),
                "place": place.id,
                "name": place.name,
                "insee": words(&place.insee),
                "rank": rank,
                "households_gained": candidate.gain.households(),
                "households_alone": candidate.alone.households(),
                "places": candidate.places,
                "rule": dataset.settings.coverage.rule,
                "marker-color": "#882255",
            },
        )
    };
    layer("candidates", (1..).zip(&candidates.list).map(one).collect(), credits)
}
