//! What of a plan may be shown to everybody.
//!
//! Small numbers of households could tell who is in need (statistical secrecy; Hundepool et al., Statistical Disclosure
//! Control, 2012, ch. 4, on primary and complementary suppression).

use rustc_hash::FxHashSet;

use super::{Call, Figure, Place, PlanDocument, WhiteZone};

/// Households of that many or more are told in public files, and none as none.
pub const TOLD_FROM: u8 = 5;

/// Totals of the whole territory are rounded to multiples of that, so that nobody finds a withheld number by
/// subtracting all others.
const TOTALS_TO: f64 = 10.0;

impl PlanDocument {
    /// The plan as public files tell it: small numbers of households withheld, with what would give them away (loads,
    /// sums, the other part of a total); totals rounded; without reasons of stops left out, which name inner affairs.
    /// Linear in the plan.
    #[must_use]
    pub fn public(&self) -> Self {
        let mut public = self.clone();
        for call in public.tours.iter_mut().flat_map(|tour| &mut tour.trips).flat_map(|trip| &mut trip.calls)
        {
            withhold_in_call(call);
        }
        public.places.iter_mut().for_each(withhold_in_place);
        let discreet: FxHashSet<&str> =
            public.places.iter().filter(|place| is_discreet(place)).map(|place| place.id.as_str()).collect();
        for zone in &mut public.white_zones {
            withhold_in_zone(zone, &discreet);
        }
        for stop in &mut public.stops {
            (stop.reason, stop.fix) = (None, None);
        }
        // Who goes where: groups of a few households each, and walkers apart from drivers.
        public.attendance.clear();
        public.violations.clear();
        public.cycle.households = rounded(public.cycle.households as f64) as i64;
        public.cycle.turned_away = rounded(public.cycle.turned_away as f64) as i64;
        let coverage = &mut public.coverage;
        for number in [&mut coverage.households, &mut coverage.covered_before, &mut coverage.covered_after] {
            *number = rounded(*number);
        }
        public
    }
}

/// Whether a number may be told.
fn is_safe(number: f64) -> bool {
    number == 0.0 || number >= f64::from(TOLD_FROM)
}

fn rounded(number: f64) -> f64 {
    (number / TOTALS_TO).round() * TOTALS_TO
}

fn withhold_in_call(call: &mut Call) {
    let is_small = |figure: Figure<i32>| figure.told().is_some_and(|number| !is_safe(f64::from(number)));
    if is_small(call.households) {
        call.households = Figure::Withheld;
        call.load_kg = Figure::Withheld;
    }
    if is_small(call.turned_away) {
        call.turned_away = Figure::Withheld;
    }
}

/// Parts of a place's need are told if they, what is left, and what they add to one another may be.
fn withhold_in_place(place: &mut Place) {
    place.population = place.population.filter(|&number| is_safe(f64::from(number)));
    let told = |figure: Option<Figure<f64>>| figure.and_then(Figure::told);
    let mut known: Vec<f64> = vec![0.0];
    let mut withhold = |figure: &mut Option<Figure<f64>>| {
        let Some(number) = told(*figure) else { return };
        if known.iter().all(|other| is_safe((number - other).abs())) {
            known.push(number);
        } else {
            *figure = Some(Figure::Withheld);
        }
    };
    withhold(&mut place.households);
    withhold(&mut place.covered_after);
    withhold(&mut place.covered_before);
    withhold(&mut place.households_without_car);
}

fn is_discreet(place: &Place) -> bool {
    [place.households, place.households_without_car, place.covered_before, place.covered_after]
        .contains(&Some(Figure::Withheld))
}

fn withhold_in_zone(zone: &mut WhiteZone, discreet: &FxHashSet<&str>) {
    let is_small = zone.households.told().is_some_and(|number| !is_safe(number));
    if is_small || zone.places.iter().any(|place| discreet.contains(place.as_str())) {
        zone.households = Figure::Withheld;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(households: f64, without_car: f64, before: f64, after: f64) -> Place {
        let told = |number| Some(Figure::Told(number));
        Place {
            id: "P".to_owned(),
            name: "P".to_owned(),
            insee: String::new(),
            lon: 3.0,
            lat: 47.0,
            population: Some(100),
            households: told(households),
            households_without_car: told(without_car),
            covered_before: told(before),
            covered_after: told(after),
            aid_site: None,
            aid_site_s: None,
            stop: None,
            stop_s: None,
        }
    }

    #[test]
    fn a_part_that_leaves_a_small_rest_is_withheld_too() {
        let shown = |mut row: Place| {
            withhold_in_place(&mut row);
            [row.households, row.households_without_car, row.covered_before, row.covered_after]
                .map(|figure| figure.and_then(Figure::told))
        };
        assert_eq!(shown(place(20.0, 6.0, 0.0, 14.0)), [Some(20.0), Some(6.0), Some(0.0), Some(14.0)]);
        // Two households without a car, or all but two covered: either tells of two.
        assert_eq!(shown(place(20.0, 2.0, 0.0, 20.0)), [Some(20.0), None, Some(0.0), Some(20.0)]);
        assert_eq!(shown(place(20.0, 0.0, 0.0, 18.0)), [Some(20.0), Some(0.0), Some(0.0), None]);
        // Three more covered by the plan.
        assert_eq!(shown(place(20.0, 0.0, 7.0, 10.0)), [Some(20.0), Some(0.0), None, Some(10.0)]);
        assert_eq!(shown(place(4.9, 0.0, 0.0, 4.9)), [None, Some(0.0), Some(0.0), None]);
    }

    #[test]
    fn a_sum_with_a_withheld_part_is_withheld() {
        let sum = |parts: &[Figure<i32>]| parts.iter().copied().sum::<Figure<i32>>();
        assert_eq!(sum(&[Figure::Told(6), Figure::Told(7)]), Figure::Told(13));
        assert_eq!(sum(&[Figure::Told(6), Figure::Withheld]), Figure::Withheld);
    }
}
