//! `tours.geojson`: one LineString a tour, along the roads.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, LineString};
use rayon::prelude::*;

use super::{Credits, feature, layer, line, properties};
use crate::ids::AntennaId;
use crate::outputs::colours::Colours;
use crate::outputs::moments::Zone;
use crate::outputs::words as say;
use crate::plan::Plan;
use crate::survey::Node;
use crate::timetable::Tour;
use crate::units::{Cost, Households};

/// The layer. By date, then antenna.
pub fn tours(plan: &Plan, credits: Credits<'_>) -> Vec<u8> {
    let (zone, colours) = (Zone::of(&plan.dataset.settings), Colours::of(&plan.timetable));
    let roads = roads(plan);
    let way = |tour| LineString::new(legs(plan, tour).iter().flat_map(|leg| &roads[leg]).copied().collect());
    let features = plan
        .timetable
        .tours
        .iter()
        .map(|tour| tour_feature(plan, tour, &way(tour), &zone, &colours, credits))
        .collect();
    layer("tours", features, credits)
}

fn tour_feature(
    plan: &Plan,
    tour: &Tour,
    way: &LineString,
    zone: &Zone,
    colours: &Colours,
    credits: Credits<'_>,
) -> geojson::Feature {
    let antenna = &plan.dataset.antennas[tour.antenna];
    let at = |time| zone.moment(tour.date, time);
    feature(
        line(way),
        properties! {
            "kind": "tour",
            "id": tour.id,
            "antenna": antenna.id,
            "antenna_name": antenna.name,
            "date": tour.date.to_string(),
            "weekday": say::weekday(tour.date.weekday()).get(credits.lang),
            "start": at(tour.leave()),
            "end": at(tour.back()),
            "break_start": tour.rest.map(|rest| at(rest.start)),
            "break_end": tour.rest.map(|rest| at(rest.end)),
            "distance_m": tour.distance.get(),
            "driving_s": tour.driving.get(),
            "service_s": tour.service().get(),
            "duty_s": tour.duty().get(),
            "trips": tour.trips.len(),
            "visits": tour.calls().count(),
            "households": tour.calls().map(|call| call.households).sum::<Households>().get(),
            "cost": cost(plan, tour).euros(),
            "stroke": colours.of_tour(tour),
        },
    )
}

/// What a tour costs: the day, its kilometres and its hours.
pub(crate) fn cost(plan: &Plan, tour: &Tour) -> Cost {
    let antenna = &plan.dataset.antennas[tour.antenna];
    let kilometres = i64::from(tour.distance.get()) * antenna.cost_per_km.get() / 1000;
    let hours = i64::from(tour.duty().get()) * antenna.cost_per_hour.get() / 3600;
    antenna.cost_per_day + Cost(kilometres) + Cost(hours)
}

/// An antenna's way from one node to another.
type LegKey = (AntennaId, Node, Node);

/// Legs of a tour in order. All trips but the last return to the depot, the last to the end depot.
fn legs(plan: &Plan, tour: &Tour) -> Vec<LegKey> {
    let antenna = &plan.dataset.antennas[tour.antenna];
    let mut legs = Vec::new();
    for (index, trip) in tour.trips.iter().enumerate() {
        let is_last = index + 1 == tour.trips.len();
        let end = if is_last { antenna.end_depot } else { antenna.depot };
        let mut from = Node::Depot(antenna.depot);
        for to in trip.calls.iter().map(|call| Node::Stop(call.stop)).chain([Node::Depot(end)]) {
            legs.push((tour.antenna, from, to));
            from = to;
        }
    }
    legs
}

/// Roads of all legs, each found once, as a cycle repeats its legs. In parallel: each takes a search on the roads.
fn roads(plan: &Plan) -> BTreeMap<LegKey, Vec<Coord>> {
    let distinct: BTreeSet<LegKey> = plan.timetable.tours.iter().flat_map(|tour| legs(plan, tour)).collect();
    distinct
        .into_par_iter()
        .map(|(antenna, from, to)| {
            // Where there is no way the line is cut; the checker has then refused the plan.
            let leg = plan.survey.leg(&plan.network, antenna, from, to);
            ((antenna, from, to), leg.map_or_else(Vec::new, |leg| leg.line.0))
        })
        .collect()
}
