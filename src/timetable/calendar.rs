//! What the calendar makes of a visit of the cycle: it takes place, it is cancelled, or it was only reserved.

use jiff::civil::Date;

use crate::ids::{AntennaId, StopId};
use crate::tables::{ClosedFor, Dataset, Rhythm};
use crate::units::Window;

/// What becomes of one visit of the cycle on one published day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It takes place.
    Held,
    /// It would have taken place; the reason is the closure's, empty for hours and holidays.
    Cancelled(String),
    /// A monthly stop keeps the day of the cycle free for other dates: nobody was told of a visit.
    Reserved,
}

/// What becomes of a visit of `stop` by `antenna` with that opening on a published day. `O(closures)`.
pub(super) fn fate(
    dataset: &Dataset,
    stop: StopId,
    antenna: AntennaId,
    opening: Window,
    horizon_day: usize,
) -> Fate {
    let date = dataset.settings.date(horizon_day);
    if !is_published(dataset.stops[stop].rhythm, date) {
        return Fate::Reserved;
    }
    if !dataset.antennas[antenna].works[horizon_day] {
        return Fate::Cancelled(closure_reason(dataset, date, ClosedFor::Antenna(antenna)));
    }
    if dataset.stops[stop].windows[horizon_day].iter().any(|window| window.holds(opening)) {
        return Fate::Held;
    }
    Fate::Cancelled(closure_reason(dataset, date, ClosedFor::Stop(stop)))
}

/// Whether a visit that the cycle holds on the day of `date` is published: always, but for monthly rhythms only on
/// their real dates.
fn is_published(rhythm: Rhythm, date: Date) -> bool {
    let Rhythm::Monthly { nth, weekday } = rhythm else { return true };
    if date.weekday().to_monday_zero_offset() != i8::try_from(weekday).expect("a weekday is 0 to 6") {
        return false;
    }
    match nth {
        -1 => date.day() + 7 > date.days_in_month(),
        _ => (date.day() - 1) / 7 + 1 == nth,
    }
}

/// The reason of the first closure that concerns `whom`, or everybody, on that date.
fn closure_reason(dataset: &Dataset, date: Date, whom: ClosedFor) -> String {
    dataset
        .closures
        .iter()
        .filter(|closure| closure.from <= date && date <= closure.to)
        .find(|closure| closure.whom == whom || closure.whom == ClosedFor::Everybody)
        .map(|closure| closure.reason.clone())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_monthly_visit_is_published_on_its_real_dates_alone() {
        let first_tuesday = Rhythm::Monthly { nth: 1, weekday: 1 };
        let last_friday = Rhythm::Monthly { nth: -1, weekday: 4 };
        // December 2026 begins on a Tuesday and ends on a Thursday.
        assert!(is_published(first_tuesday, date(2026, 12, 1)));
        assert!(!is_published(first_tuesday, date(2026, 12, 8)));
        assert!(!is_published(first_tuesday, date(2026, 12, 2)));
        assert!(is_published(last_friday, date(2026, 12, 25)));
        assert!(!is_published(last_friday, date(2026, 12, 18)));
    }
}
