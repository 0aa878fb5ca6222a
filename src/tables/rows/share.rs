//! Shares: `0,35`, `35 %` or `35`. A column is written one way; which one is decided on the whole column.

use crate::diagnostics::quoted;
use crate::tables::expected::expected;
use crate::tables::findings::{Findings, Read, Reported, codes};
use crate::tables::parse::number::{LoneComma, is_unknown, number};
use crate::tables::schema::{Kind, WhenBlank};
use crate::tables::table::{Row, Table};
use crate::text;

/// How the shares of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// From 0 to 1.
    Unit,
    /// From 0 to 100, with or without a percent sign.
    Percent,
    /// Some one way, some the other; reported once.
    Mixed,
}

/// Looks at a whole column. Zeros fit either way; so does 1 beside numbers above 1.
pub(crate) fn scale(table: &Table, column: &str, findings: &mut Findings) -> Scale {
    let mut fraction = None;
    let mut percent = None;
    for row in table.rows() {
        let Some((value, has_sign)) = row.cell(column).and_then(|cell| percentage(&cell.text)) else {
            continue;
        };
        if has_sign || value > 1.0 {
            percent.get_or_insert(row);
        } else if 0.0 < value && value < 1.0 {
            fraction.get_or_insert(row);
        }
    }
    match (fraction, percent) {
        (Some(fraction), Some(percent)) => {
            report_mixed(column, fraction, percent, findings);
            Scale::Mixed
        }
        (_, None) => Scale::Unit,
        (None, Some(_)) => Scale::Percent,
    }
}

fn report_mixed(column: &str, fraction: Row<'_>, percent: Row<'_>, findings: &mut Findings) {
    let typed = |row: Row<'_>| quoted(row.cell(column).map_or("", |cell| cell.text.as_str()));
    let (first, other) = (typed(fraction), typed(percent));
    let row = percent.at().row.unwrap_or_default();
    let at = fraction.at_column(column);
    let found = crate::diagnostics::Text {
        fr: format!("{}, et {} à la ligne {row}", first.fr, other.fr),
        en: format!("{}, and {} at row {row}", first.en, other.en),
    };
    findings.error(
        codes::MIXED_SHARES,
        at,
        text!(
            "toute la colonne de 0 à 1, ou toute en pour cent",
            "the whole column from 0 to 1, or the whole in per cent"
        ),
        found,
        text!("écrivez toutes les parts de la même façon", "write all shares the same way"),
    );
}

/// The number before a percent sign, and whether there is one.
fn percentage(typed: &str) -> Option<(f64, bool)> {
    let bare = typed.trim_end_matches('%');
    let parsed = number(bare.trim(), LoneComma::Decimal, &["pour cent", "pourcent", "percent"]).ok()?;
    Some((parsed.value, bare.len() < typed.len()))
}

/// A share from 0 to 1, the default of the schema where blank.
pub(crate) fn share(
    row: Row<'_>,
    column: &str,
    scale: Scale,
    findings: &mut Findings,
) -> Result<f64, Reported> {
    if let Some(share) = share_if_given(row, column, scale, findings)? {
        return Ok(share);
    }
    let WhenBlank::Value(default) = row.table().column(column).blank else {
        unreachable!("`{column}` has a default")
    };
    Ok(default.parse().expect("the default share is a number (tested)"))
}

/// As [`share_if_given`]; where the value is said not to be known, nothing.
pub(crate) fn share_if_known(row: Row<'_>, column: &str, scale: Scale, findings: &mut Findings) -> Read<f64> {
    match row.cell(column) {
        Some(cell) if is_unknown(&cell.text) => {
            findings.repair(row.at_column(column), &cell.text, "", text!("valeur inconnue", "unknown value"));
            Ok(None)
        }
        _ => share_if_given(row, column, scale, findings),
    }
}

/// A share from 0 to 1; nothing where the cell is blank.
pub(crate) fn share_if_given(row: Row<'_>, column: &str, scale: Scale, findings: &mut Findings) -> Read<f64> {
    let Some(cell) = row.cell(column) else { return Ok(None) };
    if scale == Scale::Mixed {
        return Err(Reported);
    }
    let Some((value, has_sign)) = percentage(&cell.text) else {
        let help = text!("écrivez 0,35 ou 35 %", "write 0.35 or 35 %");
        return Err(findings.error(
            codes::NOT_NUMBER,
            row.at_column(column),
            expected(&Kind::Share),
            quoted(&cell.text),
            help,
        ));
    };
    let share = if scale == Scale::Percent { value / 100.0 } else { value };
    if !(0.0..=1.0).contains(&share) {
        let help = text!("une part ne dépasse pas 1, ou 100 %", "a share is at most 1, or 100 %");
        return Err(findings.error(
            codes::OUT_OF_RANGE,
            row.at_column(column),
            expected(&Kind::Share),
            quoted(&cell.text),
            help,
        ));
    }
    let plain = if scale == Scale::Percent || has_sign {
        ((share * 1e9).round() / 1e9).to_string()
    } else {
        cell.text.replace(',', ".")
    };
    if plain != cell.text {
        findings.repair(
            row.at_column(column),
            &cell.text,
            &plain,
            text!("part de 0 à 1", "share from 0 to 1"),
        );
    }
    Ok(Some(share))
}
