//! The files of a plan, as other programs read them.

mod calendar;
pub mod gdal;
mod geojson;
mod gpx;
mod gtfs;
mod hostile;
mod libreoffice;
mod opendata;
mod opening_hours;
mod page;
mod paper;
mod plan_json;
mod public;
mod readers;
mod report;
mod schema;
mod timetable_csv;
pub mod workbook;

use serde_json::Value;

use crate::support::program::Village;

/// The village planned once, with its files written.
fn planned() -> Village {
    let village = Village::new();
    let run = village.plan(&[]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    village
}

/// A file of the plan as JSON.
fn json(village: &Village, name: &str) -> Value {
    let text = fs_err::read_to_string(village.out().join(name)).expect("it was written");
    serde_json::from_str(&text).expect("it is JSON")
}
