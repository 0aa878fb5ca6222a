//! One route of the working solution with its caches.
//!
//! A route is a flat sequence of clients in which [`NONE`] stands for a reload. Position `p` lies before the `p`-th
//! entry; `before[p]` and `after[p]` join everything on its two sides, depots included, so that a visit at `p` is
//! judged by two joins.

use std::ops::Range;

use super::context::{Context, NONE};
use super::excess::Excess;
use super::segment::Segment;
use super::shift::ShiftFacts;
use super::ways::Way;

/// What is handed out, and how long that takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub households: i64,
    pub mass: i64,
    /// From being there to leaving; of a route, with what loading again takes.
    pub opening: i64,
}

impl std::ops::Add for Load {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self {
            households: self.households + other.households,
            mass: self.mass + other.mass,
            opening: self.opening + other.opening,
        }
    }
}

impl std::ops::Sub for Load {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        Self {
            households: self.households - other.households,
            mass: self.mass - other.mass,
            opening: self.opening - other.opening,
        }
    }
}

impl Load {
    /// Whether a vehicle carries it in one trip.
    #[inline]
    pub fn fits(self, shift: &ShiftFacts) -> bool {
        self.households <= shift.capacity && self.mass <= shift.capacity_mass
    }
}

/// What one visit by one class of vehicles amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct VisitFacts {
    /// Served.
    pub load: Load,
    pub opening: i64,
    pub turned_away: i64,
}

impl VisitFacts {
    /// The capacity of a vehicle without one: far beyond any load, and thousands of them don't overflow.
    pub const NO_LIMIT: i64 = 1 << 50;
    /// Those registered alone are too many: a load that fits no vehicle.
    pub const IMPOSSIBLE: Self = Self {
        load: Load { households: Self::NO_LIMIT << 1, mass: Self::NO_LIMIT << 1, opening: 0 },
        opening: 0,
        turned_away: 0,
    };
}

/// A vehicle of a shift and what it does.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub shift: u32,
    /// In order; [`NONE`] is a reload, never first, last or twice in a row.
    pub clients: Vec<u32>,
    /// The two depots around the points of `clients`.
    pub points: Vec<u32>,
    /// The leg that crosses each position.
    pub legs: Vec<Way>,
    /// The way from leaving to each point.
    pub way: Vec<Way>,
    /// Everything before a position, from leaving the depot; empty where no time can bind.
    pub before: Vec<Segment>,
    /// Everything from a position on, to being back; likewise.
    pub after: Vec<Segment>,
    /// Where goods become ready during the day, the visits of a position's trip before it, without leaving, and when the goods
    /// for those before it and for those after it are.
    pub heads: Vec<Segment>,
    pub ready_before: Vec<i64>,
    pub ready_after: Vec<i64>,
    /// Load of the route before a position, over all trips.
    pub loads: Vec<Load>,
    /// Trip of each position.
    pub trip_at: Vec<u32>,
    /// First and last position of each trip.
    pub trips: Vec<(u32, u32)>,
    /// Whether joined segments tell its exact times.
    pub is_plain: bool,
    /// From leaving to returning.
    pub duty: i64,
    pub metres: i64,
    /// Of leaving, way and duty; zero when empty.
    pub cost: i64,
    /// What it exceeds; nothing where limits are strict.
    pub excess: Excess,
    /// Whether it was counted as a vehicle that leaves.
    pub is_used: bool,
    /// Which change of the state made it what it is.
    pub version: u64,
    /// Identifies the sequence, the loads and what the shift is like, for memos.
    pub hash: u64,
}

impl Route {
    /// Whether nothing is visited.
    pub fn is_empty(&self) -> bool {
        self.clients.is_empty()
    }

    /// Number of visits, reloads not counted.
    pub fn visits(&self) -> usize {
        self.clients.len() + 1 - self.trips.len().max(1)
    }

    /// From leaving to being back.
    #[inline]
    pub fn total_way(&self) -> Way {
        self.way[self.legs.len()]
    }

    /// Load of all trips.
    #[inline]
    pub fn load(&self) -> Load {
        self.loads[self.clients.len()]
    }

    /// The visits of a trip.
    #[inline]
    pub fn trip(&self, rank: usize) -> Range<usize> {
        let (first, last) = self.trips[rank];
        first as usize..last as usize
    }

