//! Putting clients back, one after the other, each at its best place.
//!
//! Greedy insertion with blinks (Christiaens & Vanden Berghe 2020, section 5.3): the order is drawn anew each time,
//! and now and then a good place is overlooked. An optional client is put in when it earns more than its places
//! cost; of a set of alternatives the cheapest member is. Whoever fits nowhere stays out.

use super::blinks::Blinks;
use super::candidate::{Candidate, Found};
use super::context::{Context, NONE};
use super::insertion::{Inserter, less};
use super::rng::Rng;
use super::state::{Form, State};

/// In which order clients are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Random,
    /// Largest load first.
    Load,
    /// Farthest from the depot first.
    Far,
    /// Nearest to the depot first.
    Near,
    /// Shortest total of windows first.
    Narrow,
    /// Fewest patterns first.
    Rigid,
    /// Most visits first.
    Many,
    /// Most earned first.
    Gain,
}

/// How strictly a run judges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mood {
    /// Each place is overlooked with this probability.
    pub blink: f64,
    /// An optional client is put in when this share of its cost is earned: what pays only together with others (a
    /// far valley, a van for a day) has to be put in one by one.
    pub discount: f64,
}

impl Mood {
    /// Every place is seen and every cost counted.
    pub const STRICT: Self = Self { blink: 0.0, discount: 1.0 };
    /// Whoever fits and earns anything is put in: what pays only together with others is taken out again more easily
    /// than it is put in one by one.
    pub const GENEROUS: Self = Self { blink: 0.0, discount: 0.0 };

    fn is_worth(self, delta: i64, gain: i64) -> bool {
        delta < gain || (self.discount < 1.0 && (delta as f64) * self.discount < gain as f64)
    }

    /// What costs that much is not worth it for certain.
    fn most(self, gain: i64) -> i64 {
        if self.discount >= 1.0 {
            return gain;
        }
        let most = gain as f64 / self.discount;
        if most < i64::MAX as f64 { gain.max(most.ceil() as i64) } else { i64::MAX }
    }
}

/// Puts clients back; owns the buffers.
#[derive(Clone)]
pub(super) struct Recreate {
    pub inserter: Inserter,
    /// Whom to offer next.
    pub queue: Vec<u32>,
    candidate: Candidate,
    found: Found,
    cheapest: Found,
    evicted: Vec<u32>,
    mood: Mood,
    order: Vec<(Order, u32)>,
    keys: Vec<(i64, u32)>,
    /// Fixed keys by client: load, way from the depot, width of windows, patterns, visits.
    load: Vec<i64>,
    way: Vec<i64>,
    width: Vec<i64>,
    patterns: Vec<i64>,
    /// Visits, then load.
    visits: Vec<i64>,
}

impl Recreate {
    /// How often a client is offered in a pair though it may fit alone. Ours.
    const PAIR: f64 = 0.1;
    /// Offers between looks at the clock.
    const OFFERS_TO_LOOK: usize = 32;

    pub fn new(context: &Context<'_>) -> Self {
        let rows = || context.problem.clients.iter();
        let mut order = vec![(Order::Random, 4), (Order::Load, 4), (Order::Far, 2), (Order::Near, 1)];
        let width = |row: &crate::model::Client| {
            let windows = row.windows.iter().flatten();
            windows.map(|window| i64::from((window.close - window.open).get())).sum::<i64>()
        };
        let has_choice = rows().any(|row| row.patterns.len() > 1);
        let has_windows = rows().map(width).collect::<std::collections::BTreeSet<_>>().len() > 1;
        let has_gain = rows().any(|row| row.value.get() != 0) || !context.problem.covering.groups.is_empty();
        order.extend([(Order::Narrow, 2)].iter().filter(|_| has_windows));
        order.extend([(Order::Rigid, 2)].iter().filter(|_| has_choice));
        let visits =
            |row: &crate::model::Client| row.patterns.iter().map(|days| days.len()).min().unwrap_or(0) as i64;
        let has_many = rows().map(visits).any(|count| count > 1);
        order.extend([(Order::Many, 4)].iter().filter(|_| has_many));
        order.extend([(Order::Gain, 4)].iter().filter(|_| has_gain));
        let way = |client: u32| {
            context.shifts.first().map_or(0, |shift| {
                let way = context.way(shift, shift.start, context.points[client as usize]);
                way.metres.max(way.seconds)
            })
        };
        Self {
            inserter: Inserter::new(),
            queue: Vec::new(),
            candidate: Candidate::default(),
            found: Found::default(),
            cheapest: Found::default(),
            evicted: Vec::new(),
            mood: Mood::STRICT,
            order,
            keys: Vec::new(),
            load: rows().map(|row| row.registered.max(1) * row.mass_per_household.max(1)).collect(),
            way: (0..context.clients() as u32).map(way).collect(),
            width: rows().map(width).collect(),
            patterns: rows().map(|row| row.patterns.len() as i64).collect(),
            visits: rows()
                .map(|row| visits(row) << 32 | row.registered.clamp(0, i64::from(u32::MAX)))
                .collect(),
        }
    }

