//! The visits of a plan as models of attendance take them.

use std::collections::BTreeSet;

use crate::coverage::{AttendanceModels, CoverSets, attendance_models};
use crate::ids::{AntennaId, StopId};
use crate::tables::Dataset;
use crate::timetable::Timetable;
use crate::units::Day;

/// Who goes where under each model, on the visits of a finished plan. `O(reach + visits)`.
pub fn attendance(dataset: &Dataset, covers: &CoverSets, timetable: &Timetable) -> AttendanceModels {
    attendance_models(dataset, covers, &visits_of_cycle(dataset, timetable))
}

/// Each visit of the repeated cycle once, in the order of its days: one that is cancelled on some dates, or announced on
/// some only, is published on others.
fn visits_of_cycle(dataset: &Dataset, timetable: &Timetable) -> Vec<(StopId, AntennaId)> {
    let mut visits: BTreeSet<(Day, AntennaId, StopId)> = BTreeSet::new();
    for tour in &timetable.tours {
        let Some(day) = dataset.settings.horizon_day(tour.date) else { continue };
        let day = dataset.settings.cycle_day(day);
        visits.extend(tour.calls().map(|call| (day, tour.antenna, call.stop)));
    }
    visits.into_iter().map(|(_, antenna, stop)| (stop, antenna)).collect()
}
