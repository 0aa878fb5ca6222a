//! `plan.json` read back: the program's own, typed by hand, and with mistakes.

use proptest::prelude::*;
use serde_json::{Value, json};
use tournee::diagnostics::{Lang, Report, Severity};
use tournee::network::RoadNetwork;
use tournee::outputs::plan_json::read;
use tournee::outputs::{self, document::PlanDocument};
use tournee::plan::{Options, plan};
use tournee::survey::{self, Survey};
use tournee::tables::{self, Dataset};
use tournee::timetable::Timetable;
use tournee::units::{ClockTime, Households};

use crate::support::program::Village;

/// The village as the library sees it.
struct Read {
    dataset: Dataset,
    roads: RoadNetwork,
    survey: Survey,
}

impl Read {
    fn village() -> Self {
        let village = Village::new();
        let dataset = tables::load(&village.scenario()).expect("readable").value.expect("no errors");
        let roads = survey::roads(&dataset).expect("a sketch");
        let survey = survey::survey(&dataset, &roads).value.expect("no errors");
        Self { dataset, roads, survey }
    }

    fn read(&self, document: &Value) -> Report<Timetable> {
        self.read_bytes(document.to_string().as_bytes())
    }

    fn read_bytes(&self, bytes: &[u8]) -> Report<Timetable> {
        read("plan.json", bytes, &self.dataset, &self.survey)
    }
}

/// Each finding on a line, in English.
fn lines(report: &Report<Timetable>) -> Vec<String> {
    report
        .diagnostics
        .iter()
        .map(|finding| {
            let place = finding.at.column.as_deref().unwrap_or("-");
            format!("{} {place}: {} / {}", finding.code, finding.expected.en, finding.found.en)
        })
        .collect()
}

/// Two visits on a Tuesday, with the essentials alone.
fn by_hand() -> Value {
    json!({ "tours": [ { "antenna": "A", "date": "2027-01-05", "calls": [
        { "stop": "S1", "opens": "10:00", "closes": "10:50" },
        { "stop": "S2", "opens": "13h30", "closes": "14h10" },
    ] } ] })
}

#[test]
fn a_written_plan_reads_back_as_the_timetable_it_was() {
    let village = Read::village();
    let options = Options { iterations: Some(100), ..Options::default() };
    let planned = plan(&village.dataset, village.roads.clone(), &options, &mut |_event| {});
    let planned = planned.value.expect("no errors");
    let written = outputs::documents(
        &PlanDocument::of(&planned, Lang::Fr),
        &[],
        outputs::Options { lang: Lang::Fr, public: false },
    );
    assert_eq!(written[0].name, "plan.json");
    let read = village.read_bytes(&written[0].bytes);
    assert_eq!(lines(&read), Vec::<String>::new());
    assert_eq!(read.value.expect("no errors"), planned.timetable);
}

#[test]
fn what_a_hand_typed_plan_leaves_out_is_worked_out() {
    let village = Read::village();
    let timetable = village.read(&by_hand()).value.expect("no errors");
    let tour = &timetable.tours[0];
    let survey = &village.survey;
    let nodes = [0, 1, 2, 0].map(|stop: u32| match stop {
        0 => survey::Node::Depot(tournee::ids::DepotId(0)),
        stop => survey::Node::Stop(tournee::ids::StopId(stop - 1)),
    });
    let legs: Vec<_> = nodes
        .windows(2)
        .map(|leg| survey.travel(tour.antenna, leg[0], leg[1]).expect("a sketch joins all"))
        .collect();
    let calls: Vec<_> = tour.calls().collect();
    assert_eq!(tour.id, "A-2027-01-05");
    // The margin before the first opening is the default of the scenario.
    assert_eq!(calls[0].arrival, ClockTime::from_hm(10, 0) - village.dataset.settings.announce.margin);
    assert_eq!(tour.leave(), calls[0].arrival - legs[0].seconds);
    assert_eq!(calls[0].departure, ClockTime::from_hm(10, 50));
    assert_eq!(calls[1].arrival, ClockTime::from_hm(10, 50) + legs[1].seconds);
    assert_eq!((calls[1].start, calls[1].end), (ClockTime::from_hm(13, 30), ClockTime::from_hm(14, 10)));
    assert_eq!(tour.back(), ClockTime::from_hm(14, 10) + legs[2].seconds);
    assert_eq!(tour.distance, legs.iter().map(|leg| leg.metres).sum());
    assert_eq!(tour.driving, legs.iter().map(|leg| leg.seconds).sum());
    assert!(calls[0].households >= Households(20), "those registered come at least");
    assert_eq!(calls[0].load.get(), 8000 * i64::from(calls[0].households.get()));
}

