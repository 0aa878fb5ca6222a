//! From one stage of a search to the next, and what becomes of solutions that exceed limits.

use super::{Best, Mood, Search};
use crate::solver::assembly;
use crate::solver::context::NONE;
use crate::solver::crossing::Offspring;
use crate::solver::state::State;
use crate::solver::trips::deal_out;

/// A child of two solutions.
struct Child<'c, 'p> {
    state: State<'c, 'p>,
    seam: Vec<u32>,
    /// Whether it costs what a member of the population does: then it is that member again.
    is_copy: bool,
    /// What it costs, what it lacks and exceeds at its price.
    energy: i64,
}

impl Child<'_, '_> {
    /// The least is the most promising.
    fn rank(&self) -> (bool, i64) {
        (self.is_copy, self.energy)
    }
}

impl<'c, 'p> Search<'c, 'p> {
    /// How much dearer limits are while a solution is brought within them, and for how many iterations. Ours.
    const REPAIR_PRICE: i64 = 10;
    const REPAIR_ITERATIONS: usize = 20;
    /// Iterations between such looks at least, and the progress of the temperature from which on they are worth it. Ours.
    const ASIDE_LEAST: u64 = 50;
    const ASIDE_FROM: f64 = 0.3;
    /// How often parents are crossed for a child that is no copy. Ours.
    const CROSSINGS_MOST: usize = 10;
    /// How often a child is ruined where it was put together. Ours.
    const AT_SEAM: f64 = 0.9;

    /// Ends a stage that has had its iterations and begins the next.
    pub(super) fn turn(&mut self) {
        if !self.lineage.is_over(self.iterations) {
            return;
        }
        if !self.state.totals.excess.is_none() {
            self.repair();
        }
        let record = std::mem::replace(&mut self.record, Best::NONE);
        self.is_record_near = false;
        if record.total < i64::MAX {
            self.lineage.take(&record);
        }
        if record.total < self.champion.total {
            self.champion = record;
        }
        if let Some((first, other)) = self.lineage.next(self.iterations, &mut self.rng) {
            self.cross(first, other);
        } else {
            self.seam.clear();
            self.construct(&[], || false);
            self.state.prices = self.bank.prices();
        }
    }

    /// Brings a state that exceeds limits within them, if a few iterations around the routes that do are enough (as Vidal 2022
    /// repairs children, section 3.2).
    fn repair(&mut self) {
        let bank = self.bank;
        let prices = bank.prices().raised(Self::REPAIR_PRICE);
        self.state.prices = prices;
        for _ in 0..Self::REPAIR_ITERATIONS {
            let routes = self.state.routes.iter().filter(|route| !route.excess.is_none());
            let exceeding: Vec<u32> = routes.flat_map(|route| &route.clients).copied().collect();
            let Some(client) = (!exceeding.is_empty()).then(|| self.rng.pick(&exceeding)) else { break };
            let before = bank.energy_at(&self.state.totals, prices);
            self.ruin_and_recreate((client != NONE).then_some(client));
            if bank.energy_at(&self.state.totals, prices) < before {
                self.state.commit();
            } else {
                self.state.rollback();
            }
        }
        self.keep_if_best();
        self.state.prices = bank.prices();
    }

    /// Goes on from the cheapest of a litter of two of the population: hardly a generation takes more than the cost of two visits
    /// off what a child begins with, and most begin far dearer than their parent (measured). Nagata & Bräysy (2009) make many children
    /// of a pair too, and keep the best.
    fn cross(&mut self, first: usize, other: usize) {
        let mut best = self.child(first, other);
        for _ in 1..self.lineage.pace.litter {
            let next = self.child(first, other);
            if next.rank() < best.rank() {
                best = next;
            }
        }
        best.state.swap_memory(&mut self.state);
        (self.state, self.seam) = (best.state, best.seam);
        self.is_record_near = false;
        self.keep_if_best();
    }

