//! Whom people may ask, as the settings say.

use super::document::Organisation;

/// `Name · 03 86 00 00 00 · mail · site`, as far as it is known.
pub fn line(organisation: &Organisation) -> String {
    let Organisation { name, phone, email, website, notice: _ } = organisation;
    joined(&[name, phone, email, website])
}

/// What is known of `words`, in a line.
pub fn joined(words: &[&String]) -> String {
    let known = words.iter().map(|words| words.trim());
    known.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ")
}
