//! VRPLIB files: CVRP, and the dialect in which PyVRP's collection states windows, depots, mixed and site-dependent
//! fleets, prizes, groups, several trips and release times.
//!
//! `TYPE` names the convention: how distances are rounded and costs stated differs between sets that otherwise look
//! alike.

mod document;
mod family;
mod fleet;
mod weights;

use fixedbitset::FixedBitSet;

use super::geometry::{Geometry, Measure, PlanePoints};
use super::text::{Cells, Decimal, Findings, Row, fields, quoted};
use super::{Convention, Customer, Depot, Instance, Objective};
use crate::diagnostics::Text;
use crate::text;
use document::{Document, Section, fill, missing};
use family::{EVERY_FILE, Family, NINT, family_of};

pub(super) use document::is_header;

/// Reads a file whose rows these are.
pub(super) fn read(rows: &[Row<'_>], findings: &mut Findings) -> Option<Instance> {
    let document = Document::split(rows, findings);
    let family = family_of(&document, findings)?;
    document.refuse_all_but(&[EVERY_FILE, family.sections].concat(), family.convention.problem, findings);
    let (convention, geometry) = geometry_of(&document, family, findings)?;
    let depots = depots_of(&document, convention.problem, geometry.len(), findings)?;
    let file = File { document, convention, order: order_of(&depots, geometry.len()), depots };
    let windows = file.windows(findings);
    let service = file.node_column("SERVICE_TIME_SECTION", &fields::SERVICE, findings);
    let customers = file.customers(&windows, service.as_deref(), findings);
    let depots = file.depot_windows(&windows, service.as_deref(), findings);
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
        depots,
        customers,
        vehicles,
        slots,
        stocks,
        groups,
        covered_by: Vec::new(),
        geometry: reordered(geometry, &file.order),
    })
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
    let geometry = match document.header("EDGE_WEIGHT_TYPE") {
        Some((_, "EXPLICIT")) => dimension
            .and_then(|size| weights::read(document, size, convention.measure, family.asymmetric, findings)),
        kind => {
            match kind {
                Some((_, "EUC_2D")) => {}
                Some((_, "CEIL_2D")) if convention.measure == NINT => {
                    convention.measure = Measure::Up { steps: 1 };
                }
                Some((_, "FLOOR_2D")) if convention.measure == NINT => {
                    convention.measure = Measure::Down { steps: 1 };
                }
                Some((row, other)) => unknown_weights(row, other, findings),
                None => missing("EDGE_WEIGHT_TYPE", findings),
            }
            points_of(document, dimension, findings)
        }
    };
    // Nodes that can't be read have been said to be wrong; the other sections are worth reading all the same.
    let count = || dimension.or(document.section("DEMAND_SECTION").map(|section| section.rows.len()));
    let geometry = geometry.or_else(|| count().map(nowhere))?;
    Some((convention, geometry))
}

fn unknown_weights(row: u32, found: &str, findings: &mut Findings) {
    let known = Text::same("EUC_2D, CEIL_2D, FLOOR_2D, EXPLICIT");
    let help = text!("convertissez les distances en une matrice", "convert the distances to a matrix");
    findings.error("B004", Some(row), known, quoted(found), help);
}

/// The nodes of `NODE_COORD_SECTION`.
fn points_of(
    document: &Document<'_, '_>,
    dimension: Option<usize>,
    findings: &mut Findings,
) -> Option<Geometry> {
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
    let found = nodes.len();
    if let Some(dimension) = dimension.filter(|dimension| *dimension != found) {
        findings.error(
            "B009",
            Some(section.row),
            text!("{dimension} nœuds (DIMENSION)", "{dimension} nodes (DIMENSION)"),
            text!("{found}", "{found}"),
            text!("complétez le fichier, ou corrigez DIMENSION", "complete the file, or correct DIMENSION"),
        );
    }
    // A node without coordinates has been said to be wrong.
    let points: Vec<_> = nodes.into_iter().map(Option::unwrap_or_default).collect();
    Some(Geometry::Plane(PlanePoints::new(&points)))
}

/// Stands for a geometry that can't be read.
fn nowhere(size: usize) -> Geometry {
    Geometry::Plane(PlanePoints::new(&vec![(Decimal::default(), Decimal::default()); size]))
}

