//! Among plans of equal money, the regular one: a stop is visited at the same time of day and by the same crew.
//!
//! The search looks at money alone (and, of patterns that cost the same, takes the one with fewest weekdays). What
//! money leaves open is settled at the end, without changing it: routes change vans with interchangeable ones of the
//! same day, and routes are driven the other way round where that takes neither longer nor farther. Each change is kept
//! when it makes the sum over all clients of [`Irregularity`] smaller, until none does.

use super::context::Context;
use crate::ids::{ClientId, ShiftId, VehicleId};
use crate::model::evaluate::evaluate;
use crate::model::schedule::{RouteTiming, Scheduler};
use crate::model::{Problem, Route, Solution};

/// How much consecutive visits of a client differ; less is better, time before crew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Irregularity {
    /// Between the starts of consecutive visits, in seconds.
    time: i64,
    /// Changes of vehicle.
    crew: i64,
}

/// A visit as people see it.
#[derive(Clone, Copy, Debug)]
struct Call {
    route: usize,
    start: i64,
}

/// Passes over all changes; each pass that changes nothing is the last.
const PASSES_MOST: usize = 20;

/// The most regular solution that is found at the money of `solution`, which holds every rule.
pub(super) fn most_regular(context: &Context<'_>, solution: Solution) -> Solution {
    let mut plan = Plan::new(context, solution);
    if plan.calls.iter().all(|calls| calls.len() < 2) {
        return plan.solution;
    }
    for _ in 0..PASSES_MOST {
        let by_vans = plan.exchange_vans();
        let by_direction = plan.turn_routes();
        if !by_vans && !by_direction {
            break;
        }
    }
    plan.solution.routes.sort_by(|a, b| (a.shift, &a.trips).cmp(&(b.shift, &b.trips)));
    plan.solution
}

struct Plan<'c, 'p> {
    context: &'c Context<'p>,
    problem: &'p Problem,
    solution: Solution,
    /// By client, in order of days.
    calls: Vec<Vec<Call>>,
}

impl<'c, 'p> Plan<'c, 'p> {
    fn new(context: &'c Context<'p>, solution: Solution) -> Self {
        let problem = context.problem;
        let mut calls: Vec<Vec<Call>> = vec![Vec::new(); problem.clients.len()];
        let timings = evaluate(problem, &solution).routes;
        for (index, (route, timing)) in solution.routes.iter().zip(&timings).enumerate() {
            let Ok(timing) = timing else { continue };
            for (start, client) in starts(route, timing) {
                calls[client.index()].push(Call { route: index, start });
            }
        }
        for calls in &mut calls {
            calls.sort_by_key(|call| problem.shifts[solution.routes[call.route].shift].day);
        }
        Self { context, problem, solution, calls }
    }

    /// Gives routes other, interchangeable vans of their day; whether anything changed.
    fn exchange_vans(&mut self) -> bool {
        let mut changed = false;
        for first in 0..self.solution.routes.len() {
            for shift in self.problem.shifts.keys() {
                let own = self.solution.routes[first].shift;
                if shift == own || self.class(shift) != self.class(own) {
                    continue;
                }
                let used = self.solution.routes.iter().filter(|route| route.shift == shift).count();
                let is_free = used < self.problem.shifts[shift].count as usize;
                let second = self.solution.routes.iter().position(|route| route.shift == shift);
                let with = if is_free { None } else { second };
                changed |= self.keep_if_better(&[Some(first), with], |plan| {
                    plan.solution.routes[first].shift = shift;
                    if let Some(second) = with {
                        plan.solution.routes[second].shift = own;
                    }
                });
            }
        }
        changed
    }

    /// Drives routes the other way round where that costs the same; whether anything changed.
    fn turn_routes(&mut self) -> bool {
        let mut changed = false;
        let mut scheduler = Scheduler::default();
        let loads = evaluate(self.problem, &self.solution).loads;
        for index in 0..self.solution.routes.len() {
            let route = &self.solution.routes[index];
            let shift = &self.problem.shifts[route.shift];
            let turned: Vec<Vec<ClientId>> =
                route.trips.iter().rev().map(|trip| trip.iter().rev().copied().collect()).collect();
            let Ok(now) = scheduler.measure(self.problem, shift, &route.trips, &loads) else { continue };
            let Ok(timing) = scheduler.timing(self.problem, shift, &turned, &loads) else { continue };
            if timing.metres != now.metres || timing.duty() != now.duty {
                continue;
            }
            let turned = Route { shift: route.shift, trips: turned };
            changed |= self.keep_if_better(&[Some(index)], |plan| {
                for (start, client) in starts(&turned, &timing) {
                    let call = plan.calls[client.index()].iter_mut().find(|call| call.route == index);
                    call.expect("a turned route visits the same clients").start = start;
                }
                plan.solution.routes[index] = turned;
            });
        }
        changed
    }

    /// Makes a change to routes and keeps it if their clients become more regular.
    fn keep_if_better(&mut self, routes: &[Option<usize>], change: impl FnOnce(&mut Self)) -> bool {
        let visits =
            routes.iter().flatten().flat_map(|&route| self.solution.routes[route].trips.iter().flatten());
        let clients: Vec<ClientId> = visits.copied().collect();
        let kept: Vec<(usize, Route)> =
            routes.iter().flatten().map(|&route| (route, self.solution.routes[route].clone())).collect();
        let calls: Vec<Vec<Call>> = clients.iter().map(|client| self.calls[client.index()].clone()).collect();
        let before = self.irregularity(&clients);
        change(self);
        if self.irregularity(&clients) < before {
            return true;
        }
        for (index, route) in kept {
            self.solution.routes[index] = route;
        }
        for (client, calls) in clients.iter().zip(calls) {
            self.calls[client.index()] = calls;
        }
        false
    }

    fn irregularity(&self, clients: &[ClientId]) -> Irregularity {
        let mut sum = Irregularity::default();
        for client in clients {
            for pair in self.calls[client.index()].windows(2) {
                sum.time += (pair[1].start - pair[0].start).abs();
                sum.crew += i64::from(self.vehicle(pair[0]) != self.vehicle(pair[1]));
            }
        }
        sum
    }

    fn vehicle(&self, call: Call) -> VehicleId {
        self.problem.shifts[self.solution.routes[call.route].shift].vehicle
    }

    fn class(&self, shift: ShiftId) -> u32 {
        self.context.shifts[shift.index()].class
    }
}

/// When each visit of a route starts.
fn starts<'r>(route: &'r Route, timing: &'r RouteTiming) -> impl Iterator<Item = (i64, ClientId)> + 'r {
    let clients = route.trips.iter().flatten();
    timing.calls().zip(clients).map(|(call, &client)| (i64::from(call.start.get()), client))
}
