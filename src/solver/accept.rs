//! Which changes are kept: simulated annealing on the cost, and a price on whoever is left out.

use super::rng::Rng;
use super::state::Totals;

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

    /// A draw from the exponential distribution of mean 1: how many temperatures a change may cost.
    pub fn luck(rng: &mut Rng) -> f64 {
        -rng.unit().max(f64::MIN_POSITIVE).ln()
    }

    /// The most that a solution may cost for it to be kept, when the present one costs `now`
    /// (Christiaens & Vanden Berghe 2020, section 5.4).
    pub fn limit(&self, now: i64, luck: f64) -> i64 {
        now + (self.temperature * luck) as i64
    }
}

/// The price of an absence while the search goes on.
///
/// Where vehicles are few, the way from one complete solution to a better one leads past incomplete ones. They are let in at a
/// price that is raised while too many of the solutions kept lack somebody, and lowered while too few do (as the penalties
/// of Vidal et al. 2012, section 4.6). The best solution is judged by the full penalty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bank {
    /// The full penalty of a visit.
    penalty: i64,
    price: f64,
    /// Between which the price stays.
    bounds: (f64, f64),
    seen: u32,
    lacking: u32,
}

impl Bank {
    /// Solutions between adjustments, and the shares of incomplete ones between which the price stays.
    const PERIOD: u32 = 100;
    const SHARE: (u32, u32) = (40, 60);
    /// First, least and greatest price in costs of an average visit. Ours.
    const PRICE: (f64, f64, f64) = (10.0, 0.5, 1000.0);

    /// `penalty`: of a visit left out; `each`: cost of an average visit.
    pub fn new(penalty: i64, each: f64) -> Self {
        let bounds = (Self::PRICE.1 * each, Self::PRICE.2 * each);
        Self { penalty: penalty.max(1), price: Self::PRICE.0 * each, bounds, seen: 0, lacking: 0 }
    }

    /// The total with absences at the price.
    pub fn energy(&self, totals: &Totals) -> i64 {
        totals.total() - totals.missed + totals.missed / self.penalty * self.price as i64
    }

    /// Counts a solution that goes on, which lacks somebody or not.
    pub fn count(&mut self, lacks: bool) {
        self.seen += 1;
        self.lacking += u32::from(lacks);
        if self.seen == Self::PERIOD {
            if self.lacking > Self::SHARE.1 {
                self.price = (self.price * 1.1).min(self.bounds.1);
            } else if self.lacking < Self::SHARE.0 {
                self.price = (self.price * 0.9).max(self.bounds.0);
            }
            (self.seen, self.lacking) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_price_of_an_absence_follows_how_many_lack_somebody() {
        let lacks_two = Totals { operating: 50, missed: 2000, ..Totals::default() };
        let after = |lacks: bool| {
            let mut bank = Bank::new(1000, 10.0);
            (0..Bank::PERIOD).for_each(|_| bank.count(lacks));
            bank.energy(&lacks_two)
        };
        assert_eq!(Bank::new(1000, 10.0).energy(&lacks_two), 50 + 2 * 100);
        assert_eq!((after(true), after(false)), (50 + 2 * 110, 50 + 2 * 90));
    }
}
