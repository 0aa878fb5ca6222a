//! Tags to rules: who may use a road, which way, how fast; what a node does to those who pass.
//!
//! In: the tags of one object. Out: a [`WayRules`], a [`NodeRules`] or the meanings of a turn restriction. Pure.

mod foot;
mod measure;
mod node;
mod restriction;
mod season;
mod table;
mod vehicle;

use super::limits::{DaySet, Limits};
use super::map::{Access, Lane, PROFILES, Traffic, profile_index};
use super::tags::Tags;
use crate::traveller::Profile;

pub use node::{NodeRules, node_rules};
pub use restriction::{RestrictionKind, is_restriction, restriction_kinds};
pub use table::rules_table;
pub use vehicle::CLASS_SPEEDS;

/// What a way says, before its length is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WayRules {
    /// Access, speed and limits.
    pub traffic: Traffic,
    /// Time from one end to the other where the way states it (a ferry): it replaces the speeds.
    pub seconds: Option<u32>,
}

/// Whether a way may be a road at all: a cheap look before the tags are weighed.
pub fn may_be_road(tags: &Tags<'_>) -> bool {
    tags.get("highway").is_some() || matches!(tags.get("route"), Some("ferry" | "shuttle_train"))
}

/// The rules of a way with these tags, `None` where nobody may use it.
pub fn way_rules(tags: &Tags<'_>) -> Option<WayRules> {
    let mut closed_days = [DaySet::NONE; 4];
    let may_close = season::may_close(tags);
    let shut = if may_close { season::shut(tags) } else { DaySet::NONE };
    let lanes = PROFILES.map(|profile| {
        let lanes = lanes_of(tags, profile);
        if !may_close {
            return lanes;
        }
        let (lanes, days) = with_conditions(tags, profile, lanes);
        closed_days[profile_index(profile)] = days.or(shut);
        lanes
    });
    if lanes.iter().flatten().all(|lane| lane.access == Access::No) {
        return None;
    }
    let is_ever_closed = closed_days.iter().any(|days| !days.is_empty());
    let has_class_speed = lanes.iter().flatten().any(|lane| lane.has_class_speed);
    let traffic = Traffic {
        lanes,
        limits: limits(tags),
        closed_days: is_ever_closed.then(|| Box::new(closed_days)),
        class: if has_class_speed { vehicle::class_speed(tags) } else { None },
    };
    let is_boat = matches!(tags.get("route"), Some("ferry" | "shuttle_train"));
    let seconds = tags.get("duration").filter(|_| is_boat).and_then(measure::duration_seconds);
    Some(WayRules { traffic, seconds })
}

fn lanes_of(tags: &Tags<'_>, profile: Profile) -> [Lane; 2] {
    match profile {
        Profile::Foot => foot::lanes(tags),
        vehicle => vehicle::lanes(tags, vehicle),
    }
}

/// The lanes of a way whose access changes with the season, as they are when it is open, and the days on which it is
/// closed. The most specific key that is tagged decides, be it with a condition or without.
fn with_conditions(tags: &Tags<'_>, profile: Profile, usual: [Lane; 2]) -> ([Lane; 2], DaySet) {
    let is_closed = |lanes: &[Lane; 2]| lanes.iter().all(|lane| lane.access == Access::No);
    let keys = match profile {
        Profile::Foot => foot::ACCESS_KEYS,
        vehicle => vehicle::access_keys(vehicle),
    };
    let conditional = |key: &str| tags.get_suffixed(key, "conditional");
    let decides = keys.iter().find(|key| tags.get(key).is_some() || conditional(key).is_some());
    let Some((key, words)) = decides.and_then(|key| Some((*key, conditional(key)?))) else {
        return (usual, DaySet::NONE);
    };
    let mut open = usual;
    let mut closed_days = if is_closed(&usual) { DaySet::NONE.others() } else { DaySet::NONE };
    for (value, days) in season::clauses(words) {
        let then = lanes_of(&tags.with(key, value), profile);
        if is_closed(&then) {
            closed_days = closed_days.or(days);
        } else {
            closed_days = closed_days.without(days);
            open = if is_closed(&open) { then } else { open };
        }
    }
    // Closed with and without the conditions: no season opens it.
    if is_closed(&open) { (usual, DaySet::NONE) } else { (open, closed_days) }
}

/// The largest vehicle that signs let pass, on a way or at a node.
///
/// References: wiki.openstreetmap.org/wiki/Key:maxheight, /Key:maxwidth, /Key:maxlength, /Key:maxweight (read 2026-11).
fn limits(tags: &Tags<'_>) -> Limits {
    let first = |keys: &[&str], read: fn(&str) -> Option<u32>| {
        keys.iter().find_map(|key| tags.get(key).and_then(read))
    };
    let centimetres = |keys: &[&str]| {
        let limit = first(keys, measure::centimetres);
        limit.map_or(u16::MAX, |limit| u16::try_from(limit).unwrap_or(u16::MAX))
    };
    Limits {
        height_cm: centimetres(&["maxheight:physical", "maxheight"]),
        width_cm: centimetres(&["maxwidth:physical", "maxwidth"]),
        length_cm: centimetres(&["maxlength"]),
        weight_kg: first(&["maxweight", "maxweightrating"], measure::kilograms).unwrap_or(u32::MAX),
    }
}

/// Gives vehicles without a mapped limit the speed in km/h that `speeds` has for the class of the road.
pub fn set_class_speeds(traffic: &mut Traffic, speeds: &[(&str, f64)]) {
    let Some(own) = traffic.class else { return };
    let class = CLASS_SPEEDS.get(usize::from(own.class)).map(|(class, _)| *class);
    let Some((_, kmh)) = speeds.iter().find(|(name, _)| Some(*name) == class) else { return };
    for profile in PROFILES {
        let lanes = traffic.lanes[profile_index(profile)].iter_mut();
        for lane in lanes.filter(|lane| lane.has_class_speed && lane.access != Access::No) {
            lane.speed = vehicle::speed_of_class(*kmh, own, profile);
        }
    }
}

impl WayRules {
    /// The traffic of a way of this length: where a duration is stated, the speed follows from it.
    pub fn traffic_over(self, millimetres: u64) -> Traffic {
        let Some(seconds) = self.seconds else { return self.traffic };
        let kmh = millimetres as f64 * 3.6 / 1000.0 / f64::from(seconds);
        let timed = |lane: Lane| match lane.access {
            Access::No => lane,
            _ => Lane { speed: Lane::open(kmh).speed, has_class_speed: false, ..lane },
        };
        Traffic { lanes: self.traffic.lanes.map(|both| both.map(timed)), ..self.traffic }
    }
}

/// A direction of a way, and how tags name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    /// As drawn: `:forward`.
    Drawn,
    /// `:backward`.
    Against,
}

impl Heading {
    const BOTH: [Self; 2] = [Self::Drawn, Self::Against];

    /// The value of the first of `keys` that is tagged for this direction, by itself or for both.
    fn first_of<'a>(self, tags: &Tags<'a>, keys: &[&str]) -> Option<&'a str> {
        let suffix = match self {
            Self::Drawn => "forward",
            Self::Against => "backward",
        };
        keys.iter().find_map(|key| tags.get_suffixed(key, suffix).or_else(|| tags.get(key)))
    }
}

/// The number that a table gives a word.
fn value(table: &[(&str, f64)], word: &str) -> Option<f64> {
    table.iter().find(|(known, _)| *known == word).map(|(_, number)| *number)
}
