//! The working solution: routes, who is visited when, who attends whom, and the exact cost, all of it undoable.
//!
//! Every route of a settled state holds every rule: clients that fit nowhere stay out, and a required one that is
//! out costs its penalty. A client is visited on all days of one of its patterns or not at all.
//!
//! Changes go through [`State::remove`], [`State::insert`] and [`State::replace`], then [`State::settle`] brings the
//! changed routes up to date. [`State::commit`] keeps what happened since the last commit and [`State::rollback`]
//! undoes it; both cost the size of the change, not of the problem.

use typed_index_collections::TiVec;

use super::context::{Context, NONE, ShiftFacts};
use super::cover::{Around, Cover, Prospect};
use super::exact::Exact;
use super::route::{Load, Route, VisitFacts, is_within_limits, least_duty, route_cost};
use crate::ids::ClientId;
use crate::model::evaluate::turned_away_loss;
use crate::model::schedule::{VisitLoad, opening, served, visit_load};
use crate::units::{Cost, Day, DaySet, Need};

/// Where a visit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub route: u32,
    pub rank: u32,
}

impl Spot {
    const NOWHERE: Self = Self { route: NONE, rank: NONE };
}

/// The parts of the cost; all additive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// Shifts, way and time.
    pub operating: i64,
    /// Penalties of what is left out.
    pub missed: i64,
    /// Worth of visited clients and covered groups.
    pub value: i64,
    /// Worth of those turned away.
    pub turned_away: i64,
}

impl Totals {
    /// What is minimised.
    pub fn total(&self) -> i64 {
        self.operating + self.missed - self.value + self.turned_away
    }
}

/// One visit to be put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub route: u32,
    /// Before the entry that is there now.
    pub position: u32,
    pub form: Form,
    /// What the route costs more.
    pub delta: i64,
    /// From leaving to returning, with the visit.
    pub duty: i64,
}

/// How a visit joins a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// Into the trip.
    Join,
    /// As the first of a new trip, which takes the rest of the old one.
    LoadBefore,
    /// As the last of its trip; the rest becomes a new one.
    LoadAfter,
}

/// The working solution.
#[derive(Clone)]
pub(super) struct State<'c, 'p> {
    pub context: &'c Context<'p>,
    pub routes: Vec<Route>,
    /// Routes of each shift; at least one is empty while the shift has vehicles left.
    pub routes_of: Vec<Vec<u32>>,
    pub totals: Totals,
    pub cover: Cover,
    spots: Vec<Spot>,
    /// Days of each client; empty when it is left out.
    days: Vec<DaySet>,
    absent: Vec<u32>,
    absent_rank: Vec<u32>,
    loads: TiVec<ClientId, VisitLoad>,
    /// By client, then serving class.
    facts: Vec<VisitFacts>,
    /// Worth of those whom each client turns away.
    losses: Vec<i64>,
    /// Clients without visits that count as open until [`State::release`].
    held: Vec<u32>,
    is_held: Vec<bool>,
    /// Visited members of each alternative set.
    set_members: Vec<u32>,
    visits: usize,
    routes_used: usize,
    /// Routes in use of each pool of vehicles.
    pool_used: Vec<u32>,
    exact: Exact,
    journal: Journal,
}

/// What undoes the changes since the last commit.
#[derive(Clone, Debug, Default)]
struct Journal {
    /// Routes as they were, and which of them are out of date.
    routes: Vec<(u32, Route)>,
    is_saved: Vec<bool>,
    stale: Vec<u32>,
    is_stale: Vec<bool>,
    /// Days as they were, in order of change.
    days: Vec<(u32, DaySet)>,
    /// Losses as they were, in order of change, and whose are out of date.
    losses: Vec<(u32, i64)>,
    unpriced: Vec<u32>,
    totals: Totals,
    /// Buffers to use again.
    spare: Vec<Route>,
    changed: Vec<u32>,
    /// Routes changed since [`State::drain_dirty`].
    dirty: Vec<u32>,
    is_dirty: Vec<bool>,
}

