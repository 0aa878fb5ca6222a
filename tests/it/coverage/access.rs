//! Measures of access: small cases worked out by hand, and one that an independent program worked out.

use proptest::prelude::*;
use tournee::coverage::{
    BandNeed, Comparison, Consumer, DayPart, Decay, Opening, Sample, SupplyUnit, Visit, WeekOfNeed,
    accessibility, compare, gini, travel_bound, worst_decile,
};
use tournee::ids::{PlaceId, StopId};
use tournee::matrix::Travel;
use tournee::survey::{RoundTrip, RoundTrips, roads, round_trips, survey};
use tournee::tables::Dataset;
use tournee::units::{ClockTime, Day, Metres, Need, Seconds, Window};
use typed_index_collections::TiVec;

use super::fixture::{self, north, place, site, stop};
use crate::support::pbf::{Way as Road, extract};
use crate::support::scenario;

fn way(facility: u32, minutes: i32) -> RoundTrip {
    let travel = Travel { seconds: Seconds::from_minutes(minutes), metres: Metres(minutes * 1000) };
    RoundTrip { to: facility, there: travel, back: travel }
}

/// Minutes from five places to three facilities; those that are missing are beyond reach.
const WAYS: [&[(u32, i32)]; 5] = [
    &[(0, 0), (1, 12), (2, 25)],
    &[(1, 5), (0, 17)],
    &[(1, 10), (2, 29), (0, 33)],
    &[(0, 8), (2, 20)],
    &[(2, 31)],
];
const DEMAND: [f64; 5] = [40.0, 12.0, 20.0, 8.0, 16.0];
const SUPPLY: [f64; 3] = [6.0, 3.0, 10.0];

fn worked_example(decay: Decay) -> Vec<f64> {
    let rows: Vec<Vec<RoundTrip>> =
        WAYS.iter().map(|row| row.iter().map(|&(to, minutes)| way(to, minutes)).collect()).collect();
    let consumers: Vec<Consumer<'_>> =
        rows.iter().zip(DEMAND).map(|(ways, demand)| Consumer { demand, ways }).collect();
    accessibility(&consumers, &SUPPLY, decay)
}

fn assert_equal(found: &[f64], expected: [f64; 5]) {
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }
}

#[test]
fn accessibility_in_zones_is_that_of_pysal() {
    // `access` 1.1.10: fca.two_stage_fca(demand, supply, cost, max_cost=30,
    // weight_fn=weights.step_fn({10: 1, 20: 0.68, 30: 0.22})); it leaves out the last place, which reaches nothing.
    let pysal = [0.259_322_817_370_027_7, 0.123_325_248_325_248_33, 0.168_701_426_748_637_03];
    let [first, second, third] = pysal;
    assert_equal(&worked_example(Decay::Zones), [first, second, third, 0.471_644_473_790_396_53, 0.0]);
}

#[test]
fn accessibility_under_a_bell_is_that_of_pysal() {
    // The same with weight_fn=lambda x: (exp(-(x / 30)² / 2) - exp(-1 / 2)) / (1 - exp(-1 / 2)).
    let decay = Decay::Gaussian(Seconds::from_minutes(30));
    let pysal = [0.317_027_176_746_657_9, 0.115_699_826_170_124_78, 0.076_309_311_742_824_7];
    let [first, second, third] = pysal;
    assert_equal(&worked_example(decay), [first, second, third, 0.425_541_097_654_461_6, 0.0]);
}

proptest! {
    /// What is shared out is what there is: need times accessibility is the supply that somebody reaches.
    #[test]
    fn all_supply_in_reach_is_shared_out(
        rows in prop::collection::vec((1_u32..50, prop::collection::vec((0_u32..6, 0_i32..40), 0..6)), 1..12),
        supply in prop::collection::vec(1_u32..20, 6),
    ) {
        let ways: Vec<Vec<RoundTrip>> = rows
            .iter()
            .map(|(_, row)| {
                let mut row: Vec<RoundTrip> = row.iter().map(|&(to, minutes)| way(to, minutes)).collect();
                row.sort_by_key(|way| (way.to, way.there));
                row.dedup_by_key(|way| way.to);
                row.sort_by_key(|way| way.there);
                row
            })
            .collect();
        let consumers: Vec<Consumer<'_>> = rows
            .iter()
            .zip(&ways)
            .map(|((demand, _), ways)| Consumer { demand: f64::from(*demand), ways })
            .collect();
        let supply: Vec<f64> = supply.into_iter().map(f64::from).collect();
        let values = accessibility(&consumers, &supply, Decay::Zones);
        let shared: f64 = consumers.iter().zip(&values).map(|(consumer, value)| consumer.demand * value).sum();
        let is_reached = |facility: usize| {
            ways.iter().flatten().any(|way| {
                way.to as usize == facility && way.there.seconds <= Seconds::from_minutes(30)
            })
        };
        let reached: f64 = (0..6).filter(|facility| is_reached(*facility)).map(|it| supply[it]).sum();
        prop_assert!((shared - reached).abs() < 1e-9, "{shared} of {reached}");
    }
}

