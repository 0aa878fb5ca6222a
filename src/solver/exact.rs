//! Exact times where joined segments are only a bound: breaks, grids, cold chains, several windows, releases.
//!
//! A door to `model::schedule` for sequences in which [`NONE`] is a reload. Iterations come back to the same sequences, so duties are
//! remembered, for all shifts that are alike.

use typed_index_collections::TiSlice;

use super::context::{Context, NONE};
use super::memo::Memo;
use super::route::{hash_of_shift, hash_with};
use crate::ids::{ClientId, ShiftId};
use crate::model::schedule::{Scheduler, VisitLoad};

/// Times routes exactly, and remembers. Buffers are kept from one use to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Exact {
    scheduler: Scheduler,
    visits: Vec<ClientId>,
    memo: Memo<Option<i64>>,
}

impl Exact {
    /// The least duty of a sequence on a shift in seconds, none when no times hold every rule.
    pub fn duty(
        &mut self,
        context: &Context<'_>,
        shift: u32,
        clients: &[u32],
        loads: &TiSlice<ClientId, VisitLoad>,
    ) -> Option<i64> {
        let begin = hash_of_shift(&context.shifts[shift as usize]);
        let key = clients.iter().fold(begin, |hash, &client| {
            let households = if client == NONE { 0 } else { loads[ClientId(client)].households };
            hash_with(hash, client, households)
        });
        if let Some(known) = self.memo.get(key) {
            debug_assert_eq!(known, self.work_out(context, shift, clients, loads), "shifts alike time alike");
            return known;
        }
        let duty = self.work_out(context, shift, clients, loads);
        self.memo.set(key, duty);
        duty
    }

    fn work_out(
        &mut self,
        context: &Context<'_>,
        shift: u32,
        clients: &[u32],
        loads: &TiSlice<ClientId, VisitLoad>,
    ) -> Option<i64> {
        let row = &context.problem.shifts[ShiftId(shift)];
        self.visits.clear();
        self.visits.extend(clients.iter().copied().map(ClientId));
        let is_one_trip = !clients.contains(&NONE);
        let measure = if is_one_trip {
            self.scheduler.measure(context.problem, row, &[self.visits.as_slice()], loads)
        } else {
            let trips: Vec<&[ClientId]> = self.visits.split(|client| client.0 == NONE).collect();
            self.scheduler.measure(context.problem, row, &trips, loads)
        };
        measure.ok().map(|measure| i64::from(measure.duty.get()))
    }
}
