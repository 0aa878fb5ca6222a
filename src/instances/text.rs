//! Text files as rows of cells, and what is wrong in them.
//!
//! In: bytes that anybody may have sent. Out: numbers within stated ranges, and every finding with its line. Nothing
//! here trusts a count that a file announces: only what stands in the file takes memory.

use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Location, Text};
use crate::text;

/// Findings kept; a file of garbage has more, and nobody reads them.
const FINDINGS_MAX: usize = 60;

/// Characters of the user's text quoted in a message.
const QUOTE_MAX: usize = 40;

/// Largest file that is read, in bytes: ten times the largest published instance with an explicit matrix.
pub(super) const BYTES_MAX: usize = 256 << 20;

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    /// Counted from 1, as editors do.
    pub number: u32,
    /// Separated by spaces or tabs; at least one.
    pub cells: Vec<&'t str>,
}

impl Row<'_> {
    /// The cells, each a single space apart.
    pub fn joined(&self) -> String {
        self.cells.join(" ")
    }
}

/// The lines of `text` that are not blank, without what follows `comment`.
pub(super) fn rows<'t>(text: &'t str, comment: Option<&str>) -> Vec<Row<'t>> {
    text.lines()
        .zip(1..)
        .map(|(line, number)| {
            let line = comment.and_then(|mark| line.split_once(mark)).map_or(line, |(before, _)| before);
            Row { number, cells: line.split_whitespace().collect() }
        })
        .filter(|row| !row.cells.is_empty())
        .collect()
}

/// A kind of number: what it is called and what it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    fr: &'static str,
    en: &'static str,
    least: f64,
    most: f64,
    whole: bool,
}

impl Field {
    /// Any number between the two bounds.
    pub const fn real(fr: &'static str, en: &'static str, least: f64, most: f64) -> Self {
        Self { fr, en, least, most, whole: false }
    }

    /// A whole number between the two bounds.
    pub const fn whole(fr: &'static str, en: &'static str, least: f64, most: f64) -> Self {
        Self { fr, en, least, most, whole: true }
    }

    fn expected(&self) -> Text {
        let (least, most) = (self.least, self.most);
        let (kind_fr, kind_en) =
            if self.whole { ("un nombre entier", "a whole number") } else { ("un nombre", "a number") };
        Text {
            fr: format!("{} : {kind_fr} entre {least} et {most}", self.fr),
            en: format!("{}: {kind_en} between {least} and {most}", self.en),
        }
    }
}

/// What numbers mean in these files, and how large they may be.
pub(super) mod fields {
    use super::Field;

    /// Most customers: work grows with them, and the largest published instance has 30,000.
    pub const CUSTOMERS_MAX: usize = 200_000;

    const BIG: f64 = 1e9;

