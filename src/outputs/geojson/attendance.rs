//! `attendance.geojson`: who goes where, a line from each place to its stop under each model of attendance.

use super::{Credits, feature, layer, line, minutes, properties};
use crate::outputs::document::{Attends, AttendsModel, AttendsOutcome, Position};

/// An end of a line: its name and where it is.
pub type End<'a> = (&'a str, Position);

/// The layer, in the order of the rows; `ends` tells the place and the stop of a row.
pub fn attendance<'a>(
    rows: &[Attends],
    ends: impl Fn(&Attends) -> [End<'a>; 2],
    credits: Credits<'_>,
) -> Vec<u8> {
    layer("attendance", features(rows, ends), credits)
}

/// Its features.
pub fn features<'a>(rows: &[Attends], ends: impl Fn(&Attends) -> [End<'a>; 2]) -> Vec<geojson::Feature> {
    rows.iter().map(|row| row_feature(row, ends(row))).collect()
}

fn row_feature(row: &Attends, [(place_name, home), (stop_name, at)]: [End<'_>; 2]) -> geojson::Feature {
    let model = match row.model {
        AttendsModel::Nearest => "nearest",
        AttendsModel::Referred => "referred",
    };
    // Blue and orange of Okabe and Ito's scheme for the two models; grey for those who do not get there.
    let colour = match (row.outcome, row.model) {
        (AttendsOutcome::Attends, AttendsModel::Nearest) => "#0072b2",
        (AttendsOutcome::Attends, AttendsModel::Referred) => "#d55e00",
        _ => "#999999",
    };
    let means = if row.by_car { "car" } else { "foot" };
    feature(
        line(&[home, at]),
        properties! {
            "kind": "attendance",
            "id": format!("{model}-{}-{means}", row.place),
            "model": model,
            "place": row.place,
            "place_name": place_name,
            "stop": row.stop,
            "stop_name": stop_name,
            "means": means,
            "households": row.households,
            "coming": row.coming,
            "outcome": row.outcome,
            "minutes": row.travel_s.map(minutes),
            "stroke": colour,
        },
    )
}
