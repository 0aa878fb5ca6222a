//! Which changes are kept: simulated annealing on the cost, absence counts on what must not be left out.

use super::rng::Rng;

/// Accepts worse solutions less and less often.
#[derive(Clone, Copy, Debug)]
pub(super) struct Annealing {
    first: f64,
    last: f64,
    temperature: f64,
}

impl Annealing {
    /// Cools from `first` to `last`, both in the unit of the cost.
    pub fn new(first: f64, last: f64) -> Self {
        Self { first, last, temperature: first }
    }

    /// Sets the temperature after `progress` (0 to 1) of the search: exponential.
    pub fn cool(&mut self, progress: f64) {
        self.temperature = self.first * (self.last / self.first).powf(progress.clamp(0.0, 1.0));
    }

    /// The most that a solution may cost for it to be kept, when the present one costs `now`
    /// (Christiaens & Vanden Berghe 2020, section 5.4).
    pub fn limit(&self, now: i64, rng: &mut Rng) -> i64 {
        now + (-self.temperature * rng.unit().max(f64::MIN_POSITIVE).ln()) as i64
    }
}
