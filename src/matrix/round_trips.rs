//! Ways there and back between many places and the facilities around them.

use rayon::prelude::*;

use super::reach::{Found, by_other_end, reach_unsorted};
use super::{ReachLimit, Travel};
use crate::network::{RoadNetwork, Snap};
use crate::traveller::Traveller;
use crate::units::{Metres, Seconds};

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

/// For each place the facilities of which both ways are within the limit: by the way there, then the facility.
///
/// As [`super::reach()`] twice; the fewer facilities and the nearer the places to each other, the less time a place.
pub fn round_trips(
    network: &RoadNetwork,
    traveller: &Traveller,
    places: &[Snap],
    facilities: &[Snap],
    limit: ReachLimit,
) -> Vec<Vec<RoundTrip>> {
    let there = reach_unsorted(network, traveller, places, facilities, limit);
    let back = reach_unsorted(network, traveller, facilities, places, limit);
    let back = by_other_end(back, places.len());
    there.into_par_iter().zip(&back).map(|(there, back)| joined(there, back)).collect()
}

/// `back` stands by facility.
fn joined(there: Found, back: &Found) -> Vec<RoundTrip> {
    let trip = |(to, there): (u32, Travel)| {
        let at = back.binary_search_by_key(&to, |(facility, _)| *facility).ok()?;
        Some(RoundTrip { to, there, back: back[at].1 })
    };
    let mut row: Vec<RoundTrip> = there.into_iter().filter_map(trip).collect();
    row.sort_unstable_by_key(|trip| (trip.there, trip.to));
    row
}
