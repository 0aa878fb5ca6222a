//! Two rows of visits change trips, each to its best place there: SWAP* (Vidal 2022, *Hybrid genetic search for the CVRP:
//! open-source implementation and SWAP\* neighborhood*, section 3.4).
//!
//! A full vehicle takes somebody in only if somebody else leaves, whose place is seldom the best one. As the best places of all
//! guests are known ([`side`](super::side)), all exchanges of two trips of `n` visits cost `O(n²)`. Way and loads are priced; the
//! duty is for the caller.

use super::guests::Guests;
use super::side::{Side, Trip};
use super::state::State;
use super::transfer::Transfer;

/// The exchange of guests of two trips of different routes that makes way and loads cheapest; none if no exchange makes them
/// cheaper. `numbers` are those of the trips among the guests.
pub(super) fn cheapest(
    state: &State<'_, '_>,
    guests: &Guests,
    trips: [Trip; 2],
    numbers: [usize; 2],
) -> Option<Transfer> {
    let (first, second) = (Side::of(state, trips[0])?, Side::of(state, trips[1])?);
    let (from_first, with_first) = guests.of(numbers);
    let (from_second, with_second) = guests.of([numbers[1], numbers[0]]);
    let now = state.prices.of_load(first.heavy() + second.heavy())?;
    let (mut best, mut limit) = (None, 0);
    for u in from_first {
        for v in from_second {
            let heavy = first.too_heavy(u.leaver.load, v.load) + second.too_heavy(v.leaver.load, u.load);
            let Some(heavy) = state.prices.of_load(heavy) else { continue };
            let without = heavy - now - u.leaver.saved - v.leaver.saved;
            // Nobody comes for nothing as a rule: this refuses most.
            if without >= limit {
                continue;
            }
            let there = second.place_without(u, with_first, &v.leaver, limit - without);
            let Some(there) = there else { continue };
            let rest = limit - without - there.cost;
            let Some(here) = first.place_without(v, with_second, &u.leaver, rest) else { continue };
            limit = without + there.cost + here.cost;
            best = Some(Transfer {
                delta: limit,
                routes: [trips[0], trips[1], trips[0]].map(|trip| trip.route),
                rows: [u.leaver.row, v.leaver.row],
                into: [there, here],
            });
        }
    }
    best
}
