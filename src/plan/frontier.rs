//! Need covered against what it costs: plans of one scenario over a range of resources.
//!
//! Each point is a whole plan, checked like any other. The worth of a household is what trades need for money: over its
//! range the plans found lie on the convex part of the frontier (Ehrgott 2005, §3.1); the number of antennas shifts it.
//! A search starts from its neighbours' plans, and at the end every point takes the best plan that any point found and
//! that its own resources allow.

use std::ops::RangeInclusive;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Options, Plan, budget, finish};
use crate::coverage::{self, CoverSets};
use crate::diagnostics::{Diagnostic, Report};
use crate::ids::{ShiftId, VehicleId};
use crate::model::evaluate::evaluate;
use crate::model::{self, Problem, Route, Solution};
use crate::network::RoadNetwork;
use crate::solver::{self, Outcome, Params, StopRule};
use crate::survey::{self, Survey};
use crate::tables::{Dataset, Priority, Resources};
use crate::units::{Cost, Day, Need};

/// The resources to try: every number of antennas with every worth of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRange {
    /// Numbers of antennas; beyond those of the table, copies of its last one.
    pub antennas: RangeInclusive<usize>,
    /// Worths of a household within reach, a cycle, increasing.
    pub values: Vec<Cost>,
}

impl ResourceRange {
    /// Every number of antennas up to one more than the table has; the scenario's worth of a household, down to a 256th of
    /// it and up to four times: where coverage comes first, the interesting part is far below.
    pub fn usual(dataset: &Dataset) -> Self {
        let value = dataset.settings.objective.value_per_household.get();
        let mut values: Vec<Cost> =
            [256, 128, 64, 32, 16, 8, 4, 2, 1].map(|part| Cost(value / part)).to_vec();
        values.push(Cost(value.saturating_mul(4)));
        values.dedup();
        Self { antennas: 1..=dataset.antennas.len() + 1, values }
    }

    /// Number of points.
    pub fn count(&self) -> usize {
        self.antennas.clone().count() * self.values.len()
    }
}

/// What a point's plan takes and brings, a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Days of antennas.
    pub shifts: usize,
    /// Visits.
    pub visits: usize,
    /// Stops with a visit.
    pub stops: usize,
    /// Required stops without one.
    pub missed: usize,
    /// Metres driven.
    pub metres: i64,
    /// Seconds from leaving to returning.
    pub duty: i64,
    /// Operating cost.
    pub cost: Cost,
    /// Need within reach of an aid site or an open stop.
    pub covered: Need,
    /// Households served, visits added up.
    pub served: i64,
}

/// One plan of the frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Antennas at work.
    pub antennas: usize,
    /// Worth of a household within reach under which the plan was found.
    pub value_per_household: Cost,
    /// What it takes and brings.
    pub figures: Figures,
    /// Whether another point brings as much need for less, or more for the same.
    pub is_dominated: bool,
}

impl Point {
    /// What to ask of `plan` for the same.
    pub fn means(&self) -> Resources {
        Resources { antennas: Some(self.antennas), value_per_household: Some(self.value_per_household) }
    }
}

/// All plans found, by number of antennas, then by the worth of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    /// The points.
    pub points: Vec<Point>,
    /// All need.
    pub need: Need,
    /// Need within reach of aid sites alone.
    pub covered_before: Need,
    /// Ctrl-C ended it: some points are missing, those that are here are whole.
    pub cancelled: bool,
}

impl Frontier {
    /// Points that no other dominates, from the cheapest to the one that covers most.
    pub fn best(&self) -> Vec<&Point> {
        let mut best: Vec<&Point> = self.points.iter().filter(|point| !point.is_dominated).collect();
        best.sort_by_key(|point| (point.figures.cost, point.figures.covered));
        best
    }
}

/// Progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Travel and coverage are being measured.
    Surveying,
    /// A point is being searched: how many are done, of how many.
    Searching(usize, usize),
    /// Plans are being timed and checked.
    Finishing(usize, usize),
}

/// A point on its way.
struct Draft {
    resources: Resources,
    antennas: usize,
    value: Cost,
    tours: Vec<DayTour>,
    iterations: u64,
}

/// A route by vehicle and day: shifts are numbered anew when antennas come and go.
type DayTour = (VehicleId, Day, Route);

