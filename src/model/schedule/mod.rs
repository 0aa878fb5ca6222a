//! Exact times of one route under every rule of a shift.
//!
//! In: a route (visits in order, cut into trips), a shift and what comes to each visit. Out: the cheapest times that
//! hold every rule, or the rule that can't hold.
//!
//! *Cheapest* is least duty first (length and driving do not depend on the times), then earliest return. Openings
//! start as early as those two allow; each trip leaves the depot as late as they allow, so that waiting is spent at
//! the depot and the cold chain is short; a vehicle leaves a stop when the opening (and the break, if taken there)
//! is over and waits at the next one.
//!
//! Everything reduces to the starts of the openings, a [`chain`](Chain) of difference constraints over windows:
//! `frame` turns the shift's ends, trips and cold chain into it, `rest` each position of the break. The answer is
//! exact for every combination of rules. Cost: one forward and one backward pass, `O(n)`, for plain routes; a few
//! passes for each window jumped over and, where a break is needed, for each of its `2n` positions.

mod chain;
mod frame;
mod load;
mod rest;
mod route;

use typed_index_collections::TiSlice;

use self::chain::{Chain, Ends, NoChain};
use self::frame::{Edge, Frame, build_chain, impose_trips};
use self::rest::{Bounds, Place, bounds, places};
use self::route::{Layout, seconds};
use super::{Problem, Rest, Shift};
use crate::ids::ClientId;
use crate::units::{ClockTime, Seconds};

pub use self::load::{opening, opening_length, served, visit_load};

/// What comes to one visit of a client, from who attends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VisitLoad {
    /// Households expected: registered and attending.
    pub households: i64,
}

/// Times of a route that holds every rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTiming {
    /// One entry a trip.
    pub trips: Vec<TripTiming>,
    /// The break, if one is needed.
    pub rest: Option<(ClockTime, ClockTime)>,
    /// Driving of all legs.
    pub driving: Seconds,
    /// Length of all legs.
    pub metres: i64,
}

/// Times of a trip.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TripTiming {
    /// Leaves the depot loaded.
    pub leave: ClockTime,
    /// Is back at a depot.
    pub back: ClockTime,
    /// One entry a visit.
    pub calls: Vec<CallTiming>,
}

/// Times of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallTiming {
    /// Is there.
    pub arrival: ClockTime,
    /// Opens.
    pub start: ClockTime,
    /// Closes.
    pub end: ClockTime,
    /// Leaves.
    pub departure: ClockTime,
    /// Households served.
    pub served: i64,
    /// Households beyond what the visit can serve.
    pub turned_away: i64,
}

/// Why no times exist for a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// No road between two consecutive points.
    NoWay,
    /// The vehicle may not visit the client.
    NotAllowed(ClientId),
    /// The client has no window on that day.
    Closed(ClientId),
    /// Too many households on a trip, by that many.
    Households(i64),
    /// Too many grams on a trip, by that many.
    Mass(i64),
    /// Some window or the end of the shift is missed, by at least that long whatever the leave time.
    Late(Seconds),
    /// Longest duty passed, by that much at the tightest times.
    Duty(Seconds),
    /// Driving limit passed, by that much.
    Driving(Seconds),
    /// Cold chain limit passed, by at least that much.
    Cold(Seconds),
    /// Length limit passed, by that many units.
    Length(i64),
    /// Too many visits or trips, by that many.
    Count(u32),
    /// A break is needed and none fits.
    NoBreak,
    /// Those registered need an opening longer than the longest allowed, by that much.
    Opening(Seconds),
}

/// What a feasible route costs in time and length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RouteMeasure {
    /// From first leaving to last returning, the least possible.
    pub duty: Seconds,
    /// Driving of all legs.
    pub driving: Seconds,
    /// Length of all legs.
    pub metres: i64,
    /// Households turned away at all visits.
    pub turned_away: i64,
}

/// The cheapest times of `trips` on `shift` under every rule, or a rule that can't hold.
///
/// `loads` is by client. Allocates; a search keeps a [`Scheduler`] and asks it instead.
///
/// # Errors
///
/// The first rule found that can't hold, plain limits before times.
pub fn schedule<T: AsRef<[ClientId]>>(
    problem: &Problem,
    shift: &Shift,
    trips: &[T],
    loads: &TiSlice<ClientId, VisitLoad>,
) -> Result<RouteTiming, Blocked> {
    Scheduler::default().timing(problem, shift, trips, loads)
}

