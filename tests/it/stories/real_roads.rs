//! The same scenario on the roads of five real extracts: at least a dozen stops planned, and the check passes.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::support::program::{Run, tournee};
use crate::support::shared;

/// Stops of each scenario.
const STOPS: usize = 14;

/// A scenario over sixty spots beside real roads: the first is the depot and the only aid site, the next ones are stops
/// and the others places.
fn write_scenario(folder: &Path, points: &str, extract: &Path) {
    let rows: Vec<&str> = points.lines().skip(1).collect();
    let table = |name: &str, header: &str, lines: &mut dyn Iterator<Item = String>| {
        let mut text = format!("{header}\n");
        for line in lines {
            let _ = writeln!(text, "{line}");
        }
        fs_err::write(folder.join(name), text).expect("written");
    };
    let settings = format!(
        "title = \"Vraies routes\"\nstart = 2027-01-04\nweeks = 2\n[roads]\nsource = {:?}\n[coverage]\nrule = \"car-15min\"\n",
        extract.display().to_string()
    );
    fs_err::write(folder.join("scenario.toml"), settings).expect("written");
    table("depots.csv", "id,lon,lat", &mut std::iter::once(rows[0].to_owned()));
    table("aid_sites.csv", "id,lon,lat", &mut std::iter::once(rows[0].to_owned()));
    table(
        "antennas.csv",
        "id,depot,capacity,days,shift_start,shift_end,break_minutes,break_after",
        &mut ["A", "B"].iter().map(|id| {
            format!("{id},{},100,lun-ven,08:00,18:00,30,06:00", rows[0].split(',').next().expect("an id"))
        }),
    );
    table(
        "stops.csv",
        "id,lon,lat,name,households,rhythm,opens,setup_minutes,minutes_per_household,priority",
        &mut rows[1..=STOPS].iter().zip(0..).map(|(row, index)| {
            let rhythm = ["weekly", "fortnightly"][index % 2];
            format!("{row},Arrêt {index},10,{rhythm},Mo-Fr 09:00-17:00,10,2,required")
        }),
    );
    table("places.csv", "id,lon,lat,households", &mut rows[STOPS + 1..].iter().map(|row| format!("{row},3")));
}

fn plan_and_check(folder: &str, extract: &str) {
    let (Some(points), Some(extract)) =
        (shared(&format!("data/reference-roads/{folder}/points.csv")), shared(&format!("data/{extract}")))
    else {
        return;
    };
    let room = tempfile::tempdir().expect("a scratch folder");
    let points = fs_err::read_to_string(points).expect("readable");
    let extract = fs_err::canonicalize(extract).expect("it is there");
    write_scenario(room.path(), &points, &extract);
    let (scenario, out) = (room.path().to_str().expect("utf-8"), room.path().join("out"));
    let arguments =
        ["plan", scenario, "--out", out.to_str().expect("utf-8"), "--iterations", "50", "--format", "json"];
    let Run { code, out: told, err } = tournee(&arguments);
    assert_eq!(code, Some(0), "{told}{err}");
    let summary: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(summary["sketch_roads"], false);
    assert_eq!(summary["stops"]["served"], STOPS, "{told}");
    let checked = tournee(&["check", scenario, out.join("plan.json").to_str().expect("utf-8")]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);

    let tours = fs_err::read_to_string(out.join("tours.geojson")).expect("written");
    let tours: Value = serde_json::from_str(&tours).expect("JSON");
    assert!(tours["attribution"].as_str().expect("words").contains("OpenStreetMap"));
    for tour in tours["features"].as_array().expect("features") {
        let positions = tour["geometry"]["coordinates"].as_array().expect("positions").len();
        assert!(positions > 20, "a tour follows its roads");
    }
}

#[test]
fn monaco_is_planned() {
    plan_and_check("monaco", "osm-monaco/monaco-20210421.osm.pbf");
}

#[test]
fn north_bayreuth_is_planned() {
    plan_and_check("nord-bayreuth", "osm-nord-bayreuth/north-bayreuth-20141104.osm.pbf");
}

#[test]
fn andorra_is_planned() {
    plan_and_check("andorre", "osm-andorre/andorra-20250119.osm.pbf");
}

#[test]
fn columbus_is_planned() {
    plan_and_check("columbus", "osm-columbus/columbus-noeuds-simples.osm.pbf");
}

#[test]
fn porto_is_planned() {
    plan_and_check("porto", "osm-porto/porto-20150606-routes.osm.pbf");
}
