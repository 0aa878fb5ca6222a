//! The problem that the search gets says what the file says: `model::evaluate` of a solution and the verdict from the file
//! agree on who breaks a rule and on the cost.

use proptest::prelude::*;
use tournee::instances::{FileRoute, FileSolution, Instance, Objective, verify};
use tournee::model::evaluate::evaluate;

use super::{FIXTURES, fixture};

/// Both judges on one solution, and what they must agree on.
fn judge_twice(instance: &Instance, solution: &FileSolution) -> Result<(), TestCaseError> {
    let mut stated = solution.clone();
    stated.cost = verify(instance, solution).cost;
    let verdict = verify(instance, &stated);
    let problem = instance.problem();
    let Some(routes) = instance.routes(&stated) else {
        prop_assert!(!verdict.faults.is_empty(), "routes that do not exist are a fault");
        return Ok(());
    };
    let evaluation = evaluate(&problem, &routes);
    // A line that stands for one vehicle and drives twice is a fault of the file's numbering alone.
    let is_numbering = |code: &str| code == "fleet";
    let faults =
        verdict.faults.iter().filter(|fault| !is_numbering(fault.code) || !evaluation.overused.is_empty());
    let codes: Vec<&str> = faults.map(|fault| fault.code).collect();
    prop_assert_eq!(
        evaluation.is_feasible(),
        codes.is_empty(),
        "{}: {:?} of {:?} against {:?}",
        instance.name,
        codes,
        stated,
        evaluation
    );
    prop_assert_eq!(evaluation.missed.get() > 0, !verdict.missed.is_empty());
    if evaluation.is_feasible() && verdict.missed.is_empty() {
        let total = instance.stated_cost()(evaluation.total);
        let tolerance = if instance.convention.slack > 0.0 { 1e-3 } else { 1e-6 };
        prop_assert!((total - verdict.cost).abs() <= tolerance, "{total} and {}", verdict.cost);
        prop_assert_eq!(&instance.number(&routes).routes.len(), &stated.routes.len());
    }
    if instance.convention.objective == Objective::Score && evaluation.is_feasible() {
        prop_assert_eq!(instance.stated_cost()(evaluation.total) as i64, verdict.cost as i64);
    }
    Ok(())
}

/// Any routes over the names that exist, good or bad.
fn solutions(instance: &Instance) -> impl Strategy<Value = FileSolution> + use<> {
    let customers = instance.customers.len() as u32;
    let slots = instance.slots.clone();
    let vehicles = instance.vehicles.clone();
    let most_trips = if instance.convention.multi_trip { 3 } else { 2 };
    let trip = proptest::collection::vec(1..=customers, 1..4);
    let route = (0..slots.len(), 0..3_usize, proptest::collection::vec(trip, 1..most_trips)).prop_map(
        move |(slot, line, trips)| {
            let slot = slots[slot];
            let lines = &vehicles[slot.vehicle].lines;
            FileRoute {
                day: u32::from(slot.day) + 1,
                depot: slot.start as u32 + 1,
                vehicle: lines[line % lines.len()],
                trips,
            }
        },
    );
    proptest::collection::vec(route, 0..5).prop_map(|routes| FileSolution { routes, cost: 0.0 })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_problem_judges_as_the_file_does(
        (which, solution) in (0..FIXTURES.len()).prop_flat_map(|which| {
            (Just(which), solutions(&fixture(FIXTURES[which])))
        })
    ) {
        judge_twice(&fixture(FIXTURES[which]), &solution)?;
    }
}
