//! Cars, vans and buses: where they may drive, which way and how fast.
//!
//! The tables follow the stock car profile of OSRM (github.com/Project-OSRM/osrm-backend, profiles/car.lua, read
//! 2026-11), which French analysts compare with; `docs/roads.md` lists what differs and why. The meaning of the tags
//! is that of wiki.openstreetmap.org/wiki/Key:access, /Key:oneway, /Key:maxspeed and /Key:surface (read 2026-11).

use super::measure::{centimetres, speed_kmh};
use super::{Heading, value};
use crate::network::limits::usual_width_cm;
use crate::network::map::{Access, ClassSpeed, Lane};
use crate::network::tags::Tags;
use crate::traveller::Profile;

/// km/h on average by `highway`, where no limit is mapped.
pub const CLASS_SPEEDS: &[(&str, f64)] = &[
    ("motorway", 90.0),
    ("motorway_link", 45.0),
    ("trunk", 85.0),
    ("trunk_link", 40.0),
    ("primary", 65.0),
    ("primary_link", 30.0),
    ("secondary", 55.0),
    ("secondary_link", 25.0),
    ("tertiary", 40.0),
    ("tertiary_link", 20.0),
    ("unclassified", 25.0),
    ("residential", 25.0),
    ("living_street", 10.0),
    ("service", 15.0),
];

/// km/h on roads of another class that are open to vehicles by a tag.
const OTHER_CLASS_SPEED: f64 = 10.0;
/// km/h on a ferry or a car train that states no duration.
pub(super) const FERRY_SPEEDS: &[(&str, f64)] = &[("ferry", 5.0), ("shuttle_train", 10.0)];
/// Share of a mapped limit that is driven on average.
pub(super) const LIMIT_SHARE: f64 = 0.8;
/// km/h allowed outside towns in France on roads without separate carriageways, where no sign says otherwise (code de la
/// route, art. R413-2): the limit of two-way roads on which none is mapped.
pub(super) const RURAL_LIMIT: f64 = 80.0;
/// Buses and lorries are slower than any limit for cars: speed limiters, and 80 km/h outside towns
/// (code de la route, art. R413-8 and R413-10).
pub(super) const BUS_SPEED_MAX: f64 = 80.0;

/// km/h at most, by surface, track grade and smoothness.
pub(super) const SURFACE_LIMITS: &[(&str, &str, f64)] = &[
    ("surface", "cement", 80.0),
    ("surface", "compacted", 80.0),
    ("surface", "fine_gravel", 80.0),
    ("surface", "paving_stones", 60.0),
    ("surface", "metal", 60.0),
    ("surface", "bricks", 60.0),
    ("surface", "grass", 40.0),
    ("surface", "wood", 40.0),
    ("surface", "sett", 40.0),
    ("surface", "grass_paver", 40.0),
    ("surface", "gravel", 40.0),
    ("surface", "unpaved", 40.0),
    ("surface", "ground", 40.0),
    ("surface", "dirt", 40.0),
    ("surface", "pebblestone", 40.0),
    ("surface", "tartan", 40.0),
    ("surface", "cobblestone", 30.0),
    ("surface", "clay", 30.0),
    ("surface", "earth", 20.0),
    ("surface", "stone", 20.0),
    ("surface", "rocky", 20.0),
    ("surface", "sand", 20.0),
    ("surface", "mud", 10.0),
    ("tracktype", "grade1", 60.0),
    ("tracktype", "grade2", 40.0),
    ("tracktype", "grade3", 30.0),
    ("tracktype", "grade4", 25.0),
    ("tracktype", "grade5", 20.0),
    ("smoothness", "intermediate", 80.0),
    ("smoothness", "bad", 40.0),
    ("smoothness", "very_bad", 20.0),
    ("smoothness", "horrible", 10.0),
    ("smoothness", "very_horrible", 5.0),
    ("smoothness", "impassable", 0.0),
];

/// Access keys, the most specific first: the first one that is tagged decides.
pub(super) const fn access_keys(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Car | Profile::Foot => &["motorcar", "motor_vehicle", "vehicle", "access"],
        Profile::Van => &["goods", "motorcar", "motor_vehicle", "vehicle", "access"],
        Profile::Bus => &["tourist_bus", "hgv", "motor_vehicle", "vehicle", "access"],
    }
}

