//! A command line that is wrong: what clap found, said in the language spoken.

use std::error::Error as _;
use std::fmt::Write as _;
use std::io::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use tournee::diagnostics::{Lang, Text, quoted};
use tournee::text;

use super::say::{say, spoken};

/// Prints help or the version on standard output, or what is wrong on standard error, and gives the exit code.
pub fn print(error: &clap::Error) -> u8 {
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    let is_page = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    // A closed pipe must not hide the exit code.
    if is_page {
        let _ = error.print();
    } else {
        let _ = anstream::stderr().write_all(page(error).as_bytes());
    }
    code
}

/// What is wrong, how the command goes, and where to read more.
fn page(error: &clap::Error) -> String {
    let lang = spoken();
    let style = *clap::builder::Styles::styled().get_error();
    let what = what(error);
    let mut page = format!("{style}{}{style:#} {}\n", say("erreur :", "error:"), what.get(lang));
    if let Some(meant) = meant(error) {
        let _ = writeln!(page, "  {}", meant.get(lang));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let lines = usage.trim().trim_start_matches("Usage:").trim_start();
        let _ = writeln!(page, "\n{} {lines}", say("Usage :", "Usage:"));
    }
    page + say("\nPour en savoir plus, ajoutez --help.\n", "\nFor more, add --help.\n")
}

/// One or several words that clap names, each quoted.
fn named(error: &clap::Error, kind: ContextKind) -> Option<Text> {
    let names: Vec<Text> = match error.get(kind)? {
        ContextValue::String(name) => vec![quoted(name)],
        ContextValue::Strings(names) => names.iter().map(|name| quoted(name)).collect(),
        _ => return None,
    };
    let joined = |of: fn(&Text) -> &str| names.iter().map(of).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| Text { fr: joined(|name| &name.fr), en: joined(|name| &name.en) })
}

fn what(error: &clap::Error) -> Text {
    let known = |kind| named(error, kind).unwrap_or_default();
    let argument = known(ContextKind::InvalidArg);
    let (fr, en) = (&argument.fr, &argument.en);
    let value = known(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            text!("{fr} n’est pas attendu ici", "{en} is not expected here")
        }
        ErrorKind::InvalidSubcommand => {
            let Text { fr, en } = known(ContextKind::InvalidSubcommand);
            text!("la commande {fr} n’existe pas", "there is no command {en}")
        }
        ErrorKind::MissingSubcommand => text!("il manque une commande", "a command is missing"),
        ErrorKind::MissingRequiredArgument => text!("il manque {fr}", "{en} is missing"),
        ErrorKind::InvalidValue if value == quoted("") => {
            text!("{fr} attend une valeur", "{en} needs a value")
        }
        ErrorKind::InvalidValue => {
            let (valid, Text { fr: found_fr, en: found_en }) = (known(ContextKind::ValidValue), value);
            let (valid_fr, valid_en) = (valid.fr, valid.en);
            text!(
                "{fr} : attendu l’un de {valid_fr}, trouvé {found_fr}",
                "{en}: expected one of {valid_en}, found {found_en}"
            )
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map_or_else(|| value.get(spoken()).to_owned(), ToString::to_string);
            text!("{fr} : {why}", "{en}: {why}")
        }
        ErrorKind::ArgumentConflict => match named(error, ContextKind::PriorArg) {
            Some(other) if other != argument => {
                let (other_fr, other_en) = (other.fr, other.en);
                text!("{fr} ne va pas avec {other_fr}", "{en} does not go with {other_en}")
            }
            _ => text!("{fr} est donné deux fois", "{en} is given twice"),
        },
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => {
            text!("{fr} n’a pas le bon nombre de valeurs", "{en} has the wrong number of values")
        }
        ErrorKind::InvalidUtf8 => {
            text!("un argument n’est pas du texte en UTF-8", "an argument is not text in UTF-8")
        }
        _ => text!("la commande est mal écrite", "the command is not well written"),
    }
}

