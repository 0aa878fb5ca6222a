//! What the roads say about a scenario: every depot, stop, place and aid site snapped, and the travel between them.
//!
//! In: the dataset and its roads. Out: a [`Survey`], or an error for each point that no usable road reaches, all
//! at once. This is where tables and roads meet; who is near enough to what is left to `coverage`, and a stop that
//! is on the roads but can't be driven to from a depot is left to `model`.

mod findings;
mod place_reach;
mod round_trips;
mod snapping;

use geo::Point;
use typed_index_collections::TiVec;

use crate::diagnostics::{Diagnostic, Report};
use crate::ids::{AntennaId, DepotId, StopId};
use crate::matrix::{self, Leg, Reach, ReachLimit, Travel, TravelMatrix, Trip};
use crate::network::{NetworkError, RoadNetwork, SketchSettings, Snap};
use crate::tables::{CoverageSettings, Dataset, RoadSource};
use crate::traveller::{Profile, Traveller};
use crate::units::{Metres, Seconds};
use snapping::Homes;

pub use crate::matrix::RoundTrip;
pub use place_reach::{PAIRS_MAX, PlaceReach, SpotKind, StopSpot, TooManyPairs, place_reach};
pub use round_trips::{RoundTrips, TripRows, round_trips};

/// How far from a place stops are looked for by car at least, so that a report can say "38 minutes" of a place that is
/// not covered.
pub const CAR_TIME_BOUND: Seconds = Seconds::from_minutes(45);

/// The same where the rule is a length of road and no time.
pub const CAR_ROAD_BOUND: Metres = Metres(45_000);

/// A point a vehicle stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A depot.
    Depot(DepotId),
    /// A stop.
    Stop(StopId),
}

/// Everything measured on the roads.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Roads are a sketch: every output says so.
    pub is_sketch: bool,
    /// One table a distinct traveller, square over all depots, then all stops.
    pub matrices: Vec<TravelMatrix>,
    /// Which of `matrices` an antenna drives by.
    pub matrix_of: TiVec<AntennaId, usize>,
    /// From each place to the nearest aid site by car, however far; where the rule has a length of road also to all that
    /// are within it, as the nearest in time need not be. Nearest first.
    pub sites_by_car: Reach,
    /// From each place to the nearest aid site on foot, however far.
    pub sites_on_foot: Reach,
    /// From each place to the stops by car, nearest first, as far as [`car_bound`].
    pub stops_by_car: Reach,
    /// From each place to the stops within the walking limit, nearest first.
    pub stops_on_foot: Reach,
    drivers: Vec<Driver>,
    /// Where people by car, and on foot, meet the roads.
    homes: [Homes; 2],
    depot_count: usize,
}

/// A distinct traveller among the antennas, and where it meets the roads.
#[derive(Clone, Debug)]
struct Driver {
    traveller: Traveller,
    /// Depots, then stops; none where this traveller has no road near although another one has.
    snaps: Vec<Option<Snap>>,
}

impl Survey {
    /// Position of a node in `matrices`.
    pub fn point(&self, node: Node) -> usize {
        match node {
            Node::Depot(depot) => depot.index(),
            Node::Stop(stop) => self.depot_count + stop.index(),
        }
    }

    /// The fastest way of `antenna` from one node to another.
    pub fn travel(&self, antenna: AntennaId, from: Node, to: Node) -> Option<Travel> {
        self.matrices[self.matrix_of[antenna]].get(self.point(from), self.point(to))
    }

    /// The road of `antenna` from one node to another; its travel equals [`Survey::travel`].
    ///
    /// One search of the network a call: for the legs of a finished plan, not for a search.
    pub fn leg(&self, network: &RoadNetwork, antenna: AntennaId, from: Node, to: Node) -> Option<Leg> {
        let driver = &self.drivers[self.matrix_of[antenna]];
        let from = driver.snaps[self.point(from)]?;
        let to = driver.snaps[self.point(to)]?;
        matrix::leg(network, &driver.traveller, &from, &to)
    }
}

