//! The cycle on the calendar: closed dates, antennas that do not run, monthly dates, tours that lose a stop.
//!
//! Stops lie on a line, ten minutes and ten kilometres from one to the next, the depot at its beginning.

use jiff::civil::Date;
use tournee::check::check;
use tournee::coverage::cover_sets;
use tournee::diagnostics::Lang;
use tournee::ids::{ClientId, VehicleId};
use tournee::matrix::{Travel, TravelMatrix};
use tournee::model::{Route, Solution, lower};
use tournee::survey::{Survey, roads, survey};
use tournee::tables::Dataset;
use tournee::timetable::{Timetable, Tour, schedule};
use tournee::units::{Day, Metres, Seconds};

use crate::support::scenario;

/// Travel along a line: the depot, then the stops in the order of the table.
fn on_a_line(dataset: &Dataset) -> Survey {
    let network = roads(dataset).expect("a sketch needs no file");
    let mut survey = survey(dataset, &network).value.expect("every point of a sketch is on it");
    let size = 1 + dataset.stops.len();
    let apart = |from: usize, to: usize| {
        let steps = i32::try_from(from.abs_diff(to)).expect("few stops");
        Some(Travel { seconds: Seconds::from_minutes(10 * steps), metres: Metres(10_000 * steps) })
    };
    let cells = (0..size * size).map(|cell| apart(cell / size, cell % size));
    survey.matrices = vec![TravelMatrix::from_cells(size, size, cells)];
    survey
}

/// The timetable of one route of the only antenna on each of those days, which the checker finds nothing against.
fn timetable(tables: &str, routes: &[(u8, &[u32])]) -> Timetable {
    let dataset = scenario::dataset(tables);
    let survey = on_a_line(&dataset);
    let covers = cover_sets(&dataset, &survey);
    let problem = lower(&dataset, &survey, &covers).value.expect("a sound scenario");
    let route = |(day, stops): &(u8, &[u32])| {
        let mut shifts = problem.shifts.iter_enumerated();
        let is_it = |shift: &tournee::model::Shift| shift.day == Day(*day) && shift.vehicle == VehicleId(0);
        let shift = shifts.find(|(_, shift)| is_it(shift)).expect("the antenna works that day").0;
        Route { shift, trips: vec![stops.iter().map(|&stop| ClientId(stop)).collect()] }
    };
    let solution = Solution { routes: routes.iter().map(route).collect() };
    let timetable = schedule(&problem, &solution, &dataset);
    let found: Vec<String> = (check(&dataset, &survey, &timetable).iter())
        .map(|found| format!("{} {}: {}", found.rule.code(), found.at.en, found.message.get(Lang::En)))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    timetable
}

/// `05/01 08:45 | 0 09:00-09:30 | ... | 10:20`, with the break where there is one.
fn line(tour: &Tour) -> String {
    let trips = tour.trips.iter().map(|trip| {
        let calls =
            trip.calls.iter().map(|call| format!("{} {}-{} | ", call.stop.0, call.opens, call.closes));
        format!("{} | {}{}", trip.leave, calls.collect::<String>(), trip.back)
    });
    let rest = tour.rest.map(|rest| format!(" (break {}-{})", rest.start, rest.end)).unwrap_or_default();
    format!("{} {}{rest}", short(tour.date), trips.collect::<Vec<_>>().join(" / "))
}

fn lines(timetable: &Timetable) -> Vec<String> {
    timetable.tours.iter().map(line).collect()
}

fn cancelled(timetable: &Timetable) -> Vec<String> {
    let words = timetable.cancelled.iter().map(|gone| {
        format!("{} {} {}-{} {}", short(gone.date), gone.stop.0, gone.opens, gone.closes, gone.reason)
    });
    words.collect()
}

fn short(date: Date) -> String {
    format!("{:02}/{:02}", date.day(), date.month())
}

