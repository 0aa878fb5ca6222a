//! The tags of one OpenStreetMap object.

/// Keys and values, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    /// The value of a key. Searched from the first: objects have few tags.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(other, _)| *other == key).map(|(_, value)| *value)
    }

    /// Whether `key` has this value.
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// The value of `key:suffix`.
    pub fn get_suffixed(&self, key: &str, suffix: &str) -> Option<&'a str> {
        let matches = |other: &str| {
            other.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')).is_some_and(|rest| rest == suffix)
        };
        self.0.iter().find(|(other, _)| matches(other)).map(|(_, value)| *value)
    }

    /// All keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(key, _)| *key)
    }

    /// The same tags with `value` for `key`, whatever there was for it.
    #[must_use]
    pub fn with(&self, key: &'a str, value: &'a str) -> Self {
        let others = self.0.iter().copied().filter(|(other, _)| *other != key);
        std::iter::once((key, value)).chain(others).collect()
    }

    /// Number of tags.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds a tag.
    pub fn push(&mut self, key: &'a str, value: &'a str) {
        self.0.push((key, value));
    }

    /// Removes all tags, keeping the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Tags<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}
