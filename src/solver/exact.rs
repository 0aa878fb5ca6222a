//! Exact times where joined segments are only a bound: breaks, grids, cold chains, several windows, releases.
//!
//! A thin door to `model::schedule` for sequences in which [`NONE`] is a reload.

use typed_index_collections::TiSlice;

use super::context::{Context, NONE};
use crate::ids::{ClientId, ShiftId};
use crate::model::schedule::{Scheduler, VisitLoad};

/// Times routes exactly. Buffers are kept from one use to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Exact {
    scheduler: Scheduler,
    visits: Vec<ClientId>,
}

impl Exact {
    /// The least duty of a sequence on a shift, none when no times hold every rule.
    pub fn duty(
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
