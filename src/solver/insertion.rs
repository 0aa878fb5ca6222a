//! The best places for a client that is left out.
//!
//! Every position is first judged by two joins: a bound that refuses what can't hold and skips what can't win. On
//! plain routes the bound is the answer. Elsewhere the positions that are left are timed exactly, the most promising
//! first, until the next bound is not below the best answer; answers are remembered.

use super::blinks::Blinks;
use super::candidate::{Candidate, Found};
use super::context::NONE;
use super::larger::Larger;
use super::memo::{Answer, Memo};
use super::route::{Route, hash_with};
use super::shift::ShiftFacts;
use super::state::{Form, Placement, State, put_in};
use super::visit::Visit;
use crate::units::{Day, DaySet};

/// The best place on a day.
#[derive(Clone, Copy, Debug)]
enum OnDay {
    /// Nowhere for less, as far as was looked.
    AtLeast(i64),
    At(Placement),
}

impl OnDay {
    const UNKNOWN: Self = Self::AtLeast(i64::MIN);
}

/// A search for the cheapest place on a day.
pub(super) struct Quest<'q, 'r> {
    pub candidate: &'q Candidate,
    pub day: u8,
    pub blinks: &'q mut Blinks<'r>,
    /// Places that don't cost less are of no use.
    pub most: i64,
    /// The cheapest so far.
    pub best: Option<Placement>,
}

impl Quest<'_, '_> {
    /// What a place has to cost less than.
    #[inline]
    pub fn limit(&self) -> i64 {
        self.best.map_or(self.most, |best| best.delta)
    }
}

/// How far a search for places looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// Where no near visit has a place, whether every route of the day is tried, or those alone that have changed.
    pub is_thorough: bool,
    /// Whether full routes may go to larger vehicles.
    pub may_grow: bool,
    /// Whether the ends of all routes are looked at beside near visits.
    pub sees_ends: bool,
}

impl Sight {
    pub const FULL: Self = Self { is_thorough: true, may_grow: true, sees_ends: true };
}

/// Looks for places; owns the buffers.
#[derive(Clone)]
pub(super) struct Inserter {
    pub sight: Sight,
    memo: Memo<Answer<Placement>>,
    options: Vec<Placement>,
    sequence: Vec<u32>,
    on_day: Vec<OnDay>,
    /// Routes whose places were timed in the present search.
    timed: Vec<u32>,
    /// What is known of larger vehicles for the candidate at hand, by route.
    larger: Vec<(u32, Option<Larger>)>,
}

impl Inserter {
    /// Beyond that many visited clients we look only beside near ones first: where everybody must be visited, and where not.
    const SCAN_ALL: usize = 40;
    const SCAN_ALL_SELECTIVE: usize = 160;
    /// How many near visits.
    const NEAR: usize = 30;
    /// The ends of all routes are looked at besides where there are at most so many.
    const ENDS_MOST: usize = 300;

    pub fn new() -> Self {
        Self {
            sight: Sight::FULL,
            memo: Memo::default(),
            options: Vec::new(),
            sequence: Vec::new(),
            on_day: Vec::new(),
            timed: Vec::new(),
            larger: Vec::new(),
        }
    }

    /// The cheapest pattern and places of `candidate`; false when none cost less than `most`.
    pub fn find(
        &mut self,
        state: &mut State<'_, '_>,
        candidate: &Candidate,
        most: i64,
        blinks: &mut Blinks<'_>,
        found: &mut Found,
    ) -> bool {
        self.larger.clear();
        self.on_day.clear();
        self.on_day.resize(state.context.days, OnDay::UNKNOWN);
        let patterns = &state.context.client(candidate.client).patterns;
        let mut best: Option<((i64, u32), DaySet)> = None;
        for &days in patterns {
            if patterns.len() > 1 && blinks.blink() {
                continue;
            }
            let most = best.map_or(most, |((least, _), _)| least.saturating_add(1));
            // Of equal costs the pattern with fewer weekdays: people remember it.
            if let Some(delta) = self.pattern_delta(state, candidate, (days, most), blinks)
                && best.is_none_or(|(least, _)| (delta, weekdays(days)) < least)
            {
                best = Some(((delta, weekdays(days)), days));
            }
        }
        let Some(((delta, _), days)) = best else { return false };
        found.delta = delta;
        found.placements.clear();
        found.placements.extend(days.iter().filter_map(|day| match self.on_day[day.index()] {
            OnDay::At(place) => Some(place),
            OnDay::AtLeast(_) => None,
        }));
        true
    }

