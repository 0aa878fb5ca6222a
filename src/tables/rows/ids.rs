//! Ids of a table and references to them.

use std::collections::BTreeMap;

use crate::diagnostics::{Text, quoted};
use crate::tables::expected::expected;
use crate::tables::findings::{Findings, Read, Reported, codes, did_you_mean, nearest, nothing};
use crate::tables::schema::{Kind, WhenBlank, fold};
use crate::tables::source::Cell;
use crate::tables::table::{Row, Table};
use crate::text;

/// Longest id, in characters.
const ID_LIMIT: usize = 80;

/// Rows by id.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    exact: BTreeMap<String, usize>,
    /// Folded ids that one row alone has.
    folded: BTreeMap<String, Option<usize>>,
    /// No row could be read, which was reported: references can't be judged.
    is_unread: bool,
}

impl Ids {
    /// The ids of all rows; findings for blank, repeated and unusable ones.
    pub fn read(table: &Table, findings: &mut Findings) -> Self {
        let mut ids = Self { is_unread: table.rows().len() == 0, ..Self::default() };
        for (index, row) in table.rows().enumerate() {
            let Some(id) = read_id(row, findings) else { continue };
            if let Some(&first) = ids.exact.get(&id) {
                report_repeated(&id, first, row, findings);
                continue;
            }
            ids.folded.entry(fold(&id)).and_modify(|row| *row = None).or_insert(Some(index));
            ids.exact.insert(id, index);
        }
        ids
    }

    /// Number of distinct ids.
    pub fn len(&self) -> usize {
        self.exact.len()
    }

    /// The row a cell names; nothing where it is blank and may be.
    pub fn reference(&self, row: Row<'_>, column: &str, findings: &mut Findings) -> Read<usize> {
        let Some(cell) = row.cell(column) else { return blank(row, column, findings) };
        self.find(&cell.text, row, column, findings).map(Some)
    }

    /// The rows a cell lists, in order of the table; nothing where it is blank.
    pub fn references(&self, row: Row<'_>, column: &str, findings: &mut Findings) -> Read<Vec<usize>> {
        let Some(cell) = row.cell(column) else { return blank(row, column, findings) };
        // An id may hold a comma itself.
        let names: Vec<&str> = if self.exact.contains_key(&cell.text) {
            vec![&cell.text]
        } else {
            cell.text.split([',', ';', '|', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect()
        };
        let found: Vec<_> = names.into_iter().map(|name| self.find(name, row, column, findings)).collect();
        let mut rows = found.into_iter().collect::<Result<Vec<usize>, Reported>>()?;
        rows.sort_unstable();
        rows.dedup();
        Ok(Some(rows))
    }

    fn find(
        &self,
        typed: &str,
        row: Row<'_>,
        column: &str,
        findings: &mut Findings,
    ) -> Result<usize, Reported> {
        if let Some(&index) = self.exact.get(typed) {
            return Ok(index);
        }
        if self.is_unread {
            return Err(Reported);
        }
        if let Some(&Some(index)) = self.folded.get(&fold(typed)) {
            let id = self.exact.iter().find(|(_, row)| **row == index).map_or(typed, |(id, _)| id);
            findings.repair(
                row.at_column(column),
                typed,
                id,
                text!("casse ou accents d'un identifiant", "case or accents of an id"),
            );
            return Ok(index);
        }
        let near = nearest(typed, self.exact.keys().map(String::as_str));
        let help = did_you_mean(
            near,
            text!("ajoutez cette ligne, ou corrigez le nom", "add that row, or mend the name"),
        );
        let kind = &row.table().column(column).kind;
        Err(findings.error(codes::UNKNOWN_ID, row.at_column(column), expected(kind), quoted(typed), help))
    }
}

fn blank<T>(row: Row<'_>, column: &str, findings: &mut Findings) -> Read<T> {
    let column = row.table().column(column);
    if !matches!(column.blank, WhenBlank::Required) {
        return Ok(None);
    }
    if row.table().has(column.name) {
        let (fr, en) = (column.doc.fr, column.doc.en);
        let help = text!("remplissez-la : {fr}", "fill it in: {en}");
        findings.error(
            codes::EMPTY_CELL,
            row.at_column(column.name),
            expected(&column.kind),
            nothing(),
            help,
        );
    }
    Err(Reported)
}

fn read_id(row: Row<'_>, findings: &mut Findings) -> Option<String> {
    let Some(cell) = row.cell("id") else {
        let _ = blank::<()>(row, "id", findings);
        return None;
    };
    if is_usable(cell) {
        return Some(cell.text.clone());
    }
    findings.error(
        codes::BAD_TEXT,
        row.at_column("id"),
        expected(&Kind::Id),
        quoted(&cell.text),
        text!(
            "{ID_LIMIT} caractères visibles au plus, sur une ligne",
            "at most {ID_LIMIT} visible characters, on one line"
        ),
    );
    None
}

fn is_usable(cell: &Cell) -> bool {
    cell.text.chars().count() <= ID_LIMIT
        && !cell.text.chars().any(char::is_control)
        && !cell.text.starts_with('#')
}

fn report_repeated(id: &str, first: usize, row: Row<'_>, findings: &mut Findings) {
    let first = row.table().rows().nth(first).and_then(|first| first.at().row).unwrap_or_default();
    let typed = quoted(id);
    findings.error(
        codes::REPEATED_ID,
        row.at_column("id"),
        expected(&Kind::Id),
        Text {
            fr: format!("{}, déjà pris à la ligne {first}", typed.fr),
            en: format!("{}, taken at row {first} already", typed.en),
        },
        text!("donnez un autre identifiant à l'une des deux lignes", "give one of the two rows another id"),
    );
}
