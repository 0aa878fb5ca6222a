//! Travel against OSRM's stock car profile, recorded on the same extracts (shared/data/reference-roads).

use std::path::Path;

use geo::Point;
use tournee::matrix::{TravelMatrix, travel_matrix};
use tournee::network::{RoadNetwork, Snap};
use tournee::traveller::{Profile, Traveller};
use tournee::units::Metres;

use crate::support::shared;

/// Folder of the reference, and the extract it was made on.
pub const PLACES: [(&str, &str); 5] = [
    ("monaco", "osm-monaco/monaco-20210421.osm.pbf"),
    ("nord-bayreuth", "osm-nord-bayreuth/north-bayreuth-20141104.osm.pbf"),
    ("andorre", "osm-andorre/andorra-20250119.osm.pbf"),
    ("columbus", "osm-columbus/columbus-noeuds-simples.osm.pbf"),
    ("porto", "osm-porto/porto-20150606-routes.osm.pbf"),
];

const CAR: Traveller = Traveller::of(Profile::Car);

/// Rows of a CSV file without quotes.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs_err::read_to_string(path).expect("a readable reference");
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

/// Ours against the reference's, by pair.
struct Comparison {
    pairs: usize,
    seconds: Vec<f64>,
    metres: Vec<f64>,
    one_sided: Vec<String>,
}

fn compare(folder: &str, extract: &str) -> Option<Comparison> {
    let (folder, extract) =
        (shared(&format!("data/reference-roads/{folder}"))?, shared(&format!("data/{extract}"))?);
    let network = RoadNetwork::open(&extract).expect("an extract that opens");
    let points = rows(&folder.join("points.csv"));
    let snaps: Vec<Snap> = points
        .iter()
        .map(|row| {
            network
                .snap(&CAR, Point::new(number(&row[1]), number(&row[2])), Metres(2000))
                .expect("near a road")
        })
        .collect();
    let matrix = travel_matrix(&network, &CAR, &snaps, &snaps);
    let index = |id: &str| points.iter().position(|row| row[0] == id).expect("a listed point");
    let reference = rows(&folder.join("reference-osrm-car.csv"));
    Some(differences(&matrix, &snaps, reference.iter().map(|row| (index(&row[0]), index(&row[1]), row))))
}

fn differences<'a>(
    matrix: &TravelMatrix,
    snaps: &[Snap],
    reference: impl Iterator<Item = (usize, usize, &'a Vec<String>)>,
) -> Comparison {
    let mut found = Comparison { pairs: 0, seconds: Vec::new(), metres: Vec::new(), one_sided: Vec::new() };
    for (from, to, row) in reference {
        found.pairs += 1;
        match (matrix.get(from, to), row[2].is_empty()) {
            (Some(travel), false) => {
                let gaps = snaps[from].gap_time + snaps[to].gap_time;
                let seconds = f64::from((travel.seconds - gaps).get());
                found.seconds.push((seconds - number(&row[2])) / number(&row[2]).max(1.0));
                found
                    .metres
                    .push((f64::from(travel.metres.get()) - number(&row[3])) / number(&row[3]).max(1.0));
            }
            (None, true) => {}
            (ours, _) => found.one_sided.push(format!("{} {} {ours:?}", row[0], row[1])),
        }
    }
    found
}

/// The value that a share of the absolute values stays within, in percent.
fn within(values: &[f64], share: f64) -> f64 {
    let mut absolute: Vec<f64> = values.iter().map(|value| 100.0 * value.abs()).collect();
    absolute.sort_by(f64::total_cmp);
    absolute[(absolute.len() as f64 * share) as usize]
}

#[test]
#[expect(clippy::print_stderr, reason = "the table of docs/roads.md is taken from here")]
fn travel_agrees_with_a_known_engine() {
    for (folder, extract) in PLACES {
        let Some(found) = compare(folder, extract) else { return };
        let figures =
            [(&found.metres, 0.5), (&found.metres, 0.95), (&found.seconds, 0.5), (&found.seconds, 0.95)];
        let [metres, metres_95, seconds, seconds_95] = figures.map(|(values, share)| within(values, share));
        let one_sided = found.one_sided.len();
        eprintln!(
            "| {folder} | {metres:.2} % | {metres_95:.1} % | {seconds:.2} % | {seconds_95:.1} % | {one_sided} |"
        );
        assert_eq!(found.pairs, 60 * 59, "{folder}");
        assert_eq!(found.one_sided, [""; 0], "{folder}: pairs that only one of the two can travel");
        assert!(metres < 0.2, "{folder}: median difference of lengths {metres:.2} %");
        assert!(seconds < 3.0, "{folder}: median difference of durations {seconds:.2} %");
    }
}
