//! What `plan` and `coverage --plan` say of the two models of attendance.

use serde_json::{Value, json};
use tournee::coverage::{AttendanceModels, Attended, Flow, Outcome};
use tournee::diagnostics::{Lang, Text};
use tournee::ids::StopId;
use tournee::outputs::words::number;
use tournee::tables::Dataset;
use tournee::text;
use tournee::units::Need;

/// The nearest open stop: what the plan counts.
pub fn nearest(models: &AttendanceModels, lang: Lang) -> Text {
    let (served, away) = (models.nearest.served, models.nearest.turned_away);
    let nowhere = number(models.nearest.nowhere.households(), 0, lang);
    text!(
        "Chacun à l’arrêt ouvert le plus proche : {served} foyers servis par cycle, {away} refusés faute de place ; {nowhere} sans \
         arrêt à portée",
        "Everybody at the nearest open stop: {served} households served a cycle, {away} turned away; {nowhere} without a stop \
         within reach"
    )
}

/// The stop that places are referred to, beside the nearest one; nothing where no place is referred.
pub fn referred(models: &AttendanceModels, lang: Lang) -> Option<Text> {
    let referred = models.referred.as_ref()?;
    let Attended { served, turned_away: away, .. } = *referred;
    let [far, shut] = [Outcome::TooFar, Outcome::NotVisited]
        .map(|outcome| number(referred.need(outcome).households(), 0, lang));
    let before = models.nearest.turned_away;
    Some(text!(
        "Chacun à l’arrêt où il est orienté : {served} servis par cycle, {away} refusés ({before} au plus proche) ; {far} \
         foyers trop loin, {shut} orientés vers un arrêt non desservi",
        "Everybody where they are referred: {served} served a cycle, {away} turned away ({before} at the nearest); {far} \
         households too far, {shut} referred to a stop without visits"
    ))
}

/// Both models for programs: households, those of stops as added up over a cycle's visits.
pub fn json(dataset: &Dataset, models: &AttendanceModels) -> Value {
    let one = |attended: &Attended| {
        json!({
            "served": attended.served,
            "turned_away": attended.turned_away,
            "attends": attended.need(Outcome::Attends).households(),
            "too_far": attended.need(Outcome::TooFar).households(),
            "not_visited": attended.need(Outcome::NotVisited).households(),
            "nowhere": attended.nowhere.households(),
            "stops": dataset.stops.keys().filter_map(|stop| at_stop(dataset, attended, stop)).collect::<Vec<_>>(),
        })
    };
    json!({ "nearest": one(&models.nearest), "referred": models.referred.as_ref().map(one) })
}

/// Who goes to a stop; nothing where nobody does.
fn at_stop(dataset: &Dataset, attended: &Attended, stop: StopId) -> Option<Value> {
    let goes = |flow: &&Flow| flow.stop == stop && flow.outcome == Outcome::Attends;
    let flows: Vec<&Flow> = attended.flows.iter().filter(goes).collect();
    (!flows.is_empty()).then(|| {
        json!({
            "stop": dataset.stops[stop].id,
            "groups": flows.len(),
            "households": flows.iter().map(|flow| flow.need).sum::<Need>().households(),
            "coming": flows.iter().map(|flow| flow.coming).sum::<Need>().households(),
        })
    })
}