    /// Offers every client of `queue` its best place, in a random kind of order. Clients of `queue` that are visited
    /// are passed over. The state is settled before and after.
    pub fn run(&mut self, state: &mut State<'_, '_>, mood: Mood, rng: &mut Rng) {
        self.sort_queue(state, rng);
        self.offer_queue(state, mood, rng, || false);
    }

    /// Puts visits of a day back that were taken out, each at its best place. Clients whose visit has none are taken out with all
    /// their visits, and queued.
    pub fn put_back(
        &mut self,
        state: &mut State<'_, '_>,
        clients: &mut Vec<u32>,
        day: u8,
        mood: Mood,
        rng: &mut Rng,
    ) {
        std::mem::swap(&mut self.queue, clients);
        self.sort_queue(state, rng);
        std::mem::swap(&mut self.queue, clients);
        for &client in &*clients {
            // Settling may have taken it out altogether.
            if !state.is_visited(client) {
                continue;
            }
            self.candidate.set_visit(state, client);
            let mut blinks = Blinks::new(mood.blink, rng);
            if let Some(place) = self.inserter.find_on_day(state, &self.candidate, day, &mut blinks) {
                state.put_visit(client, &place);
            } else {
                state.remove(client);
                self.queue.push(client);
            }
            state.settle(&mut self.evicted);
        }
    }

    /// As [`Recreate::run`], in the order of the queue, until `is_over` says so: for queues of any length.
    pub fn offer_queue(
        &mut self,
        state: &mut State<'_, '_>,
        mood: Mood,
        rng: &mut Rng,
        is_over: impl Fn() -> bool,
    ) {
        self.mood = mood;
        for index in 0..self.queue.len() {
            if index % Self::OFFERS_TO_LOOK == Self::OFFERS_TO_LOOK - 1 && is_over() {
                return;
            }
            let client = self.queue[index];
            if state.is_visited(client) || state.is_ruled_out(client) {
                continue;
            }
            let mut blinks = Blinks::new(mood.blink, rng);
            if state.context.sets_of[client as usize].is_empty() {
                self.offer(state, client, &mut blinks);
            } else {
                self.offer_alternatives(state, client, &mut blinks);
            }
        }
    }

    fn offer(&mut self, state: &mut State<'_, '_>, client: u32, blinks: &mut Blinks<'_>) {
        if !state.context.is_possible[client as usize] {
            return;
        }
        if !state.context.groups_of[client as usize].is_empty() && blinks.rng.chance(Self::PAIR) {
            self.offer_pair(state, client, blinks);
            if state.is_visited(client) {
                return;
            }
        }
        self.candidate.set(state, client);
        if self.candidate.gain < 0 {
            return;
        }
        // Whoever must be in is, whatever it costs.
        let is_required = state.context.missed[client as usize] > 0;
        let most = if is_required { i64::MAX } else { self.mood.most(self.candidate.gain) };
        if !self.inserter.find(state, &self.candidate, most, blinks, &mut self.found) {
            // Below a limit it may only be too dear.
            if most == i64::MAX {
                self.offer_pair(state, client, blinks);
            }
        } else if self.mood.is_worth(self.found.delta, self.candidate.gain) {
            let promised = state.energy() + self.found.delta - self.candidate.gain;
            state.insert(client, &self.found.placements);
            state.settle(&mut self.evicted);
            let is_alone = state.context.problem.covering.groups.is_empty();
            debug_assert!(!is_alone || state.energy() == promised, "a place costs what was said");
        }
    }

