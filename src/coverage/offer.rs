//! The facilities people can go to, on one side of a plan: aid sites, and with a plan its open stops.

use std::sync::Arc;

use typed_index_collections::{TiSlice, TiVec};

use crate::ids::{PlaceId, SiteId, StopId};
use crate::survey::{RoundTrip, RoundTrips, TripRows};
use crate::tables::Dataset;
use crate::units::{Day, Need, Seconds, Window};

/// Which facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacilityId {
    /// An aid site.
    Site(SiteId),
    /// A stop that a plan visits.
    Stop(StopId),
}

/// An opening in the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The day of the cycle.
    pub day: Day,
    /// From when to when.
    pub window: Window,
}

/// A visit of a stop in the first cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// When.
    pub opening: Opening,
    /// Households it can serve; none: not known.
    pub capacity: Option<Need>,
}

/// A place to get aid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facility {
    /// Which.
    pub id: FacilityId,
    /// Openings of the cycle; none: hours are not known.
    pub openings: Option<Vec<Opening>>,
    /// Households it can serve in a week; none: not known.
    pub weekly_capacity: Option<Need>,
    /// Households that each of `openings` can serve, where the opening is a visit; none: the week's capacity is spread over
    /// openings by their length.
    pub by_visit: Option<Vec<Need>>,
}

/// What a facility offers, in one unit for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupplyUnit {
    /// Households it can serve in a week.
    Capacity,
    /// Hours open in a week.
    Hours,
    /// Itself.
    Facilities,
}

/// Facilities, and who can go there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Aid sites in the order of the table, then open stops likewise.
    pub facilities: Vec<Facility>,
    /// By car, then on foot: for each place the ways to facilities, by their position in [`Offer::facilities`]; nearest
    /// there first, by seconds, then metres, then facility.
    pub ways: [Arc<TripRows>; 2],
    /// Length of the cycle.
    weeks: u8,
}

impl Offer {
    /// Aid sites alone. Their ways are shared with `trips`, not copied.
    pub fn today(dataset: &Dataset, trips: &RoundTrips) -> Self {
        Self {
            facilities: sites(dataset).collect(),
            ways: trips.sites.clone(),
            weeks: dataset.settings.weeks,
        }
    }

    /// Aid sites, and the stops with a visit.
    ///
    /// # Panics
    ///
    /// If `visits` has not one entry a stop.
    pub fn with_plan(dataset: &Dataset, trips: &RoundTrips, visits: &TiSlice<StopId, Vec<Visit>>) -> Self {
        assert_eq!(visits.len(), dataset.stops.len(), "one entry a stop");
        let weeks = dataset.settings.weeks;
        let is_open = |(_, visits): &(StopId, &Vec<Visit>)| !visits.is_empty();
        let stops = visits.iter_enumerated().filter(is_open).map(|(id, visits)| Facility {
            id: FacilityId::Stop(id),
            openings: Some(visits.iter().map(|visit| visit.opening).collect()),
            weekly_capacity: weekly(visits, weeks),
            by_visit: visits.iter().map(|visit| visit.capacity).collect(),
        });
        let mut facility_of_stop: TiVec<StopId, Option<u32>> = vec![None; visits.len()].into();
        let after_sites = dataset.sites.len() as u32..;
        for (facility, (stop, _)) in after_sites.zip(visits.iter_enumerated().filter(is_open)) {
            facility_of_stop[stop] = Some(facility);
        }
        let ways =
            [0, 1].map(|means| Arc::new(merged(&trips.sites[means], &trips.stops[means], &facility_of_stop)));
        Self { facilities: sites(dataset).chain(stops).collect(), ways, weeks }
    }

    /// The unit in which every facility's supply is known: capacity, else hours, else facilities, so that what is not
    /// known is never read as zero.
    pub fn unit(&self) -> SupplyUnit {
        if self.facilities.iter().all(|facility| facility.weekly_capacity.is_some()) {
            SupplyUnit::Capacity
        } else if self.facilities.iter().all(|facility| facility.openings.is_some()) {
            SupplyUnit::Hours
        } else {
            SupplyUnit::Facilities
        }
    }

    /// What each facility offers a week.
    pub(super) fn supply(&self, unit: SupplyUnit) -> Vec<f64> {
        let weeks = f64::from(self.weeks.max(1));
        let of = |facility: &Facility| match unit {
            SupplyUnit::Capacity => facility.weekly_capacity.map_or(0.0, Need::households),
            SupplyUnit::Hours => facility.openings.as_ref().map_or(0.0, |openings| {
                let open: Seconds = openings.iter().map(|it| it.window.close - it.window.open).sum();
                f64::from(open.get()) / 3600.0 / weeks
            }),
            SupplyUnit::Facilities => 1.0,
        };
        self.facilities.iter().map(of).collect()
    }

    /// Weeks of the cycle.
    pub(super) fn weeks(&self) -> u8 {
        self.weeks
    }

    /// Facilities whose capacity is not known.
    pub fn without_capacity(&self) -> usize {
        self.facilities.iter().filter(|facility| facility.weekly_capacity.is_none()).count()
    }

    /// Facilities whose hours are not known.
    pub fn without_hours(&self) -> usize {
        self.facilities.iter().filter(|facility| facility.openings.is_none()).count()
    }
}

fn sites(dataset: &Dataset) -> impl Iterator<Item = Facility> {
    dataset.sites.iter_enumerated().map(|(id, site)| Facility {
        id: FacilityId::Site(id),
        openings: site.openings.as_deref().map(openings),
        weekly_capacity: site.weekly_capacity,
        by_visit: None,
    })
}

/// The windows of each day of the cycle, one after the other.
fn openings(days: &[Vec<Window>]) -> Vec<Opening> {
    let day = |(day, windows): (u8, &Vec<Window>)| {
        windows.iter().map(move |&window| Opening { day: Day(day), window }).collect::<Vec<_>>()
    };
    (0..).zip(days).flat_map(day).collect()
}

/// The capacity of all visits for one week, rounded down to a thousandth; none where one is not known.
fn weekly(visits: &[Visit], weeks: u8) -> Option<Need> {
    let all: Need = visits.iter().map(|visit| visit.capacity).sum::<Option<Need>>()?;
    Some(Need(all.get() / i64::from(weeks.max(1))))
}

fn merged(sites: &TripRows, stops: &TripRows, facility_of_stop: &TiSlice<StopId, Option<u32>>) -> TripRows {
    let mut rows = TripRows::default();
    for place in (0..sites.len()).map(PlaceId::from) {
        let opened = |trip: &RoundTrip| Some(RoundTrip { to: facility_of_stop[StopId(trip.to)]?, ..*trip });
        let stops = stops[place].iter().filter_map(opened);
        let mut row: Vec<RoundTrip> = sites[place].iter().copied().chain(stops).collect();
        row.sort_unstable_by_key(|way| (way.there, way.to));
        rows.push(row);
    }
    rows
}
