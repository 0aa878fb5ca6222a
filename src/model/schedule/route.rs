//! A route laid out for scheduling: legs, loads and openings looked up once, plain limits checked on the way.

use typed_index_collections::TiSlice;

use super::load::{opening, served};
use super::{Blocked, VisitLoad};
use crate::ids::ClientId;
use crate::model::{Client, Problem, Shift, Vehicle, Window};
use crate::units::Seconds;

/// A route with everything its times follow from. Buffers are kept from one use to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub visits: Vec<Visit>,
    pub trips: Vec<Trip>,
    pub driving: i64,
    pub metres: i64,
}

/// A visit in a [`Layout`]; all times in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    pub client: ClientId,
    pub trip: usize,
    /// Drive from the visit before, or from the depot.
    pub drive: i64,
    pub opening: i64,
    pub served: i64,
    pub turned_away: i64,
}

/// A trip in a [`Layout`]: its visits are `first..=last`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trip {
    pub first: usize,
    pub last: usize,
    /// Drive from the last visit to the depot.
    pub drive_back: i64,
    /// Not to leave before.
    pub release: i64,
}

impl Layout {
    /// Lays out `trips` on `shift`; empty trips are skipped. Checks every rule that does not depend on times.
    pub fn fill<T: AsRef<[ClientId]>>(
        &mut self,
        problem: &Problem,
        shift: &Shift,
        trips: &[T],
        loads: &TiSlice<ClientId, VisitLoad>,
    ) -> Result<(), Blocked> {
        let vehicle = &problem.vehicles[shift.vehicle];
        self.visits.clear();
        self.trips.clear();
        (self.driving, self.metres) = (0, 0);
        check_counts(vehicle, trips)?;
        let trips = trips.iter().map(AsRef::as_ref).filter(|trip| !trip.is_empty());
        let trip_count = trips.clone().count();
        for (position, trip) in trips.enumerate() {
            let home = if position + 1 == trip_count { shift.end } else { shift.start };
            self.add_visits(problem, shift, trip, loads)?;
            self.add_legs(problem, shift, home)?;
        }
        over(self.driving, vehicle.max_driving.map(|most| i64::from(most.get())))
            .map_or(Ok(()), |by| Err(Blocked::Driving(seconds(by))))?;
        over(self.metres, vehicle.max_metres).map_or(Ok(()), |by| Err(Blocked::Length(by)))
    }

    /// Adds a trip with its loads; legs follow in [`Layout::add_legs`].
    fn add_visits(
        &mut self,
        problem: &Problem,
        shift: &Shift,
        trip: &[ClientId],
        loads: &TiSlice<ClientId, VisitLoad>,
    ) -> Result<(), Blocked> {
        let vehicle = &problem.vehicles[shift.vehicle];
        let (mut households, mut mass, mut release) = (0, 0, i64::MIN);
        let first = self.visits.len();
        for &id in trip {
            let client = &problem.clients[id];
            if !may_visit(client, shift) {
                return Err(Blocked::NotAllowed(id));
            }
            let (served, turned_away) = served(vehicle, client, loads[id])?;
            households += served;
            mass += served.saturating_mul(client.mass_per_household);
            release = release.max(i64::from(client.release.get()));
            let opening = i64::from(opening(problem, vehicle, client, served).get());
            let trip = self.trips.len();
            self.visits.push(Visit { client: id, trip, drive: 0, opening, served, turned_away });
        }
        if let Some(by) = over(households, vehicle.capacity) {
            return Err(Blocked::Households(by));
        }
        if let Some(by) = over(mass, vehicle.capacity_mass) {
            return Err(Blocked::Mass(by));
        }
        self.trips.push(Trip { first, last: self.visits.len() - 1, drive_back: 0, release });
        Ok(())
    }

    /// Looks up the legs of the trip last added.
    fn add_legs(&mut self, problem: &Problem, shift: &Shift, home: u32) -> Result<(), Blocked> {
        let travel = &problem.travel[problem.vehicles[shift.vehicle].travel as usize];
        let trip = self.trips.last_mut().expect("a trip was just added");
        let mut from = shift.start;
        let mut go = |to: u32| -> Result<i64, Blocked> {
            let (time, length) = travel.get(from, to).ok_or(Blocked::NoWay)?;
            self.driving += i64::from(time.get());
            self.metres += length;
            from = to;
            Ok(i64::from(time.get()))
        };
        for visit in &mut self.visits[trip.first..=trip.last] {
            visit.drive = go(problem.clients[visit.client].point)?;
        }
        trip.drive_back = go(home)?;
        Ok(())
    }
}

/// Whether the vehicle of `shift` is allowed at `client`, and locked to it on that day if any is.
fn may_visit(client: &Client, shift: &Shift) -> bool {
    let locked = client.locks.get(shift.day.index()).copied().flatten().and_then(|lock| lock.vehicle);
    client.vehicles.contains(shift.vehicle.index()) && locked.is_none_or(|vehicle| vehicle == shift.vehicle)
}

/// The windows of `client` on the day of `shift`.
pub(super) fn windows<'a>(client: &'a Client, shift: &Shift) -> &'a [Window] {
    client.windows.get(shift.day.index()).map_or(&[], Vec::as_slice)
}

fn check_counts<T: AsRef<[ClientId]>>(vehicle: &Vehicle, trips: &[T]) -> Result<(), Blocked> {
    let trip_count = trips.iter().filter(|trip| !trip.as_ref().is_empty()).count();
    let visit_count: usize = trips.iter().map(|trip| trip.as_ref().len()).sum();
    let excess = |count: usize, most: u32| count.saturating_sub(most as usize) as u32;
    let by = excess(trip_count, vehicle.max_trips)
        .max(vehicle.max_visits.map_or(0, |most| excess(visit_count, most)));
    if by > 0 { Err(Blocked::Count(by)) } else { Ok(()) }
}

fn over(value: i64, most: Option<i64>) -> Option<i64> {
    most.filter(|&most| value > most).map(|most| value - most)
}

/// Saturates: only what is said about a route that is blocked can be that long.
pub(super) fn seconds(value: i64) -> Seconds {
    Seconds(i32::try_from(value).unwrap_or(i32::MAX))
}
