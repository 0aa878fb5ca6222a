//! Files that are wrong: each gets its exact messages, all of them at once, and nothing makes the reader panic.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tournee::diagnostics::{Lang, render};
use tournee::instances::read;

use super::{FIXTURES, fixture_text};

/// All findings in English, one a line, without the help.
fn findings(content: &[u8]) -> String {
    let report = read("x", content);
    let lines = report.diagnostics.iter().map(|finding| {
        let words = render(finding, Lang::En);
        words.lines().next().unwrap_or_default().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The findings of a fixture in which `old` was replaced.
#[track_caller]
fn damaged(name: &str, old: &str, new: &str) -> String {
    let text = fixture_text(name);
    assert!(text.contains(old), "{name} has no {old:?}");
    findings(text.replacen(old, new, 1).as_bytes())
}

#[test]
fn what_is_no_instance_is_said_to_be_none() {
    let expected = "x: expected a benchmark instance as text, found";
    assert_eq!(findings(b""), format!("{expected} an empty file [B001]"));
    assert_eq!(findings(b" \r\n\t\n"), format!("{expected} an empty file [B001]"));
    assert_eq!(findings(b"\x89PNG\r\n\x1a\n\0\0"), format!("{expected} bytes that are no text [B002]"));
    let known = "the beginning of a known format (VRPLIB, Solomon, Cordeau, m-CTP, orienteering, HVRP-DLP, HSDMDMTPVRP)";
    assert_eq!(
        findings(b"id,name\n1,Nevers\n"),
        format!("x, row 1: expected {known}, found `id,name` [B003]")
    );
    assert_eq!(findings(b"// only\n// comments\n"), "x: expected data, found nothing but comments [B001]");
}

#[test]
fn unknown_parts_are_named_with_the_nearest_known_one() {
    assert_eq!(
        damaged("cvrp.vrp", "DEMAND_SECTION", "DEMANDS_SECTION"),
        "x: expected DEMAND_SECTION, found a file without it [B006]\n\
         x, row 13: expected a known name, such as DEMAND_SECTION, found `DEMANDS_SECTION` [B005]"
    );
    assert_eq!(
        damaged("cvrp.vrp", "CAPACITY : 10", "CAPACITI : 10"),
        "x: expected CAPACITY, found a file without it [B006]\n\
         x, row 6: expected a known name, such as CAPACITY, found `CAPACITI` [B005]"
    );
    assert_eq!(
        damaged("cvrp.vrp", "DEPOT_SECTION", "PRIZE_SECTION\n2 5\nDEPOT_SECTION"),
        "x, row 19: expected a section of a CVRP, found `PRIZE_SECTION` [B005]\n\
         x, row 19: expected a row of PRIZE_SECTION for each customer, found nothing for node 3 (and 2 more) [B009]"
    );
    assert_eq!(
        damaged("cvrp.vrp", "CAPACITY : 10", "CAPACITY : 10\nCAPACITY : 12"),
        "x, row 7: expected CAPACITY once (line 6), found CAPACITY again [B005]"
    );
}

#[test]
fn problems_and_distances_that_are_not_handled_are_refused() {
    let types = "CVRP, ACVRP, VRPTW, GVRP, MDVRPTW, SDVRPTW, PCVRPTW, HFVRP, MTVRPTWR";
    assert_eq!(
        damaged("cvrp.vrp", "TYPE : CVRP", "TYPE : VRPB"),
        format!("x, row 3: expected {types}, found `VRPB` [B004]")
    );
    assert_eq!(
        damaged("cvrp.vrp", "EUC_2D", "GEO"),
        "x, row 5: expected EUC_2D, CEIL_2D, FLOOR_2D, EXPLICIT, found `GEO` [B004]"
    );
    let geo_and_heavy = fixture_text("cvrp.vrp").replace("EUC_2D", "GEO").replace("5 3\n", "5 33\n");
    assert_eq!(
        findings(geo_and_heavy.as_bytes()),
        "x, row 5: expected EUC_2D, CEIL_2D, FLOOR_2D, EXPLICIT, found `GEO` [B004]\n\
         x, row 18: expected a demand of at most 10, the largest capacity, found 33 for customer 4 [B011]"
    );
}

#[test]
fn a_missing_depot_is_said_with_everything_else() {
    assert_eq!(
        damaged("cvrp.vrp", "4 6\n5 3\nDEPOT_SECTION\n 1\n -1\n", "4 x\n5 33\n"),
        "x: expected DEPOT_SECTION, found a file without it [B006]\n\
         x, row 17: expected a demand: a number between 0 and 1000000000, found `x` [B007]\n\
         x, row 18: expected a demand of at most 10, the largest capacity, found 33 for customer 4 [B011]"
    );
    assert_eq!(
        damaged("cvrp.vrp", " 1\n -1\n", " 9\n -1\n"),
        "x, row 20: expected a node between 1 and 5, each once, found `9` [B010]"
    );
    assert_eq!(
        damaged("cvrp.vrp", "4 6\n5 3\nDEPOT_SECTION\n 1\n -1\n", "4 6\n5 33\nDEPOT_SECTION\n -1\n"),
        "x, row 18: expected a demand of at most 10, the largest capacity, found 33 for customer 4 [B011]\n\
         x, row 19: expected at least one depot, found none [B006]"
    );
    assert_eq!(
        findings(b"VEHICLE\nNUMBER CAPACITY\n 2 10\nCUSTOMER\nCUST NO. X\n"),
        "x: expected the depot (row 0 of the table), found an empty table [B006]"
    );
}

/// Lines that tell how the rest is laid out: without them nothing else can be read.
const LAYOUTS: [(&str, u32); 9] = [
    ("covering.ctp", 2),
    ("explicit.vrp", 3),
    ("hsdmd.txt", 1),
    ("hvrp.txt", 2),
    ("mdvrp.txt", 1),
    ("pvrp.txt", 1),
    ("pvrptw.txt", 1),
    ("sdvrp.txt", 1),
    ("toptw.txt", 1),
];

#[test]
fn of_two_wrong_lines_both_are_told() {
    let with_wrong = |lines: &[&str], wrong: &[usize]| -> BTreeSet<u32> {
        let spoilt = lines.iter().enumerate().map(|(index, line)| match line.rsplit_once([' ', '\t']) {
            Some((head, _)) if wrong.contains(&index) => format!("{head} x9\n"),
            _ => format!("{line}\n"),
        });
        let report = read("x", spoilt.collect::<String>().as_bytes());
        report.diagnostics.iter().filter_map(|finding| finding.at.row).collect()
    };
    for name in FIXTURES {
        let text = fixture_text(name);
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let told_alone: Vec<usize> = (0..lines.len())
            .filter(|&index| lines[index].ends_with(|c: char| c.is_ascii_digit()))
            .filter(|&index| !LAYOUTS.contains(&(*name, index as u32 + 1)))
            .filter(|&index| with_wrong(&lines, &[index]).contains(&(index as u32 + 1)))
            .collect();
        assert!(told_alone.len() > lines.len() / 3, "{name}: {told_alone:?}");
        for (next, &first) in (1..).zip(&told_alone) {
            for &second in &told_alone[next..] {
                let told = with_wrong(&lines, &[first, second]);
                let both = [first as u32 + 1, second as u32 + 1];
                assert!(both.iter().all(|line| told.contains(line)), "{name}: of {both:?} are told {told:?}");
            }
        }
    }
}

#[test]
fn a_demand_above_every_capacity_is_an_error_with_its_line() {
    assert_eq!(
        damaged("cvrp.vrp", "4 6\n5 3", "4 16\n5 13"),
        "x, row 17: expected a demand of at most 10, the largest capacity, found 16 for customer 3 [B011]\n\
         x, row 18: expected a demand of at most 10, the largest capacity, found 13 for customer 4 [B011]"
    );
    // Leaving it out is allowed where there are prizes.
    assert_eq!(
        damaged("pcvrptw.vrp", "3 5\n", "3 50\n"),
        "warning: x, row 15: expected a demand of at most 10, the largest capacity, found 50 for customer 2 [B011]"
    );
}

#[test]
fn a_matrix_of_the_wrong_size_or_that_is_not_symmetric_is_an_error() {
    assert_eq!(
        damaged("explicit.vrp", "9 4 3\n", "9 4\n"),
        "x, row 7: expected 6 distances (LOWER_ROW, 4 points), found 5 [B012]"
    );
    // What else is wrong is told beside it.
    let also_too_large = fixture_text("explicit.vrp").replace("9 4 3\n", "9 4\n").replace("4 1\n", "4 3\n");
    assert_eq!(
        findings(also_too_large.as_bytes()),
        "x, row 7: expected 6 distances (LOWER_ROW, 4 points), found 5 [B012]\n\
         x, row 15: expected a demand of at most 2, the largest capacity, found 3 for customer 3 [B011]"
    );
    let full = |type_name: &str| {
        let text =
            fixture_text("explicit.vrp").replace("LOWER_ROW", "FULL_MATRIX").replace("CVRP", type_name);
        findings(text.replace("7\n8 2\n9 4 3\n", "0 7 8 9\n7 0 2 4\n8 2 0 3\n9 5 3 0\n").as_bytes())
    };
    assert_eq!(
        full("CVRP"),
        "x, row 7: expected a symmetric matrix, found 5 from 4 to 2, 4 the other way (and 0 more pair(s)) [B013]"
    );
    assert_eq!(full("ACVRP"), "");
    assert_eq!(
        damaged("hvrp.txt", "4000\t0\t1000\t2500", "4000\t0\t1000"),
        "x, row 7: expected 4 distances, found 3 [B012]"
    );
    assert_eq!(
        damaged("hvrp.txt", "4000\t0\t1000\t2500", "4001\t0\t1000\t2500"),
        "x, row 7: expected a symmetric matrix, found 4001 from 1 to 0, 4000 the other way [B013]"
    );
}

#[test]
fn absurd_dimensions_take_no_memory() {
    assert_eq!(
        damaged("cvrp.vrp", "DIMENSION : 5", "DIMENSION : 100000000000"),
        "x, row 4: expected the number of customers: a whole number between 1 and 200000, found `100000000000` [B007]"
    );
    assert_eq!(
        damaged("cvrp.vrp", "DIMENSION : 5", "DIMENSION : 150000"),
        "x, row 7: expected 150000 nodes (DIMENSION), found 5 [B009]"
    );
    assert_eq!(
        damaged("explicit.vrp", "DIMENSION : 4", "DIMENSION : 150000"),
        "x, row 7: expected 11249925000 distances (LOWER_ROW, 150000 points), found 6 [B012]\n\
         x, row 11: expected a row of DEMAND_SECTION for each customer, found nothing for node 5 (and 149995 more) [B009]"
    );
    assert_eq!(
        damaged("pvrp.txt", "1 1 3 3", "1 1 199999 3"),
        "x: expected 200000 rows after the limits, by the first line, found 4 [B009]"
    );
    assert_eq!(
        damaged("covering.ctp", "2 3 2 2", "9999 3 2 2"),
        "x, row 2: expected 50005000 costs and 9999 rows of coverage, found 10 rows [B009]"
    );
}

#[test]
fn numbers_that_are_none_are_said_with_their_line() {
    assert_eq!(
        damaged("cvrp.vrp", "2 3 4\n3 6 8\n", "2 nan 4\n3 6 1e99\n"),
        "x, row 9: expected a coordinate: a number between -1000000000 and 1000000000, found `nan` [B007]\n\
         x, row 10: expected a coordinate: a number between -1000000000 and 1000000000, found `1e99` [B007]"
    );
    assert_eq!(
        damaged("hsdmd.txt", "10 2 100 0.5", "10 0 100 -0,5"),
        "x, row 2: expected a speed: a number between 0.000001 and 1000000000, found `0` [B007]\n\
         x, row 2: expected a cost: a number between 0 and 1000000000, found `-0,5` [B007]"
    );
}

#[test]
fn truncated_files_say_what_is_missing() {
    let text = fixture_text("hsdmd.txt");
    let cut = text.rsplit_once("5 10 0").expect("the last depot").0;
    assert_eq!(
        findings(cut.as_bytes()),
        "x, row 1: expected 8 rows (2 types, 3 customers, 2 depots), found 7 [B009]"
    );
    assert_eq!(
        findings(fixture_text("top.txt").replace("6 8 0\n", "").as_bytes()),
        "x, row 1: expected 5 points, three at least, found 4 [B009]"
    );
    assert_eq!(
        damaged(
            "vrptw.txt",
            "4         4          3          0         40          0",
            "4         4          3"
        ),
        "x, row 13: expected a time: a number between 0 and 1000000000, found the end of the line after 4 value(s) [B008]"
    );
}

#[test]
fn windows_and_days_that_can_not_be_are_errors() {
    assert_eq!(
        damaged("vrptw.txt", "9         12", "12         9"),
        "x, row 11: expected a window that closes after it opens (at 120), found 90 for customer 1 [B016]"
    );
    assert_eq!(
        damaged("pvrp.txt", "5 2 2 5 6", "5 2 2 5 9"),
        "x, row 7: expected a combination of 3 binary digits, found 9 [B015]"
    );
    assert_eq!(
        damaged("hsdmd.txt", "2 1 2 3\n", "2 1 2 0\n"),
        "x, row 4: expected a combination of 2 binary digits, found 0 [B015]"
    );
}

#[test]
fn a_frequency_unlike_its_combinations_is_told_and_the_combinations_count() {
    let said = |row: u32, frequency: u32, count: u32| {
        format!(
            "warning: x, row {row}: expected combinations of {frequency} day(s), by the frequency, found a combination of {count} [B015]"
        )
    };
    assert_eq!(damaged("pvrp.txt", "5 2 2 5 6", "5 3 2 5 6"), said(7, 3, 2));
    assert_eq!(damaged("pvrp.txt", "5 2 2 5 6", "5 2 2 5 7"), said(7, 2, 3));
    assert_eq!(damaged("hsdmd.txt", "2 1 2 3\n", "2 1 3 3\n"), said(4, 1, 2));
    let text = fixture_text("pvrp.txt").replace("5 2 2 5 6", "5 3 2 5 6");
    assert!(read("x", text.as_bytes()).value.is_some(), "a warning");
}

#[test]
fn several_errors_in_several_sections_come_out_together() {
    let text = fixture_text("mdvrptw.vrp")
        .replace("4\t5.5\t50", "4\t5.5\tfifty")
        .replace("3\t2\n", "3\t4\n")
        .replace("2\t10\t0", "2\t10\tzero")
        .replace("CAPACITY: 10", "CAPACITY: ten");
    let rows: Vec<_> = read("x", text.as_bytes()).errors().map(|finding| finding.at.row).collect();
    assert_eq!(rows, [Some(6), Some(10), Some(30), Some(35)]);
}

#[test]
fn findings_are_bounded_and_say_so() {
    let mut text = String::from("n 502\nm 1\ntmax 5\n");
    text.push_str(&"a b c\n".repeat(502));
    let report = read("x", text.as_bytes());
    assert_eq!(report.diagnostics.len(), 61);
    let last = render(&report.diagnostics[60], Lang::En);
    assert!(
        last.starts_with("x: expected a readable file, found 1446 more finding(s), not shown [B020]"),
        "{last}"
    );
}

#[test]
fn a_hundred_thousand_customers_are_read() {
    let count = 100_000;
    let mut text = format!(
        "NAME : big\nTYPE : CVRP\nDIMENSION : {}\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 100\nNODE_COORD_SECTION\n",
        count + 1
    );
    let point = |k: usize| (k * 7919 % 3001, k * 104_729 % 2999);
    let rows = |value: &dyn Fn(usize) -> String| (1..=count + 1).map(value).collect::<String>();
    text += &rows(&|k| format!("{k} {} {}\n", point(k).0, point(k).1));
    text += "DEMAND_SECTION\n";
    text += &rows(&|k| format!("{k} {}\n", usize::from(k > 1)));
    text += "DEPOT_SECTION\n1\n-1\nEOF\n";
    let instance = read("big", text.as_bytes()).value.expect("a large instance is one");
    assert_eq!(instance.customers.len(), count);
    assert_eq!(instance.problem().clients.len(), count);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let report = read("x", &bytes);
        prop_assert!(report.value.is_some() || report.errors().next().is_some());
    }

    #[test]
    fn a_file_with_damaged_cells_is_read_or_refused(
        which in 0..FIXTURES.len(),
        damages in proptest::collection::vec((any::<prop::sample::Index>(), 0..12_usize), 1..5),
    ) {
        let text = fixture_text(FIXTURES[which]);
        let mut lines: Vec<Vec<String>> =
            text.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect();
        for (at, damage) in damages {
            let line = at.index(lines.len());
            let cell = at.index(lines[line].len().max(1));
            match damage {
                0 => { lines.remove(line); }
                1 => { let copy = lines[line].clone(); lines.insert(line, copy); }
                2 => { lines[line].pop(); }
                3 => { lines[line].push("7".to_owned()); }
                4 => lines.truncate(line),
                _ => {
                    let words = ["-1", "0", "1e9", "1e308", "NaN", "99999999999", "60"];
                    if let Some(cell) = lines[line].get_mut(cell) {
                        words[damage - 5].clone_into(cell);
                    }
                }
            }
            if lines.is_empty() {
                break;
            }
        }
        let joined: Vec<String> = lines.iter().map(|cells| cells.join(" ")).collect();
        let report = read("x", joined.join("\n").as_bytes());
        match &report.value {
            // What is read can be handed to the search.
            Some(instance) => { instance.problem(); }
            None => prop_assert!(report.errors().next().is_some()),
        }
    }
}
