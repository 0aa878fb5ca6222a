//! The times of a route by trying them all: every leave of every trip and every start of the break, one second at
//! a time. Only for days of a few dozen seconds.

use tournee::ids::ClientId;
use tournee::model::schedule::{RouteTiming, VisitLoad, opening};
use tournee::model::{Problem, Shift};

/// A route in bare numbers.
pub struct Oracle<'a> {
    problem: &'a Problem,
    shift: &'a Shift,
    trips: &'a [Vec<ClientId>],
}

impl<'a> Oracle<'a> {
    pub fn new(problem: &'a Problem, shift: &'a Shift, trips: &'a [Vec<ClientId>]) -> Self {
        Self { problem, shift, trips }
    }

    /// The least duty, and with it the earliest return; `None` if no times hold every rule.
    pub fn best(&self) -> Option<(i32, i32)> {
        let vehicle = &self.problem.vehicles[self.shift.vehicle];
        let (open, close) = (self.shift.window.open.get(), self.shift.window.close.get());
        let mut best: Option<(i32, i32)> = None;
        for leave in open..=close {
            let mut try_break = |rest: Option<(i32, i32)>| {
                let Some(back) = self.drive(0, leave, rest) else { return };
                let duty = back - leave;
                let rests = match (vehicle.rest, rest) {
                    (None, _) => true,
                    (Some(rule), None) => duty <= rule.after.get(),
                    (Some(rule), Some((from, to))) => {
                        leave <= from
                            && to <= back
                            && from <= leave + rule.after.get()
                            && to >= back - rule.after.get()
                            && rule.window.open.get() <= from
                            && to <= rule.window.close.get()
                    }
                };
                if rests && vehicle.max_duty.is_none_or(|most| duty <= most.get()) {
                    best = Some(best.map_or((duty, back), |best| best.min((duty, back))));
                }
            };
            try_break(None);
            if let Some(rule) = vehicle.rest {
                (open..=close).for_each(|from| try_break(Some((from, from + rule.duration.get()))));
            }
        }
        best
    }

    /// The earliest return when trip `k` leaves at `leave`, the later trips whenever they may. Nothing overlaps the
    /// break; standing still is allowed everywhere.
    fn drive(&self, k: usize, leave: i32, rest: Option<(i32, i32)>) -> Option<i32> {
        let vehicle = &self.problem.vehicles[self.shift.vehicle];
        let close = self.shift.window.close.get();
        let free = |from: i32, to: i32| rest.is_none_or(|(start, end)| to <= start || end <= from);
        let travel = &self.problem.travel[0];
        let trip = &self.trips[k];
        if trip.iter().any(|&id| leave < self.problem.clients[id].release.get()) {
            return None;
        }
        let (mut now, mut point, mut first) = (leave, self.shift.start, true);
        for &id in trip {
            let client = &self.problem.clients[id];
            let drive = travel.get(point, client.point)?.0.get();
            // The leave of a trip is given; later legs start when they may.
            let depart =
                if first { free(now, now + drive).then_some(now) } else { self.first(now, drive, &free) }?;
            let arrival = depart + drive;
            let lasts = opening(self.problem, vehicle, client, 0).get();
            let start = (arrival + self.problem.margin.get()..=close).find(|&start| {
                start % self.problem.grid.get().max(1) == 0
                    && free(start, start + lasts)
                    && client.windows[0]
                        .iter()
                        .any(|w| w.open.get() <= start && start + lasts <= w.close.get())
                    && client.locks[0].and_then(|lock| lock.start).is_none_or(|time| time.get() == start)
            })?;
            (now, point, first) = (start + lasts, client.point, false);
        }
        if vehicle.max_cold.is_some_and(|most| now - leave > most.get()) {
            return None;
        }
        let home = if k + 1 == self.trips.len() { self.shift.end } else { self.shift.start };
        let drive = travel.get(point, home)?.0.get();
        let back = self.first(now, drive, &free)? + drive;
        if back > close {
            return None;
        }
        if k + 1 == self.trips.len() {
            return Some(back);
        }
        let loaded = self.first(back, vehicle.reload.get(), &free)? + vehicle.reload.get();
        (loaded..=close).filter_map(|next| self.drive(k + 1, next, rest)).min()
    }

