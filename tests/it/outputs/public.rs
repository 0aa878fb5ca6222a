//! `--public`: no small number of households reaches everybody, and every one reaches the team.

use fs_err as fs;
use serde_json::Value;

use super::json;
use crate::support::program::{TABLES, Village, tournee};

/// The village with three households registered at Clos, and two in need at Dam.
fn with_few() -> Village {
    let table = |name: &str| TABLES.iter().find(|(file, _)| *file == name).expect("a table").1;
    let stops = table("stops.csv").replace("47.00,15,8", "47.00,3,8");
    let places =
        table("places.csv").replace("3.20,47.00,15", "3.20,47.00,0").replace("47.00,10,0", "47.00,2,0");
    Village::with(&[("stops.csv", &stops), ("places.csv", &places)])
}

/// The numbers of households, and of kilograms, in a layer.
fn numbers(layer: &Value) -> Vec<f64> {
    let keys =
        ["households", "households_without_car", "covered_before", "covered_after", "turned_away", "load_kg"];
    let features = layer["features"].as_array().expect("features").iter();
    features.flat_map(|feature| keys.map(|key| feature["properties"][key].as_f64())).flatten().collect()
}

#[test]
fn small_numbers_are_withheld_in_public_and_told_to_the_team() {
    let village = with_few();
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let site = village.room().join("site");
    let out = village.out();
    let run = tournee(&["report", &out.to_string_lossy(), "--public", "--out", &site.to_string_lossy()]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!site.join("plan.json").exists(), "it tells all");

    let is_small = |number: &f64| *number > 0.0 && *number < 5.0;
    let mut seen = 0;
    for layer in ["visits", "stops", "tours", "places", "white_zones", "attendance"] {
        let name = format!("{layer}.geojson");
        seen += numbers(&json(&village, &name)).iter().filter(|number| is_small(number)).count();
        let public = serde_json::from_slice(&fs::read(site.join(&name)).expect("written")).expect("JSON");
        let told: Vec<f64> = numbers(&public).into_iter().filter(is_small).collect();
        assert!(told.is_empty(), "{name}: {told:?}");
    }
    assert!(seen > 3, "the team reads them: {seen}");

    let visits = fs::read_to_string(site.join("visits.geojson")).expect("written");
    assert!(visits.contains("moins de 5 foyers attendus"), "{visits}");
    assert!(!visits.contains(" 3 foyers"), "{visits}");
    let table = fs::read_to_string(site.join("timetable.csv")).expect("written");
    assert!(table.contains(";moins de 5;"), "{table}");
    let stops = fs::read_to_string(site.join("stops.geojson")).expect("written");
    assert!(!stops.contains("refusé"), "why a stop is left out is an inner affair");
}

#[test]
fn public_files_have_their_own_folder() {
    let village = with_few();
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let out = village.out();
    let before = fs::read(out.join("visits.geojson")).expect("written");
    let own = out.to_string_lossy().into_owned();
    let beside = tournee(&["report", &own, "--public", "--out", &own]);
    assert_eq!(beside.code, Some(4), "{}{}", beside.out, beside.err);
    assert!(beside.err.contains("plan.json"), "{}", beside.err);
    assert_eq!(fs::read(out.join("visits.geojson")).expect("still there"), before);
    assert_eq!(tournee(&["report", &own, "--public"]).code, Some(2), "--out is required");
    let for_the_team = tournee(&["report", &own, "--public", "--formats", "csv,xlsx", "--out", "site"]);
    assert_eq!(for_the_team.code, Some(2), "{}", for_the_team.out);
    assert!(for_the_team.err.contains("timetable.xlsx est pour l’équipe"), "{}", for_the_team.err);

    let scenario = village.scenario();
    let run = tournee(&["plan", &scenario.to_string_lossy(), "--public", "--quiet"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(scenario.join("public/visits.geojson").exists());
    assert!(!scenario.join("public/plan.json").exists());
}
