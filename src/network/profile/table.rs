//! The rules as a page: tables in Markdown, for `docs/roads.md`.

use std::fmt::Write as _;

use super::vehicle::{CLASS_SPEEDS, LIMIT_SHARE, RURAL_LIMIT, SURFACE_LIMITS};
use super::{foot, value};

/// Speeds by class and surface, as `docs/roads.md` shows them.
pub fn rules_table() -> String {
    let mut page = String::from(
        "Average km/h by [`highway`](https://wiki.openstreetmap.org/wiki/Key:highway), a dash where a tag must open it:\n\n\
         | `highway` | cars and vans | on foot |\n|--|--|--|\n",
    );
    let only_on_foot = foot::CLASS_SPEEDS.iter().filter(|(class, _)| value(CLASS_SPEEDS, class).is_none());
    let classes = CLASS_SPEEDS.iter().chain(only_on_foot).map(|(class, _)| *class);
    for class in classes {
        let cell = |kmh: Option<f64>| kmh.map_or_else(|| "–".to_owned(), |kmh| kmh.to_string());
        let (drive, walk) = (value(CLASS_SPEEDS, class), value(foot::CLASS_SPEEDS, class));
        line(&mut page, format_args!("| {class} | {} | {} |", cell(drive), cell(walk)));
    }
    let share = LIMIT_SHARE * 100.0;
    line(&mut page, format_args!(""));
    line(
        &mut page,
        format_args!(
            "Where a limit is mapped (`maxspeed:advisory`, `maxspeed`, `source:maxspeed`, `maxspeed:type`), {share} % of \
             it replaces the class's speed. Where none is, a road that is not one-way counts as limited to {RURAL_LIMIT} \
             km/h, as outside towns in France. Buses go at most 80 km/h. At most, in km/h, by \
             [surface](https://wiki.openstreetmap.org/wiki/Key:surface), \
             [track grade](https://wiki.openstreetmap.org/wiki/Key:tracktype) and \
             [smoothness](https://wiki.openstreetmap.org/wiki/Key:smoothness):\n\n| tag | km/h |\n|--|--|"
        ),
    );
    for (key, word, kmh) in SURFACE_LIMITS {
        line(&mut page, format_args!("| `{key}={word}` | {kmh} |"));
    }
    page
}

fn line(page: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(page, "{words}").expect("memory takes everything");
}
