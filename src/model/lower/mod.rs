//! A scenario as a problem: clients are stops, vehicles are antennas, in the same order; points are depots, then
//! stops.
//!
//! In: the dataset, what the roads say of it and who reaches what. Out: a [`Problem`], or errors for rows that ask
//! for what no plan can do. A required stop that no antenna can serve for want of time or room is no error: it is left
//! out at its penalty, and the plan says why.

mod calendar;
pub mod findings;
mod locks;
pub(super) mod words;

use fixedbitset::FixedBitSet;
use typed_index_collections::TiVec;

use self::calendar::{StopDays, stop_days};
use super::reasons::{Why, explain, say};
use super::{Client, CoverGroup, Covering, Problem, Rest, Service, Shift, Solution, TravelTable, Vehicle};
use crate::coverage::CoverSets;
use crate::diagnostics::{Diagnostic, Report};
use crate::ids::{AntennaId, ClientId, ShiftId, StopId, VehicleId};
use crate::survey::{Node, Survey};
use crate::tables::{Antenna, Count, Dataset, Priority, Status, Stop};
use crate::units::{ClockTime, Cost, Day, Grams, Seconds};

pub use self::calendar::{NoPattern, why_no_pattern};

/// A scenario as a problem: clients are stops, vehicles are antennas, in the same order.
/// Findings point at the user's row; those of a stop follow the order of the stops table.
pub fn lower(dataset: &Dataset, survey: &Survey, covers: &CoverSets) -> Report<Problem> {
    let mut findings = Vec::new();
    let clients: TiVec<ClientId, Client> = dataset
        .stops
        .iter_enumerated()
        .map(|(id, stop)| {
            let mut days = stop_days(dataset, id);
            findings.append(&mut days.findings);
            client(dataset, survey, id, stop, days)
        })
        .collect();
    let problem = Problem {
        cycle_days: dataset.settings.cycle_days(),
        clients,
        vehicles: dataset
            .antennas
            .iter_enumerated()
            .map(|(id, antenna)| vehicle(survey, id, antenna))
            .collect(),
        shifts: shifts(dataset, survey),
        travel: survey.matrices.iter().cloned().map(TravelTable::Dense).collect(),
        covering: covering(dataset, covers),
        alternatives: Vec::new(),
        pools: Vec::new(),
        grid: dataset.settings.announce.rounding,
        margin: dataset.settings.announce.margin,
        missed_visit: dataset.settings.objective.missed_visit,
    };
    findings.extend(never_served(dataset, &problem));
    findings.sort_by(|a, b| a.at.cmp(&b.at));
    Report::new(problem, findings)
}

/// A warning for each required stop that no antenna could serve even with no other stop to visit. It is left out at
/// its penalty; the coordinator learns of it before the search, with the smallest change that would help.
fn never_served(dataset: &Dataset, problem: &Problem) -> Vec<Diagnostic> {
    let nothing = Solution::default();
    let required =
        problem.clients.iter_enumerated().filter(|(_, row)| row.required && !row.patterns.is_empty());
    required
        .filter_map(|(client, _)| {
            let alone = explain(problem, &nothing, client);
            let stop = StopId(client.0);
            matches!(alone.why, Why::Blocked { .. } | Why::NoShift)
                .then(|| findings::never_served(&dataset.stops[stop], say(dataset, problem, stop, &alone)))
        })
        .collect()
}

fn client(dataset: &Dataset, survey: &Survey, id: StopId, stop: &Stop, days: StopDays) -> Client {
    let mut vehicles = FixedBitSet::with_capacity(dataset.antennas.len());
    vehicles.extend(stop.antennas.iter().map(|antenna| antenna.index()));
    let is_refused = stop.status == Status::Refused;
    Client {
        point: point(survey, Node::Stop(id)),
        patterns: days.patterns.sets,
        windows: days.windows,
        required: !is_refused && (stop.priority == Priority::Required || !days.locks.rows.is_empty()),
        value: stop.value.unwrap_or_else(|| default_value(dataset, stop)),
        registered: stop.households.get().into(),
        mass_per_household: stop.mass_per_household.get(),
        service: service(stop),
        vehicles,
        locks: days.locks.visits,
        release: ClockTime::MIDNIGHT,
    }
}

