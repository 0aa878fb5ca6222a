//! Set partitioning: which of many routes visit everybody exactly once for least (Balinski & Quandt 1964, *On an integer program
//! for a delivery problem*).
//!
//! For problems of a few routes' visits, thousands of times in a search: multipliers of the visits by subgradients (Held, Wolfe &
//! Crowder 1974, *Validation of subgradient optimization*), made feasible so that no reduced cost is negative; then a depth-first
//! search over routes whose reduced cost still fits below what is known. A limit on its nodes keeps it short: what is found is
//! right, but need not be the best.

/// Which visits a route makes, as bits.
type Rows = [u64; Partition::WORDS];

/// A route to choose.
#[derive(Clone, Debug)]
struct Choice {
    number: u32,
    class: u32,
    cost: i64,
    /// What it costs beyond the multipliers of its visits.
    reduced: f64,
    rows: Rows,
    /// Its visits, as a range of `members`.
    begin: u32,
    end: u32,
}

impl Choice {
    /// Its visits, of those of all choices.
    fn visits<'m>(&self, members: &'m [u8]) -> &'m [u8] {
        &members[self.begin as usize..self.end as usize]
    }
}

/// The problem and the buffers to solve it.
#[derive(Clone, Debug, Default)]
pub(super) struct Partition {
    choices: Vec<Choice>,
    members: Vec<u8>,
    multipliers: Vec<f64>,
    steepest: Vec<f64>,
    dive: Dive,
}

/// The search over choices.
#[derive(Clone, Debug, Default)]
struct Dive {
    /// Visits, those that fewest choices make first, and these choices by reduced cost.
    order: Vec<u8>,
    of_row: Vec<Vec<u32>>,
    /// Vehicles left of each class.
    room: Vec<u32>,
    chosen: Vec<u32>,
    best: Vec<u32>,
    /// What reduced costs must stay below.
    gap: f64,
    nodes: u32,
}

impl Partition {
    const WORDS: usize = 4;
    /// Visits that a problem may have.
    pub const ROWS_MOST: usize = 64 * Self::WORDS;
    /// Rounds of subgradients; after so many that found no better bound the step shrinks. Ours.
    const ROUNDS: usize = 60;
    const STALE: usize = 6;
    const SHRINK: f64 = 0.6;
    /// Choices that are looked at, at most. Ours.
    const NODES: u32 = 3_000;

    /// Begins another problem.
    pub fn clear(&mut self) {
        self.choices.clear();
        self.members.clear();
    }

    /// Number of routes to choose from.
    pub fn len(&self) -> usize {
        self.choices.len()
    }

    /// Offers a route, of a class of vehicles, that makes some of the visits, each once; it is known by `number`.
    pub fn offer(&mut self, number: u32, class: u32, cost: i64, visits: impl Iterator<Item = u32>) {
        let begin = self.members.len() as u32;
        let mut rows = Rows::default();
        for row in visits {
            debug_assert!((row as usize) < Self::ROWS_MOST);
            rows[row as usize / 64] |= 1 << (row % 64);
            self.members.push(row as u8);
        }
        let end = self.members.len() as u32;
        self.choices.push(Choice { number, class, cost, reduced: 0.0, rows, begin, end });
    }

    /// Numbers of routes that make each of `rows` visits once, with at most `room` vehicles of each class, and cost less than
    /// `limit`; none where none was found. `O(rounds × visits of all choices + nodes)`.
    pub fn solve(&mut self, rows: usize, room: &[u32], limit: i64) -> Option<impl Iterator<Item = u32>> {
        let bound = self.bound(rows, limit as f64)?;
        // Costs are whole: what is less is less by one.
        self.dive.gap = limit as f64 - bound - 0.5;
        if self.dive.gap <= 0.0 {
            return None;
        }
        self.reduce(rows);
        self.dive.room.clear();
        self.dive.room.extend_from_slice(room);
        self.dive.chosen.clear();
        self.dive.best.clear();
        self.dive.nodes = Self::NODES;
        self.dive.descend(&self.choices, 0, Rows::default(), 0.0);
        let numbers = self.dive.best.iter().map(|&choice| self.choices[choice as usize].number);
        (!self.dive.best.is_empty()).then_some(numbers)
    }