/// Stops 0 and 1 on Tuesdays, an hour each way and ten minutes between; published for four weeks.
const TUESDAYS: &str = "\
# scenario.toml
start = 2027-01-04
weeks = 1
until = 2027-01-31
[announce]
rounding = 5
margin = 5
# depots.csv
id,lon,lat
d,3.0,47.0
# antennas.csv
id,depot,capacity,days,shift_start,shift_end
bus,d,60,mar,08:00,18:00
# stops.csv
id,name,lon,lat,households,rhythm,days,opens,min_minutes,minutes_per_household,priority
a,A,3.1,47.0,10,weekly,mar,09:00-10:00,30,2,required
b,B,3.2,47.0,10,weekly,mar,10:00-12:00,30,2,required
";

#[test]
fn the_cycle_repeats_to_the_last_published_date() {
    let found = timetable(TUESDAYS, &[(1, &[0, 1])]);
    // Both open for 10 + 10 x 2 = 30 minutes, B as early as it may; ten minutes and the margin lie between.
    assert_eq!(
        lines(&found),
        [
            "05/01 09:00 | 0 09:15-09:45 | 1 10:00-10:30 | 10:50",
            "12/01 09:00 | 0 09:15-09:45 | 1 10:00-10:30 | 10:50",
            "19/01 09:00 | 0 09:15-09:45 | 1 10:00-10:30 | 10:50",
            "26/01 09:00 | 0 09:15-09:45 | 1 10:00-10:30 | 10:50",
        ]
    );
    assert_eq!(cancelled(&found), [""; 0]);
}

#[test]
fn a_closed_stop_is_passed_by_and_the_others_keep_their_hours() {
    let tables = format!(
        "{TUESDAYS}# closures.csv\ndate,stop,antenna,reason\n2027-01-12,a,,travaux\n2027-01-19,b,,marché\n"
    );
    let found = timetable(&tables, &[(1, &[0, 1])]);
    assert_eq!(
        lines(&found)[1..3],
        [
            // Twenty minutes to B and five of margin; back as ever.
            "12/01 09:35 | 1 10:00-10:30 | 10:50",
            // Ten minutes home from A.
            "19/01 09:00 | 0 09:15-09:45 | 09:55",
        ]
    );
    assert_eq!(cancelled(&found), ["12/01 0 09:15-09:45 travaux", "19/01 1 10:00-10:30 marché"]);
    let passed = &found.tours[1];
    assert_eq!((passed.driving, passed.distance), (Seconds::from_minutes(40), Metres(40_000)));
}

#[test]
fn an_antenna_that_does_not_run_cancels_its_whole_tour() {
    let tables =
        format!("{TUESDAYS}# closures.csv\ndate,stop,antenna,reason\n2027-01-19,,bus,contrôle technique\n");
    let found = timetable(&tables, &[(1, &[0, 1])]);
    assert_eq!(found.tours.len(), 3);
    assert_eq!(
        cancelled(&found),
        ["19/01 0 09:15-09:45 contrôle technique", "19/01 1 10:00-10:30 contrôle technique",]
    );
}

#[test]
fn everybody_closed_is_a_day_without_tours() {
    let tables = format!("{TUESDAYS}# closures.csv\ndate,reason\n2027-01-19,grève\n");
    let found = timetable(&tables, &[(1, &[0, 1])]);
    assert_eq!(found.tours.len(), 3);
    assert_eq!(cancelled(&found).len(), 2);
}

#[test]
fn a_date_whose_hours_do_not_hold_the_opening_cancels_it_without_a_reason() {
    let tables = TUESDAYS.replace(",10:00-12:00,", ",\"10:00-12:00; 2027 Jan 26 09:00-10:00\",");
    let found = timetable(&tables, &[(1, &[0, 1])]);
    assert_eq!(lines(&found)[3], "26/01 09:00 | 0 09:15-09:45 | 09:55");
    assert_eq!(cancelled(&found), ["26/01 1 10:00-10:30 "]);
}

