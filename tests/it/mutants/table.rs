//! The mutants, rule by rule: what is damaged and which rules must say so.

use tournee::check::Rule;
use tournee::check::Rule::{
    Allowed, Announce, Attend, Break, Capacity, Cold, Day, Gap, Lock, Reload, Rhythm, Service, Shift, Travel,
    Window as InWindow,
};
use tournee::ids::{AntennaId, StopId};
use tournee::matrix::Travel as Way;
use tournee::survey::Node;
use tournee::tables::{Count, LockedDays, Priority, Status};
use tournee::timetable::RestTaken;
use tournee::units::{ClockTime, Grams, Households, Metres, Need, Seconds, Window};

use super::base::{A1, A2, ALPHA, BRAVO, CHARLIE, D1, DELTA, ECHO, FOXTROT, GOLF, HOTEL, P1, World, at, day};

/// One way to damage the correct plan, or what it is checked against.
pub struct Mutant {
    pub name: &'static str,
    /// Exactly these rules are broken then.
    pub breaks: &'static [Rule],
    pub damage: fn(&mut World),
}

const fn mutant(name: &'static str, breaks: &'static [Rule], damage: fn(&mut World)) -> Mutant {
    Mutant { name, breaks, damage }
}

const fn harmless(name: &'static str, damage: fn(&mut World)) -> Mutant {
    Mutant { name, breaks: &[], damage }
}

/// The tours of A1 that hold both trips whole.
const TUESDAYS: [&str; 4] = ["2027-01-05", "2027-01-12", "2027-01-26", "2027-02-02"];
const TUESDAY: &str = "2027-01-12";

fn rest(world: &mut World, start: &str, end: &str) {
    world.tour(A1, TUESDAY).rest = Some(RestTaken { start: at(start), end: at(end) });
}

fn later(time: &mut ClockTime, seconds: i32) {
    *time = *time + Seconds(seconds);
}