/// Answers questions about routes with buffers that are kept from one to the next: no allocation once warm.
///
/// Answers depend on the arguments alone, never on earlier questions.
#[derive(Clone, Debug, Default)]
pub struct Scheduler {
    layout: Layout,
    chain: Chain,
    /// Of each opening without a break: no start with one lies outside of these.
    earliest: Vec<i64>,
    latest: Vec<i64>,
}

/// How a route is timed: where the break lies and the first opening's start.
#[derive(Clone, Copy, Debug)]
struct Choice {
    place: Option<Place>,
    first_start: i64,
    leave: i64,
    back: i64,
}

impl Choice {
    fn duty(&self) -> i64 {
        self.back - self.leave
    }
}

impl Scheduler {
    /// Whether a route can be driven, and what it costs. Empty trips are skipped; a route without visits costs
    /// nothing.
    ///
    /// # Errors
    ///
    /// As [`schedule`].
    pub fn measure<T: AsRef<[ClientId]>>(
        &mut self,
        problem: &Problem,
        shift: &Shift,
        trips: &[T],
        loads: &TiSlice<ClientId, VisitLoad>,
    ) -> Result<RouteMeasure, Blocked> {
        self.layout.fill(problem, shift, trips, loads)?;
        if self.layout.visits.is_empty() {
            return Ok(RouteMeasure::default());
        }
        let choice = self.choose(problem, shift)?;
        Ok(RouteMeasure {
            duty: seconds(choice.duty()),
            driving: seconds(self.layout.driving),
            metres: self.layout.metres,
            turned_away: self.layout.visits.iter().map(|visit| visit.turned_away).sum(),
        })
    }

    /// The times behind [`Scheduler::measure`].
    ///
    /// # Errors
    ///
    /// As [`schedule`].
    pub fn timing<T: AsRef<[ClientId]>>(
        &mut self,
        problem: &Problem,
        shift: &Shift,
        trips: &[T],
        loads: &TiSlice<ClientId, VisitLoad>,
    ) -> Result<RouteTiming, Blocked> {
        self.layout.fill(problem, shift, trips, loads)?;
        if self.layout.visits.is_empty() {
            return Ok(RouteTiming::default());
        }
        let choice = self.choose(problem, shift)?;
        Ok(self.extract(problem, shift, &choice))
    }

    /// The tightest times, without a break where that is allowed, else over all its places.
    fn choose(&mut self, problem: &Problem, shift: &Shift) -> Result<Choice, Blocked> {
        let vehicle = &problem.vehicles[shift.vehicle];
        let frame = Frame::new(problem, shift, &self.layout);
        build_chain(problem, shift, &self.layout, &frame, &mut self.chain)?;
        let plain = self.tightest(&frame, None).map_err(blocked)?;
        let chosen = match vehicle.rest {
            Some(rest) if plain.duty() > i64::from(rest.after.get()) => {
                self.with_break(&frame, &plain, rest)?
            }
            _ => plain,
        };
        match vehicle.max_duty {
            Some(most) if chosen.duty() > i64::from(most.get()) => {
                Err(Blocked::Duty(seconds(chosen.duty() - i64::from(most.get()))))
            }
            _ => Ok(chosen),
        }
    }

    /// The tightest times with a break. None is tighter than `plain`, which needs a break and has none.
    fn with_break(&mut self, base: &Frame, plain: &Choice, rest: Rest) -> Result<Choice, Blocked> {
        self.impose(base, None).map_err(blocked)?;
        self.chain.latest().map_err(blocked)?;
        self.chain.copy_range(&mut self.earliest, &mut self.latest);
        let mut best: Option<Choice> = None;
        for i in 0..self.layout.visits.len() {
            for place in places(&self.layout, i) {
                let (frame, bounds) = bounds(&self.layout, base, rest, place);
                if !bounds.may_hold(&self.earliest, &self.latest) {
                    continue;
                }
                let Ok(found) = self.tightest(&frame, Some((place, &bounds))) else { continue };
                if (found.duty(), found.back) == (plain.duty(), plain.back) {
                    return Ok(found);
                }
                if best.is_none_or(|best| (found.duty(), found.back) < (best.duty(), best.back)) {
                    best = Some(found);
                }
            }
        }
        best.ok_or(Blocked::NoBreak)
    }

