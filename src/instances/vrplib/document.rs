//! A VRPLIB file as headers and sections, every name of which is known.

use std::collections::BTreeMap;

use crate::diagnostics::Text;
use crate::instances::text::{Cells, Field, Findings, Row, quoted};
use crate::text;

/// Headers that are read, and those that say nothing about the problem (the last three).
const HEADERS: &[&str] = &[
    "NAME",
    "COMMENT",
    "TYPE",
    "DIMENSION",
    "CAPACITY",
    "DISTANCE",
    "SERVICE_TIME",
    "VEHICLES",
    "VEHICLES_MAX_DURATION",
    "EDGE_WEIGHT_TYPE",
    "EDGE_WEIGHT_FORMAT",
    "NODE_COORD_TYPE",
    "DISPLAY_DATA_TYPE",
    "BEST_KNOWN",
];

/// Sections that are read. `BACKHAUL_SECTION` is known so that it can be refused by name.
const SECTIONS: &[&str] = &[
    "NODE_COORD_SECTION",
    "EDGE_WEIGHT_SECTION",
    "DEMAND_SECTION",
    "DEPOT_SECTION",
    "SERVICE_TIME_SECTION",
    "TIME_WINDOW_SECTION",
    "RELEASE_TIME_SECTION",
    "PRIZE_SECTION",
    "BACKHAUL_SECTION",
    "CAPACITY_SECTION",
    "MUTUALLY_EXCLUSIVE_GROUP_SECTION",
    "VEHICLES_DEPOT_SECTION",
    "VEHICLES_RELOAD_DEPOT_SECTION",
    "VEHICLES_FIXED_COST_SECTION",
    "VEHICLES_UNIT_DISTANCE_COST_SECTION",
    "VEHICLES_ALLOWED_CLIENTS_SECTION",
    "DISPLAY_DATA_SECTION",
];

/// Whether a row can be the first of a VRPLIB file.
pub(in crate::instances) fn is_header(row: &Row<'_>) -> bool {
    let first = row.cells[0];
    first.ends_with(':') && first.len() > 1
        || row.cells.get(1).is_some_and(|cell| cell.starts_with(':'))
        || first.split_once(':').is_some_and(|(key, _)| HEADERS.contains(&key))
        || first.ends_with("_SECTION")
}

/// A section: the line of its name, and its rows.
#[derive(Debug)]
pub(super) struct Section<'a, 't> {
    /// Line of the name.
    pub row: u32,
    /// Up to the next section.
    pub rows: &'a [Row<'t>],
}

/// Headers and sections by name.
#[derive(Debug)]
pub(super) struct Document<'a, 't> {
    headers: BTreeMap<&'static str, (u32, String)>,
    sections: BTreeMap<&'static str, Section<'a, 't>>,
}

