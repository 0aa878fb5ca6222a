//! What undoes the changes since the last commit: both ways cost the size of the change, not of the problem.

use super::{State, Totals};
use crate::solver::context::NONE;
use crate::solver::route::Route;
use crate::units::DaySet;

/// What undoes the changes since the last commit.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    /// Routes as they were, and which of them are out of date.
    pub(super) routes: Vec<(u32, Route)>,
    pub(super) is_saved: Vec<bool>,
    pub(super) stale: Vec<u32>,
    pub(super) is_stale: Vec<bool>,
    /// Days as they were, in order of change.
    pub(super) days: Vec<(u32, DaySet)>,
    /// Losses as they were, in order of change, and whose are out of date.
    pub(super) losses: Vec<(u32, i64)>,
    pub(super) unpriced: Vec<u32>,
    pub(super) totals: Totals,
    /// Buffers to use again.
    pub(super) spare: Vec<Route>,
    pub(super) changed: Vec<u32>,
    /// Routes changed since [`State::drain_dirty`].
    pub(super) dirty: Vec<u32>,
    pub(super) is_dirty: Vec<bool>,
}

impl State<'_, '_> {
    /// Keeps everything since the last commit.
    pub fn commit(&mut self) {
        debug_assert!(self.journal.stale.is_empty() && self.held.is_empty(), "settled before it is kept");
        self.cover.commit();
        self.journal.days.clear();
        self.journal.losses.clear();
        while let Some((route, old)) = self.journal.routes.pop() {
            self.journal.is_saved[route as usize] = false;
            self.journal.spare.push(old);
            if !std::mem::replace(&mut self.journal.is_dirty[route as usize], true) {
                self.journal.dirty.push(route);
            }
        }
        self.journal.totals = self.totals;
    }

    /// Undoes everything since the last commit. Nobody is held.
    pub fn rollback(&mut self) {
        debug_assert!(self.held.is_empty());
        for index in 0..self.journal.routes.len() {
            let route = self.journal.routes[index].0;
            self.forget_spots(route);
        }
        while let Some((route, old)) = self.journal.routes.pop() {
            self.journal.is_saved[route as usize] = false;
            self.journal.is_stale[route as usize] = false;
            let tried = std::mem::replace(&mut self.routes[route as usize], old);
            self.count_use(tried.is_used, route);
            self.journal.spare.push(tried);
            self.write_spots(route);
        }
        self.journal.stale.clear();
        self.journal.unpriced.clear();
        while let Some((client, loss)) = self.journal.losses.pop() {
            self.losses[client as usize] = loss;
        }
        let mut changed = std::mem::take(&mut self.journal.changed);
        while let Some((client, days)) = self.journal.days.pop() {
            self.set_days(client, days);
        }
        self.cover.rollback(self.context, &mut changed);
        for client in changed.drain(..) {
            self.refresh_load(client);
        }
        self.journal.changed = changed;
        self.totals = self.journal.totals;
    }

    /// Adds the visits, by client and day, that come after or before another point than at the last commit. The state is settled.
    pub fn changed_visits(&self, visits: &mut Vec<(u32, u8)>) {
        for (_, old) in &self.journal.routes {
            let day = self.context.shifts[old.shift as usize].day;
            for (rank, &client) in old.clients.iter().enumerate() {
                if client != NONE
                    && let Some(now) = self.spot(client, day)
                    && (now.last, now.next) != (old.points[rank], old.points[rank + 2])
                {
                    visits.push((client, day));
                }
            }
        }
        // Days on which a client was not visited: its first entry tells which it had.
        for (at, &(client, before)) in self.journal.days.iter().enumerate() {
            if self.journal.days[..at].iter().all(|&(earlier, _)| earlier != client) {
                let days = self.days_of(client);
                visits.extend(days.iter().filter(|&day| !before.contains(day)).map(|day| (client, day.0)));
            }
        }
    }

    /// Calls `visit` for each route changed by commits since the last call.
    pub fn drain_dirty(&mut self, mut visit: impl FnMut(u32, &Route)) {
        for route in self.journal.dirty.drain(..) {
            self.journal.is_dirty[route as usize] = false;
            visit(route, &self.routes[route as usize]);
        }
    }

    /// Saves a route once a transaction and marks it out of date.
    pub(super) fn touch(&mut self, route: u32) {
        if !self.journal.is_saved[route as usize] {
            self.journal.is_saved[route as usize] = true;
            let mut fresh = self.journal.spare.pop().unwrap_or_default();
            let old = &mut self.routes[route as usize];
            fresh.shift = old.shift;
            fresh.cost = old.cost;
            fresh.excess = old.excess;
            fresh.is_used = old.is_used;
            fresh.clients.clone_from(&old.clients);
            self.journal.routes.push((route, std::mem::replace(old, fresh)));
        }
        self.changes += 1;
        self.routes[route as usize].version = self.changes;
        self.mark_stale(route);
    }

    fn mark_stale(&mut self, route: u32) {
        if !std::mem::replace(&mut self.journal.is_stale[route as usize], true) {
            self.journal.stale.push(route);
        }
    }
}
