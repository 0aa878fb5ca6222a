//! What every command is told besides its own arguments: language, verbosity, threads; and the way to standard output.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use dialoguer::console::Term;
use serde::Serialize;
use tournee::diagnostics::Lang;
use tournee::text;

use super::args::{Common, Format};
use super::failure::Failure;
use super::wrap;

/// What every command is told.
#[derive(Debug)]
pub struct Context {
    /// `--lang`, which wins over the scenario's language.
    asked: Option<Lang>,
    /// Spoken now.
    lang: Cell<Lang>,
    /// Print nothing but errors.
    pub quiet: bool,
    /// List everything.
    pub verbose: bool,
    /// How the summary is written.
    pub format: Format,
    /// Worker threads, at least 1.
    pub threads: usize,
}

impl Context {
    /// The context that the arguments and the environment ask for.
    pub fn new(common: &Common) -> Self {
        let asked = common.lang.map(Lang::from);
        Self {
            asked,
            lang: Cell::new(asked.unwrap_or_else(lang_of_environment)),
            quiet: common.quiet,
            verbose: common.verbose,
            format: common.format,
            threads: common.threads.map_or_else(available_threads, usize::from),
        }
    }

    /// The language to speak.
    pub fn lang(&self) -> Lang {
        self.lang.get()
    }

    /// The language of `--lang`.
    pub fn asked(&self) -> Option<Lang> {
        self.asked
    }

    /// From here on speak the scenario's language, unless `--lang` asked for another.
    pub fn adopt(&self, scenario: Lang) {
        self.lang.set(self.asked.unwrap_or(scenario));
    }

    /// Sets the size of the worker pool that the library uses.
    pub fn start_threads(&self) -> Result<(), Failure> {
        rayon::ThreadPoolBuilder::new().num_threads(self.threads).build_global().map_err(|error| {
            Failure::Machine(text!(
                "impossible de démarrer les tâches de calcul : {error}",
                "could not start the worker threads: {error}"
            ))
        })
    }

    /// Whether progress may be drawn: a person watches, and has not asked for silence.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && self.format == Format::Text && io::stderr().is_terminal()
    }

    /// Prints a summary on standard output, in the format asked for. `--quiet` leaves the text out, never the JSON.
    pub fn summary(&self, words: &str, data: &impl Serialize) -> Result<(), Failure> {
        match self.format {
            Format::Text if self.quiet => Ok(()),
            Format::Text => match self.columns() {
                Some(columns) => self.print(&wrap::wrapped(words, columns)),
                None => self.print(words),
            },
            Format::Json => {
                let mut json =
                    serde_json::to_string_pretty(data).expect("summaries hold numbers, words and lists only");
                json.push('\n');
                self.print(&json)
            }
        }
    }

    /// Columns of the terminal that shows the summary; none where there is none.
    #[expect(clippy::unused_self, reason = "where output goes is the context's job")]
    pub fn columns(&self) -> Option<usize> {
        wrap::columns(&Term::stdout())
    }

    /// Prints data on standard output. A reader that went away (`| head`) is no failure.
    #[expect(clippy::unused_self, reason = "printing is the context's job, whoever calls")]
    pub fn print(&self, words: &str) -> Result<(), Failure> {
        let mut out = anstream::stdout().lock();
        match out.write_all(words.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Machine(text!(
                "impossible d’écrire sur la sortie standard : {error}",
                "could not write to standard output: {error}"
            ))),
            _ => Ok(()),
        }
    }

    /// Warnings on standard error; silence is for what went well, so that `--quiet` leaves them out too.
    pub fn complain(&self, told: &str) {
        if !self.quiet {
            // Nobody is left to tell when standard error is closed.
            let words = wrap::columns(&Term::stderr()).map(|columns| wrap::wrapped(told, columns));
            let _ = anstream::stderr().write_all(words.as_deref().unwrap_or(told).as_bytes());
        }
    }
}

/// One worker a core.
fn available_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// French, unless the environment speaks English.
pub fn lang_of_environment() -> Lang {
    let spoken = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    if spoken.to_ascii_lowercase().starts_with("en") { Lang::En } else { Lang::Fr }
}
