//! What stands on a road: barriers, signals, signs.
//!
//! References: wiki.openstreetmap.org/wiki/Key:barrier, /Tag:highway=traffic_signals, /Tag:highway=stop (read 2026-11).
//! The seconds are those of OSRM's stock car profile.

use super::vehicle::{Admission, access_keys, admission};
use super::{foot, limits, vehicle};
use crate::network::limits::Limits;
use crate::network::map::{Delay, Faces, PROFILES, ProfileSet};
use crate::network::tags::Tags;
use crate::traveller::Profile;

/// What a node on a road does to those who pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeRules {
    /// Profiles that may not pass.
    pub closed_to: ProfileSet,
    /// The largest vehicle that passes.
    pub limits: Limits,
    /// Time that vehicles lose.
    pub delay: Delay,
}

impl NodeRules {
    /// Whether nothing stands here.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Barriers that vehicles pass without a word.
pub(super) const PASSABLE: &[&str] = &[
    "cattle_grid",
    "border_control",
    "toll_booth",
    "sally_port",
    "no",
    "entrance",
    "height_restrictor",
    "arch",
];
/// Barriers that vehicles pass after opening them.
pub(super) const GATES: &[&str] = &["gate", "lift_gate"];

pub(super) const GATE_SECONDS: u8 = 60;
pub(super) const SIGNALS_SECONDS: u8 = 2;
pub(super) const STOP_SECONDS: u8 = 2;
pub(super) const GIVE_WAY_SECONDS: u8 = 1;

/// The rules of a node with these tags.
pub fn node_rules(tags: &Tags<'_>) -> NodeRules {
    let mut closed_to = ProfileSet::NONE;
    for profile in PROFILES {
        if is_closed(tags, profile) {
            closed_to.insert(profile);
        }
    }
    NodeRules { closed_to, limits: limits(tags), delay: delay(tags) }
}

fn is_closed(tags: &Tags<'_>, profile: Profile) -> bool {
    if profile == Profile::Foot {
        return foot::ACCESS_KEYS.iter().find_map(|key| tags.get(key)).is_some_and(foot::is_refused);
    }
    match access_keys(profile).iter().find_map(|key| tags.get(key)) {
        // Said outright. A gate "for residents" opens for those who have business beyond it.
        Some(words) => admission(words) == Admission::Refused,
        None => stops_vehicles(tags),
    }
}

fn stops_vehicles(tags: &Tags<'_>) -> bool {
    let Some(barrier) = tags.get("barrier") else { return false };
    let is_flat = barrier == "kerb"
        && (matches!(tags.get("kerb"), Some("lowered" | "flush")) || tags.is("highway", "crossing"));
    let is_rising = tags.is("bollard", "rising");
    let is_locked = tags.is("locked", "yes");
    let opens =
        PASSABLE.contains(&barrier) || (GATES.contains(&barrier) && !is_locked) || is_flat || is_rising;
    !opens
}

fn delay(tags: &Tags<'_>) -> Delay {
    let is_gate = tags.get("barrier").is_some_and(|barrier| GATES.contains(&barrier));
    let is_tagged = vehicle::access_keys(Profile::Car).iter().any(|key| tags.get(key).is_some());
    if is_gate && !is_tagged {
        return Delay { seconds: GATE_SECONDS, ..Delay::default() };
    }
    let faces = |direction: Option<&str>| match direction {
        Some("forward") => Faces::Drawn,
        Some("backward") => Faces::Against,
        _ => Faces::All,
    };
    let direction = tags.get("direction");
    let signals = tags.get_suffixed("traffic_signals", "direction").or(direction);
    match tags.get("highway") {
        Some("traffic_signals") => Delay { seconds: SIGNALS_SECONDS, faces: faces(signals), is_sign: false },
        Some("stop") if tags.is("stop", "minor") => {
            Delay { seconds: STOP_SECONDS, faces: Faces::Minor, is_sign: true }
        }
        Some("stop") => Delay { seconds: STOP_SECONDS, faces: faces(direction), is_sign: true },
        Some("give_way") => Delay { seconds: GIVE_WAY_SECONDS, faces: faces(direction), is_sign: true },
        _ => Delay::default(),
    }
}
