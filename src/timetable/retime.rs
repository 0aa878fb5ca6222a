//! What is left of a tour on a date when some of its stops are not served: the openings that remain keep their hours,
//! and the driving, the break, the leaving and the returning are set around them.
//!
//! With the openings fixed only the place of the break is open. Every standing place is tried, each with the one
//! break time that disturbs least, and the lawful tour of least duty wins (the first of equals).

use crate::ids::ClientId;
use crate::model::schedule::{CallTiming, RouteTiming, TripTiming};
use crate::model::{Problem, Rest, Shift, TravelTable, Vehicle};
use crate::units::{ClockTime, Seconds};

/// A visit that takes place, with its times on an ordinary date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// Which stop.
    pub client: ClientId,
    /// Times on an ordinary date; the opening stays.
    pub call: CallTiming,
}

/// Where a break may be taken.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// At a stop, before the opening.
    Before { trip: usize, call: usize },
    /// At a stop, after the opening.
    After { trip: usize, call: usize },
    /// At the depot after a trip, before loading again.
    BeforeReload { trip: usize },
    /// At the depot after a trip, loaded again.
    AfterReload { trip: usize },
}

/// Lawful times of least duty around fixed openings; `None` if there are none. No trip of `trips` is empty.
pub(super) fn retime(problem: &Problem, shift: &Shift, trips: &[Vec<Kept>]) -> Option<RouteTiming> {
    let setting = Setting { problem, shift, vehicle: &problem.vehicles[shift.vehicle], trips };
    let plain = setting.without_rest()?;
    let mut choices = vec![plain.clone()];
    if let Some(rest) = setting.vehicle.rest {
        choices.extend(setting.places().filter_map(|place| setting.with_rest(&plain, rest, place)));
    }
    choices.into_iter().filter(|timing| setting.is_lawful(timing)).min_by_key(duty)
}

fn duty(timing: &RouteTiming) -> Seconds {
    last(&timing.trips).back - timing.trips[0].leave
}

fn last<T>(items: &[T]) -> &T {
    items.last().expect("no route and no trip is empty")
}

struct Setting<'a> {
    problem: &'a Problem,
    shift: &'a Shift,
    vehicle: &'a Vehicle,
    trips: &'a [Vec<Kept>],
}

