//! Which places are within the coverage rule's limit of each other: where a stop would serve whom.

use typed_index_collections::TiVec;

use super::{Survey, reach};
use crate::ids::PlaceId;
use crate::matrix::ReachLimit;
use crate::network::RoadNetwork;
use crate::tables::Dataset;
use crate::traveller::{Profile, Traveller};

/// For each place the places within the limit of those who live there, itself among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceReach {
    /// By car, then on foot: nearest first.
    pub rows: [TiVec<PlaceId, Vec<u32>>; 2],
}

/// More pairs of places than are kept: about a gigabyte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyPairs;

/// Most pairs of places that are kept.
pub const PAIRS_MAX: usize = 250_000_000;

/// Places searched from at once: the pairs found are counted in between.
const CHUNK: usize = 4096;

/// Who could come to whom, under the settings' rule.
///
/// Two bounded searches a place, in parallel. Memory: the pairs found.
///
/// # Errors
/// There are more than [`PAIRS_MAX`] pairs.
pub fn place_reach(
    dataset: &Dataset,
    network: &RoadNetwork,
    survey: &Survey,
) -> Result<PlaceReach, TooManyPairs> {
    let rule = &dataset.settings.coverage;
    let limits = [
        ReachLimit { seconds: rule.drive_limit, metres: rule.road_limit },
        ReachLimit { seconds: Some(rule.walk_limit), metres: None },
    ];
    let mut found = PlaceReach::default();
    let mut pairs = 0;
    for (means, profile) in [Profile::Car, Profile::Foot].into_iter().enumerate() {
        let traveller = Traveller::of(profile).on(dataset.settings.start);
        let places = &survey.homes[means].places;
        for chunk in places.chunks(CHUNK) {
            for row in reach(network, &traveller, chunk, places, limits[means]).rows {
                pairs += row.len();
                found.rows[means].push(row.into_iter().map(|(place, _)| place).collect());
            }
            if pairs > PAIRS_MAX {
                return Err(TooManyPairs);
            }
        }
    }
    Ok(found)
}
