//! Why a command did not run to its end, and the exit code that says so.

use std::io::Write;

use tournee::diagnostics::{Diagnostic, Lang, Repair, Text};
use tournee::network::NetworkError;
use tournee::outputs::{WriteError, folder};
use tournee::tables::LoadError;
use tournee::text;

/// Exit code of a bug.
pub const BUG: u8 = 70;

/// Why a command did not run to its end.
#[derive(Debug)]
pub enum Failure {
    /// The input has errors: exit code 1.
    Input {
        /// At least one error.
        findings: Vec<Diagnostic>,
        /// What was repaired all the same.
        repairs: Vec<Repair>,
    },
    /// The command line asks for something impossible: exit code 2.
    Usage(Text),
    /// A file or the machine failed: exit code 4.
    Machine(Text),
    /// The program is wrong: exit code 70.
    Bug(Text),
}

impl Failure {
    /// Errors without repairs.
    pub fn input(findings: Vec<Diagnostic>) -> Self {
        Self::Input { findings, repairs: Vec::new() }
    }

    /// The process's exit code.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Input { .. } => 1,
            Self::Usage(_) => 2,
            Self::Machine(_) => 4,
            Self::Bug(_) => BUG,
        }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        unreadable(&error.path.display().to_string(), &error.source)
    }
}

impl From<NetworkError> for Failure {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Io { path, source } => unreadable(&path.display().to_string(), &source),
            NetworkError::Content(finding) => Self::input(vec![*finding]),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match &error {
            WriteError::Unsound(_) => Self::Bug(error.words()),
            WriteError::NoFolder(_) => Self::Usage(error.words()),
            _ => Self::Machine(error.words()),
        }
    }
}

/// A file that could not be used.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Machine(folder::system_words(&error))
    }
}

/// A file or folder that is not there is the user's to mend, but still a matter of files.
fn unreadable(path: &str, source: &std::io::Error) -> Failure {
    Failure::Machine(match source.kind() {
        std::io::ErrorKind::NotFound => {
            text!("{path} : ce fichier ou dossier n’existe pas", "{path}: no such file or folder")
        }
        std::io::ErrorKind::PermissionDenied => {
            text!("{path} : l’accès est refusé", "{path}: access is denied")
        }
        _ => text!("{path} : lecture impossible ({source})", "{path}: could not be read ({source})"),
    })
}

/// From here on a panic says in the user's words that the program is wrong and what to send.
pub fn report_panics(lang: Lang) {
    std::panic::set_hook(Box::new(move |panic| {
        let what = panic.payload_as_str().unwrap_or("?");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(anstream::stderr(), "{}", bug(&format!("{what} ({place})")).get(lang));
    }));
}

/// What to say about a bug.
pub fn bug(what: &str) -> Text {
    let version = env!("CARGO_PKG_VERSION");
    text!(
        "défaut de tournee {version} : {what}\n  \
         Aucun fichier n’est resté à moitié écrit. Ce n’est pas votre faute : merci d’envoyer ce message, la commande tapée et le dossier \
         du scénario (sans noms de personnes) à l’équipe de tournee",
        "bug in tournee {version}: {what}\n  \
         No file was left half written. It is not your fault: please send this message, the command you typed and the scenario \
         folder (without names of people) to the team of tournee"
    )
}
