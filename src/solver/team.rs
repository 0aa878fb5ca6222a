//! Several searches side by side that now and then go on from the best of them.
//!
//! With an iteration budget their number is fixed and they exchange at fixed iteration counts, so the result does not
//! depend on how many threads run them. With a time budget alone each thread runs one.

use std::sync::atomic::Ordering;
use std::time::Instant;

use rayon::prelude::*;

use super::context::Context;
use super::rng::Rng;
use super::search::Search;
use super::{Event, Params, StopRule};
use crate::units::Cost;

/// Searches under an iteration budget.
const SEARCHES: usize = 4;
/// Rounds between which progress is told.
const ROUNDS: u64 = 40;
/// Every so many rounds the best solutions are polished and the worse half goes on from the best.
const ROUNDS_TO_EXCHANGE: u64 = 10;
/// Share of the time after which the last solution is polished.
const SEARCH_ENDS: f64 = 0.99;
/// Polished once more, early enough to be done in time.
const ROUND_TO_POLISH: u64 = ROUNDS - 1;
/// Iterations where nothing ends the search: enough for small problems, over in seconds for large ones.
const ITERATIONS_DEFAULT: u64 = 10_000;
/// Iterations between looks at the clock.
const ITERATIONS_TO_LOOK: u64 = 16;

/// The searches and what ends them.
pub(super) struct Team<'c, 'p, 's> {
    searches: Vec<Search<'c, 'p>>,
    clock: Clock<'s>,
    pool: Option<rayon::ThreadPool>,
}

/// What ends a search.
struct Clock<'s> {
    stop: &'s StopRule<'s>,
    iterations: Option<u64>,
    started: Instant,
}

impl Clock<'_> {
    fn is_cancelled(&self) -> bool {
        self.stop.cancelled.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    fn elapsed(&self) -> f64 {
        self.stop.time.map_or(0.0, |time| self.started.elapsed().as_secs_f64() / time.as_secs_f64().max(1e-9))
    }

    fn is_over(&self) -> bool {
        self.is_cancelled() || self.elapsed() >= 1.0
    }
}

impl<'c, 'p, 's> Team<'c, 'p, 's> {
    /// Starts the searches, each from `routes`.
    pub fn new(
        context: &'c Context<'p>,
        params: &Params,
        stop: &'s StopRule<'s>,
        started: Instant,
        routes: &[(u32, Vec<u32>)],
    ) -> Self {
        let default = stop.time.is_none().then_some(ITERATIONS_DEFAULT);
        let iterations = stop.iterations.or(default);
        let threads = params.threads.max(1);
        let count = if iterations.is_some() { SEARCHES } else { threads };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.min(count)).build().ok();
        let clock = Clock { stop, iterations, started };
        let build =
            |index: u64| Search::new(context, routes, Rng::new(params.seed, index), || clock.is_over());
        let searches = match &pool {
            Some(pool) if count > 1 => {
                pool.install(|| (0..count as u64).into_par_iter().map(build).collect())
            }
            _ => (0..count as u64).map(build).collect(),
        };
        Self { searches, clock, pool }
    }

    /// Runs to the end; whether a cancel ended it.
    pub fn run(&mut self, on_event: &mut dyn FnMut(Event)) -> bool {
        let mut told = i64::MAX;
        for round in 1..=ROUNDS {
            self.round(round);
            let best = self.best().best().total;
            on_event(Event { iterations: self.iterations(), best: Cost(best), improved: best < told });
            told = best;
            if self.clock.is_over() {
                break;
            }
            if round % ROUNDS_TO_EXCHANGE == 0 && round < ROUNDS {
                self.exchange();
            }
        }
        self.clock.is_cancelled()
    }

    /// The search with the best solution; of equals the first.
    pub fn best(&self) -> &Search<'c, 'p> {
        self.searches.iter().min_by_key(|search| search.best().total).expect("a team has at least one search")
    }

    /// Iterations of the search that did most.
    pub fn iterations(&self) -> u64 {
        self.searches.iter().map(|search| search.iterations).max().unwrap_or(0)
    }

    fn round(&mut self, round: u64) {
        let clock = &self.clock;
        let run = |search: &mut Search<'c, 'p>| {
            run_round(search, clock, round);
            if round == ROUND_TO_POLISH || round.is_multiple_of(ROUNDS_TO_EXCHANGE) {
                search.polish(|| clock.is_over());
            }
        };
        if let Some(pool) = self.pool.as_ref().filter(|_| self.searches.len() > 1) {
            pool.install(|| self.searches.par_iter_mut().for_each(run));
        } else {
            self.searches.iter_mut().for_each(run);
        }
    }

    /// The worse half goes on from the best.
    fn exchange(&mut self) {
        let mut order: Vec<usize> = (0..self.searches.len()).collect();
        order.sort_by_key(|&index| (self.searches[index].best().total, index));
        let best = self.searches[order[0]].best().clone();
        for &index in &order[order.len().div_ceil(2)..] {
            self.searches[index].restart_from(&best);
        }
    }
}

/// Brings a search to the end of a round.
fn run_round(search: &mut Search<'_, '_>, clock: &Clock<'_>, round: u64) {
    if let Some(all) = clock.iterations {
        let goal = (all * round).div_ceil(ROUNDS);
        while search.iterations < goal && !clock.is_over() {
            search.cool(search.iterations as f64 / all as f64);
            run_some(search, goal - search.iterations);
        }
    } else {
        let end = (round as f64 / ROUNDS as f64).min(SEARCH_ENDS);
        while !clock.is_over() && clock.elapsed() < end {
            search.cool(clock.elapsed());
            run_some(search, ITERATIONS_TO_LOOK);
        }
    }
}

fn run_some(search: &mut Search<'_, '_>, most: u64) {
    for _ in 0..most.min(ITERATIONS_TO_LOOK) {
        search.step();
    }
}
