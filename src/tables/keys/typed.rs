//! TOML into cells: one row a section, each cell with its line; unknown keys and bad syntax reported.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::FILE;
use crate::diagnostics::{Location, Text, quoted};
use crate::tables::expected::expected;
use crate::tables::findings::{Findings, codes, did_you_mean, nearest};
use crate::tables::schema::{Column, Kind, SECTIONS, Section};
use crate::tables::source::{Cell, CellKind};
use crate::tables::table::Table;
use crate::text;

/// A value as typed, with where it stands.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    /// The value as a cell.
    pub cell: Cell,
    /// A list of lists of numbers, or of numbers.
    pub pairs: Option<Vec<Vec<f64>>>,
    /// Its line.
    pub line: u32,
}

/// The keys of one section that were given.
#[derive(Debug)]
pub(super) struct Values {
    section: &'static Section,
    values: Vec<Option<Typed>>,
}

impl Values {
    /// No key was given.
    pub fn none(section: &'static Section) -> Self {
        Self { section, values: vec![None; section.keys.len()] }
    }

    /// One row whose cells know their line.
    pub fn table(&self) -> Table {
        let full_name = |key: &Column| match self.section.name {
            "" => Arc::from(key.name),
            section => Arc::from(format!("{section}.{}", key.name)),
        };
        let cells = self
            .section
            .keys
            .iter()
            .zip(&self.values)
            .map(|(key, value)| value.as_ref().map(|value| (value.cell.clone(), full_name(key), value.line)))
            .collect();
        Table::from_cells(self.section.keys, Location::file(FILE), cells)
    }

    /// The value of a key.
    pub fn list(&self, name: &str) -> Option<&Typed> {
        let index = self.section.keys.iter().position(|key| key.name == name)?;
        self.values[index].as_ref()
    }
}

/// The keys of every section, in the order of the schema.
pub(super) fn parse(words: &str, findings: &mut Findings) -> Vec<Values> {
    let (root, errors) = DeTable::parse_recoverable(words);
    for error in &errors {
        report_syntax(words, error, findings);
    }
    let mut found: Vec<Values> = SECTIONS.iter().map(|section| Values::none(section)).collect();
    for (key, value) in root.get_ref() {
        let name = key.get_ref().as_ref();
        let line = line_of(words, &key.span());
        match value.get_ref() {
            DeValue::Table(keys) => match section_at(name) {
                Some(index) => read_section(words, keys, index, &mut found, findings),
                None => report_unknown(name, line, None, findings),
            },
            _ => set(name, value, line, words, &mut found[0], findings),
        }
    }
    found
}

fn section_at(name: &str) -> Option<usize> {
    SECTIONS.iter().position(|section| section.name == name && !name.is_empty())
}

/// The keys of a section, and of sections inside it (`[roads.speeds]`).
fn read_section(
    words: &str,
    keys: &DeTable<'_>,
    index: usize,
    found: &mut [Values],
    findings: &mut Findings,
) {
    for (key, value) in keys {
        let line = line_of(words, &key.span());
        let inside = section_at(&format!("{}.{}", SECTIONS[index].name, key.get_ref()));
        match (value.get_ref(), inside) {
            (DeValue::Table(keys), Some(inside)) => read_section(words, keys, inside, found, findings),
            _ => set(key.get_ref(), value, line, words, &mut found[index], findings),
        }
    }
}

fn set(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    line: u32,
    words: &str,
    values: &mut Values,
    findings: &mut Findings,
) {
    let Some(index) = values.section.keys.iter().position(|key| key.name == name) else {
        report_unknown(name, line, Some(values.section), findings);
        return;
    };
    let raw = words.get(value.span()).unwrap_or_default();
    let (text, kind) = match value.get_ref() {
        DeValue::String(words) => (words.to_string(), CellKind::Text),
        DeValue::Integer(_) | DeValue::Float(_) => (raw.replace('_', ""), CellKind::Number),
        _ => (raw.to_owned(), CellKind::Typed),
    };
    let cell = Cell { kind, ..Cell::text(&text) };
    let pairs = pairs(value.get_ref());
    let is_list = matches!(values.section.keys[index].kind, Kind::List);
    let is_nested = matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
    if is_nested != is_list {
        report_shape(&values.section.keys[index], values.section, line, raw, findings);
        return;
    }
    values.values[index] = Some(Typed { cell, pairs, line });
}

