//! Which of the routes that a change has touched lie side by side, and with which of their visits.

use super::context::{NONE, visits_of};
use super::state::State;

/// The routes touched since the last commit, as far as they are looked at, by number; sets of them are bits.
#[derive(Clone, Debug, Default)]
pub(super) struct Vicinity {
    /// The routes.
    pub routes: Vec<u32>,
    /// The number of the route of each visit, by [`slot`](super::context::Context::slot), where it has one: fewer bytes than a spot
    /// has.
    number: Vec<u8>,
    /// Near whose visits each visit is, one route after the other, and where each route's begin.
    near: Vec<u64>,
    begin: Vec<usize>,
    /// Near whose visits some visit of each route is.
    any: Vec<u64>,
    /// Those that are not as they were.
    new: u64,
}

impl Vicinity {
    /// A change of some visits touches a few routes a day; of more than fit a word the rest is not looked at.
    const ROUTES_MOST: usize = 64;
    const UNNUMBERED: u8 = u8::MAX;

    /// Looks for the nearest visits of each visit of the touched routes; as they were counts what has no later version than that,
    /// and what is as it was at the last commit. `O(visits × nearest)`.
    pub fn look(&mut self, state: &State<'_, '_>, nearest: usize, version: u64) {
        let context = state.context;
        self.routes.clear();
        self.new = 0;
        for (number, (route, old)) in state.touched().iter().take(Self::ROUTES_MOST).enumerate() {
            let now = &state.routes[*route as usize];
            let is_new = now.version > version && now.clients != old.clients;
            self.new |= u64::from(is_new) << number;
            self.routes.push(*route);
        }
        self.number.resize(context.slots(), Self::UNNUMBERED);
        self.write_numbers(state, |number| number);
        self.near.clear();
        self.begin.clear();
        self.any.clear();
        for &route in &self.routes {
            let route = &state.routes[route as usize];
            let day = context.shifts[route.shift as usize].day;
            self.begin.push(self.near.len());
            let number = |&near: &u32| {
                let number = self.number[context.slot(near, day)];
                (number != Self::UNNUMBERED).then_some(number)
            };
            let near = |&client: &u32| {
                let near = if client == NONE { &[][..] } else { context.near(client) };
                near.iter().take(nearest).filter_map(number).fold(0u64, |set, number| set | 1 << number)
            };
            self.near.extend(route.clients.iter().map(near));
            let own = &self.near[self.near.len() - route.clients.len()..];
            self.any.push(own.iter().fold(0, |set, near| set | near));
        }
        self.write_numbers(state, |_| Self::UNNUMBERED);
    }

    /// Writes for all visits of the routes what their numbers stand for.
    fn write_numbers(&mut self, state: &State<'_, '_>, written: impl Fn(u8) -> u8) {
        for (number, &route) in (0..).zip(&self.routes) {
            let route = &state.routes[route as usize];
            let day = state.context.shifts[route.shift as usize].day;
            for client in visits_of(&route.clients) {
                self.number[state.context.slot(client, day)] = written(number);
            }
        }
    }

    /// Whether two routes, by number, have visits near the other one's, and one of them is not as it was.
    pub fn is_pair(&self, first: usize, second: usize) -> bool {
        let has = |set: u64, number: usize| set >> number & 1 == 1;
        has(self.any[first], second)
            && has(self.any[second], first)
            && (has(self.new, first) || has(self.new, second))
    }

    /// Whether the visit at a rank of one route, by number, is near some visit of another one.
    pub fn is_near(&self, first: usize, second: usize) -> impl Fn(usize) -> bool {
        let near = &self.near[self.begin[first]..];
        move |rank| near[rank] >> second & 1 == 1
    }
}
