//! Turn restrictions: what the tags of a relation forbid, to whom and when.
//!
//! References: wiki.openstreetmap.org/wiki/Relation:restriction and /Conditional_restrictions (read 2026-11). Of
//! conditional ones those count that hold for whole days of every year, as for [`super::season`].

use super::season;
use crate::network::limits::DaySet;
use crate::network::map::ProfileSet;
use crate::network::tags::Tags;
use crate::traveller::Profile;

/// What a restriction says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestrictionKind {
    /// `only_*`: no other way on. Otherwise `no_*`: this way on is forbidden.
    pub is_only: bool,
    /// Days on which it holds; none: it always does.
    pub days: Option<DaySet>,
    /// Who obeys.
    pub applies_to: ProfileSet,
}

/// The meanings of a relation with these tags: none where it restricts none of our profiles, several where it tells
/// some something else, or something else on some days.
pub fn restriction_kinds(tags: &Tags<'_>) -> Vec<RestrictionKind> {
    let mut kinds = Vec::new();
    if !is_restriction(tags) {
        return kinds;
    }
    for profile in [Profile::Van, Profile::Car, Profile::Bus] {
        if let Some(words) = words(tags, profile, "") {
            add(&mut kinds, profile, words, None);
        }
        for (words, days) in words(tags, profile, ":conditional").into_iter().flat_map(season::clauses) {
            add(&mut kinds, profile, words, Some(days));
        }
    }
    kinds
}

/// Whether a relation is a turn restriction: a cheap look before the tags are weighed.
pub fn is_restriction(tags: &Tags<'_>) -> bool {
    tags.get("type").is_some_and(|kind| kind == "restriction" || kind.starts_with("restriction:"))
}

/// What a restriction tells a profile, by its own key or by that for all of whom it is not excepted.
fn words<'a>(tags: &Tags<'a>, profile: Profile, ending: &str) -> Option<&'a str> {
    let own = |key: &&str| tags.get(&format!("restriction:{key}{ending}"));
    let of_all = || tags.get(&format!("restriction{ending}")).filter(|_| !is_excepted(tags, profile));
    keys(profile).iter().find_map(own).or_else(of_all)
}

fn add(kinds: &mut Vec<RestrictionKind>, profile: Profile, words: &str, days: Option<DaySet>) {
    let is_only = words.starts_with("only_");
    if !is_only && !words.starts_with("no_") {
        return;
    }
    let known = kinds.iter().position(|kind| kind.is_only == is_only && kind.days == days);
    let at = known.unwrap_or_else(|| {
        kinds.push(RestrictionKind { is_only, days, applies_to: ProfileSet::NONE });
        kinds.len() - 1
    });
    kinds[at].applies_to.insert(profile);
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