impl<'c, 'p> State<'c, 'p> {
    /// Nobody is visited.
    pub fn new(context: &'c Context<'p>) -> Self {
        let clients = context.clients();
        let problem = context.problem;
        let mut state = Self {
            context,
            routes: Vec::new(),
            routes_of: vec![Vec::new(); context.shifts.len()],
            totals: Totals::default(),
            cover: Cover::new(context),
            spots: vec![Spot::NOWHERE; clients * context.days],
            days: vec![DaySet::EMPTY; clients],
            absent: (0..clients as u32).collect(),
            absent_rank: (0..clients as u32).collect(),
            loads: problem.clients.iter().map(|client| visit_load(client, Need::ZERO)).collect(),
            facts: Vec::with_capacity(clients * context.serving_classes),
            losses: vec![0; clients],
            held: Vec::new(),
            is_held: vec![false; clients],
            set_members: vec![0; problem.alternatives.len()],
            visits: 0,
            routes_used: 0,
            pool_used: vec![0; problem.pools.len()],
            exact: Exact::default(),
            journal: Journal::default(),
        };
        for client in 0..clients as u32 {
            for class in 0..context.serving_classes {
                state.facts.push(visit_facts(context, client, class, state.loads[ClientId(client)]));
            }
        }
        for shift in 0..context.shifts.len() as u32 {
            state.add_empty_route(shift);
        }
        let sets = problem.alternatives.len() as i64;
        let groups = i64::from(state.cover.uncovered_required());
        state.totals.missed =
            context.missed.iter().sum::<i64>() + (sets + groups) * problem.missed_visit.get();
        state.commit();
        state
    }

    /// The cost of the settled state; equal to `model::evaluate`.
    pub fn total(&self) -> i64 {
        self.totals.total()
    }

    /// Clients that are left out, in no particular but a repeatable order.
    pub fn absent(&self) -> &[u32] {
        &self.absent
    }

    /// Whether a client is visited.
    pub fn is_visited(&self, client: u32) -> bool {
        !self.days[client as usize].is_empty()
    }

    /// The days on which a client is visited.
    pub fn days_of(&self, client: u32) -> DaySet {
        self.days[client as usize]
    }

    /// Number of visits and of routes that hold them.
    pub fn size(&self) -> (usize, usize) {
        (self.visits, self.routes_used)
    }

    /// Where the client's visit of a day is, if there is one.
    #[inline]
    pub fn spot(&self, client: u32, day: u8) -> Option<Spot> {
        let spot = self.spots[self.context.slot(client, day)];
        (spot.route != NONE).then_some(spot)
    }

    /// What a visit of an open client amounts to on a shift.
    #[inline]
    pub fn facts(&self, client: u32, serving: u32) -> VisitFacts {
        self.facts[client as usize * self.context.serving_classes + serving as usize]
    }

    /// Households that come to each visit of an open client.
    pub fn load(&self, client: u32) -> VisitLoad {
        self.loads[ClientId(client)]
    }

    /// The exact least duty of a sequence that holds a client with `load`, none when it can't hold its rules.
    pub fn duty_with(&mut self, shift: u32, clients: &[u32], client: u32, load: VisitLoad) -> Option<i64> {
        let before = std::mem::replace(&mut self.loads[ClientId(client)], load);
        let duty = self.exact.duty(self.context, shift, clients, &self.loads);
        self.loads[ClientId(client)] = before;
        duty
    }

    /// What opening a closed client would change for the groups it covers, if `beside` opens too.
    pub fn prospect(&self, client: u32, beside: u32) -> Prospect {
        if self.is_held(client) {
            let (attending, around) = (self.cover.attending(client), self.cover.around(client));
            return Prospect { attending, around, ..Prospect::default() };
        }
        self.cover.prospect(self.context, client, beside)
    }

