//! Explicit distances of a VRPLIB file.

use super::document::{Document, missing};
use crate::diagnostics::Text;
use crate::instances::geometry::{Geometry, Measure};
use crate::instances::text::{Findings, fields, quoted};
use crate::text;

/// How the numbers of an `EDGE_WEIGHT_SECTION` fill the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Full,
    /// Row by row, columns after the row (with the diagonal or not).
    Upper {
        diagonal: bool,
    },
    /// Row by row, columns before the row (with the diagonal or not).
    Lower {
        diagonal: bool,
    },
}

impl Layout {
    /// TSPLIB's names. The distances being symmetric, columns of one half are rows of the other.
    const NAMES: &'static [(&'static str, Self)] = &[
        ("FULL_MATRIX", Self::Full),
        ("UPPER_ROW", Self::Upper { diagonal: false }),
        ("UPPER_DIAG_ROW", Self::Upper { diagonal: true }),
        ("LOWER_ROW", Self::Lower { diagonal: false }),
        ("LOWER_DIAG_ROW", Self::Lower { diagonal: true }),
        ("UPPER_COL", Self::Lower { diagonal: false }),
        ("UPPER_DIAG_COL", Self::Lower { diagonal: true }),
        ("LOWER_COL", Self::Upper { diagonal: false }),
        ("LOWER_DIAG_COL", Self::Upper { diagonal: true }),
    ];

    /// Numbers for `size` points.
    const fn count(self, size: usize) -> usize {
        match self {
            Self::Full => size * size,
            Self::Upper { diagonal: true } | Self::Lower { diagonal: true } => size * (size + 1) / 2,
            Self::Upper { diagonal: false } | Self::Lower { diagonal: false } => {
                size * size.saturating_sub(1) / 2
            }
        }
    }

    /// Cells in the order of the numbers.
    fn cells(self, size: usize) -> impl Iterator<Item = (usize, usize)> {
        (0..size).flat_map(move |row| {
            let columns = match self {
                Self::Full => 0..size,
                Self::Upper { diagonal } => row + usize::from(!diagonal)..size,
                Self::Lower { diagonal } => 0..row + usize::from(diagonal),
            };
            columns.map(move |column| (row, column))
        })
    }
}

/// Reads the matrix of `size` points, row-major in the order of the nodes. `asymmetric`: rows may differ from columns.
pub(super) fn read(
    document: &Document<'_, '_>,
    size: usize,
    measure: Measure,
    asymmetric: bool,
    findings: &mut Findings,
) -> Option<Geometry> {
    let Some((format_row, format)) = document.header("EDGE_WEIGHT_FORMAT") else {
        missing("EDGE_WEIGHT_FORMAT", findings);
        return None;
    };
    let section = document.required("EDGE_WEIGHT_SECTION", findings)?;
    let Some(&(_, layout)) = Layout::NAMES.iter().find(|(name, _)| *name == format) else {
        let names: Vec<&str> = Layout::NAMES.iter().map(|(name, _)| *name).collect();
        let known = Text::same(names.join(", "));
        findings.error(
            "B004",
            Some(format_row),
            known,
            quoted(format),
            text!("convertissez la matrice", "convert the matrix"),
        );
        return None;
    };
    let found: usize = section.rows.iter().map(|row| row.cells.len()).sum();
    let expected = layout.count(size);
    if found != expected {
        findings.error(
            "B012",
            Some(section.row),
            text!(
                "{expected} distances ({format}, {size} points)",
                "{expected} distances ({format}, {size} points)"
            ),
            text!("{found}", "{found}"),
            text!("complétez la matrice, ou corrigez DIMENSION", "complete the matrix, or correct DIMENSION"),
        );
        return None;
    }
    let mut cells = vec![0.0; size * size]; // as many as there are numbers, or twice that
    let numbers = section.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.number, *cell)));
    let mut complete = true;
    for ((from, to), (row, cell)) in layout.cells(size).zip(numbers) {
        let Some(read) = findings.decimal(row, cell, &fields::DISTANCE) else {
            complete = false;
            continue;
        };
        cells[from * size + to] = measure.of(read.value);
        if layout != Layout::Full {
            cells[to * size + from] = cells[from * size + to];
        }
    }
    if complete && !asymmetric {
        refuse_asymmetry(&cells, size, section.row, findings);
    }
    complete.then_some(Geometry::Table { size, cells })
}

/// One finding, with the first pair whose two directions differ.
fn refuse_asymmetry(cells: &[f64], size: usize, row: u32, findings: &mut Findings) {
    let pairs = (0..size).flat_map(|from| (0..from).map(move |to| (from, to)));
    let mut unequal = pairs.filter(|&(from, to)| cells[from * size + to] != cells[to * size + from]);
    let Some((from, to)) = unequal.next() else { return };
    let (there, back, others) = (cells[from * size + to], cells[to * size + from], unequal.count());
    let (from, to) = (from + 1, to + 1);
    findings.error(
        "B013",
        Some(row),
        text!("une matrice symétrique", "a symmetric matrix"),
        text!(
            "{there} de {from} à {to}, {back} en retour (et {others} autre(s) paire(s))",
            "{there} from {from} to {to}, {back} the other way (and {others} more pair(s))"
        ),
        text!(
            "corrigez-la, ou écrivez « TYPE : ACVRP » si les deux sens diffèrent",
            "correct it, or write `TYPE : ACVRP` if the two ways differ"
        ),
    );
}
