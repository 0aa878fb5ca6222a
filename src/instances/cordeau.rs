//! Cordeau's files, types 0 to 6: routes over days, depots or vehicle types with duration limits, in real numbers.
//!
//! First line: type, m, n, t. Then t lines `D Q`: longest duration (0: no limit) and capacity on that day, from that depot,
//! or of that vehicle type, each with m vehicles. Then rows: number, x, y, service, demand, frequency, count of combinations,
//! the combinations, and a window in the types with windows. One published file has the wrong type, so whether there are
//! windows and where the depots stand is seen in the rows.

use super::geometry::{Geometry, PlanePoints};
use super::text::{Cells, Decimal, Findings, Row, fields};
use super::{Convention, Customer, Depot, Instance, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;
use crate::units::{Day, DaySet};
use fixedbitset::FixedBitSet;

/// What the t lines of limits are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Days,
    Depots,
    VehicleTypes,
}

/// A row of the table.
struct Point {
    at: (Decimal, Decimal),
    service: f64,
    demand: f64,
    frequency: usize,
    /// Combinations as they are written.
    choices: Vec<u64>,
    window: Option<(f64, f64)>,
    row: u32,
}

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let mut cells = Cells::new(&rows[0], findings);
    let kind =
        cells.count(&super::text::Field::whole("le type de problème", "the type of problem", 0.0, 6.0));
    let vehicle_count = cells.count(&fields::VEHICLES);
    let customer_count = cells.count(&fields::CUSTOMERS);
    let part_count = cells.count(&fields::DAYS);
    cells.end();
    let (kind, per_part, customer_count, part_count) = (kind?, vehicle_count?, customer_count?, part_count?);

    if rows.len() <= part_count {
        return cut_short(part_count + 1, rows.len(), findings);
    }
    let (limits, table) = rows[1..].split_at(part_count);
    let limits = read_limits(limits, findings);
    let depot_first = table.first().is_some_and(|row| row.cells[0] == "0");
    let part = match kind {
        3 => Part::VehicleTypes,
        // A periodic file announced as another type is known by its depot, which stands first.
        _ if depot_first => Part::Days,
        _ => Part::Depots,
    };
    let depot_count = if part == Part::Depots { part_count } else { 1 };
    let expected = customer_count + depot_count;
    if table.len() != expected {
        return cut_short(expected, table.len(), findings);
    }
    let first_number = usize::from(!depot_first);
    let points: Vec<Option<Point>> =
        table.iter().zip(first_number..).map(|(row, number)| read_point(row, number, findings)).collect();
    let points: Vec<Point> = points.into_iter().collect::<Option<_>>()?;
    let limits = limits?;
    refuse_mixed_windows(&points, findings)?;

    let (depots, customers) = if depot_first {
        points.split_at(depot_count)
    } else {
        let (customers, depots) = points.split_at(customer_count);
        (depots, customers)
    };
    let file = File { part, part_count, per_part, limits, depots, customers };
    file.instance(findings)
}

fn cut_short<T>(expected: usize, found: usize, findings: &mut Findings) -> Option<T> {
    let expected = text!(
        "{expected} lignes après les limites, selon la première ligne",
        "{expected} rows after the limits, by the first line"
    );
    findings.row_count(None, expected, found);
    None
}