    pub const COORDINATE: Field = Field::real("une coordonnée", "a coordinate", -BIG, BIG);
    pub const DISTANCE: Field = Field::real("une distance", "a distance", 0.0, BIG);
    pub const DEMAND: Field = Field::real("une demande", "a demand", 0.0, BIG);
    pub const SERVICE: Field = Field::real("une durée de service", "a service time", 0.0, BIG);
    pub const INSTANT: Field = Field::real("une heure", "a time", 0.0, BIG);
    pub const PRIZE: Field = Field::real("un gain", "a prize", 0.0, BIG);
    pub const CAPACITY: Field = Field::real("une capacité", "a capacity", 0.0, BIG);
    pub const COST: Field = Field::real("un coût", "a cost", 0.0, BIG);
    pub const SPEED: Field = Field::real("une vitesse", "a speed", 1e-6, BIG);
    pub const LIMIT: Field = Field::real("une limite", "a limit", 0.0, BIG);
    pub const CUSTOMERS: Field =
        Field::whole("le nombre de clients", "the number of customers", 1.0, CUSTOMERS_MAX as f64);
    pub const VEHICLES: Field = Field::whole("le nombre de véhicules", "the number of vehicles", 1.0, BIG);
    pub const DEPOTS: Field = Field::whole("le nombre de dépôts", "the number of depots", 1.0, 10_000.0);
    pub const TYPES: Field =
        Field::whole("le nombre de types de véhicule", "the number of vehicle types", 1.0, 60.0);
    pub const DAYS: Field = Field::whole("le nombre de jours", "the number of days", 1.0, 60.0);
    pub const NUMBER: Field = Field::whole("un numéro", "a number that names a point", 0.0, BIG);
    pub const FREQUENCY: Field = Field::whole("un nombre de visites", "a number of visits", 0.0, 60.0);
    pub const CHOICES: Field =
        Field::whole("un nombre de combinaisons", "a number of combinations", 0.0, 10_000.0);
    pub const CODE: Field = Field::whole("une combinaison", "a combination", 0.0, 1e18);
    pub const ANY: Field = Field::real("un nombre", "a number", -1e300, 1e300);
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Decimal {
    /// Its value.
    pub value: f64,
    /// Digits written after the point.
    pub places: u32,
}

impl Decimal {
    /// Reads `12`, `-3.50`, `1e3`; not `inf`, `nan`, nor anything that is not a number.
    pub fn parse(cell: &str) -> Option<Self> {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
        if !cell.chars().all(digits) {
            return None;
        }
        let value: f64 = cell.parse().ok().filter(|value: &f64| value.is_finite())?;
        let (mantissa, exponent) = cell.split_once(['e', 'E']).unwrap_or((cell, "0"));
        let fraction = mantissa.split_once('.').map_or("", |(_, fraction)| fraction).trim_end_matches('0');
        let exponent: i64 = exponent.parse().unwrap_or(0);
        let places = (fraction.len() as i64 - exponent).clamp(0, 300);
        Some(Self { value, places: places as u32 })
    }
}

/// `« 9h3O »` and `` `9h3O` ``, cut where it is long.
pub(super) fn quoted(words: &str) -> Text {
    let mut shown: String = words.chars().take(QUOTE_MAX).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    text!("« {shown} »", "`{shown}`")
}

/// Everything found in one file.
#[derive(Debug)]
pub(super) struct Findings {
    file: Arc<str>,
    list: Vec<Diagnostic>,
    dropped: usize,
}

impl Findings {
    /// Nothing found yet.
    pub fn new(file: &str) -> Self {
        Self { file: file.into(), list: Vec::new(), dropped: 0 }
    }

    /// Whether something is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are so far.
    pub fn count(&self) -> usize {
        self.list.len() + self.dropped
    }

    fn place(&self, row: Option<u32>) -> Location {
        Location { file: self.file.clone(), row, ..Location::default() }
    }

    fn push(&mut self, finding: Diagnostic) {
        if self.list.len() < FINDINGS_MAX {
            self.list.push(finding);
        } else {
            self.dropped += 1;
        }
    }

    /// An error on a line, or about the whole file.
    pub fn error(&mut self, code: &'static str, row: Option<u32>, expected: Text, found: Text, help: Text) {
        let at = self.place(row);
        self.push(Diagnostic::error(Code(code), at, expected, found, help));
    }

    /// A warning on a line, or about the whole file.
    pub fn warning(&mut self, code: &'static str, row: Option<u32>, expected: Text, found: Text, help: Text) {
        let at = self.place(row);
        self.push(Diagnostic::warning(Code(code), at, expected, found, help));
    }

    /// The number of a row is not the one that its place asks for.
    pub fn out_of_order(&mut self, row: u32, expected: usize, found: Text) {
        let expected = text!("le numéro {expected}, dans l’ordre", "number {expected}, in order");
        let help = text!("une ligne manque ou est en double", "a row is missing or there twice");
        self.error("B010", Some(row), expected, found, help);
    }

    /// There are not as many rows as the first line says.
    pub fn row_count(&mut self, row: Option<u32>, expected: Text, found: usize) {
        let help = text!(
            "complétez le fichier, ou corrigez sa première ligne",
            "complete the file, or correct its first line"
        );
        self.error("B009", row, expected, Text::same(found.to_string()), help);
    }

    /// The number in `cell`, if it is one that `field` allows.
    pub fn decimal(&mut self, row: u32, cell: &str, field: &Field) -> Option<Decimal> {
        let read = Decimal::parse(cell).filter(|read| {
            (field.least..=field.most).contains(&read.value) && (!field.whole || read.value.fract() == 0.0)
        });
        if read.is_none() {
            self.error(
                "B007",
                Some(row),
                field.expected(),
                quoted(cell),
                text!("corrigez ce nombre", "correct that number"),
            );
        }
        read
    }

