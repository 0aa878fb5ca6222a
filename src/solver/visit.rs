//! A client as one visit on one shift: what each place in a route would cost.

use super::context::{Context, ShiftFacts};
use super::insertion::Candidate;
use super::route::{Route, VisitFacts, is_within_limits, least_duty, route_cost};
use super::segment::Segment;
use super::state::{Form, Placement};

/// A candidate as a visit on one shift.
pub(super) struct Visit {
    /// Added to whatever a place costs.
    loss: i64,
    point: u32,
    pub facts: VisitFacts,
    segment: Segment,
}

impl Visit {
    pub fn new(context: &Context<'_>, candidate: &Candidate, shift: &ShiftFacts) -> Self {
        let facts = candidate.facts[shift.serving as usize];
        Self {
            loss: candidate.losses[shift.serving as usize],
            point: context.points[candidate.client as usize],
            facts,
            segment: context.visit_segment(candidate.client, shift.day, facts.opening),
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
        if !self.load_fits(shift, route, position, form) {
            return None;
        }
        let to = context.way_into(shift, route.points[position], self.point);
        let from = context.way(shift, self.point, route.points[position + 1]);
        if form == Form::Join && shift.cost_per_second == 0 {
            // No duty can make up for the way alone, where time costs nothing.
            let longer = to.metres + from.metres - route.legs[position].metres;
            let leave = if route.is_empty() { route_cost(shift, route.metres, 0) } else { 0 };
            let delta = shift.cost_per_metre * longer + leave + base;
            if delta >= limit || route.metres + longer > shift.max_metres {
                return None;
            }
            if !shift.is_timed {
                return Some(Placement {
                    route: index,
                    onto: index,
                    position: position as u32,
                    form,
                    delta,
                    duty: 0,
                });
            }
        } else if !shift.is_timed {
            return self.place_with_reload(context, shift, route, (index, position, form), limit);
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
        if !is_within_limits(shift, &whole) {
            return None;
        }
        let duty = least_duty(shift, &whole);
        let delta = route_cost(shift, whole.metres, duty) - route.cost;
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
        let delta = shift.cost_per_metre * longer;
        let holds = delta < limit && route.metres + longer <= shift.max_metres;
        holds.then_some(Placement {
            route: index,
            onto: index,
            position: position as u32,
            form,
            delta,
            duty: 0,
        })
    }

    /// Whether the trips hold the load.
    #[inline]
    fn load_fits(&self, shift: &ShiftFacts, route: &Route, position: usize, form: Form) -> bool {
        let (first, last) = route.trips[route.trip_at[position] as usize];
        let (first, last) = (first as usize, last as usize);
        let load = match form {
            Form::Join => route.loads[last] - route.loads[first],
            Form::LoadBefore if position > first => route.loads[last] - route.loads[position],
            Form::LoadAfter if position < last => route.loads[position] - route.loads[first],
            _ => return false,
        };
        (load + self.facts.load).fits(shift)
    }
}
