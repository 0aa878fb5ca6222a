//! What the search reads and never writes: the problem laid out in flat arrays.
//!
//! In: a [`Problem`]. Out: look-ups by client, day, shift and group that cost one index each. Nothing here depends
//! on a solution.

use fixedbitset::FixedBitSet;

use super::excess::Elastic;
use super::near;
use super::segment::Segment;
use super::shift::{ShiftFacts, classes, classify_shifts, relate_shifts, shift_facts};
use super::ways::{Numbering, Way, Ways};
use crate::ids::{ClientId, GroupId};
use crate::model::{Client, CoverGroup, Problem, Vehicle};
use crate::units::{Day, DaySet, Need};

/// Stands for a reload in a sequence of clients, and for "none" in tables of indices.
pub(super) const NONE: u32 = u32::MAX;

/// The clients of a sequence, without its reloads.
pub(super) fn visits_of(clients: &[u32]) -> impl Iterator<Item = u32> {
    clients.iter().copied().filter(|&client| client != NONE)
}

/// The trips of a sequence, between its reloads.
pub(super) fn trips_of(clients: &[u32]) -> impl Iterator<Item = &[u32]> {
    clients.split(|&client| client == NONE)
}

/// The problem, laid out for the search.
pub(super) struct Context<'p> {
    pub problem: &'p Problem,
    /// Days of the cycle.
    pub days: usize,
    pub shifts: Vec<ShiftFacts>,
    /// Shifts of each day, in order.
    pub shifts_on: Vec<Vec<u32>>,
    /// Groups of each client, with its rank among the group's clients.
    pub groups_of: Vec<Vec<(u32, u32)>>,
    /// Alternative sets of each client.
    pub sets_of: Vec<Vec<u32>>,
    /// Number of [`ShiftFacts::serving`] classes.
    pub serving_classes: usize,
    /// A vehicle of each serving class.
    pub serving_vehicle: Vec<u32>,
    /// The penalty of leaving a client out; zero where it is optional.
    pub missed: Vec<i64>,
    /// The fewest visits of each client's patterns.
    pub visits_least: Vec<i64>,
    /// Clients that no day can hold are never tried.
    pub is_possible: Vec<bool>,
    /// Most visits that a solution may have; bounds what is worth building indices for.
    pub visits_max: usize,
    /// From when on each client's goods can be loaded; empty where all always can.
    releases: Vec<i64>,
    /// Whether some clients are visited on several days.
    pub has_repeats: bool,
    /// Whether a client is closed at a time at which some shift is not.
    pub has_hours: bool,
    /// Whether visits earn anything, so that whom to visit is a matter of worth.
    pub is_selective: bool,
    /// Limits that may be exceeded: only where segments tell all times, and no visit earns anything.
    pub elastic: Elastic,
    /// The point of each client, as the search numbers points.
    pub points: Vec<u32>,
    ways: Vec<Ways>,
    hulls: Vec<Hull>,
    /// By shift, then client.
    allowed: FixedBitSet,
    /// Whether the shifts of each day are alike in whom they may visit, what a visit is to them and what ways cost.
    is_alike_on: Vec<bool>,
    near: Vec<Vec<u32>>,
}

/// The hull of a client's windows on a day, for the start of the opening.
#[derive(Clone, Copy, Debug)]
struct Hull {
    open: i64,
    close: i64,
    is_open: bool,
    /// One window: the hull is the rule.
    is_plain: bool,
    /// The opening starts then, to the second.
    locked_start: Option<i64>,
}

