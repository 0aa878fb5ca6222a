//! Turns: restrictions are obeyed, by whom they bind; local roads are no way through; barriers stop.

use tournee::traveller::{Profile, Traveller};
use tournee::units::Metres;

use super::town::{CAR, FOOT, Town};

const ROAD: &str = "highway=residential";
const BUS: Traveller = Traveller::of(Profile::Bus);

/// A block of streets, 200 m each.
///
/// ```text
///   a - b - c
///       |   |
///   s - d - e - f
///       |   |
///       g - t - h
/// ```
fn block() -> Town {
    Town::draw(
        "
        a   b   c
        .
        s   d   e   f
        .
            g   t   h
        ",
    )
    .ways(&["ab", "bc", "sd", "de", "ef", "bd", "dg", "ce", "et", "gt", "th"], ROAD)
}

#[test]
fn without_a_restriction_the_shortest_way_is_taken() {
    let town = block().build();
    assert_eq!(town.route(&CAR, 's', 'g'), Some("sdg".into()));
    assert_eq!(town.travel(&CAR, 's', 'g').map(|travel| travel.metres), Some(Metres(400)));
}

#[test]
fn a_forbidden_turn_makes_a_detour() {
    let town = block().restriction("sd", "d", "dg", "restriction=no_right_turn").build();
    assert_eq!(town.route(&CAR, 's', 'g'), Some("sdetg".into()));
    assert_eq!(town.route(&FOOT, 's', 'g'), Some("sdg".into()), "people on foot do not mind");
}

#[test]
fn an_only_turn_forbids_the_others() {
    let town = block().restriction("sd", "d", "de", "restriction=only_straight_on").build();
    assert_eq!(town.route(&CAR, 's', 'g'), Some("sdetg".into()));
    assert_eq!(town.route(&CAR, 's', 'b'), Some("sdecb".into()));
}

#[test]
fn a_restriction_binds_those_it_names() {
    let except = block().restriction("sd", "d", "dg", "restriction=no_right_turn except=hgv;psv").build();
    assert_eq!(except.route(&CAR, 's', 'g'), Some("sdetg".into()));
    assert_eq!(except.route(&BUS, 's', 'g'), Some("sdg".into()));
    let heavy = block().restriction("sd", "d", "dg", "restriction:hgv=no_right_turn").build();
    assert_eq!(heavy.route(&CAR, 's', 'g'), Some("sdg".into()));
    assert_eq!(heavy.route(&BUS, 's', 'g'), Some("sdetg".into()));
    let each = "restriction=no_right_turn restriction:hgv=only_right_turn";
    let each = block().restriction("sd", "d", "dg", each).build();
    assert_eq!(each.route(&CAR, 's', 'g'), Some("sdetg".into()), "forbidden to some");
    assert_eq!(each.route(&BUS, 's', 'e'), Some("sdgte".into()), "and prescribed to others");
}

#[test]
fn a_restriction_of_some_days_holds_on_those_days() {
    let route = |tags: &str, who: Traveller, month: Option<i8>| {
        let date = month.map(|month| jiff::civil::date(2027, month, 15));
        let town = block().restriction("sd", "d", "dg", tags).build();
        town.route(&Traveller { date, ..who }, 's', 'g').expect("a way") == "sdg"
    };
    let cases = [
        // tags, whether one turns in January, in July, on no date
        ("restriction:conditional=no_right_turn@(Nov-Apr)", [false, true, true]),
        ("restriction:conditional=only_straight_on@(Nov-Apr)", [true, true, true]),
        ("restriction:conditional=no_right_turn@(07:00-09:00)", [true, true, true]),
        ("restriction:conditional=no_right_turn@(Mo-Fr);no_right_turn@(May-Oct)", [true, false, true]),
        ("restriction:conditional=none@(Nov-Apr) restriction=no_right_turn", [false, false, false]),
        ("restriction:hgv:conditional=no_right_turn@(Nov-Apr)", [true, true, true]),
        ("restriction:conditional=no_right_turn@(Nov-Apr) except=motorcar", [true, true, true]),
    ];
    for (tags, expected) in cases {
        let found = [Some(1), Some(7), None].map(|month| route(tags, CAR, month));
        assert_eq!(found, expected, "{tags}");
    }
    let heavy = "restriction:hgv:conditional=no_right_turn@(Nov-Apr)";
    assert_eq!([Some(1), Some(7)].map(|month| route(heavy, BUS, month)), [false, true]);
}

