//! Visits that go over to another route while others make room for them: two routes exchange some, or the second one passes some
//! on to a third.

use super::context::NONE;
use super::moves::tidy;
use super::side::{Place, Row};

/// Two rows of visits that change routes: the first goes from the first route to the second one, the second from there to the third,
/// which for an exchange is the first one again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Transfer {
    /// What way and loads, at their prices, cost more: less than nothing.
    pub delta: i64,
    pub routes: [u32; 3],
    /// Who leaves the first and the second route, and where they come in the next one.
    pub rows: [Row; 2],
    pub into: [Place; 2],
}

impl Transfer {
    /// The routes that it changes.
    pub fn changed(&self) -> &[u32] {
        if self.routes[0] == self.routes[2] { &self.routes[..2] } else { &self.routes }
    }

    /// Who leaves the route of that number.
    pub fn leaving(&self, number: usize) -> Option<Row> {
        self.rows.get(number).copied()
    }

    /// The number of the row that comes into the route of that number.
    fn coming(&self, number: usize) -> Option<usize> {
        number.checked_sub(1).or((self.routes[0] == self.routes[2]).then_some(1))
    }

    /// The sequence of the route of that number after the transfer; `of` are those that there are.
    pub fn sequence<'s>(&self, number: usize, of: impl Fn(u32) -> &'s [u32], sequence: &mut Vec<u32>) {
        sequence.clear();
        sequence.extend_from_slice(of(self.routes[number]));
        let mut leaving = self.leaving(number);
        if let Some(coming) = self.coming(number) {
            let (row, into) = (self.rows[coming], self.into[coming]);
            let at = into.position as usize;
            sequence.splice(at..at, row.of(of(self.routes[coming])).iter().copied());
            if into.is_turned {
                sequence[at..at + row.len].reverse();
            }
            if let Some(behind) = leaving.as_mut().filter(|leaving| at <= leaving.rank) {
                behind.rank += row.len;
            }
        }
        if let Some(row) = leaving {
            sequence.drain(row.rank..row.end());
            tidy(sequence);
        }
    }

    /// Where in that sequence those who came are, if `of` are the sequences that there were.
    pub fn arrived<'s>(&self, number: usize, of: impl Fn(u32) -> &'s [u32]) -> Option<Row> {
        let coming = self.coming(number)?;
        let (len, at) = (self.rows[coming].len, self.into[coming].position as usize);
        let Some(leaving) = self.leaving(number).filter(|leaving| at > leaving.rank) else {
            return Some(Row { rank: at, len });
        };
        // Whoever leaves a trip empty takes its reload along; it is not empty where somebody comes right behind.
        let clients = of(self.routes[number]);
        let is_end = |client: Option<&u32>| client.is_none_or(|&client| client == NONE);
        let is_first = is_end(leaving.rank.checked_sub(1).and_then(|before| clients.get(before)));
        let is_emptied = is_first && is_end(clients.get(leaving.end())) && at > leaving.end();
        Some(Row { rank: at - leaving.len - usize::from(is_emptied), len })
    }
}
