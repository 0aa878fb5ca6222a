//! Inserting one client into a solution, with or without a limit relaxed, and timing the result exactly.

use typed_index_collections::TiVec;

use super::Fix;
use super::change::Change;
use crate::ids::{ClientId, ShiftId, VehicleId};
use crate::model::evaluate::{attendance, attending, evaluate, loads, operating_cost, visited_days};
use crate::model::schedule::{Blocked, Scheduler, VisitLoad, served};
use crate::model::{Problem, Route, Solution, Vehicle};
use crate::units::{Cost, Day, DaySet};

/// A client, a solution without it, and a copy of the problem on which limits are relaxed and restored.
pub(super) struct Trial<'a> {
    problem: &'a Problem,
    solution: &'a Solution,
    client: ClientId,
    scratch: Problem,
    /// What comes to each visit once the client is visited.
    loads: TiVec<ClientId, VisitLoad>,
    scheduler: Scheduler,
    trips: Vec<Vec<ClientId>>,
    /// Days of its patterns on which the client fits as things are.
    free: DaySet,
}

/// Where a client is inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Insertion {
    /// What the route costs more.
    cost: Cost,
    shift: ShiftId,
    /// Position in [`Solution::routes`]; none for a new route.
    route: Option<usize>,
    place: Place,
}

/// Where in a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Into a trip, before its visit at that position.
    Visit { trip: usize, position: usize },
    /// As a trip of its own, before that trip.
    Trip(usize),
}

/// A change that lets a client be inserted on every day of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relaxed {
    pub change: Change,
    pub vehicle: VehicleId,
    /// Days on which it takes the change.
    pub days: DaySet,
    pub pattern: DaySet,
}

impl<'a> Trial<'a> {
    pub fn new(problem: &'a Problem, solution: &'a Solution, client: ClientId) -> Self {
        let mut is_open: TiVec<ClientId, bool> =
            visited_days(problem, solution).iter().map(|days| !days.is_empty()).collect();
        is_open[client] = true;
        let loads = loads(problem, &attending(problem, &attendance(problem, &is_open)));
        let mut trial = Self {
            problem,
            solution,
            client,
            scratch: problem.clone(),
            loads,
            scheduler: Scheduler::default(),
            trips: Vec::new(),
            free: DaySet::EMPTY,
        };
        trial.free = trial.days().iter().filter(|&day| trial.on_day(day).is_ok()).collect();
        trial
    }

    pub fn client(&self) -> ClientId {
        self.client
    }

    /// All days of all patterns.
    fn days(&self) -> DaySet {
        self.patterns().iter().fold(DaySet::EMPTY, |days, &pattern| days.union(pattern))
    }