    /// What visiting a client that is left out earns at once: its worth, its groups' worth, the penalties it lifts.
    /// The groups are told by `prospect`, or, where the client counts as open, they are those that only it covers.
    pub fn gain(&self, client: u32, prospect: &Prospect) -> i64 {
        let unmet_sets = self.context.sets_of[client as usize].iter();
        let unmet_sets = unmet_sets.filter(|&&set| self.set_members[set as usize] == 0).count() as i64;
        let (value, required) = if self.is_held(client) {
            let is_open = |other: u32| self.is_visited(other) || self.is_held(other);
            self.cover.stake(self.context, client, is_open)
        } else {
            (prospect.value, prospect.required)
        };
        self.context.client(client).value.get()
            + value
            + self.context.missed[client as usize]
            + (unmet_sets + i64::from(required)) * self.context.problem.missed_visit.get()
    }

    /// Whether one more vehicle of a shift may leave, as far as shared stocks go.
    pub fn has_vehicle(&self, shift: &ShiftFacts) -> bool {
        let problem = self.context.problem;
        shift.pools.iter().all(|&pool| self.pool_used[pool as usize] < problem.pools[pool as usize].count)
    }

    /// Whether an alternative to the client is visited.
    pub fn is_ruled_out(&self, client: u32) -> bool {
        self.context.sets_of[client as usize].iter().any(|&set| self.set_members[set as usize] > 0)
    }

    /// Takes all visits of a visited client out and closes it.
    pub fn remove(&mut self, client: u32) {
        self.take_visits(client);
        self.close(client);
    }

    /// Takes all visits of a visited client out, but lets it count as open, so that nobody's attendance changes until
    /// it is put in again or [`State::release`] closes it.
    pub fn lift(&mut self, client: u32) {
        self.take_visits(client);
        self.is_held[client as usize] = true;
        self.held.push(client);
        self.leave_sets(client);
        self.set_days(client, DaySet::EMPTY);
        self.totals.value -= self.context.client(client).value.get();
        self.totals.missed += self.context.missed[client as usize];
    }

    /// Closes the clients that were lifted and not put in again.
    pub fn release(&mut self) {
        let mut held = std::mem::take(&mut self.held);
        for client in held.drain(..) {
            self.is_held[client as usize] = false;
            if !self.is_visited(client) {
                self.close_cover(client);
            }
        }
        self.held = held;
    }

    /// Whether a client without visits counts as open.
    pub fn is_held(&self, client: u32) -> bool {
        self.is_held[client as usize]
    }

    fn take_visits(&mut self, client: u32) {
        let days = self.days[client as usize];
        debug_assert!(!days.is_empty());
        for day in days.iter() {
            let slot = self.context.slot(client, day.0);
            let route = self.spots[slot].route;
            if route == NONE {
                continue;
            }
            self.touch(route);
            take_out(&mut self.routes[route as usize].clients, client);
            self.spots[slot] = Spot::NOWHERE;
        }
        self.journal.days.push((client, days));
    }

    /// Puts a client that is left out into the given places, one for each day of a pattern, on different routes.
    pub fn insert(&mut self, client: u32, placements: &[Placement]) {
        debug_assert!(!self.is_visited(client) && !placements.is_empty());
        let mut days = DaySet::EMPTY;
        for placement in placements {
            self.touch(placement.route);
            let route = &mut self.routes[placement.route as usize];
            let day = self.context.shifts[route.shift as usize].day;
            put_in(&mut route.clients, placement.position as usize, placement.form, client);
            days.insert(Day(day));
            // The rank is set when the route is rebuilt.
            self.spots[self.context.slot(client, day)] = Spot { route: placement.route, rank: NONE };
        }
        self.journal.days.push((client, DaySet::EMPTY));
        self.open(client, days);
    }

