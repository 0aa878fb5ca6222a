//! How a search spends its iterations: on one annealing, or on several whose results are then crossed.
//!
//! An annealing that is long enough gains little from being longer; what several ones found, each in its own region, does
//! combine. So where the budget allows several, they make a population. From then on each generation is the cheapest of a litter
//! of two members ([`crossing`](super::crossing), [`assembly`](super::assembly)), ruined where it was put together at a low
//! temperature, that takes the place of its first parent, of which it has most, if it is better (crowding: a population stays
//! diverse where only parents are replaced; as in Nagata & Bräysy 2009, *Edge assembly-based memetic algorithm for the
//! capacitated vehicle routing problem*). Where no child does for long, the worst member gives way to another annealing (the
//! immigrants of Grefenstette 1992, *Genetic algorithms for changing environments*).

use super::context::Context;
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

/// How many iterations a stage has for each visit, and what share of the budget the annealings have. Ours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pace {
    share: f64,
    /// An annealing, at least: fewer leave solutions that are not worth crossing.
    annealing: f64,
    generation: f64,
    /// Children of which the most promising one is gone on with.
    pub litter: usize,
    /// Size of a population, at most.
    members: f64,
    /// How many children have a cycle of arcs exchanged in a population of that size. They take small steps, which pays where there
    /// is time for many: the smaller the population the fewer, and none in the smallest.
    assembled: f64,
}

impl Pace {
    /// Everybody must be visited: once, or some several times.
    const ONCE: Self =
        Self { share: 0.4, annealing: 60.0, generation: 0.05, litter: 10, members: 20.0, assembled: 0.3 };
    const SEVERAL: Self = Self { annealing: 150.0, members: 12.0, assembled: 0.0, ..Self::ONCE };
    /// The same, once, within hours: children of short annealings come out better than one long one.
    const HOURS: Self = Self { share: 0.3, annealing: 20.0, ..Self::ONCE };
    /// The same, once, by vehicles of several kinds: an annealing hardly changes the mix that it has when it cools, and several
    /// try as many.
    const MIXED: Self = Self { annealing: 15.0, ..Self::SEVERAL };
    /// Whom to visit is a matter of worth; and who comes to a visit depends on the others.
    const SELECTIVE: Self = Self { annealing: 8.0, generation: 0.3, litter: 4, ..Self::SEVERAL };
    const ATTENDED: Self = Self { annealing: 200.0, ..Self::SELECTIVE };

    pub fn of(context: &Context<'_>) -> Self {
        if context.is_attended() {
            Self::ATTENDED
        } else if context.is_selective {
            Self::SELECTIVE
        } else if context.has_repeats {
            Self::SEVERAL
        } else if context.has_mixed_fleet() {
            Self::MIXED
        } else if context.has_hours {
            Self::HOURS
        } else {
            Self::ONCE
        }
    }
}

/// The population and the plan.
#[derive(Clone, Debug)]
pub(super) struct Lineage {
    pub stage: Stage,
    pub population: Vec<Best>,
    pub pace: Pace,
    is_planned: bool,
    /// How many annealings, and how many iterations each.
    size: usize,
    length: u64,
    /// Iterations of a generation.
    burst: u64,
    /// As [`Pace::assembled`], in this population.
    pub assembled: f64,
    /// Generations since a child was better than its parent.
    stale: u64,
}

impl Lineage {
    /// Share of the budget after which it can be told how many iterations it holds.
    const PLANNED_AFTER: f64 = 0.02;
    /// Size of a population, at least. Ours.
    const SIZE_LEAST: f64 = 4.0;
    /// Iterations of a generation, at least. Ours.
    const BURST_LEAST: f64 = 30.0;
    /// Generations without a child that takes its parent's place, for each member, after which there is another annealing. Ours.
    const STALE: u64 = 20;
    /// Temperature at which a generation begins, as progress of an annealing. Ours.
    const WARM: f64 = 0.9;

    pub fn new(pace: Pace) -> Self {
        Self {
            stage: Stage::Single,
            population: Vec::new(),
            pace,
            is_planned: false,
            size: 0,
            length: 0,
            burst: 0,
            assembled: 0.0,
            stale: 0,
        }
    }

    /// Chooses how to spend the budget of which `iterations` were `progress`, for that many visits.
    pub fn plan(&mut self, progress: f64, iterations: u64, visits: usize) {
        if self.is_planned || progress < Self::PLANNED_AFTER {
            return;
        }
        self.is_planned = true;
        let all = iterations as f64 / progress;
        let annealed = self.pace.share * all;
        let visits = visits.max(1) as f64;
        let most = annealed / (visits * self.pace.annealing);
        if most >= Self::SIZE_LEAST {
            let size = most.min(self.pace.members);
            self.size = size as usize;
            self.assembled =
                self.pace.assembled * (size - Self::SIZE_LEAST) / (self.pace.members - Self::SIZE_LEAST);
            self.length = (annealed / self.size as f64) as u64;
            self.burst = (visits * self.pace.generation).max(Self::BURST_LEAST) as u64;
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
            Stage::Annealing { .. } => {
                match self.worst().filter(|_| self.population.len() == self.size) {
                    Some(worst) => self.population[worst] = found.clone(),
                    None => self.population.push(found.clone()),
                }
                self.stale = 0;
            }
            Stage::Generation { parent, .. } => {
                let goes_in = found.total < self.population[parent].total && self.is_new(found.total);
                if goes_in {
                    self.population[parent].clone_from(found);
                }
                self.stale = if goes_in { 0 } else { self.stale + 1 };
            }
        }
    }

