//! Enhanced two-step floating catchment areas: what facilities offer, shared among those who can reach them.
//!
//! W. Luo and Y. Qi, *An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial accessibility to
//! primary care physicians*, Health & Place 15, 2009. Each facility shares its supply among the demand in its catchment;
//! each consumer adds up the shares of the facilities in theirs; both weighted by how far they are from each other.

use crate::survey::RoundTrip;
use crate::units::Seconds;

/// How much a facility counts by the time there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decay {
    /// Luo & Qi's zones of 10, 20 and 30 minutes and the first of their two sets of weights: 1, 0.68 and 0.22 (2009,
    /// section 3). Beyond: nothing.
    Zones,
    /// A bell that falls from 1 at no distance to 0 at this time: D. Dai, *Black residential segregation, disparities in
    /// spatial access to health care facilities, and late-stage breast cancer diagnosis in metropolitan Detroit*, Health &
    /// Place 16, 2010, formula 1.
    Gaussian(Seconds),
}

/// The zones of [`Decay::Zones`]: last second, weight.
const ZONES: [(Seconds, f64); 3] =
    [(Seconds::from_minutes(10), 1.0), (Seconds::from_minutes(20), 0.68), (Seconds::from_minutes(30), 0.22)];

impl Decay {
    /// From 0 to 1.
    pub fn weight(self, time: Seconds) -> f64 {
        match self {
            Self::Zones => ZONES.iter().find(|(last, _)| time <= *last).map_or(0.0, |(_, weight)| *weight),
            Self::Gaussian(end) if time >= end => 0.0,
            Self::Gaussian(end) => {
                let edge = (-0.5_f64).exp();
                let share = f64::from(time.get()) / f64::from(end.get());
                ((-0.5 * share * share).exp() - edge) / (1.0 - edge)
            }
        }
    }

    /// Facilities from this time on count nothing.
    pub fn end(self) -> Seconds {
        match self {
            Self::Zones => ZONES[ZONES.len() - 1].0,
            Self::Gaussian(end) => end,
        }
    }
}

/// Somebody who shares facilities with others.
#[derive(Clone, Copy, Debug)]
pub struct Consumer<'a> {
    /// How many they are; not negative.
    pub demand: f64,
    /// To the facilities, nearest first.
    pub ways: &'a [RoundTrip],
}

/// For each consumer the supply for one unit of demand. `supply` has one entry a facility; a facility in nobody's catchment
/// serves nobody.
///
/// All demand in reach of some facility, times its accessibility, adds up to all supply that somebody can reach: sums are
/// taken in the order given, so that equal input gives equal figures. `O(ways)`.
pub fn accessibility(consumers: &[Consumer<'_>], supply: &[f64], decay: Decay) -> Vec<f64> {
    let mut demand = vec![0.0; supply.len()];
    for consumer in consumers {
        for (facility, weight) in weighted(consumer, decay) {
            demand[facility] += consumer.demand * weight;
        }
    }
    let ratios: Vec<f64> = supply
        .iter()
        .zip(&demand)
        .map(|(supply, demand)| if *demand > 0.0 { supply / demand } else { 0.0 })
        .collect();
    consumers
        .iter()
        .map(|consumer| weighted(consumer, decay).map(|(facility, weight)| ratios[facility] * weight).sum())
        .collect()
}

/// The facilities of a consumer's catchment, each with its weight.
fn weighted(consumer: &Consumer<'_>, decay: Decay) -> impl Iterator<Item = (usize, f64)> {
    let near = consumer.ways.partition_point(|way| way.there.seconds <= decay.end());
    consumer.ways[..near].iter().map(move |way| (way.to as usize, decay.weight(way.there.seconds)))
}

/// The share by which `value` is below `reference`, 0 to 1; 1 where the reference is nothing, as nobody has access.
pub fn gap(value: f64, reference: f64) -> f64 {
    if reference > 0.0 { (1.0 - value / reference).clamp(0.0, 1.0) } else { 1.0 }
}
