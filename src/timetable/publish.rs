//! The cycle, repeated on the calendar: each route becomes a tour on every published date of its day.

use jiff::civil::Date;
use typed_index_collections::TiSlice;

use super::calendar::{Fate, fate};
use super::{Call, Cancelled, RestTaken, Timetable, Tour, Trip};
use crate::ids::{AntennaId, ClientId, StopId};
use crate::model::evaluate::evaluate;
use crate::model::schedule::{CallTiming, RouteTiming, VisitLoad, schedule as time_route};
use crate::model::{Problem, Route, Shift, Solution};
use crate::tables::Dataset;
use crate::units::{ClockTime, Grams, Households, Metres, Seconds, Window};

/// Dates and times of a solution over the whole published horizon.
///
/// The cycle repeats until the last published date. A visit that falls on a date its stop or antenna can't keep is
/// cancelled; the others of its tour keep their announced times and the antenna drives past. Where no lawful tour is
/// left that way (a break with nowhere to stand), the tour is timed anew; where that fails too, it is cancelled whole.
///
/// `O(published days x visits)` and one schedule for each route.
///
/// # Panics
///
/// If a route of `solution` has no exact times: the search promises that each has.
pub fn schedule(problem: &Problem, solution: &Solution, dataset: &Dataset) -> Timetable {
    let evaluation = evaluate(problem, solution);
    let mut publisher = Publisher { problem: problem.clone(), dataset, loads: &evaluation.loads };
    let mut timetable = Timetable::default();
    for horizon_day in 0..dataset.settings.horizon_days() {
        let day = dataset.settings.cycle_day(horizon_day);
        for (route, timing) in solution.routes.iter().zip(&evaluation.routes) {
            if problem.shifts[route.shift].day == day {
                let timing = timing.as_ref().expect("every route of a solution has exact times");
                publisher.publish(route, timing, horizon_day, &mut timetable);
            }
        }
    }
    timetable.tours.sort_by_key(|tour| (tour.date, tour.antenna));
    timetable.cancelled.sort_by_key(|cancelled| (cancelled.date, cancelled.stop));
    timetable
}

/// A visit that takes place on a date, with its times on an ordinary one.
#[derive(Clone, Copy)]
struct Kept {
    client: ClientId,
    call: CallTiming,
}

struct Publisher<'a> {
    /// A copy, so that the windows of a tour that loses stops can be those of its date.
    problem: Problem,
    dataset: &'a Dataset,
    loads: &'a TiSlice<ClientId, VisitLoad>,
}

