//! Visits that go over to another route while others make room for them: two routes exchange some, or the second one passes some
//! on to a third.

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

    /// Where in that sequence those who came are; `of` are those that there were.
    pub fn arrived<'s>(&self, number: usize, of: impl Fn(u32) -> &'s [u32], sequence: &[u32]) -> Option<Row> {
        let coming = self.coming(number)?;
        let came = self.rows[coming].of(of(self.routes[coming]));
        let rank = sequence.iter().position(|client| came.contains(client))?;
        Some(Row { rank, len: came.len() })
    }
}
