//! A plain scenario is read as it is written, with the defaults that the schema states.

use std::path::Path;

use jiff::civil::date;
use tournee::diagnostics::Lang;
use tournee::ids::{AntennaId, PlaceId, StopId};
use tournee::tables::{self, Count, LockedDays, Rhythm, RoadSource, SolverSettings};
use tournee::units::{ClockTime, Cost, Households, Metres, Need, Seconds, Window};

use crate::support::scenario::{SMALL, dataset, files, folder, report};

#[test]
fn a_plain_scenario_is_read_without_a_word() {
    let report = report(SMALL);
    assert_eq!(report.diagnostics, []);
    assert_eq!(report.repairs, []);
    assert!(report.value.is_some());
}

#[test]
fn a_small_scenario_has_what_its_tables_say() {
    let scenario = dataset(SMALL);
    assert_eq!(scenario.settings.horizon_days(), 7);
    assert_eq!(scenario.settings.roads.source, RoadSource::Sketch);
    let stop = &scenario.stops[StopId(0)];
    assert_eq!(
        (stop.id.as_str(), stop.households, stop.rhythm),
        ("lormes", Households(20), Rhythm::PerWeek { times: 1 })
    );
    assert_eq!(stop.windows, vec![vec![Window::ALL_DAY]; 7]);
    let antenna = &scenario.antennas.raw[0];
    assert_eq!(antenna.works, [true, true, true, true, true, false, false]);
    // A fifth of 12.5 households, the default share without a car.
    let place = &scenario.places[PlaceId(0)];
    assert_eq!((place.need_without_car, place.need()), (Need(2_500), Need(12_500)));
}

/// `SMALL` with the rows of one table replaced.
fn with(table: &str, rows: &str) -> String {
    let files = files(SMALL).into_iter().filter(|(name, _)| name != table);
    let others: String = files.map(|(name, body)| format!("# {name}\n{body}")).collect::<Vec<_>>().concat();
    format!("{others}# {table}\n{rows}")
}

#[test]
fn a_folder_reads_as_its_files() {
    let folder = folder(SMALL);
    // What spreadsheets and planners leave beside the tables is not in the way.
    for name in [".~lock.stops.csv#", "~$stops.xlsx", "notes.txt", "roads.osm.pbf"] {
        fs_err::write(folder.path().join(name), [0, 1, 2]).expect("the folder is writable");
    }
    fs_err::create_dir(folder.path().join("stops.xlsx")).expect("the folder is writable");
    let report = tables::load(folder.path()).expect("the folder is there");
    assert_eq!(report.diagnostics, []);
    let loaded = report.value.expect("there are no errors");
    assert_eq!(format!("{loaded:?}"), format!("{:?}", dataset(SMALL)));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let error = tables::load(Path::new("no/such/folder")).expect_err("there is none");
    assert_eq!(error.path, Path::new("no/such/folder"));
}

