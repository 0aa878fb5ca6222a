//! Rows of a document by their ids.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use super::{Antenna, Depot, Leg, Place, PlanDocument, Stop, Tour};
use crate::outputs::moments::Zone;
use crate::units::ClockTime;

/// Looks up what ids name, and reads moments. Ids and moments of a [`PlanDocument`] were checked when it was made.
#[derive(Debug)]
pub struct Index<'a> {
    /// What it was made of.
    pub document: &'a PlanDocument,
    zone: Zone,
    depots: FxHashMap<&'a str, &'a Depot>,
    antennas: FxHashMap<&'a str, (usize, &'a Antenna)>,
    stops: FxHashMap<&'a str, (usize, &'a Stop)>,
    places: FxHashMap<&'a str, &'a Place>,
}

impl<'a> Index<'a> {
    /// Of a document; time and memory linear in its rows.
    pub fn new(document: &'a PlanDocument) -> Self {
        Self {
            document,
            zone: Zone::named(&document.scenario.timezone).expect("the time zone was checked on reading"),
            depots: document.depots.iter().map(|depot| (depot.id.as_str(), depot)).collect(),
            antennas: ranked(&document.antennas, |antenna| &antenna.id),
            stops: ranked(&document.stops, |stop| &stop.id),
            places: document.places.iter().map(|place| (place.id.as_str(), place)).collect(),
        }
    }

    /// The depot of that id.
    pub fn depot(&self, id: &str) -> &'a Depot {
        self.depots[id]
    }

    /// The antenna of that id.
    pub fn antenna(&self, id: &str) -> &'a Antenna {
        self.antennas[id].1
    }

    /// The antenna's position in its table.
    pub fn antenna_rank(&self, id: &str) -> usize {
        self.antennas[id].0
    }

    /// The stop of that id.
    pub fn stop(&self, id: &str) -> &'a Stop {
        self.stops[id].1
    }

    /// The stop's position in its table.
    pub fn stop_rank(&self, id: &str) -> usize {
        self.stops[id].0
    }

    /// The place of that id.
    pub fn place(&self, id: &str) -> &'a Place {
        self.places[id]
    }

    /// The legs of a tour: to each of its calls in order, and back to the depot at the end of each trip.
    pub fn legs(&self, tour: &Tour) -> &'a [Leg] {
        &self.document.legs[tour.way]
    }

    /// The clock of the tour's service day at a moment of the tour: past midnight it goes on, 25:30.
    pub fn clock(&self, tour: &Tour, moment: &str) -> ClockTime {
        self.zone.clock_time(tour.date, moment).expect("moments were checked on reading")
    }

    /// The clock of a service day at a moment around it; `None` if it is none.
    pub fn clock_on(&self, date: Date, moment: &str) -> Option<ClockTime> {
        self.zone.clock_time(date, moment)
    }

    /// The scenario's time zone.
    pub fn time_zone(&self) -> &TimeZone {
        self.zone.time_zone()
    }
}

fn ranked<'a, T>(rows: &'a [T], id: impl Fn(&'a T) -> &'a str) -> FxHashMap<&'a str, (usize, &'a T)> {
    rows.iter().enumerate().map(|(rank, row)| (id(row), (rank, row))).collect()
}