    /// All findings in the order of the lines, and a last one if some were dropped.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|finding| finding.at.row);
        if self.dropped > 0 {
            let (dropped, at) = (self.dropped, self.place(None));
            self.list.push(Diagnostic::error(
                Code("B020"),
                at,
                text!("un fichier lisible", "a readable file"),
                text!(
                    "{dropped} autre(s) anomalie(s) non montrée(s)",
                    "{dropped} more finding(s), not shown"
                ),
                text!(
                    "corrigez les premières : les autres en découlent souvent",
                    "mend the first ones: the others often follow from them"
                ),
            ));
        }
        self.list
    }
}

/// Reads the cells of one row from left to right. Once a cell is missing nothing more is said about the row.
#[derive(Debug)]
pub(super) struct Cells<'a, 't> {
    row: &'a Row<'t>,
    next: usize,
    findings: &'a mut Findings,
}

impl<'a, 't> Cells<'a, 't> {
    /// From the first cell on.
    pub fn new(row: &'a Row<'t>, findings: &'a mut Findings) -> Self {
        Self { row, next: 0, findings }
    }

    /// The next cell as it is written.
    pub fn word(&mut self, field: &Field) -> Option<&'t str> {
        let cell = self.row.cells.get(self.next).copied();
        self.next += 1;
        if cell.is_none() && self.next == self.row.cells.len() + 1 {
            let count = self.row.cells.len();
            self.findings.error(
                "B008",
                Some(self.row.number),
                field.expected(),
                text!(
                    "la fin de la ligne après {count} valeur(s)",
                    "the end of the line after {count} value(s)"
                ),
                text!(
                    "complétez la ligne ; le fichier est peut-être tronqué",
                    "complete the line; the file may be cut short"
                ),
            );
        }
        cell
    }

    /// The next number with its decimals.
    pub fn decimal(&mut self, field: &Field) -> Option<Decimal> {
        let cell = self.word(field)?;
        self.findings.decimal(self.row.number, cell, field)
    }

    /// The next number.
    pub fn number(&mut self, field: &Field) -> Option<f64> {
        self.decimal(field).map(|read| read.value)
    }

    /// The next number, of a field that allows whole ones from 0 up only.
    pub fn count(&mut self, field: &Field) -> Option<usize> {
        debug_assert!(field.whole && field.least >= 0.0);
        self.number(field).map(|value| value as usize)
    }

    /// Cells not yet read.
    pub fn left(&self) -> usize {
        self.row.cells.len().saturating_sub(self.next)
    }

    /// Says so if cells are left.
    pub fn end(self) {
        if self.next < self.row.cells.len() {
            let (expected, found) = (self.next, self.row.cells.len());
            self.findings.error(
                "B008",
                Some(self.row.number),
                text!("{expected} valeurs sur cette ligne", "{expected} values on this line"),
                text!("{found} valeurs", "{found} values"),
                text!(
                    "ôtez ce qui est en trop, ou vérifiez la première ligne du fichier",
                    "remove what is too much, or check the first line of the file"
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_counted_as_written() {
        let places = |cell| Decimal::parse(cell).map(|read| (read.value, read.places));
        assert_eq!(places("12"), Some((12.0, 0)));
        assert_eq!(places("-3.50"), Some((-3.5, 1)));
        assert_eq!(places("1.25e1"), Some((12.5, 1)));
        assert_eq!(places("1e-3"), Some((0.001, 3)));
    }

    #[test]
    fn what_is_no_finite_number_is_none() {
        for cell in ["inf", "NaN", "-infinity", "1e999", "", "-", "1,5", "0x10", "1_000"] {
            assert_eq!(Decimal::parse(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_missing_cell_is_said_once_a_row() {
        let read = rows("1 2\n", None);
        let mut findings = Findings::new("a.txt");
        let mut cells = Cells::new(&read[0], &mut findings);
        for _ in 0..5 {
            cells.number(&fields::ANY);
        }
        assert_eq!(findings.finish().len(), 1);
    }
}
