//! What is said of a point that no usable road reaches.

use geo::Point;

use crate::diagnostics::{Code, Diagnostic, Location, Text};
use crate::network::SnapError;
use crate::text;
use crate::traveller::{Profile, Traveller};
use crate::units::Metres;

/// The point is farther from a usable road than the limit.
pub const TOO_FAR: Code = Code("C001");
/// The point is on a part of the roads that the rest can't reach.
pub const OTHER_ISLAND: Code = Code("C002");
/// The road file has no road for a traveller.
pub const NO_ROAD: Code = Code("C003");
/// Vehicles come to the point, but people by car or on foot do not.
pub const OUT_OF_REACH: Code = Code("C004");

/// From this distance on the roads are probably those of another territory.
const ELSEWHERE: Metres = Metres(50_000);

/// What a point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Depot,
    Stop,
    Place,
    Site,
}

impl Kind {
    /// With its article and the name the user gave: `le dépôt « D1 »`.
    fn named(self, id: &str) -> Text {
        match self {
            Self::Depot => text!("le dépôt « {id} »", "depot `{id}`"),
            Self::Stop => text!("l'arrêt « {id} »", "stop `{id}`"),
            Self::Place => text!("le lieu « {id} »", "place `{id}`"),
            Self::Site => text!("le point d'aide « {id} »", "aid site `{id}`"),
        }
    }
}

/// A point of the user's tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    pub kind: Kind,
    pub id: &'a str,
    pub at: Point,
    pub row: &'a Location,
}

/// An error for a point that `traveller` can't come to; none where [`no_road_at_all`] has said it for all points.
pub(super) fn off_road(
    spot: &Spot<'_>,
    traveller: &Traveller,
    error: SnapError,
    limit: Metres,
) -> Option<Diagnostic> {
    let who = who(traveller);
    let named = spot.kind.named(spot.id);
    let (fr, en) = (&named.fr, &named.en);
    let at = position(spot.at);
    match error {
        SnapError::TooFar { nearest: None } => None,
        SnapError::TooFar { nearest: Some(nearest) } => {
            let limit = length(limit);
            let distance = length(nearest);
            Some(Diagnostic::error(
                TOO_FAR,
                spot.row.clone(),
                Text {
                    fr: format!("un point à {} au plus d'une route ouverte à {}", limit.fr, who.fr),
                    en: format!("a point within {} of a road open to {}", limit.en, who.en),
                },
                Text {
                    fr: format!("{fr} en {}, à {} de la plus proche", at.fr, distance.fr),
                    en: format!("{en} at {}, {} from the nearest", at.en, distance.en),
                },
                too_far_help(nearest),
            ))
        }
        SnapError::OtherIsland { nearest } => {
            let distance = length(nearest);
            Some(Diagnostic::error(
                OTHER_ISLAND,
                spot.row.clone(),
                Text {
                    fr: format!("un point relié par la route au reste du réseau pour {}", who.fr),
                    en: format!("a point that roads open to {} join to the rest of the network", who.en),
                },
                Text {
                    fr: format!(
                        "{fr} en {}, sur une île ou un tronçon isolé, à {} du réseau",
                        at.fr, distance.fr
                    ),
                    en: format!(
                        "{en} at {}, on an island or a cut-off road, {} from the network",
                        at.en, distance.en
                    ),
                },
                text!(
                    "vérifiez `lon` et `lat` ; si le point est juste, on ne peut pas y aller et en revenir par ces \
                     routes : déplacez-le, ou retirez la ligne",
                    "check `lon` and `lat`; if the point is right, nobody can drive there and back on these roads: \
                     move it, or remove the row"
                ),
            ))
        }
    }
}

/// An error for roads that hold none for `traveller`.
pub(super) fn no_road_at_all(traveller: &Traveller) -> Diagnostic {
    let who = who(traveller);
    Diagnostic::error(
        NO_ROAD,
        Location::file("scenario.toml").at_column("roads.source"),
        Text { fr: format!("des routes ouvertes à {}", who.fr), en: format!("roads open to {}", who.en) },
        text!("aucune dans ce fichier de routes", "none in this road file"),
        text!(
            "prenez un extrait OpenStreetMap complet (avec ses rues et ses routes), ou `source = \"sketch\"`",
            "use a full OpenStreetMap extract (with its streets and roads), or `source = \"sketch\"`"
        ),
    )
}

