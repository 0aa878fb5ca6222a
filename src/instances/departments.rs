//! Files of the French departments (HVRP-DLP): a mixed limited fleet and road distances in metres.
//!
//! Comments (`//`); n, number of types, and four numbers that are not used; per type count, capacity, fixed cost and cost per
//! kilometre; the depot's row; the matrix; then `row demand` for every point.

use super::geometry::{Geometry, Measure};
use super::text::{Cells, Findings, Row, fields};
use super::{Convention, Customer, Depot, Instance, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;

const METRES_A_KILOMETRE: f64 = 1000.0;

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let mut cells = Cells::new(&rows[0], findings);
    let (customer_count, type_count) = (cells.count(&fields::CUSTOMERS), cells.count(&fields::TYPES));
    let (customer_count, type_count) = (customer_count?, type_count?);
    let size = customer_count + 1;
    // The depot's demand is left out.
    let expected = 1 + type_count + 1 + size + customer_count;
    let found = rows.len();
    if found < expected {
        let expected = text!(
            "{expected} lignes ({type_count} types, {size} × {size} distances, {customer_count} demandes)",
            "{expected} rows ({type_count} types, {size} × {size} distances, {customer_count} demands)"
        );
        findings.row_count(Some(rows[0].number), expected, found);
        return None;
    }
    let (types, rest) = rows[1..].split_at(type_count);
    let (depot_row, rest) = rest.split_first()?;
    let (matrix, demands) = rest.split_at(size);
    let vehicles: Vec<Option<(Vehicle, u32)>> =
        types.iter().zip(1..).map(|(row, line)| read_type(row, line, findings)).collect();
    let depot = read_depot(depot_row, size, findings);
    let distances = read_matrix(matrix, size, findings);
    let demands = read_demands(demands, size, depot, findings);
    let (depot, distances, demands) = (depot?, distances?, demands?);
    let (vehicles, stocks): (Vec<_>, Vec<_>) =
        vehicles.into_iter().collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let slot = |kind| Slot { vehicle: kind, day: 0, start: 0, end: 0, stock: kind };
    // The depot first, then the other rows in order.
    let order: Vec<usize> = std::iter::once(depot).chain((0..size).filter(|row| *row != depot)).collect();
    let cells = order.iter().flat_map(|from| order.iter().map(move |to| (from, to)));
    Some(Instance {
        name: String::new(),
        convention: Convention {
            states_vehicle: true,
            divisor: METRES_A_KILOMETRE,
            decimals: 4,
            ..Convention::plain("HVRP", Measure::Nearest { steps: 1 })
        },
        days: 1,
        depots: vec![Depot::ALWAYS],
        customers: order[1..].iter().map(|&row| Customer::plain(demands[row].0, demands[row].1)).collect(),
        slots: (0..vehicles.len()).map(slot).collect(),
        vehicles,
        stocks,
        groups: Vec::new(),
        covered_by: Vec::new(),
        geometry: Geometry::Table {
            size,
            cells: cells.map(|(from, to)| distances[from * size + to]).collect(),
        },
    })
}

fn read_type(row: &Row<'_>, line: u32, findings: &mut Findings) -> Option<(Vehicle, u32)> {
    let mut cells = Cells::new(row, findings);
    let (count, capacity) = (cells.count(&fields::VEHICLES), cells.number(&fields::CAPACITY));
    let (fixed, per_kilometre) = (cells.number(&fields::COST), cells.number(&fields::COST));
    cells.end();
    let vehicle = Vehicle {
        fixed: fixed? * METRES_A_KILOMETRE,
        per_distance: per_kilometre?,
        lines: vec![line],
        ..Vehicle::plain(capacity?)
    };
    Some((vehicle, count? as u32))
}

