//! `roads build` and `matrix` as people run them.

use std::path::Path;
use std::process::{Command, Output};

use fs_err as fs;
use tempfile::TempDir;

use super::pbf_writer::Packing;
use super::town::Town;

/// A folder with `town.osm.pbf`: a street a - b - c, one-way from b to c, and d far off.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a place to write");
    let town =
        Town::draw("a b c          d").way("ab", "highway=residential").way("bc", "highway=residential");
    fs::write(folder.path().join("town.osm.pbf"), town.pbf(Packing::Zlib).0).expect("room to write");
    folder
}

fn run(folder: &Path, arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tournee"))
        .current_dir(folder)
        .args(arguments.split_whitespace())
        .args(["--lang", "en"])
        .output()
        .expect("the program is built")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8")
}

/// 100 m at the equator, in degrees of longitude.
const EAST: f64 = 0.000_898_3;

fn points(folder: &Path, name: &str, all: &[(&str, f64)]) {
    let rows: Vec<String> = all.iter().map(|(id, hundreds)| format!("{id},{},0", hundreds * EAST)).collect();
    let rows = rows.join("\n");
    fs::write(folder.join(name), format!("id,lon,lat\n{rows}")).expect("room to write");
}

#[test]
fn a_matrix_holds_every_ordered_pair() {
    let folder = folder();
    points(folder.path(), "points.csv", &[("a", 0.0), ("b", 1.0), ("c", 2.0)]);
    let ran = run(folder.path(), "matrix --roads town.osm.pbf --points points.csv -o out.csv");
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    let written = fs::read_to_string(folder.path().join("out.csv")).expect("written");
    // One road of 200 m at 25 km/h, 28.8 s, rounded once; its half from either end is 15 s, and 14 s are left.
    let expected = "from,to,seconds,metres\n\
        a,b,15,100\na,c,29,200\nb,a,14,100\nb,c,14,100\nc,a,29,200\nc,b,15,100\n";
    assert_eq!(written, expected);
    let told =
        "out.csv: 6 journeys, 0 of them impossible; `a`, the point farthest from a road, is 0 m from it\n";
    assert_eq!(text(&ran.stdout), told);
}

#[test]
fn the_gap_to_the_road_is_charged_and_told() {
    let folder = folder();
    points(folder.path(), "from.csv", &[("a", 0.0)]);
    // 50 m beyond the end of the street: 18 s at 10 km/h, and 36 s on foot.
    points(folder.path(), "to.csv", &[("b", 1.0), ("beyond", 2.5)]);
    for (profile, seconds) in [("car", 29 + 18), ("foot", 144 + 36)] {
        let command = "matrix --roads town.osm.pbf --points from.csv --to to.csv -o out.csv --format json";
        let ran = run(folder.path(), &format!("{command} --profile {profile}"));
        assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
        let told: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("JSON");
        assert_eq!(told["farthest_from_a_road"], serde_json::json!({ "id": "beyond", "metres": 50 }));
        let written = fs::read_to_string(folder.path().join("out.csv")).expect("written");
        assert_eq!(written.lines().last(), Some(format!("a,beyond,{seconds},200").as_str()));
    }
}

#[test]
fn a_matrix_from_some_points_to_others_on_prepared_roads_on_foot() {
    let folder = folder();
    points(folder.path(), "from.csv", &[("a", 0.0)]);
    points(folder.path(), "to.csv", &[("a", 0.0), ("c", 2.0)]);
    let built = run(folder.path(), "roads build town.osm.pbf -o town.roads --format json");
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    let told: serde_json::Value = serde_json::from_slice(&built.stdout).expect("JSON");
    assert_eq!((&told["ways"], &told["segments"]), (&2.into(), &1.into()), "{told}");
    let ran = run(
        folder.path(),
        "matrix --roads town.roads --points from.csv --to to.csv --profile foot -o out.csv --quiet",
    );
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    let written = fs::read_to_string(folder.path().join("out.csv")).expect("written");
    assert_eq!(written, "from,to,seconds,metres\na,a,0,0\na,c,144,200\n");
    assert_eq!(text(&ran.stdout), "");
}

