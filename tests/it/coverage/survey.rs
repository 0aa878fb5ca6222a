//! Points meet the roads, or the user is told which do not, all at once and in both languages.

use tournee::diagnostics::{Lang, Report};
use tournee::ids::{AntennaId, DepotId, StopId};
use tournee::network::RoadNetwork;
use tournee::survey::{Node, Survey, roads, survey};
use tournee::tables::{Dataset, RoadSource};
use tournee::traveller::{Profile, Traveller};

use super::fixture::{self, north, place, site, stop};
use crate::support::pbf::{Extract, Way, extract};
use crate::support::scenario;

/// A main road of 11 km along 3° E with a side road, and 7.6 km to the east a road on an island.
///
/// ```text
///   2 (3.0, 47.1)
///   |
///   |  main road                    11 (3.1, 47.01)
///   |                               |  island
///   1 (3.0, 47.0)                   10 (3.1, 47.00)
/// ```
const NODES: &[(i64, f64, f64)] = &[(1, 3.0, 47.0), (2, 3.0, 47.1), (10, 3.1, 47.0), (11, 3.1, 47.01)];
const ROAD: &[(&str, &str)] = &[("highway", "tertiary")];
const WAYS: &[Way<'_>] = &[(&[1, 2], ROAD), (&[10, 11], ROAD)];

fn network(roads: &Extract) -> RoadNetwork {
    RoadNetwork::open(&roads.path).expect("a well-formed extract")
}

fn surveyed(dataset: &Dataset) -> Report<Survey> {
    survey(dataset, &network(&extract(NODES, WAYS)))
}

const SCENARIO: &str = "
# scenario.toml
start = 2027-01-04
weeks = 1
[roads]
snap_metres = 1000
# depots.csv
id,name,lon,lat
port,Port,2.5,47.05
# antennas.csv
id,depot,capacity
bus,port,60
# stops.csv
id,name,lon,lat
ile,Sur l'île,3.1,47.005
pres,Au bord,3.0,47.02
loin,Dans les champs,3.02,47.02
# places.csv
id,name,lon,lat,households
ailleurs,Un autre pays,5.0,47.0,10
# aid_sites.csv
id,name,lon,lat
champ,Aide,2.98,47.05
";

#[test]
fn every_point_off_the_roads_is_told_at_once_in_french() {
    let report = surveyed(&scenario::dataset(SCENARIO));
    assert!(report.value.is_none());
    assert_eq!(scenario::findings(&report, Lang::Fr), FRENCH.trim_start());
}

#[test]
fn every_point_off_the_roads_is_told_at_once_in_english() {
    let report = surveyed(&scenario::dataset(SCENARIO));
    assert_eq!(scenario::findings(&report, Lang::En), ENGLISH.trim_start());
}

const FRENCH: &str = "
depots.csv, ligne 2 : attendu un point à 1 km au plus d'une route ouverte à une camionnette, trouvé le dépôt « port » en 2.5, 47.05, à 38 km de la plus proche [C001]
  aide : vérifiez `lon` et `lat` (un point en mer ?) ; s'ils sont justes, rapprochez le point d'une route ou augmentez `snap_metres` sous [roads]
stops.csv, ligne 2 : attendu un point relié par la route au reste du réseau pour une camionnette, trouvé l'arrêt « ile » en 3.1, 47.005, sur une île ou un tronçon isolé, à 7,6 km du réseau [C002]
  aide : vérifiez `lon` et `lat` ; si le point est juste, on ne peut pas y aller et en revenir par ces routes : déplacez-le, ou retirez la ligne
stops.csv, ligne 4 : attendu un point à 1 km au plus d'une route ouverte à une camionnette, trouvé l'arrêt « loin » en 3.02, 47.02, à 1,5 km de la plus proche [C001]
  aide : vérifiez `lon` et `lat` (un point en mer ?) ; s'ils sont justes, rapprochez le point d'une route ou augmentez `snap_metres` sous [roads]
places.csv, ligne 2 : attendu un point à 1 km au plus d'une route ouverte à une voiture, trouvé le lieu « ailleurs » en 5, 47, à 152,1 km de la plus proche [C001]
  aide : vérifiez `lon` et `lat` ; s'ils sont justes, ces routes sont celles d'un autre territoire : prenez un fichier qui couvre ce point
aid_sites.csv, ligne 2 : attendu un point à 1 km au plus d'une route ouverte à une voiture, trouvé le point d'aide « champ » en 2.98, 47.05, à 1,5 km de la plus proche [C001]
  aide : vérifiez `lon` et `lat` (un point en mer ?) ; s'ils sont justes, rapprochez le point d'une route ou augmentez `snap_metres` sous [roads]";

const ENGLISH: &str = "
depots.csv, row 2: expected a point within 1 km of a road open to a van, found depot `port` at 2.5, 47.05, 38 km from the nearest [C001]
  help: check `lon` and `lat` (a point in the sea?); if they are right, move the point to a road or raise `snap_metres` under [roads]
stops.csv, row 2: expected a point that roads open to a van join to the rest of the network, found stop `ile` at 3.1, 47.005, on an island or a cut-off road, 7.6 km from the network [C002]
  help: check `lon` and `lat`; if the point is right, nobody can drive there and back on these roads: move it, or remove the row
stops.csv, row 4: expected a point within 1 km of a road open to a van, found stop `loin` at 3.02, 47.02, 1.5 km from the nearest [C001]
  help: check `lon` and `lat` (a point in the sea?); if they are right, move the point to a road or raise `snap_metres` under [roads]
places.csv, row 2: expected a point within 1 km of a road open to a car, found place `ailleurs` at 5, 47, 152.1 km from the nearest [C001]
  help: check `lon` and `lat`; if they are right, these roads are those of another territory: use a file that covers this point
aid_sites.csv, row 2: expected a point within 1 km of a road open to a car, found aid site `champ` at 2.98, 47.05, 1.5 km from the nearest [C001]
  help: check `lon` and `lat` (a point in the sea?); if they are right, move the point to a road or raise `snap_metres` under [roads]";

#[test]
fn points_on_the_roads_are_measured_along_them() {
    let text = SCENARIO
        .replace("port,Port,2.5,47.05", "port,Port,3.0,47.05")
        .replace("3.1,47.005", "3.0,47.01")
        .replace("3.02,47.02", "3.0,47.03")
        .replace("5.0,47.0,10", "3.0,47.04,10")
        .replace("2.98,47.05", "3.0,47.05");
    let report = surveyed(&scenario::dataset(&text));
    assert_eq!(report.diagnostics, []);
    let survey = report.value.expect("all points are on the main road");
    assert!(!survey.is_sketch);
    // A hundredth of a degree of the meridian is 1 111.7 m there.
    let travel = survey.travel(AntennaId(0), Node::Depot(DepotId(0)), Node::Stop(StopId(1)));
    let metres = travel.expect("one road leads there").metres.get();
    assert!((3333..=3337).contains(&metres), "{metres} m for three hundredths");
    let metres = survey.sites_by_car.rows[0][0].1.metres.get();
    assert!((1110..=1114).contains(&metres), "{metres} m for one hundredth");
    let order: Vec<u32> = survey.stops_by_car.rows[0].iter().map(|(stop, _)| *stop).collect();
    assert_eq!(order, [2, 1, 0], "nearest first");
}

#[test]
fn a_leg_is_as_long_as_the_table_says() {
    let mut dataset = fixture::with_van();
    for metres in [1000.0, 5000.0, 7000.0] {
        stop(&mut dataset, north(metres));
    }
    let network = roads(&dataset).expect("a sketch always opens");
    let survey = survey(&dataset, &network).value.expect("points of a sketch always meet it");
    assert!(survey.is_sketch);
    let nodes =
        [Node::Depot(DepotId(0)), Node::Stop(StopId(0)), Node::Stop(StopId(1)), Node::Stop(StopId(2))];
    for from in nodes {
        for to in nodes {
            let travel = survey.travel(AntennaId(0), from, to);
            let leg = survey.leg(&network, AntennaId(0), from, to).expect("a sketch joins everything");
            assert_eq!(Some(leg.travel), travel);
        }
    }
}

/// A stop in a street under a low bridge: the van comes, the bus does not, and that is no error.
#[test]
fn a_stop_needs_the_roads_of_one_of_its_antennas_only() {
    // The low street leaves the main road to the east, for 2 km.
    let nodes = [NODES, &[(3, 3.0263, 47.05), (4, 3.0, 47.05)]].concat();
    let low = [("highway", "tertiary"), ("maxheight", "2.8")];
    let roads = extract(&nodes, &[(&[1, 4, 2], ROAD), (&[4, 3], &low)]);
    let mut dataset = fixture::with_van();
    fixture::antenna(
        &mut dataset,
        Traveller { height_cm: Some(320), weight_kg: Some(12_000), ..Traveller::of(Profile::Bus) },
    );
    stop(&mut dataset, geo::Point::new(3.0263, 47.05));
    let report = survey(&dataset, &network(&roads));
    assert_eq!(report.diagnostics, []);
    let survey = report.value.expect("the van comes there");
    let (depot, end) = (Node::Depot(DepotId(0)), Node::Stop(StopId(0)));
    assert!(survey.travel(AntennaId(0), depot, end).is_some());
    assert_eq!(survey.travel(AntennaId(1), depot, end), None);
    assert_eq!(survey.travel(AntennaId(1), end, depot), None);
    assert!(survey.travel(AntennaId(1), depot, depot).is_some());
    assert!(survey.leg(&network(&roads), AntennaId(1), depot, end).is_none());

    dataset.stops[StopId(0)].antennas = vec![AntennaId(1)];
    let report = survey_again(&dataset, &roads);
    assert_eq!(
        scenario::findings(&report, Lang::En).lines().next(),
        Some(
            "stops.csv, row 2: expected a point within 1 km of a road open to a bus of 3.2 m high and 12 t, found stop \
             `S0` at 3.0263, 47.05, 2 km from the nearest [C001]"
        )
    );
}

fn survey_again(dataset: &Dataset, roads: &Extract) -> Report<Survey> {
    survey(dataset, &network(roads))
}

#[test]
fn roads_without_any_for_a_vehicle_are_told_once() {
    let footpaths = extract(NODES, &[(&[1, 2], &[("highway", "footway")])]);
    let mut dataset = fixture::with_van();
    for metres in [0.0, 1000.0, 2000.0] {
        stop(&mut dataset, north(metres));
        place(&mut dataset, north(metres), (1000, 0));
    }
    let report = survey_again(&dataset, &footpaths);
    assert!(report.value.is_none());
    assert_eq!(
        scenario::findings(&report, Lang::En),
        "scenario.toml, key `roads.source`: expected roads open to a van, found none in this road file [C003]
  help: use a full OpenStreetMap extract (with its streets and roads), or `source = \"sketch\"`
scenario.toml, key `roads.source`: expected roads open to a car, found none in this road file [C003]
  help: use a full OpenStreetMap extract (with its streets and roads), or `source = \"sketch\"`"
    );
}

#[test]
fn nobody_is_counted_on_foot_where_only_cars_go_and_that_is_a_warning() {
    // Three kilometres of expressway lead to a village; people walk on the main road only.
    let nodes = [NODES, &[(3, 3.04, 47.1)]].concat();
    let expressway = [("highway", "trunk"), ("foot", "no")];
    let roads = extract(&nodes, &[(&[1, 2], ROAD), (&[2, 3], &expressway)]);
    let mut dataset = fixture::with_van();
    let far = geo::Point::new(3.04, 47.1);
    place(&mut dataset, far, (1000, 500));
    place(&mut dataset, far, (1000, 0));
    stop(&mut dataset, far);
    site(&mut dataset, far);
    let report = survey_again(&dataset, &roads);
    let expected = [("stops.csv", "l'arrêt « S0 »"), ("places.csv", "le lieu « P0 »"), ("aid_sites.csv", "le point d'aide « A0 »")]
        .map(|(file, what)| {
            format!(
                "attention : {file}, ligne 2 : attendu une route praticable à pied à 1 km au plus, trouvé {what}, à 3 km de la plus proche [C004]\n  \
                 aide : personne n'y est compté à pied ; déplacez le point si c'est une erreur"
            )
        });
    assert_eq!(scenario::findings(&report, Lang::Fr), expected.join("\n"));
    let survey = report.value.expect("a warning stops nothing");
    assert_eq!(survey.stops_on_foot.rows, [vec![], vec![]]);
    assert_eq!(survey.stops_by_car.rows[0].len(), 1);
}

#[test]
fn roads_that_nothing_joins_to_the_others_are_warned_of_once() {
    // A street of 3.8 km apart from the main road, beyond a river.
    let nodes = [NODES, &[(3, 3.0, 47.02), (4, 3.05, 47.02)]].concat();
    let roads = extract(&nodes, &[(&[1, 2], ROAD), (&[3, 4], ROAD)]);
    let mut dataset = fixture::with_van();
    fixture::antenna(&mut dataset, Traveller { height_cm: Some(320), ..Traveller::of(Profile::Bus) });
    stop(&mut dataset, geo::Point::new(3.0, 47.0));
    let report = survey(&dataset, &network(&roads));
    let found: Vec<_> =
        report.diagnostics.iter().map(|found| (found.code.0, found.found.en.as_str())).collect();
    assert_eq!(found, [("N010", "4 km of roads apart around 47.0200, 3.0000")]);
    assert!(report.value.is_some(), "a warning stops nothing");
}

/// From the depot at the south end of the main road to a stop at its north end, by the roads that the settings name.
fn from_end_to_end(dataset: &mut Dataset, extract: &Extract) -> (i32, i32) {
    dataset.settings.roads.source = RoadSource::File(extract.path.clone());
    let network = roads(dataset).expect("a well-formed extract");
    let survey = survey(dataset, &network).value.expect("both are on the road");
    let (depot, end) = (Node::Depot(DepotId(0)), Node::Stop(StopId(0)));
    let travel = survey.travel(AntennaId(0), depot, end).expect("a road");
    (travel.seconds.get(), travel.metres.get())
}

#[test]
fn a_pass_is_closed_where_the_cycle_begins_in_its_season() {
    // The main road over a pass, and a way round by the west that is half as long again.
    let nodes = [&NODES[..2], &[(3, 2.95, 47.05)]].concat();
    let pass = [("highway", "tertiary"), ("motor_vehicle:conditional", "no @ (Nov 15-May 31)")];
    let extract = extract(&nodes, &[(&[1, 2], &pass), (&[1, 3, 2], ROAD)]);
    let mut dataset = fixture::with_van();
    dataset.depots[DepotId(0)].at = geo::Point::new(3.0, 47.0);
    stop(&mut dataset, geo::Point::new(3.0, 47.1));
    let (_, winter) = from_end_to_end(&mut dataset, &extract);
    dataset.settings.start = jiff::civil::date(2027, 7, 5);
    let (_, summer) = from_end_to_end(&mut dataset, &extract);
    assert!(
        (11_000..11_300).contains(&summer) && winter > 13_000,
        "{summer} m in summer, {winter} m in winter"
    );
}

#[test]
fn the_scenario_s_speeds_are_driven() {
    let extract = extract(NODES, WAYS);
    let mut dataset = fixture::with_van();
    dataset.depots[DepotId(0)].at = geo::Point::new(3.0, 47.0);
    stop(&mut dataset, geo::Point::new(3.0, 47.1));
    let (usual, metres) = from_end_to_end(&mut dataset, &extract);
    assert_eq!(usual, (f64::from(metres) * 3.6 / 40.0).round() as i32);
    dataset.settings.roads.class_speeds = vec![("tertiary", 60.0)];
    assert_eq!(
        from_end_to_end(&mut dataset, &extract),
        ((f64::from(metres) * 3.6 / 60.0).round() as i32, metres)
    );
}
