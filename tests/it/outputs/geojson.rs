//! The five layers hold what RFC 7946 and our users ask.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::{json, planned};
use crate::support::program::Village;

const LAYERS: [(&str, &str, &[&str]); 5] = [
    (
        "visits.geojson",
        "visit",
        &[
            "kind",
            "id",
            "stop",
            "name",
            "commune",
            "insee",
            "antenna",
            "tour",
            "sequence",
            "date",
            "weekday",
            "arrival",
            "start",
            "end",
            "departure",
            "opens",
            "closes",
            "households",
            "load_kg",
            "title",
            "description",
            "marker-color",
        ],
    ),
    (
        "tours.geojson",
        "tour",
        &[
            "kind",
            "id",
            "antenna",
            "date",
            "start",
            "end",
            "distance_m",
            "driving_s",
            "service_s",
            "duty_s",
            "visits",
            "households",
            "cost",
            "stroke",
        ],
    ),
    (
        "stops.geojson",
        "stop",
        &["kind", "served", "rhythm", "opening_hours", "visits_per_cycle", "households", "reason", "fix"],
    ),
    (
        "places.geojson",
        "place",
        &[
            "kind",
            "households",
            "minutes_before",
            "minutes_after",
            "covered_before",
            "covered_after",
            "stop",
            "aid_site",
        ],
    ),
    ("white_zones.geojson", "white_zone", &["kind", "places", "households", "rule", "phase"]),
];

fn features(layer: &Value) -> &[Value] {
    layer["features"].as_array().expect("features")
}

/// Every `[lon, lat]` of a geometry.
fn positions(geometry: &Value, found: &mut Vec<[f64; 2]>) {
    let Some(items) = geometry.as_array() else { return };
    match items.as_slice() {
        [Value::Number(lon), Value::Number(lat)] => {
            for number in [lon, lat] {
                let decimals = number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
                assert!(decimals <= 7, "{number} has more than seven decimals");
            }
            found.push([lon.as_f64().expect("finite"), lat.as_f64().expect("finite")]);
        }
        items => items.iter().for_each(|item| positions(item, found)),
    }
}

#[test]
fn layers_follow_the_standard_and_have_the_promised_properties() {
    let village = planned();
    for (file, kind, keys) in LAYERS {
        let layer = json(&village, file);
        assert_eq!(layer["type"], "FeatureCollection", "{file}");
        assert!(layer.get("crs").is_none(), "{file}");
        assert!(layer["attribution"].as_str().expect("words").contains("esquissées"), "{file}");
        assert!(!features(&layer).is_empty(), "{file} shows something in this scenario");
        let mut all = Vec::new();
        let mut types: BTreeMap<&str, &str> = BTreeMap::new();
        let expected: Vec<&String> =
            features(&layer)[0]["properties"].as_object().expect("properties").keys().collect();
        for feature in features(&layer) {
            positions(&feature["geometry"]["coordinates"], &mut all);
            let properties = feature["properties"].as_object().expect("properties");
            assert_eq!(properties["kind"], kind);
            assert_eq!(properties.keys().collect::<Vec<_>>(), expected, "the same columns in every row");
            for key in keys {
                assert!(properties.contains_key(*key), "{file} lacks {key}");
            }
            for (key, value) in properties {
                let name = match value {
                    Value::Null => continue,
                    Value::Bool(_) => "bool",
                    Value::Number(_) => "number",
                    Value::String(_) => "string",
                    _ => panic!("{file}: {key} is not flat"),
                };
                assert_eq!(*types.entry(key).or_insert(name), name, "{file}: {key} has one type");
            }
        }
        let [west, south, east, north] =
            all.iter().fold([180.0, 90.0, -180.0, -90.0], |bounds: [f64; 4], at| {
                [bounds[0].min(at[0]), bounds[1].min(at[1]), bounds[2].max(at[0]), bounds[3].max(at[1])]
            });
        assert_eq!(layer["bbox"], serde_json::json!([west, south, east, north]), "{file}");
    }
}

