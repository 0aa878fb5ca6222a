//! Every format on a file made by hand: what is read, what solutions cost, which faults are seen. The sums are in the
//! comments; the files are in `tests/fixtures/instances`.

use tournee::instances::solution::{parse, write};
use tournee::instances::{Instance, verify};

use super::fixture;

/// The verdict on a solution typed as text: its cost, then the codes of what is wrong, sorted.
fn verdict(instance: &Instance, solution: &str) -> String {
    let read = parse(instance, "x.sol", solution);
    let Some(solution) = read.value else { return "unreadable".to_owned() };
    let verdict = verify(instance, &solution);
    let faults = verdict.faults.iter().map(|fault| fault.code);
    let mut codes: Vec<&str> = faults.chain(verdict.missed.iter().map(|missed| missed.code)).collect();
    codes.sort_unstable();
    codes.dedup();
    let cost = format!("{:.*}", instance.convention.decimals, verdict.cost);
    std::iter::once(cost.as_str()).chain(codes).collect::<Vec<_>>().join(" ")
}

/// Each solution of `name` has the verdict beside it, and is written again as it was typed.
#[track_caller]
fn judge(name: &str, cases: &[(&str, &str)]) {
    let instance = fixture(name);
    for (solution, expected) in cases {
        assert_eq!(verdict(&instance, solution), *expected, "{name}: {solution}");
        let read = parse(&instance, "x.sol", solution).value.expect("read above");
        assert_eq!(write(&instance, &read), *solution, "{name}");
    }
}

#[test]
fn cvrp_rounds_each_leg_to_the_nearest() {
    // 5 + 5 + 10 and 5 + 5 + 1 (1.41); loads 9 and 9 of 10.
    judge(
        "cvrp.vrp",
        &[
            ("Route #1: 1 2\nRoute #2: 3 4\nCost 31\n", "31"),
            ("Route #1: 1 2\nRoute #2: 3 4\nCost 30\n", "31 cost"),
            ("Route #1: 1 2 4\nRoute #2: 3\nCost 30\n", "30 capacity"),
            ("Route #1: 1 2\nRoute #2: 3\nCost 30\n", "30 missed"),
            ("Route #1: 1 2\nRoute #2: 3 4\nRoute #3: 4\nCost 33\n", "33 twice"),
        ],
    );
}

#[test]
fn explicit_distances_keep_the_numbering_of_the_nodes() {
    // The depot is node 3, so that customers 1, 2, 3 are nodes 1, 2, 4: 8 + 7 + 2 and 3 + 3.
    judge("explicit.vrp", &[("Route #1: 1 2\nRoute #2: 3\nCost 23\n", "23")]);
}

#[test]
fn solomon_cuts_to_tenths_and_waits() {
    // 14 + 36 + 50, waiting for customer 1 from 60 to 90; 56 + 56.
    judge(
        "vrptw.txt",
        &[
            ("Route #1: 2 1\nRoute #2: 3\nCost 21.2\n", "21.2"),
            ("Route #1: 1\nRoute #2: 2\nRoute #3: 3\nCost 24.0\n", "24.0 fleet"),
            // 2 and 3 first: 14 + 10 + 42 + 10 = 76, in time; but 4 + 5 + 3 > 10.
            ("Route #1: 2 3 1\nCost 11.6\n", "11.6 capacity"),
        ],
    );
}

#[test]
fn periodic_combinations_count_days_from_the_left() {
    // Customer 2 is due on days 1 and 3 (101) or 1 and 2 (110): 5 + √13 + 2 and 2 + 2. Customer 3 need not be visited.
    judge(
        "pvrp.txt",
        &[
            ("Route #1 day=1: 1 2\nRoute #2 day=3: 2\nCost 14.6056\n", "14.6056"),
            ("Route #1 day=2: 1 2\nRoute #2 day=3: 2\nCost 14.6056\n", "14.6056 days"),
            ("Route #1 day=1: 1\nRoute #2 day=1: 2\nRoute #3 day=3: 2\nCost 18.0000\n", "18.0000 fleet"),
            // Day 3 carries 7.
            ("Route #1 day=1: 2\nRoute #2 day=3: 1 2\nCost 14.6056\n", "14.6056 capacity"),
        ],
    );
}

