//! Opening and closing clients: days, values, and the loads of those whose attendance changes.

use super::State;
use crate::ids::ClientId;
use crate::model::evaluate::turned_away_loss;
use crate::model::schedule::{VisitLoad, opening, served, visit_load};
use crate::solver::context::{Context, NONE};
use crate::solver::cover::Around;
use crate::solver::route::{Load, VisitFacts};
use crate::units::{Cost, Day, DaySet, Need};

impl State<'_, '_> {
    pub(super) fn open(&mut self, client: u32, days: DaySet) {
        self.set_days(client, days);
        self.totals.value += self.context.client(client).value.get();
        self.totals.missed -= self.context.missed[client as usize];
        for &set in &self.context.sets_of[client as usize] {
            if self.set_members[set as usize] == 1 {
                self.totals.missed -= self.context.problem.missed_visit.get();
            }
        }
        let mut changed = std::mem::take(&mut self.journal.changed);
        changed.push(client);
        if !self.is_held[client as usize] {
            let (value, required) = (self.cover.value(), self.cover.uncovered_required());
            self.cover.open(self.context, client, &mut changed);
            self.count_cover(value, required);
        }
        self.journal.changed = changed;
    }

    pub(super) fn close(&mut self, client: u32) {
        self.leave_sets(client);
        self.set_days(client, DaySet::EMPTY);
        self.totals.value -= self.context.client(client).value.get();
        self.totals.missed += self.context.missed[client as usize];
        if !self.is_held[client as usize] {
            self.close_cover(client);
        }
    }

    pub(super) fn close_cover(&mut self, client: u32) {
        let (value, required) = (self.cover.value(), self.cover.uncovered_required());
        let mut changed = std::mem::take(&mut self.journal.changed);
        let (days, is_held) = (&self.days, &self.is_held);
        let is_open = |other: u32| !days[other as usize].is_empty() || is_held[other as usize];
        self.cover.close(self.context, client, is_open, &mut changed);
        changed.push(client);
        self.journal.changed = changed;
        self.count_cover(value, required);
    }

    /// Takes the cover's worth and gaps into the totals; they were `value` and `required` before.
    fn count_cover(&mut self, value: i64, required: u32) {
        self.totals.value += self.cover.value() - value;
        let more = i64::from(self.cover.uncovered_required()) - i64::from(required);
        self.totals.missed += more * self.context.problem.missed_visit.get();
    }

    /// Pays for the alternative sets of which a visited client is the only one, before it is taken out.
    pub(super) fn leave_sets(&mut self, client: u32) {
        for &set in &self.context.sets_of[client as usize] {
            if self.set_members[set as usize] == 1 {
                self.totals.missed += self.context.problem.missed_visit.get();
            }
        }
    }

    /// Keeps the list of absent clients and the members of alternative sets in step.
    pub(super) fn set_days(&mut self, client: u32, days: DaySet) {
        let before = std::mem::replace(&mut self.days[client as usize], days);
        self.visits = self.visits + days.len() - before.len();
        if before.is_empty() == days.is_empty() {
            return;
        }
        for &set in &self.context.sets_of[client as usize] {
            let members = &mut self.set_members[set as usize];
            *members = if days.is_empty() { *members - 1 } else { *members + 1 };
        }
        if days.is_empty() {
            self.absent_rank[client as usize] = self.absent.len() as u32;
            self.absent.push(client);
        } else {
            let rank = std::mem::replace(&mut self.absent_rank[client as usize], NONE);
            self.absent.swap_remove(rank as usize);
            if let Some(&moved) = self.absent.get(rank as usize) {
                self.absent_rank[moved as usize] = rank;
            }
        }
    }

    /// Recomputes the loads of clients whose attendance changed and marks their routes.
    pub(super) fn refresh_changed(&mut self) {
        let mut changed = std::mem::take(&mut self.journal.changed);
        for client in changed.drain(..) {
            if !self.context.groups_of[client as usize].is_empty() {
                self.journal.unpriced.push(client);
            }
            if self.refresh_load(client) {
                for day in self.days[client as usize].iter() {
                    if let Some(spot) = self.spot(client, day.0) {
                        self.touch(spot.route);
                    }
                }
            }
        }
        self.journal.changed = changed;
    }

    /// Recomputes what is lost at clients whose attendance or visits changed.
    pub(super) fn price_losses(&mut self) {
        while let Some(client) = self.journal.unpriced.pop() {
            // A visit that was taken out counts again when it is put back.
            let turned_away = |day: Day| {
                let spot = self.spot(client, day.0)?;
                let shift = &self.context.shifts[self.briefs[spot.route as usize].shift as usize];
                Some(self.facts(client, shift.serving).turned_away)
            };
            let worst = self.days[client as usize].iter().filter_map(turned_away).max().unwrap_or(0);
            let loss = loss(worst, self.cover.attending(client), self.cover.around(client));
            let before = std::mem::replace(&mut self.losses[client as usize], loss);
            if loss != before {
                self.journal.losses.push((client, before));
                self.totals.turned_away += loss - before;
            }
        }
    }

    /// Recomputes what comes to a client; whether it changed.
    pub(super) fn refresh_load(&mut self, client: u32) -> bool {
        let load = visit_load(self.context.client(client), self.cover.attending(client));
        if load == self.loads[ClientId(client)] {
            return false;
        }
        self.loads[ClientId(client)] = load;
        let classes = self.context.serving_classes;
        for class in 0..classes {
            self.facts[client as usize * classes + class] = visit_facts(self.context, client, class, load);
        }
        true
    }
}

/// The worth of those whom a client turns away.
pub(in crate::solver) fn loss(turned_away: i64, attending: Need, around: Around) -> i64 {
    if turned_away == 0 {
        return 0;
    }
    turned_away_loss(turned_away, attending, around.need, Cost(around.value)).1.get()
}

/// What a visit with `load` by a vehicle of a serving class amounts to.
pub(in crate::solver) fn visit_facts(
    context: &Context<'_>,
    client: u32,
    class: usize,
    load: VisitLoad,
) -> VisitFacts {
    let vehicle = &context.problem.vehicles.raw[context.serving_vehicle[class] as usize];
    let row = context.client(client);
    let Ok((households, turned_away)) = served(vehicle, row, load) else { return VisitFacts::IMPOSSIBLE };
    let opening = i64::from(opening(context.problem, vehicle, row, households).get());
    let margin = i64::from(context.problem.margin.get());
    let mass = households.saturating_mul(row.mass_per_household);
    VisitFacts { load: Load { households, mass, opening: margin + opening }, opening, turned_away }
}
