//! VRPLIB files: CVRP, and the dialect in which PyVRP's collection states windows, depots, mixed and site-dependent
//! fleets, prizes, groups, several trips and release times.
//!
//! `TYPE` names the convention: how distances are rounded and costs stated differs between sets that otherwise look
//! alike.

mod document;
mod weights;

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::geometry::{Geometry, Measure, PlanePoints};
use super::text::{Cells, Decimal, Findings, Row, fields, quoted};
use super::{Convention, Customer, Depot, Instance, Objective, Slot, Vehicle};
use crate::diagnostics::Text;
use crate::text;
use document::{Document, Section, fill, missing};

pub(super) use document::is_header;

/// Most different kinds of vehicle; published files have six.
const KINDS_MAX: usize = 1000;

/// A `TYPE` and what it stands for.
struct Family {
    convention: Convention,
    /// Sections beyond those of every file.
    sections: &'static [&'static str],
    asymmetric: bool,
}

const EVERY_FILE: &[&str] =
    &["NODE_COORD_SECTION", "EDGE_WEIGHT_SECTION", "DEMAND_SECTION", "DEPOT_SECTION", "DISPLAY_DATA_SECTION"];

const NINT: Measure = Measure::Nearest { steps: 1 };
const TENTHS: Measure = Measure::Down { steps: 10 };
const THOUSANDTHS: Measure = Measure::Nearest { steps: 1000 };

