//! ATTEND: who comes to each stop, counted again from places and roads, each household once.

use typed_index_collections::TiVec;

use super::Rule;
use super::book::{Book, Findings, Visit};
use crate::ids::{PlaceId, StopId};
use crate::matrix::{Reach, Travel};
use crate::tables::{Antenna, Count, Stop};
use crate::text;
use crate::units::Need;

pub(super) fn check(book: &Book<'_>, found: &mut Findings) {
    let attending = attending(book);
    for visit in &book.visits {
        let stop = book.stop(visit.call.stop);
        let registered = i64::from(stop.households.get());
        // Thousandths of households, rounded up to whole ones.
        let coming = (attending[visit.call.stop] + 999).div_euclid(1000);
        let expected = registered + coming;
        let most = most_served(stop, book.antenna(visit.tour.antenna));
        let served = expected.min(most);
        registered_fit(book, visit, most, found);
        let turned_away = expected - served;
        let (stated, stated_away) =
            (i64::from(visit.call.households.get()), i64::from(visit.call.turned_away.get()));
        if (stated, stated_away) != (served, turned_away) {
            found.visit(book, Rule::Attend, visit.tour, visit.call, text!(
                "attendu {served} foyers servis et {turned_away} refusés ({registered} inscrits, {coming} qui \
                 viennent des environs, {most} au plus), trouvé {stated} et {stated_away}",
                "expected {served} households served and {turned_away} turned away ({registered} registered, \
                 {coming} who come from around, {most} at most), found {stated} and {stated_away}",
            ));
        }
    }
}

/// The need that attends each stop, in thousandths of households: each counted group goes to its nearest open stop.
fn attending(book: &Book<'_>) -> TiVec<StopId, i64> {
    let coverage = &book.dataset.settings.coverage;
    let is_open: TiVec<StopId, bool> =
        book.dataset.stops.keys().map(|stop| !book.announced_days(stop).is_empty()).collect();
    let mut attending: TiVec<StopId, i64> = book.dataset.stops.iter().map(|_| 0).collect();
    for place in book.dataset.places.keys() {
        for group in groups(book, place) {
            if coverage.count == Count::WhiteZones && group.has_site {
                continue;
            }
            let nearest = (group.stops.iter())
                .filter(|(stop, _)| is_open[StopId(*stop)])
                .min_by_key(|(stop, travel)| (travel.seconds, travel.metres, *stop));
            if let Some(&(stop, _)) = nearest {
                attending[StopId(stop)] += group.need.get() * i64::from(coverage.attendance_permille) / 1000;
            }
        }
    }
    attending
}

/// The households of a place that travel alike, and what is within their limit.
struct Group {
    need: Need,
    has_site: bool,
    stops: Vec<(u32, Travel)>,
}

/// Those with a car go by road, within the time and the length that are set; the others walk.
fn groups(book: &Book<'_>, place: PlaceId) -> [Group; 2] {
    let coverage = &book.dataset.settings.coverage;
    let by_car = |travel: &Travel| {
        coverage.drive_limit.is_none_or(|limit| travel.seconds <= limit)
            && coverage.road_limit.is_none_or(|limit| travel.metres <= limit)
    };
    let on_foot = |travel: &Travel| travel.seconds <= coverage.walk_limit;
    let within = |reach: &Reach, limit: &dyn Fn(&Travel) -> bool| -> Vec<(u32, Travel)> {
        reach.rows[place.index()].iter().copied().filter(|(_, travel)| limit(travel)).collect()
    };
    let (survey, row) = (book.survey, &book.dataset.places[place]);
    [
        Group {
            need: row.need_with_car,
            has_site: !within(&survey.sites_by_car, &by_car).is_empty(),
            stops: within(&survey.stops_by_car, &by_car),
        },
        Group {
            need: row.need_without_car,
            has_site: !within(&survey.sites_on_foot, &on_foot).is_empty(),
            stops: within(&survey.stops_on_foot, &on_foot),
        },
    ]
}

/// What one visit may serve: what the antenna carries on one trip, and what the longest opening leaves time for.
fn most_served(stop: &Stop, antenna: &Antenna) -> i64 {
    let by_households = antenna.capacity.map(|capacity| i64::from(capacity.get()));
    let by_mass = (antenna.capacity_mass)
        .filter(|_| stop.mass_per_household.get() > 0)
        .map(|capacity| capacity.get() / stop.mass_per_household.get());
    let time = i64::from(stop.max_service.get()) - i64::from(stop.setup.get());
    let by_time = (stop.time_per_household.get() > 0)
        .then(|| time.max(0) * i64::from(antenna.service_points) / i64::from(stop.time_per_household.get()));
    by_households.into_iter().chain(by_mass).chain(by_time).min().unwrap_or(i64::MAX)
}

/// Households registered at a stop are never turned away.
fn registered_fit(book: &Book<'_>, visit: &Visit<'_>, most: i64, found: &mut Findings) {
    let registered = i64::from(book.stop(visit.call.stop).households.get());
    if registered > most {
        found.visit(
            book,
            Rule::Attend,
            visit.tour,
            visit.call,
            text!(
                "attendu une antenne et une ouverture qui suffisent aux {registered} foyers inscrits, \
             trouvé {most} foyers au plus",
                "expected an antenna and an opening that suffice for the {registered} registered households, \
             found {most} households at most",
            ),
        );
    }
}
