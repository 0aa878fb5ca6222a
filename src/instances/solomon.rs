//! Solomon's files and Gehring and Homberger's: one depot, windows, distances cut to tenths.
//!
//! Under headings `VEHICLE` and `CUSTOMER`: the fleet's number and capacity, then a row a point with number, x, y, demand,
//! ready time, due date, service time; row 0 is the depot.

use super::geometry::{Geometry, Measure, PlanePoints};
use super::text::{Cells, Findings, Row, fields};
use super::{Convention, Customer, Depot, Instance, Slot, Vehicle};
use crate::text;

const STEPS: u32 = 10;

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let measure = Measure::Down { steps: STEPS };
    let convention = Convention { divisor: 10.0, decimals: 1, ..Convention::plain("VRPTW", measure) };
    let is_word = |row: &&Row<'_>| row.cells[0].starts_with(|c: char| c.is_ascii_alphabetic());
    let heading = |name: &str| rows.iter().position(|row| row.cells[0].eq_ignore_ascii_case(name));
    let fleet = heading("VEHICLE")?;
    let Some(row) = rows[fleet..].iter().find(|row| !is_word(row)) else {
        findings.error(
            "B006",
            None,
            text!("le nombre de véhicules et leur capacité", "the number of vehicles and their capacity"),
            text!("un fichier qui ne les a pas", "a file without them"),
            text!("complétez le fichier", "complete the file"),
        );
        return None;
    };
    let mut cells = Cells::new(row, findings);
    let (count, capacity) = (cells.count(&fields::VEHICLES), cells.number(&fields::CAPACITY));
    cells.end();
    let Some(table) = heading("CUSTOMER") else {
        findings.error(
            "B006",
            None,
            text!("une table CUSTOMER", "a table CUSTOMER"),
            text!("un fichier qui ne l’a pas", "a file without it"),
            text!("complétez le fichier", "complete the file"),
        );
        return None;
    };
    // The headings are two lines that begin with words.
    let data = rows[table + 1..].iter().skip_while(is_word);

    let steps = f64::from(STEPS);
    let (mut points, mut customers, mut depot) = (Vec::new(), Vec::new(), None);
    for (row, expected) in data.zip(0_usize..) {
        let mut cells = Cells::new(row, findings);
        let number = cells.count(&fields::NUMBER);
        let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
        let demand = cells.number(&fields::DEMAND);
        let window = (cells.number(&fields::INSTANT), cells.number(&fields::INSTANT));
        let service = cells.number(&fields::SERVICE);
        cells.end();
        let (Some(number), (Some(x), Some(y)), Some(demand), (Some(opens), Some(closes)), Some(service)) =
            (number, at, demand, window, service)
        else {
            continue;
        };
        if number != expected {
            findings.error(
                "B010",
                Some(row.number),
                text!("le numéro {expected}, dans l’ordre", "number {expected}, in order"),
                text!("{number}", "{number}"),
                text!("une ligne manque ou est en double", "a row is missing or there twice"),
            );
            return None;
        }
        points.push((x, y));
        let (opens, closes) = (opens * steps, closes * steps);
        if number == 0 {
            depot = Some(Depot { opens, closes });
        } else {
            let plain = Customer::plain(row.number, demand);
            customers.push(Customer { service: service * steps, opens, closes, ..plain });
        }
    }
    let Some(depot) = depot else {
        if findings.is_empty() {
            findings.error(
                "B006",
                None,
                text!("le dépôt (ligne 0 de la table)", "the depot (row 0 of the table)"),
                text!("une table vide", "an empty table"),
                text!("complétez le fichier", "complete the file"),
            );
        }
        return None;
    };
    Some(Instance {
        name: String::new(),
        convention,
        days: 1,
        depots: vec![depot],
        customers,
        vehicles: vec![Vehicle::plain(capacity?)],
        slots: vec![Slot { vehicle: 0, day: 0, start: 0, end: 0, stock: 0 }],
        stocks: vec![count? as u32],
        groups: Vec::new(),
        covered_by: Vec::new(),
        geometry: Geometry::Plane(PlanePoints::new(&points)),
    })
}
