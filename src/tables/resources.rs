//! A scenario with other resources: what a planner varies to see what they bring, without editing tables.

use super::findings::Findings;
use super::{Antenna, Dataset, validate};
use crate::diagnostics::Report;
use crate::ids::AntennaId;
use crate::units::Cost;

/// What differs from the tables. The default changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resources {
    /// How many antennas work: the first of the table, then copies of its last one; at least 1.
    pub antennas: Option<usize>,
    /// Worth of a household within reach, a cycle.
    pub value_per_household: Option<Cost>,
}

impl Dataset {
    /// The scenario with these resources. Fails where the worth of all need can't be counted.
    ///
    /// Antennas that are left out stay in the table and work on no day. A copy has its model's days, hours and stops; its
    /// id is the model's with `+1`, `+2` and so on.
    pub fn with_resources(&self, resources: &Resources) -> Report<Self> {
        let mut dataset = self.clone();
        if let Some(count) = resources.antennas {
            dataset.set_antennas(count.max(1));
        }
        let mut findings = Findings::default();
        if let Some(value) = resources.value_per_household {
            dataset.settings.objective.value_per_household = value;
        }
        // What outweighs everything depends on both.
        dataset.settings.objective.missed_visit = validate::missed_visit(&dataset, &mut findings);
        let (diagnostics, _) = findings.finish();
        Report::new(dataset, diagnostics)
    }

    fn set_antennas(&mut self, count: usize) {
        for antenna in self.antennas.iter_mut().skip(count) {
            antenna.works.fill(false);
        }
        let Some(model) = self.antennas.last_key() else { return };
        for copy in 1..=count.saturating_sub(self.antennas.len()) {
            self.copy_antenna(model, copy);
        }
    }

    fn copy_antenna(&mut self, model: AntennaId, copy: usize) {
        let original = self.antennas[model].clone();
        let (id, name) = (format!("{}+{copy}", original.id), format!("{} +{copy}", original.name));
        let added = self.antennas.push_and_get_key(Antenna { id, name, ..original });
        for stop in self.stops.iter_mut().filter(|stop| stop.antennas.contains(&model)) {
            stop.antennas.push(added);
        }
    }
}