/// What was probably meant.
fn meant(error: &clap::Error) -> Option<Text> {
    const SUGGESTED: [ContextKind; 3] =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let names = SUGGESTED.into_iter().find_map(|kind| named(error, kind));
    if let Some(Text { fr, en }) = names {
        return Some(text!("vouliez-vous dire {fr} ?", "did you mean {en}?"));
    }
    error.get(ContextKind::Suggested)?;
    let Text { fr, en } = named(error, ContextKind::InvalidArg)?;
    Some(text!(
        "pour donner {fr} comme une valeur, écrivez « -- » devant",
        "to give {en} as a value, write `--` before it"
    ))
}

/// The language that a command line asks for before it is read, or else the environment's.
pub fn language_asked(line: impl Iterator<Item = std::ffi::OsString>) -> Option<Lang> {
    let mut words = line.map(|word| word.to_string_lossy().into_owned()).take_while(|word| word != "--");
    while let Some(word) = words.next() {
        let value =
            if word == "--lang" { words.next() } else { word.strip_prefix("--lang=").map(str::to_owned) };
        match value.as_deref() {
            Some("fr") => return Some(Lang::Fr),
            Some("en") => return Some(Lang::En),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::say::speak;

    fn said(lang: Lang, line: &[&str]) -> String {
        speak(lang);
        let command = crate::cli::help::in_words(<crate::cli::args::Cli as clap::CommandFactory>::command());
        let error = command.try_get_matches_from(line).expect_err("a wrong command line");
        page(&error)
    }

    #[test]
    fn what_is_wrong_is_said_in_french_alone() {
        for (line, words) in [
            (&["tournee", "plan"][..], "il manque « <SCENARIO> »"),
            (&["tournee", "plna", "x"], "vouliez-vous dire « plan » ?"),
            (
                &["tournee", "plan", "x", "--tmie", "3"],
                "« --tmie » n’est pas attendu ici\n  vouliez-vous dire « --time » ?",
            ),
            (
                &["tournee", "plan", "x", "--lang", "de"],
                "« --lang <LANGUE> » : attendu l’un de « fr », « en », trouvé « de »",
            ),
            (&["tournee", "plan", "x", "--out"], "« --out <DOSSIER> » attend une valeur"),
            (&["tournee", "plan", "x", "--time", "soon"], "« --time <DURÉE> » : attendu une durée comme 60s"),
            (&["tournee", "plan", "x", "-q", "-v"], "ne va pas avec"),
            (&["tournee", "plan", "x", "--seed", "1", "--seed", "2"], "« --seed <N> » est donné deux fois"),
            (&["tournee", "plan", "x", "y"], "« y » n’est pas attendu ici"),
            (&["tournee", "plan", "x", "--public=oui"], "« --public » n’a pas le bon nombre de valeurs"),
            (&["tournee", "init", "x", "--lat", "3"], "il manque"),
        ] {
            let page = said(Lang::Fr, line);
            assert!(page.contains(words), "{words} in {page}");
            for english in ["error", "Usage:", "argument '", "invalid", "expected", "found", "For more"] {
                assert!(!page.contains(english), "{english} in {page}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_english_alone() {
        let page = said(Lang::En, &["tournee", "plan", "x", "--lang", "de"]);
        assert!(page.contains("error:"), "{page}");
        assert!(page.contains("`--lang <LANG>`: expected one of `fr`, `en`, found `de`"), "{page}");
        assert!(page.ends_with("\nFor more, add --help.\n"), "{page}");
        assert!(said(Lang::En, &["tournee", "plan"]).contains("Usage: tournee plan"), "the usage");
    }

    #[test]
    fn the_language_is_seen_before_the_rest_is_read() {
        let asked = |words: &[&str]| language_asked(words.iter().map(Into::into));
        assert_eq!(asked(&["tournee", "--lang", "en", "plna"]), Some(Lang::En));
        assert_eq!(asked(&["tournee", "plna", "--lang=fr"]), Some(Lang::Fr));
        assert_eq!(asked(&["tournee", "--lang", "de"]), None);
        assert_eq!(asked(&["tournee", "--", "--lang", "en"]), None);
        assert_eq!(asked(&["tournee", "--lang"]), None);
    }
}
