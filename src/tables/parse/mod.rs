//! Cells into values: numbers, times, dates, weekdays, rhythms. Pure functions of the typed text.
//!
//! Each returns a [`Parsed`]: the value, and how the table would have written it. When that differs from what was
//! typed, the caller lists a repair.

pub mod cell_id;
pub mod clock;
pub mod date;
pub mod days;
pub mod laea;
pub mod lambert93;
pub mod number;
pub mod rhythm;

/// A value with its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<T> {
    /// The value.
    pub value: T,
    /// As the table would write it.
    pub plain: String,
}

/// Lower case without accents, every run of spaces (no-break and thin ones too) a single plain space, trimmed.
pub(crate) fn simplify(typed: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let bare: String = typed
        .nfkd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            '’' | 'ʼ' | '`' | '´' => '\'',
            other => other,
        })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::simplify;

    #[test]
    fn words_are_compared_without_accents_case_and_odd_spaces() {
        assert_eq!(simplify("  Février\u{a0}\u{202f}– 1ᵉʳ "), "fevrier - 1er");
    }
}
