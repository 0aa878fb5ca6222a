//! What the program says about its input: findings and repairs, each with the cell it is about,
//! in the user's language. The library collects them; only the program prints.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A language of messages and outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

/// The same words in French and in English. [`text!`](crate::text) builds one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The French words.
    pub fr: String,
    /// The English words.
    pub en: String,
}

impl Text {
    /// Words that are the same in both languages: what somebody typed, a number, a code.
    pub fn same(words: impl Into<String>) -> Self {
        let en = words.into();
        Self { fr: en.clone(), en }
    }

    /// The words in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// Builds a [`Text`] from a French and an English format string: `text!("{n} arrêts", "{n} stops")`.
/// Both capture variables in scope.
#[macro_export]
macro_rules! text {
    ($fr:literal, $en:literal $(,)?) => {
        $crate::diagnostics::Text { fr: format!($fr), en: format!($en) }
    };
}

/// Where something stands in the user's files.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// File name as the user knows it, relative to the scenario folder: `stops.csv`.
    pub file: Arc<str>,
    /// Sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Line of a text file or row of a sheet, counted from 1 as editors and spreadsheets do.
    pub row: Option<u32>,
    /// Column header as the user wrote it, or a key of a settings file.
    pub column: Option<Arc<str>>,
}

impl Location {
    /// A whole file.
    pub fn file(name: &str) -> Self {
        Self { file: name.into(), ..Self::default() }
    }

    /// The same row, at another column.
    #[must_use]
    pub fn at_column(&self, column: &str) -> Self {
        Self { column: Some(column.into()), ..self.clone() }
    }

    /// `stops.csv:14, column opens`, in words of `lang`.
    pub fn display(&self, lang: Lang) -> String {
        let mut words = vec![self.file.to_string()];
        let has_keys = self.file.ends_with(".toml") || self.file.ends_with(".json");
        words.extend(self.sheet.as_ref().map(|sheet| match lang {
            Lang::Fr => format!("feuille {sheet}"),
            Lang::En => format!("sheet {sheet}"),
        }));
        words.extend(self.row.map(|row| match lang {
            Lang::Fr => format!("ligne {row}"),
            Lang::En => format!("row {row}"),
        }));
        words.extend(self.column.as_ref().map(|column| match (lang, has_keys) {
            (Lang::Fr, true) => format!("clé « {column} »"),
            (Lang::En, true) => format!("key `{column}`"),
            (Lang::Fr, false) => format!("colonne « {column} »"),
            (Lang::En, false) => format!("column `{column}`"),
        }));
        words.join(", ")
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be done before it is mended.
    Error,
    /// The work goes on; the user should look.
    Warning,
}

/// A stable name of a kind of finding, documented in `docs/diagnostics.md`: `T012`.
///
/// The letter names the layer: `T` tables, `N` network, `M` matrix, `C` coverage, `P` problem, `K` checker input,
/// `B` benchmark instances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A finding about the user's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Stable code.
    pub code: Code,
    /// The cell, row or file it is about.
    pub at: Location,
    /// What was expected, without "expected": `a time such as 09:30`.
    pub expected: Text,
    /// What was found, as typed where possible.
    pub found: Text,
    /// What to do.
    pub help: Text,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: Code, at: Location, expected: Text, found: Text, help: Text) -> Self {
        Self { severity: Severity::Error, code, at, expected, found, help }
    }

    /// A warning.
    pub fn warning(code: Code, at: Location, expected: Text, found: Text, help: Text) -> Self {
        Self { severity: Severity::Warning, code, at, expected, found, help }
    }
}

/// The finding as two lines of text: where, expected and found with the code, then what to do.
///
/// `stops.csv, row 3, column `opens`: expected …, found `9h3O` [T021]`; a warning says first that it is one.
pub fn render(finding: &Diagnostic, lang: Lang) -> String {
    let at = finding.at.display(lang);
    let (expected, found, help) =
        (finding.expected.get(lang), finding.found.get(lang), finding.help.get(lang));
    let code = finding.code;
    let mark = match (finding.severity, lang) {
        (Severity::Error, _) => "",
        (Severity::Warning, Lang::Fr) => "attention : ",
        (Severity::Warning, Lang::En) => "warning: ",
    };
    let line = match lang {
        Lang::Fr => format!("{mark}{at} : attendu {expected}, trouvé {found} [{code}]"),
        Lang::En => format!("{mark}{at}: expected {expected}, found {found} [{code}]"),
    };
    match (help, lang) {
        ("", _) => line,
        (help, Lang::Fr) => format!("{line}\n  aide : {help}"),
        (help, Lang::En) => format!("{line}\n  help: {help}"),
    }
}

/// What was typed, quoted as each language quotes, cut after 60 characters, control characters made visible.
pub fn quoted(typed: &str) -> Text {
    let mut shown: String = typed.chars().take(60).flat_map(visible).collect();
    if typed.chars().nth(60).is_some() {
        shown.push('…');
    }
    Text { fr: format!("« {shown} »"), en: format!("`{shown}`") }
}

fn visible(letter: char) -> impl Iterator<Item = char> {
    let escaped = letter.is_control();
    let plain = (!escaped).then_some(letter);
    plain.into_iter().chain(escaped.then(|| letter.escape_default()).into_iter().flatten())
}

/// A value that was read although it was not written as the table asks; listed in the run's summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The cell (or file, for an encoding or a separator).
    pub at: Location,
    /// As typed.
    pub old: String,
    /// As read.
    pub new: String,
    /// Why: `decimal comma`, `Lambert-93 converted`.
    pub reason: Text,
}

/// A value with what was found on the way to it. There is no value exactly when an error was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report<T> {
    /// The result, absent when `diagnostics` holds an error.
    pub value: Option<T>,
    /// All findings, in the order of files and rows.
    pub diagnostics: Vec<Diagnostic>,
    /// All silent repairs.
    pub repairs: Vec<Repair>,
}

impl<T> Report<T> {
    /// Keeps `value` only if no error is among `diagnostics`.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        let failed = diagnostics.iter().any(|found| found.severity == Severity::Error);
        Self { value: (!failed).then_some(value), diagnostics, repairs: Vec::new() }
    }

    /// A report without value. `diagnostics` must hold an error.
    pub fn failed(diagnostics: Vec<Diagnostic>) -> Self {
        debug_assert!(diagnostics.iter().any(|found| found.severity == Severity::Error));
        Self { value: None, diagnostics, repairs: Vec::new() }
    }

    /// The errors alone.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|found| found.severity == Severity::Error)
    }
}
