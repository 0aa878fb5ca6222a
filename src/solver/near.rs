//! Which clients are near each other: the granular neighbourhoods of the search (Toth & Vigo 2003).

use rayon::prelude::*;

use super::context::Context;
use super::grid::Grid;
use super::shift::ShiftFacts;
use crate::model::{Plane, TravelTable};

/// Near clients that are kept for each client.
const NEAR: usize = 100;
/// Where there are more clients than that, only the nearest by position are ranked: all pairs would take too long.
const ALL_PAIRS_MOST: usize = 4_000;
/// How many of them.
const RANKED: usize = 150;
/// Clients of the largest problems keep fewer near ones, for memory and time.
const LARGE: usize = 30_000;
const NEAR_LARGE: usize = 40;

/// For each client those near it, nearest first; with alternatives, those of other sets alone.
/// `O(n²)` for few clients, `O(n log n)` for many in the plane.
pub(super) fn lists(context: &Context<'_>) -> Vec<Vec<u32>> {
    let count = context.clients() as u32;
    let Some(shift) = context.shifts.first() else { return vec![Vec::new(); context.clients()] };
    let ranking = Ranking::new(context, shift);
    let kept = if context.clients() > LARGE { NEAR_LARGE } else { NEAR };
    let plane = match &context.problem.travel[shift.travel as usize] {
        TravelTable::Plane(plane) if context.clients() > ALL_PAIRS_MOST => Some(plane),
        _ => None,
    };
    match plane {
        Some(plane) => ranking.by_position(plane, kept),
        None => (0..count).into_par_iter().map(|client| ranking.nearest(client, 0..count, kept)).collect(),
    }
}

/// Orders clients by how near they are to another.
pub(super) struct Ranking<'c, 'p> {
    context: &'c Context<'p>,
    shift: &'c ShiftFacts,
    /// First opening, last closing and shortest opening of each client.
    spans: Vec<(i64, i64, i64)>,
}

impl<'c, 'p> Ranking<'c, 'p> {
    pub fn new(context: &'c Context<'p>, shift: &'c ShiftFacts) -> Self {
        let spans = (0..context.clients() as u32).map(|client| context.span(client)).collect();
        Self { context, shift, spans }
    }

    /// The lists of all clients, each from those nearest by position.
    pub fn by_position(&self, plane: &Plane, kept: usize) -> Vec<Vec<u32>> {
        let context = self.context;
        let count = context.clients() as u32;
        let position = |client: u32| plane.points[context.client(client).point as usize];
        let positions: Vec<(f64, f64)> = (0..count).map(position).collect();
        let grid = Grid::new(&positions);
        let ranked = if kept < NEAR { kept + 1 } else { RANKED };
        let around = |client: u32| {
            let found = grid.around(positions[client as usize], ranked);
            self.nearest(client, found.into_iter(), kept)
        };
        (0..count).into_par_iter().map(around).collect()
    }

    /// The nearest of `others` to a client.
    fn nearest(&self, client: u32, others: impl Iterator<Item = u32>, kept: usize) -> Vec<u32> {
        let context = self.context;
        let sets = &context.sets_of[client as usize];
        let is_rival = |other: u32| context.sets_of[other as usize].iter().any(|set| sets.contains(set));
        let mut near: Vec<(i64, u32)> = others
            .filter(|&other| other != client && context.is_possible[other as usize] && !is_rival(other))
            .map(|other| (self.proximity(client, other), other))
            .collect();
        if near.len() > kept {
            near.select_nth_unstable(kept);
            near.truncate(kept);
        }
        near.sort_unstable();
        near.into_iter().map(|(_, other)| other).collect()
    }

    /// How far apart two clients are for a vehicle that visits one right after the other, in the better direction:
    /// the way, a fifth of the waiting, and the lateness (Vidal et al. 2013, section 4.5.2).
    fn proximity(&self, a: u32, b: u32) -> i64 {
        let one_way = |from: u32, to: u32| {
            let (start, end) = (self.context.points[from as usize], self.context.points[to as usize]);
            let way = self.context.way(self.shift, start, end);
            let length = if self.shift.cost_per_metre > 0 { way.metres } else { way.seconds };
            let ((open_from, close_from, opening), (open_to, close_to, _)) =
                (self.spans[from as usize], self.spans[to as usize]);
            let wait = (open_to - way.seconds - close_from).max(0);
            let late = (open_from + opening + way.seconds - close_to).max(0);
            length + wait / 5 + late
        };
        one_way(a, b).min(one_way(b, a))
    }
}
