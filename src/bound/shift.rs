//! One shift seen from its visits: which clients it can visit, and the least time and length between them.
//!
//! All starts of openings are multiples of the grid (locked ones too: others have no times), so the time from one
//! start to the next is rounded up to it.

use typed_index_collections::TiSlice;

use crate::ids::{ClientId, ShiftId};
use crate::model::schedule::{VisitLoad, opening, served};
use crate::model::{Client, Problem, Shift, TravelTable, Vehicle};
use crate::units::{ClockTime, DaySet, Window};

/// Shifts that are alike with the clients they can visit, as nodes `0..nodes.len()`.
#[derive(Clone, Debug)]
pub(super) struct ShiftGraph {
    /// At least one.
    pub shifts: Vec<ShiftId>,
    /// Vehicles of all of them.
    pub count: u32,
    /// In order of clients.
    pub nodes: Vec<Node>,
    /// Of each node among those of `ways`.
    pub places: Vec<usize>,
    pub ways: std::sync::Arc<Ways>,
}

/// Ways between clients for one kind of vehicle from one depot, on any day.
#[derive(Clone, Debug)]
pub(super) struct Ways {
    size: usize,
    /// On one trip, row-major.
    direct: Vec<Option<Arc>>,
    /// Over the depot, with a reload; empty where the vehicle makes one trip.
    reload: Vec<Option<Arc>>,
    /// Seconds that any of them takes at least; none where there are none.
    shortest: Option<i64>,
}

/// A client that a shift can visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub client: ClientId,
    /// Seconds open, at least.
    pub opening: i64,
    /// Households handed to, at least.
    pub households: i64,
    /// Their grams.
    pub mass: i64,
    /// When the opening may start, in order.
    pub starts: Vec<(i64, i64)>,
    /// From leaving the depot to the start of the opening.
    pub out: Option<Arc>,
    /// From the start of the opening to the depot where the shift ends.
    pub home: Option<Arc>,
}

impl Node {
    /// When the opening starts of a vehicle that could at `earliest`; none after the last window.
    pub fn first_start(&self, earliest: i64) -> Option<i64> {
        let (low, _) = self.starts.iter().find(|(_, high)| earliest <= *high)?;
        Some(earliest.max(*low))
    }
}

/// A way with what it takes at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    /// Seconds; between two nodes from start to start, on the grid.
    pub seconds: i64,
    /// At the wheel.
    pub driving: i64,
    pub metres: i64,
}

/// Whether `shift` can visit `client` on its day at all, whatever else it does, if `load` comes.
///
/// Necessary, not sufficient: a vehicle that is allowed, room and time for those registered, a window.
pub(super) fn node(problem: &Problem, shift: &Shift, id: ClientId, load: VisitLoad) -> Option<Node> {
    let (client, vehicle) = (&problem.clients[id], &problem.vehicles[shift.vehicle]);
    let lock = client.locks.get(shift.day.index()).copied().flatten().unwrap_or_default();
    let is_allowed = client.vehicles.contains(shift.vehicle.index())
        && lock.vehicle.is_none_or(|vehicle| vehicle == shift.vehicle);
    if !is_allowed {
        return None;
    }
    let households = served(vehicle, client, load).ok()?.0;
    let mass = households.saturating_mul(client.mass_per_household);
    let fits = |value: i64, most: Option<i64>| most.is_none_or(|most| value <= most);
    if !fits(households, vehicle.capacity) || !fits(mass, vehicle.capacity_mass) {
        return None;
    }
    let opening = i64::from(opening(problem, vehicle, client, households).get());
    let travel = table(problem, vehicle);
    let margin = i64::from(problem.margin.get());
    let later = |arc: Arc, by: i64| Arc { seconds: arc.seconds + by, ..arc };
    let out = way(travel, shift.start, client.point).map(|arc| later(arc, margin));
    let home = way(travel, client.point, shift.end).map(|arc| later(arc, opening));
    let starts = starts(problem, client, shift, opening, lock.start);
    (!starts.is_empty()).then_some(Node { client: id, opening, households, mass, starts, out, home })
}

/// When an opening may start: inside a window and the shift, on the grid, at the locked time if any.
fn starts(
    problem: &Problem,
    client: &Client,
    shift: &Shift,
    opening: i64,
    locked: Option<ClockTime>,
) -> Vec<(i64, i64)> {
    let grid = grid(problem);
    let windows: &[Window] = client.windows.get(shift.day.index()).map_or(&[], Vec::as_slice);
    let locked = locked.map(|time| i64::from(time.get()));
    windows
        .iter()
        .map(|window| {
            let (open, close) = (window.open.max(shift.window.open), window.close.min(shift.window.close));
            let low = i64::from(open.get()).max(locked.unwrap_or(i64::MIN));
            let high = (i64::from(close.get()) - opening).min(locked.unwrap_or(i64::MAX));
            (up(low, grid), down(high, grid))
        })
        .filter(|(low, high)| low <= high)
        .collect()
}

