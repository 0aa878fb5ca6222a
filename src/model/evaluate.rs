//! Exact cost of a solution from scratch: the slow twin of everything the solver keeps incrementally.
//!
//! In: a problem and a solution. Out: an [`Evaluation`], the money term by term and every rule that is broken.
//! Who attends what follows from which clients are visited, loads from who attends, opening lengths from loads,
//! times from lengths; nothing here is stored between calls.

use typed_index_collections::{TiSlice, TiVec};

use super::schedule::{Blocked, RouteTiming, Scheduler, VisitLoad, visit_load};
use super::{Client, Problem, Route, Shift, Solution, Vehicle};
use crate::ids::{ClientId, GroupId, ShiftId};
use crate::units::{Cost, DaySet, Need, Seconds};

/// What a solution is worth, term by term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// Shifts used, length and time, of the routes that have times.
    pub operating: Cost,
    /// Worth of the groups covered, counted once each, less those turned away.
    pub covered_value: Cost,
    /// Worth of the clients visited.
    pub client_value: Cost,
    /// Penalty of required visits left out, of required groups uncovered and of alternatives without a visit.
    pub missed: Cost,
    /// `operating - covered_value - client_value + missed`.
    pub total: Cost,
    /// The counted need within reach of a visited client, less those turned away.
    pub covered_need: Need,
    /// The client each group attends.
    pub attends: TiVec<GroupId, Option<ClientId>>,
    /// The need that attends each client, attendance rate applied.
    pub attending: TiVec<ClientId, Need>,
    /// What comes to each visit of each client.
    pub loads: TiVec<ClientId, VisitLoad>,
    /// Times of each route of the solution, or what blocks it.
    pub routes: Vec<Result<RouteTiming, Blocked>>,
    /// Clients whose days are none of their patterns, or that are visited twice on one day.
    pub broken_patterns: Vec<ClientId>,
    /// Sets of alternatives of which more than one client is visited, by position in [`Problem::alternatives`].
    pub broken_alternatives: Vec<usize>,
    /// Shifts with more routes than vehicles, their pools included.
    pub overused: Vec<ShiftId>,
}

impl Evaluation {
    /// Whether every rule holds, left-out required visits aside: those have a price.
    pub fn is_feasible(&self) -> bool {
        self.routes.iter().all(Result::is_ok)
            && self.broken_patterns.is_empty()
            && self.broken_alternatives.is_empty()
            && self.overused.is_empty()
    }
}

/// Evaluates a solution. `O(visits + groups)` and a schedule for each route.
pub fn evaluate(problem: &Problem, solution: &Solution) -> Evaluation {
    let days = visited_days(problem, solution);
    let is_open: TiVec<ClientId, bool> = days.iter().map(|days| !days.is_empty()).collect();
    let attends = attendance(problem, &is_open);
    let attending = attending(problem, &attends);
    let loads = loads(problem, &attending);
    let mut scheduler = Scheduler::default();
    let routes: Vec<_> = solution
        .routes
        .iter()
        .map(|route| scheduler.timing(problem, &problem.shifts[route.shift], &route.trips, &loads))
        .collect();
    let operating = routes
        .iter()
        .zip(&solution.routes)
        .filter_map(|(timing, route)| {
            let timing = timing.as_ref().ok().filter(|timing| !timing.trips.is_empty())?;
            Some(operating_cost(vehicle_of(problem, route), timing.duty(), timing.metres))
        })
        .sum();
    let (covered_need, covered_value) =
        covered(problem, &attends, &attending, &turned_away(&routes, solution));
    let client_value = open_clients(problem, &is_open).map(|(_, client)| client.value).sum();
    let missed = missed(problem, &is_open, &attends);
    Evaluation {
        operating,
        covered_value,
        client_value,
        missed,
        total: operating - covered_value - client_value + missed,
        covered_need,
        attends,
        attending,
        loads,
        routes,
        broken_patterns: broken_patterns(problem, solution, &days),
        broken_alternatives: broken_alternatives(problem, &is_open),
        overused: overused(problem, solution),
    }
}

