//! Shifts that are alike as one, and one table of ways for all days of a vehicle: weeks and equal antennas cost nothing more.
//!
//! Of a linear program that stays the same when the cycle is turned by some days, best prices may be taken to be the same on days
//! that are so far apart: the mean of best prices over all turns is as good (Bödi, Herr & Joswig 2013). So days that come back
//! week after week are one day with so many more vehicles.

use rayon::prelude::*;
use typed_index_collections::TiSlice;

use super::shift::{Node, ShiftGraph, Ways, nodes};
use crate::ids::{ClientId, ShiftId};
use crate::model::schedule::VisitLoad;
use crate::model::{Problem, Shift};
use crate::units::{Day, DaySet};

/// Visits of all shifts at most, pairs of them over all kinds, and pairs over all vehicles: some hundred megabytes each.
const VISITS_MAX: usize = 1_000_000;
const PAIRS_MAX: usize = 128_000_000;
const WAYS_MAX: usize = 4_000_000;

/// Shifts that differ in nothing but the vehicle's number and the week.
struct Kind {
    shifts: Vec<ShiftId>,
    nodes: Vec<Node>,
}

/// The problem's shifts.
pub(super) struct Shifts {
    /// One for all that are alike.
    pub graphs: Vec<ShiftGraph>,
    /// Days after which all is as before; a divisor of the cycle's.
    pub period: u8,
}

impl Shifts {
    /// Of the visits that `patterns` name; none where there are too many.
    pub fn new(
        problem: &Problem,
        loads: &TiSlice<ClientId, VisitLoad>,
        patterns: &TiSlice<ClientId, Vec<DaySet>>,
    ) -> Option<Self> {
        if problem.shifts.len().saturating_mul(problem.clients.len()) > VISITS_MAX {
            return None;
        }
        let kinds = kinds_by_day(problem, loads, patterns);
        let days = problem.cycle_days;
        let is_period = |&period: &u8| {
            let comes_back = |day: u8| are_alike(problem, &kinds, Day(day), Day((day + period) % days));
            days.is_multiple_of(period)
                && (0..days).all(comes_back)
                && patterns_come_back(days, period, patterns)
        };
        let period = (1..days).find(is_period).unwrap_or(days.max(1));
        let kinds = kinds_by_period(problem, kinds, period);
        let pairs = |nodes: &[Node]| nodes.len() * nodes.len();
        if kinds.iter().map(|kind| pairs(&kind.nodes)).sum::<usize>() > PAIRS_MAX {
            return None;
        }
        let fleets = fleets(problem, kinds);
        if fleets.iter().map(|fleet| pairs(&fleet.nodes)).sum::<usize>() > WAYS_MAX {
            return None;
        }
        let graphs = fleets.into_par_iter().flat_map_iter(|fleet| fleet.graphs(problem)).collect();
        Some(Self { graphs, period })
    }
}

fn kinds_by_day(
    problem: &Problem,
    loads: &TiSlice<ClientId, VisitLoad>,
    patterns: &TiSlice<ClientId, Vec<DaySet>>,
) -> Vec<Kind> {
    let may_visit = |client: ClientId, day: Day| patterns[client].iter().any(|set| set.contains(day));
    let kind = |(id, shift): (ShiftId, &Shift)| Kind {
        nodes: nodes(problem, id, loads, |client| may_visit(client, shift.day)),
        shifts: vec![id],
    };
    together(problem.shifts.iter_enumerated().map(kind), |one, other| {
        one.shift(problem).day == other.shift(problem).day && one.is_like(other, problem)
    })
}

fn kinds_by_period(problem: &Problem, kinds: Vec<Kind>, period: u8) -> Vec<Kind> {
    let day = |kind: &Kind| kind.shift(problem).day.0 % period;
    together(kinds.into_iter(), |one, other| day(one) == day(other) && one.is_like(other, problem))
}

