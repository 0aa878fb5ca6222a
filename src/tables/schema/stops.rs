//! The columns of `stops`.

use super::tables::{
    EUROS, HOUSEHOLDS, HOUSEHOLDS_MAX, KILOGRAMS, choice, column, easting, id, insee, latitude, longitude,
    northing, stated,
};
use super::{Choice, Kind, TableSchema, WhenBlank, words};

/// Candidate stops.
pub static STOPS: TableSchema = TableSchema {
    name: "stops",
    aliases: &["arrets", "stop", "arret", "haltes", "points_de_distribution", "etapes"],
    is_required: true,
    row_limit: 20_000,
    doc: words("Les endroits où une antenne peut ouvrir", "Spots where an antenna can open"),
    columns: &[
        id(),
        column(
            "name",
            &["nom", "libelle", "intitule", "title", "label", "arret"],
            Kind::Text(200),
            WhenBlank::Required,
            "Lormes, place de la mairie",
            words("Nom montré aux gens", "Name shown to people"),
        ),
        column(
            "commune",
            &["ville", "village", "town", "city", "municipality"],
            Kind::Text(200),
            stated("vide", "empty"),
            "Lormes",
            words("Commune", "Commune"),
        ),
        insee(),
        longitude(),
        latitude(),
        easting(),
        northing(),
        column(
            "households",
            &["foyers", "foyers_inscrits", "inscrits", "menages", "familles", "nb_foyers", "registered"],
            Kind::Whole { min: 0, max: HOUSEHOLDS_MAX, unit: HOUSEHOLDS },
            WhenBlank::Value("0"),
            "25",
            words("Foyers inscrits, servis à chaque visite", "Registered households, served at each visit"),
        ),
        column(
            "kg_per_household",
            &["kg_par_foyer", "poids_par_foyer", "kg_foyer", "kg"],
            Kind::Number { min: 0.0, max: 1_000.0, unit: KILOGRAMS },
            WhenBlank::Value("0"),
            "12",
            words("Poids d'un colis", "Weight of one parcel"),
        ),
        column(
            "rhythm",
            &["rythme", "frequence", "frequency", "periodicite"],
            Kind::Rhythm,
            WhenBlank::Value("weekly"),
            "tous les 15 jours",
            words("Combien de fois on y passe", "How often it is visited"),
        ),
        column(
            "days",
            &["jours", "jours_possibles", "jour"],
            Kind::Days,
            stated("tous les jours où une antenne sort", "every day some antenna works"),
            "mar, jeu",
            words("Jours possibles", "Possible days"),
        ),
        column(
            "opens",
            &["horaires", "ouverture", "heures", "opening_hours", "hours", "creneaux"],
            Kind::Opens,
            stated("toute la journée", "the whole day"),
            "Tu 09:00-12:00",
            words(
                "Heures possibles : l'ouverture entière y tient",
                "Possible hours: the whole opening lies inside",
            ),
        ),
        column(
            "setup_minutes",
            &["installation", "installation_minutes", "mise_en_place"],
            Kind::Minutes { min: 0, max: 480 },
            WhenBlank::Value("10"),
            "15",
            words("Temps d'installation, compté dans l'ouverture", "Setting up, part of the opening"),
        ),
        column(
            "minutes_per_household",
            &["minutes_par_foyer", "duree_par_foyer", "min_par_foyer"],
            Kind::Minutes { min: 0, max: 120 },
            WhenBlank::Value("3"),
            "3",
            words(
                "Temps pour servir un foyer à un point de service",
                "Time to serve one household at one service point",
            ),
        ),
        column(
            "min_minutes",
            &["duree_min", "duree_minimale", "ouverture_min"],
            Kind::Minutes { min: 0, max: 1440 },
            WhenBlank::Value("30"),
            "45",
            words("Plus courte ouverture", "Shortest opening"),
        ),
        column(
            "max_minutes",
            &["duree_max", "duree_maximale", "ouverture_max"],
            Kind::Minutes { min: 1, max: 1440 },
            WhenBlank::Value("180"),
            "120",
            words(
                "Plus longue ouverture ; les foyers au-delà sont refusés",
                "Longest opening; households beyond are turned away",
            ),
        ),
        column(
            "priority",
            &["priorite"],
            Kind::Choice(PRIORITIES),
            WhenBlank::Value("optional"),
            "required",
            words("Obligatoire ou facultatif", "Whether it may be left out"),
        ),
        column(
            "value",
            &["valeur", "interet"],
            Kind::Number { min: 0.0, max: 1_000_000.0, unit: EUROS },
            stated(
                "foyers inscrits x `value_per_household` si le scénario n'a pas de lieux, sinon 0",
                "registered households x `value_per_household` where the scenario has no places, else 0",
            ),
            "500",
            words("Ce que vaut de le visiter, par cycle", "Worth of visiting it, a cycle"),
        ),
        column(
            "antennas",
            &["antennes", "antenne", "antenna", "antennes_possibles"],
            Kind::References("antennas"),
            stated("toutes", "all"),
            "bus1, camion2",
            words("Antennes permises", "Allowed antennas"),
        ),
        column(
            "site",
            &["lieu", "type_lieu", "accueil"],
            Kind::Choice(SITES),
            WhenBlank::Value("tailgate"),
            "hall",
            words("Dans une salle prêtée ou au hayon", "In a lent hall or at the tailgate"),
        ),
        column(
            "min_gap_days",
            &["ecart_min", "ecart_min_jours", "intervalle_min"],
            Kind::Whole { min: 1, max: 42, unit: words("jours", "days") },
            stated("pas de limite", "no limit"),
            "2",
            words(
                "Plus petit écart entre deux visites, fin de cycle comprise",
                "Fewest days from one visit to the next",
            ),
        ),
        column(
            "max_gap_days",
            &["ecart_max", "ecart_max_jours", "intervalle_max"],
            Kind::Whole { min: 1, max: 42, unit: words("jours", "days") },
            stated("pas de limite", "no limit"),
            "21",
            words(
                "Plus grand écart entre deux visites, fin de cycle comprise",
                "Most days from one visit to the next, also across the end of the cycle",
            ),
        ),
        column(
            "status",
            &["statut", "etat", "accord"],
            Kind::Choice(STATUSES),
            WhenBlank::Value("agreed"),
            "asked",
            words(
                "Réponse de la commune ; un arrêt refusé n'est jamais visité",
                "What the commune said; a refused stop is never visited",
            ),
        ),
        column(
            "directions",
            &["acces", "comment_venir", "adresse", "lieu_exact", "address", "how_to_come"],
            Kind::Text(500),
            stated("vide", "empty"),
            "Derrière la mairie, parking de la salle des fêtes",
            words(
                "Où dans le village et comment venir, pour les affiches et les chauffeurs",
                "Where in the village and how to come, for posters and drivers",
            ),
        ),
    ],
};

const PRIORITIES: &[Choice] = &[
    choice("required", &["obligatoire", "requis", "oui", "prioritaire", "mandatory", "yes"]),
    choice("optional", &["facultatif", "optionnel", "possible", "non", "no"]),
];

const SITES: &[Choice] = &[
    choice("hall", &["salle", "interieur", "indoors", "local"]),
    choice("tailgate", &["hayon", "exterieur", "camion", "place", "outdoors"]),
];

const STATUSES: &[Choice] = &[
    choice("agreed", &["accepte", "accord", "ok", "confirme", "valide", "oui", "yes"]),
    choice("asked", &["demande", "en_attente", "en_cours", "sollicite", "pending"]),
    choice("refused", &["refuse", "refus", "non", "no"]),
];
