//! Nothing that anybody can type or save makes reading panic, and no row is lost without a word.

use proptest::prelude::*;
use tournee::tables::{self, Sources};

use crate::support::scenario::{SMALL, files, report};

const TABLES: [&str; 7] =
    ["scenario.toml", "depots.csv", "antennas.csv", "stops.csv", "places.csv", "closures.csv", "locks.csv"];

/// Pieces that readers look for, in any order.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,12}",
        "[,.;:/'\" +-]",
        "\\PC{0,6}",
        prop::sample::select(vec![
            "9h30",
            "lun",
            "mar",
            "Mo",
            "-",
            "PH",
            "off",
            "week",
            "[1]",
            "du mois",
            "tous les",
            "15",
            "jours",
            "e9",
            "%",
            "kg",
            "ns",
            "2027-01-04",
            "31/12/99",
            "24:00",
            "48:00",
            "sunrise",
            "||",
            "Feb 29",
            "easter",
            "+1 day",
            "−",
            "\u{a0}",
            "\u{202f}",
            "œ",
            "1er",
            "°",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_in_any_file_are_read_or_refused(
        name in prop::sample::select(TABLES.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let others = files(SMALL).into_iter().map(|(name, body)| (name, body.into_bytes()));
        let others = others.filter(|(other, _)| other != name);
        let report = tables::read(&Sources::from_texts(others.chain([(name.to_owned(), bytes)])));
        prop_assert_eq!(report.value.is_none(), report.errors().next().is_some());
    }

    #[test]
    fn any_cells_are_read_or_refused(cells in prop::collection::vec(cell(), 24)) {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let stops = "rhythm,days,opens,households,kg_per_household,max_minutes,priority,insee,antennas,value";
        let antennas = "capacity,days,shift_start,shift_end,max_duty,break_minutes,break_window,height_m";
        let text = format!(
            "{}# stops.csv\nid,name,lon,lat,{stops}\na,A,3.82,47.29,{}\n# antennas.csv\nid,depot,{antennas}\n\
             bus,nevers,{}\n# closures.csv\ndate,from,to,stop\n{}\n# locks.csv\nstop,weekday\n{}\n",
            SMALL, quoted[..10].join(","), quoted[10..18].join(","), quoted[18..22].join(","), quoted[22..].join(",")
        );
        let report = report(&text);
        prop_assert_eq!(report.value.is_none(), report.errors().next().is_some());
    }

    #[test]
    fn any_settings_are_read_or_refused(key in "[a-z_]{1,12}", value in cell(), number in any::<i64>()) {
        let keys = ["weeks", "until", "start", "timezone", "roads.sketch_speeds", "coverage.attendance", "solver.time"];
        for key in keys.into_iter().chain([key.as_str()]) {
            for value in [format!("\"{}\"", value.escape_default()), number.to_string(), value.clone()] {
                let text = SMALL.replace("weeks = 1", &format!("{key} = {value}"));
                let report = report(&text);
                prop_assert_eq!(report.value.is_none(), report.errors().next().is_some());
            }
        }
    }
}

/// Damages a good workbook in one place.
fn damaged(good: &[u8], at: usize, byte: u8, length: usize) -> Vec<u8> {
    let mut bytes = good[..length.min(good.len())].to_vec();
    let at = at % bytes.len().max(1);
    if let Some(cell) = bytes.get_mut(at) {
        *cell = byte;
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in any::<usize>(), byte in any::<u8>(), cut in 0_usize..4_000) {
        use crate::support::workbook::{Sheet, Value, ods, xlsx};
        let sheet = Sheet {
            names: ["places", "places"],
            columns: vec![["id", "id"], ["lon", "lon"], ["lat", "lat"], ["households", "households"]],
            rows: vec![vec![Value::Text("p1"), Value::Number(3.8), Value::Number(47.28), Value::Time(9, 30)]],
        };
        let others = || files(SMALL).into_iter().map(|(name, body)| (name, body.into_bytes())).filter(|(name, _)| name != "places.csv");
        let sheets = [sheet];
        for (name, good) in [("places.xlsx", xlsx(&sheets)), ("places.ods", ods(&sheets))] {
            let length = good.len() - cut.min(good.len() - 1) * usize::from(byte % 4 == 0);
            let file = (name.to_owned(), damaged(&good, at, byte, length));
            let report = tables::read(&Sources::from_texts(others().chain([file])));
            prop_assert_eq!(report.value.is_none(), report.errors().next().is_some());
        }
    }
}
