//! A child of two solutions: one of them with a cycle of its arcs exchanged for the other's.
//!
//! Edge assembly with a single cycle (Nagata & Bräysy 2009, *Edge assembly-based memetic algorithm for the capacitated vehicle routing
//! problem*, section 2.2): the child is as its first parent but along the cycle ([`arcs`](super::arcs)). What has become a round trip
//! without a depot is joined to a route where that makes it least longer. Ours: routes end where their own shifts do, and whoever no
//! longer fits is left out by loading, to be put in again.

use super::arcs::{Arcs, Cycle, Parents};
use super::context::{Context, NONE};
use super::crossing::{FIRST, OTHER, Offspring};
use super::rng::Rng;

/// The first solution with a random cycle exchanged; its seam are those who have a new neighbour. None where both solutions are the
/// same, or are not of the kind that [`Parents`] compares. O(clients + shifts · classes), and O(1) for each on a round trip.
pub(super) fn child(
    context: &Context<'_>,
    solutions: [&[(u32, Vec<u32>)]; 2],
    rng: &mut Rng,
) -> Option<Offspring> {
    let parents = Parents::new(context, solutions)?;
    let cycles = parents.cycles(rng);
    if cycles.is_empty() {
        return None;
    }
    let cycle = &cycles[rng.below(cycles.len())];
    let mut child = Assembled::of(&parents, cycle);
    child.join_round_trips();
    Some(child.finish())
}

/// The child as arcs.
struct Assembled<'a, 'c, 'p> {
    parents: &'a Parents<'c, 'p>,
    arcs: Arcs,
    /// The route of each client; none on a round trip.
    route_of: Vec<u32>,
    /// Who has a new neighbour, perhaps more than once.
    seam: Vec<u32>,
}

/// A place for a round trip: what it makes the route longer, the arc that gives way, and with which client the trip then begins.
#[derive(Clone, Copy)]
struct Place {
    metres: i64,
    arc: u32,
    begin: usize,
}

impl<'a, 'c, 'p> Assembled<'a, 'c, 'p> {
    /// How many near clients of each on a round trip are looked at. Ours.
    const NEAR: usize = 20;

    fn of(parents: &'a Parents<'c, 'p>, [gone, new]: &Cycle) -> Self {
        let clients = parents.context.clients();
        let route_of = vec![NONE; clients];
        let mut child = Self { parents, arcs: parents.arcs[FIRST].clone(), route_of, seam: Vec::new() };
        let mut leaving: Vec<u32> = gone.iter().copied().filter(|&arc| !child.is_client(arc)).collect();
        for &arc in new {
            let mut own = arc;
            if !child.is_client(arc) {
                // Any route that left the same depot by an arc that is gone.
                let at = leaving.iter().position(|&gone| parents.tail(gone) == parents.tail(arc));
                own = leaving.swap_remove(at.expect("as many go as come"));
            }
            child.link(own, parents.arcs[OTHER].head[arc as usize]);
        }
        for route in 0..parents.shifts.len() as u32 {
            for client in child.arcs.after(clients as u32 + route) {
                child.route_of[client as usize] = route;
            }
        }
        child
    }

    /// Whether an arc leaves, or ends at, a client.
    fn is_client(&self, number: u32) -> bool {
        (number as usize) < self.route_of.len()
    }

    fn link(&mut self, tail: u32, head: u32) {
        self.arcs.head[tail as usize] = head;
        if self.is_client(head) {
            self.arcs.into[head as usize] = tail;
        }
        let clients = self.route_of.len() as u32;
        self.seam.extend([tail, head].into_iter().filter(|&end| end < clients));
    }

