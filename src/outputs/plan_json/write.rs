//! A plan as `plan.json`.

use serde::Serialize;

use super::{FORMAT, VERSION};
use crate::coverage::WhiteZone;
use crate::diagnostics::Lang;
use crate::outputs::geojson::tours::cost;
use crate::outputs::moments::Zone;
use crate::outputs::opening_hours::opening_hours;
use crate::outputs::words as say;
use crate::plan::Plan;
use crate::tables::Priority;
use crate::timetable::{Call, Cancelled, Tour, Trip};

#[derive(Serialize)]
struct PlanFile<'a> {
    format: &'static str,
    version: u64,
    generator: String,
    language: &'static str,
    scenario: ScenarioPart<'a>,
    roads: RoadsPart,
    search: SearchPart,
    cycle: CyclePart,
    cost: CostPart,
    coverage: CoveragePart<'a>,
    depots: Vec<DepotPart<'a>>,
    antennas: Vec<AntennaPart<'a>>,
    stops: Vec<StopPart<'a>>,
    places: Vec<PlacePart<'a>>,
    white_zones: Vec<ZonePart<'a>>,
    tours: Vec<TourPart<'a>>,
    cancelled: Vec<CancelledPart<'a>>,
    violations: Vec<ViolationPart<'a>>,
}

#[derive(Serialize)]
struct ScenarioPart<'a> {
    title: &'a str,
    start: String,
    weeks: u8,
    until: String,
    timezone: &'a str,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct RoadsPart {
    sketch: bool,
    attribution: String,
}

#[derive(Serialize)]
struct SearchPart {
    seed: u64,
    iterations: u64,
    interrupted: bool,
}

#[derive(Serialize)]
struct CyclePart {
    shifts: usize,
    visits: usize,
    distance_m: i64,
    driving_s: i64,
    duty_s: i64,
    households: i64,
    turned_away: i64,
}

/// Euros, for one cycle.
#[derive(Serialize)]
struct CostPart {
    days: f64,
    distance: f64,
    time: f64,
    operating: f64,
    covered_value: f64,
    stop_value: f64,
    missed: f64,
    total: f64,
}

#[derive(Serialize)]
struct CoveragePart<'a> {
    rule: &'a str,
    households: f64,
    covered_before: f64,
    covered_after: f64,
}

#[derive(Serialize)]
struct DepotPart<'a> {
    id: &'a str,
    name: &'a str,
    lon: f64,
    lat: f64,
}

#[derive(Serialize)]
struct AntennaPart<'a> {
    id: &'a str,
    name: &'a str,
    depot: &'a str,
    end_depot: &'a str,
}

#[derive(Serialize)]
struct StopPart<'a> {
    id: &'a str,
    name: &'a str,
    commune: &'a str,
    insee: &'a str,
    lon: f64,
    lat: f64,
    required: bool,
    rhythm: &'a str,
    served: bool,
    visits_per_cycle: usize,
    opening_hours: Option<String>,
    reason: Option<&'a str>,
    fix: Option<&'a str>,
}

#[derive(Serialize)]
struct PlacePart<'a> {
    id: &'a str,
    name: &'a str,
    insee: &'a str,
    lon: f64,
    lat: f64,
    households: f64,
    covered_before: f64,
    covered_after: f64,
    aid_site: Option<&'a str>,
    aid_site_s: Option<i32>,
    stop: Option<&'a str>,
    stop_s: Option<i32>,
}

#[derive(Serialize)]
struct ZonePart<'a> {
    id: &'a str,
    phase: &'static str,
    households: f64,
    places: Vec<&'a str>,
}

#[derive(Serialize)]
struct TourPart<'a> {
    id: &'a str,
    antenna: &'a str,
    date: String,
    leave: String,
    back: String,
    r#break: Option<BreakPart>,
    distance_m: i32,
    driving_s: i32,
    service_s: i32,
    duty_s: i32,
    cost: f64,
    trips: Vec<TripPart<'a>>,
}

#[derive(Serialize)]
struct BreakPart {
    start: String,
    end: String,
}

#[derive(Serialize)]
struct TripPart<'a> {
    leave: String,
    back: String,
    calls: Vec<CallPart<'a>>,
}

#[derive(Serialize)]
struct CallPart<'a> {
    stop: &'a str,
    arrival: String,
    start: String,
    end: String,
    departure: String,
    opens: String,
    closes: String,
    households: i32,
    turned_away: i32,
    load_kg: f64,
}

