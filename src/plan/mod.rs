//! The library's front door: calls the layers in order and returns everything they produced.
//!
//! In: a dataset and its roads. Out: a [`Plan`], checked, or all findings about the points and the problem.

mod attendance;
mod cycle;
mod fingerprint;
pub mod frontier;
mod keep;
mod proof;

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rayon::prelude::*;
use typed_index_collections::{TiSlice, TiVec, ti_vec};

pub use attendance::attendance;
pub use cycle::Cycle;
pub use fingerprint::fingerprint;
pub use keep::{Change, Keep};
pub use proof::{Proof, Wish};

use crate::check::{self, Kind, Violation};
use crate::coverage::{self, AttendanceModels, CoverSets, CoverageReport, Phase, WhiteZone};
use crate::diagnostics::{Report, Severity, Text};
use crate::ids::{ClientId, StopId};
use crate::model::evaluate::{Evaluation, evaluate};
use crate::model::reasons::{explain, say};
use crate::model::{self, Problem, Solution};
use crate::network::RoadNetwork;
use crate::solver::{self, Outcome, Params, StopRule};
use crate::survey::{self, Survey};
use crate::tables::{Dataset, Resources, SolverSettings};
use crate::timetable::{self, Timetable};
use crate::units::Seconds;

/// Everything about a finished plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario.
    pub dataset: Dataset,
    /// Equal for equal tables and settings (roads and search budget aside): tells whether a plan is of this scenario.
    pub fingerprint: String,
    /// Its roads.
    pub network: RoadNetwork,
    /// What the roads say about it.
    pub survey: Survey,
    /// Who reaches what.
    pub covers: CoverSets,
    /// Tours with dates and times.
    pub timetable: Timetable,
    /// The money, term by term, for one cycle.
    pub evaluation: Evaluation,
    /// What one cycle takes: shifts, kilometres, hours, and what each costs.
    pub cycle: Cycle,
    /// Visits of each stop in one cycle.
    pub visits_per_cycle: TiVec<StopId, usize>,
    /// Before and after.
    pub coverage: CoverageReport,
    /// Who goes where, as the plan counts and as places are referred.
    pub attendance: AttendanceModels,
    /// White zones before.
    pub zones_before: Vec<WhiteZone>,
    /// White zones after.
    pub zones_after: Vec<WhiteZone>,
    /// Why each stop that is left out is.
    pub left_out: TiVec<StopId, Option<Reason>>,
    /// What the checker says; empty unless a required stop had to be left out (then RHYTHM) or there is a bug.
    pub violations: Vec<Violation>,
    /// The seed used.
    pub seed: u64,
    /// Iterations done.
    pub iterations: u64,
    /// Ctrl-C ended the search.
    pub cancelled: bool,
    /// How far it is from the best possible, at most; none where nobody asked.
    pub proof: Option<Proof>,
}

impl Plan {
    /// Violations that only a bug explains: all but required stops left out, which the plan says itself.
    pub fn bugs(&self) -> impl Iterator<Item = &Violation> {
        self.violations.iter().filter(|violation| violation.kind == Kind::Broken)
    }

    /// Whether the stop has a visit.
    pub fn is_served(&self, stop: StopId) -> bool {
        self.visits_per_cycle[stop] > 0
    }
}

/// Why a stop is left out, verified by trying it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which rule blocks it, or that it costs more than it brings.
    pub why: Text,
    /// The smallest change that would serve it.
    pub fix: Text,
}

/// What the caller asks beyond the scenario.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Instead of the scenario's seed.
    pub seed: Option<u64>,
    /// Instead of the scenario's budget. With a time as well, the first that is met ends the search.
    pub iterations: Option<u64>,
    /// Instead of the scenario's budget.
    pub time: Option<Duration>,
    /// Worker threads; 0 counts as 1. With an iteration budget the plan does not depend on it.
    pub threads: usize,
    /// Set from outside to end the search with the best plan so far.
    pub cancelled: Option<&'a AtomicBool>,
    /// Instead of the tables' antennas and worth of a household.
    pub resources: Resources,
    /// A plan to keep as far as it can be.
    pub keep: Option<&'a Keep>,
    /// Whether to bound the best possible, and how long.
    pub proof: Option<Wish>,
}

/// Progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Travel and coverage are being measured.
    Surveying,
    /// The search goes on.
    Searching(solver::Event),
    /// The best possible is being bounded.
    Proving,
    /// Times are being set and checked, reasons being tried.
    Finishing,
}

