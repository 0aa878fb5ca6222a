//! One search: ruin, recreate, accept, remember the best.

mod stages;

use super::accept::{Annealing, Average, Bank};
use super::context::Context;
use super::crossing::Crossing;
use super::excess::Elastic;
use super::fleet::Fleet;
use super::insertion::Sight;
use super::lineage::{Lineage, Pace, Stage};
use super::local_search::LocalSearch;
use super::recombine::Recombine;
use super::recreate::{Mood, Recreate};
use super::rng::Rng;
use super::ruin::{Ruin, RuinSize};
use super::state::State;
use super::trips::Trips;
use super::warm::solution_of;
use crate::model::Solution;
use crate::model::evaluate::evaluate;

/// The best solution so far, by route of the state.
#[derive(Clone, Debug)]
pub(super) struct Best {
    /// Its exact cost, and how much of it is for what is left out.
    pub total: i64,
    missed: i64,
    /// Shift and sequence of each route; some are empty.
    pub routes: Vec<(u32, Vec<u32>)>,
}

impl Best {
    /// Nothing was found.
    pub const NONE: Self = Self { total: i64::MAX, missed: i64::MAX, routes: Vec::new() };

    fn of(state: &State<'_, '_>) -> Self {
        let routes = state.routes.iter().map(|route| (route.shift, route.clients.clone())).collect();
        Self { total: state.total(), missed: state.totals.missed, routes }
    }

    /// As the model has it.
    pub fn solution(&self) -> Solution {
        solution_of(self.routes.iter().map(|(shift, clients)| (*shift, clients.as_slice())))
    }
}

/// A trajectory with its own chance.
#[derive(Clone)]
pub(super) struct Search<'c, 'p> {
    pub iterations: u64,
    /// The best of the present stage.
    record: Best,
    /// The best of earlier ones.
    champion: Best,
    lineage: Lineage,
    crossing: Crossing,
    /// Where a child was put together; empty but in a generation.
    seam: Vec<u32>,
    state: State<'c, 'p>,
    rng: Rng,
    ruin: Ruin,
    recreate: Recreate,
    heat: Annealing,
    /// How far the temperature has fallen: 0 to 1.
    cooled: f64,
    bank: Bank,
    /// Where worth changes, whose unit may be far larger than that of the way.
    worth_heat: Annealing,
    /// How often each client was left out though it must not be.
    absences: Vec<u64>,
    evicted: Vec<u32>,
    descent: LocalSearch,
    fleet: Fleet,
    trips: Trips,
    recombine: Recombine,
    /// What an average visit cost in the first solution.
    visit_cost: i64,
    /// The best total that is known to be a local optimum.
    polished: i64,
    /// Whether `record` differs from the state in the state's dirty routes alone.
    is_record_near: bool,
}

impl<'c, 'p> Search<'c, 'p> {
    /// Clients taken out on average, and the longest string (Christiaens & Vanden Berghe 2020, table 2: 10 and 10).
    const SIZE: RuinSize = RuinSize { clients: 10.0, string: 10 };
    /// Places overlooked (ibid.), and in one of ten iterations, for what greed never finds. The latter is ours.
    const BLINK: f64 = 0.01;
    const BLINK_WILD: f64 = 0.2;
    const WILD: f64 = 0.1;
    /// How often those taken out count as open until they are put in again. Ours.
    const HOLD: f64 = 0.5;
    /// How often costs are discounted. Ours.
    const DISCOUNT: f64 = 0.2;
    /// First and last temperature in costs of an average visit. Ours.
    const HEAT: (f64, f64) = (1.0, 0.01);
    /// The same in the worth of an average visit, for changes of who is visited, where worth is no matter of the way:
    /// more than so many times what a visit costs (scores, coverage). Ours; tuned on team orienteering.
    const HEAT_OF_WORTH: (f64, f64) = (1.0, 0.1);
    const WORTH_TO_WAY: i64 = 10;
    /// How often every route is tried for whoever fits nowhere near; else those that the ruin touched. Ours.
    const THOROUGH: f64 = 0.1;
    /// How often full routes may go to larger vehicles, which looks cheaper than a new route one client at a time. Ours.
    const GROW: f64 = 0.3;
    /// How often places at the ends of all routes are looked at. Ours.
    const ENDS: f64 = 0.3;
    /// The progress of the temperature from which on routes are remembered and put together anew. Ours.
    const RECOMBINE_FROM: f64 = 0.3;
    /// Routes of a solution that is not kept are remembered where it costs at most so many average visits too much. Ours.
    const REMEMBERED: i64 = 2;
    /// Absent clients offered in an iteration beside those taken out; and where attendance decides loads, so that most of a day's
    /// routes have to be timed for each. Ours.
    const ABSENT_OFFERED: usize = 30;
    const ABSENT_OFFERED_ATTENDED: usize = 8;

