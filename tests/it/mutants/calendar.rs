//! Damage to days: RHYTHM, GAP, DAY, LOCK.

use tournee::check::Rule::{Attend, Day, Gap, Lock, Rhythm};
use tournee::tables::{LockedDays, Priority};
use tournee::units::{Households, Seconds};

use super::base::{A1, A2, ALPHA, BRAVO, DELTA, ECHO, P1, at, day};
use super::damage::{Mutant, move_echo, mutant};

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
];
