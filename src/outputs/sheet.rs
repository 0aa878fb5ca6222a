//! A table for people, as spreadsheets of the reader's country open it.
//!
//! French: `;`, decimal comma, a byte order mark so that Excel reads accents. English: `,` and a point. What the scenario
//! says about itself in `note`, and that roads are a sketch, stands in a last column, as a file of cells has no other place that
//! every reader keeps.

use super::geojson::Credits;
use crate::diagnostics::{Lang, Text};
use crate::text;

/// A CSV file in the making.
pub(super) struct Sheet {
    table: csv::Writer<Vec<u8>>,
    /// What every row ends with, possibly nothing.
    note: String,
}

impl Sheet {
    /// A file with its header.
    pub fn new(headers: &[Text], credits: Credits<'_>) -> Self {
        let (lang, note) = (credits.lang, credits.remarks());
        let (start, separator): (&[u8], u8) = match lang {
            Lang::Fr => ("\u{feff}".as_bytes(), b';'),
            Lang::En => (b"", b','),
        };
        let table = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(start.to_vec());
        // A name that starts with `#` is not read where the file comes back as a table.
        let last = text!("# note", "# note");
        let headers = headers.iter().chain((!note.is_empty()).then_some(&last));
        let headers: Vec<String> = headers.map(|header| header.get(lang).to_owned()).collect();
        let mut sheet = Self { table, note };
        sheet.write(headers.into_iter());
        sheet
    }

    /// Adds a row, of as many cells as headers.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let note = (!self.note.is_empty()).then(|| inert(&self.note));
        self.write(cells.into_iter().chain(note));
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) {
        self.table.write_record(cells.map(String::into_bytes)).expect("memory takes rows of one length");
    }

    /// The whole file.
    pub fn bytes(self) -> Vec<u8> {
        self.table.into_inner().expect("memory takes any row")
    }
}

/// What somebody typed, so that no spreadsheet takes it for a formula (OWASP, CSV injection).
pub(super) fn inert(typed: &str) -> String {
    let begins_one = typed.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins_one && !is_telephone(typed) { format!("'{typed}") } else { typed.to_owned() }
}

/// `+33 3 86 00 00 00`: there is nothing to work out in it, and feeds hand it on to people.
fn is_telephone(typed: &str) -> bool {
    typed.strip_prefix('+').is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ' ' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_a_formula() {
        assert_eq!(inert("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(inert("@cmd"), "'@cmd");
        assert_eq!(inert("Saint-Père"), "Saint-Père");
        assert_eq!(inert("+33 3 86 00 00 00"), "+33 3 86 00 00 00");
        assert_eq!(inert("+1+cmd"), "'+1+cmd");
    }
}
