//! Ways there and back between places and facilities: what measures of access are computed from.
//!
//! Apart from [`Survey`], as plans need the way there only, and as far as their rule goes.

use std::ops::Index;
use std::sync::Arc;

use super::snapping::Homes;
use super::{CAR_ROAD_BOUND, Present, Survey, car_bound};
use crate::ids::PlaceId;
use crate::matrix::{self, ReachLimit, RoundTrip, Travel, along_a_curve};
use crate::network::{RoadNetwork, Snap};
use crate::tables::Dataset;
use crate::traveller::{Profile, Traveller};
use crate::units::{Metres, Seconds};

/// No car on these roads goes faster, in metres a second: 130 km/h, rounded up.
const METRES_PER_SECOND_MAX: i32 = 37;

/// Places searched from at once: what is found in the two directions is joined in between, and only what is kept stays.
const CHUNK: usize = 1 << 16;

/// For each place its round trips, in one piece of memory: a grid has a million places, and a hundred facilities near each.
#[derive(Clone, Debug, Default)]
pub struct TripRows {
    trips: Vec<RoundTrip>,
    /// By place: where its row begins, and ends.
    rows: Vec<[usize; 2]>,
}

impl TripRows {
    /// No row yet has a trip.
    fn without_trips(places: usize) -> Self {
        Self { trips: Vec::new(), rows: vec![[0, 0]; places] }
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the row of the next place.
    pub fn push(&mut self, row: impl IntoIterator<Item = RoundTrip>) {
        self.rows.push([0, 0]);
        self.set(self.rows.len() - 1, row);
    }

    /// Gives a place its row.
    fn set(&mut self, place: usize, row: impl IntoIterator<Item = RoundTrip>) {
        let first = self.trips.len();
        self.trips.extend(row);
        self.rows[place] = [first, self.trips.len()];
    }
}

impl Index<PlaceId> for TripRows {
    type Output = [RoundTrip];

    fn index(&self, place: PlaceId) -> &[RoundTrip] {
        let [first, end] = self.rows[place.index()];
        &self.trips[first..end]
    }
}

/// Wherever the rows lie in memory.
impl PartialEq for TripRows {
    fn eq(&self, other: &Self) -> bool {
        let rows = (0..self.len()).map(PlaceId::from);
        self.len() == other.len() && rows.into_iter().all(|place| self[place] == other[place])
    }
}

impl Eq for TripRows {}

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
/// Time: as [`matrix::round_trips`], by car and on foot. Memory: the pairs kept, and those of 65,536 places.
pub fn round_trips(dataset: &Dataset, network: &RoadNetwork, survey: &Survey, bound: Seconds) -> RoundTrips {
    let rule = &dataset.settings.coverage;
    let measured = ReachLimit { seconds: Some(bound), metres: None };
    let of = |means: usize, profile: Profile, searched: ReachLimit, ruled: ReachLimit| {
        let traveller = Traveller::of(profile).on(dataset.settings.start);
        let is_kept = |there: Travel| measured.admits(there) || ruled.admits(there);
        trips(network, &traveller, &survey.homes[means], searched, is_kept)
    };
    let on_foot = |limit| ReachLimit { seconds: Some(limit), metres: None };
    let by_rule = ReachLimit { seconds: rule.drive_limit, metres: rule.road_limit };
    let (sites_by_car, stops_by_car) = of(0, Profile::Car, widened(car_bound(rule), bound), by_rule);
    let (sites_on_foot, stops_on_foot) =
        of(1, Profile::Foot, on_foot(rule.walk_limit.max(bound)), on_foot(rule.walk_limit));
    RoundTrips {
        sites: [Arc::new(sites_by_car), Arc::new(sites_on_foot)],
        stops: [stops_by_car, stops_on_foot],
    }
}

fn widened(limit: ReachLimit, bound: Seconds) -> ReachLimit {
    let driven = Metres(bound.get().saturating_mul(METRES_PER_SECOND_MAX));
    ReachLimit {
        seconds: limit.seconds.map(|seconds| seconds.max(bound)),
        metres: limit.metres.map(|metres| metres.max(CAR_ROAD_BOUND).max(driven)),
    }
}

/// Trips within the limit: to aid sites those whose way there is to be kept, and the nearest of each place; to stops all.
fn trips(
    network: &RoadNetwork,
    traveller: &Traveller,
    homes: &Homes,
    limit: ReachLimit,
    is_kept: impl Fn(Travel) -> bool + Sync,
) -> (TripRows, TripRows) {
    let [mut to_sites, mut to_stops] = [(); 2].map(|()| TripRows::without_trips(homes.places.len()));
    let (places, sites, stops) =
        (Present::of(&homes.places), Present::of(&homes.sites), Present::of(&homes.stops));
    let to_site = |trip: &RoundTrip| Some(RoundTrip { to: *sites.rows.get(trip.to as usize)?, ..*trip });
    let to_stop = |trip: &RoundTrip| {
        let at = (trip.to as usize).checked_sub(sites.rows.len())?;
        Some(RoundTrip { to: stops.rows[at], ..*trip })
    };
    // Together: what is climbed or swept over for a place serves both.
    let facilities = [&sites.snaps[..], &stops.snaps[..]].concat();
    if facilities.is_empty() {
        return (to_sites, to_stops);
    }
    for chunk in along_a_curve(&places.snaps).chunks(CHUNK) {
        let snaps: Vec<Snap> = chunk.iter().map(|at| places.snaps[*at as usize]).collect();
        let found = matrix::round_trips(network, traveller, &snaps, &facilities, limit);
        for (at, row) in chunk.iter().zip(found) {
            let place = places.rows[*at as usize] as usize;
            to_sites.set(place, kept(row.iter().filter_map(to_site).collect(), &is_kept));
            to_stops.set(place, row.iter().filter_map(to_stop));
        }
    }
    (to_sites, to_stops)
}

fn kept(mut row: Vec<RoundTrip>, is_kept: impl Fn(Travel) -> bool) -> Vec<RoundTrip> {
    let nearest = row.iter().map(RoundTrip::nearness).min();
    row.retain(|trip| is_kept(trip.there) || Some(trip.nearness()) == nearest);
    row
}
