//! Chains of ejections over three trips: somebody goes over to a second one, from which somebody else has to leave for a third
//! (Glover 1996, *Ejection chains, reference structures and alternating path methods for traveling salesman problems*; between
//! routes: Rego 2001, *Node-ejection chains for the vehicle routing problem*).
//!
//! Whoever is ejected goes on to the cheapest place of all trips beside its own but the first one; who came for it has its best
//! place without it ([`side`](super::side)). So all chains of `r` trips of `n` visits cost `O(r²n²)`. Way and loads are priced;
//! the duty is for the caller.

use super::guests::Guests;
use super::route::Load;
use super::side::{Leaver, Place, Row, Side};
use super::state::State;
use super::transfer::Transfer;
use super::vicinity::Vicinity;

/// A way on for whoever is ejected.
#[derive(Clone, Copy, Debug)]
struct Exit {
    /// The number of the trip.
    to: usize,
    place: Place,
    /// What that trip, its load at its price, gets dearer.
    cost: i64,
}

/// A row that may be ejected, with its ways on into the two cheapest trips.
#[derive(Clone, Copy, Debug)]
struct Ejected {
    leaver: Leaver,
    exits: [Option<Exit>; 2],
}

impl Ejected {
    fn note(&mut self, exit: Exit) {
        let [first, second] = &mut self.exits;
        if first.is_none_or(|known| exit.cost < known.cost) {
            *second = first.replace(exit);
        } else if second.is_none_or(|known| exit.cost < known.cost) {
            *second = Some(exit);
        }
    }

    /// The cheapest way on that leads elsewhere.
    fn exit(&self, not: usize) -> Option<Exit> {
        self.exits.into_iter().flatten().find(|exit| exit.to != not)
    }
}

/// Looks for chains; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Ejections {
    /// Those of the second trip.
    ejected: Vec<Ejected>,
    /// The number among them of each row of it, by length and first rank.
    numbers: Vec<Option<u32>>,
}

impl Ejections {
    /// The chain through a trip that makes way and loads cheapest; none if no chain makes them cheaper. Trips are told by their
    /// numbers in the vicinity, where all guests of trips beside each other are known; routes that have changed after the second
    /// of two versions are left as they are, and one at least of a chain has changed after the first. The third trip may be
    /// another one of the first one's route.
    pub fn cheapest(
        &mut self,
        state: &State<'_, '_>,
        guests: &Guests,
        vicinity: &Vicinity,
        middle: usize,
        [version, now]: [u64; 2],
    ) -> Option<Transfer> {
        let trips = &vicinity.trips;
        let is_seen = |number: usize| state.routes[trips[number].route as usize].version <= now;
        if !is_seen(middle) {
            return None;
        }
        let second = Side::of(state, trips[middle])?;
        self.look_for_exits(state, guests, vicinity, middle, is_seen);
        let (mut best, mut limit) = (None, 0);
        for from in (0..trips.len()).filter(|&from| is_seen(from) && vicinity.is_beside(from, middle)) {
            let Some(first) = Side::of(state, trips[from]) else { continue };
            let Some(now) = state.prices.of_load(first.heavy() + second.heavy()) else { continue };
            let (comers, between) = guests.of([from, middle]);
            for v in &self.ejected {
                let Some(exit) = v.exit(from) else { continue };
                if !vicinity.is_any_new([from, middle, exit.to], version) {
                    continue;
                }
                let on = exit.cost - v.leaver.saved - now;
                for u in comers {
                    // Nobody comes for nothing as a rule: this refuses most, and the next one most of the others.
                    if on - u.leaver.freed >= limit {
                        continue;
                    }
                    let heavy = first.too_heavy(u.leaver.load, Load::default())
                        + second.too_heavy(v.leaver.load, u.load);
                    let Some(heavy) = state.prices.of_load(heavy) else { continue };
                    let without = heavy + on - u.leaver.freed;
                    if without >= limit {
                        continue;
                    }
                    let Some(there) = second.place_without(u, between, &v.leaver, limit - without) else {
                        continue;
                    };
                    limit = without + there.cost;
                    best = Some(Transfer {
                        delta: limit,
                        routes: [from, middle, exit.to].map(|number| trips[number].route),
                        rows: [u.leaver.row, v.leaver.row],
                        into: [there, exit.place],
                    });
                }
            }
        }
        best
    }

    /// Notes who may be ejected from a trip, and their ways on.
    fn look_for_exits(
        &mut self,
        state: &State<'_, '_>,
        guests: &Guests,
        vicinity: &Vicinity,
        middle: usize,
        is_seen: impl Fn(usize) -> bool,
    ) {
        let trips = &vicinity.trips;
        let visits = state.routes[trips[middle].route as usize].clients.len();
        self.ejected.clear();
        self.numbers.clear();
        self.numbers.resize(Row::LEN_MOST * visits, None);
        for to in (0..trips.len()).filter(|&to| is_seen(to) && vicinity.is_beside(middle, to)) {
            let Some(third) = Side::of(state, trips[to]) else { continue };
            let Some(now) = state.prices.of_load(third.heavy()) else { continue };
            for guest in guests.of([middle, to]).0 {
                let (row, place) = (guest.leaver.row, guest.places[0]);
                let heavy = state.prices.of_load(third.too_heavy(Load::default(), guest.load));
                let (false, Some(heavy)) = (place == Place::NONE, heavy) else { continue };
                let number = *self.numbers[visits * (row.len - 1) + row.rank].get_or_insert_with(|| {
                    self.ejected.push(Ejected { leaver: guest.leaver, exits: [None; 2] });
                    self.ejected.len() as u32 - 1
                });
                self.ejected[number as usize].note(Exit { to, place, cost: place.cost + heavy - now });
            }
        }
    }
}
