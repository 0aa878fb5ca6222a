//! Every point of the tables put on the roads of everybody who has to come there.
//!
//! A depot must be on the roads of each antenna it is a depot of, a stop on those of at least one of its antennas, a
//! place and an aid site on those of a car. What fails is an error with the user's row; all errors come together.
//! A point that is on the roads of cars and not on those of pedestrians is a warning: nobody is counted there on foot.

use rayon::prelude::*;

use super::Driver;
use super::findings::{self, Kind, Spot};
use crate::diagnostics::{Diagnostic, Location, Severity};
use crate::ids::{AntennaId, DepotId, StopId};
use crate::network::{RoadNetwork, Snap, SnapError};
use crate::tables::Dataset;
use crate::traveller::{Profile, Traveller};
use crate::units::{Metres, Need};

/// All points on the roads.
pub(super) struct Snapped {
    /// One a distinct traveller, in order.
    pub drivers: Vec<Driver>,
    /// Of households with a car.
    pub by_car: Homes,
    /// Of households without one.
    pub on_foot: Homes,
    pub warnings: Vec<Diagnostic>,
}

/// The points that people of one kind go from and to; none where they can't.
#[derive(Clone, Debug)]
pub(super) struct Homes {
    pub places: Vec<Option<Snap>>,
    pub sites: Vec<Option<Snap>>,
    pub stops: Vec<Option<Snap>>,
}

type Snaps = Vec<Result<Snap, SnapError>>;

/// Snaps everything for the antennas' `travellers`, for cars and for pedestrians.
pub(super) fn snap_all(
    dataset: &Dataset,
    network: &RoadNetwork,
    travellers: &[Traveller],
) -> Result<Snapped, Vec<Diagnostic>> {
    let tables = Tables::of(dataset);
    let (limit, today) = (dataset.settings.roads.snap_limit, dataset.settings.start);
    let everybody = Everybody {
        drivers: travellers
            .iter()
            .map(|traveller| OnRoads::vehicle(*traveller, &tables, network, limit))
            .collect(),
        car: OnRoads::people(Traveller::of(Profile::Car).on(today), &tables, network, limit),
        foot: OnRoads::people(Traveller::of(Profile::Foot).on(today), &tables, network, limit),
        limit,
    };
    let mut found = Vec::new();
    check_roads_exist(dataset, &everybody, &mut found);
    check_depots(dataset, &tables, &everybody, &mut found);
    check_stops(dataset, &tables, &everybody, &mut found);
    check_homes(dataset, &tables, &everybody, &mut found);
    if found.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(found);
    }
    let drivers = everybody.drivers.into_iter().map(OnRoads::into_driver).collect();
    Ok(Snapped {
        drivers,
        by_car: everybody.car.into_homes(),
        on_foot: everybody.foot.into_homes(),
        warnings: found,
    })
}

/// The four tables that have points.
struct Tables<'a> {
    depots: Vec<Spot<'a>>,
    stops: Vec<Spot<'a>>,
    places: Vec<Spot<'a>>,
    sites: Vec<Spot<'a>>,
}

impl<'a> Tables<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        let spot = |kind, id: &'a str, at, row: &'a Location| Spot { kind, id, at, row };
        Self {
            depots: dataset.depots.iter().map(|it| spot(Kind::Depot, &it.id, it.at, &it.row)).collect(),
            stops: dataset.stops.iter().map(|it| spot(Kind::Stop, &it.id, it.at, &it.row)).collect(),
            places: dataset.places.iter().map(|it| spot(Kind::Place, &it.id, it.at, &it.row)).collect(),
            sites: dataset.sites.iter().map(|it| spot(Kind::Site, &it.id, it.at, &it.row)).collect(),
        }
    }
}

/// The points one traveller may need, on its roads. Antennas need no places and no sites, people no depots.
struct OnRoads {
    traveller: Traveller,
    depots: Snaps,
    stops: Snaps,
    places: Snaps,
    sites: Snaps,
}

impl OnRoads {
    fn vehicle(traveller: Traveller, tables: &Tables<'_>, network: &RoadNetwork, limit: Metres) -> Self {
        let snap = |rows| snap_rows(network, &traveller, rows, limit);
        let (depots, stops) = (snap(&tables.depots), snap(&tables.stops));
        Self { traveller, depots, stops, places: Vec::new(), sites: Vec::new() }
    }

    fn people(traveller: Traveller, tables: &Tables<'_>, network: &RoadNetwork, limit: Metres) -> Self {
        let snap = |rows| snap_rows(network, &traveller, rows, limit);
        let (stops, places, sites) = (snap(&tables.stops), snap(&tables.places), snap(&tables.sites));
        Self { traveller, depots: Vec::new(), stops, places, sites }
    }

    /// The network has no road at all for this traveller.
    fn has_no_road(&self) -> bool {
        self.stops.iter().any(|snap| matches!(snap, Err(SnapError::TooFar { nearest: None })))
    }

    fn into_driver(self) -> Driver {
        Driver { traveller: self.traveller, snaps: known(self.depots.into_iter().chain(self.stops)) }
    }

    fn into_homes(self) -> Homes {
        Homes {
            places: known(self.places.into_iter()),
            sites: known(self.sites.into_iter()),
            stops: known(self.stops.into_iter()),
        }
    }
}

