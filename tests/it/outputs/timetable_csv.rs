//! `timetable.csv`, as spreadsheets of two countries open it.

use crate::support::program::{TABLES, Village};

#[test]
fn the_french_file_has_a_mark_semicolons_and_a_row_a_visit() {
    let village = Village::new();
    assert_eq!(village.plan(&[]).code, Some(0));
    let text = fs_err::read_to_string(village.out().join("timetable.csv")).expect("written");
    let mut lines = text.strip_prefix('\u{feff}').expect("a byte order mark for Excel").lines();
    assert!(lines.next().expect("headers").starts_with("Date;Jour;Ouverture;Fermeture;Arrêt;"));
    let first = lines.next().expect("a visit");
    assert!(first.contains("/01/2027;"), "{first}");
    let visits = fs_err::read_to_string(village.out().join("visits.geojson")).expect("written");
    assert_eq!(1 + lines.count(), visits.matches(r#""kind":"visit""#).count());
}

#[test]
fn the_english_file_has_commas_and_iso_dates() {
    let village = Village::new();
    assert_eq!(village.plan(&["--lang", "en"]).code, Some(0));
    let text = fs_err::read_to_string(village.out().join("timetable.csv")).expect("written");
    assert!(text.starts_with("Date,Weekday,Opens,Closes,Stop,"), "{text}");
    assert!(text.contains("\n2027-01-"), "{text}");
}

#[test]
fn a_name_that_looks_like_a_formula_is_shown_as_words() {
    let stops = TABLES.iter().find(|(name, _)| *name == "stops.csv").expect("a table").1;
    let village = Village::with(&[("stops.csv", &stops.replace("S1,Bourg,", "S1,=1+1,"))]);
    assert_eq!(village.plan(&[]).code, Some(0));
    let text = fs_err::read_to_string(village.out().join("timetable.csv")).expect("written");
    assert!(text.contains(";'=1+1;"), "{text}");
}
