//! Which limits a search exceeds on its way.

use super::super::accept::{Average, Bank};
use super::super::excess::Elastic;
use super::*;

#[test]
fn loads_are_elastic_where_they_differ_and_nothing_is_where_visits_earn() {
    let elastic = |problem: &Problem| Context::new(problem).elastic;
    let alike = problem(1);
    assert_eq!(elastic(&alike), Elastic::Times);
    let mut heavier = problem(1);
    heavier.clients[ClientId(3)].registered = 2;
    assert_eq!(elastic(&heavier), Elastic::LoadsAndTimes);
    heavier.clients[ClientId(5)].value = Cost(7);
    assert_eq!(elastic(&heavier), Elastic::Nothing);
}

#[test]
fn what_has_no_price_is_refused_and_the_other_is_paid() {
    let bank = |elastic: Elastic| Bank::new(1000, Average::ONE, elastic, false).prices();
    let (load, time) = (Excess { load: 2, time: 0 }, Excess { load: 0, time: 5 });
    let prices = Prices::new(None, Some(3));
    assert_eq!((prices.of(load), prices.of(time), prices.of(Excess::NONE)), (None, Some(15), Some(0)));
    assert_eq!(Prices::new(Some(7), None).of(load), Some(14));
    assert!(prices.holds_load() && !prices.is_strict());
    let of = |elastic: Elastic| (bank(elastic).of(load).is_some(), bank(elastic).of(time).is_some());
    assert_eq!(of(Elastic::LoadsAndTimes), (true, true));
    assert_eq!(of(Elastic::Times), (false, true));
    assert!(bank(Elastic::Nothing).is_strict());
}
