//! Two models of who goes where, worked out by hand.

use geo::Point;
use tournee::coverage::{AttendanceModels, Attended, Outcome, attendance_models, referral_findings};
use tournee::diagnostics::{Lang, render};
use tournee::ids::{AntennaId, StopId};
use tournee::tables::Dataset;
use tournee::units::{Households, Need, Seconds};

use super::fixture::{self, north, place, stop};

/// Stops 2 km and 6 km north (200 s and 600 s); places beside each and one 20 km away, all with cars. A visit serves 20.
fn valley() -> Dataset {
    let mut dataset = fixture::with_van();
    for metres in [2_000.0, 6_000.0] {
        stop(&mut dataset, north(metres));
    }
    for id in [0, 1] {
        let stop = &mut dataset.stops[StopId(id)];
        (stop.time_per_household, stop.max_service) = (Seconds(60), Seconds(1_200));
        stop.households = Households(4);
    }
    for (metres, households) in [(2_000.0, 30_000), (6_000.0, 5_000), (20_000.0, 7_000)] {
        place(&mut dataset, north(metres), (households, 0));
    }
    dataset
}

fn models(dataset: &Dataset, open: &[u32]) -> AttendanceModels {
    let visits: Vec<_> = open.iter().map(|&stop| (StopId(stop), AntennaId(0))).collect();
    attendance_models(dataset, &fixture::covers(dataset), &visits)
}

fn ends(attended: &Attended) -> [i64; 4] {
    let of = |outcome| attended.need(outcome).get();
    [of(Outcome::Attends), of(Outcome::TooFar), of(Outcome::NotVisited), attended.nowhere.get()]
}

#[test]
fn without_referrals_there_is_one_model() {
    let models = models(&valley(), &[0, 1]);
    // 4 registered and 30 who come, 20 of them served; 4 and 5 at the other stop.
    assert_eq!((models.nearest.served, models.nearest.turned_away), (29, 14));
    assert_eq!(ends(&models.nearest), [35_000, 0, 0, 7_000], "14 km from a stop are 1,400 s, over 900 s");
    assert_eq!(models.referred, None);
}

#[test]
fn a_referral_fills_the_stop_that_stands_empty() {
    let mut dataset = valley();
    // The first village is split between both stops: half of it is a place of its own.
    dataset.places.raw[0].need_with_car = Need(15_000);
    place(&mut dataset, north(2_000.0), (15_000, 0));
    dataset.places.raw[3].referred_to = Some(StopId(1));
    let models = models(&dataset, &[0, 1]);
    assert_eq!((models.nearest.served, models.nearest.turned_away), (29, 14));
    let referred = models.referred.expect("a place is referred");
    // 4 + 15 at the first stop; 4 + 5 + 15 at the second, which serves 20.
    assert_eq!((referred.served, referred.turned_away), (39, 4));
    assert_eq!(ends(&referred), [35_000, 0, 0, 7_000]);
    let sent = referred.flows.iter().find(|flow| flow.place.index() == 3).expect("it counts");
    assert_eq!((sent.stop, sent.travel.map(|way| way.seconds)), (StopId(1), Some(Seconds(400))));
}

#[test]
fn nobody_goes_to_a_stop_that_is_too_far_or_never_opens() {
    let mut dataset = valley();
    dataset.places.raw[0].referred_to = Some(StopId(1));
    dataset.places.raw[2].referred_to = Some(StopId(0));
    let referred = models(&dataset, &[0]).referred.expect("places are referred");
    // The second place has no referral and goes to the only open stop, 400 s away.
    assert_eq!(ends(&referred), [5_000, 7_000, 30_000, 0]);
    assert_eq!((referred.served, referred.turned_away), (9, 0), "4 registered, 5 who come");
    let found = referral_findings(&dataset, &fixture::covers(&dataset)).expect("one is out of reach");
    let words = render(&found, Lang::En);
    assert!(
        words.contains("out of reach for 1 place(s), among them `P2`, referred to `S0`, 30 min by car"),
        "{words}"
    );
}

#[test]
fn a_referral_within_reach_needs_no_word() {
    let mut dataset = valley();
    dataset.places.raw[0].referred_to = Some(StopId(1));
    place(&mut dataset, Point::new(3.0, 47.5), (0, 0));
    dataset.places.raw[3].referred_to = Some(StopId(0));
    assert_eq!(referral_findings(&dataset, &fixture::covers(&dataset)), None, "nobody lives at the far one");
}