    /// Replaces the sequence of a route; the caller sees to it that the same visits are in the routes of the day.
    pub fn replace(&mut self, route: u32, clients: &[u32]) {
        self.touch(route);
        let slot = &mut self.routes[route as usize].clients;
        slot.clear();
        slot.extend_from_slice(clients);
        // Another vehicle may turn others away.
        self.journal.changed.extend(clients.iter().filter(|&&client| client != NONE));
    }

    /// Takes over whole routes into a state without visits, as far as they keep the rules: clients that are visited
    /// twice a day, on other days than a pattern's, by vehicles that may not, or beside an alternative are left out.
    pub fn load_routes(&mut self, routes: &[(u32, Vec<u32>)]) {
        let context = self.context;
        let allowed = |shift: u32, client: u32| {
            (client as usize) < context.clients() && context.allows(&context.shifts[shift as usize], client)
        };
        let mut days = vec![DaySet::EMPTY; context.clients()];
        let mut is_twice = vec![false; context.clients()];
        for &(shift, ref clients) in routes {
            let day = Day(context.shifts[shift as usize].day);
            for &client in clients.iter().filter(|&&client| allowed(shift, client)) {
                is_twice[client as usize] |= days[client as usize].contains(day);
                days[client as usize].insert(day);
            }
        }
        for client in 0..context.clients() as u32 {
            let days = days[client as usize];
            if !is_twice[client as usize]
                && context.client(client).patterns.contains(&days)
                && !self.is_ruled_out(client)
            {
                self.journal.days.push((client, DaySet::EMPTY));
                self.open(client, days);
            }
        }
        for &(shift, ref clients) in routes {
            self.load_route(shift, clients, allowed);
        }
        let unplaced: Vec<u32> = (0..context.clients() as u32)
            .filter(|&client| self.days_of(client).iter().any(|day| self.spot(client, day.0).is_none()))
            .collect();
        for client in unplaced {
            self.remove(client);
        }
        self.settle(&mut Vec::new());
        self.commit();
    }

    fn load_route(&mut self, shift: u32, clients: &[u32], allowed: impl Fn(u32, u32) -> bool) {
        let context = self.context;
        let facts = &context.shifts[shift as usize];
        let routes = &self.routes_of[shift as usize];
        let empty = routes.iter().copied().find(|&route| self.routes[route as usize].is_empty());
        let Some(index) = empty.filter(|_| self.has_vehicle(facts)) else { return };
        let day = Day(facts.day);
        let mut sequence: Vec<u32> = Vec::with_capacity(clients.len());
        for &client in clients {
            let is_kept = client != NONE && allowed(shift, client) && self.days_of(client).contains(day);
            let is_cut = client == NONE && sequence.last().is_some_and(|&last| last != NONE);
            if is_kept || is_cut {
                sequence.push(client);
            }
        }
        if sequence.last() == Some(&NONE) {
            sequence.pop();
        }
        if sequence.is_empty() {
            return;
        }
        for &client in sequence.iter().filter(|&&client| client != NONE) {
            self.spots[context.slot(client, facts.day)] = Spot { route: index, rank: NONE };
        }
        self.replace(index, &sequence);
        self.count_now(index);
    }

    /// Counts a route that was just filled as used before it is brought up to date.
    fn count_now(&mut self, index: u32) {
        self.routes[index as usize].is_used = true;
        self.count_use(false, index);
        self.keep_an_empty_route(index);
    }

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

    /// Calls `visit` for each route changed by commits since the last call.
    pub fn drain_dirty(&mut self, mut visit: impl FnMut(u32, &Route)) {
        for route in self.journal.dirty.drain(..) {
            self.journal.is_dirty[route as usize] = false;
            visit(route, &self.routes[route as usize]);
        }
    }

