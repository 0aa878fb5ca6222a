//! `docs/tables.md`, written from the schema.

use std::fmt::Write as _;

use super::{Column, Kind, SECTIONS, Section, TABLES, TableSchema, WhenBlank};
use crate::diagnostics::{Lang, Text};
use crate::tables::expected::expected;

const HEAD: &str = include_str!("page_head.md");
const TAIL: &str = include_str!("page_tail.md");

/// The whole page: French first, then English, then what both share.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for table in TABLES {
        table_section(&mut page, table);
    }
    page.push_str("\n## scenario.toml\n\n");
    page.push_str("Les clés sont en anglais. · Keys are in English.\n");
    for section in SECTIONS {
        settings_section(&mut page, section);
    }
    page.push_str(TAIL);
    page
}

fn table_section(page: &mut String, table: &TableSchema) {
    let names = table.aliases.iter().map(|alias| format!("`{alias}`")).collect::<Vec<_>>().join(", ");
    let need = if table.is_required { "obligatoire · required" } else { "facultative · optional" };
    let limit = table.row_limit;
    let _ = write!(
        page,
        "\n## {}\n\n{}. · {}.\n\nAutres noms · other names: {names}. Table {need}, {limit} lignes au plus · at most {limit} rows.\n\n",
        table.name, table.doc.fr, table.doc.en
    );
    page.push_str("| colonne · column | autres noms · other names | contenu · content | vide · blank | exemple · example |\n");
    page.push_str("|---|---|---|---|---|\n");
    for column in table.columns {
        page.push_str(&row(column, Some(aliases(column))));
    }
}

fn settings_section(page: &mut String, section: &Section) {
    let title =
        if section.name.is_empty() { "(tête · head)".to_owned() } else { format!("[{}]", section.name) };
    let _ = write!(page, "\n### {title}\n\n{}. · {}.\n\n", section.doc.fr, section.doc.en);
    page.push_str(
        "| clé · key | contenu · content | absente · absent | exemple · example |\n|---|---|---|---|\n",
    );
    for key in section.keys {
        page.push_str(&row(key, None));
    }
}

fn aliases(column: &Column) -> String {
    column.aliases.iter().map(|alias| format!("`{alias}`")).collect::<Vec<_>>().join(", ")
}

fn row(column: &Column, aliases: Option<String>) -> String {
    let name = match column.blank {
        WhenBlank::Required => format!("**{}**", column.name),
        _ => column.name.to_owned(),
    };
    let aliases = aliases.map_or_else(String::new, |aliases| format!(" {aliases} |"));
    let content = both(column);
    format!("| {name} |{aliases} {content} | {} | `{}` |\n", blank(column.blank), column.example)
}

/// What it means and what it holds, in both languages.
fn both(column: &Column) -> String {
    let kind = expected(&column.kind);
    let say = |lang: Lang, doc: &str| match column.kind {
        // The meaning of a plain text or id says it all.
        Kind::Text(_) | Kind::Id => doc.to_owned(),
        _ => format!("{doc} ({})", pick(&kind, lang)),
    };
    format!("{} · {}", say(Lang::Fr, column.doc.fr), say(Lang::En, column.doc.en))
}

fn pick(text: &Text, lang: Lang) -> String {
    text.get(lang).to_owned()
}

fn blank(blank: WhenBlank) -> String {
    match blank {
        WhenBlank::Required => "erreur · error".to_owned(),
        WhenBlank::Value(default) => format!("`{default}`"),
        WhenBlank::Stated(words) => format!("{} · {}", words.fr, words.en),
    }
}
