//! The rules as a page: tables in Markdown, for `docs/roads.md`.

use std::fmt::Write as _;

use super::node::{GATE_SECONDS, GATES, GIVE_WAY_SECONDS, PASSABLE, SIGNALS_SECONDS, STOP_SECONDS};
use super::vehicle::{
    self, BUS_SPEED_MAX, CLASS_SPEEDS, FERRY_SPEEDS, LIMIT_SHARE, RURAL_LIMIT, SURFACE_LIMITS, access_keys,
};
use super::{foot, value};
use crate::traveller::Profile;

/// Speeds, access and what stands on roads, as `docs/roads.md` shows them.
pub fn rules_table() -> String {
    let mut page = String::new();
    classes(&mut page);
    surfaces(&mut page);
    access(&mut page);
    nodes(&mut page);
    page
}

fn classes(page: &mut String) {
    line(
        page,
        format_args!(
            "Average km/h by [`highway`](https://wiki.openstreetmap.org/wiki/Key:highway), a dash where a tag must open it \
             (on foot: {} only), and on {}:\n\n| `highway` | cars and vans | on foot |\n|--|--|--|",
            words(foot::OPENED_BY_TAG),
            FERRY_SPEEDS
                .iter()
                .map(|(route, kmh)| format!("`route={route}` {kmh}"))
                .collect::<Vec<_>>()
                .join(", "),
        ),
    );
    let only_on_foot = foot::CLASS_SPEEDS.iter().filter(|(class, _)| value(CLASS_SPEEDS, class).is_none());
    let classes = CLASS_SPEEDS.iter().chain(only_on_foot).map(|(class, _)| *class);
    for class in classes {
        let cell = |kmh: Option<f64>| kmh.map_or_else(|| "–".to_owned(), |kmh| kmh.to_string());
        let (drive, walk) = (value(CLASS_SPEEDS, class), value(foot::CLASS_SPEEDS, class));
        line(page, format_args!("| {class} | {} | {} |", cell(drive), cell(walk)));
    }
}

fn surfaces(page: &mut String) {
    let share = LIMIT_SHARE * 100.0;
    line(
        page,
        format_args!(
            "\nWhere a limit is mapped (`maxspeed:advisory`, `maxspeed`, `source:maxspeed`, `maxspeed:type`), {share} % of \
             it replaces the class's speed. Where none is, a road that is not one-way counts as limited to {RURAL_LIMIT} \
             km/h, as outside towns in France. Buses go at most {BUS_SPEED_MAX} km/h. At most, in km/h, by \
             [surface](https://wiki.openstreetmap.org/wiki/Key:surface), \
             [track grade](https://wiki.openstreetmap.org/wiki/Key:tracktype) and \
             [smoothness](https://wiki.openstreetmap.org/wiki/Key:smoothness):\n\n| tag | km/h |\n|--|--|"
        ),
    );
    for (key, word, kmh) in SURFACE_LIMITS {
        line(page, format_args!("| `{key}={word}` | {kmh} |"));
    }
}

fn access(page: &mut String) {
    line(
        page,
        format_args!(
            "\n[Access](https://wiki.openstreetmap.org/wiki/Key:access): the first of these keys that is tagged decides; \
             of several values the best counts, and `key:forward` and `key:backward` win over `key`.\n\n\
             | who | keys |\n|--|--|"
        ),
    );
    let vehicles = [("cars", Profile::Car), ("vans", Profile::Van), ("buses", Profile::Bus)];
    let keys = vehicles.map(|(who, profile)| (who, access_keys(profile)));
    for (who, keys) in keys.into_iter().chain([("people on foot", foot::ACCESS_KEYS)]) {
        line(page, format_args!("| {who} | {} |", words(keys)));
    }
    line(page, format_args!("\n| values | mean |\n|--|--|"));
    for (values, meaning) in [
        (vehicle::GRANTED, "open to vehicles"),
        (vehicle::ENDS, "for vehicles that begin or end there"),
        (vehicle::REFUSED, "closed to vehicles"),
        (foot::REFUSED, "closed to people on foot"),
    ] {
        line(page, format_args!("| {} | {meaning} |", words(values)));
    }
}

fn nodes(page: &mut String) {
    line(
        page,
        format_args!(
            "\nOther values close nothing. What stands on a road, for vehicles:\n\n\
             | what | effect |\n|--|--|\n\
             | `barrier` {}; a lowered kerb, a rising bollard | none |\n\
             | `barrier` {} | {GATE_SECONDS} s where no access is tagged; closed where `locked=yes` |\n\
             | any other `barrier` | closed, unless an access key opens it |\n\
             | `highway=traffic_signals` | {SIGNALS_SECONDS} s |\n\
             | `highway=stop` | {STOP_SECONDS} s |\n\
             | `highway=give_way` | {GIVE_WAY_SECONDS} s |",
            words(PASSABLE),
            words(GATES),
        ),
    );
}

fn words(all: &[&str]) -> String {
    all.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(page, "{words}").expect("memory takes everything");
}
