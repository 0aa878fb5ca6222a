//! The working solution: routes, who is visited when, who attends whom, and the exact cost, all of it undoable.
//!
//! Every route of a settled state holds every rule, but for limits that have a price ([`State::prices`]): clients that fit
//! nowhere stay out, and a required one that is out costs its penalty. A client is visited on all days of one of its patterns or not at all.
//!
//! Changes go through [`State::remove`], [`State::insert`] and [`State::replace`], then [`State::settle`] brings the
//! changed routes up to date. [`State::commit`] keeps what happened since the last commit and [`State::rollback`]
//! undoes it; both cost the size of the change, not of the problem.

mod attend;
mod journal;
mod load;
mod refresh;
mod stocks;

use typed_index_collections::TiVec;

pub(super) use self::attend::{loss, visit_facts};
use self::journal::Journal;

use super::context::{Context, NONE, visits_of};
use super::cover::{Cover, Prospect};
use super::exact::Exact;
use super::excess::{Excess, Prices};
use super::route::{Load, Route, VisitFacts};
use super::shift::ShiftFacts;
use crate::ids::ClientId;
use crate::model::schedule::{VisitLoad, visit_load};
use crate::units::{Day, DaySet, Need};

/// Where a visit is, and what lies before and after it: what most looks at a visit ask for, in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub route: u32,
    pub rank: u32,
    /// The points before and after it.
    pub last: u32,
    pub next: u32,
    /// Length of the ways from and to them.
    pub before: i64,
    pub after: i64,
}

impl Spot {
    const NOWHERE: Self = Self::on(NONE);

    /// Somewhere on a route that is to be rebuilt.
    const fn on(route: u32) -> Self {
        Self { route, rank: NONE, last: NONE, next: NONE, before: 0, after: 0 }
    }
}

/// What most looks at a route ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brief {
    pub shift: u32,
    /// Whether a move can save nothing on it but way, whose price the ends of what is moved tell.
    pub is_bare: bool,
    /// Number of visits and reloads.
    pub length: u32,
    /// The points first and last visited.
    pub first: u32,
    pub last: u32,
    /// Length of the ways out to and back from them.
    pub out: i64,
    pub back: i64,
}

impl Brief {
    const fn empty(shift: u32) -> Self {
        Self { shift, is_bare: false, length: 0, first: NONE, last: NONE, out: 0, back: 0 }
    }
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
    /// What routes exceed; no part of the total.
    pub excess: Excess,
}

impl Totals {
    /// What visited clients and covered people are worth.
    pub fn worth(&self) -> i64 {
        self.value - self.turned_away
    }

    /// What is minimised.
    pub fn total(&self) -> i64 {
        self.operating + self.missed - self.value + self.turned_away
    }
}

/// One visit to be put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub route: u32,
    /// The empty route of another vehicle that takes the route over; as a rule the route itself.
    pub onto: u32,
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
    /// By route.
    briefs: Vec<Brief>,
    /// Routes of each shift; at least one is empty while the shift has vehicles left.
    pub routes_of: Vec<Vec<u32>>,
    /// Those of them that are empty, in no particular but a repeatable order.
    empty_of: Vec<Vec<u32>>,
    pub totals: Totals,
    /// What it costs to exceed limits; to be changed between iterations alone.
    pub prices: Prices,
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
    /// Changes of routes so far.
    changes: u64,
    /// A buffer.
    handed: Vec<u32>,
}