impl<'p> Context<'p> {
    pub fn new(problem: &'p Problem) -> Self {
        let days = usize::from(problem.cycle_days.max(1));
        let numbering = Numbering::new(&problem.travel);
        let ways = problem.travel.iter().map(|table| Ways::new(table, &numbering)).collect();
        let (serving, serving_vehicle) = classes(problem.vehicles.len(), |a, b| {
            let (a, b) = (&problem.vehicles.raw[a], &problem.vehicles.raw[b]);
            let of = |v: &Vehicle| (v.capacity, v.capacity_mass, v.service_points);
            of(a) == of(b)
        });
        let mut shifts: Vec<ShiftFacts> =
            problem.shifts.iter().map(|shift| shift_facts(problem, shift, &serving)).collect();
        for (pool, row) in problem.pools.iter().enumerate() {
            for shift in &row.shifts {
                shifts[shift.index()].pools.push(pool as u32);
            }
        }
        classify_shifts(problem, &mut shifts);
        let mut shifts_on = vec![Vec::new(); days];
        for (index, shift) in shifts.iter().enumerate() {
            if let Some(on_day) = shifts_on.get_mut(usize::from(shift.day)) {
                on_day.push(index as u32);
            }
        }
        for (index, shift) in shifts.iter_mut().enumerate() {
            shift.index = index as u32;
            (shift.start, shift.end) = (numbering.of(shift.start), numbering.of(shift.end));
        }
        let on_day = |day: usize| problem.clients.iter().map(move |client| hull(problem, client, day));
        let hulls = (0..days).flat_map(on_day).collect();
        let mut context = Self {
            problem,
            days,
            shifts,
            shifts_on,
            groups_of: groups_of(problem),
            sets_of: sets_of(problem),
            serving_classes: serving_vehicle.len(),
            serving_vehicle,
            missed: problem.clients.keys().map(|client| problem.missed_cost(client).get()).collect(),
            visits_least: problem.clients.keys().map(|client| problem.missed_visits(client)).collect(),
            is_possible: Vec::new(),
            visits_max: 0,
            releases: releases_of(problem),
            has_repeats: false,
            has_hours: has_hours(problem),
            is_selective: false,
            elastic: Elastic::Nothing,
            points: problem.clients.iter().map(|client| numbering.of(client.point)).collect(),
            ways,
            hulls,
            allowed: FixedBitSet::new(),
            is_alike_on: Vec::new(),
            near: Vec::new(),
        };
        context.allowed = context.allowed_visits();
        context.find_untimed_shifts();
        context.find_larger_shifts();
        context.compare_lengths();
        relate_shifts(problem, &mut context.shifts);
        context.is_alike_on = (0..days).map(|day| context.are_alike(&context.shifts_on[day])).collect();
        context.is_possible =
            (0..context.clients()).map(|client| context.has_pattern(client as u32)).collect();
        context.visits_max = (problem.clients.iter())
            .map(|client| client.patterns.iter().map(|days| days.len()).max().unwrap_or(0))
            .sum();
        let patterns = || problem.clients.iter().flat_map(|client| &client.patterns);
        context.has_repeats = patterns().any(|days| days.len() > 1);
        context.is_selective = !problem.covering.groups.is_empty()
            || problem.clients.iter().any(|client| client.value.get() != 0);
        context.elastic = context.what_is_elastic();
        context.near = near::lists(&context);
        context
    }

    /// Whether vehicles of a day hold or cost different amounts.
    pub fn has_mixed_fleet(&self) -> bool {
        let kind = |&shift: &u32| {
            let shift = &self.shifts[shift as usize];
            (shift.capacity, shift.capacity_mass, shift.cost_fixed, shift.cost_per_metre)
        };
        self.shifts_on.iter().any(|shifts| shifts.windows(2).any(|pair| kind(&pair[0]) != kind(&pair[1])))
    }

    /// Whether what comes to a visit depends on who else is open.
    pub fn is_attended(&self) -> bool {
        let covering = &self.problem.covering;
        !covering.groups.is_empty() && covering.attendance_permille > 0
    }

    /// Whether vehicles make several trips, whose times segments tell.
    pub fn has_trips(&self) -> bool {
        self.shifts.iter().all(|shift| shift.is_plain) && self.shifts.iter().any(|shift| shift.max_trips > 1)
    }

    /// Number of clients.
    pub fn clients(&self) -> usize {
        self.problem.clients.len()
    }

