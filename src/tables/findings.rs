//! What reading collects: errors, warnings and repairs, with the codes of this layer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Location, Repair, Severity, Text, quoted};
use crate::text;

/// Codes of findings about tables; `docs/diagnostics.md` explains each.
pub mod codes {
    use crate::diagnostics::Code;

    macro_rules! codes {
        ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
            $($(#[$doc])* pub const $name: Code = Code($code);)*
            /// Every code of this layer.
            pub const ALL: &[Code] = &[$($name),*];
        };
    }

    codes! {
        /// A file that isn't text.
        NOT_TEXT = "T001";
        /// A workbook that can't be opened.
        WORKBOOK = "T002";
        /// Two sources for one table.
        TWO_SOURCES = "T003";
        /// A table or `scenario.toml` that is missing.
        MISSING_TABLE = "T004";
        /// A table without anything in it.
        EMPTY_TABLE = "T005";
        /// A table with headers alone.
        NO_ROWS = "T006";
        /// A required column that is missing.
        MISSING_COLUMN = "T007";
        /// A column whose name is unknown.
        UNKNOWN_COLUMN = "T008";
        /// Two columns of one name.
        REPEATED_COLUMN = "T009";
        /// A row with more cells than there are headers.
        RAGGED_ROW = "T010";
        /// More rows or bytes than are read.
        TOO_MUCH = "T011";
        /// A required cell that is empty.
        EMPTY_CELL = "T012";
        /// Two rows of one id.
        REPEATED_ID = "T013";
        /// A reference to a row that does not exist.
        UNKNOWN_ID = "T014";
        /// Not a number.
        NOT_NUMBER = "T015";
        /// A number out of bounds.
        OUT_OF_RANGE = "T016";
        /// `ns`, `secret`: a value that isn't known where one is needed.
        NOT_KNOWN = "T017";
        /// Not a time, or not a length of time.
        NOT_TIME = "T018";
        /// Not a date.
        NOT_DATE = "T019";
        /// Not weekdays.
        NOT_DAYS = "T020";
        /// Not opening hours.
        NOT_HOURS = "T021";
        /// A window that closes before it opens.
        CLOSES_BEFORE = "T022";
        /// A word that is none of the choices.
        NOT_CHOICE = "T023";
        /// Not a rhythm.
        NOT_RHYTHM = "T024";
        /// A rhythm that does not divide the cycle.
        RHYTHM_CYCLE = "T025";
        /// A rhythm that no allowed day satisfies.
        RHYTHM_DAYS = "T026";
        /// Longitude and latitude swapped.
        SWAPPED = "T027";
        /// Projected metres where degrees belong, or the other way round.
        PROJECTED = "T028";
        /// A position that is missing or contradicts itself.
        POSITION = "T029";
        /// `1,234`: a thousand or a decimal comma.
        AMBIGUOUS = "T030";
        /// A column that mixes shares and percentages.
        MIXED_SHARES = "T031";
        /// `scenario.toml` is not TOML.
        NOT_TOML = "T032";
        /// An unknown key.
        UNKNOWN_KEY = "T033";
        /// The cycle does not start on a Monday.
        NOT_MONDAY = "T034";
        /// The last published date is before the end of the cycle, or too far.
        UNTIL = "T035";
        /// An unknown time zone.
        TIMEZONE = "T036";
        /// Neither capacity is given.
        NO_CAPACITY = "T037";
        /// Two cells of a row contradict each other.
        CONTRADICTION = "T038";
        /// A cell that holds a spreadsheet error.
        CELL_ERROR = "T039";
        /// A quote that is never closed.
        OPEN_QUOTE = "T040";
        /// A file in the folder that is no table.
        UNUSED_FILE = "T041";
        /// A point very far from the depots.
        FAR_AWAY = "T042";
        /// A text damaged by an earlier conversion.
        MOJIBAKE = "T043";
        /// A date outside the published days.
        OUTSIDE_HORIZON = "T044";
        /// A list of the settings that can't be read.
        NOT_LIST = "T045";
        /// A total too large to be counted in whole numbers.
        TOO_LARGE = "T046";
        /// A text too long, or with characters that can't be shown.
        BAD_TEXT = "T047";
        /// A file that is not GeoJSON.
        NOT_GEOJSON = "T048";
        /// A geometry that is no point or valid polygon.
        BAD_GEOMETRY = "T049";
        /// A territory without places, or places outside of it.
        TERRITORY = "T050";
        /// A `.gpkg` that is no GeoPackage of one layer.
        NOT_GEOPACKAGE = "T051";
    }
}

/// A finding was made; the value is missing for that reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported;

/// What a cell gave: a value, nothing (blank), or a finding.
pub type Read<T> = Result<Option<T>, Reported>;

/// Of one kind of finding in one column, that many are listed and the others counted.
const LISTED: usize = 100;

/// Findings and repairs in the order they were made.
#[derive(Debug, Default)]
pub struct Findings {
    diagnostics: Vec<Diagnostic>,
    repairs: Vec<Repair>,
}

impl Findings {
    /// Notes an error.
    pub fn error(&mut self, code: Code, at: Location, expected: Text, found: Text, help: Text) -> Reported {
        self.diagnostics.push(Diagnostic::error(code, at, expected, found, help));
        Reported
    }