    /// The cheapest place of `candidate` on one day.
    pub fn find_on_day(
        &mut self,
        state: &mut State<'_, '_>,
        candidate: &Candidate,
        day: u8,
        blinks: &mut Blinks<'_>,
    ) -> Option<Placement> {
        self.larger.clear();
        self.best_on_day(state, Quest { candidate, day, blinks, most: i64::MAX, best: None })
    }

    /// What the best places on all days of a pattern cost, if that may be less than `most`.
    fn pattern_delta(
        &mut self,
        state: &mut State<'_, '_>,
        candidate: &Candidate,
        (days, most): (DaySet, i64),
        blinks: &mut Blinks<'_>,
    ) -> Option<i64> {
        if days.is_empty() || !days.is_subset(DaySet::first(state.context.days as u8)) {
            return None;
        }
        let mut delta = 0;
        for day in days.iter() {
            // What the days before cost can't be spent again, and no day gives anything back as a rule.
            let most = less(most, delta);
            if let OnDay::AtLeast(least) = self.on_day[day.index()]
                && least < most
            {
                let quest = Quest { candidate, day: day.0, blinks, most, best: None };
                let place = self.best_on_day(state, quest);
                self.on_day[day.index()] = place.map_or(OnDay::AtLeast(most), OnDay::At);
            }
            let OnDay::At(place) = self.on_day[day.index()] else { return None };
            delta += place.delta;
        }
        (delta < most).then_some(delta)
    }

    /// The cheapest place on a day.
    fn best_on_day(&mut self, state: &mut State<'_, '_>, mut quest: Quest<'_, '_>) -> Option<Placement> {
        self.timed.clear();
        let context = state.context;
        let most = if context.is_selective { Self::SCAN_ALL_SELECTIVE } else { Self::SCAN_ALL };
        let is_large = context.clients() - state.absent().len() > most;
        if is_large {
            self.beside_near_clients(state, &mut quest);
            self.at_ends(state, &mut quest);
        } else {
            self.in_every_route(state, &mut quest);
        }
        self.in_empty_routes(state, &mut quest);
        // Where there is a limit, places that are not near are not looked for.
        if quest.best.is_none() && is_large && quest.most == i64::MAX {
            if self.sight.is_thorough {
                self.in_every_route(state, &mut quest);
            } else {
                self.in_touched_routes(state, &mut quest);
            }
        }
        quest.best
    }

    /// The cheapest place in a route that has changed since the last commit.
    fn in_touched_routes(&mut self, state: &mut State<'_, '_>, quest: &mut Quest<'_, '_>) {
        let context = state.context;
        for index in 0..state.touched().len() {
            let route = state.touched()[index].0;
            let shift = &context.shifts[state.routes[route as usize].shift as usize];
            let is_empty = state.routes[route as usize].is_empty();
            if shift.day == quest.day && !is_empty && context.allows(shift, quest.candidate.client) {
                self.in_route(state, quest, route);
            }
        }
    }

    fn in_every_route(&mut self, state: &mut State<'_, '_>, quest: &mut Quest<'_, '_>) {
        let context = state.context;
        for &shift in &context.shifts_on[usize::from(quest.day)] {
            if !context.allows(&context.shifts[shift as usize], quest.candidate.client) {
                continue;
            }
            for index in 0..state.routes_of[shift as usize].len() {
                let route = state.routes_of[shift as usize][index];
                if !state.routes[route as usize].is_empty() {
                    self.in_route(state, quest, route);
                }
            }
        }
    }