/// Plans a scenario. The plan has been checked: see [`Plan::violations`] and [`Plan::bugs`].
pub fn plan(
    dataset: &Dataset,
    network: RoadNetwork,
    options: &Options<'_>,
    on_event: &mut dyn FnMut(Event),
) -> Report<Plan> {
    on_event(Event::Surveying);
    let varied = dataset.with_resources(&options.resources);
    let Some(dataset) = varied.value else { return Report::failed(varied.diagnostics) };
    let mut surveyed = survey::survey(&dataset, &network);
    let Some(survey) = surveyed.value.take() else { return Report::failed(surveyed.diagnostics) };
    let covers = coverage::cover_sets(&dataset, &survey);
    let surroundings = Surroundings { survey: &survey, covers: &covers, options };
    let (locked, tried) = if let Some(keep) = options.keep {
        surroundings.around(&dataset, keep, on_event)
    } else {
        (dataset.clone(), surroundings.attempt(&dataset, None, on_event))
    };
    let mut diagnostics = [surveyed.diagnostics, tried.diagnostics].concat();
    diagnostics.extend(coverage::referral_findings(&dataset, &covers));
    let Some((problem, outcome)) = tried.value else { return Report::failed(diagnostics) };
    let proof = options.proof.map(|wish| {
        on_event(Event::Proving);
        Proof::of(&problem, &outcome, wish, options.cancelled)
    });

    on_event(Event::Finishing);
    let name = fingerprint(&dataset); // of the scenario: what is kept is no part of it
    let found = Found { problem: &problem, outcome: &outcome, seed: options.seed_for(&dataset) };
    Report::new(Plan { proof, ..finish(locked, name, network, survey, covers, found) }, diagnostics)
}

impl Options<'_> {
    /// Iterations and time of a search: what the caller asks, else what the scenario says; there, iterations win over
    /// time.
    pub fn budget(&self, settings: &SolverSettings) -> (Option<u64>, Option<Duration>) {
        if self.iterations.is_some() || self.time.is_some() {
            return (self.iterations, self.time);
        }
        if settings.iterations.is_some() {
            return (settings.iterations, None);
        }
        let seconds = settings.time.max(Seconds::ZERO).get().unsigned_abs();
        (None, Some(Duration::from_secs(u64::from(seconds))))
    }

    fn seed_for(&self, dataset: &Dataset) -> u64 {
        self.seed.unwrap_or(dataset.settings.solver.seed)
    }
}

/// What no attempt changes.
struct Surroundings<'a> {
    survey: &'a Survey,
    covers: &'a CoverSets,
    options: &'a Options<'a>,
}

impl Surroundings<'_> {
    fn attempt(
        &self,
        dataset: &Dataset,
        keep: Option<&Keep>,
        on_event: &mut dyn FnMut(Event),
    ) -> Report<(Problem, Outcome)> {
        let lowered = model::lower(dataset, self.survey, self.covers);
        let Some(problem) = lowered.value else { return Report::failed(lowered.diagnostics) };
        let seed = self.options.seed_for(dataset);
        let kept = keep.map(|keep| keep.routes(&dataset.settings, &problem));
        let (settings, options) = (&dataset.settings.solver, self.options);
        let outcome = search(&problem, settings, seed, options, kept.as_ref(), on_event);
        Report::new((problem, outcome), lowered.diagnostics)
    }

    /// With everything kept; if some of it finds no place, once more with that given free.
    fn around(
        &self,
        dataset: &Dataset,
        keep: &Keep,
        on_event: &mut dyn FnMut(Event),
    ) -> (Dataset, Report<(Problem, Outcome)>) {
        let locked = keep.lock(dataset, &[]);
        let tried = self.attempt(&locked, Some(keep), on_event);
        let free = match &tried.value {
            None => keep.unchanged(),
            Some((_, outcome)) => {
                let visits = visits_per_cycle(dataset, &outcome.solution);
                keep.unchanged().into_iter().filter(|&stop| visits[stop] == 0).collect()
            }
        };
        let (locked, mut tried) = if free.is_empty() {
            (locked, tried)
        } else {
            let locked = keep.lock(dataset, &free);
            let tried = self.attempt(&locked, Some(keep), on_event);
            (locked, tried)
        };
        // Of a stop on a kept day it says nothing that it could not be served alone, on that day.
        let usual = model::lower(dataset, self.survey, self.covers).diagnostics;
        tried.diagnostics.retain(|finding| finding.severity == Severity::Error || usual.contains(finding));
        (locked, tried)
    }
}