const FAMILIES: &[Family] = &[
    Family { convention: Convention::plain("CVRP", NINT), sections: &[], asymmetric: false },
    Family { convention: Convention::plain("ACVRP", NINT), sections: &[], asymmetric: true },
    Family {
        convention: Convention { divisor: 10.0, decimals: 1, ..Convention::plain("VRPTW", TENTHS) },
        sections: &["SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention::plain("GVRP", NINT),
        sections: &["MUTUALLY_EXCLUSIVE_GROUP_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention { states_depot: true, ..Convention::plain("MDVRPTW", THOUSANDTHS) },
        sections: &["SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION", "VEHICLES_DEPOT_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention { states_vehicle: true, ..Convention::plain("SDVRPTW", THOUSANDTHS) },
        sections: &[
            "SERVICE_TIME_SECTION",
            "TIME_WINDOW_SECTION",
            "CAPACITY_SECTION",
            "VEHICLES_ALLOWED_CLIENTS_SECTION",
        ],
        asymmetric: false,
    },
    Family {
        convention: Convention {
            objective: Objective::CostAndLostPrizes,
            ..Convention::plain("PCVRPTW", TENTHS)
        },
        sections: &["SERVICE_TIME_SECTION", "TIME_WINDOW_SECTION", "PRIZE_SECTION"],
        asymmetric: false,
    },
    Family {
        // Costs are in hundredths of what the file counts, distances in thousandths.
        convention: Convention {
            states_vehicle: true,
            divisor: 100_000.0,
            decimals: 4,
            ..Convention::plain("HFVRP", THOUSANDTHS)
        },
        sections: &["CAPACITY_SECTION", "VEHICLES_FIXED_COST_SECTION", "VEHICLES_UNIT_DISTANCE_COST_SECTION"],
        asymmetric: false,
    },
    Family {
        convention: Convention { multi_trip: true, ..Convention::plain("MTVRPTWR", TENTHS) },
        sections: &[
            "SERVICE_TIME_SECTION",
            "TIME_WINDOW_SECTION",
            "RELEASE_TIME_SECTION",
            "VEHICLES_RELOAD_DEPOT_SECTION",
        ],
        asymmetric: false,
    },
];

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let document = Document::split(rows, findings);
    let family = family_of(&document, findings)?;
    document.refuse_all_but(&[EVERY_FILE, family.sections].concat(), family.convention.problem, findings);
    let (convention, geometry) = geometry_of(&document, family, findings)?;
    let depots = depots_of(&document, convention.problem, geometry.len(), findings)?;
    let file = File { document, convention, order: order_of(&depots, geometry.len()), depots };
    let customers = file.customers(findings);
    let windows = file.depot_windows(findings);
    let fleet = file.fleet(findings);
    let groups = file.groups(findings);
    file.refuse_other_reloads(findings);
    let (mut customers, (vehicles, slots, stocks), groups) = (customers?, fleet?, groups?);
    for &member in groups.iter().flatten() {
        customers[member].required = false;
    }
    Some(Instance {
        name: String::new(),
        convention,
        days: 1,
        depots: windows,
        customers,
        vehicles,
        slots,
        stocks,
        groups,
        covered_by: Vec::new(),
        geometry: reordered(geometry, &file.order),
    })
}

fn family_of(document: &Document<'_, '_>, findings: &mut Findings) -> Option<&'static Family> {
    let names: Vec<&str> = FAMILIES.iter().map(|family| family.convention.problem).collect();
    let known = Text::same(names.join(", "));
    let Some((row, name)) = document.header("TYPE") else {
        missing("TYPE", findings);
        return None;
    };
    let family = FAMILIES.iter().find(|family| family.convention.problem == name);
    if family.is_none() {
        let help = if name == "VRPB" {
            text!(
                "les tournées avec retours chargés (backhauls) ne sont pas traitées : personne n’y recharge ici",
                "routes with backhauls are not handled: nobody loads on the way back here"
            )
        } else {
            text!(
                "corrigez TYPE si le problème est l’un de ceux-là",
                "correct TYPE if the problem is one of those"
            )
        };
        findings.error("B004", Some(row), known, quoted(name), help);
    }
    family
}

/// Where the nodes are, in the order of their numbers, and the convention with the rounding of the file.
fn geometry_of(
    document: &Document<'_, '_>,
    family: &Family,
    findings: &mut Findings,
) -> Option<(Convention, Geometry)> {
    let dimension = document.number("DIMENSION", &fields::CUSTOMERS, findings).map(|value| value as usize);
    if document.header("DIMENSION").is_none() {
        missing("DIMENSION", findings);
    }
    let mut convention = family.convention;
    match document.header("EDGE_WEIGHT_TYPE") {
        None => {
            missing("EDGE_WEIGHT_TYPE", findings);
            return None;
        }
        Some((_, "EXPLICIT")) => {
            let size = dimension?;
            let table = weights::read(document, size, convention.measure, family.asymmetric, findings)?;
            return Some((convention, table));
        }
        Some((_, "EUC_2D")) => {}
        Some((_, "CEIL_2D")) if convention.measure == NINT => convention.measure = Measure::Up { steps: 1 },
        Some((_, "FLOOR_2D")) if convention.measure == NINT => {
            convention.measure = Measure::Down { steps: 1 }
        }
        Some((row, other)) => {
            let known = Text::same("EUC_2D, CEIL_2D, FLOOR_2D, EXPLICIT");
            let help =
                text!("convertissez les distances en une matrice", "convert the distances to a matrix");
            findings.error("B004", Some(row), known, quoted(other), help);
            return None;
        }
    }
    let section = document.required("NODE_COORD_SECTION", findings)?;
    let mut nodes: Vec<Option<(Decimal, Decimal)>> = vec![None; section.rows.len()];
    for row in section.rows {
        let mut cells = Cells::new(row, findings);
        let number = cells.count(&fields::NUMBER);
        let at = (cells.decimal(&fields::COORDINATE), cells.decimal(&fields::COORDINATE));
        cells.end();
        if let (Some(number), (Some(x), Some(y))) = (number, at) {
            fill(&mut nodes, number, (x, y), row.number, findings);
        }
    }
    let (found, dimension) = (nodes.len(), dimension?);
    if found != dimension {
        findings.error(
            "B009",
            Some(section.row),
            text!("{dimension} nœuds (DIMENSION)", "{dimension} nodes (DIMENSION)"),
            text!("{found}", "{found}"),
            text!("complétez le fichier, ou corrigez DIMENSION", "complete the file, or correct DIMENSION"),
        );
    }
    let points: Option<Vec<_>> = nodes.into_iter().collect();
    Some((convention, Geometry::Plane(PlanePoints::new(&points?))))
}

/// Node indices of the depots.
fn depots_of(
    document: &Document<'_, '_>,
    problem: &str,
    node_count: usize,
    findings: &mut Findings,
) -> Option<Vec<usize>> {
    let Some(section) = document.section("DEPOT_SECTION") else {
        if problem == "SDVRPTW" {
            return Some(vec![0]); // files of this set leave the section out
        }
        missing("DEPOT_SECTION", findings);
        return None;
    };
    let mut depots = Vec::new();
    let listed = section.rows.iter().take_while(|row| row.cells[0] != "-1");
    for row in listed {
        let mut cells = Cells::new(row, findings);
        let number = cells.count(&fields::NUMBER);
        cells.end();
        match number.and_then(|number| number.checked_sub(1)) {
            Some(node) if node < node_count && !depots.contains(&node) && depots.len() < 10_000 => {
                depots.push(node);
            }
            _ => findings.error(
                "B010",
                Some(row.number),
                text!(
                    "un nœud entre 1 et {node_count}, une seule fois",
                    "a node between 1 and {node_count}, each once"
                ),
                quoted(row.cells[0]),
                text!("corrigez le numéro du dépôt", "correct the number of the depot"),
            ),
        }
    }
    if depots.len() > 1 && problem != "MDVRPTW" {
        findings.error(
            "B014",
            Some(section.row),
            text!("un dépôt ({problem})", "one depot ({problem})"),
            Text::same(depots.len().to_string()),
            text!("gardez-en un, ou écrivez « TYPE : MDVRPTW »", "keep one, or write `TYPE : MDVRPTW`"),
        );
    }
    if depots.is_empty() || depots.len() == node_count {
        findings.error(
            "B006",
            Some(section.row),
            text!("au moins un dépôt et un client", "at least one depot and one customer"),
            text!("{node_count} nœud(s)", "{node_count} node(s)"),
            text!("complétez le fichier", "complete the file"),
        );
        return None;
    }
    Some(depots)
}

/// Depots, then all other nodes.
fn order_of(depots: &[usize], node_count: usize) -> Vec<usize> {
    let mut is_depot = FixedBitSet::with_capacity(node_count);
    is_depot.extend(depots.iter().copied());
    depots.iter().copied().chain(is_depot.zeroes()).collect()
}

/// The same points in another order.
fn reordered(geometry: Geometry, order: &[usize]) -> Geometry {
    match geometry {
        Geometry::Plane(points) => {
            let at = order.iter().map(|&node| points.at[node]).collect();
            Geometry::Plane(PlanePoints { at, grid: points.grid })
        }
        Geometry::Table { size, cells } => {
            let row = |from: usize| order.iter().map(move |to| from * size + to);
            let cells = order.iter().flat_map(|&from| row(from)).map(|cell| cells[cell]).collect();
            Geometry::Table { size, cells }
        }
    }
}

/// A file whose nodes are known.
struct File<'a, 't> {
    document: Document<'a, 't>,
    convention: Convention,
    /// Node indices of the depots.
    depots: Vec<usize>,
    /// Node indices: depots, then customers.
    order: Vec<usize>,
}

impl File<'_, '_> {
    fn steps(&self) -> f64 {
        f64::from(self.convention.measure.steps())
    }

    /// `number value` rows by node; a section that is there has every customer.
    fn node_column(
        &self,
        name: &str,
        field: &super::text::Field,
        findings: &mut Findings,
    ) -> Option<Vec<Option<f64>>> {
        let column = self.document.column(name, self.order.len(), field, findings)?;
        let section = self.document.section(name)?;
        self.require_all(name, section, |node| column[node].is_some(), findings);
        Some(column)
    }

    fn require_all(
        &self,
        name: &str,
        section: &Section<'_, '_>,
        has: impl Fn(usize) -> bool,
        findings: &mut Findings,
    ) {
        let mut absent = self.order[self.depots.len()..].iter().filter(|&&node| !has(node));
        if let Some(first) = absent.next() {
            let (first, others) = (first + 1, absent.count());
            findings.error(
                "B009",
                Some(section.row),
                text!("une ligne de {name} pour chaque client", "a row of {name} for each customer"),
                text!(
                    "rien pour le nœud {first} (et {others} autre(s))",
                    "nothing for node {first} (and {others} more)"
                ),
                text!(
                    "complétez la section ; le fichier est peut-être tronqué",
                    "complete the section; the file may be cut short"
                ),
            );
        }
    }

    /// The windows of all nodes.
    fn windows(&self, findings: &mut Findings) -> Vec<(f64, f64)> {
        let mut windows = vec![None; self.order.len()];
        if let Some(section) = self.document.section("TIME_WINDOW_SECTION") {
            for row in section.rows {
                let mut cells = Cells::new(row, findings);
                let number = cells.count(&fields::NUMBER);
                let window = (cells.number(&fields::INSTANT), cells.number(&fields::INSTANT));
                cells.end();
                if let (Some(number), (Some(opens), Some(closes))) = (number, window) {
                    let window = (self.steps() * opens, self.steps() * closes);
                    fill(&mut windows, number, window, row.number, findings);
                }
            }
            self.require_all("TIME_WINDOW_SECTION", section, |node| windows[node].is_some(), findings);
        }
        windows.into_iter().map(|window| window.unwrap_or((0.0, f64::INFINITY))).collect()
    }

    /// Findings about windows come from [`File::customers`].
    fn depot_windows(&self, findings: &mut Findings) -> Vec<Depot> {
        let mut said = Findings::new("");
        let windows = self.windows(&mut said);
        let service =
            self.document.column("SERVICE_TIME_SECTION", self.order.len(), &fields::SERVICE, &mut said);
        for &node in &self.depots {
            if let Some(busy) = service.as_ref().and_then(|column| column[node]).filter(|busy| *busy > 0.0) {
                let number = node + 1;
                findings.error(
                    "B014",
                    self.document.section("SERVICE_TIME_SECTION").map(|section| section.row),
                    text!("0 pour le dépôt {number}", "0 for depot {number}"),
                    Text::same(busy.to_string()),
                    text!(
                        "le temps de chargement n’est pas traité : mettez 0",
                        "loading time is not handled: write 0"
                    ),
                );
            }
        }
        self.depots.iter().map(|&node| Depot { opens: windows[node].0, closes: windows[node].1 }).collect()
    }

    fn customers(&self, findings: &mut Findings) -> Option<Vec<Customer>> {
        let steps = self.steps();
        let demand = self.document.required("DEMAND_SECTION", findings).map(|section| section.rows);
        let demands = self.node_column("DEMAND_SECTION", &fields::DEMAND, findings);
        let service = self.node_column("SERVICE_TIME_SECTION", &fields::SERVICE, findings);
        let release = self.node_column("RELEASE_TIME_SECTION", &fields::INSTANT, findings);
        let prize = self.node_column("PRIZE_SECTION", &fields::PRIZE, findings);
        if self.convention.objective == Objective::CostAndLostPrizes && prize.is_none() {
            missing("PRIZE_SECTION", findings);
        }
        let same_service =
            self.document.number("SERVICE_TIME", &fields::SERVICE, findings).unwrap_or(0.0) * steps;
        let windows = self.windows(findings);
        let rows = rows_of_nodes(demand.unwrap_or_default(), self.order.len());
        let demands = demands?;
        let value =
            |column: &Option<Vec<Option<f64>>>, node: usize| column.as_ref().and_then(|all| all[node]);
        let customer = |&node: &usize| Customer {
            service: value(&service, node).map_or(same_service, |time| time * steps),
            opens: windows[node].0,
            closes: windows[node].1,
            release: value(&release, node).unwrap_or(0.0) * steps,
            prize: (value(&prize, node).unwrap_or(0.0) * steps).floor(),
            required: prize.is_none(),
            ..Customer::plain(rows[node], demands[node].unwrap_or(0.0))
        };
        Some(self.order[self.depots.len()..].iter().map(customer).collect())
    }

    /// Kinds of vehicle, what a route may be, and how many there may be.
    fn fleet(&self, findings: &mut Findings) -> Option<(Vec<Vehicle>, Vec<Slot>, Vec<u32>)> {
        let vehicles = self.document.number("VEHICLES", &fields::VEHICLES, findings);
        let capacity = self.document.number("CAPACITY", &fields::CAPACITY, findings);
        let duration = ["VEHICLES_MAX_DURATION", "DISTANCE"]
            .iter()
            .find_map(|key| self.document.number(key, &fields::LIMIT, findings))
            .map_or(f64::INFINITY, |limit| limit * self.steps());
        if self.convention.states_vehicle {
            let count = self.line_count(vehicles, findings)?;
            return self.fleet_by_line(count, capacity, duration, findings);
        }
        if capacity.is_none() {
            if self.document.header("CAPACITY").is_none() {
                missing("CAPACITY", findings);
            }
            return None;
        }
        let vehicle = Vehicle { max_duration: duration, ..Vehicle::plain(capacity?) };
        let slot = |depot| Slot { vehicle: 0, day: 0, start: depot, end: depot, stock: depot };
        let stocks = if self.convention.states_depot {
            let count = self.line_count(vehicles, findings)?;
            self.vehicles_at_depots(count, findings)?
        } else {
            vec![vehicles.map_or(u32::MAX, |count| count as u32)]
        };
        Some((vec![vehicle], (0..stocks.len()).map(slot).collect(), stocks))
    }

    /// `VEHICLES`, where each has a line of its own in some section.
    fn line_count(&self, vehicles: Option<f64>, findings: &mut Findings) -> Option<usize> {
        let names = ["CAPACITY_SECTION", "VEHICLES_DEPOT_SECTION"];
        let section = names.iter().find_map(|name| self.document.section(name));
        let (Some(vehicles), Some(section)) = (vehicles, section) else {
            if self.document.header("VEHICLES").is_none() {
                missing("VEHICLES", findings);
            }
            if section.is_none() {
                missing(names[usize::from(self.convention.states_depot)], findings);
            }
            return None;
        };
        let (vehicles, found) = (vehicles as usize, section.rows.len());
        if vehicles == found {
            return Some(vehicles);
        }
        findings.error(
            "B009",
            Some(section.row),
            text!("{vehicles} lignes (VEHICLES)", "{vehicles} rows (VEHICLES)"),
            text!("{found}", "{found}"),
            text!("complétez la section, ou corrigez VEHICLES", "complete the section, or correct VEHICLES"),
        );
        None
    }

    fn vehicles_at_depots(&self, count: usize, findings: &mut Findings) -> Option<Vec<u32>> {
        let at = self.document.column("VEHICLES_DEPOT_SECTION", count, &fields::NUMBER, findings)?;
        let mut stocks = vec![0; self.depots.len()];
        for node in at {
            let node = node?;
            let Some(depot) = self.depots.iter().position(|&depot| (depot + 1) as f64 == node) else {
                findings.error(
                    "B010",
                    self.document.section("VEHICLES_DEPOT_SECTION").map(|section| section.row),
                    text!("des dépôts de DEPOT_SECTION", "depots of DEPOT_SECTION"),
                    Text::same(node.to_string()),
                    text!("corrigez le dépôt du véhicule", "correct the depot of that vehicle"),
                );
                return None;
            };
            stocks[depot] += 1;
        }
        Some(stocks)
    }

    /// Lines that say the same are one kind.
    fn fleet_by_line(
        &self,
        count: usize,
        capacity: Option<f64>,
        max_duration: f64,
        findings: &mut Findings,
    ) -> Option<(Vec<Vehicle>, Vec<Slot>, Vec<u32>)> {
        let own = self.document.column("CAPACITY_SECTION", count, &fields::CAPACITY, findings)?;
        let fixed = self.document.column("VEHICLES_FIXED_COST_SECTION", count, &fields::COST, findings);
        let unit =
            self.document.column("VEHICLES_UNIT_DISTANCE_COST_SECTION", count, &fields::COST, findings);
        let allowed = self.allowed(count, findings);
        let value =
            |column: &Option<Vec<Option<f64>>>, line: usize| column.as_ref().and_then(|all| all[line]);
        let mut kinds: BTreeMap<(u64, u64, u64, &[u32]), usize> = BTreeMap::new();
        let mut vehicles: Vec<Vehicle> = Vec::new();
        for line in 0..count {
            let capacity = own[line].or(capacity)?;
            let fixed = value(&fixed, line).unwrap_or(0.0) * self.steps();
            let per_distance = value(&unit, line).unwrap_or(1.0);
            let serves = allowed.as_ref().map(|all| all[line].as_slice());
            let key =
                (capacity.to_bits(), fixed.to_bits(), per_distance.to_bits(), serves.unwrap_or_default());
            let kind = *kinds.entry(key).or_insert(vehicles.len());
            if kind == KINDS_MAX {
                let found = text!("davantage", "more");
                let help = text!("regroupez les véhicules semblables", "merge vehicles that are alike");
                let most = text!(
                    "au plus {KINDS_MAX} types de véhicule différents",
                    "at most {KINDS_MAX} different kinds of vehicle"
                );
                findings.error("B014", None, most, found, help);
                return None;
            }
            if kind == vehicles.len() {
                let serves = serves.map(|members| {
                    let mut set = FixedBitSet::with_capacity(self.order.len() - self.depots.len());
                    set.extend(members.iter().map(|&member| member as usize));
                    set
                });
                let plain = Vehicle::plain(capacity);
                vehicles.push(Vehicle {
                    max_duration,
                    fixed,
                    per_distance,
                    serves,
                    lines: Vec::new(),
                    ..plain
                });
            }
            vehicles[kind].lines.push(line as u32 + 1);
        }
        let slot = |kind| Slot { vehicle: kind, day: 0, start: 0, end: 0, stock: kind };
        let stocks = vehicles.iter().map(|kind| kind.lines.len() as u32).collect();
        let slots = (0..vehicles.len()).map(slot).collect();
        Some((vehicles, slots, stocks))
    }

    /// For each vehicle line the customers it may serve, in order; none: all.
    fn allowed(&self, count: usize, findings: &mut Findings) -> Option<Vec<Vec<u32>>> {
        let section = self.document.section("VEHICLES_ALLOWED_CLIENTS_SECTION")?;
        let mut lines = vec![None; count];
        for row in section.rows {
            let Some((number, mut members)) = self.members(row, findings) else { continue };
            members.sort_unstable();
            fill(&mut lines, number, members, row.number, findings);
        }
        // A vehicle without a line may serve nobody; one finding tells which.
        if let Some(line) = lines.iter().position(Option::is_none) {
            let line = line + 1;
            findings.error(
                "B009",
                Some(section.row),
                text!("une ligne pour chaque véhicule", "a row for each vehicle"),
                text!("rien pour le véhicule {line}", "nothing for vehicle {line}"),
                text!(
                    "complétez la section, ou corrigez VEHICLES",
                    "complete the section, or correct VEHICLES"
                ),
            );
        }
        Some(lines.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// A number and the customers that follow it; depots among them say nothing.
    fn members(&self, row: &Row<'_>, findings: &mut Findings) -> Option<(usize, Vec<u32>)> {
        let mut cells = Cells::new(row, findings);
        let number = cells.count(&fields::NUMBER);
        let nodes: Option<Vec<usize>> = (0..cells.left()).map(|_| cells.count(&fields::NUMBER)).collect();
        let mut members = Vec::new();
        for node in nodes? {
            match self.customer_of(node) {
                Some(customer) => members.push(customer as u32),
                None if self.depots.iter().any(|depot| depot + 1 == node) => {}
                None => {
                    let count = self.order.len();
                    findings.error(
                        "B010",
                        Some(row.number),
                        text!("des nœuds entre 1 et {count}", "nodes between 1 and {count}"),
                        Text::same(node.to_string()),
                        text!("corrigez ce numéro", "correct that number"),
                    );
                    return None;
                }
            }
        }
        Some((number?, members))
    }

    /// The customer that a node number stands for: customers keep the order of the nodes.
    fn customer_of(&self, number: usize) -> Option<usize> {
        let node = number.checked_sub(1)?;
        self.order[self.depots.len()..].binary_search(&node).ok()
    }

    fn groups(&self, findings: &mut Findings) -> Option<Vec<Vec<usize>>> {
        let Some(section) = self.document.section("MUTUALLY_EXCLUSIVE_GROUP_SECTION") else {
            if self.convention.problem == "GVRP" {
                missing("MUTUALLY_EXCLUSIVE_GROUP_SECTION", findings);
                return None;
            }
            return Some(Vec::new());
        };
        let mut in_group = FixedBitSet::with_capacity(self.order.len());
        let mut groups = Vec::new();
        for row in section.rows {
            let (_, members) = self.members(row, findings)?;
            let again = members.iter().find(|&&member| in_group.put(member as usize));
            if members.is_empty() || again.is_some() {
                findings.error(
                    "B010",
                    Some(row.number),
                    text!(
                        "un groupe de clients, chacun dans un seul",
                        "a group of customers, each in one only"
                    ),
                    quoted(&row.joined()),
                    text!("corrigez ce groupe", "correct that group"),
                );
                return None;
            }
            groups.push(members.into_iter().map(|member| member as usize).collect());
        }
        Some(groups)
    }

    /// Vehicles reload where they start.
    fn refuse_other_reloads(&self, findings: &mut Findings) {
        let Some(section) = self.document.section("VEHICLES_RELOAD_DEPOT_SECTION") else { return };
        for row in section.rows {
            let mut cells = Cells::new(row, findings);
            let (_, at) = (cells.count(&fields::NUMBER), cells.count(&fields::NUMBER));
            if at.is_some_and(|node| node != self.depots[0] + 1) {
                let depot = self.depots[0] + 1;
                findings.error(
                    "B014",
                    Some(row.number),
                    text!("le dépôt {depot}", "depot {depot}"),
                    quoted(&row.joined()),
                    text!("un véhicule ne recharge qu’à son dépôt", "a vehicle reloads at its depot only"),
                );
            }
        }
    }
}

/// The line on which each node's demand stands, for messages.
fn rows_of_nodes(rows: &[Row<'_>], count: usize) -> Vec<u32> {
    let mut lines = vec![0; count];
    for row in rows {
        let node = row.cells[0].parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(line) = node.and_then(|node| lines.get_mut(node)) {
            *line = row.number;
        }
    }
    lines
}
