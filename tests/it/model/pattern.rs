//! Rhythms as sets of days: examples from the calendar, and every set of days against the words of the rules.

use jiff::civil::date;
use proptest::prelude::*;
use tournee::model::pattern::{MAX_PATTERNS, Wish, gaps_hold, is_real_date, patterns};
use tournee::tables::Rhythm;
use tournee::units::{Day, DaySet};

fn days(days: &[u8]) -> DaySet {
    days.iter().copied().map(Day).collect()
}

fn wish(rhythm: Rhythm, weeks: u8, usable: DaySet) -> Wish {
    let all = DaySet::first(7 * weeks);
    Wish { rhythm, weeks, usable, min_gap: None, max_gap: None, locked: DaySet::EMPTY, allowed: all }
}

const WEEKLY: Rhythm = Rhythm::PerWeek { times: 1 };
const TWICE: Rhythm = Rhythm::PerWeek { times: 2 };
const FORTNIGHTLY: Rhythm = Rhythm::EveryWeeks { weeks: 2 };

#[test]
fn a_weekly_stop_keeps_its_weekday() {
    let found = patterns(&wish(WEEKLY, 2, days(&[0, 1, 7, 8])));
    assert_eq!(found.sets, [days(&[0, 7]), days(&[1, 8])]);
    assert!(found.skipped.is_empty());
}

#[test]
fn a_closed_monday_is_moved_to_the_nearest_open_days() {
    // The second Monday is closed; Tuesday and Thursday are open.
    let found = patterns(&wish(WEEKLY, 2, days(&[0, 1, 3, 8, 10])));
    assert_eq!(found.sets[..2], [days(&[0, 8]), days(&[0, 10])]);
}

#[test]
fn a_week_without_an_open_day_is_skipped_and_said_so() {
    let found = patterns(&wish(WEEKLY, 3, days(&[1, 15])));
    assert_eq!(found.sets, [days(&[1, 15])]);
    assert_eq!(found.skipped, [Day(7)]);
}

#[test]
fn a_fortnight_counts_from_the_first_day_of_the_cycle() {
    let found = patterns(&wish(FORTNIGHTLY, 4, days(&[2, 9, 16, 23])));
    assert_eq!(found.sets, [days(&[2, 16]), days(&[9, 23])]);
    assert!(patterns(&wish(FORTNIGHTLY, 3, days(&[2, 9, 16]))).sets.is_empty(), "two does not divide three");
}

#[test]
fn a_closed_week_is_no_way_to_come_less_often() {
    // Fortnightly over four weeks; the third week is closed. Days of the first week of a fortnight would mean one
    // visit only.
    let found = patterns(&wish(FORTNIGHTLY, 4, days(&[2, 9, 23])));
    assert_eq!(found.sets, [days(&[9, 23])]);
}

#[test]
fn gaps_count_across_the_end_of_the_cycle() {
    let monday_friday = Wish { min_gap: Some(4), ..wish(TWICE, 1, days(&[0, 4])) };
    // Monday to Friday is four days, Friday to Monday three.
    assert!(patterns(&monday_friday).sets.is_empty());
    let relaxed = Wish { min_gap: Some(3), ..monday_friday };
    assert_eq!(patterns(&relaxed).sets, [days(&[0, 4])]);
    // Visits every seven days, with a skipped week in between: not a gap of fourteen.
    let skipping = Wish { max_gap: Some(7), ..wish(WEEKLY, 3, days(&[1, 15])) };
    assert!(gaps_hold(&skipping, days(&[1, 15])));
}

#[test]
fn a_lock_keeps_the_patterns_that_hold_it() {
    let every_day = wish(WEEKLY, 2, DaySet::first(14));
    let on_a_date = Wish { locked: days(&[9]), ..every_day };
    assert_eq!(patterns(&on_a_date).sets, [days(&[2, 9])]);
    let on_a_weekday = Wish { allowed: days(&[4, 11]), ..every_day };
    assert_eq!(patterns(&on_a_weekday).sets, [days(&[4, 11])]);
}

#[test]
fn a_monthly_stop_reserves_all_its_days() {
    let first_tuesday = Rhythm::Monthly { nth: 1, weekday: 1 };
    assert_eq!(patterns(&wish(first_tuesday, 4, days(&[1, 22]))).sets, [days(&[1, 22])]);
    assert!(patterns(&wish(first_tuesday, 4, DaySet::EMPTY)).sets.is_empty());
    // February 2027 begins on a Monday.
    assert!(is_real_date(first_tuesday, date(2027, 2, 2)));
    assert!(!is_real_date(first_tuesday, date(2027, 2, 9)));
    let last_sunday = Rhythm::Monthly { nth: -1, weekday: 6 };
    assert!(is_real_date(last_sunday, date(2027, 2, 28)));
    assert!(!is_real_date(last_sunday, date(2027, 2, 21)));
}

#[test]
fn many_stand_ins_are_cut_evenly_and_said_so() {
    // Twice a week over six weeks; each weekday is closed every other week.
    let is_open = |week: u8, weekday: u8| (week + weekday).is_multiple_of(2);
    let weekdays =
        |week| (0..7).filter(move |&weekday| is_open(week, weekday)).map(move |day| Day(7 * week + day));
    let found = patterns(&wish(TWICE, 6, (0..6).flat_map(weekdays).collect()));
    assert!(found.is_cut);
    assert!(found.sets.len() <= MAX_PATTERNS);
    for weekday in 0..7 {
        let on_its_days: DaySet =
            (0..6).filter(|&week| is_open(week, weekday)).map(|week| Day(7 * week + weekday)).collect();
        assert!(found.sets.iter().any(|set| on_its_days.is_subset(*set)), "weekday {weekday} is kept");
    }
}