    /// The tightest times in a frame, with the break at the place that the frame is for, or with none.
    fn tightest(&mut self, frame: &Frame, rest: Option<(Place, &Bounds)>) -> Result<Choice, NoChain> {
        self.impose(frame, rest.map(|(_, bounds)| bounds))?;
        let place = rest.map(|(place, _)| place);
        let ends = match place {
            Some(Place::BeforeFirstAtClose) => self.chain.least()?,
            Some(Place::AfterLastAtOpen) => self.chain.latest()?,
            _ => self.chain.tightest()?,
        };
        let (leave, back) = (at_edge(frame.leave, ends), at_edge(frame.back, ends));
        Ok(Choice { place, first_start: ends.first, leave, back })
    }

    /// Asks every rule of the chain.
    fn impose(&mut self, frame: &Frame, rest: Option<&Bounds>) -> Result<(), NoChain> {
        self.chain.relax();
        if let Some(bounds) = rest {
            bounds.impose(&mut self.chain)?;
        }
        frame.impose(&self.layout, &mut self.chain)?;
        impose_trips(&self.layout, frame, &mut self.chain)
    }

    /// All times of the choice made: openings as early as its leaving and returning let them be.
    fn extract(&mut self, problem: &Problem, shift: &Shift, choice: &Choice) -> RouteTiming {
        let base = Frame::new(problem, shift, &self.layout);
        let rest = choice.place.zip(problem.vehicles[shift.vehicle].rest);
        let rested = rest.map(|(place, rest)| bounds(&self.layout, &base, rest, place));
        let (frame, limits) = rested.as_ref().map_or((&base, None), |(frame, bounds)| (frame, Some(bounds)));
        self.impose(frame, limits).expect("these times were just found");
        self.chain.least_from(choice.first_start).expect("these times were just found");
        let starts = self.chain.starts();
        let rest = rest.zip(limits).map(|((place, rest), bounds)| {
            let start = bounds.start(place, starts);
            (place, start, start + i64::from(rest.duration.get()))
        });
        let trips = self.layout.trips.iter().enumerate();
        RouteTiming {
            trips: trips.map(|(k, trip)| self.trip_timing(k, *trip, base.margin, choice, rest)).collect(),
            rest: rest.map(|(_, start, end)| (clock(start), clock(end))),
            driving: seconds(self.layout.driving),
            metres: self.layout.metres,
        }
    }

    /// Times of one trip, walked through from leaving to being back.
    fn trip_timing(
        &self,
        k: usize,
        trip: route::Trip,
        margin: i64,
        choice: &Choice,
        rest: Option<(Place, i64, i64)>,
    ) -> TripTiming {
        let starts = self.chain.starts();
        let latest_arrival = match rest {
            Some((Place::Before(i), start, _)) if i == trip.first => start.min(starts[i] - margin),
            _ => starts[trip.first] - margin,
        };
        let leave = if k == 0 { choice.leave } else { latest_arrival - self.layout.visits[trip.first].drive };
        let mut at = leave;
        let mut calls = Vec::with_capacity(trip.last + 1 - trip.first);
        for i in trip.first..=trip.last {
            let visit = self.layout.visits[i];
            let (arrival, end) = (at + visit.drive, starts[i] + visit.opening);
            at = match rest {
                Some((place, _, rest_end)) if place.is_after(i, starts.len()) => rest_end,
                _ => end,
            };
            calls.push(CallTiming {
                arrival: clock(arrival),
                start: clock(starts[i]),
                end: clock(end),
                departure: clock(at),
                served: visit.served,
                turned_away: visit.turned_away,
            });
        }
        TripTiming { leave: clock(leave), back: clock(at + trip.drive_back), calls }
    }
}

/// A clock time within a shift, which fits.
fn clock(time: i64) -> ClockTime {
    ClockTime(i32::try_from(time).expect("times of a feasible route lie inside its shift"))
}

fn at_edge(edge: Edge, ends: Ends) -> i64 {
    match edge {
        Edge::At(time) => time,
        Edge::Start(0, lead) => ends.first + lead,
        Edge::Start(_, tail) => ends.last + tail,
    }
}

fn blocked(reason: NoChain) -> Blocked {
    match reason {
        NoChain::Late(by) => Blocked::Late(seconds(by)),
        NoChain::Span(by) => Blocked::Cold(seconds(by)),
    }
}

impl RouteTiming {
    /// From first leaving to last returning; zero without trips.
    pub fn duty(&self) -> Seconds {
        match (self.trips.first(), self.trips.last()) {
            (Some(first), Some(last)) => last.back - first.leave,
            _ => Seconds::ZERO,
        }
    }

    /// All visits in order.
    pub fn calls(&self) -> impl Iterator<Item = &CallTiming> {
        self.trips.iter().flat_map(|trip| &trip.calls)
    }
}
