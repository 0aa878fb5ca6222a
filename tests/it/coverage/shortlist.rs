//! Where stops would reach most: held against the best of all choices on small cases, and within its guarantee.

use proptest::prelude::*;
use tournee::coverage::{Candidates, Covering, Known, candidates, shortlist};
use tournee::ids::PlaceId;
use tournee::survey::{SpotKind, place_reach, roads, survey};
use tournee::tables::Dataset;
use tournee::units::{Need, Seconds};

use super::fixture::{self, covers, north, place, site, stop};
use crate::support::pbf::extract;

/// The most that `count` candidates reach: all choices are tried.
fn best(covering: &Covering, count: usize) -> i64 {
    let candidates = covering.reached.len();
    (0_u32..1 << candidates)
        .filter(|choice| choice.count_ones() as usize <= count)
        .map(|choice| reached(covering, (0..candidates).filter(|candidate| choice >> candidate & 1 == 1)))
        .max()
        .unwrap_or(0)
}

fn reached(covering: &Covering, chosen: impl Iterator<Item = usize>) -> i64 {
    let mut demands: Vec<u32> = chosen.flat_map(|candidate| covering.reached[candidate].clone()).collect();
    demands.sort_unstable();
    demands.dedup();
    demands.into_iter().map(|demand| covering.weights[demand as usize]).sum()
}

proptest! {
    #[test]
    fn a_shortlist_is_within_its_guarantee_of_the_best_choice(
        weights in prop::collection::vec(0_i64..20, 1..12),
        masks in prop::collection::vec(0_u32..4096, 1..11),
        count in 0_usize..6,
    ) {
        let demands = weights.len() as u32;
        let members = |mask: &u32| (0..demands).filter(|demand| mask >> demand & 1 == 1).collect();
        let covering = Covering { weights, reached: masks.iter().map(members).collect() };
        let list = shortlist(&covering, count);
        let best = best(&covering, count);
        prop_assert!(list.picks.len() <= count);
        prop_assert_eq!(reached(&covering, list.picks.iter().map(|pick| pick.candidate)), list.reached());
        prop_assert!(list.picks.iter().all(|pick| 0 < pick.gain && pick.gain <= pick.alone));
        prop_assert!(list.picks.windows(2).all(|pair| pair[0].gain >= pair[1].gain));
        prop_assert!(list.reached() as f64 >= (1.0 - 1.0 / std::f64::consts::E) * best as f64);
        prop_assert!(list.reached() <= best && best <= list.bound, "{} {best} {}", list.reached(), list.bound);
    }
}

#[test]
fn swaps_mend_what_greed_chose() {
    // Greed takes the middle four first and then reaches one end only: 4 + 1. The two halves reach all six.
    let covering =
        Covering { weights: vec![1; 6], reached: vec![vec![1, 2, 3, 4], vec![0, 1, 2], vec![3, 4, 5]] };
    let list = shortlist(&covering, 2);
    let chosen: Vec<usize> = list.picks.iter().map(|pick| pick.candidate).collect();
    assert_eq!((chosen, list.reached(), list.bound), (vec![1, 2], 6, 6));
}

#[test]
fn of_equal_candidates_the_first_is_chosen() {
    let covering = Covering { weights: vec![2, 2, 2], reached: vec![vec![], vec![1], vec![0], vec![1]] };
    let chosen: Vec<usize> = shortlist(&covering, 9).picks.iter().map(|pick| pick.candidate).collect();
    assert_eq!(chosen, [1, 2]);
}

fn found(dataset: &Dataset, known: Known, count: usize) -> Candidates {
    let network = roads(dataset).expect("a sketch always opens");
    let surveyed = survey(dataset, &network).value.expect("points of a sketch always meet it");
    let (spots, reach) = place_reach(dataset, &network, &surveyed, SpotKind::Places).expect("few pairs");
    candidates(&covers(dataset), (&spots, &reach), known, count)
}

#[test]
fn junctions_beside_places_are_spots_and_are_counted_once() {
    // A crossroads at (3.0, 47.0): the road east has two hamlets, the one south a village, all nearer to it than to the ends.
    let roads = extract(
        &[(1, 3.0, 47.0), (2, 3.02, 47.0), (3, 3.0, 46.98), (4, 2.98, 47.0)],
        &[
            (&[1, 2], &[("highway", "tertiary")]),
            (&[1, 3], &[("highway", "tertiary")]),
            (&[1, 4], &[("highway", "tertiary")]),
        ],
    );
    let network = tournee::network::RoadNetwork::open(&roads.path).expect("a well-formed extract");
    let mut dataset = fixture::with_van();
    dataset.depots.raw[0].at = geo::Point::new(3.0, 47.0);
    for (lon, lat) in [(3.004, 47.0005), (3.006, 47.0), (3.0, 46.996)] {
        place(&mut dataset, geo::Point::new(lon, lat), (10_000, 0));
    }
    let surveyed = survey(&dataset, &network).value.expect("all are on the roads");
    let (spots, reach) = place_reach(&dataset, &network, &surveyed, SpotKind::Junctions).expect("few pairs");
    let at: Vec<(PlaceId, geo::Point)> = spots.iter().map(|spot| (spot.place, spot.at)).collect();
    assert_eq!(at, [(PlaceId(0), geo::Point::new(3.0, 47.0))]);
    assert!(reach.rows[0].iter().all(|row| row == &[0]), "all three drive there");
}

#[test]
fn candidates_are_the_places_that_bring_most_households_within_reach() {
    // Villages every 5 km along a road, with a quarter of an hour (9 km) by car: a stop serves its neighbours.
    let mut dataset = fixture::with_van();
    for (index, households) in [50, 4, 7, 5, 1, 9].into_iter().enumerate() {
        place(&mut dataset, north(5000.0 * index as f64), (households * 1000, 0));
    }
    site(&mut dataset, north(0.0));
    stop(&mut dataset, north(25_000.0));
    dataset.settings.coverage.drive_limit = Some(Seconds(900));
    // The site covers the first two. Beyond: 7, 5, 1, 9 at 10 to 25 km. A stop at the fourth reaches 7 + 5 + 1 = 13, one at
    // the fifth 5 + 1 + 9 = 15, which comes first; then one at the third, or any before it in reach, adds the 7: the first
    // of the ties is the place at 5 km.
    let first = found(&dataset, Known::Sites, 1);
    let picks: Vec<(PlaceId, Need, usize)> =
        first.list.iter().map(|it| (it.spot.place, it.gain, it.places)).collect();
    assert_eq!(picks, [(PlaceId(4), Need(15_000), 3)]);
    assert_eq!(first.unreached, Need(22_000));
    let both = found(&dataset, Known::Sites, 5);
    let picks: Vec<(PlaceId, Need)> = both.list.iter().map(|it| (it.spot.place, it.gain)).collect();
    assert_eq!(picks, [(PlaceId(4), Need(15_000)), (PlaceId(1), Need(7000))]);
    assert_eq!(both.bound, Need(22_000));
    // The stop in the last village already serves it and its neighbour.
    let beside = found(&dataset, Known::SitesAndStops, 1);
    assert_eq!((beside.unreached, beside.list[0].gain), (Need(12_000), Need(12_000)));
    assert_eq!(beside.list[0].spot.place, PlaceId(2));
}
