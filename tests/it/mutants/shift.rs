//! Damage to the working day: SHIFT, BREAK, RELOAD, COLD.

use tournee::check::Rule::{Break, Cold, Gap, Reload, Rhythm, Shift};
use tournee::timetable::RestTaken;
use tournee::units::{Seconds, Window};

use super::base::{A1, A2, BRAVO, FOXTROT, at};
use super::damage::{Mutant, TUESDAY, TUESDAYS, later, mutant, rest};

pub const MUTANTS: &[Mutant] = &[
    // SHIFT
    mutant("a shift that starts a second later", &[Shift], |world| {
        later(&mut world.dataset.antennas[A1].shift.open, 1);
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
        rest(world, "11:29:59", "12:00");
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
        // At Alpha, after the opening: 3 h 30 are left from 10:30 to the return at 14:00, 2 h 55 are allowed.
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
];
