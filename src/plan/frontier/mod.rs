//! Need covered against what it costs: plans of one scenario over a range of resources.
//!
//! Each point is a whole plan, checked like any other. The worth of a household is what trades need for money: over its
//! range the plans found lie on the convex part of the frontier (Ehrgott 2005, §3.1); the number of antennas shifts it.
//! A search starts from its neighbours' plans, and at the end every point takes the best plan that any point found and
//! that its own resources allow.

mod range;
mod study;

pub use range::{Limit, ResourceRange};

use self::study::Study;
use super::{Options, Plan};
use crate::coverage;
use crate::diagnostics::Report;
use crate::network::RoadNetwork;
use crate::survey;
use crate::tables::{Dataset, Resources};
use crate::units::{Cost, Need, Seconds};

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
    /// Days a week on which each goes out at most; none: as the tables say.
    pub days_per_week: Option<u8>,
    /// Longest duty of a day; none: as the tables say.
    pub hours_per_day: Option<Seconds>,
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
        Resources {
            antennas: Some(self.antennas),
            days_per_week: self.days_per_week,
            hours_per_day: self.hours_per_day,
            value_per_household: Some(self.value_per_household),
        }
    }
}

/// All plans found, by antennas, days, hours, then in the order of the search: worths, then limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    /// The points.
    pub points: Vec<Point>,
    /// All need.
    pub need: Need,
    /// Need within reach of aid sites alone.
    pub covered_before: Need,
    /// Limits asked for, each with the position of the point that covers most within it.
    pub limits: Vec<(Limit, Option<usize>)>,
    /// Combinations of means with which there is no plan: a required stop has no day left.
    pub impossible: Vec<Resources>,
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
        impossible: Vec::new(),
    };
    let Some(mut drafts) = study.search(range, on_event) else { return Report::failed(study.diagnostics) };
    study.share(&mut drafts);
    let points = study.finish(&drafts, on_event, on_plan);
    let (need, covered_before) =
        points.first().map_or((Need::ZERO, Need::ZERO), |(_, need, before)| (*need, *before));
    let mut points: Vec<Point> = points.into_iter().map(|(point, ..)| point).collect();
    mark_dominated(&mut points);
    let limits = range.limits.iter().map(|&limit| (limit, best_within(&points, limit))).collect();
    let (cancelled, impossible) = (study.is_cancelled(), study.impossible);
    Report::new(Frontier { points, need, covered_before, limits, impossible, cancelled }, study.diagnostics)
}

/// The point that leaves fewest required stops out and covers most within a limit; of equals the cheapest, then the first.
fn best_within(points: &[Point], limit: Limit) -> Option<usize> {
    let keeps = points.iter().enumerate().filter(|(_, point)| limit.holds(&point.figures));
    keeps
        .min_by_key(|(_, point)| (point.figures.missed, -point.figures.covered.get(), point.figures.cost))
        .map(|(index, _)| index)
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
        Point {
            antennas: 1,
            days_per_week: None,
            hours_per_day: None,
            value_per_household: Cost(1),
            figures,
            is_dominated: false,
        }
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

    #[test]
    fn a_limit_takes_the_most_that_it_allows() {
        let points = [point(10, 5, 0), point(8, 6, 0), point(7, 6, 0), point(20, 9, 0), point(1, 9, 1)];
        assert_eq!(best_within(&points, Limit::Cost(Cost(10))), Some(2), "the cheaper of two that cover 6");
        assert_eq!(best_within(&points, Limit::Cost(Cost(20))), Some(3));
        assert_eq!(best_within(&points, Limit::Cost(Cost(0))), None);
        assert_eq!(best_within(&points, Limit::Metres(0)), Some(3));
    }
}
