//! A correct plan, tight wherever a rule has a limit, so that a second more or less breaks it.
//!
//! Every two points are 20 minutes and 15 km apart. Cycle of two weeks from Monday 4 January 2027, published for
//! five weeks, to Sunday 7 February: the cycle repeats on 18 January and for one week from 1 February.
//!
//! - Alpha, Bravo, Charlie: every Tuesday by A1, in two trips with a break between them.
//! - Echo: Mondays and Thursdays by A2. Delta: every other Friday by A2. Foxtrot: the first Wednesday of a month by A2
//!   (6 January and 3 February, both on day 2 of the cycle; 20 January is reserved and not published).
//! - Golf refused. Hotel, optional, is left out.
//! - Alpha is closed on Tuesday 19 January, A2 on Thursday 28 January.
//!
//! Who comes, attendance being one half: five of the ten households of P1 to Alpha, two of the four of P3 on foot to
//! Charlie, twenty of the forty of P4 to Delta; P2 has an aid site in reach and is not counted. So Alpha serves 20
//! registered + 5 = 25 in 10 + 25 x 2 = 60 minutes; Charlie 15 + 2 = 17 in 44, rounded to 45; Delta 10 + 20 = 30, of
//! whom an opening of at most an hour serves 25.

use jiff::civil::Date;
use tournee::ids::{AntennaId, DepotId, PlaceId, StopId};
use tournee::matrix::{Reach, Travel, TravelMatrix};
use tournee::survey::{Node, Survey, roads, survey};
use tournee::tables::Dataset;
use tournee::timetable::{Call, Cancelled, RestTaken, Timetable, Tour, Trip};
use tournee::units::{ClockTime, Grams, Households, Metres, Seconds};

use crate::support::scenario;

const TABLES: &str = r#"
# scenario.toml
title = "Mutants"
start = 2027-01-04
weeks = 2
until = 2027-02-07
[coverage]
rule = "car-15min"
walk_minutes = 20
attendance = 0.5
count = "white-zones"
[announce]
rounding = 5
margin = 5

# depots.csv
id,lon,lat
D1,3.10,47.00
D2,3.12,47.00

# antennas.csv
id,depot,end_depot,capacity,capacity_kg,days,shift_start,shift_end,max_duty,max_driving,break_minutes,break_after,break_window,max_cold,reload_minutes,max_trips,service_points
A1,D1,D1,42,420,mar,08:35,14:00,5h25,1h40,30,2h55,11:30-12:00,2h35,30,2,1
A2,D2,D1,60,600,lun-ven,09:35,11:20,1h45,40min,,,,1h25,,,1

# stops.csv
id,name,lon,lat,households,kg_per_household,rhythm,days,opens,setup_minutes,minutes_per_household,min_minutes,max_minutes,priority,antennas,min_gap_days,max_gap_days,status
alpha,Alpha,3.20,47.00,20,10,weekly,mar,Tu 09:00-10:00,10,2,30,90,required,A1,,,agreed
bravo,Bravo,3.30,47.00,17,10,weekly,mar,Tu 10:25-11:10,10,2,30,90,required,A1,,,agreed
charlie,Charlie,3.40,47.00,15,10,weekly,mar,Tu 12:55-13:40,10,2,30,90,required,A1,,,agreed
delta,Delta,3.50,47.00,10,10,fortnightly,ven,Fr 10:00-11:00,10,2,30,60,required,A2,,,agreed
echo,Echo,3.60,47.00,10,10,2/week,lun-ven,Mo-Fr 10:00-12:00,10,2,30,90,required,A2,3,4,agreed
foxtrot,Foxtrot,3.70,47.00,10,10,1st wed of month,mer,We 10:00-10:30,10,2,30,90,required,A2,,,agreed
golf,Golf,3.80,47.00,5,10,weekly,,,10,2,30,90,optional,A2,,,refused
hotel,Hotel,3.90,47.00,5,10,weekly,,,10,2,30,90,optional,A2,,,agreed

# places.csv
id,lon,lat,households,carless_share
P1,3.21,47.01,10,0
P2,3.22,47.01,8,0
P3,3.23,47.01,4,1
P4,3.24,47.01,40,0

# aid_sites.csv
id,lon,lat
S1,3.25,47.02

# closures.csv
date,stop,antenna,reason
2027-01-19,alpha,,travaux
2027-01-28,,A2,contrôle technique

# locks.csv
stop,date,weekday,antenna,time
bravo,,mardi,A1,10:25
delta,2027-01-08,,A2,
"#;

pub const ALPHA: StopId = StopId(0);
pub const BRAVO: StopId = StopId(1);
pub const CHARLIE: StopId = StopId(2);
pub const DELTA: StopId = StopId(3);
pub const ECHO: StopId = StopId(4);
pub const FOXTROT: StopId = StopId(5);
pub const GOLF: StopId = StopId(6);
pub const HOTEL: StopId = StopId(7);
pub const A1: AntennaId = AntennaId(0);
pub const A2: AntennaId = AntennaId(1);

