//! The keys of `scenario.toml`.

use super::{Choice, Column, Kind, Section, WhenBlank, Words, words};

pub(super) const fn key(
    name: &'static str,
    kind: Kind,
    blank: WhenBlank,
    example: &'static str,
    doc: Words,
) -> Column {
    Column { name, aliases: &[], kind, blank, example, doc }
}

pub(super) const fn choice(value: &'static str, aliases: &'static [&'static str]) -> Choice {
    Choice { value, aliases }
}

pub(super) const EUROS: Words = words("€", "€");
const NONE: Words = words("", "");

/// All sections, in the order of the documentation; the first has no name.
pub static SECTIONS: [&Section; 9] = [
    &TOP,
    &ROADS,
    &ROAD_SPEEDS,
    &COVERAGE,
    &OBJECTIVE,
    &SOLVER,
    &ANNOUNCE,
    &super::need::NEED,
    &super::organisation::ORGANISATION,
];

static TOP: Section = Section {
    name: "",
    doc: words("En tête du fichier, avant toute section", "At the head of the file, before any section"),
    keys: &[
        key(
            "title",
            Kind::Text(200),
            WhenBlank::Value("Tournées"),
            "\"Tournées de la Nièvre\"",
            words("Titre de toutes les sorties", "Title of every output"),
        ),
        key(
            "note",
            Kind::Text(300),
            WhenBlank::Stated(words("rien", "nothing")),
            "\"Sites d'essai, besoin estimé\"",
            words(
                "Réserve que toutes les sorties portent : résumés, cartes, tableaux, graphique",
                "Caveat that every output carries: summaries, maps, tables, chart",
            ),
        ),
        key(
            "start",
            Kind::Date,
            WhenBlank::Required,
            "2027-01-04",
            words("Premier jour du cycle, un lundi", "First day of the cycle, a Monday"),
        ),
        key(
            "weeks",
            Kind::Whole { min: 1, max: 6, unit: words("semaines", "weeks") },
            WhenBlank::Value("2"),
            "2",
            words("Longueur du cycle", "Length of the cycle"),
        ),
        key(
            "until",
            Kind::Date,
            WhenBlank::Stated(words("fin du premier cycle", "end of the first cycle")),
            "2027-06-30",
            words(
                "Dernier jour publié : le cycle se répète jusque-là, 400 jours au plus",
                "Last published day: the cycle repeats until then, 400 days at most",
            ),
        ),
        key(
            "timezone",
            Kind::Text(60),
            WhenBlank::Value("Europe/Paris"),
            "\"Europe/Paris\"",
            words("Fuseau horaire (nom IANA)", "Time zone (IANA name)"),
        ),
        key(
            "language",
            Kind::Choice(&[choice("fr", &["francais", "french"]), choice("en", &["anglais", "english"])]),
            WhenBlank::Value("fr"),
            "\"fr\"",
            words("Langue des messages et des sorties", "Language of messages and outputs"),
        ),
    ],
};

static ROADS: Section = Section {
    name: "roads",
    doc: words("D'où viennent les routes", "Where roads come from"),
    keys: &[
        key(
            "source",
            Kind::Text(1000),
            WhenBlank::Value("sketch"),
            "\"bourgogne.osm.pbf\"",
            words(
                "`sketch` (réseau esquissé), un fichier `.osm.pbf` ou un réseau préparé ; chemin depuis le dossier",
                "`sketch` (a sketched network), an `.osm.pbf` file or a prepared network; path from the folder",
            ),
        ),
        key(
            "snap_metres",
            Kind::Whole { min: 1, max: 20_000, unit: words("m", "m") },
            WhenBlank::Value("1000"),
            "500",
            words(
                "Plus grande distance d'un point à une route carrossable",
                "Farthest a point may lie from a usable road",
            ),
        ),
        key(
            "sketch_neighbours",
            Kind::Whole { min: 1, max: 50, unit: NONE },
            WhenBlank::Value("6"),
            "6",
            words(
                "Esquisse : voisins auxquels chaque point est relié",
                "Sketch: neighbours each point is joined to",
            ),
        ),
        key(
            "sketch_detour",
            Kind::Number { min: 1.0, max: 5.0, unit: NONE },
            WhenBlank::Value("1.3"),
            "1.3",
            words(
                "Esquisse : longueur de route sur longueur à vol d'oiseau",
                "Sketch: road length over straight length",
            ),
        ),
        key(
            "sketch_speeds",
            Kind::List,
            WhenBlank::Value("[[1, 30], [5, 50], [20, 65]]"),
            "[[1, 30], [5, 50], [20, 65]]",
            words(
                "Esquisse : paires [km à vol d'oiseau jusqu'où elle vaut, km/h], croissantes ; la dernière vaut au-delà",
                "Sketch: pairs [straight km up to which it holds, km/h], increasing; the last holds beyond",
            ),
        ),
    ],
};

/// A class of road and its average speed.
const fn speed(class: &'static str, usual: &'static str, doc: Words) -> Column {
    key(
        class,
        Kind::Number { min: 1.0, max: 130.0, unit: words("km/h", "km/h") },
        WhenBlank::Value(usual),
        usual,
        doc,
    )
}

static ROAD_SPEEDS: Section = Section {
    name: "roads.speeds",
    doc: words(
        "Vitesses moyennes des véhicules par classe `highway` d'OpenStreetMap, là où aucune limite n'est cartographiée",
        "Average speeds of vehicles by OpenStreetMap's `highway` class, where no limit is mapped",
    ),
    keys: &[
        speed("motorway", "90", words("Autoroute", "Motorway")),
        speed("motorway_link", "45", words("Bretelle d'autoroute", "Slip road of a motorway")),
        speed("trunk", "85", words("Voie rapide", "Trunk road")),
        speed("trunk_link", "40", words("Bretelle de voie rapide", "Slip road of a trunk road")),
        speed("primary", "65", words("Grande route départementale ou nationale", "Primary road")),
        speed("primary_link", "30", words("Sa bretelle", "Its slip road")),
        speed("secondary", "55", words("Route départementale", "Secondary road")),
        speed("secondary_link", "25", words("Sa bretelle", "Its slip road")),
        speed("tertiary", "40", words("Petite route départementale", "Tertiary road")),
        speed("tertiary_link", "20", words("Sa bretelle", "Its slip road")),
        speed("unclassified", "25", words("Route communale", "Minor road")),
        speed("residential", "25", words("Rue", "Street")),
        speed("living_street", "10", words("Zone de rencontre", "Living street")),
        speed("service", "15", words("Voie de service", "Service road")),
    ],
};

static COVERAGE: Section = Section {
    name: "coverage",
    doc: words("Ce qui est à portée, et qui compte", "What is within reach, and who counts"),
    keys: &[
        key(
            "rule",
            Kind::Choice(&[
                choice("car-15min", &["voiture-15min"]),
                choice("car-20min", &["voiture-20min"]),
                choice("car-30min", &["voiture-30min"]),
                choice("road-20km", &["route-20km"]),
                choice("custom", &["sur-mesure"]),
            ]),
            WhenBlank::Value("car-20min"),
            "\"car-20min\"",
            words(
                "Règle toute faite, ou `custom` avec `drive_minutes` ou `road_km`",
                "Ready-made rule, or `custom` with `drive_minutes` or `road_km`",
            ),
        ),
        key(
            "drive_minutes",
            Kind::Minutes { min: 1, max: 240 },
            WhenBlank::Stated(words("selon `rule`", "as `rule` says")),
            "25",
            words(
                "Plus long trajet des foyers avec voiture (`custom`)",
                "Longest drive of households with a car (`custom`)",
            ),
        ),
        key(
            "road_km",
            Kind::Number { min: 0.1, max: 200.0, unit: words("km", "km") },
            WhenBlank::Stated(words("selon `rule`", "as `rule` says")),
            "18",
            words(
                "Plus longue route des foyers avec voiture (`custom`)",
                "Longest road of households with a car (`custom`)",
            ),
        ),
        key(
            "walk_minutes",
            Kind::Minutes { min: 1, max: 240 },
            WhenBlank::Value("20"),
            "15",
            words("Plus longue marche des foyers sans voiture", "Longest walk of households without a car"),
        ),
        key(
            "attendance",
            Kind::Share,
            WhenBlank::Value("0.5"),
            "0.5",
            words("Part du besoin à portée qui vient", "Share of the need within reach that comes"),
        ),
        key(
            "count",
            Kind::Choice(&[
                choice("white-zones", &["zones-blanches"]),
                choice("everyone", &["tous", "tout-le-monde"]),
            ]),
            WhenBlank::Value("white-zones"),
            "\"white-zones\"",
            words(
                "Qui compte : les foyers des zones blanches, ou tous (`everyone`)",
                "Who counts: households in white zones, or all (`everyone`)",
            ),
        ),
        key(
            "thresholds",
            Kind::List,
            WhenBlank::Value("[10, 15, 20, 30]"),
            "[10, 15, 20, 30]",
            words(
                "Mesures d'accès : durées de trajet, en minutes, à l'intérieur desquelles points et foyers sont comptés",
                "Measures of access: travel times, in minutes, within which facilities and households are counted",
            ),
        ),
        key(
            "decay",
            Kind::Choice(&[choice("zones", &["paliers"]), choice("gaussian", &["gaussienne", "gauss"])]),
            WhenBlank::Value("zones"),
            "\"zones\"",
            words(
                "Mesures d'accès : poids selon la durée, par zones de 10, 20 et 30 minutes, ou en cloche jusqu'au dernier seuil",
                "Measures of access: weight by time, in zones of 10, 20 and 30 minutes, or a bell up to the last threshold",
            ),
        ),
    ],
};

static OBJECTIVE: Section = Section {
    name: "objective",
    doc: words("Ce que valent les choses, en euros", "What things are worth, in euros"),
    keys: &[
        key(
            "value_per_household",
            Kind::Number { min: 0.0, max: 100_000.0, unit: EUROS },
            WhenBlank::Value("1000"),
            "1000",
            words(
                "Valeur d'un foyer mis à portée, par cycle ; haute, la couverture passe avant le coût",
                "Worth of one household within reach, a cycle; high, coverage comes before cost",
            ),
        ),
        key(
            "cost_per_day",
            Kind::Number { min: 0.0, max: 10_000.0, unit: EUROS },
            WhenBlank::Value("40"),
            "40",
            words(
                "Coût d'un jour de sortie d'une antenne qui n'a pas le sien",
                "Cost of a day out for an antenna without its own",
            ),
        ),
        key(
            "cost_per_km",
            Kind::Number { min: 0.0, max: 100.0, unit: EUROS },
            WhenBlank::Value("0.45"),
            "0.45",
            words("Coût d'un kilomètre, de même", "Cost of a kilometre, likewise"),
        ),
        key(
            "cost_per_hour",
            Kind::Number { min: 0.0, max: 1_000.0, unit: EUROS },
            WhenBlank::Value("18"),
            "18",
            words("Coût d'une heure, de même", "Cost of an hour, likewise"),
        ),
    ],
};

static SOLVER: Section = Section {
    name: "solver",
    doc: words("La recherche", "The search"),
    keys: &[
        key(
            "time",
            Kind::Seconds { max: 604_800 },
            WhenBlank::Value("20s"),
            "\"60s\"",
            words(
                "Temps de calcul ; sans effet si `iterations` est donné",
                "Computing time; ignored where `iterations` is given",
            ),
        ),
        key(
            "seed",
            Kind::Whole { min: 0, max: i64::MAX, unit: NONE },
            WhenBlank::Value("1"),
            "1",
            words("Graine du hasard", "Seed of every random choice"),
        ),
        key(
            "iterations",
            Kind::Whole { min: 1, max: 1_000_000_000_000, unit: NONE },
            WhenBlank::Stated(words("la recherche s'arrête au temps", "the search stops by time")),
            "20000",
            words(
                "Nombre d'itérations : le même plan partout",
                "Number of iterations: the same plan everywhere",
            ),
        ),
    ],
};

static ANNOUNCE: Section = Section {
    name: "announce",
    doc: words("Comment les heures sont annoncées", "How times are announced"),
    keys: &[
        key(
            "rounding",
            Kind::Minutes { min: 0, max: 60 },
            WhenBlank::Value("5"),
            "5",
            words(
                "Les heures annoncées sont des multiples ; 0 : à la minute",
                "Announced times are multiples of it; 0: to the minute",
            ),
        ),
        key(
            "margin",
            Kind::Minutes { min: 0, max: 60 },
            WhenBlank::Value("5"),
            "5",
            words(
                "L'antenne est là au moins ce temps avant l'ouverture annoncée",
                "The antenna is there at least that long before the announced opening",
            ),
        ),
    ],
};
