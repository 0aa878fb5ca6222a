//! Why a folder was not written, in the user's words.

use std::io;
use std::path::PathBuf;

use crate::diagnostics::Text;
use crate::text;

/// Why a folder was not written. Whatever the reason, what was there before still is.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder holds something this command did not write.
    #[error("{folder} holds {name}, which this command did not write")]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The first such file.
        name: String,
    },
    /// The folder is to be public, and holds a file for the team.
    #[error("{folder} holds {name}, which is not for the public")]
    Internal {
        /// The folder.
        folder: PathBuf,
        /// The first such file.
        name: &'static str,
    },
    /// Another run is writing there.
    #[error("another run is writing {0}")]
    Busy(PathBuf),
    /// The path is no place for a folder: a file, or a root.
    #[error("{0} can't be a folder")]
    NoFolder(PathBuf),
    /// The plan breaks a rule; it may not leave the program.
    #[error("the plan breaks a rule: {0}")]
    Unsound(String),
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl WriteError {
    /// What to tell the user.
    pub fn words(&self) -> Text {
        match self {
            Self::Foreign { folder, name } => {
                let folder = folder.display();
                text!(
                    "{folder} contient « {name} », que cette commande n’a pas écrit : rien n’a été remplacé. \
                     Choisissez un autre dossier avec --out, ou déplacez ce fichier",
                    "{folder} holds `{name}`, which this command did not write: nothing was replaced. \
                     Choose another folder with --out, or move that file"
                )
            }
            Self::Internal { folder, name } => {
                let folder = folder.display();
                text!(
                    "{folder} contient « {name} », qui n’est pas public : rien n’a été écrit. \
                     Choisissez un autre dossier avec --out",
                    "{folder} holds `{name}`, which is not for the public: nothing was written. \
                     Choose another folder with --out"
                )
            }
            Self::Busy(folder) => {
                let folder = folder.display();
                text!(
                    "une autre exécution écrit dans {folder} : attendez sa fin, ou choisissez un autre dossier avec --out",
                    "another run is writing {folder}: wait for its end, or choose another folder with --out"
                )
            }
            Self::NoFolder(path) => {
                let path = path.display();
                text!(
                    "{path} ne peut pas être un dossier de sortie : donnez le nom d’un dossier à --out",
                    "{path} can't be an output folder: give --out the name of a folder"
                )
            }
            Self::Unsound(rule) => {
                text!(
                    "le plan trouvé enfreint une règle et n’a pas été écrit : {rule}",
                    "the plan that was found breaks a rule and was not written: {rule}"
                )
            }
            Self::Io(error) => system_words(error),
        }
    }
}

/// A file that the system refused: the common reasons in the user's language, and always the system's own words, as they
/// are what people search for.
pub fn system_words(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => {
            text!("fichier ou dossier introuvable : {error}", "no such file or folder: {error}")
        }
        io::ErrorKind::PermissionDenied => text!("accès refusé : {error}", "access denied: {error}"),
        io::ErrorKind::StorageFull => text!("le disque est plein : {error}", "the disk is full: {error}"),
        io::ErrorKind::ReadOnlyFilesystem => {
            text!("le disque ne peut pas être écrit : {error}", "the disk can't be written: {error}")
        }
        _ => text!(
            "un fichier n’a pas pu être lu ou écrit : {error}",
            "a file could not be read or written: {error}"
        ),
    }
}
