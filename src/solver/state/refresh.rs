//! Bringing changed routes up to date: caches, costs, who is where, and stocks of vehicles.

use super::{Brief, Spot, State};
use crate::solver::context::{NONE, visits_of};
use crate::solver::excess::Excess;
use crate::solver::pair::{is_told, leave};
use crate::solver::route::{Route, least_duty, route_cost};

impl State<'_, '_> {
    /// Brings every changed route up to date. Clients whose route can't hold its rules any more (because attendance
    /// grew, or a shortcut is none) are taken out and added to `evicted`.
    pub fn settle(&mut self, evicted: &mut Vec<u32>) {
        loop {
            self.refresh_changed();
            let Some(route) = self.journal.stale.pop() else { break };
            self.journal.is_stale[route as usize] = false;
            if !self.refresh(route) {
                let victim = self.victim(route);
                evicted.push(victim);
                self.remove(victim);
            }
        }
        self.price_losses();
    }

    /// Recomputes the caches and the exact cost of a route; false when it can't hold its rules.
    fn refresh(&mut self, index: u32) -> bool {
        let mut route = std::mem::take(&mut self.routes[index as usize]);
        let context = self.context;
        let shift = &context.shifts[route.shift as usize];
        route.rebuild(context, |client| self.facts(client, shift.serving));
        let before = (route.cost, route.excess);
        let timed = self.timed(&route);
        if let Some((duty, excess)) = timed {
            route.duty = duty;
            route.cost = if route.is_empty() { 0 } else { route_cost(shift, route.metres, duty) };
            route.excess = excess;
        }
        self.totals.operating += route.cost - before.0;
        self.totals.excess += route.excess - before.1;
        let is_used = !route.is_empty();
        let was_used = std::mem::replace(&mut route.is_used, is_used);
        self.routes[index as usize] = route;
        self.write_spots(index);
        self.count_use(was_used, index);
        timed.is_some()
    }

    /// The duty of a rebuilt route and what it exceeds, none when it can't hold its rules.
    fn timed(&mut self, route: &Route) -> Option<(i64, Excess)> {
        if route.is_empty() {
            return Some((0, Excess::NONE));
        }
        let shift = &self.context.shifts[route.shift as usize];
        let whole = route.whole();
        let excess = route.excess_of(shift, &whole)?;
        if !route.counts_fit(shift) || self.prices.of(excess).is_none() {
            return None;
        }
        if route.is_plain {
            return Some((least_duty(shift, &whole), excess));
        }
        debug_assert!(excess.is_none(), "limits are strict where segments don't tell all times");
        let duty = self.exact.duty(self.context, route.shift, &route.clients, &self.loads)?;
        Some((duty, Excess::NONE))
    }

    /// Exchanges what two states remember of times.
    pub fn swap_memory(&mut self, other: &mut Self) {
        std::mem::swap(&mut self.exact, &mut other.exact);
    }

    /// Whom to take out of a route that can't hold its rules: optional before required, then the largest opening.
    fn victim(&self, route: u32) -> u32 {
        let route = &self.routes[route as usize];
        let serving = self.context.shifts[route.shift as usize].serving;
        let weight =
            |client: u32| (self.context.missed[client as usize] == 0, self.facts(client, serving).opening);
        visits_of(&route.clients)
            .max_by_key(|&client| (weight(client), std::cmp::Reverse(client)))
            .expect("an empty route holds every rule")
    }

    pub(super) fn write_spots(&mut self, index: u32) {
        let route = &self.routes[index as usize];
        let shift = &self.context.shifts[route.shift as usize];
        for (rank, &client) in route.clients.iter().enumerate() {
            if client != NONE {
                self.spots[self.context.slot(client, shift.day)] = Spot {
                    route: index,
                    rank: rank as u32,
                    last: route.points[rank],
                    next: route.points[rank + 2],
                    before: route.legs[rank].metres,
                    after: route.legs[rank + 1].metres,
                };
            }
        }
        let leave = leave(self.context, route, shift);
        let (inner, legs) = (route.points.len() - 2, route.legs.len() - 1);
        self.briefs[index as usize] = Brief {
            shift: route.shift,
            is_bare: leave == 0 && route.excess.is_none() && is_told(route, shift),
            length: route.clients.len() as u32,
            first: route.points[1],
            last: route.points[inner],
            out: route.legs[0].metres,
            back: route.legs[legs].metres,
        };
    }

    pub(super) fn forget_spots(&mut self, index: u32) {
        let route = &self.routes[index as usize];
        let day = self.context.shifts[route.shift as usize].day;
        for &client in &route.clients {
            if client != NONE {
                self.spots[self.context.slot(client, day)] = Spot::NOWHERE;
            }
        }
    }
}
