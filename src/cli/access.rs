//! What `tournee coverage` says of access: measured on the way, told in a few lines and in the JSON.

use std::path::Path;

use serde_json::{Value, json};
use tournee::coverage::{Comparison, Opening, Side, SupplyUnit, Visit, WeekOfNeed, compare, travel_bound};
use tournee::diagnostics::{Diagnostic, Lang, Text};
use tournee::ids::StopId;
use tournee::network::RoadNetwork;
use tournee::outputs::access::{day_part, supply};
use tournee::outputs::words::{number, percent, weekday_at};
use tournee::survey::{self, Survey};
use tournee::tables::{Antenna, Dataset, Place};
use tournee::text;
use tournee::timetable::{Call, Timetable, Trip};
use tournee::units::{Need, Seconds, Window};
use typed_index_collections::TiVec;

use super::failure::Failure;
use super::planned;

/// Takes the thresholds of `--minutes`, where given.
pub fn adopt_thresholds(minutes: &[i32], dataset: &mut Dataset) -> Result<(), Failure> {
    if minutes.is_empty() {
        return Ok(());
    }
    if minutes.len() > 8 || !minutes.windows(2).all(|pair| pair[0] < pair[1]) {
        return Err(Failure::Usage(text!(
            "--minutes attend 1 à 8 durées croissantes, comme 10,15,20,30",
            "--minutes expects 1 to 8 increasing times, such as 10,15,20,30"
        )));
    }
    dataset.settings.coverage.thresholds =
        minutes.iter().map(|&minutes| Seconds::from_minutes(minutes)).collect();
    Ok(())
}

/// For each stop the visits of a plan's first cycle.
pub type Visits = TiVec<StopId, Vec<Visit>>;

/// A plan's tours, and what there is to say about its file.
pub fn timetable_of_plan(
    path: &Path,
    dataset: &Dataset,
    survey: &Survey,
) -> Result<(Timetable, Vec<Diagnostic>), Failure> {
    let planned = planned::read(path, dataset, survey)?;
    Ok((planned.timetable, planned.findings))
}

/// A plan's visits in its first cycle.
pub fn visits(dataset: &Dataset, timetable: &Timetable) -> Visits {
    let mut visits: Visits = vec![Vec::new(); dataset.stops.len()].into();
    for tour in &timetable.tours {
        let Some(day) = dataset.settings.horizon_day(tour.date) else { continue };
        if day >= usize::from(dataset.settings.cycle_days()) {
            continue;
        }
        let day = dataset.settings.cycle_day(day);
        for trip in &tour.trips {
            for call in &trip.calls {
                let window = Window { open: call.opens, close: call.closes };
                let capacity = capacity(dataset, &dataset.antennas[tour.antenna], trip, call);
                visits[call.stop].push(Visit { opening: Opening { day, window }, capacity });
            }
        }
    }
    visits
}

/// What a visit can serve: in its time, and of the trip's load its share by expected households.
fn capacity(dataset: &Dataset, antenna: &Antenna, trip: &Trip, call: &Call) -> Option<Need> {
    let stop = &dataset.stops[call.stop];
    let open = ((call.end - call.start) - stop.setup).max(Seconds::ZERO);
    let by_time = (stop.time_per_household > Seconds::ZERO).then(|| {
        let served = i64::from(open.get()) * i64::from(antenna.service_points);
        Need::from_households(served / i64::from(stop.time_per_household.get()))
    });
    let expected: i64 = trip.calls.iter().map(|call| i64::from(call.households.get())).sum();
    let by_load = antenna.capacity.map(|load| {
        let share = if expected > 0 {
            i64::from(call.households.get()) * 1000 / expected
        } else {
            1000 / trip.calls.len().max(1) as i64
        };
        Need(i64::from(load.get()) * share)
    });
    [by_time, by_load].into_iter().flatten().min()
}

