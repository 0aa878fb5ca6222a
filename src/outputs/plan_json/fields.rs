//! Typed access to the values of a JSON document that somebody may have typed, collecting findings with their path.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use crate::diagnostics::{Code, Diagnostic, Location, Text};
use crate::text;

pub(super) const NOT_JSON: Code = Code("K001");
pub(in crate::outputs) const NOT_A_PLAN: Code = Code("K002");
pub(in crate::outputs) const MISSING: Code = Code("K003");
pub(super) const WRONG_TYPE: Code = Code("K004");
pub(super) const UNKNOWN_KEY: Code = Code("K005");
pub(in crate::outputs) const UNKNOWN_ID: Code = Code("K006");
pub(in crate::outputs) const BAD_DATE: Code = Code("K007");
pub(in crate::outputs) const BAD_TIME: Code = Code("K008");
pub(in crate::outputs) const OUT_OF_RANGE: Code = Code("K009");
pub(super) const TOO_LARGE: Code = Code("K010");
pub(super) const OTHER_SCENARIO: Code = Code("K011");

/// Findings beyond that many are not listed: a file that has more is not a plan with mistakes, but no plan.
const FINDINGS_MAX: usize = 200;

/// Longest piece of the file that a finding quotes.
const QUOTE_MAX: usize = 60;

/// Collects findings about one file.
#[derive(Debug)]
pub(super) struct Findings {
    file: Location,
    pub list: Vec<Diagnostic>,
}

impl Findings {
    pub fn of_file(name: &str) -> Self {
        Self { file: Location::file(name), list: Vec::new() }
    }

    /// Where a path of the document is.
    pub fn at(&self, path: &str) -> Location {
        if path.is_empty() { self.file.clone() } else { self.file.at_column(path) }
    }

    pub fn error(&mut self, code: Code, path: &str, expected: Text, found: Text, help: Text) {
        self.push(Diagnostic::error(code, self.at(path), expected, found, help));
    }

    pub fn push(&mut self, finding: Diagnostic) {
        if self.list.len() < FINDINGS_MAX {
            self.list.push(finding);
        }
    }
}

/// A value of the document and the way to it: `tours[3].date`.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    pub value: &'a Value,
    pub path: String,
}

impl<'a> Field<'a> {
    fn wrong(&self, findings: &mut Findings, expected: Text) {
        let help = text!("corrigez cette valeur", "mend this value");
        findings.error(WRONG_TYPE, &self.path, expected, quote(self.value), help);
    }

    /// An object whose keys are all among `known`; unknown ones are findings, the others can still be read.
    pub fn object(self, known: &'static [&'static str], findings: &mut Findings) -> Option<Object<'a>> {
        let Value::Object(map) = self.value else {
            self.wrong(findings, text!("un objet {{ … }}", "an object {{ … }}"));
            return None;
        };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            let near = nearest(key, known.iter().copied());
            let list = known.join(", ");
            let shown = shorten(key);
            findings.error(
                UNKNOWN_KEY,
                &join(&self.path, &shown),
                text!("une clé parmi {list}", "one of the keys {list}"),
                text!("« {shown} »", "`{shown}`"),
                near.map_or_else(
                    || text!("retirez cette clé", "remove this key"),
                    |near| text!("vouliez-vous dire « {near} » ?", "did you mean `{near}`?"),
                ),
            );
        }
        Some(Object { map, path: self.path })
    }

    /// The items of a list.
    pub fn list(self, findings: &mut Findings) -> Option<Vec<Field<'a>>> {
        let Value::Array(items) = self.value else {
            self.wrong(findings, text!("une liste [ … ]", "a list [ … ]"));
            return None;
        };
        let item = |(index, value)| Field { value, path: format!("{}[{index}]", self.path) };
        Some(items.iter().enumerate().map(item).collect())
    }

    pub fn words(&self, findings: &mut Findings) -> Option<&'a str> {
        let words = self.value.as_str();
        if words.is_none() {
            self.wrong(findings, text!("un texte entre guillemets", "words in quotes"));
        }
        words
    }

    /// A number in `range`.
    pub fn number(&self, range: RangeInclusive<f64>, findings: &mut Findings) -> Option<f64> {
        let (least, most) = (range.start(), range.end());
        let expected = text!("un nombre de {least} à {most}", "a number from {least} to {most}");
        let Some(number) = self.value.as_f64() else {
            self.wrong(findings, expected);
            return None;
        };
        if range.contains(&number) {
            return Some(number);
        }
        let help = text!("corrigez ce nombre", "mend this number");
        findings.error(OUT_OF_RANGE, &self.path, expected, quote(self.value), help);
        None
    }

    /// A whole number in `range`.
    pub fn integer(&self, range: RangeInclusive<i32>, findings: &mut Findings) -> Option<i32> {
        let number = self.number(f64::from(*range.start())..=f64::from(*range.end()), findings)?;
        if number.fract() == 0.0 {
            return Some(number as i32);
        }
        self.wrong(findings, text!("un nombre entier", "a whole number"));
        None
    }
}

/// An object whose keys were checked.
#[derive(Clone, Debug)]
pub(super) struct Object<'a> {
    map: &'a Map<String, Value>,
    pub path: String,
}

impl<'a> Object<'a> {
    /// A value that may be absent; null counts as absent.
    pub fn optional(&self, key: &str) -> Option<Field<'a>> {
        let value = self.map.get(key).filter(|value| !value.is_null())?;
        Some(Field { value, path: join(&self.path, key) })
    }

    /// A value that must be there.
    pub fn required(&self, key: &str, findings: &mut Findings) -> Option<Field<'a>> {
        let found = self.optional(key);
        if found.is_none() {
            let path = &self.path;
            findings.error(
                MISSING,
                path,
                text!("la clé « {key} »", "the key `{key}`"),
                text!("rien", "nothing"),
                text!("ajoutez-la", "add it"),
            );
        }
        found
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// What stands in the file, short enough for a message.
pub(super) fn quote(value: &Value) -> Text {
    let words = match value {
        Value::Null => return text!("rien (null)", "nothing (null)"),
        Value::Array(items) => {
            let count = items.len();
            return text!("une liste de {count} éléments", "a list of {count} items");
        }
        Value::Object(_) => return text!("un objet {{ … }}", "an object {{ … }}"),
        Value::String(words) => shorten(words),
        Value::Bool(_) | Value::Number(_) => shorten(&value.to_string()),
    };
    text!("« {words} »", "`{words}`")
}

/// The first characters, without line breaks or control characters.
pub(super) fn shorten(words: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    if words.chars().count() <= QUOTE_MAX {
        return words.chars().map(clean).collect();
    }
    words.chars().take(QUOTE_MAX).map(clean).chain(['…']).collect()
}

/// The name nearest to what was typed, if one is near at all.
pub(in crate::outputs) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = shorten(typed).to_lowercase();
    names
        .map(|name| (strsim::jaro_winkler(&typed, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, name)| name)
}
