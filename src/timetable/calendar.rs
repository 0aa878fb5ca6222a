//! What the calendar makes of a visit of the cycle: it takes place, it is cancelled, or it was only reserved.

use jiff::civil::Date;

use crate::ids::{AntennaId, StopId};
use crate::model::pattern::is_real_date;
use crate::tables::{ClosedFor, Dataset};
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
    if !is_real_date(dataset.stops[stop].rhythm, date) {
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
