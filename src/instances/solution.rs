//! Solution files: routes in the numbers of an instance file.
//!
//! `Route #k day=2 depot=1 vehicle=4: 8 15 | 3`, one line a route, and `Cost V` at the end. Customers, days, depots and
//! vehicle lines count from 1; a bar is a return to the depot.

use std::fmt::Write as _;

use super::text::{Findings, quoted};
use super::{Convention, Instance, verify};
use crate::diagnostics::{Report, Text};
use crate::ids::{ClientId, ShiftId};
use crate::model::{Route, Solution};
use crate::text;

/// One route in the numbers of the file. What the set does not state is 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRoute {
    /// Day of the period, from 1.
    pub day: u32,
    /// Depot in the order of the file, from 1.
    pub depot: u32,
    /// Line of the fleet description, from 1.
    pub vehicle: u32,
    /// Customers from 1, a list a trip; none empty.
    pub trips: Vec<Vec<u32>>,
}

/// Routes and the cost they state.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSolution {
    /// All routes.
    pub routes: Vec<FileRoute>,
    /// The stated cost, in the unit of the set.
    pub cost: f64,
}

impl Instance {
    /// A solution of [`Instance::problem`] in the numbers of the file, routes by day, depot and vehicle; the cost is worked
    /// out from the file's own numbers.
    pub fn number(&self, solution: &Solution) -> FileSolution {
        let mut routes: Vec<_> = solution.routes.iter().collect();
        routes.sort_by_key(|route| {
            let slot = self.slots[route.shift.index()];
            (slot.day, slot.start, slot.vehicle, route.shift)
        });
        let mut used = vec![0; self.vehicles.len()];
        let routes = routes
            .into_iter()
            .map(|route| {
                let slot = self.slots[route.shift.index()];
                let lines = &self.vehicles[slot.vehicle].lines;
                // One line serves all its vehicles; of several, the next one drives.
                let vehicle = lines[used[slot.vehicle] % lines.len()];
                used[slot.vehicle] += 1;
                let trips = route.trips.iter().map(|trip| trip.iter().map(|client| client.0 + 1).collect());
                FileRoute {
                    day: u32::from(slot.day) + 1,
                    depot: slot.start as u32 + 1,
                    vehicle,
                    trips: trips.collect(),
                }
            })
            .collect();
        let mut numbered = FileSolution { routes, cost: 0.0 };
        numbered.cost = verify::cost(self, &numbered).unwrap_or(0.0) / self.convention.divisor;
        numbered
    }
}

impl Instance {
    /// The inverse of [`Instance::number`]; none where routes name what does not exist.
    pub fn routes(&self, numbered: &FileSolution) -> Option<Solution> {
        let client = |&number: &u32| {
            let index = (number as usize).checked_sub(1)?;
            (index < self.customers.len()).then(|| ClientId::from(index))
        };
        let route = |route: &FileRoute| {
            let slot = verify::slot_of(self, route)?;
            let shift = self.slots.iter().position(|other| *other == slot)?;
            let trips: Option<Vec<Vec<ClientId>>> =
                route.trips.iter().map(|trip| trip.iter().map(client).collect()).collect();
            Some(Route { shift: ShiftId::from(shift), trips: trips? })
        };
        let routes: Option<Vec<Route>> = numbered.routes.iter().map(route).collect();
        Some(Solution { routes: routes? })
    }
}

/// The text of a solution file.
pub fn write(instance: &Instance, solution: &FileSolution) -> String {
    let convention = &instance.convention;
    let mut words = String::new();
    for (number, route) in (1..).zip(&solution.routes) {
        let _ = write!(words, "Route #{number}");
        for (name, value) in attributes(convention, route) {
            let _ = write!(words, " {name}={value}");
        }
        words.push(':');
        for (at, trip) in route.trips.iter().enumerate() {
            if at > 0 {
                words.push_str(" |");
            }
            for customer in trip {
                let _ = write!(words, " {customer}");
            }
        }
        words.push('\n');
    }
    let _ = writeln!(words, "Cost {:.*}", convention.decimals, solution.cost);
    words
}

/// What a route of the set states.
fn attributes(convention: &Convention, route: &FileRoute) -> impl Iterator<Item = (&'static str, u32)> {
    [
        (convention.states_day, "day", route.day),
        (convention.states_depot, "depot", route.depot),
        (convention.states_vehicle, "vehicle", route.vehicle),
    ]
    .into_iter()
    .filter_map(|(is_stated, name, value)| is_stated.then_some((name, value)))
}

/// Reads a solution file of `instance`. Whether it is a solution is for [`verify::verify`] to say.
pub fn parse(instance: &Instance, name: &str, content: &str) -> Report<FileSolution> {
    let mut findings = Findings::new(name);
    let mut solution = FileSolution { routes: Vec::new(), cost: f64::NAN };
    for (line, row) in content.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let problem = if let Some(cost) = line.strip_prefix("Cost ") {
            match cost.trim().parse::<f64>() {
                Ok(value) if value.is_finite() && solution.cost.is_nan() => {
                    solution.cost = value;
                    continue;
                }
                _ => text!("« Cost V » une seule fois, avec un nombre", "`Cost V` once, with a number"),
            }
        } else {
            match parse_route(&instance.convention, line) {
                Some(route) => {
                    if !route.trips.is_empty() {
                        solution.routes.push(route);
                    }
                    continue;
                }
                None => expected_route(&instance.convention),
            }
        };
        findings.error(
            "B019",
            Some(row),
            problem,
            quoted(line),
            text!("corrigez la ligne", "correct the line"),
        );
    }
    if solution.cost.is_nan() && findings.is_empty() {
        let found = text!("un fichier sans elle", "a file without it");
        findings.error(
            "B019",
            None,
            text!("une ligne « Cost V »", "a line `Cost V`"),
            found,
            text!("ajoutez-la", "add it"),
        );
    }
    Report::new(solution, findings.finish())
}

fn expected_route(convention: &Convention) -> Text {
    let blank = FileRoute { day: 1, depot: 1, vehicle: 1, trips: Vec::new() };
    let names: Vec<&str> = attributes(convention, &blank).map(|(name, _)| name).collect();
    let stated = names.join("=… ");
    let stated = if stated.is_empty() { stated } else { format!(" {stated}=…") };
    text!("« Route #k{stated}: clients »", "`Route #k{stated}: customers`")
}

fn parse_route(convention: &Convention, line: &str) -> Option<FileRoute> {
    let (head, visits) = line.strip_prefix("Route")?.split_once(':')?;
    let mut words = head.split_whitespace();
    words.next()?.strip_prefix('#')?.parse::<u32>().ok()?;
    let mut route = FileRoute { day: 1, depot: 1, vehicle: 1, trips: Vec::new() };
    let mut stated = Vec::new();
    for word in words {
        let (name, value) = word.split_once('=')?;
        let value = value.parse().ok()?;
        match name {
            "day" => route.day = value,
            "depot" => route.depot = value,
            "vehicle" => route.vehicle = value,
            _ => return None,
        }
        stated.push(name);
    }
    let mut asked: Vec<&str> = attributes(convention, &route).map(|(name, _)| name).collect();
    stated.sort_unstable();
    asked.sort_unstable();
    if stated != asked || (visits.contains('|') && !convention.multi_trip) {
        return None;
    }
    for trip in visits.split('|') {
        let trip: Option<Vec<u32>> = trip.split_whitespace().map(|cell| cell.parse().ok()).collect();
        let trip = trip?;
        if !trip.is_empty() {
            route.trips.push(trip);
        }
    }
    Some(route)
}
