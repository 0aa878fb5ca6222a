//! Ctrl-C: the first asks the search to end with its best plan, the second ends the program at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::failure::Failure;
use tournee::text;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Exit code of a program that a signal ended, by custom of shells.
const INTERRUPTED: i32 = 130;

/// From here on Ctrl-C (and a polite kill) sets the returned flag; a second one exits. Call once.
///
/// Exiting at once is safe at any time: outputs are written beside the old ones and exchanged in one step.
pub fn watch() -> Result<&'static AtomicBool, Failure> {
    ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
    })
    .map_err(|error| {
        Failure::Machine(text!(
            "impossible d’écouter Ctrl-C : {error}",
            "could not listen for Ctrl-C: {error}"
        ))
    })?;
    Ok(&ASKED)
}
