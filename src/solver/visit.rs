//! A client as one visit on one shift: what each place in a route would cost.

use std::ops::Range;

use super::candidate::Candidate;
use super::context::Context;
use super::excess::{Excess, Prices};
use super::insertion::Quest;
use super::route::{Load, Route, VisitFacts, least_duty, route_cost};
use super::segment::{Chain, End, Segment};
use super::shift::ShiftFacts;
use super::state::{Brief, Form, Placement, Spot};

/// A candidate as a visit on one shift.
pub(super) struct Visit {
    /// Added to whatever a place costs.
    loss: i64,
    point: u32,
    pub facts: VisitFacts,
    segment: Segment,
    /// From when on its goods can be loaded, where that matters to some.
    release: i64,
    prices: Prices,
}

impl Visit {
    pub fn new(context: &Context<'_>, candidate: &Candidate, shift: &ShiftFacts, prices: Prices) -> Self {
        let facts = candidate.facts[shift.serving as usize];
        Self {
            loss: candidate.losses[shift.serving as usize],
            point: context.points[candidate.client as usize],
            facts,
            segment: context.visit_segment(candidate.client, shift.day, facts.opening),
            release: context.release(candidate.client),
            prices,
        }
    }

    /// Replaces the best place of a quest by what `look` finds below its cost.
    #[inline]
    pub fn improve(&self, quest: &mut Quest<'_, '_>, look: impl FnOnce(i64) -> Option<Placement>) {
        if let Some(place) = look(quest.limit().saturating_sub(self.loss)) {
            quest.best = Some(Placement { delta: place.delta + self.loss, ..place });
        }
    }

    /// The least that the visit costs before or after another one, at `point`, by its way alone; as far as that is told.
    #[inline]
    pub fn least_beside(&self, context: &Context<'_>, shift: &ShiftFacts, spot: Spot, point: u32) -> i64 {
        let Some(each) = shift.way_least else { return i64::MIN };
        let ways = context.ways_of(shift);
        let (to, from) = (ways.metres(self.point, point), ways.metres_into(point, self.point));
        let before = ways.metres_into(spot.last, self.point) + to - spot.before;
        let after = from + ways.metres(self.point, spot.next) - spot.after;
        each * before.min(after) + self.loss
    }

    /// The same as the first or last visit of a route.
    #[inline]
    pub fn least_at_ends(&self, context: &Context<'_>, shift: &ShiftFacts, brief: &Brief) -> i64 {
        let Some(each) = shift.way_least else { return i64::MIN };
        let ways = context.ways_of(shift);
        let first =
            ways.metres_into(shift.start, self.point) + ways.metres(self.point, brief.first) - brief.out;
        let last = ways.metres_into(brief.last, self.point) + ways.metres(self.point, shift.end) - brief.back;
        each * first.min(last) + self.loss
    }

    /// The visit at `(route, position, form)`, unless the bound says that it can't hold or costs `limit` or more.
    #[inline]
    pub fn place(
        &self,
        context: &Context<'_>,
        shift: &ShiftFacts,
        route: &Route,
        (index, position, form): (u32, usize, Form),
        limit: i64,
    ) -> Option<Placement> {
        self.place_on(context, shift, route, (index, position, form), 0, limit)
    }

    /// As [`Visit::place`], for a vehicle with which the route as it is costs `base` more.
    #[inline]
    pub fn place_on(
        &self,
        context: &Context<'_>,
        shift: &ShiftFacts,
        route: &Route,
        (index, position, form): (u32, usize, Form),
        base: i64,
        limit: i64,
    ) -> Option<Placement> {
        let ways = context.ways_of(shift);
        let (last, next) = (route.points[position], route.points[position + 1]);
        let (to, from) = (ways.get_into(last, self.point), ways.get(self.point, next));
        let detour = match form {
            Form::Join => to + from,
            Form::LoadBefore => ways.get(last, shift.start) + ways.get(shift.start, self.point) + from,
            Form::LoadAfter => to + ways.get(self.point, shift.start) + ways.get(shift.start, next),
        };
        let longer = detour - route.legs[position];
        let place = |delta: i64, duty: i64| {
            let position = position as u32;
            (delta < limit).then_some(Placement { route: index, onto: index, position, form, delta, duty })
        };
        // No duty or load can make up for the way alone, where time costs nothing.
        let is_timeless = shift.cost_per_second == 0;
        if is_timeless && shift.cost_per_metre * longer.metres + base >= limit {
            return None;
        }
        let load = self.excess_load(shift, route, position, form)?;
        let base = base + self.prices.of_load(load)?;
        if is_timeless {
            let leave = if route.is_empty() { route_cost(shift, route.metres, 0) } else { 0 };
            let delta = shift.cost_per_metre * longer.metres + leave + base;
            if delta >= limit {
                return None;
            }
            if !shift.is_timed {
                let (way, mut load) = (route.total_way() + longer, route.load() + self.facts.load);
                load.opening += if form == Form::Join { 0 } else { shift.reload };
                let time = Excess::of_way(shift, way, load) - route.excess.time;
                return place(delta + self.prices.of(Excess { load: 0, time })?, 0);
            }
            if shift.is_free && form == Form::Join {
                let ready = route.release(position).max(self.release);
                let head = End::of(&route.head(shift, position, ready))?;
                head.then(to, &self.segment)?.then(from, &route.after[position])?;
                return place(delta, 0);
            }
        }
        let after = &route.after[position];
        let (before, rest) = route.ready(position);
        let whole = match form {
            Form::Join => {
                let head = route.head(shift, position, before.max(rest).max(self.release));
                head.join(to, &self.segment).join(from, after)
            }
            Form::LoadBefore => {
                let (home, again) = (ways.get(last, shift.start), ways.get(shift.start, self.point));
                let reload = Context::reload_segment(shift, rest.max(self.release));
                let head = route.head(shift, position, before);
                head.join(home, &reload).join(again, &self.segment).join(from, after)
            }
            Form::LoadAfter => {
                let (home, again) = (ways.get(self.point, shift.start), ways.get(shift.start, next));
                let reload = Context::reload_segment(shift, rest);
                let head = route.head(shift, position, before.max(self.release));
                head.join(to, &self.segment).join(home, &reload).join(again, after)
            }
        };
        let time = Excess::of_time(shift, &whole)? - route.excess.time;
        let base = base + self.prices.of(Excess { load: 0, time })?;
        let duty = least_duty(shift, &whole);
        let now = if route.is_empty() { 0 } else { route_cost(shift, route.metres, route.duty) };
        place(route_cost(shift, whole.metres, duty) - now + base, duty)
    }

    /// What the trips exceed more with the load; none where no trip could hold it, or the form is none.
    #[inline]
    fn excess_load(&self, shift: &ShiftFacts, route: &Route, position: usize, form: Form) -> Option<i64> {
        if !self.facts.load.fits(shift) {
            return None;
        }
        let Range { start: first, end: last } = route.trip_around(position);
        let whole = route.load_of(first..last);
        let beyond = |load: Load| Excess::of_load(shift, load);
        let after = match form {
            Form::Join => beyond(whole + self.facts.load),
            Form::LoadBefore if position > first => {
                let rest = route.load_of(position..last);
                beyond(whole - rest) + beyond(rest + self.facts.load)
            }
            Form::LoadAfter if position < last => {
                let part = route.load_of(first..position);
                beyond(part + self.facts.load) + beyond(whole - part)
            }
            _ => return None,
        };
        Some(after - beyond(whole))
    }
}
