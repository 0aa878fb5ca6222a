//! Planning around a plan that exists: what people changed is fixed, the rest stays where it was as far as it can.
//!
//! In: a timetable and what was changed in it. Out: locks for the model, and
//! routes to begin with. Kept visits whose stop then finds no place are given free, once, and those that ended up elsewhere
//! are told.

use jiff::Span;
use jiff::civil::Date;

use super::Plan;
use crate::diagnostics::{Code, Diagnostic, Location, Text};
use crate::ids::{AntennaId, ClientId, StopId, VehicleId};
use crate::model::{Problem, Route, Shift, Solution};
use crate::tables::{Dataset, Lock, LockedDays, Settings};
use crate::text;
use crate::timetable::Timetable;
use crate::units::{ClockTime, Day};

/// A change of a later cycle, which a repeating cycle can't keep.
const LATER_CYCLE: Code = Code("K013");
/// A kept visit that is elsewhere now.
const MOVED: Code = Code("K014");

/// Something that a coordinator changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which stop.
    pub stop: StopId,
    /// Now with whom, when, and from when on; none for a visit that was removed.
    pub now: Option<(AntennaId, Date, ClockTime)>,
    /// Where it was changed.
    pub at: Location,
}

/// A plan to keep.
#[derive(Clone, Debug, Default)]
pub struct Keep {
    visits: Vec<Kept>,
    tours: Vec<KeptTour>,
}

/// In which order a tour of the first cycle was driven: where the search begins.
#[derive(Clone, Debug)]
struct KeptTour {
    antenna: AntennaId,
    date: Date,
    trips: Vec<Vec<StopId>>,
}

#[derive(Clone, Debug)]
struct Kept {
    stop: StopId,
    antenna: AntennaId,
    date: Date,
    start: Option<ClockTime>,
    is_fixed: bool,
    at: Location,
}

impl Keep {
    /// What to keep of a timetable, whose changes it holds already; and changes that can't be kept, as warnings.
    ///
    /// Changed visits are fixed: day, antenna and start. Of stops without a change the visits of the first cycle keep all
    /// three, but only day and antenna in a tour with a change. The plan of a former period counts by its day of the cycle.
    pub fn new(dataset: &Dataset, timetable: &Timetable, changes: &[Change]) -> (Self, Vec<Diagnostic>) {
        let settings = &dataset.settings;
        let first = first_cycle(settings, timetable);
        let mut keep = Self::default();
        let mut findings = Vec::new();
        for change in changes {
            let Some((antenna, date, start)) = change.now else { continue };
            let Some(date) = first.place(settings, date) else {
                findings.push(later_cycle(settings, change, date));
                continue;
            };
            let same = |kept: &&Kept| kept.stop == change.stop && kept.date == date;
            if !keep.visits.iter().any(|kept| same(&kept)) {
                let at = change.at.clone();
                keep.visits.push(Kept {
                    stop: change.stop,
                    antenna,
                    date,
                    start: Some(start),
                    is_fixed: true,
                    at,
                });
            }
        }
        let fixed = keep.visits.len();
        for tour in &timetable.tours {
            let Some(date) = first.place(settings, tour.date) else { continue };
            let trips = tour.trips.iter().map(|trip| trip.calls.iter().map(|call| call.stop).collect());
            keep.tours.push(KeptTour { antenna: tour.antenna, date, trips: trips.collect() });
            let has_change =
                keep.visits[..fixed].iter().any(|kept| (kept.antenna, kept.date) == (tour.antenna, date));
            for call in tour.calls().filter(|call| !changes.iter().any(|change| change.stop == call.stop)) {
                keep.visits.push(Kept {
                    stop: call.stop,
                    antenna: tour.antenna,
                    date,
                    start: (!has_change).then_some(call.start),
                    is_fixed: false,
                    at: Location::default(),
                });
            }
        }
        (keep, findings)
    }

    /// The scenario with locks for what is kept, but for stops in `free`; changes are never free.
    pub(super) fn lock(&self, dataset: &Dataset, free: &[StopId]) -> Dataset {
        let mut locked = dataset.clone();
        locked.locks.extend(
            self.visits.iter().filter(|kept| kept.is_fixed || !free.contains(&kept.stop)).map(|kept| Lock {
                stop: kept.stop,
                when: LockedDays::Date(kept.date),
                antenna: Some(kept.antenna),
                time: kept.start,
                row: kept.at.clone(),
            }),
        );
        locked
    }