#[derive(Serialize)]
struct CancelledPart<'a> {
    stop: &'a str,
    antenna: &'a str,
    date: String,
    opens: String,
    closes: String,
    reason: &'a str,
}

#[derive(Serialize)]
struct ViolationPart<'a> {
    rule: &'static str,
    at: &'a str,
    message: &'a str,
}

/// The file, its words in `lang`.
pub fn plan_json(plan: &Plan, roads: String, lang: Lang) -> Vec<u8> {
    let rhythms: Vec<_> = plan.dataset.stops.iter().map(|stop| say::rhythm(stop.rhythm)).collect();
    let rhythms: Vec<_> = rhythms.iter().map(|rhythm| rhythm.get(lang)).collect();
    let file = PlanFile {
        format: FORMAT,
        version: VERSION,
        generator: crate::outputs::generator(),
        language: match lang {
            Lang::Fr => "fr",
            Lang::En => "en",
        },
        scenario: scenario(plan),
        roads: RoadsPart { sketch: plan.survey.is_sketch, attribution: roads },
        search: SearchPart { seed: plan.seed, iterations: plan.iterations, interrupted: plan.cancelled },
        cycle: cycle(plan),
        cost: costs(plan),
        coverage: CoveragePart {
            rule: &plan.dataset.settings.coverage.rule,
            households: plan.coverage.need.households(),
            covered_before: plan.coverage.covered_before.households(),
            covered_after: plan.coverage.covered_after.households(),
        },
        depots: depots(plan),
        antennas: antennas(plan),
        stops: stops(plan, &rhythms, lang),
        places: places(plan),
        white_zones: zones(plan),
        tours: tours(plan),
        cancelled: plan.timetable.cancelled.iter().map(|visit| cancelled(plan, visit)).collect(),
        violations: plan
            .violations
            .iter()
            .map(|violation| ViolationPart {
                rule: violation.rule.code(),
                at: violation.at.get(lang),
                message: violation.message.get(lang),
            })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file).expect("numbers, words and lists only");
    bytes.push(b'\n');
    bytes
}

fn scenario(plan: &Plan) -> ScenarioPart<'_> {
    let settings = &plan.dataset.settings;
    ScenarioPart {
        title: &settings.title,
        start: settings.start.to_string(),
        weeks: settings.weeks,
        until: settings.until.to_string(),
        timezone: &settings.timezone,
        fingerprint: &plan.fingerprint,
    }
}

fn cycle(plan: &Plan) -> CyclePart {
    let cycle = &plan.cycle;
    CyclePart {
        shifts: cycle.shifts,
        visits: cycle.visits,
        distance_m: cycle.metres,
        driving_s: cycle.driving,
        duty_s: cycle.duty,
        households: cycle.served,
        turned_away: cycle.turned_away,
    }
}

fn costs(plan: &Plan) -> CostPart {
    CostPart {
        days: plan.cycle.cost_of_days.euros(),
        distance: plan.cycle.cost_of_distance.euros(),
        time: plan.cycle.cost_of_time.euros(),
        operating: plan.evaluation.operating.euros(),
        covered_value: plan.evaluation.covered_value.euros(),
        stop_value: plan.evaluation.client_value.euros(),
        missed: plan.evaluation.missed.euros(),
        total: plan.evaluation.total.euros(),
    }
}

fn depots(plan: &Plan) -> Vec<DepotPart<'_>> {
    plan.dataset
        .depots
        .iter()
        .map(|depot| DepotPart { id: &depot.id, name: &depot.name, lon: depot.at.x(), lat: depot.at.y() })
        .collect()
}

fn antennas(plan: &Plan) -> Vec<AntennaPart<'_>> {
    plan.dataset
        .antennas
        .iter()
        .map(|antenna| AntennaPart {
            id: &antenna.id,
            name: &antenna.name,
            depot: &plan.dataset.depots[antenna.depot].id,
            end_depot: &plan.dataset.depots[antenna.end_depot].id,
        })
        .collect()
}

