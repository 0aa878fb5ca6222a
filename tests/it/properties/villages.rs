//! The whole path over generated scenarios: whatever is planned, the checker finds nothing but stops honestly left out.

use proptest::prelude::*;
use tournee::diagnostics::Lang;
use tournee::plan::{Options, Plan, plan};
use tournee::survey::roads;

use crate::support::generate::{Village, village};
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
    let report = plan(dataset, network, &options, &mut |_| {});
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_checker_finds_nothing_in_any_plan(village in village()) {
        if let Some(plan) = planned(&village) {
            let bugs = bugs(&plan);
            prop_assert!(bugs.is_empty(), "{bugs}\n{}", village.tables());
        }
    }
}
