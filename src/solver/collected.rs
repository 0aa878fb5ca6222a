//! Routes that the search has driven within all limits, remembered with what they cost.

use rustc_hash::FxHashMap;

use super::context::visits_of;
use super::route::{Route, mix};
use super::shift::ShiftFacts;

/// A route that any vehicle of a class can drive on its day.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub class: u32,
    pub day: u8,
    pub cost: i64,
    /// As in [`Route::clients`].
    pub clients: Vec<u32>,
}

/// The cheapest known sequence for each class of vehicles and set of clients.
#[derive(Clone, Debug, Default)]
pub(super) struct Collected {
    columns: Vec<Column>,
    /// By class and clients in any order.
    known: FxHashMap<u64, u32>,
    /// Columns by the client that they visit first.
    beginning: Vec<Vec<u32>>,
}

impl Collected {
    /// Routes that are remembered; of one more, the older half is forgotten. Ours.
    const MOST: usize = 60_000;

    /// Remembers a route that exceeds nothing.
    pub fn take_in(&mut self, shift: &ShiftFacts, route: &Route) {
        debug_assert!(!route.is_empty() && route.excess.is_none());
        let clients = visits_of(&route.clients).map(|client| mix(0, u64::from(client)));
        let key = mix(clients.fold(0, u64::wrapping_add), u64::from(shift.class));
        let known = self.known.get(&key).copied();
        if known.is_some_and(|index| self.columns[index as usize].cost <= route.cost) {
            return;
        }
        let first = route.clients[0] as usize;
        let column =
            Column { class: shift.class, day: shift.day, cost: route.cost, clients: route.clients.clone() };
        let index = if let Some(index) = known {
            let dearer = std::mem::replace(&mut self.columns[index as usize], column);
            self.beginning[dearer.clients[0] as usize].retain(|&other| other != index);
            index
        } else {
            if self.columns.len() == Self::MOST {
                self.forget();
            }
            self.columns.push(column);
            let index = self.columns.len() as u32 - 1;
            self.known.insert(key, index);
            index
        };
        self.beginning.resize_with(self.beginning.len().max(first + 1), Vec::new);
        self.beginning[first].push(index);
    }

    /// Forgets the older half.
    fn forget(&mut self) {
        let half = (self.columns.len() / 2) as u32;
        self.columns.drain(..half as usize);
        let shift = |index: &mut u32| {
            let is_kept = *index >= half;
            *index = index.wrapping_sub(half);
            is_kept
        };
        self.known.retain(|_, index| shift(index));
        self.beginning.iter_mut().for_each(|columns| columns.retain_mut(shift));
    }

    /// A remembered route.
    pub fn column(&self, number: u32) -> &Column {
        &self.columns[number as usize]
    }

    /// Numbers of the routes that visit a client first.
    pub fn beginning_with(&self, client: u32) -> &[u32] {
        self.beginning.get(client as usize).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::super::context::Context;
    use super::super::tests::{loaded, problem};
    use super::*;

    #[test]
    fn the_cheapest_sequence_of_the_same_clients_is_kept() {
        let problem = problem(3);
        let context = Context::new(&problem);
        let state = loaded(&context, 1);
        let shift = &context.shifts[0];
        let with =
            |clients: &[u32], cost: i64| Route { clients: clients.to_vec(), cost, ..state.routes[0].clone() };
        let mut collected = Collected::default();
        collected.take_in(shift, &with(&[1, 2, 3], 50));
        collected.take_in(shift, &with(&[2, 1, 3], 60));
        assert_eq!(collected.column(0).clients, [1, 2, 3], "the other is dearer");
        collected.take_in(shift, &with(&[2, 1, 3], 40));
        assert_eq!((collected.column(0).cost, &collected.column(0).clients[..]), (40, &[2, 1, 3][..]));
        assert_eq!((collected.beginning_with(1), collected.beginning_with(2)), (&[][..], &[0][..]));
        collected.take_in(&context.shifts[1], &with(&[2, 1, 3], 45));
        assert_eq!(collected.beginning_with(2), [0, 1], "another class is another route");
        collected.take_in(shift, &with(&[2, 1], 30));
        assert_eq!(collected.beginning_with(2), [0, 1, 2], "so are fewer clients");
    }

    #[test]
    fn the_older_half_is_forgotten() {
        let problem = problem(3);
        let context = Context::new(&problem);
        let state = loaded(&context, 1);
        let mut collected = Collected::default();
        for client in 0..=Collected::MOST as u32 {
            let route = Route { clients: vec![client, client + 1], cost: 1, ..state.routes[0].clone() };
            collected.take_in(&context.shifts[0], &route);
        }
        let half = Collected::MOST as u32 / 2;
        assert_eq!(collected.columns.len(), half as usize + 1);
        assert_eq!(collected.known.len(), half as usize + 1);
        for client in 0..=Collected::MOST as u32 {
            let numbers = collected.beginning_with(client);
            assert_eq!(numbers.len(), usize::from(client >= half));
            assert!(numbers.iter().all(|&number| collected.column(number).clients[0] == client));
        }
    }
}