fn stops<'a>(plan: &'a Plan, rhythms: &[&'a str], lang: Lang) -> Vec<StopPart<'a>> {
    plan.dataset
        .stops
        .iter_enumerated()
        .map(|(id, stop)| StopPart {
            id: &stop.id,
            name: &stop.name,
            commune: &stop.commune,
            insee: &stop.insee,
            lon: stop.at.x(),
            lat: stop.at.y(),
            required: stop.priority == Priority::Required,
            rhythm: rhythms[id.index()],
            served: plan.is_served(id),
            visits_per_cycle: plan.visits_per_cycle[id],
            opening_hours: opening_hours(&plan.dataset, &plan.timetable, id),
            reason: plan.left_out[id].as_ref().map(|reason| reason.why.get(lang)),
            fix: plan.left_out[id].as_ref().map(|reason| reason.fix.get(lang)).filter(|fix| !fix.is_empty()),
        })
        .collect()
}

fn places(plan: &Plan) -> Vec<PlacePart<'_>> {
    plan.coverage
        .places
        .iter()
        .map(|coverage| {
            let place = &plan.dataset.places[coverage.place];
            PlacePart {
                id: &place.id,
                name: &place.name,
                insee: &place.insee,
                lon: place.at.x(),
                lat: place.at.y(),
                households: place.need().households(),
                covered_before: coverage.covered_before.households(),
                covered_after: coverage.covered_after.households(),
                aid_site: coverage.nearest_site.map(|(site, _)| plan.dataset.sites[site].id.as_str()),
                aid_site_s: coverage.nearest_site.map(|(_, travel)| travel.seconds.get()),
                stop: coverage.nearest_stop.map(|(stop, _)| plan.dataset.stops[stop].id.as_str()),
                stop_s: coverage.nearest_stop.map(|(_, travel)| travel.seconds.get()),
            }
        })
        .collect()
}

fn zones<'a>(plan: &'a Plan) -> Vec<ZonePart<'a>> {
    let part = |phase: &'static str, zone: &'a WhiteZone| {
        let places = zone.places.iter().map(|&place| plan.dataset.places[place].id.as_str()).collect();
        ZonePart { id: &zone.id, phase, households: zone.need.households(), places }
    };
    let before = plan.zones_before.iter().map(|zone| part("before", zone));
    before.chain(plan.zones_after.iter().map(|zone| part("after", zone))).collect()
}

fn tours(plan: &Plan) -> Vec<TourPart<'_>> {
    let zone = Zone::of(&plan.dataset.settings);
    plan.timetable.tours.iter().map(|tour| tour_part(plan, tour, &zone)).collect()
}

fn tour_part<'a>(plan: &'a Plan, tour: &'a Tour, zone: &Zone) -> TourPart<'a> {
    let at = |time| zone.moment(tour.date, time);
    TourPart {
        id: &tour.id,
        antenna: &plan.dataset.antennas[tour.antenna].id,
        date: tour.date.to_string(),
        leave: at(tour.leave()),
        back: at(tour.back()),
        r#break: tour.rest.map(|rest| BreakPart { start: at(rest.start), end: at(rest.end) }),
        distance_m: tour.distance.get(),
        driving_s: tour.driving.get(),
        service_s: tour.service().get(),
        duty_s: tour.duty().get(),
        cost: cost(plan, tour).euros(),
        trips: tour.trips.iter().map(|trip| trip_part(plan, tour, trip, zone)).collect(),
    }
}

fn trip_part<'a>(plan: &'a Plan, tour: &Tour, trip: &'a Trip, zone: &Zone) -> TripPart<'a> {
    TripPart {
        leave: zone.moment(tour.date, trip.leave),
        back: zone.moment(tour.date, trip.back),
        calls: trip.calls.iter().map(|call| call_part(plan, tour, call, zone)).collect(),
    }
}

fn call_part<'a>(plan: &'a Plan, tour: &Tour, call: &Call, zone: &Zone) -> CallPart<'a> {
    let at = |time| zone.moment(tour.date, time);
    CallPart {
        stop: &plan.dataset.stops[call.stop].id,
        arrival: at(call.arrival),
        start: at(call.start),
        end: at(call.end),
        departure: at(call.departure),
        opens: call.opens.to_string(),
        closes: call.closes.to_string(),
        households: call.households.get(),
        turned_away: call.turned_away.get(),
        load_kg: call.load.kilograms(),
    }
}

fn cancelled<'a>(plan: &'a Plan, visit: &'a Cancelled) -> CancelledPart<'a> {
    CancelledPart {
        stop: &plan.dataset.stops[visit.stop].id,
        antenna: &plan.dataset.antennas[visit.antenna].id,
        date: visit.date.to_string(),
        opens: visit.opens.to_string(),
        closes: visit.closes.to_string(),
        reason: &visit.reason,
    }
}
