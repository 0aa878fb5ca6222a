//! The search of a frontier's plans: each starts from its neighbours' and at the end takes the best that fits it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::range::{FITS, Limit};
use super::{Event, Figures, Point, ResourceRange};
use crate::coverage::CoverSets;
use crate::diagnostics::{Diagnostic, Report};
use crate::ids::{ShiftId, VehicleId};
use crate::model::evaluate::evaluate;
use crate::model::{self, Problem, Route, Solution};
use crate::network::RoadNetwork;
use crate::plan::{Cycle, Found, Options, Plan, fingerprint, finish};
use crate::solver::{self, Outcome, Params, StopRule};
use crate::survey::Survey;
use crate::tables::{Dataset, Priority, Resources};
use crate::units::{Cost, Day, Need};

/// A point on its way.
pub(super) struct Draft {
    resources: Resources,
    tours: Vec<DayTour>,
    iterations: u64,
    cost: Cost,
    metres: i64,
}

impl Draft {
    fn value(&self) -> Cost {
        self.resources.value_per_household.unwrap_or_default()
    }

    /// Whether all it has is within `other`'s means, the worth of a household aside.
    fn fits(&self, other: &Resources) -> bool {
        let (own, other) = (&self.resources, other);
        own.antennas <= other.antennas
            && is_no_more(own.days_per_week, other.days_per_week)
            && is_no_more(own.hours_per_day, other.hours_per_day)
    }
}

/// No limit is more than any.
fn is_no_more<T: Ord>(one: Option<T>, other: Option<T>) -> bool {
    match (one, other) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(one), Some(other)) => one <= other,
    }
}

/// A route by vehicle and day: shifts are numbered anew when antennas come and go.
type DayTour = (VehicleId, Day, Route);

/// What all points share.
pub(super) struct Study<'a> {
    pub dataset: &'a Dataset,
    pub network: &'a RoadNetwork,
    pub survey: Survey,
    pub covers: CoverSets,
    /// Antennas of the survey: every point has as many, some without work.
    pub width: usize,
    pub options: &'a Options<'a>,
    /// Findings, each once.
    pub diagnostics: Vec<Diagnostic>,
    /// Combinations of means with which the scenario has no plan at all.
    pub impossible: Vec<Resources>,
}