    /// Goes on to the next stage; the parents to cross, if it is a generation.
    pub fn next(&mut self, iterations: u64, rng: &mut Rng) -> Option<(usize, usize)> {
        if self.population.len() < self.size || self.stale > Self::STALE * self.size as u64 {
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
        if let Some(worst) = self.worst()
            && self.is_new(best.total)
            && self.population[worst].total > best.total
        {
            self.population[worst].clone_from(best);
        }
    }

    /// Whether no member costs as much: then none is the same.
    pub fn is_new(&self, total: i64) -> bool {
        self.population.iter().all(|member| member.total != total)
    }

    fn worst(&self) -> Option<usize> {
        (0..self.population.len()).max_by_key(|&member| self.population[member].total)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::problem;
    use super::*;
    use crate::model::Problem;
    use crate::units::{ClockTime, Cost, Day};

    fn found(total: i64) -> Best {
        let mut best = Best::NONE;
        best.total = total;
        best
    }

    fn totals(lineage: &Lineage) -> Vec<i64> {
        let mut totals: Vec<i64> = lineage.population.iter().map(|member| member.total).collect();
        totals.sort_unstable();
        totals
    }

    #[test]
    fn the_pace_follows_what_the_problem_is_about() {
        let pace = |change: &dyn Fn(&mut Problem)| {
            let mut problem = problem(1);
            change(&mut problem);
            Pace::of(&Context::new(&problem))
        };
        let alike = |problem: &mut Problem| {
            problem.vehicles.raw[1] = problem.vehicles.raw[0].clone();
        };
        assert_eq!(pace(&|_| ()), Pace::MIXED);
        assert_eq!(pace(&alike), Pace::ONCE);
        assert_eq!(
            pace(&|problem| {
                alike(problem);
                problem.clients.raw[0].windows[0][0].close = ClockTime(1000);
            }),
            Pace::HOURS
        );
        assert_eq!(
            pace(&|problem| {
                problem.cycle_days = 2;
                for client in &mut problem.clients {
                    client.patterns = vec![[Day(0), Day(1)].into_iter().collect()];
                    client.windows = vec![client.windows[0].clone(); 2];
                    client.locks = vec![None; 2];
                }
            }),
            Pace::SEVERAL
        );
        assert_eq!(pace(&|problem| problem.clients.raw[0].value = Cost(5)), Pace::SELECTIVE);
    }

    #[test]
    fn the_more_members_the_more_children_by_assembly() {
        let planned = |iterations: u64| {
            let mut lineage = Lineage::new(Pace::ONCE);
            lineage.plan(1.0, iterations, 1);
            (lineage.size, (100.0 * lineage.assembled).round() as u32)
        };
        // 40 of 100 hold a member for every 60.
        assert_eq!(planned(599), (0, 0), "one annealing");
        assert_eq!(planned(600), (4, 0));
        assert_eq!(planned(1800), (12, 15));
        assert_eq!(planned(3000), (20, 30));
        assert_eq!(planned(30_000), (20, 30));
    }

    #[test]
    fn better_children_take_their_parents_place_and_a_stale_population_gets_an_annealing() {
        let (mut lineage, mut rng) = (Lineage::new(Pace::ONCE), Rng::new(1, 1));
        // 600 iterations, of which 240 hold four annealings of one visit.
        lineage.plan(0.5, 300, 1);
        for total in [40, 30, 20, 10] {
            assert!(matches!(lineage.stage, Stage::Annealing { .. }));
            lineage.take(&found(total));
            lineage.next(0, &mut rng);
        }
        let mut child = |lineage: &mut Lineage, total: i64| {
            let (first, other) = lineage.next(0, &mut rng).expect("a generation");
            assert_ne!(first, other);
            let parent = lineage.population[first].total;
            lineage.take(&found(total));
            parent
        };
        child(&mut lineage, 50);
        child(&mut lineage, 10);
        assert_eq!(totals(&lineage), [10, 20, 30, 40], "one is worse than all, one is there already");
        let parent = child(&mut lineage, 5);
        let mut expected = vec![5, 10, 20, 30, 40];
        expected.retain(|&total| total != parent);
        assert_eq!(totals(&lineage), expected);
        for _ in 0..Lineage::STALE * 2 {
            child(&mut lineage, 50);
        }
        while !totals(&lineage).contains(&6) {
            let parent = child(&mut lineage, 6);
            if parent > 6 {
                expected.retain(|&total| total != parent);
                expected.insert(1, 6);
            }
        }
        assert_eq!(totals(&lineage), expected, "better than its parent, not than all");
        for _ in 0..=Lineage::STALE * 4 {
            child(&mut lineage, 50);
        }
        assert_eq!(lineage.next(0, &mut rng), None);
        lineage.take(&found(100));
        expected.pop();
        expected.push(100);
        assert_eq!(totals(&lineage), expected, "in place of the worst, though it is no better");
        assert!(lineage.next(0, &mut rng).is_some());
    }
}