/// Moves the whole tour of Echo on those dates to other dates.
fn move_echo(world: &mut World, moves: &[(&str, &str)]) {
    for (from, to) in moves {
        world.drop_tours(A2, &[from]);
        world.add(A2, to, &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }
}

pub const MUTANTS: &[Mutant] = &[
    // RHYTHM
    mutant("a tour passes by one of its stops", &[Rhythm], |world| world.drop_call(BRAVO, "2027-01-26")),
    mutant("one later visit is missing", &[Rhythm, Gap], |world| world.drop_tours(A2, &["2027-01-21"])),
    mutant("one visit of the first cycle is missing", &[Rhythm, Gap], |world| {
        world.drop_tours(A2, &["2027-01-14"]);
    }),
    mutant("a cancelled visit is not announced", &[Rhythm], |world| {
        world.plan.cancelled.retain(|cancelled| cancelled.stop != ALPHA);
    }),
    mutant("a visit is cancelled without a reason", &[Rhythm], |world| {
        world.drop_tours(A2, &["2027-01-21"]);
        world.cancel(ECHO, A2, "2027-01-21", "10:00-10:30");
    }),
    mutant("a visit is both held and cancelled", &[Rhythm], |world| {
        world.cancel(ECHO, A2, "2027-01-21", "10:00-10:30");
    }),
    mutant("a visit is cancelled twice", &[Rhythm], |world| {
        world.cancel(ALPHA, A1, "2027-01-19", "09:00-10:00");
    }),
    mutant("a visit that no cycle holds is cancelled", &[Rhythm], |world| {
        world.cancel(ALPHA, A1, "2027-02-05", "09:00-10:00");
    }),
    mutant("a monthly visit on the third Wednesday", &[Rhythm], |world| {
        world.add(A2, "2027-01-20", &["09:35 | foxtrot 09:55 10:00-10:30 10 | 10:50"]);
    }),
    mutant("a month without its visit", &[Rhythm], |world| world.drop_tours(A2, &["2027-02-03"])),
    mutant("a fortnightly visit every week", &[Rhythm], |world| {
        world.add(A2, "2027-01-15", &["09:35 | delta 09:55 10:00-11:00 25 | 11:20"]);
        world.call(DELTA, "2027-01-15").turned_away = Households(5);
    }),
    mutant("the second cycle is not the first", &[Rhythm], |world| {
        move_echo(world, &[("2027-01-21", "2027-01-20")]);
        world.dataset.stops[ECHO].max_gap_days = None;
        world.dataset.stops[ECHO].min_gap_days = None;
    }),
    mutant("twice a week, but not on the same weekdays", &[Rhythm], |world| {
        // Fridays in even weeks: gaps of 3 and 4 days all the same.
        move_echo(world, &[("2027-01-14", "2027-01-15")]);
        world.plan.cancelled.retain(|cancelled| cancelled.stop != ECHO);
        world.add(A2, "2027-01-29", &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }),
    mutant("an optional stop is visited once, not every week", &[Rhythm, Attend], |world| {
        // Hotel is nearer to P4 than Delta is, so its households would go there.
        world.add(A2, "2027-01-13", &["09:35 | hotel 09:55 10:00-11:00 25 | 11:20"]);
    }),
    mutant("a stop is visited twice a day", &[Rhythm], |world| {
        let antenna = &mut world.dataset.antennas[A2];
        (antenna.reload, antenna.max_trips) = (Some(Seconds(0)), 2);
        (antenna.max_duty, antenna.max_driving) = (None, None);
        antenna.shift.close = at("13:00");
        world.drop_tours(A2, &["2027-01-11"]);
        world.add(
            A2,
            "2027-01-11",
            &["09:35 | echo 09:55 10:00-10:30 10 | 10:50", "10:50 | echo 11:10 11:15-11:45 10 | 12:05"],
        );
    }),
    mutant("a required stop is left out", &[Rhythm], |world| {
        world.drop_tours(A2, &["2027-01-06", "2027-02-03"]);
    }),
    mutant("a locked stop is left out, though optional", &[Rhythm, Attend], |world| {
        world.dataset.stops[DELTA].priority = Priority::Optional;
        world.drop_tours(A2, &["2027-01-08", "2027-01-22", "2027-02-05"]);
        // P4 is then nobody's; Echo at 16 minutes is out of its reach. Nearest to P1 changes too:
        world.survey.stops_by_car.rows[P1.index()][0].1.seconds = Seconds(13 * 60);
    }),
    // GAP
    mutant("visits one day nearer than allowed", &[Gap], |world| {
        world.dataset.stops[ECHO].min_gap_days = Some(4);
    }),
    mutant("visits one day farther than allowed, across the end of the cycle too", &[Gap], |world| {
        world.dataset.stops[ECHO].max_gap_days = Some(3);
    }),
    mutant("a gap across the end of the only cycle", &[Gap], |world| {
        // Once a fortnight: the next visit is always 14 days later.
        world.dataset.stops[DELTA].max_gap_days = Some(13);
    }),
    mutant("Tuesdays and Thursdays: gaps of two and five days", &[Gap], |world| {
        move_echo(
            world,
            &[
                ("2027-01-04", "2027-01-05"),
                ("2027-01-11", "2027-01-12"),
                ("2027-01-18", "2027-01-19"),
                ("2027-01-25", "2027-01-26"),
                ("2027-02-01", "2027-02-02"),
            ],
        );
    }),
    // DAY
    mutant("a stop is visited on a closed date", &[Day], |world| {
        world.dataset.stops[BRAVO].windows[22].clear();
    }),
    mutant("an antenna runs on a closed date", &[Day], |world| {
        world.plan.cancelled.retain(|cancelled| cancelled.stop != ECHO);
        world.add(A2, "2027-01-28", &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }),
    mutant("a tour after the last published date", &[Day], |world| {
        world.add(A2, "2027-02-08", &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }),
    mutant("a tour before the first date", &[Day], |world| {
        world.add(A2, "2027-01-03", &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }),
    mutant("a visit is cancelled on a date that is not published", &[Day], |world| {
        world.cancel(ECHO, A2, "2027-02-08", "10:00-10:30");
    }),
    // WINDOW
    mutant("the window closes a second before the opening ends", &[InWindow], |world| {
        world.dataset.stops[CHARLIE].windows[8] = vec![Window { open: at("12:55"), close: at("13:39:59") }];
    }),
    mutant("the window opens a second after the opening starts", &[InWindow], |world| {
        world.dataset.stops[CHARLIE].windows[8] = vec![Window { open: at("12:55:01"), close: at("14:00") }];
    }),
    mutant("the opening spans two windows", &[InWindow], |world| {
        world.dataset.stops[CHARLIE].windows[8] = vec![
            Window { open: at("12:00"), close: at("13:00") },
            Window { open: at("13:05"), close: at("14:00") },
        ];
    }),
    // SERVICE
    mutant("an opening five minutes too short", &[Service], |world| {
        let call = world.call(ALPHA, TUESDAY);
        (call.end, call.closes) = (at("09:55"), at("09:55"));
    }),
    mutant("an opening five minutes too long", &[Service], |world| {
        let tour = world.tour(A2, "2027-01-06");
        tour.trips[0].back = at("10:55");
        let call = &mut tour.trips[0].calls[0];
        (call.end, call.departure, call.closes) = (at("10:35"), at("10:35"), at("10:35"));
        world.dataset.stops[FOXTROT].windows[2] = vec![Window { open: at("10:00"), close: at("10:35") }];
    }),
    mutant("slower service", &[Service, Attend], |world| {
        // 10 + 25 x 3 = 85 minutes, and Delta then serves 16 of 30.
        for stop in [ALPHA, DELTA] {
            world.dataset.stops[stop].time_per_household = Seconds::from_minutes(3);
        }
    }),
    mutant("more households than the longest opening serves", &[Service, Attend], |world| {
        world.dataset.stops[DELTA].max_service = Seconds::from_minutes(59);
    }),
    mutant("a longer shortest opening", &[Service], |world| {
        world.dataset.stops[ECHO].min_service = Seconds::from_minutes(31);
    }),
    // TRAVEL
    mutant("a leg is a second short", &[Travel], |world| {
        later(&mut world.call(BRAVO, TUESDAY).arrival, -1);
    }),
    mutant("leaving a second late", &[Travel], |world| {
        later(&mut world.tour(A2, "2027-01-06").trips[0].leave, 1);
    }),
    mutant("back a second early", &[Travel], |world| {
        later(&mut world.tour(A2, "2027-01-06").trips[0].back, -1);
    }),
    mutant("a longer road", &[Travel, Shift], |world| {
        // Driving passes its limit, and the totals are no longer the road's.
        let way = Way { seconds: Seconds(1201), metres: Metres(15_000) };
        world.set_travel(Node::Stop(ALPHA), Node::Stop(BRAVO), Some(way));
    }),
    mutant("no road at all", &[Travel], |world| {
        world.set_travel(D1, Node::Stop(ALPHA), None);
    }),
    mutant("a metre less than the road", &[Travel], |world| {
        world.tour(A2, "2027-01-06").distance = Metres(29_999);
    }),
    mutant("a second more driving than the road", &[Travel], |world| {
        world.tour(A2, "2027-01-06").driving = Seconds(2401);
    }),
    mutant("the opening ends before it starts", &[Travel, Service], |world| {
        let call = world.call(ECHO, "2027-01-11");
        call.end = at("09:58");
    }),
    mutant("the antenna leaves before the opening ends", &[Travel, Announce], |world| {
        world.call(ECHO, "2027-01-11").departure = at("10:29:59");
    }),
    mutant("a tour without trips", &[Travel, Rhythm, Gap], |world| {
        world.tour(A2, "2027-01-21").trips.clear();
    }),
    mutant("a trip without visits", &[Travel, Rhythm, Gap], |world| {
        world.tour(A2, "2027-01-21").trips[0].calls.clear();
    }),
    mutant("a time that no clock shows", &[Travel, Shift], |world| {
        world.tour(A2, "2027-01-21").trips[0].back = ClockTime(i32::MAX);
    }),
    // CAPACITY
    mutant("one household too many on a trip", &[Capacity], |world| {
        world.dataset.antennas[A1].capacity = Some(Households(41));
    }),
    mutant("a gram too much on a trip", &[Capacity], |world| {
        world.dataset.antennas[A1].capacity_mass = Some(Grams(419_999));
    }),
    mutant("a load that is not that of its households", &[Capacity], |world| {
        world.call(ECHO, "2027-01-11").load = Grams(99_999);
    }),
    // SHIFT
    mutant("a shift that starts a second later", &[Shift], |world| {
        later(&mut world.dataset.antennas[A1].shift.open, 1)
    }),
    mutant("a shift that ends a second earlier", &[Shift], |world| {
        later(&mut world.dataset.antennas[A1].shift.close, -1);
    }),
    mutant("a second less duty", &[Shift], |world| {
        world.dataset.antennas[A1].max_duty = Some(Seconds::from_minutes(325) - Seconds(1));
    }),
    mutant("a second less driving", &[Shift], |world| {
        world.dataset.antennas[A1].max_driving = Some(Seconds::from_minutes(100) - Seconds(1));
    }),
    mutant("two tours of an antenna on a date", &[Shift, Rhythm, Gap], |world| {
        world.dataset.antennas[A2].shift.close = at("14:00");
        world.add(A2, "2027-01-13", &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
        world.add(A2, "2027-01-13", &["10:50 | foxtrot 11:10 11:15-11:45 10 | 12:05"]);
        world.dataset.stops[FOXTROT].windows[9] = vec![Window::ALL_DAY];
    }),
    mutant("a tour that is not over when the next one begins", &[Shift], |world| {
        world.dataset.antennas[A2].shift.close = at("40:00");
        world.dataset.antennas[A2].max_duty = None;
        world.tour(A2, "2027-01-07").trips[0].back = at("33:35:01");
    }),
    // BREAK
    mutant("no break", &[Break], |world| world.tour(A1, TUESDAY).rest = None),
    mutant("a break a second short", &[Break], |world| rest(world, "11:30", "11:59:59")),
    mutant("a break a second before its window, while driving", &[Break], |world| {
        rest(world, "11:29:59", "12:00")
    }),
    mutant("a break a second after its window", &[Break], |world| {
        // Loading follows the break, so it also runs into the half hour that loading takes.
        rest(world, "11:30:01", "12:00:01");
    }),
    mutant("a break while loading", &[Break], |world| {
        world.dataset.antennas[A1].rest.as_mut().expect("A1 rests").window = Window::ALL_DAY;
        world.dataset.antennas[A1].rest.as_mut().expect("A1 rests").after = Seconds::from_minutes(200);
        rest(world, "11:45", "12:15");
    }),
    mutant("a break while serving", &[Break], |world| {
        world.dataset.antennas[A1].rest.as_mut().expect("A1 rests").window = Window::ALL_DAY;
        rest(world, "10:30", "11:00");
    }),
    mutant("a break a second too long after leaving", &[Break], |world| {
        world.dataset.antennas[A1].rest.as_mut().expect("A1 rests").after =
            Seconds::from_minutes(175) - Seconds(1);
    }),
    mutant("a break too long before returning", &[Break], |world| {
        // Before Bravo's opening, half an hour later: 3 h 10 are left from 10:50 to the return at 14:00.
        world.dataset.antennas[A1].rest.as_mut().expect("A1 rests").window = Window::ALL_DAY;
        for tuesday in TUESDAYS {
            let tour = world.tour(A1, tuesday);
            tour.rest = Some(RestTaken { start: at("10:00"), end: at("10:30") });
            let alpha = &mut tour.trips[0].calls[0];
            alpha.departure = at("10:30");
            let bravo = &mut tour.trips[0].calls[1];
            (bravo.arrival, bravo.start, bravo.opens) = (at("10:50"), at("10:55"), at("10:55"));
            (bravo.end, bravo.departure, bravo.closes) = (at("11:40"), at("11:40"), at("11:40"));
            tour.trips[0].back = at("12:00");
        }
        world.dataset.antennas[A1].max_cold = None;
        world.dataset.locks.clear();
        world.dataset.stops[BRAVO].windows.iter_mut().filter(|windows| !windows.is_empty()).for_each(
            |windows| {
                *windows = vec![Window::ALL_DAY];
            },
        );
    }),
    mutant("a break that ends before it starts", &[Break], |world| rest(world, "12:00", "11:30")),
    mutant("a break on the road that nobody needs", &[Break], |world| {
        world.tour(A2, "2027-01-11").rest = Some(RestTaken { start: at("09:40"), end: at("09:45") });
    }),
    // RELOAD
    mutant("a reload a second too short", &[Reload], |world| {
        world.dataset.antennas[A1].rest = None;
        TUESDAYS.into_iter().chain(["2027-01-19"]).for_each(|date| world.tour(A1, date).rest = None);
        world.dataset.antennas[A1].reload = Some(Seconds::from_minutes(60) + Seconds(1));
    }),
    mutant("one trip too many", &[Reload], |world| world.dataset.antennas[A1].max_trips = 1),
    mutant("leaving again before being back", &[Reload, Break, Cold], |world| {
        world.tour(A1, TUESDAY).trips[1].leave = at("11:05");
        world.dataset.antennas[A1].max_cold = Some(Seconds::from_minutes(154));
    }),
    // COLD
    mutant("a second less cold", &[Cold], |world| {
        world.dataset.antennas[A1].max_cold = Some(Seconds::from_minutes(155) - Seconds(1));
    }),
    mutant("leaving a second early", &[Cold, Shift, Break], |world| {
        // The duty grows past its limit, and the break comes a second too late after leaving.
        later(&mut world.tour(A1, TUESDAY).trips[0].leave, -1);
    }),
    // ALLOWED
    mutant("an antenna that may not come", &[Allowed], |world| {
        world.dataset.stops[FOXTROT].antennas = vec![A1]
    }),
    mutant("a stop that refused", &[Allowed], |world| world.dataset.stops[ECHO].status = Status::Refused),
    mutant("a refused stop is visited every week", &[Allowed], |world| {
        for date in ["2027-01-06", "2027-01-13", "2027-01-20", "2027-01-27", "2027-02-03"] {
            world.drop_tours(A2, &[date]);
            world.add(A2, date, &["09:35 | golf 09:55 10:00-10:30 5 | 10:50"]);
        }
        world.dataset.stops[FOXTROT].priority = Priority::Optional;
        assert_eq!(world.dataset.stops[GOLF].status, Status::Refused);
    }),
    mutant("a bus too high for the road", &[Allowed], |world| {
        world.dataset.antennas[A1].traveller.height_cm = Some(420);
        world.set_travel(Node::Stop(CHARLIE), D1, None);
    }),
    mutant("a stop that no table has", &[Allowed, Rhythm, Gap], |world| {
        world.call(ECHO, "2027-01-21").stop = StopId(99);
    }),
    mutant("an antenna that no table has", &[Allowed, Rhythm, Gap], |world| {
        world.tour(A2, "2027-01-21").antenna = AntennaId(99);
    }),
    mutant("a cancelled visit of a stop that no table has", &[Allowed], |world| {
        world.cancel(StopId(99), A2, "2027-01-21", "10:00-10:30");
    }),
    // LOCK
    mutant("another locked time", &[Lock], |world| world.dataset.locks[0].time = Some(at("10:26"))),
    mutant("another locked antenna", &[Lock], |world| world.dataset.locks[0].antenna = Some(A2)),
    mutant("another locked weekday", &[Lock], |world| world.dataset.locks[0].when = LockedDays::Weekday(3)),
    mutant("a locked date without a visit", &[Lock], |world| {
        world.dataset.locks[1].when = LockedDays::Date(day("2027-01-15"));
    }),
    mutant("another antenna on a locked date", &[Lock], |world| world.dataset.locks[1].antenna = Some(A1)),
    mutant("all visits locked to an antenna", &[Lock], |world| {
        world.dataset.locks[1].when = LockedDays::Every;
        world.dataset.locks[1].antenna = Some(A1);
    }),
    // ATTEND
    mutant("a household too few", &[Attend], |world| {
        let call = world.call(ALPHA, TUESDAY);
        (call.households, call.load) = (Households(24), Grams(240_000));
    }),
    mutant("a household too many", &[Attend, Capacity, Service], |world| {
        let call = world.call(ALPHA, TUESDAY);
        (call.households, call.load) = (Households(26), Grams(260_000));
    }),
    mutant("nobody turned away", &[Attend], |world| {
        world.call(DELTA, "2027-01-22").turned_away = Households(0);
    }),
    mutant("more come than are counted", &[Attend], |world| {
        world.dataset.settings.coverage.attendance_permille = 501;
    }),
    mutant("those with an aid site are counted", &[Attend], |world| {
        // P2's four come to Charlie.
        world.dataset.settings.coverage.count = Count::Everyone;
    }),
    mutant("an aid site comes within reach", &[Attend], |world| {
        world.survey.sites_by_car.rows[P1.index()][0].1.seconds = Seconds(900);
    }),
    mutant("another stop is nearer", &[Attend], |world| {
        world.survey.stops_by_car.rows[P1.index()][1].1.seconds = Seconds(599);
    }),
    mutant("equal times, shorter road", &[Attend], |world| {
        world.survey.stops_by_car.rows[P1.index()][1].1 =
            Way { seconds: Seconds(600), metres: Metres(9_999) };
    }),
    mutant("the walk is a second too long", &[Attend], |world| {
        world.survey.stops_on_foot.rows[2][0].1.seconds = Seconds(1201);
    }),
    mutant("the registered alone do not fit", &[Attend, Capacity], |world| {
        world.dataset.antennas[A2].capacity = Some(Households(9));
    }),
    // ANNOUNCE
    mutant("announced five minutes early", &[Announce], |world| {
        world.call(ECHO, "2027-01-11").opens = at("09:55")
    }),
    mutant("announced before the antenna is there", &[Announce], |world| {
        world.call(ECHO, "2027-01-11").opens = at("09:50");
    }),
    mutant("announced past the end", &[Announce], |world| {
        world.call(ECHO, "2027-01-11").closes = at("10:35")
    }),
    mutant("a second less margin", &[Announce], |world| {
        later(&mut world.call(ECHO, "2027-01-11").arrival, 1);
    }),
    mutant("an opening off the grid", &[Announce], |world| {
        let tour = world.tour(A2, "2027-01-11");
        let call = &mut tour.trips[0].calls[0];
        for time in [&mut call.start, &mut call.end, &mut call.departure, &mut call.opens, &mut call.closes] {
            later(time, 60);
        }
        later(&mut tour.trips[0].back, 60);
    }),
    mutant("a coarser rounding", &[Announce, Service], |world| {
        world.dataset.settings.announce.rounding = Seconds::from_minutes(60);
    }),
];

pub const HARMLESS: &[Mutant] = &[
    harmless("an antenna that waits at the stop before driving home", |world| {
        let tour = world.tour(A2, "2027-01-06");
        later(&mut tour.trips[0].calls[0].departure, 60);
        later(&mut tour.trips[0].back, 60);
    }),
    harmless("an early arrival", |world| {
        world.dataset.antennas[A2].shift.open = at("08:00");
        let tour = world.tour(A2, "2027-01-06");
        tour.trips[0].leave = at("09:15");
        tour.trips[0].calls[0].arrival = at("09:35");
    }),
    harmless("limits that are just met are met, and wider ones too", |world| {
        let antenna = &mut world.dataset.antennas[A1];
        antenna.capacity = Some(Households(43));
        antenna.max_duty = Some(Seconds::from_minutes(326));
        antenna.max_driving = None;
        antenna.max_cold = Some(Seconds::from_minutes(156));
        antenna.reload = Some(Seconds::from_minutes(29));
        antenna.max_trips = 3;
    }),
    harmless("a required stop that refused is not owed", |world| {
        world.dataset.stops[GOLF].priority = Priority::Required;
    }),
    harmless("a break that is longer than it must be", |world| {
        let antenna = &mut world.dataset.antennas[A1];
        antenna.rest.as_mut().expect("A1 rests").duration = Seconds::from_minutes(20);
    }),
    harmless("a break nobody needs, standing", |world| {
        let tour = world.tour(A2, "2027-01-06");
        tour.rest = Some(RestTaken { start: at("09:55"), end: at("10:00") });
    }),
    harmless("another order of tours", |world| world.plan.tours.reverse()),
    harmless("a visit cancelled since the hours of that date do not hold it", |world| {
        world.dataset.stops[ECHO].windows[17] = vec![Window { open: at("10:05"), close: at("12:00") }];
        world.drop_tours(A2, &["2027-01-21"]);
        world.cancel(ECHO, A2, "2027-01-21", "10:00-10:30");
    }),
    harmless("a week without any usable day is skipped", |world| {
        // Nobody can come to Echo in the second week of the cycle, so no gap is checked across it.
        for date in 7..14 {
            world.dataset.stops[ECHO].windows[date].clear();
        }
        world.drop_tours(A2, &["2027-01-11", "2027-01-14", "2027-01-25"]);
        world.plan.cancelled.retain(|cancelled| cancelled.stop != ECHO);
    }),
    harmless("a day of the first cycle that is closed has a stand-in in its week", |world| {
        // Friday stands in for the second Thursday; the gaps become 4 and 3 days.
        world.dataset.stops[ECHO].windows[10].clear();
        move_echo(world, &[("2027-01-14", "2027-01-15")]);
        world.plan.cancelled.retain(|cancelled| cancelled.stop != ECHO);
        world.add(A2, "2027-01-29", &["09:35 | echo 09:55 10:00-10:30 10 | 10:50"]);
    }),
    harmless("a month whose date is closed owes nothing", |world| {
        world.dataset.stops[FOXTROT].windows[30].clear();
        world.drop_tours(A2, &["2027-02-03"]);
    }),
    harmless("a locked start off the grid", |world| {
        world.dataset.locks[0].time = Some(at("10:26"));
        for date in TUESDAYS.into_iter().chain(["2027-01-19"]) {
            let tour = world.tour(A1, date);
            let call = tour.trips[0].calls.iter_mut().find(|call| call.stop == BRAVO).expect("Bravo");
            for time in
                [&mut call.start, &mut call.end, &mut call.departure, &mut call.opens, &mut call.closes]
            {
                later(time, 60);
            }
            later(&mut tour.trips[0].back, 60);
            tour.rest = Some(RestTaken { start: at("11:31"), end: at("12:01") });
            later(&mut tour.trips[1].leave, 0);
        }
        let antenna = &mut world.dataset.antennas[A1];
        antenna.max_cold = None;
        antenna.reload = Some(Seconds::from_minutes(29));
        let rest = antenna.rest.as_mut().expect("A1 rests");
        (rest.window, rest.after) = (Window::ALL_DAY, Seconds::from_minutes(176));
        for windows in world.dataset.stops[BRAVO].windows.iter_mut().filter(|windows| !windows.is_empty()) {
            *windows = vec![Window::ALL_DAY];
        }
    }),
    harmless("equal times and roads: the first of the table", |world| {
        world.survey.stops_by_car.rows[P1.index()][1].1 = world.survey.stops_by_car.rows[P1.index()][0].1;
    }),
    harmless("a whole tour is lost with its closed stop", |world| {
        // Bravo and Charlie are not served either on 19 January: the antenna does not run, since Alpha is closed.
        world.drop_tours(A1, &["2027-01-19"]);
        world.cancel(BRAVO, A1, "2027-01-19", "10:25-11:10");
        world.cancel(CHARLIE, A1, "2027-01-19", "12:55-13:40");
    }),
    harmless("need that is not whole is rounded up to whole households", |world| {
        world.dataset.places[P1].need_with_car = Need(9_999);
    }),
    harmless("an optional stop is served every week", |world| {
        for date in ["2027-01-06", "2027-01-13", "2027-01-20", "2027-01-27", "2027-02-03"] {
            world.drop_tours(A2, &[date]);
            world.add(A2, date, &["09:35 | hotel 09:55 10:00-10:30 5 | 10:50"]);
        }
        world.dataset.stops[FOXTROT].priority = Priority::Optional;
        world.survey.stops_by_car.rows[3].remove(0);
        assert_eq!(world.dataset.stops[HOTEL].priority, Priority::Optional);
    }),
];