impl Study<'_> {
    /// The scenario of a point, with the antennas of the survey.
    fn scenario(&self, resources: &Resources) -> Report<Dataset> {
        let widest =
            self.dataset.with_resources(&Resources { antennas: Some(self.width), ..Resources::default() });
        let Some(widest) = widest.value else { return widest };
        widest.with_resources(resources)
    }

    /// The problem of a point; none where it can't be planned. Findings are kept, but those of fewer days or hours than
    /// the tables': that a required stop has no day left is no mistake in them.
    fn problem(&mut self, resources: &Resources) -> Option<(Dataset, Problem)> {
        let is_cut = resources.days_per_week.is_some() || resources.hours_per_day.is_some();
        let (scenario, lowered) = self.lowered(resources)?;
        if !is_cut {
            self.keep(lowered.diagnostics);
        }
        Some((scenario, lowered.value?))
    }

    fn lowered(&mut self, resources: &Resources) -> Option<(Dataset, Report<Problem>)> {
        let scenario = self.scenario(resources);
        self.keep(scenario.diagnostics);
        let scenario = scenario.value?;
        let lowered = model::lower(&scenario, &self.survey, &self.covers);
        Some((scenario, lowered))
    }

    fn keep(&mut self, found: Vec<Diagnostic>) {
        for finding in found {
            if !self.diagnostics.contains(&finding) {
                self.diagnostics.push(finding);
            }
        }
    }

    pub fn is_cancelled(&self) -> bool {
        self.options.cancelled.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Searches all points, each from its neighbours' plans. None where the scenario can't be planned with any of the means:
    /// then what is in the way of the last ones, which are the most, is among the findings.
    pub fn search(&mut self, range: &ResourceRange, on_event: &mut dyn FnMut(Event)) -> Option<Vec<Draft>> {
        let mut drafts: Vec<Draft> = Vec::new();
        for means in range.combinations() {
            for &value in &range.values {
                if self.is_cancelled() && !drafts.is_empty() {
                    return Some(drafts);
                }
                on_event(Event::Searching(drafts.len(), range.count()));
                let means = Resources { value_per_household: Some(value), ..means };
                if let Some(draft) = self.draft(means, &drafts, range.count()) {
                    drafts.push(draft);
                } else {
                    self.impossible.push(means);
                    break;
                }
            }
            for &limit in &range.limits {
                self.fit(means, limit, &mut drafts, range, on_event);
            }
        }
        if let (true, Some(most)) = (drafts.is_empty(), self.impossible.last().copied())
            && let Some((_, lowered)) = self.lowered(&most)
        {
            self.keep(lowered.diagnostics);
        }
        (!drafts.is_empty()).then_some(drafts)
    }

    /// Looks for the worth of a household whose plan just keeps a limit, between the largest tried that does and the next.
    fn fit(
        &mut self,
        means: Resources,
        limit: Limit,
        drafts: &mut Vec<Draft>,
        range: &ResourceRange,
        on_event: &mut dyn FnMut(Event),
    ) {
        for _ in 0..FITS {
            let own = drafts
                .iter()
                .filter(|draft| Resources { value_per_household: None, ..draft.resources } == means);
            let (keeps, breaks): (Vec<&Draft>, Vec<&Draft>) =
                own.partition(|draft| limit.allows(draft.cost, draft.metres));
            let low = keeps.iter().map(|draft| draft.value()).max();
            let high = breaks.iter().map(|draft| draft.value()).filter(|value| Some(*value) > low).min();
            let (Some(low), Some(high)) = (low, high) else { return };
            // The geometric mean, to the cent: what `plan --value` is given makes the same.
            let middle = (low.euros().max(0.01) * high.euros()).sqrt();
            let value = Cost::from_euros((middle * 100.0).round() / 100.0);
            if value <= low || value >= high || self.is_cancelled() {
                return;
            }
            on_event(Event::Searching(drafts.len(), range.count()));
            let means = Resources { value_per_household: Some(value), ..means };
            let Some(draft) = self.draft(means, drafts, range.count()) else { return };
            drafts.push(draft);
        }
    }

    fn draft(&mut self, resources: Resources, drafts: &[Draft], points: usize) -> Option<Draft> {
        let (_, problem) = self.problem(&resources)?;
        let is_beside = |draft: &&Draft| {
            draft.fits(&resources)
                && (draft.value() == resources.value_per_household.unwrap_or_default()
                    || Resources { value_per_household: None, ..draft.resources }
                        == Resources { value_per_household: None, ..resources })
        };
        let starts = drafts.iter().filter(is_beside).map(|draft| solution_of(&problem, &draft.tours));
        let judged = starts.map(|start| (evaluate(&problem, &start), start));
        let start = judged
            .filter(|(evaluation, _)| evaluation.is_feasible())
            .min_by_key(|(evaluation, _)| evaluation.total)
            .map(|(_, start)| start);
        let outcome = self.solve(&problem, start.as_ref(), points);
        let evaluation = evaluate(&problem, &outcome.solution);
        let cycle = Cycle::of(&problem, &outcome.solution, &evaluation);
        Some(Draft {
            resources,
            tours: tours_of(&problem, &outcome.solution),
            iterations: outcome.iterations,
            cost: evaluation.operating,
            metres: cycle.metres,
        })
    }

    fn solve(&self, problem: &Problem, start: Option<&Solution>, points: usize) -> Outcome {
        let settings = &self.dataset.settings.solver;
        let (iterations, time) = self.options.budget(settings);
        let time = time.map(|time| (time / points.max(1) as u32).max(Duration::from_millis(10)));
        let params =
            Params { seed: self.options.seed.unwrap_or(settings.seed), threads: self.options.threads.max(1) };
        let stop = StopRule { iterations, time, cancelled: self.options.cancelled };
        solver::solve(problem, &params, &stop, start, &mut |_| ())
    }

    /// Gives every point the best plan that was found with no more means than it has.
    pub fn share(&mut self, drafts: &mut [Draft]) {
        for index in 0..drafts.len() {
            let Some((_, problem)) = self.problem(&drafts[index].resources) else { continue };
            let total = |tours: &[DayTour]| {
                let evaluation = evaluate(&problem, &solution_of(&problem, tours));
                (!evaluation.is_feasible(), evaluation.total)
            };
            let allowed = drafts.iter().filter(|other| other.fits(&drafts[index].resources));
            let best = allowed
                .map(|other| (total(&other.tours), &other.tours))
                .min_by_key(|(total, _)| *total)
                .filter(|(best, _)| *best < total(&drafts[index].tours));
            if let Some((_, best)) = best {
                let best = best.clone();
                drafts[index].tours = best;
            }
        }
    }

    /// Times, checks and hands over all plans. With each point all need, and what aid sites cover of it.
    pub fn finish(
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
            let name = fingerprint(&scenario);
            let found = Found { problem: &problem, outcome: &outcome, seed };
            let plan = finish(scenario, name, network, survey, self.covers.clone(), found);
            let point = Point {
                antennas: draft.resources.antennas.unwrap_or(self.width),
                days_per_week: draft.resources.days_per_week,
                hours_per_day: draft.resources.hours_per_day,
                value_per_household: draft.value(),
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
