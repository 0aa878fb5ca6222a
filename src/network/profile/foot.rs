//! People on foot: where they may walk and how fast.
//!
//! Classes and access follow wiki.openstreetmap.org/wiki/OSM_tags_for_routing/Access_restrictions, table France (read
//! 2026-11): motorways are closed, cycle tracks are closed unless a tag opens them.

use super::{Heading, value};
use crate::network::map::{Access, Lane};
use crate::network::tags::Tags;

const WALKING: f64 = 5.0;
const STAIRS: f64 = 2.5;

/// km/h by `highway`.
pub(super) const CLASS_SPEEDS: &[(&str, f64)] = &[
    ("primary", WALKING),
    ("primary_link", WALKING),
    ("secondary", WALKING),
    ("secondary_link", WALKING),
    ("tertiary", WALKING),
    ("tertiary_link", WALKING),
    ("unclassified", WALKING),
    ("residential", WALKING),
    ("road", WALKING),
    ("living_street", WALKING),
    ("service", WALKING),
    ("track", WALKING),
    ("path", WALKING),
    ("footway", WALKING),
    ("pedestrian", WALKING),
    ("bridleway", WALKING),
    ("corridor", WALKING),
    ("platform", WALKING),
    ("steps", STAIRS),
];

/// Classes that only a tag opens.
pub(super) const OPENED_BY_TAG: &[&str] = &["trunk", "trunk_link", "cycleway"];

/// Access keys, the most specific first.
pub(super) const ACCESS_KEYS: &[&str] = &["foot", "access"];

/// Access values that close a way to people on foot.
pub(super) const REFUSED: &[&str] =
    &["no", "private", "agricultural", "forestry", "delivery", "use_sidepath", "military", "restricted"];

/// Whether an access value closes a way, or a passage, to people on foot.
pub(super) fn is_refused(values: &str) -> bool {
    values.split(';').all(|word| REFUSED.contains(&word.trim()))
}

/// Both directions of a way.
pub(super) fn lanes(tags: &Tags<'_>) -> [Lane; 2] {
    let closed = oneway(tags);
    Heading::BOTH.map(|heading| {
        if Some(heading) == closed { Lane::CLOSED } else { lane(tags, heading).unwrap_or(Lane::CLOSED) }
    })
}

fn lane(tags: &Tags<'_>, heading: Heading) -> Option<Lane> {
    let admission = heading.first_of(tags, ACCESS_KEYS);
    if admission.is_some_and(is_refused) || tags.is("railway", "construction") {
        return None;
    }
    if tags.is("route", "ferry") {
        return Some(Lane { is_endpoint: false, ..Lane::open(WALKING) });
    }
    let highway = tags.get("highway")?;
    let is_named = heading.first_of(tags, &["foot"]).is_some()
        || tags.get("sidewalk").is_some_and(|side| side != "no" && side != "none" && side != "separate");
    let opened = (is_named && OPENED_BY_TAG.contains(&highway)).then_some(WALKING);
    let kmh = value(CLASS_SPEEDS, highway).filter(|_| !tags.is("motorroad", "yes")).or(opened)?;
    Some(Lane { access: Access::Public, ..Lane::open(kmh) })
}

/// The heading closed to people on foot: an escalator's, or one that a tag names.
fn oneway(tags: &Tags<'_>) -> Option<Heading> {
    match (tags.get("oneway:foot"), tags.get("conveying")) {
        (Some("yes" | "1"), _) | (None, Some("forward")) => Some(Heading::Against),
        (Some("-1"), _) | (None, Some("backward")) => Some(Heading::Drawn),
        _ => None,
    }
}