    /// Notes a warning.
    pub fn warning(&mut self, code: Code, at: Location, expected: Text, found: Text, help: Text) {
        self.diagnostics.push(Diagnostic::warning(code, at, expected, found, help));
    }

    /// Notes that `old` was read as `new`.
    pub fn repair(&mut self, at: Location, old: &str, new: &str, reason: Text) {
        self.repairs.push(Repair { at, old: old.to_owned(), new: new.to_owned(), reason });
    }

    /// Whether an error was noted.
    pub fn has_error(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// Everything noted, by file, then row; floods of one kind in one column are cut and counted. Of a row with a cell too many that
    /// alone: its cells stand under the wrong headers.
    pub fn finish(mut self) -> (Vec<Diagnostic>, Vec<Repair>) {
        let ragged = self.diagnostics.iter().filter(|found| found.code == codes::RAGGED_ROW);
        let ragged: BTreeSet<_> = ragged.map(|found| row(&found.at)).collect();
        let is_told = |at: &Location| at.column.is_none() || !ragged.contains(&row(at));
        self.diagnostics.retain(|found| is_told(&found.at));
        self.repairs.retain(|repair| is_told(&repair.at));
        self.diagnostics.sort_by_cached_key(|found| row(&found.at));
        self.repairs.sort_by_cached_key(|repair| row(&repair.at));
        (cut_floods(self.diagnostics), self.repairs)
    }
}

/// The row that something stands in.
fn row(at: &Location) -> (Arc<str>, Option<Arc<str>>, Option<u32>) {
    (at.file.clone(), at.sheet.clone(), at.row)
}

fn cut_floods(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let kind = |found: &Diagnostic| {
        (found.at.file.clone(), found.at.sheet.clone(), found.at.column.clone(), found.code)
    };
    let mut counts = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut last_kept = BTreeMap::new();
    for found in diagnostics {
        let count: &mut usize = counts.entry(kind(&found)).or_default();
        *count += 1;
        if *count <= LISTED {
            last_kept.insert(kind(&found), kept.len());
            kept.push(found);
        }
    }
    for (kind, count) in counts {
        if let Some(more) = count.checked_sub(LISTED).filter(|more| *more > 0) {
            let help = &mut kept[last_kept[&kind]].help;
            *help = Text {
                fr: format!("{} (et {more} autres cellules de cette colonne, de même)", help.fr),
                en: format!("{} (and {more} more cells of this column likewise)", help.en),
            };
        }
    }
    kept
}

/// The name nearest to what was typed, where one is near enough to be meant.
///
/// Names are compared folded; up to a third of the letters may differ.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded: String = super::schema::fold(typed).chars().take(64).collect();
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(&folded, &super::schema::fold(name)), name))
        .filter(|(distance, name)| {
            let length = folded.chars().count().max(name.chars().count());
            3 * distance <= length.max(3)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// `did you mean ...?`, or `fallback` where nothing is near.
pub fn did_you_mean(name: Option<&str>, fallback: Text) -> Text {
    match name {
        Some(name) => {
            let name = quoted(name);
            Text { fr: format!("vouliez-vous dire {} ?", name.fr), en: format!("did you mean {}?", name.en) }
        }
        None => fallback,
    }
}

/// `nothing`, for a blank cell.
pub fn nothing() -> Text {
    text!("une cellule vide", "an empty cell")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        assert_eq!(nearest("huseholds", ["households", "opens"]), Some("households"));
        assert_eq!(nearest("zzz", ["households", "opens"]), None);
        assert_eq!(nearest("", ["a"]), Some("a"));
    }

    #[test]
    fn of_a_row_with_a_cell_too_many_that_alone_is_told() {
        let mut findings = Findings::default();
        let mut note = |code, row, column: Option<&str>| {
            let at = Location { row: Some(row), ..Location::file("stops.csv") };
            let at = column.map_or(at.clone(), |column| at.at_column(column));
            let _ = findings.error(code, at, Text::default(), Text::default(), Text::default());
        };
        note(codes::NOT_NUMBER, 2, Some("lon"));
        note(codes::RAGGED_ROW, 3, None);
        note(codes::NOT_NUMBER, 3, Some("lon"));
        let (diagnostics, _) = findings.finish();
        let told: Vec<_> = diagnostics.iter().map(|found| (found.code, found.at.row)).collect();
        assert_eq!(told, [(codes::NOT_NUMBER, Some(2)), (codes::RAGGED_ROW, Some(3))]);
    }

    #[test]
    fn a_flood_of_one_finding_is_cut_and_counted() {
        let mut findings = Findings::default();
        for row in 2..=251 {
            let at = Location { row: Some(row), ..Location::file("stops.csv") };
            let _ = findings.error(
                codes::NOT_NUMBER,
                at,
                Text::default(),
                Text::default(),
                text!("aide", "help"),
            );
        }
        let (diagnostics, _) = findings.finish();
        assert_eq!(diagnostics.len(), LISTED);
        assert_eq!(diagnostics[LISTED - 1].help.en, "help (and 150 more cells of this column likewise)");
    }
}
