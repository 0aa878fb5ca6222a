//! What is wrong with a road file, in words. Codes are described in `docs/diagnostics.md`.

use std::path::Path;

use super::islands::Island;
use super::pbf::Fault;
use crate::diagnostics::{Code, Diagnostic, Location, Text};
use crate::text;

pub(super) const NOT_ROADS: Code = Code("N001");
pub(super) const CUT: Code = Code("N002");
pub(super) const DAMAGED: Code = Code("N003");
pub(super) const TOO_LARGE: Code = Code("N004");
pub(super) const COMPRESSION: Code = Code("N005");
pub(super) const FEATURE: Code = Code("N006");
pub(super) const NO_ROADS: Code = Code("N007");
pub(super) const OTHER_VERSION: Code = Code("N008");
pub(super) const PREPARED_DAMAGED: Code = Code("N009");
pub(super) const ISLAND: Code = Code("N010");
pub(super) const BROKEN_WAYS: Code = Code("N011");

fn location(path: &Path) -> Location {
    Location::file(&path.display().to_string())
}

fn expected_pbf() -> Text {
    text!("un fichier OpenStreetMap `.osm.pbf` entier", "a whole OpenStreetMap `.osm.pbf` file")
}

fn download_again() -> Text {
    text!(
        "téléchargez le fichier à nouveau et comparez sa taille à celle qu'annonce le site",
        "download the file again and compare its size with the one the site states"
    )
}

/// What a file that is no road file looks like.
pub(super) fn not_roads(path: &Path, head: &[u8]) -> Diagnostic {
    let starts = |magic: &[u8]| head.starts_with(magic);
    let text_start = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let (found, help) = if head.is_empty() {
        (text!("un fichier vide", "an empty file"), download_again())
    } else if text_start.starts_with("<!doctype html") || text_start.starts_with("<html") {
        let help = text!(
            "c'est sans doute la page d'un site : téléchargez le fichier `.osm.pbf` qu'elle propose",
            "this is probably a page of a site: download the `.osm.pbf` file it offers"
        );
        (text!("une page web", "a web page"), help)
    } else if text_start.starts_with("<?xml") || text_start.starts_with("<osm") {
        let help = text!(
            "convertissez-le : `osmium cat FICHIER -o routes.osm.pbf`",
            "convert it: `osmium cat FILE -o roads.osm.pbf`"
        );
        (text!("un fichier XML", "an XML file"), help)
    } else if starts(&[0x1f, 0x8b]) || starts(b"BZh") || starts(b"PK\x03\x04") || starts(b"7z\xbc\xaf") {
        let help = text!(
            "décompressez-la, et convertissez le fichier `.osm` qu'elle contient en `.osm.pbf` (`osmium cat`)",
            "unpack it, and convert the `.osm` file inside to `.osm.pbf` (`osmium cat`)"
        );
        (text!("une archive compressée", "a compressed archive"), help)
    } else {
        let help = text!(
            "prenez un extrait `.osm.pbf` (par exemple chez Geofabrik), ou un réseau préparé par `tournee roads build`",
            "take an `.osm.pbf` extract (from Geofabrik for instance), or a network prepared by `tournee roads build`"
        );
        (text!("un fichier d'une autre nature", "a file of another kind"), help)
    };
    let expected = text!(
        "un fichier OpenStreetMap `.osm.pbf` ou un réseau préparé",
        "an OpenStreetMap `.osm.pbf` file or a prepared network"
    );
    Diagnostic::error(NOT_ROADS, location(path), expected, found, help)
}

