//! The samples of `data/` say what their pages say. `data/hameau/README.md` derives each number asserted here.

use std::path::{Path, PathBuf};

use tournee::coverage::{
    Attendance, CoverSets, Phase, Unreached, attendance, cover_sets, measure, white_zones,
};
use tournee::ids::{AntennaId, DepotId, PlaceId, StopId};
use tournee::matrix::{ReachLimit, Travel, plain};
use tournee::network::Snap;
use tournee::plan::{Options, Plan, plan};
use tournee::survey::{Node, Survey, roads, survey};
use tournee::tables::{Dataset, Priority, Status, load};
use tournee::traveller::{Profile, Traveller};
use tournee::units::{Cost, Metres, Need};

use super::fixture::open;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

fn read(name: &str) -> Dataset {
    let report = load(&sample(name)).expect("the sample is beside the sources");
    assert_eq!(report.diagnostics, [], "no finding about a sample");
    assert_eq!(report.repairs, [], "no repair in a sample");
    report.value.expect("a report without errors has a value")
}

fn surveyed(dataset: &Dataset) -> Survey {
    let network = roads(dataset).expect("a sketch always opens");
    survey(dataset, &network).value.expect("points of a sketch always meet it")
}

/// Stops by their ids.
fn stops(dataset: &Dataset, ids: &[&str]) -> Vec<usize> {
    ids.iter()
        .map(|id| dataset.stops.iter().position(|stop| stop.id == *id).expect("a stop of the sample"))
        .collect()
}

#[test]
fn roads_of_the_hamlet_are_a_thousand_seconds_a_step() {
    let dataset = read("hameau");
    let survey = surveyed(&dataset);
    let bourg = Node::Depot(DepotId(0));
    let [n1, n2, e2, s1, s2] = [0, 1, 2, 3, 4].map(|stop| Node::Stop(StopId(stop)));
    let cases = [
        (bourg, n1, 1),
        (bourg, n2, 2),
        (bourg, e2, 2),
        (bourg, s1, 1),
        (bourg, s2, 2),
        (n1, n2, 1),
        (n2, e2, 4),
        (n1, e2, 3),
        (e2, s1, 3),
        (s1, n1, 2),
    ];
    for (from, to, steps) in cases {
        for (from, to) in [(from, to), (to, from)] {
            let travel = survey.travel(AntennaId(0), from, to).expect("a sketch joins everything");
            assert_eq!(
                (travel.seconds.get(), travel.metres.get()),
                (steps * 1000, steps * 10_000),
                "{from:?} {to:?}"
            );
        }
    }
}

#[test]
fn coverage_of_the_hamlet_is_as_worked_out_by_hand() {
    let dataset = read("hameau");
    let covers = cover_sets(&dataset, &surveyed(&dataset));
    let report = measure(&dataset, &covers, &open(&dataset, &stops(&dataset, &["n1", "n2", "e2", "s1"])));
    let households = Need::from_households;
    assert_eq!(report.need, households(106));
    assert_eq!(report.covered_before, households(57));
    assert_eq!(report.covered_after, households(104));
    let before: Vec<Need> = report.places.iter().map(|place| place.covered_before).collect();
    assert_eq!(before, [40, 9, 0, 8, 0, 0].map(households));
    let after: Vec<Need> = report.places.iter().map(|place| place.covered_after).collect();
    assert_eq!(after, [40, 12, 20, 8, 16, 8].map(households));

    let zones = |phase, unreached| {
        let zones =
            white_zones(&dataset, &report, phase).into_iter().filter(move |zone| zone.unreached == unreached);
        let mut all: Vec<(u32, Need)> = zones
            .flat_map(|zone| zone.places.iter().map(move |place| (place.0, zone.need)).collect::<Vec<_>>())
            .collect();
        all.sort_unstable();
        all
    };
    // n2, e2 and s2 stand alone, farther from each other than their cells reach; n1 misses its walkers.
    let nobody = zones(Phase::Before, Unreached::Everybody);
    assert_eq!(nobody, [(2, households(20)), (4, households(16)), (5, households(10))]);
    assert_eq!(zones(Phase::Before, Unreached::Some), [(1, households(3))]);
    assert_eq!(zones(Phase::After, Unreached::Everybody), []);
    assert_eq!(zones(Phase::After, Unreached::Some), [(5, households(2))]);
}