fn samples(pairs: &[(f64, f64)]) -> Vec<Sample> {
    pairs.iter().map(|&(value, weight)| Sample { value, weight }).collect()
}

#[test]
fn the_gini_coefficient_is_that_of_its_definition() {
    // Half of the mean difference over the mean: of 1 and 3, |1 - 3| / 2 over 2 x 2 is a quarter.
    assert_eq!(gini(&samples(&[(1.0, 1.0), (3.0, 1.0)])), Some(0.25));
    // Weights are people: 1, 1, 1 and 5 have a mean difference of 2 x 3 x 4 / 16 = 1.5 over a mean of 2.
    assert_eq!(gini(&samples(&[(5.0, 1.0), (1.0, 3.0)])), Some(0.375));
    assert_eq!(gini(&samples(&[(2.0, 7.0), (2.0, 1.0)])), Some(0.0));
    assert_eq!(gini(&samples(&[(0.0, 3.0)])), None);
    assert_eq!(gini(&[]), None);
}

#[test]
fn the_worst_tenth_counts_who_stands_across_its_edge_in_part() {
    // A tenth of 100 is 10 people: 4 who have nothing, and 6 of the 96 who have 5: 30 over 10.
    assert_eq!(worst_decile(&samples(&[(5.0, 96.0), (0.0, 4.0)])), Some(3.0));
    assert_eq!(worst_decile(&samples(&[(5.0, 0.0)])), None);
}

/// Trips on sketch roads: 10 m/s by car, 5 km/h on foot.
fn trips(dataset: &Dataset) -> RoundTrips {
    let network = roads(dataset).expect("a sketch always opens");
    let surveyed = survey(dataset, &network).value.expect("points of a sketch always meet it");
    round_trips(dataset, &network, &surveyed, travel_bound(&dataset.settings.coverage))
}

fn before(dataset: &Dataset) -> Comparison {
    compare(dataset, &trips(dataset), None)
}

/// A village with an aid site 9 km off, and one with another beside it.
fn two_villages() -> Dataset {
    let mut dataset = fixture::with_van();
    place(&mut dataset, north(9000.0), (6000, 4000));
    place(&mut dataset, north(0.0), (20_000, 0));
    site(&mut dataset, north(0.0));
    stop(&mut dataset, north(9000.0));
    dataset
}

#[test]
fn the_nearest_site_is_told_there_and_back() {
    let access = before(&two_villages()).before.access;
    let far = &access.places[PlaceId(0)];
    let nearest = far.nearest_site[0].expect("a quarter of an hour by car");
    assert_eq!((nearest.seconds(), nearest.metres()), (Seconds(1800), Metres(18_000)));
    // 9 km are nearly two hours on foot.
    assert_eq!((far.nearest_site[1], far.nearest_stop), (None, [None, None]));
    // Of 10, 15, 20 and 30 minutes by car, all but the first.
    assert_eq!(far.within, [vec![0, 1, 1, 1], vec![0, 0, 0, 0]]);
    assert_eq!(access.need_within, [20_000, 26_000, 26_000, 26_000].map(Need));
}

