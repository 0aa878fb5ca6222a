//! Single changes that may serve a client, applied to a copy of the problem.

use crate::ids::{ClientId, VehicleId};
use crate::model::{Problem, Shift, Vehicle};
use crate::units::{ClockTime, Cost, DaySet, Seconds};

/// A change of one limit, and by how much. Amounts of candidates are what has to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The shift ends that much later.
    ReturnLater(Seconds),
    /// The shift starts that much earlier.
    LeaveEarlier(Seconds),
    /// The longest duty is that much longer.
    LongerDuty(Seconds),
    /// The shift ends that much later, and the longest duty is as much longer: neither alone is enough.
    LongerShift(Seconds),
    /// The longest driving is that much longer.
    MoreDriving(Seconds),
    /// The longest time from loading to the last opening's end is that much longer.
    LongerCold(Seconds),
    /// The break's window is that much wider on both sides.
    WiderBreak(Seconds),
    /// That many households more a trip.
    MoreHouseholds(i64),
    /// That many grams more a trip.
    MoreMass(i64),
    /// The client's hours begin that much earlier.
    OpenEarlier(Seconds),
    /// The client's hours end that much later.
    CloseLater(Seconds),
    /// The client's longest opening is that much longer.
    LongerOpening(Seconds),
    /// That many trips a shift more.
    MoreTrips(u32),
    /// That many visits a shift more.
    MoreVisits(u32),
    /// That much more length a shift.
    MoreLength(i64),
    /// A vehicle that may not visit the client may.
    Allow,
    /// One more vehicle of that kind, on the same days.
    ExtraVehicle,
    /// The client brings that much more, or costs as much less.
    Worth(Cost),
}

/// Farthest a limit on time is moved: half a day.
const TIME_MOST: i32 = 12 * 3600;

/// The changes worth trying for a client, each with the vehicle it is about.
pub(super) fn candidates(problem: &Problem, client: ClientId) -> Vec<(Change, VehicleId)> {
    let row = &problem.clients[client];
    let working = |id: VehicleId| problem.shifts.iter().any(|shift| shift.vehicle == id);
    let mut found = Vec::new();
    for (id, vehicle) in problem.vehicles.iter_enumerated().filter(|&(id, _)| working(id)) {
        if row.vehicles.contains(id.index()) {
            found.extend(of_vehicle(vehicle).into_iter().map(|change| (change, id)));
        } else {
            found.push((Change::Allow, id));
        }
    }
    if found.is_empty() {
        return found;
    }
    // Whoever comes, so no vehicle matters.
    let zero = Seconds::ZERO;
    let of_client = [Change::OpenEarlier(zero), Change::CloseLater(zero), Change::LongerOpening(zero)];
    found.extend(of_client.map(|change| (change, VehicleId::default())));
    found
}

fn of_vehicle(vehicle: &Vehicle) -> Vec<Change> {
    let zero = Seconds::ZERO;
    let may_reload = vehicle.max_trips > 1 || vehicle.reload > zero;
    let list = [
        (true, Change::ReturnLater(zero)),
        (true, Change::LeaveEarlier(zero)),
        (vehicle.max_duty.is_some(), Change::LongerDuty(zero)),
        (vehicle.max_duty.is_some(), Change::LongerShift(zero)),
        (vehicle.max_driving.is_some(), Change::MoreDriving(zero)),
        (vehicle.max_cold.is_some(), Change::LongerCold(zero)),
        (vehicle.rest.is_some(), Change::WiderBreak(zero)),
        (vehicle.capacity.is_some(), Change::MoreHouseholds(0)),
        (vehicle.capacity_mass.is_some(), Change::MoreMass(0)),
        (may_reload, Change::MoreTrips(0)),
        (vehicle.max_visits.is_some(), Change::MoreVisits(0)),
        (vehicle.max_metres.is_some(), Change::MoreLength(0)),
        (true, Change::ExtraVehicle),
    ];
    list.into_iter().filter(|(applies, _)| *applies).map(|(_, change)| change).collect()
}