    fn open(&mut self, client: u32, days: DaySet) {
        self.set_days(client, days);
        self.totals.value += self.context.client(client).value.get();
        self.totals.missed -= self.context.missed[client as usize];
        for &set in &self.context.sets_of[client as usize] {
            if self.set_members[set as usize] == 1 {
                self.totals.missed -= self.context.problem.missed_visit.get();
            }
        }
        let mut changed = std::mem::take(&mut self.journal.changed);
        changed.push(client);
        if !self.is_held[client as usize] {
            let (value, required) = (self.cover.value(), self.cover.uncovered_required());
            self.cover.open(self.context, client, &mut changed);
            self.count_cover(value, required);
        }
        self.journal.changed = changed;
    }

    fn close(&mut self, client: u32) {
        self.leave_sets(client);
        self.set_days(client, DaySet::EMPTY);
        self.totals.value -= self.context.client(client).value.get();
        self.totals.missed += self.context.missed[client as usize];
        if !self.is_held[client as usize] {
            self.close_cover(client);
        }
    }

    fn close_cover(&mut self, client: u32) {
        let (value, required) = (self.cover.value(), self.cover.uncovered_required());
        let mut changed = std::mem::take(&mut self.journal.changed);
        let (days, is_held) = (&self.days, &self.is_held);
        let is_open = |other: u32| !days[other as usize].is_empty() || is_held[other as usize];
        self.cover.close(self.context, client, is_open, &mut changed);
        changed.push(client);
        self.journal.changed = changed;
        self.count_cover(value, required);
    }

    /// Takes the cover's worth and gaps into the totals; they were `value` and `required` before.
    fn count_cover(&mut self, value: i64, required: u32) {
        self.totals.value += self.cover.value() - value;
        let more = i64::from(self.cover.uncovered_required()) - i64::from(required);
        self.totals.missed += more * self.context.problem.missed_visit.get();
    }

    /// Pays for the alternative sets of which a visited client is the only one, before it is taken out.
    fn leave_sets(&mut self, client: u32) {
        for &set in &self.context.sets_of[client as usize] {
            if self.set_members[set as usize] == 1 {
                self.totals.missed += self.context.problem.missed_visit.get();
            }
        }
    }

    /// Keeps the list of absent clients and the members of alternative sets in step.
    fn set_days(&mut self, client: u32, days: DaySet) {
        let before = std::mem::replace(&mut self.days[client as usize], days);
        self.visits = self.visits + days.len() - before.len();
        if before.is_empty() == days.is_empty() {
            return;
        }
        for &set in &self.context.sets_of[client as usize] {
            let members = &mut self.set_members[set as usize];
            *members = if days.is_empty() { *members - 1 } else { *members + 1 };
        }
        if days.is_empty() {
            self.absent_rank[client as usize] = self.absent.len() as u32;
            self.absent.push(client);
        } else {
            let rank = std::mem::replace(&mut self.absent_rank[client as usize], NONE);
            self.absent.swap_remove(rank as usize);
            if let Some(&moved) = self.absent.get(rank as usize) {
                self.absent_rank[moved as usize] = rank;
            }
        }
    }

    /// Saves a route once a transaction and marks it out of date.
    fn touch(&mut self, route: u32) {
        if !self.journal.is_saved[route as usize] {
            self.journal.is_saved[route as usize] = true;
            let mut fresh = self.journal.spare.pop().unwrap_or_default();
            let old = &mut self.routes[route as usize];
            fresh.shift = old.shift;
            fresh.cost = old.cost;
            fresh.is_used = old.is_used;
            fresh.clients.clone_from(&old.clients);
            self.journal.routes.push((route, std::mem::replace(old, fresh)));
        }
        self.mark_stale(route);
    }

    fn mark_stale(&mut self, route: u32) {
        if !std::mem::replace(&mut self.journal.is_stale[route as usize], true) {
            self.journal.stale.push(route);
        }
    }