/// Plans over a range of resources; `on_plan` is handed every plan in the order of [`Frontier::points`].
///
/// A time budget is shared by all points; an iteration budget is each point's.
pub fn frontier(
    dataset: &Dataset,
    network: &RoadNetwork,
    range: &ResourceRange,
    options: &Options<'_>,
    on_event: &mut dyn FnMut(Event),
    on_plan: &mut dyn FnMut(&Point, &Plan),
) -> Report<Frontier> {
    on_event(Event::Surveying);
    let widest =
        dataset.with_resources(&Resources { antennas: Some(*range.antennas.end()), ..Resources::default() });
    let Some(widest) = widest.value else { return Report::failed(widest.diagnostics) };
    let surveyed = survey::survey(&widest, network);
    let Some(survey) = surveyed.value else { return Report::failed(surveyed.diagnostics) };
    let mut study = Study {
        dataset,
        network,
        covers: coverage::cover_sets(&widest, &survey),
        survey,
        width: *range.antennas.end(),
        options,
        diagnostics: surveyed.diagnostics,
    };
    let Some(mut drafts) = study.search(range, on_event) else { return Report::failed(study.diagnostics) };
    study.share(&mut drafts);
    let points = study.finish(&drafts, on_event, on_plan);
    let (need, covered_before) =
        points.first().map_or((Need::ZERO, Need::ZERO), |(_, need, before)| (*need, *before));
    let mut points: Vec<Point> = points.into_iter().map(|(point, ..)| point).collect();
    mark_dominated(&mut points);
    let cancelled = study.is_cancelled();
    Report::new(Frontier { points, need, covered_before, cancelled }, study.diagnostics)
}

/// What all points share.
struct Study<'a> {
    dataset: &'a Dataset,
    network: &'a RoadNetwork,
    survey: Survey,
    covers: CoverSets,
    /// Antennas of the survey: every point has as many, some without work.
    width: usize,
    options: &'a Options<'a>,
    /// Findings, each once.
    diagnostics: Vec<Diagnostic>,
}

impl Study<'_> {
    /// The scenario of a point, with the antennas of the survey.
    fn scenario(&self, resources: &Resources) -> Report<Dataset> {
        let widest =
            self.dataset.with_resources(&Resources { antennas: Some(self.width), ..Resources::default() });
        let Some(widest) = widest.value else { return widest };
        widest.with_resources(resources)
    }

    /// The problem of a point; none, and the findings kept, where it can't be planned.
    fn problem(&mut self, resources: &Resources) -> Option<(Dataset, Problem)> {
        let scenario = self.scenario(resources);
        self.keep(scenario.diagnostics);
        let scenario = scenario.value?;
        let lowered = model::lower(&scenario, &self.survey, &self.covers);
        self.keep(lowered.diagnostics);
        Some((scenario, lowered.value?))
    }

    fn keep(&mut self, found: Vec<Diagnostic>) {
        for finding in found {
            if !self.diagnostics.contains(&finding) {
                self.diagnostics.push(finding);
            }
        }
    }

    fn is_cancelled(&self) -> bool {
        self.options.cancelled.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Searches all points, each from its predecessor's plan. None where the scenario can't be planned.
    fn search(&mut self, range: &ResourceRange, on_event: &mut dyn FnMut(Event)) -> Option<Vec<Draft>> {
        let mut drafts: Vec<Draft> = Vec::new();
        for antennas in range.antennas.clone() {
            for &value in &range.values {
                if self.is_cancelled() && !drafts.is_empty() {
                    return Some(drafts);
                }
                on_event(Event::Searching(drafts.len(), range.count()));
                let resources = Resources { antennas: Some(antennas), value_per_household: Some(value) };
                let (_, problem) = self.problem(&resources)?;
                let neighbours = drafts.iter().filter(|draft| {
                    draft.antennas == antennas || (draft.value == value && draft.antennas + 1 == antennas)
                });
                let starts = neighbours.map(|draft| solution_of(&problem, &draft.tours));
                let start = starts.min_by_key(|start| evaluate(&problem, start).total);
                let outcome = self.solve(&problem, start.as_ref(), range.count());
                let tours = tours_of(&problem, &outcome.solution);
                drafts.push(Draft { resources, antennas, value, tours, iterations: outcome.iterations });
            }
        }
        Some(drafts)
    }

    fn solve(&self, problem: &Problem, start: Option<&Solution>, points: usize) -> Outcome {
        let settings = &self.dataset.settings.solver;
        let (iterations, time) = budget(settings, self.options);
        let time = time.map(|time| (time / points.max(1) as u32).max(Duration::from_millis(10)));
        let params =
            Params { seed: self.options.seed.unwrap_or(settings.seed), threads: self.options.threads.max(1) };
        let stop = StopRule { iterations, time, cancelled: self.options.cancelled };
        solver::solve(problem, &params, &stop, start, &mut |_| ())
    }

    /// Gives every point the best plan that was found with no more antennas than it has.
    fn share(&mut self, drafts: &mut [Draft]) {
        for index in 0..drafts.len() {
            let Some((_, problem)) = self.problem(&drafts[index].resources) else { continue };
            let total = |tours: &[DayTour]| {
                let evaluation = evaluate(&problem, &solution_of(&problem, tours));
                (!evaluation.is_feasible(), evaluation.total)
            };
            let allowed = drafts.iter().filter(|other| other.antennas <= drafts[index].antennas);
            let best = allowed.map(|other| &other.tours).min_by_key(|tours| total(tours.as_slice()));
            if let Some(best) =
                best.filter(|best| total(best.as_slice()) < total(drafts[index].tours.as_slice()))
            {
                let tours = best.clone();
                drafts[index].tours = tours;
            }
        }
    }

    /// Times, checks and hands over all plans. With each point all need, and what aid sites cover of it.
    fn finish(
        &mut self,
        drafts: &[Draft],
        on_event: &mut dyn FnMut(Event),
        on_plan: &mut dyn FnMut(&Point, &Plan),
    ) -> Vec<(Point, Need, Need)> {
        let mut points = Vec::new();
        for draft in drafts {
            on_event(Event::Finishing(points.len(), drafts.len()));
            let Some((scenario, problem)) = self.problem(&draft.resources) else { continue };
            let outcome = Outcome {
                solution: solution_of(&problem, &draft.tours),
                iterations: draft.iterations,
                cancelled: false,
            };
            let seed = self.options.seed.unwrap_or(scenario.settings.solver.seed);
            let (network, survey) = (self.network.clone(), self.survey.clone());
            let plan = finish(scenario, network, survey, self.covers.clone(), &problem, &outcome, seed);
            let point = Point {
                antennas: draft.antennas,
                value_per_household: draft.value,
                figures: figures(&plan),
                is_dominated: false,
            };
            on_plan(&point, &plan);
            points.push((point, plan.coverage.need, plan.coverage.covered_before));
        }
        points
    }
}