    /// The first time from `now` at which something that lasts may start without overlapping the break.
    fn first(&self, now: i32, lasts: i32, free: &impl Fn(i32, i32) -> bool) -> Option<i32> {
        (now..=self.shift.window.close.get()).find(|&from| free(from, from + lasts))
    }

    /// The first rule that `timing` breaks, in words.
    pub fn fault(&self, timing: &RouteTiming) -> Option<&'static str> {
        let vehicle = &self.problem.vehicles[self.shift.vehicle];
        let travel = &self.problem.travel[0];
        let rest = timing.rest.map(|(from, to)| (from.get(), to.get()));
        let within = |from: i32, to: i32| rest.is_some_and(|(start, end)| from <= start && end <= to);
        let rest_length = vehicle.rest.map_or(0, |rule| rule.duration.get());
        let mut places = 0;
        let mut now = None;
        for (k, (trip, ids)) in timing.trips.iter().zip(self.trips).enumerate() {
            let leave = trip.leave.get();
            if let Some(back) = now {
                let rested = within(back, leave);
                places += usize::from(rested);
                let gap = leave - back - if rested { rest_length } else { 0 };
                if gap < vehicle.reload.get() {
                    return Some("reload");
                }
            } else if leave < self.shift.window.open.get() {
                return Some("leaves before the shift");
            }
            if ids.iter().any(|&id| leave < self.problem.clients[id].release.get()) {
                return Some("release");
            }
            let (mut at, mut point) = (leave, self.shift.start);
            for (call, &id) in trip.calls.iter().zip(ids) {
                let client = &self.problem.clients[id];
                if call.arrival.get() != at + travel.get(point, client.point)?.0.get() {
                    return Some("travel");
                }
                let (start, end) = (call.start.get(), call.end.get());
                if start < call.arrival.get() + self.problem.margin.get() {
                    return Some("margin");
                }
                if start % self.problem.grid.get().max(1) != 0 {
                    return Some("grid");
                }
                if end - start != opening(self.problem, vehicle, client, call.served).get() {
                    return Some("service");
                }
                if !client.windows[0].iter().any(|w| w.open.get() <= start && end <= w.close.get()) {
                    return Some("window");
                }
                if client.locks[0].and_then(|lock| lock.start).is_some_and(|time| time.get() != start) {
                    return Some("lock");
                }
                if call.departure.get() < end {
                    return Some("leaves early");
                }
                places += usize::from(within(call.arrival.get(), start));
                places += usize::from(within(end, call.departure.get()));
                (at, point) = (call.departure.get(), client.point);
            }
            let last_end = trip.calls[trip.calls.len() - 1].end.get();
            if vehicle.max_cold.is_some_and(|most| last_end - leave > most.get()) {
                return Some("cold");
            }
            let home = if k + 1 == timing.trips.len() { self.shift.end } else { self.shift.start };
            if trip.back.get() != at + travel.get(point, home)?.0.get() {
                return Some("travel home");
            }
            now = Some(trip.back.get());
        }
        let (leave, back) = (timing.trips[0].leave.get(), now?);
        if back > self.shift.window.close.get() {
            return Some("returns after the shift");
        }
        if vehicle.max_duty.is_some_and(|most| back - leave > most.get()) {
            return Some("duty");
        }
        let rule = vehicle.rest?;
        match rest {
            None => (back - leave > rule.after.get()).then_some("no break"),
            Some((from, to)) if to - from != rest_length => Some("break length"),
            Some(_) if places != 1 => Some("break not standing"),
            Some((from, to)) if from > leave + rule.after.get() || to < back - rule.after.get() => {
                Some("break too late or early")
            }
            Some((from, to)) if from < rule.window.open.get() || to > rule.window.close.get() => {
                Some("break window")
            }
            Some(_) => None,
        }
    }
}

/// Nobody comes.
pub fn no_load(problem: &Problem) -> typed_index_collections::TiVec<ClientId, VisitLoad> {
    problem.clients.iter().map(|_| VisitLoad::default()).collect()
}
