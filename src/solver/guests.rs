//! Who may go over between the routes that an iteration has touched: what exchanges of visits
//! ([`swap_star`](super::swap_star)) and chains of ejections ([`ejection`](super::ejection)) are made of.

use super::side::{Between, Guest, Leavers, Side};
use super::state::State;
use super::vicinity::Vicinity;

/// The guests of a route among the visits of another one.
#[derive(Clone, Debug, Default)]
struct Party {
    guests: Vec<Guest>,
    between: Between,
}

/// Which of the parties is that of two routes, of these versions.
#[derive(Clone, Copy, Debug)]
struct Known {
    versions: [u64; 2],
    party: usize,
}

/// Who may go over between the routes of a [`Vicinity`], by the numbers of these; owns the buffers. What was found holds until
/// one of the two routes changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Guests {
    /// Who may leave each route, and of which version.
    leavers: Vec<(Option<u64>, Leavers)>,
    /// What is known of each pair of routes.
    known: Vec<Option<Known>>,
    /// The parties, of which so many are taken: pairs that are asked for are few of all.
    parties: Vec<Party>,
    taken: usize,
}

impl Guests {
    /// Where a pair is kept, however many routes there are (the pairing of Szudzik 2006).
    fn index([from, to]: [usize; 2]) -> usize {
        if from < to { to * to + from } else { from * from + from + to }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.leavers.iter_mut().for_each(|(version, _)| *version = None);
        self.known.fill(None);
        self.taken = 0;
    }

    /// The party of a pair that is to be found anew, none if it is known of these versions.
    fn renew(&mut self, numbers: [usize; 2], versions: [u64; 2]) -> Option<usize> {
        let known = &mut self.known[Self::index(numbers)];
        if known.is_some_and(|known| known.versions == versions) {
            return None;
        }
        let party = known.map_or(self.taken, |known| known.party);
        *known = Some(Known { versions, party });
        if party == self.taken {
            self.taken += 1;
            self.parties.resize_with(self.taken.max(self.parties.len()), Party::default);
        }
        Some(party)
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
        self.leavers.resize_with(count.max(self.leavers.len()), Default::default);
        self.known.resize((count * count).max(self.known.len()), None);
        for ((version, leavers), side) in self.leavers.iter_mut().zip(&sides) {
            let Some(side) = side else { continue };
            if version.replace(side.route.version) != Some(side.route.version) {
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
                let Some(party) = self.renew([from, to], versions) else { continue };
                let Party { guests, between } = &mut self.parties[party];
                guests.clear();
                let (Some(side), Some(other)) = (side, other) else { continue };
                let may_go = vicinity.is_near(from, to);
                side.guests(&self.leavers[from].1, other, may_go, guests, between);
                // In an exchange a place is worth no more than who comes, who leaves for that and what is too heavy now, unless
                // somebody comes for less than nothing; chains seldom need a dearer one.
                let worth = self.leavers[to].1.most_saved + price(side) + price(other);
                for guest in guests {
                    other.place(guest, between, guest.leaver.freed + worth);
                }
            }
        }
    }

    /// The guests of a pair that was asked for, those of the first route that may go to the second one.
    ///
    /// # Panics
    /// Where it was not.
    pub fn of(&self, numbers: [usize; 2]) -> (&[Guest], &Between) {
        let known = self.known[Self::index(numbers)].expect("was asked for");
        let Party { guests, between } = &self.parties[known.party];
        (guests, between)
    }
}
