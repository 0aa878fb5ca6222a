//! `tournee init` writes a scenario that reads without a finding, in both languages, and overwrites nothing.

use std::process::{Command, Output};

use tempfile::TempDir;
use tournee::diagnostics::Lang;
use tournee::tables;

use crate::support::scenario::findings;

fn init(folder: &std::path::Path, lang: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tournee"))
        .args(["init", "--lang", lang])
        .arg(folder)
        .output()
        .expect("the program runs")
}

#[test]
fn both_templates_read_without_a_finding_and_say_the_same() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let mut shapes = Vec::new();
    for lang in ["fr", "en"] {
        let scenario = folder.path().join("sub").join(lang);
        assert_eq!(init(&scenario, lang).status.code(), Some(0));
        let report = tables::load(&scenario).expect("the folder is there");
        assert_eq!(findings(&report, Lang::En), "", "{lang}");
        let dataset = report.value.expect("there are no errors");
        let stops: Vec<_> =
            dataset.stops.iter().map(|stop| (stop.households, stop.rhythm, stop.windows.clone())).collect();
        let need: Vec<_> =
            dataset.places.iter().map(|place| (place.need_with_car, place.need_without_car)).collect();
        shapes.push((stops, need, dataset.antennas.raw[0].shift, dataset.antennas.raw[0].rest));
    }
    assert_eq!(shapes[0], shapes[1]);
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = TempDir::new().expect("a temporary folder can be made");
    fs_err::write(folder.path().join("notes.txt"), "mine").expect("the folder is writable");
    let output = init(folder.path(), "en");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("is not empty: name another one, nothing was written")
    );
    let names: Vec<_> = fs_err::read_dir(folder.path()).expect("the folder is there").collect();
    assert_eq!(names.len(), 1);
}
