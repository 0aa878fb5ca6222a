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

/// A direct-mapped table, made when it is first written to.
#[derive(Clone, Debug)]
pub(super) struct Memo<T> {
    entries: Vec<Option<(u64, T)>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T: Copy> Memo<T> {
    /// Number of entries, a power of two: some megabytes, beyond which a look-up waits longer than what it saves.
    const SIZE: usize = 1 << 16;

    /// What is known for `key`.
    pub fn get(&self, key: u64) -> Option<T> {
        let (known, value) = (*self.entries.get(Self::place(key))?)?;
        (known == key).then_some(value)
    }

    /// Keeps `value` for `key`.
    pub fn set(&mut self, key: u64, value: T) {
        if self.entries.is_empty() {
            self.entries.resize(Self::SIZE, None);
        }
        self.entries[Self::place(key)] = Some((key, value));
    }

    fn place(key: u64) -> usize {
        key as usize & (Self::SIZE - 1)
    }
}