fn together(kinds: impl Iterator<Item = Kind>, is_one: impl Fn(&Kind, &Kind) -> bool) -> Vec<Kind> {
    let mut all: Vec<Kind> = Vec::new();
    for kind in kinds {
        match all.iter_mut().find(|other| is_one(other, &kind)) {
            Some(other) => other.shifts.extend(kind.shifts),
            None => all.push(kind),
        }
    }
    all
}

/// Whether the shifts of two days are alike.
fn are_alike(problem: &Problem, kinds: &[Kind], day: Day, other: Day) -> bool {
    let of = |day: Day| kinds.iter().filter(move |kind| kind.shift(problem).day == day);
    let has_like = |kind: &Kind| {
        of(other).any(|like| kind.count(problem) == like.count(problem) && kind.is_like(like, problem))
    };
    of(day).count() == of(other).count() && of(day).all(has_like)
}

/// Whether all patterns are still there when each is so many days later.
fn patterns_come_back(days: u8, period: u8, patterns: &TiSlice<ClientId, Vec<DaySet>>) -> bool {
    let later = |set: &DaySet| set.iter().map(|day| Day((day.0 + period) % days)).collect::<DaySet>();
    patterns.iter().all(|sets| sets.iter().all(|set| sets.contains(&later(set))))
}

impl Kind {
    fn shift<'p>(&self, problem: &'p Problem) -> &'p Shift {
        &problem.shifts[self.shifts[0]]
    }

    fn count(&self, problem: &Problem) -> u32 {
        self.shifts.iter().map(|&shift| problem.shifts[shift].count).sum()
    }

    /// But for the day.
    fn is_like(&self, other: &Self, problem: &Problem) -> bool {
        let (one, two) = (self.shift(problem), other.shift(problem));
        (one.window, one.end) == (two.window, two.end)
            && leave_alike(problem, one, two)
            && self.nodes == other.nodes
    }
}

/// Whether two shifts take as long from one client to another.
fn leave_alike(problem: &Problem, shift: &Shift, other: &Shift) -> bool {
    shift.start == other.start && problem.vehicles[shift.vehicle] == problem.vehicles[other.vehicle]
}

/// Kinds whose ways are the same.
struct Fleet {
    kinds: Vec<Kind>,
    /// Each client of any of its days once, in order; what differs between days does not tell of ways.
    nodes: Vec<Node>,
}

fn fleets(problem: &Problem, kinds: Vec<Kind>) -> Vec<Fleet> {
    let mut fleets: Vec<Fleet> = Vec::new();
    for kind in kinds {
        let is_one =
            |fleet: &&mut Fleet| leave_alike(problem, kind.shift(problem), fleet.kinds[0].shift(problem));
        match fleets.iter_mut().find(is_one) {
            Some(fleet) => fleet.kinds.push(kind),
            None => fleets.push(Fleet { kinds: vec![kind], nodes: Vec::new() }),
        }
    }
    for fleet in &mut fleets {
        fleet.nodes = fleet.kinds.iter().flat_map(|kind| kind.nodes.iter().cloned()).collect();
        fleet.nodes.sort_by_key(|node| node.client);
        fleet.nodes.dedup_by_key(|node| node.client);
    }
    fleets
}

impl Fleet {
    fn graphs(self, problem: &Problem) -> Vec<ShiftGraph> {
        let Self { kinds, nodes } = self;
        let ways = std::sync::Arc::new(Ways::new(problem, kinds[0].shift(problem), &nodes));
        let place = |node: &Node| nodes.partition_point(|other| other.client < node.client);
        let graph = |kind: Kind| ShiftGraph {
            count: kind.count(problem),
            places: kind.nodes.iter().map(place).collect(),
            nodes: kind.nodes,
            shifts: kind.shifts,
            ways: std::sync::Arc::clone(&ways),
        };
        kinds.into_iter().map(graph).collect()
    }
}