#[test]
fn attendance_of_the_hamlet_is_as_worked_out_by_hand() {
    let dataset = read("hameau");
    let covers = cover_sets(&dataset, &surveyed(&dataset));
    let who = attendance(&dataset, &covers, &open(&dataset, &stops(&dataset, &["n1", "n2", "e2", "s1"])));
    assert_eq!(who.attending.raw, [1500, 10_000, 8000, 4000, 0].map(Need));
    // With n1 alone those of n2 who have a car drive there, one step.
    let who = attendance(&dataset, &covers, &open(&dataset, &stops(&dataset, &["n1"])));
    assert_eq!(who.attending.raw, [1500 + 7500, 0, 0, 0, 0].map(Need));
}

#[test]
fn the_tour_of_the_hamlet_costs_what_the_page_says() {
    let plan = planned(&read("hameau"), 200);
    assert_eq!(plan.violations, []);
    let terms = &plan.evaluation;
    assert_eq!(terms.operating, Cost::from_euros(202.5));
    assert_eq!(
        (plan.cycle.cost_of_days, plan.cycle.cost_of_distance),
        (Cost::from_euros(40.0), Cost::from_euros(50.0))
    );
    assert_eq!(plan.cycle.cost_of_time, Cost::from_euros(112.5));
    assert_eq!((plan.cycle.metres, plan.cycle.driving, plan.cycle.duty), (100_000, 10_000, 375 * 60));
    assert_eq!(terms.covered_need, Need::from_households(47));

    assert_eq!(plan.timetable.tours.len(), 1);
    let mut visits: Vec<_> = plan.timetable.tours[0]
        .calls()
        .map(|call| (call.stop.index(), call.households.get(), (call.end - call.start).get() / 60))
        .collect();
    visits.sort_unstable();
    // Stop, households, minutes.
    assert_eq!(visits, [(0, 2, 30), (1, 20, 70), (2, 14, 55), (3, 4, 30)]);
}

#[test]
fn the_nievre_can_be_planned() {
    let dataset = read("nievre");
    let plan = planned(&dataset, 60);
    assert_eq!(plan.violations, [], "every required stop is served, every rule holds");
    let refused = plan.dataset.stops.iter_enumerated().filter(|(_, stop)| stop.status == Status::Refused);
    assert!(refused.into_iter().all(|(stop, _)| !plan.is_served(stop)));
    assert!(!plan.timetable.cancelled.is_empty(), "its closures cancel visits of later repetitions");
    let share = |need: Need| need.get() * 100 / plan.coverage.need.get();
    assert!(share(plan.coverage.covered_before) < 65, "{} % before", share(plan.coverage.covered_before));
    assert!(share(plan.coverage.covered_after) >= 80, "{} % after", share(plan.coverage.covered_after));
}

fn planned(dataset: &Dataset, iterations: u64) -> Plan {
    let network = roads(dataset).expect("a sketch always opens");
    let options = Options { iterations: Some(iterations), threads: 1, ..Options::default() };
    plan(dataset, network, &options, &mut |_| {}).value.expect("a sample can be planned")
}

#[test]
fn the_nievre_is_the_department_with_all_its_communes() {
    let dataset = read("nievre");
    assert_eq!(dataset.places.len(), 309);
    assert!(dataset.places.iter().all(|place| place.insee.starts_with("58") && place.insee.len() == 5));
    let population: u32 = dataset.places.iter().filter_map(|place| place.population).sum();
    assert_eq!(population, 201_417);
    // 1.5 % of the population, each commune rounded to a tenth.
    let need: Need = dataset.places.iter().map(tournee::tables::Place::need).sum();
    assert_eq!(need, Need::from_households(3022));
    for place in &dataset.places {
        let inhabitants = i64::from(place.population.expect("each commune has one"));
        let off = place.need().get() - inhabitants * 15;
        assert!(off.abs() <= 50, "{}: 1.5 % to a tenth of a household", place.name);
    }
}

