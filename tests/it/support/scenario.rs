//! Scenarios as text: several files in one string, each under a heading `# stops.csv`.

use std::path::Path;

use tempfile::TempDir;
use tournee::diagnostics::{Lang, Report, render};
use tournee::tables::{self, Dataset, Sources};

/// Files by name: a heading is a line `# name.ending`, up to which everything belongs to the file before.
pub fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match heading(line) {
            Some(name) => files.push((name.to_owned(), String::new())),
            None => {
                if let Some((_, body)) = files.last_mut() {
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
    }
    files
}

fn heading(line: &str) -> Option<&str> {
    let name = line.strip_prefix("# ")?.trim();
    let is_file = !name.contains(' ') && Path::new(name).extension().is_some();
    is_file.then_some(name)
}

/// What reading the files gives.
pub fn report(text: &str) -> Report<Dataset> {
    tables::read(&Sources::from_texts(files(text)))
}

/// The scenario; panics with every error when it has some.
pub fn dataset(text: &str) -> Dataset {
    let report = report(text);
    let words = findings(&report, Lang::En);
    report.value.unwrap_or_else(|| panic!("the scenario has errors:\n{words}"))
}

/// Every finding, one below the other.
pub fn findings<T>(report: &Report<T>, lang: Lang) -> String {
    report.diagnostics.iter().map(|found| render(found, lang)).collect::<Vec<_>>().join("\n")
}

/// The files in a folder that lives as long as the result: for tests of the program.
pub fn folder(text: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder can be made");
    for (name, body) in files(text) {
        fs_err::write(folder.path().join(name), body).expect("the folder is writable");
    }
    folder
}

/// One antenna, two stops, one place: the least that uses every required table.
pub const SMALL: &str = "\
# scenario.toml
start = 2027-01-04
weeks = 1
# depots.csv
id,lon,lat
nevers,3.16,46.99
# antennas.csv
id,depot,capacity
bus,nevers,60
# stops.csv
id,name,lon,lat,households,rhythm
lormes,Lormes,3.82,47.29,20,weekly
corbigny,Corbigny,3.68,47.26,30,weekly
# places.csv
id,lon,lat,households
p1,3.80,47.28,12.5
";