/// Registered households at the usual value where no place says who lives there, else nothing: places do.
fn default_value(dataset: &Dataset, stop: &Stop) -> Cost {
    if dataset.places.is_empty() {
        Cost(dataset.settings.objective.value_per_household.get() * i64::from(stop.households.get()))
    } else {
        Cost::ZERO
    }
}

fn service(stop: &Stop) -> Service {
    Service {
        setup: stop.setup,
        per_household: stop.time_per_household,
        shortest: stop.min_service,
        longest: stop.max_service,
    }
}

fn vehicle(survey: &Survey, id: AntennaId, antenna: &Antenna) -> Vehicle {
    Vehicle {
        travel: survey.matrix_of[id] as u32,
        capacity: antenna.capacity.map(|households| households.get().into()),
        capacity_mass: antenna.capacity_mass.map(Grams::get),
        cost_fixed: antenna.cost_per_day,
        cost_per_metre: shared_out(antenna.cost_per_km, 1000),
        cost_per_second: shared_out(antenna.cost_per_hour, 3600),
        max_duty: antenna.max_duty,
        max_driving: antenna.max_driving,
        max_metres: None,
        max_visits: None,
        rest: antenna.rest.map(|rest| Rest {
            duration: rest.duration,
            after: rest.after,
            window: rest.window,
        }),
        max_cold: antenna.max_cold,
        reload: antenna.reload.unwrap_or(Seconds::ZERO),
        max_trips: if antenna.reload.is_some() { antenna.max_trips.into() } else { 1 },
        service_points: antenna.service_points.into(),
    }
}

/// A price a kilometre or an hour as one a metre or a second; exact, as [`Cost`] says.
fn shared_out(price: Cost, parts: i64) -> Cost {
    debug_assert_eq!(price.get() % parts, 0, "prices are tenths of a cent");
    Cost(price.get() / parts)
}

/// One a working day of the first cycle, by day, then antenna.
fn shifts(dataset: &Dataset, survey: &Survey) -> TiVec<ShiftId, Shift> {
    let days = (0..dataset.settings.cycle_days()).map(Day);
    days.flat_map(|day| {
        let working =
            dataset.antennas.iter_enumerated().filter(move |(_, antenna)| antenna.works[day.index()]);
        working.map(move |(id, antenna)| Shift {
            vehicle: VehicleId(id.0),
            day,
            window: antenna.shift,
            start: point(survey, Node::Depot(antenna.depot)),
            end: point(survey, Node::Depot(antenna.end_depot)),
            count: 1,
        })
    })
    .collect()
}

/// Counted groups, in the order of the cover sets: with `white-zones` those that no aid site covers.
fn covering(dataset: &Dataset, covers: &CoverSets) -> Covering {
    let settings = &dataset.settings;
    let is_counted = |has_site: bool| settings.coverage.count == Count::Everyone || !has_site;
    let groups = covers
        .groups
        .iter()
        .filter(|group| is_counted(group.site.is_some()))
        .map(|group| CoverGroup {
            need: group.need,
            value: worth(settings.objective.value_per_household, group.need.get()),
            required: false,
            clients: group.stops.iter().map(|&(stop, _)| ClientId(stop.0)).collect(),
        })
        .collect();
    Covering { groups, attendance_permille: settings.coverage.attendance_permille.into() }
}

/// A value for each household of a need in thousandths, rounded to the nearest millionth of a euro.
fn worth(value_per_household: Cost, need: i64) -> Cost {
    let thousandths = i128::from(value_per_household.get()) * i128::from(need);
    Cost(i64::try_from((thousandths + 500).div_euclid(1000)).expect("tables bound need and value"))
}

fn point(survey: &Survey, node: Node) -> u32 {
    survey.point(node) as u32
}