impl Change {
    /// The same change by `steps` steps: minutes where openings keep to a grid (a scenario), households, kilograms,
    /// or the problem's own units.
    pub(super) fn by(self, problem: &Problem, steps: i64) -> Self {
        let unit = if problem.grid > Seconds(1) { 60 } else { 1 };
        let time = Seconds(i32::try_from(steps * unit).unwrap_or(i32::MAX));
        match self {
            Self::ReturnLater(_) => Self::ReturnLater(time),
            Self::LeaveEarlier(_) => Self::LeaveEarlier(time),
            Self::LongerDuty(_) => Self::LongerDuty(time),
            Self::LongerShift(_) => Self::LongerShift(time),
            Self::MoreDriving(_) => Self::MoreDriving(time),
            Self::LongerCold(_) => Self::LongerCold(time),
            Self::WiderBreak(_) => Self::WiderBreak(time),
            Self::OpenEarlier(_) => Self::OpenEarlier(time),
            Self::CloseLater(_) => Self::CloseLater(time),
            Self::LongerOpening(_) => Self::LongerOpening(time),
            Self::MoreHouseholds(_) => Self::MoreHouseholds(steps),
            Self::MoreMass(_) => Self::MoreMass(steps * if unit == 60 { 1000 } else { 1 }),
            Self::MoreTrips(_) => Self::MoreTrips(steps as u32),
            Self::MoreVisits(_) => Self::MoreVisits(steps as u32),
            Self::MoreLength(_) => Self::MoreLength(steps),
            Self::Allow | Self::ExtraVehicle | Self::Worth(_) => self,
        }
    }

    /// The most steps tried.
    pub(super) fn most_steps(self, problem: &Problem, client: ClientId) -> i64 {
        let row = &problem.clients[client];
        match self {
            Self::MoreHouseholds(_) => 10_000 + row.registered,
            Self::MoreMass(_) => 1_000_000,
            Self::MoreTrips(_) | Self::Allow | Self::ExtraVehicle | Self::Worth(_) => 1,
            Self::MoreVisits(_) => 100,
            Self::MoreLength(_) => i64::from(i32::MAX),
            _ if problem.grid > Seconds(1) => i64::from(TIME_MOST / 60),
            _ => i64::from(i32::MAX / 4),
        }
    }

    /// How large a change is, to compare kinds: the share of the limit it moves. Changes that are not of degree come
    /// after every change by less than half.
    pub(super) fn effort(self, problem: &Problem, client: ClientId, vehicle: VehicleId) -> f64 {
        let row = &problem.clients[client];
        let vehicle = &problem.vehicles[vehicle];
        // Times are compared with a working day of eight hours, whichever limit they move.
        let day = if problem.grid > Seconds(1) { 8.0 * 3600.0 } else { shift_length(problem) };
        match self {
            Self::ReturnLater(by) | Self::LeaveEarlier(by) | Self::LongerDuty(by) | Self::LongerShift(by) => {
                f64::from(by.get()) / day
            }
            Self::MoreDriving(by) | Self::LongerCold(by) | Self::WiderBreak(by) => f64::from(by.get()) / day,
            // A commune moves its hours less easily than a crew.
            Self::OpenEarlier(by) | Self::CloseLater(by) | Self::LongerOpening(by) => {
                1.5 * f64::from(by.get()) / day
            }
            Self::MoreHouseholds(by) => by as f64 / vehicle.capacity.unwrap_or(1).max(1) as f64,
            Self::MoreMass(by) => by as f64 / vehicle.capacity_mass.unwrap_or(1).max(1) as f64,
            Self::MoreLength(by) => by as f64 / vehicle.max_metres.unwrap_or(1).max(1) as f64,
            Self::MoreTrips(by) | Self::MoreVisits(by) => 0.5 * f64::from(by),
            Self::Allow => 0.5 + row.vehicles.count_ones(..) as f64 * 1e-6,
            Self::ExtraVehicle => 1.0,
            Self::Worth(_) => 0.0,
        }
    }

