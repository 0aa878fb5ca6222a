//! What a frontier tries: every combination of means, and limits to which the worth of a household is fitted.

use std::ops::RangeInclusive;

use super::Figures;
use crate::tables::{Dataset, Resources};
use crate::units::{Cost, Seconds};

/// The resources to try: every combination of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRange {
    /// Numbers of antennas; beyond those of the table, copies of its last one.
    pub antennas: RangeInclusive<usize>,
    /// Days a week on which an antenna goes out at most, increasing; empty: as the tables say.
    pub days: Vec<u8>,
    /// Longest duty of a day, increasing; empty: as the tables say.
    pub hours: Vec<Seconds>,
    /// Worths of a household within reach, a cycle, increasing.
    pub values: Vec<Cost>,
    /// Limits of a cycle: for each, the worth is looked for with which a plan just keeps it.
    pub limits: Vec<Limit>,
}

/// What one cycle may take at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Operating cost.
    Cost(Cost),
    /// Metres driven.
    Metres(i64),
}

impl Limit {
    /// Whether a plan keeps it.
    pub fn holds(self, figures: &Figures) -> bool {
        self.allows(figures.cost, figures.metres)
    }

    /// The same of a plan whose other figures are not known yet.
    pub(super) fn allows(self, cost: Cost, metres: i64) -> bool {
        match self {
            Self::Cost(most) => cost <= most,
            Self::Metres(most) => metres <= most,
        }
    }
}

/// Worths tried for each limit: halving the ratio of two worths that often leaves 2 % of a factor of two.
pub(super) const FITS: usize = 5;

impl ResourceRange {
    /// Every number of antennas up to one more than the table has; the scenario's worth of a household, down to a 256th of
    /// it and up to four times: where coverage comes first, the interesting part is far below.
    pub fn usual(dataset: &Dataset) -> Self {
        let value = dataset.settings.objective.value_per_household.get();
        let mut values: Vec<Cost> =
            [256, 128, 64, 32, 16, 8, 4, 2, 1].map(|part| Cost(value / part)).to_vec();
        values.push(Cost(value.saturating_mul(4)));
        values.dedup();
        let antennas = 1..=dataset.antennas.len() + 1;
        Self { antennas, days: Vec::new(), hours: Vec::new(), values, limits: Vec::new() }
    }

    /// Number of points at most.
    pub fn count(&self) -> usize {
        self.combinations().count() * (self.values.len() + FITS * self.limits.len())
    }

    /// Antennas, days and hours, the fewest first; worths aside.
    pub(super) fn combinations(&self) -> impl Iterator<Item = Resources> + '_ {
        let days = options(&self.days);
        let hours = options(&self.hours);
        self.antennas.clone().flat_map(move |antennas| {
            let hours = hours.clone();
            days.clone().into_iter().flat_map(move |days_per_week| {
                hours.clone().into_iter().map(move |hours_per_day| Resources {
                    antennas: Some(antennas),
                    days_per_week,
                    hours_per_day,
                    value_per_household: None,
                })
            })
        })
    }
}

fn options<T: Copy>(values: &[T]) -> Vec<Option<T>> {
    if values.is_empty() { vec![None] } else { values.iter().copied().map(Some).collect() }
}
