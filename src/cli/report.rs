//! Findings, repairs and failures to text on standard error.

use std::io::Write as _;

use tournee::diagnostics::{Diagnostic, Lang, Repair, Severity, Text, render};
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
            let label = text!("erreur", "error");
            format!("{} : {}\n", label.get(lang), what.get(lang))
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
    let repairs: Vec<_> = mended.iter().map(|repair| repair_json(repair, lang)).collect();
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

/// A heading of a list, coloured where colours are wanted; words never depend on it.
pub fn heading(words: &Text, lang: Lang) -> String {
    let style = anstyle::Style::new().bold();
    format!("{style}{}{style:#}\n", words.get(lang))
}

/// The note that every output carries, for programs; null where there is none.
pub fn note(settings: &Settings) -> Option<&str> {
    (!settings.note.is_empty()).then_some(settings.note.as_str())
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