/// Access values that open a road to vehicles.
pub(super) const GRANTED: &[&str] =
    &["yes", "motorcar", "motor_vehicle", "vehicle", "permissive", "designated", "hov"];
/// Access values for those who have business there.
pub(super) const ENDS: &[&str] =
    &["private", "delivery", "destination", "customers", "permit", "residents", "unknown"];
/// Access values for others.
pub(super) const REFUSED: &[&str] = &[
    "no",
    "agricultural",
    "forestry",
    "emergency",
    "psv",
    "taxi",
    "share_taxi",
    "minibus",
    "bus",
    "foot",
    "emergency_vehicle",
    "restricted",
    "military",
    "official",
    "use_sidepath",
];

/// What an access value means to a vehicle that is none of the special ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admission {
    /// Explicitly open.
    Granted,
    /// Unknown words: they do not close a road.
    Unclear,
    /// For those who have business there.
    Ends,
    /// Not for us.
    Refused,
}

/// The best of several values separated by `;`.
pub(super) fn admission(values: &str) -> Admission {
    let rank = |admission: &Admission| match admission {
        Admission::Granted => 3,
        Admission::Ends => 2,
        Admission::Refused => 1,
        Admission::Unclear => 0,
    };
    let one = |word: &str| match word {
        _ if GRANTED.contains(&word) => Admission::Granted,
        _ if ENDS.contains(&word) => Admission::Ends,
        _ if REFUSED.contains(&word) => Admission::Refused,
        _ => Admission::Unclear,
    };
    values.split(';').map(str::trim).map(one).max_by_key(rank).unwrap_or(Admission::Unclear)
}

/// Both directions of a way for one kind of vehicle.
pub(super) fn lanes(tags: &Tags<'_>, profile: Profile) -> [Lane; 2] {
    if is_blocked(tags) || is_too_narrow(tags) {
        return [Lane::CLOSED; 2];
    }
    let closed = oneway(tags, profile);
    Heading::BOTH.map(|heading| {
        if Some(heading) == closed {
            Lane::CLOSED
        } else {
            lane(tags, profile, heading, closed.is_some()).unwrap_or(Lane::CLOSED)
        }
    })
}

fn lane(tags: &Tags<'_>, profile: Profile, heading: Heading, is_oneway: bool) -> Option<Lane> {
    let highway = tags.get("highway");
    let class_speed = highway.and_then(|class| value(CLASS_SPEEDS, class));
    let tagged = heading.first_of(tags, access_keys(profile));
    let access = match tagged.map(admission) {
        Some(Admission::Refused) => return None,
        // Only a street can be for residents; a private track or a customers' footway is just closed.
        Some(Admission::Ends) if class_speed.is_none() => return None,
        Some(Admission::Ends) => Access::Local,
        _ => Access::Public,
    };
    if let Some(kmh) = tags.get("route").and_then(|route| value(FERRY_SPEEDS, route)) {
        return Some(Lane { is_endpoint: false, ..Lane::open(kmh) });
    }
    let is_private_drive = highway == Some("service") && tagged == Some("private");
    let base =
        class_speed.or_else(|| is_opened_by_tag(tags, profile, heading).then_some(OTHER_CLASS_SPEED))?;
    let limit = mapped_limit(tags, heading);
    let usual = if is_oneway { base } else { base.min(RURAL_LIMIT * LIMIT_SHARE) };
    let free = limit.map_or(usual, |limit| limit * LIMIT_SHARE);
    let kmh = free.min(bearable(tags)).min(own_most(profile));
    let has_class_speed = limit.is_none() && class_speed.is_some();
    (kmh > 0.0).then(|| Lane { access, is_endpoint: !is_private_drive, has_class_speed, ..Lane::open(kmh) })
}

