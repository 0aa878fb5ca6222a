//! A plain scenario is read as it is written, with the defaults that the schema states.

use tournee::ids::{PlaceId, StopId};
use tournee::tables::{Rhythm, RoadSource};
use tournee::units::{Households, Need, Window};

use crate::support::scenario::{SMALL, dataset, report};

#[test]
fn a_plain_scenario_is_read_without_a_word() {
    let report = report(SMALL);
    assert_eq!(report.diagnostics, []);
    assert_eq!(report.repairs, []);
    assert!(report.value.is_some());
}

#[test]
fn a_small_scenario_has_what_its_tables_say() {
    let scenario = dataset(SMALL);
    assert_eq!(scenario.settings.horizon_days(), 7);
    assert_eq!(scenario.settings.roads.source, RoadSource::Sketch);
    let stop = &scenario.stops[StopId(0)];
    assert_eq!(
        (stop.id.as_str(), stop.households, stop.rhythm),
        ("lormes", Households(20), Rhythm::PerWeek { times: 1 })
    );
    assert_eq!(stop.windows, vec![vec![Window::ALL_DAY]; 7]);
    let antenna = &scenario.antennas.raw[0];
    assert_eq!(antenna.works, [true, true, true, true, true, false, false]);
    // A fifth of 12.5 households, the default share without a car.
    let place = &scenario.places[PlaceId(0)];
    assert_eq!((place.need_without_car, place.need()), (Need(2_500), Need(12_500)));
}
