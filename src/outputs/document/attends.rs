//! Who goes where, as rows of a document.

use serde::{Deserialize, Serialize};

use crate::coverage::{AttendanceModels, Attended, Flow, Means, Outcome};
use crate::tables::Dataset;

/// The households of a place that travel alike, and the stop that a model sends them to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attends {
    /// Which model.
    pub model: AttendsModel,
    /// Id of the place.
    pub place: String,
    /// Whether they have a car; the others walk.
    pub by_car: bool,
    /// Id of the stop.
    pub stop: String,
    /// In need.
    pub households: f64,
    /// Of these, who come to each visit.
    pub coming: f64,
    /// What becomes of them.
    pub outcome: AttendsOutcome,
    /// Seconds to it, where they were measured.
    pub travel_s: Option<i32>,
}

/// How a stop is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttendsModel {
    /// The nearest open one.
    Nearest,
    /// The one the place is referred to, else the nearest.
    Referred,
}

/// What becomes of those who are sent to a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttendsOutcome {
    /// They go there.
    Attends,
    /// It is beyond their limit.
    TooFar,
    /// No visit opens it.
    NotVisited,
}

/// Both models, the nearest stop first.
pub fn attendance(dataset: &Dataset, models: &AttendanceModels) -> Vec<Attends> {
    let of = |model: AttendsModel, attended: &Attended| -> Vec<Attends> {
        attended.flows.iter().map(|flow| row(dataset, model, flow)).collect()
    };
    let mut rows = of(AttendsModel::Nearest, &models.nearest);
    rows.extend(models.referred.iter().flat_map(|referred| of(AttendsModel::Referred, referred)));
    rows
}

fn row(dataset: &Dataset, model: AttendsModel, flow: &Flow) -> Attends {
    Attends {
        model,
        place: dataset.places[flow.place].id.clone(),
        by_car: flow.means == Means::Car,
        stop: dataset.stops[flow.stop].id.clone(),
        households: flow.need.households(),
        coming: flow.coming.households(),
        outcome: match flow.outcome {
            Outcome::Attends => AttendsOutcome::Attends,
            Outcome::TooFar => AttendsOutcome::TooFar,
            Outcome::NotVisited => AttendsOutcome::NotVisited,
        },
        travel_s: flow.travel.map(|travel| travel.seconds.get()),
    }
}
