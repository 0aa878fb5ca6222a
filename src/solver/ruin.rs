//! Which clients are taken out.
//!
//! Strings of visits in routes that lie next to each other (adjacent string removal, Christiaens & Vanden Berghe
//! 2020, *Slack induction by string removals for vehicle routing problems*, section 5.2), where a client goes with
//! all its visits. Four things are ours: a route of a periodic problem is ruined through any of the client's days; three of ten
//! ruins there take visits of one day alone, which the other days don't notice; now and then a whole route goes, so that a vehicle
//! gives way to others however long its route is; and besides places we ruin around a client that is left out, and among clients
//! that serve the same people.

use super::context::visits_of;
use super::rng::Rng;
use super::state::State;
use crate::units::Day;

/// Picks what to take out; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Ruin {
    /// Clients to take out, in order of choice.
    pub removed: Vec<u32>,
    /// Around whom; absent clients near it are worth a try.
    pub seed: u32,
    /// The day on which alone they are taken out; none where they go with all their visits.
    pub day: Option<u8>,
    is_removed: Vec<bool>,
    is_ruined: Vec<bool>,
    ruined: Vec<u32>,
    visits: Vec<u32>,
}

/// How much is taken out.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuinSize {
    /// Clients on average.
    pub clients: f64,
    /// Longest string.
    pub string: usize,
}

impl Ruin {
    /// Probability that a string keeps some visits in its middle, and that it keeps one more (paper: 0.5, 0.01).
    const SPLIT: f64 = 0.5;
    const KEEP_MORE: f64 = 0.01;
    /// How often visits are taken out on one day alone, where clients are visited on several: their days stay, and the other
    /// days are not touched. Ours.
    const ONE_DAY: f64 = 0.3;
    /// How often the first route is taken out whole where everybody must be visited, and with how many visits at most. Ours.
    const WHOLE: f64 = 0.01;
    const WHOLE_MOST: usize = 60;

    /// Chooses clients, around one if it is given, and fills `removed`; the state is not changed.
    pub fn choose(&mut self, state: &State<'_, '_>, around: Option<u32>, size: RuinSize, rng: &mut Rng) {
        let context = state.context;
        self.is_removed.resize(context.clients(), false);
        self.is_ruined.resize(state.routes.len(), false);
        self.removed.clear();
        let Some(seed) = around.or_else(|| pick_seed(state, rng)) else { return };
        self.seed = seed;
        self.day = None;
        if context.has_repeats && rng.chance(Self::ONE_DAY) {
            let days = state.days_of(seed);
            self.day = days.iter().nth(rng.below(days.len().max(1))).map(|day| day.0);
        }
        if self.day.is_some() || context.groups_of[seed as usize].is_empty() || rng.chance(0.8) {
            self.strings(state, size, rng);
        } else {
            self.rivals(state, size, rng);
        }
        for &client in &self.removed {
            self.is_removed[client as usize] = false;
        }
        for route in self.ruined.drain(..) {
            self.is_ruined[route as usize] = false;
        }
    }

    /// Strings in the routes of the seed and of clients near it.
    fn strings(&mut self, state: &State<'_, '_>, size: RuinSize, rng: &mut Rng) {
        let (visits, routes) = state.size();
        let average = visits as f64 / routes.max(1) as f64;
        let longest = (size.string as f64).min(average).max(1.0);
        let most_strings = (4.0 * size.clients / (1.0 + longest) - 1.0).max(1.0);
        let strings = (1.0 + rng.unit() * most_strings).floor() as usize;
        let seed = self.seed;
        let near = state.context.near(seed);
        let mut is_whole = !state.context.is_selective && rng.chance(Self::WHOLE);
        for &client in std::iter::once(&seed).chain(near) {
            if self.ruined.len() >= strings {
                break;
            }
            if self.is_removed[client as usize] {
                continue;
            }
            if let Some((route, rank)) = self.pick_visit(state, client, rng) {
                self.is_ruined[route as usize] = true;
                self.ruined.push(route);
                let row = &state.routes[route as usize];
                if std::mem::take(&mut is_whole) && row.visits() <= Self::WHOLE_MOST {
                    visits_of(&row.clients).for_each(|client| self.take(client));
                } else {
                    self.take_string(state, route, rank, longest, rng);
                }
            }
        }
    }

    /// One of the client's visits whose route is whole.
    fn pick_visit(&self, state: &State<'_, '_>, client: u32, rng: &mut Rng) -> Option<(u32, usize)> {
        let days = state.days_of(client);
        let whole = |day: Day| {
            if self.day.is_some_and(|only| only != day.0) {
                return None;
            }
            let spot = state.spot(client, day.0)?;
            (!self.is_ruined[spot.route as usize]).then_some((spot.route, spot.rank as usize))
        };
        let count = days.iter().filter_map(whole).count();
        if count == 0 { None } else { days.iter().filter_map(whole).nth(rng.below(count)) }
    }

    /// A string of a route that holds the visit at `rank`, perhaps with some in its middle kept.
    fn take_string(&mut self, state: &State<'_, '_>, route: u32, rank: usize, longest: f64, rng: &mut Rng) {
        let clients = &state.routes[route as usize].clients;
        self.visits.clear();
        self.visits.extend(visits_of(clients));
        let at = visits_of(&clients[..rank]).count();
        let count = self.visits.len();
        let longest = longest.min(count as f64);
        let length = ((1.0 + rng.unit() * longest) as usize).min(count);
        let mut kept = 0;
        if length > 1 && length < count && rng.chance(Self::SPLIT) {
            kept = 1;
            while length + kept < count && rng.chance(Self::KEEP_MORE) {
                kept += 1;
            }
        }
        let span = length + kept;
        let first_low = (at + 1).saturating_sub(span);
        let first_high = at.min(count - span);
        let first = first_low + rng.below(first_high - first_low + 1);
        let hole = if kept > 0 { first + 1 + rng.below(length - 1) } else { first + span };
        for position in first..first + span {
            if !(hole..hole + kept).contains(&position) {
                self.take(self.visits[position]);
            }
        }
    }

    /// The seed and open clients that serve the same people.
    fn rivals(&mut self, state: &State<'_, '_>, size: RuinSize, rng: &mut Rng) {
        let most = 1 + rng.below(size.clients.max(1.0) as usize);
        let context = state.context;
        if state.is_visited(self.seed) {
            self.take(self.seed);
        }
        for &(group, _) in &context.groups_of[self.seed as usize] {
            for client in &context.group(group).clients {
                if self.removed.len() >= most {
                    return;
                }
                if state.is_visited(client.0) && !self.is_removed[client.index()] {
                    self.take(client.0);
                }
            }
        }
    }

    fn take(&mut self, client: u32) {
        if !std::mem::replace(&mut self.is_removed[client as usize], true) {
            self.removed.push(client);
        }
    }
}

/// A client to ruin around: any, and more often one that is left out though it must not be.
fn pick_seed(state: &State<'_, '_>, rng: &mut Rng) -> Option<u32> {
    let context = state.context;
    let absent = state.absent();
    if !absent.is_empty() && rng.chance(0.2) {
        let client = rng.pick(absent);
        if context.missed[client as usize] > 0 && context.is_possible[client as usize] {
            return Some(client);
        }
    }
    (context.clients() > 0).then(|| rng.below(context.clients()) as u32)
}