/// ```text
///   b
///   |
/// s-d-e-f
///     |
///     t
/// ```
fn crossroads() -> Town {
    Town::draw(
        "
          b
        s d e f
            t
        ",
    )
    .ways(&["sd", "bd", "de", "ef", "et"], ROAD)
}

#[test]
fn a_restriction_over_a_road_binds_those_who_came_all_along_it() {
    let town = crossroads().restriction("sd", "de", "et", "restriction=no_right_turn").build();
    assert_eq!(town.route(&CAR, 's', 't'), Some("sdefet".into()), "on, round at the dead end, and back");
    assert_eq!(town.route(&CAR, 'b', 't'), Some("bdet".into()));
    let only = crossroads().restriction("sd", "de", "et", "restriction=only_right_turn").build();
    assert_eq!(only.route(&CAR, 's', 'f'), Some("sdetef".into()));
    assert_eq!(only.route(&CAR, 'b', 'f'), Some("bdef".into()));
}

#[test]
fn turning_round_takes_a_dead_end_and_time() {
    let town = crossroads().restriction("sd", "d", "bd", "restriction=no_left_turn").build();
    // t and f are dead ends, d and e are not: 100 m four times more, two turns, and some 27 s to turn round
    let route = town.route(&CAR, 's', 'b').expect("round by a dead end");
    assert!(route == "sdetedb" || route == "sdefedb", "{route}");
    let travel = town.travel(&CAR, 's', 'b').expect("round by a dead end");
    assert_eq!(travel.metres, Metres(600));
    let driven = 6.0 * 14.4;
    assert!(f64::from(travel.seconds.get()) > driven + 27.0, "{travel:?}");
}

#[test]
fn a_restriction_without_members_or_with_missing_ones_is_left_out() {
    let town = block()
        .restriction("sd", "d", "dg", "restriction=no_right_turn")
        .relation(&[], "type=restriction restriction=no_u_turn")
        .relation(
            &[("from", 999, 1), ("via", 998, 0), ("to", 997, 1)],
            "type=restriction restriction=no_u_turn",
        )
        .relation(&[("from", 1, 1), ("to", 1, 1)], "type=restriction restriction=no_u_turn");
    let summary = town.build().network.summary();
    assert_eq!((summary.restrictions, summary.broken_restrictions), (1, 3));
}

#[test]
fn one_way_streets_are_driven_one_way() {
    let ring = Town::draw(
        "
        a   b
        .
        d   c
        ",
    )
    .way("abcda", "highway=residential oneway=yes")
    .build();
    assert_eq!(ring.route(&CAR, 'b', 'a'), Some("bcda".into()));
    assert_eq!(ring.route(&FOOT, 'b', 'a'), Some("ba".into()));
}

#[test]
fn behind_on_a_one_way_street_is_once_round_the_block() {
    //   a - b - c    t lies before s on the one-way street a → b (through t and s)
    let town = Town::draw(
        "
        a t s b
        .
        d     c
        ",
    )
    .way("atsb", "highway=residential oneway=yes")
    .ways(&["bc", "cd", "da"], ROAD)
    .build();
    assert_eq!(town.route(&CAR, 't', 's'), Some("ts".into()));
    assert_eq!(town.travel(&CAR, 't', 's').map(|travel| travel.metres), Some(Metres(100)));
    assert_eq!(town.route(&CAR, 's', 't'), Some("sbcdat".into()));
    assert_eq!(town.route(&FOOT, 's', 't'), Some("st".into()));
}

#[test]
fn a_bollard_stops_cars_and_not_people() {
    //   a - b - c    a bollard at b
    //   |       |
    //   d - - - e
    let town = || {
        Town::draw(
            "
            a b c
            .
            d   e
            ",
        )
        .ways(&["abc", "ad", "de", "ec"], ROAD)
    };
    let open = town().build();
    assert_eq!(open.route(&CAR, 'a', 'c'), Some("abc".into()));
    let closed = town().node('b', "barrier=bollard").build();
    assert_eq!(closed.route(&CAR, 'a', 'c'), Some("adec".into()));
    assert_eq!(closed.route(&FOOT, 'a', 'c'), Some("abc".into()));
}

