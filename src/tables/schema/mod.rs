//! Every table, column and settings key in one place: names in both languages, kind, bounds, default, example.
//!
//! Readers take names and bounds from here, `docs/tables.md` is generated from here ([`page()`]), so that the three
//! can't drift apart.

mod antennas;
mod keys;
mod need;
mod organisation;
mod page;
mod stops;
mod tables;

pub use antennas::ANTENNAS;
pub use keys::SECTIONS;
pub use page::page;
pub use stops::STOPS;
pub use tables::{AID_SITES, CLOSURES, DEPOTS, LOCKS, PLACES, TABLES};

use unicode_normalization::UnicodeNormalization;

/// Fixed words in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The French words.
    pub fr: &'static str,
    /// The English words.
    pub en: &'static str,
}

/// Short for a constant [`Words`].
pub(crate) const fn words(fr: &'static str, en: &'static str) -> Words {
    Words { fr, en }
}

/// A table of a scenario.
#[derive(Debug)]
pub struct TableSchema {
    /// Canonical name, also the usual file name without its ending.
    pub name: &'static str,
    /// Other names of files and sheets; the first is the French one.
    pub aliases: &'static [&'static str],
    /// Whether a scenario needs it.
    pub is_required: bool,
    /// Most rows that are read.
    pub row_limit: usize,
    /// What it holds.
    pub doc: Words,
    /// Its columns, in the order of the documentation.
    pub columns: &'static [Column],
}

/// A section of `scenario.toml`.
#[derive(Debug)]
pub struct Section {
    /// Its name; empty for the keys before any section.
    pub name: &'static str,
    /// What it is about.
    pub doc: Words,
    /// Its keys; a key is a column without aliases.
    pub keys: &'static [Column],
}

/// A column of a table, or a key of the settings.
#[derive(Debug)]
pub struct Column {
    /// Canonical name.
    pub name: &'static str,
    /// Other names; the first is the French one.
    pub aliases: &'static [&'static str],
    /// What its cells hold, with unit and bounds.
    pub kind: Kind,
    /// What an empty cell (or an absent column) means.
    pub blank: WhenBlank,
    /// A cell as one would type it.
    pub example: &'static str,
    /// What it means.
    pub doc: Words,
}

/// What an empty cell means.
#[derive(Clone, Copy, Debug)]
pub enum WhenBlank {
    /// An error.
    Required,
    /// This value, typed like any cell.
    Value(&'static str),
    /// Described in words: another column, no limit, nothing.
    Stated(Words),
}

/// What a cell holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text up to that many characters.
    Text(usize),
    /// A name that rows of other tables use; unique in its table.
    Id,
    /// The id of a row of that table.
    Reference(&'static str),
    /// Ids of rows of that table, separated by commas.
    References(&'static str),
    /// INSEE code of a commune.
    Insee,
    /// A whole number within bounds.
    Whole {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
        /// What is counted, possibly empty.
        unit: Words,
    },
    /// A number, possibly with decimals, within bounds.
    Number {
        /// Least.
        min: f64,
        /// Most.
        max: f64,
        /// What is measured.
        unit: Words,
    },
    /// A share from 0 to 1, or a percentage.
    Share,
    /// A length of time; a bare number is minutes.
    Minutes {
        /// Fewest minutes.
        min: i32,
        /// Most minutes.
        max: i32,
    },
    /// A length of time; a bare number is hours up to 24 and minutes from 30 on.
    Hours {
        /// Fewest minutes.
        min: i32,
        /// Most minutes.
        max: i32,
    },
    /// A length of time; a bare number is seconds.
    Seconds {
        /// Most seconds.
        max: i32,
    },
    /// A time of day; up to that hour, as past midnight the hours go on.
    Clock {
        /// Latest hour.
        max_hour: i32,
    },
    /// Two times of day, `11:30-14:00`.
    Interval,
    /// A date.
    Date,
    /// Weekdays.
    Days,
    /// One weekday.
    Weekday,
    /// OSM opening hours.
    Opens,
    /// How often a stop is visited.
    Rhythm,
    /// One of these words.
    Choice(&'static [Choice]),
    /// WGS84 degrees east.
    Longitude,
    /// WGS84 degrees north.
    Latitude,
    /// Lambert-93 metres east.
    Easting,
    /// Lambert-93 metres north.
    Northing,
    /// A list written in TOML, read by its own function.
    List,
}

/// One of the words of a choice.
#[derive(Debug)]
pub struct Choice {
    /// Canonical word.
    pub value: &'static str,
    /// Other words; the first is the French one.
    pub aliases: &'static [&'static str],
}

impl Choice {
    /// All its words, the canonical one first.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.value).chain(self.aliases.iter().copied())
    }
}

/// Lower case, without accents, spaces, underscores or punctuation: how names are compared.
///
/// `Foyers inscrits` and `foyers_inscrits` fold to the same.
pub fn fold(name: &str) -> String {
    name.nfkd()
        .flat_map(char::to_lowercase)
        .flat_map(|letter| match letter {
            'œ' => ['o', 'e'].into_iter().take(2),
            'æ' => ['a', 'e'].into_iter().take(2),
            other => [other, other].into_iter().take(1),
        })
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// Whether `name` folds to `folded`; names of the schema are nearly all plain ASCII, which needs no memory.
fn folds_to(name: &str, folded: &str) -> bool {
    if name.is_ascii() {
        let kept = name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        kept.eq(folded.bytes())
    } else {
        fold(name) == folded
    }
}

impl TableSchema {
    /// Whether a file or sheet of that name holds this table.
    pub fn is_named(&self, name: &str) -> bool {
        let folded = fold(name);
        folds_to(self.name, &folded) || self.aliases.iter().any(|alias| folds_to(alias, &folded))
    }

    /// Position of the column with that canonical name.
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Position of the column that a header names, in any of its spellings; a unit in brackets may follow.
    pub fn header_index(&self, header: &str) -> Option<usize> {
        let named = |header: &str| {
            let folded = fold(header);
            self.columns.iter().position(|column| column.is_named(&folded))
        };
        named(header).or_else(|| named(&header[..header.find(['(', '[']).filter(|at| *at > 0)?]))
    }
}

impl Column {
    /// Whether a folded header is one of its names.
    fn is_named(&self, folded: &str) -> bool {
        folds_to(self.name, folded) || self.aliases.iter().any(|alias| folds_to(alias, folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_whatever_the_case_accents_and_spaces() {
        assert_eq!(fold(" Foyers_Inscrits "), "foyersinscrits");
        assert_eq!(fold("Dépôt"), "depot");
        assert_eq!(fold("Œuvre n° 2"), "oeuvren2");
    }

    #[test]
    fn no_two_columns_of_a_table_share_a_name() {
        for table in TABLES {
            let mut names: Vec<String> = table
                .columns
                .iter()
                .flat_map(|column| std::iter::once(&column.name).chain(column.aliases))
                .map(|name| fold(name))
                .collect();
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "a name is given twice in {}", table.name);
        }
    }

    #[test]
    fn a_header_may_carry_its_unit_in_brackets() {
        assert_eq!(STOPS.header_index("Foyers (par visite)"), STOPS.column_index("households"));
        assert_eq!(STOPS.header_index("n'importe quoi (foyers)"), None);
    }
}