fn search(
    problem: &Problem,
    settings: &SolverSettings,
    seed: u64,
    options: &Options<'_>,
    kept: Option<&Solution>,
    on_event: &mut dyn FnMut(Event),
) -> Outcome {
    let params = Params { seed, threads: options.threads.max(1) };
    let (iterations, time) = options.budget(settings);
    let stop = StopRule { iterations, time, cancelled: options.cancelled };
    solver::solve(problem, &params, &stop, kept, &mut |event| on_event(Event::Searching(event)))
}

/// What the search found, and for what.
struct Found<'a> {
    problem: &'a Problem,
    outcome: &'a Outcome,
    seed: u64,
}

/// From a solution to everything people want to know about it.
fn finish(
    dataset: Dataset,
    fingerprint: String,
    network: RoadNetwork,
    survey: Survey,
    covers: CoverSets,
    Found { problem, outcome, seed }: Found<'_>,
) -> Plan {
    let timetable = timetable::schedule(problem, &outcome.solution, &dataset);
    let violations = check::check(&dataset, &survey, &timetable);
    let evaluation = evaluate(problem, &outcome.solution);
    let visits_per_cycle = visits_per_cycle(&dataset, &outcome.solution);
    let is_open: TiVec<StopId, bool> = visits_per_cycle.iter().map(|&visits| visits > 0).collect();
    let coverage = coverage::measure(&dataset, &covers, &is_open);
    Plan {
        fingerprint,
        cycle: Cycle::of(problem, &outcome.solution, &evaluation),
        attendance: attendance(&dataset, &covers, &timetable),
        zones_before: coverage::white_zones(&dataset, &coverage, Phase::Before),
        zones_after: coverage::white_zones(&dataset, &coverage, Phase::After),
        left_out: reasons(&dataset, problem, &outcome.solution, &visits_per_cycle),
        seed,
        iterations: outcome.iterations,
        cancelled: outcome.cancelled,
        proof: None,
        dataset,
        network,
        survey,
        covers,
        timetable,
        evaluation,
        visits_per_cycle,
        coverage,
        violations,
    }
}

/// Why each stop without a visit has none. In parallel: each takes many trial insertions.
fn reasons(
    dataset: &Dataset,
    problem: &Problem,
    solution: &Solution,
    visits: &TiSlice<StopId, usize>,
) -> TiVec<StopId, Option<Reason>> {
    let reason = |stop: StopId| {
        let left_out = explain(problem, solution, ClientId(stop.0));
        let said = say(dataset, problem, stop, &left_out);
        Reason { why: said.why, fix: said.fix }
    };
    let stops: Vec<StopId> = dataset.stops.keys().collect();
    stops.par_iter().map(|&stop| (visits[stop] == 0).then(|| reason(stop))).collect::<Vec<_>>().into()
}

/// Clients are stops, in the same order.
fn visits_per_cycle(dataset: &Dataset, solution: &Solution) -> TiVec<StopId, usize> {
    let mut visits = ti_vec![0; dataset.stops.len()];
    let of = |client: ClientId| StopId(client.0);
    for client in solution.routes.iter().flat_map(|route| route.trips.iter().flatten()) {
        visits[of(*client)] += 1;
    }
    visits
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn settings(iterations: Option<u64>) -> SolverSettings {
        SolverSettings { time: Seconds(60), seed: 1, iterations }
    }

    #[test]
    fn what_the_caller_asks_wins_over_the_scenario() {
        let asked = |iterations, time| Options { iterations, time, ..Options::default() };
        assert_eq!(asked(None, Some(MINUTE)).budget(&settings(Some(5))), (None, Some(MINUTE)));
        assert_eq!(asked(Some(7), None).budget(&settings(None)), (Some(7), None));
        assert_eq!(asked(Some(7), Some(MINUTE)).budget(&settings(Some(5))), (Some(7), Some(MINUTE)));
    }

    #[test]
    fn a_scenario_s_iterations_win_over_its_time() {
        assert_eq!(Options::default().budget(&settings(Some(5))), (Some(5), None));
        assert_eq!(Options::default().budget(&settings(None)), (None, Some(MINUTE)));
    }
}