    /// Starts from `routes`, or from nothing, and puts in whoever fits.
    pub fn new(
        context: &'c Context<'p>,
        routes: &[(u32, Vec<u32>)],
        rng: Rng,
        is_over: impl Fn() -> bool,
    ) -> Self {
        let mut search = Self {
            iterations: 0,
            record: Best::NONE,
            champion: Best::NONE,
            lineage: Lineage::new(Pace::of(context)),
            crossing: Crossing::default(),
            seam: Vec::new(),
            state: State::new(context),
            rng,
            ruin: Ruin::default(),
            recreate: Recreate::new(context),
            heat: Annealing::new(1.0, 1.0),
            cooled: 0.0,
            worth_heat: Annealing::new(1.0, 1.0),
            bank: Bank::new(1, Average::ONE, Elastic::Nothing, false),
            absences: vec![0; context.clients()],
            evicted: Vec::new(),
            descent: LocalSearch::default(),
            fleet: Fleet::new(context),
            trips: Trips::default(),
            recombine: Recombine::new(context),
            visit_cost: 1,
            polished: i64::MAX,
            is_record_near: false,
        };
        search.construct(routes, is_over);
        search.set_heat();
        search
    }

    /// Begins with whole routes, and puts in whoever fits.
    fn construct(&mut self, routes: &[(u32, Vec<u32>)], is_over: impl Fn() -> bool) {
        let mut state = State::new(self.state.context);
        state.swap_memory(&mut self.state);
        self.state = state;
        self.state.load_routes(routes);
        self.recreate.queue.clear();
        self.recreate.queue.extend_from_slice(self.state.absent());
        self.recreate.sort_first(&self.state, &mut self.rng);
        let mood = if routes.is_empty() { Mood::GENEROUS } else { Mood::STRICT };
        self.recreate.offer_queue(&mut self.state, mood, &mut self.rng, is_over);
        self.state.commit();
        self.keep_best();
    }

    /// The best solution so far.
    pub fn best(&self) -> &Best {
        if self.champion.total < self.record.total { &self.champion } else { &self.record }
    }

    /// Whether a solution was found in which nobody is missed.
    fn is_complete(&self) -> bool {
        self.record.missed == 0 || self.champion.missed == 0
    }

    /// Goes on from another search's best.
    pub fn restart_from(&mut self, best: &Best) {
        if self.lineage.stage != Stage::Single {
            self.lineage.welcome(best);
            return;
        }
        let mut state = State::new(self.state.context);
        state.load_routes(&best.routes);
        debug_assert_eq!(state.total(), best.total, "a best solution holds every rule");
        state.prices = self.bank.prices();
        self.state = state;
        self.is_record_near = false;
        self.keep_if_best();
    }

    /// Sets the temperature after `progress` (0 to 1) of the whole search.
    pub fn cool(&mut self, progress: f64) {
        self.lineage.plan(progress, self.iterations, self.state.size().0);
        self.cooled = self.lineage.cooled(progress, self.iterations);
        self.heat.cool(self.cooled);
        self.worth_heat.cool(self.cooled);
    }

    /// One iteration.
    pub fn step(&mut self) {
        self.iterations += 1;
        self.turn();
        let before = self.state.totals;
        let absences_before = self.absences_now();
        let luck = Annealing::luck(&mut self.rng);
        let around = self.where_to_ruin();
        self.ruin_and_recreate(around);
        let after = self.state.totals;
        let absences_after = self.absences_now();
        let heat = if after.worth() == before.worth() { &self.heat } else { &self.worth_heat };
        let limit = heat.limit(self.bank.energy(&before), luck);
        let is_kept = if self.is_complete() || self.state.context.elastic != Elastic::Nothing {
            self.bank.energy(&after) < limit
        } else {
            after.missed < before.missed
                || (after.missed == before.missed && after.total() < heat.limit(before.total(), luck))
                || absences_after < absences_before
        };
        self.count_absences();
        let is_near = self.bank.energy(&after) < limit.saturating_add(Self::REMEMBERED * self.visit_cost);
        if self.recombines() && (is_kept || is_near) {
            self.recombine.take_in(&self.state);
        }
        if is_kept {
            self.state.commit();
            debug_assert!(
                !self.iterations.is_multiple_of(64)
                    || !self.state.totals.excess.is_none()
                    || is_exact(&self.state),
                "equal to its slow twin"
            );
            self.keep_if_best();
        } else {
            self.state.rollback();
        }
        self.bank.count(&self.state.totals);
        self.state.prices = self.bank.prices();
        self.look_aside();
        self.recombine();
    }