    /// The visits of the trip at a position.
    #[inline]
    pub fn trip_around(&self, position: usize) -> Range<usize> {
        self.trip(self.trip_at[position] as usize)
    }

    /// Whether so many visits from a position on are a whole trip, among others.
    pub fn is_whole_trip(&self, position: usize, visits: usize) -> bool {
        self.trips.len() > 1 && self.trip_around(position).len() == visits
    }

    /// Load of some visits, and of the reloads between them.
    #[inline]
    pub fn load_of(&self, visits: Range<usize>) -> Load {
        self.loads[visits.end] - self.loads[visits.start]
    }

    /// Load of the trip at a position.
    #[inline]
    pub fn trip_load(&self, position: usize) -> Load {
        self.load_of(self.trip_around(position))
    }

    /// By how much some trips are too heavy.
    #[inline]
    pub fn too_heavy(&self, shift: &ShiftFacts, trips: Range<usize>) -> i64 {
        trips.map(|rank| Excess::of_load(shift, self.load_of(self.trip(rank)))).sum()
    }

    /// Recomputes every cache but `duty` and `cost` from `shift` and `clients`. `O(length)`.
    pub fn rebuild(&mut self, context: &Context<'_>, facts: impl Fn(u32) -> VisitFacts) {
        let shift = &context.shifts[self.shift as usize];
        self.points.clear();
        self.points.push(shift.start);
        self.points.extend(self.clients.iter().map(|&client| match client {
            NONE => shift.start,
            client => context.points[client as usize],
        }));
        self.points.push(shift.end);
        self.legs.clear();
        self.legs.extend(self.points.windows(2).map(|pair| context.way(shift, pair[0], pair[1])));
        self.way.clear();
        self.way.push(Way::default());
        for (index, &leg) in self.legs.iter().enumerate() {
            self.way.push(self.way[index] + leg);
        }
        self.metres = self.total_way().metres;
        self.count_loads(shift, &facts);
        self.before.clear();
        self.after.clear();
        self.is_plain = true;
        if shift.is_timed {
            self.join_segments(context, shift, facts);
        }
    }

    fn count_loads(&mut self, shift: &ShiftFacts, facts: &impl Fn(u32) -> VisitFacts) {
        self.loads.clear();
        self.trip_at.clear();
        self.trips.clear();
        let mut load = Load::default();
        self.loads.push(load);
        let mut trip_start = 0;
        for (index, &client) in self.clients.iter().enumerate() {
            self.trip_at.push(self.trips.len() as u32);
            if client == NONE {
                self.trips.push((trip_start, index as u32));
                trip_start = index as u32 + 1;
                load.opening += shift.reload;
            } else {
                load = load + facts(client).load;
            }
            self.loads.push(load);
        }
        self.trip_at.push(self.trips.len() as u32);
        self.trips.push((trip_start, self.clients.len() as u32));
    }

    fn join_segments(
        &mut self,
        context: &Context<'_>,
        shift: &ShiftFacts,
        facts: impl Fn(u32) -> VisitFacts,
    ) {
        self.is_plain = shift.is_plain;
        self.hash = hash_of_shift(shift);
        self.note_releases(context);
        // The visits' own segments wait in `after` until the backward pass joins them.
        self.before.push(Context::depot_segment(shift, self.release(0)));
        for (index, &client) in self.clients.iter().enumerate() {
            let own = if client == NONE {
                self.hash = hash_with(self.hash, NONE, 0);
                Context::reload_segment(shift, self.release(index + 1))
            } else {
                let visit = facts(client);
                self.is_plain &= context.is_plain_visit(client, shift.day);
                self.hash = hash_with(self.hash, client, visit.load.households);
                context.visit_segment(client, shift.day, visit.opening)
            };
            if context.has_releases() {
                let is_first = self.trip_around(index).start == index;
                let head = if is_first { own } else { self.heads[index].join(self.legs[index], &own) };
                self.heads.push(head);
            }
            self.after.push(own);
            self.before.push(self.before[index].join(self.legs[index], &own));
        }
        self.after.push(Context::depot_segment(shift, i64::MIN));
        for index in (0..self.clients.len()).rev() {
            self.after[index] = self.after[index].join(self.legs[index + 1], &self.after[index + 1]);
        }
    }