/// The days on which each client is visited.
pub fn visited_days(problem: &Problem, solution: &Solution) -> TiVec<ClientId, DaySet> {
    let mut days: TiVec<ClientId, DaySet> = problem.clients.iter().map(|_| DaySet::EMPTY).collect();
    for route in &solution.routes {
        for &client in route.trips.iter().flatten() {
            days[client].insert(problem.shifts[route.shift].day);
        }
    }
    days
}

/// The open client each group attends: the nearest within its reach.
pub fn attendance(problem: &Problem, is_open: &TiSlice<ClientId, bool>) -> TiVec<GroupId, Option<ClientId>> {
    let nearest = |clients: &[ClientId]| clients.iter().copied().find(|&client| is_open[client]);
    problem.covering.groups.iter().map(|group| nearest(&group.clients)).collect()
}

/// The need that attends each client: of each group its share, rounded down to a thousandth of a household.
pub fn attending(problem: &Problem, attends: &TiSlice<GroupId, Option<ClientId>>) -> TiVec<ClientId, Need> {
    let mut attending: TiVec<ClientId, Need> = problem.clients.iter().map(|_| Need::ZERO).collect();
    for (group, client) in problem.covering.groups.iter().zip(attends) {
        if let Some(client) = *client {
            attending[client] += group.attending(problem.covering.attendance_permille);
        }
    }
    attending
}

/// What comes to each visit of each client.
pub fn loads(problem: &Problem, attending: &TiSlice<ClientId, Need>) -> TiVec<ClientId, VisitLoad> {
    problem.clients.iter().zip(attending).map(|(client, &need)| visit_load(client, need)).collect()
}

/// Cost of a route that leaves the depot.
pub fn operating_cost(vehicle: &Vehicle, duty: Seconds, metres: i64) -> Cost {
    Cost(
        vehicle.cost_fixed.get()
            + vehicle.cost_per_metre.get() * metres
            + vehicle.cost_per_second.get() * i64::from(duty.get()),
    )
}

/// What is lost of a client's covered need and value when a visit turns `turned_away` households away: never more
/// than attend, at the mean value of the need that lives around it.
///
/// `groups_need` and `groups_value` are sums over the groups that attend the client.
pub fn turned_away_loss(
    turned_away: i64,
    attending: Need,
    groups_need: Need,
    groups_value: Cost,
) -> (Need, Cost) {
    let lost = Need::from_households(turned_away).min(attending);
    if lost.get() == 0 || groups_need.get() == 0 {
        return (Need::ZERO, Cost::ZERO);
    }
    let value = i128::from(groups_value.get()) * i128::from(lost.get()) / i128::from(groups_need.get());
    (lost, Cost(i64::try_from(value).expect("a share of a value is not larger than it")))
}

impl Problem {
    /// Visits that are missing in a cycle when a client is left out: as few as its patterns allow, at least one.
    pub fn missed_visits(&self, client: ClientId) -> i64 {
        let fewest = self.clients[client].patterns.iter().map(|pattern| pattern.len()).min();
        fewest.unwrap_or(1).max(1) as i64
    }

    /// What leaving out a required client costs; nothing for others.
    pub fn missed_cost(&self, client: ClientId) -> Cost {
        if self.clients[client].required {
            Cost(self.missed_visit.get() * self.missed_visits(client))
        } else {
            Cost::ZERO
        }
    }
}

fn vehicle_of<'a>(problem: &'a Problem, route: &Route) -> &'a Vehicle {
    let shift: &Shift = &problem.shifts[route.shift];
    &problem.vehicles[shift.vehicle]
}

fn open_clients<'a>(
    problem: &'a Problem,
    is_open: &'a TiSlice<ClientId, bool>,
) -> impl Iterator<Item = (ClientId, &'a Client)> {
    problem.clients.iter_enumerated().filter(|&(id, _)| is_open[id])
}

