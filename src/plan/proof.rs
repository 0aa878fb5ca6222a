//! How far a plan is from the best possible, at most.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::bound::{self, Kind, Limits};
use crate::model::Problem;
use crate::model::evaluate::evaluate;
use crate::solver::Outcome;
use crate::units::Cost;

/// That a proof is wished for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// How long it may take; none: until no more can be proven, or a fixed amount of work is done.
    pub time: Option<Duration>,
}

/// What is proven of a plan's balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The plan's.
    pub total: Cost,
    /// Penalties in it.
    pub missed: Cost,
    /// No plan of the same scenario is below; none where the search was interrupted or the scenario is too large.
    pub bound: Option<bound::Bound>,
}

impl Proof {
    /// Bounds the best total of a problem that was searched, unless somebody has stopped waiting.
    pub(super) fn of(
        problem: &Problem,
        outcome: &Outcome,
        wish: Wish,
        cancelled: Option<&AtomicBool>,
    ) -> Self {
        let evaluation = evaluate(problem, &outcome.solution);
        let limits = Limits { time: wish.time, cancelled };
        let bound =
            if outcome.cancelled { None } else { bound::lower_bound(problem, &outcome.solution, &limits) };
        let (total, missed) = (evaluation.total, evaluation.missed);
        debug_assert!(bound.is_none_or(|bound| bound.total <= total), "a bound above a plan is none");
        Self { total, missed, bound: bound.filter(|bound| bound.total <= total) }
    }

    /// What the best plan may be better by, at most.
    pub fn gap(&self) -> Option<Cost> {
        self.bound.map(|bound| self.total - bound.total)
    }

    /// The same in hundredths of a per cent of the best balance, rounded up.
    ///
    /// None where that says nothing: the best balance may be nought, or penalties are most of it.
    pub fn gap_in_parts(&self) -> Option<i64> {
        let bound = i128::from(self.bound?.total.get());
        let total = i128::from(self.total.get());
        let is_told = self.missed == Cost::ZERO && bound.signum() * total.signum() == 1;
        let parts = || (10_000 * (total - bound) + bound.abs() - 1) / bound.abs();
        is_told.then(parts).and_then(|parts| i64::try_from(parts).ok())
    }

    /// Whether more work might prove more.
    pub fn is_weak(&self) -> bool {
        self.bound.is_some_and(|bound| bound.kind == Kind::Visits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(total: i64, bound: i64, missed: i64) -> Proof {
        let bound = bound::Bound { total: Cost(bound), kind: Kind::Converged, rounds: 1 };
        Proof { total: Cost(total), missed: Cost(missed), bound: Some(bound) }
    }

    #[test]
    fn the_gap_is_told_in_parts_of_the_best_balance_and_never_too_small() {
        // Any best balance between the two is at most so far away, in parts of itself.
        assert_eq!(proof(-900, -1000, 0).gap_in_parts(), Some(1000));
        assert_eq!(proof(1100, 1000, 0).gap_in_parts(), Some(1000));
        assert_eq!(proof(-999_999, -1_000_000, 0).gap_in_parts(), Some(1));
        assert_eq!(proof(-5, -5, 0).gap_in_parts(), Some(0));
    }

    #[test]
    fn around_nought_and_with_penalties_there_is_no_percentage() {
        assert_eq!(proof(10, -10, 0).gap_in_parts(), None);
        assert_eq!(proof(0, 0, 0).gap_in_parts(), None);
        assert_eq!(proof(1100, 1000, 1050).gap_in_parts(), None);
        assert_eq!(proof(1100, 1000, 1050).gap(), Some(Cost(100)));
    }
}