    /// Recomputes the loads of clients whose attendance changed and marks their routes.
    fn refresh_changed(&mut self) {
        let mut changed = std::mem::take(&mut self.journal.changed);
        for client in changed.drain(..) {
            if !self.context.groups_of[client as usize].is_empty() {
                self.journal.unpriced.push(client);
            }
            if self.refresh_load(client) {
                for day in self.days[client as usize].iter() {
                    if let Some(spot) = self.spot(client, day.0) {
                        self.touch(spot.route);
                    }
                }
            }
        }
        self.journal.changed = changed;
    }

    /// Recomputes what is lost at clients whose attendance or visits changed.
    fn price_losses(&mut self) {
        while let Some(client) = self.journal.unpriced.pop() {
            let turned_away = |day: Day| {
                let route = self.spots[self.context.slot(client, day.0)].route;
                let shift = &self.context.shifts[self.routes[route as usize].shift as usize];
                self.facts(client, shift.serving).turned_away
            };
            let worst = self.days[client as usize].iter().map(turned_away).max().unwrap_or(0);
            let loss = loss(worst, self.cover.attending(client), self.cover.around(client));
            let before = std::mem::replace(&mut self.losses[client as usize], loss);
            if loss != before {
                self.journal.losses.push((client, before));
                self.totals.turned_away += loss - before;
            }
        }
    }

    /// Recomputes what comes to a client; whether it changed.
    fn refresh_load(&mut self, client: u32) -> bool {
        let load = visit_load(self.context.client(client), self.cover.attending(client));
        if load == self.loads[ClientId(client)] {
            return false;
        }
        self.loads[ClientId(client)] = load;
        let classes = self.context.serving_classes;
        for class in 0..classes {
            self.facts[client as usize * classes + class] = visit_facts(self.context, client, class, load);
        }
        true
    }

    /// Recomputes the caches and the exact cost of a route; false when it can't hold its rules.
    fn refresh(&mut self, index: u32) -> bool {
        let mut route = std::mem::take(&mut self.routes[index as usize]);
        let context = self.context;
        let shift = &context.shifts[route.shift as usize];
        route.rebuild(context, |client| self.facts(client, shift.serving));
        let before = route.cost;
        let duty = self.timed(&route);
        if let Some(duty) = duty {
            let whole = route.whole();
            route.metres = whole.metres;
            route.duty = duty;
            route.cost = if route.is_empty() { 0 } else { route_cost(shift, whole.metres, duty) };
        }
        self.totals.operating += route.cost - before;
        let is_used = !route.is_empty();
        let was_used = std::mem::replace(&mut route.is_used, is_used);
        self.routes[index as usize] = route;
        self.write_spots(index);
        self.count_use(was_used, index);
        if is_used && !was_used {
            self.keep_an_empty_route(index);
        }
        duty.is_some()
    }

    /// The duty of a rebuilt route, none when it can't hold its rules.
    fn timed(&mut self, route: &Route) -> Option<i64> {
        if route.is_empty() {
            return Some(0);
        }
        let shift = &self.context.shifts[route.shift as usize];
        let whole = route.whole();
        if !route.loads_fit(shift) || !is_within_limits(shift, &whole) {
            return None;
        }
        if route.is_plain {
            return Some(least_duty(shift, &whole));
        }
        self.exact.duty(self.context, route.shift, &route.clients, &self.loads)
    }

    /// Whom to take out of a route that can't hold its rules: optional before required, then the largest opening.
    fn victim(&self, route: u32) -> u32 {
        let route = &self.routes[route as usize];
        let serving = self.context.shifts[route.shift as usize].serving;
        let weight =
            |client: u32| (self.context.missed[client as usize] == 0, self.facts(client, serving).opening);
        (route.clients.iter().copied().filter(|&client| client != NONE))
            .max_by_key(|&client| (weight(client), std::cmp::Reverse(client)))
            .expect("an empty route holds every rule")
    }

