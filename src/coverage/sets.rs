//! Who reaches what under the settings' rule: the groups of every place, with their aid site and their stops.

use crate::coverage::{CoverSets, Group, Means};
use crate::ids::{PlaceId, SiteId, StopId};
use crate::matrix::Travel;
use crate::survey::Survey;
use crate::tables::{CoverageSettings, Dataset, Place};
use crate::units::Need;

/// Who reaches what, under the settings' rule.
///
/// Limits are inclusive: fifteen minutes to the second is within fifteen minutes. Households with a car are measured
/// on the fastest road, whose length must hold the length limit as well. `O(reach)`.
pub fn cover_sets(dataset: &Dataset, survey: &Survey) -> CoverSets {
    let rule = &dataset.settings.coverage;
    let groups = dataset.places.iter_enumerated().flat_map(|(id, place)| groups_of(id, place, rule, survey));
    let nearest_site = survey.sites_by_car.rows.iter().map(|row| row.first().map(|near| site(*near)));
    let near_stops = survey.stops_by_car.rows.iter().map(|row| row.iter().map(|near| stop(*near)).collect());
    CoverSets {
        groups: groups.collect(),
        nearest_site: nearest_site.collect(),
        near_stops: near_stops.collect(),
    }
}

fn groups_of<'a>(
    id: PlaceId,
    place: &Place,
    rule: &'a CoverageSettings,
    survey: &'a Survey,
) -> impl Iterator<Item = Group> + use<'a> {
    let by_car = (Means::Car, place.need_with_car);
    let on_foot = (Means::Foot, place.need_without_car);
    [by_car, on_foot].into_iter().filter(|(_, need)| *need > Need::ZERO).map(move |(means, need)| {
        let (sites, stops) = match means {
            Means::Car => (&survey.sites_by_car, &survey.stops_by_car),
            Means::Foot => (&survey.sites_on_foot, &survey.stops_on_foot),
        };
        let within = |near: &&(u32, Travel)| is_within(rule, means, near.1);
        Group {
            place: id,
            means,
            need,
            site: sites.rows[id.index()].iter().find(within).map(|near| site(*near)),
            stops: stops.rows[id.index()].iter().filter(within).map(|near| stop(*near)).collect(),
        }
    })
}

/// Whether a way is short enough for people who travel like that.
pub(super) fn is_within(rule: &CoverageSettings, means: Means, travel: Travel) -> bool {
    match means {
        Means::Car => {
            rule.drive_limit.is_none_or(|limit| travel.seconds <= limit)
                && rule.road_limit.is_none_or(|limit| travel.metres <= limit)
        }
        Means::Foot => travel.seconds <= rule.walk_limit,
    }
}

fn site((row, travel): (u32, Travel)) -> (SiteId, Travel) {
    (SiteId(row), travel)
}

fn stop((row, travel): (u32, Travel)) -> (StopId, Travel) {
    (StopId(row), travel)
}