/// `(duration, capacity)`, infinite where 0.
fn read_limits(rows: &[Row<'_>], findings: &mut Findings) -> Option<Vec<(f64, f64)>> {
    let unlimited = |value: f64| if value == 0.0 { f64::INFINITY } else { value };
    let limits: Vec<Option<(f64, f64)>> = rows
        .iter()
        .map(|row| {
            let mut cells = Cells::new(row, findings);
            let limits = (cells.number(&fields::LIMIT), cells.number(&fields::CAPACITY));
            cells.end();
            Some((unlimited(limits.0?), unlimited(limits.1?)))
        })
        .collect();
    limits.into_iter().collect()
}

fn read_point(row: &Row<'_>, expected: usize, findings: &mut Findings) -> Option<Point> {
    let mut cells = Cells::new(row, findings);
    let number = cells.count(&fields::NUMBER);
    let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
    let (service, demand) = (cells.number(&fields::SERVICE), cells.number(&fields::DEMAND));
    let frequency = cells.count(&fields::FREQUENCY);
    let choice_count = cells.count(&fields::CHOICES)?;
    if choice_count > cells.left() {
        let left = cells.left();
        findings.error(
            "B008",
            Some(row.number),
            text!("{choice_count} combinaisons", "{choice_count} combinations"),
            Text::same(left.to_string()),
            text!("complétez la ligne", "complete the row"),
        );
        return None;
    }
    let choices: Vec<Option<u64>> =
        (0..choice_count).map(|_| cells.number(&fields::CODE).map(|code| code as u64)).collect();
    let window = if cells.left() > 0 {
        Some((cells.number(&fields::INSTANT)?, cells.number(&fields::INSTANT)?))
    } else {
        None
    };
    cells.end();
    let number = number?;
    if number != expected {
        findings.out_of_order(row.number, expected, Text::same(number.to_string()));
        return None;
    }
    Some(Point {
        at: (at.0?, at.1?),
        service: service?,
        demand: demand?,
        frequency: frequency?,
        choices: choices.into_iter().collect::<Option<_>>()?,
        window,
        row: row.number,
    })
}

/// Either every row has a window or none has.
fn refuse_mixed_windows(points: &[Point], findings: &mut Findings) -> Option<()> {
    let first = points.first()?;
    let other = points.iter().find(|point| point.window.is_some() != first.window.is_some());
    let Some(other) = other else { return Some(()) };
    let row = first.row;
    findings.error(
        "B008",
        Some(other.row),
        text!("autant de valeurs qu’à la ligne {row}", "as many values as on line {row}"),
        text!("une fenêtre horaire ici ou là seulement", "a time window on only one of them"),
        text!("donnez des fenêtres à tous, ou à personne", "give windows to all, or to none"),
    );
    None
}

/// The days of a combination: its digits in base two from the left, `width` of them.
pub(super) fn days_of(code: u64, width: usize) -> Option<DaySet> {
    (width < 64 && code >> width == 0).then(|| {
        (0..width).filter(|day| code >> (width - 1 - day) & 1 == 1).map(|day| Day(day as u8)).collect()
    })
}

/// A combination that names days (or types) that do not exist.
pub(super) fn bad_code(row: u32, code: u64, width: usize, findings: &mut Findings) {
    findings.error(
        "B015",
        Some(row),
        text!("une combinaison de {width} chiffres binaires", "a combination of {width} binary digits"),
        Text::same(code.to_string()),
        text!(
            "corrigez la combinaison, ou le nombre de jours",
            "correct the combination, or the number of days"
        ),
    );
}

/// Warns of combinations of more or fewer days than the frequency says; the combinations count.
pub(super) fn compare_frequency(row: u32, frequency: usize, day_sets: &[DaySet], findings: &mut Findings) {
    if let Some(other) = day_sets.iter().find(|days| days.len() != frequency) {
        let count = other.len();
        findings.warning(
            "B015",
            Some(row),
            text!(
                "des combinaisons de {frequency} jour(s), selon la fréquence",
                "combinations of {frequency} day(s), by the frequency"
            ),
            text!("une combinaison de {count}", "a combination of {count}"),
            text!(
                "corrigez l’une ou l’autre ; les combinaisons comptent",
                "correct one or the other; the combinations count"
            ),
        );
    }
}

struct File<'p> {
    part: Part,
    part_count: usize,
    per_part: usize,
    limits: Vec<(f64, f64)>,
    depots: &'p [Point],
    customers: &'p [Point],
}