impl<'c, 'p> State<'c, 'p> {
    /// Nobody is visited.
    pub fn new(context: &'c Context<'p>) -> Self {
        let clients = context.clients();
        let problem = context.problem;
        let mut state = Self {
            context,
            routes: Vec::new(),
            briefs: Vec::new(),
            routes_of: vec![Vec::new(); context.shifts.len()],
            empty_of: vec![Vec::new(); context.shifts.len()],
            totals: Totals::default(),
            prices: Prices::STRICT,
            cover: Cover::new(context),
            spots: vec![Spot::NOWHERE; context.slots()],
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
            changes: 0,
            handed: Vec::new(),
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

    /// The total with what is exceeded at its price.
    pub fn energy(&self) -> i64 {
        self.total() + self.prices.sum(self.totals.excess)
    }

    /// The cost of a route with what it exceeds at its price.
    #[inline]
    pub fn energy_of(&self, route: &Route) -> i64 {
        route.cost + self.prices.sum(route.excess)
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

    /// What an average visit loads, and takes of a route's time, or of its way where no times are kept.
    pub fn average_visit(&self) -> (f64, f64) {
        let (mut load, mut time) = (Load::default(), 0);
        for route in self.routes.iter().filter(|route| !route.is_empty()) {
            load = load + route.load();
            let shift = &self.context.shifts[route.shift as usize];
            time += if shift.is_timed {
                route.duty
            } else if shift.max_metres < i64::MAX {
                route.metres
            } else {
                route.total_way().seconds + route.load().opening
            };
        }
        let visits = self.visits.max(1) as f64;
        ((load.households.max(load.mass)) as f64 / visits, time as f64 / visits)
    }

    /// Where the client's visit of a day is, if there is one.
    #[inline]
    pub fn spot(&self, client: u32, day: u8) -> Option<Spot> {
        let spot = self.spots[self.context.slot(client, day)];
        (spot.route != NONE).then_some(spot)
    }

    /// What most looks at a settled route ask for.
    #[inline]
    pub fn brief(&self, route: u32) -> Brief {
        self.briefs[route as usize]
    }

    /// The shift of a visit.
    #[inline]
    pub fn shift_of(&self, spot: Spot) -> &'c ShiftFacts {
        &self.context.shifts[self.brief(spot.route).shift as usize]
    }

    /// What a visit of an open client amounts to on a shift.
    #[inline]
    pub fn facts(&self, client: u32, serving: u32) -> VisitFacts {
        self.facts[client as usize * self.context.serving_classes + serving as usize]
    }

    /// Whether the vehicle of a shift may visit an open client, and can carry what it needs.
    #[inline]
    pub fn takes(&self, shift: &ShiftFacts, client: u32) -> bool {
        self.context.allows(shift, client) && self.facts(client, shift.serving).load.fits(shift)
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
            self.attendance(client)
        } else {
            self.cover.prospect(self.context, client, beside)
        }
    }

    /// Who attends an open client now.
    pub fn attendance(&self, client: u32) -> Prospect {
        let (attending, around) = (self.cover.attending(client), self.cover.around(client));
        Prospect { attending, around, ..Prospect::default() }
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

    /// How often routes have been changed; never less than the version of a route.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Routes changed since the last commit, as they were then.
    pub fn touched(&self) -> &[(u32, Route)] {
        &self.journal.routes
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
            self.take_visit(client, day.0);
        }
        self.journal.days.push((client, days));
    }

    /// Takes one visit of a client out, if it is not out already. The client counts as visited on all its days; before the next
    /// commit the visit is put back, or the client removed.
    pub fn take_visit(&mut self, client: u32, day: u8) {
        let slot = self.context.slot(client, day);
        let route = self.spots[slot].route;
        if route != NONE {
            self.touch(route);
            take_out(&mut self.routes[route as usize].clients, client);
            self.spots[slot] = Spot::NOWHERE;
        }
    }

    /// Puts a visit back that was taken out.
    pub fn put_visit(&mut self, client: u32, placement: &Placement) {
        let day = self.place(client, placement);
        debug_assert!(self.days[client as usize].contains(day), "on the day on which it was");
        self.journal.changed.push(client);
    }

    fn place(&mut self, client: u32, placement: &Placement) -> Day {
        if placement.onto != placement.route {
            self.hand_over(placement.route, placement.onto);
        }
        self.touch(placement.onto);
        let route = &mut self.routes[placement.onto as usize];
        let day = self.context.shifts[route.shift as usize].day;
        put_in(&mut route.clients, placement.position as usize, placement.form, client);
        // The rank is set when the route is rebuilt.
        self.spots[self.context.slot(client, day)] = Spot::on(placement.onto);
        Day(day)
    }

    /// Puts a client that is left out into the given places, one for each day of a pattern, on different routes.
    pub fn insert(&mut self, client: u32, placements: &[Placement]) {
        debug_assert!(!self.is_visited(client) && !placements.is_empty());
        let mut days = DaySet::EMPTY;
        for placement in placements {
            days.insert(self.place(client, placement));
        }
        self.journal.days.push((client, DaySet::EMPTY));
        self.open(client, days);
    }

    /// Gives the visits of a route to an empty one.
    pub fn hand_over(&mut self, route: u32, empty: u32) {
        let mut clients = std::mem::take(&mut self.handed);
        clients.clone_from(&self.routes[route as usize].clients);
        self.hand_over_as(route, empty, &clients);
        self.handed = clients;
    }

    /// The same in a sequence that makes the same visits.
    pub fn hand_over_as(&mut self, route: u32, empty: u32, clients: &[u32]) {
        self.replace(route, &[]);
        self.replace(empty, clients);
        let day = self.context.shifts[self.routes[empty as usize].shift as usize].day;
        for client in visits_of(clients) {
            self.spots[self.context.slot(client, day)] = Spot::on(empty);
        }
    }

    /// Replaces the sequence of a route; the caller sees to it that the same visits are in the routes of the day.
    pub fn replace(&mut self, route: u32, clients: &[u32]) {
        self.touch(route);
        let slot = &mut self.routes[route as usize].clients;
        slot.clear();
        slot.extend_from_slice(clients);
        if !self.context.problem.covering.groups.is_empty() {
            // Another vehicle may turn others away.
            self.journal.changed.extend(visits_of(clients));
        }
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
