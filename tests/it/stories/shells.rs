//! What a shell and `man` get.

use std::process::Command;

use fs_err as fs;

use crate::support::program::{command, tournee};
use crate::support::skipped;

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// Whether a program is there; says so where it is not.
fn is_here(program: &str) -> bool {
    let here = Command::new(program).arg("--version").output().is_ok();
    if !here {
        skipped(format_args!("{program} is not installed"));
    }
    here
}

#[test]
fn every_shell_gets_every_command_and_reads_its_script() {
    let room = tempfile::tempdir().expect("a scratch folder");
    for shell in SHELLS {
        let run = tournee(&["completions", shell]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{shell}");
        for name in ["init", "plan", "compare", "isochrone", "--iterations", "--lang"] {
            assert!(run.out.contains(name.trim_start_matches('-')), "{name} in {shell}");
        }
        let script = room.path().join(shell);
        fs::write(&script, &run.out).expect("written");
        let dry = match shell {
            "fish" => "--no-execute",
            "bash" | "zsh" => "-n",
            _ => continue,
        };
        if is_here(shell) {
            let read = Command::new(shell).arg(dry).arg(&script).output().expect("runs");
            assert!(
                read.status.success() && read.stderr.is_empty(),
                "{}",
                String::from_utf8_lossy(&read.stderr)
            );
        }
    }
    assert_eq!(tournee(&["completions", "tcsh"]).code, Some(2));
}

#[test]
fn scripts_describe_options_in_the_language_spoken() {
    assert!(tournee(&["completions", "zsh", "--lang", "en"]).out.contains("Seed of every random choice"));
    assert!(tournee(&["completions", "zsh", "--lang", "fr"]).out.contains("Graine de tous les choix"));
}

#[test]
fn manual_pages_come_in_both_languages_and_groff_has_nothing_to_say() {
    let room = tempfile::tempdir().expect("a scratch folder");
    let out = room.path().join("man");
    let run = tournee(&["man", "--out", &out.to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let groff = is_here("groff");
    for (folder, headings) in [("man1", ["NAME", "EXAMPLES"]), ("fr/man1", ["NOM", "EXEMPLES"])] {
        let mut pages: Vec<_> =
            fs::read_dir(out.join(folder)).expect("written").collect::<Result<_, _>>().expect("readable");
        pages.sort_by_key(fs::DirEntry::path);
        assert!(pages.len() >= 15, "{}", pages.len());
        for page in pages.iter().map(fs::DirEntry::path) {
            let words = fs::read_to_string(&page).expect("text");
            assert!(
                words.contains(&format!(".SH \"{}\"", headings[0]))
                    || words.contains(&format!(".SH {}", headings[0])),
                "{words}"
            );
            let is_group = page.ends_with("tournee.1") || page.ends_with("tournee-roads.1");
            assert!(is_group || words.contains(headings[1]), "{}: {words}", page.display());
            if groff {
                let read = Command::new("groff")
                    .args(["-man", "-Kutf8", "-Tutf8", "-wall", "-z"])
                    .arg(&page)
                    .output()
                    .expect("runs");
                assert!(
                    read.stderr.is_empty(),
                    "{}: {}",
                    page.display(),
                    String::from_utf8_lossy(&read.stderr)
                );
            }
        }
    }
    assert!(out.join("man1/tournee-roads-build.1").exists());
}

#[test]
fn a_page_is_printed_by_the_name_of_its_command() {
    let run = tournee(&["man", "roads", "build", "--lang", "en"]);
    assert!(run.out.contains(".TH tournee-roads-build 1"), "{}", run.out);
    let wrong = tournee(&["man", "plna"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("« plna »"), "{}", wrong.err);
}

#[test]
fn help_speaks_the_language_that_is_asked_for_or_the_environment_s() {
    let speak = |arguments: &[&str], lang: &str| {
        let output = command(arguments).env("LC_ALL", lang).output().expect("starts");
        String::from_utf8(output.stdout).expect("utf-8")
    };
    assert!(speak(&["plan", "--help"], "fr_FR.UTF-8").contains("Usage : tournee plan [OPTIONS] <SCENARIO>"));
    assert!(speak(&["plan", "--help"], "en_IE.UTF-8").contains("Usage: tournee plan [OPTIONS] <SCENARIO>"));
    assert!(speak(&["--lang", "en", "--help"], "fr_FR.UTF-8").contains("For every command:"));
    assert!(speak(&["--help", "--lang=fr"], "en_GB.UTF-8").contains("Pour toutes les commandes :"));
}

#[test]
fn help_of_a_command_is_the_same_asked_for_in_either_way() {
    let help = |arguments: &[&str]| {
        let run = tournee(arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        run.out
    };
    assert_eq!(help(&["help", "plan"]), help(&["plan", "--help"]));
    assert_eq!(help(&["help", "roads", "build"]), help(&["roads", "build", "--help"]));
    assert_eq!(help(&["roads", "help", "build"]), help(&["roads", "build", "--help"]));
    assert_eq!(help(&["help"]), help(&["--help"]));
    assert!(help(&["plan", "-h"]).len() < help(&["plan", "--help"]).len());
    let wrong = tournee(&["help", "plna"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("« plan »"), "{}", wrong.err);
}
