//! A coordinator begins at a terminal, without knowing the tables.

use fs_err as fs;
use tempfile::TempDir;
use tournee::diagnostics::Lang;
use tournee::tables;

use crate::support::program::tournee;
use crate::support::scenario::findings;
use crate::support::terminal::{on_terminal, plain};

fn room() -> TempDir {
    tempfile::tempdir().expect("a scratch folder")
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "typescript")
        .collect();
    names.sort();
    names
}

#[test]
fn questions_are_answered_and_the_next_steps_told() {
    let room = room();
    let answers = [
        ("Language", "fr\n"),
        ("exemple", "non\n"),
        ("Titre", "Tournées d’essai\n"),
        ("un lundi", "5/1/2027\n"),
        ("mardi 5 janvier 2027", "4/1/2027\n"),
        ("semaines", "4\n"),
        ("antenne", "Bus\n"),
        ("Commune", "Nevers\n"),
        ("Latitude", "46,98810\n"),
        ("Longitude", "3,15700\n"),
    ];
    let Some((code, shown)) = on_terminal(room.path(), 100, "init 'mon dossier'", &[], &answers) else {
        return;
    };
    let shown = plain(&shown);
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("mardi 5 janvier 2027"), "{shown}");
    assert!(shown.contains("tournee plan \"mon dossier\""), "{shown}");
    let folder = room.path().join("mon dossier");
    let settings = fs::read_to_string(folder.join("scenario.toml")).expect("written");
    for line in [
        "title = \"Tournées d’essai\"",
        "start = 2027-01-04",
        "weeks = 4",
        "until = 2027-02-28",
        "language = \"fr\"",
    ] {
        assert!(settings.contains(line), "{line} in {settings}");
    }
    assert_eq!(
        fs::read_to_string(folder.join("depots.csv")).expect("written"),
        "\u{feff}id;nom;longitude;latitude\ndepot;Nevers;3,15700;46,98810\n"
    );
}

#[test]
fn ctrl_c_at_a_question_leaves_nothing_behind() {
    let room = room();
    let answers = [("Language", "fr\n"), ("exemple", "non\n"), ("Titre", "\u{3}")];
    let Some((code, shown)) = on_terminal(room.path(), 80, "init dossier", &[], &answers) else { return };
    assert_ne!(code, Some(0), "{shown}");
    assert_eq!(names(room.path()), [""; 0]);
}

#[test]
fn nothing_is_asked_where_nobody_is_there_or_all_is_said() {
    let room = room();
    let folder = room.path().join("piped");
    let run = tournee(&["init", &folder.to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(fs::read_to_string(folder.join("lieux.csv")).expect("written").contains("Lormes"));
    let Some((code, shown)) = on_terminal(room.path(), 80, "init told --empty", &[], &[]) else { return };
    assert_eq!(code, Some(0), "{shown}");
    assert!(names(&room.path().join("told")).contains(&"scenario.toml".to_owned()));
}

#[test]
fn tables_to_fill_in_have_headings_alone_and_plan_once_filled() {
    for (lang, [stops, places, sites], rows) in [
        (
            "fr",
            ["arrets.csv", "lieux.csv", "points_aide.csv"],
            [
                "s;Decize;Decize;3,46611;46,80873;20;hebdomadaire;;9h-17h;obligatoire;accord",
                "p;Decize;3,46611;46,80873;74;0,25;4932",
                "a;Nevers;3,15700;46,98810;;lun 9h-12h",
            ],
        ),
        (
            "en",
            ["stops.csv", "places.csv", "aid_sites.csv"],
            [
                "s,Decize,Decize,3.46611,46.80873,20,weekly,,09:00-17:00,required,agreed",
                "p,Decize,3.46611,46.80873,74,0.25,4932",
                "a,Nevers,3.15700,46.98810,,Mo 09:00-12:00",
            ],
        ),
    ] {
        let room = room();
        let folder = room.path().join("own");
        let path = folder.to_string_lossy().into_owned();
        let name = "Bus, \"le grand\"; n° 1";
        let run = tournee(&[
            "init",
            &path,
            "--lang",
            lang,
            "--empty",
            "--title",
            "Une \"belle\" année \\ 2027",
            "--start",
            "2027-01-04",
            "--weeks",
            "1",
            "--antenna",
            name,
            "--depot",
            "Nevers",
            "--lat",
            "46.98810",
            "--lon",
            "3.157",
        ]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.contains(stops) && run.out.contains("tournee plan"), "{}", run.out);
        let table = |name: &str| fs::read_to_string(folder.join(name)).expect("written");
        for (file, row) in [stops, places, sites].iter().zip(rows) {
            assert_eq!(table(file).lines().count(), 1, "{file}");
            fs::write(folder.join(file), format!("{}{row}\n", table(file))).expect("written");
        }
        let report = tables::load(&folder).expect("there");
        assert_eq!(findings(&report, Lang::En), "", "{lang}");
        let dataset = report.value.expect("no errors");
        assert_eq!(dataset.antennas.raw[0].name, name);
        assert_eq!(dataset.settings.title, "Une \"belle\" année \\ 2027");
        let run = tournee(&["plan", &path, "--iterations", "50"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let plan = folder.join("plan").to_string_lossy().into_owned();
        assert_eq!(tournee(&["check", &path, &plan]).code, Some(0));
    }
}

#[test]
fn options_of_the_example_move_its_dates_and_it_still_plans() {
    for start in ["2027-03-01", "2026-12-28", "2028-02-28"] {
        let room = room();
        let path = room.path().join("moved").to_string_lossy().into_owned();
        let run = tournee(&["init", &path, "--example", "--start", start, "--title", "Au printemps"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let run = tournee(&["plan", &path, "--iterations", "50"]);
        assert_eq!(run.code, Some(0), "{start}: {}{}", run.out, run.err);
        assert!(run.out.starts_with("Au printemps\n"), "{}", run.out);
    }
}