    /// Whether the search has cooled enough for routes to be worth remembering.
    fn recombines(&self) -> bool {
        self.recombine.is_possible && self.cooled >= Self::RECOMBINE_FROM
    }

    /// Now and then puts remembered routes in place of those around a client, if they are cheaper.
    fn recombine(&mut self) {
        if !self.recombines() || !self.recombine.is_due(self.iterations) {
            return;
        }
        let client = self.rng.below(self.state.context.clients()) as u32;
        if self.recombine.attempt(&mut self.state, client, &mut self.rng, self.iterations) {
            self.state.commit();
            self.keep_if_best();
        }
    }

    /// A change of the state, not yet kept or undone, around a client if it is given.
    fn ruin_and_recreate(&mut self, around: Option<u32>) {
        let before = self.state.energy();
        self.ruin.choose(&self.state, around, Self::SIZE, &mut self.rng);
        self.recreate.queue.clear();
        self.offer_absent();
        let is_thorough = !self.is_complete() || self.rng.chance(Self::THOROUGH);
        self.take_out();
        self.fleet.fit_first(&mut self.state, &mut self.rng);
        self.fleet.reshuffle(&mut self.state, &mut self.rng);
        self.trips.deal(&mut self.state, &mut self.rng);
        let mood = Self::mood(&mut self.rng);
        let (may_grow, sees_ends) = (self.rng.chance(Self::GROW), self.rng.chance(Self::ENDS));
        self.put_in(mood, Sight { is_thorough, may_grow, sees_ends });
        self.fleet.fit(&mut self.state, &mut self.rng);
        // Four of ten times everybody is back where they were, or where they cost the same: measured, no look pays there.
        if self.state.energy() != before {
            self.descent.run_where_changed(&mut self.state);
        }
    }

    /// Takes those out whom the ruin chose.
    fn take_out(&mut self) {
        // Held open, clients change places at the loads they have; closed, they may leave their people to others.
        let is_held = self.rng.chance(Self::HOLD);
        for &client in &self.ruin.removed {
            match self.ruin.day {
                Some(day) => self.state.take_visit(client, day),
                None if is_held => self.state.lift(client),
                None => self.state.remove(client),
            }
        }
        self.evicted.clear();
        self.state.settle(&mut self.evicted);
    }

    /// Puts back whoever was taken out, and absent clients that are queued.
    fn put_in(&mut self, mood: Mood, sight: Sight) {
        let (state, rng) = (&mut self.state, &mut self.rng);
        self.recreate.inserter.sight = sight;
        if let Some(day) = self.ruin.day {
            self.recreate.put_back(state, &mut self.ruin.removed, day, mood, rng);
        } else {
            self.recreate.queue.extend_from_slice(&self.ruin.removed);
        }
        self.recreate.queue.extend_from_slice(&self.evicted);
        self.recreate.run(state, mood, rng);
        self.recreate.inserter.sight = Sight::FULL;
        state.release();
        state.settle(&mut self.evicted);
    }

    fn mood(rng: &mut Rng) -> Mood {
        let blink = if rng.chance(Self::WILD) { Self::BLINK_WILD } else { Self::BLINK };
        let discount = if rng.chance(Self::DISCOUNT) { rng.unit() } else { 1.0 };
        Mood { blink, discount }
    }

    /// Queues absent clients: all where they are few, else those near the ruined place and some others.
    fn offer_absent(&mut self) {
        let (context, absent) = (self.state.context, self.state.absent());
        let queue = &mut self.recreate.queue;
        let most = if context.is_attended() { Self::ABSENT_OFFERED_ATTENDED } else { Self::ABSENT_OFFERED };
        if absent.len() <= most {
            queue.extend_from_slice(absent);
            return;
        }
        let near = std::iter::once(&self.ruin.seed).chain(context.near(self.ruin.seed));
        queue.extend(near.copied().filter(|&client| !self.state.is_visited(client)).take(most / 2));
        for _ in 0..most / 2 {
            let client = self.rng.pick(absent);
            if !queue.contains(&client) {
                queue.push(client);
            }
        }
    }

