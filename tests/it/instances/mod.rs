//! Benchmark instances: every format, every published file where it is present, hostile input, verdicts.

mod greedy;
mod published;

/// Says that a test did not run its course.
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}