fn snap_rows(network: &RoadNetwork, traveller: &Traveller, rows: &[Spot<'_>], limit: Metres) -> Snaps {
    rows.par_iter().map(|row| network.snap(traveller, row.at, limit)).collect()
}

fn known(snaps: impl Iterator<Item = Result<Snap, SnapError>>) -> Vec<Option<Snap>> {
    snaps.map(Result::ok).collect()
}

struct Everybody {
    drivers: Vec<OnRoads>,
    car: OnRoads,
    foot: OnRoads,
    limit: Metres,
}

impl Everybody {
    fn driver_of(&self, dataset: &Dataset, antenna: AntennaId) -> &OnRoads {
        let traveller = dataset.antennas[antenna].traveller.on(dataset.settings.start);
        let known = self.drivers.iter().find(|driver| driver.traveller == traveller);
        known.expect("each antenna's traveller is among the distinct ones")
    }
}

/// Roads without a single one for somebody: said once, not for every point.
fn check_roads_exist(dataset: &Dataset, everybody: &Everybody, found: &mut Vec<Diagnostic>) {
    for driver in everybody.drivers.iter().filter(|driver| driver.has_no_road()) {
        found.push(findings::no_road_at_all(&driver.traveller));
    }
    let cars_are_named = everybody.drivers.iter().any(|driver| driver.traveller == everybody.car.traveller);
    if !dataset.places.is_empty() && everybody.car.has_no_road() && !cars_are_named {
        found.push(findings::no_road_at_all(&everybody.car.traveller));
    }
}

/// A depot is needed by the antennas that load or end there; one that nobody uses must suit somebody.
fn check_depots(dataset: &Dataset, tables: &Tables<'_>, everybody: &Everybody, found: &mut Vec<Diagnostic>) {
    for (index, spot) in tables.depots.iter().enumerate() {
        let depot = DepotId::from(index);
        let users = dataset.antennas.iter_enumerated();
        let mut drivers: Vec<&OnRoads> = users
            .filter(|(_, antenna)| antenna.depot == depot || antenna.end_depot == depot)
            .map(|(antenna, _)| everybody.driver_of(dataset, antenna))
            .collect();
        if drivers.is_empty() {
            drivers = everybody.drivers.iter().collect();
        }
        let failed = drivers.iter().find_map(|driver| Some((*driver, driver.depots[index].err()?)));
        if let Some((driver, error)) = failed {
            found.extend(findings::off_road(spot, &driver.traveller, error, everybody.limit));
        }
    }
}

/// A stop is needed by one of its antennas at least, and by the people who come to it where there are places.
fn check_stops(dataset: &Dataset, tables: &Tables<'_>, everybody: &Everybody, found: &mut Vec<Diagnostic>) {
    for (index, spot) in tables.stops.iter().enumerate() {
        let antennas = &dataset.stops[StopId::from(index)].antennas;
        let drivers = antennas.iter().map(|antenna| everybody.driver_of(dataset, *antenna));
        let failures: Option<Vec<_>> =
            drivers.map(|driver| Some((driver, driver.stops[index].err()?))).collect();
        if let Some(failures) = failures {
            // All failed: the nearest miss is the one to tell.
            if let Some((driver, error)) = failures.into_iter().min_by_key(|(_, error)| miss(*error)) {
                found.extend(findings::off_road(spot, &driver.traveller, error, everybody.limit));
            }
        } else if !dataset.places.is_empty() {
            warn_of_strays(spot, everybody, everybody.car.stops[index], everybody.foot.stops[index], found);
        }
    }
}

/// Places and aid sites must be on the roads of cars.
fn check_homes(dataset: &Dataset, tables: &Tables<'_>, everybody: &Everybody, found: &mut Vec<Diagnostic>) {
    let (car, foot) = (&everybody.car, &everybody.foot);
    let carless: Vec<bool> = dataset.places.iter().map(|place| place.need_without_car > Need::ZERO).collect();
    for (index, spot) in tables.places.iter().enumerate() {
        match car.places[index] {
            Err(error) => found.extend(findings::off_road(spot, &car.traveller, error, everybody.limit)),
            Ok(_) if carless[index] => {
                warn_of_strays(spot, everybody, car.places[index], foot.places[index], found);
            }
            Ok(_) => {}
        }
    }
    for (index, spot) in tables.sites.iter().enumerate() {
        match car.sites[index] {
            Err(error) => found.extend(findings::off_road(spot, &car.traveller, error, everybody.limit)),
            Ok(_) => warn_of_strays(spot, everybody, car.sites[index], foot.sites[index], found),
        }
    }
}

fn warn_of_strays(
    spot: &Spot<'_>,
    everybody: &Everybody,
    by_car: Result<Snap, SnapError>,
    on_foot: Result<Snap, SnapError>,
    found: &mut Vec<Diagnostic>,
) {
    for (snap, who) in [(by_car, &everybody.car), (on_foot, &everybody.foot)] {
        if let Err(error) = snap {
            found.push(findings::out_of_reach(spot, &who.traveller, error, everybody.limit));
        }
    }
}

/// How far off, for choosing the nearest of several misses.
fn miss(error: SnapError) -> Metres {
    match error {
        SnapError::TooFar { nearest } => nearest.unwrap_or(Metres::MAX),
        SnapError::OtherIsland { nearest } => nearest,
    }
}