/// A list of lists of numbers.
fn pairs(value: &DeValue<'_>) -> Option<Vec<Vec<f64>>> {
    let number = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::Integer(digits) => digits.as_str().replace('_', "").parse().ok(),
        DeValue::Float(digits) => digits.as_str().replace('_', "").parse().ok(),
        _ => None,
    };
    let DeValue::Array(rows) = value else { return None };
    rows.iter()
        .take(100)
        .map(|row| match row.get_ref() {
            DeValue::Array(cells) => cells.iter().take(3).map(number).collect(),
            // A plain list of numbers is one of rows of one.
            _ => number(row).map(|number| vec![number]),
        })
        .collect()
}

/// A list of lists of numbers, written in TOML.
pub(super) fn list(words: &str) -> Option<Vec<Vec<f64>>> {
    pairs(DeValue::parse(words).ok()?.get_ref())
}

fn line_of(words: &str, span: &Range<usize>) -> u32 {
    let before = words.get(..span.start).unwrap_or_default();
    u32::try_from(1 + before.matches('\n').count()).unwrap_or(u32::MAX)
}

/// Where a key stands.
pub(super) fn at(line: u32, key: &str) -> Location {
    Location { row: Some(line), column: Some(Arc::from(key)), ..Location::file(FILE) }
}

fn report_syntax(words: &str, error: &toml::de::Error, findings: &mut Findings) {
    let line = error.span().map(|span| line_of(words, &span));
    let typed = line.and_then(|line| words.lines().nth(line as usize - 1)).unwrap_or_default();
    let (typed, why) = (quoted(typed.trim()), error.message());
    findings.error(
        codes::NOT_TOML,
        Location { row: line, ..Location::file(FILE) },
        text!("une ligne comme `weeks = 2` ou `[roads]`", "a line such as `weeks = 2` or `[roads]`"),
        // The parser's own words are English.
        Text { fr: typed.fr, en: format!("{} ({why})", typed.en) },
        text!(
            "les textes et les heures se mettent entre guillemets : time = \"60s\"",
            "texts and times go between quotes: time = \"60s\""
        ),
    );
}

fn report_unknown(name: &str, line: u32, section: Option<&'static Section>, findings: &mut Findings) {
    let own = section.filter(|section| !section.name.is_empty());
    let elsewhere = SECTIONS.iter().find(|other| other.keys.iter().any(|key| key.name == name));
    let help = match (elsewhere, section) {
        (Some(home), Some(_)) if home.name.is_empty() => {
            text!("mettez-la en tête, avant toute section", "put it at the head, before any section")
        }
        (Some(home), Some(_)) => {
            let home = home.name;
            text!("mettez-la dans la section [{home}]", "put it in section [{home}]")
        }
        _ => {
            let sections = SECTIONS.iter().map(|section| section.name).filter(|name| !name.is_empty());
            let keys = section.map_or(&[][..], |section| section.keys).iter().map(|key| key.name);
            let all: Vec<&str> = keys.chain(sections).collect();
            let known = all.join(", ");
            let fallback = text!("les noms connus ici sont : {known}", "the names known here are: {known}");
            did_you_mean(nearest(name, all), fallback)
        }
    };
    let full = own.map_or_else(|| name.to_owned(), |section| format!("{}.{name}", section.name));
    let expected = match section {
        Some(_) => text!("une clé connue", "a known key"),
        None => text!("une section connue", "a known section"),
    };
    findings.error(codes::UNKNOWN_KEY, at(line, &full), expected, quoted(name), help);
}

fn report_shape(key: &Column, section: &Section, line: u32, raw: &str, findings: &mut Findings) {
    let full =
        if section.name.is_empty() { key.name.to_owned() } else { format!("{}.{}", section.name, key.name) };
    let example = key.example;
    findings.error(
        codes::NOT_LIST,
        at(line, &full),
        expected(&key.kind),
        quoted(raw),
        text!("écrivez par exemple {example}", "write for instance {example}"),
    );
}
