//! Vehicles of a VRPLIB file: equal ones, ones at depots, or a line each.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::document::{fill, missing};
use super::{File, rows_of_nodes};
use crate::diagnostics::Text;
use crate::instances::text::{Cells, Findings, fields, quoted};
use crate::instances::{Slot, Vehicle};
use crate::text;

/// Most different kinds of vehicle; published files have six.
const KINDS_MAX: usize = 1000;

impl File<'_, '_> {
    /// Kinds of vehicle, what a route may be, and how many there may be.
    pub(super) fn fleet(&self, findings: &mut Findings) -> Option<(Vec<Vehicle>, Vec<Slot>, Vec<u32>)> {
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
        if self.document.header("CAPACITY").is_none() {
            missing("CAPACITY", findings);
        }
        let slot = |depot| Slot { vehicle: 0, day: 0, start: depot, end: depot, stock: depot };
        let stocks = if self.convention.states_depot {
            let count = self.line_count(vehicles, findings)?;
            self.vehicles_at_depots(count, findings)?
        } else {
            vec![vehicles.map_or(u32::MAX, |count| count as u32)]
        };
        let vehicle = Vehicle { max_duration: duration, ..Vehicle::plain(capacity?) };
        let slots = (0..stocks.len()).filter(|&depot| stocks[depot] > 0).map(slot).collect();
        Some((vec![vehicle], slots, stocks))
    }

    /// How many vehicles have a line of their own in some section; `VEHICLES` should say so.
    fn line_count(&self, vehicles: Option<f64>, findings: &mut Findings) -> Option<usize> {
        let names = ["CAPACITY_SECTION", "VEHICLES_DEPOT_SECTION"];
        let section = names.iter().find_map(|name| self.document.section(name));
        if self.document.header("VEHICLES").is_none() {
            missing("VEHICLES", findings);
        }
        let Some(section) = section else {
            missing(names[usize::from(self.convention.states_depot)], findings);
            return None;
        };
        let found = section.rows.len();
        if let Some(vehicles) = vehicles.filter(|vehicles| *vehicles as usize != found) {
            findings.error(
                "B009",
                Some(section.row),
                text!("{vehicles} lignes (VEHICLES)", "{vehicles} rows (VEHICLES)"),
                text!("{found}", "{found}"),
                text!(
                    "complétez la section, ou corrigez VEHICLES",
                    "complete the section, or correct VEHICLES"
                ),
            );
        }
        Some(found)
    }

    fn vehicles_at_depots(&self, count: usize, findings: &mut Findings) -> Option<Vec<u32>> {
        const NAME: &str = "VEHICLES_DEPOT_SECTION";
        let before = findings.count();
        let at = self.document.column(NAME, count, &fields::NUMBER, findings)?;
        let rows = rows_of_nodes(self.document.section(NAME)?.rows, count);
        let mut stocks = vec![0; self.depots.len()];
        for (node, row) in at.into_iter().zip(rows) {
            let Some(node) = node else { continue };
            match self.depots.iter().position(|&depot| (depot + 1) as f64 == node) {
                Some(depot) => stocks[depot] += 1,
                None => findings.error(
                    "B010",
                    Some(row),
                    text!("un dépôt de DEPOT_SECTION", "a depot of DEPOT_SECTION"),
                    Text::same(node.to_string()),
                    text!("corrigez le dépôt du véhicule", "correct the depot of that vehicle"),
                ),
            }
        }
        (findings.count() == before).then_some(stocks)
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

    /// Vehicles reload where they start.
    pub(super) fn refuse_other_reloads(&self, findings: &mut Findings) {
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
