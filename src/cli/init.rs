//! `tournee init DIR`: a commented scenario to fill in, which runs as it is.

use std::path::Path;

use fs_err as fs;
use serde_json::json;
use tournee::diagnostics::Lang;
use tournee::text;

use super::Outcome;
use super::args::InitArgs;
use super::context::Context;
use super::failure::Failure;

macro_rules! template {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("init/", $folder, "/", $name)))),*]
    };
}

/// File names and contents. French spreadsheets want semicolons and decimal commas.
const FRENCH: &[(&str, &str)] = template!(
    "fr": "LISEZMOI.md", "scenario.toml", "depots.csv", "antennes.csv", "arrets.csv", "lieux.csv", "points_aide.csv",
    "fermetures.csv", "verrous.csv"
);
const ENGLISH: &[(&str, &str)] = template!(
    "en": "README.md", "scenario.toml", "depots.csv", "antennas.csv", "stops.csv", "places.csv", "aid_sites.csv",
    "closures.csv", "locks.csv"
);

/// Writes the scenario and says what to do next.
pub fn run(args: &InitArgs, context: &Context) -> Result<Outcome, Failure> {
    let files = init(&args.folder, context.lang())?;
    let folder = args.folder.display();
    let count = files.len();
    let words = text!(
        "{folder} : {count} fichiers écrits\nPour voir un premier plan : tournee plan {folder}\n",
        "{folder}: {count} files written\nTo see a first plan: tournee plan {folder}\n"
    );
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let summary = json!({ "command": "init", "folder": folder.to_string(), "files": names });
    context.summary(words.get(context.lang()), &summary)?;
    Ok(Outcome::Done)
}

/// Writes the template into a folder that is empty or not there yet, whole or not at all.
fn init(folder: &Path, lang: Lang) -> Result<&'static [(&'static str, &'static str)], Failure> {
    if folder.exists() {
        refuse_contents(folder)?;
    }
    let files = match lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
    };
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
    written?;
    Ok(files)
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

fn write(folder: &Path, files: &[(&str, &str)]) -> std::io::Result<()> {
    fs::create_dir(folder)?;
    files.iter().try_for_each(|(name, body)| fs::write(folder.join(name), body))
}

fn put(beside: &Path, folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(beside, folder)
}
