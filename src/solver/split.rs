//! Where a vehicle that may make several trips goes back to load.
//!
//! The visits keep their order and are cut into trips where that costs least: a shortest path over the visits (route first,
//! cluster second: Beasley 1983; Prins 2004, *A simple and effective evolutionary algorithm for the vehicle routing problem*,
//! section 3). So a route may go to a vehicle that is larger, and drop reloads, or to one that is smaller, and gain some.

use super::context::{NONE, visits_of};
use super::route::Load;
use super::shift::ShiftFacts;
use super::state::State;
use super::ways::Way;

/// Cuts sequences; owns the buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Split {
    /// The trips one after the other, [`NONE`] between them.
    pub sequence: Vec<u32>,
    visits: Vec<u32>,
    /// What the visits before a position cost at least when a trip ends there, how long that takes, and where it begins.
    least: Vec<(i64, i64, u32)>,
    cuts: Vec<u32>,
}

impl Split {
    /// Cuts the visits of a sequence into the trips on a shift of which none is too heavy and that cost least, windows left
    /// aside, and fills `sequence`. False where a single visit is too heavy, or where these are too many trips.
    /// `O(visits × visits of a trip)`.
    pub fn cut(&mut self, state: &State<'_, '_>, shift: &ShiftFacts, clients: &[u32]) -> bool {
        self.visits.clear();
        self.visits.extend(visits_of(clients));
        self.find(state, shift);
        let mut end = self.visits.len() as u32;
        self.cuts.clear();
        while end > 0 {
            let (cost, _, begin) = self.least[end as usize];
            if cost == i64::MAX {
                return false;
            }
            self.cuts.push(begin);
            end = begin;
        }
        self.sequence.clear();
        for (position, &client) in self.visits.iter().enumerate() {
            if self.cuts.pop_if(|cut| *cut == position as u32).is_some() && position > 0 {
                self.sequence.push(NONE);
            }
            self.sequence.push(client);
        }
        self.sequence.len() + 1 - self.visits.len() <= shift.max_trips
    }

    /// The cheapest last trip for every end.
    fn find(&mut self, state: &State<'_, '_>, shift: &ShiftFacts) {
        let context = state.context;
        let count = self.visits.len();
        self.least.clear();
        self.least.push((0, 0, 0));
        self.least.resize(count + 1, (i64::MAX, i64::MAX, 0));
        for begin in 0..count {
            let (cost, seconds, _) = self.least[begin];
            if cost == i64::MAX {
                return;
            }
            let (mut load, mut way, mut at) = (Load::default(), Way::default(), shift.start);
            way.seconds += if begin > 0 { shift.reload } else { 0 };
            for (position, &client) in self.visits.iter().enumerate().skip(begin) {
                load = load + state.facts(client, shift.serving).load;
                if !load.fits(shift) {
                    break;
                }
                let point = context.points[client as usize];
                way = way + context.way(shift, at, point);
                at = point;
                let home = if position + 1 == count { shift.end } else { shift.start };
                let trip = way + context.way(shift, at, home);
                let all = cost + shift.cost_per_metre * trip.metres + shift.cost_per_second * trip.seconds;
                let found = (all, seconds + trip.seconds, begin as u32);
                self.least[position + 1] = self.least[position + 1].min(found);
            }
        }
    }
}