    /// Offers a client that fits nowhere together with one that would take over some of those who come to it: an
    /// opening that is too long alone may be short enough beside another.
    fn offer_pair(&mut self, state: &mut State<'_, '_>, client: u32, blinks: &mut Blinks<'_>) {
        let context = state.context;
        let groups = &context.groups_of[client as usize];
        if groups.is_empty() {
            return;
        }
        let rivals = &context.group(blinks.rng.pick(groups).0).clients;
        let rival = blinks.rng.pick(rivals).0;
        let is_out = !state.is_visited(rival) && !state.is_ruled_out(rival);
        if rival == client || !is_out || !context.is_possible[rival as usize] {
            return;
        }
        self.candidate.set_beside(state, client, rival);
        if !self.inserter.find(state, &self.candidate, i64::MAX, blinks, &mut self.found) {
            return;
        }
        let gain = self.candidate.gain;
        self.candidate.set_beside(state, rival, client);
        let gain = gain + self.candidate.gain;
        let most = less(self.mood.most(gain), self.found.delta);
        if !self.inserter.find(state, &self.candidate, most, blinks, &mut self.cheapest)
            || !self.mood.is_worth(self.found.delta + self.cheapest.delta, gain)
        {
            return;
        }
        for second in &mut self.cheapest.placements {
            let first = self.found.placements.iter().find(|first| first.route == second.route);
            if let Some(first) = first.filter(|first| first.position <= second.position) {
                second.position += if first.form == Form::Join { 1 } else { 2 };
            }
        }
        state.insert(client, &self.found.placements);
        state.insert(rival, &self.cheapest.placements);
        state.settle(&mut self.evicted);
    }

    /// Offers all members of the client's sets and puts the cheapest in.
    fn offer_alternatives(&mut self, state: &mut State<'_, '_>, client: u32, blinks: &mut Blinks<'_>) {
        let context = state.context;
        let mut cheapest: Option<(i64, u32)> = None;
        for &set in &context.sets_of[client as usize] {
            for member in &context.problem.alternatives[set as usize] {
                if !context.is_possible[member.index()] || state.is_ruled_out(member.0) {
                    continue;
                }
                self.candidate.set(state, member.0);
                let most = cheapest.map_or(i64::MAX, |(least, _)| least.saturating_add(self.candidate.gain));
                if self.inserter.find(state, &self.candidate, most, blinks, &mut self.found) {
                    let net = self.found.delta - self.candidate.gain;
                    if net < 0 {
                        cheapest = Some((net, member.0));
                        std::mem::swap(&mut self.cheapest, &mut self.found);
                    }
                }
            }
        }
        if let Some((_, member)) = cheapest {
            state.insert(member, &self.cheapest.placements);
            state.settle(&mut self.evicted);
        }
    }

    /// Brings the queue into the order of a first solution: those with most visits first where some have several, for
    /// they need room on many days at once, else a random kind of order.
    pub fn sort_first(&mut self, state: &State<'_, '_>, rng: &mut Rng) {
        if self.order.iter().any(|&(order, _)| order == Order::Many) {
            rng.shuffle(&mut self.queue);
            self.sort_by(state, Order::Many);
        } else {
            self.sort_queue(state, rng);
        }
        self.queue.sort_by_key(|&client| state.context.missed[client as usize] == 0);
    }

    fn sort_queue(&mut self, state: &State<'_, '_>, rng: &mut Rng) {
        rng.shuffle(&mut self.queue);
        let total: u32 = self.order.iter().map(|&(_, weight)| weight).sum();
        let mut drawn = rng.below(total as usize) as u32;
        let order = self.order.iter().find(|&&(_, weight)| {
            let is_it = drawn < weight;
            drawn = drawn.wrapping_sub(weight);
            is_it
        });
        let order = order.map_or(Order::Random, |&(order, _)| order);
        if order != Order::Random {
            self.sort_by(state, order);
        }
    }

    fn sort_by(&mut self, state: &State<'_, '_>, order: Order) {
        self.keys.clear();
        for &client in &self.queue {
            let at = client as usize;
            let key = match order {
                Order::Random => 0,
                Order::Load => -self.load[at],
                Order::Far => -self.way[at],
                Order::Near => self.way[at],
                Order::Narrow => self.width[at],
                Order::Rigid => self.patterns[at],
                Order::Many => -self.visits[at],
                Order::Gain => -state.gain(client, &state.prospect(client, NONE)),
            };
            self.keys.push((key, client));
        }
        // Stable, so that ties stay in random order.
        self.keys.sort_by_key(|&(key, _)| key);
        self.queue.clear();
        self.queue.extend(self.keys.iter().map(|&(_, client)| client));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_costs_the_most_is_not_worth_it_and_a_unit_less_is() {
        for gain in [1, 7, 1000, 123_456_789] {
            for discount in [1.0, 0.9, 0.5, 0.001] {
                let mood = Mood { blink: 0.0, discount };
                let most = mood.most(gain);
                assert!(!mood.is_worth(most, gain), "{gain} {discount}");
                assert!(mood.is_worth(most - 1, gain), "{gain} {discount}");
            }
            assert_eq!(Mood::GENEROUS.most(gain), i64::MAX);
        }
        assert_eq!(Mood::STRICT.most(i64::MAX / 2), i64::MAX / 2, "to the last unit");
    }
}
