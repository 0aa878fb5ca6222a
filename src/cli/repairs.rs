//! The list of repairs in a summary: a line for each kind of repair in a table, or for each cell.

use std::fmt::Write as _;

use tournee::diagnostics::{Lang, Location, Repair, Text, quoted};
use tournee::text;

use super::report;

/// Values shown of a group.
const EXAMPLES: usize = 2;

/// All repairs as lines. Those of one kind in one table share a line that names their columns and rows, unless `each` is
/// asked for.
pub fn lines(repairs: &[Repair], lang: Lang, each: bool) -> String {
    if repairs.is_empty() {
        return String::new();
    }
    let count = repairs.len();
    let head = text!("{count} valeur(s) corrigée(s) à la lecture :", "{count} value(s) repaired on reading:");
    let mut words = format!("{}\n", head.get(lang));
    let groups = if each { repairs.iter().map(|repair| vec![repair]).collect() } else { groups(repairs) };
    for group in &groups {
        let _ = writeln!(words, "  {}", line(group).get(lang));
    }
    if groups.len() < count {
        let more = text!("  --verbose les montre une à une", "  --verbose lists them one by one");
        let _ = writeln!(words, "{}", more.get(lang));
    }
    words
}

/// The same for programs.
pub fn json(repairs: &[Repair], lang: Lang) -> Vec<serde_json::Value> {
    repairs.iter().map(|repair| report::repair_json(repair, lang)).collect()
}

/// Repairs of one file, sheet and reason, in the order in which the first of each came.
fn groups(repairs: &[Repair]) -> Vec<Vec<&Repair>> {
    let is_alike =
        |a: &Repair, b: &Repair| (&a.at.file, &a.at.sheet, &a.reason) == (&b.at.file, &b.at.sheet, &b.reason);
    let mut groups: Vec<Vec<&Repair>> = Vec::new();
    for repair in repairs {
        match groups.iter_mut().find(|group| is_alike(group[0], repair)) {
            Some(group) => group.push(repair),
            None => groups.push(vec![repair]),
        }
    }
    groups
}

/// ``stops.csv, columns `lon`, `lat`, rows 2–44: `3,157` read as `3.157`, … (decimal comma)``
fn line(group: &[&Repair]) -> Text {
    let in_words = |lang| {
        let first = group[0];
        let place = if group.len() == 1 {
            first.at.display(lang)
        } else {
            let table = Location { row: None, column: None, ..first.at.clone() }.display(lang);
            format!("{table}{}{}", columns(group).get(lang), rows(group).get(lang))
        };
        let colon = if lang == Lang::Fr { " :" } else { ":" };
        let shown = group.iter().take(EXAMPLES).map(|repair| change(repair).get(lang).to_owned());
        let more = (group.len() > EXAMPLES).then(|| "…".to_owned());
        let shown = shown.chain(more).collect::<Vec<_>>().join(", ");
        format!("{place}{colon} {shown} ({})", first.reason.get(lang))
    };
    Text { fr: in_words(Lang::Fr), en: in_words(Lang::En) }
}

fn change(repair: &Repair) -> Text {
    let (old, new) = (quoted(&repair.old), quoted(&repair.new));
    Text { fr: format!("{} lu {}", old.fr, new.fr), en: format!("{} read as {}", old.en, new.en) }
}

/// ``, columns `lon`, `lat` ``.
fn columns(group: &[&Repair]) -> Text {
    let mut names: Vec<Text> = Vec::new();
    for column in group.iter().filter_map(|repair| repair.at.column.as_deref()) {
        let name = quoted(column);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let listed = |name: fn(&Text) -> &str| names.iter().map(name).collect::<Vec<_>>().join(", ");
    let (fr, en) = (listed(|name| &name.fr), listed(|name| &name.en));
    match names.len() {
        0 => Text::default(),
        1 => Text { fr: format!(", colonne {fr}"), en: format!(", column {en}") },
        _ => Text { fr: format!(", colonnes {fr}"), en: format!(", columns {en}") },
    }
}

/// `, rows 2–44, 51`: each run of rows that follow each other once.
fn rows(group: &[&Repair]) -> Text {
    let mut rows: Vec<u32> = group.iter().filter_map(|repair| repair.at.row).collect();
    rows.sort_unstable();
    rows.dedup();
    if rows.is_empty() {
        return Text::default();
    }
    let runs = rows.chunk_by(|a, b| *b == a + 1).map(|run| match run {
        [row] => row.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    let runs = runs.collect::<Vec<_>>().join(", ");
    match rows.len() {
        1 => text!(", ligne {runs}", ", row {runs}"),
        _ => text!(", lignes {runs}", ", rows {runs}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comma(row: u32, column: &str, old: &str) -> Repair {
        Repair {
            at: Location { row: Some(row), ..Location::file("stops.csv") }.at_column(column),
            old: old.to_owned(),
            new: old.replace(',', "."),
            reason: text!("virgule décimale", "decimal comma"),
        }
    }

    #[test]
    fn one_line_tells_all_repairs_of_a_kind_with_their_rows() {
        let repairs =
            [comma(2, "lon", "3,1"), comma(2, "lat", "47,1"), comma(3, "lon", "3,2"), comma(7, "lon", "3,3")];
        assert_eq!(
            lines(&repairs, Lang::En, false),
            "4 value(s) repaired on reading:\n  \
             stops.csv, columns `lon`, `lat`, rows 2–3, 7: `3,1` read as `3.1`, `47,1` read as `47.1`, … (decimal comma)\n  \
             --verbose lists them one by one\n"
        );
    }

    #[test]
    fn each_repair_has_its_line_when_asked_for() {
        let words = lines(&[comma(2, "lon", "3,1"), comma(3, "lon", "3,2")], Lang::Fr, true);
        assert_eq!(
            words,
            "2 valeur(s) corrigée(s) à la lecture :\n  \
             stops.csv, ligne 2, colonne « lon » : « 3,1 » lu « 3.1 » (virgule décimale)\n  \
             stops.csv, ligne 3, colonne « lon » : « 3,2 » lu « 3.2 » (virgule décimale)\n"
        );
    }
}
