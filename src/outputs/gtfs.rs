//! `gtfs.zip`: the timetable as General Transit Feed Specification (Schedule), for tools that show transit.
//!
//! An antenna is a route, a distinct tour's trip is a trip on the dates of that tour, an opening is a stop time: it
//! arrives when it opens for people and departs when it closes. Nobody may board or alight anywhere, as planners of
//! journeys would otherwise send people from village to village in the van.
//!
//! Public: it holds no households.

use std::io::{Cursor, Write as _};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;

use super::document::{Index, Leg, Position, Stop, Trip};
use super::markup::web_address;
use super::rounds::{Round, Visit, rounds, trips};
use super::sheet::inert;
use super::words as say;
use crate::diagnostics::Lang;
use crate::units::ClockTime;

/// Shown where the settings name no page, as the format asks for one: a name that leads nowhere (RFC 2606).
const NO_PAGE: &str = "https://example.invalid/";

/// Neither boarding nor alighting.
const NOBODY: &str = "1";

/// A bus: what comes nearest.
const BUS: &str = "3";

/// Metres of a degree of a great circle.
const METRES_OF_DEGREE: f64 = 111_195.0;

/// The file. The same plan gives the same bytes: it holds no clock.
pub fn gtfs(plan: &Index<'_>, lang: Lang) -> Vec<u8> {
    let feed = Feed { plan, lang, rounds: rounds(plan) };
    let tables = [
        ("agency.txt", feed.agency()),
        ("stops.txt", feed.stops()),
        ("routes.txt", feed.routes()),
        ("trips.txt", feed.trips()),
        ("stop_times.txt", feed.stop_times()),
        ("calendar_dates.txt", feed.calendar_dates()),
        ("shapes.txt", feed.shapes()),
        ("feed_info.txt", feed.feed_info()),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in tables {
        archive.start_file(name, options).expect("the names are short and distinct");
        archive.write_all(&bytes).expect("memory takes any row");
    }
    archive.finish().expect("memory takes any file").into_inner()
}

/// A trip of a distinct tour with its share of the way.
struct Run<'a> {
    round: &'a Round<'a>,
    id: String,
    trip: &'a Trip,
    visits: Vec<Visit<'a>>,
    is_last: bool,
    /// Its part of the line of the tour.
    line: &'a [Position],
    /// Position in `line` at which each of its legs ends.
    ends: Vec<usize>,
}

struct Feed<'a> {
    plan: &'a Index<'a>,
    lang: Lang,
    rounds: Vec<Round<'a>>,
}

