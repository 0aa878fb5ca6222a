//! From a finished plan to its document.

use geo::{BoundingRect, MultiPoint, Point};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    AidSite, Antenna, Bound, Break, Call, Cancelled, Costs, Coverage, Cycle, Depot, FORMAT, Leg,
    Organisation, Phase, Place, PlanDocument, Position, Roads, Scenario, Search, Status, Stop, Tour, Trip,
    Unreached, VERSION, Violation, WhiteZone,
};
use crate::coverage::{self, CoverageReport};
use crate::diagnostics::Lang;
use crate::ids::{AntennaId, StopId};
use crate::outputs::moments::Zone;
use crate::outputs::opening_hours::opening_hours;
use crate::outputs::{geojson, words as say};
use crate::plan::{Plan, Proof};
use crate::survey::Node;
use crate::tables::{self, Dataset, Priority};
use crate::timetable;
use crate::units::{Cost, Need, Seconds};
use crate::{matrix, network};

impl PlanDocument {
    /// Of a plan whose first outputs are in `language`. Finds the roads of each leg, in parallel; otherwise linear in the
    /// plan.
    pub fn of(plan: &Plan, language: Lang) -> Self {
        let ways = Ways::of(plan);
        let zone = Zone::of(&plan.dataset.settings);
        let tours = plan.timetable.tours.iter().zip(&ways.of_tour);
        let zones_before = white_zones(&plan.dataset, &plan.zones_before, Phase::Before);
        let zones_after = white_zones(&plan.dataset, &plan.zones_after, Phase::After);
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            generator: crate::outputs::generator(),
            language,
            scenario: scenario(plan),
            organisation: organisation(&plan.dataset.settings.organisation),
            roads: roads(plan),
            search: Search {
                seed: plan.seed,
                iterations: plan.iterations,
                interrupted: plan.cancelled,
                bound: plan.proof.as_ref().and_then(bound),
            },
            cycle: cycle(plan),
            cost: costs(plan),
            coverage: Coverage {
                rule: plan.dataset.settings.coverage.rule.clone(),
                households: plan.coverage.need.households(),
                covered_before: plan.coverage.covered_before.households(),
                covered_after: plan.coverage.covered_after.households(),
            },
            depots: depots(&plan.dataset),
            antennas: antennas(&plan.dataset),
            stops: plan.dataset.stops.keys().map(|stop| stop_row(plan, stop)).collect(),
            aid_sites: aid_sites(&plan.dataset),
            places: places(&plan.dataset, &plan.coverage, Phase::After),
            white_zones: [zones_before, zones_after].concat(),
            attendance: super::attendance(&plan.dataset, &plan.attendance),
            tours: tours.map(|(tour, &way)| tour_row(plan, tour, way, &zone)).collect(),
            ways: ways.lines,
            legs: ways.legs,
            cancelled: plan.timetable.cancelled.iter().map(|visit| cancelled(plan, visit)).collect(),
            violations: violations(plan),
        }
    }
}

/// Degrees that the backdrop goes beyond the stops and places: some 4 km.
const AROUND: f64 = 0.04;

/// Points of the backdrop: some 200 kB in the page.
const BACKDROP_MAX: usize = 10_000;

fn roads(plan: &Plan) -> Roads {
    let dataset = &plan.dataset;
    let stops = dataset.stops.iter().map(|stop| stop.at);
    let points: MultiPoint = stops.chain(dataset.places.iter().map(|place| place.at)).collect();
    let lines = points.bounding_rect().map_or_else(Vec::new, |area| {
        let (low, high) = (area.min(), area.max());
        let bounds =
            [Point::new(low.x - AROUND, low.y - AROUND), Point::new(high.x + AROUND, high.y + AROUND)];
        network::backdrop(plan.network.map(), bounds, BACKDROP_MAX)
    });
    // A metre is enough to look at.
    let metre = |degrees: f64| (degrees * 1e5).round() / 1e5;
    let position = |at: Point| [metre(at.x()), metre(at.y())];
    Roads {
        sketch: plan.survey.is_sketch,
        attribution: geojson::attribution(plan.survey.is_sketch),
        backdrop: lines.into_iter().map(|line| line.into_iter().map(position).collect()).collect(),
    }
}