/// Node indices of the depots.
fn depots_of(
    document: &Document<'_, '_>,
    problem: &str,
    node_count: usize,
    findings: &mut Findings,
) -> Option<Vec<usize>> {
    let Some(section) = document.section("DEPOT_SECTION") else {
        // Files of one set leave the section out. With others, reading goes on to find what else is wrong.
        if problem != "SDVRPTW" {
            missing("DEPOT_SECTION", findings);
        }
        if node_count < 2 {
            no_customer(None, node_count, findings);
            return None;
        }
        return Some(vec![0]);
    };
    let mut depots = Vec::new();
    let before = findings.count();
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
    if node_count < 2 || depots.len() == node_count {
        no_customer(Some(section.row), node_count, findings);
        return None;
    }
    if depots.is_empty() {
        // A wrong number has been said to be wrong; reading goes on to find what else is.
        if findings.count() == before {
            no_depot(section.row, findings);
        }
        depots.push(0);
    }
    Some(depots)
}

/// Fewer nodes than a depot and a customer.
fn no_customer(row: Option<u32>, node_count: usize, findings: &mut Findings) {
    findings.error(
        "B006",
        row,
        text!("au moins un dépôt et un client", "at least one depot and one customer"),
        text!("{node_count} nœud(s)", "{node_count} node(s)"),
        text!("complétez le fichier", "complete the file"),
    );
}

/// A section that lists no depot.
fn no_depot(row: u32, findings: &mut Findings) {
    findings.error(
        "B006",
        Some(row),
        text!("au moins un dépôt", "at least one depot"),
        text!("aucun", "none"),
        text!("écrivez le numéro du dépôt avant -1", "write the number of the depot before -1"),
    );
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
        let before = findings.count();
        let column = self.document.column(name, self.order.len(), field, findings)?;
        let section = self.document.section(name)?;
        if findings.count() == before {
            self.require_all(name, section, |node| column[node].is_some(), findings);
        }
        Some(column)
    }

    /// Says so if some customer has no row. Only where all rows are right: a wrong row has been said to be.
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
            let before = findings.count();
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
            if findings.count() == before {
                self.require_all("TIME_WINDOW_SECTION", section, |node| windows[node].is_some(), findings);
            }
        }
        windows.into_iter().map(|window| window.unwrap_or((0.0, f64::INFINITY))).collect()
    }

    fn depot_windows(
        &self,
        windows: &[(f64, f64)],
        service: Option<&[Option<f64>]>,
        findings: &mut Findings,
    ) -> Vec<Depot> {
        for &node in &self.depots {
            if let Some(busy) = service.and_then(|column| column[node]).filter(|busy| *busy > 0.0) {
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

    fn customers(
        &self,
        windows: &[(f64, f64)],
        service: Option<&[Option<f64>]>,
        findings: &mut Findings,
    ) -> Option<Vec<Customer>> {
        let steps = self.steps();
        let demand = self.document.required("DEMAND_SECTION", findings).map(|section| section.rows);
        let demands = self.node_column("DEMAND_SECTION", &fields::DEMAND, findings);
        let release = self.node_column("RELEASE_TIME_SECTION", &fields::INSTANT, findings);
        let prize = self.node_column("PRIZE_SECTION", &fields::PRIZE, findings);
        if self.convention.objective == Objective::CostAndLostPrizes && prize.is_none() {
            missing("PRIZE_SECTION", findings);
        }
        let same_service =
            self.document.number("SERVICE_TIME", &fields::SERVICE, findings).unwrap_or(0.0) * steps;
        let rows = rows_of_nodes(demand.unwrap_or_default(), self.order.len());
        let demands = demands?;
        let value = |column: Option<&[Option<f64>]>, node: usize| column.and_then(|all| all[node]);
        let customer = |&node: &usize| Customer {
            service: value(service, node).map_or(same_service, |time| time * steps),
            opens: windows[node].0,
            closes: windows[node].1,
            release: value(release.as_deref(), node).unwrap_or(0.0) * steps,
            prize: (value(prize.as_deref(), node).unwrap_or(0.0) * steps).floor(),
            required: prize.is_none(),
            ..Customer::plain(rows[node], demands[node].unwrap_or(0.0))
        };
        Some(self.order[self.depots.len()..].iter().map(customer).collect())
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
        let before = findings.count();
        for row in section.rows {
            let Some((_, members)) = self.members(row, findings) else { continue };
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
            }
            groups.push(members.into_iter().map(|member| member as usize).collect());
        }
        (findings.count() == before).then_some(groups)
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