    fn patterns(&self) -> &'a [DaySet] {
        &self.problem.clients[self.client].patterns
    }

    /// The solution with the client inserted where that is worth most, if it fits as things are, and its worth.
    ///
    /// Places compete by what their routes cost. Which vehicle comes also decides how many households it turns away
    /// at the visit where most are, so each such number is tried as a bound on the vehicles.
    pub fn served(&mut self) -> Option<(Cost, DaySet)> {
        let mut bounds: Vec<i64> = self.problem.vehicles.iter().filter_map(|v| self.turned_away(v)).collect();
        bounds.sort_unstable();
        bounds.dedup();
        let tried = bounds.into_iter().filter_map(|bound| {
            let (pattern, insertions) = self.cheapest(bound)?;
            Some((evaluate(self.problem, &self.extended(&insertions)).total, pattern))
        });
        tried.min_by_key(|&(total, _)| total)
    }

    /// The pattern and places of least cost with vehicles that turn away at most that many of the client.
    fn cheapest(&mut self, bound: i64) -> Option<(DaySet, Vec<Insertion>)> {
        let free = self.free;
        let mut best: Option<(Cost, DaySet, Vec<Insertion>)> = None;
        for &pattern in self.patterns().iter().filter(|pattern| pattern.is_subset(free)) {
            let on_day = |day| {
                let shifts: Vec<ShiftId> =
                    self.shifts_on(day).filter(|&id| self.is_within(id, bound)).collect();
                shifts.into_iter().filter_map(|shift| self.on_shift(shift).ok()).min()
            };
            let insertions: Option<Vec<Insertion>> = pattern.iter().map(on_day).collect();
            let Some(insertions) = insertions else { continue };
            let cost = insertions.iter().map(|insertion| insertion.cost).sum();
            if best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
                best = Some((cost, pattern, insertions));
            }
        }
        best.map(|(_, pattern, insertions)| (pattern, insertions))
    }

    fn is_within(&self, shift: ShiftId, bound: i64) -> bool {
        let vehicle = &self.problem.vehicles[self.problem.shifts[shift].vehicle];
        self.turned_away(vehicle).is_some_and(|turned_away| turned_away <= bound)
    }

    /// Households that a visit of the client by `vehicle` turns away; none where those registered don't fit.
    fn turned_away(&self, vehicle: &Vehicle) -> Option<i64> {
        let load = self.loads[self.client];
        served(vehicle, &self.problem.clients[self.client], load).ok().map(|(_, turned_away)| turned_away)
    }

    /// The least amount of a change of one vehicle that lets the client in, of effort below `limit`.
    pub fn least(&mut self, change: Change, vehicle: VehicleId, limit: f64) -> Option<Relaxed> {
        let one = change.by(self.problem, 1).effort(self.problem, self.client, vehicle);
        let affordable = if limit.is_finite() && one > 0.0 { (limit / one) as i64 } else { i64::MAX };
        let most = change.most_steps(self.problem, self.client).min(affordable);
        if most < 1 {
            return None;
        }
        let mut needed: Vec<(Day, i64)> = Vec::new();
        for day in self.days().difference(self.free).iter() {
            let shifts = self.concerned(change, vehicle, day);
            let steps = shifts.into_iter().filter_map(|shift| self.least_steps(change, shift, most)).min();
            needed.extend(steps.map(|steps| (day, steps)));
        }
        let steps_on = |day: Day| needed.iter().find(|(other, _)| *other == day).map(|&(_, steps)| steps);
        let free = self.free;
        let fitting = self.patterns().iter().filter_map(|&pattern| {
            let days = pattern.difference(free);
            let steps: Option<Vec<i64>> = days.iter().map(steps_on).collect();
            Some((steps?.into_iter().max()?, days.len(), days, pattern))
        });
        let (steps, _, days, pattern) = fitting.min_by_key(|&(steps, count, ..)| (steps, count))?;
        Some(Relaxed { change: change.by(self.problem, steps), vehicle, days, pattern })
    }

    /// The least number of steps of a change with which the client fits into one shift, up to `most`.
    ///
    /// Found by doubling, then halving. That is exact for limits that only ever help; more room or a longer opening
    /// also serves more households for longer, and then the amount is one that works, verified later.
    fn least_steps(&mut self, change: Change, shift: ShiftId, most: i64) -> Option<i64> {
        let only_helps =
            !matches!(change, Change::MoreHouseholds(_) | Change::MoreMass(_) | Change::LongerOpening(_));
        if only_helps && !self.fits_with(change, shift, most) {
            return None;
        }
        let (mut low, mut high) = (0, 1);
        while !self.fits_with(change, shift, high) {
            if high == most {
                return None;
            }
            (low, high) = (high, (2 * high).min(most));
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.fits_with(change, shift, middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    fn fits_with(&mut self, change: Change, shift: ShiftId, steps: i64) -> bool {
        let row = &self.problem.shifts[shift];
        self.with(change.by(self.problem, steps), row.vehicle, DaySet::only(row.day), |trial| {
            trial.on_shift(shift).is_ok()
        })
    }

    /// What `look` sees while a change is made.
    fn with<T>(
        &mut self,
        change: Change,
        vehicle: VehicleId,
        days: DaySet,
        look: impl FnOnce(&mut Self) -> T,
    ) -> T {
        change.apply(&mut self.scratch, self.client, vehicle, days);
        let seen = look(self);
        for (id, shift) in self.problem.shifts.iter_enumerated() {
            if shift.vehicle == vehicle && days.contains(shift.day) {
                self.scratch.shifts[id].clone_from(shift);
            }
        }
        self.scratch.vehicles[vehicle].clone_from(&self.problem.vehicles[vehicle]);
        self.scratch.clients[self.client].clone_from(&self.problem.clients[self.client]);
        seen
    }

    /// The fix that `relaxed` is, if the whole solution holds with it.
    pub fn verify(&mut self, relaxed: &Relaxed, before: Cost) -> Option<Fix> {
        let Relaxed { change, vehicle, days, .. } = *relaxed;
        let insertions = self.relaxed_insertions(relaxed)?;
        let after =
            self.with(change, vehicle, days, |trial| evaluate(&trial.scratch, &trial.extended(&insertions)));
        if !after.is_feasible() {
            return None;
        }
        Some(Fix {
            change: relaxed.change,
            vehicle: (!relaxed.change.is_about_client()).then_some(relaxed.vehicle),
            days: relaxed.days,
            pattern: relaxed.pattern,
            shortfall: (after.total - before).max(Cost::ZERO),
        })
    }

    /// The shift that comes nearest to serving the client and the rule that bars it there: what the fix mends, or the
    /// mildest rule met on its days (on all days, without a fix).
    pub fn mildest(&mut self, fix: Option<&Fix>) -> Option<(ShiftId, Blocked)> {
        if let Some((shift, rule)) = fix.and_then(|fix| self.mended(fix)) {
            return Some((shift, rule));
        }
        let days = fix.map_or_else(|| self.days().difference(self.free), |fix| fix.days);
        let mut met: Vec<(i64, ShiftId, Blocked)> = Vec::new();
        for day in days.iter() {
            let shifts: Vec<ShiftId> = self.shifts_on(day).collect();
            for shift in shifts {
                let rule = self.on_shift(shift).err().flatten();
                met.extend(rule.map(|rule| (severity(rule), shift, rule)));
            }
        }
        met.into_iter()
            .min_by_key(|&(severity, shift, _)| (severity, shift))
            .map(|(_, shift, rule)| (shift, rule))
    }

    /// The rule that a fix mends, on its first day.
    fn mended(&mut self, fix: &Fix) -> Option<(ShiftId, Blocked)> {
        let day = fix.days.iter().next()?;
        let shifts: Vec<ShiftId> = self
            .shifts_on(day)
            .filter(|&shift| fix.vehicle.is_none_or(|vehicle| self.problem.shifts[shift].vehicle == vehicle))
            .collect();
        for shift in shifts {
            let row = &self.problem.shifts[shift];
            let insertion =
                self.with(fix.change, row.vehicle, DaySet::only(day), |trial| trial.on_shift(shift));
            if let Ok(insertion) = insertion
                && let Err(rule) = self.measure(&insertion)
            {
                return Some((shift, rule));
            }
        }
        None
    }

    /// Insertions on every day of a relaxed pattern; the change helps on its own days only.
    fn relaxed_insertions(&mut self, relaxed: &Relaxed) -> Option<Vec<Insertion>> {
        let mut insertions = self.on_days(relaxed.pattern.difference(relaxed.days))?;
        for day in relaxed.days.iter() {
            let shifts = self.concerned(relaxed.change, relaxed.vehicle, day);
            let best = self.with(relaxed.change, relaxed.vehicle, relaxed.days, |trial| {
                shifts.into_iter().filter_map(|shift| trial.on_shift(shift).ok()).min()
            });
            insertions.push(best?);
        }
        Some(insertions)
    }

    fn shifts_on(&self, day: Day) -> impl Iterator<Item = ShiftId> + use<'a> {
        self.problem.shifts.iter_enumerated().filter(move |(_, shift)| shift.day == day).map(|(id, _)| id)
    }

    /// The shifts of a day that a change concerns: those of its vehicle, or all for a change of the client.
    fn concerned(&self, change: Change, vehicle: VehicleId, day: Day) -> Vec<ShiftId> {
        let concerns = |&id: &ShiftId| change.is_about_client() || self.problem.shifts[id].vehicle == vehicle;
        self.shifts_on(day).filter(concerns).collect()
    }

    /// The cheapest insertion on each day, if there is one on all.
    fn on_days(&mut self, days: DaySet) -> Option<Vec<Insertion>> {
        days.iter().map(|day| self.on_day(day).ok()).collect()
    }

    /// The cheapest insertion on a day, or the mildest rule against it.
    fn on_day(&mut self, day: Day) -> Result<Insertion, Option<Blocked>> {
        let shifts: Vec<ShiftId> = self.shifts_on(day).collect();
        let tried: Vec<_> = shifts.into_iter().map(|shift| self.on_shift(shift)).collect();
        better(tried)
    }

    /// The cheapest insertion into a shift, or the mildest rule against it; none where all its vehicles are out.
    fn on_shift(&mut self, shift: ShiftId) -> Result<Insertion, Option<Blocked>> {
        let solution = self.solution;
        let mut tried = Vec::new();
        if self.has_vehicle_left(shift) {
            tried.push(self.price(shift, None, Place::Trip(0), Cost::ZERO));
        }
        for (index, route) in solution.routes.iter().enumerate().filter(|(_, route)| route.shift == shift) {
            let Ok(before) = self.route_cost(shift, &route.trips) else { continue };
            for place in places(&route.trips) {
                tried.push(self.price(shift, Some(index), place, before));
            }
        }
        better(tried)
    }

    fn price(
        &mut self,
        shift: ShiftId,
        route: Option<usize>,
        place: Place,
        before: Cost,
    ) -> Result<Insertion, Option<Blocked>> {
        let insertion = Insertion { cost: Cost::ZERO, shift, route, place };
        let cost = self.measure(&insertion)? - before;
        Ok(Insertion { cost, ..insertion })
    }

    /// Cost of the route with the client inserted.
    fn measure(&mut self, insertion: &Insertion) -> Result<Cost, Blocked> {
        let mut trips = std::mem::take(&mut self.trips);
        trips.clear();
        if let Some(index) = insertion.route {
            trips.clone_from(&self.solution.routes[index].trips);
        }
        insert(&mut trips, insertion.place, self.client);
        let cost = self.route_cost(insertion.shift, &trips);
        self.trips = trips;
        cost
    }

    fn route_cost(&mut self, shift: ShiftId, trips: &[Vec<ClientId>]) -> Result<Cost, Blocked> {
        let shift = &self.scratch.shifts[shift];
        let route = self.scheduler.measure(&self.scratch, shift, trips, &self.loads)?;
        Ok(operating_cost(&self.scratch.vehicles[shift.vehicle], route.duty, route.metres))
    }

    fn has_vehicle_left(&self, shift: ShiftId) -> bool {
        let used = |id: ShiftId| self.solution.routes.iter().filter(|route| route.shift == id).count() as u32;
        let pools = self.scratch.pools.iter().filter(|pool| pool.shifts.contains(&shift));
        used(shift) < self.scratch.shifts[shift].count
            && pools.into_iter().all(|pool| pool.shifts.iter().map(|&id| used(id)).sum::<u32>() < pool.count)
    }

    fn extended(&self, insertions: &[Insertion]) -> Solution {
        let mut solution = self.solution.clone();
        for insertion in insertions {
            match insertion.route {
                Some(index) => insert(&mut solution.routes[index].trips, insertion.place, self.client),
                None => {
                    solution.routes.push(Route { shift: insertion.shift, trips: vec![vec![self.client]] });
                }
            }
        }
        solution
    }
}

/// Every place of a route, new trips included.
fn places(trips: &[Vec<ClientId>]) -> impl Iterator<Item = Place> {
    let visits = trips
        .iter()
        .enumerate()
        .flat_map(|(trip, visits)| (0..=visits.len()).map(move |position| Place::Visit { trip, position }));
    visits.chain((0..=trips.len()).map(Place::Trip))
}

fn insert(trips: &mut Vec<Vec<ClientId>>, place: Place, client: ClientId) {
    match place {
        Place::Visit { trip, position } => trips[trip].insert(position, client),
        Place::Trip(trip) => trips.insert(trip, vec![client]),
    }
}

/// The cheapest that worked, else the mildest that did not.
fn better(tried: Vec<Result<Insertion, Option<Blocked>>>) -> Result<Insertion, Option<Blocked>> {
    let mut mildest = None;
    let mut best: Option<Insertion> = None;
    for result in tried {
        match result {
            Ok(insertion) => best = Some(best.map_or(insertion, |best| best.min(insertion))),
            Err(Some(rule)) if mildest.is_none_or(|other| severity(rule) < severity(other)) => {
                mildest = Some(rule);
            }
            Err(_) => {}
        }
    }
    best.ok_or(mildest)
}

/// How far a route is from holding a rule, roughly comparable between rules: seconds, half a minute a household, and
/// rules without degree last.
fn severity(rule: Blocked) -> i64 {
    const NO_DEGREE: i64 = 1 << 40;
    match rule {
        Blocked::Late(by)
        | Blocked::Duty(by)
        | Blocked::Driving(by)
        | Blocked::Cold(by)
        | Blocked::Opening(by) => by.get().into(),
        Blocked::Households(by) => 30 * by,
        Blocked::Mass(by) | Blocked::Length(by) => by / 1000,
        Blocked::NoBreak => 3600,
        Blocked::Count(by) => NO_DEGREE + i64::from(by),
        Blocked::Closed(_) => NO_DEGREE + 1000,
        Blocked::NotAllowed(_) => NO_DEGREE + 2000,
        Blocked::NoWay => NO_DEGREE + 3000,
    }
}
