//! `opendata/` against the schemas that data·inclusion publishes.

use serde_json::{Value, json};

use crate::support::program::{TABLES, Village};

fn schema(text: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(text).expect("JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

fn known() -> Village {
    let scenario = TABLES.iter().find(|(name, _)| *name == "scenario.toml").expect("a table").1;
    let asked = "\n[organisation]\nname = \"A.\"\nphone = \"03 86 00 00 00\"\nemail = \"aide@example.org\"\n\
                 website = \"example.org\"\nnotice = \"Sans rendez-vous\"\n";
    Village::with(&[("scenario.toml", &(scenario.to_owned() + asked))])
}

#[test]
fn structures_and_services_are_valid_and_damaged_ones_are_not() {
    for village in [Village::new(), known()] {
        assert_eq!(village.plan(&["--formats", "opendata"]).code, Some(0));
        let structures = super::json(&village, "opendata/structures.json");
        let services = super::json(&village, "opendata/services.json");
        let structure_schema = schema(include_str!("../../fixtures/data-inclusion/structure.json"));
        let service_schema = schema(include_str!("../../fixtures/data-inclusion/service.json"));
        let rows = |list: &Value| list.as_array().expect("a list").clone();
        for (rows, schema) in [(rows(&structures), &structure_schema), (rows(&services), &service_schema)] {
            assert!(!rows.is_empty());
            for mut row in rows {
                let mistakes: Vec<_> = schema.iter_errors(&row).map(|mistake| mistake.to_string()).collect();
                assert_eq!(mistakes, Vec::<String>::new());
                for key in row.as_object().expect("an object").keys() {
                    let properties = schema_properties(&row);
                    assert!(properties.contains(key), "{key} is in the schema");
                }
                row["nom"] = json!("x");
                assert!(!schema.is_valid(&row), "a name too short");
            }
        }
        for service in rows(&services) {
            assert_eq!(service["structure_id"], structures[0]["id"]);
        }
    }
}

/// Keys that the schema of a row knows: it allows others, which nobody would read.
fn schema_properties(row: &Value) -> Vec<String> {
    let text = if row.get("structure_id").is_some() {
        include_str!("../../fixtures/data-inclusion/service.json")
    } else {
        include_str!("../../fixtures/data-inclusion/structure.json")
    };
    let schema: Value = serde_json::from_str(text).expect("JSON");
    schema["properties"].as_object().expect("properties").keys().cloned().collect()
}

#[test]
fn services_are_open_when_the_stops_are() {
    let village = known();
    assert_eq!(village.plan(&[]).code, Some(0));
    let layer = super::json(&village, "stops.geojson");
    let stops = layer["features"].as_array().expect("features").iter().map(|feature| &feature["properties"]);
    let served: Vec<&Value> = stops.filter(|stop| stop["served"] == json!(true)).collect();
    let services = super::json(&village, "opendata/services.json");
    let services = services.as_array().expect("a list");
    assert_eq!(services.len(), served.len());
    for (service, stop) in services.iter().zip(served) {
        assert_eq!(service["horaires_accueil"], stop["opening_hours"]);
        assert_eq!(service["code_insee"], stop["insee"]);
    }
}

#[test]
fn an_antenna_is_an_itinerant_place_with_the_stops_of_its_round() {
    let village = known();
    assert_eq!(village.plan(&[]).code, Some(0));
    let places = super::json(&village, "opendata/soliguide.json");
    let layer = super::json(&village, "visits.geojson");
    let mut rounds = std::collections::BTreeSet::new();
    for feature in layer["features"].as_array().expect("features") {
        let visit = &feature["properties"];
        rounds.insert((visit["antenna_name"].to_string(), visit["name"].to_string()));
    }
    let mut told = std::collections::BTreeSet::new();
    for place in places.as_array().expect("a list") {
        assert_eq!(place["placeType"], "PARCOURS_MOBILE");
        let name = place["name"].as_str().expect("words").trim_start_matches("A. – ");
        for waypoint in place["parcours"].as_array().expect("a list") {
            told.insert((json!(name).to_string(), waypoint["description"].to_string()));
            assert!(!waypoint["hours"]["description"].as_str().expect("words").is_empty());
        }
    }
    assert_eq!(told, rounds);
}