/// Most households turned away at one visit, by client: a household that may come on two days and is turned away on
/// one of them can't rely on either.
fn turned_away(routes: &[Result<RouteTiming, Blocked>], solution: &Solution) -> Vec<(ClientId, i64)> {
    let mut worst = std::collections::BTreeMap::new();
    for (timing, route) in routes.iter().zip(&solution.routes) {
        let Ok(timing) = timing else { continue };
        for (call, &client) in timing.calls().zip(route.trips.iter().flatten()) {
            let most = worst.entry(client).or_insert(0);
            *most = call.turned_away.max(*most);
        }
    }
    worst.into_iter().collect()
}

fn covered(
    problem: &Problem,
    attends: &TiSlice<GroupId, Option<ClientId>>,
    attending: &TiSlice<ClientId, Need>,
    turned_away: &[(ClientId, i64)],
) -> (Need, Cost) {
    let mut around: TiVec<ClientId, (Need, Cost)> =
        problem.clients.iter().map(|_| (Need::ZERO, Cost::ZERO)).collect();
    for (group, client) in problem.covering.groups.iter().zip(attends) {
        if let Some(client) = *client {
            around[client].0 += group.need;
            around[client].1 += group.value;
        }
    }
    let (mut need, mut value) = (Need::ZERO, Cost::ZERO);
    for &(groups_need, groups_value) in &around {
        need += groups_need;
        value += groups_value;
    }
    for &(client, households) in turned_away {
        let lost = turned_away_loss(households, attending[client], around[client].0, around[client].1);
        need -= lost.0;
        value -= lost.1;
    }
    (need, value)
}

fn missed(
    problem: &Problem,
    is_open: &TiSlice<ClientId, bool>,
    attends: &TiSlice<GroupId, Option<ClientId>>,
) -> Cost {
    let clients: Cost =
        problem.clients.keys().filter(|&id| !is_open[id]).map(|id| problem.missed_cost(id)).sum();
    let groups = problem.covering.groups.iter().zip(attends);
    let uncovered = groups.filter(|(group, client)| group.required && client.is_none()).count();
    let unchosen = problem.alternatives.iter().filter(|set| !set.iter().any(|&id| is_open[id])).count();
    clients + Cost(problem.missed_visit.get() * (uncovered + unchosen) as i64)
}

fn broken_patterns(
    problem: &Problem,
    solution: &Solution,
    days: &TiSlice<ClientId, DaySet>,
) -> Vec<ClientId> {
    let mut visits: TiVec<ClientId, usize> = problem.clients.iter().map(|_| 0).collect();
    for &client in solution.routes.iter().flat_map(|route| &route.trips).flatten() {
        visits[client] += 1;
    }
    problem
        .clients
        .iter_enumerated()
        .filter(|&(id, client)| {
            visits[id] != days[id].len() || (visits[id] > 0 && !client.patterns.contains(&days[id]))
        })
        .map(|(id, _)| id)
        .collect()
}

fn broken_alternatives(problem: &Problem, is_open: &TiSlice<ClientId, bool>) -> Vec<usize> {
    let open_count = |set: &[ClientId]| set.iter().filter(|&&id| is_open[id]).count();
    let sets = problem.alternatives.iter().enumerate();
    sets.filter(|(_, set)| open_count(set) > 1).map(|(position, _)| position).collect()
}

fn overused(problem: &Problem, solution: &Solution) -> Vec<ShiftId> {
    let mut used: TiVec<ShiftId, u32> = problem.shifts.iter().map(|_| 0).collect();
    for route in solution.routes.iter().filter(|route| route.trips.iter().any(|trip| !trip.is_empty())) {
        used[route.shift] += 1;
    }
    let mut over: Vec<ShiftId> = problem
        .shifts
        .iter_enumerated()
        .filter(|&(id, shift)| used[id] > shift.count)
        .map(|(id, _)| id)
        .collect();
    for pool in &problem.pools {
        if pool.shifts.iter().map(|&shift| used[shift]).sum::<u32>() > pool.count {
            over.extend(pool.shifts.iter().filter(|&&shift| used[shift] > 0));
        }
    }
    over.sort_unstable();
    over.dedup();
    over
}