impl File<'_> {
    fn instance(&self, findings: &mut Findings) -> Option<Instance> {
        let has_windows = self.depots.first().is_some_and(|depot| depot.window.is_some());
        let points: Vec<_> = self.depots.iter().chain(self.customers).map(|point| point.at).collect();
        let allowed = (self.part == Part::VehicleTypes).then(|| self.allowed(findings));
        let customers: Vec<Option<Customer>> =
            self.customers.iter().map(|point| self.customer(point, findings)).collect();
        let (vehicles, slots) = self.fleet(allowed.as_deref());
        let days = if self.part == Part::Days { self.part_count } else { 1 };
        Some(Instance {
            name: String::new(),
            convention: self.convention(has_windows),
            days: days as u8,
            depots: self.depots.iter().map(depot).collect(),
            customers: customers.into_iter().collect::<Option<_>>()?,
            vehicles,
            slots,
            stocks: vec![self.per_part as u32; self.part_count],
            groups: Vec::new(),
            covered_by: Vec::new(),
            geometry: Geometry::Plane(PlanePoints::new(&points)),
        })
    }

    fn convention(&self, has_windows: bool) -> Convention {
        let problem = match (self.part, has_windows, self.part_count) {
            (Part::Days, false, 1) => "VRP",
            (Part::Days, true, 1) => "VRPTW",
            (Part::Days, false, _) => "PVRP",
            (Part::Days, true, _) => "PVRPTW",
            (Part::Depots, false, _) => "MDVRP",
            (Part::Depots, true, _) => "MDVRPTW",
            (Part::VehicleTypes, false, _) => "SDVRP",
            (Part::VehicleTypes, true, _) => "SDVRPTW",
        };
        Convention {
            states_day: self.part == Part::Days && self.part_count > 1,
            states_depot: self.part == Part::Depots,
            states_vehicle: self.part == Part::VehicleTypes,
            ..Convention::real(problem)
        }
    }

    fn customer(&self, point: &Point, findings: &mut Findings) -> Option<Customer> {
        let (opens, closes) = point.window.unwrap_or((0.0, f64::INFINITY));
        let service = point.service;
        let mut customer = Customer { service, opens, closes, ..Customer::plain(point.row, point.demand) };
        if self.part == Part::Days && self.part_count > 1 {
            // Visited on the days of a combination; a frequency of 0 (p11) makes that optional.
            customer.required = point.frequency > 0;
            customer.day_sets.clear();
            for &code in &point.choices {
                let Some(days) = days_of(code, self.part_count) else {
                    bad_code(point.row, code, self.part_count, findings);
                    return None;
                };
                if !days.is_empty() {
                    customer.day_sets.push(days);
                }
            }
            customer.day_sets.sort_unstable();
            customer.day_sets.dedup();
            if customer.required {
                compare_frequency(point.row, point.frequency, &customer.day_sets, findings);
            }
        }
        Some(customer)
    }

    /// For each vehicle type the customers it may serve.
    fn allowed(&self, findings: &mut Findings) -> Vec<FixedBitSet> {
        let mut allowed = vec![FixedBitSet::with_capacity(self.customers.len()); self.part_count];
        for (index, point) in self.customers.iter().enumerate() {
            for &code in &point.choices {
                match days_of(code, self.part_count) {
                    Some(types) => types.iter().for_each(|kind| allowed[kind.index()].insert(index)),
                    None => bad_code(point.row, code, self.part_count, findings),
                }
            }
        }
        allowed
    }

    /// One slot a part, each with a stock of its own; one kind of vehicle for equal limits.
    fn fleet(&self, allowed: Option<&[FixedBitSet]>) -> (Vec<Vehicle>, Vec<Slot>) {
        let mut vehicles: Vec<Vehicle> = Vec::new();
        let mut slots = Vec::new();
        for (part, &(max_duration, capacity)) in self.limits.iter().enumerate() {
            let serves = allowed.map(|all| all[part].clone());
            let lines = if serves.is_some() { vec![part as u32 + 1] } else { vec![1] };
            let vehicle = Vehicle { max_duration, serves, lines, ..Vehicle::plain(capacity) };
            let known = vehicles.iter().position(|other| *other == vehicle);
            let kind = known.unwrap_or(vehicles.len());
            if known.is_none() {
                vehicles.push(vehicle);
            }
            let day = if self.part == Part::Days { part as u8 } else { 0 };
            let depot = if self.part == Part::Depots { part } else { 0 };
            slots.push(Slot { vehicle: kind, day, start: depot, end: depot, stock: part });
        }
        (vehicles, slots)
    }
}

fn depot(point: &Point) -> Depot {
    point.window.map_or(Depot::ALWAYS, |(opens, closes)| Depot { opens, closes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_are_read_from_the_left() {
        // The example of the format's description: of five days, 10 = 01010 is the second and the fourth.
        let days = days_of(10, 5).expect("five digits");
        assert_eq!(days.iter().collect::<Vec<_>>(), [Day(1), Day(3)]);
        assert_eq!(days_of(32, 5), None);
        assert_eq!(days_of(31, 5), Some(DaySet::first(5)));
    }
}
