//! Every measure of access, before a plan and after it, on one footing: the same unit of supply and the same reference.

use typed_index_collections::TiSlice;

use super::access::{AccessOptions, AccessReport, access};
use super::catchment::Decay;
use super::equity::{Equity, equity};
use super::offer::{Offer, SupplyUnit, Visit};
use super::week::{BandNeed, WeekOfNeed, need_by_band, week_of_need};
use crate::ids::StopId;
use crate::survey::RoundTrips;
use crate::tables::{CoverageSettings, Dataset, DecayRule};
use crate::units::Seconds;

/// All measures on one side of a plan.
#[derive(Clone, Debug)]
pub struct Side {
    /// The facilities there are.
    pub offer: Offer,
    /// Of each place.
    pub access: AccessReport,
    /// Of the whole and of each territory.
    pub equity: Vec<Equity>,
    /// By time band of the week.
    pub bands: Vec<BandNeed>,
    /// By capacity.
    pub week: WeekOfNeed,
}

/// Access before a plan, and after it where there is one.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// In which every facility's supply is known, on both sides.
    pub unit: SupplyUnit,
    /// How weight falls with time.
    pub decay: Decay,
    /// Aid sites alone.
    pub before: Side,
    /// Aid sites and open stops.
    pub after: Option<Side>,
}

/// How far round trips have to be known for [`compare`], each way.
pub fn travel_bound(rule: &CoverageSettings) -> Seconds {
    let last = rule.thresholds.last().copied().unwrap_or_default();
    last.max(decay(rule).end())
}

/// Measures both sides. `visits` are those of a plan's first cycle. Deficits of both are from the mean accessibility
/// before, or after where nobody has any before. `O(ways)`.
///
/// # Panics
///
/// If `visits` has not one entry a stop.
pub fn compare(
    dataset: &Dataset,
    trips: &RoundTrips,
    visits: Option<&TiSlice<StopId, Vec<Visit>>>,
) -> Comparison {
    let rule = &dataset.settings.coverage;
    let today = Offer::today(dataset, trips);
    let planned = visits.map(|visits| Offer::with_plan(dataset, trips, visits));
    let unit = planned.as_ref().unwrap_or(&today).unit();
    let decay = decay(rule);
    let options = |reference| AccessOptions { thresholds: &rule.thresholds, decay, unit, reference };
    let before = access(dataset, &today, options(None));
    let reference = (before.mean > 0.0).then_some(before.mean);
    let after = planned.map(|offer| {
        let access = access(dataset, &offer, options(reference));
        side(dataset, offer, access)
    });
    Comparison { unit, decay, before: side(dataset, today, before), after }
}

fn side(dataset: &Dataset, offer: Offer, access: AccessReport) -> Side {
    Side {
        equity: equity(dataset, &access),
        bands: need_by_band(dataset, &offer),
        week: week_of_need(dataset, &offer),
        access,
        offer,
    }
}

fn decay(rule: &CoverageSettings) -> Decay {
    match rule.decay {
        DecayRule::Zones => Decay::Zones,
        DecayRule::Gaussian => Decay::Gaussian(rule.thresholds.last().copied().unwrap_or(Decay::Zones.end())),
    }
}