    /// The kept tours as routes of a problem, to begin with; those of no shift are left out.
    pub(super) fn routes(&self, settings: &Settings, problem: &Problem) -> Solution {
        let route = |tour: &KeptTour| {
            // Within the cycle, which has at most 42 days.
            let day = Day(days_since(settings, tour.date) as u8);
            let is_its = |shift: &Shift| (shift.vehicle, shift.day) == (VehicleId(tour.antenna.0), day);
            let shift = problem.shifts.iter_enumerated().find(|(_, shift)| is_its(shift))?.0;
            // Clients are stops, in the same order.
            let clients = |trip: &Vec<StopId>| trip.iter().map(|stop| ClientId(stop.0)).collect();
            Some(Route { shift, trips: tour.trips.iter().map(clients).collect() })
        };
        Solution { routes: self.tours.iter().filter_map(route).collect() }
    }

    /// Stops that are kept without a change.
    pub(super) fn unchanged(&self) -> Vec<StopId> {
        let mut stops: Vec<_> =
            self.visits.iter().filter(|kept| !kept.is_fixed).map(|kept| kept.stop).collect();
        stops.sort_unstable();
        stops.dedup();
        stops
    }

    /// Kept visits without a change that are not where they were.
    pub fn moved(&self, plan: &Plan) -> Vec<Diagnostic> {
        let is_there = |kept: &&Kept| {
            plan.timetable.tours.iter().any(|tour| {
                tour.date == kept.date
                    && tour.antenna == kept.antenna
                    && tour.calls().any(|call| {
                        call.stop == kept.stop && kept.start.is_none_or(|start| start == call.start)
                    })
            })
        };
        self.visits
            .iter()
            .filter(|kept| !kept.is_fixed && !is_there(kept))
            .map(|kept| moved(&plan.dataset, kept))
            .collect()
    }
}

/// The days of a timetable that stand for the cycle.
struct FirstCycle {
    /// Days from the start of the cycle to them, a multiple of its length.
    shift: i64,
}

impl FirstCycle {
    /// The date of the cycle that a date of the timetable stands for.
    fn place(&self, settings: &Settings, date: Date) -> Option<Date> {
        let day = days_since(settings, date) - self.shift;
        let is_inside = (0..i64::from(settings.cycle_days())).contains(&day);
        is_inside.then(|| settings.start.saturating_add(Span::new().days(day)))
    }
}

fn days_since(settings: &Settings, date: Date) -> i64 {
    i64::from((date - settings.start).get_days())
}

/// The scenario's own first cycle, or of a plan of another period the cycle of its first tour.
fn first_cycle(settings: &Settings, timetable: &Timetable) -> FirstCycle {
    let own = FirstCycle { shift: 0 };
    let has_own = timetable.tours.iter().any(|tour| own.place(settings, tour.date).is_some());
    match timetable.tours.first() {
        Some(first) if !has_own => {
            let cycle = i64::from(settings.cycle_days());
            FirstCycle { shift: days_since(settings, first.date).div_euclid(cycle) * cycle }
        }
        _ => own,
    }
}

fn later_cycle(settings: &Settings, change: &Change, date: Date) -> Diagnostic {
    let weeks = settings.weeks;
    Diagnostic::warning(
        LATER_CYCLE,
        change.at.clone(),
        text!(
            "un changement des {weeks} premières semaines, qui se répètent",
            "a change of the first {weeks} weeks, which repeat"
        ),
        Text::same(date.to_string()),
        text!(
            "faites-le au même jour du premier cycle ; pour une seule date, ajoutez une ligne à closures",
            "make it on the same day of the first cycle; for one date alone, add a row to closures"
        ),
    )
}

fn moved(dataset: &Dataset, kept: &Kept) -> Diagnostic {
    let (stop, antenna) = (&dataset.stops[kept.stop].name, &dataset.antennas[kept.antenna].name);
    let date = kept.date;
    let from = kept.start.map(|start| format!(" {start}")).unwrap_or_default();
    Diagnostic::warning(
        MOVED,
        dataset.stops[kept.stop].row.clone(),
        text!(
            "{stop} le {date}{from}, {antenna}, comme avant",
            "{stop} on {date}{from}, {antenna}, as before"
        ),
        text!("une autre place, ou aucune", "another place, or none"),
        text!(
            "elle ne tenait plus avec les changements : voyez son nouvel horaire",
            "it no longer fitted with the changes: see its new times"
        ),
    )
}