impl Publisher<'_> {
    /// Adds the tour of a route on one date, and the visits it loses.
    fn publish(
        &mut self,
        route: &Route,
        timing: &RouteTiming,
        horizon_day: usize,
        timetable: &mut Timetable,
    ) {
        let shift = self.problem.shifts[route.shift].clone();
        let antenna = AntennaId(shift.vehicle.0);
        let date = self.dataset.settings.date(horizon_day);
        let mut kept: Vec<Vec<Kept>> = Vec::new();
        let mut is_whole = true;
        for (clients, trip) in route.trips.iter().zip(&timing.trips) {
            let mut trip_kept = Vec::new();
            for (&client, &call) in clients.iter().zip(&trip.calls) {
                let opening = Window { open: call.start, close: call.end };
                match fate(self.dataset, StopId(client.0), antenna, opening, horizon_day) {
                    Fate::Held => trip_kept.push(Kept { client, call }),
                    Fate::Reserved => is_whole = false,
                    Fate::Cancelled(reason) => {
                        is_whole = false;
                        timetable.cancelled.push(self.cancelled(client, antenna, &call, date, reason));
                    }
                }
            }
            if !trip_kept.is_empty() {
                kept.push(trip_kept);
            }
        }
        if kept.is_empty() {
            return;
        }
        let mended = if is_whole { Some(timing.clone()) } else { self.mend(&shift, &kept, horizon_day) };
        match mended {
            Some(timing) => timetable.tours.push(self.tour(antenna, date, &kept, &timing)),
            None => timetable.cancelled.extend(
                kept.iter()
                    .flatten()
                    .map(|visit| self.cancelled(visit.client, antenna, &visit.call, date, String::new())),
            ),
        }
    }

    /// Times of what is left of a tour: with the announced hours if that is lawful, else with any that are.
    fn mend(&mut self, shift: &Shift, kept: &[Vec<Kept>], horizon_day: usize) -> Option<RouteTiming> {
        let announced = |visit: &Kept| vec![Window { open: visit.call.start, close: visit.call.end }];
        let dataset = self.dataset;
        self.time_within(shift, kept, announced).or_else(|| {
            self.time_within(shift, kept, |visit| {
                dataset.stops[StopId(visit.client.0)].windows[horizon_day].clone()
            })
        })
    }

    /// Times of a tour whose openings lie within `windows`.
    fn time_within(
        &mut self,
        shift: &Shift,
        kept: &[Vec<Kept>],
        windows: impl Fn(&Kept) -> Vec<Window>,
    ) -> Option<RouteTiming> {
        for visit in kept.iter().flatten() {
            self.problem.clients[visit.client].windows[shift.day.index()] = windows(visit);
        }
        let clients: Vec<Vec<ClientId>> =
            kept.iter().map(|trip| trip.iter().map(|visit| visit.client).collect()).collect();
        time_route(&self.problem, shift, &clients, self.loads).ok()
    }

    fn tour(&self, antenna: AntennaId, date: Date, kept: &[Vec<Kept>], timing: &RouteTiming) -> Tour {
        let trips = (kept.iter().zip(&timing.trips))
            .map(|(visits, trip)| Trip {
                leave: trip.leave,
                back: trip.back,
                calls: (visits.iter().zip(&trip.calls))
                    .map(|(visit, call)| self.call(visit.client, call))
                    .collect(),
            })
            .collect();
        Tour {
            id: format!("{}-{date}", self.dataset.antennas[antenna].id),
            antenna,
            date,
            trips,
            rest: timing.rest.map(|(start, end)| RestTaken { start, end }),
            distance: Metres(i32::try_from(timing.metres).unwrap_or(i32::MAX)),
            driving: timing.driving,
        }
    }

    fn call(&self, client: ClientId, call: &CallTiming) -> Call {
        let stop = StopId(client.0);
        let (opens, closes) = self.announced(call);
        Call {
            stop,
            arrival: call.arrival,
            start: call.start,
            end: call.end,
            departure: call.departure,
            opens,
            closes,
            households: Households(i32::try_from(call.served).expect("tables bound households")),
            turned_away: Households(i32::try_from(call.turned_away).expect("tables bound households")),
            load: Grams(call.served * self.dataset.stops[stop].mass_per_household.get()),
        }
    }

    fn cancelled(
        &self,
        client: ClientId,
        antenna: AntennaId,
        call: &CallTiming,
        date: Date,
        reason: String,
    ) -> Cancelled {
        let (opens, closes) = self.announced(call);
        Cancelled { stop: StopId(client.0), antenna, date, opens, closes, reason }
    }

    /// The hours people are told: the opening starts on a minute that they can remember.
    fn announced(&self, call: &CallTiming) -> (ClockTime, ClockTime) {
        (call.start, announced_end(call.start, call.end, self.dataset.settings.announce.rounding))
    }
}

/// The end that people are told of an opening: its own, cut to whole steps of `rounding` after its start, or to the
/// minute where it is shorter than a step.
///
/// An opening is a whole number of steps but where its longest allowed length is none.
pub fn announced_end(start: ClockTime, end: ClockTime, rounding: Seconds) -> ClockTime {
    let steps = (end - start).get() / rounding.get().max(1);
    if steps > 0 { start + Seconds(steps * rounding.get()) } else { end.round_down_to(Seconds(60)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_ends_are_cut_to_the_steps_people_remember() {
        let at = ClockTime::from_hm;
        let five = Seconds::from_minutes(5);
        assert_eq!(announced_end(at(9, 0), at(10, 0), five), at(10, 0));
        // An opening of 62 minutes (its stop allows no more) closes for the public after 60.
        assert_eq!(announced_end(at(9, 0), at(10, 2), five), at(10, 0));
        // A locked start off the grid keeps its own steps.
        assert_eq!(announced_end(at(9, 2), at(10, 2), five), at(10, 2));
        // Shorter than a step: the opening itself, to the minute.
        assert_eq!(announced_end(at(9, 0), at(9, 3) + Seconds(30), five), at(9, 3));
    }
}