#[test]
fn a_monthly_visit_takes_place_on_its_real_dates_and_is_reserved_in_silence() {
    let tables = TUESDAYS.replace("b,B,3.2,47.0,10,weekly", "b,B,3.2,47.0,10,2nd tue of month");
    let found = timetable(&tables, &[(1, &[0, 1])]);
    assert_eq!(
        lines(&found),
        [
            "05/01 09:00 | 0 09:15-09:45 | 09:55",
            "12/01 09:00 | 0 09:15-09:45 | 1 10:00-10:30 | 10:50",
            "19/01 09:00 | 0 09:15-09:45 | 09:55",
            "26/01 09:00 | 0 09:15-09:45 | 09:55",
        ]
    );
    assert_eq!(cancelled(&found), [""; 0]);
}

/// A opens at 9 for an hour; B, fifty minutes on, at 11 or later; C, fifty minutes further, at 13. The break lies
/// between 11:00 and 11:30, which is only possible at B.
const BREAK_AT_B: &str = "\
# scenario.toml
start = 2027-01-04
weeks = 1
until = 2027-01-17
# depots.csv
id,lon,lat
d,3.0,47.0
# antennas.csv
id,depot,capacity,days,shift_start,shift_end,break_minutes,break_after,break_window
bus,d,60,mar,07:00,18:00,30,4h30,11:00-11:30
# stops.csv
id,name,lon,lat,households,rhythm,days,opens,min_minutes,priority
a,A,3.1,47.0,0,weekly,mar,09:00-10:00,60,required
x1,X1,3.2,47.0,0,weekly,,,30,optional
x2,X2,3.3,47.0,0,weekly,,,30,optional
x3,X3,3.4,47.0,0,weekly,,,30,optional
x4,X4,3.5,47.0,0,weekly,,,30,optional
b,B,3.6,47.0,0,weekly,mar,10:00-12:00,30,required
x5,X5,3.7,47.0,0,weekly,,,30,optional
x6,X6,3.8,47.0,0,weekly,,,30,optional
x7,X7,3.9,47.0,0,weekly,,,30,optional
x8,X8,4.0,47.0,0,weekly,,,30,optional
c,C,4.1,47.0,0,weekly,mar,13:00-13:30,30,required
";

#[test]
fn a_tour_with_nowhere_to_rest_is_cancelled_whole() {
    let plain = timetable(BREAK_AT_B, &[(1, &[0, 5, 10])]);
    assert_eq!(
        lines(&plain)[1],
        "12/01 08:45 | 0 09:00-10:00 | 5 11:30-12:00 | 10 13:00-13:30 | 15:20 (break 11:00-11:30)"
    );
    // Without B: from A it is 100 minutes to C, too far both after a break there until 11:30 and for one at C by 11.
    let tables = format!("{BREAK_AT_B}# closures.csv\ndate,stop,reason\n2027-01-12,b,travaux\n");
    let found = timetable(&tables, &[(1, &[0, 5, 10])]);
    assert_eq!(found.tours.len(), 1);
    assert_eq!(
        cancelled(&found),
        ["12/01 0 09:00-10:00 ", "12/01 5 11:30-12:00 travaux", "12/01 10 13:00-13:30 ",]
    );
}

#[test]
fn a_tour_that_loses_the_stop_of_its_break_rests_elsewhere() {
    let tables = BREAK_AT_B.replace("11:00-11:30\n", "10:00-12:00\n");
    let tables = format!("{tables}# closures.csv\ndate,stop,reason\n2027-01-12,b,travaux\n");
    let found = timetable(&tables, &[(1, &[0, 5, 10])]);
    let [_, mended] = &lines(&found)[..] else { panic!("two tours: {found:?}") };
    assert!(mended.contains("0 09:00-10:00 | 10 13:00-13:30"), "{mended}");
    assert!(mended.contains("(break 1"), "{mended}");
}
