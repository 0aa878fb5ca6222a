//! Whom a route remembers having visited while it stays near them: ng-routes (Baldacci, Mingozzi & Roberti 2011), made dynamic
//! (Roberti & Mingozzi 2014).

use super::shift::ShiftGraph;

/// Clients that a route does not come back to while it stays among them, at first; and at most.
const NEIGHBOURS: usize = 3;
const NEIGHBOURS_MAX: usize = 16;

/// No place among those a node remembers.
const NONE: u8 = u8::MAX;

/// Which visits each node of a shift remembers: itself first, then some near it.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    near: Vec<Vec<u16>>,
    /// Place of a node among those that another remembers, by the latter, then the former.
    places: Vec<u8>,
}

/// Visits that are remembered at a node, as bits of their places there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Visited(u32);

impl Visited {
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl Memory {
    /// Each node remembers its nearest, in either direction; ties by number. `O(nodes² log nodes)`.
    pub fn new(graph: &ShiftGraph) -> Self {
        let count = graph.nodes.len();
        let mut memory = Self { near: vec![Vec::new(); count], places: vec![NONE; count * count] };
        for node in 0..count {
            memory.add(node, node as u16);
            let way = |from: usize, to: usize| graph.direct(from, to).map(|arc| arc.driving);
            let mut others: Vec<(i64, usize)> = (0..count)
                .filter(|&other| other != node)
                .filter_map(|other| {
                    Some(([way(node, other), way(other, node)].into_iter().flatten().min()?, other))
                })
                .collect();
            others.sort_unstable();
            for &(_, other) in others.iter().take(NEIGHBOURS) {
                memory.add(node, other as u16);
            }
        }
        memory
    }

    /// Whether that is new.
    fn add(&mut self, node: usize, other: u16) -> bool {
        let place = &mut self.places[node * self.near.len() + usize::from(other)];
        let is_new = *place == NONE;
        if is_new {
            *place = self.near[node].len() as u8;
            self.near[node].push(other);
        }
        is_new
    }

    fn place(&self, at: usize, node: usize) -> Option<u32> {
        let place = self.places[at * self.near.len() + node];
        (place != NONE).then_some(u32::from(place))
    }

    /// Whether `node` is among the visits remembered at `at`.
    pub fn holds(&self, visited: Visited, at: usize, node: usize) -> bool {
        self.place(at, node).is_some_and(|place| visited.0 >> place & 1 == 1)
    }

    /// What a route that begins at `node` remembers there.
    pub fn begun(&self, node: usize) -> Visited {
        Visited(self.place(node, node).map_or(0, |place| 1 << place))
    }

    /// What is remembered at `to` by a route that comes there from `from`.
    pub fn gone_on(&self, visited: Visited, from: usize, to: usize) -> Visited {
        let mut there = self.begun(to);
        let mut left = visited.0;
        while left != 0 {
            let node = self.near[from][left.trailing_zeros() as usize];
            there.0 |= self.place(to, usize::from(node)).map_or(0, |place| 1 << place);
            left &= left - 1;
        }
        there
    }

    /// Forbids that a route comes back as this one does; whether that forbids anything new.
    pub fn forbid_returns(&mut self, nodes: &[u16]) -> bool {
        let mut is_new = false;
        for (last, &node) in nodes.iter().enumerate() {
            let Some(first) = nodes[..last].iter().rposition(|&earlier| earlier == node) else { continue };
            let between = || nodes[first + 1..last].iter().map(|&passed| usize::from(passed));
            if between().any(|passed| self.near[passed].len() > NEIGHBOURS_MAX) {
                continue;
            }
            for passed in between() {
                is_new |= self.add(passed, node);
            }
        }
        is_new
    }

    /// Whether a route comes back to nobody it remembers.
    pub fn allows(&self, nodes: &[u16]) -> bool {
        let Some(&first) = nodes.first() else { return true };
        let mut visited = self.begun(usize::from(first));
        nodes.windows(2).all(|pair| {
            let (from, to) = (usize::from(pair[0]), usize::from(pair[1]));
            let is_free = !self.holds(visited, from, to);
            visited = self.gone_on(visited, from, to);
            is_free
        })
    }
}