fn figures(plan: &Plan) -> Figures {
    let stops = plan.dataset.stops.iter_enumerated();
    let is_missed = |required: bool, served: bool| required && !served;
    Figures {
        shifts: plan.cycle.shifts,
        visits: plan.cycle.visits,
        stops: plan.visits_per_cycle.iter().filter(|&&visits| visits > 0).count(),
        missed: stops
            .filter(|(id, stop)| is_missed(stop.priority == Priority::Required, plan.is_served(*id)))
            .count(),
        metres: plan.cycle.metres,
        duty: plan.cycle.duty,
        cost: plan.evaluation.operating,
        covered: plan.coverage.covered_after,
        served: plan.cycle.served,
    }
}

fn tours_of(problem: &Problem, solution: &Solution) -> Vec<DayTour> {
    let of = |route: &Route| {
        let shift = &problem.shifts[route.shift];
        (shift.vehicle, shift.day, route.clone())
    };
    solution.routes.iter().map(of).collect()
}

/// The tours whose antennas work in `problem`.
fn solution_of(problem: &Problem, tours: &[DayTour]) -> Solution {
    let shift_of = |vehicle: VehicleId, day: Day| -> Option<ShiftId> {
        problem
            .shifts
            .iter_enumerated()
            .find(|(_, shift)| (shift.vehicle, shift.day) == (vehicle, day))
            .map(|(id, _)| id)
    };
    let routes = tours.iter().filter_map(|(vehicle, day, route)| {
        Some(Route { shift: shift_of(*vehicle, *day)?, trips: route.trips.clone() })
    });
    Solution { routes: routes.collect() }
}

/// A point is dominated where another costs no more, covers no less, and leaves no more required stops out; of equals
/// the first stays.
fn mark_dominated(points: &mut [Point]) {
    let rank = |point: &Point| (point.figures.missed, point.figures.cost, -point.figures.covered.get());
    for index in 0..points.len() {
        let own = rank(&points[index]);
        points[index].is_dominated = points.iter().enumerate().any(|(other, point)| {
            let theirs = rank(point);
            let is_no_worse = theirs.0 <= own.0 && theirs.1 <= own.1 && theirs.2 <= own.2;
            is_no_worse && (theirs != own || other < index)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(cost: i64, covered: i64, missed: usize) -> Point {
        let figures = Figures {
            shifts: 0,
            visits: 0,
            stops: 0,
            missed,
            metres: 0,
            duty: 0,
            cost: Cost(cost),
            covered: Need(covered),
            served: 0,
        };
        Point { antennas: 1, value_per_household: Cost(1), figures, is_dominated: false }
    }

    #[test]
    fn only_points_that_nothing_beats_stay() {
        let mut points = [
            point(10, 5, 0),
            point(10, 6, 0),
            point(8, 5, 0),
            point(9, 4, 0),
            point(8, 5, 0),
            point(1, 9, 1),
        ];
        mark_dominated(&mut points);
        let stays: Vec<bool> = points.iter().map(|point| !point.is_dominated).collect();
        assert_eq!(stays, [false, true, true, false, false, true]);
    }
}
