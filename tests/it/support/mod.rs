//! Helpers that every integration test may use.

pub mod browser;
pub mod generate;
pub mod pbf;
pub mod program;
pub mod scenario;
pub mod terminal;
pub mod workbook;

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Says that a test, or a part of it, did not run: past the harness, which keeps what passing tests print to itself.
pub fn skipped(why: impl Display) {
    writeln!(io::stderr(), "skipped: {why}").expect("a standard error");
}

/// A file or folder of the shared data, or `None` with a visible message where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TOURNEE_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let full = root.join(path);
    if full.exists() {
        return Some(full);
    }
    skipped(format_args!("{} is not here (set TOURNEE_SHARED)", full.display()));
    None
}

#[test]
fn an_absent_shared_file_is_none() {
    assert_eq!(shared("no such file"), None);
}
