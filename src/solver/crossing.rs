//! A child of two solutions: routes of one around a client in place of as many of the other; where vehicles make several trips, trips.
//!
//! Selective route exchange (Nagata & Kobayashi 2010, *A memetic algorithm for the pickup and delivery problem with time windows
//! using selective route exchange crossover*): routes go over whole, and as many of the first parent give way, so that no remains of
//! routes go on as routes. Both sets are chosen for each other, so that few clients are in one of them alone, as theirs are. Ours:
//! they begin with the routes that serve mostly clients near one client, and each in turn is the best for the other. Clients of
//! routes that gave way are left out, to be put in again, and so is whoever finds no vehicle. Vehicles that make several trips share
//! few whole routes, however alike their trips: so trips go over one by one, and whoever makes them is found anew.

use std::borrow::Cow;

use super::context::{Context, NONE, trips_of, visits_of};
use super::rng::Rng;
use super::trips::join;

/// Shift and sequence of each route.
pub(super) type Sequences = Vec<(u32, Vec<u32>)>;

/// A child of two solutions.
#[derive(Clone, Debug)]
pub(super) struct Offspring {
    pub routes: Sequences,
    /// Trips that no vehicle makes yet, by the shifts on which they were made; where vehicles make one, nobody's.
    pub trips: Sequences,
    /// Where it was put together: clients whose neighbours in it are others than in the first parent.
    pub seam: Vec<u32>,
}

/// Makes children; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Crossing {
    is_near: Vec<bool>,
    is_taken: Vec<bool>,
}

impl Crossing {
    /// Least and greatest share of the clients that are near. Ours.
    const SHARE: (f64, f64) = (0.1, 0.5);

    /// Routes of `other` around a client, or trips, then those of `first` that don't give way, without the clients of these. Loading
    /// them keeps what keeps the rules ([`State::load_routes`](super::state::State::load_routes)). The seam are clients of `first`
    /// that have lost a neighbour, their route or their trip: nobody where the same clients share them as there.
    pub fn child(
        &mut self,
        context: &Context<'_>,
        first: &[(u32, Vec<u32>)],
        other: &[(u32, Vec<u32>)],
        rng: &mut Rng,
    ) -> Offspring {
        self.choose_near(context, rng);
        let is_by_trip = context.has_trips();
        let [own, others] = [first, other].map(|routes| units_of(routes, is_by_trip));
        let [gives_way, goes_over] = self.choose_routes(context, &own, &others);
        let taken = self.take_over(context, &others, &goes_over);
        let is_kept = |&client: &u32| client == NONE || !self.is_taken[client as usize];
        let (mut routes, trips) = if is_by_trip { (Vec::new(), taken) } else { (taken, Vec::new()) };
        let taken = routes.len();
        let mut seam = Vec::new();
        let mut units = own.iter().zip(gives_way);
        for (shift, clients) in first {
            let mut route = Vec::new();
            for ((_, clients), gives_way) in units.by_ref().take(units_in(clients, is_by_trip)) {
                let kept: Vec<u32> = clients.iter().copied().filter(is_kept).collect();
                if gives_way {
                    seam.extend(visits_of(&kept));
                    continue;
                }
                let ends = clients.windows(2).filter(|pair| is_kept(&pair[0]) != is_kept(&pair[1]));
                let beside = ends.map(|pair| if is_kept(&pair[0]) { pair[0] } else { pair[1] });
                seam.extend(beside.filter(|&client| client != NONE));
                join(&mut route, &kept);
            }
            if visits_of(&route).next().is_some() {
                routes.push((*shift, route));
            }
        }
        if !is_by_trip {
            // Where vehicles run out, those with few visits are left.
            routes[taken..].sort_by_key(|(_, clients)| std::cmp::Reverse(clients.len()));
        }
        Offspring { routes, trips, seam }
    }

    /// The routes that go over, whose clients are marked.
    fn take_over(
        &mut self,
        context: &Context<'_>,
        routes: &[(u32, Vec<u32>)],
        goes_over: &[bool],
    ) -> Sequences {
        self.is_taken.clear();
        self.is_taken.resize(context.clients(), false);
        let taken: Sequences =
            routes.iter().zip(goes_over).filter(|(_, goes)| **goes).map(|(route, _)| route.clone()).collect();
        for client in taken.iter().flat_map(|(_, clients)| visits_of(clients)) {
            self.is_taken[client as usize] = true;
        }
        taken
    }

