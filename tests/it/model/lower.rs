//! Scenarios as problems: what each column becomes, and tables that ask for what no plan can do.

use tournee::coverage::cover_sets;
use tournee::diagnostics::{Lang, Report};
use tournee::ids::{ClientId, ShiftId, StopId, VehicleId};
use tournee::model::lower::{NoPattern, findings, lower, why_no_pattern};
use tournee::model::{LockedVisit, Problem};
use tournee::survey;
use tournee::units::{ClockTime, Cost, Day, DaySet, Need, Seconds};

use crate::support::scenario;

/// Two weeks from Monday 4 January 2027; each part is replaced by what a test is about.
pub struct Scenario {
    pub settings: &'static str,
    pub antennas: &'static str,
    pub stops: &'static str,
    pub more: &'static str,
}

pub const PLAIN: Scenario = Scenario {
    settings: "",
    antennas: "id,depot,capacity,days\nbus,nevers,60,lun-ven",
    stops: "id,name,lon,lat,households,rhythm,priority\nlormes,Lormes,3.2,47.0,20,weekly,required",
    more: "",
};

impl Scenario {
    pub fn text(&self) -> String {
        let Self { settings, antennas, stops, more } = self;
        format!(
            "# scenario.toml\nstart = 2027-01-04\nweeks = 2\n{settings}\n# depots.csv\nid,lon,lat\nnevers,3.16,46.99\n\
             # antennas.csv\n{antennas}\n# stops.csv\n{stops}\n{more}"
        )
    }

    pub fn report(&self) -> Report<Problem> {
        let dataset = scenario::dataset(&self.text());
        let network = survey::roads(&dataset).expect("a sketch needs no file");
        let survey = survey::survey(&dataset, &network).value.expect("every point of a sketch is reached");
        let covers = cover_sets(&dataset, &survey);
        lower(&dataset, &survey, &covers)
    }

    fn problem(&self) -> Problem {
        let report = self.report();
        assert_eq!(report.diagnostics, [], "{}", scenario::findings(&report, Lang::En));
        report.value.expect("no finding")
    }

    fn findings(&self, lang: Lang) -> String {
        scenario::findings(&self.report(), lang)
    }

    /// The findings in French, then in English.
    fn both(&self) -> String {
        format!("{}\n{}", self.findings(Lang::Fr), self.findings(Lang::En))
    }

    /// The codes of the findings, and whether there is a problem all the same.
    fn codes(&self) -> (Vec<&'static str>, bool) {
        let report = self.report();
        (report.diagnostics.iter().map(|found| found.code.0).collect(), report.value.is_some())
    }
}

const fn lock(rows: &'static str) -> Scenario {
    Scenario { more: rows, ..PLAIN }
}

#[test]
fn a_stop_becomes_a_client_and_an_antenna_its_shifts() {
    let problem = PLAIN.problem();
    let client = &problem.clients[ClientId(0)];
    let weekday = |day: u8| DaySet::only(Day(day)).union(DaySet::only(Day(day + 7)));
    assert_eq!(client.patterns, (0..5).map(weekday).collect::<Vec<_>>());
    assert!(client.required);
    assert_eq!((client.registered, client.point), (20, 1));
    assert!(client.windows[5].is_empty(), "no antenna works on Saturdays");
    assert_eq!(problem.shifts.len(), 10);
    assert_eq!(problem.shifts[ShiftId(5)].day, Day(7));
    assert_eq!(problem.vehicles[VehicleId(0)].capacity, Some(60));
}

#[test]
fn prices_are_by_metre_and_second() {
    let antennas = "id,depot,capacity,cost_per_day,cost_per_km,cost_per_hour\nbus,nevers,60,80,0.45,18";
    let problem = Scenario { antennas, ..PLAIN }.problem();
    let vehicle = &problem.vehicles[VehicleId(0)];
    assert_eq!(vehicle.cost_fixed, Cost::from_euros(80.0));
    assert_eq!((vehicle.cost_per_metre, vehicle.cost_per_second), (Cost(450 * 18), Cost(5000 * 18)));
}

#[test]
fn a_stop_is_worth_its_households_only_where_no_place_says_who_lives_there() {
    let value = "[objective]\nvalue_per_household = 10";
    let alone = Scenario { settings: value, ..PLAIN }.problem();
    assert_eq!(alone.clients[ClientId(0)].value, Cost::from_euros(200.0));
    let places = "# places.csv\nid,lon,lat,households,carless_share\np1,3.2,47.0,12.5,0";
    let placed = Scenario { settings: value, more: places, ..PLAIN }.problem();
    assert_eq!(placed.clients[ClientId(0)].value, Cost::ZERO);
    let group = &placed.covering.groups[tournee::ids::GroupId(0)];
    assert_eq!((group.need, group.value), (Need(12_500), Cost::from_euros(125.0)));
    assert_eq!(group.clients, [ClientId(0)]);
}