#[test]
fn the_nievre_has_something_of_everything() {
    let dataset = read("nievre");
    assert_eq!(dataset.antennas.len(), 2);
    assert!((40..=45).contains(&dataset.stops.len()));
    let required = dataset.stops.iter().filter(|stop| stop.priority == Priority::Required).count();
    assert!((10..=20).contains(&required));
    assert!(dataset.stops.iter().any(|stop| stop.status == Status::Refused));
    assert!(!dataset.closures.is_empty() && !dataset.locks.is_empty());
    assert!(dataset.antennas.iter().all(|antenna| antenna.rest.is_some()));
    assert!(dataset.sites.iter().all(|site| site.name.contains("démonstration")));
    let communes = dataset
        .stops
        .iter()
        .all(|stop| dataset.places.iter().any(|place| place.insee == stop.insee && place.at == stop.at));
    assert!(communes, "stops stand on the points of their communes");
}

/// What is asked of the sample: white zones before, far fewer after.
#[test]
fn stops_of_the_nievre_shrink_its_white_zones() {
    let dataset = read("nievre");
    let covers = cover_sets(&dataset, &surveyed(&dataset));
    let agreed: Vec<usize> = dataset
        .stops
        .iter_enumerated()
        .filter(|(_, stop)| stop.status == Status::Agreed)
        .map(|(stop, _)| stop.index())
        .collect();
    let report = measure(&dataset, &covers, &open(&dataset, &agreed));
    let share = |need: Need| need.get() * 100 / report.need.get();
    assert!(share(report.covered_before) < 65, "{} % before", share(report.covered_before));
    assert!(share(report.covered_after) > 80, "{} % after", share(report.covered_after));

    let unreached = |phase| {
        let zones = white_zones(&dataset, &report, phase);
        let of_nobody = zones.iter().filter(|zone| zone.unreached == Unreached::Everybody);
        of_nobody.map(|zone| zone.places.len()).sum::<usize>()
    };
    let (before, after) = (unreached(Phase::Before), unreached(Phase::After));
    assert!(before > 80, "{before} communes that nobody reaches");
    assert!(after * 3 < before, "{after} after, {before} before");
}

/// The places, groups and attendance of one sample are the same whatever thread measured them.
#[test]
fn measuring_twice_gives_the_same() {
    let dataset = read("nievre");
    let measured = || -> (CoverSets, Attendance) {
        let covers = cover_sets(&dataset, &surveyed(&dataset));
        let who = attendance(&dataset, &covers, &open(&dataset, &[0, 5, 9]));
        (covers, who)
    };
    assert_eq!(measured(), measured());
    let covers = measured().0;
    let nevers = dataset.places.iter().position(|place| place.name == "Nevers").expect("the prefecture");
    let site = covers.nearest_site[PlaceId::from(nevers)].expect("it has an aid site");
    assert_eq!(site.1.seconds.get(), 0);
}

/// One search from all sites at once finds what a search from each place finds, whichever way the rule limits it.
#[test]
fn sites_of_the_nievre_are_those_of_a_search_from_each_village() {
    let mut dataset = read("nievre");
    let network = roads(&dataset).expect("a sketch always opens");
    let car = Traveller::of(Profile::Car).on(dataset.settings.start);
    let snap = |at| network.snap(&car, at, Metres(1000)).expect("points of a sketch always meet it");
    let places: Vec<Snap> = dataset.places.iter().map(|place| snap(place.at)).collect();
    let sites: Vec<Snap> = dataset.sites.iter().map(|site| snap(site.at)).collect();
    let all = plain::reach(&network, &car, &places, &sites, ReachLimit::default()).rows;
    for road_limit in [None, Some(Metres(20_000))] {
        dataset.settings.coverage.road_limit = road_limit;
        let found = surveyed(&dataset).sites_by_car.rows;
        for (found, all) in found.iter().zip(&all) {
            assert_eq!(found.first(), all.first(), "the nearest of all");
            let within = |row: &[(u32, Travel)]| -> Vec<(u32, Travel)> {
                let is_within = |travel: &Travel| road_limit.is_some_and(|limit| travel.metres <= limit);
                row.iter().copied().filter(|(_, travel)| is_within(travel)).collect()
            };
            assert_eq!(within(found), within(all));
        }
    }
}
