//! `plan.json` back to the [`PlanDocument`] it was, for `tournee report`.
//!
//! The program's own file, whole: what somebody typed by hand lacks names and roads, and goes through [`super::read()`].

use std::ops::RangeInclusive;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::fields::{BAD_TIME, Findings, NOT_A_PLAN, OUT_OF_RANGE, UNKNOWN_ID, quote};
use super::read::{document, refuse_other_formats};
use crate::diagnostics::{Diagnostic, Report, Text};
use crate::outputs::document::{PlanDocument, Position};
use crate::outputs::moments::Zone;
use crate::text;

/// Reads the plan file `name`. Never panics, whatever the bytes; what is read holds only ids, moments and positions that
/// can be looked up and shown.
pub fn read_whole(name: &str, bytes: &[u8]) -> Report<PlanDocument> {
    let mut findings = Findings::of_file(name);
    let read = whole(bytes, &mut findings);
    match read {
        Some(plan) if findings.list.is_empty() => Report::new(plan, Vec::new()),
        _ => Report::failed(findings.list),
    }
}

fn whole(bytes: &[u8], findings: &mut Findings) -> Option<PlanDocument> {
    let value = document(bytes, findings)?;
    refuse_other_formats(&value, findings)?;
    // Read again from the bytes, so that a finding names its line.
    let plan: PlanDocument = match serde_json::from_slice(
        bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes),
    ) {
        Ok(plan) => plan,
        Err(error) => {
            let mut at = findings.at("");
            at.row = u32::try_from(error.line()).ok().filter(|line| *line > 0);
            let what = error.to_string();
            findings.push(Diagnostic::error(
                NOT_A_PLAN,
                at,
                text!("un plan entier", "a whole plan"),
                text!("{what}", "{what}"),
                text!(
                    "donnez le plan.json qu’écrit « tournee plan » ; « tournee check » lit aussi les plans tapés à la main",
                    "give the plan.json that `tournee plan` writes; `tournee check` also reads plans typed by hand"
                ),
            ));
            return None;
        }
    };
    Checker { findings }.check(&plan);
    Some(plan)
}

/// Degrees.
const LONGITUDES: RangeInclusive<f64> = -180.0..=180.0;
const LATITUDES: RangeInclusive<f64> = -90.0..=90.0;

/// Looks for what no type says: ids that name nothing, moments that are none.
struct Checker<'f> {
    findings: &'f mut Findings,
}