/// What the reader of PBF files ran into, at byte `at`.
pub(super) fn fault(path: &Path, fault: &Fault, at: u64) -> Diagnostic {
    let at_place = location(path);
    match fault {
        Fault::Cut => {
            let found = text!(
                "un fichier coupé : le bloc qui commence à l'octet {at} n'est pas entier",
                "a file cut short: the block that begins at byte {at} is not whole"
            );
            Diagnostic::error(CUT, at_place, expected_pbf(), found, download_again())
        }
        Fault::Damaged => {
            let found = text!(
                "un bloc illisible à l'octet {at} : le fichier est abîmé",
                "an unreadable block at byte {at}: the file is damaged"
            );
            Diagnostic::error(DAMAGED, at_place, expected_pbf(), found, download_again())
        }
        Fault::TooLarge => {
            let expected = text!(
                "des blocs de 32 Mio au plus, comme le veut le format",
                "blocks of at most 32 MiB, as the format has it"
            );
            let found = text!(
                "un bloc à l'octet {at} qui se dit plus grand",
                "a block at byte {at} that claims to be larger"
            );
            Diagnostic::error(TOO_LARGE, at_place, expected, found, download_again())
        }
        Fault::Compression(name) => {
            let expected = text!(
                "des blocs comprimés par zlib ou lz4, ou non comprimés",
                "blocks compressed with zlib or lz4, or not at all"
            );
            let found = text!("des blocs comprimés par {name}", "blocks compressed with {name}");
            let help = text!(
                "réécrivez le fichier : `osmium cat FICHIER -o routes.osm.pbf`",
                "write the file anew: `osmium cat FILE -o roads.osm.pbf`"
            );
            Diagnostic::error(COMPRESSION, at_place, expected, found, help)
        }
        Fault::Feature(name) => {
            let name: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
            let expected = text!(
                "un fichier de données courantes (`OsmSchema-V0.6`, `DenseNodes`)",
                "a file of current data (`OsmSchema-V0.6`, `DenseNodes`)"
            );
            let found = text!("un fichier qui exige « {name} »", "a file that requires `{name}`");
            let help = text!(
                "prenez un extrait sans historique (`osmium time-filter` en tire un d'un fichier d'historique)",
                "take an extract without history (`osmium time-filter` makes one of a history file)"
            );
            Diagnostic::error(FEATURE, at_place, expected, found, help)
        }
    }
}

/// A well-formed file in which nobody can drive or walk.
pub(super) fn no_roads(path: &Path) -> Diagnostic {
    Diagnostic::error(
        NO_ROADS,
        location(path),
        text!("des routes", "roads"),
        text!(
            "aucune voie utilisable dont les points soient dans le fichier",
            "no usable way whose points are in the file"
        ),
        text!(
            "vérifiez que l'extrait contient les voies `highway` et leurs nœuds, et qu'il couvre votre territoire",
            "check that the extract holds `highway` ways with their nodes, and that it covers your territory"
        ),
    )
}

/// A prepared network that another version of the program wrote.
pub(super) fn other_version(path: &Path, found: u32, own: u32) -> Diagnostic {
    Diagnostic::error(
        OTHER_VERSION,
        location(path),
        text!("un réseau préparé au format {own}", "a prepared network of format {own}"),
        text!("un réseau préparé au format {found}", "a prepared network of format {found}"),
        text!(
            "préparez-le à nouveau : `tournee roads build EXTRAIT.osm.pbf -o FICHIER`",
            "prepare it again: `tournee roads build EXTRACT.osm.pbf -o FILE`"
        ),
    )
}

/// A prepared network that is not as it was written.
pub(super) fn prepared_damaged(path: &Path, is_cut: bool) -> Diagnostic {
    let found = if is_cut {
        text!("un fichier coupé", "a file cut short")
    } else {
        text!(
            "un fichier abîmé : sa somme de contrôle ne correspond pas",
            "a damaged file: its checksum does not match"
        )
    };
    Diagnostic::error(
        PREPARED_DAMAGED,
        location(path),
        text!("un réseau préparé entier", "a whole prepared network"),
        found,
        text!(
            "préparez-le à nouveau : `tournee roads build EXTRAIT.osm.pbf -o FICHIER`",
            "prepare it again: `tournee roads build EXTRACT.osm.pbf -o FILE`"
        ),
    )
}

/// Many ways lose nodes: the extract was cut without keeping ways whole.
pub(super) fn broken_ways(name: &str, broken: usize, ways: usize) -> Diagnostic {
    Diagnostic::warning(
        BROKEN_WAYS,
        Location::file(name),
        text!("des voies entières", "whole ways"),
        text!(
            "{broken} voies sur {ways} dont des nœuds manquent",
            "{broken} ways of {ways} that lack some of their nodes"
        ),
        text!(
            "refaites l'extrait en gardant les voies entières (`osmium extract --strategy complete_ways`)",
            "make the extract again with whole ways (`osmium extract --strategy complete_ways`)"
        ),
    )
}

/// Roads that no road joins to the others.
pub(super) fn island(name: &str, island: Island) -> Diagnostic {
    let kilometres = island.metres.div_ceil(1000);
    let (lon, lat) = island.at.point().x_y();
    Diagnostic::warning(
        ISLAND,
        Location::file(name),
        text!("des routes reliées entre elles", "roads that are joined to each other"),
        text!(
            "{kilometres} km de routes isolées autour de {lat:.4}, {lon:.4}",
            "{kilometres} km of roads apart around {lat:.4}, {lon:.4}"
        ),
        text!(
            "aucun trajet n'y passe : vérifiez que l'extrait couvre la route ou le bac qui les relie",
            "no journey uses them: check that the extract covers the road or the ferry that joins them"
        ),
    )
}