/// All measures, before and with a plan's visits after.
pub fn measure(
    dataset: &Dataset,
    roads: &RoadNetwork,
    survey: &Survey,
    visits: Option<&Visits>,
) -> Comparison {
    let bound = travel_bound(&dataset.settings.coverage);
    let trips = survey::round_trips(dataset, roads, survey, bound);
    compare(dataset, &trips, visits.map(TiVec::as_slice))
}

/// A few lines of the page, before and after.
pub fn lines(dataset: &Dataset, access: &Comparison, lang: Lang) -> Vec<Text> {
    let mut lines: Vec<Text> = unknown_need(dataset).into_iter().collect();
    let state = |side: Text| if access.after.is_some() { side } else { Text::default() };
    lines.extend(why_not_capacity(access));
    lines.extend(side_lines(dataset, access, &access.before, &state(text!(" (avant)", " (before)")), lang));
    if let Some(after) = &access.after {
        lines.extend(side_lines(dataset, access, after, &text!(" (après)", " (after)"), lang));
    }
    lines
}

fn unknown_need(dataset: &Dataset) -> Option<Text> {
    let count = dataset.places.iter().filter(|place| !place.need_is_known).count();
    (count > 0).then(|| {
        text!(
            "Besoin inconnu dans {count} lieu(x), qui ne comptent pas",
            "Need unknown in {count} place(s), which do not count"
        )
    })
}

/// Why accessibility is not counted in households served, where it is not.
fn why_not_capacity(access: &Comparison) -> Option<Text> {
    let offer = &access.after.as_ref().unwrap_or(&access.before).offer;
    let (all, capacity, hours) = (offer.facilities.len(), offer.without_capacity(), offer.without_hours());
    match access.unit {
        SupplyUnit::Capacity => None,
        SupplyUnit::Hours => Some(text!(
            "Accessibilité comptée en heures d’ouverture : la capacité de {capacity} points sur {all} n’est pas connue",
            "Accessibility is counted in hours open: the capacity of {capacity} of {all} facilities is not known"
        )),
        SupplyUnit::Facilities => Some(text!(
            "Accessibilité comptée en points, chacun pour un : la capacité de {capacity} points sur {all} et les heures de {hours} \
             ne sont pas connues",
            "Accessibility is counted in facilities, each as one: the capacity of {capacity} of {all} facilities and the hours of \
             {hours} are not known"
        )),
    }
}

fn side_lines(dataset: &Dataset, access: &Comparison, side: &Side, state: &Text, lang: Lang) -> Vec<Text> {
    let (fr, en) = (&state.fr, &state.en);
    let thresholds = within(dataset, side, lang);
    let mut lines =
        vec![text!("Foyers à moins de{fr} : {thresholds}", "Households within{en}: {thresholds}")];
    if let Some(whole) = side.equity.first() {
        let unit = supply(access.unit);
        let (unit_fr, unit_en) = (&unit.fr, &unit.en);
        let per_thousand =
            |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| number(it * 1000.0, 1, lang));
        let (mean, worst) = (per_thousand(whole.mean), per_thousand(whole.worst_decile));
        let gini = whole.gini.map_or_else(|| "–".to_owned(), |gini| number(gini, 2, lang));
        let deficit = number(whole.deficit, 0, lang);
        lines.push(text!(
            "Accessibilité{fr} : {mean} {unit_fr} pour 1\u{202f}000 foyers, {worst} pour le dixième le moins bien servi, Gini \
             {gini} ; déficit de {deficit} foyers",
            "Accessibility{en}: {mean} {unit_en} for 1,000 households, {worst} for the worst-served tenth, Gini {gini}; \
             a deficit of {deficit} households"
        ));
    }
    lines.extend(best_band(side, state, lang));
    lines.extend(by_capacity(side, state, lang));
    lines
}