fn read_depot(row: &Row<'_>, size: usize, findings: &mut Findings) -> Option<usize> {
    let mut cells = Cells::new(row, findings);
    let depot = cells.count(&fields::NUMBER);
    cells.end();
    let depot = depot?;
    if depot >= size {
        let last = size - 1;
        findings.error(
            "B006",
            Some(row.number),
            text!("le dépôt : une ligne de 0 à {last}", "the depot: a row of 0 to {last}"),
            Text::same(depot.to_string()),
            text!("corrigez le numéro du dépôt", "correct the number of the depot"),
        );
        return None;
    }
    Some(depot)
}

fn read_matrix(rows: &[Row<'_>], size: usize, findings: &mut Findings) -> Option<Vec<f64>> {
    let mut complete = true;
    for row in rows.iter().filter(|row| row.cells.len() != size) {
        let found = row.cells.len();
        findings.error(
            "B012",
            Some(row.number),
            text!("{size} distances", "{size} distances"),
            Text::same(found.to_string()),
            text!(
                "complétez la matrice, ou corrigez la première ligne",
                "complete the matrix, or correct the first line"
            ),
        );
        complete = false;
    }
    let mut table = Vec::new();
    for row in rows {
        for cell in &row.cells {
            let read = findings.decimal(row.number, cell, &fields::DISTANCE);
            complete &= read.is_some();
            table.push(Measure::Nearest { steps: 1 }.of(read.map_or(0.0, |read| read.value)));
        }
    }
    if !complete {
        return None;
    }
    let unequal = |&(from, to): &(usize, usize)| table[from * size + to] != table[to * size + from];
    let pair = (0..size).flat_map(|from| (0..from).map(move |to| (from, to))).find(unequal);
    if let Some((from, to)) = pair {
        let (there, back) = (table[from * size + to], table[to * size + from]);
        findings.error(
            "B013",
            Some(rows[from].number),
            text!("une matrice symétrique", "a symmetric matrix"),
            text!(
                "{there} de {from} à {to}, {back} en retour",
                "{there} from {from} to {to}, {back} the other way"
            ),
            text!("corrigez la matrice", "correct the matrix"),
        );
        return None;
    }
    Some(table)
}

/// `(line, demand)` by row of the matrix.
fn read_demands(
    rows: &[Row<'_>],
    size: usize,
    depot: Option<usize>,
    findings: &mut Findings,
) -> Option<Vec<(u32, f64)>> {
    let mut demands = vec![None; size];
    let mut complete = true;
    for row in rows {
        let mut cells = Cells::new(row, findings);
        let (number, demand) = (cells.count(&fields::NUMBER), cells.number(&fields::DEMAND));
        cells.end();
        let (Some(number), Some(demand)) = (number, demand) else {
            complete = false;
            continue;
        };
        let last = size - 1;
        let expected = text!("une ligne de 0 à {last}, chacune une fois", "a row of 0 to {last}, each once");
        let found = Text::same(number.to_string());
        match demands.get_mut(number) {
            Some(place @ None) => *place = Some((row.number, demand)),
            Some(_) => {
                findings.error(
                    "B010",
                    Some(row.number),
                    expected,
                    found,
                    text!("corrigez ce numéro", "correct that number"),
                );
                complete = false;
            }
            // One published file has a row too many.
            None => findings.warning(
                "B010",
                Some(row.number),
                expected,
                found,
                text!("cette ligne est ignorée : vérifiez le fichier", "this row is ignored: check the file"),
            ),
        }
    }
    if let Some(depot) = depot {
        demands[depot].get_or_insert((0, 0.0));
    }
    // A row that is wrong has been said to be.
    let absent = demands.iter().position(Option::is_none);
    if let Some(absent) = absent.filter(|_| complete) {
        findings.error(
            "B009",
            rows.last().map(|row| row.number),
            text!("la demande de chaque client", "the demand of each customer"),
            text!("rien pour {absent}", "nothing for {absent}"),
            text!("complétez le fichier", "complete the file"),
        );
    }
    demands.into_iter().collect()
}
