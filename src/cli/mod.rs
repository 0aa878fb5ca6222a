//! The program: reads arguments, calls the library once, writes, prints a summary and sets the exit code.
//!
//! Data goes to standard output, everything else to standard error; this is the only place that prints.
//! One file a command, each with `run(&Args, &Context) -> Result<Outcome, Failure>`; adding one takes a variant of
//! [`args::Command`] and a line in [`dispatch`].

mod access;
mod again;
mod args;
mod attendance;
mod bound;
mod candidates;
mod check;
mod compare;
mod completions;
mod context;
mod coverage;
mod failure;
mod frontier;
mod help;
mod init;
mod interrupt;
mod isochrone;
mod man;
mod matrix;
mod plan;
mod planned;
mod points;
mod progress;
mod repairs;
mod report;
mod roads;
mod say;
mod scenario;
mod snapping;
mod solve;
mod summary;
mod typed;
mod usage;
mod wrap;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Cli, Command};
use context::Context;
use failure::Failure;

/// How a command that ran to its end came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// What was asked is done.
    Done,
    /// A plan breaks a rule or leaves a required visit out: exit code 3.
    Broken,
}

impl Outcome {
    const fn exit_code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Broken => 3,
        }
    }
}

/// Runs the program: 0 done, 1 the input has errors, 2 wrong usage, 3 a plan breaks a rule, 4 a file or the machine
/// failed, 70 a bug.
pub fn main() -> ExitCode {
    let line: Vec<OsString> = std::env::args_os().collect();
    say::speak(usage::language_asked(line.iter().cloned()).unwrap_or_else(context::lang_of_environment));
    let arguments = match parse(line) {
        Ok(arguments) => arguments,
        // Help and version are "errors" of clap too.
        Err(error) => return ExitCode::from(usage::print(&error)),
    };
    let context = Context::new(&arguments.common);
    failure::report_panics(context.lang());
    let ended = panic::catch_unwind(AssertUnwindSafe(|| {
        context.start_threads()?;
        dispatch(&arguments.command, &context)
    }));
    ExitCode::from(match ended {
        Ok(Ok(outcome)) => outcome.exit_code(),
        Ok(Err(failure)) => {
            report::failure(&failure, &context);
            failure.exit_code()
        }
        Err(_panic) => failure::BUG, // the hook has said so
    })
}

/// Reads the command line, in the language spoken.
fn parse(line: Vec<OsString>) -> Result<Cli, clap::Error> {
    let command = || help::in_words(Cli::command());
    let matches = command().try_get_matches_from(line)?;
    if let Some(line) = help::asked_help(&matches) {
        command().try_get_matches_from(line)?;
    }
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command()))
}

fn dispatch(command: &Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Init(args) => init::run(args, context),
        Command::Plan(args) => plan::run(args, context),
        Command::Coverage(args) => coverage::run(args, context),
        Command::Frontier(args) => frontier::run(args, context),
        Command::Candidates(args) => candidates::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Compare(args) => compare::run(args, context),
        Command::Report(args) => again::run(args, context),
        Command::Roads(args) => roads::run(args, context),
        Command::Matrix(args) => matrix::run(args, context),
        Command::Isochrone(args) => isochrone::run(args, context),
        Command::Solve(args) => solve::run(args, context),
        Command::Completions(args) => completions::run(args, context),
        Command::Man(args) => man::run(args, context),
    }
}
