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
    /// How many of a period's solutions pay, at least and at most, for the price to stay as it is.
    due: (u32, u32),
    seen: u32,
    paying: u32,
}

impl Toll {
    /// Solutions between adjustments.
    const PERIOD: u32 = 100;

    /// First, least and greatest price in the unit of `each`.
    fn new((first, least, most): (f64, f64, f64), each: f64, due: (u32, u32)) -> Self {
        Self { price: first * each, bounds: (least * each, most * each), due, seen: 0, paying: 0 }
    }

    /// Counts a solution that goes on.
    fn count(&mut self, pays: bool) {
        self.seen += 1;
        self.paying += u32::from(pays);
        if self.seen < Self::PERIOD {
            return;
        }
        if self.paying > self.due.1 {
            self.price = (self.price * 1.1).min(self.bounds.1);
        } else if self.paying < self.due.0 {
            self.price = (self.price * 0.9).max(self.bounds.0);
        }
        (self.seen, self.paying) = (0, 0);
    }
}

/// What a visit costs, loads and takes on average.
#[derive(Clone, Copy, Debug)]
pub(super) struct Average {
    pub cost: f64,
    pub load: f64,
    pub time: f64,
}

impl Average {
    pub const ONE: Self = Self { cost: 1.0, load: 1.0, time: 1.0 };
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
    /// How many of 100 solutions lack somebody, or exceed a limit. Ours.
    const DUE: (u32, u32) = (40, 60);
    /// The same for limits where clients have several visits: solutions came out better (Vidal et al. 2012, section 4.6, aim at
    /// 80 for each limit).
    const DUE_OF_REPEATS: (u32, u32) = (85, 95);

    /// `penalty`: of a visit left out. Limits that are not elastic have no price.
    pub fn new(penalty: i64, average: Average, elastic: Elastic, has_repeats: bool) -> Self {
        let due = if has_repeats { Self::DUE_OF_REPEATS } else { Self::DUE };
        let excess = |of_visit: f64| Toll::new(Self::EXCESS, average.cost / of_visit.max(1.0), due);
        Self {
            penalty: penalty.max(1),
            absence: Toll::new(Self::ABSENCE, average.cost, Self::DUE),
            load: (elastic == Elastic::LoadsAndTimes).then(|| excess(average.load)),
            time: (elastic != Elastic::Nothing).then(|| excess(average.time)),
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
    use super::super::excess::Excess;
    use super::*;

    const AVERAGE: Average = Average { cost: 10.0, ..Average::ONE };

    #[test]
    fn the_price_of_an_absence_follows_how_many_lack_somebody() {
        let lacks_two = Totals { operating: 50, missed: 2000, ..Totals::default() };
        let new = || Bank::new(1000, AVERAGE, Elastic::Nothing, false);
        let after = |lacks: bool| {
            let mut bank = new();
            let totals = if lacks { lacks_two } else { Totals::default() };
            (0..Toll::PERIOD).for_each(|_| bank.count(&totals));
            bank.energy(&lacks_two)
        };
        assert_eq!(new().energy(&lacks_two), 50 + 2 * 100);
        assert_eq!((after(true), after(false)), (50 + 2 * 110, 50 + 2 * 90));
    }

    #[test]
    fn where_clients_have_several_visits_more_solutions_may_exceed_limits() {
        let within = Totals::default();
        let beyond = Totals { excess: Excess { load: 1, time: 1 }, ..within };
        let price_after = |paying: u32, has_repeats: bool| {
            let mut bank = Bank::new(1000, AVERAGE, Elastic::LoadsAndTimes, has_repeats);
            (0..Toll::PERIOD).for_each(|at| bank.count(if at < paying { &beyond } else { &within }));
            bank.prices().sum(Excess { load: 10, time: 0 })
        };
        let (lower, same, higher) = (180, 200, 220);
        assert_eq!([39, 40, 60, 61].map(|paying| price_after(paying, false)), [lower, same, same, higher]);
        assert_eq!([84, 85, 95, 96].map(|paying| price_after(paying, true)), [lower, same, same, higher]);
    }
}
