//! Who may go over between the routes that an iteration has touched: what exchanges of visits
//! ([`swap_star`](super::swap_star)) and chains of ejections ([`ejection`](super::ejection)) are made of.

use super::side::{Between, Guest, Leavers, Side};
use super::state::State;
use super::vicinity::Vicinity;

/// What is known of a version of a route, or of a pair of them.
#[derive(Clone, Debug, Default)]
struct Known<const N: usize, T> {
    versions: Option<[u64; N]>,
    what: T,
}

impl<const N: usize, T> Known<N, T> {
    /// What is to be found anew, none if it is known of these versions.
    fn renew(&mut self, versions: [u64; N]) -> Option<&mut T> {
        let known = self.versions.replace(versions);
        (known != Some(versions)).then_some(&mut self.what)
    }
}

/// The guests of a route among the visits of another one.
#[derive(Clone, Debug, Default)]
struct Party {
    guests: Vec<Guest>,
    between: Between,
}

/// Who may go over between the routes of a [`Vicinity`], by the numbers of these; owns the buffers. What was found holds until
/// one of the two routes changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Guests {
    leavers: Vec<Known<1, Leavers>>,
    parties: Vec<Known<2, Party>>,
}

impl Guests {
    /// Where a pair is kept, however many routes there are (the pairing of Szudzik 2006).
    fn index([from, to]: [usize; 2]) -> usize {
        if from < to { to * to + from } else { from * from + from + to }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.leavers.iter_mut().for_each(|known| known.versions = None);
        self.parties.iter_mut().for_each(|known| known.versions = None);
    }

    /// Looks for the guests of the pairs asked for, where a route has changed. `O(n²)` for two routes of `n` visits.
    pub fn update(
        &mut self,
        state: &State<'_, '_>,
        vicinity: &Vicinity,
        is_asked_for: impl Fn([usize; 2]) -> bool,
    ) {
        let sides: Vec<_> = vicinity.routes.iter().map(|&route| Side::of(state, route)).collect();
        let count = sides.len();
        self.leavers.resize_with(count.max(self.leavers.len()), Known::default);
        self.parties.resize_with((count * count).max(self.parties.len()), Known::default);
        for (known, side) in self.leavers.iter_mut().zip(&sides) {
            let Some(side) = side else { continue };
            if let Some(leavers) = known.renew([side.route.version]) {
                side.leavers(leavers);
            }
        }
        let price = |side: &Side<'_>| state.prices.of_load(side.heavy()).unwrap_or(0);
        for (from, side) in sides.iter().enumerate() {
            for (to, other) in sides.iter().enumerate() {
                if to == from || !is_asked_for([from, to]) {
                    continue;
                }
                let versions =
                    [from, to].map(|number| state.routes[vicinity.routes[number] as usize].version);
                let Some(party) = self.parties[Self::index([from, to])].renew(versions) else { continue };
                let Party { guests, between } = party;
                guests.clear();
                let (Some(side), Some(other)) = (side, other) else { continue };
                let may_go = vicinity.is_near(from, to);
                side.guests(&self.leavers[from].what, other, may_go, guests, between);
                // In an exchange a place is worth no more than who comes, who leaves for that and what is too heavy now, unless
                // somebody comes for less than nothing; chains seldom need a dearer one.
                let worth = self.leavers[to].what.most_saved + price(side) + price(other);
                for guest in guests {
                    other.place(guest, between, guest.leaver.freed + worth);
                }
            }
        }
    }

    /// The guests of a pair that was asked for, those of the first route that may go to the second one.
    pub fn of(&self, numbers: [usize; 2]) -> (&[Guest], &Between) {
        let known = &self.parties[Self::index(numbers)];
        debug_assert!(known.versions.is_some(), "was asked for");
        (&known.what.guests, &known.what.between)
    }
}