/// Opens or sketches the roads that the settings name, at the speeds they give.
pub fn roads(dataset: &Dataset) -> Result<RoadNetwork, NetworkError> {
    let settings = &dataset.settings.roads;
    match &settings.source {
        RoadSource::File(path) => Ok(RoadNetwork::open(path)?.with_speeds(&settings.class_speeds)),
        RoadSource::Sketch => Ok(RoadNetwork::sketch(
            &all_points(dataset),
            &SketchSettings {
                neighbours: settings.sketch_neighbours,
                detour: settings.sketch_detour,
                speeds: settings.sketch_speeds.clone(),
            },
        )),
    }
}

/// Snaps everything and measures the travel between.
///
/// Time: a search of the network for each depot and stop a distinct traveller, two for all aid sites at once, and two
/// bounded ones a place, all in parallel. Memory: the square of depots and stops a distinct traveller, and the stops in
/// reach of places. Journeys are those of the cycle's first day: roads that are closed on it are closed throughout.
pub fn survey(dataset: &Dataset, network: &RoadNetwork) -> Report<Survey> {
    let travellers = distinct_travellers(dataset);
    let snapped = match snapping::snap_all(dataset, network, &travellers.list) {
        Ok(snapped) => snapped,
        Err(findings) => return Report::failed(findings),
    };
    let car = Traveller::of(Profile::Car).on(dataset.settings.start);
    let foot = Traveller::of(Profile::Foot).on(dataset.settings.start);
    let by_car = car_bound(&dataset.settings.coverage);
    let on_foot = ReachLimit { seconds: Some(dataset.settings.coverage.walk_limit), metres: None };
    let survey = Survey {
        is_sketch: network.is_sketch(),
        matrices: snapped.drivers.iter().map(|driver| table(network, driver)).collect(),
        matrix_of: travellers.of_antenna,
        sites_by_car: sites_by_car(network, &car, &snapped.by_car, dataset.settings.coverage.road_limit),
        sites_on_foot: nearest_sites(network, &foot, &snapped.on_foot),
        stops_by_car: reach(network, &car, &snapped.by_car.places, &snapped.by_car.stops, by_car),
        stops_on_foot: reach(network, &foot, &snapped.on_foot.places, &snapped.on_foot.stops, on_foot),
        drivers: snapped.drivers,
        homes: [snapped.by_car, snapped.on_foot],
        depot_count: dataset.depots.len(),
    };
    let warnings = [roads_in_doubt(network, &survey), snapped.warnings].concat();
    Report::new(survey, warnings)
}

