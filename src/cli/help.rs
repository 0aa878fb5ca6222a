//! What clap says of the commands, in the language spoken: its own words, and examples.

use clap::builder::Styles;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::say::{bound, say};

/// A group of arguments in a help page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// By position.
    Arguments,
    /// By name.
    Options,
    /// Options that every command has.
    Common,
    /// Commands.
    Commands,
}

/// Its words. clap writes a colon behind, before which French has a space.
pub fn heading(of: Heading) -> &'static str {
    match of {
        Heading::Arguments => say("Arguments ", "Arguments"),
        Heading::Options => say("Options ", "Options"),
        Heading::Common => say("Pour toutes les commandes ", "For every command"),
        Heading::Commands => say("Commandes ", "Commands"),
    }
}

/// The first line of [`examples`].
pub fn examples_heading() -> &'static str {
    say("Exemples :", "Examples:")
}

/// The end of a long help page: each example with what it does in French and English, then a note where there is one.
pub fn examples(list: &[[&'static str; 3]], note: &str) -> String {
    let one = |[fr, en, line]: &[&'static str; 3]| format!("\n  # {}\n  {}", say(fr, en), over_lines(line));
    let list: String = list.iter().map(one).collect();
    let gap = if note.is_empty() { "" } else { "\n\n" };
    format!("{}{list}{gap}{}", examples_heading(), bound(note))
}

/// A command over as many lines as it takes on 80 columns, as a shell reads them.
fn over_lines(command: &str) -> String {
    const WIDTH: usize = 74;
    let mut lines: Vec<String> = Vec::new();
    // A value stays beside its option.
    for (place, part) in command.split(" -").enumerate() {
        let part = format!("{}{part}", if place == 0 { "" } else { "-" });
        match lines.last_mut() {
            Some(line) if line.chars().count() + part.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines.join(" \\\n    ")
}

/// The commands as derived, with all that clap would say in English said in the language spoken.
pub fn in_words(command: Command) -> Command {
    let style = *Styles::styled().get_usage();
    let usage = say("Usage :", "Usage:");
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{style}{usage}{style:#} {{usage}}\n\n{{all-args}}{{after-help}}"
    );
    let command = command
        .help_template(template)
        .subcommand_help_heading(heading(Heading::Commands))
        .subcommand_value_name(say("COMMANDE", "COMMAND"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .mut_args(argument);
    let about = command.get_about().map(|about| bound(&about.to_string()));
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    let command = if command.has_subcommands() { command.subcommand(help_command()) } else { command };
    command.mut_subcommands(in_words).args([help_flag(), version_flag()])
}

/// `tournee help`: clap's own has English words; [`asked_help`] does what it does.
fn help_command() -> Command {
    let about = say(
        "Montrer cette aide, ou celle d’une commande avec des exemples",
        "Show this help, or that of a command with examples",
    );
    let name = say("COMMANDE", "COMMAND");
    let which = Arg::new("which").value_name(name).action(ArgAction::Append).num_args(0..);
    Command::new("help").about(about).arg(which.help(say("De quelle commande", "Of which command")))
}

fn help_flag() -> Arg {
    let words = say(
        "Montrer l’aide : -h en bref, --help avec des exemples",
        "Show help: -h in short, --help with examples",
    );
    let flag = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(words);
    flag.help_heading(heading(Heading::Common))
}

fn version_flag() -> Arg {
    let flag = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    flag.help(say("Montrer la version", "Show the version")).help_heading(heading(Heading::Common))
}

/// Under a heading in words, with its default and possible values told.
fn argument(argument: Arg) -> Arg {
    let usual = if argument.is_positional() { Heading::Arguments } else { Heading::Options };
    let usual = argument.get_help_heading().is_none().then_some(heading(usual));
    let argument = match usual {
        Some(words) => argument.help_heading(words),
        None => argument,
    };
    let mut words = argument.get_help().map(|help| bound(&help.to_string())).unwrap_or_default();
    if !argument.get_action().takes_values() {
        return argument.help(words);
    }
    let default: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() {
        words = format!("{words} [{} {}]", say("par défaut\u{a0}:", "default:"), default.join(","));
    }
    let values = argument.get_possible_values();
    let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
    let label = say("valeurs\u{a0}:", "values:");
    let argument = argument.hide_default_value(true).hide_possible_values(true);
    if names.is_empty() {
        return argument.help(words);
    }
    let short = format!("{words} [{label} {}]", names.join(", "));
    let colon = say(" :", ":");
    let listed = values
        .iter()
        .filter_map(|value| Some(format!("\n- {}{colon} {}", value.get_name(), value.get_help()?)));
    let list: String = listed.collect();
    let long = if list.is_empty() { short.clone() } else { format!("{words}\n{list}") };
    argument.help(short).long_help(long)
}

/// The command line that shows what `tournee help ...` asks for; none where it was not asked.
pub fn asked_help(matches: &ArgMatches) -> Option<Vec<String>> {
    let mut line = vec!["tournee".to_owned()];
    let mut level = matches;
    while let Some((name, below)) = level.subcommand() {
        if name == "help" {
            line.extend(below.get_many::<String>("which").into_iter().flatten().cloned());
            line.push("--help".to_owned());
            return Some(line);
        }
        line.push(name.to_owned());
        level = below;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use clap::CommandFactory;
    use tournee::diagnostics::Lang;

    use super::*;
    use crate::cli::args::Cli;
    use crate::cli::say::speak;

    fn spoken_in(lang: Lang) -> Command {
        speak(lang);
        let mut command = in_words(Cli::command());
        command.build();
        command
    }

    /// The words of every command and argument, by their path.
    fn words(command: &Command, path: &str, all: &mut BTreeMap<String, String>) {
        all.insert(path.to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default());
        if let Some(more) = command.get_after_long_help().or(command.get_after_help()) {
            all.insert(format!("{path} after"), more.to_string());
        }
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            all.insert(format!("{path} {}", argument.get_id()), help);
            for value in argument.get_possible_values() {
                if let Some(help) = value.get_help() {
                    all.insert(
                        format!("{path} {}={}", argument.get_id(), value.get_name()),
                        help.to_string(),
                    );
                }
            }
        }
        for below in command.get_subcommands() {
            words(below, &format!("{path} {}", below.get_name()), all);
        }
    }

    #[test]
    fn the_arguments_are_consistent_in_both_languages() {
        for lang in [Lang::Fr, Lang::En] {
            speak(lang);
            in_words(Cli::command()).debug_assert();
        }
    }

    #[test]
    fn every_command_and_option_has_words_in_both_languages() {
        let [mut french, mut english] = [BTreeMap::new(), BTreeMap::new()];
        words(&spoken_in(Lang::Fr), "tournee", &mut french);
        words(&spoken_in(Lang::En), "tournee", &mut english);
        assert!(french.len() > 150, "{}", french.len());
        assert!(french.keys().eq(english.keys()), "the same commands in both");
        for (path, fr) in &french {
            assert!(!fr.is_empty(), "{path} has no words");
            // Names of files are the same in both.
            assert!(fr != &english[path] || path.contains(" formats="), "{path}");
            let english = [" the ", " of ", "Print ", "default:", "values:"];
            assert!(!english.iter().any(|word| fr.contains(word)), "{path}: {fr}");
        }
    }

    #[test]
    fn an_example_fits_on_80_columns_and_breaks_before_an_option() {
        assert_eq!(over_lines("tournee plan data/nievre"), "tournee plan data/nievre");
        let long = "tournee matrix --roads bourgogne.roads --points villages.csv --to halls.csv -o walks.csv";
        assert_eq!(
            over_lines(long),
            "tournee matrix --roads bourgogne.roads --points villages.csv \\\n    --to halls.csv -o walks.csv"
        );
        for command in spoken_in(Lang::Fr).get_subcommands() {
            let after = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let typed = after.lines().filter(|line| line.starts_with("  tournee"));
            assert!(typed.clone().all(|line| line.chars().count() < 80), "{after}");
        }
    }

    #[test]
    fn a_page_of_help_is_in_one_language() {
        let page = |lang, name: &str| {
            let mut command = spoken_in(lang);
            command.find_subcommand_mut(name).expect("a command").render_long_help().to_string()
        };
        let french = page(Lang::Fr, "plan");
        for words in [
            "Usage :",
            "Arguments :",
            "Options :",
            "Pour toutes les commandes :",
            "[par défaut\u{a0}: ",
            "«\u{a0}plan\u{a0}»",
            "Exemples :",
        ] {
            assert!(french.contains(words), "{words} in {french}");
        }
        for words in ["Usage:", "Options:", "default:", "Print", "possible values"] {
            assert!(!french.contains(words), "{words} in {french}");
        }
        let english = page(Lang::En, "candidates");
        assert!(
            english.contains("Options:\n") && english.contains("- junctions: at the road junction"),
            "{english}"
        );
    }
}
