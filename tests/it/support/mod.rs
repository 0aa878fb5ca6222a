//! Helpers that every integration test may use.

pub mod browser;
pub mod generate;
pub mod pbf;
pub mod program;
pub mod scenario;
pub mod workbook;

use std::path::PathBuf;

/// A file or folder of the shared data, or `None` with a visible message where it is absent.
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TOURNEE_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let full = root.join(path);
    if full.exists() {
        return Some(full);
    }
    eprintln!("skipped: {} is not here (set TOURNEE_SHARED)", full.display());
    None
}

#[test]
fn an_absent_shared_file_is_none() {
    assert_eq!(shared("no such file"), None);
}
