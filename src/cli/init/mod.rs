//! `tournee init DIR`: a commented scenario to fill in, after a few questions where a person is there to answer.

mod questions;
mod template;

use std::io::IsTerminal;
use std::path::Path;

use fs_err as fs;
use jiff::Zoned;
use jiff::civil::Date;
use serde_json::json;
use tournee::diagnostics::Lang;
use tournee::text;

use super::Outcome;
use super::args::{Format, InitArgs};
use super::context::Context;
use super::failure::Failure;
use super::report;
use template::{File, files};

/// What a new scenario is to hold.
#[derive(Clone, Debug, Default, PartialEq)]
struct Answers {
    /// Of the tables and of the plan.
    lang: Lang,
    /// None: as in the example.
    title: Option<String>,
    /// A Monday. None: as in the example.
    start: Option<Date>,
    /// None: as in the example.
    weeks: Option<u8>,
    /// None: the rows of the example.
    own: Option<Own>,
}

/// What tables without the example's rows begin with.
#[derive(Clone, Debug, Default, PartialEq)]
struct Own {
    antenna: Option<String>,
    depot: Option<String>,
    /// Longitude and latitude of the depot.
    at: Option<(f64, f64)>,
}

/// Asks where a person is there, writes the scenario and says what to do next.
pub fn run(args: &InitArgs, context: &Context) -> Result<Outcome, Failure> {
    if args.folder.exists() {
        refuse_contents(&args.folder)?;
    }
    let answers = if asks(args, context) { ask(context)? } else { given(args, context.lang()) };
    context.adopt(answers.lang);
    let files = files(&answers);
    create(&args.folder, &files)?;
    let names: Vec<&str> = files.iter().map(|file| file.name).collect();
    let summary = json!({ "command": "init", "folder": args.folder.display().to_string(), "files": names });
    context.summary(&next_steps(&args.folder, &answers, files.len(), context.lang()), &summary)?;
    Ok(Outcome::Done)
}

/// Whether to ask: a person sits at the terminal and has not said anything yet.
fn asks(args: &InitArgs, context: &Context) -> bool {
    let InitArgs { folder: _, example, empty, title, start, weeks, antenna, depot, lat, lon } = args;
    let is_told = *example
        || *empty
        || [title, antenna, depot].into_iter().any(Option::is_some)
        || start.is_some()
        || weeks.is_some()
        || lat.or(*lon).is_some();
    let is_person =
        std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
    is_person && !is_told && !context.quiet && context.format == Format::Text
}

fn ask(context: &Context) -> Result<Answers, Failure> {
    let asked = questions::interview(
        context.asked(),
        context.lang(),
        Zoned::now().date(),
        &mut questions::at_terminal,
    );
    asked.map_err(|error| {
        Failure::Machine(text!("question restée sans réponse : {error}", "a question got no answer: {error}"))
    })
}

/// As the options say.
fn given(args: &InitArgs, lang: Lang) -> Answers {
    let own = Own { antenna: args.antenna.clone(), depot: args.depot.clone(), at: args.lon.zip(args.lat) };
    Answers {
        lang,
        title: args.title.clone(),
        start: args.start,
        weeks: args.weeks,
        own: args.empty.then_some(own),
    }
}

fn next_steps(folder: &Path, answers: &Answers, count: usize, lang: Lang) -> String {
    let place = folder.display();
    let typed = report::typed(&place.to_string());
    let page = folder.join("plan").join("report.html");
    let page = page.display();
    let written = text!("{place} : {count} fichiers écrits\n", "{place}: {count} files written\n");
    let steps = if answers.own.is_some() {
        text!(
            "  1. remplissez arrets.csv et lieux.csv avec un tableur ; LISEZMOI.md dit ce que contient chaque table\n  \
             2. tournee plan {typed}\n  \
             3. ouvrez {page} d’un double clic\n",
            "  1. fill in stops.csv and places.csv with a spreadsheet; README.md says what each table holds\n  \
             2. tournee plan {typed}\n  \
             3. open {page} by a double click\n"
        )
    } else {
        text!(
            "  1. pour voir un premier plan : tournee plan {typed}\n  \
             2. ouvrez {page} d’un double clic\n  \
             3. remplacez les lignes des tables par les vôtres ; LISEZMOI.md dit ce que contient chacune\n",
            "  1. to see a first plan: tournee plan {typed}\n  \
             2. open {page} by a double click\n  \
             3. replace the rows of the tables by yours; README.md says what each table holds\n"
        )
    };
    let heading = report::heading(&text!("Et maintenant", "What next"), lang);
    format!("{}{heading}{}", written.get(lang), steps.get(lang))
}

/// Writes the files into a folder that is empty or not there yet, whole or not at all.
fn create(folder: &Path, files: &[File]) -> Result<(), Failure> {
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent)?;
    }
    // Beside the folder first, under its name last: an interrupted run leaves no half scenario.
    let mut beside = folder.to_owned();
    beside.as_mut_os_string().push(format!(".new-{}", std::process::id()));
    let written = write(&beside, files).and_then(|()| put(&beside, folder));
    if written.is_err() {
        // What went wrong matters more than what could not be tidied.
        let _ = fs::remove_dir_all(&beside);
    }
    Ok(written?)
}

/// Nothing of the user's is ever overwritten.
fn refuse_contents(folder: &Path) -> Result<(), Failure> {
    if !folder.is_dir() {
        let name = folder.display();
        return Err(Failure::Usage(text!(
            "{name} est un fichier, pas un dossier",
            "{name} is a file, not a folder"
        )));
    }
    if fs::read_dir(folder)?.next().is_none() {
        return Ok(());
    }
    let name = folder.display();
    Err(Failure::Usage(text!(
        "le dossier {name} n’est pas vide : donnez-en un autre, rien n’a été écrit",
        "folder {name} is not empty: name another one, nothing was written"
    )))
}

fn write(folder: &Path, files: &[File]) -> std::io::Result<()> {
    fs::create_dir(folder)?;
    files.iter().try_for_each(|file| fs::write(folder.join(file.name), &file.body))
}

fn put(beside: &Path, folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(beside, folder)
}
