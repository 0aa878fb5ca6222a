//! Tags to access and speed, as a traveller meets them: one street from a to b, and who may go along it how fast.

use tournee::network::{Access, Way, rules_table};
use tournee::traveller::{Profile, Traveller};

use super::town::Town;

/// km/h along a street with these tags, there and back; none where one may not, or where it is no part of the network.
fn speeds(tags: &str, profile: Profile) -> [Option<f64>; 2] {
    speeds_of(tags, &Traveller::of(profile), &[])
}

/// The same for a traveller, where classes have other speeds.
fn speeds_of(tags: &str, traveller: &Traveller, classes: &[(&str, f64)]) -> [Option<f64>; 2] {
    let built = Town::draw("a b").way("ab", tags).way("ba", "highway=service foot=no").build();
    let network = built.network.with_speeds(classes);
    let map = network.map();
    // The street is the one drawn from the west; the other only keeps the town from being empty.
    let is_street = |segment: &u32| {
        let (tail, head) = map.ends(Way::new(*segment, false));
        map.graph[tail].at.lon < map.graph[head].at.lon
    };
    let Some(street) = (0..map.segment_count()).find(is_street) else { return [None; 2] };
    [false, true].map(|against| {
        let lane = map.lane(Way::new(street, against), traveller);
        (lane.access != Access::No).then(|| f64::from(lane.speed) / 100.0)
    })
}