#[test]
fn groups_that_an_aid_site_covers_count_only_where_everyone_does() {
    let covered = "# places.csv\nid,lon,lat,households,carless_share\np1,3.2,47.0,12.5,0\n\
                   # aid_sites.csv\nid,lon,lat\nsite,3.2,47.0";
    assert!(Scenario { more: covered, ..PLAIN }.problem().covering.groups.is_empty());
    let everyone = Scenario { settings: "[coverage]\ncount = \"everyone\"", more: covered, ..PLAIN };
    assert_eq!(everyone.problem().covering.groups.len(), 1);
}

#[test]
fn a_lock_fixes_day_antenna_and_time() {
    let problem = lock("# locks.csv\nstop,date,antenna,time\nlormes,2027-01-12,bus,9h30").problem();
    let client = &problem.clients[ClientId(0)];
    assert_eq!(client.patterns, [[Day(1), Day(8)].into_iter().collect()]);
    let fixed = LockedVisit { vehicle: Some(VehicleId(0)), start: Some(ClockTime::from_hm(9, 30)) };
    assert_eq!(client.locks[8], Some(fixed));
    assert_eq!(client.locks[1], None);
    let thursdays = lock("# locks.csv\nstop,weekday\nlormes,jeudi").problem();
    assert_eq!(thursdays.clients[ClientId(0)].patterns, [[Day(3), Day(10)].into_iter().collect()]);
}

#[test]
fn a_locked_optional_stop_is_required() {
    let stops = "id,name,lon,lat,households,rhythm,priority\nlormes,Lormes,3.2,47.0,20,weekly,optional";
    let free = Scenario { stops, ..PLAIN }.problem();
    assert!(!free.clients[ClientId(0)].required);
    let locked = Scenario { stops, more: "# locks.csv\nstop,weekday\nlormes,jeudi", ..PLAIN }.problem();
    assert!(locked.clients[ClientId(0)].required);
}

#[test]
fn a_refused_stop_has_no_pattern_and_is_not_required() {
    let stops = "id,name,lon,lat,rhythm,priority,status\nlormes,Lormes,3.2,47.0,weekly,required,refused\n\
                 corbigny,Corbigny,3.3,47.0,weekly,required,agreed";
    let problem = Scenario { stops, ..PLAIN }.problem();
    let client = &problem.clients[ClientId(0)];
    assert!(client.patterns.is_empty() && !client.required);
}

#[test]
fn monthly_dates_are_reserved_in_the_cycle_with_the_hours_of_a_real_one() {
    // First Tuesdays from January to March 2027: 5 January, 2 February and 2 March. In a cycle of two weeks from
    // 4 January, the last two fall on day 29 % 14 = 1 and 57 % 14 = 1 as well; second Tuesdays fall on day 8.
    let stops = "id,name,lon,lat,rhythm,priority,opens\n\
                 lormes,Lormes,3.2,47.0,1er mardi du mois,required,\"2027 Jan: Tu 09:00-12:00; 2027 Feb-Dec: Tu 14:00-17:00\"";
    let problem = Scenario { settings: "until = 2027-03-31", stops, ..PLAIN }.problem();
    let client = &problem.clients[ClientId(0)];
    assert_eq!(client.patterns, [DaySet::only(Day(1))]);
    assert_eq!(client.windows[1][0].open, ClockTime::from_hm(9, 0));
}

#[test]
fn a_week_closed_for_a_stop_is_skipped_with_a_warning() {
    let closed = Scenario { more: "# closures.csv\nfrom,to,stop\n2027-01-11,2027-01-17,lormes", ..PLAIN };
    assert_eq!(closed.codes(), (vec![findings::SKIPPED.0], true));
    insta::assert_snapshot!(closed.both());
}

#[test]
fn a_rhythm_that_the_open_days_can_not_hold_is_an_error_at_the_rhythm() {
    // Two visits a week, but the antenna works on Mondays and Tuesdays only and both Mondays are closed.
    let antennas = "id,depot,capacity,days\nbus,nevers,60,lun mar";
    let more = "# closures.csv\ndate\n2027-01-04\n2027-01-11";
    let stops = "id,name,lon,lat,rhythm,priority\nlormes,Lormes,3.2,47.0,2/week,required";
    let thin = Scenario { antennas, stops, more, ..PLAIN };
    assert_eq!(thin.codes(), (vec![findings::NO_DAY.0], false));
    insta::assert_snapshot!(thin.both());
    let optional = "id,name,lon,lat,rhythm,priority\nlormes,Lormes,3.2,47.0,2/week,optional";
    let left_out = Scenario { antennas, stops: optional, more, ..PLAIN };
    assert_eq!(left_out.codes(), (vec![], true));
    let dataset = scenario::dataset(&left_out.text());
    assert_eq!(why_no_pattern(&dataset, StopId(0)), Some(NoPattern::NoDay));
}

#[test]
fn gaps_that_no_days_keep_are_an_error() {
    let stops = "id,name,lon,lat,rhythm,priority,min_gap_days\nlormes,Lormes,3.2,47.0,2/week,required,4";
    let tight = Scenario { stops, ..PLAIN };
    assert_eq!(tight.codes(), (vec![findings::GAP.0], false));
    insta::assert_snapshot!(tight.both());
}

