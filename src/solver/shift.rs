//! A shift with its vehicle as the search reads it.

use super::route::VisitFacts;
use crate::ids::{ShiftId, VehicleId};
use crate::model::{Client, Problem, Shift};
use crate::units::Seconds;

/// A shift with its vehicle, limits as plain numbers (`i64::MAX`: none).
#[derive(Clone, Debug)]
pub(super) struct ShiftFacts {
    pub index: u32,
    pub vehicle: u32,
    pub day: u8,
    pub start: u32,
    pub end: u32,
    pub open: i64,
    pub close: i64,
    pub count: u32,
    pub travel: u32,
    /// Vehicles that serve any load alike: same capacities and service points.
    pub serving: u32,
    /// Shifts of the same class are interchangeable: one empty vehicle stands for all.
    pub class: u32,
    /// Ways are as long on shifts alike in this, if not as fast.
    pub length: u32,
    /// Ways cost the same on shifts alike in this.
    pub drive: u32,
    /// Any route has the same times and the same cost on shifts alike in this, on whatever days.
    pub alike: u32,
    /// On shifts alike in this the end of a route has the same way, loads and times.
    pub tail: u32,
    pub capacity: i64,
    pub capacity_mass: i64,
    pub cost_fixed: i64,
    pub cost_per_metre: i64,
    pub cost_per_second: i64,
    pub max_duty: i64,
    pub max_driving: i64,
    pub max_metres: i64,
    pub max_visits: usize,
    pub max_trips: usize,
    pub reload: i64,
    /// Length of the break, and the longest duty without it.
    pub rest: Option<(i64, i64)>,
    /// Neither price nor limit is about how long a route takes or is: one that holds all hours costs its way.
    pub is_free: bool,
    /// Joined segments tell the exact times of its routes.
    pub is_plain: bool,
    /// Some rule or cost is about time, and routes exist that it binds; elsewhere no times are kept.
    pub is_timed: bool,
    /// The least price of a metre on it and on the larger ones, at which the detour straight to a visit is the least that it costs
    /// (a new trip makes a longer one); none where time has a price.
    pub way_least: Option<i64>,
    /// Stocks of vehicles it draws on.
    pub pools: Vec<u32>,
    /// A shift of each larger class that times and drives its routes alike, by capacity.
    pub larger: Vec<u32>,
}

impl ShiftFacts {
    /// Whether any route that fits both has the same times and way on both.
    pub fn drives_like(&self, other: &Self) -> bool {
        let rules = |shift: &Self| {
            let limits = (shift.max_duty, shift.max_driving, shift.max_metres, shift.max_visits);
            let times = (shift.open, shift.close, shift.reload, shift.max_trips);
            ((shift.day, shift.travel, shift.start, shift.end), limits, times, shift.is_timed)
        };
        self.is_plain && other.is_plain && rules(self) == rules(other)
    }
}

/// Numbers the classes of `0..count` under an equivalence: each member's class, and each class's first member.
pub(super) fn classes(count: usize, is_same: impl Fn(usize, usize) -> bool) -> (Vec<u32>, Vec<u32>) {
    let mut firsts: Vec<u32> = Vec::new();
    let class_of = (0..count)
        .map(|member| {
            let known = firsts.iter().position(|&first| is_same(first as usize, member));
            known.unwrap_or_else(|| {
                firsts.push(member as u32);
                firsts.len() - 1
            }) as u32
        })
        .collect();
    (class_of, firsts)
}

pub(super) fn shift_facts(problem: &Problem, shift: &Shift, serving: &[u32]) -> ShiftFacts {
    let vehicle = &problem.vehicles[shift.vehicle];
    let limit = |seconds: Option<Seconds>| seconds.map_or(i64::MAX, |seconds| i64::from(seconds.get()));
    ShiftFacts {
        index: 0,
        vehicle: shift.vehicle.0,
        day: shift.day.0,
        start: shift.start,
        end: shift.end,
        open: i64::from(shift.window.open.get()),
        close: i64::from(shift.window.close.get()),
        count: shift.count,
        travel: vehicle.travel,
        serving: serving[shift.vehicle.index()],
        class: 0,
        length: 0,
        drive: 0,
        alike: 0,
        tail: 0,
        capacity: vehicle.capacity.unwrap_or(VisitFacts::NO_LIMIT).min(VisitFacts::NO_LIMIT),
        capacity_mass: vehicle.capacity_mass.unwrap_or(VisitFacts::NO_LIMIT).min(VisitFacts::NO_LIMIT),
        cost_fixed: vehicle.cost_fixed.get(),
        cost_per_metre: vehicle.cost_per_metre.get(),
        cost_per_second: vehicle.cost_per_second.get(),
        max_duty: limit(vehicle.max_duty),
        max_driving: limit(vehicle.max_driving),
        max_metres: vehicle.max_metres.unwrap_or(i64::MAX),
        max_visits: vehicle.max_visits.map_or(usize::MAX, |visits| visits as usize),
        max_trips: vehicle.max_trips.max(1) as usize,
        reload: i64::from(vehicle.reload.get()),
        rest: vehicle.rest.map(|rest| (i64::from(rest.duration.get()), i64::from(rest.after.get()))),
        is_free: vehicle.cost_per_second.get() == 0
            && vehicle.max_duty.is_none()
            && vehicle.max_driving.is_none()
            && vehicle.max_metres.is_none(),
        is_plain: vehicle.rest.is_none() && vehicle.max_cold.is_none() && problem.grid.get() <= 1,
        is_timed: true,
        way_least: None,
        pools: Vec::new(),
        larger: Vec::new(),
    }
}

