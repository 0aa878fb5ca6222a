//! Two plans side by side: what became of every visit and of every stop.
//!
//! In: two [`PlanDocument`]s, by their stops' ids, so that plans of a scenario before and after its tables changed compare too.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use super::document::{Index, PlanDocument, Stop};
use crate::units::ClockTime;

/// One visit, as announced. Visits of a stop are ordered by date, hours, antenna.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit<'a> {
    /// Service day.
    pub date: Date,
    /// Announced.
    pub opens: ClockTime,
    /// Announced.
    pub closes: ClockTime,
    /// Id of the antenna.
    pub antenna: &'a str,
}

/// A visit that is not the same in both plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// Id of the stop.
    pub stop: &'a str,
    /// None: the visit is new.
    pub before: Option<Visit<'a>>,
    /// None: the visit is gone.
    pub after: Option<Visit<'a>>,
}

/// What changes from one plan to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// Visits with the same date, hours and antenna in both.
    pub unchanged: usize,
    /// The others, by stop, then date: those of the first plan's stops in its order, then of the second's.
    pub changes: Vec<Change<'a>>,
    /// Ids of stops with visits in the second plan alone.
    pub gained: Vec<&'a str>,
    /// Ids of stops with visits in the first plan alone.
    pub lost: Vec<&'a str>,
}

/// Compares all published visits.
///
/// A visit *moved* if its stop has another one on the same date or else in the same week, from Monday to Sunday, with which
/// nothing else is paired; pairs are made in the order of time. O(n log n) in the visits.
pub fn compare<'a>(before: &'a PlanDocument, after: &'a PlanDocument) -> Comparison<'a> {
    let (old, new) = (visits(before), visits(after));
    let nothing = Vec::new();
    let mut comparison = Comparison::default();
    for stop in stops(before, after) {
        let of = |visits: &BTreeMap<&str, Vec<Visit<'a>>>| visits.get(stop).unwrap_or(&nothing).clone();
        let (mut gone, mut come) = (of(&old), of(&new));
        match (gone.is_empty(), come.is_empty()) {
            (true, false) => comparison.gained.push(stop),
            (false, true) => comparison.lost.push(stop),
            _ => {}
        }
        comparison.unchanged += pair(&mut gone, &mut come, |visit| *visit).len();
        let same_day = pair(&mut gone, &mut come, |visit| visit.date);
        let same_week = pair(&mut gone, &mut come, |visit| monday(visit.date));
        let moved = same_day.into_iter().chain(same_week).map(|(old, new)| (Some(old), Some(new)));
        let alone = gone
            .into_iter()
            .map(|old| (Some(old), None))
            .chain(come.into_iter().map(|new| (None, Some(new))));
        let mut changes: Vec<Change<'a>> =
            moved.chain(alone).map(|(before, after)| Change { stop, before, after }).collect();
        changes.sort_by_key(|change| (change.before.or(change.after), change.after));
        comparison.changes.extend(changes);
    }
    comparison
}

/// Ids of all stops, those of the first plan first.
fn stops<'a>(before: &'a PlanDocument, after: &'a PlanDocument) -> Vec<&'a str> {
    let known: BTreeSet<&str> = before.stops.iter().map(|stop| stop.id.as_str()).collect();
    let ids = |stops: &'a [Stop]| stops.iter().map(|stop| stop.id.as_str());
    ids(&before.stops).chain(ids(&after.stops).filter(|id| !known.contains(id))).collect()
}

/// By stop, in order of time.
fn visits(plan: &PlanDocument) -> BTreeMap<&str, Vec<Visit<'_>>> {
    let index = Index::new(plan);
    let mut visits: BTreeMap<&str, Vec<Visit<'_>>> = BTreeMap::new();
    for (tour, _, call) in plan.calls() {
        let clock = |announced: &str| index.clock_on(tour.date, announced).unwrap_or_default();
        let (opens, closes) = (clock(&call.opens), clock(&call.closes));
        let visit = Visit { date: tour.date, opens, closes, antenna: &tour.antenna };
        visits.entry(&call.stop).or_default().push(visit);
    }
    for visits in visits.values_mut() {
        visits.sort_unstable();
    }
    visits
}

/// Takes pairs with the same key out of both lists, in order.
fn pair<'a, K: Ord>(
    gone: &mut Vec<Visit<'a>>,
    come: &mut Vec<Visit<'a>>,
    key: impl Fn(&Visit<'a>) -> K,
) -> Vec<(Visit<'a>, Visit<'a>)> {
    let mut partners: BTreeMap<K, std::collections::VecDeque<Visit<'a>>> = BTreeMap::new();
    for visit in come.drain(..) {
        partners.entry(key(&visit)).or_default().push_back(visit);
    }
    let mut pairs = Vec::new();
    gone.retain(|old| match partners.get_mut(&key(old)).and_then(std::collections::VecDeque::pop_front) {
        Some(new) => {
            pairs.push((*old, new));
            false
        }
        None => true,
    });
    come.extend(partners.into_values().flatten());
    come.sort_unstable();
    pairs
}

/// The first day of its week.
fn monday(date: Date) -> Date {
    if date.weekday() == Weekday::Monday {
        date
    } else {
        date.nth_weekday(-1, Weekday::Monday).unwrap_or(date)
    }
}