/// Whether `set` follows the rhythm, read word by word from the rules.
fn is_pattern(wish: &Wish, set: DaySet) -> bool {
    let block_weeks = match wish.rhythm {
        Rhythm::PerWeek { .. } => 1,
        Rhythm::EveryWeeks { weeks } => weeks,
        Rhythm::Monthly { .. } => unreachable!("not generated"),
    };
    let times = if let Rhythm::PerWeek { times } = wish.rhythm { u32::from(times) } else { 1 };
    let block_days = u32::from(7 * block_weeks);
    let blocks = u32::from(wish.weeks / block_weeks);
    let has = |set: DaySet, day: u32| set.0 >> day & 1 == 1;
    let choices = (0..1u64 << block_days.min(14)).filter(|base| base.count_ones() == times);
    let is_sound = |base: u64| {
        (0..block_days).all(|day| {
            base >> day & 1 == 0 || (0..blocks).any(|block| has(wish.usable, block * block_days + day))
        })
    };
    !set.is_empty()
        && choices.filter(|&base| is_sound(base)).any(|base| {
            (0..blocks).all(|block| {
                let base: Vec<u32> = (0..block_days)
                    .filter(|day| base >> day & 1 == 1)
                    .map(|day| block * block_days + day)
                    .collect();
                explains(wish.usable, set, &base, block * block_days..(block + 1) * block_days)
            })
        })
}

/// Whether the visits of `set` in one block are the base days with stand-ins from the same week.
fn explains(usable: DaySet, set: DaySet, base: &[u32], block: std::ops::Range<u32>) -> bool {
    let has = |set: DaySet, day: u32| set.0 >> day & 1 == 1;
    let held: Vec<u32> = block.filter(|&day| has(set, day)).collect();
    if held.iter().any(|&day| !has(usable, day))
        || base.iter().any(|&day| has(usable, day) && !held.contains(&day))
    {
        return false;
    }
    let missing: Vec<u32> = base.iter().copied().filter(|&day| !has(usable, day)).collect();
    let extra: Vec<u32> = held.into_iter().filter(|day| !base.contains(day)).collect();
    let stand_ins = |day: u32| {
        let mut free: Vec<u32> = (day / 7 * 7..day / 7 * 7 + 7)
            .filter(|other| has(usable, *other) && !base.contains(other))
            .collect();
        free.sort_by_key(|other| (other.abs_diff(day), *other));
        free.truncate(3);
        free
    };
    let sets = assignments(&missing, &stand_ins);
    let most = sets.iter().map(Vec::len).max().unwrap_or(0);
    extra.len() == most && sets.contains(&extra)
}

/// Every set of stand-ins that the missing days may take, no day twice, some days none.
fn assignments(missing: &[u32], stand_ins: &impl Fn(u32) -> Vec<u32>) -> Vec<Vec<u32>> {
    let Some((&first, others)) = missing.split_first() else { return vec![Vec::new()] };
    let mut sets = Vec::new();
    for rest in assignments(others, stand_ins) {
        for day in stand_ins(first).into_iter().filter(|day| !rest.contains(day)) {
            let mut set = rest.clone();
            set.push(day);
            set.sort_unstable();
            sets.push(set);
        }
        sets.push(rest);
    }
    sets
}

fn any_wish() -> impl Strategy<Value = Wish> {
    let shape = prop_oneof![
        (1..=3u8, 1..=3u8).prop_map(|(times, weeks)| (Rhythm::PerWeek { times }, weeks)),
        (1..=2u8).prop_map(|blocks| (FORTNIGHTLY, 2 * blocks)),
    ];
    shape.prop_flat_map(|(rhythm, weeks)| {
        let gap = || proptest::option::weighted(0.3, 1..16u8);
        let day = 0..7 * weeks;
        (
            proptest::collection::vec(day.clone(), 1..11),
            gap(),
            gap(),
            proptest::option::weighted(0.2, day),
            proptest::option::weighted(0.2, 0..7u8),
        )
            .prop_map(move |(open, min_gap, max_gap, locked, weekday)| {
                let all = DaySet::first(7 * weeks);
                Wish {
                    rhythm,
                    weeks,
                    usable: days(&open),
                    min_gap,
                    max_gap,
                    locked: locked.map_or(DaySet::EMPTY, |day| DaySet::only(Day(day))),
                    allowed: weekday
                        .map_or(all, |weekday| all.iter().filter(|day| day.0 % 7 == weekday).collect()),
                }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn patterns_are_all_the_sets_that_the_rules_allow(wish in any_wish()) {
        let usable: Vec<Day> = wish.usable.iter().collect();
        let subsets = (0..1u64 << usable.len())
            .map(|bits| usable.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, &day)| day).collect());
        let mut expected: Vec<DaySet> = subsets
            .filter(|&set: &DaySet| {
                wish.locked.is_subset(set)
                    && set.is_subset(wish.allowed)
                    && gaps_hold(&wish, set)
                    && is_pattern(&wish, set)
            })
            .collect();
        let most = expected.iter().map(|set| set.len()).max().unwrap_or(0);
        expected.retain(|set| set.len() == most);
        expected.sort();
        let mut found = patterns(&wish).sets;
        found.sort();
        prop_assert_eq!(found, expected);
    }
}
