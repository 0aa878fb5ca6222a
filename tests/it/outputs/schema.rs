//! `plan.json` against its committed schema.

use jsonschema::Validator;
use serde_json::{Value, json};

use super::planned;

fn validator() -> Validator {
    let schema: Value =
        serde_json::from_str(include_str!("../../../schema/plan.schema.json")).expect("it is JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("it is a schema");
    jsonschema::validator_for(&schema).expect("it is a schema")
}

#[test]
fn a_written_plan_is_valid_and_damaged_ones_are_not() {
    let validator = validator();
    let plan = super::json(&planned(), "plan.json");
    let mistakes: Vec<_> = validator.iter_errors(&plan).map(|mistake| mistake.to_string()).collect();
    assert_eq!(mistakes, Vec::<String>::new());

    let damages: [(&str, Value); 8] = [
        ("/version", json!(3)),
        ("/scenario/start", json!("4 janvier")),
        ("/tours/0/date", json!(20_270_104)),
        ("/tours/0/leave", json!("08:00")),
        ("/tours/0/trips", json!([])),
        ("/tours/0/trips/0/calls/0/households", json!(-1)),
        ("/tours/0/trips/0/calls/0/opens", json!("9h")),
        ("/stops/0/lon", json!(700)),
    ];
    for (path, value) in damages {
        let mut damaged = plan.clone();
        *damaged.pointer_mut(path).unwrap_or_else(|| panic!("{path} is in the plan")) = value;
        assert!(!validator.is_valid(&damaged), "{path}");
    }
    for path in ["", "/tours/0", "/tours/0/trips/0/calls/0", "/cost"] {
        let mut damaged = plan.clone();
        let object = damaged.pointer_mut(path).and_then(Value::as_object_mut).expect("an object of the plan");
        object.insert("unknown".to_owned(), json!(1));
        assert!(!validator.is_valid(&damaged), "an unknown key in {path:?}");
    }
}

#[test]
fn every_key_of_the_schema_is_described_or_required() {
    // A key that the schema knows and the program never writes would be a promise nobody keeps.
    let validator = validator();
    let plan = super::json(&planned(), "plan.json");
    for key in plan.as_object().expect("an object").keys() {
        let mut damaged = plan.clone();
        damaged.as_object_mut().expect("an object").remove(key);
        assert!(!validator.is_valid(&damaged), "{key} is required");
    }
}
