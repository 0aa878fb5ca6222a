//! `tournee man`: a page on standard output, or all pages as `man` looks for them.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use fs_err as fs;
use serde_json::json;
use tournee::diagnostics::Lang;
use tournee::text;
use tournee::whole_file::WholeFile;

use super::Outcome;
use super::args::Cli;
use super::context::Context;
use super::failure::Failure;
use super::help::{examples, examples_heading, in_words};
use super::say::{say, speak};

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Lire la page principale", "Read the main page", "tournee man | man -l -"],
    ["Lire celle d’une commande", "Read that of a command", "tournee man plan | man -l -"],
    ["Installer toutes les pages, en français et en anglais", "Install all pages, in French and English",
     "tournee man --out ~/.local/share/man"],
], ""))]
pub struct ManArgs {
    #[arg(value_name = say("COMMANDE", "COMMAND"), help = say(
        "La page de cette commande, comme « plan » ou « roads build » [par défaut : la principale]",
        "The page of this command, such as `plan` or `roads build` [default: the main one]",
    ))]
    pub command: Vec<String>,
    #[arg(long, short, value_name = say("DOSSIER", "DIR"), conflicts_with = "command", help = say(
        "Écrire toutes les pages dans les deux langues, dans man1 et fr/man1 de ce dossier",
        "Write all pages in both languages, into man1 and fr/man1 of this folder",
    ))]
    pub out: Option<PathBuf>,
}

/// Prints a page, or writes them all.
pub fn run(args: &ManArgs, context: &Context) -> Result<Outcome, Failure> {
    let Some(out) = &args.out else {
        let commands = commands(context.lang());
        let name = [&["tournee".to_owned()], args.command.as_slice()].concat().join("-");
        let Some((_, page)) = pages(&commands)?.into_iter().find(|(page, _)| *page == name) else {
            let typed = args.command.join(" ");
            return Err(Failure::Usage(text!(
                "la commande « {typed} » n’existe pas : tournee --help les montre toutes",
                "there is no command `{typed}`: tournee --help lists them"
            )));
        };
        context.print(&page)?;
        return Ok(Outcome::Done);
    };
    let mut files = Vec::new();
    for (lang, folder) in [(Lang::En, out.join("man1")), (Lang::Fr, out.join("fr/man1"))] {
        files.extend(write(&folder, &pages(&commands(lang))?)?);
    }
    let (count, place) = (files.len(), out.display());
    let told = text!("{count} pages écrites dans {place}\n", "{count} pages written to {place}\n");
    let data = json!({ "command": "man", "folder": out, "files": files });
    context.summary(told.get(context.lang()), &data)?;
    Ok(Outcome::Done)
}

fn commands(lang: Lang) -> Command {
    speak(lang);
    let mut command = in_words(Cli::command());
    command.build();
    command
}

fn write(folder: &Path, pages: &[(String, String)]) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let one = |(name, page): &(String, String)| {
        let file = folder.join(format!("{name}.1"));
        WholeFile::write(&file, page.as_bytes())?;
        Ok(file)
    };
    pages.iter().map(one).collect()
}

/// Name and text of the page of a command and of each below it, but for `help`.
fn pages(command: &Command) -> io::Result<Vec<(String, String)>> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let mut all = vec![(name, page(command)?)];
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        all.extend(pages(below)?);
    }
    Ok(all)
}

/// The sections as `man` has them, under headings in the language spoken.
fn page(command: &Command) -> io::Result<String> {
    let source = concat!("tournee ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).source(source).manual("tournee").date("");
    let mut roff = Vec::new();
    man.render_title(&mut roff)?;
    man.render_name_section(&mut roff)?;
    man.render_synopsis_section(&mut roff)?;
    man.render_description_section(&mut roff)?;
    man.render_options_section(&mut roff)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut roff)?;
    }
    let words = String::from_utf8_lossy(&roff);
    let lines = words.lines().map(|line| match line.strip_prefix(".SH ") {
        Some("NAME") => format!(".SH {}\n", say("NOM", "NAME")),
        // French headings end with a space for the colon of a terminal's help.
        Some(heading) => format!(".SH \"{}\"\n", heading.trim_matches('"').trim().to_uppercase()),
        // The list of what a value may be.
        None if line.starts_with("\\- ") => format!(".br\n{line}\n"),
        None => format!("{line}\n"),
    });
    let mut page: String = lines.collect();
    if let Some(end) = command.get_after_long_help().or(command.get_after_help()) {
        page += &last_section(&end.to_string());
    }
    Ok(page)
}

/// Examples line by line as they are typed, then running text.
fn last_section(words: &str) -> String {
    let mut roff = Roff::new();
    let running = match words.strip_prefix(examples_heading()) {
        None => {
            roff.control("SH", ["NOTES"]);
            words
        }
        Some(rest) => {
            let (list, note) = rest.split_once("\n\n").unwrap_or((rest, ""));
            roff.control("SH", [say("EXEMPLES", "EXAMPLES")]);
            roff.control("nf", []);
            for line in list.trim_start_matches('\n').lines() {
                roff.text([roman(line)]);
            }
            roff.control("fi", []);
            note
        }
    };
    for paragraph in running.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        roff.control("PP", []);
        roff.text([roman(paragraph)]);
    }
    roff.render()
}
