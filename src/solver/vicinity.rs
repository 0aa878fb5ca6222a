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
    /// Near whose visits, other than its own, some visit of each route is.
    any: Vec<u64>,
    /// Which version each route has, if it isn't as it was at the last commit.
    version: Vec<Option<u64>>,
}

impl Vicinity {
    /// A change of some visits touches a few routes a day; of more than fit a word the rest is not looked at.
    const ROUTES_MOST: usize = 64;
    const UNNUMBERED: u8 = u8::MAX;

    /// All of some routes are beside each other, by visits that may go, by number and rank; all of them have changed.
    #[cfg(test)]
    pub fn of(routes: &[u32], visits: impl Fn(u32) -> usize, may_go: impl Fn(usize, usize) -> bool) -> Self {
        let mut vicinity = Self { routes: routes.to_vec(), ..Self::default() };
        for (number, &route) in routes.iter().enumerate() {
            let near = (0..visits(route)).map(|rank| u64::MAX * u64::from(may_go(number, rank)));
            vicinity.begin.push(vicinity.near.len());
            vicinity.near.extend(near);
            vicinity.any.push(!(1 << number));
            vicinity.version.push(Some(u64::MAX));
        }
        vicinity
    }

    /// Looks for the nearest visits of each visit of the first touched routes, which have at most so many together.
    /// `O(visits × nearest)`.
    pub fn look(&mut self, state: &State<'_, '_>, nearest: usize, visits_most: usize) {
        let context = state.context;
        self.routes.clear();
        self.version.clear();
        let mut visits = 0;
        for (route, old) in state.touched().iter().take(Self::ROUTES_MOST) {
            let now = &state.routes[*route as usize];
            visits += now.clients.len();
            if visits > visits_most {
                break;
            }
            self.version.push((now.clients != old.clients).then_some(now.version));
            self.routes.push(*route);
        }
        self.number.resize(context.slots(), Self::UNNUMBERED);
        self.write_numbers(state, |number| number);
        self.near.clear();
        self.begin.clear();
        self.any.clear();
        for (own, &route) in self.routes.iter().enumerate() {
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
            let all = self.near[self.begin[own]..].iter().fold(0, |set, near| set | near);
            self.any.push(all & !(1 << own));
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

    /// Whether some visit of a route, by number, is near one of the other.
    pub fn is_beside(&self, first: usize, second: usize) -> bool {
        self.any[first] >> second & 1 == 1
    }

    /// Whether one of some routes has changed after that version, and isn't as it was at the last commit.
    pub fn is_any_new<const N: usize>(&self, numbers: [usize; N], version: u64) -> bool {
        numbers.into_iter().any(|number| self.version[number].is_some_and(|own| own > version))
    }

    /// Whether two routes have visits near the other one's, and one of them has changed after that version.
    pub fn is_pair(&self, first: usize, second: usize, version: u64) -> bool {
        self.is_beside(first, second)
            && self.is_beside(second, first)
            && self.is_any_new([first, second], version)
    }

    /// Whether the visit at a rank of one route, by number, is near some visit of another one.
    pub fn is_near(&self, first: usize, second: usize) -> impl Fn(usize) -> bool {
        let near = &self.near[self.begin[first]..];
        move |rank| near[rank] >> second & 1 == 1
    }
}
