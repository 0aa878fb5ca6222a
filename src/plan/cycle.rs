//! What one cycle of a plan takes, and how the operating cost splits.

use crate::model::evaluate::Evaluation;
use crate::model::{Problem, Solution};
use crate::units::{Cost, Seconds};

/// Totals of one cycle. The three costs add up to [`Evaluation::operating`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cycle {
    /// Antennas leaving, days added up.
    pub shifts: usize,
    /// Visits.
    pub visits: usize,
    /// Metres driven.
    pub metres: i64,
    /// Time driven, in seconds.
    pub driving: i64,
    /// Time from leaving to returning, in seconds.
    pub duty: i64,
    /// Households served, visits added up.
    pub served: i64,
    /// Households turned away, visits added up.
    pub turned_away: i64,
    /// Of shifts.
    pub cost_of_days: Cost,
    /// Of metres.
    pub cost_of_distance: Cost,
    /// Of duty.
    pub cost_of_time: Cost,
}

impl Cycle {
    /// Adds up the routes of a solution. `O(visits)`.
    pub(super) fn of(problem: &Problem, solution: &Solution, evaluation: &Evaluation) -> Self {
        let mut cycle = Self::default();
        for (route, timing) in solution.routes.iter().zip(&evaluation.routes) {
            let Ok(timing) = timing else { continue };
            let vehicle = &problem.vehicles[problem.shifts[route.shift].vehicle];
            let duty = match (timing.trips.first(), timing.trips.last()) {
                (Some(first), Some(last)) => last.back - first.leave,
                _ => Seconds::ZERO,
            };
            cycle.shifts += 1;
            cycle.metres += timing.metres;
            cycle.driving += i64::from(timing.driving.get());
            cycle.duty += i64::from(duty.get());
            for call in timing.trips.iter().flat_map(|trip| &trip.calls) {
                cycle.visits += 1;
                cycle.served += call.served;
                cycle.turned_away += call.turned_away;
            }
            cycle.cost_of_days += vehicle.cost_fixed;
            cycle.cost_of_distance += Cost(vehicle.cost_per_metre.get() * timing.metres);
            cycle.cost_of_time += Cost(vehicle.cost_per_second.get() * i64::from(duty.get()));
        }
        cycle
    }
}
