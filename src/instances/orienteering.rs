//! Team orienteering: Chao's files, and Cordeau-like files with windows. As many points' scores as m routes can collect.

use super::geometry::{Geometry, Measure, PlanePoints};
use super::text::{Cells, Decimal, Findings, Row, fields, quoted};
use super::{Convention, Customer, Depot, Instance, Objective, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;

/// Reads `n`, `m`, `tmax`, then `x y score` rows: the first is the start, the last the end, each route at most `tmax` long.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let announced = named(rows, 0, "n", findings);
    let vehicles = named(rows, 1, "m", findings);
    let max_length = named(rows, 2, "tmax", findings);
    let table = rows.get(3..).unwrap_or_default();
    if let Some(announced) = announced.filter(|announced| *announced != table.len() as f64 || table.len() < 3)
    {
        let found = table.len();
        findings.error(
            "B009",
            Some(rows[0].number),
            text!("{announced} points, trois au moins", "{announced} points, three at least"),
            Text::same(found.to_string()),
            text!("complétez le fichier, ou corrigez n", "complete the file, or correct n"),
        );
        return None;
    }
    let (mut points, mut customers) = (Vec::new(), Vec::new());
    for row in table {
        let mut cells = Cells::new(row, findings);
        let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
        let prize = cells.number(&fields::PRIZE);
        cells.end();
        if let ((Some(x), Some(y)), Some(prize)) = (at, prize) {
            points.push((x, y));
            customers.push(Customer { prize, required: false, ..Customer::plain(row.number, 0.0) });
        }
    }
    if announced.is_none() || points.len() != table.len() {
        return None; // said above
    }
    // Start and end are depots; the customers are between them.
    points[1..].rotate_right(1);
    customers.pop();
    customers.remove(0);
    let vehicle = Vehicle { max_length: max_length?, ..Vehicle::plain(f64::INFINITY) };
    let convention = Convention { objective: Objective::Score, decimals: 0, ..Convention::real("TOP") };
    Some(instance(convention, vec![Depot::ALWAYS; 2], customers, vehicle, vehicles?, &points))
}

/// The number of a `name value` row.
fn named(rows: &[Row<'_>], at: usize, name: &str, findings: &mut Findings) -> Option<f64> {
    let row = rows.get(at).filter(|row| row.cells.len() == 2 && row.cells[0].eq_ignore_ascii_case(name));
    let Some(row) = row else {
        let found = rows.get(at).map_or_else(|| text!("rien", "nothing"), |row| quoted(&row.joined()));
        findings.error(
            "B006",
            rows.get(at).map(|row| row.number),
            text!("« {name} valeur »", "`{name} value`"),
            found,
            text!("complétez le début du fichier", "complete the beginning of the file"),
        );
        return None;
    };
    let field = match name {
        "n" => &fields::CUSTOMERS,
        "m" => &fields::VEHICLES,
        _ => &fields::LIMIT,
    };
    findings.decimal(row.number, row.cells[1], field).map(|read| read.value)
}

/// Reads a first line type, m, n, t, a line that says nothing, and rows: number, x, y, service, score, frequency, count of
/// combinations, combinations, window. The first is the depot; its window bounds a route.
///
/// Distances and times are cut to one decimal, in types 5 and 6 to two.
pub(super) fn read_windows(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let mut cells = Cells::new(&rows[0], findings);
    let kind = cells.number(&fields::ANY);
    let (vehicles, count) = (cells.number(&fields::VEHICLES), cells.count(&fields::CUSTOMERS));
    let steps = if kind == Some(4.0) { 10 } else { 100 };
    let table = rows.get(2..).unwrap_or_default();
    if let Some(count) = count.filter(|count| count + 1 != table.len()) {
        let expected = count + 1;
        let expected = text!("{expected} lignes de points", "{expected} rows of points");
        findings.row_count(Some(rows[0].number), expected, table.len());
        return None;
    }
    let read: Vec<Option<Scored>> = table
        .iter()
        .zip(0..)
        .map(|(row, number)| read_scored(row, number, f64::from(steps), findings))
        .collect();
    let read: Vec<Scored> = read.into_iter().collect::<Option<_>>()?;
    count?; // said above; without it there may be no row at all
    let points: Vec<_> = read.iter().map(|scored| scored.at).collect();
    let mut customers: Vec<Customer> = read.into_iter().map(|scored| scored.customer).collect();
    let depot = customers.remove(0);
    let depot = Depot { opens: depot.opens, closes: depot.closes };
    let convention =
        Convention { objective: Objective::Score, ..Convention::plain("TOPTW", Measure::Down { steps }) };
    Some(instance(convention, vec![depot], customers, Vehicle::plain(f64::INFINITY), vehicles?, &points))
}

/// A row with a score.
struct Scored {
    at: (Decimal, Decimal),
    customer: Customer,
}

fn read_scored(row: &Row<'_>, expected: usize, steps: f64, findings: &mut Findings) -> Option<Scored> {
    let mut cells = Cells::new(row, findings);
    let number = cells.count(&fields::NUMBER);
    let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
    let (service, prize) = (cells.number(&fields::SERVICE), cells.number(&fields::PRIZE));
    let (_, choices) = (cells.count(&fields::FREQUENCY), cells.count(&fields::CHOICES)?);
    for _ in 0..choices.min(cells.left()) {
        cells.number(&fields::CODE);
    }
    let window = (cells.number(&fields::INSTANT), cells.number(&fields::INSTANT));
    cells.end();
    let number = number?;
    if number != expected {
        findings.out_of_order(row.number, expected, Text::same(number.to_string()));
        return None;
    }
    let plain = Customer::plain(row.number, 0.0);
    let (service, opens, closes) =
        ((service? * steps).round(), (window.0? * steps).round(), (window.1? * steps).round());
    let customer = Customer { service, prize: prize?, opens, closes, required: false, ..plain };
    Some(Scored { at: (at.0?, at.1?), customer })
}

fn instance(
    convention: Convention,
    depots: Vec<Depot>,
    customers: Vec<Customer>,
    vehicle: Vehicle,
    count: f64,
    points: &[(Decimal, Decimal)],
) -> Instance {
    let end = depots.len() - 1;
    Instance {
        name: String::new(),
        convention,
        days: 1,
        depots,
        customers,
        vehicles: vec![vehicle],
        slots: vec![Slot { vehicle: 0, day: 0, start: 0, end, stock: 0 }],
        stocks: vec![count as u32],
        groups: Vec::new(),
        covered_by: Vec::new(),
        geometry: Geometry::Plane(PlanePoints::new(points)),
    }
}