/// What there is to say about the roads themselves: a torn extract, and roads that nothing joins to the others for an
/// antenna or for cars, each once.
fn roads_in_doubt(network: &RoadNetwork, survey: &Survey) -> Vec<Diagnostic> {
    let drivers = survey.drivers.iter().map(|driver| driver.traveller);
    let mut found = network.warnings();
    for traveller in drivers.chain([Traveller::of(Profile::Car)]) {
        for finding in network.dropped(&traveller) {
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
    }
    found
}

/// How far [`Survey::stops_by_car`] goes: to the rule's limit, and at least to
/// [`CAR_TIME_BOUND`] (or [`CAR_ROAD_BOUND`] where the rule has no time). Without any limit: as far as roads go.
pub fn car_bound(rule: &CoverageSettings) -> ReachLimit {
    match (rule.drive_limit, rule.road_limit) {
        (Some(drive), _) => ReachLimit { seconds: Some(drive.max(CAR_TIME_BOUND)), metres: None },
        (None, Some(road)) => ReachLimit { seconds: None, metres: Some(road.max(CAR_ROAD_BOUND)) },
        (None, None) => ReachLimit::default(),
    }
}

/// Every point of the tables: depots, stops, places, aid sites.
fn all_points(dataset: &Dataset) -> Vec<Point> {
    let depots = dataset.depots.iter().map(|depot| depot.at);
    let stops = dataset.stops.iter().map(|stop| stop.at);
    let places = dataset.places.iter().map(|place| place.at);
    let sites = dataset.sites.iter().map(|site| site.at);
    depots.chain(stops).chain(places).chain(sites).collect()
}

struct Travellers {
    /// In the order of the first antenna that is one.
    list: Vec<Traveller>,
    of_antenna: TiVec<AntennaId, usize>,
}

fn distinct_travellers(dataset: &Dataset) -> Travellers {
    let mut list: Vec<Traveller> = Vec::new();
    let of_antenna = dataset
        .antennas
        .iter()
        .map(|antenna| {
            let traveller = antenna.traveller.on(dataset.settings.start);
            list.iter().position(|known| *known == traveller).unwrap_or_else(|| {
                list.push(traveller);
                list.len() - 1
            })
        })
        .collect();
    Travellers { list, of_antenna }
}

/// Travel between all depots and stops; no way from or to those that have no snap.
fn table(network: &RoadNetwork, driver: &Driver) -> TravelMatrix {
    let known: Vec<Snap> = driver.snaps.iter().copied().flatten().collect();
    let inner = matrix::travel_matrix(network, &driver.traveller, &known, &known);
    let size = driver.snaps.len();
    if known.len() == size {
        return inner;
    }
    let inner_of = positions(&driver.snaps);
    let pairs = (0..size).flat_map(|from| (0..size).map(move |to| (from, to)));
    let cells = pairs.map(|(from, to)| inner.get(inner_of[from]?, inner_of[to]?));
    TravelMatrix::from_cells(size, size, cells)
}

/// From each place to the nearest site, and to all within the rule's length of road.
fn sites_by_car(network: &RoadNetwork, car: &Traveller, homes: &Homes, road_limit: Option<Metres>) -> Reach {
    let mut sites = nearest_sites(network, car, homes);
    let Some(metres) = road_limit else { return sites };
    let limit = ReachLimit { seconds: None, metres: Some(metres) };
    let within = reach(network, car, &homes.places, &homes.sites, limit);
    for (row, more) in sites.rows.iter_mut().zip(within.rows) {
        let nearest = row.first().map(|(site, _)| *site);
        row.extend(more.into_iter().filter(|(site, _)| Some(*site) != nearest));
    }
    sites
}

/// From each place to the nearest site: one search from all sites at once.
fn nearest_sites(network: &RoadNetwork, traveller: &Traveller, homes: &Homes) -> Reach {
    let (places, sites) = (Present::of(&homes.places), Present::of(&homes.sites));
    let mut rows = vec![Vec::new(); homes.places.len()];
    if places.snaps.is_empty() || sites.snaps.is_empty() {
        return Reach { rows };
    }
    let found = matrix::nearest(network, traveller, &places.snaps, &sites.snaps, Trip::There);
    for (place, nearest) in places.rows.iter().zip(found) {
        rows[*place as usize].extend(nearest.map(|(site, travel)| (sites.rows[site as usize], travel)));
    }
    Reach { rows }
}

/// The points of a table that are on somebody's roads, and their rows.
struct Present {
    snaps: Vec<Snap>,
    rows: Vec<u32>,
}

impl Present {
    fn of(points: &[Option<Snap>]) -> Self {
        let (rows, snaps) = (0..).zip(points).filter_map(|(row, snap)| Some((row, (*snap)?))).unzip();
        Self { snaps, rows }
    }
}

/// From each `from` the `to` within `limit`: by seconds, then metres, then the order of the table.
fn reach(
    network: &RoadNetwork,
    traveller: &Traveller,
    from: &[Option<Snap>],
    to: &[Option<Snap>],
    limit: ReachLimit,
) -> Reach {
    let (origins, targets) = (Present::of(from), Present::of(to));
    let mut rows = vec![Vec::new(); from.len()];
    if origins.snaps.is_empty() || targets.snaps.is_empty() {
        return Reach { rows };
    }
    let found = matrix::reach(network, traveller, &origins.snaps, &targets.snaps, limit);
    for (origin, mut row) in origins.rows.iter().zip(found.rows) {
        // Rows of the table stand in the order of the points: what was nearest first still is.
        for (target, _) in &mut row {
            *target = targets.rows[*target as usize];
        }
        rows[*origin as usize] = row;
    }
    Reach { rows }
}

/// For each snap its position among those that are there.
fn positions(snaps: &[Option<Snap>]) -> Vec<Option<usize>> {
    let mut next = 0;
    snaps
        .iter()
        .map(|snap| {
            snap.map(|_| {
                next += 1;
                next - 1
            })
        })
        .collect()
}