    /// Number of [`ShiftFacts::class`]es.
    pub fn classes(&self) -> usize {
        self.shifts.iter().map(|shift| shift.class as usize + 1).max().unwrap_or(0)
    }

    /// The client's row of the problem.
    pub fn client(&self, client: u32) -> &'p Client {
        &self.problem.clients[ClientId(client)]
    }

    /// The group's row of the problem.
    pub fn group(&self, group: u32) -> &'p CoverGroup {
        &self.problem.covering.groups[GroupId(group)]
    }

    /// Need of a group that comes to the client it attends.
    pub fn share(&self, group: u32) -> Need {
        self.group(group).attending(self.problem.covering.attendance_permille)
    }

    /// The fastest way on a shift from one point to another.
    #[inline]
    pub fn way(&self, shift: &ShiftFacts, from: u32, to: u32) -> Way {
        self.ways[shift.travel as usize].get(from, to)
    }

    /// All ways of a shift's vehicle.
    #[inline]
    pub fn ways_of(&self, shift: &ShiftFacts) -> &Ways {
        &self.ways[shift.travel as usize]
    }

    /// Clients near `client`, nearest first.
    pub fn near(&self, client: u32) -> &[u32] {
        &self.near[client as usize]
    }

    /// Whether the vehicle of `shift` may visit `client` on the shift's day.
    #[inline]
    pub fn allows(&self, shift: &ShiftFacts, client: u32) -> bool {
        self.allowed.contains(shift.index as usize * self.clients() + client as usize)
    }

    /// A shift of a day that stands for all of them in whom they may visit, what a visit is to them and what ways cost.
    #[inline]
    pub fn alike_on(&self, day: u8) -> Option<&ShiftFacts> {
        let shift = *self.shifts_on[usize::from(day)].first()?;
        self.is_alike_on[usize::from(day)].then(|| &self.shifts[shift as usize])
    }

    fn are_alike(&self, shifts: &[u32]) -> bool {
        let facts = |shift: &ShiftFacts| (shift.serving, shift.travel, shift.way_least);
        let shifts = shifts.iter().map(|&shift| &self.shifts[shift as usize]);
        shifts.clone().zip(shifts.skip(1)).all(|(shift, next)| {
            let allows = |shift: &ShiftFacts, client: usize| self.allows(shift, client as u32);
            let is_alike = |client: usize| allows(shift, client) == allows(next, client);
            facts(shift) == facts(next) && (0..self.clients()).all(is_alike)
        })
    }

    /// First opening, last closing and shortest opening of a client over all days.
    pub fn span(&self, client: u32) -> (i64, i64, i64) {
        let hulls = (0..self.days).map(|day| &self.hulls[self.slot(client, day as u8)]);
        let hulls = hulls.filter(|hull| hull.is_open);
        let open = hulls.clone().map(|hull| hull.open).min().unwrap_or(0);
        let close = hulls.map(|hull| hull.close).max().unwrap_or(0);
        let service = self.client(client).service;
        (open, close, i64::from(service.shortest.get().max(service.setup.get())))
    }

    /// Position of a client on a day in tables by both; those of one day lie together, as most looks are at one day.
    #[inline]
    pub fn slot(&self, client: u32, day: u8) -> usize {
        usize::from(day) * self.clients() + client as usize
    }

    /// How many there are.
    pub fn slots(&self) -> usize {
        self.days * self.clients()
    }

    /// Whether joined segments tell the exact times of a visit on a plain shift.
    #[inline]
    pub fn is_plain_visit(&self, client: u32, day: u8) -> bool {
        self.hulls[self.slot(client, day)].is_plain
    }

    /// A visit whose opening lasts `opening`, under the hull of the day's windows, from being there on.
    #[inline]
    pub fn visit_segment(&self, client: u32, day: u8, opening: i64) -> Segment {
        let hull = &self.hulls[self.slot(client, day)];
        let margin = i64::from(self.problem.margin.get());
        let (first, last) = match hull.locked_start {
            Some(start) => (start.max(hull.open), start.min(hull.close - opening)),
            None => (hull.open, hull.close - opening),
        };
        let mut segment = Segment::visit(margin + opening, first - margin, last - margin);
        if last < first {
            segment.warp = first - last;
        }
        segment.work = opening;
        segment
    }

    /// Whether some goods become ready during the day.
    #[inline]
    pub fn has_releases(&self) -> bool {
        !self.releases.is_empty()
    }

    /// When a client's goods are ready; `i64::MIN` where everybody's always are.
    #[inline]
    pub fn release(&self, client: u32) -> i64 {
        if self.has_releases() { self.releases[client as usize] } else { i64::MIN }
    }

    /// When the goods for a trip are ready, the first of some visits.
    pub fn release_of_trip(&self, clients: &[u32]) -> i64 {
        if !self.has_releases() {
            return i64::MIN;
        }
        let trip = clients.iter().take_while(|&&client| client != NONE);
        trip.map(|&client| self.releases[client as usize]).max().unwrap_or(i64::MIN)
    }

    /// Loading for a trip that may not leave before `release`.
    #[inline]
    pub fn reload_segment(shift: &ShiftFacts, release: i64) -> Segment {
        Segment::visit(
            shift.reload,
            shift.open.max(release.saturating_sub(shift.reload)),
            shift.close - shift.reload,
        )
    }

    /// A depot, where a route ends, or begins with a trip that may not leave before `release`.
    #[inline]
    pub fn depot_segment(shift: &ShiftFacts, release: i64) -> Segment {
        Segment::visit(0, shift.open.max(release), shift.close)
    }

    fn allowed_visits(&self) -> FixedBitSet {
        let clients = self.clients();
        let mut allowed = FixedBitSet::with_capacity(clients * self.shifts.len());
        for (index, shift) in self.shifts.iter().enumerate() {
            for client in (0..clients as u32).filter(|&client| self.may_visit(shift, client)) {
                allowed.insert(index * clients + client as usize);
            }
        }
        allowed
    }

    fn may_visit(&self, shift: &ShiftFacts, client: u32) -> bool {
        let row = self.client(client);
        let lock = row.locks.get(usize::from(shift.day)).copied().flatten();
        self.hulls[self.slot(client, shift.day)].is_open
            && row.vehicles.contains(shift.vehicle as usize)
            && lock.and_then(|lock| lock.vehicle).is_none_or(|vehicle| vehicle.0 == shift.vehicle)
    }

    /// Marks the shifts on which no time of day can bind: whatever the route within its limits, it ends before anything closes.
    fn find_untimed_shifts(&mut self) {
        let margin = i64::from(self.problem.margin.get());
        let openings =
            self.problem.clients.iter().map(|client| i64::from(client.service.longest.get()) + margin);
        let openings: i64 = openings.sum();
        let legs = 2 * self.clients() as i64 + 1;
        let longest: Vec<i64> = self
            .ways
            .iter()
            .map(|ways| ways.longest_seconds().saturating_mul(legs).saturating_add(openings))
            .collect();
        let has_releases = self.has_releases();
        for shift in &mut self.shifts {
            let reloads = shift.reload.saturating_mul(legs);
            let end = shift.open.saturating_add(longest[shift.travel as usize]).saturating_add(reloads);
            // Beyond the limit of duty, which may have a price, closings don't matter.
            let end = end.min(shift.open.saturating_add(shift.max_duty));
            let first = usize::from(shift.day) * self.problem.clients.len();
            let hulls = self.hulls.iter().skip(first).take(self.problem.clients.len());
            let is_idle = |hull: &Hull| {
                let is_always = hull.open <= shift.open && hull.close >= end;
                !hull.is_open || hull.is_plain && hull.locked_start.is_none() && is_always
            };
            shift.is_timed = !shift.is_plain
                || has_releases
                || shift.cost_per_second != 0
                || shift.close < end
                || !hulls.clone().all(is_idle);
        }
    }

    /// Numbers the shifts by how long ways are.
    fn compare_lengths(&mut self) {
        let (length_of, _) = classes(self.ways.len(), |a, b| self.ways[a].is_as_long_as(&self.ways[b]));
        for shift in &mut self.shifts {
            shift.length = length_of[shift.travel as usize];
        }
    }

    /// Lists for each shift those to which a route may change when its load grows. Where attendance decides the load,
    /// or a day takes several trips, none.
    fn find_larger_shifts(&mut self) {
        if !self.problem.covering.groups.is_empty() {
            return;
        }
        for index in 0..self.shifts.len() {
            let own = &self.shifts[index];
            let mut larger: Vec<u32> = self.shifts_on[usize::from(own.day)].clone();
            larger.retain(|&other| {
                let other = &self.shifts[other as usize];
                own.max_trips == 1 && own.capacity < other.capacity && own.drives_like(other)
            });
            larger.sort_by_key(|&other| (self.shifts[other as usize].capacity, other));
            larger.dedup_by_key(|other| self.shifts[*other as usize].class);
            self.shifts[index].larger = larger;
        }
    }

    fn what_is_elastic(&self) -> Elastic {
        let is_told =
            self.shifts.iter().all(|shift| shift.is_plain) && self.hulls.iter().all(|hull| hull.is_plain);
        if self.is_selective || !is_told {
            return Elastic::Nothing;
        }
        let loads = || self.problem.clients.iter().map(|row| (row.registered, row.mass_per_household));
        let is_one_load = loads().zip(loads().skip(1)).all(|(one, other)| one == other);
        if is_one_load { Elastic::Times } else { Elastic::LoadsAndTimes }
    }

    /// Whether some pattern of the client has an allowed shift on each of its days.
    fn has_pattern(&self, client: u32) -> bool {
        let works = |day: Day| {
            self.shifts_on[day.index()].iter().any(|&shift| self.allows(&self.shifts[shift as usize], client))
        };
        (self.client(client).patterns.iter()).any(|days| {
            !days.is_empty() && days.is_subset(DaySet::first(self.days as u8)) && days.iter().all(works)
        })
    }
}