impl Checker<'_> {
    fn check(&mut self, plan: &PlanDocument) {
        let zone = Zone::named(&plan.scenario.timezone);
        if zone.is_none() {
            let expected = text!("un fuseau horaire IANA", "an IANA time zone");
            self.wrong("scenario.timezone", expected, &plan.scenario.timezone);
        }
        self.positions(plan);
        self.lists(plan);
        if let Some(zone) = zone {
            self.times(plan, &zone);
        }
    }

    fn wrong(&mut self, path: &str, expected: Text, found: &str) {
        let help = text!("refaites le plan, ou corrigez cette valeur", "plan again, or mend this value");
        self.findings.error(OUT_OF_RANGE, path, expected, quote(&Value::from(found)), help);
    }

    fn ids<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a str>) -> FxHashSet<&'a str> {
        let mut known = FxHashSet::default();
        for (row, id) in ids.enumerate() {
            if !known.insert(id) {
                self.wrong(&format!("{list}[{row}].id"), text!("un identifiant unique", "a unique id"), id);
            }
        }
        known
    }

    fn known(&mut self, path: impl FnOnce() -> String, id: &str, ids: &FxHashSet<&str>) {
        if !ids.contains(id) {
            let expected = text!("un identifiant du plan", "an id of the plan");
            let help = text!("refaites le plan, ou corrigez cette valeur", "plan again, or mend this value");
            self.findings.error(UNKNOWN_ID, &path(), expected, quote(&Value::from(id)), help);
        }
    }

    fn lists(&mut self, plan: &PlanDocument) {
        let depots = self.ids("depots", plan.depots.iter().map(|row| row.id.as_str()));
        let antennas = self.ids("antennas", plan.antennas.iter().map(|row| row.id.as_str()));
        let stops = self.ids("stops", plan.stops.iter().map(|row| row.id.as_str()));
        let sites = self.ids("aid_sites", plan.aid_sites.iter().map(|row| row.id.as_str()));
        let places = self.ids("places", plan.places.iter().map(|row| row.id.as_str()));
        self.ids("tours", plan.tours.iter().map(|row| row.id.as_str()));
        for (row, antenna) in plan.antennas.iter().enumerate() {
            self.known(|| format!("antennas[{row}].depot"), &antenna.depot, &depots);
            self.known(|| format!("antennas[{row}].end_depot"), &antenna.end_depot, &depots);
        }
        for (row, place) in plan.places.iter().enumerate() {
            if let Some(site) = &place.aid_site {
                self.known(|| format!("places[{row}].aid_site"), site, &sites);
            }
            if let Some(stop) = &place.stop {
                self.known(|| format!("places[{row}].stop"), stop, &stops);
            }
        }
        for (row, zone) in plan.white_zones.iter().enumerate() {
            for (at, place) in zone.places.iter().enumerate() {
                self.known(|| format!("white_zones[{row}].places[{at}]"), place, &places);
            }
            if let Some(site) = &zone.aid_site {
                self.known(|| format!("white_zones[{row}].aid_site"), site, &sites);
            }
        }
        for (row, attends) in plan.attendance.iter().enumerate() {
            self.known(|| format!("attendance[{row}].place"), &attends.place, &places);
            self.known(|| format!("attendance[{row}].stop"), &attends.stop, &stops);
        }
        for (row, tour) in plan.tours.iter().enumerate() {
            self.known(|| format!("tours[{row}].antenna"), &tour.antenna, &antennas);
            for (at, call) in tour.calls().enumerate() {
                self.known(|| format!("tours[{row}] / {at} / stop"), &call.stop, &stops);
            }
            if tour.way >= plan.ways.len() {
                let expected = text!("une ligne de la liste « ways »", "a line of the list `ways`");
                self.wrong(&format!("tours[{row}].way"), expected, &tour.way.to_string());
            }
            if tour.trips.is_empty() || tour.trips.iter().any(|trip| trip.calls.is_empty()) {
                self.wrong(
                    &format!("tours[{row}].trips"),
                    text!("au moins une visite", "at least one visit"),
                    "[]",
                );
            }
        }
        self.legs(plan);
        for (row, visit) in plan.cancelled.iter().enumerate() {
            self.known(|| format!("cancelled[{row}].stop"), &visit.stop, &stops);
            self.known(|| format!("cancelled[{row}].antenna"), &visit.antenna, &antennas);
        }
    }

    /// A tour looks its legs up by its calls and returns, and a leg its end in the line.
    fn legs(&mut self, plan: &PlanDocument) {
        let expected = || text!("les étapes de chaque ligne de « ways »", "the legs of each line of `ways`");
        if plan.legs.len() != plan.ways.len() {
            self.wrong("legs", expected(), &plan.legs.len().to_string());
            return;
        }
        for (row, (legs, way)) in plan.legs.iter().zip(&plan.ways).enumerate() {
            let goes_on = legs.windows(2).all(|pair| pair[0].end <= pair[1].end);
            if !goes_on
                || legs
                    .iter()
                    .any(|leg| leg.end >= way.len().max(1) || leg.distance_m < 0 || leg.driving_s < 0)
            {
                self.wrong(&format!("legs[{row}]"), expected(), &format!("{legs:?}"));
            }
        }
        for (row, tour) in plan.tours.iter().enumerate() {
            let hops = tour.trips.iter().map(|trip| trip.calls.len() + 1).sum::<usize>();
            if plan.legs.get(tour.way).is_some_and(|legs| legs.len() != hops) {
                let expected = text!("autant d’étapes que la tournée", "as many legs as the tour has");
                self.wrong(&format!("tours[{row}].way"), expected, &tour.way.to_string());
            }
        }
    }

    fn positions(&mut self, plan: &PlanDocument) {
        let points = |list: &'static str, at: Vec<Position>| at.into_iter().map(move |at| (list, at));
        let all = points("depots", plan.depots.iter().map(|row| [row.lon, row.lat]).collect())
            .chain(points("stops", plan.stops.iter().map(|row| [row.lon, row.lat]).collect()))
            .chain(points("aid_sites", plan.aid_sites.iter().map(|row| [row.lon, row.lat]).collect()))
            .chain(points("places", plan.places.iter().map(|row| [row.lon, row.lat]).collect()))
            .chain(points("roads.backdrop", plan.roads.backdrop.iter().flatten().copied().collect()))
            .chain(points("ways", plan.ways.iter().flatten().copied().collect()))
            .chain(points(
                "white_zones",
                plan.white_zones
                    .iter()
                    .flat_map(|zone| zone.outline.iter().flatten().flatten())
                    .copied()
                    .collect(),
            ));
        let outside: Vec<_> =
            all.filter(|(_, [lon, lat])| !LONGITUDES.contains(lon) || !LATITUDES.contains(lat)).collect();
        for (list, [lon, lat]) in outside {
            let expected =
                text!("une longitude et une latitude en degrés", "a longitude and a latitude in degrees");
            self.wrong(list, expected, &format!("{lon}, {lat}"));
        }
    }

    fn times(&mut self, plan: &PlanDocument, zone: &Zone) {
        for (row, tour) in plan.tours.iter().enumerate() {
            let of_tour = [&tour.leave, &tour.back].into_iter();
            let of_break = tour.r#break.iter().flat_map(|rest| [&rest.start, &rest.end]);
            let of_trips = tour.trips.iter().flat_map(|trip| [&trip.leave, &trip.back]);
            let of_calls = tour.calls().flat_map(|call| {
                [&call.arrival, &call.start, &call.end, &call.departure, &call.opens, &call.closes]
            });
            let moments: Vec<&String> = of_tour.chain(of_break).chain(of_trips).chain(of_calls).collect();
            for moment in moments.into_iter().filter(|moment| zone.clock_time(tour.date, moment).is_none()) {
                self.findings.error(
                    BAD_TIME,
                    &format!("tours[{row}]"),
                    text!("des heures proches de la date", "times near its date"),
                    quote(&Value::from(moment.as_str())),
                    text!("refaites le plan, ou corrigez cette heure", "plan again, or mend this time"),
                );
            }
        }
    }
}