#[test]
fn a_binary_matrix_holds_what_the_csv_holds() {
    let folder = folder();
    points(folder.path(), "from.csv", &[("a", 0.0), ("b", 1.0)]);
    points(folder.path(), "to.csv", &[("c", 2.0), ("b", 1.0), ("a", 0.0)]);
    for (more, rows, columns) in [("", 2, 2), (" --to to.csv", 2, 3)] {
        let command = format!("matrix --roads town.osm.pbf --points from.csv{more} -o out.bin");
        let ran = run(folder.path(), &command);
        assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
        let bytes = fs::read(folder.path().join("out.bin")).expect("written");
        let matrix = tournee::outputs::matrix_file::read(&bytes).expect("a whole matrix");
        assert_eq!((matrix.rows(), matrix.columns()), (rows, columns));
        let cell = |from, to| matrix.get(from, to).map(|travel| (travel.seconds.get(), travel.metres.get()));
        match columns {
            2 => assert_eq!([cell(0, 0), cell(0, 1), cell(1, 0)], [(0, 0), (15, 100), (14, 100)].map(Some)),
            _ => assert_eq!([cell(0, 0), cell(1, 1), cell(1, 2)], [(29, 200), (0, 0), (14, 100)].map(Some)),
        }
    }
}

#[test]
fn a_matrix_of_a_winter_day_goes_round_the_closed_pass() {
    let folder = tempfile::tempdir().expect("a place to write");
    let town = Town::draw(
        "
        c d
        .
        a b
        ",
    )
    .way("ab", "highway=residential motor_vehicle:conditional=no@(Nov-Apr)")
    .ways(&["ac", "cd", "db"], "highway=residential");
    fs::write(folder.path().join("town.osm.pbf"), town.pbf(Packing::Zlib).0).expect("room to write");
    points(folder.path(), "points.csv", &[("a", 0.0), ("b", 1.0)]);
    for (date, metres) in [("", "100"), (" --date 2027-07-15", "100"), (" --date 2027-01-15", "500")] {
        let command = format!("matrix --roads town.osm.pbf --points points.csv -o out.csv{date}");
        let ran = run(folder.path(), &command);
        assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
        let written = fs::read_to_string(folder.path().join("out.csv")).expect("written");
        assert_eq!(written.lines().nth(1).and_then(|row| row.rsplit(',').next()), Some(metres), "{date}");
    }
    let wrong =
        run(folder.path(), "matrix --roads town.osm.pbf --points points.csv -o out.csv --date winter");
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn every_wrong_point_is_named_and_nothing_is_written() {
    let folder = folder();
    points(folder.path(), "points.csv", &[("a", 0.0), ("far", 40.0), ("farther", 400.0)]);
    let ran = run(folder.path(), "matrix --roads town.osm.pbf --points points.csv -o out.csv");
    assert_eq!(ran.status.code(), Some(1));
    let said = text(&ran.stderr);
    assert!(said.contains("`far`, 3800 m from the nearest"), "{said}");
    assert!(
        said.contains("`farther`") && said.contains("M009") && said.contains("points.csv, row 4"),
        "{said}"
    );
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(left.len(), 2, "the extract and the points: {left:?}");
}

#[test]
fn a_bad_road_file_is_an_error_and_a_missing_one_is_another() {
    let folder = folder();
    points(folder.path(), "points.csv", &[("a", 0.0)]);
    fs::write(
        folder.path().join("cut.osm.pbf"),
        &fs::read(folder.path().join("town.osm.pbf")).expect("written")[..60],
    )
    .expect("room to write");
    let cut = run(folder.path(), "matrix --roads cut.osm.pbf --points points.csv -o out.csv");
    assert_eq!(cut.status.code(), Some(1));
    assert!(text(&cut.stderr).contains("N002"), "{}", text(&cut.stderr));
    let absent = run(folder.path(), "roads build absent.osm.pbf -o out.roads");
    assert_eq!(absent.status.code(), Some(4));
    assert!(text(&absent.stderr).contains("absent.osm.pbf"), "{}", text(&absent.stderr));
    let unwritable = run(folder.path(), "roads build town.osm.pbf -o no/such/folder/out.roads");
    assert_eq!(unwritable.status.code(), Some(4));
}
