//! Damage to who is served by whom: CAPACITY, ALLOWED, ATTEND.

use tournee::check::Rule::{Allowed, Attend, Capacity, Gap, Rhythm, Service};
use tournee::ids::{AntennaId, StopId};
use tournee::matrix::Travel as Way;
use tournee::survey::Node;
use tournee::tables::{Count, Priority, Status};
use tournee::units::{Grams, Households, Metres, Seconds};

use super::base::{A1, A2, ALPHA, CHARLIE, D1, DELTA, ECHO, FOXTROT, GOLF, P1};
use super::damage::{Mutant, TUESDAY, mutant};

pub const MUTANTS: &[Mutant] = &[
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
    // ALLOWED
    mutant("an antenna that may not come", &[Allowed], |world| {
        world.dataset.stops[FOXTROT].antennas = vec![A1];
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
];