    /// Joins each round trip to a route; whoever is near no route goes on an empty one, or is left out.
    fn join_round_trips(&mut self) {
        for client in 0..self.route_of.len() as u32 {
            if self.route_of[client as usize] != NONE || self.arcs.into[client as usize] == NONE {
                continue;
            }
            let rest = self.arcs.after(client).take_while(|&next| next != client);
            let round: Vec<u32> = std::iter::once(client).chain(rest).collect();
            match self.best_place(&round).or_else(|| self.empty_route()) {
                Some(place) => self.join(&round, place),
                None => round.iter().for_each(|&client| self.arcs.into[client as usize] = NONE),
            }
        }
    }

    fn join(&mut self, round: &[u32], Place { arc, begin, .. }: Place) {
        let last = round[(begin + round.len() - 1) % round.len()];
        let (route, head) = (self.route_after(arc), self.arcs.head[arc as usize]);
        self.link(arc, round[begin]);
        self.link(last, head);
        for &client in round {
            self.route_of[client as usize] = route;
        }
    }

    /// Where a round trip makes a route least longer, beside somebody near its first or last client.
    fn best_place(&self, round: &[u32]) -> Option<Place> {
        let mut best: Option<Place> = None;
        for (begin, &first) in round.iter().enumerate() {
            let last = self.arcs.into[first as usize];
            let near = |client: u32| {
                let near = self.parents.context.near(client).iter().take(Self::NEAR).copied();
                near.filter(|&client| self.route_of[client as usize] != NONE)
            };
            let before = near(last).map(|client| self.arcs.into[client as usize]);
            for arc in near(first).chain(before) {
                let metres = self.longer(arc, first, last);
                if best.is_none_or(|best| metres < best.metres) {
                    best = Some(Place { metres, arc, begin });
                }
            }
        }
        best
    }

    /// A route without visits.
    fn empty_route(&self) -> Option<Place> {
        let clients = self.route_of.len() as u32;
        let mut leaving = clients..self.arcs.head.len() as u32;
        let arc = leaving.find(|&arc| self.arcs.head[arc as usize] >= clients)?;
        Some(Place { metres: 0, arc, begin: 0 })
    }

    /// How much longer a route becomes where a round trip from `first` to `last` takes the place of an arc.
    fn longer(&self, arc: u32, first: u32, last: u32) -> i64 {
        let context = self.parents.context;
        let shift = &context.shifts[self.parents.shifts[self.route_after(arc) as usize] as usize];
        let point = |place: u32, depot: u32| context.points.get(place as usize).copied().unwrap_or(depot);
        let [tail, head] = [point(arc, shift.start), point(self.arcs.head[arc as usize], shift.end)];
        let [first, last] = [first, last].map(|client| context.points[client as usize]);
        let metres = |from: u32, to: u32| context.way(shift, from, to).metres;
        metres(tail, first) + metres(last, head) - metres(tail, head) - metres(last, first)
    }

    /// The route on which an arc is.
    fn route_after(&self, arc: u32) -> u32 {
        let clients = self.route_of.len() as u32;
        arc.checked_sub(clients).unwrap_or_else(|| self.route_of[arc as usize])
    }

