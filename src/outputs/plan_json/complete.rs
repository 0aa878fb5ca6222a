//! What a hand-typed plan leaves out, worked out as the antenna would live it: it leaves in time for the first opening,
//! drives on as soon as an opening ends, waits where it arrives early, and serves whom the tables expect, as many as it can.

use jiff::civil::Date;
use typed_index_collections::{TiVec, ti_vec};

use crate::coverage;
use crate::ids::{AntennaId, StopId};
use crate::matrix::Travel;
use crate::survey::{Node, Survey};
use crate::tables::Dataset;
use crate::timetable::{Call, Cancelled, RestTaken, Timetable, Tour, Trip, announced_end};
use crate::units::{ClockTime, Grams, Households, Metres, Seconds};

/// A tour as far as it was typed.
#[derive(Clone, Debug)]
pub(super) struct DraftTour {
    pub id: Option<String>,
    pub antenna: AntennaId,
    pub date: Date,
    pub trips: Vec<DraftTrip>,
    pub rest: Option<RestTaken>,
    pub distance: Option<Metres>,
    pub driving: Option<Seconds>,
}

/// A trip as far as it was typed.
#[derive(Clone, Debug)]
pub(super) struct DraftTrip {
    pub leave: Option<ClockTime>,
    pub back: Option<ClockTime>,
    pub calls: Vec<DraftCall>,
}

/// A call as far as it was typed.
#[derive(Clone, Debug)]
pub(super) struct DraftCall {
    pub stop: StopId,
    pub arrival: Option<ClockTime>,
    pub start: ClockTime,
    pub end: ClockTime,
    pub departure: Option<ClockTime>,
    pub opens: Option<ClockTime>,
    pub closes: Option<ClockTime>,
    pub households: Option<Households>,
    pub turned_away: Option<Households>,
    pub load: Option<Grams>,
}

/// A whole timetable from drafts.
pub(super) fn complete(
    tours: Vec<DraftTour>,
    cancelled: Vec<Cancelled>,
    dataset: &Dataset,
    survey: &Survey,
) -> Timetable {
    let expected = expected_households(&tours, dataset, survey);
    let mut tours: Vec<Tour> =
        tours.into_iter().map(|tour| complete_tour(tour, dataset, survey, &expected)).collect();
    tours.sort_by_key(|tour| (tour.date, tour.antenna, tour.leave()));
    let mut cancelled = cancelled;
    cancelled.sort_by_key(|visit| (visit.date, visit.stop));
    Timetable { tours, cancelled }
}

/// Who comes to each visit of each stop: registered households and attending need, rounded up. Zeros where every call
/// says itself.
fn expected_households(tours: &[DraftTour], dataset: &Dataset, survey: &Survey) -> TiVec<StopId, Households> {
    let calls = || tours.iter().flat_map(|tour| &tour.trips).flat_map(|trip| &trip.calls);
    let mut expected = ti_vec![Households::ZERO; dataset.stops.len()];
    if calls().all(|call| call.households.is_some()) {
        return expected;
    }
    let mut is_open = ti_vec![false; dataset.stops.len()];
    for call in calls() {
        is_open[call.stop] = true;
    }
    let covers = coverage::cover_sets(dataset, survey);
    let attendance = coverage::attendance(dataset, &covers, &is_open);
    for (stop, households) in expected.iter_mut_enumerated() {
        let attending = attendance.attending[stop].get().unsigned_abs().div_ceil(1000);
        *households =
            dataset.stops[stop].households + Households(i32::try_from(attending).unwrap_or(i32::MAX / 2));
    }
    expected
}

fn complete_tour(
    draft: DraftTour,
    dataset: &Dataset,
    survey: &Survey,
    expected: &TiVec<StopId, Households>,
) -> Tour {
    let antenna = &dataset.antennas[draft.antenna];
    let way = |from, to| survey.travel(draft.antenna, from, to);
    let last = draft.trips.len().saturating_sub(1);
    let (mut distance, mut driving) = (Metres::ZERO, Seconds::ZERO);
    let mut trips = Vec::with_capacity(draft.trips.len());
    for (index, trip) in draft.trips.into_iter().enumerate() {
        let end = if index == last { antenna.end_depot } else { antenna.depot };
        let ends = (Node::Depot(antenna.depot), Node::Depot(end));
        let stops = trip.calls.iter().map(|call| Node::Stop(call.stop));
        let nodes: Vec<_> = std::iter::once(ends.0).chain(stops).chain([ends.1]).collect();
        let legs: Vec<_> = nodes.windows(2).map(|leg| way(leg[0], leg[1])).collect();
        for leg in legs.iter().flatten() {
            // Hand-typed lists may be long: totals stop at the largest number rather than overflow.
            distance = Metres(distance.get().saturating_add(leg.metres.get()));
            driving = Seconds(driving.get().saturating_add(leg.seconds.get()));
        }
        trips.push(complete_trip(trip, draft.antenna, &legs, dataset, expected));
    }
    Tour {
        id: draft.id.unwrap_or_else(|| format!("{}-{}", antenna.id, draft.date)),
        antenna: draft.antenna,
        date: draft.date,
        trips,
        rest: draft.rest,
        distance: draft.distance.unwrap_or(distance),
        driving: draft.driving.unwrap_or(driving),
    }
}

/// `legs` has one more entry than the trip has calls; where there is no way, no time passes, and the checker says so.
fn complete_trip(
    draft: DraftTrip,
    antenna: AntennaId,
    legs: &[Option<Travel>],
    dataset: &Dataset,
    expected: &TiVec<StopId, Households>,
) -> Trip {
    let margin = dataset.settings.announce.margin;
    let seconds = |leg: usize| legs[leg].map_or(Seconds::ZERO, |travel| travel.seconds);
    let first = &draft.calls[0];
    let leave = draft.leave.unwrap_or_else(|| first.arrival.unwrap_or(first.start - margin) - seconds(0));
    let mut left = leave;
    let mut calls = Vec::with_capacity(draft.calls.len());
    for (leg, call) in draft.calls.into_iter().enumerate() {
        let arrival = call.arrival.unwrap_or(left + seconds(leg));
        let call = complete_call(&call, antenna, arrival, dataset, expected[call.stop]);
        left = call.departure;
        calls.push(call);
    }
    let back = draft.back.unwrap_or(left + seconds(calls.len()));
    Trip { leave, back, calls }
}

fn complete_call(
    draft: &DraftCall,
    antenna: AntennaId,
    arrival: ClockTime,
    dataset: &Dataset,
    expected: Households,
) -> Call {
    let stop = &dataset.stops[draft.stop];
    let most = coverage::most_served(stop, &dataset.antennas[antenna]);
    let (households, turned_away) = match (draft.households, draft.turned_away) {
        (Some(households), turned_away) => (households, turned_away.unwrap_or_default()),
        (None, Some(turned_away)) => ((expected - turned_away).max(Households::ZERO), turned_away),
        (None, None) => {
            let served = expected.min(Households(i32::try_from(most).unwrap_or(i32::MAX)));
            (served, expected - served)
        }
    };
    let mass = stop.mass_per_household.get().saturating_mul(i64::from(households.get()));
    let rounding = dataset.settings.announce.rounding;
    Call {
        stop: draft.stop,
        arrival,
        start: draft.start,
        end: draft.end,
        departure: draft.departure.unwrap_or(draft.end),
        opens: draft.opens.unwrap_or(draft.start),
        closes: draft.closes.unwrap_or_else(|| announced_end(draft.start, draft.end, rounding)),
        households,
        turned_away,
        load: draft.load.unwrap_or(Grams(mass)),
    }
}
