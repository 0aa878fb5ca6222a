//! The library's front door: calls the layers in order and returns everything they produced.

use typed_index_collections::TiVec;

use crate::check::Violation;
use crate::coverage::{CoverSets, CoverageReport, WhiteZone};
use crate::diagnostics::Text;
use crate::ids::StopId;
use crate::model::evaluate::Evaluation;
use crate::network::RoadNetwork;
use crate::survey::Survey;
use crate::tables::Dataset;
use crate::timetable::Timetable;

/// Everything about a finished plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario.
    pub dataset: Dataset,
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
    /// Before and after.
    pub coverage: CoverageReport,
    /// White zones before.
    pub zones_before: Vec<WhiteZone>,
    /// White zones after.
    pub zones_after: Vec<WhiteZone>,
    /// Why each stop that is left out is.
    pub left_out: TiVec<StopId, Option<Reason>>,
    /// What the checker says; empty unless a required stop had to be left out (then RHYTHM) or there is a bug.
    pub violations: Vec<Violation>,
    /// Iterations done.
    pub iterations: u64,
    /// Ctrl-C ended the search.
    pub cancelled: bool,
}

/// Why a stop is left out, verified by trying it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which rule blocks it, or that it costs more than it brings.
    pub why: Text,
    /// The smallest change that would serve it.
    pub fix: Text,
}
