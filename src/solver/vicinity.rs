//! Which of the trips of the routes that a change has touched lie side by side, and with which of their visits.

use super::side::Trip;
use super::state::State;

/// The trips of the routes touched since the last commit, as far as they are looked at, by number; sets of them are bits. Trips of
/// one route are not beside each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Vicinity {
    /// The trips, those of a route one after the other.
    pub trips: Vec<Trip>,
    /// The number of the trip of each visit, by [`slot`](super::context::Context::slot), where it has one: fewer bytes than a spot
    /// has.
    number: Vec<u8>,
    /// Near whose visits each visit is, one trip after the other, and where each trip's begin.
    near: Vec<u64>,
    begin: Vec<usize>,
    /// Near whose visits, other than its route's own, some visit of each trip is.
    any: Vec<u64>,
    /// Which version the route of each trip has, if it isn't as it was at the last commit.
    version: Vec<Option<u64>>,
}

impl Vicinity {
    /// A change of some visits touches a few routes a day; of more trips than fit a word the rest is not looked at.
    const TRIPS_MOST: usize = 64;
    const UNNUMBERED: u8 = u8::MAX;

    /// All trips of different routes are beside each other, by visits that may go, by number and rank; all of them have changed.
    #[cfg(test)]
    pub fn of(trips: &[Trip], visits: impl Fn(Trip) -> usize, may_go: impl Fn(usize, usize) -> bool) -> Self {
        let mut vicinity = Self { trips: trips.to_vec(), ..Self::default() };
        for (number, trip) in trips.iter().enumerate() {
            let near = (0..visits(*trip)).map(|rank| u64::MAX * u64::from(may_go(number, rank)));
            vicinity.begin.push(vicinity.near.len());
            vicinity.near.extend(near);
            vicinity.any.push(!vicinity.trips_of(trip.route));
            vicinity.version.push(Some(u64::MAX));
        }
        vicinity
    }

    /// Looks for the nearest visits of each visit of the first touched routes, which have at most so many together.
    /// `O(visits × nearest)`.
    pub fn look(&mut self, state: &State<'_, '_>, nearest: usize, visits_most: usize) {
        let context = state.context;
        self.trips.clear();
        self.version.clear();
        let mut visits = 0;
        for &(route, ref old) in state.touched() {
            let now = &state.routes[route as usize];
            visits += now.visits();
            if visits > visits_most || self.trips.len() + now.trips.len() > Self::TRIPS_MOST {
                break;
            }
            let version = (now.clients != old.clients).then_some(now.version);
            let ranks = 0..now.trips.len() as u32;
            self.version.extend(ranks.clone().map(|_| version));
            self.trips.extend(ranks.map(|rank| Trip { route, rank }));
        }
        self.number.resize(context.slots(), Self::UNNUMBERED);
        self.write_numbers(state, |number| number);
        self.near.clear();
        self.begin.clear();
        self.any.clear();
        for trip in &self.trips {
            let route = &state.routes[trip.route as usize];
            let day = context.shifts[route.shift as usize].day;
            let number = |&near: &u32| {
                let number = self.number[context.slot(near, day)];
                (number != Self::UNNUMBERED).then_some(number)
            };
            let near = |&client: &u32| {
                let near = context.near(client).iter().take(nearest);
                near.filter_map(number).fold(0u64, |set, number| set | 1 << number)
            };
            let begin = self.near.len();
            self.near.extend(route.clients[route.trip(trip.rank as usize)].iter().map(near));
            let all = self.near[begin..].iter().fold(0, |set, near| set | near);
            self.begin.push(begin);
            self.any.push(all & !self.trips_of(trip.route));
        }
        self.write_numbers(state, |_| Self::UNNUMBERED);
    }

    /// Writes for all visits of the trips what their numbers stand for.
    fn write_numbers(&mut self, state: &State<'_, '_>, written: impl Fn(u8) -> u8) {
        for (number, trip) in (0..).zip(&self.trips) {
            let route = &state.routes[trip.route as usize];
            let day = state.context.shifts[route.shift as usize].day;
            for &client in &route.clients[route.trip(trip.rank as usize)] {
                self.number[state.context.slot(client, day)] = written(number);
            }
        }
    }

    /// The trips of a route.
    fn trips_of(&self, route: u32) -> u64 {
        let own = (0..).zip(&self.trips).filter(|(_, trip)| trip.route == route);
        own.fold(0, |set, (number, _): (u32, _)| set | 1 << number)
    }

    /// Whether some visit of a trip, by number, is near one of the other.
    pub fn is_beside(&self, first: usize, second: usize) -> bool {
        self.any[first] >> second & 1 == 1
    }

    /// Whether the route of one of some trips has changed after that version, and isn't as it was at the last commit.
    pub fn is_any_new<const N: usize>(&self, numbers: [usize; N], version: u64) -> bool {
        numbers.into_iter().any(|number| self.version[number].is_some_and(|own| own > version))
    }

    /// Whether two trips have visits near the other one's, and the route of one of them has changed after that version.
    pub fn is_pair(&self, first: usize, second: usize, version: u64) -> bool {
        self.is_beside(first, second)
            && self.is_beside(second, first)
            && self.is_any_new([first, second], version)
    }

    /// Whether the visit at a rank of one trip, by number, is near some visit of another one.
    pub fn is_near(&self, first: usize, second: usize) -> impl Fn(usize) -> bool {
        let near = &self.near[self.begin[first]..];
        move |rank| near[rank] >> second & 1 == 1
    }
}
