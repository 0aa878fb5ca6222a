//! The search upwards from one point in a hierarchy: all that a far journey may need of it near one of its ends.
//!
//! Steps only lead to lower ranks, so ranks are met in falling order, each once, and no heap is needed. A second pass
//! from the top throws out what is not worth keeping: a state that is reached for less by coming down to it from a
//! more important one (as the labels of Abraham, Delling, Goldberg & Werneck 2012 are pruned; stricter than to stall
//! on demand). What is kept are weights of best ways; for the best way between two points, the most important state
//! that it passes is kept from both.

use super::ends::{Heading, doors};
use crate::network::{Ascent, Hierarchy, Snap, TravelGraph, Weight};

/// Steps that are climbed, and those that come down in the same direction of travel.
pub(super) fn ascents(hierarchy: &Hierarchy, heading: Heading) -> (&Ascent, &Ascent) {
    match heading {
        Heading::Away => (hierarchy.forward(), hierarchy.backward()),
        Heading::Towards => (hierarchy.backward(), hierarchy.forward()),
    }
}

/// Buffers of climbs, sized for one hierarchy.
#[derive(Debug)]
pub(super) struct Climb {
    /// By rank; all unreached between climbs.
    label: Vec<Weight>,
    /// By rank: the number after that of the last step of the climb there, or [`BEGIN`].
    step: Vec<u32>,
    waiting: Ranks,
    /// Ranks reached, in falling order.
    reached: Vec<u32>,
    /// What is kept, in rising order of rank.
    found: Vec<(u32, Weight)>,
}

/// A rank's [`Climb::step`] where the climb began there. Zero: memory that no climb comes to is never touched.
const BEGIN: u32 = 0;

impl Climb {
    pub(super) fn new(hierarchy: &Hierarchy) -> Self {
        let ranks = hierarchy.state_count();
        Self {
            label: vec![Weight::UNREACHED; ranks],
            step: vec![BEGIN; ranks],
            waiting: Ranks::new(ranks),
            reached: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Climbs from a point; returns ranks in rising order with their weights, all of at most `seconds_max`.
    pub(super) fn of_point(
        &mut self,
        (hierarchy, graph): (&Hierarchy, &TravelGraph),
        point: &Snap,
        heading: Heading,
        seconds_max: u32,
    ) -> &[(u32, Weight)] {
        self.of_states(hierarchy, heading, &doors(graph, point, heading), seconds_max)
    }

    /// As [`Climb::of_point`], from states that cost something to begin with.
    pub(super) fn of_states(
        &mut self,
        hierarchy: &Hierarchy,
        heading: Heading,
        starts: &[(u32, Weight)],
        seconds_max: u32,
    ) -> &[(u32, Weight)] {
        let (up, down) = ascents(hierarchy, heading);
        self.reached.clear();
        self.found.clear();
        for (state, weight) in starts {
            self.reach(hierarchy.rank(*state), *weight, BEGIN, seconds_max);
        }
        while let Some(rank) = self.waiting.take_greatest() {
            self.reached.push(rank);
            let weight = self.label[rank as usize];
            for (step, at) in up.steps(rank).iter().zip(up.range(rank)) {
                if let Some(next) = weight.checked_add(step.weight()) {
                    self.reach(step.to, next, at as u32 + 1, seconds_max);
                }
            }
        }
        for rank in self.reached.iter().rev() {
            let climbed = self.label[*rank as usize];
            let descended =
                down.steps(*rank).iter().map(|step| self.label[step.to as usize].plus(step.weight()));
            let least = descended.min().unwrap_or(Weight::UNREACHED);
            if least < climbed {
                self.label[*rank as usize] = least;
            } else {
                self.found.push((*rank, climbed));
            }
        }
        for rank in &self.reached {
            self.label[*rank as usize] = Weight::UNREACHED;
        }
        &self.found
    }

    /// What was found last, as weights by rank, the others unreached.
    pub(super) fn into_weights(self) -> Vec<Weight> {
        let Self { label: mut weights, found, .. } = self;
        for (rank, weight) in found {
            weights[rank as usize] = weight;
        }
        weights
    }

    fn reach(&mut self, rank: u32, weight: Weight, step: u32, seconds_max: u32) {
        let known = &mut self.label[rank as usize];
        if weight.seconds() > seconds_max || *known <= weight {
            return;
        }
        if *known == Weight::UNREACHED {
            self.waiting.insert(rank);
        }
        *known = weight;
        self.step[rank as usize] = step;
    }

    /// The steps climbed to a rank that was kept, the last first, each with the rank at its lower end; and the rank at
    /// which they begin.
    pub(super) fn steps_to(&self, up: &Ascent, rank: u32) -> (Vec<(u32, usize)>, u32) {
        let mut steps = Vec::new();
        let mut at = rank;
        while self.step[at as usize] != BEGIN {
            let step = self.step[at as usize] as usize - 1;
            at = up.lower_end(step);
            steps.push((at, step));
        }
        (steps, at)
    }
}

/// A set of ranks from which the greatest is taken, for numbers that only fall: bits, and bits that tell which words
/// of them are not empty.
#[derive(Debug)]
struct Ranks {
    words: Vec<u64>,
    filled: Vec<u64>,
    /// No word of `filled` above this one has a bit.
    cursor: usize,
}

impl Ranks {
    fn new(ranks: usize) -> Self {
        let words = ranks.div_ceil(64);
        Self { words: vec![0; words], filled: vec![0; words.div_ceil(64)], cursor: 0 }
    }

    fn insert(&mut self, rank: u32) {
        let word = rank as usize / 64;
        self.words[word] |= 1 << (rank % 64);
        self.filled[word / 64] |= 1 << (word % 64);
        self.cursor = self.cursor.max(word / 64);
    }

    fn take_greatest(&mut self) -> Option<u32> {
        while *self.filled.get(self.cursor)? == 0 {
            self.cursor = self.cursor.checked_sub(1)?;
        }
        let word = self.cursor * 64 + self.filled[self.cursor].ilog2() as usize;
        let bit = self.words[word].ilog2();
        self.words[word] ^= 1 << bit;
        if self.words[word] == 0 {
            self.filled[self.cursor] ^= 1 << (word % 64);
        }
        Some(word as u32 * 64 + bit)
    }
}
