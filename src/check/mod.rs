//! The independent verdict on a timetable, from the tables and the roads alone. Shares no code with model or solver.
//!
//! In: the dataset, the survey and a timetable, which somebody may have typed by hand. Out: every broken rule of
//! `docs/rules.md`, in plain words. Each file recomputes one family of promises slowly and obviously; all sums are
//! 64-bit, so that no typed number overflows.

mod allowed;
mod announce;
mod attend;
mod book;
mod cancelled;
mod capacity;
mod days;
mod gap;
mod locks;
mod opening;
mod rest;
mod rhythm;
mod shift;
mod travel;
mod words;

use jiff::civil::Date;

use crate::diagnostics::Text;
use crate::ids::StopId;
use crate::survey::Survey;
use crate::tables::Dataset;
use crate::timetable::Timetable;

/// A rule of MODEL section 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Required stops get a pattern of their rhythm, optional ones that or none.
    Rhythm,
    /// Days between visits.
    Gap,
    /// Allowed days, never on a closure.
    Day,
    /// The whole opening lies inside the stop's window.
    Window,
    /// Length of the opening.
    Service,
    /// Travel time between consecutive events.
    Travel,
    /// Load of a trip.
    Capacity,
    /// Shift, duty and driving.
    Shift,
    /// The break.
    Break,
    /// Reload time between trips, and their number.
    Reload,
    /// Cold chain.
    Cold,
    /// Antenna allowed at the stop.
    Allowed,
    /// Locked decisions.
    Lock,
    /// Attendance.
    Attend,
    /// Announced times.
    Announce,
}

impl Rule {
    /// All rules, in the order of the reference.
    pub const ALL: [Self; 15] = [
        Self::Rhythm,
        Self::Gap,
        Self::Day,
        Self::Window,
        Self::Service,
        Self::Travel,
        Self::Capacity,
        Self::Shift,
        Self::Break,
        Self::Reload,
        Self::Cold,
        Self::Allowed,
        Self::Lock,
        Self::Attend,
        Self::Announce,
    ];

    /// The code people see: `RHYTHM`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rhythm => "RHYTHM",
            Self::Gap => "GAP",
            Self::Day => "DAY",
            Self::Window => "WINDOW",
            Self::Service => "SERVICE",
            Self::Travel => "TRAVEL",
            Self::Capacity => "CAPACITY",
            Self::Shift => "SHIFT",
            Self::Break => "BREAK",
            Self::Reload => "RELOAD",
            Self::Cold => "COLD",
            Self::Allowed => "ALLOWED",
            Self::Lock => "LOCK",
            Self::Attend => "ATTEND",
            Self::Announce => "ANNOUNCE",
        }
    }
}

/// What a violation says of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The plan does something that a rule forbids.
    Broken,
    /// A required stop is left out: honest where it can't be served, and always said.
    LeftOut,
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub rule: Rule,
    /// A rule broken, or a required stop without any visit.
    pub kind: Kind,
    /// The stop it is about, if it is about one.
    pub stop: Option<StopId>,
    /// The date it is about, if it is about one.
    pub date: Option<Date>,
    /// Where: tour id, stop id, date, as fits.
    pub at: Text,
    /// What was expected, what was found.
    pub message: Text,
}

/// Every broken rule of a timetable, in the order of rules, then tours as they stand in the timetable, then stops.
///
/// Nothing of the timetable is trusted: ids may be unknown, dates unpublished, numbers absurd.
/// `O(tours + visits + places x stops in reach + stops x published days)`.
pub fn check(dataset: &Dataset, survey: &Survey, timetable: &Timetable) -> Vec<Violation> {
    let (book, mut found) = book::open(dataset, survey, timetable);
    rhythm::check(&book, &mut found);
    cancelled::check(&book, &mut found);
    gap::check(&book, &mut found);
    days::check(&book, &mut found);
    opening::check(&book, &mut found);
    travel::check(&book, &mut found);
    capacity::check(&book, &mut found);
    shift::check(&book, &mut found);
    rest::check(&book, &mut found);
    allowed::check(&book, &mut found);
    locks::check(&book, &mut found);
    attend::check(&book, &mut found);
    announce::check(&book, &mut found);
    found.into_sorted()
}

/// How often each broken rule is broken, in the order of rules.
pub fn tally(violations: &[Violation]) -> Vec<(Rule, usize)> {
    Rule::ALL
        .into_iter()
        .map(|rule| (rule, violations.iter().filter(|violation| violation.rule == rule).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}
