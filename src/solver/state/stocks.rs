//! Which vehicles are left: empty routes of each shift, and stocks that shifts share.

use super::{Brief, State};
use crate::solver::route::{Route, VisitFacts};
use crate::solver::shift::ShiftFacts;

impl State<'_, '_> {
    /// Whether one more vehicle of a shift may leave, as far as shared stocks go.
    pub fn has_vehicle(&self, shift: &ShiftFacts) -> bool {
        let problem = self.context.problem;
        shift.pools.iter().all(|&pool| self.pool_used[pool as usize] < problem.pools[pool as usize].count)
    }

    /// Whether shared stocks of vehicles suffice for the routes in use.
    pub fn holds_stocks(&self) -> bool {
        let mut stocks = self.pool_used.iter().zip(&self.context.problem.pools);
        stocks.all(|(&used, pool)| used <= pool.count)
    }

    /// A route of a shift that nobody uses.
    pub fn empty_route(&self, shift: u32) -> Option<u32> {
        self.empty_of[shift as usize].last().copied()
    }

    /// Keeps stocks of vehicles and lists of empty routes in step with a route that was used or not. After a route of
    /// a shift was filled there is an empty one left while the shift has vehicles.
    pub(super) fn count_use(&mut self, was_used: bool, index: u32) {
        let route = &self.routes[index as usize];
        if route.is_used == was_used {
            return;
        }
        let (shift, is_used) = (route.shift, route.is_used);
        let step = u32::from(is_used).wrapping_sub(u32::from(was_used));
        self.routes_used = self.routes_used.wrapping_add_signed(if is_used { 1 } else { -1 });
        for &pool in &self.context.shifts[shift as usize].pools {
            let used = &mut self.pool_used[pool as usize];
            *used = used.wrapping_add(step);
        }
        let empty = &mut self.empty_of[shift as usize];
        if !is_used {
            empty.push(index);
            return;
        }
        // The one filled is as a rule the last.
        if let Some(at) = empty.iter().rposition(|&route| route == index) {
            empty.swap_remove(at);
        }
        let has_room =
            self.routes_of[shift as usize].len() < self.context.shifts[shift as usize].count as usize;
        if self.empty_of[shift as usize].is_empty() && has_room {
            self.add_empty_route(shift);
        }
    }

    pub(super) fn add_empty_route(&mut self, shift: u32) {
        let mut route = Route { shift, ..Route::default() };
        route.rebuild(self.context, |_| VisitFacts::default());
        self.routes_of[shift as usize].push(self.routes.len() as u32);
        self.empty_of[shift as usize].push(self.routes.len() as u32);
        self.routes.push(route);
        self.briefs.push(Brief::empty(shift));
        self.journal.is_saved.push(false);
        self.journal.is_stale.push(false);
        self.journal.is_dirty.push(false);
    }
}