#[test]
fn a_plan_changes_what_is_near() {
    let dataset = two_villages();
    let opening = Opening {
        day: Day(1),
        window: Window { open: ClockTime::from_hm(10, 0), close: ClockTime::from_hm(11, 0) },
    };
    let visits: TiVec<StopId, _> = vec![vec![Visit { opening, capacity: Some(Need(3000)) }]].into();
    let compared = compare(&dataset, &trips(&dataset), Some(&visits));
    let after = compared.after.expect("there is a plan");
    let far = &after.access.places[PlaceId(0)];
    let stop = far.nearest_stop[0].expect("the stop is in the village");
    assert_eq!((stop.to, stop.seconds()), (1, Seconds::ZERO));
    assert_eq!(far.nearest(0), Some(stop));
    // The site's hours are not known, so that facilities count, one each. Before: the far drivers share it at 0.68, the near
    // ones at 1: 1 / (20 + 6 x 0.68).
    assert_eq!(compared.unit, SupplyUnit::Facilities);
    let share = 1.0 / (20.0 + 6.0 * 0.68);
    let near = compared.before.access.places[PlaceId(1)].accessibility;
    assert!((near - share).abs() < 1e-12, "{near}");
    // The mean of the 30 households. The four without a car have nothing and lack it all; the six far drivers lack a part.
    let mean = (20.0 * share + 6.0 * share * 0.68) / 30.0;
    assert!((compared.before.access.mean - mean).abs() < 1e-12);
    let lacking = 4.0 + 6.0 * (1.0 - share * 0.68 / mean);
    assert!((compared.before.access.places[PlaceId(0)].deficit - lacking).abs() < 1e-12);
    // After, the stop's share lifts everybody in the village above that mean.
    assert!(after.access.deficit.abs() < 1e-12);
}

const MARKET: &str = "\
# scenario.toml
start = 2027-01-04
weeks = 2
[coverage]
rule = \"car-15min\"
# depots.csv
id,lon,lat
d,3.0,47.0
# antennas.csv
id,depot,capacity
v,d,60
# stops.csv
id,name,lon,lat
s,S,3.0,47.0
# places.csv
id,name,insee,lon,lat,households,carless_share,epci
bourg,Bourg,58001,3.0,47.0,30,0.2,Vaux
loin,Loin,58002,3.9,47.0,7,0,Monts
# aid_sites.csv
id,name,lon,lat,opens,capacity
halle,Halle,3.0,47.0,Tu 14:00-17:30; week 2 Sa 09:00-09:20,25
";

#[test]
fn need_is_served_in_the_bands_in_which_a_site_opens() {
    let compared = before(&scenario::dataset(MARKET));
    let served: Vec<(u8, DayPart)> = compared
        .before
        .bands
        .iter()
        .filter(|band| band.in_reach > Need::ZERO)
        .map(|band| (band.weekday, band.part))
        .collect();
    // Half an hour of the Tuesday evening, and a short opening on one Saturday (ISO week 2 is the cycle's second).
    assert_eq!(served, [(1, DayPart::Afternoon), (1, DayPart::Evening), (5, DayPart::Morning)]);
    // 25 households a week for 440 minutes open in two weeks: 360 on Tuesday afternoons, 60 on the evenings, 20 on the
    // Saturday. All 30 households of Bourg are in reach each time; the others are turned away.
    for (band, served) in
        [((1, DayPart::Afternoon), 20_454), ((1, DayPart::Evening), 3409), ((5, DayPart::Morning), 1136)]
    {
        let away = Need(30_000 - served);
        assert_eq!(of_band(&compared.before.bands, band), [Need(30_000), Need(served), away, Need::ZERO]);
    }
}

/// In reach, served, turned away, and at a facility of unknown capacity.
fn of_band(bands: &[BandNeed], band: (u8, DayPart)) -> [Need; 4] {
    let found = bands.iter().find(|found| (found.weekday, found.part) == band).expect("all bands are there");
    [found.in_reach, found.served(), found.turned_away, found.capacity_unknown]
}

#[test]
fn in_a_band_need_goes_to_the_nearest_facility_that_is_open_then() {
    // 2.7 km east of Bourg another site, open on Tuesday afternoons too and on Wednesdays; what it can take in is not known.
    let text = format!("{MARKET}mairie,Mairie,3.02,47.0,\"Tu,We 14:00-16:00\",\n");
    let compared = before(&scenario::dataset(&text));
    let bands = &compared.before.bands;
    // The market is nearer: as without the other.
    let market = [30_000, 20_454, 9546, 0].map(Need);
    assert_eq!(of_band(bands, (1, DayPart::Afternoon)), market);
    // On Wednesdays the 24 households with a car go to the other; on foot it is too far.
    assert_eq!(of_band(bands, (2, DayPart::Afternoon)), [24_000, 0, 0, 24_000].map(Need));
}

