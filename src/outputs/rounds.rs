//! Distinct tours: a cycle repeats its tours, and a driver needs each sheet and each track once.

use std::fmt::Write as _;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::document::{Call, Index, Tour, Trip};
use super::names::safe_names;
use crate::units::ClockTime;

/// A tour and the dates on which it is driven in just that way, at the same times and with the same loads.
#[derive(Clone, Debug)]
pub struct Round<'a> {
    /// On its first date.
    pub tour: &'a Tour,
    /// In order, all on one weekday.
    pub dates: Vec<Date>,
    /// For files and identifiers: unique and safe.
    pub name: String,
}

/// All distinct tours, by first date, then antenna.
pub fn rounds<'a>(plan: &Index<'a>) -> Vec<Round<'a>> {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut rounds: Vec<Round<'a>> = Vec::new();
    for tour in &plan.document.tours {
        let index = *known.entry(key(plan, tour)).or_insert_with(|| {
            rounds.push(Round { tour, dates: Vec::new(), name: String::new() });
            rounds.len() - 1
        });
        rounds[index].dates.push(tour.date);
    }
    let names = safe_names(rounds.iter().map(|round| round.tour.id.as_str()));
    for (round, name) in rounds.iter_mut().zip(names) {
        round.name = name;
    }
    rounds
}

/// Equal for tours that differ in nothing but their date.
fn key(plan: &Index<'_>, tour: &Tour) -> String {
    let weekday = tour.date.weekday().to_monday_zero_offset();
    let mut key = format!("{:?} {weekday} {}", tour.antenna, tour.way);
    let mut add = |moments: &[&String]| {
        for moment in moments {
            write!(key, " {}", plan.clock(tour, moment).get()).expect("a string grows");
        }
    };
    if let Some(rest) = &tour.r#break {
        add(&[&rest.start, &rest.end]);
    }
    for trip in &tour.trips {
        add(&[&trip.leave, &trip.back]);
        for call in &trip.calls {
            add(&[&call.arrival, &call.start, &call.end, &call.departure, &call.opens, &call.closes]);
        }
    }
    for call in tour.calls() {
        write!(key, " {:?} {:?} {:?} {:?}", call.stop, call.households, call.turned_away, call.load_kg)
            .expect("a string grows");
    }
    write!(key, " {:?}", tour.trips.iter().map(|trip| trip.calls.len()).collect::<Vec<_>>())
        .expect("a string grows");
    key
}

/// A call with its position in the tour, from 1, and the announced times on the clock of the service day.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// What is planned.
    pub call: &'a Call,
    /// From 1, over all trips.
    pub number: usize,
    /// Announced.
    pub opens: ClockTime,
    /// Announced.
    pub closes: ClockTime,
}

/// The trips of a tour with their visits.
pub fn trips<'a>(plan: &Index<'a>, tour: &'a Tour) -> Vec<(&'a Trip, Vec<Visit<'a>>)> {
    let mut number = 0;
    let mut visit = |call: &'a Call| {
        number += 1;
        Visit { call, number, opens: plan.clock(tour, &call.opens), closes: plan.clock(tour, &call.closes) }
    };
    tour.trips.iter().map(|trip| (trip, trip.calls.iter().map(&mut visit).collect())).collect()
}