/// What becomes of need in a week; nothing where no capacity is known.
fn by_capacity(side: &Side, state: &Text, lang: Lang) -> Option<Text> {
    if side.offer.without_capacity() == side.offer.facilities.len() {
        return None;
    }
    let WeekOfNeed { served, turned_away, capacity_unknown, out_of_reach } = side.week;
    let [served, away, unknown, out] =
        [served, turned_away, capacity_unknown, out_of_reach].map(|need| number(need.households(), 0, lang));
    let (fr, en) = (&state.fr, &state.en);
    Some(text!(
        "Capacité{fr} : {served} foyers servis par semaine, {away} refusés, {unknown} là où elle n’est pas connue, {out} hors de \
         portée",
        "Capacity{en}: {served} households served a week, {away} turned away, {unknown} where it is not known, {out} out of reach"
    ))
}

/// `10 min 1200 (40 %), 20 min ...`.
fn within(dataset: &Dataset, side: &Side, lang: Lang) -> String {
    let all: Need = dataset.places.iter().map(Place::need).sum();
    let thresholds = dataset.settings.coverage.thresholds.iter().zip(&side.access.need_within);
    let one = |(limit, need): (&Seconds, &Need)| {
        let share = percent(need.get() as f64 / all.get().max(1) as f64, 0, lang);
        let (minutes, need) = (limit.get() / 60, number(need.households(), 0, lang));
        format!("{minutes} min {need} ({share})")
    };
    thresholds.map(one).collect::<Vec<_>>().join(", ")
}

/// The time band that serves most; nothing where no hours are known.
fn best_band(side: &Side, state: &Text, lang: Lang) -> Option<Text> {
    let best = side.bands.iter().rev().max_by_key(|band| band.in_reach)?;
    let unknown = side.offer.without_hours();
    if unknown == side.offer.facilities.len() {
        return None;
    }
    let (day, part) = (weekday_at(best.weekday), day_part(best.part));
    let served = number(best.in_reach.households(), 0, lang);
    let weekend: Need = side.bands.iter().filter(|band| band.weekday >= 5).map(|band| band.in_reach).max()?;
    let weekend = number(weekend.households(), 0, lang);
    let (fr, en) = (&state.fr, &state.en);
    let (day_fr, day_en, part_fr, part_en) = (day.fr, day.en, part.fr, part.en);
    Some(text!(
        "Horaires{fr} : {served} foyers ont un point ouvert le {day_fr} {part_fr}, au mieux ; {weekend} au plus en fin de semaine ; heures inconnues \
         pour {unknown} point(s)",
        "Hours{en}: {served} households have a facility open on {day_en} {part_en} at best; {weekend} at most at the weekend; hours unknown for \
         {unknown} facilities"
    ))
}

/// The same for programs.
pub fn json(dataset: &Dataset, access: &Comparison) -> Value {
    let side = |side: &Side| {
        let whole = side.equity.first();
        json!({
            "minutes": dataset.settings.coverage.thresholds.iter().map(|limit| limit.get() / 60).collect::<Vec<_>>(),
            "households_within": side.access.need_within.iter().map(|need| need.households()).collect::<Vec<_>>(),
            "accessibility_mean": whole.and_then(|whole| whole.mean),
            "gini": whole.and_then(|whole| whole.gini),
            "worst_decile": whole.and_then(|whole| whole.worst_decile),
            "deficit": side.access.deficit,
            "facilities": side.offer.facilities.len(),
            "facilities_without_hours": side.offer.without_hours(),
            "facilities_without_capacity": side.offer.without_capacity(),
            "bands": side.bands.iter().map(|band| json!({
                "weekday": weekday_at(band.weekday).en,
                "part": day_part(band.part).en,
                "in_reach": band.in_reach.households(),
                "served": band.served().households(),
                "turned_away": band.turned_away.households(),
                "capacity_unknown": band.capacity_unknown.households(),
            })).collect::<Vec<_>>(),
            "week": {
                "served": side.week.served.households(),
                "turned_away": side.week.turned_away.households(),
                "capacity_unknown": side.week.capacity_unknown.households(),
                "out_of_reach": side.week.out_of_reach.households(),
            },
        })
    };
    json!({
        "supply": supply(access.unit).en,
        "before": side(&access.before),
        "after": access.after.as_ref().map(side),
    })
}
