//! Prices of visits and of coverage, and the bound that any of them give, in whole numbers.

use super::relaxation::Relaxation;
use crate::ids::ClientId;
use crate::units::Day;

/// Prices of what the parts of the problem share; any of zero or more are good for a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Multipliers {
    period: usize,
    /// By client, then day of the period: what the choice of days pays for a visit, and a route gets for it.
    visits: Vec<i64>,
    /// By shared group: what being covered pays for each client that covers.
    groups: Vec<i64>,
}

/// No price is larger: sums over a route stay far from overflow.
const PRICE_MAX: i64 = 1 << 48;

impl Multipliers {
    pub fn zero(relaxation: &Relaxation<'_>) -> Self {
        let period = usize::from(relaxation.period);
        let visits = vec![0; relaxation.patterns.len() * period];
        Self { period, visits, groups: vec![0; relaxation.worth.shared.len()] }
    }

    /// Of a visit on any day.
    pub fn visit(&self, client: ClientId, day: Day) -> i64 {
        self.visits[client.index() * self.period + day.index() % self.period]
    }

    pub fn set_visit(&mut self, client: ClientId, day: Day, price: i64) {
        self.visits[client.index() * self.period + day.index() % self.period] = price.clamp(0, PRICE_MAX);
    }

    pub fn set_group(&mut self, group: usize, price: i64) {
        self.groups[group] = price.clamp(0, PRICE_MAX);
    }

    /// Takes over the prices of coverage.
    pub fn take_groups(&mut self, other: &Self) {
        self.groups.clone_from(&other.groups);
    }

    /// The least total of the choice of days and of coverage alone, visits paid for at these prices. `O(patterns + groups)`.
    pub fn least_choice(&self, relaxation: &Relaxation<'_>) -> i128 {
        let worth = &relaxation.worth;
        let mut total = worth.constant;
        let mut paid = vec![0_i128; relaxation.patterns.len()];
        for (shared, &price) in worth.shared.iter().zip(&self.groups) {
            total -= i128::from((shared.value - price).max(0));
            for &client in &shared.clients {
                paid[client.index()] += i128::from(price);
            }
        }
        for (client, patterns) in relaxation.patterns.iter_enumerated() {
            let days = |set: &crate::units::DaySet| -> i128 {
                set.iter().map(|day| i128::from(self.visit(client, day))).sum()
            };
            let missed = i128::from(worth.missed[client]);
            let visited = patterns.iter().map(days).min();
            let visited = visited.map(|days| days - i128::from(worth.own[client]) - paid[client.index()]);
            total += visited.map_or(missed, |visited| visited.min(missed));
        }
        total
    }
}
