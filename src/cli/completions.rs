//! `tournee completions SHELL`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Outcome;
use super::args::Cli;
use super::context::Context;
use super::failure::Failure;
use super::help::{examples, in_words};
use super::say::{say, speak};

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Pour bash, dès la prochaine session", "For bash, from the next session on",
     "tournee completions bash > ~/.local/share/bash-completion/completions/tournee"],
    ["Pour fish", "For fish", "tournee completions fish > ~/.config/fish/completions/tournee.fish"],
    ["Pour zsh, dans un dossier de $fpath", "For zsh, in a folder of $fpath", "tournee completions zsh > ~/.zfunc/_tournee"],
], ""))]
pub struct CompletionsArgs {
    #[arg(value_name = "SHELL", help = say("Pour quel interpréteur de commandes", "For which shell"))]
    pub shell: Shell,
}

/// Prints the script; what it tells of options is in the language spoken.
pub fn run(args: &CompletionsArgs, context: &Context) -> Result<Outcome, Failure> {
    speak(context.lang());
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut in_words(Cli::command()), "tournee", &mut script);
    context.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