/// All that a shift can visit, of those that `may_visit` names.
pub(super) fn nodes(
    problem: &Problem,
    id: ShiftId,
    loads: &TiSlice<ClientId, VisitLoad>,
    may_visit: impl Fn(ClientId) -> bool,
) -> Vec<Node> {
    let clients = problem.clients.keys().filter(|&client| may_visit(client));
    clients.filter_map(|client| node(problem, &problem.shifts[id], client, loads[client])).collect()
}

impl ShiftGraph {
    /// One of the shifts.
    pub fn shift(&self) -> ShiftId {
        self.shifts[0]
    }

    /// Days on which there are any of them.
    pub fn days(&self, problem: &Problem) -> DaySet {
        self.shifts.iter().map(|&shift| problem.shifts[shift].day).collect()
    }

    /// From node to node on one trip.
    pub fn direct(&self, from: usize, to: usize) -> Option<Arc> {
        self.ways.direct[self.cell(from, to)]
    }

    /// From node to node over the depot, with a reload.
    pub fn reload(&self, from: usize, to: usize) -> Option<Arc> {
        self.ways.reload.get(self.cell(from, to)).copied().flatten()
    }

    /// Seconds that any way between nodes takes at least.
    pub fn shortest(&self) -> Option<i64> {
        self.ways.shortest
    }

    fn cell(&self, from: usize, to: usize) -> usize {
        self.places[from] * self.ways.size + self.places[to]
    }
}

impl Ways {
    /// Of a shift's vehicle between `nodes`. `O(nodes²)` look-ups.
    pub fn new(problem: &Problem, shift: &Shift, nodes: &[Node]) -> Self {
        let vehicle = &problem.vehicles[shift.vehicle];
        let travel = table(problem, vehicle);
        let arcs = |between: &dyn Fn(&Node, &Node) -> Option<Arc>| {
            nodes.iter().flat_map(|from| nodes.iter().map(move |to| between(from, to))).collect()
        };
        let margin = i64::from(problem.margin.get());
        let point = |node: &Node| problem.clients[node.client].point;
        let on_grid = |arc: Arc, more: i64| Arc { seconds: up(arc.seconds + more, grid(problem)), ..arc };
        let direct = arcs(&|from, to| {
            let way = way(travel, point(from), point(to)).filter(|_| from.client != to.client)?;
            Some(on_grid(way, from.opening + margin))
        });
        let reload = if vehicle.max_trips > 1 {
            arcs(&|from, to| {
                let home = way(travel, point(from), shift.start).filter(|_| from.client != to.client)?;
                let stay = from.opening + i64::from(vehicle.reload.get());
                Some(on_grid(home.then(to.out?), stay))
            })
        } else {
            Vec::new()
        };
        let shortest = direct.iter().chain(&reload).flatten().map(|arc: &Arc| arc.seconds).min();
        Self { size: nodes.len(), direct, reload, shortest }
    }
}

impl Arc {
    fn then(self, next: Self) -> Self {
        Self {
            seconds: self.seconds + next.seconds,
            driving: self.driving + next.driving,
            metres: self.metres + next.metres,
        }
    }
}

/// Seconds that the duty is longer at least once a break must be taken: wherever it lies, it may stand in for the margin
/// before an opening, and be hidden in less than one step of the grid.
pub(super) fn break_takes(problem: &Problem, vehicle: &Vehicle) -> i64 {
    let margin = i64::from(problem.margin.get());
    vehicle.rest.map_or(0, |rest| down((i64::from(rest.duration.get()) - margin).max(0), grid(problem)))
}

pub(super) fn grid(problem: &Problem) -> i64 {
    i64::from(problem.grid.get().max(1))
}

pub(super) fn up(value: i64, grid: i64) -> i64 {
    value.saturating_add((grid - value.rem_euclid(grid)) % grid)
}

fn down(value: i64, grid: i64) -> i64 {
    value - value.rem_euclid(grid)
}

fn table<'a>(problem: &'a Problem, vehicle: &Vehicle) -> &'a TravelTable {
    &problem.travel[vehicle.travel as usize]
}

fn way(travel: &TravelTable, from: u32, to: u32) -> Option<Arc> {
    let (time, metres) = travel.get(from, to)?;
    let seconds = i64::from(time.get());
    Some(Arc { seconds, driving: seconds, metres })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_outwards_on_the_grid() {
        assert_eq!((up(601, 300), up(600, 300), down(899, 300), down(-1, 300)), (900, 600, 600, -300));
    }
}
