//! How a search spends its iterations: on one annealing, or on several whose results are then crossed.
//!
//! An annealing that is long enough gains little from being longer; what several ones found, each in its own region, does
//! combine. So where the budget allows several, and no visit earns anything (there one long annealing found more), they make
//! a population. From then on each generation is a child of two of it ([`crossing`](super::crossing)), cooled again from a low
//! temperature, that takes the place of the parent it is most like if it is better (crowding: a population stays diverse where
//! only parents are replaced; as in Nagata & Bräysy 2009, *Edge assembly-based memetic algorithm for the capacitated vehicle
//! routing problem*).

use super::rng::Rng;
use super::search::Best;

/// What the search is at, since which iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// One annealing over the whole budget.
    Single,
    /// One of those of which the population is made.
    Annealing { begun: u64 },
    /// A child of two; which of the population it may replace.
    Generation { parent: usize, begun: u64 },
}

/// The population and the plan.
#[derive(Clone, Debug)]
pub(super) struct Lineage {
    pub stage: Stage,
    pub population: Vec<Best>,
    is_planned: bool,
    /// How many annealings, and how many iterations each.
    size: usize,
    length: u64,
    /// Iterations of a generation.
    burst: u64,
    /// Generations since one replaced a parent.
    failures: u64,
}

impl Lineage {
    /// Share of the budget after which it can be told how many iterations it holds.
    const PLANNED_AFTER: f64 = 0.02;
    /// Share of the budget for the annealings.
    const ANNEALED: f64 = 0.4;
    /// Iterations of an annealing for each visit, at least; fewer leave solutions that are not worth crossing. Ours.
    const LEAST_A_VISIT: f64 = 60.0;
    /// Least and greatest size of a population. Ours.
    const SIZE: (f64, f64) = (4.0, 12.0);
    /// Iterations of a generation for each visit, and at least. Ours.
    const BURST: f64 = 0.3;
    const BURST_LEAST: f64 = 30.0;
    /// Generations without a better child, for each member, after which a new population is made. Ours.
    const FAILURES: u64 = 40;
    /// Temperature at which a generation begins, as progress of an annealing. Ours.
    const WARM: f64 = 0.8;

    pub fn new() -> Self {
        Self {
            stage: Stage::Single,
            population: Vec::new(),
            is_planned: false,
            size: 0,
            length: 0,
            burst: 0,
            failures: 0,
        }
    }

    /// Chooses how to spend the budget of which `iterations` were `progress`, for that many visits.
    pub fn plan(&mut self, progress: f64, iterations: u64, visits: usize) {
        if self.is_planned || progress < Self::PLANNED_AFTER {
            return;
        }
        self.is_planned = true;
        let all = iterations as f64 / progress;
        let annealed = Self::ANNEALED * all;
        let visits = visits.max(1) as f64;
        let most = annealed / (Self::LEAST_A_VISIT * visits);
        if most >= Self::SIZE.0 {
            self.size = most.min(Self::SIZE.1) as usize;
            self.length = (annealed / self.size as f64) as u64;
            self.burst = (visits * Self::BURST).max(Self::BURST_LEAST) as u64;
            self.stage = Stage::Annealing { begun: 0 };
        }
    }

    /// How far the temperature has fallen, when the whole budget is at `progress`.
    pub fn cooled(&self, progress: f64, iterations: u64) -> f64 {
        let of = |begun: u64, length: u64| (iterations - begun) as f64 / length as f64;
        match self.stage {
            Stage::Single => progress,
            Stage::Annealing { begun } => of(begun, self.length),
            Stage::Generation { begun, .. } => Self::WARM + (1.0 - Self::WARM) * of(begun, self.burst),
        }
    }

    /// Whether what the search is at has had its iterations.
    pub fn is_over(&self, iterations: u64) -> bool {
        match self.stage {
            Stage::Single => false,
            Stage::Annealing { begun } => iterations - begun >= self.length,
            Stage::Generation { begun, .. } => iterations - begun >= self.burst,
        }
    }

    /// Takes in what the present stage found.
    pub fn take(&mut self, found: &Best) {
        match self.stage {
            Stage::Single => {}
            Stage::Annealing { .. } => self.population.push(found.clone()),
            Stage::Generation { parent, .. } => {
                let is_new = self.population.iter().all(|member| member.total != found.total);
                if found.total < self.population[parent].total && is_new {
                    self.population[parent] = found.clone();
                    self.failures = 0;
                } else {
                    self.failures += 1;
                }
            }
        }
    }

    /// Goes on to the next stage; the parents to cross, if it is a generation.
    pub fn next(&mut self, iterations: u64, rng: &mut Rng) -> Option<(usize, usize)> {
        if self.failures > Self::FAILURES * self.size as u64 {
            self.population.clear();
            self.failures = 0;
        }
        if self.population.len() < self.size {
            self.stage = Stage::Annealing { begun: iterations };
            return None;
        }
        let first = rng.below(self.size);
        let other = (first + 1 + rng.below(self.size - 1)) % self.size;
        self.stage = Stage::Generation { parent: first, begun: iterations };
        Some((first, other))
    }

    /// Takes in another search's best.
    pub fn welcome(&mut self, best: &Best) {
        let is_new = self.population.iter().all(|member| member.total != best.total);
        let worst = self.population.iter_mut().max_by_key(|member| member.total);
        if let Some(worst) = worst.filter(|worst| is_new && worst.total > best.total) {
            worst.clone_from(best);
        }
    }
}