#[test]
fn all_mistakes_are_found_at_once_and_the_nearest_name_is_proposed() {
    let village = Read::village();
    let report = village.read(&json!({
        "tours": [
            { "antena": "A", "date": "5 janvier", "calls": [{ "stop": "S11", "opens": "25h", "closes": "9:70" }] },
            { "antenna": "A", "date": "2027-01-06", "trips": [{ "calls": [] }], "distance_m": -4 },
            { "antenna": "A", "date": "2027-01-07", "calls": [{ "stop": "S1", "opens": "10:00", "closes": "11:00",
              "households": 2.5 }] },
            "nothing",
        ],
        "cancelled": {},
    }));
    assert!(report.value.is_none());
    insta::assert_snapshot!(lines(&report).join("\n"));
}

#[test]
fn a_file_that_is_no_plan_says_so_in_one_line() {
    let village = Read::village();
    let first = |bytes: &[u8]| {
        let report = village.read_bytes(bytes);
        assert!(report.value.is_none());
        assert_eq!(report.diagnostics.len(), 1, "{:?}", lines(&report));
        lines(&report).remove(0)
    };
    assert!(first(b"").starts_with("K001 -: a JSON file"));
    assert!(first(b"{\"tours\": [}").starts_with("K001"));
    assert!(first(b"\xff\xfe\x00").starts_with("K001"));
    assert_eq!(first(b"{}"), "K003 -: the key `tours` / nothing");
    assert!(first(b"[]").starts_with("K004"));
    assert!(first(br#"{"type": "FeatureCollection", "features": []}"#).starts_with("K002 -: a plan"));
    assert!(first(br#"{"format": "tournee-plan", "version": 9, "tours": []}"#).starts_with("K002 version"));
    // Deep nesting is refused by the parser, not by the stack.
    assert!(first("[".repeat(100_000).as_bytes()).starts_with("K001"));
}

#[test]
fn a_tour_of_more_visits_than_any_van_makes_is_refused() {
    let village = Read::village();
    let call = json!({ "stop": "S1", "opens": "10:00", "closes": "10:50" });
    let tour = |calls: usize| json!({ "tours": [{ "antenna": "A", "date": "2027-01-05", "calls": vec![call.clone(); calls] }] });
    let timetable = village.read(&tour(1000)).value.expect("long, but a tour");
    tournee::check::check(&village.dataset, &village.survey, &timetable);
    assert_eq!(lines(&village.read(&tour(1001))), ["K010 tours[0]: at most 1000 visits / more"]);
}

#[test]
fn a_plan_of_other_tables_is_read_with_a_warning() {
    let village = Read::village();
    let mut document = by_hand();
    document["scenario"] = json!({ "fingerprint": "0123456789abcdef" });
    let report = village.read(&document);
    assert!(report.value.is_some());
    assert_eq!(report.diagnostics.len(), 1);
    assert_eq!(report.diagnostics[0].severity, Severity::Warning);
    assert!(lines(&report)[0].starts_with("K011 scenario.fingerprint"));
}

/// A value of any kind, as a mistake may put it anywhere.
fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "[0-9]{1,3}[:h][0-9]{0,2}".prop_map(Value::from),
        "-?[0-9]{1,6}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
    ]
}

/// Every path of a document that leads to a value.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                paths(item, &format!("{path}/{at}"), found);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                paths(item, &format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let report = VILLAGE.with(|village| village.read_bytes(&bytes));
        prop_assert!(report.value.is_none() && !report.diagnostics.is_empty());
    }

    #[test]
    fn no_damage_makes_the_reader_or_the_checker_panic(
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any_value()), 1..4),
    ) {
        let mut document = by_hand();
        for (place, value) in damages {
            let mut all = Vec::new();
            paths(&document, "", &mut all);
            *document.pointer_mut(&all[place.index(all.len())]).expect("a path of the document") = value;
        }
        VILLAGE.with(|village| {
            let report = village.read(&document);
            prop_assert_eq!(report.value.is_none(), report.errors().next().is_some());
            if let Some(timetable) = report.value {
                tournee::check::check(&village.dataset, &village.survey, &timetable);
            }
            Ok(())
        })?;
    }
}

thread_local! {
    static VILLAGE: Read = Read::village();
}
