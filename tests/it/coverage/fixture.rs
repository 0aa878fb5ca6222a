//! Datasets put together point by point, on sketch roads of 10 m/s and no detour: a kilometre is 100 s.

use geo::Point;
use tournee::coverage::{CoverSets, cover_sets};
use tournee::diagnostics::{Lang, Location};
use tournee::ids::{AntennaId, DepotId, StopId};
use tournee::survey::{roads, survey};
use tournee::tables::{
    AidSite, AnnounceSettings, Antenna, Count, CoverageSettings, Dataset, DecayRule, Depot, NeedSettings,
    ObjectiveSettings, Organisation, Place, Priority, Rhythm, RoadSettings, RoadSource, Settings, SiteKind,
    SolverSettings, Status, Stop,
};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Cost, Grams, Households, Metres, Need, Seconds, Window};

/// One week, no tables, fifteen minutes by car and as many on foot, everybody comes.
pub fn empty() -> Dataset {
    Dataset {
        settings: Settings {
            title: String::new(),
            note: String::new(),
            start: jiff::civil::date(2027, 1, 4),
            weeks: 1,
            until: jiff::civil::date(2027, 1, 10),
            timezone: "Europe/Paris".into(),
            language: Lang::Fr,
            roads: RoadSettings {
                class_speeds: Vec::new(),
                source: RoadSource::Sketch,
                sketch_neighbours: 2,
                sketch_detour: 1.0,
                sketch_speeds: vec![(Metres(1000), 36)],
                snap_limit: Metres(1000),
            },
            coverage: CoverageSettings {
                rule: "custom".into(),
                drive_limit: Some(Seconds(900)),
                road_limit: None,
                walk_limit: Seconds(900),
                attendance_permille: 1000,
                count: Count::WhiteZones,
                thresholds: [10, 15, 20, 30].map(Seconds::from_minutes).to_vec(),
                decay: DecayRule::Zones,
            },
            objective: ObjectiveSettings { value_per_household: Cost(0), missed_visit: Cost(0) },
            solver: SolverSettings { time: Seconds(1), seed: 1, iterations: None },
            announce: AnnounceSettings { rounding: Seconds(300), margin: Seconds(0) },
            need: NeedSettings {
                is_estimated: false,
                persons_per_household: 2.1,
                poverty_line: 13_896.0,
                income_spread: 0.43,
                carless_share: 0.2,
            },
            organisation: Organisation::default(),
        },
        depots: Vec::new().into(),
        antennas: Vec::new().into(),
        stops: Vec::new().into(),
        places: Vec::new().into(),
        sites: Vec::new().into(),
        closures: Vec::new(),
        locks: Vec::new(),
        territory: None,
    }
}

/// A row of a table, as messages name it.
fn row(file: &str, index: usize) -> Location {
    Location { row: Some(index as u32 + 2), ..Location::file(file) }
}

/// The point `metres` north of 3° E, 47° N (a degree of latitude is 111 174 m there).
pub fn north(metres: f64) -> Point {
    Point::new(3.0, 47.0 + metres / 111_174.0)
}

/// Adds a place with need (with a car, without), in thousandths of a household.
pub fn place(dataset: &mut Dataset, at: Point, (with_car, without_car): (i64, i64)) {
    let index = dataset.places.len();
    dataset.places.push(Place {
        id: format!("P{index}"),
        name: format!("P{index}"),
        insee: String::new(),
        at,
        need_is_known: true,
        need_with_car: Need(with_car),
        need_without_car: Need(without_car),
        population: None,
        department: String::new(),
        epci: String::new(),
        referred_to: None,
        row: row("places.csv", index),
    });
}

/// Adds an aid site.
pub fn site(dataset: &mut Dataset, at: Point) {
    let index = dataset.sites.len();
    dataset.sites.push(AidSite {
        id: format!("A{index}"),
        name: format!("A{index}"),
        at,
        network: String::new(),
        opens: String::new(),
        openings: None,
        weekly_capacity: None,
        row: row("aid_sites.csv", index),
    });
}

/// Adds a depot.
pub fn depot(dataset: &mut Dataset, at: Point) {
    let index = dataset.depots.len();
    let id = format!("D{index}");
    dataset.depots.push(Depot { name: id.clone(), id, at, row: row("depots.csv", index) });
}

/// Adds an antenna of the first depot.
pub fn antenna(dataset: &mut Dataset, traveller: Traveller) {
    let index = dataset.antennas.len();
    dataset.antennas.push(Antenna {
        id: format!("V{index}"),
        name: format!("V{index}"),
        depot: DepotId(0),
        end_depot: DepotId(0),
        capacity: Some(Households(60)),
        capacity_mass: None,
        works: vec![true; 7],
        shift: Window::ALL_DAY,
        max_duty: None,
        max_driving: None,
        rest: None,
        max_cold: None,
        reload: None,
        max_trips: 1,
        service_points: 1,
        crew: 1,
        traveller,
        cost_per_day: Cost(0),
        cost_per_km: Cost(0),
        cost_per_hour: Cost(0),
        row: row("antennas.csv", index),
    });
}

/// Adds an optional stop that every antenna so far may serve.
pub fn stop(dataset: &mut Dataset, at: Point) {
    let index = dataset.stops.len();
    dataset.stops.push(Stop {
        id: format!("S{index}"),
        name: format!("S{index}"),
        commune: String::new(),
        insee: String::new(),
        at,
        households: Households(0),
        mass_per_household: Grams(0),
        rhythm: Rhythm::PerWeek { times: 1 },
        windows: vec![vec![Window::ALL_DAY]; 7],
        setup: Seconds(0),
        time_per_household: Seconds(0),
        min_service: Seconds(0),
        max_service: Seconds(3600),
        priority: Priority::Optional,
        value: None,
        antennas: (0..dataset.antennas.len()).map(AntennaId::from).collect(),
        site: SiteKind::Tailgate,
        min_gap_days: None,
        max_gap_days: None,
        status: Status::Agreed,
        directions: String::new(),
        row: row("stops.csv", index),
    });
}

/// A dataset with a depot and a van at 47° N.
pub fn with_van() -> Dataset {
    let mut dataset = empty();
    depot(&mut dataset, north(0.0));
    antenna(&mut dataset, Traveller::of(Profile::Van));
    dataset
}

/// Who reaches what, on sketch roads.
pub fn covers(dataset: &Dataset) -> CoverSets {
    let network = roads(dataset).expect("a sketch always opens");
    let surveyed = survey(dataset, &network);
    cover_sets(dataset, &surveyed.value.expect("points of a sketch always meet it"))
}

/// The stops of these positions open.
pub fn open(dataset: &Dataset, stops: &[usize]) -> typed_index_collections::TiVec<StopId, bool> {
    dataset.stops.keys().map(|stop| stops.contains(&stop.index())).collect()
}