    /// The two places beside each near client of that day.
    fn beside_near_clients(&mut self, state: &mut State<'_, '_>, quest: &mut Quest<'_, '_>) {
        let (context, client) = (state.context, quest.candidate.client);
        let alike = context.alike_on(quest.day);
        if alike.is_some_and(|shift| !context.allows(shift, client)) {
            return;
        }
        let (day, is_on_some) = (Day(quest.day), context.days > 1);
        let mut beside = [NONE; Self::NEAR];
        let mut count = 0;
        for &near in context.near(client) {
            // Of many days few are a client's, and its days are nearer at hand than its places.
            if is_on_some && !state.days_of(near).contains(day) {
                continue;
            }
            let spot = state.spot(near, quest.day);
            let is_one =
                spot.is_some_and(|spot| alike.is_some() || context.allows(state.shift_of(spot), client));
            // Whether a client is visited on a day is hard to predict: we count without a branch.
            beside[count] = near;
            count += usize::from(is_one);
            if count == Self::NEAR {
                break;
            }
        }
        let mut known: Option<(u32, Visit)> = None;
        for &near in &beside[..count] {
            let Some(spot) = state.spot(near, quest.day) else { continue };
            let shift = alike.unwrap_or_else(|| state.shift_of(spot));
            if known.as_ref().is_none_or(|&(serving, _)| serving != shift.serving) {
                known = Some((shift.serving, Visit::new(context, quest.candidate, shift, state.prices)));
            }
            let Some((_, visit)) = &known else { continue };
            // Most places cost more than the best one by their way alone.
            let least = visit.least_beside(context, shift, spot, context.points[near as usize]);
            if least < quest.limit() {
                let places = [spot.rank as usize, spot.rank as usize + 1];
                self.at_places(state, quest, visit, spot.route, places.into_iter());
            }
        }
    }

    /// The first and last places of every route: the ways out and back lead past clients that are near nobody on the route.
    fn at_ends(&mut self, state: &mut State<'_, '_>, quest: &mut Quest<'_, '_>) {
        let context = state.context;
        let client = quest.candidate.client;
        let is_possible = self.sight.sees_ends && state.size().1 <= Self::ENDS_MOST;
        if !is_possible || !context.is_plain_visit(client, quest.day) {
            return;
        }
        for &index in &context.shifts_on[usize::from(quest.day)] {
            let shift = &context.shifts[index as usize];
            if shift.way_least.is_none() || !shift.is_plain || !context.allows(shift, client) {
                continue;
            }
            let visit = Visit::new(context, quest.candidate, shift, state.prices);
            for at in 0..state.routes_of[index as usize].len() {
                let route = state.routes_of[index as usize][at];
                let brief = state.brief(route);
                if brief.length == 0 {
                    continue;
                }
                let least = visit.least_at_ends(context, shift, &brief);
                if least < quest.limit() {
                    let places = [0, brief.length as usize];
                    self.at_places(state, quest, &visit, route, places.into_iter());
                }
            }
        }
    }

    /// One empty route of each class of shifts.
    fn in_empty_routes(&mut self, state: &mut State<'_, '_>, quest: &mut Quest<'_, '_>) {
        let context = state.context;
        let mut last_class = NONE;
        for &shift in &context.shifts_on[usize::from(quest.day)] {
            let facts = &context.shifts[shift as usize];
            if facts.class == last_class
                || !context.allows(facts, quest.candidate.client)
                || !state.has_vehicle(facts)
            {
                continue;
            }
            if let Some(empty) = state.empty_route(shift) {
                last_class = facts.class;
                if quest.candidate.least_alone(context, facts) < quest.limit() {
                    self.in_route(state, quest, empty);
                }
            }
        }
    }

    /// The cheapest place in a route.
    fn in_route(&mut self, state: &mut State<'_, '_>, quest: &mut Quest<'_, '_>, index: u32) {
        let route = &state.routes[index as usize];
        let shift = &state.context.shifts[route.shift as usize];
        let visit = Visit::new(state.context, quest.candidate, shift, state.prices);
        let places = 0..=route.clients.len();
        self.at_places(state, quest, &visit, index, places);
    }

    /// The cheapest of some places in a route, also on the larger vehicle that it may need; of all places where joined segments
    /// don't tell the exact times.
    fn at_places(
        &mut self,
        state: &mut State<'_, '_>,
        quest: &mut Quest<'_, '_>,
        visit: &Visit,
        index: u32,
        places: impl Iterator<Item = usize> + Clone,
    ) {
        let context = state.context;
        let route = &state.routes[index as usize];
        let shift = &context.shifts[route.shift as usize];
        if route.visits() >= shift.max_visits {
            return;
        }
        let is_plain_visit = context.is_plain_visit(quest.candidate.client, shift.day);
        let load = visit.facts.load;
        let load = if shift.max_trips > 1 { load } else { route.trip_load(0) + load };
        if !load.fits(shift) {
            if !route.is_empty()
                && is_plain_visit
                && let Some(larger) = self.larger_vehicle(state, quest.candidate, index)
            {
                larger.places(state, quest, index, places.clone());
            }
            if state.prices.holds_load() {
                return;
            }
        }
        if route.is_plain && is_plain_visit {
            plain_places(state, quest, visit, index, places);
        } else if !self.timed.contains(&index) && !quest.blinks.blink() {
            self.timed.push(index);
            let candidate = quest.candidate;
            visit.improve(quest, |limit| self.exact_in_route(state, candidate, visit, index, limit));
        }
    }

