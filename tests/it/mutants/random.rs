//! Damage by chance: whatever moves in a tight tour is found, and nothing that can be typed makes the checker fail.

use proptest::prelude::*;
use tournee::ids::{AntennaId, StopId};
use tournee::timetable::{RestTaken, Tour};
use tournee::units::{ClockTime, Grams, Households, Metres, Seconds};

use super::base::{A1, World, good};
use super::describe;

/// All numbers of a tour that are times, in order.
fn times(tour: &mut Tour) -> Vec<&mut ClockTime> {
    let mut found = Vec::new();
    for trip in &mut tour.trips {
        found.extend([&mut trip.leave, &mut trip.back]);
        for call in &mut trip.calls {
            found.extend([&mut call.arrival, &mut call.start, &mut call.end]);
            found.extend([&mut call.departure, &mut call.opens, &mut call.closes]);
        }
    }
    if let Some(rest) = &mut tour.rest {
        found.extend([&mut rest.start, &mut rest.end]);
    }
    found
}

/// A whole tour of A1, in which every limit is met to the second.
fn tight_tour(world: &mut World) -> &mut Tour {
    world.tour(A1, "2027-01-12")
}

fn is_found(world: &World) -> bool {
    !world.check().is_empty()
}

/// A difference that is none of zero.
fn change() -> impl Strategy<Value = i32> {
    (1..7200_i32, any::<bool>()).prop_map(|(size, sign)| if sign { size } else { -size })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_time_of_a_tight_tour_that_moves_is_found(which in 0..24_usize, by in change()) {
        let mut world = good();
        let mut times = times(tight_tour(&mut world));
        prop_assert_eq!(times.len(), 24, "three calls of six times, two trips of two, and the break");
        *times[which] = *times[which] + Seconds(by);
        prop_assert!(is_found(&world));
    }

    #[test]
    fn any_count_of_a_tour_that_changes_is_found(tour in 0..19_usize, which in 0..5_usize, by in change()) {
        let mut world = good();
        let tour = &mut world.plan.tours[tour];
        let call = &mut tour.trips[0].calls[0];
        match which {
            0 => call.households = Households(call.households.get() + by),
            1 => call.turned_away = Households(call.turned_away.get() + by),
            2 => call.load = Grams(call.load.get() + i64::from(by)),
            3 => tour.distance = Metres(tour.distance.get() + by),
            _ => tour.driving = Seconds(tour.driving.get() + by),
        }
        prop_assert!(is_found(&world));
    }

    #[test]
    fn a_tour_lost_doubled_moved_or_given_away_is_found(tour in 0..19_usize, what in 0..5_usize, by in 1..50_i64) {
        let mut world = good();
        let count = world.plan.tours.len();
        prop_assert_eq!(count, 19);
        match what {
            0 => drop(world.plan.tours.remove(tour)),
            1 => world.plan.tours.push(world.plan.tours[tour].clone()),
            2 => world.plan.tours[tour].date += jiff::Span::new().days(by),
            3 => world.plan.tours[tour].antenna = AntennaId(1 - world.plan.tours[tour].antenna.0),
            _ => {
                let call = &mut world.plan.tours[tour].trips[0].calls[0];
                call.stop = StopId((call.stop.0 + 1 + by as u32 % 7) % 8);
            }
        }
        world.total();
        prop_assert!(is_found(&world), "{}", describe(&world));
    }

    #[test]
    fn no_number_makes_the_checker_fail(
        edits in prop::collection::vec((0..19_usize, any::<prop::sample::Index>(), any::<i32>(), any::<i64>()), 1..40),
        rest in any::<(i32, i32)>(),
    ) {
        let mut world = good();
        for (tour, which, small, large) in edits {
            let tour = &mut world.plan.tours[tour];
            let count = times(tour).len();
            *times(tour).swap_remove(which.index(count)) = ClockTime(small);
            let call = &mut tour.trips[0].calls[0];
            call.households = Households(small);
            call.turned_away = Households(small.wrapping_mul(31));
            call.load = Grams(large);
            if small % 3 == 0 {
                call.stop = StopId(large as u32);
            }
            if small % 5 == 0 {
                tour.antenna = AntennaId(small as u32);
            }
            (tour.distance, tour.driving) = (Metres(small), Seconds(small));
            tour.rest = Some(RestTaken { start: ClockTime(rest.0), end: ClockTime(rest.1) });
        }
        prop_assert!(is_found(&world));
        prop_assert!(!describe(&world).is_empty());
    }
}
