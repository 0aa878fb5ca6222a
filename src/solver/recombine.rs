//! Routes around a client give way to the cheapest remembered ones that make the same visits.
//!
//! Set partitioning over routes that a local search found (Rochat & Taillard 1995, *Probabilistic diversification and
//! intensification in local search for vehicle routing*, section 4; Subramanian, Uchoa & Ochi 2013, *A hybrid algorithm for a class
//! of vehicle routing problems*), of few routes at a time, so that it takes the same time whatever the size. Days stay
//! as they are.

use super::collected::Collected;
use super::context::{Context, NONE, visits_of};
use super::partition::Partition;
use super::rng::Rng;
use super::state::State;

/// Remembers routes and puts them together anew; owns the buffers.
#[derive(Clone, Debug)]
pub(super) struct Recombine {
    /// Whether the problem is one for it: everybody must be visited, a route costs the same whatever the others do, and nobody has
    /// hours (with windows solutions did not come out better).
    pub is_possible: bool,
    collected: Collected,
    partition: Partition,
    /// Routes that give way, and their visits.
    freed: Vec<u32>,
    rows: Vec<u32>,
    /// The row of each client that is in one.
    row_of: Vec<u32>,
    /// Vehicles of each class.
    room: Vec<u32>,
    chosen: Vec<u32>,
    /// Iterations from one try to the next, and when that is.
    pause: f64,
    next: u64,
    /// What is put where.
    moves: Vec<(u32, u32)>,
    evicted: Vec<u32>,
}

impl Recombine {
    /// Routes and visits that give way at a time, at most. Ours.
    const ROUTES: usize = 10;
    const VISITS: usize = 200;
    /// Fewest and most iterations between tries, and by what factor they become more where a try found nothing, and fewer where it
    /// did: so one of four finds something, and where routes don't go together little time is lost. Ours.
    const PAUSE: (f64, f64) = (16.0, 4096.0);
    const LONGER: f64 = 1.1;
    const SHORTER: f64 = 0.75;

    pub fn new(context: &Context<'_>) -> Self {
        let problem = context.problem;
        let is_free = problem.covering.groups.is_empty() && problem.alternatives.is_empty();
        Self {
            is_possible: is_free && !context.has_hours && !context.is_selective && context.clients() > 0,
            collected: Collected::default(),
            partition: Partition::default(),
            freed: Vec::new(),
            rows: Vec::new(),
            row_of: vec![NONE; context.clients()],
            room: vec![0; context.classes()],
            chosen: Vec::new(),
            pause: Self::PAUSE.0,
            next: 0,
            moves: Vec::new(),
            evicted: Vec::new(),
        }
    }

    /// Remembers the routes of a settled state that the transaction under way has changed.
    pub fn take_in(&mut self, state: &State<'_, '_>) {
        for (index, _) in state.touched() {
            let route = &state.routes[*index as usize];
            if !route.is_empty() && route.excess.is_none() {
                self.collected.take_in(&state.context.shifts[route.shift as usize], route);
            }
        }
    }

    /// Whether it is time for a try.
    pub fn is_due(&self, iterations: u64) -> bool {
        iterations >= self.next
    }

    /// As [`Recombine::improve`]; when it is next due depends on whether that found something.
    pub fn attempt(
        &mut self,
        state: &mut State<'_, '_>,
        client: u32,
        rng: &mut Rng,
        iterations: u64,
    ) -> bool {
        let is_better = self.improve(state, client, rng);
        let factor = if is_better { Self::SHORTER } else { Self::LONGER };
        self.pause = (self.pause * factor).clamp(Self::PAUSE.0, Self::PAUSE.1);
        self.next = iterations + self.pause as u64;
        is_better
    }

    /// Puts remembered routes in place of those around a client on one of its days, if they are cheaper; whether any were. The
    /// state is settled and committed before; after, what has changed is not committed.
    pub fn improve(&mut self, state: &mut State<'_, '_>, client: u32, rng: &mut Rng) -> bool {
        let days = state.days_of(client);
        let Some(day) = days.iter().nth(rng.below(days.len().max(1))) else { return false };
        self.free_around(state, client, day.0);
        let is_found = self.find(state, day.0);
        self.rows.iter().for_each(|&client| self.row_of[client as usize] = NONE);
        is_found && self.put_in(state, day.0)
    }