fn scenario(plan: &Plan) -> Scenario {
    let settings = &plan.dataset.settings;
    Scenario {
        title: settings.title.clone(),
        note: settings.note.clone(),
        start: settings.start,
        weeks: settings.weeks,
        until: settings.until,
        timezone: settings.timezone.clone(),
        fingerprint: plan.fingerprint.clone(),
    }
}

fn organisation(asked: &tables::Organisation) -> Organisation {
    Organisation {
        name: asked.name.clone(),
        phone: asked.phone.clone(),
        email: asked.email.clone(),
        website: asked.website.clone(),
        notice: asked.notice.clone(),
    }
}

fn cycle(plan: &Plan) -> Cycle {
    let cycle = &plan.cycle;
    Cycle {
        shifts: cycle.shifts,
        visits: cycle.visits,
        distance_m: cycle.metres,
        driving_s: cycle.driving,
        duty_s: cycle.duty,
        households: cycle.served,
        turned_away: cycle.turned_away,
    }
}

fn costs(plan: &Plan) -> Costs {
    Costs {
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

fn depots(dataset: &Dataset) -> Vec<Depot> {
    let depot = |depot: &tables::Depot| {
        let [lon, lat] = position(depot.at);
        Depot { id: depot.id.clone(), name: depot.name.clone(), lon, lat }
    };
    dataset.depots.iter().map(depot).collect()
}

fn antennas(dataset: &Dataset) -> Vec<Antenna> {
    let antenna = |antenna: &tables::Antenna| Antenna {
        id: antenna.id.clone(),
        name: antenna.name.clone(),
        depot: dataset.depots[antenna.depot].id.clone(),
        end_depot: dataset.depots[antenna.end_depot].id.clone(),
    };
    dataset.antennas.iter().map(antenna).collect()
}

fn aid_sites(dataset: &Dataset) -> Vec<AidSite> {
    let site = |site: &tables::AidSite| {
        let [lon, lat] = position(site.at);
        AidSite { id: site.id.clone(), name: site.name.clone(), network: site.network.clone(), lon, lat }
    };
    dataset.sites.iter().map(site).collect()
}

fn stop_row(plan: &Plan, id: StopId) -> Stop {
    let stop = &plan.dataset.stops[id];
    let [lon, lat] = position(stop.at);
    let reason = plan.left_out[id].as_ref();
    Stop {
        id: stop.id.clone(),
        name: stop.name.clone(),
        commune: stop.commune.clone(),
        insee: stop.insee.clone(),
        directions: stop.directions.clone(),
        lon,
        lat,
        required: stop.priority == Priority::Required,
        status: match stop.status {
            tables::Status::Agreed => Status::Agreed,
            tables::Status::Asked => Status::Asked,
            tables::Status::Refused => Status::Refused,
        },
        rhythm: say::rhythm(stop.rhythm),
        served: plan.is_served(id),
        visits_per_cycle: plan.visits_per_cycle[id],
        opening_hours: opening_hours(&plan.dataset, &plan.timetable, id),
        reason: reason.map(|reason| reason.why.clone()),
        fix: reason.map(|reason| reason.fix.clone()).filter(|fix| !fix.fr.is_empty()),
    }
}

/// What is told of each place. With [`Phase::Before`] nothing is said about after: there is no plan yet.
pub fn places(dataset: &Dataset, report: &CoverageReport, phase: Phase) -> Vec<Place> {
    let with_plan = phase == Phase::After;
    let place = |found: &coverage::PlaceCoverage| {
        let place = &dataset.places[found.place];
        // What isn't known is null, not zero.
        let known = |need: Need| place.need_is_known.then(|| need.households().into());
        let stop = found.nearest_stop.filter(|_| with_plan);
        let [lon, lat] = position(place.at);
        Place {
            id: place.id.clone(),
            name: place.name.clone(),
            insee: place.insee.clone(),
            lon,
            lat,
            population: place.population,
            households: known(place.need()),
            households_without_car: known(place.need_without_car),
            covered_before: known(found.covered_before),
            covered_after: known(found.covered_after).filter(|_| with_plan),
            aid_site: found.nearest_site.map(|(site, _)| dataset.sites[site].id.clone()),
            aid_site_s: found.nearest_site.map(|(_, travel)| travel.seconds.get()),
            stop: stop.map(|(stop, _)| dataset.stops[stop].id.clone()),
            stop_s: stop.map(|(_, travel)| travel.seconds.get()),
        }
    };
    report.places.iter().map(place).collect()
}

/// What is told of the zones of one phase.
pub fn white_zones(dataset: &Dataset, zones: &[coverage::WhiteZone], phase: Phase) -> Vec<WhiteZone> {
    let zone = |(rank, zone): (usize, &coverage::WhiteZone)| WhiteZone {
        id: zone.id.clone(),
        phase,
        rank,
        households: zone.need.households().into(),
        unreached: match zone.unreached {
            coverage::Unreached::Everybody => Unreached::Everybody,
            coverage::Unreached::Some => Unreached::Some,
        },
        places: zone.places.iter().map(|&place| dataset.places[place].id.clone()).collect(),
        aid_site: zone.nearest_site.map(|(site, _)| dataset.sites[site].id.clone()),
        aid_site_s: zone.nearest_site.map(|(_, travel)| travel.seconds.get()),
        farthest_s: zone.farthest.map(Seconds::get),
        outline: geojson::outline(&zone.outline),
    };
    (1..).zip(zones).map(zone).collect()
}

fn tour_row(plan: &Plan, tour: &timetable::Tour, way: usize, zone: &Zone) -> Tour {
    let at = |time| zone.moment(tour.date, time);
    let call = |call: &timetable::Call| Call {
        stop: plan.dataset.stops[call.stop].id.clone(),
        arrival: at(call.arrival),
        start: at(call.start),
        end: at(call.end),
        departure: at(call.departure),
        opens: call.opens.to_string(),
        closes: call.closes.to_string(),
        households: call.households.get().into(),
        turned_away: call.turned_away.get().into(),
        load_kg: call.load.kilograms().into(),
    };
    let trip = |trip: &timetable::Trip| Trip {
        leave: at(trip.leave),
        back: at(trip.back),
        calls: trip.calls.iter().map(call).collect(),
    };
    Tour {
        id: tour.id.clone(),
        antenna: plan.dataset.antennas[tour.antenna].id.clone(),
        date: tour.date,
        leave: at(tour.leave()),
        back: at(tour.back()),
        r#break: tour.rest.map(|rest| Break { start: at(rest.start), end: at(rest.end) }),
        distance_m: tour.distance.get(),
        driving_s: tour.driving.get(),
        service_s: tour.service().get(),
        duty_s: tour.duty().get(),
        cost: cost(plan, tour).euros(),
        way,
        trips: tour.trips.iter().map(trip).collect(),
    }
}

/// What a tour costs: the day, its kilometres and its hours.
fn cost(plan: &Plan, tour: &timetable::Tour) -> Cost {
    let antenna = &plan.dataset.antennas[tour.antenna];
    let kilometres = i64::from(tour.distance.get()) * antenna.cost_per_km.get() / 1000;
    let hours = i64::from(tour.duty().get()) * antenna.cost_per_hour.get() / 3600;
    antenna.cost_per_day + Cost(kilometres) + Cost(hours)
}

fn cancelled(plan: &Plan, visit: &timetable::Cancelled) -> Cancelled {
    Cancelled {
        stop: plan.dataset.stops[visit.stop].id.clone(),
        antenna: plan.dataset.antennas[visit.antenna].id.clone(),
        date: visit.date,
        opens: visit.opens.to_string(),
        closes: visit.closes.to_string(),
        reason: visit.reason.clone(),
    }
}

fn violations(plan: &Plan) -> Vec<Violation> {
    let row = |violation: &crate::check::Violation| Violation {
        rule: violation.rule.code().to_owned(),
        at: violation.at.clone(),
        message: violation.message.clone(),
    };
    plan.violations.iter().map(row).collect()
}

fn position(at: Point) -> Position {
    geojson::rounded(at.0)
}

/// An antenna's way from one node to another.
type Hop = (AntennaId, Node, Node);

/// The distinct lines of all tours with their legs, and which of them each tour drives.
struct Ways {
    lines: Vec<Vec<Position>>,
    legs: Vec<Vec<Leg>>,
    of_tour: Vec<usize>,
}

impl Ways {
    /// Each line once, as a cycle repeats its tours; in parallel, as each hop takes a search on the roads.
    fn of(plan: &Plan) -> Self {
        let mut found: FxHashMap<Vec<Hop>, usize> = FxHashMap::default();
        let mut distinct: Vec<Vec<Hop>> = Vec::new();
        let mut of_tour = Vec::with_capacity(plan.timetable.tours.len());
        for tour in &plan.timetable.tours {
            let hops = hops(plan, tour);
            of_tour.push(*found.entry(hops).or_insert_with_key(|hops| {
                distinct.push(hops.clone());
                distinct.len() - 1
            }));
        }
        let mut hops: Vec<Hop> = distinct.iter().flatten().copied().collect();
        hops.sort_unstable();
        hops.dedup();
        let road = |&(antenna, from, to): &Hop| plan.survey.leg(&plan.network, antenna, from, to);
        let roads: Vec<Option<matrix::Leg>> = hops.par_iter().map(road).collect();
        let way = |way: &Vec<Hop>| {
            join(
                way.iter()
                    .map(|hop| roads[hops.binary_search(hop).expect("every hop is in the list")].as_ref()),
            )
        };
        let (lines, legs) = distinct.iter().map(way).unzip();
        Self { lines, legs, of_tour }
    }
}

/// The line along roads, no position twice in a row, and where it ends each leg. Where there is no way the line is cut; the
/// checker has then refused the plan.
fn join<'r>(roads: impl Iterator<Item = Option<&'r matrix::Leg>>) -> (Vec<Position>, Vec<Leg>) {
    let (mut line, mut legs): (Vec<Position>, _) = (Vec::new(), Vec::new());
    for road in roads {
        line.extend(road.iter().flat_map(|road| &road.line.0).map(|&at| geojson::rounded(at)));
        line.dedup();
        legs.push(Leg {
            distance_m: road.map_or(0, |road| road.travel.metres.get()),
            driving_s: road.map_or(0, |road| road.travel.seconds.get()),
            end: line.len().saturating_sub(1),
        });
    }
    (line, legs)
}

/// Hops of a tour in order. All trips but the last return to the depot, the last to the end depot.
fn hops(plan: &Plan, tour: &timetable::Tour) -> Vec<Hop> {
    let antenna = &plan.dataset.antennas[tour.antenna];
    let mut hops = Vec::new();
    for (index, trip) in tour.trips.iter().enumerate() {
        let is_last = index + 1 == tour.trips.len();
        let end = if is_last { antenna.end_depot } else { antenna.depot };
        let mut from = Node::Depot(antenna.depot);
        for to in trip.calls.iter().map(|call| Node::Stop(call.stop)).chain([Node::Depot(end)]) {
            hops.push((tour.antenna, from, to));
            from = to;
        }
    }
    hops
}

/// Rounded to whole cents outwards.
fn bound(proof: &Proof) -> Option<Bound> {
    let cents = |cents: i64| cents as f64 / 100.0;
    Some(Bound {
        total: cents(proof.bound?.total.cents_down()),
        gap: cents(proof.gap()?.cents_up()),
        gap_percent: proof.gap_in_parts().map(cents),
    })
}
