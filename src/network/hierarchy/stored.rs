//! A hierarchy as bytes: little-endian numbers of 32 bits, array after array, so that opening is copying.
//!
//! Reading trusts nothing: whatever the bytes, a search over what comes out ends, and stays within its arrays.

use super::{Ascent, Hierarchy, Step};
use crate::network::weight::Weight;

impl Hierarchy {
    /// Appends it to `bytes`.
    pub(in crate::network) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.graph_digest.to_le_bytes());
        write_numbers(bytes, [self.state.len() as u32].into_iter());
        write_numbers(bytes, self.state.iter().copied());
        for ascent in [&self.forward, &self.backward] {
            write_numbers(bytes, [ascent.steps.len() as u32].into_iter());
            write_numbers(bytes, ascent.first.iter().copied());
            let numbers = ascent.steps.iter().flat_map(|step| [step.to, step.metres, step.seconds]);
            write_numbers(bytes, numbers);
            write_numbers(bytes, ascent.via.iter().copied());
        }
    }

    /// Takes one off the front of `bytes`; `None` if there is none, or none that is sound. Linear.
    pub(in crate::network) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (digest, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        let graph_digest = u64::from_le_bytes(*digest);
        let states = number(bytes)? as usize;
        let state = numbers(bytes, states)?;
        let rank = inverse(&state)?;
        let forward = Ascent::read(bytes, states)?;
        let backward = Ascent::read(bytes, states)?;
        Some(Self { graph_digest, rank, state, forward, backward })
    }
}

impl Ascent {
    fn read(bytes: &mut &[u8], ranks: usize) -> Option<Self> {
        let count = number(bytes)? as usize;
        let first = numbers(bytes, ranks.checked_add(1)?)?;
        let (steps, _) = take(bytes, count.checked_mul(12)?)?.as_chunks::<12>();
        let part = |step: &[u8; 12], at: usize| {
            u32::from_le_bytes([step[at], step[at + 1], step[at + 2], step[at + 3]])
        };
        let steps = steps
            .iter()
            .map(|step| Step { to: part(step, 0), metres: part(step, 4), seconds: part(step, 8) })
            .collect();
        let via = numbers(bytes, count)?;
        let ascent = Self { first, steps, via };
        ascent.is_sound().then_some(ascent)
    }

    /// Every step leads up, and what a shortcut passes lies below it.
    fn is_sound(&self) -> bool {
        let ranks = self.first.len() as u32 - 1;
        let rises = self.first[0] == 0 && self.first.is_sorted();
        if !rises || self.first[ranks as usize] as usize != self.steps.len() {
            return false;
        }
        (0..ranks).all(|rank| {
            let via = &self.via[self.range(rank)];
            self.steps(rank).iter().zip(via).all(|(step, via)| {
                let is_weight = step.seconds <= Weight::LIMIT && step.metres <= Weight::LIMIT;
                step.to < rank && is_weight && (*via == Self::DIRECT || (rank < *via && *via < ranks))
            })
        })
    }
}

/// Where each number stands; `None` unless all from 0 stand there once.
fn inverse(numbers: &[u32]) -> Option<Vec<u32>> {
    let mut places = vec![u32::MAX; numbers.len()];
    for (place, number) in (0_u32..).zip(numbers) {
        let known = places.get_mut(*number as usize)?;
        if std::mem::replace(known, place) != u32::MAX {
            return None;
        }
    }
    Some(places)
}

fn write_numbers(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    bytes.extend(numbers.flat_map(u32::to_le_bytes));
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    numbers(bytes, 1)?.first().copied()
}

fn numbers(bytes: &mut &[u8], count: usize) -> Option<Vec<u32>> {
    let (chunks, _) = take(bytes, count.checked_mul(4)?)?.as_chunks::<4>();
    Some(chunks.iter().map(|chunk| u32::from_le_bytes(*chunk)).collect())
}