    /// Multipliers under which no reduced cost is negative, and their sum, which nothing costs less than; none where some visit is
    /// in no route, or where nothing can cost less than `limit`.
    fn bound(&mut self, rows: usize, limit: f64) -> Option<f64> {
        self.multipliers.clear();
        self.multipliers.resize(rows, f64::INFINITY);
        for choice in &self.choices {
            let members = choice.visits(&self.members);
            let each = choice.cost as f64 / members.len() as f64;
            for &row in members {
                let multiplier = &mut self.multipliers[usize::from(row)];
                *multiplier = multiplier.min(each);
            }
        }
        if self.multipliers.iter().any(|multiplier| multiplier.is_infinite()) {
            return None;
        }
        self.ascend(rows, limit)?;
        for choice in &self.choices {
            let members = choice.visits(&self.members);
            let reduced = reduced_cost(&self.multipliers, choice, members);
            if reduced < 0.0 {
                let each = reduced / members.len() as f64;
                for &row in members {
                    self.multipliers[usize::from(row)] += each;
                }
            }
        }
        Some(self.multipliers.iter().sum())
    }

    /// Subgradient steps; the multipliers of the best bound stay. None where it reaches `limit`.
    fn ascend(&mut self, rows: usize, limit: f64) -> Option<()> {
        let (mut best, mut best_bound) = (self.multipliers.clone(), f64::NEG_INFINITY);
        let (mut step, mut stale) = (1.0, 0);
        for _ in 0..Self::ROUNDS {
            self.steepest.clear();
            self.steepest.resize(rows, 1.0);
            let mut bound: f64 = self.multipliers.iter().sum();
            for choice in &self.choices {
                let members = choice.visits(&self.members);
                let reduced = reduced_cost(&self.multipliers, choice, members);
                if reduced < 0.0 {
                    bound += reduced;
                    for &row in members {
                        self.steepest[usize::from(row)] -= 1.0;
                    }
                }
            }
            if bound >= limit {
                return None;
            }
            if bound > best_bound {
                (best_bound, stale) = (bound, 0);
                best.clone_from(&self.multipliers);
            } else {
                stale += 1;
                if stale == Self::STALE {
                    (step, stale) = (step * Self::SHRINK, 0);
                }
            }
            let norm: f64 = self.steepest.iter().map(|slope| slope * slope).sum();
            if norm == 0.0 {
                break;
            }
            let length = step * (limit - bound).max(1.0) / norm;
            for (multiplier, slope) in self.multipliers.iter_mut().zip(&self.steepest) {
                *multiplier += length * slope;
            }
        }
        self.multipliers = best;
        Some(())
    }

    /// Keeps choices that may be in a better solution, and lists them for each visit.
    fn reduce(&mut self, rows: usize) {
        let Self { choices, members, multipliers, dive, .. } = self;
        let members = |choice: &Choice| choice.visits(members);
        for choice in choices.iter_mut() {
            choice.reduced = reduced_cost(multipliers, choice, members(choice)).max(0.0);
        }
        choices.retain(|choice| choice.reduced < dive.gap);
        choices.sort_by(|a, b| a.reduced.total_cmp(&b.reduced).then(a.number.cmp(&b.number)));
        dive.of_row.iter_mut().for_each(Vec::clear);
        dive.of_row.resize(rows.max(dive.of_row.len()), Vec::new());
        for (index, choice) in (0..).zip(choices.iter()) {
            for &row in members(choice) {
                dive.of_row[usize::from(row)].push(index);
            }
        }
        dive.order.clear();
        dive.order.extend((0..rows).map(|row| row as u8));
        dive.order.sort_by_key(|&row| dive.of_row[usize::from(row)].len());
    }
}

