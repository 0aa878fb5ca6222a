//! A coordinator looks at who is covered today, before planning anything.

use std::path::Path;

use serde_json::Value;

use crate::support::program::{Village, snapshot, tournee};

/// The sample that is worked out by hand.
fn hamlet() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hameau").to_str().expect("utf-8").to_owned()
}

#[test]
fn the_page_counts_the_households_that_nobody_covers() {
    let room = tempfile::tempdir().expect("a scratch folder");
    let out = room.path().join("zones");
    let run = tournee(&["coverage", &hamlet(), "--out", out.to_str().expect("utf-8"), "--lang", "en"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let page = run.out.replace(room.path().to_str().expect("utf-8"), "ROOM");
    insta::assert_snapshot!(page, @r"
    Le hameau (exemple calculé à la main)
    Roads sketched from the scenario's own points: distances and times are approximate
    Need: 106 households in 6 places; 57 (54%) within reach of 1 aid site (rule car-20min)
    White zones where nobody is covered: 3 zones, 3 places, 46 households
    White zones of some households, mostly without a car: 1 zone, 1 place, 3 households
    Accessibility is counted in hours open: the capacity of 1 of 1 facilities is not known
    Households within: 10 min 40 (38%), 15 min 40 (38%), 20 min 57 (54%), 30 min 57 (54%)
    Accessibility: 56.6 hours a week for 1,000 households, 0.0 for the worst-served tenth, Gini 0.50; a deficit of 49 households
    Hours: 57 households have a facility open on Monday morning at best; 0 at most at the weekend; hours unknown for 0 facilities
      20.0 households, 1 place: Haute-Borne
      16.0 households, 1 place: Le Levant
      10.0 households, 1 place: Bas-du-Sud
      3.0 households, 1 place (some households): Champ-du-Nord
    Written: ROOM/zones/places.geojson, ROOM/zones/white_zones.geojson, ROOM/zones/coverage.gpkg, ROOM/zones/places.csv, ROOM/zones/access.csv, ROOM/zones/equity.csv, ROOM/zones/week.csv
    ");
}

#[test]
fn the_files_hold_every_place_and_every_zone() {
    let room = tempfile::tempdir().expect("a scratch folder");
    let out = room.path().join("zones");
    let run = tournee(&["coverage", &hamlet(), "--out", out.to_str().expect("utf-8"), "--format", "json"]);
    let summary: Value = serde_json::from_str(&run.out).expect("JSON and nothing else");
    assert_eq!((&summary["households"], &summary["covered_before"]), (&106.0.into(), &57.0.into()));

    let layer = |name: &str| -> Vec<Value> {
        let text = fs_err::read_to_string(out.join(name)).expect("written");
        let layer: Value = serde_json::from_str(&text).expect("JSON");
        layer["features"].as_array().expect("features").iter().map(|it| it["properties"].clone()).collect()
    };
    let zones = layer("white_zones.geojson");
    let uncovered: f64 = zones.iter().map(|zone| zone["households"].as_f64().expect("a number")).sum();
    assert!((uncovered - 49.0).abs() < 1e-9, "106 less 57");
    assert!(zones.iter().all(|zone| zone["phase"] == "before"));
    let partly = zones.iter().filter(|zone| zone["unreached"] == "some").count();
    assert_eq!((zones.len(), partly), (4, 1));
    let places = layer("places.geojson");
    assert_eq!(places.len(), 6);
    assert!(places.iter().all(|place| place["covered_after"].is_null()), "there is no plan yet");

    let table = fs_err::read_to_string(out.join("places.csv")).expect("written");
    insta::assert_snapshot!(table.trim_start_matches('\u{feff}').replace('\r', ""), @r"
    Identifiant;Lieu;Code INSEE;Foyers;Dont sans voiture;Foyers couverts;Foyers en zone blanche;Zone blanche;Point d’aide le plus proche;Minutes en voiture;# note
    bourg;Le Bourg;;40;10;40;0;;Épicerie du Bourg (démonstration);0;Routes esquissées à partir des points du scénario : distances et durées approximatives
    n1;Champ-du-Nord;;12;3;9;3;before-zone-n1;Épicerie du Bourg (démonstration);17;Routes esquissées à partir des points du scénario : distances et durées approximatives
    n2;Haute-Borne;;20;5;0;20;before-zone-n2;Épicerie du Bourg (démonstration);33;Routes esquissées à partir des points du scénario : distances et durées approximatives
    e1;Mi-Chemin;;8;0;8;0;;Épicerie du Bourg (démonstration);17;Routes esquissées à partir des points du scénario : distances et durées approximatives
    e2;Le Levant;;16;8;0;16;before-zone-e2;Épicerie du Bourg (démonstration);33;Routes esquissées à partir des points du scénario : distances et durées approximatives
    s2;Bas-du-Sud;;10;2;0;10;before-zone-s2;Épicerie du Bourg (démonstration);33;Routes esquissées à partir des points du scénario : distances et durées approximatives
    ");
}

#[test]
fn a_point_off_the_map_leaves_the_folder_untouched() {
    let village = Village::new();
    let out = village.out();
    let (scenario, folder) = (village.scenario(), out.to_str().expect("utf-8"));
    let scenario = scenario.to_str().expect("utf-8");
    assert_eq!(tournee(&["coverage", scenario, "--out", folder]).code, Some(0));
    let before = snapshot(&out);
    fs_err::write(village.scenario().join("places.csv"), "id,lon,lat,households\nP,3,47,ns\n")
        .expect("written");
    let run = tournee(&["coverage", scenario, "--out", folder]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("places.csv, ligne 2"), "{}", run.err);
    assert_eq!(snapshot(&out), before);
}
