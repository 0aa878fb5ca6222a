//! The whole path over generated scenarios: whatever is planned, the checker finds nothing but stops honestly left out.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tournee::diagnostics::Lang;
use tournee::plan::{Options, Plan, plan};
use tournee::survey::roads;
use tournee::timetable::Tour;

use crate::support::generate::{Village, village, villages};
use crate::support::scenario;

/// The plan of a village, or `None` where its tables contradict themselves and were refused with an error.
fn planned(village: &Village) -> Option<Plan> {
    let read = scenario::report(&village.tables());
    if read.value.is_none() {
        assert!(read.errors().next().is_some(), "no dataset and no error");
        return None;
    }
    let dataset = read.value?;
    let network = roads(&dataset).expect("a sketch needs no file");
    let options = Options { iterations: Some(40), threads: 1, ..Options::default() };
    let report = plan(&dataset, network, &options, &mut |_| {});
    if report.value.is_none() {
        assert!(report.errors().next().is_some(), "no plan and no error");
    }
    report.value
}

fn bugs(plan: &Plan) -> String {
    let lines = plan.bugs().map(|found| {
        format!("{} {}: {}", found.rule.code(), found.at.get(Lang::En), found.message.get(Lang::En))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Visits of whole tours whose announced hours differ from those of the same stop on the same day of the cycle.
fn other_hours(plan: &Plan) -> Vec<String> {
    let settings = &plan.dataset.settings;
    let mut usual = BTreeMap::new();
    let mut other = Vec::new();
    for tour in &plan.timetable.tours {
        if plan.timetable.cancelled.iter().any(|gone| (gone.antenna, gone.date) == (tour.antenna, tour.date))
        {
            continue;
        }
        let horizon_day = settings.horizon_day(tour.date).expect("tours are on published days");
        let stops: Vec<_> = tour.calls().map(|call| call.stop).collect();
        for call in tour.calls() {
            let hours = (call.opens, call.closes);
            // A monthly visit is in the tour on some dates only.
            let key = (settings.cycle_day(horizon_day), tour.antenna, stops.clone(), call.stop);
            if *usual.entry(key).or_insert(hours) != hours {
                other.push(format!("{} {} {}", tour.id, call.opens, call.closes));
            }
        }
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_checker_finds_nothing_in_any_plan(village in village()) {
        if let Some(plan) = planned(&village) {
            let bugs = bugs(&plan);
            prop_assert!(bugs.is_empty(), "{bugs}\n{}", village.tables());
        }
    }

    #[test]
    fn the_checker_finds_nothing_in_larger_plans(village in villages(12..30)) {
        // One in eight: these take longer.
        if let Some(plan) = Some(&village).filter(|village| village.days_beyond % 8 == 0).and_then(planned) {
            let bugs = bugs(&plan);
            prop_assert!(bugs.is_empty(), "{bugs}\n{}", village.tables());
        }
    }

    #[test]
    fn a_stop_keeps_its_hours_from_one_cycle_to_the_next(village in village()) {
        if let Some(plan) = planned(&village) {
            let other = other_hours(&plan);
            prop_assert!(other.is_empty(), "{other:?}\n{}", village.tables());
        }
    }
}

/// What a property over generated plans is worth: how many of the first hundred villages show each thing.
#[test]
fn generated_plans_hold_what_the_rules_are_about() {
    let mut runner = TestRunner::deterministic();
    let mut counts = BTreeMap::<&str, usize>::new();
    let mut count = |what: &'static str, holds: bool| *counts.entry(what).or_default() += usize::from(holds);
    for _ in 0..100 {
        let village = village().new_tree(&mut runner).expect("a village").current();
        let Some(plan) = planned(&village) else { continue };
        let tours = &plan.timetable.tours;
        let calls = || tours.iter().flat_map(Tour::calls);
        count("a plan", true);
        count("a tour", !tours.is_empty());
        count("a tour of three visits", tours.iter().any(|tour| tour.calls().count() > 2));
        count("a break", tours.iter().any(|tour| tour.rest.is_some()));
        count("a second trip", tours.iter().any(|tour| tour.trips.len() > 1));
        count("a cancelled visit", !plan.timetable.cancelled.is_empty());
        count("somebody turned away", calls().any(|call| call.turned_away.get() > 0));
        count("a required stop left out", !plan.violations.is_empty());
        count("need covered", plan.coverage.covered_after > plan.coverage.covered_before);
    }
    assert!(counts["a plan"] >= 40, "too many scenarios contradict themselves: {counts:?}");
    assert!(counts.values().all(|&count| count >= 3), "something hardly ever happens: {counts:?}");
}