#[test]
fn a_periodic_file_with_the_wrong_type_is_known_by_its_rows() {
    // Leaves at 1.39, 2 at 3.39, 1 at 8, back at 14.
    let instance = fixture("pvrptw.txt");
    assert_eq!(instance.convention.problem, "PVRPTW");
    judge("pvrptw.txt", &[("Route #1 day=1: 2 1\nRoute #2 day=2: 2\nCost 14.6056\n", "14.6056")]);
}

#[test]
fn depots_stand_last_in_files_with_several() {
    // √2 + √2 + 2, and 1 + 1 with 1 of service.
    judge(
        "mdvrp.txt",
        &[
            ("Route #1 depot=1: 1 2\nRoute #2 depot=2: 3\nCost 6.8284\n", "6.8284"),
            // From the second depot to 1 and 2: 9.06 + 1.41 + 8 > 12.
            ("Route #1 depot=1: 3\nRoute #2 depot=2: 1 2\nCost 36.4696\n", "36.4696 duration"),
        ],
    );
}

#[test]
fn cordeaus_vehicle_types_serve_whom_the_combinations_name() {
    judge(
        "sdvrp.txt",
        &[
            ("Route #1 vehicle=1: 1\nRoute #2 vehicle=2: 2\nCost 14.0000\n", "14.0000"),
            ("Route #1 vehicle=2: 1\nRoute #2 vehicle=1: 2\nCost 14.0000\n", "14.0000 capacity vehicle"),
        ],
    );
}

#[test]
fn thousandths_with_depots_wait_before_leaving() {
    // 1414 + 2236 + 3000: the return is at 9500 at the earliest, having left at 850.
    judge(
        "mdvrptw.vrp",
        &[
            ("Route #1 depot=1: 1 2\nRoute #2 depot=2: 3\nCost 10650\n", "10650"),
            ("Route #1 depot=1: 1\nRoute #2 depot=1: 2\nRoute #3 depot=2: 3\nCost 12828\n", "12828 fleet"),
            // 2 + 5 + 7 and 3 of service.
            ("Route #1 depot=1: 1\nRoute #2 depot=2: 3 2\nCost 16828\n", "16828 duration"),
        ],
    );
}

#[test]
fn equal_vehicle_lines_are_one_kind_and_serve_once_each() {
    let instance = fixture("sdvrptw.vrp");
    assert_eq!(instance.vehicles.len(), 2);
    judge(
        "sdvrptw.vrp",
        &[
            ("Route #1 vehicle=1: 2 3\nRoute #2 vehicle=2: 1\nCost 14000\n", "14000"),
            (
                "Route #1 vehicle=3: 2\nRoute #2 vehicle=3: 3\nRoute #3 vehicle=2: 1\nCost 16000\n",
                "16000 fleet",
            ),
            ("Route #1 vehicle=1: 2 3\nRoute #2 vehicle=3: 1\nCost 14000\n", "14000 vehicle"),
        ],
    );
}

#[test]
fn one_of_each_group_is_visited() {
    // 5 + 4 (3.6) + 2.
    judge(
        "gvrp.vrp",
        &[
            ("Route #1: 1 3\nCost 11\n", "11"),
            ("Route #1: 1\nCost 10\n", "10 group"),
            ("Route #1: 1 2\nCost 20\n", "20 group"),
        ],
    );
}

#[test]
fn prizes_not_collected_are_cut_to_tenths_and_paid() {
    judge(
        "pcvrptw.vrp",
        &[("Route #1: 2\nCost 115\n", "115"), ("Route #1: 1 2\nCost 100\n", "100"), ("Cost 215\n", "215")],
    );
}

#[test]
fn mixed_fleets_pay_hundredths_of_fixed_and_unit_costs() {
    // 10 + 100 × 10 / 100, and 25 + 150 × 4.828 / 100.
    judge("hfvrp.vrp", &[("Route #1 vehicle=1: 1\nRoute #2 vehicle=3: 2 3\nCost 52.2420\n", "52.2420")]);
}

#[test]
fn a_trip_waits_for_its_goods() {
    // Back from the first trip at 130, leaves again at 200.
    judge(
        "mtvrptwr.vrp",
        &[("Route #1: 1 3 | 2\nCost 140\n", "140"), ("Route #1: 2 | 1 3\nCost 140\n", "140 window")],
    );
}

#[test]
fn a_covering_tour_visits_enough_to_cover_everybody() {
    judge(
        "covering.ctp",
        &[
            ("Route #1: 1 2\nRoute #2: 3\nCost 22\n", "22"),
            ("Route #1: 1 2\nCost 12\n", "12 cover"),
            ("Route #1: 2 3\nCost 16\n", "16 length missed"),
            ("Route #1: 1 2 3\nCost 20\n", "20 length stops"),
        ],
    );
}

