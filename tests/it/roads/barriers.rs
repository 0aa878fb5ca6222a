//! What stands on a road, by its tags: who passes, and what it costs.

use tournee::traveller::{Profile, Traveller};

use super::town::{CAR, FOOT, Town};

const BUS: Traveller = Traveller::of(Profile::Bus);

/// The route from a to c past what stands at b, or round it.
///
/// ```text
///   a - b - c
///   |       |
///   d - - - e
/// ```
fn passes(tags: &str, who: &Traveller) -> bool {
    let town = Town::draw(
        "
        a b c
        .
        d   e
        ",
    )
    .node('b', tags)
    .ways(&["abc", "ad", "de", "ec"], "highway=residential")
    .build();
    match town.route(who, 'a', 'c').as_deref() {
        Some("abc") => true,
        Some("adec") => false,
        other => panic!("{tags}: {other:?}"),
    }
}

#[test]
fn barriers_stop_those_whom_their_tags_stop() {
    // tags, then whether a car, a bus and people on foot pass; a detour of 600 m by car is shorter than a gate's minute
    let cases = [
        ("", [true, true, true]),
        ("barrier=bollard", [false, false, true]),
        ("barrier=bollard bollard=rising", [true, true, true]),
        ("barrier=bollard motor_vehicle=yes", [true, true, true]),
        ("barrier=block", [false, false, true]),
        ("barrier=cycle_barrier", [false, false, true]),
        ("barrier=swing_gate", [false, false, true]),
        ("barrier=gate locked=yes", [false, false, true]),
        ("barrier=gate access=yes", [true, true, true]),
        ("barrier=gate access=no", [false, false, false]),
        ("barrier=gate access=no foot=yes", [false, false, true]),
        ("barrier=gate access=private", [true, true, false]),
        ("barrier=gate motor_vehicle=no", [false, false, true]),
        ("barrier=lift_gate motorcar=yes hgv=no", [true, false, true]),
        ("barrier=cattle_grid", [true, true, true]),
        ("barrier=toll_booth", [true, true, true]),
        ("barrier=border_control", [true, true, true]),
        ("barrier=entrance", [true, true, true]),
        ("barrier=kerb", [false, false, true]),
        ("barrier=kerb kerb=lowered", [true, true, true]),
        ("barrier=kerb highway=crossing", [true, true, true]),
        ("barrier=height_restrictor maxheight=2.2", [true, true, true]),
        ("barrier=entrance maxwidth=1.8", [false, false, true]),
        ("highway=crossing foot=no", [true, true, false]),
        ("highway=traffic_signals", [true, true, true]),
    ];
    for (tags, expected) in cases {
        let found = [CAR, BUS, FOOT].map(|who| passes(tags, &who));
        assert_eq!(found, expected, "{tags}");
    }
}

#[test]
fn only_a_closed_gate_costs_a_minute() {
    let seconds = |tags: &str| {
        let town = Town::draw("a b c").node('b', tags).way("abc", "highway=residential").build();
        town.travel(&CAR, 'a', 'c').expect("no way round").seconds.get()
    };
    // 200 m at 25 km/h: 28.8 s; where something costs time, 14.4 s and that, rounded, then 14.4 s, rounded.
    let cases = [
        ("barrier=gate", 88),
        ("barrier=lift_gate", 88),
        ("barrier=gate motor_vehicle=yes", 29),
        ("barrier=toll_booth", 29),
        ("highway=stop", 30),
        ("highway=give_way", 29),
    ];
    for (tags, expected) in cases {
        assert_eq!(seconds(tags), expected, "{tags}");
    }
}

#[test]
fn boats_and_car_trains_take_their_time() {
    let crossing = |tags: &str| {
        let town = Town::draw("a b c d").ways(&["ab", "cd"], "highway=residential").way("bc", tags).build();
        [CAR, FOOT].map(|who| {
            let joined = town.snap(&who, 'a').is_ok() && town.snap(&who, 'd').is_ok();
            joined.then(|| town.travel(&who, 'a', 'd')).flatten().map(|travel| travel.seconds.get())
        })
    };
    // Two streets of 100 m: 14 s each by car, 72 s on foot. The crossing of 100 m: 5 km/h is 72 s, 10 km/h 36 s.
    let cases = [
        ("route=ferry", [Some(14 + 72 + 14), Some(72 + 72 + 72)]),
        ("route=ferry duration=00:10", [Some(14 + 600 + 14), Some(72 + 600 + 72)]),
        ("route=ferry duration=PT5M", [Some(14 + 300 + 14), Some(72 + 300 + 72)]),
        ("route=shuttle_train", [Some(14 + 36 + 14), None]),
    ];
    for (tags, expected) in cases {
        assert_eq!(crossing(tags), expected, "{tags}");
    }
}
