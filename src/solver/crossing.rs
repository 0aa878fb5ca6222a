//! A child of two solutions: routes of one around a client in place of as many of the other.
//!
//! Selective route exchange (Nagata & Kobayashi 2010, *A memetic algorithm for the pickup and delivery problem with time windows
//! using selective route exchange crossover*): routes go over whole, and as many of the first parent, those of which least is left,
//! give way, so that no remains of routes go on as routes. Ours: those that go over serve mostly clients near one client. Clients of
//! routes that gave way are left out, to be put in again, and so is whoever finds no vehicle.

use super::context::{Context, NONE, visits_of};
use super::rng::Rng;

/// Shift and sequence of each route.
pub(super) type Sequences = Vec<(u32, Vec<u32>)>;

/// Makes children; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Crossing {
    is_near: Vec<bool>,
    is_taken: Vec<bool>,
    /// Where the child was put together: clients of the first parent that have lost a neighbour or their route; empty where the
    /// same clients share routes as in that parent.
    pub seam: Vec<u32>,
}

impl Crossing {
    /// Least and greatest share of the clients that are near. Ours.
    const SHARE: (f64, f64) = (0.1, 0.5);

    /// Routes of `other` around a client, then those of `first` that don't give way, without the clients of these. Loading them
    /// keeps what keeps the rules ([`State::load_routes`](super::state::State::load_routes)).
    pub fn child(
        &mut self,
        context: &Context<'_>,
        first: &[(u32, Vec<u32>)],
        other: &[(u32, Vec<u32>)],
        rng: &mut Rng,
    ) -> Sequences {
        self.choose_near(context, rng);
        let mut child = self.take_over(context, other);
        let taken = child.len();
        let gives_way = self.giving_way(context, first, &child);
        let is_kept = |&client: &u32| client == NONE || !self.is_taken[client as usize];
        self.seam.clear();
        for ((shift, clients), gives_way) in first.iter().zip(gives_way) {
            let kept: Vec<u32> = clients.iter().copied().filter(is_kept).collect();
            if gives_way {
                self.seam.extend(visits_of(&kept));
                continue;
            }
            let ends = clients.windows(2).filter(|pair| is_kept(&pair[0]) != is_kept(&pair[1]));
            let beside = ends.map(|pair| if is_kept(&pair[0]) { pair[0] } else { pair[1] });
            self.seam.extend(beside.filter(|&client| client != NONE));
            if visits_of(&kept).next().is_some() {
                child.push((*shift, kept));
            }
        }
        // Where vehicles run out, those with few visits are left.
        child[taken..].sort_by_key(|(_, clients)| std::cmp::Reverse(clients.len()));
        child
    }

    /// The routes that serve mostly near clients, whose clients are marked.
    fn take_over(&mut self, context: &Context<'_>, routes: &[(u32, Vec<u32>)]) -> Sequences {
        self.is_taken.clear();
        self.is_taken.resize(context.clients(), false);
        let mut taken = Sequences::new();
        for (shift, clients) in routes {
            let near = visits_of(clients).filter(|&client| self.is_near[client as usize]).count();
            if 2 * near > visits_of(clients).count() {
                visits_of(clients).for_each(|client| self.is_taken[client as usize] = true);
                taken.push((*shift, clients.clone()));
            }
        }
        taken
    }

    /// Which routes give way to those that went over: on each day as many, those of which the least share is left.
    fn giving_way(
        &self,
        context: &Context<'_>,
        routes: &[(u32, Vec<u32>)],
        taken: &[(u32, Vec<u32>)],
    ) -> Vec<bool> {
        let day = |shift: u32| usize::from(context.shifts[shift as usize].day);
        let mut due = vec![0usize; context.days];
        for &(shift, _) in taken {
            due[day(shift)] += 1;
        }
        let left = |clients: &[u32]| {
            let all = visits_of(clients).count();
            let left = visits_of(clients).filter(|&client| !self.is_taken[client as usize]).count();
            (left < all).then(|| 1000 * left / all)
        };
        let mut losing: Vec<(usize, usize)> = routes
            .iter()
            .enumerate()
            .filter_map(|(index, (_, clients))| Some((left(clients)?, index)))
            .collect();
        losing.sort_unstable();
        let mut gives_way = vec![false; routes.len()];
        for (_, index) in losing {
            let due = &mut due[day(routes[index].0)];
            gives_way[index] = *due > 0;
            *due = due.saturating_sub(1);
        }
        gives_way
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
