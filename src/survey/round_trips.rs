//! Ways there and back between places and facilities: what measures of access are computed from.
//!
//! Apart from [`Survey`], as plans need the way there only, and as far as their rule goes.

use std::ops::Index;
use std::sync::Arc;

use rayon::prelude::*;

use super::{CAR_ROAD_BOUND, Survey, car_bound, reach};
use crate::ids::PlaceId;
use crate::matrix::{ReachLimit, Travel};
use crate::network::{RoadNetwork, Snap};
use crate::tables::Dataset;
use crate::traveller::{Profile, Traveller};
use crate::units::{Metres, Seconds};

/// No car on these roads goes faster, in metres a second: 130 km/h, rounded up.
const METRES_PER_SECOND_MAX: i32 = 37;

/// Places searched from at once: what is found in the two directions is joined in between, and only what is kept stays.
const CHUNK: usize = 1 << 16;

/// The way from a place to a facility, and the way home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundTrip {
    /// The facility: its row in its table, or its position among those of an offer.
    pub to: u32,
    /// From the place to the facility.
    pub there: Travel,
    /// From the facility to the place: one-way streets and slopes make it another.
    pub back: Travel,
}

impl RoundTrip {
    /// There and back.
    pub fn seconds(&self) -> Seconds {
        self.there.seconds + self.back.seconds
    }

    /// There and back.
    pub fn metres(&self) -> Metres {
        self.there.metres + self.back.metres
    }

    /// What makes one nearer than another: least time, then length, there and back; then the order of facilities.
    pub fn nearness(&self) -> (Seconds, Metres, u32) {
        (self.seconds(), self.metres(), self.to)
    }
}

/// For each place its round trips, in one piece of memory: a grid has a million places, and a hundred facilities near each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TripRows {
    trips: Vec<RoundTrip>,
    /// By place: where its row ends.
    ends: Vec<usize>,
}

impl TripRows {
    /// Number of places.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds the row of the next place.
    pub fn push(&mut self, row: impl IntoIterator<Item = RoundTrip>) {
        self.trips.extend(row);
        self.ends.push(self.trips.len());
    }
}

impl Index<PlaceId> for TripRows {
    type Output = [RoundTrip];

    fn index(&self, place: PlaceId) -> &[RoundTrip] {
        let first = place.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.trips[first..self.ends[place.index()]]
    }
}

/// All round trips within a bound; those of a place by the way there, then the row of the facility.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundTrips {
    /// To aid sites: by car, then on foot.
    pub sites: [Arc<TripRows>; 2],
    /// To stops: by car, then on foot.
    pub stops: [TripRows; 2],
}

/// Round trips to stops whose ways there and back are both within `bound`, or within the limit of the coverage rule if that
/// is longer; by car at least within [`super::CAR_TIME_BOUND`]. To aid sites: of these, those whose way there is within
/// `bound` or the rule, and the nearest there and back.
///
/// Time: two bounded searches a place, and two a facility. Memory: the pairs kept, and those of 65,536 places.
pub fn round_trips(dataset: &Dataset, network: &RoadNetwork, survey: &Survey, bound: Seconds) -> RoundTrips {
    let rule = &dataset.settings.coverage;
    let searched = [
        widened(car_bound(rule), bound),
        ReachLimit { seconds: Some(rule.walk_limit.max(bound)), metres: None },
    ];
    let ruled = [
        ReachLimit { seconds: rule.drive_limit, metres: rule.road_limit },
        ReachLimit { seconds: Some(rule.walk_limit), metres: None },
    ];
    let measured = ReachLimit { seconds: Some(bound), metres: None };
    let travellers =
        [Profile::Car, Profile::Foot].map(|profile| Traveller::of(profile).on(dataset.settings.start));
    let places = [0, 1].map(|means: usize| survey.homes[means].places.as_slice());
    RoundTrips {
        sites: [0, 1].map(|means| {
            let ends = (places[means], survey.homes[means].sites.as_slice());
            let is_kept = |there: Travel| measured.admits(there) || ruled[means].admits(there);
            Arc::new(trips(network, &travellers[means], ends, searched[means], is_kept))
        }),
        stops: [0, 1].map(|means| {
            let ends = (places[means], survey.homes[means].stops.as_slice());
            trips(network, &travellers[means], ends, searched[means], |_| true)
        }),
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

/// Of the trips within the limit those whose way there is to be kept, and the nearest of each place.
fn trips(
    network: &RoadNetwork,
    traveller: &Traveller,
    (places, facilities): (&[Option<Snap>], &[Option<Snap>]),
    limit: ReachLimit,
    is_kept: impl Fn(Travel) -> bool + Sync,
) -> TripRows {
    let mut rows = TripRows::default();
    for chunk in places.chunks(CHUNK) {
        let there = reach(network, traveller, chunk, facilities, limit);
        let mut back: Vec<Found> = vec![Vec::new(); chunk.len()];
        for (facility, row) in (0_u32..).zip(reach(network, traveller, facilities, chunk, limit).rows) {
            for (place, travel) in row {
                back[place as usize].push((facility, travel));
            }
        }
        let joined: Vec<Vec<RoundTrip>> = (there.rows.into_par_iter().zip(&back))
            .map(|(there, back)| kept(joined(there, back), &is_kept))
            .collect();
        for row in joined {
            rows.push(row);
        }
    }
    rows
}

/// `back` stands by facility.
fn joined(there: Found, back: &Found) -> Vec<RoundTrip> {
    let trip = |(to, there): (u32, Travel)| {
        let at = back.binary_search_by_key(&to, |(facility, _)| *facility).ok()?;
        Some(RoundTrip { to, there, back: back[at].1 })
    };
    there.into_iter().filter_map(trip).collect()
}

fn kept(mut row: Vec<RoundTrip>, is_kept: impl Fn(Travel) -> bool) -> Vec<RoundTrip> {
    let nearest = row.iter().map(RoundTrip::nearness).min();
    row.retain(|trip| is_kept(trip.there) || Some(trip.nearness()) == nearest);
    row
}