    /// Whether it changes the client and no vehicle.
    pub(super) fn is_about_client(self) -> bool {
        matches!(self, Self::OpenEarlier(_) | Self::CloseLater(_) | Self::LongerOpening(_) | Self::Worth(_))
    }

    /// Changes `problem` for `client`: its hours on `days`, the shifts of `vehicle` on `days`, or a limit of either
    /// that holds on all days.
    pub(super) fn apply(self, problem: &mut Problem, client: ClientId, vehicle: VehicleId, days: DaySet) {
        for day in days.iter() {
            for window in &mut problem.clients[client].windows[day.index()] {
                match self {
                    Self::OpenEarlier(by) => window.open = earlier(window.open, by),
                    Self::CloseLater(by) => window.close = later(window.close, by),
                    _ => {}
                }
            }
        }
        for shift in problem.shifts.iter_mut().filter(|s| s.vehicle == vehicle && days.contains(s.day)) {
            match self {
                Self::ReturnLater(by) | Self::LongerShift(by) => {
                    shift.window.close = later(shift.window.close, by);
                }
                Self::LeaveEarlier(by) => shift.window.open = earlier(shift.window.open, by),
                Self::ExtraVehicle => shift.count = shift.count.saturating_add(1),
                _ => {}
            }
        }
        self.apply_to_limits(problem, client, vehicle);
    }

    /// Changes limits that hold on all days.
    fn apply_to_limits(self, problem: &mut Problem, client: ClientId, id: VehicleId) {
        let vehicle = &mut problem.vehicles[id];
        let row = &mut problem.clients[client];
        match self {
            Self::LongerDuty(by) | Self::LongerShift(by) => vehicle.max_duty = longer(vehicle.max_duty, by),
            Self::MoreDriving(by) => vehicle.max_driving = longer(vehicle.max_driving, by),
            Self::LongerCold(by) => vehicle.max_cold = longer(vehicle.max_cold, by),
            Self::WiderBreak(by) => {
                if let Some(rest) = &mut vehicle.rest {
                    rest.window.open = earlier(rest.window.open, by);
                    rest.window.close = later(rest.window.close, by);
                }
            }
            Self::MoreHouseholds(by) => {
                vehicle.capacity = vehicle.capacity.map(|most| most.saturating_add(by));
            }
            Self::MoreMass(by) => {
                vehicle.capacity_mass = vehicle.capacity_mass.map(|most| most.saturating_add(by));
            }
            Self::LongerOpening(by) => {
                row.service.longest = Seconds(row.service.longest.get().saturating_add(by.get()));
            }
            Self::MoreTrips(by) => vehicle.max_trips = vehicle.max_trips.saturating_add(by),
            Self::MoreVisits(by) => {
                vehicle.max_visits = vehicle.max_visits.map(|most| most.saturating_add(by));
            }
            Self::MoreLength(by) => {
                vehicle.max_metres = vehicle.max_metres.map(|most| most.saturating_add(by));
            }
            Self::Allow => row.vehicles.insert(id.index()),
            Self::ReturnLater(_)
            | Self::LeaveEarlier(_)
            | Self::OpenEarlier(_)
            | Self::CloseLater(_)
            | Self::ExtraVehicle
            | Self::Worth(_) => {}
        }
    }
}

fn later(time: ClockTime, by: Seconds) -> ClockTime {
    ClockTime(time.get().saturating_add(by.get()))
}

/// Not before the midnight at which the day starts.
fn earlier(time: ClockTime, by: Seconds) -> ClockTime {
    ClockTime(time.get().saturating_sub(by.get()).max(time.get().min(0)))
}

fn longer(limit: Option<Seconds>, by: Seconds) -> Option<Seconds> {
    limit.map(|most| Seconds(most.get().saturating_add(by.get())))
}

fn shift_length(problem: &Problem) -> f64 {
    let length = |shift: &Shift| (shift.window.close - shift.window.open).get().max(1);
    problem.shifts.first().map_or(1.0, |shift| f64::from(length(shift)))
}