impl Setting<'_> {
    /// Every place where the vehicle stands, in order.
    fn places(&self) -> impl Iterator<Item = Place> {
        self.trips.iter().enumerate().flat_map(|(trip, visits)| {
            let stops = (0..visits.len())
                .flat_map(move |call| [Place::Before { trip, call }, Place::After { trip, call }]);
            let depot = (trip + 1 < self.trips.len())
                .then_some([Place::BeforeReload { trip }, Place::AfterReload { trip }]);
            stops.chain(depot.into_iter().flatten())
        })
    }

    /// Leaves as late, returns as early as the openings allow. `None` where there is no road.
    fn without_rest(&self) -> Option<RouteTiming> {
        let mut timing = RouteTiming::default();
        for (index, visits) in self.trips.iter().enumerate() {
            let points = self.points(index);
            let mut trip = TripTiming::default();
            for (visit, leg) in visits.iter().zip(points.windows(2)) {
                let (seconds, metres) = self.travel(leg[0], leg[1])?;
                timing.driving += seconds;
                timing.metres += metres;
                let arrival = match trip.calls.last() {
                    Some(before) => before.departure + seconds,
                    None => visit.call.start - self.problem.margin,
                };
                if trip.calls.is_empty() {
                    trip.leave = arrival - seconds;
                }
                trip.calls.push(CallTiming { arrival, departure: visit.call.end, ..visit.call });
            }
            let home = &points[points.len() - 2..];
            let (seconds, metres) = self.travel(home[0], home[1])?;
            timing.driving += seconds;
            timing.metres += metres;
            trip.back = last(&trip.calls).departure + seconds;
            timing.trips.push(trip);
        }
        Some(timing)
    }

    fn travel(&self, from: u32, to: u32) -> Option<(Seconds, i64)> {
        match &self.problem.travel[self.vehicle.travel as usize] {
            TravelTable::Dense(matrix) => {
                let travel = matrix.get(from as usize, to as usize)?;
                Some((travel.seconds, i64::from(travel.metres.get())))
            }
            TravelTable::Plane(_) => unreachable!("a scenario travels by table"),
        }
    }

    /// The points of a trip: depot, stops, depot; the last trip ends where the shift ends.
    fn points(&self, trip: usize) -> Vec<u32> {
        let is_last = trip + 1 == self.trips.len();
        let stops = self.trips[trip].iter().map(|visit| self.problem.clients[visit.client].point);
        let home = if is_last { self.shift.end } else { self.shift.start };
        std::iter::once(self.shift.start).chain(stops).chain([home]).collect()
    }

    /// `plain` with a break at that place, or `None` where it can't start in time.
    fn with_rest(&self, plain: &RouteTiming, rest: Rest, place: Place) -> Option<RouteTiming> {
        let mut timing = plain.clone();
        let earliest = rest.window.open.max(last(&plain.trips).back - rest.after - rest.duration);
        let latest = rest.window.close - rest.duration;
        let start = match place {
            // The vehicle leaves the depot earlier for it, so the break is as late as it can be.
            Place::Before { trip, call: 0 } => {
                let trip = &mut timing.trips[trip];
                let start = latest.min(trip.calls[0].start - rest.duration);
                let arrival = trip.calls[0].arrival.min(start);
                trip.leave = arrival - (trip.calls[0].arrival - trip.leave);
                trip.calls[0].arrival = arrival;
                start
            }
            Place::Before { trip, call } => earliest.max(timing.trips[trip].calls[call].arrival),
            Place::After { trip, call } => {
                let is_end = trip + 1 == timing.trips.len() && call + 1 == timing.trips[trip].calls.len();
                let trip = &mut timing.trips[trip];
                let old = trip.calls[call].departure;
                // After the last opening of the day the return follows the break, whatever its time.
                let start = if is_end { rest.window.open.max(old) } else { earliest.max(old) };
                let departure = start + rest.duration;
                let later = departure - old;
                trip.calls[call].departure = departure;
                match trip.calls.get_mut(call + 1) {
                    Some(next) => next.arrival = next.arrival + later,
                    None => trip.back = trip.back + later,
                }
                start
            }
            Place::BeforeReload { trip } => earliest.max(timing.trips[trip].back),
            Place::AfterReload { trip } => earliest.max(timing.trips[trip].back + self.vehicle.reload),
        };
        let end = start + rest.duration;
        let leaves_by = match place {
            Place::Before { trip, call } => Some(timing.trips[trip].calls[call].start),
            Place::After { .. } => None,
            Place::BeforeReload { trip } => Some(timing.trips[trip + 1].leave - self.vehicle.reload),
            Place::AfterReload { trip } => Some(timing.trips[trip + 1].leave),
        };
        timing.rest = Some((start, end));
        (start <= latest && leaves_by.is_none_or(|by| end <= by)).then_some(timing)
    }

    /// Whether every rule of a shift holds. Windows and loads do: the openings are those of an ordinary date.
    fn is_lawful(&self, timing: &RouteTiming) -> bool {
        let vehicle = self.vehicle;
        let duty = duty(timing);
        let within = |value: Seconds, limit: Option<Seconds>| limit.is_none_or(|limit| value <= limit);
        self.shift.window.open <= timing.trips[0].leave
            && last(&timing.trips).back <= self.shift.window.close
            && within(duty, vehicle.max_duty)
            && within(timing.driving, vehicle.max_driving)
            && timing.trips.iter().all(|trip| {
                within(last(&trip.calls).end - trip.leave, vehicle.max_cold)
                    && trip.calls.iter().all(|call| call.arrival + self.problem.margin <= call.start)
            })
            && timing.trips.windows(2).all(|pair| pair[0].back + vehicle.reload <= pair[1].leave)
            && vehicle.rest.is_none_or(|rest| rest_is_lawful(rest, timing, duty))
    }
}

fn rest_is_lawful(rest: Rest, timing: &RouteTiming, duty: Seconds) -> bool {
    let leave: ClockTime = timing.trips[0].leave;
    let back = last(&timing.trips).back;
    match timing.rest {
        None => duty <= rest.after,
        Some((start, end)) => {
            rest.window.open <= start
                && end <= rest.window.close
                && start - leave <= rest.after
                && back - end <= rest.after
        }
    }
}
