//! Tags to rules: who may use a road, which way, how fast; what a node does to those who pass.
//!
//! In: the tags of one object. Out: a [`WayRules`], a [`NodeRules`] or the meaning of a turn restriction. Pure.

mod foot;
mod measure;
mod node;
mod restriction;
mod table;
mod vehicle;

use super::map::{Access, Lane, PROFILES, Traffic};
use super::tags::Tags;
use crate::traveller::Profile;

pub use node::{NodeRules, node_rules};
pub use restriction::{RestrictionKind, restriction_kind};
pub use table::rules_table;

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
    let lanes = PROFILES.map(|profile| match profile {
        Profile::Foot => foot::lanes(tags),
        vehicle => vehicle::lanes(tags, vehicle),
    });
    if lanes.iter().flatten().all(|lane| lane.access == Access::No) {
        return None;
    }
    let first = |keys: &[&str], read: fn(&str) -> Option<u32>| {
        keys.iter().find_map(|key| tags.get(key)).and_then(read)
    };
    let traffic = Traffic {
        lanes,
        height_cm: first(&["maxheight:physical", "maxheight"], measure::centimetres),
        weight_kg: first(&["maxweight", "maxweightrating"], measure::kilograms),
        is_roundabout: matches!(tags.get("junction"), Some("roundabout" | "circular")),
    };
    let is_boat = matches!(tags.get("route"), Some("ferry" | "shuttle_train"));
    let seconds = tags.get("duration").filter(|_| is_boat).and_then(measure::duration_seconds);
    Some(WayRules { traffic, seconds })
}

impl WayRules {
    /// The traffic of a way of this length: where a duration is stated, the speed follows from it.
    pub fn traffic_over(self, millimetres: u64) -> Traffic {
        let Some(seconds) = self.seconds else { return self.traffic };
        let kmh = millimetres as f64 * 3.6 / 1000.0 / f64::from(seconds);
        let timed = |lane: Lane| match lane.access {
            Access::No => lane,
            _ => Lane { speed: Lane::open(kmh).speed, ..lane },
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
