//! Ways there and back between places and facilities: what measures of access are computed from.
//!
//! Apart from [`Survey`], as plans need the way there only, and as far as their rule goes.

use super::{CAR_ROAD_BOUND, Survey, car_bound, reach};
use crate::ids::PlaceId;
use crate::matrix::{ReachLimit, Travel};
use crate::network::{RoadNetwork, Snap};
use crate::tables::Dataset;
use crate::traveller::{Profile, Traveller};
use crate::units::{Metres, Seconds};
use typed_index_collections::TiVec;

/// No car on these roads goes faster, in metres a second: 130 km/h, rounded up.
const METRES_PER_SECOND_MAX: i32 = 37;

/// The way from a place to a facility, and the way home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundTrip {
    /// Row of the facility in its table.
    pub to: u32,
    /// From the place to the facility.
    pub there: Travel,
    /// From the facility to the place: one-way streets and slopes make it another.
    pub back: Travel,
}

/// For each place, facilities of a kind: by the way there, then the row.
pub type TripRows = TiVec<PlaceId, Vec<RoundTrip>>;

/// All round trips within a bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundTrips {
    /// To aid sites: by car, then on foot.
    pub sites: [TripRows; 2],
    /// To stops: by car, then on foot.
    pub stops: [TripRows; 2],
}

/// Round trips whose ways there and back are both within `bound`, or within the limit of the coverage rule if that is
/// longer; by car at least within [`super::CAR_TIME_BOUND`].
///
/// Time: two bounded searches a place, and two a facility. Memory: the pairs found.
pub fn round_trips(dataset: &Dataset, network: &RoadNetwork, survey: &Survey, bound: Seconds) -> RoundTrips {
    let rule = &dataset.settings.coverage;
    let limits = [
        widened(car_bound(rule), bound),
        ReachLimit { seconds: Some(rule.walk_limit.max(bound)), metres: None },
    ];
    let pairs = |means: usize, facilities: &[Option<Snap>]| {
        let profile = [Profile::Car, Profile::Foot][means];
        let traveller = Traveller::of(profile).on(dataset.settings.start);
        trips(network, &traveller, &survey.homes[means].places, facilities, limits[means])
    };
    RoundTrips {
        sites: [0, 1].map(|means| pairs(means, &survey.homes[means].sites)),
        stops: [0, 1].map(|means| pairs(means, &survey.homes[means].stops)),
    }
}

fn widened(limit: ReachLimit, bound: Seconds) -> ReachLimit {
    let driven = Metres(bound.get().saturating_mul(METRES_PER_SECOND_MAX));
    ReachLimit {
        seconds: limit.seconds.map(|seconds| seconds.max(bound)),
        metres: limit.metres.map(|metres| metres.max(CAR_ROAD_BOUND).max(driven)),
    }
}

/// The other ends of ways, each with its travel.
type Found = Vec<(u32, Travel)>;

fn trips(
    network: &RoadNetwork,
    traveller: &Traveller,
    places: &[Option<Snap>],
    facilities: &[Option<Snap>],
    limit: ReachLimit,
) -> TripRows {
    let there = reach(network, traveller, places, facilities, limit);
    let mut back: Vec<Found> = vec![Vec::new(); places.len()];
    for (facility, row) in (0_u32..).zip(reach(network, traveller, facilities, places, limit).rows) {
        for (place, travel) in row {
            back[place as usize].push((facility, travel));
        }
    }
    // Facilities were gone through in order, so each row of `back` can be searched by facility.
    let join = |(row, back): (Found, &Found)| {
        row.into_iter()
            .filter_map(|(to, there)| {
                let at = back.binary_search_by_key(&to, |(facility, _)| *facility).ok()?;
                Some(RoundTrip { to, there, back: back[at].1 })
            })
            .collect()
    };
    there.rows.into_iter().zip(&back).map(join).collect()
}