#[test]
fn closures_are_taken_out_of_the_days_of_those_they_concern() {
    let closures = "date,from,to,stop,antenna,reason\n2027-01-05,,,lormes,,\n,2027-01-06,2027-01-07,,bus,repair\n\
                    2027-01-08,,,,,strike\n";
    let scenario = dataset(&format!("{SMALL}# closures.csv\n{closures}"));
    let open = |stop: u32| {
        scenario.stops[StopId(stop)].windows.iter().map(|day| !day.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(open(0), [true, false, true, true, false, true, true]);
    assert_eq!(open(1), [true, true, true, true, false, true, true]);
    assert_eq!(scenario.antennas.raw[0].works, [true, true, false, false, false, false, false]);
    assert_eq!(scenario.closures[1].reason, "repair");
}

#[test]
fn windows_are_the_hours_on_the_allowed_days() {
    let stops =
        "id,name,lon,lat,days,opens\na,A,3.82,47.29,lun-mer,\"Mo-Fr 09:00-12:00,14:00-17:00; We off\"\n";
    let scenario = dataset(&with("stops.csv", stops));
    let at = |open, close| Window { open: ClockTime::from_hm(open, 0), close: ClockTime::from_hm(close, 0) };
    let day = vec![at(9, 12), at(14, 17)];
    let closed = Vec::new;
    let expected = [day.clone(), day, closed(), closed(), closed(), closed(), closed()];
    assert_eq!(scenario.stops[StopId(0)].windows, expected);
}

#[test]
fn a_holiday_closes_those_who_do_not_work_on_holidays() {
    // Thursday 6 May 2027 is Ascension Day.
    let text = with(
        "antennas.csv",
        "id,depot,capacity,days\nbus,nevers,60,lun-ven sauf fériés\nvan,nevers,60,lun-ven\n",
    );
    let scenario = dataset(&text.replace("2027-01-04", "2027-05-03"));
    assert_eq!(scenario.antennas.raw[0].works, [true, true, true, false, true, false, false]);
    assert_eq!(scenario.antennas.raw[1].works, [true, true, true, true, true, false, false]);
}

#[test]
fn a_preset_limits_what_the_columns_leave_open() {
    let rows = "id,depot,capacity,preset,max_duty,break_minutes,break_after\n\
                a,nevers,60,salarié,,,\nb,nevers,60,salarie,7h,45,5h\nc,nevers,60,transport,,,\nd,nevers,60,benevole,,0,\n";
    let scenario = dataset(&with("antennas.csv", rows));
    let minutes = Seconds::from_minutes;
    let limits: Vec<_> = scenario
        .antennas
        .iter()
        .map(|antenna| {
            (antenna.max_duty, antenna.max_driving, antenna.rest.map(|rest| (rest.duration, rest.after)))
        })
        .collect();
    assert_eq!(
        limits,
        [
            (Some(minutes(600)), None, Some((minutes(20), minutes(360)))),
            (Some(minutes(420)), None, Some((minutes(45), minutes(300)))),
            (Some(minutes(600)), Some(minutes(540)), Some((minutes(45), minutes(270)))),
            (Some(minutes(480)), None, None),
        ]
    );
}

#[test]
fn settings_are_read_section_by_section() {
    let text = with(
        "scenario.toml",
        "title = \"Essai\"\nstart = \"04/01/2027\"\nweeks = 3\nuntil = 2027-03-14\nlanguage = \"en\"\n[roads]\nsource = \"a.osm.pbf\"\n\
         sketch_speeds = [[0.5, 20], [10, 60]]\n[roads.speeds]\nprimary = 70\nservice = \"12,5\"\n[coverage]\nrule = \"custom\"\ndrive_minutes = 25\nroad_km = 18.5\n\
         walk_minutes = \"0:10\"\nattendance = \"30 %\"\ncount = \"everyone\"\n[objective]\nvalue_per_household = 2.5\n\
         cost_per_km = 0.45\n[solver]\ntime = \"2 min\"\nseed = 7\niterations = 500\n[announce]\nrounding = 10\nmargin = 0\n",
    );
    let settings = dataset(&text).settings;
    assert_eq!((settings.title.as_str(), settings.weeks, settings.horizon_days()), ("Essai", 3, 70));
    assert_eq!(settings.language, Lang::En);
    assert_eq!(settings.roads.source, RoadSource::File("a.osm.pbf".into()));
    assert_eq!(settings.roads.sketch_speeds, [(Metres(500), 20), (Metres(10_000), 60)]);
    assert_eq!(settings.roads.class_speeds, [("primary", 70.0), ("service", 12.5)]);
    let coverage = &settings.coverage;
    assert_eq!(
        (coverage.drive_limit, coverage.road_limit),
        (Some(Seconds::from_minutes(25)), Some(Metres(18_500)))
    );
    assert_eq!((coverage.walk_limit, coverage.attendance_permille), (Seconds::from_minutes(10), 300));
    assert_eq!(coverage.count, Count::Everyone);
    assert_eq!(settings.objective.value_per_household, Cost::from_euros(2.5));
    assert_eq!(settings.solver, SolverSettings { time: Seconds(120), seed: 7, iterations: Some(500) });
    assert_eq!((settings.announce.rounding, settings.announce.margin), (Seconds(600), Seconds(0)));
}

#[test]
fn a_missed_visit_outweighs_everything_a_cycle_can_be_worth_or_cost() {
    let scenario = dataset(SMALL);
    // 12.5 households in need and 50 registered at 1000 €; seven days at most of 48 h at 18 € and 6240 km at 0.45 €.
    let most = 62.5 * 1000.0 + 7.0 * (40.0 + 48.0 * 18.0 + 6240.0 * 0.45);
    assert!(scenario.settings.objective.missed_visit.euros() > most);
    assert_eq!(scenario.settings.objective.missed_visit, Cost::from_euros(100_000.0));
}

#[test]
fn a_lock_says_when_by_whom_and_at_what_time() {
    let rows =
        "stop,date,weekday,antenna,time\nlormes,05/01/2027,,bus,9h30\ncorbigny,,jeudi,,\ncorbigny,,,bus,\n";
    let scenario = dataset(&format!("{SMALL}# locks.csv\n{rows}"));
    let locks: Vec<_> = scenario.locks.iter().map(|lock| (lock.when, lock.antenna, lock.time)).collect();
    let bus = Some(AntennaId(0));
    assert_eq!(
        locks,
        [
            (LockedDays::Date(date(2027, 1, 5)), bus, Some(ClockTime::from_hm(9, 30))),
            (LockedDays::Weekday(3), None, None),
            (LockedDays::Every, bus, None),
        ]
    );
}