    /// Which routes of the first parent give way and which of the other one go over.
    fn choose_routes(
        &self,
        context: &Context<'_>,
        first: &[(u32, Vec<u32>)],
        other: &[(u32, Vec<u32>)],
    ) -> [Vec<bool>; 2] {
        let mut chosen = [vec![false; first.len()], vec![false; other.len()]];
        for day in 0..context.days {
            let common = Common::on(context, day, [first, other]);
            let over: Vec<bool> = common.sizes[OTHER]
                .iter()
                .zip(other)
                .map(|(&visits, (_, clients))| visits > 0 && self.is_mostly_near(clients, visits))
                .collect();
            for (all, of_day) in chosen.iter_mut().zip(common.matched(over)) {
                all.iter_mut().zip(of_day).for_each(|(is_chosen, today)| *is_chosen |= today);
            }
        }
        chosen
    }

    /// Whether most of a route's so many visits are near.
    fn is_mostly_near(&self, clients: &[u32], visits: i64) -> bool {
        2 * visits_of(clients).filter(|&client| self.is_near[client as usize]).count() as i64 > visits
    }

    /// Marks a random client and those nearest to it.
    fn choose_near(&mut self, context: &Context<'_>, rng: &mut Rng) {
        let clients = context.clients();
        self.is_near.clear();
        self.is_near.resize(clients, false);
        let seed = rng.below(clients) as u32;
        let share = Self::SHARE.0 + rng.unit() * (Self::SHARE.1 - Self::SHARE.0);
        let near = context.near(seed).iter().take((share * clients as f64) as usize);
        std::iter::once(&seed).chain(near).for_each(|&client| self.is_near[client as usize] = true);
    }
}

/// What goes over or gives way as one: routes, or the trips of each, one after the other.
fn units_of(routes: &[(u32, Vec<u32>)], is_by_trip: bool) -> Cow<'_, [(u32, Vec<u32>)]> {
    if !is_by_trip {
        return Cow::Borrowed(routes);
    }
    routes.iter().flat_map(|(shift, clients)| trips_of(clients).map(|trip| (*shift, trip.to_vec()))).collect()
}

/// How many of them a route is.
fn units_in(clients: &[u32], is_by_trip: bool) -> usize {
    if is_by_trip { trips_of(clients).count() } else { 1 }
}

/// The two parents.
pub(super) const FIRST: usize = 0;
pub(super) const OTHER: usize = 1;

/// What the routes of two solutions have in common on a day.
struct Common {
    /// Visits of each route of each solution; none on other days.
    sizes: [Vec<i64>; 2],
    /// The two routes of each client whom both visit.
    shared: Vec<[usize; 2]>,
}

impl Common {
    /// How often the sets of routes are chosen for each other at most: ties might go round. Ours.
    const PASSES: usize = 20;

    /// O(clients + visits).
    fn on(context: &Context<'_>, day: usize, parents: [&[(u32, Vec<u32>)]; 2]) -> Self {
        let mut route_of = vec![[None; 2]; context.clients()];
        let sizes = [FIRST, OTHER].map(|side| {
            let mut sizes = vec![0; parents[side].len()];
            for (route, (shift, clients)) in parents[side].iter().enumerate() {
                if usize::from(context.shifts[*shift as usize].day) == day {
                    visits_of(clients).for_each(|client| {
                        route_of[client as usize][side] = Some(route);
                        sizes[route] += 1;
                    });
                }
            }
            sizes
        });
        let shared = route_of.iter().filter_map(|&[first, other]| Some([first?, other?])).collect();
        Self { sizes, shared }
    }

    /// Begins with the routes `over` of the other parent: as many of the first, then each side chosen anew for the other one until
    /// neither changes.
    fn matched(&self, mut over: Vec<bool>) -> [Vec<bool>; 2] {
        let count = over.iter().filter(|goes| **goes).count();
        let mut way = self.closest(FIRST, &over, count);
        for _ in 0..Self::PASSES {
            let next = self.closest(OTHER, &way, count);
            if next == over {
                break;
            }
            over = next;
            way = self.closest(FIRST, &over, count);
        }
        [way, over]
    }

