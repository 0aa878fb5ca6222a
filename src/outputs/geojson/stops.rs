//! `stops.geojson`: one Point a stop, served or not, with its reason.

use super::{Credits, feature, layer, point, properties, words};
use crate::ids::StopId;
use crate::outputs::colours::{Colours, PALE};
use crate::outputs::opening_hours::opening_hours;
use crate::outputs::words as say;
use crate::plan::Plan;
use crate::tables::{Priority, Status};

/// The layer. In the order of the table.
pub fn stops(plan: &Plan, credits: Credits<'_>) -> Vec<u8> {
    let colours = Colours::of(&plan.timetable);
    let features =
        plan.dataset.stops.keys().map(|stop| stop_feature(plan, stop, &colours, credits)).collect();
    layer("stops", features, credits)
}

fn stop_feature(plan: &Plan, id: StopId, colours: &Colours, credits: Credits<'_>) -> geojson::Feature {
    let lang = credits.lang;
    let stop = &plan.dataset.stops[id];
    let reason = plan.left_out[id].as_ref();
    let visits: Vec<_> = plan
        .timetable
        .tours
        .iter()
        .flat_map(|tour| tour.calls().filter(|call| call.stop == id).map(move |call| (tour, call)))
        .collect();
    let mut antennas: Vec<_> = visits.iter().map(|(tour, _)| tour.antenna).collect();
    antennas.sort_unstable();
    antennas.dedup();
    let antennas: Vec<_> =
        antennas.into_iter().map(|antenna| plan.dataset.antennas[antenna].id.as_str()).collect();
    feature(
        point(stop.at),
        properties! {
            "kind": "stop",
            "id": stop.id,
            "name": stop.name,
            "commune": words(&stop.commune),
            "insee": words(&stop.insee),
            "served": !visits.is_empty(),
            "priority": match stop.priority { Priority::Required => "required", Priority::Optional => "optional" },
            "status": match stop.status {
                Status::Agreed => "agreed",
                Status::Asked => "asked",
                Status::Refused => "refused",
            },
            "rhythm": say::rhythm(stop.rhythm).get(lang),
            "opening_hours": opening_hours(&plan.dataset, &plan.timetable, id),
            "visits_per_cycle": plan.visits_per_cycle[id],
            "visits": visits.len(),
            // Most that one visit expects.
            "households": visits.iter().map(|(_, call)| call.households.get()).max().unwrap_or(0),
            "turned_away": visits.iter().map(|(_, call)| call.turned_away.get()).max().unwrap_or(0),
            "antennas": words(&antennas.join(", ")),
            "reason": reason.map(|reason| reason.why.get(lang)),
            "fix": reason.and_then(|reason| words(reason.fix.get(lang))),
            "marker-color": visits.first().map_or_else(|| PALE.to_owned(), |(tour, _)| colours.of_tour(tour)),
        },
    )
}
