//! Damage to times at stops and between them: WINDOW, SERVICE, TRAVEL, ANNOUNCE.

use tournee::check::Rule::{Announce, Attend, Gap, Rhythm, Service, Shift, Travel, Window as InWindow};
use tournee::matrix::Travel as Way;
use tournee::survey::Node;
use tournee::units::{ClockTime, Metres, Seconds, Window};

use super::base::{A2, ALPHA, BRAVO, CHARLIE, D1, DELTA, ECHO, FOXTROT, at};
use super::damage::{Mutant, TUESDAY, later, mutant};

pub const MUTANTS: &[Mutant] = &[
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
    // ANNOUNCE
    mutant("announced five minutes early", &[Announce], |world| {
        world.call(ECHO, "2027-01-11").opens = at("09:55");
    }),
    mutant("announced before the antenna is there", &[Announce], |world| {
        world.call(ECHO, "2027-01-11").opens = at("09:50");
    }),
    mutant("announced past the end", &[Announce], |world| {
        world.call(ECHO, "2027-01-11").closes = at("10:35");
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