    /// The routes of one side, at most `count`, that share a client with the chosen ones of the other side and with them have least
    /// clients in one set alone.
    fn closest(&self, side: usize, chosen: &[bool], count: usize) -> Vec<bool> {
        let mut common = vec![0; self.sizes[side].len()];
        for routes in self.shared.iter().filter(|routes| chosen[routes[1 - side]]) {
            common[routes[side]] += 1;
        }
        let mut routes: Vec<(i64, usize)> = common
            .iter()
            .enumerate()
            .filter(|(_, common)| **common > 0)
            .map(|(route, common)| (self.sizes[side][route] - 2 * common, route))
            .collect();
        routes.sort_unstable();
        let mut closest = vec![false; common.len()];
        routes.iter().take(count).for_each(|&(_, route)| closest[route] = true);
        closest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many clients are in one of the two sets alone.
    fn apart(common: &Common, own: &[bool], chosen: &[bool]) -> i64 {
        let sum = |sizes: &[i64], set: &[bool]| -> i64 {
            sizes.iter().zip(set).map(|(size, is_in)| size * i64::from(*is_in)).sum()
        };
        let both = common.shared.iter().filter(|routes| own[routes[FIRST]] && chosen[routes[OTHER]]).count();
        sum(&common.sizes[FIRST], own) + sum(&common.sizes[OTHER], chosen) - 2 * both as i64
    }

    /// The least of that for all sets of `count` routes of the first parent each of which shares a client with the other set.
    fn least_apart(common: &Common, chosen: &[bool], count: usize) -> i64 {
        let shares =
            |route: usize| common.shared.iter().any(|routes| routes[FIRST] == route && chosen[routes[OTHER]]);
        let routes = common.sizes[FIRST].len();
        (0..1u32 << routes)
            .map(|set| (0..routes).map(|route| set >> route & 1 == 1).collect::<Vec<bool>>())
            .filter(|own| own.iter().filter(|is_in| **is_in).count() == count)
            .filter(|own| own.iter().enumerate().all(|(route, is_in)| !is_in || shares(route)))
            .map(|own| apart(common, &own, chosen))
            .min()
            .expect("a set")
    }

    #[test]
    fn the_closest_routes_leave_least_clients_in_one_set_alone() {
        let mut rng = Rng::new(3, 3);
        for _ in 0..200 {
            let shared: Vec<[usize; 2]> = (0..30).map(|_| [rng.below(5), rng.below(6)]).collect();
            // Some clients are visited by one parent alone.
            let mut sizes = [vec![1; 5], vec![1; 6]];
            for routes in &shared {
                sizes[FIRST][routes[FIRST]] += 1;
                sizes[OTHER][routes[OTHER]] += 1;
            }
            let common = Common { sizes, shared };
            let chosen: Vec<bool> = (0..6).map(|_| rng.chance(0.5)).collect();
            let count = 1 + rng.below(3);
            let closest = common.closest(FIRST, &chosen, count);
            let found = closest.iter().filter(|is_in| **is_in).count();
            assert_eq!(apart(&common, &closest, &chosen), least_apart(&common, &chosen, found));
        }
    }

    #[test]
    fn sets_are_chosen_until_each_is_the_best_for_the_other() {
        // The third routes are the same; the first and second ones share one client of three crosswise.
        let shared = vec![[0, 0], [0, 0], [0, 1], [1, 1], [1, 1], [1, 0], [2, 2], [2, 2], [2, 2]];
        let common = Common { sizes: [vec![3; 3], vec![3; 3]], shared };
        let [way, over] = common.matched(vec![true, false, false]);
        assert_eq!((way, over), (vec![true, false, false], vec![true, false, false]));
        // Only the first route shares clients with the second one of the other parent, and it shares more with the first one.
        let shared = vec![[0, 0], [0, 0], [0, 0], [0, 1], [0, 1]];
        let common = Common { sizes: [vec![5, 1], vec![3, 4]], shared };
        let [way, over] = common.matched(vec![false, true]);
        assert_eq!((way, over), (vec![true, false], vec![true, false]));
    }
}