    fn write_spots(&mut self, index: u32) {
        let route = &self.routes[index as usize];
        let day = self.context.shifts[route.shift as usize].day;
        for (rank, &client) in route.clients.iter().enumerate() {
            if client != NONE {
                self.spots[self.context.slot(client, day)] = Spot { route: index, rank: rank as u32 };
            }
        }
    }

    fn forget_spots(&mut self, index: u32) {
        let route = &self.routes[index as usize];
        let day = self.context.shifts[route.shift as usize].day;
        for &client in &route.clients {
            if client != NONE {
                self.spots[self.context.slot(client, day)] = Spot::NOWHERE;
            }
        }
    }

    /// Keeps the stocks of vehicles in step with a route that was used or not.
    fn count_use(&mut self, was_used: bool, index: u32) {
        let route = &self.routes[index as usize];
        let step = u32::from(route.is_used).wrapping_sub(u32::from(was_used));
        self.routes_used =
            self.routes_used.wrapping_add_signed(isize::from(route.is_used) - isize::from(was_used));
        for &pool in &self.context.shifts[route.shift as usize].pools {
            let used = &mut self.pool_used[pool as usize];
            *used = used.wrapping_add(step);
        }
    }

    /// After a route of a shift was filled there must be an empty one left while the shift has vehicles.
    fn keep_an_empty_route(&mut self, index: u32) {
        let shift = self.routes[index as usize].shift;
        let routes = &self.routes_of[shift as usize];
        let has_room = routes.len() < self.context.shifts[shift as usize].count as usize;
        if has_room && routes.iter().all(|&route| !self.routes[route as usize].is_empty()) {
            self.add_empty_route(shift);
        }
    }

    fn add_empty_route(&mut self, shift: u32) {
        let mut route = Route { shift, ..Route::default() };
        route.rebuild(self.context, |_| VisitFacts::default());
        self.routes_of[shift as usize].push(self.routes.len() as u32);
        self.routes.push(route);
        self.journal.is_saved.push(false);
        self.journal.is_stale.push(false);
        self.journal.is_dirty.push(false);
    }
}

/// The worth of those whom a client turns away.
pub(super) fn loss(turned_away: i64, attending: Need, around: Around) -> i64 {
    if turned_away == 0 {
        return 0;
    }
    turned_away_loss(turned_away, attending, around.need, Cost(around.value)).1.get()
}

/// What a visit with `load` by a vehicle of a serving class amounts to.
pub(super) fn visit_facts(context: &Context<'_>, client: u32, class: usize, load: VisitLoad) -> VisitFacts {
    let vehicle = &context.problem.vehicles.raw[context.serving_vehicle[class] as usize];
    let row = context.client(client);
    let Ok((households, turned_away)) = served(vehicle, row, load) else { return VisitFacts::IMPOSSIBLE };
    VisitFacts {
        load: Load { households, mass: households.saturating_mul(row.mass_per_household) },
        opening: i64::from(opening(context.problem, vehicle, row, households).get()),
        turned_away,
    }
}

/// Takes a client out of a sequence, with the reload that would be left over.
fn take_out(clients: &mut Vec<u32>, client: u32) {
    let Some(at) = clients.iter().position(|&other| other == client) else { return };
    clients.remove(at);
    let before = at.checked_sub(1).is_none_or(|index| clients[index] == NONE);
    let after = clients.get(at).is_none_or(|&next| next == NONE);
    if before && after && !clients.is_empty() {
        clients.remove(if at < clients.len() { at } else { at - 1 });
    }
}

/// Puts a client into a sequence.
pub(super) fn put_in(clients: &mut Vec<u32>, position: usize, form: Form, client: u32) {
    match form {
        Form::Join => clients.insert(position, client),
        Form::LoadBefore => drop(clients.splice(position..position, [NONE, client])),
        Form::LoadAfter => drop(clients.splice(position..position, [client, NONE])),
    }
}