/// Tables, roads and a plan: what a mutant may damage.
#[derive(Clone)]
pub struct World {
    pub dataset: Dataset,
    pub survey: Survey,
    pub plan: Timetable,
}

/// `10:25` or `10:25:30`.
pub fn at(clock: &str) -> ClockTime {
    let parts: Vec<i32> = clock.split(':').map(|part| part.parse().expect("a clock time")).collect();
    ClockTime(parts[0] * 3600 + parts[1] * 60 + parts.get(2).copied().unwrap_or(0))
}

pub fn day(date: &str) -> Date {
    date.parse().expect("an ISO date")
}

/// The correct plan.
pub fn good() -> World {
    let dataset = scenario::dataset(TABLES);
    let survey = surveyed(&dataset);
    let mut world = World { dataset, survey, plan: Timetable::default() };
    for tuesday in ["2027-01-05", "2027-01-12", "2027-01-26", "2027-02-02"] {
        world.add(
            A1,
            tuesday,
            &[
                "08:35 | alpha 08:55 09:00-10:00 25 | bravo 10:20 10:25-11:10 17 | 11:30",
                "12:30 | charlie 12:50 12:55-13:40 17 | 14:00",
            ],
        );
        world.tour(A1, tuesday).rest = Some(RestTaken { start: at("11:30"), end: at("12:00") });
    }
    world.add(
        A1,
        "2027-01-19",
        &["10:00 | bravo 10:20 10:25-11:10 17 | 11:30", "12:30 | charlie 12:50 12:55-13:40 17 | 14:00"],
    );
    world.tour(A1, "2027-01-19").rest = Some(RestTaken { start: at("11:30"), end: at("12:00") });
    world.cancel(ALPHA, A1, "2027-01-19", "09:00-10:00");
    for date in ["2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"] {
        world.add(A2, date, &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }
    for date in ["2027-01-07", "2027-01-14", "2027-01-21", "2027-02-04"] {
        world.add(A2, date, &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }
    world.cancel(ECHO, A2, "2027-01-28", "10:00-10:30");
    for date in ["2027-01-08", "2027-01-22", "2027-02-05"] {
        world.add(A2, date, &["09:35 | delta 09:55 10:00-11:00 25 | 11:20"]);
        world.call(DELTA, date).turned_away = Households(5);
    }
    for date in ["2027-01-06", "2027-02-03"] {
        world.add(A2, date, &["09:35 | foxtrot 09:55 10:00-10:30 10 | 10:50"]);
    }
    world.total();
    world
}

/// Real snapping, hand-made travel.
fn surveyed(dataset: &Dataset) -> Survey {
    let network = roads(dataset).expect("a sketch needs no file");
    let mut survey = survey(dataset, &network).value.expect("every point of a sketch is on it");
    let size = dataset.depots.len() + dataset.stops.len();
    let apart = Travel { seconds: Seconds(1200), metres: Metres(15_000) };
    let here = Travel { seconds: Seconds(0), metres: Metres(0) };
    let cells = (0..size * size).map(|cell| Some(if cell / size == cell % size { here } else { apart }));
    survey.matrices = vec![TravelMatrix::from_cells(size, size, cells)];
    survey.matrix_of = dataset.antennas.iter().map(|_| 0).collect();
    let reach = |rows: [&[(u32, i32)]; 4]| Reach {
        rows: rows
            .map(|row| {
                let travel =
                    |minutes| Travel { seconds: Seconds(60 * minutes), metres: Metres(1000 * minutes) };
                row.iter().map(|&(to, minutes)| (to, travel(minutes))).collect()
            })
            .into(),
    };
    // P1 is nearest to Alpha; P2 has the aid site; P3 lives without cars; P4 is nearest to Hotel, which is not open.
    survey.stops_by_car = reach([&[(0, 10), (1, 12)], &[(2, 5)], &[(1, 4)], &[(7, 6), (3, 15), (4, 16)]]);
    survey.stops_on_foot = reach([&[], &[], &[(2, 20)], &[]]);
    survey.sites_by_car = reach([&[(0, 16)], &[(0, 15)], &[], &[]]);
    survey.sites_on_foot = reach([&[], &[], &[], &[]]);
    survey
}

impl World {
    pub fn check(&self) -> Vec<tournee::check::Violation> {
        tournee::check::check(&self.dataset, &self.survey, &self.plan)
    }

    /// Adds a tour: for each trip `leave | stop arrival start-end households | ... | back`. It leaves a stop at the
    /// end of the opening, and announces the opening.
    pub fn add(&mut self, antenna: AntennaId, date: &str, trips: &[&str]) {
        let trips = trips.iter().map(|text| self.trip(text)).collect();
        let id = format!("{}-{date}", self.dataset.antennas[antenna].id);
        let (rest, distance, driving) = (None, Metres(0), Seconds(0));
        let tour = Tour { id, antenna, date: day(date), trips, rest, distance, driving };
        self.plan.tours.push(tour);
        self.total();
    }

    fn trip(&self, text: &str) -> Trip {
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        let [leave, calls @ .., back] = &parts[..] else { panic!("a trip leaves and is back") };
        Trip {
            leave: at(leave),
            back: at(back),
            calls: calls.iter().map(|call| self.parse_call(call)).collect(),
        }
    }

    fn parse_call(&self, text: &str) -> Call {
        let words: Vec<&str> = text.split_whitespace().collect();
        let stop =
            self.dataset.stops.iter_enumerated().find(|(_, row)| row.id == words[0]).expect("a stop").0;
        let (start, end) = words[2].split_once('-').expect("an opening");
        let households: i32 = words[3].parse().expect("households");
        Call {
            stop,
            arrival: at(words[1]),
            start: at(start),
            end: at(end),
            departure: at(end),
            opens: at(start),
            closes: at(end),
            households: Households(households),
            turned_away: Households(0),
            load: Grams(10_000 * i64::from(households)),
        }
    }

    pub fn cancel(&mut self, stop: StopId, antenna: AntennaId, date: &str, opening: &str) {
        let (opens, closes) = opening.split_once('-').expect("an opening");
        let (date, opens, closes) = (day(date), at(opens), at(closes));
        let reason = String::new();
        self.plan.cancelled.push(Cancelled { stop, antenna, date, opens, closes, reason });
    }

    pub fn tour(&mut self, antenna: AntennaId, date: &str) -> &mut Tour {
        let date = day(date);
        let found = self.plan.tours.iter_mut().find(|tour| tour.antenna == antenna && tour.date == date);
        found.expect("a tour of the plan")
    }

    pub fn call(&mut self, stop: StopId, date: &str) -> &mut Call {
        let date = day(date);
        let calls = self.plan.tours.iter_mut().filter(|tour| tour.date == date);
        let mut calls = calls.flat_map(|tour| &mut tour.trips).flat_map(|trip| &mut trip.calls);
        calls.find(|call| call.stop == stop).expect("a call of the plan")
    }

    /// Takes tours out.
    pub fn drop_tours(&mut self, antenna: AntennaId, dates: &[&str]) {
        let dates: Vec<Date> = dates.iter().map(|date| day(date)).collect();
        self.plan.tours.retain(|tour| tour.antenna != antenna || !dates.contains(&tour.date));
    }

    /// Takes a visit out of its tour, which keeps all its other times.
    pub fn drop_call(&mut self, stop: StopId, date: &str) {
        let date = day(date);
        for tour in self.plan.tours.iter_mut().filter(|tour| tour.date == date) {
            for trip in &mut tour.trips {
                trip.calls.retain(|call| call.stop != stop);
            }
        }
        self.total();
    }

    /// Driving and length of all tours, from the travel table.
    pub fn total(&mut self) {
        for tour in &mut self.plan.tours {
            let antenna = &self.dataset.antennas[tour.antenna];
            let (mut driving, mut metres) = (0, 0);
            let count = tour.trips.len();
            for (index, trip) in tour.trips.iter().enumerate() {
                let home = if index + 1 == count { antenna.end_depot } else { antenna.depot };
                let stops = trip.calls.iter().map(|call| Node::Stop(call.stop));
                let nodes: Vec<Node> = [Node::Depot(antenna.depot)]
                    .into_iter()
                    .chain(stops)
                    .chain([Node::Depot(home)])
                    .collect();
                for leg in nodes.windows(2) {
                    if let Some(travel) = self.survey.travel(tour.antenna, leg[0], leg[1]) {
                        driving += travel.seconds.get();
                        metres += travel.metres.get();
                    }
                }
            }
            (tour.driving, tour.distance) = (Seconds(driving), Metres(metres));
        }
    }

    /// Sets the travel between two points, both ways; `None`: no road.
    pub fn set_travel(&mut self, from: Node, to: Node, travel: Option<Travel>) {
        let (from, to) = (self.survey.point(from), self.survey.point(to));
        let old = &self.survey.matrices[0];
        let cells: Vec<Option<Travel>> = (0..old.rows())
            .flat_map(|row| (0..old.columns()).map(move |column| (row, column)))
            .map(
                |pair| {
                    if pair == (from, to) || pair == (to, from) { travel } else { old.get(pair.0, pair.1) }
                },
            )
            .collect();
        self.survey.matrices = vec![TravelMatrix::from_cells(old.rows(), old.columns(), cells)];
    }
}

/// The depot of A1.
pub const D1: Node = Node::Depot(DepotId(0));

/// Whose households come to Alpha.
pub const P1: PlaceId = PlaceId(0);
