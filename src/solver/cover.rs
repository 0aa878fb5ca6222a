//! Who attends whom, kept while clients open and close.
//!
//! Each group attends the nearest of its clients that is open, so opening a client takes households from others and
//! closing one hands them back: `O(groups of the client)` to open, plus the distance to the next open client to
//! close. `model::evaluate` is the slow twin.

use super::context::{Context, NONE};
use crate::ids::ClientId;
use crate::units::Need;

/// The attendance of the working solution.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    /// For each group the rank (among its clients) of the one it attends, or [`NONE`].
    rank: Vec<u32>,
    /// For each client, the need of the groups that attend it, attendance rate applied.
    attending: Vec<Need>,
    /// For each client, need and worth of the groups that attend it, whoever of them comes.
    around: Vec<Around>,
    /// Worth of all covered groups.
    value: i64,
    /// Required groups that nobody covers.
    uncovered_required: u32,
    /// Changes since [`Cover::commit`]: group and the rank it had.
    log: Vec<(u32, u32)>,
}

/// The groups that attend a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    pub need: Need,
    pub value: i64,
}

/// What opening a client would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prospect {
    /// Need that would attend it.
    pub attending: Need,
    /// The groups that would.
    pub around: Around,
    /// Worth of the groups that nobody covers now.
    pub value: i64,
    /// Required groups among them.
    pub required: u32,
}

impl Cover {
    /// Nobody is open.
    pub fn new(context: &Context<'_>) -> Self {
        let groups = &context.problem.covering.groups;
        Self {
            rank: vec![NONE; groups.len()],
            attending: vec![Need::ZERO; context.clients()],
            around: vec![Around::default(); context.clients()],
            value: 0,
            uncovered_required: groups.iter().filter(|group| group.required).count() as u32,
            log: Vec::new(),
        }
    }

    /// Worth of all covered groups.
    pub fn value(&self) -> i64 {
        self.value
    }

    /// Required groups that nobody covers.
    pub fn uncovered_required(&self) -> u32 {
        self.uncovered_required
    }

    /// Need that attends `client`.
    pub fn attending(&self, client: u32) -> Need {
        self.attending[client as usize]
    }

    /// The groups that attend `client`.
    pub fn around(&self, client: u32) -> Around {
        self.around[client as usize]
    }

    /// What opening `client`, which is closed, would change, if `beside` (perhaps [`NONE`]) opens too.
    pub fn prospect(&self, context: &Context<'_>, client: u32, beside: u32) -> Prospect {
        let mut prospect = Prospect::default();
        for &(group, rank) in &context.groups_of[client as usize] {
            let now = self.rank[group as usize];
            let row = context.group(group);
            if rank < now && !row.clients[..rank as usize].contains(&ClientId(beside)) {
                prospect.attending += context.share(group);
                prospect.around.need += row.need;
                prospect.around.value += row.value.get();
                if now == NONE {
                    prospect.value += row.value.get();
                    prospect.required += u32::from(row.required);
                }
            }
        }
        prospect
    }

    /// What closing `client`, which is open, would lose for good: worth and required groups that nobody else covers.
    pub fn stake(&self, context: &Context<'_>, client: u32, is_open: impl Fn(u32) -> bool) -> (i64, u32) {
        let (mut value, mut required) = (0, 0);
        for &(group, rank) in &context.groups_of[client as usize] {
            let row = context.group(group);
            let is_only = || !row.clients[rank as usize + 1..].iter().any(|other| is_open(other.0));
            if rank == self.rank[group as usize] && is_only() {
                value += row.value.get();
                required += u32::from(row.required);
            }
        }
        (value, required)
    }

    /// Opens `client`; those whose attendance changes are added to `changed` (perhaps more than once).
    pub fn open(&mut self, context: &Context<'_>, client: u32, changed: &mut Vec<u32>) {
        for &(group, rank) in &context.groups_of[client as usize] {
            if rank < self.rank[group as usize] {
                self.log.push((group, self.rank[group as usize]));
                self.attend(context, group, rank, changed);
            }
        }
    }

    /// Closes `client`, when `is_open` already says so.
    pub fn close(
        &mut self,
        context: &Context<'_>,
        client: u32,
        is_open: impl Fn(u32) -> bool,
        changed: &mut Vec<u32>,
    ) {
        for &(group, rank) in &context.groups_of[client as usize] {
            if rank == self.rank[group as usize] {
                let farther = &context.group(group).clients[rank as usize + 1..];
                let next = farther.iter().position(|other| is_open(other.0));
                let next = next.map_or(NONE, |step| rank + 1 + step as u32);
                self.log.push((group, rank));
                self.attend(context, group, next, changed);
            }
        }
    }

    /// Forgets how to undo what happened so far.
    pub fn commit(&mut self) {
        self.log.clear();
    }

    /// Undoes everything since the last commit.
    pub fn rollback(&mut self, context: &Context<'_>, changed: &mut Vec<u32>) {
        while let Some((group, rank)) = self.log.pop() {
            self.attend(context, group, rank, changed);
        }
    }

    fn attend(&mut self, context: &Context<'_>, group: u32, rank: u32, changed: &mut Vec<u32>) {
        let row = context.group(group);
        let share = context.share(group);
        let before = std::mem::replace(&mut self.rank[group as usize], rank);
        if let Some(client) = row.clients.get(before as usize) {
            self.attending[client.index()] -= share;
            self.around[client.index()].need -= row.need;
            self.around[client.index()].value -= row.value.get();
            changed.push(client.0);
        }
        if let Some(client) = row.clients.get(rank as usize) {
            self.attending[client.index()] += share;
            self.around[client.index()].need += row.need;
            self.around[client.index()].value += row.value.get();
            changed.push(client.0);
        }
        let step = i64::from(before == NONE) - i64::from(rank == NONE);
        self.value += step * row.value.get();
        if row.required {
            self.uncovered_required = (i64::from(self.uncovered_required) - step) as u32;
        }
    }
}