#[test]
fn cars_drive_where_and_as_fast_as_the_tags_say() {
    let both = |kmh: f64| [Some(kmh); 2];
    let there = |kmh: f64| [Some(kmh), None];
    let cases = [
        ("highway=motorway", there(90.0)),
        // two-way roads without a sign: 80 % of France's 80 km/h
        ("highway=motorway oneway=no", both(64.0)),
        ("highway=trunk oneway=yes", there(85.0)),
        ("highway=trunk", both(64.0)),
        ("highway=primary", both(64.0)),
        ("highway=secondary", both(55.0)),
        ("highway=primary maxspeed=90", both(72.0)),
        ("highway=primary maxspeed=FR:motorway", both(104.0)),
        ("highway=primary maxspeed=walk", both(5.6)),
        ("highway=primary maxspeed=signals", both(64.0)),
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
fn signs_stop_vehicles_that_are_too_large() {
    let van = Traveller::of(Profile::Van);
    let open = [Some(25.0); 2];
    let (high, wide, long, heavy) = (
        Traveller { height_cm: Some(281), ..van },
        Traveller { width_cm: Some(231), ..van },
        Traveller { length_cm: Some(701), ..van },
        Traveller { weight_kg: Some(3_501), ..van },
    );
    let cases = [
        ("maxheight=2.8", high),
        ("maxheight:physical=2.8 maxheight=3.5", high),
        ("maxheight:physical=default maxheight=2.8", high),
        ("maxwidth=2.3", wide),
        ("maxwidth:physical=2.3 maxwidth=2.6", wide),
        ("maxlength=7", long),
        ("maxlength=7 maxheight=3.5", long),
        ("maxweight=3.5", heavy),
        ("maxweightrating=3.5", heavy),
    ];
    for (tags, too_large) in cases {
        let tags = format!("highway=residential {tags}");
        assert_eq!(speeds_of(&tags, &too_large, &[]), [None; 2], "{tags}");
        assert_eq!(speeds_of(&tags, &van, &[]), open, "{tags}: a van without sizes");
        let smaller = Traveller {
            height_cm: too_large.height_cm.map(|size| size - 1),
            width_cm: too_large.width_cm.map(|size| size - 1),
            length_cm: too_large.length_cm.map(|size| size - 1),
            weight_kg: too_large.weight_kg.map(|size| size - 1),
            ..van
        };
        assert_eq!(speeds_of(&tags, &smaller, &[]), open, "{tags}: what the sign allows");
        assert_eq!(speeds_of(&tags, &Traveller::of(Profile::Foot), &[]), [Some(5.0); 2], "{tags}");
    }
}

#[test]
fn a_pass_is_closed_in_its_season_and_open_in_the_other() {
    let january = jiff::civil::date(2027, 1, 15);
    let july = jiff::civil::date(2027, 7, 15);
    let pass = |tags: &str, profile, date| {
        let tags = format!("highway=secondary {tags}");
        speeds_of(&tags, &Traveller { date, ..Traveller::of(profile) }, &[]) != [None; 2]
    };
    let cases = [
        // tags, car in January, car in July, walker in January
        ("access:conditional=no@(Nov-Apr)", [false, true, false]),
        ("motor_vehicle:conditional=no@(Nov-Apr)", [false, true, true]),
        ("vehicle:conditional=no@(Nov-Apr);no@(Mo-Fr)", [false, true, true]),
        ("motor_vehicle:conditional=no@(Nov-Apr) motorcar=yes", [true, true, true]),
        ("motor_vehicle=no motor_vehicle:conditional=yes@(May-Oct)", [false, true, true]),
        ("motor_vehicle=no motor_vehicle:conditional=no@(May-Oct)", [false, false, true]),
        ("access:conditional=no@(22:00-06:00)", [true, true, true]),
        ("access:conditional=no@snow", [true, true, true]),
        ("hgv:conditional=no@(Nov-Apr)", [true, true, true]),
        ("opening_hours=May-Oct", [false, true, false]),
        ("opening_hours=24/7", [true, true, true]),
        ("seasonal=summer", [false, true, false]),
        ("seasonal=yes", [true, true, true]),
    ];
    for (tags, [car_january, car_july, foot_january]) in cases {
        assert_eq!(pass(tags, Profile::Car, Some(january)), car_january, "{tags}, January");
        assert_eq!(pass(tags, Profile::Car, Some(july)), car_july, "{tags}, July");
        assert_eq!(pass(tags, Profile::Foot, Some(january)), foot_january, "{tags}, on foot");
        let ever = car_january || car_july;
        assert_eq!(pass(tags, Profile::Car, None), ever, "{tags}, whenever");
    }
    assert!(!pass("hgv:conditional=no@(Nov-Apr)", Profile::Bus, Some(january)));
}

#[test]
fn a_class_may_have_another_speed_where_no_limit_is_mapped() {
    let car = Traveller::of(Profile::Car);
    let cases = [
        ("highway=primary", [Some(70.0); 2]),
        ("highway=primary maxspeed=50", [Some(40.0); 2]),
        ("highway=primary maxspeed:forward=50", [Some(40.0), Some(70.0)]),
        ("highway=primary surface=gravel", [Some(40.0); 2]),
        ("highway=secondary", [Some(55.0); 2]),
        ("highway=motorway", [Some(90.0), None]),
    ];
    for (tags, expected) in cases {
        assert_eq!(speeds_of(tags, &car, &[("primary", 70.0), ("moon", 1.0)]), expected, "{tags}");
    }
    let bus = Traveller::of(Profile::Bus);
    assert_eq!(speeds_of("highway=trunk", &bus, &[("trunk", 100.0)]), [Some(80.0); 2]);
    let foot = Traveller::of(Profile::Foot);
    assert_eq!(speeds_of("highway=primary", &foot, &[("primary", 70.0)]), [Some(5.0); 2]);
}

#[test]
fn the_classes_of_the_settings_are_those_of_the_roads() {
    let section = tournee::tables::schema::SECTIONS.iter().find(|section| section.name == "roads.speeds");
    let keys = section.expect("a section").keys.iter().map(|key| (key.name, key.example.parse().ok()));
    let classes = tournee::network::CLASS_SPEEDS.iter().map(|(class, kmh)| (*class, Some(*kmh)));
    assert!(keys.eq(classes));
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