#[test]
fn a_monthly_date_that_is_never_published_is_an_error() {
    let stops = "id,name,lon,lat,rhythm\nlormes,Lormes,3.2,47.0,4e mardi du mois";
    let unpublished = Scenario { stops, ..PLAIN };
    assert_eq!(unpublished.codes(), (vec![findings::NO_DATE.0], false));
    insta::assert_snapshot!(unpublished.both());
}

#[test]
fn locks_that_no_plan_can_keep_are_errors_at_their_rows() {
    let closed_then = "# closures.csv\ndate,antenna\n2027-01-05,bus\n";
    let stops = "id,name,lon,lat,rhythm,opens,antennas,status\n\
                 lormes,Lormes,3.2,47.0,weekly,Mo-Fr 09:00-12:00,bus,agreed\n\
                 corbigny,Corbigny,3.3,47.0,weekly,,bus,refused\n\
                 lazare,Saint-Lazare,3.1,47.0,1er mardi du mois,,bus,agreed";
    let antennas = "id,depot,capacity,days\nbus,nevers,60,lun-ven\nvan,nevers,60,lun-ven";
    let cases = [
        ("two dates a week apart", "lormes,2027-01-05,,\nlormes,2027-01-13,,", findings::LOCK_RHYTHM),
        ("two times", "lormes,2027-01-06,,9h30\nlormes,2027-01-06,,10h", findings::LOCK_CLASH),
        ("an antenna that may not come", "lormes,2027-01-06,van,", findings::LOCK_ANTENNA),
        ("before it opens", "lormes,2027-01-06,,8h55", findings::LOCK_TIME),
        ("closes before the opening ends", "lormes,2027-01-06,,11h55", findings::LOCK_TIME),
        ("off the steps", "lormes,2027-01-06,,9h32", findings::LOCK_TIME),
        ("a Saturday", "lormes,2027-01-09,,", findings::LOCK_DAY),
        ("no first Tuesday", "lazare,2027-01-12,,", findings::LOCK_DAY),
        ("refused", "corbigny,2027-01-06,,", findings::LOCK_REFUSED),
    ];
    let mut said = Vec::new();
    for (case, rows, code) in cases {
        let more: &'static str = format!("# locks.csv\nstop,date,antenna,time\n{rows}").leak();
        let scenario = Scenario { antennas, stops, more, ..PLAIN };
        assert_eq!(scenario.codes(), (vec![code.0], false), "{case}: {}", scenario.findings(Lang::En));
        said.push(format!("{case}\n{}", scenario.both()));
    }
    // The antenna is closed on the locked date; another one could come.
    let both = "id,name,lon,lat,rhythm\nlormes,Lormes,3.2,47.0,weekly";
    let more = format!("{closed_then}# locks.csv\nstop,date,antenna\nlormes,2027-01-05,bus").leak();
    let away = Scenario { antennas, stops: both, more, ..PLAIN };
    assert_eq!(away.codes(), (vec![findings::LOCK_ANTENNA.0], false));
    said.push(format!("closed\n{}", away.both()));
    insta::assert_snapshot!(said.join("\n\n"));
}

#[test]
fn a_required_stop_that_nobody_can_serve_alone_is_a_warning_with_the_change_it_takes() {
    let antennas = "id,depot,capacity,days,shift_start,shift_end\nbus,nevers,60,lun-ven,9h,12h";
    let alone = |stops| Scenario { antennas, stops, ..PLAIN };
    // It opens when the shift is over.
    let late = alone(
        "id,name,lon,lat,households,rhythm,priority,opens\nlormes,Lormes,3.2,47.0,20,weekly,required,14h-16h",
    );
    assert_eq!(late.codes(), (vec![findings::NEVER_SERVED.0], true));
    let stops = "id,name,lon,lat,households,rhythm,priority\nlormes,Lormes,3.2,47.0,75,weekly,required";
    let crowded = Scenario { stops, ..PLAIN };
    assert_eq!(crowded.codes(), (vec![findings::NEVER_SERVED.0], true));
    insta::assert_snapshot!(format!("{}\n{}", late.both(), crowded.both()));
    // Left out without a word before the search: the plan gives the reason.
    let optional =
        alone("id,name,lon,lat,households,rhythm,priority\nlormes,Lormes,3.2,47.0,75,weekly,optional");
    assert_eq!(optional.codes(), (vec![], true));
}

#[test]
fn errors_of_several_stops_come_together() {
    let stops = "id,name,lon,lat,rhythm,priority,min_gap_days\n\
                 lormes,Lormes,3.2,47.0,2/week,required,4\n\
                 corbigny,Corbigny,3.3,47.0,4e mardi du mois,required,";
    let both = Scenario { stops, ..PLAIN };
    assert_eq!(both.codes(), (vec![findings::GAP.0, findings::NO_DATE.0], false));
}

#[test]
fn the_announced_steps_are_the_grid() {
    let problem = Scenario { settings: "[announce]\nrounding = 15\nmargin = 10", ..PLAIN }.problem();
    assert_eq!((problem.grid, problem.margin), (Seconds(900), Seconds(600)));
}
