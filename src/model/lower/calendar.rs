//! The days of one stop: when it can be visited, what its locks fix, and the patterns that are left.

use super::findings;
use super::locks::{Locks, gather};
use crate::diagnostics::Diagnostic;
use crate::ids::StopId;
use crate::model::pattern::{Patterns, Wish, patterns, real_dates};
use crate::tables::{Dataset, Priority, Rhythm, Status, Stop};
use crate::units::{Day, DaySet, Window};

/// Why a stop has no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPattern {
    /// Its commune refused.
    Refused,
    /// A monthly rhythm whose date is never published.
    NoDate,
    /// Days, hours and closures of stop and antennas leave too few days.
    NoDay,
    /// Its gaps exclude every choice of days.
    Gap,
    /// Its locks do.
    Lock,
}

/// The days of a stop.
pub(super) struct StopDays {
    /// When it may be open, by cycle day; empty on days on which it can't be visited.
    pub windows: Vec<Vec<Window>>,
    pub locks: Locks,
    pub patterns: Patterns,
    /// Errors about locks, and about required stops without a pattern; skipped weeks.
    pub findings: Vec<Diagnostic>,
}

/// Why a stop has no pattern; `None` where it has one.
pub fn why_no_pattern(dataset: &Dataset, stop: StopId) -> Option<NoPattern> {
    let windows = windows(dataset, &dataset.stops[stop]);
    let locks = gather(dataset, stop, &windows).0;
    let wish = wish(dataset, &dataset.stops[stop], &windows, &locks);
    reason(dataset, &dataset.stops[stop], &wish)
}

/// Works out the days of a stop.
pub(super) fn stop_days(dataset: &Dataset, id: StopId) -> StopDays {
    let stop = &dataset.stops[id];
    let windows = windows(dataset, stop);
    let (locks, mut findings) = gather(dataset, id, &windows);
    let wish = wish(dataset, stop, &windows, &locks);
    let patterns = if stop.status == Status::Refused { Patterns::default() } else { patterns(&wish) };
    let is_required = stop.priority == Priority::Required || !locks.rows.is_empty();
    if patterns.sets.is_empty() && findings.is_empty() {
        findings.extend(
            reason(dataset, stop, &wish)
                .and_then(|reason| no_pattern(dataset, stop, &wish, &locks, reason, is_required)),
        );
    }
    if !patterns.sets.is_empty() {
        findings
            .extend(patterns.skipped.iter().map(|&first| findings::skipped(stop, &dataset.settings, first)));
    }
    StopDays { windows, locks, patterns, findings }
}

/// An error for a stop without pattern. A rhythm whose dates are never published is refused whatever the stop;
/// otherwise an optional stop is left out and the report says why.
fn no_pattern(
    dataset: &Dataset,
    stop: &Stop,
    wish: &Wish,
    locks: &Locks,
    reason: NoPattern,
    is_required: bool,
) -> Option<Diagnostic> {
    match reason {
        NoPattern::NoDate => Some(findings::no_date(stop, &dataset.settings)),
        NoPattern::NoDay if is_required => Some(findings::no_day(stop, wish.usable)),
        NoPattern::Gap if is_required => Some(findings::gap(stop)),
        NoPattern::Lock => {
            let row = *locks.rows.last().expect("only locks can leave no pattern for this reason");
            Some(findings::lock_rhythm(stop, &dataset.locks[row], wish.usable))
        }
        NoPattern::Refused | NoPattern::NoDay | NoPattern::Gap => None,
    }
}

/// Which demand leaves a stop without pattern: the first that must be dropped for there to be one.
fn reason(dataset: &Dataset, stop: &Stop, wish: &Wish) -> Option<NoPattern> {
    let has_pattern = |wish: &Wish| !patterns(wish).sets.is_empty();
    let every_day = DaySet::first(7 * wish.weeks);
    let unlocked = Wish { locked: DaySet::EMPTY, allowed: every_day, ..*wish };
    let without_gaps = Wish { min_gap: None, max_gap: None, ..unlocked };
    match stop.rhythm {
        _ if stop.status == Status::Refused => Some(NoPattern::Refused),
        Rhythm::Monthly { .. } if real_dates(&dataset.settings, stop.rhythm).next().is_none() => {
            Some(NoPattern::NoDate)
        }
        _ if has_pattern(wish) => None,
        _ if has_pattern(&unlocked) => Some(NoPattern::Lock),
        _ if has_pattern(&without_gaps) => Some(NoPattern::Gap),
        _ => Some(NoPattern::NoDay),
    }
}

fn wish(dataset: &Dataset, stop: &Stop, windows: &[Vec<Window>], locks: &Locks) -> Wish {
    let open = (0..dataset.settings.cycle_days()).map(Day).filter(|day| !windows[day.index()].is_empty());
    let usable: DaySet = if is_out_of_reach(dataset, stop) { DaySet::EMPTY } else { open.collect() };
    Wish {
        rhythm: stop.rhythm,
        weeks: dataset.settings.weeks,
        usable,
        min_gap: stop.min_gap_days,
        max_gap: stop.max_gap_days,
        locked: locks.days,
        allowed: locks.allowed,
    }
}

/// When a stop may be open, by cycle day; empty where it is closed or none of its antennas works.
///
/// The hours are those of the first cycle. A monthly stop takes those of the first date on which the visit can take
/// place, for its day of the first cycle is usually no date of its own.
fn windows(dataset: &Dataset, stop: &Stop) -> Vec<Vec<Window>> {
    let settings = &dataset.settings;
    let mut windows = vec![Vec::new(); usize::from(settings.cycle_days())];
    match stop.rhythm {
        Rhythm::Monthly { .. } => {
            for date in real_dates(settings, stop.rhythm).filter(|&date| takes_place(dataset, stop, date)) {
                let day = settings.cycle_day(date).index();
                if windows[day].is_empty() && somebody_works(dataset, stop, day) {
                    windows[day].clone_from(&stop.windows[date]);
                }
            }
        }
        _ => {
            for (day, windows) in windows.iter_mut().enumerate() {
                if takes_place(dataset, stop, day) {
                    windows.clone_from(&stop.windows[day]);
                }
            }
        }
    }
    windows
}

/// Whether a date of a monthly rhythm could be kept but no antenna works on its day of the first cycle: then no tour
/// of the template can hold it, and serving the other dates alone would not be the rhythm.
fn is_out_of_reach(dataset: &Dataset, stop: &Stop) -> bool {
    let settings = &dataset.settings;
    matches!(stop.rhythm, Rhythm::Monthly { .. })
        && real_dates(settings, stop.rhythm).any(|date| {
            takes_place(dataset, stop, date)
                && !somebody_works(dataset, stop, settings.cycle_day(date).index())
        })
}

fn takes_place(dataset: &Dataset, stop: &Stop, horizon_day: usize) -> bool {
    !stop.windows[horizon_day].is_empty() && somebody_works(dataset, stop, horizon_day)
}

fn somebody_works(dataset: &Dataset, stop: &Stop, horizon_day: usize) -> bool {
    stop.antennas.iter().any(|&antenna| dataset.antennas[antenna].works[horizon_day])
}