    /// As [`Larger::of`], worked out once for each route and candidate.
    fn larger_vehicle(&mut self, state: &State<'_, '_>, candidate: &Candidate, index: u32) -> Option<Larger> {
        if !self.sight.may_grow {
            return None;
        }
        if let Some(&(_, known)) = self.larger.iter().find(|&&(known, _)| known == index) {
            return known;
        }
        let larger = Larger::of(state, candidate, index);
        self.larger.push((index, larger));
        larger
    }

    /// The cheapest exact place in a route, if it costs less than `limit`.
    fn exact_in_route(
        &mut self,
        state: &mut State<'_, '_>,
        candidate: &Candidate,
        visit: &Visit,
        index: u32,
        limit: i64,
    ) -> Option<Placement> {
        let hash = state.routes[index as usize].hash;
        let key = hash_with(hash, candidate.client, candidate.load.households);
        let answer = match self.memo.get(key) {
            Some(Answer::AtLeast(bound)) if bound < limit => None,
            known => known,
        };
        let answer = answer.unwrap_or_else(|| {
            let answer = self.time_places(state, candidate, visit, index, limit);
            self.memo.set(key, answer);
            answer
        });
        match answer {
            // Routes of equal content share an answer, so the route is not part of it.
            Answer::Best(place) if place.delta < limit => {
                Some(Placement { route: index, onto: index, ..place })
            }
            _ => None,
        }
    }

    /// Times the places in a route exactly, the lowest bound first, while they may cost less than `limit`.
    fn time_places(
        &mut self,
        state: &mut State<'_, '_>,
        candidate: &Candidate,
        visit: &Visit,
        index: u32,
        limit: i64,
    ) -> Answer<Placement> {
        let context = state.context;
        let route = &state.routes[index as usize];
        let shift = &context.shifts[route.shift as usize];
        self.options.clear();
        for position in 0..=route.clients.len() {
            for &form in forms(shift, route) {
                self.options.extend(visit.place(context, shift, route, (index, position, form), i64::MAX));
            }
        }
        self.options.sort_unstable_by_key(|option| (option.delta, option.position, option.form));
        let mut best: Option<Placement> = None;
        for option in &self.options {
            if best.is_some_and(|best| best.delta <= option.delta) {
                break;
            }
            if option.delta >= limit {
                return Answer::AtLeast(option.delta);
            }
            let route = &state.routes[index as usize];
            self.sequence.clone_from(&route.clients);
            put_in(&mut self.sequence, option.position as usize, option.form, candidate.client);
            let row = route.shift;
            let Some(duty) = state.duty_with(row, &self.sequence, candidate.client, candidate.load) else {
                continue;
            };
            let delta = option.delta + shift.cost_per_second * (duty - option.duty);
            if best.is_none_or(|best| delta < best.delta) {
                best = Some(Placement { delta, duty, ..*option });
            }
        }
        best.map_or(Answer::AtLeast(i64::MAX), Answer::Best)
    }
}

/// Finds what is cheaper at some positions of a plain route.
fn plain_places(
    state: &State<'_, '_>,
    quest: &mut Quest<'_, '_>,
    visit: &Visit,
    index: u32,
    places: impl Iterator<Item = usize>,
) {
    let (context, route) = (state.context, &state.routes[index as usize]);
    let shift = &context.shifts[route.shift as usize];
    for position in places {
        for &form in forms(shift, route) {
            if !quest.blinks.blink() {
                let at = (index, position, form);
                visit.improve(quest, |limit| visit.place(context, shift, route, at, limit));
            }
        }
    }
}

/// What is left of a limit, of which there may be none (`i64::MAX`).
pub(super) fn less(most: i64, spent: i64) -> i64 {
    if most == i64::MAX { most } else { most.saturating_sub(spent) }
}

/// Number of different weekdays.
fn weekdays(days: DaySet) -> u32 {
    let week = days.iter().fold(0u8, |week, day| week | 1 << day.weekday_index());
    week.count_ones()
}

/// The ways in which a visit may join a route.
fn forms(shift: &ShiftFacts, route: &Route) -> &'static [Form] {
    if route.trips.len() < shift.max_trips && !route.is_empty() {
        &[Form::Join, Form::LoadBefore, Form::LoadAfter]
    } else {
        &[Form::Join]
    }
}
