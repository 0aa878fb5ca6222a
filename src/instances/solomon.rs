//! Solomon's files and Gehring and Homberger's: one depot, windows, distances cut to tenths.
//!
//! Under headings `VEHICLE` and `CUSTOMER`: the fleet's number and capacity, then a row a point with number, x, y, demand,
//! ready time, due date, service time; row 0 is the depot.

use super::geometry::{Geometry, Measure, PlanePoints};
use super::text::{Cells, Decimal, Findings, Row, fields};
use super::{Convention, Customer, Depot, Instance, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;

const STEPS: u32 = 10;

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let (fleet, table) = (fleet_of(rows, findings), table_of(rows, findings));
    let ((count, capacity), Table { points, depot, customers }) = (fleet?, table?);
    let measure = Measure::Down { steps: STEPS };
    Some(Instance {
        name: String::new(),
        convention: Convention { divisor: 10.0, decimals: 1, ..Convention::plain("VRPTW", measure) },
        days: 1,
        depots: vec![depot],
        customers,
        vehicles: vec![Vehicle::plain(capacity)],
        slots: vec![Slot { vehicle: 0, day: 0, start: 0, end: 0, stock: 0 }],
        stocks: vec![count],
        groups: Vec::new(),
        covered_by: Vec::new(),
        geometry: Geometry::Plane(PlanePoints::new(&points)),
    })
}

/// The index of the row that is a heading.
fn heading(rows: &[Row<'_>], name: &str) -> Option<usize> {
    rows.iter().position(|row| row.cells[0].eq_ignore_ascii_case(name))
}

fn is_word(row: &Row<'_>) -> bool {
    row.cells[0].starts_with(|c: char| c.is_ascii_alphabetic())
}

/// How many vehicles there are, and their capacity.
fn fleet_of(rows: &[Row<'_>], findings: &mut Findings) -> Option<(u32, f64)> {
    let fleet = &rows[heading(rows, "VEHICLE")?..];
    let fleet = &fleet[..heading(fleet, "CUSTOMER").unwrap_or(fleet.len())];
    let Some(row) = fleet.iter().find(|row| !is_word(row)) else {
        let expected =
            text!("le nombre de véhicules et leur capacité", "the number of vehicles and their capacity");
        incomplete(expected, text!("un fichier qui ne les a pas", "a file without them"), findings);
        return None;
    };
    let mut cells = Cells::new(row, findings);
    let (count, capacity) = (cells.count(&fields::VEHICLES), cells.number(&fields::CAPACITY));
    cells.end();
    Some((count? as u32, capacity?))
}

/// The rows under `CUSTOMER`.
struct Table {
    /// Where the depot is, then the customers.
    points: Vec<(Decimal, Decimal)>,
    depot: Depot,
    customers: Vec<Customer>,
}

fn table_of(rows: &[Row<'_>], findings: &mut Findings) -> Option<Table> {
    let Some(table) = heading(rows, "CUSTOMER") else {
        let found = text!("un fichier qui ne l’a pas", "a file without it");
        incomplete(text!("une table CUSTOMER", "a table CUSTOMER"), found, findings);
        return None;
    };
    // The headings are two lines that begin with words.
    let data: Vec<&Row<'_>> = rows[table + 1..].iter().skip_while(|row| is_word(row)).collect();
    if data.is_empty() {
        let expected = text!("le dépôt (ligne 0 de la table)", "the depot (row 0 of the table)");
        incomplete(expected, text!("une table vide", "an empty table"), findings);
        return None;
    }
    let read: Vec<Option<(usize, Site)>> = data.iter().map(|row| read_site(row, findings)).collect();
    let misplaced = (0..).zip(&read).zip(&data).find_map(|((expected, read), row)| {
        let number = read.as_ref()?.0;
        (number != expected).then_some((row.number, expected, number))
    });
    if let Some((row, expected, number)) = misplaced {
        findings.out_of_order(row, expected, Text::same(number.to_string()));
        return None;
    }
    let sites: Vec<(usize, Site)> = read.into_iter().collect::<Option<_>>()?;
    let (points, mut customers): (Vec<_>, Vec<_>) =
        sites.into_iter().map(|(_, site)| (site.at, site.customer)).unzip();
    let depot = customers.remove(0);
    Some(Table { points, depot: Depot { opens: depot.opens, closes: depot.closes }, customers })
}

/// A point of the table; the depot reads like a customer.
struct Site {
    at: (Decimal, Decimal),
    customer: Customer,
}

/// A row: its number, and what it says.
fn read_site(row: &Row<'_>, findings: &mut Findings) -> Option<(usize, Site)> {
    let steps = f64::from(STEPS);
    let mut cells = Cells::new(row, findings);
    let number = cells.count(&fields::NUMBER);
    let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
    let demand = cells.number(&fields::DEMAND);
    let window = (cells.number(&fields::INSTANT), cells.number(&fields::INSTANT));
    let service = cells.number(&fields::SERVICE);
    cells.end();
    let customer = Customer {
        service: service? * steps,
        opens: window.0? * steps,
        closes: window.1? * steps,
        ..Customer::plain(row.number, demand?)
    };
    Some((number?, Site { at: (at.0?, at.1?), customer }))
}

/// A part that every file has.
fn incomplete(expected: Text, found: Text, findings: &mut Findings) {
    let help = text!("complétez le fichier", "complete the file");
    findings.error("B006", None, expected, found, help);
}
