//! Files of Vieira, Alvarez and Beasley (2023), HSDMDMTPVRP: mixed site-dependent fleets that make several trips from several
//! depots over several days. The published problem nearest to ours.
//!
//! First line: days t, vehicle types m, customers n, depots d, hours of a route H. A line a type: number, count (on each day,
//! over all depots), capacity, speed, fixed cost, cost per unit of distance. A line a customer: number, x, y, demand, hours of
//! service, frequency, count of combinations, the combinations of days, the types that may serve it, both in binary digits
//! from the left. A line a depot: number, x, y.

use fixedbitset::FixedBitSet;

use super::cordeau::{bad_code, compare_frequency, days_of};
use super::geometry::{Geometry, PlanePoints};
use super::text::{Cells, Decimal, Findings, Row, fields};
use super::{Convention, Customer, Depot, Instance, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;

/// A customer's row: where it is, and the types that may serve it.
struct Site {
    at: (Decimal, Decimal),
    customer: Customer,
    types: u64,
}

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let mut cells = Cells::new(&rows[0], findings);
    let (days, type_count) = (cells.count(&fields::DAYS), cells.count(&fields::TYPES));
    let (customer_count, depot_count) = (cells.count(&fields::CUSTOMERS), cells.count(&fields::DEPOTS));
    let horizon = cells.number(&fields::LIMIT);
    cells.end();
    let (days, type_count, customer_count, depot_count) = (days?, type_count?, customer_count?, depot_count?);
    let horizon = horizon?;
    let (expected, found) = (1 + type_count + customer_count + depot_count, rows.len());
    if found != expected {
        let expected = text!(
            "{expected} lignes ({type_count} types, {customer_count} clients, {depot_count} dépôts)",
            "{expected} rows ({type_count} types, {customer_count} customers, {depot_count} depots)"
        );
        findings.row_count(Some(rows[0].number), expected, found);
        return None;
    }
    let (types, rest) = rows[1..].split_at(type_count);
    let (sites, depots) = rest.split_at(customer_count);
    let types: Vec<Option<(Vehicle, u32)>> =
        types.iter().zip(1..).map(|(row, line)| read_type(row, line, horizon, findings)).collect();
    let sites: Vec<Option<Site>> = sites
        .iter()
        .zip(1..)
        .map(|(row, number)| read_site(row, number, days, type_count, findings))
        .collect();
    let depots: Vec<Option<(Decimal, Decimal)>> = depots
        .iter()
        .zip(customer_count + 1..)
        .map(|(row, number)| read_depot(row, number, findings))
        .collect();
    let sites: Vec<Site> = sites.into_iter().collect::<Option<_>>()?;
    let depots: Vec<_> = depots.into_iter().collect::<Option<_>>()?;
    let types: Vec<(Vehicle, u32)> = types.into_iter().collect::<Option<_>>()?;
    let points: Vec<_> = depots.iter().copied().chain(sites.iter().map(|site| site.at)).collect();
    let (vehicles, counts): (Vec<Vehicle>, Vec<u32>) = types.into_iter().unzip();
    Some(Instance {
        name: String::new(),
        convention: Convention {
            states_day: true,
            states_depot: true,
            states_vehicle: true,
            multi_trip: true,
            ..Convention::real("HSDMDMTPVRP")
        },
        days: days as u8,
        depots: vec![Depot::ALWAYS; depot_count],
        vehicles: with_sites(vehicles, &sites),
        slots: slots(days, type_count, depot_count),
        stocks: (0..days).flat_map(|_| counts.iter().copied()).collect(),
        customers: sites.into_iter().map(|site| site.customer).collect(),
        groups: Vec::new(),
        covered_by: Vec::new(),
        geometry: Geometry::Plane(PlanePoints::new(&points)),
    })
}