    /// Routes with visits, and who has a new neighbour in them.
    fn finish(mut self) -> Offspring {
        self.seam.sort_unstable();
        self.seam.dedup();
        let routes = (self.route_of.len() as u32..).zip(&self.parents.shifts);
        let routes = routes.map(|(arc, &shift)| (shift, self.arcs.after(arc).collect::<Vec<u32>>()));
        Offspring {
            routes: routes.filter(|(_, clients)| !clients.is_empty()).collect(),
            trips: Vec::new(),
            seam: self.seam,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::solver::tests::assembly::{solution, with_two_depots};

    /// Length of a route.
    fn metres(context: &Context<'_>, shift: u32, clients: &[u32]) -> i64 {
        let shift = &context.shifts[shift as usize];
        let visits = clients.iter().map(|&client| context.points[client as usize]);
        let points: Vec<u32> = std::iter::once(shift.start).chain(visits).chain([shift.end]).collect();
        points.windows(2).map(|pair| context.way(shift, pair[0], pair[1]).metres).sum()
    }

    /// The least that a round trip makes any route with visits longer, by trying all rotations in all places.
    fn least_longer(context: &Context<'_>, routes: &[(u32, Vec<u32>)], round: &[u32]) -> i64 {
        let rotations = (0..round.len()).map(|cut| [&round[cut..], &round[..cut]].concat());
        let longer = rotations.flat_map(|round| {
            routes.iter().flat_map(move |(shift, clients)| {
                let round = round.clone();
                (0..=clients.len()).map(move |rank| {
                    let whole = [&clients[..rank], &round, &clients[rank..]].concat();
                    metres(context, *shift, &whole) - metres(context, *shift, clients)
                })
            })
        });
        longer.min().expect("a route with visits")
    }

    /// How often there is an arc from a place to another one.
    fn count(parents: &Parents<'_, '_>, arcs: &Arcs) -> BTreeMap<[u32; 2], i32> {
        let mut count = BTreeMap::new();
        for (arc, &head) in (0..).zip(&arcs.head).filter(|(_, head)| **head != NONE) {
            *count.entry([parents.tail(arc), head]).or_insert(0) += 1;
        }
        count
    }

    /// Every cycle of three hundred pairs of solutions.
    fn for_each_cycle(mut test: impl FnMut(&Parents<'_, '_>, &Cycle)) {
        for seed in 0..300 {
            let problem = with_two_depots(seed);
            let context = Context::new(&problem);
            let mut rng = Rng::new(seed, 13);
            let (first, other) = (solution(&mut rng), solution(&mut rng));
            let parents = Parents::new(&context, [&first, &other]).expect("both visit everybody on one day");
            parents.cycles(&mut rng).iter().for_each(|cycle| test(&parents, cycle));
        }
    }

    #[test]
    fn the_arcs_of_a_cycle_and_no_others_are_exchanged() {
        for_each_cycle(|parents, cycle| {
            let mut expected = count(parents, &parents.arcs[FIRST]);
            for (side, change) in [(FIRST, -1), (OTHER, 1)] {
                for &arc in &cycle[side] {
                    let head = parents.arcs[side].head[arc as usize];
                    *expected.entry([parents.tail(arc), head]).or_insert(0) += change;
                }
            }
            expected.retain(|_, count| *count != 0);
            let arcs = Assembled::of(parents, cycle).arcs;
            assert_eq!(count(parents, &arcs), expected);
            assert!((0..).zip(&arcs.into).all(|(client, &arc)| arcs.head[arc as usize] == client));
        });
    }

    #[test]
    fn a_round_trip_joins_the_route_that_it_makes_least_longer() {
        let mut joined = 0;
        for_each_cycle(|parents, cycle| {
            let context = parents.context;
            let child = || Assembled::of(parents, cycle);
            let on_routes = child().finish().routes;
            let is_on = |client: u32| on_routes.iter().any(|(_, clients)| clients.contains(&client));
            let left: Vec<u32> = (0..context.clients() as u32).filter(|&client| !is_on(client)).collect();
            let Some(&begin) = left.first().filter(|_| !on_routes.is_empty()) else { return };
            let heads = child().arcs.head;
            let after = |client: &u32| Some(heads[*client as usize]).filter(|&next| next != begin);
            let round: Vec<u32> = std::iter::successors(Some(begin), after).collect();
            if left.len() > round.len() {
                return;
            }
            let mut whole = child();
            whole.join_round_trips();
            let after = whole.finish().routes;
            let all = |routes: &[(u32, Vec<u32>)]| -> i64 {
                routes.iter().map(|(shift, clients)| metres(context, *shift, clients)).sum()
            };
            assert_eq!(all(&after), all(&on_routes) + least_longer(context, &on_routes, &round));
            joined += 1;
        });
        assert!(joined > 50, "{joined} round trips");
    }
}
