//! Taking over whole routes into a state without visits.

use super::{Spot, State};
use crate::solver::context::{NONE, visits_of};
use crate::units::{Day, DaySet};

impl State<'_, '_> {
    /// Takes over whole routes into a state without visits, as far as they keep the rules: clients that are visited
    /// twice a day, on other days than a pattern's, by vehicles that may not, or beside an alternative are left out.
    pub fn load_routes(&mut self, routes: &[(u32, Vec<u32>)]) {
        let context = self.context;
        let allowed = |shift: u32, client: u32| {
            (client as usize) < context.clients() && context.allows(&context.shifts[shift as usize], client)
        };
        let mut days = vec![DaySet::EMPTY; context.clients()];
        let mut is_twice = vec![false; context.clients()];
        for &(shift, ref clients) in routes {
            let day = Day(context.shifts[shift as usize].day);
            for &client in clients.iter().filter(|&&client| allowed(shift, client)) {
                is_twice[client as usize] |= days[client as usize].contains(day);
                days[client as usize].insert(day);
            }
        }
        for client in 0..context.clients() as u32 {
            let days = days[client as usize];
            if !is_twice[client as usize]
                && context.client(client).patterns.contains(&days)
                && !self.is_ruled_out(client)
            {
                self.journal.days.push((client, DaySet::EMPTY));
                self.open(client, days);
            }
        }
        for &(shift, ref clients) in routes {
            self.load_route(shift, clients, allowed);
        }
        let unplaced: Vec<u32> = (0..context.clients() as u32)
            .filter(|&client| self.days_of(client).iter().any(|day| self.spot(client, day.0).is_none()))
            .collect();
        for client in unplaced {
            self.remove(client);
        }
        self.settle(&mut Vec::new());
        self.commit();
    }

    fn load_route(&mut self, shift: u32, clients: &[u32], allowed: impl Fn(u32, u32) -> bool) {
        let context = self.context;
        let facts = &context.shifts[shift as usize];
        let Some(index) = self.empty_route(shift).filter(|_| self.has_vehicle(facts)) else { return };
        let day = Day(facts.day);
        let mut sequence: Vec<u32> = Vec::with_capacity(clients.len());
        for &client in clients {
            let is_kept = client != NONE && allowed(shift, client) && self.days_of(client).contains(day);
            let is_cut = client == NONE && sequence.last().is_some_and(|&last| last != NONE);
            if is_kept || is_cut {
                sequence.push(client);
            }
        }
        if sequence.last() == Some(&NONE) {
            sequence.pop();
        }
        if sequence.is_empty() {
            return;
        }
        for client in visits_of(&sequence) {
            self.spots[context.slot(client, facts.day)] = Spot::on(index);
        }
        self.replace(index, &sequence);
        self.count_now(index);
    }

    /// Counts a route that was just filled as used before it is brought up to date.
    fn count_now(&mut self, index: u32) {
        self.routes[index as usize].is_used = true;
        self.count_use(false, index);
    }
}
