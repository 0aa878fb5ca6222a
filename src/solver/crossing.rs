//! A child of two solutions: routes of one around a client, the rest of the other.
//!
//! After the selective route exchange of Nagata & Kobayashi (2010, *A memetic algorithm for the pickup and delivery problem with
//! time windows using selective route exchange crossover*), routes go over whole. Ours: they are those of all days that serve mostly clients near one client, so that patterns go
//! over with them; who is then visited on days of no pattern, or finds no vehicle, is left out, to be put in again.

use super::context::{Context, NONE};
use super::rng::Rng;

/// Shift and sequence of each route.
pub(super) type Sequences = Vec<(u32, Vec<u32>)>;

/// Makes children; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Crossing {
    is_near: Vec<bool>,
    is_taken: Vec<bool>,
}

impl Crossing {
    /// Least and greatest share of the clients that are near. Ours.
    const SHARE: (f64, f64) = (0.1, 0.5);

    /// Routes of `other` around a client, then those of `first` without the clients of these. Loading them keeps what keeps the
    /// rules ([`State::load_routes`](super::state::State::load_routes)).
    pub fn child(
        &mut self,
        context: &Context<'_>,
        first: &[(u32, Vec<u32>)],
        other: &[(u32, Vec<u32>)],
        rng: &mut Rng,
    ) -> Sequences {
        self.choose_near(context, rng);
        self.is_taken.clear();
        self.is_taken.resize(context.clients(), false);
        let mut child: Sequences = Vec::new();
        for (shift, clients) in other {
            let visits = clients.iter().filter(|&&client| client != NONE);
            let near = visits.clone().filter(|&&client| self.is_near[client as usize]).count();
            if 2 * near > visits.clone().count() {
                visits.for_each(|&client| self.is_taken[client as usize] = true);
                child.push((*shift, clients.clone()));
            }
        }
        let taken = child.len();
        for (shift, clients) in first {
            let is_kept = |&client: &u32| client == NONE || !self.is_taken[client as usize];
            let kept: Vec<u32> = clients.iter().copied().filter(is_kept).collect();
            if kept.iter().any(|&client| client != NONE) {
                child.push((*shift, kept));
            }
        }
        // Where vehicles run out, those with few visits are left.
        child[taken..].sort_by_key(|(_, clients)| std::cmp::Reverse(clients.len()));
        child
    }

    /// Clients of the routes that went over whole.
    pub fn taken(&self) -> impl Iterator<Item = u32> {
        (0..self.is_taken.len() as u32).filter(|&client| self.is_taken[client as usize])
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
