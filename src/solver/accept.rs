//! Which changes are kept: simulated annealing on the cost, and a price on whoever is left out.

use super::excess::{Elastic, Prices};
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

/// A price that is raised while too many of the solutions kept lack or exceed something, and lowered while too few do
/// (the penalties of Vidal et al. 2012, section 4.6).
#[derive(Clone, Copy, Debug)]
struct Toll {
    price: f64,
    /// Between which it stays.
    bounds: (f64, f64),
    seen: u32,
    paying: u32,
}

impl Toll {
    /// Solutions between adjustments, and how many of them may pay for the price to stay as it is.
    const PERIOD: u32 = 100;
    const PAYING: std::ops::RangeInclusive<u32> = 40..=60;

    fn new(price: f64, bounds: (f64, f64)) -> Self {
        Self { price, bounds, seen: 0, paying: 0 }
    }

    /// Counts a solution that goes on.
    fn count(&mut self, pays: bool) {
        self.seen += 1;
        self.paying += u32::from(pays);
        if self.seen < Self::PERIOD {
            return;
        }
        if self.paying > *Self::PAYING.end() {
            self.price = (self.price * 1.1).min(self.bounds.1);
        } else if self.paying < *Self::PAYING.start() {
            self.price = (self.price * 0.9).max(self.bounds.0);
        }
        (self.seen, self.paying) = (0, 0);
    }
}

/// The prices of what no solution may lack or exceed in the end: the way from one good solution to a better one leads past
/// others. The best solution is judged by the full penalty and exceeds nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bank {
    /// The full penalty of a visit.
    penalty: i64,
    absence: Toll,
    /// None where the limit holds at every moment.
    load: Option<Toll>,
    time: Option<Toll>,
}

impl Bank {
    /// First, least and greatest price of an absence in costs of an average visit. Ours.
    const ABSENCE: (f64, f64, f64) = (10.0, 0.5, 1000.0);
    /// The same for what an average visit loads, or takes. Ours.
    const EXCESS: (f64, f64, f64) = (2.0, 0.01, 1000.0);

    /// `penalty`: of a visit left out; `each`: cost of an average visit; `load`, `time`: what it loads and takes; which limits
    /// have a price.
    pub fn new(penalty: i64, each: f64, load: f64, time: f64, elastic: Elastic) -> Self {
        let toll = |(first, least, most): (f64, f64, f64), each: f64| {
            Toll::new(first * each, (least * each, most * each))
        };
        let excess = |of_visit: f64| toll(Self::EXCESS, each / of_visit.max(1.0));
        Self {
            penalty: penalty.max(1),
            absence: toll(Self::ABSENCE, each),
            load: (elastic == Elastic::LoadsAndTimes).then(|| excess(load)),
            time: (elastic != Elastic::Nothing).then(|| excess(time)),
        }
    }

    /// The total with absences and excess at their prices.
    pub fn energy(&self, totals: &Totals) -> i64 {
        self.energy_at(totals, self.prices())
    }

    /// The same with excess at other prices.
    pub fn energy_at(&self, totals: &Totals, prices: Prices) -> i64 {
        let absent = totals.missed / self.penalty * self.absence.price as i64;
        totals.total() - totals.missed + absent + prices.sum(totals.excess)
    }

    /// What routes pay for what they exceed.
    pub fn prices(&self) -> Prices {
        let price = |toll: Toll| toll.price as i64;
        Prices::new(self.load.map(price), self.time.map(price))
    }

    /// Counts a solution that goes on.
    pub fn count(&mut self, totals: &Totals) {
        self.absence.count(totals.missed > 0);
        if let Some(load) = &mut self.load {
            load.count(totals.excess.load > 0);
        }
        if let Some(time) = &mut self.time {
            time.count(totals.excess.time > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_price_of_an_absence_follows_how_many_lack_somebody() {
        let lacks_two = Totals { operating: 50, missed: 2000, ..Totals::default() };
        let new = || Bank::new(1000, 10.0, 1.0, 1.0, Elastic::Nothing);
        let after = |lacks: bool| {
            let mut bank = new();
            let totals = if lacks { lacks_two } else { Totals::default() };
            (0..Toll::PERIOD).for_each(|_| bank.count(&totals));
            bank.energy(&lacks_two)
        };
        assert_eq!(new().energy(&lacks_two), 50 + 2 * 100);
        assert_eq!((after(true), after(false)), (50 + 2 * 110, 50 + 2 * 90));
    }
}
