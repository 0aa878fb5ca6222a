//! Larger vehicles for routes that are full.
//!
//! A client that a route's vehicle can't hold any more may still join the route if a free, larger vehicle drives it: so the
//! make-up of a fleet follows from what the next client costs (as in the savings of Golden, Assad, Levy & Gheysens 1984, *The
//! fleet size and mix vehicle routing problem*).

use super::candidate::Candidate;
use super::excess::Excess;
use super::fleet::free;
use super::insertion::Quest;
use super::route::route_cost;
use super::state::{Form, Placement, State};
use super::visit::Visit;

/// A free vehicle that could take a route over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Larger {
    shift: u32,
    /// An empty route of it.
    onto: u32,
    /// What the route as it is would cost more.
    base: i64,
}

impl Larger {
    /// The vehicle with which a route would cost least if the candidate's load came on top of its own, which its own
    /// vehicle can't hold; none where no free one holds it.
    pub fn of(state: &State<'_, '_>, candidate: &Candidate, index: u32) -> Option<Self> {
        let context = state.context;
        let route = &state.routes[index as usize];
        let own = &context.shifts[route.shift as usize];
        if own.larger.is_empty() || !route.is_plain {
            return None;
        }
        let mut best: Option<Self> = None;
        for &shift in &own.larger {
            let facts = &context.shifts[shift as usize];
            let freed = Excess { load: route.excess.load, time: 0 };
            let base = route_cost(facts, route.metres, route.duty) - route.cost - state.prices.sum(freed);
            let load = route.trip_load(0) + candidate.facts[facts.serving as usize].load;
            if best.is_some_and(|best| best.base <= base)
                || !load.fits(facts)
                || !context.allows(facts, candidate.client)
                || !route.clients.iter().all(|&client| context.allows(facts, client))
            {
                continue;
            }
            if let Some(onto) = free(state, route.shift, shift) {
                best = Some(Self { shift, onto, base });
            }
        }
        best
    }

    /// Finds what is cheaper with the route taken over.
    pub fn places(
        self,
        state: &State<'_, '_>,
        quest: &mut Quest<'_, '_>,
        index: u32,
        positions: impl Iterator<Item = usize>,
    ) {
        let (context, route) = (state.context, &state.routes[index as usize]);
        let shift = &context.shifts[self.shift as usize];
        let visit = Visit::new(context, quest.candidate, shift, state.prices);
        for position in positions {
            if !quest.blinks.blink() {
                let at = (index, position, Form::Join);
                visit.improve(quest, |limit| {
                    let place = visit.place_on(context, shift, route, at, self.base, limit)?;
                    Some(Placement { onto: self.onto, ..place })
                });
            }
        }
    }
}