#[test]
fn a_visit_serves_what_it_can_itself() {
    let dataset = two_villages();
    let visit = |day: u8, hours: (i32, i32), capacity: i64| Visit {
        opening: Opening {
            day: Day(day),
            window: Window { open: ClockTime::from_hm(hours.0, 0), close: ClockTime::from_hm(hours.1, 0) },
        },
        capacity: Some(Need(capacity)),
    };
    // On Mondays from eleven to one: half of it in the morning. On Wednesday mornings.
    let visits = vec![visit(0, (11, 13), 8000), visit(2, (9, 10), 3000)];
    let visits: TiVec<StopId, _> = vec![visits].into();
    let after = compare(&dataset, &trips(&dataset), Some(&visits)).after.expect("there is a plan");
    let weeks = i64::from(dataset.settings.weeks);
    // Who drives comes from the other village as well, a quarter of an hour off: 30 households.
    let half = 4000 / weeks;
    let served = |band| of_band(&after.bands, band);
    assert_eq!(served((0, DayPart::Morning)), [30_000, half, 30_000 - half, 0].map(Need));
    assert_eq!(served((0, DayPart::Afternoon)), [30_000, half, 30_000 - half, 0].map(Need));
    assert_eq!(served((2, DayPart::Morning)), [30_000, 3000 / weeks, 30_000 - 3000 / weeks, 0].map(Need));
}

#[test]
fn need_beyond_what_a_site_can_take_in_is_turned_away() {
    let compared = before(&scenario::dataset(MARKET));
    let week = WeekOfNeed {
        served: Need(25_000),
        turned_away: Need(5000),
        capacity_unknown: Need::ZERO,
        out_of_reach: Need(7000),
    };
    assert_eq!((compared.unit, compared.before.week), (SupplyUnit::Capacity, week));
    let text = MARKET.replace(",25\n", ",\n");
    let compared = before(&scenario::dataset(&text));
    assert_eq!(compared.before.week.capacity_unknown, Need(30_000));
    assert_eq!(compared.unit, SupplyUnit::Hours);
}

#[test]
fn equity_is_told_for_the_whole_and_for_each_territory() {
    let compared = before(&scenario::dataset(MARKET));
    let told: Vec<(&str, usize, Option<f64>)> =
        compared.before.equity.iter().map(|it| (it.name.as_str(), it.places, it.mean)).collect();
    // 25 households served a week are shared among the 30 of Bourg.
    let bourg = Some(25.0 / 30.0);
    let whole = Some(25.0 / 37.0);
    assert_eq!(told, [("", 2, whole), ("58", 2, whole), ("Monts", 1, Some(0.0)), ("Vaux", 1, bourg)]);
}

#[test]
fn the_way_back_is_not_the_way_there_where_streets_are_one_way() {
    // A one-way ring: there and back, from anywhere to anywhere, is once around it.
    let nodes = [(1, 3.0, 47.0), (2, 3.02, 47.0), (3, 3.01, 47.02)];
    let ring: &[Road<'_>] = &[(&[1, 2, 3, 1], &[("highway", "tertiary"), ("oneway", "yes")])];
    let roads = extract(&nodes, ring);
    let network = tournee::network::RoadNetwork::open(&roads.path).expect("a well-formed extract");
    let mut dataset = fixture::with_van();
    stop(&mut dataset, north(0.0));
    place(&mut dataset, geo::Point::new(3.005, 47.0), (1000, 0));
    site(&mut dataset, geo::Point::new(3.015, 47.0));
    site(&mut dataset, geo::Point::new(3.001, 47.0));
    let surveyed = survey(&dataset, &network).value.expect("all on the ring");
    let trips = round_trips(&dataset, &network, &surveyed, Seconds::from_minutes(30));
    let [near, far] = [0, 1].map(|row| trips.sites[0][PlaceId(0)][row]);
    assert_eq!((near.to, far.to), (0, 1));
    assert!(near.there.metres < near.back.metres && far.back.metres < far.there.metres);
    let around = |trip: RoundTrip| (trip.there.metres + trip.back.metres).get();
    assert!((around(near) - around(far)).abs() <= 4, "once around, but for rounding");
}

#[test]
fn of_sites_beyond_what_is_counted_only_the_nearest_there_and_back_is_kept() {
    // 32 and 40 minutes off: both are searched for, neither counts within 30 minutes.
    let mut dataset = fixture::with_van();
    stop(&mut dataset, north(0.0));
    place(&mut dataset, north(0.0), (1000, 0));
    site(&mut dataset, north(24_000.0));
    site(&mut dataset, north(19_200.0));
    let trips = trips(&dataset);
    let kept: Vec<(u32, Seconds)> =
        trips.sites[0][PlaceId(0)].iter().map(|trip| (trip.to, trip.seconds())).collect();
    assert_eq!(kept, [(1, Seconds(3840))]);
}