#[test]
fn a_height_bar_stops_the_tall() {
    let town = Town::draw(
        "
        a b c
        .
        d   e
        ",
    )
    .node('b', "barrier=height_restrictor maxheight=2.1")
    .ways(&["abc", "ad", "de", "ec"], ROAD)
    .build();
    let van = |height_cm| Traveller { height_cm: Some(height_cm), ..Traveller::of(Profile::Van) };
    assert_eq!(town.route(&van(200), 'a', 'c'), Some("abc".into()));
    assert_eq!(town.route(&van(250), 'a', 'c'), Some("adec".into()));
}

#[test]
fn a_narrow_gateway_stops_the_wide() {
    let town = Town::draw(
        "
        a b c
        .
        d   e
        ",
    )
    .node('b', "barrier=entrance maxwidth=2.0")
    .ways(&["abc", "ad", "de", "ec"], ROAD)
    .build();
    assert_eq!(town.route(&CAR, 'a', 'c'), Some("abc".into()), "1.9 m");
    assert_eq!(town.route(&Traveller::of(Profile::Van), 'a', 'c'), Some("adec".into()), "2.1 m");
    let narrow = Traveller { width_cm: Some(200), ..Traveller::of(Profile::Van) };
    assert_eq!(town.route(&narrow, 'a', 'c'), Some("abc".into()));
}

#[test]
fn sizes_and_dates_that_no_road_asks_for_share_what_was_worked_out() {
    let town = Town::draw("a b c").way("ab", "highway=residential maxheight=2.8").way("bc", ROAD).build();
    let van = Traveller::of(Profile::Van);
    let sized = |height_cm, width_cm| Traveller { height_cm, width_cm, weight_kg: Some(3_500), ..van };
    let simplest = |traveller: Traveller| town.network.simplest(&traveller.on(jiff::civil::date(2027, 1, 4)));
    assert_eq!(simplest(sized(Some(280), Some(230))), van);
    assert_eq!(simplest(sized(Some(281), None)), Traveller { height_cm: Some(281), ..van });
}

#[test]
fn a_low_bridge_and_a_weak_one_stop_the_tall_and_the_heavy() {
    let town = Town::draw(
        "
        a b c
        .
        d   e
        ",
    )
    .ways(&["ab"], "highway=residential maxheight=3.2")
    .ways(&["bc"], "highway=residential maxweight=3.5")
    .ways(&["ad", "de", "ec"], ROAD)
    .build();
    let of = |height_cm, weight_kg| Traveller { height_cm, weight_kg, ..Traveller::of(Profile::Van) };
    assert_eq!(town.route(&of(None, None), 'a', 'c'), Some("abc".into()));
    assert_eq!(town.route(&of(Some(320), Some(3_500)), 'a', 'c'), Some("abc".into()));
    assert_eq!(town.route(&of(Some(321), None), 'a', 'c'), Some("adec".into()));
    assert_eq!(town.route(&of(None, Some(3_501)), 'a', 'c'), Some("adec".into()));
}

#[test]
fn a_street_for_residents_is_an_end_and_never_a_way_through() {
    //   a - b - c    abc is for residents; the others go round by d and e
    let town = Town::draw(
        "
        a b c
        .
        d   e
        ",
    )
    .ways(&["ad", "de", "ec"], ROAD)
    .way("abc", "highway=residential motor_vehicle=destination")
    .build();
    assert_eq!(town.route(&CAR, 'd', 'e'), Some("de".into()));
    assert_eq!(town.route(&CAR, 'd', 'b'), Some("dab".into()), "whoever has business there may enter");
    assert_eq!(town.route(&CAR, 'b', 'e'), Some("bce".into()), "and leave");
    assert_eq!(town.route(&CAR, 'a', 'c'), Some("adec".into()), "but not pass through");
    assert_eq!(town.route(&FOOT, 'a', 'c'), Some("abc".into()));
}

#[test]
fn signals_and_signs_cost_seconds() {
    let town = |tags| Town::draw("a b c").node('b', tags).way("abc", ROAD).build();
    let seconds = |tags| town(tags).travel(&CAR, 'a', 'c').expect("straight on").seconds.get();
    // 200 m at 25 km/h: 28.8 s
    assert_eq!(seconds(""), 29);
    assert_eq!(seconds("highway=traffic_signals"), 30, "14.4 + 2 s, rounded, and 14.4 s, rounded");
    assert_eq!(seconds("highway=traffic_signals traffic_signals:direction=backward"), 28);
    assert_eq!(seconds("barrier=gate"), 88);
}