fn reduced_cost(multipliers: &[f64], choice: &Choice, members: &[u8]) -> f64 {
    choice.cost as f64 - members.iter().map(|&row| multipliers[usize::from(row)]).sum::<f64>()
}

impl Dive {
    /// Chooses a route for the first visit of the order that has none, from a place in it on.
    fn descend(&mut self, choices: &[Choice], from: usize, made: Rows, spent: f64) {
        let is_made = |&row: &u8| made[usize::from(row) / 64] >> (row % 64) & 1 == 1;
        let Some(next) = self.order[from..].iter().position(|row| !is_made(row)) else {
            self.gap = spent;
            self.best.clone_from(&self.chosen);
            return;
        };
        let at = from + next;
        let row = usize::from(self.order[at]);
        for index in 0..self.of_row[row].len() {
            let chosen = self.of_row[row][index];
            let choice = &choices[chosen as usize];
            // They come by reduced cost.
            if spent + choice.reduced >= self.gap || self.nodes == 0 {
                return;
            }
            self.nodes -= 1;
            let class = choice.class as usize;
            if self.room[class] == 0 || made.iter().zip(&choice.rows).any(|(made, rows)| made & rows != 0) {
                continue;
            }
            self.room[class] -= 1;
            self.chosen.push(chosen);
            let both = std::array::from_fn(|word| made[word] | choice.rows[word]);
            self.descend(choices, at + 1, both, spent + choice.reduced);
            self.chosen.pop();
            self.room[class] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The least cost of routes (cost, class, visits as bits) that make the visits of `left`, by trying all.
    fn least(routes: &[(i64, u32, u32)], left: u32, room: &mut [u32]) -> Option<i64> {
        if left == 0 {
            return Some(0);
        }
        let first = left & left.wrapping_neg();
        let mut best = None;
        for &(cost, class, visits) in routes {
            if visits & first == 0 || visits & !left != 0 || room[class as usize] == 0 {
                continue;
            }
            room[class as usize] -= 1;
            if let Some(rest) = least(routes, left & !visits, room)
                && best.is_none_or(|best| cost + rest < best)
            {
                best = Some(cost + rest);
            }
            room[class as usize] += 1;
        }
        best
    }

    const ROWS: u32 = 7;

    proptest! {
        #[test]
        fn the_cheapest_of_all_partitions_is_found(
            routes in prop::collection::vec((1i64..60, 0u32..2, 1u32..1 << ROWS), 1..30),
            room in [0u32..4, 0u32..4],
            limit in 1i64..200,
        ) {
            let mut partition = Partition::default();
            // What was left of another problem is of no matter.
            partition.offer(0, 0, 1, 0..9);
            partition.clear();
            for (number, &(cost, class, visits)) in (0..).zip(&routes) {
                partition.offer(number, class, cost, (0..ROWS).filter(|row| visits >> row & 1 == 1));
            }
            let slow = least(&routes, (1 << ROWS) - 1, &mut room.clone()).filter(|&cost| cost < limit);
            let found = partition.solve(ROWS as usize, &room, limit).map(Iterator::collect::<Vec<u32>>);
            let mut used = [0, 0];
            let mut made = 0;
            for &number in found.iter().flatten() {
                let (_, class, visits) = routes[number as usize];
                prop_assert_eq!(made & visits, 0, "nobody twice");
                made |= visits;
                used[class as usize] += 1;
            }
            prop_assert!(used[0] <= room[0] && used[1] <= room[1]);
            let cost = found.map(|numbers| numbers.iter().map(|&number| routes[number as usize].0).sum::<i64>());
            prop_assert_eq!(cost, slow);
        }
    }

    #[test]
    fn a_visit_that_no_route_makes_is_no_partition() {
        let mut partition = Partition::default();
        partition.offer(0, 0, 5, 0..2);
        assert!(partition.solve(3, &[9], 100).is_none());
        partition.offer(1, 0, 5, 2..3);
        assert_eq!(partition.solve(3, &[9], 100).map(Iterator::count), Some(2));
        assert!(partition.solve(3, &[1], 100).is_none(), "there is one vehicle");
    }
}