#[test]
fn a_team_starts_and_ends_at_different_points() {
    // 2 + 3.606 + 2.236 + 3.162 = 11.004, at most 12.5.
    judge(
        "top.txt",
        &[
            ("Route #1: 2 1 3\nCost 60\n", "60"),
            ("Route #1: 2\nRoute #2: 3\nCost 50\n", "50"),
            // Back and forth: 7.07 + 5.83 + 8.49.
            ("Route #1: 3 2\nCost 50\n", "50 length"),
        ],
    );
}

#[test]
fn scores_with_windows_need_service_too() {
    // 14 + 10 + 80 + 90 + 90 = 284 of 300.
    judge(
        "toptw.txt",
        &[
            ("Route #1: 2 3\nCost 60\n", "60"),
            ("Route #1: 2 1\nCost 30\n", "30"),
            ("Route #1: 1 3\nCost 50\n", "50 window"),
        ],
    );
}

#[test]
fn departments_price_kilometres_of_a_table() {
    // The depot is the second row: 4 + 5 + 1 km at 2 and 5; 5 km at 3.1 and 1.5.
    judge(
        "hvrp.txt",
        &[
            ("Route #1 vehicle=1: 1 2\nRoute #2 vehicle=2: 3\nCost 42.0000\n", "42.0000"),
            (
                "Route #1 vehicle=2: 1\nRoute #2 vehicle=2: 2\nRoute #3 vehicle=2: 3\nCost 51.0000\n",
                "51.0000 fleet",
            ),
        ],
    );
}

#[test]
fn several_depots_share_the_vehicles_of_a_day() {
    // Day 1: 100 + 8 × 0.5 from depot 2 in 5 h; 10 + 18 × 1.25 with two trips in 5.25 h. Day 2: 10 + 8 × 1.25.
    let whole = "Route #1 day=1 depot=1 vehicle=2: 2 | 1\nRoute #2 day=1 depot=2 vehicle=1: 3\n\
                 Route #3 day=2 depot=1 vehicle=2: 2\nCost 156.5000\n";
    // The only vehicle of type 1 from both depots.
    let twice = "Route #1 day=1 depot=1 vehicle=2: 2\nRoute #2 day=1 depot=1 vehicle=1: 1\n\
                 Route #3 day=1 depot=2 vehicle=1: 3\nRoute #4 day=2 depot=1 vehicle=2: 2\nCost 249.0000\n";
    judge("hsdmd.txt", &[(whole, "156.5000"), (twice, "249.0000 fleet")]);
}

#[test]
fn names_that_do_not_exist_are_faults_not_panics() {
    judge(
        "mdvrp.txt",
        &[
            ("Route #1 depot=3: 1 2\nCost 0.0000\n", "0.0000 fleet"),
            ("Route #1 depot=1: 1 4\nCost 0.0000\n", "0.0000 customer"),
            ("Route #1 depot=1: 0\nCost 0.0000\n", "0.0000 customer"),
            ("Route #1 depot=4294967295: 4294967295\nCost 0.0000\n", "0.0000 customer fleet"),
        ],
    );
    assert_eq!(verdict(&fixture("pvrp.txt"), "Route #1 day=4: 1\nCost 0\n"), "0.0000 fleet");
    assert_eq!(verdict(&fixture("hvrp.txt"), "Route #1 vehicle=0: 1\nCost 0\n"), "0.0000 fleet");
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let text = super::fixture_text("cvrp.vrp");
    let dos = format!("\u{feff}{}\u{1a}", text.replace('\n', "\r\n"));
    let report = tournee::instances::read("dos.vrp", dos.as_bytes());
    let instance = report.value.expect("the same file");
    assert_eq!(verdict(&instance, "Route #1: 1 2\nRoute #2: 3 4\nCost 31\n"), "31");
}

#[test]
fn a_solution_file_with_foreign_lines_is_refused_line_by_line() {
    let instance = fixture("cvrp.vrp");
    let report = parse(&instance, "x.sol", "Route #1: 1 x\nRoute #2 day=1: 2\n# by hand\nRoute #3: 1 | 2\n");
    let rows: Vec<_> = report.errors().map(|finding| finding.at.row).collect();
    assert_eq!(rows, [Some(1), Some(2), Some(3), Some(4)]);
}
