//! What all checks read: the timetable, freed of what can't be looked up; and where they write their findings.

use std::collections::BTreeSet;

use jiff::civil::Date;
use typed_index_collections::TiVec;

use super::{Kind, Rule, Violation, words};
use crate::diagnostics::Text;
use crate::ids::{AntennaId, StopId};
use crate::survey::Survey;
use crate::tables::{Antenna, Dataset, Priority, Stop};
use crate::text;
use crate::timetable::{Call, Cancelled, Timetable, Tour};
use crate::units::ClockTime;

/// A visit to a known stop by a known antenna.
#[derive(Clone, Copy)]
pub(super) struct Visit<'a> {
    pub tour: &'a Tour,
    pub call: &'a Call,
    /// The published day, if its date is one.
    pub day: Option<usize>,
}

/// A timetable beside what it is checked against.
pub(super) struct Book<'a> {
    pub dataset: &'a Dataset,
    pub survey: &'a Survey,
    /// Tours of known antennas with at least one trip, no empty trip and known stops only.
    pub tours: Vec<&'a Tour>,
    /// All visits to known stops by known antennas, in the order of the timetable.
    pub visits: Vec<Visit<'a>>,
    /// Cancelled visits of known stops and antennas.
    pub cancelled: Vec<&'a Cancelled>,
    /// Published days on which a stop is visited.
    pub held: TiVec<StopId, BTreeSet<usize>>,
    /// Published days on which a visit of a stop is announced as cancelled.
    pub dropped: TiVec<StopId, BTreeSet<usize>>,
}

impl Book<'_> {
    pub fn stop(&self, stop: StopId) -> &Stop {
        &self.dataset.stops[stop]
    }

    pub fn antenna(&self, antenna: AntennaId) -> &Antenna {
        &self.dataset.antennas[antenna]
    }

    /// Days of the cycle.
    pub fn cycle_days(&self) -> usize {
        usize::from(self.dataset.settings.cycle_days())
    }

    /// Published days on which the plan holds a visit of the stop or says that it does not take place.
    pub fn announced_days(&self, stop: StopId) -> BTreeSet<usize> {
        self.held[stop].union(&self.dropped[stop]).copied().collect()
    }

    /// Whether the stop may be open on a published day: its own hours, and some antenna that may come.
    pub fn is_usable(&self, stop: StopId, day: usize) -> bool {
        let row = self.stop(stop);
        !row.windows[day].is_empty() && row.antennas.iter().any(|&antenna| self.antenna(antenna).works[day])
    }

    /// Whether the stop must be visited.
    pub fn is_required(&self, stop: StopId) -> bool {
        self.stop(stop).priority == Priority::Required
            || self.dataset.locks.iter().any(|lock| lock.stop == stop)
    }

    /// The stop's name between quotes, with its id.
    pub fn stop_words(&self, stop: StopId) -> String {
        let row = self.stop(stop);
        if row.name == row.id { row.id.clone() } else { format!("{} ({})", row.name, row.id) }
    }
}

/// Seconds after midnight, wide enough for any sum of typed times.
pub(super) fn seconds(time: ClockTime) -> i64 {
    i64::from(time.get())
}

/// Sorts a timetable into a [`Book`] and reports what can't be looked up.
pub(super) fn open<'a>(
    dataset: &'a Dataset,
    survey: &'a Survey,
    timetable: &'a Timetable,
) -> (Book<'a>, Findings) {
    let mut found = Findings::default();
    let mut book = Book {
        dataset,
        survey,
        tours: Vec::new(),
        visits: Vec::new(),
        cancelled: Vec::new(),
        held: dataset.stops.iter().map(|_| BTreeSet::new()).collect(),
        dropped: dataset.stops.iter().map(|_| BTreeSet::new()).collect(),
    };
    for tour in &timetable.tours {
        file_tour(&mut book, tour, &mut found);
    }
    for cancelled in &timetable.cancelled {
        if cancelled.stop.index() >= dataset.stops.len()
            || cancelled.antenna.index() >= dataset.antennas.len()
        {
            let at = words::date(cancelled.date);
            found.push(
                Rule::Allowed,
                None,
                Some(cancelled.date),
                at,
                text!(
                    "une visite annulée nomme un arrêt ou une antenne que les tableaux n'ont pas",
                    "a cancelled visit names a stop or an antenna that the tables do not have",
                ),
            );
            continue;
        }
        book.cancelled.push(cancelled);
        if let Some(day) = dataset.settings.horizon_day(cancelled.date) {
            book.dropped[cancelled.stop].insert(day);
        }
    }
    (book, found)
}

