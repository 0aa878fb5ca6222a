//! Why a customer is not visited, found by trying.

use super::verify::{Verdict, route_faults, slot_of};
use super::{FileRoute, FileSolution, Instance};
use crate::diagnostics::Text;
use crate::text;
use crate::units::{Day, DaySet};

/// Customers, groups and people that `verdict` says are missed, each with the reason. At most `most` are worked out.
///
/// `O(customers * visits)` in the worst case, for each.
pub fn reasons(instance: &Instance, solution: &FileSolution, verdict: &Verdict, most: usize) -> Vec<Text> {
    let missed = verdict.missed.iter().take(most);
    missed
        .map(|fault| {
            let words = &fault.words;
            let why = why(instance, solution, &fault.candidates);
            Text { fr: format!("{} : {}", words.fr, why.fr), en: format!("{}: {}", words.en, why.en) }
        })
        .collect()
}

/// Why none of `candidates` is visited, where one would do.
fn why(instance: &Instance, solution: &FileSolution, candidates: &[usize]) -> Text {
    let Some(&first) = candidates.first() else {
        return text!("aucun client n’y suffirait", "no customer would do");
    };
    let impossible: Vec<Text> =
        candidates.iter().map_while(|&customer| impossible_alone(instance, customer)).collect();
    if impossible.len() == candidates.len() {
        let Text { fr, en } = &impossible[0];
        let number = first + 1;
        return text!(
            "le client {number} ne peut être servi même seul ({fr})",
            "customer {number} can't be served even alone ({en})"
        );
    }
    if candidates.iter().any(|&customer| fits(instance, solution, customer)) {
        return text!(
            "il reste une place : laissez chercher plus longtemps",
            "there is room: let the search run longer"
        );
    }
    text!(
        "aucune place dans les tournées trouvées : il faut un véhicule de plus, ou chercher plus longtemps",
        "no room in the routes found: it takes one more vehicle, or a longer search"
    )
}

/// What stops a route that visits nobody else; none if some vehicle, depot and day would do for some day set.
fn impossible_alone(instance: &Instance, customer: usize) -> Option<Text> {
    let mut first = None;
    let day_works = |day: Day, first: &mut Option<Text>| {
        instance.slots.iter().filter(|slot| slot.day == day.0).any(|slot| {
            let route = FileRoute {
                day: u32::from(day.0) + 1,
                depot: slot.start as u32 + 1,
                vehicle: instance.vehicles[slot.vehicle].lines[0],
                trips: vec![vec![customer as u32 + 1]],
            };
            let fault = route_faults(instance, &route).into_iter().next();
            let works = fault.is_none();
            if first.is_none() {
                *first = fault.map(|fault| fault.words);
            }
            works
        })
    };
    let set_works = |days: &DaySet, first: &mut Option<Text>| days.iter().all(|day| day_works(day, first));
    let works = instance.customers[customer].day_sets.iter().any(|days| set_works(days, &mut first));
    if works {
        return None;
    }
    Some(first.unwrap_or_else(|| text!("aucun jour permis", "no day is allowed")))
}

/// Whether the customer can be added to the routes, or to new routes of vehicles that are left, on all days of some set.
fn fits(instance: &Instance, solution: &FileSolution, customer: usize) -> bool {
    let number = customer as u32 + 1;
    let fits_route = |route: &FileRoute| {
        (0..route.trips.len()).any(|trip| {
            (0..=route.trips[trip].len()).any(|at| {
                let mut longer = route.clone();
                longer.trips[trip].insert(at, number);
                route_faults(instance, &longer).is_empty()
            })
        })
    };
    let mut used = vec![0_u32; instance.stocks.len()];
    for slot in solution.routes.iter().filter_map(|route| slot_of(instance, route)) {
        used[slot.stock] += 1;
    }
    let fits_new = |day: Day| {
        let free = instance
            .slots
            .iter()
            .filter(|slot| slot.day == day.0 && used[slot.stock] < instance.stocks[slot.stock]);
        free.into_iter().any(|slot| {
            let vehicle = instance.vehicles[slot.vehicle].lines[0];
            let trips = vec![vec![number]];
            let route = FileRoute { day: u32::from(day.0) + 1, depot: slot.start as u32 + 1, vehicle, trips };
            route_faults(instance, &route).is_empty()
        })
    };
    let fits_day = |day: Day| {
        let on_day = |route: &&FileRoute| route.day == u32::from(day.0) + 1;
        solution.routes.iter().filter(on_day).any(fits_route) || fits_new(day)
    };
    instance.customers[customer].day_sets.iter().any(|days| days.iter().all(fits_day))
}