#[test]
fn layers_are_ready_styled_for_the_web_and_for_qgis() {
    let village = planned();
    let hex = |value: &Value| {
        let colour = value.as_str().unwrap_or_default();
        colour.len() == 7 && colour[1..].bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    for (file, colours) in [
        ("visits.geojson", &["marker-color"][..]),
        ("stops.geojson", &["marker-color"]),
        ("tours.geojson", &["stroke"]),
        ("places.geojson", &["marker-color"]),
        ("white_zones.geojson", &["stroke", "fill"]),
    ] {
        let layer = json(&village, file);
        assert_eq!(layer["_umap_options"]["labelKey"], "title", "{file}");
        let style =
            fs_err::read_to_string(village.out().join(file.replace("geojson", "qml"))).expect("written");
        for feature in features(&layer) {
            let properties = &feature["properties"];
            assert!(colours.iter().all(|key| hex(&properties[*key])), "{file}: {properties}");
            assert!(!properties["title"].as_str().expect("words").is_empty(), "{file}");
            // A style that asks for a field that is not there shows nothing.
            for field in style.split("&quot;").skip(1).step_by(2) {
                assert!(properties.get(field).is_some(), "{file}: {field}");
            }
        }
        let is_timed = style.contains("startField=\"start\" endField=\"end\"");
        assert_eq!(is_timed, matches!(file, "visits.geojson" | "tours.geojson"), "{file}");
    }
}

#[test]
fn the_moments_of_a_visit_are_in_order_and_announced_times_are_inside() {
    let layer = json(&planned(), "visits.geojson");
    for feature in features(&layer) {
        let visit = &feature["properties"];
        let moment = |key: &str| -> Timestamp {
            visit[key].as_str().expect("words").parse().expect("ISO 8601 with an offset")
        };
        let (arrival, start) = (moment("arrival"), moment("start"));
        assert!(arrival <= start && start < moment("end") && moment("end") <= moment("departure"), "{visit}");
        let date = visit["date"].as_str().expect("words");
        let opens = format!("{date}T{}:00+01:00", visit["opens"].as_str().expect("words"));
        let closes = format!("{date}T{}:00+01:00", visit["closes"].as_str().expect("words"));
        assert!(start <= opens.parse().expect("a moment"), "{visit}");
        assert!(closes.parse::<Timestamp>().expect("a moment") <= moment("end"), "{visit}");
    }
}

#[test]
fn a_tour_is_a_line_from_its_depot_and_back_and_counts_its_visits() {
    let village = planned();
    let (tours, visits) = (json(&village, "tours.geojson"), json(&village, "visits.geojson"));
    for tour in features(&tours) {
        assert_eq!(tour["geometry"]["type"], "LineString");
        let line = tour["geometry"]["coordinates"].as_array().expect("positions");
        assert!(line.len() >= 2);
        assert!(line.windows(2).all(|pair| pair[0] != pair[1]), "no position twice in a row");
        assert_eq!(line.first(), line.last(), "both vans return to their depot");
        assert_eq!(line[0], serde_json::json!([3.0, 47.0]));
        let id = &tour["properties"]["id"];
        let own = features(&visits).iter().filter(|visit| &visit["properties"]["tour"] == id);
        let households: i64 =
            own.clone().map(|visit| visit["properties"]["households"].as_i64().expect("whole")).sum();
        assert_eq!(tour["properties"]["visits"], own.count());
        assert_eq!(tour["properties"]["households"], households);
    }
}

#[test]
fn the_costs_of_a_cycle_s_tours_add_up_to_the_plan_s() {
    let antennas = "id,depot,capacity,shift_start,shift_end,cost_per_day,cost_per_km,cost_per_hour\n\
                    A,D,60,08:00,18:00,40,0.457,19.99\n";
    let nothing_cancelled = "date,stop\n2027-01-26,S5\n";
    let village = Village::with(&[("antennas.csv", antennas), ("closures.csv", nothing_cancelled)]);
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    let (tours, plan) = (json(&village, "tours.geojson"), json(&village, "plan.json"));
    let shifts = plan["cycle"]["shifts"].as_u64().expect("whole") as usize;
    let cost = |tour: &Value| tour["properties"]["cost"].as_f64().expect("a number");
    let sum: f64 = features(&tours)[..shifts].iter().map(cost).sum();
    let stated = plan["cost"]["operating"].as_f64().expect("a number");
    // Each figure is rounded to the millionth of a euro once.
    assert!((sum - stated).abs() <= 1e-6 * (shifts + 1) as f64, "{sum} {stated}");
}

#[test]
fn rings_are_closed_and_wound_by_the_right_hand_rule() {
    let layer = json(&planned(), "white_zones.geojson");
    for zone in features(&layer) {
        assert_eq!(zone["geometry"]["type"], "MultiPolygon");
        for polygon in zone["geometry"]["coordinates"].as_array().expect("polygons") {
            for (index, ring) in polygon.as_array().expect("rings").iter().enumerate() {
                let mut ring_positions = Vec::new();
                positions(ring, &mut ring_positions);
                assert!(ring_positions.len() >= 4);
                assert_eq!(ring_positions.first(), ring_positions.last());
                let area: f64 = ring_positions
                    .windows(2)
                    .map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1])
                    .sum();
                assert_eq!(area > 0.0, index == 0, "exterior counterclockwise, holes clockwise");
            }
        }
    }
}
