//! Covering tours (m-CTP and m-CTP-p): visit the mandatory vertices, and of the optional ones enough that everybody to be
//! covered is covered.
//!
//! A line with the name; then the numbers of optional vertices, of people to cover, and of mandatory vertices with the depot,
//! the most vertices of a route p and its greatest length q; then `i j cost` for all pairs; then a row for each optional
//! vertex of who it covers; then what other problems use. Vertex 0 is the depot, the next are mandatory.

use super::geometry::{Geometry, Measure};
use super::text::{Cells, Field, Findings, Row, fields};
use super::{Convention, Customer, Depot, Instance, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;

const OPTIONAL: Field =
    Field::whole("le nombre de sommets optionnels", "the number of optional vertices", 0.0, 10_000.0);
const PEOPLE: Field =
    Field::whole("le nombre de points à couvrir", "the number of points to cover", 0.0, 100_000.0);
const MANDATORY: Field = Field::whole(
    "le nombre de sommets obligatoires, dépôt compris",
    "the number of mandatory vertices with the depot",
    1.0,
    10_000.0,
);
const STOPS: Field =
    Field::whole("le nombre de visites par tournée (p)", "the visits of a route (p)", 1.0, 1e9);
const MARK: Field = Field::whole("0 ou 1 (couvert)", "0 or 1 (covered)", 0.0, 1.0);

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let mut cells = Cells::new(&rows[1], findings);
    let (optional, people) = (cells.count(&OPTIONAL), cells.count(&PEOPLE));
    let (mandatory, max_stops) = (cells.count(&MANDATORY), cells.count(&STOPS));
    let max_length = cells.number(&fields::LIMIT);
    cells.end();
    let (optional, people, mandatory) = (optional?, people?, mandatory?);
    let size = optional + mandatory;
    let pair_count = size * (size - 1) / 2;
    let (found, expected) = (rows.len() - 2, pair_count + optional);
    if found < expected || size < 2 {
        findings.error(
            "B009",
            Some(rows[1].number),
            text!(
                "{pair_count} coûts et {optional} lignes de couverture",
                "{pair_count} costs and {optional} rows of coverage"
            ),
            text!("{found} lignes", "{found} rows"),
            text!(
                "complétez le fichier, ou corrigez sa deuxième ligne",
                "complete the file, or correct its second line"
            ),
        );
        return None;
    }
    let (pairs, rest) = rows[2..].split_at(pair_count);
    let cells = costs(pairs, size, findings);
    let covered_by = coverage(&rest[..optional], mandatory..size, people, findings);
    let vehicle =
        Vehicle { max_length: max_length?, max_stops: max_stops? as u32, ..Vehicle::plain(f64::INFINITY) };
    let cells = cells?;
    // The published costs are whole; others are kept as they are.
    let is_whole = cells.iter().all(|cost| cost.fract() == 0.0);
    let convention = if is_whole {
        Convention::plain("m-CTP", Measure::Nearest { steps: 1 })
    } else {
        Convention::real("m-CTP")
    };
    let customer =
        |vertex: usize| Customer { required: vertex < mandatory, ..Customer::plain(rows[1].number, 0.0) };
    Some(Instance {
        name: String::new(),
        convention,
        days: 1,
        depots: vec![Depot::ALWAYS],
        customers: (1..size).map(customer).collect(),
        vehicles: vec![vehicle],
        slots: vec![Slot { vehicle: 0, day: 0, start: 0, end: 0, stock: 0 }],
        stocks: vec![u32::MAX],
        groups: Vec::new(),
        covered_by: covered_by?,
        geometry: Geometry::Table { size, cells },
    })
}

/// The symmetric table of costs, each pair given once.
fn costs(rows: &[Row<'_>], size: usize, findings: &mut Findings) -> Option<Vec<f64>> {
    let mut table = vec![None; size * size]; // half of it is backed by a row each
    let mut complete = true;
    for row in rows {
        let mut cells = Cells::new(row, findings);
        let (from, to) = (cells.count(&fields::NUMBER), cells.count(&fields::NUMBER));
        let cost = cells.number(&fields::DISTANCE);
        cells.end();
        let (Some(from), Some(to), Some(cost)) = (from, to, cost) else {
            complete = false;
            continue;
        };
        if from < size && to < size && from != to && table[from * size + to].is_none() {
            table[from * size + to] = Some(cost);
            table[to * size + from] = Some(cost);
            continue;
        }
        complete = false;
        let last = size - 1;
        findings.error(
            "B010",
            Some(row.number),
            text!(
                "deux sommets différents de 0 à {last}, chaque paire une fois",
                "two different vertices of 0 to {last}, each pair once"
            ),
            text!("{from} et {to}", "{from} and {to}"),
            text!(
                "corrigez la paire, ou la deuxième ligne du fichier",
                "correct the pair, or the second line of the file"
            ),
        );
    }
    // As many rows as pairs, none twice: all are there.
    complete.then(|| table.into_iter().map(|cost| cost.unwrap_or(0.0)).collect())
}

/// For each of the people the customers (vertices less one) that cover them.
fn coverage(
    rows: &[Row<'_>],
    vertices: std::ops::Range<usize>,
    people: usize,
    findings: &mut Findings,
) -> Option<Vec<Vec<usize>>> {
    let expected = people + 1;
    let before = findings.count();
    for row in rows.iter().filter(|row| row.cells.len() != expected) {
        let found = row.cells.len();
        findings.error(
            "B008",
            Some(row.number),
            text!(
                "un sommet et {people} marques, soit {expected} valeurs",
                "a vertex and {people} marks: {expected} values"
            ),
            Text::same(found.to_string()),
            text!(
                "complétez la ligne, ou corrigez la deuxième ligne du fichier",
                "complete the row, or correct the second line of the file"
            ),
        );
    }
    if findings.count() > before {
        return None; // so many people are backed by rows as long
    }
    let mut covered_by = vec![Vec::new(); if rows.is_empty() { 0 } else { people }];
    let mut complete = true;
    for (row, expected) in rows.iter().zip(vertices) {
        let mut cells = Cells::new(row, findings);
        let vertex = cells.count(&fields::NUMBER);
        for covering in &mut covered_by {
            match cells.count(&MARK) {
                Some(1) => covering.push(expected - 1),
                Some(_) => {}
                None => complete = false,
            }
        }
        if vertex != Some(expected) {
            complete = false;
            findings.out_of_order(row.number, expected, Text::same(row.cells[0]));
        }
    }
    complete.then_some(covered_by)
}
