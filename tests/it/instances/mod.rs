//! Benchmark instances: every format, every published file where it is present, hostile input, verdicts.

mod agreement;
mod formats;
mod greedy;
mod hostile;
mod program;
mod published;

use tournee::instances::{Instance, read};

/// One file of each format, made by hand.
const FIXTURES: &[&str] = &[
    "covering.ctp",
    "cvrp.vrp",
    "explicit.vrp",
    "gvrp.vrp",
    "hfvrp.vrp",
    "hsdmd.txt",
    "hvrp.txt",
    "mdvrp.txt",
    "mdvrptw.vrp",
    "mtvrptwr.vrp",
    "pcvrptw.vrp",
    "pvrp.txt",
    "pvrptw.txt",
    "sdvrp.txt",
    "sdvrptw.vrp",
    "top.txt",
    "toptw.txt",
    "vrptw.txt",
];

/// The text of a file of `tests/fixtures/instances`.
fn fixture_text(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/instances").join(name);
    fs_err::read_to_string(path).expect("the fixture is there")
}

/// An instance made by hand.
fn fixture(name: &str) -> Instance {
    let report = read(name, fixture_text(name).as_bytes());
    assert!(report.diagnostics.is_empty(), "{name}: {:?}", report.diagnostics);
    report.value.expect("no finding, so a value")
}