/// Shifts are interchangeable when everything but their place in the table is equal, also who may be visited.
pub(super) fn classify_shifts(problem: &Problem, shifts: &mut [ShiftFacts]) {
    let visits =
        |vehicle: u32| problem.clients.iter().map(move |client| client.vehicles.contains(vehicle as usize));
    let locked = |vehicle: u32| {
        let lock_names = |client: &Client| {
            client.locks.iter().flatten().any(|lock| lock.vehicle.is_some_and(|named| named.0 == vehicle))
        };
        problem.clients.iter().any(lock_names)
    };
    let (class_of_vehicle, _) = classes(problem.vehicles.len(), |a, b| {
        problem.vehicles.raw[a] == problem.vehicles.raw[b]
            && visits(a as u32).eq(visits(b as u32))
            && !locked(a as u32)
            && !locked(b as u32)
    });
    let day_class = days_alike(problem);
    let (alike_of_shift, _) = classes(shifts.len(), |a, b| {
        let key = |index: usize| {
            let shift = &problem.shifts[ShiftId::from(index)];
            let class = class_of_vehicle[shift.vehicle.index()];
            (class, day_class[usize::from(shift.day.0)], shift.window, shift.start, shift.end)
        };
        key(a) == key(b)
    });
    let (class_of_shift, _) = classes(shifts.len(), |a, b| {
        let key = |index: usize| (alike_of_shift[index], shifts[index].day, &shifts[index].pools);
        key(a) == key(b)
    });
    let (drive_of_shift, _) = classes(shifts.len(), |a, b| {
        let way = |shift: &ShiftFacts| (shift.cost_per_metre, shift.travel);
        way(&shifts[a]) == way(&shifts[b])
    });
    let kinds = class_of_shift.into_iter().zip(drive_of_shift).zip(alike_of_shift);
    for (shift, ((class, drive), alike)) in shifts.iter_mut().zip(kinds) {
        (shift.class, shift.drive, shift.alike) = (class, drive, alike);
    }
}

/// Numbers the days of the cycle so that days alike have the same windows and locks.
fn days_alike(problem: &Problem) -> Vec<u32> {
    let days = usize::from(problem.cycle_days.max(1));
    let (day_class, _) = classes(days, |a, b| {
        problem.clients.iter().all(|client| {
            client.windows.get(a) == client.windows.get(b) && client.locks.get(a) == client.locks.get(b)
        })
    });
    day_class
}

/// Which shifts take each other's tails, and the least price of a metre, once it is known which keep times and which are larger.
pub(super) fn relate_shifts(problem: &Problem, shifts: &mut [ShiftFacts]) {
    let has_groups = !problem.covering.groups.is_empty();
    let (tail_of_shift, _) = classes(shifts.len(), |a, b| {
        let key = |index: usize| {
            let shift = &shifts[index];
            let points = problem.vehicles[VehicleId(shift.vehicle)].service_points;
            let times = (shift.open, shift.close, shift.reload, shift.is_timed, shift.is_plain);
            // Where attendance depends on what is open, the vehicle decides who is turned away.
            let serving = has_groups.then_some(shift.serving);
            ((shift.day, shift.travel, shift.start, shift.end), times, points, serving)
        };
        key(a) == key(b)
    });
    for (index, tail) in tail_of_shift.into_iter().enumerate() {
        let shift = &shifts[index];
        let larger = shift.larger.iter().map(|&larger| shifts[larger as usize].cost_per_metre);
        let least = larger.fold(shift.cost_per_metre, i64::min);
        let way_least = (shift.cost_per_second == 0).then_some(least);
        (shifts[index].tail, shifts[index].way_least) = (tail, way_least);
    }
}
