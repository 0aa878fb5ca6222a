//! Which places are within the coverage rule's limit of where a stop could open: at each place, or at a junction near it.

use std::collections::BTreeSet;

use geo::Point;
use typed_index_collections::TiVec;

use super::{Survey, reach};
use crate::ids::PlaceId;
use crate::matrix::ReachLimit;
use crate::network::{RoadNetwork, Snap};
use crate::tables::Dataset;
use crate::traveller::{Profile, Traveller};

/// For each place the spots within the limit of those who live there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceReach {
    /// By car, then on foot: nearest first.
    pub rows: [TiVec<PlaceId, Vec<u32>>; 2],
}

/// Where stops could open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotKind {
    /// At the places themselves.
    Places,
    /// At the road junction nearest to each place where a van may stop.
    Junctions,
}

/// A spot for a stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopSpot {
    /// The place that it is at, or near; of several the first.
    pub place: PlaceId,
    /// Where it is.
    pub at: Point,
}

/// More pairs of places than are kept: about a gigabyte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyPairs;

/// Most pairs of places that are kept.
pub const PAIRS_MAX: usize = 250_000_000;

/// Places searched from at once: the pairs found are counted in between.
const CHUNK: usize = 4096;

/// Who could come where, under the settings' rule: the spots, and for each place those within its limits.
///
/// Two bounded searches a place, in parallel. Memory: the pairs found.
///
/// # Errors
/// There are more than [`PAIRS_MAX`] pairs.
pub fn place_reach(
    dataset: &Dataset,
    network: &RoadNetwork,
    survey: &Survey,
    kind: SpotKind,
) -> Result<(Vec<StopSpot>, PlaceReach), TooManyPairs> {
    let rule = &dataset.settings.coverage;
    let limits = [
        ReachLimit { seconds: rule.drive_limit, metres: rule.road_limit },
        ReachLimit { seconds: Some(rule.walk_limit), metres: None },
    ];
    let travellers =
        [Profile::Car, Profile::Foot].map(|profile| Traveller::of(profile).on(dataset.settings.start));
    let spots = match kind {
        SpotKind::Places => {
            dataset.places.iter_enumerated().map(|(place, row)| StopSpot { place, at: row.at }).collect()
        }
        SpotKind::Junctions => junctions(dataset, network),
    };
    let mut found = PlaceReach::default();
    let mut pairs = 0;
    for (means, traveller) in travellers.iter().enumerate() {
        let places = &survey.homes[means].places;
        let snap = |spot: &StopSpot| match kind {
            SpotKind::Places => places[spot.place.index()],
            SpotKind::Junctions => network.snap(traveller, spot.at, dataset.settings.roads.snap_limit).ok(),
        };
        let targets: Vec<Option<Snap>> = spots.iter().map(snap).collect();
        for chunk in places.chunks(CHUNK) {
            for row in reach(network, traveller, chunk, &targets, limits[means]).rows {
                pairs += row.len();
                found.rows[means].push(row.into_iter().map(|(spot, _)| spot).collect());
            }
            if pairs > PAIRS_MAX {
                return Err(TooManyPairs);
            }
        }
    }
    Ok((spots, found))
}

/// The junction beside each place on the roads of vans, each once, in the order of places. A place that no van comes to has
/// none.
fn junctions(dataset: &Dataset, network: &RoadNetwork) -> Vec<StopSpot> {
    let van = Traveller::of(Profile::Van).on(dataset.settings.start);
    let mut seen = BTreeSet::new();
    let mut spots = Vec::new();
    for (place, row) in dataset.places.iter_enumerated() {
        let Ok(snap) = network.snap(&van, row.at, dataset.settings.roads.snap_limit) else { continue };
        let at = network.junction_beside(&snap);
        if seen.insert([at.x(), at.y()].map(f64::to_bits)) {
            spots.push(StopSpot { place, at });
        }
    }
    spots
}