    /// A child of two of the population, with whoever was left out put in again, at a local optimum around its seam.
    fn child(&mut self, first: usize, other: usize) -> Child<'c, 'p> {
        let Offspring { mut routes, trips, mut seam } = self.offspring(first, other);
        let mut state = State::new(self.state.context);
        // What is remembered of times is of use to every child.
        state.swap_memory(&mut self.state);
        state.prices = self.bank.prices();
        deal_out(&state, &mut routes, trips);
        state.load_routes(&routes);
        seam.extend_from_slice(state.absent());
        seam.sort_unstable();
        seam.dedup();
        self.recreate.queue.clear();
        self.recreate.queue.extend_from_slice(state.absent());
        self.recreate.run(&mut state, Mood { blink: Self::BLINK, discount: 1.0 }, &mut self.rng);
        self.fleet.fit(&mut state, &mut self.rng);
        self.descent.run_around(&mut state, &seam);
        state.commit();
        state.swap_memory(&mut self.state);
        let energy = self.bank.energy(&state.totals);
        Child { is_copy: !self.lineage.is_new(energy), state, seam, energy }
    }

    /// One of two of the population with some arcs of the other one, where they visit the same clients, or with routes of it.
    fn offspring(&mut self, first: usize, other: usize) -> Offspring {
        let (context, population) = (self.state.context, &self.lineage.population);
        let (first, other) = (&population[first].routes, &population[other].routes);
        if self.lineage.assembled > 0.0
            && self.rng.chance(self.lineage.assembled)
            && let Some(assembled) = assembly::child(context, [first, other], &mut self.rng)
        {
            return assembled;
        }
        let mut child = self.crossing.child(context, first, other, &mut self.rng);
        for _ in 1..Self::CROSSINGS_MOST {
            if !child.seam.is_empty() {
                break;
            }
            child = self.crossing.child(context, first, other, &mut self.rng);
        }
        child
    }

    /// Around whom to ruin next, if not around anybody: in a child, where it was put together.
    pub(super) fn where_to_ruin(&mut self) -> Option<u32> {
        (!self.seam.is_empty() && self.rng.chance(Self::AT_SEAM)).then(|| self.rng.pick(&self.seam))
    }

    /// Now and then tries what a solution that exceeds limits becomes within them; the trajectory goes on from where it is.
    pub(super) fn look_aside(&mut self) {
        let is_time = self.iterations.is_multiple_of((self.state.size().0 as u64).max(Self::ASIDE_LEAST));
        if !is_time || self.state.totals.excess.is_none() || self.cooled < Self::ASIDE_FROM {
            return;
        }
        let state = self.state.clone();
        self.repair();
        self.state = state;
        self.is_record_near = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::context::Context;
    use crate::solver::crossing::{FIRST, OTHER};
    use crate::solver::rng::Rng;
    use crate::solver::tests::problem;

    #[test]
    fn the_child_gone_on_with_is_the_cheapest_of_its_litter_that_is_no_copy() {
        let mut went_on_with_new = 0;
        for seed in 0..20 {
            let problem = problem(seed);
            let context = Context::new(&problem);
            let found = |stream| {
                let mut search = Search::new(&context, &[], Rng::new(seed, stream), || false);
                (0..20).for_each(|_| search.step());
                search.best().clone()
            };
            let mut search = Search::new(&context, &[], Rng::new(seed, 3), || false);
            search.lineage.population = vec![found(1), found(2)];
            let mut twin = search.clone();
            let litter: Vec<Child<'_, '_>> =
                (0..search.lineage.pace.litter).map(|_| twin.child(FIRST, OTHER)).collect();
            search.cross(FIRST, OTHER);
            let new = litter.iter().filter(|child| !child.is_copy).map(|child| child.energy).min();
            let expected = new.or_else(|| litter.iter().map(|child| child.energy).min());
            assert_eq!(Some(search.bank.energy(&search.state.totals)), expected);
            let totals = [FIRST, OTHER].map(|member| search.lineage.population[member].total);
            assert!(new.is_none_or(|energy| !totals.contains(&energy)), "a copy is nothing new");
            went_on_with_new += usize::from(new.is_some());
        }
        assert!(went_on_with_new > 0, "some litter holds more than copies");
    }
}