/// Whether a way that is no street for cars is opened to them by a tag. On footpaths and the like a bare `access=yes`
/// speaks of people on foot.
fn is_opened_by_tag(tags: &Tags<'_>, profile: Profile, heading: Heading) -> bool {
    const MADE_FOR_CARS: &[&str] = &["track", "road"];
    let Some(highway) = tags.get("highway") else { return false };
    if matches!(highway, "steps" | "construction" | "proposed" | "corridor" | "elevator" | "platform") {
        return false;
    }
    let keys = access_keys(profile);
    let keys = if MADE_FOR_CARS.contains(&highway) { keys } else { &keys[..keys.len() - 1] };
    let opens = |words: &str| matches!(admission(words), Admission::Granted | Admission::Unclear);
    heading.first_of(tags, keys).is_some_and(opens)
}

/// The speed limit in km/h that is mapped.
fn mapped_limit(tags: &Tags<'_>, heading: Heading) -> Option<f64> {
    const LIMIT_KEYS: &[&str] = &["maxspeed:advisory", "maxspeed", "source:maxspeed", "maxspeed:type"];
    heading.first_of(tags, LIMIT_KEYS).and_then(speed_kmh)
}

/// The most that the surface bears, in km/h.
fn bearable(tags: &Tags<'_>) -> f64 {
    // Few roads have any of these: looked for once, not for each line of the table.
    let tagged =
        ["surface", "tracktype", "smoothness"].into_iter().filter_map(|key| Some((key, tags.get(key)?)));
    let limit = |(key, word): (&str, &str)| {
        let known = SURFACE_LIMITS.iter().find(|(other, value, _)| *other == key && *value == word);
        known.map(|(.., kmh)| *kmh)
    };
    tagged.filter_map(limit).fold(f64::INFINITY, f64::min)
}

/// The most that the vehicle drives, in km/h.
const fn own_most(profile: Profile) -> f64 {
    if matches!(profile, Profile::Bus) { BUS_SPEED_MAX } else { f64::INFINITY }
}

/// The class of a road, whence its speed where no limit is mapped.
pub(super) fn class_speed(tags: &Tags<'_>) -> Option<ClassSpeed> {
    let highway = tags.get("highway")?;
    let class = CLASS_SPEEDS.iter().position(|(class, _)| *class == highway)?;
    Some(ClassSpeed {
        class: class as u8,
        bearable: Lane::open(bearable(tags).min(f64::from(u16::MAX))).speed,
    })
}

/// The speed of a lane, in hundredths of km/h, where its class has another speed than the table's.
pub(super) fn speed_of_class(kmh: f64, class: ClassSpeed, profile: Profile) -> u16 {
    Lane::open(kmh.min(own_most(profile))).speed.min(class.bearable)
}

/// What closes a way to every vehicle.
fn is_blocked(tags: &Tags<'_>) -> bool {
    let is_building_site =
        tags.get("construction").is_some_and(|what| !["no", "widening", "minor"].contains(&what));
    tags.is("area", "yes")
        || tags.is("oneway", "reversible")
        || tags.is("impassable", "yes")
        || tags.is("status", "impassable")
        || tags.is("service", "emergency_access")
        || tags.is("railway", "construction")
        || is_building_site
}

/// Too narrow for a car by measure. The width of a road is rarely measured well: it is held against a car alone, as
/// OSRM does; signs are obeyed by each vehicle's own width.
fn is_too_narrow(tags: &Tags<'_>) -> bool {
    let measured = ["width", "est_width"].into_iter().find_map(|key| tags.get(key)).and_then(centimetres);
    measured.is_some_and(|width| width <= usual_width_cm(Profile::Car))
}

/// The heading that a one-way rule closes.
fn oneway(tags: &Tags<'_>, profile: Profile) -> Option<Heading> {
    let specific = access_keys(profile).iter().find_map(|key| tags.get_suffixed("oneway", key));
    match specific.or_else(|| tags.get("oneway")) {
        Some("-1" | "reverse") => Some(Heading::Drawn),
        Some("yes" | "1" | "true") => Some(Heading::Against),
        Some("no") => None,
        _ => {
            let is_implied = tags.is("highway", "motorway")
                || matches!(tags.get("junction"), Some("roundabout" | "circular"));
            is_implied.then_some(Heading::Against)
        }
    }
}
