//! How good access is: the nearest facility there and back, how many are within reach, and how much of what they offer is
//! left for whom.
//!
//! In: an [`Offer`], aid sites alone or with the open stops of a plan. Out: an [`AccessReport`]; two of them make
//! before, after and the difference. Every figure is of travel on the network, never of a polygon.

use typed_index_collections::{TiSlice, TiVec};

use super::catchment::{Consumer, Decay, accessibility, gap};
use super::offer::{Offer, SupplyUnit};
use crate::ids::PlaceId;
use crate::survey::RoundTrip;
use crate::tables::{Dataset, Place};
use crate::units::{Need, Seconds};

/// Settings of the measures.
#[derive(Clone, Copy, Debug)]
pub struct AccessOptions<'a> {
    /// Travel times one way within which facilities and need are counted, increasing.
    pub thresholds: &'a [Seconds],
    /// How much a facility counts by how far it is.
    pub decay: Decay,
    /// What a facility offers.
    pub unit: SupplyUnit,
    /// The accessibility below which need is in deficit; none: the mean of this report.
    pub reference: Option<f64>,
}

/// Access of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceAccess {
    /// By car, then on foot: the aid site of the shortest time there and back.
    pub nearest_site: [Option<RoundTrip>; 2],
    /// By car, then on foot: the open stop of the shortest time there and back.
    pub nearest_stop: [Option<RoundTrip>; 2],
    /// By car, then on foot: facilities within each threshold, by the way there.
    pub within: [Vec<u32>; 2],
    /// Supply for a household in need, of both groups weighted by their need.
    pub accessibility: f64,
    /// Households that the place lacks to have the reference accessibility; at most its need.
    pub deficit: f64,
}

impl PlaceAccess {
    /// By car (0) or on foot (1), the nearer of site and stop there and back.
    pub fn nearest(&self, means: usize) -> Option<RoundTrip> {
        let both = [self.nearest_site[means], self.nearest_stop[means]];
        both.into_iter().flatten().min_by_key(RoundTrip::nearness)
    }
}

/// Access of all places on one side of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessReport {
    /// One entry a place, in order.
    pub places: TiVec<PlaceId, PlaceAccess>,
    /// Need with a facility within each threshold, those with a car by car and the others on foot.
    pub need_within: Vec<Need>,
    /// Mean accessibility of a household in need; zero without need.
    pub mean: f64,
    /// Deficit of all places, in households.
    pub deficit: f64,
}

/// Measures access under `offer`. `O(ways log thresholds)`.
pub fn access(dataset: &Dataset, offer: &Offer, options: AccessOptions<'_>) -> AccessReport {
    let needs: TiVec<PlaceId, [f64; 2]> = dataset.places.iter().map(need_of_groups).collect();
    let by_group = accessibility_of_groups(&needs, offer, options);
    let total: f64 = needs.iter().flatten().sum();
    let weighted = |(needs, values): (&[f64; 2], &[f64; 2])| needs[0] * values[0] + needs[1] * values[1];
    let sum: f64 = needs.iter().zip(&by_group).map(weighted).sum();
    let mean = if total > 0.0 { sum / total } else { 0.0 };
    let reference = options.reference.unwrap_or(mean);
    let stops_from = dataset.sites.len() as u32;
    let places: TiVec<PlaceId, PlaceAccess> = (needs.iter_enumerated().zip(&by_group))
        .map(|((place, needs), values)| {
            let ways = [0, 1].map(|means: usize| &offer.ways[means][place]);
            let need = needs[0] + needs[1];
            PlaceAccess {
                nearest_site: ways.map(|ways| nearest_there_and_back(ways, |way| way.to < stops_from)),
                nearest_stop: ways.map(|ways| nearest_there_and_back(ways, |way| way.to >= stops_from)),
                within: ways.map(|ways| counts(ways, options.thresholds)),
                accessibility: if need > 0.0 { weighted((needs, values)) / need } else { values[0] },
                deficit: (0..2).map(|means| needs[means] * gap(values[means], reference)).sum(),
            }
        })
        .collect();
    AccessReport {
        need_within: need_within(dataset, offer, options.thresholds),
        deficit: places.iter().map(|place| place.deficit).sum(),
        places,
        mean,
    }
}

/// Accessibility of each place's groups, by car and on foot, who compete for the same facilities.
///
/// Two ways of travelling in one floating catchment are L. Mao and D. Nekorchuk's (*Measuring spatial accessibility to
/// healthcare for populations with multiple transportation modes*, Health & Place 24, 2013).
fn accessibility_of_groups(
    needs: &TiSlice<PlaceId, [f64; 2]>,
    offer: &Offer,
    options: AccessOptions<'_>,
) -> TiVec<PlaceId, [f64; 2]> {
    let consumers: Vec<Consumer<'_>> = needs
        .iter_enumerated()
        .flat_map(|(place, needs)| {
            [0, 1].map(|means| Consumer { demand: needs[means], ways: &offer.ways[means][place] })
        })
        .collect();
    let supply = offer.supply(options.unit);
    let values = accessibility(&consumers, &supply, options.decay);
    values.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
}

fn need_of_groups(place: &Place) -> [f64; 2] {
    [place.need_with_car.households(), place.need_without_car.households()]
}

/// Least time there and back; then length, then the order of facilities.
fn nearest_there_and_back(ways: &[RoundTrip], is_one: impl Fn(&RoundTrip) -> bool) -> Option<RoundTrip> {
    ways.iter().copied().filter(is_one).min_by_key(RoundTrip::nearness)
}

/// How many ways there are within each threshold; `ways` stand nearest first.
fn counts(ways: &[RoundTrip], thresholds: &[Seconds]) -> Vec<u32> {
    let within = |limit: &Seconds| ways.partition_point(|way| way.there.seconds <= *limit) as u32;
    thresholds.iter().map(within).collect()
}

fn need_within(dataset: &Dataset, offer: &Offer, thresholds: &[Seconds]) -> Vec<Need> {
    let nearest = |means: usize, place: PlaceId| Some(offer.ways[means][place].first()?.there.seconds);
    let reached = |limit: &Seconds| {
        dataset
            .places
            .iter_enumerated()
            .flat_map(|(id, place)| [(0, id, place.need_with_car), (1, id, place.need_without_car)])
            .filter(|(means, place, _)| nearest(*means, *place).is_some_and(|seconds| seconds <= *limit))
            .map(|(_, _, need)| need)
            .sum()
    };
    thresholds.iter().map(reached).collect()
}