impl<'a, 't> Document<'a, 't> {
    /// Splits a file. Unknown and repeated names are errors: ignoring a rule would give wrong answers.
    pub fn split(rows: &'a [Row<'t>], findings: &mut Findings) -> Self {
        let mut document = Self { headers: BTreeMap::new(), sections: BTreeMap::new() };
        let is_name = |row: &Row<'_>| row.cells[0].starts_with(|c: char| c.is_ascii_alphabetic());
        let mut at = 0;
        while let Some(row) = rows.get(at) {
            at += 1;
            let name = row.cells[0].trim_end_matches(':');
            if name == "EOF" {
                break;
            }
            if name.ends_with("_SECTION") {
                let length = rows[at..].iter().take_while(|row| !is_name(row)).count();
                document.add_section(row, name, &rows[at..at + length], findings);
                at += length;
            } else {
                document.add_header(row, findings);
            }
        }
        document
    }

    fn add_section(&mut self, row: &Row<'_>, name: &str, rows: &'a [Row<'t>], findings: &mut Findings) {
        let Some(&known) = SECTIONS.iter().find(|known| **known == name) else {
            return unknown(row.number, name, SECTIONS, findings);
        };
        if let Some(first) = self.sections.get(known) {
            return repeated(row.number, known, first.row, findings);
        }
        self.sections.insert(known, Section { row: row.number, rows });
    }

    fn add_header(&mut self, row: &Row<'_>, findings: &mut Findings) {
        let line = row.joined();
        let Some((key, value)) = line.split_once(':') else {
            return findings.error(
                "B005",
                Some(row.number),
                text!("« CLÉ : valeur » ou le nom d’une section", "`KEY : value` or the name of a section"),
                quoted(&line),
                text!("ôtez cette ligne ou complétez-la", "remove this line or complete it"),
            );
        };
        let (key, value) = (key.trim(), value.trim());
        let Some(&known) = HEADERS.iter().find(|known| **known == key) else {
            return unknown(row.number, key, HEADERS, findings);
        };
        // Comments may run over several lines.
        if let Some((first, _)) = self.headers.get(known).filter(|_| known != "COMMENT") {
            return repeated(row.number, known, *first, findings);
        }
        self.headers.insert(known, (row.number, value.to_owned()));
    }

    /// The line and value of a header.
    pub fn header(&self, key: &str) -> Option<(u32, &str)> {
        self.headers.get(key).map(|(row, value)| (*row, value.as_str()))
    }

    /// The number of a header; absent, or said to be wrong.
    pub fn number(&self, key: &str, field: &Field, findings: &mut Findings) -> Option<f64> {
        let (row, value) = self.header(key)?;
        findings.decimal(row, value, field).map(|read| read.value)
    }

    /// A section, if the file has it.
    pub fn section(&self, name: &str) -> Option<&Section<'a, 't>> {
        self.sections.get(name)
    }

    /// A section that must be there.
    pub fn required(&self, name: &str, findings: &mut Findings) -> Option<&Section<'a, 't>> {
        let section = self.section(name);
        if section.is_none() {
            missing(name, findings);
        }
        section
    }

    /// Sections that have no meaning for the type of problem.
    pub fn refuse_all_but(&self, known: &[&str], problem: &str, findings: &mut Findings) {
        for (name, section) in self.sections.iter().filter(|(name, _)| !known.contains(*name)) {
            findings.error(
                "B005",
                Some(section.row),
                text!("une section d’un problème {problem}", "a section of a {problem}"),
                quoted(name),
                text!("ôtez-la, ou corrigez TYPE", "remove it, or correct TYPE"),
            );
        }
    }

    /// `number value` rows: the value of each of `count` numbers from 1. Each at most once; absent where not listed.
    pub fn column(
        &self,
        name: &str,
        count: usize,
        field: &Field,
        findings: &mut Findings,
    ) -> Option<Vec<Option<f64>>> {
        let section = self.section(name)?;
        let mut column = vec![None; count];
        for row in section.rows {
            let mut cells = Cells::new(row, findings);
            let number = cells.count(&crate::instances::text::fields::NUMBER);
            let value = cells.number(field);
            cells.end();
            if let (Some(number), Some(value)) = (number, value) {
                fill(&mut column, number, value, row.number, findings);
            }
        }
        Some(column)
    }
}

/// Puts a value where its number says, once.
pub(super) fn fill<T>(column: &mut [Option<T>], number: usize, value: T, row: u32, findings: &mut Findings) {
    let count = column.len();
    let place = number.checked_sub(1).and_then(|index| column.get_mut(index));
    let found = match place {
        Some(place @ None) => return *place = Some(value),
        Some(_) => text!("{number} pour la deuxième fois", "{number} for the second time"),
        None => Text::same(number.to_string()),
    };
    findings.error(
        "B010",
        Some(row),
        text!("un numéro entre 1 et {count}, une seule fois", "a number between 1 and {count}, each once"),
        found,
        text!("corrigez ce numéro, ou DIMENSION", "correct that number, or DIMENSION"),
    );
}

/// A header or section that must be there.
pub(super) fn missing(name: &str, findings: &mut Findings) {
    findings.error(
        "B006",
        None,
        Text::same(name),
        text!("un fichier qui ne l’a pas", "a file without it"),
        text!("ajoutez-la ; le fichier est peut-être tronqué", "add it; the file may be cut short"),
    );
}

fn unknown(row: u32, name: &str, known: &[&str], findings: &mut Findings) {
    let nearest = known
        .iter()
        .max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)))
        .expect("the lists of names are constant and not empty");
    findings.error(
        "B005",
        Some(row),
        text!("un nom connu, tel que {nearest}", "a known name, such as {nearest}"),
        quoted(name),
        text!(
            "ôtez cette partie si elle ne dit rien du problème : tournee n’ignore rien en silence",
            "remove this part if it says nothing about the problem: tournee ignores nothing silently"
        ),
    );
}

fn repeated(row: u32, name: &str, first: u32, findings: &mut Findings) {
    findings.error(
        "B005",
        Some(row),
        text!("{name} une seule fois (ligne {first})", "{name} once (line {first})"),
        text!("{name} de nouveau", "{name} again"),
        text!("ôtez l’un des deux", "remove one of the two"),
    );
}