    /// Chooses the routes that give way.
    fn free_around(&mut self, state: &State<'_, '_>, client: u32, day: u8) {
        self.freed.clear();
        self.rows.clear();
        for &near in std::iter::once(&client).chain(state.context.near(client)) {
            let Some(spot) = state.spot(near, day).filter(|spot| !self.freed.contains(&spot.route)) else {
                continue;
            };
            let route = &state.routes[spot.route as usize];
            if self.rows.len() + route.visits() > Self::VISITS {
                continue;
            }
            self.freed.push(spot.route);
            for client in visits_of(&route.clients) {
                self.row_of[client as usize] = self.rows.len() as u32;
                self.rows.push(client);
            }
            if self.freed.len() == Self::ROUTES {
                break;
            }
        }
    }

    /// Finds cheaper routes for the visits of those that give way.
    fn find(&mut self, state: &State<'_, '_>, day: u8) -> bool {
        let context = state.context;
        self.partition.clear();
        for &first in &self.rows {
            for &number in self.collected.beginning_with(first) {
                let column = self.collected.column(number);
                let rows = || visits_of(&column.clients).map(|client| self.row_of[client as usize]);
                if column.day == day && rows().all(|row| row != NONE) {
                    self.partition.offer(number, column.class, column.cost, rows());
                }
            }
        }
        if self.partition.len() < 2 {
            return false;
        }
        self.room.fill(0);
        let class = |route: u32| context.shifts[state.routes[route as usize].shift as usize].class as usize;
        self.freed.iter().for_each(|&route| self.room[class(route)] += 1);
        for &shift in &context.shifts_on[usize::from(day)] {
            let facts = &context.shifts[shift as usize];
            if state.has_vehicle(facts) && state.empty_route(shift).is_some() {
                self.room[facts.class as usize] += 1;
            }
        }
        let now = self.freed.iter().map(|&route| state.energy_of(&state.routes[route as usize])).sum();
        let found = self.partition.solve(self.rows.len(), &self.room, now);
        self.chosen.clear();
        self.chosen.extend(found.into_iter().flatten());
        !self.chosen.is_empty()
    }

    /// Puts what was found in; false, with the state as it was, where vehicles that share a stock don't suffice.
    fn put_in(&mut self, state: &mut State<'_, '_>, day: u8) -> bool {
        let before = state.energy();
        if !self.assign(state, day) {
            return false;
        }
        self.freed.iter().for_each(|&route| state.replace(route, &[]));
        for &(route, number) in &self.moves {
            state.replace(route, &self.collected.column(number).clients);
        }
        self.evicted.clear();
        state.settle(&mut self.evicted);
        let holds = self.evicted.is_empty() && state.holds_stocks() && state.energy() < before;
        if !holds {
            state.rollback();
        }
        holds
    }

    /// Chooses the vehicles: a route that stays keeps its own and is no longer freed, the others get those that are free.
    fn assign(&mut self, state: &State<'_, '_>, day: u8) -> bool {
        let context = state.context;
        let class = |route: u32| context.shifts[state.routes[route as usize].shift as usize].class;
        self.moves.clear();
        let collected = &self.collected;
        self.chosen.retain(|&number| {
            let column = collected.column(number);
            let is_same = |&route: &u32| {
                class(route) == column.class && state.routes[route as usize].clients == column.clients
            };
            let same = self.freed.iter().position(is_same);
            same.map(|at| self.freed.swap_remove(at)).is_none()
        });
        for &number in &self.chosen {
            let own = collected.column(number).class;
            let is_taken = |route: u32| self.moves.iter().any(|&(taken, _)| taken == route);
            let freed = self.freed.iter().copied().find(|&route| class(route) == own && !is_taken(route));
            let empty = || {
                let shifts = context.shifts_on[usize::from(day)].iter();
                let alike = shifts.filter(|&&shift| context.shifts[shift as usize].class == own);
                alike.filter_map(|&shift| state.empty_route(shift)).find(|&route| !is_taken(route))
            };
            let Some(route) = freed.or_else(empty) else { return false };
            self.moves.push((route, number));
        }
        true
    }
}
