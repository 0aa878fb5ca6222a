//! The arrows of ARCHITECTURE.md hold: no module imports one it may not see, and no crate leaves its room.

use std::path::{Path, PathBuf};

/// What each room of the library may use, besides layer 0 (`LAYER_0`).
const ROOMS: &[(&str, &[&str])] = &[
    ("tables", &[]),
    ("network", &[]),
    ("matrix", &["network"]),
    ("isochrone", &["network", "matrix"]),
    ("survey", &["tables", "network", "matrix"]),
    ("coverage", &["tables", "matrix", "survey"]),
    ("model", &["tables", "matrix", "survey", "coverage"]),
    ("instances", &["model", "matrix"]),
    ("solver", &["model"]),
    ("bound", &["model"]),
    ("timetable", &["tables", "matrix", "survey", "model"]),
    ("check", &["tables", "matrix", "survey", "timetable"]),
    (
        "plan",
        &[
            "tables",
            "network",
            "matrix",
            "survey",
            "coverage",
            "model",
            "solver",
            "bound",
            "timetable",
            "check",
        ],
    ),
    (
        "outputs",
        &["tables", "network", "matrix", "isochrone", "survey", "coverage", "timetable", "check", "plan"],
    ),
];

const LAYER_0: &[&str] = &["units", "ids", "traveller", "diagnostics", "whole_file"];

/// Crates that only the named rooms import.
const ONLY_HERE: &[(&str, &[&str])] = &[
    ("csv", &["tables", "outputs", "cli"]),
    ("calamine", &["tables"]),
    ("encoding_rs", &["tables"]),
    ("chardetng", &["tables"]),
    ("opening_hours", &["tables", "network"]),
    ("chrono", &["tables", "network"]),
    ("toml", &["tables"]),
    ("rstar", &["network"]),
    ("rusqlite", &["tables", "outputs"]),
    ("i_overlay", &["coverage"]),
    ("flate2", &["network", "outputs"]),
    ("lz4_flex", &["network"]),
    ("postcard", &["network"]),
    ("petgraph", &["network", "matrix"]),
    ("rand_xoshiro", &["solver"]),
    ("clarabel", &["bound"]),
    ("geojson", &["tables", "outputs", "cli"]),
    ("plotters", &["outputs"]),
    ("zip", &["outputs"]),
    ("rust_xlsxwriter", &["outputs"]),
    ("sha2", &["outputs"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("dialoguer", &["cli"]),
    ("indicatif", &["cli"]),
    ("comfy_table", &["cli"]),
    ("anstream", &["cli"]),
    ("anstyle", &["cli"]),
    ("ctrlc", &["cli"]),
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources are beside the tests") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The room of `src/ROOM.rs` or `src/ROOM/...`; `cli` for the program.
fn room_of(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).expect("found below the root");
    let first = inside.components().next().expect("a file has a name").as_os_str().to_string_lossy();
    let room = first.trim_end_matches(".rs");
    if room == "main" { "cli".to_owned() } else { room.to_owned() }
}

/// `path` followed by an identifier that is not part of a longer word.
fn mentions<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    line.match_indices(prefix)
        .filter(|(at, _)| {
            !line[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
        })
        .map(|(at, found)| {
            let rest = &line[at + found.len()..];
            &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
        })
        .collect()
}

/// Lines of code, without comments and what follows `#[cfg(test)]` at the end of a file.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn no_import_points_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&root, &mut files);
    files.sort();
    let mut wrong = Vec::new();
    for file in &files {
        let room = room_of(file, &root);
        if room == "lib" || room == "cli" {
            continue;
        }
        let text = fs_err::read_to_string(file).expect("readable source");
        let allowed = ROOMS.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
        assert!(
            allowed.is_some() || LAYER_0.contains(&room.as_str()),
            "room {room} is in no layer: add it to this test and to ARCHITECTURE.md"
        );
        for (number, line) in code_lines(&text) {
            for used in mentions(line, "crate::") {
                let is_room = ROOMS.iter().any(|(name, _)| *name == used);
                let is_layer_0 = LAYER_0.contains(&used);
                let fine = used == room
                    || (is_layer_0 && !LAYER_0.contains(&room.as_str()))
                    || (is_layer_0 && used != "diagnostics")
                    || allowed.is_some_and(|allowed| allowed.contains(&used));
                if (is_room || is_layer_0) && !fine {
                    wrong.push(format!("{}:{}: {room} uses {used}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point up:\n{}", wrong.join("\n"));
}

#[test]
fn no_crate_leaves_its_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    source_files(&root, &mut files);
    files.sort();
    let mut wrong = Vec::new();
    for file in &files {
        let room = room_of(file, &root);
        let text = fs_err::read_to_string(file).expect("readable source");
        for (number, line) in code_lines(&text) {
            for (name, rooms) in ONLY_HERE {
                let path = format!("{name}::");
                let used = line.match_indices(&path).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                });
                if used && !rooms.contains(&room.as_str()) {
                    wrong.push(format!("{}:{}: {room} uses the crate {name}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "crates outside their rooms:\n{}", wrong.join("\n"));
}

#[test]
fn the_test_sees_an_import() {
    assert_eq!(mentions("use crate::solver::Params;", "crate::"), ["solver"]);
    assert_eq!(mentions("    x: &crate::model::Problem, y: my_crate::model", "crate::"), ["model"]);
}
