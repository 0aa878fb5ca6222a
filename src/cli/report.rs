//! Findings, repairs and failures to text on standard error.

use std::io::Write as _;

use tournee::diagnostics::{Diagnostic, Lang, Repair, Severity, Text, render};
use tournee::outputs::words::number;
use tournee::tables::Settings;
use tournee::text;

use super::args::Format;
use super::context::Context;
use super::failure::{self, Failure};
use super::repairs;

/// Says why a command did not run to its end.
pub fn failure(failure: &Failure, context: &Context) {
    let lang = context.lang();
    let words = match failure {
        Failure::Input { findings: found, repairs: mended } => {
            if context.format == Format::Json {
                // A program that asked for JSON gets its errors as JSON too; it has an exit code for the rest.
                let _ = context.print(&input_json(found, mended, lang));
            }
            let count = found.iter().filter(|finding| finding.severity == Severity::Error).count();
            let nothing = text!(
                "{count} erreur(s) dans les données : rien n’a été écrit",
                "{count} error(s) in the data: nothing was written"
            );
            format!(
                "{}{}{}\n",
                findings(found, lang),
                repairs::lines(mended, lang, context.verbose),
                nothing.get(lang)
            )
        }
        Failure::Usage(what) | Failure::Machine(what) => {
            let style = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
            let label = text!("erreur :", "error:");
            format!("{style}{}{style:#} {}\n", label.get(lang), what.get(lang))
        }
        Failure::Bug(what) => format!("{}\n", failure::bug(what.get(lang)).get(lang)),
    };
    // Nobody is left to tell when standard error is closed.
    let _ = anstream::stderr().write_all(words.as_bytes());
}

/// Findings as lines, errors as they come.
pub fn findings(found: &[Diagnostic], lang: Lang) -> String {
    found.iter().fold(String::new(), |mut words, finding| {
        words.push_str(&render(finding, lang));
        words.push('\n');
        words
    })
}

/// Findings and repairs for programs.
fn input_json(found: &[Diagnostic], mended: &[Repair], lang: Lang) -> String {
    let findings: Vec<_> = found.iter().map(|finding| finding_json(finding, lang)).collect();
    let repairs = repairs::json(mended, lang);
    format!("{:#}\n", serde_json::json!({ "findings": findings, "repairs": repairs }))
}

/// One finding for programs.
pub fn finding_json(finding: &Diagnostic, lang: Lang) -> serde_json::Value {
    serde_json::json!({
        "severity": match finding.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "code": finding.code.0,
        "file": &*finding.at.file,
        "sheet": finding.at.sheet.as_deref(),
        "row": finding.at.row,
        "column": finding.at.column.as_deref(),
        "expected": finding.expected.get(lang),
        "found": finding.found.get(lang),
        "help": finding.help.get(lang),
    })
}

/// What was repaired, for programs.
pub fn repair_json(repair: &Repair, lang: Lang) -> serde_json::Value {
    serde_json::json!({
        "file": &*repair.at.file,
        "sheet": repair.at.sheet.as_deref(),
        "row": repair.at.row,
        "column": repair.at.column.as_deref(),
        "old": repair.old,
        "new": repair.new,
        "reason": repair.reason.get(lang),
    })
}

/// A word of a command as it has to be typed.
pub fn typed(word: &str) -> String {
    if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() }
}

/// A heading of a list, coloured where colours are wanted; words never depend on it.
pub fn heading(words: &Text, lang: Lang) -> String {
    let style = anstyle::Style::new().bold();
    format!("{style}{}{style:#}\n", words.get(lang))
}

/// The note that every output carries, for programs; null where there is none.
pub fn note(settings: &Settings) -> Option<&str> {
    (!settings.note.is_empty()).then_some(settings.note.as_str())
}

/// A verdict, green or red where colours are wanted; words never depend on it.
pub fn verdict(words: &str, is_good: bool) -> String {
    let colour = if is_good { anstyle::AnsiColor::Green } else { anstyle::AnsiColor::Red };
    let style = anstyle::Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{words}{style:#}\n")
}

/// A table without borders, no wider than the terminal; its first column to the left, the others to the right where they
/// hold numbers.
pub fn table(
    header: &[Text],
    rows: Vec<Vec<String>>,
    numbers: std::ops::Range<usize>,
    context: &Context,
) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::TableStyle::new());
    if let Some(columns) = context.columns().and_then(|columns| u16::try_from(columns).ok()) {
        table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic).set_width(columns);
    }
    table.set_header(header.iter().map(|cell| cell.get(context.lang())));
    for column in table.column_iter_mut().take(numbers.end).skip(numbers.start) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
    table.add_rows(rows);
    let lines: Vec<String> = table.lines().collect();
    // The style pads cells on both sides; the page begins at the first column.
    let strip = |line: &String| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned() + "\n";
    lines.iter().map(strip).collect()
}

/// The title of a scenario, and the note that every output carries.
pub fn title(settings: &Settings, lang: Lang) -> String {
    let mut page = heading(&Text::same(settings.title.clone()), lang);
    if !settings.note.is_empty() {
        page.push_str(&settings.note);
        page.push('\n');
    }
    page
}

/// A number with its noun, singular or plural: French counts 0 and 1 as one.
pub fn counted(count: usize, fr: (&str, &str), en: (&str, &str)) -> Text {
    let digits = |lang| number(count as f64, 0, lang);
    Text {
        fr: format!("{} {}", digits(Lang::Fr), if count < 2 { fr.0 } else { fr.1 }),
        en: format!("{} {}", digits(Lang::En), if count == 1 { en.0 } else { en.1 }),
    }
}
