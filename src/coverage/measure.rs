//! What is covered before and after a plan, and who attends which open stop.

use typed_index_collections::{TiSlice, TiVec};

use crate::coverage::{Attendance, CoverSets, CoverageReport, Group, PlaceCoverage};
use crate::ids::StopId;
use crate::tables::{Count, Dataset};
use crate::units::Need;

/// Coverage before, and after the stops of `is_open` open.
///
/// Every household typed is either covered or not: `need` is the sum of the table, to the thousandth. A place counts
/// once, however many sites and stops it reaches (Church & ReVelle 1974). `O(reach)`.
///
/// # Panics
///
/// If `is_open` has not one entry a stop.
pub fn measure(dataset: &Dataset, covers: &CoverSets, is_open: &TiSlice<StopId, bool>) -> CoverageReport {
    assert_eq!(is_open.len(), dataset.stops.len(), "one entry a stop");
    let mut places: TiVec<_, PlaceCoverage> = dataset
        .places
        .keys()
        .map(|place| PlaceCoverage {
            place,
            covered_before: Need::ZERO,
            covered_after: Need::ZERO,
            nearest_site: covers.nearest_site[place],
            nearest_stop: covers.near_stops[place].iter().copied().find(|(stop, _)| is_open[*stop]),
        })
        .collect();
    for group in &covers.groups {
        let place = &mut places[group.place];
        if group.site.is_some() {
            place.covered_before += group.need;
        }
        if group.site.is_some() || nearest_open(group, is_open).is_some() {
            place.covered_after += group.need;
        }
    }
    CoverageReport {
        need: covers.groups.iter().map(|group| group.need).sum(),
        covered_before: places.iter().map(|place| place.covered_before).sum(),
        covered_after: places.iter().map(|place| place.covered_after).sum(),
        places,
    }
}

/// Who attends which open stop: counted groups only, each its nearest open stop within its limit.
///
/// # Panics
///
/// If `is_open` has not one entry a stop.
pub fn attendance(dataset: &Dataset, covers: &CoverSets, is_open: &TiSlice<StopId, bool>) -> Attendance {
    assert_eq!(is_open.len(), dataset.stops.len(), "one entry a stop");
    let rule = &dataset.settings.coverage;
    let permille = i64::from(rule.attendance_permille);
    let mut attending: TiVec<StopId, Need> = vec![Need::ZERO; dataset.stops.len()].into();
    let stop_of_group = covers.groups.iter().map(|group| {
        let stop = is_counted(group, rule.count).then(|| nearest_open(group, is_open)).flatten()?;
        attending[stop] += Need(group.need.get() * permille / 1000);
        Some(stop)
    });
    Attendance { stop_of_group: stop_of_group.collect(), attending }
}

/// Whether a group's need counts in the objective, and comes to stops.
pub fn is_counted(group: &Group, count: Count) -> bool {
    match count {
        Count::WhiteZones => group.site.is_none(),
        Count::Everyone => true,
    }
}

/// The first open stop of a group, whose stops stand nearest first.
fn nearest_open(group: &Group, is_open: &TiSlice<StopId, bool>) -> Option<StopId> {
    group.stops.iter().map(|(stop, _)| *stop).find(|stop| is_open[*stop])
}
