//! A fixed-size memory of exact answers, keyed by what they depend on.
//!
//! Ruin and recreate undoes most of what it tries, so the same client is offered to the same route many times. An
//! entry is found by a 64-bit key over everything the answer depends on; a newer entry takes an older one's place.

/// The best exact place of a client in a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer<T> {
    /// This one.
    Best(T),
    /// None costs less than this; not looked further. `i64::MAX`: none at all.
    AtLeast(i64),
}

/// A direct-mapped table.
#[derive(Clone, Debug)]
pub(super) struct Memo<T> {
    entries: Vec<Option<(u64, T)>>,
}

impl<T: Copy> Memo<T> {
    /// A table of `2^bits` entries.
    pub fn new(bits: u32) -> Self {
        Self { entries: vec![None; 1 << bits] }
    }

    /// What is known for `key`.
    pub fn get(&self, key: u64) -> Option<T> {
        let (known, value) = self.entries[self.place(key)]?;
        (known == key).then_some(value)
    }

    /// Keeps `value` for `key`.
    pub fn set(&mut self, key: u64, value: T) {
        let place = self.place(key);
        self.entries[place] = Some((key, value));
    }

    fn place(&self, key: u64) -> usize {
        key as usize & (self.entries.len() - 1)
    }
}
