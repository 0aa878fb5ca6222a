//! What no rule forbids.

use tournee::tables::Priority;
use tournee::timetable::RestTaken;
use tournee::units::{Households, Need, Seconds, Window};

use super::base::{A1, A2, BRAVO, CHARLIE, ECHO, FOXTROT, GOLF, HOTEL, P1, at};
use super::damage::{Mutant, TUESDAYS, harmless, later, move_echo};

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
