//! Tags to access and speed, as a traveller meets them: one street from a to b, and who may go along it how fast.

use tournee::network::{Access, Way, rules_table};
use tournee::traveller::{Profile, Traveller};

use super::town::Town;

/// km/h along a street with these tags, there and back; none where one may not, or where it is no part of the network.
fn speeds(tags: &str, profile: Profile) -> [Option<f64>; 2] {
    let built = Town::draw("a b").way("ab", tags).way("ba", "highway=service foot=no").build();
    let map = built.network.map();
    // The street is the one drawn from the west; the other only keeps the town from being empty.
    let is_street = |segment: &u32| {
        let (tail, head) = map.ends(Way::new(*segment, false));
        map.graph[tail].at.lon < map.graph[head].at.lon
    };
    let Some(street) = (0..map.segment_count()).find(is_street) else { return [None; 2] };
    let traveller = Traveller::of(profile);
    [false, true].map(|against| {
        let lane = map.lane(Way::new(street, against), &traveller);
        (lane.access != Access::No).then(|| f64::from(lane.speed) / 100.0)
    })
}

#[test]
fn cars_drive_where_and_as_fast_as_the_tags_say() {
    let both = |kmh: f64| [Some(kmh); 2];
    let there = |kmh: f64| [Some(kmh), None];
    let cases = [
        ("highway=motorway", there(90.0)),
        ("highway=motorway oneway=no", both(90.0)),
        ("highway=residential", both(25.0)),
        ("highway=residential oneway=-1", [None, Some(25.0)]),
        ("highway=residential oneway=yes oneway:motor_vehicle=no", both(25.0)),
        ("highway=residential junction=roundabout", there(25.0)),
        ("highway=residential oneway=reversible", [None; 2]),
        // limits: 80 % of what is mapped
        ("highway=residential maxspeed=30", both(24.0)),
        ("highway=primary maxspeed=FR:rural", both(64.0)),
        ("highway=primary source:maxspeed=FR:urban", both(40.0)),
        ("highway=primary maxspeed=none", both(112.0)),
        ("highway=primary maxspeed:forward=50 maxspeed:backward=70", [Some(40.0), Some(56.0)]),
        ("highway=residential maxspeed=100000", both(200.0)),
        ("highway=residential maxspeed=0.001", both(0.01)),
        // access, the most specific key first
        ("highway=residential access=no", [None; 2]),
        ("highway=residential access=no motor_vehicle=yes", both(25.0)),
        ("highway=residential motor_vehicle=yes motorcar=no", [None; 2]),
        ("highway=residential vehicle:backward=no", there(25.0)),
        ("highway=residential access=agricultural;yes", both(25.0)),
        ("highway=residential access=destination", both(25.0)),
        ("highway=residential access=strange", both(25.0)),
        // ways that only a tag opens
        ("highway=track", [None; 2]),
        ("highway=track access=yes tracktype=grade2", both(10.0)),
        ("highway=track motor_vehicle=private", [None; 2]),
        ("highway=footway access=yes", [None; 2]),
        ("highway=pedestrian motor_vehicle=yes", both(10.0)),
        ("highway=steps motor_vehicle=yes", [None; 2]),
        ("highway=construction access=yes", [None; 2]),
        ("highway=residential construction=yes", [None; 2]),
        ("highway=service service=emergency_access", [None; 2]),
        ("highway=residential area=yes", [None; 2]),
        // surfaces
        ("highway=tertiary surface=gravel maxspeed=80", both(40.0)),
        ("highway=tertiary surface=mud", both(10.0)),
        ("highway=tertiary smoothness=impassable", [None; 2]),
        // widths: a car is 1.9 m wide
        ("highway=service maxwidth=1.8", [None; 2]),
        ("highway=service maxwidth=2.0", both(15.0)),
        // boats
        ("route=ferry", both(5.0)),
        ("route=ferry motor_vehicle=no", [None; 2]),
        ("route=bus", [None; 2]),
        // 100 m in a minute
        ("route=ferry duration=00:01", both(6.0)),
    ];
    for (tags, expected) in cases {
        assert_eq!(speeds(tags, Profile::Car), expected, "{tags}");
    }
}

#[test]
fn vans_and_buses_have_keys_of_their_own() {
    let both = |kmh: f64| [Some(kmh); 2];
    let cases = [
        (Profile::Van, "highway=residential goods=no", [None; 2]),
        (Profile::Van, "highway=residential hgv=no", both(25.0)),
        (Profile::Bus, "highway=residential hgv=no", [None; 2]),
        (Profile::Bus, "highway=residential access=no bus=yes", [None; 2]),
        (Profile::Bus, "highway=residential hgv=no tourist_bus=yes", both(25.0)),
        (Profile::Bus, "highway=trunk maxspeed=110", both(80.0)),
        (Profile::Bus, "highway=service maxwidth=2.5", [None; 2]),
        (Profile::Van, "highway=service maxwidth=2.5", both(15.0)),
        (Profile::Van, "highway=service maxwidth=2.0", [None; 2]),
    ];
    for (profile, tags, expected) in cases {
        assert_eq!(speeds(tags, profile), expected, "{profile:?} {tags}");
    }
}

#[test]
fn people_walk_where_the_tags_let_them() {
    let both = [Some(5.0); 2];
    let cases = [
        ("highway=residential oneway=yes", both),
        ("highway=footway", both),
        ("highway=track", both),
        ("highway=steps", [Some(2.5); 2]),
        ("highway=steps conveying=forward", [Some(2.5), None]),
        ("highway=motorway", [None; 2]),
        ("highway=primary motorroad=yes", [None; 2]),
        ("highway=cycleway", [None; 2]),
        ("highway=cycleway foot=designated", both),
        ("highway=trunk sidewalk=right", both),
        ("highway=footway access=private", [None; 2]),
        ("highway=footway access=no foot=yes", both),
        ("highway=path foot=use_sidepath", [None; 2]),
        ("highway=residential oneway:foot=yes", [Some(5.0), None]),
        ("highway=pedestrian area=yes", both),
        ("route=ferry foot=no", [None; 2]),
    ];
    for (tags, expected) in cases {
        assert_eq!(speeds(tags, Profile::Foot), expected, "{tags}");
    }
}

#[test]
fn the_rules_in_the_documentation_are_those_of_the_code() {
    let page = include_str!("../../../docs/roads.md");
    let shown = page.split("<!-- rules -->\n").nth(1).and_then(|rest| rest.split("<!-- /rules -->").next());
    assert_eq!(shown, Some(rules_table().as_str()), "put the table of `rules_table` between the marks");
}