fn read_type(row: &Row<'_>, line: u32, horizon: f64, findings: &mut Findings) -> Option<(Vehicle, u32)> {
    let mut cells = Cells::new(row, findings);
    let number = cells.count(&fields::NUMBER);
    let (count, capacity) = (cells.count(&fields::VEHICLES), cells.number(&fields::CAPACITY));
    let speed = cells.number(&fields::SPEED);
    let (fixed, per_distance) = (cells.number(&fields::COST), cells.number(&fields::COST));
    cells.end();
    in_order(row, number?, line as usize, findings)?;
    let vehicle = Vehicle {
        max_duration: horizon,
        speed: speed?,
        fixed: fixed?,
        per_distance: per_distance?,
        lines: vec![line],
        ..Vehicle::plain(capacity?)
    };
    Some((vehicle, count? as u32))
}

fn read_site(
    row: &Row<'_>,
    expected: usize,
    days: usize,
    type_count: usize,
    findings: &mut Findings,
) -> Option<Site> {
    let mut cells = Cells::new(row, findings);
    let number = cells.count(&fields::NUMBER);
    let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
    let (demand, service) = (cells.number(&fields::DEMAND), cells.number(&fields::SERVICE));
    let (frequency, choice_count) = (cells.count(&fields::FREQUENCY), cells.count(&fields::CHOICES)?);
    let codes: Vec<Option<u64>> = (0..choice_count.min(cells.left()))
        .map(|_| cells.number(&fields::CODE).map(|code| code as u64))
        .collect();
    let types = cells.number(&fields::CODE)? as u64;
    cells.end();
    in_order(row, number?, expected, findings)?;
    let mut day_sets = Vec::new();
    for code in codes {
        let code = code?;
        match days_of(code, days) {
            Some(set) if !set.is_empty() => day_sets.push(set),
            _ => {
                bad_code(row.number, code, days, findings);
                return None;
            }
        }
    }
    if types == 0 || days_of(types, type_count).is_none() {
        bad_code(row.number, types, type_count, findings);
        return None;
    }
    day_sets.sort_unstable();
    day_sets.dedup();
    compare_frequency(row.number, frequency?, &day_sets, findings);
    let customer = Customer { service: service?, day_sets, ..Customer::plain(row.number, demand?) };
    Some(Site { at: (at.0?, at.1?), customer, types })
}

fn read_depot(row: &Row<'_>, expected: usize, findings: &mut Findings) -> Option<(Decimal, Decimal)> {
    let mut cells = Cells::new(row, findings);
    let number = cells.count(&fields::NUMBER);
    let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
    cells.end();
    in_order(row, number?, expected, findings)?;
    Some((at.0?, at.1?))
}

fn in_order(row: &Row<'_>, number: usize, expected: usize, findings: &mut Findings) -> Option<()> {
    if number == expected {
        return Some(());
    }
    findings.out_of_order(row.number, expected, Text::same(number.to_string()));
    None
}

/// Tells each type whom it may serve.
fn with_sites(vehicles: Vec<Vehicle>, sites: &[Site]) -> Vec<Vehicle> {
    let width = vehicles.len();
    let may_serve = |kind: usize| {
        let mut serves = FixedBitSet::with_capacity(sites.len());
        serves.extend((0..sites.len()).filter(|&site| sites[site].types >> (width - 1 - kind) & 1 == 1));
        serves
    };
    let told = |(kind, vehicle)| Vehicle { serves: Some(may_serve(kind)), ..vehicle };
    vehicles.into_iter().enumerate().map(told).collect()
}

/// Every type on every day from every depot; those of a type and a day share its vehicles.
fn slots(days: usize, type_count: usize, depot_count: usize) -> Vec<Slot> {
    let types = (0..days).flat_map(|day| (0..type_count).map(move |kind| (day, kind)));
    types
        .flat_map(|(day, kind)| {
            let stock = day * type_count + kind;
            (0..depot_count).map(move |depot| Slot {
                vehicle: kind,
                day: day as u8,
                start: depot,
                end: depot,
                stock,
            })
        })
        .collect()
}
