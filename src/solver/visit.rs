//! A client as one visit on one shift: what each place in a route would cost.

use super::context::{Context, ShiftFacts};
use super::excess::{Excess, Prices};
use super::insertion::Candidate;
use super::route::{Load, Route, VisitFacts, least_duty, route_cost};
use super::segment::Segment;
use super::state::{Form, Placement};

/// A candidate as a visit on one shift.
pub(super) struct Visit {
    /// Added to whatever a place costs.
    loss: i64,
    point: u32,
    pub facts: VisitFacts,
    segment: Segment,
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
            prices,
        }
    }

    /// Replaces `best` by what `look` finds below its cost.
    #[inline]
    pub fn improve(&self, best: &mut Option<Placement>, look: impl FnOnce(i64) -> Option<Placement>) {
        let limit = best.map_or(i64::MAX, |place| place.delta - self.loss);
        if let Some(place) = look(limit) {
            *best = Some(Placement { delta: place.delta + self.loss, ..place });
        }
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
        let to = context.way_into(shift, route.points[position], self.point);
        let from = context.way(shift, self.point, route.points[position + 1]);
        let longer = to.metres + from.metres - route.legs[position].metres;
        // No duty or load can make up for the way alone, where time costs nothing.
        let is_way_least = form == Form::Join && shift.cost_per_second == 0;
        if is_way_least && shift.cost_per_metre * longer + base >= limit {
            return None;
        }
        let load = self.excess_load(shift, route, position, form)?;
        let base = base + self.prices.of(Excess { load, time: 0 })?;
        if is_way_least {
            let leave = if route.is_empty() { route_cost(shift, route.metres, 0) } else { 0 };
            let delta = shift.cost_per_metre * longer + leave + base;
            if delta >= limit {
                return None;
            }
            if !shift.is_timed {
                let time = Excess::of_way(shift, route.metres + longer) - route.excess.time;
                let delta = delta + self.prices.of(Excess { load: 0, time })?;
                return (delta < limit).then_some(Placement {
                    route: index,
                    onto: index,
                    position: position as u32,
                    form,
                    delta,
                    duty: 0,
                });
            }
        } else if !shift.is_timed {
            return self.place_with_reload(context, shift, route, (index, position, form), base, limit);
        }
        let (before, after) = (&route.before[position], &route.after[position]);
        let whole = match form {
            Form::Join => before.join(to, &self.segment).join(from, after),
            Form::LoadBefore => {
                let home = context.way(shift, route.points[position], shift.start);
                let again = context.way(shift, shift.start, self.point);
                let reload = Context::reload_segment(shift);
                before.join(home, &reload).join(again, &self.segment).join(from, after)
            }
            Form::LoadAfter => {
                let home = context.way(shift, self.point, shift.start);
                let again = context.way(shift, shift.start, route.points[position + 1]);
                let reload = Context::reload_segment(shift);
                before.join(to, &self.segment).join(home, &reload).join(again, after)
            }
        };
        let time = Excess::of_time(shift, &whole)? - route.excess.time;
        let base = base + self.prices.of(Excess { load: 0, time })?;
        let duty = least_duty(shift, &whole);
        let now = if route.is_empty() { 0 } else { route_cost(shift, route.metres, route.duty) };
        let delta = route_cost(shift, whole.metres, duty) - now + base;
        (delta < limit).then_some(Placement {
            route: index,
            onto: index,
            position: position as u32,
            form,
            delta,
            duty,
        })
    }

    /// The visit as the first or last of a new trip, where no time can bind.
    fn place_with_reload(
        &self,
        context: &Context<'_>,
        shift: &ShiftFacts,
        route: &Route,
        (index, position, form): (u32, usize, Form),
        base: i64,
        limit: i64,
    ) -> Option<Placement> {
        let (last, next) = (route.points[position], route.points[position + 1]);
        let way = |from: u32, to: u32| context.way(shift, from, to).metres;
        let detour = match form {
            Form::Join => way(last, self.point) + way(self.point, next),
            Form::LoadBefore => way(last, shift.start) + way(shift.start, self.point) + way(self.point, next),
            Form::LoadAfter => way(last, self.point) + way(self.point, shift.start) + way(shift.start, next),
        };
        let longer = detour - route.legs[position].metres;
        let time = Excess::of_way(shift, route.metres + longer) - route.excess.time;
        let delta = shift.cost_per_metre * longer + base + self.prices.of(Excess { load: 0, time })?;
        (delta < limit).then_some(Placement {
            route: index,
            onto: index,
            position: position as u32,
            form,
            delta,
            duty: 0,
        })
    }

    /// What the trips exceed more with the load; none where no trip could hold it, or the form is none.
    #[inline]
    fn excess_load(&self, shift: &ShiftFacts, route: &Route, position: usize, form: Form) -> Option<i64> {
        if !self.facts.load.fits(shift) {
            return None;
        }
        let (first, last) = route.trips[route.trip_at[position] as usize];
        let (first, last) = (first as usize, last as usize);
        let whole = route.loads[last] - route.loads[first];
        let beyond = |load: Load| Excess::of_load(shift, load);
        let after = match form {
            Form::Join => beyond(whole + self.facts.load),
            Form::LoadBefore if position > first => {
                let rest = route.loads[last] - route.loads[position];
                beyond(whole - rest) + beyond(rest + self.facts.load)
            }
            Form::LoadAfter if position < last => {
                let part = route.loads[position] - route.loads[first];
                beyond(part + self.facts.load) + beyond(whole - part)
            }
            _ => return None,
        };
        Some(after - beyond(whole))
    }
}