fn file_tour<'a>(book: &mut Book<'a>, tour: &'a Tour, found: &mut Findings) {
    if tour.antenna.index() >= book.dataset.antennas.len() {
        found.tour(
            Rule::Allowed,
            tour,
            text!(
                "la tournée nomme une antenne que le tableau des antennes n'a pas",
                "the tour names an antenna that the antennas table does not have",
            ),
        );
        return;
    }
    let day = book.dataset.settings.horizon_day(tour.date);
    let mut is_sound = true;
    if tour.trips.is_empty() || tour.trips.iter().any(|trip| trip.calls.is_empty()) {
        is_sound = false;
        found.tour(
            Rule::Travel,
            tour,
            text!(
                "attendu au moins une visite à chaque voyage, trouvé un voyage sans visite",
                "expected at least one visit on each trip, found a trip without any",
            ),
        );
    }
    for call in tour.trips.iter().flat_map(|trip| &trip.calls) {
        if call.stop.index() >= book.dataset.stops.len() {
            is_sound = false;
            found.tour(
                Rule::Allowed,
                tour,
                text!(
                    "la tournée nomme un arrêt que le tableau des arrêts n'a pas",
                    "the tour names a stop that the stops table does not have",
                ),
            );
            continue;
        }
        book.visits.push(Visit { tour, call, day });
        if let Some(day) = day {
            book.held[call.stop].insert(day);
        }
    }
    if is_sound {
        book.tours.push(tour);
    }
}

/// Violations as they are found.
#[derive(Default)]
pub(super) struct Findings {
    violations: Vec<Violation>,
}

impl Findings {
    /// A broken rule, wherever it is.
    pub fn push(&mut self, rule: Rule, stop: Option<StopId>, date: Option<Date>, at: Text, message: Text) {
        self.violations.push(Violation { rule, kind: Kind::Broken, stop, date, at, message });
    }

    /// A rule that a whole tour breaks.
    pub fn tour(&mut self, rule: Rule, tour: &Tour, message: Text) {
        self.push(rule, None, Some(tour.date), tour_words(tour), message);
    }

    /// A rule that one visit breaks.
    pub fn visit(&mut self, book: &Book<'_>, rule: Rule, tour: &Tour, call: &Call, message: Text) {
        let (tour_at, stop) = (tour_words(tour), book.stop_words(call.stop));
        let at = Text { fr: format!("{}, {stop}", tour_at.fr), en: format!("{}, {stop}", tour_at.en) };
        self.push(rule, Some(call.stop), Some(tour.date), at, message);
    }

    /// A rule that the visits of a stop break, on a date or over the whole plan.
    pub fn stop(&mut self, book: &Book<'_>, rule: Rule, stop: StopId, day: Option<usize>, message: Text) {
        let name = book.stop_words(stop);
        let date = day.map(|day| book.dataset.settings.date(day));
        let at = date.map_or_else(
            || Text::same(name.clone()),
            |date| {
                let when = words::date(date);
                Text { fr: format!("{name}, {}", when.fr), en: format!("{name}, {}", when.en) }
            },
        );
        self.push(rule, Some(stop), date, at, message);
    }

    /// A required stop without any visit.
    pub fn left_out(&mut self, book: &Book<'_>, stop: StopId, message: Text) {
        let at = Text::same(book.stop_words(stop));
        let (rule, kind) = (Rule::Rhythm, Kind::LeftOut);
        self.violations.push(Violation { rule, kind, stop: Some(stop), date: None, at, message });
    }

    /// In the order of rules; those of one rule in the order in which they were found.
    pub fn into_sorted(mut self) -> Vec<Violation> {
        self.violations.sort_by_key(|violation| violation.rule);
        self.violations
    }
}

fn tour_words(tour: &Tour) -> Text {
    let (id, date) = (&tour.id, words::date(tour.date));
    Text { fr: format!("tournée {id} ({})", date.fr), en: format!("tour {id} ({})", date.en) }
}
