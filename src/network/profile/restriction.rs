//! Turn restrictions: what the tags of a relation forbid, and to whom.
//!
//! Reference: wiki.openstreetmap.org/wiki/Relation:restriction (read 2026-11). Conditional ones, which hold at some
//! hours only, are left out: the network has no hours.

use crate::network::map::ProfileSet;
use crate::network::tags::Tags;
use crate::traveller::Profile;

/// What a restriction says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestrictionKind {
    /// `only_*`: no other way on. Otherwise `no_*`: this way on is forbidden.
    pub is_only: bool,
    /// Who obeys.
    pub applies_to: ProfileSet,
}

/// The meaning of a relation with these tags, `None` where it restricts none of our profiles.
pub fn restriction_kind(tags: &Tags<'_>) -> Option<RestrictionKind> {
    let is_restriction =
        tags.get("type").is_some_and(|kind| kind == "restriction" || kind.starts_with("restriction:"));
    if !is_restriction {
        return None;
    }
    let mut applies_to = ProfileSet::NONE;
    let mut is_only = false;
    for profile in [Profile::Van, Profile::Car, Profile::Bus] {
        let own = keys(profile).iter().find_map(|key| tags.get_suffixed("restriction", key));
        let Some(words) = own.or_else(|| tags.get("restriction").filter(|_| !is_excepted(tags, profile)))
        else {
            continue;
        };
        if words.starts_with("only_") || words.starts_with("no_") {
            is_only = words.starts_with("only_");
            applies_to.insert(profile);
        }
    }
    (applies_to != ProfileSet::NONE).then_some(RestrictionKind { is_only, applies_to })
}

/// How `restriction:KEY` and `except=KEY` name a profile.
const fn keys(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Van => &["goods", "motorcar", "motor_vehicle", "vehicle"],
        Profile::Car | Profile::Foot => &["motorcar", "motor_vehicle", "vehicle"],
        Profile::Bus => &["tourist_bus", "hgv", "motor_vehicle", "vehicle"],
    }
}

fn is_excepted(tags: &Tags<'_>, profile: Profile) -> bool {
    tags.get("except").is_some_and(|who| who.split(';').any(|one| keys(profile).contains(&one.trim())))
}
