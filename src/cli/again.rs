//! `tournee report PLAN`.

use std::path::Path;

use serde_json::json;
use tournee::outputs::plan_json::read_whole;
use tournee::outputs::{Format, Options, write_again};
use tournee::text;

use super::Outcome;
use super::args::{FileFormat, ReportArgs};
use super::context::Context;
use super::failure::Failure;
use super::planned::plan_file;

/// Makes the files of a plan again, in any language, from `plan.json` alone.
pub fn run(args: &ReportArgs, context: &Context) -> Result<Outcome, Failure> {
    let formats = formats(&args.formats, args.public)?;
    let (name, bytes) = plan_file(&args.plan)?;
    let read = read_whole(&name, &bytes);
    let Some(plan) = read.value else { return Err(Failure::input(read.diagnostics)) };
    let beside = if args.plan.is_dir() { Some(args.plan.as_path()) } else { args.plan.parent() };
    let folder = args.out.as_deref().or(beside).unwrap_or(Path::new("."));
    context.adopt(plan.language);
    let lang = context.lang();
    let files = write_again(&plan, folder, &formats, Options { lang, public: args.public })?;

    let (count, place) = (files.len(), folder.display());
    let told = text!("{count} fichiers écrits dans {place}\n", "{count} files written to {place}\n");
    let data = json!({ "command": "report", "folder": folder, "files": files });
    context.summary(told.get(lang), &data)?;
    Ok(Outcome::Done)
}

/// The formats asked for; all where none was. Files for the team can't be asked for among those for everybody.
pub fn formats(asked: &[FileFormat], public: bool) -> Result<Vec<Format>, Failure> {
    if let Some(internal) = asked.iter().find(|format| public && format.0.is_internal()) {
        let (name, file) = (internal.0.name(), internal.0.files()[0]);
        return Err(Failure::Usage(text!(
            "--formats {name} ne va pas avec --public : {file} est pour l’équipe",
            "--formats {name} does not go with --public: {file} is for the team"
        )));
    }
    Ok(if asked.is_empty() { Format::ALL.to_vec() } else { asked.iter().map(|format| format.0).collect() })
}
