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
mod context;
mod coverage;
mod failure;
mod frontier;
mod init;
mod interrupt;
mod isochrone;
mod matrix;
mod plan;
mod planned;
mod points;
mod progress;
mod repairs;
mod report;
mod roads;
mod scenario;
mod snapping;
mod solve;
mod summary;
mod typed;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;

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
    let arguments = match Cli::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => {
            // Help and version are "errors" of clap too; a closed pipe must not hide their exit code.
            let _ = usage.print();
            return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
        }
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

fn dispatch(command: &Command, context: &Context) -> Result<Outcome, Failure> {
    match command {
        Command::Init(args) => init::run(args, context),
        Command::Plan(args) => plan::run(args, context),
        Command::Coverage(args) => coverage::run(args, context),
        Command::Frontier(args) => frontier::run(args, context),
        Command::Candidates(args) => candidates::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Report(args) => again::run(args, context),
        Command::Roads(args) => roads::run(args, context),
        Command::Matrix(args) => matrix::run(args, context),
        Command::Isochrone(args) => isochrone::run(args, context),
        Command::Solve(args) => solve::run(args, context),
    }
}
