//! Who may go over between the trips of the routes that an iteration has touched: what exchanges of visits
//! ([`swap_star`](super::swap_star)) and chains of ejections ([`ejection`](super::ejection)) are made of.

use std::ops::Range;

use super::excess::Prices;
use super::side::{Between, Guest, Leavers, Side, WayAndBack};
use super::state::State;
use super::vicinity::Vicinity;

/// A trip of a route of that version.
type Version = (u32, u64);

/// Which of all guests, and ways, are those of the first of two trips, of these versions, and the second one, which has so many
/// points.
#[derive(Clone, Debug)]
struct Party {
    versions: [Version; 2],
    guests: Range<usize>,
    ways: Range<usize>,
    points: usize,
}

/// Who may go over between the trips of a [`Vicinity`], by the numbers of these; owns the buffers. What was found holds until
/// one of the two routes changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Guests {
    /// Who may leave each trip, and of which version.
    leavers: Vec<(Option<Version>, Leavers)>,
    /// What is known of each pair of trips.
    parties: Vec<Option<Party>>,
    /// The guests of all parties, and the ways, one party after the other.
    invited: Vec<Guest>,
    ways: Vec<WayAndBack>,
}

impl Guests {
    /// Where a pair is kept, however many trips there are (the pairing of Szudzik 2006).
    fn index([from, to]: [usize; 2]) -> usize {
        if from < to { to * to + from } else { from * from + from + to }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.leavers.iter_mut().for_each(|(version, _)| *version = None);
        self.parties.fill(None);
        self.invited.clear();
        self.ways.clear();
    }

    /// Looks for the guests of the pairs asked for, where a route has changed. `O(n²)` for two trips of `n` visits.
    pub fn update(
        &mut self,
        state: &State<'_, '_>,
        vicinity: &Vicinity,
        is_asked_for: impl Fn([usize; 2]) -> bool,
    ) {
        let sides: Vec<_> = vicinity.trips.iter().map(|&trip| Side::of(state, trip)).collect();
        let version = |number: usize| {
            let trip = vicinity.trips[number];
            (trip.rank, state.routes[trip.route as usize].version)
        };
        let count = sides.len();
        self.leavers.resize_with(count.max(self.leavers.len()), Default::default);
        self.parties.resize((count * count).max(self.parties.len()), None);
        for (number, ((known, leavers), side)) in self.leavers.iter_mut().zip(&sides).enumerate() {
            let Some(side) = side else { continue };
            if known.replace(version(number)) != Some(version(number)) {
                side.leavers(leavers);
            }
        }
        for (from, side) in sides.iter().enumerate() {
            for (to, other) in sides.iter().enumerate() {
                if to == from || !is_asked_for([from, to]) {
                    continue;
                }
                let versions = [from, to].map(version);
                let party = Self::index([from, to]);
                if self.parties[party].as_ref().is_some_and(|known| known.versions == versions) {
                    continue;
                }
                let found = self.invite([from, to], versions, [side, other], (state.prices, vicinity));
                self.parties[party] = Some(found);
            }
        }
    }

    /// Adds the guests of a pair of trips, with their places; none where segments don't tell all of both.
    fn invite(
        &mut self,
        [from, to]: [usize; 2],
        versions: [Version; 2],
        sides: [&Option<Side<'_>>; 2],
        (prices, vicinity): (Prices, &Vicinity),
    ) -> Party {
        let (first_guest, first_way) = (self.invited.len(), self.ways.len());
        let mut points = 0;
        if let [Some(side), Some(other)] = sides {
            points = other.points_count();
            let may_go = vicinity.is_near(from, to);
            side.guests(&self.leavers[from].1, other, may_go, &mut self.invited, &mut self.ways);
            let between = Between { points, ways: &self.ways[first_way..] };
            // In an exchange a place is worth no more than who comes, who leaves for that and what is too heavy now, unless
            // somebody comes for less than nothing; chains seldom need a dearer one.
            let price = |side: &Side<'_>| prices.of_load(side.heavy()).unwrap_or(0);
            let worth = self.leavers[to].1.most_saved + price(side) + price(other);
            for guest in &mut self.invited[first_guest..] {
                other.place(guest, between, guest.leaver.freed + worth);
            }
        }
        let (guests, ways) = (first_guest..self.invited.len(), first_way..self.ways.len());
        Party { versions, guests, ways, points }
    }

    /// The guests of a pair that was asked for, those of the first trip that may go to the second one.
    ///
    /// # Panics
    /// Where it was not.
    pub fn of(&self, numbers: [usize; 2]) -> (&[Guest], Between<'_>) {
        let party = self.parties[Self::index(numbers)].as_ref().expect("was asked for");
        let between = Between { points: party.points, ways: &self.ways[party.ways.clone()] };
        (&self.invited[party.guests.clone()], between)
    }
}
