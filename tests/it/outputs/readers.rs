//! Calendars and tracks, read by libraries from the Python registry.

use std::process::Command;

use super::planned;
use crate::support::skipped;

/// What the script ends with where a library is missing.
const MISSING: i32 = 77;

#[test]
fn libraries_of_others_read_what_the_plan_says() {
    let python = std::env::var("TOURNEE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/outputs/readers.py");
    let village = planned();
    let Ok(output) = Command::new(&python).arg(script).arg(village.out()).output() else {
        skipped(format_args!("{python} is not installed"));
        return;
    };
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.code() == Some(MISSING) {
        skipped(words(&output.stdout).trim());
        return;
    }
    assert!(output.status.success(), "{}{}", words(&output.stdout), words(&output.stderr));
}