fn hull(problem: &Problem, client: &Client, day: usize) -> Hull {
    let windows = client.windows.get(day).map_or(&[][..], Vec::as_slice);
    let lock = client.locks.get(day).copied().flatten();
    let (Some(first), Some(last)) = (windows.first(), windows.last()) else {
        return Hull { open: 0, close: 0, is_open: false, is_plain: true, locked_start: None };
    };
    Hull {
        open: i64::from(first.open.round_up_to(problem.grid).get()),
        close: i64::from(last.close.get()),
        is_open: true,
        is_plain: windows.len() == 1,
        locked_start: lock.and_then(|lock| lock.start).map(|start| i64::from(start.get())),
    }
}

fn has_hours(problem: &Problem) -> bool {
    let opens = problem.shifts.iter().map(|shift| shift.window.open).min();
    let closes = problem.shifts.iter().map(|shift| shift.window.close).max();
    let mut windows = problem.clients.iter().flat_map(|client| client.windows.iter().flatten());
    windows.any(|window| Some(window.open) > opens || Some(window.close) < closes)
}

fn releases_of(problem: &Problem) -> Vec<i64> {
    let releases = problem.clients.iter().map(|client| i64::from(client.release.get()));
    if releases.clone().any(|release| release > 0) { releases.collect() } else { Vec::new() }
}

fn groups_of(problem: &Problem) -> Vec<Vec<(u32, u32)>> {
    let mut lists = vec![Vec::new(); problem.clients.len()];
    for (group, row) in problem.covering.groups.iter_enumerated() {
        for (rank, client) in row.clients.iter().enumerate() {
            lists[client.index()].push((group.0, rank as u32));
        }
    }
    lists
}

fn sets_of(problem: &Problem) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); problem.clients.len()];
    for (set, clients) in problem.alternatives.iter().enumerate() {
        for client in clients {
            lists[client.index()].push(set as u32);
        }
    }
    lists
}