impl Feed<'_> {
    fn agency(&self) -> Vec<u8> {
        let document = self.plan.document;
        let asked = &document.organisation;
        let row = vec![
            "1".to_owned(),
            inert(self.agency_name()),
            web_address(&asked.website).unwrap_or_else(|| NO_PAGE.to_owned()),
            document.scenario.timezone.clone(),
            self.code().to_owned(),
            inert(&asked.phone),
            inert(&asked.email),
        ];
        table(
            &[
                "agency_id",
                "agency_name",
                "agency_url",
                "agency_timezone",
                "agency_lang",
                "agency_phone",
                "agency_email",
            ],
            [row],
        )
    }

    fn agency_name(&self) -> &str {
        let document = self.plan.document;
        [&document.organisation.name, &document.scenario.title]
            .into_iter()
            .find(|name| !name.trim().is_empty())
            .map_or("tournee", String::as_str)
    }

    fn code(&self) -> &'static str {
        match self.lang {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// Served stops, and the depots that trips start from.
    fn stops(&self) -> Vec<u8> {
        let document = self.plan.document;
        let mut is_served = vec![false; document.stops.len()];
        for (_, _, call) in document.calls() {
            is_served[self.plan.stop_rank(&call.stop)] = true;
        }
        let stop = |stop: &Stop| {
            vec![
                stop_id(&stop.id),
                name(&stop.name),
                inert(&stop.directions),
                stop.lat.to_string(),
                stop.lon.to_string(),
            ]
        };
        let served = document.stops.iter().zip(&is_served).filter(|(_, served)| **served);
        let rows = served.map(|(row, _)| stop(row)).chain(document.depots.iter().map(|depot| {
            let name = name(&depot.name);
            vec![depot_id(&depot.id), name, String::new(), depot.lat.to_string(), depot.lon.to_string()]
        }));
        table(&["stop_id", "stop_name", "stop_desc", "stop_lat", "stop_lon"], rows)
    }

    fn routes(&self) -> Vec<u8> {
        let rows = self.plan.document.antennas.iter().map(|antenna| {
            vec![inert(&antenna.id), "1".to_owned(), String::new(), name(&antenna.name), BUS.to_owned()]
        });
        table(&["route_id", "agency_id", "route_short_name", "route_long_name", "route_type"], rows)
    }

    fn runs(&self) -> Vec<Run<'_>> {
        self.rounds.iter().flat_map(|round| self.runs_of(round)).collect()
    }

    fn runs_of<'s>(&'s self, round: &'s Round<'s>) -> Vec<Run<'s>> {
        let tour = round.tour;
        let (way, mut legs) = (&self.plan.document.ways[tour.way], self.plan.legs(tour));
        let trips = trips(self.plan, tour);
        let count = trips.len();
        let mut start = 0;
        let mut runs = Vec::with_capacity(count);
        for (number, (trip, visits)) in (1..).zip(trips) {
            let own: &[Leg];
            (own, legs) = legs.split_at(legs.len().min(visits.len() + 1));
            let end = own.last().map_or(start, |leg| leg.end);
            runs.push(Run {
                round,
                id: format!("{}-{number}", round.name),
                trip,
                visits,
                is_last: number == count,
                line: way.get(start..=end).unwrap_or_default(),
                ends: own.iter().map(|leg| leg.end - start).collect(),
            });
            start = end;
        }
        runs
    }

    fn trips(&self) -> Vec<u8> {
        let rows = self.runs().into_iter().map(|run| {
            let weekday = say::weekday(run.round.tour.date.weekday());
            let villages: Vec<&str> =
                run.visits.iter().map(|visit| self.plan.stop(&visit.call.stop).name.as_str()).collect();
            let headsign = format!("{} : {}", weekday.get(self.lang), villages.join(" – "));
            vec![inert(&run.round.tour.antenna), run.round.name.clone(), run.id.clone(), headsign, run.id]
        });
        table(&["route_id", "service_id", "trip_id", "trip_headsign", "shape_id"], rows)
    }

    fn stop_times(&self) -> Vec<u8> {
        let mut rows = Vec::new();
        for run in self.runs() {
            let antenna = self.plan.antenna(&run.round.tour.antenna);
            let clock = |moment: &str| self.plan.clock(run.round.tour, moment);
            let travelled = travelled(run.line);
            let end = if run.is_last { &antenna.end_depot } else { &antenna.depot };
            let (leave, back) = (clock(&run.trip.leave), clock(&run.trip.back));
            let openings =
                run.visits.iter().map(|visit| (stop_id(&visit.call.stop), visit.opens, visit.closes));
            let calls = [(depot_id(&antenna.depot), leave, leave)].into_iter().chain(openings).chain([(
                depot_id(end),
                back,
                back,
            )]);
            let reached = [0].into_iter().chain(run.ends.iter().copied());
            for (sequence, ((stop, arrives, departs), at)) in (1..).zip(calls.zip(reached)) {
                rows.push(vec![
                    run.id.clone(),
                    seconds(arrives),
                    seconds(departs),
                    stop,
                    sequence.to_string(),
                    NOBODY.to_owned(),
                    NOBODY.to_owned(),
                    metres(travelled.get(at).copied().unwrap_or_default()),
                ]);
            }
        }
        table(
            &[
                "trip_id",
                "arrival_time",
                "departure_time",
                "stop_id",
                "stop_sequence",
                "pickup_type",
                "drop_off_type",
                "shape_dist_traveled",
            ],
            rows,
        )
    }

    fn calendar_dates(&self) -> Vec<u8> {
        let rows = self.rounds.iter().flat_map(|round| {
            round.dates.iter().map(|&date| vec![round.name.clone(), compact(date), "1".to_owned()])
        });
        table(&["service_id", "date", "exception_type"], rows)
    }

    fn shapes(&self) -> Vec<u8> {
        let rows = self.runs().into_iter().flat_map(|run| {
            let points = run.line.iter().zip(travelled(run.line)).enumerate();
            points
                .map(|(index, ([lon, lat], way))| {
                    vec![
                        run.id.clone(),
                        lat.to_string(),
                        lon.to_string(),
                        (index + 1).to_string(),
                        metres(way),
                    ]
                })
                .collect::<Vec<_>>()
        });
        table(&["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence", "shape_dist_traveled"], rows)
    }

    fn feed_info(&self) -> Vec<u8> {
        let document = self.plan.document;
        let row = vec![
            inert(self.agency_name()),
            web_address(&document.organisation.website).unwrap_or_else(|| NO_PAGE.to_owned()),
            self.code().to_owned(),
            compact(document.scenario.start),
            compact(document.scenario.until),
            document.scenario.fingerprint.clone(),
        ];
        table(
            &[
                "feed_publisher_name",
                "feed_publisher_url",
                "feed_lang",
                "feed_start_date",
                "feed_end_date",
                "feed_version",
            ],
            [row],
        )
    }
}

fn table(headers: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(headers).expect("memory takes any row");
    for row in rows {
        table.write_record(row).expect("all rows have as many cells as headers");
    }
    table.into_inner().expect("memory takes any row")
}

/// Stops and depots share one list, and their ids may be the same.
fn stop_id(id: &str) -> String {
    format!("stop:{id}")
}

fn depot_id(id: &str) -> String {
    format!("depot:{id}")
}

/// A name that the format requires.
fn name(typed: &str) -> String {
    if typed.trim().is_empty() { "–".to_owned() } else { inert(typed) }
}

fn compact(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// `09:30:00`; past midnight the clock goes on.
fn seconds(time: ClockTime) -> String {
    format!("{time}:{:02}", time.get().rem_euclid(60))
}

/// To the millimetre: no two points of a line are nearer than a centimetre, and each is farther along than the last.
fn metres(way: f64) -> String {
    format!("{way:.3}")
}

/// Metres from the start of a line to each of its points, along it. The degrees of a leg are so few that the plane will do.
fn travelled(line: &[Position]) -> Vec<f64> {
    let mut way = 0.0;
    let mut before = line.first().copied().unwrap_or_default();
    let add = |&at: &Position| {
        let [east, north] = [at[0] - before[0], at[1] - before[1]];
        let east = east * f64::midpoint(at[1], before[1]).to_radians().cos();
        way += east.hypot(north) * METRES_OF_DEGREE;
        before = at;
        way
    };
    line.iter().map(add).collect()
}