    /// How often those were left out who now are though they must not be.
    fn absences_now(&self) -> u64 {
        if self.state.totals.missed == 0 {
            return 0;
        }
        self.state.absent().iter().map(|&client| self.absences[client as usize]).sum()
    }

    fn count_absences(&mut self) {
        if self.state.totals.missed > 0 {
            for &client in self.state.absent() {
                self.absences[client as usize] += u64::from(self.state.context.missed[client as usize] > 0);
            }
        }
    }

    /// Brings the best solution to a local optimum, with everybody in it who pays alone; the trajectory goes on from
    /// where it is.
    pub fn polish(&mut self, is_over: impl Fn() -> bool) {
        let total = self.best().total;
        if total == self.polished {
            return;
        }
        let mut state = State::new(self.state.context);
        state.load_routes(&self.best().routes);
        self.insert_who_pays(&mut state, &is_over);
        self.descent.run(&mut state, &is_over);
        self.insert_who_pays(&mut state, &is_over);
        if state.total() < total {
            self.champion = Best::of(&state);
        }
        self.polished = self.best().total;
    }

    /// Offers everybody who is left out, one by one, and keeps whoever makes the total smaller.
    fn insert_who_pays(&mut self, state: &mut State<'c, 'p>, is_over: impl Fn() -> bool) {
        let mut absent: Vec<u32> = state.absent().to_vec();
        absent.sort_unstable();
        for client in absent {
            if is_over() {
                return;
            }
            let before = state.total();
            self.recreate.queue.clear();
            self.recreate.queue.push(client);
            self.recreate.run(state, Mood::STRICT, &mut self.rng);
            if state.total() < before {
                state.commit();
            } else {
                state.rollback();
            }
        }
    }

    /// Remembers the state if it exceeds nothing and is better than what is remembered.
    fn keep_if_best(&mut self) {
        if self.state.total() < self.record.total && self.state.totals.excess.is_none() {
            self.keep_best();
        }
    }

    fn keep_best(&mut self) {
        if !std::mem::replace(&mut self.is_record_near, true) {
            self.record = Best::of(&self.state);
            self.state.drain_dirty(|_, _| ());
            return;
        }
        let record = &mut self.record;
        (record.total, record.missed) = (self.state.total(), self.state.totals.missed);
        for route in &self.state.routes[record.routes.len()..] {
            record.routes.push((route.shift, Vec::new()));
        }
        self.state.drain_dirty(|index, route| record.routes[index as usize].1.clone_from(&route.clients));
    }

    /// Sets temperatures, and the price of absences, in proportion to what a visit costs or earns.
    fn set_heat(&mut self) {
        let (visits, _) = self.state.size();
        let totals = &self.state.totals;
        let each = |money: i64| (money as f64 / visits.max(1) as f64).max(1.0);
        let worth = totals.worth().abs();
        let way = each(if totals.operating > 0 { totals.operating } else { worth });
        let beyond = each(worth.saturating_sub(totals.operating.saturating_mul(Self::WORTH_TO_WAY)));
        let heat = |of_way: f64, of_worth: f64| (of_way * way).max(of_worth * beyond);
        self.visit_cost = way as i64;
        let (first, last) = Self::HEAT;
        self.heat = Annealing::new(first * way, last * way);
        self.worth_heat =
            Annealing::new(heat(first, Self::HEAT_OF_WORTH.0), heat(last, Self::HEAT_OF_WORTH.1));
        let context = self.state.context;
        let (load, time) = self.state.average_visit();
        let (penalty, average) = (context.problem.missed_visit.get(), Average { cost: way, load, time });
        self.bank = Bank::new(penalty, average, context.elastic, context.has_repeats);
        self.state.prices = self.bank.prices();
    }
}

/// Whether the total of a settled state is that of `model::evaluate`, and every rule holds.
fn is_exact(state: &State<'_, '_>) -> bool {
    let routes = state.routes.iter().map(|route| (route.shift, route.clients.as_slice()));
    let evaluation = evaluate(state.context.problem, &solution_of(routes));
    evaluation.is_feasible() && evaluation.total.get() == state.total()
}