/// A warning for a point that antennas come to and some households can't.
pub(super) fn out_of_reach(
    spot: &Spot<'_>,
    traveller: &Traveller,
    error: SnapError,
    limit: Metres,
) -> Diagnostic {
    let named = spot.kind.named(spot.id);
    let (fr, en) = (&named.fr, &named.en);
    let (how_fr, how_en) = match traveller.profile {
        Profile::Foot => ("à pied", "on foot"),
        Profile::Van | Profile::Car | Profile::Bus => ("en voiture", "by car"),
    };
    let limit = length(limit);
    let found = match error {
        SnapError::TooFar { nearest: None } => {
            text!("{fr} : aucune {how_fr} dans ces routes", "{en}: none {how_en} among these roads")
        }
        SnapError::TooFar { nearest: Some(nearest) } | SnapError::OtherIsland { nearest } => {
            let distance = length(nearest);
            Text {
                fr: format!("{fr}, à {} de la plus proche", distance.fr),
                en: format!("{en}, {} from the nearest", distance.en),
            }
        }
    };
    Diagnostic::warning(
        OUT_OF_REACH,
        spot.row.clone(),
        Text {
            fr: format!("une route praticable {how_fr} à {} au plus", limit.fr),
            en: format!("a road usable {how_en} within {}", limit.en),
        },
        found,
        text!(
            "personne n'y est compté {how_fr} ; déplacez le point si c'est une erreur",
            "nobody is counted there {how_en}; move the point if that is a mistake"
        ),
    )
}

fn too_far_help(nearest: Metres) -> Text {
    if nearest >= ELSEWHERE {
        return text!(
            "vérifiez `lon` et `lat` ; s'ils sont justes, ces routes sont celles d'un autre territoire : prenez un \
             fichier qui couvre ce point",
            "check `lon` and `lat`; if they are right, these roads are those of another territory: use a file that \
             covers this point"
        );
    }
    text!(
        "vérifiez `lon` et `lat` (un point en mer ?) ; s'ils sont justes, rapprochez le point d'une route ou augmentez \
         `snap_metres` sous [roads]",
        "check `lon` and `lat` (a point in the sea?); if they are right, move the point to a road or raise \
         `snap_metres` under [roads]"
    )
}

/// Who travels, after "open to": `une camionnette`, `a bus of 3.2 m high and 12 t`.
fn who(traveller: &Traveller) -> Text {
    let mut words = match traveller.profile {
        Profile::Van => text!("une camionnette", "a van"),
        Profile::Car => text!("une voiture", "a car"),
        Profile::Bus => text!("un bus", "a bus"),
        Profile::Foot => text!("un piéton", "a pedestrian"),
    };
    let metres = |size: Option<u32>| size.map(|size| decimal(f64::from(size) / 100.0, "m"));
    let height = metres(traveller.height_cm).map(|size| worded(&size, "de haut", "high"));
    let width = metres(traveller.width_cm).map(|size| worded(&size, "de large", "wide"));
    let length = metres(traveller.length_cm).map(|size| worded(&size, "de long", "long"));
    let weight = traveller.weight_kg.map(|weight| decimal(f64::from(weight) / 1000.0, "t"));
    let sizes: Vec<Text> = [height, width, length, weight].into_iter().flatten().collect();
    for (index, size) in sizes.iter().enumerate() {
        let (fr, en) = match index {
            0 => (" de ", " of "),
            _ if index + 1 < sizes.len() => (", ", ", "),
            _ => (" et ", " and "),
        };
        words.fr += fr;
        words.fr += &size.fr;
        words.en += en;
        words.en += &size.en;
    }
    words
}

fn worded(size: &Text, fr: &str, en: &str) -> Text {
    Text { fr: format!("{} {fr}", size.fr), en: format!("{} {en}", size.en) }
}

/// As typed in degrees, longitude first: `4.5, 47.2`.
fn position(at: Point) -> Text {
    Text::same(format!("{}, {}", at.x(), at.y()))
}

/// `850 m`, `4.2 km`.
fn length(metres: Metres) -> Text {
    if metres < Metres(1000) {
        Text::same(format!("{} m", metres.get()))
    } else {
        decimal(metres.kilometres(), "km")
    }
}

/// At most one decimal, and in French with a comma.
fn decimal(value: f64, unit: &str) -> Text {
    let en = format!("{value:.1}");
    let en = en.strip_suffix(".0").unwrap_or(&en);
    let fr = en.replace('.', ",");
    Text { fr: format!("{fr} {unit}"), en: format!("{en} {unit}") }
}
