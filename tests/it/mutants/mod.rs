//! A correct plan, damaged in each way that `check` claims to see.

mod base;
mod calendar;
mod clock;
mod damage;
mod harmless;
mod load;
mod random;
mod shift;

use std::collections::BTreeSet;

use tournee::check::{Kind, Rule, tally};
use tournee::diagnostics::Lang;

use self::base::{World, good};
use self::damage::Mutant;
use self::harmless::HARMLESS;

fn mutants() -> impl Iterator<Item = &'static Mutant> {
    [calendar::MUTANTS, clock::MUTANTS, shift::MUTANTS, load::MUTANTS].into_iter().flatten()
}

fn rules_broken(world: &World) -> BTreeSet<Rule> {
    world.check().iter().map(|violation| violation.rule).collect()
}

fn describe(world: &World) -> String {
    let lines = world.check().into_iter().map(|found| {
        format!("{} {}: {}", found.rule.code(), found.at.get(Lang::En), found.message.get(Lang::En))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_correct_plan_breaks_no_rule() {
    assert_eq!(describe(&good()), "");
}

#[test]
fn each_mutant_breaks_the_rules_it_names_and_no_other() {
    let correct = good();
    let mut wrong = Vec::new();
    for mutant in mutants() {
        let mut world = correct.clone();
        (mutant.damage)(&mut world);
        let expected: BTreeSet<Rule> = mutant.breaks.iter().copied().collect();
        if rules_broken(&world) != expected {
            let codes: Vec<&str> = expected.iter().map(|rule| rule.code()).collect();
            wrong.push(format!("{}: expected {codes:?}, found\n{}\n", mutant.name, describe(&world)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_no_rule_forbids_is_no_violation() {
    let correct = good();
    for mutant in HARMLESS {
        let mut world = correct.clone();
        (mutant.damage)(&mut world);
        assert_eq!(describe(&world), "", "{}", mutant.name);
    }
}

#[test]
fn each_rule_has_at_least_two_mutants() {
    for rule in Rule::ALL {
        let count = mutants().filter(|mutant| mutant.breaks.contains(&rule)).count();
        assert!(count >= 2, "{} has {count} mutants", rule.code());
    }
}

#[test]
fn each_rule_is_explained() {
    let page = include_str!("../../../docs/diagnostics.md");
    for rule in Rule::ALL {
        assert!(
            page.contains(&format!("| {} |", rule.code())),
            "{} is not in docs/diagnostics.md",
            rule.code()
        );
    }
}

#[test]
fn a_required_stop_without_visits_is_left_out_and_no_other_violation_says_so() {
    let mut world = good();
    for date in ["2027-01-06", "2027-02-03"] {
        world.drop_tours(base::A2, &[date]);
    }
    let found = world.check();
    assert_eq!(found.len(), 1, "{}", describe(&world));
    assert_eq!(
        (found[0].rule, found[0].kind, found[0].stop),
        (Rule::Rhythm, Kind::LeftOut, Some(base::FOXTROT))
    );
    assert_eq!(found[0].message.get(Lang::En), "required stop is left out: no visit in the plan");
    assert_eq!(tally(&found), [(Rule::Rhythm, 1)]);
}

#[test]
fn days_and_visits_are_counted_in_words() {
    let mut world = good();
    world.dataset.stops[base::ECHO].max_gap_days = Some(3);
    world.add(base::A2, "2027-01-15", &["09:35 | delta 09:55 10:00-11:00 25 | 11:20"]);
    world.call(base::DELTA, "2027-01-15").turned_away = tournee::units::Households(5);
    let said: Vec<(String, String)> =
        world.check().into_iter().map(|found| (found.message.fr, found.message.en)).collect();
    let pair = |fr: &str, en: &str| (fr.to_owned(), en.to_owned());
    assert_eq!(
        said,
        [
            pair(
                "attendu la visite du cycle, tenue ou annoncée comme annulée ; elle manque à 1 date, d'abord à celle-ci",
                "expected the visit of the cycle, held or announced as cancelled; it is missing on 1 date, this one first",
            ),
            pair(
                "attendu une visite toutes les 2 semaines, toujours le même jour ; trouvé 2 visites dans le cycle : \
             vendredi 8 janvier 2027, vendredi 15 janvier 2027",
                "expected one visit every 2 weeks, always on the same day; found 2 visits in the cycle: \
             Friday 8 January 2027, Friday 15 January 2027",
            ),
            pair(
                "attendu au plus 3 jours jusqu'à la visite suivante, trouvé 4 jours après le jeudi 7 janvier 2027",
                "expected at most 3 days to the next visit, found 4 days after Thursday 7 January 2027",
            ),
            pair(
                "attendu au plus 3 jours jusqu'à la visite suivante, trouvé 4 jours après le jeudi 14 janvier 2027",
                "expected at most 3 days to the next visit, found 4 days after Thursday 14 January 2027",
            ),
        ]
    );
}

#[test]
fn findings_come_in_the_order_of_rules_and_say_where_and_by_how_much() {
    let mut world = good();
    world.dataset.antennas[base::A1].capacity = Some(tournee::units::Households(40));
    world.call(base::ECHO, "2027-01-14").arrival = base::at("09:54:30");
    let said: Vec<(String, String)> = (world.check().into_iter())
        .map(|found| (format!("{} {}", found.rule.code(), found.at.fr), found.message.fr))
        .collect();
    let over = "voyage 1 : attendu au plus 40 foyers, trouvé 42, soit 2 de trop".to_owned();
    let tuesday =
        |date: &str, words: &str| (format!("CAPACITY tournée A1-{date} (mardi {words} 2027)"), over.clone());
    assert_eq!(said, [
        (
            "TRAVEL tournée A2-2027-01-14 (jeudi 14 janvier 2027)".to_owned(),
            "de D2 à Echo (echo) : attendu au moins 20 min de route, trouvé 19 min 30 s (09:35 à 09:54:30) ; \
             il manque 30 s"
                .to_owned()
        ),
        tuesday("2027-01-05", "5 janvier"),
        tuesday("2027-01-12", "12 janvier"),
        tuesday("2027-01-26", "26 janvier"),
        tuesday("2027-02-02", "2 février"),
    ]);
}