    /// When the goods for each trip are ready.
    fn note_releases(&mut self, context: &Context<'_>) {
        self.heads.clear();
        self.ready_before.clear();
        self.ready_after.clear();
        if !context.has_releases() {
            return;
        }
        // Nothing comes before the first position.
        self.heads.push(Segment::length(0));
        let release = |client: u32| match client {
            NONE => i64::MIN,
            client => context.release(client),
        };
        self.ready_before.push(i64::MIN);
        for (index, &client) in self.clients.iter().enumerate() {
            let before = if client == NONE { i64::MIN } else { self.ready_before[index] };
            self.ready_before.push(before.max(release(client)));
        }
        self.ready_after.resize(self.clients.len() + 1, i64::MIN);
        for (index, &client) in self.clients.iter().enumerate().rev() {
            let after = if client == NONE { i64::MIN } else { self.ready_after[index + 1] };
            self.ready_after[index] = after.max(release(client));
        }
    }

    /// When the goods for the visits of a position's trip before and after it are ready; `i64::MIN` where goods always are.
    #[inline]
    pub fn ready(&self, position: usize) -> (i64, i64) {
        if self.ready_before.is_empty() {
            return (i64::MIN, i64::MIN);
        }
        (self.ready_before[position], self.ready_after[position])
    }

    /// When the goods for the trip of a position are ready.
    #[inline]
    pub fn release(&self, position: usize) -> i64 {
        let (before, after) = self.ready(position);
        before.max(after)
    }

    /// Everything before a position, from leaving the depot, if its trip may not leave before `release`, which is not before
    /// the goods for those before it are ready.
    #[inline]
    pub fn head(&self, shift: &ShiftFacts, position: usize, release: i64) -> Segment {
        if release == self.release(position) {
            self.before[position]
        } else {
            self.head_from(shift, position, release)
        }
    }

    fn head_from(&self, shift: &ShiftFacts, position: usize, release: i64) -> Segment {
        let first = self.trip_around(position).start;
        let leaving = match first.checked_sub(1) {
            None => Context::depot_segment(shift, release),
            Some(reload) => {
                let loading = Context::reload_segment(shift, release);
                self.before[reload].join(self.legs[reload], &loading)
            }
        };
        if position == first { leaving } else { leaving.join(self.legs[first], &self.heads[position]) }
    }

    /// The whole route as a segment; its length alone where no time can bind.
    pub fn whole(&self) -> Segment {
        match (self.before.first(), self.after.first()) {
            (Some(before), Some(after)) => before.join(self.legs[0], after),
            _ => Segment::length(self.metres),
        }
    }

    /// Whether the vehicle may make that many visits and trips.
    pub fn counts_fit(&self, shift: &ShiftFacts) -> bool {
        self.visits() <= shift.max_visits && self.trips.len() <= shift.max_trips
    }

    /// What the trips, and the whole route, exceed; none where a visit would come too late.
    pub fn excess_of(&self, shift: &ShiftFacts, whole: &Segment) -> Option<Excess> {
        let time = if shift.is_timed {
            Excess::of_time(shift, whole)?
        } else {
            Excess::of_way(shift, self.total_way(), self.load())
        };
        Some(Excess { load: self.too_heavy(shift, 0..self.trips.len()), time })
    }
}

/// The duty of a plain route; at most the duty of any route.
#[inline]
pub(super) fn least_duty(shift: &ShiftFacts, whole: &Segment) -> i64 {
    match shift.rest {
        Some((length, after)) if whole.work > after => whole.duration.max(whole.work + length),
        _ => whole.duration,
    }
}

/// What a route of that way and duty costs.
#[inline]
pub(super) fn route_cost(shift: &ShiftFacts, metres: i64, duty: i64) -> i64 {
    shift.cost_fixed + shift.cost_per_metre * metres + shift.cost_per_second * duty
}

/// Where the hash of a sequence on a shift begins, the same on shifts alike.
#[inline]
pub(super) fn hash_of_shift(shift: &ShiftFacts) -> u64 {
    mix(0x51_7C_C1_B7, u64::from(shift.alike))
}

/// The hash of a sequence that goes on with a visit to which so many households come, or with a reload ([`NONE`], 0).
#[inline]
pub(super) fn hash_with(hash: u64, client: u32, households: i64) -> u64 {
    mix(hash, u64::from(client) << 32 ^ households as u64)
}

/// Stirs `value` into `hash` (the finalizer of splitmix64, Steele, Lea & Flood 2014).
#[inline]
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    let mut z =
        hash.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(value).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
