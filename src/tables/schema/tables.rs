//! The list of tables, the columns that several share, and the smaller tables.

use super::antennas::ANTENNAS;
use super::stops::STOPS;
use super::{Choice, Column, Kind, TableSchema, WhenBlank, Words, words};

pub(super) const NONE: Words = words("", "");
pub(super) const HOUSEHOLDS: Words = words("foyers", "households");
pub(super) const KILOGRAMS: Words = words("kg", "kg");
pub(super) const EUROS: Words = words("€", "€");

/// Largest number of households in one cell.
pub(super) const HOUSEHOLDS_MAX: i64 = 100_000;

pub(super) const fn column(
    name: &'static str,
    aliases: &'static [&'static str],
    kind: Kind,
    blank: WhenBlank,
    example: &'static str,
    doc: Words,
) -> Column {
    Column { name, aliases, kind, blank, example, doc }
}

pub(super) const fn choice(value: &'static str, aliases: &'static [&'static str]) -> Choice {
    Choice { value, aliases }
}

pub(super) const fn stated(fr: &'static str, en: &'static str) -> WhenBlank {
    WhenBlank::Stated(words(fr, en))
}

pub(super) const fn id() -> Column {
    column(
        "id",
        &["identifiant", "code", "ref", "reference"],
        Kind::Id,
        WhenBlank::Required,
        "lormes",
        words(
            "Nom court, unique dans la table, que les autres tables citent",
            "Short name, unique in its table, that other tables cite",
        ),
    )
}

/// An id that may be the name of a grid cell, which then says where the place is.
const fn place_id() -> Column {
    column(
        "id",
        &[
            "identifiant",
            "code",
            "ref",
            "reference",
            "idcar_200m",
            "idcar_1km",
            "idinspire",
            "carreau",
            "cell",
        ],
        Kind::Id,
        WhenBlank::Required,
        "lormes",
        words(
            "Nom court, unique dans la table ; ou un carreau comme `CRS3035RES200mN2671400E3802600` (EPSG:3035 ou 2154), \
             dont le milieu est la position où aucune autre n'est donnée",
            "Short name, unique in the table; or a grid cell such as `CRS3035RES200mN2671400E3802600` (EPSG:3035 or \
             2154), whose middle is the position where no other is given",
        ),
    )
}

pub(super) const fn name() -> Column {
    column(
        "name",
        &["nom", "libelle", "intitule", "title", "label"],
        Kind::Text(200),
        stated("l'identifiant", "the id"),
        "Lormes, place de la mairie",
        words("Nom montré aux gens", "Name shown to people"),
    )
}

pub(super) const fn insee() -> Column {
    column(
        "insee",
        &["code_insee", "codgeo", "code_commune", "insee_com"],
        Kind::Insee,
        stated("vide", "empty"),
        "58145",
        words(
            "Code INSEE de la commune ; un zéro de tête perdu par le tableur est remis",
            "INSEE code of the commune; a leading zero that the spreadsheet lost is put back",
        ),
    )
}

pub(super) const fn longitude() -> Column {
    column(
        "lon",
        &["longitude", "lng", "long"],
        Kind::Longitude,
        WhenBlank::Required,
        "3.8171",
        words("Longitude WGS84 en degrés (ou `x` et `y`)", "WGS84 longitude in degrees (or `x` and `y`)"),
    )
}

pub(super) const fn latitude() -> Column {
    column(
        "lat",
        &["latitude"],
        Kind::Latitude,
        WhenBlank::Required,
        "47.2894",
        words("Latitude WGS84 en degrés (ou `x` et `y`)", "WGS84 latitude in degrees (or `x` and `y`)"),
    )
}

pub(super) const fn easting() -> Column {
    column(
        "x",
        &["x_l93", "x_lambert93", "lambert_x", "coord_x", "easting"],
        Kind::Easting,
        stated("`lon` et `lat` sont donnés", "`lon` and `lat` are given"),
        "761853",
        words(
            "Abscisse Lambert-93 (EPSG:2154) en mètres, à la place de `lon`",
            "Lambert-93 (EPSG:2154) easting in metres, instead of `lon`",
        ),
    )
}

pub(super) const fn northing() -> Column {
    column(
        "y",
        &["y_l93", "y_lambert93", "lambert_y", "coord_y", "northing"],
        Kind::Northing,
        stated("`lon` et `lat` sont donnés", "`lon` and `lat` are given"),
        "6688021",
        words(
            "Ordonnée Lambert-93 (EPSG:2154) en mètres, à la place de `lat`",
            "Lambert-93 (EPSG:2154) northing in metres, instead of `lat`",
        ),
    )
}

/// All tables, in the order of the documentation.
pub static TABLES: [&TableSchema; 7] = [&DEPOTS, &ANTENNAS, &STOPS, &PLACES, &AID_SITES, &CLOSURES, &LOCKS];

/// Where antennas load.
pub static DEPOTS: TableSchema = TableSchema {
    name: "depots",
    aliases: &["depots", "depot", "entrepots", "entrepot"],
    is_required: true,
    row_limit: 1_000,
    doc: words(
        "Les lieux où les antennes chargent et d'où elles partent",
        "Where antennas load and leave from",
    ),
    columns: &[id(), name(), longitude(), latitude(), easting(), northing()],
};

/// Points with need.
pub static PLACES: TableSchema = TableSchema {
    name: "places",
    aliases: &["lieux", "place", "lieu", "communes", "villages", "hameaux", "besoins", "carreaux"],
    is_required: false,
    row_limit: 1_000_000,
    doc: words(
        "Villages, hameaux ou carreaux où vivent des foyers dans le besoin",
        "Villages, hamlets or grid cells with households in need",
    ),
    columns: &[
        place_id(),
        name(),
        insee(),
        longitude(),
        latitude(),
        easting(),
        northing(),
        column(
            "households",
            &[
                "foyers",
                "besoin",
                "besoins",
                "foyers_besoin",
                "foyers_dans_le_besoin",
                "menages",
                "need",
                "men_pauv",
            ],
            Kind::Number { min: 0.0, max: 1_000_000.0, unit: HOUSEHOLDS },
            stated("erreur, sauf si [need] l'estime", "an error, unless [need] estimates it"),
            "14.5",
            words(
                "Foyers dans le besoin ; une estimation peut avoir des décimales (au millième)",
                "Households in need; an estimate may have decimals (to a thousandth)",
            ),
        ),
        column(
            "carless_share",
            &["part_sans_voiture", "sans_voiture", "taux_sans_voiture", "pct_sans_voiture"],
            Kind::Share,
            stated("`carless_share` sous [need]", "`carless_share` under [need]"),
            "0.15",
            words(
                "Part des foyers sans voiture, de 0 à 1 ou en pour cent : toute la colonne de la même façon",
                "Share of households without a car, 0 to 1 or in per cent: the whole column alike",
            ),
        ),
        column(
            "population",
            &["habitants", "pop", "population_municipale", "ind"],
            Kind::Number { min: 0.0, max: 100_000_000.0, unit: words("habitants", "inhabitants") },
            stated("inconnue", "unknown"),
            "1230",
            words(
                "Habitants, arrondis à l'unité ; au moins autant que de foyers dans le besoin",
                "Inhabitants, rounded to a whole number; at least as many as households in need",
            ),
        ),
        column(
            "poverty_rate",
            &["taux_pauvrete", "taux_de_pauvrete", "tp60", "tp6021"],
            Kind::Share,
            stated("inconnu", "unknown"),
            "0.145",
            words(
                "Part des habitants sous le seuil de pauvreté, pour l'estimation de [need]",
                "Share of inhabitants below the poverty line, for the estimate of [need]",
            ),
        ),
        column(
            "median_income",
            &["revenu_median", "niveau_de_vie_median", "med21"],
            Kind::Number { min: 1000.0, max: 1_000_000.0, unit: words("€ par an", "€ a year") },
            stated("inconnu", "unknown"),
            "21500",
            words(
                "Revenu disponible médian par unité de consommation, pour l'estimation de [need] là où le taux est secret",
                "Median disposable income per consumption unit, for the estimate of [need] where the rate is secret",
            ),
        ),
        column(
            "department",
            &["departement", "dep", "code_departement"],
            Kind::Text(80),
            stated("selon `insee`", "as `insee` says"),
            "58",
            words("Département, pour les bilans", "Department, for summaries"),
        ),
        column(
            "epci",
            &["nom_epci", "siren_epci", "intercommunalite"],
            Kind::Text(120),
            stated("aucune", "none"),
            "CC Morvan Sommets et Grands Lacs",
            words("Intercommunalité, pour les bilans", "Group of communes, for summaries"),
        ),
        column(
            "referred_to",
            &["oriente_vers", "orientes_vers", "orientation", "arret_attribue", "arret_oriente"],
            Kind::Reference("stops"),
            stated("l'arrêt ouvert le plus proche", "the nearest open stop"),
            "lormes",
            words(
                "Arrêt vers lequel ses foyers sont orientés : un second bilan des foyers refusés ; le plan n'en change pas",
                "Stop its households are referred to: a second count of households turned away; the plan is the same",
            ),
        ),
    ],
};

/// Existing fixed aid.
pub static AID_SITES: TableSchema = TableSchema {
    name: "aid_sites",
    aliases: &[
        "points_aide",
        "points_d_aide",
        "aide",
        "sites_aide",
        "lieux_aide",
        "aid_site",
        "aid",
        "sites",
    ],
    is_required: false,
    row_limit: 50_000,
    doc: words("Les points fixes qui donnent déjà de l'aide", "Fixed points that already give aid"),
    columns: &[
        id(),
        name(),
        longitude(),
        latitude(),
        easting(),
        northing(),
        column(
            "network",
            &["reseau", "association", "structure"],
            Kind::Text(200),
            stated("vide", "empty"),
            "Restos du Cœur",
            words("Association", "Association"),
        ),
        column(
            "opens",
            &["horaires", "ouverture", "heures", "opening_hours", "hours"],
            Kind::Opens,
            stated("inconnues", "unknown"),
            "Mo,We 09:00-12:00",
            words("Heures d'ouverture, pour les mesures d'accès", "Opening hours, for measures of access"),
        ),
        column(
            "capacity",
            &["capacite", "foyers_par_semaine", "places_par_semaine"],
            Kind::Number { min: 0.0, max: 1_000_000.0, unit: HOUSEHOLDS },
            stated("inconnue", "unknown"),
            "60",
            words(
                "Foyers que le point peut servir en une semaine",
                "Households the site can serve in a week",
            ),
        ),
    ],
};

/// Dates on which somebody is closed.
pub static CLOSURES: TableSchema = TableSchema {
    name: "closures",
    aliases: &["fermetures", "closure", "fermeture", "conges", "absences"],
    is_required: false,
    row_limit: 20_000,
    doc: words("Les dates où quelqu'un est fermé", "Dates on which somebody is closed"),
    columns: &[
        column(
            "date",
            &["jour", "le"],
            Kind::Date,
            stated("`from` et `to` sont donnés", "`from` and `to` are given"),
            "2027-05-06",
            words("Le jour fermé", "The closed day"),
        ),
        column(
            "from",
            &["du", "debut", "date_debut", "start"],
            Kind::Date,
            stated("`date` est donnée", "`date` is given"),
            "2027-08-01",
            words("Premier jour fermé", "First closed day"),
        ),
        column(
            "to",
            &["au", "fin", "date_fin", "end"],
            Kind::Date,
            stated("le même jour que `from`", "the same day as `from`"),
            "2027-08-15",
            words("Dernier jour fermé", "Last closed day"),
        ),
        column(
            "stop",
            &["arret", "id_arret"],
            Kind::Reference("stops"),
            stated("pas un arrêt", "not a stop"),
            "lormes",
            words("L'arrêt fermé", "The closed stop"),
        ),
        column(
            "antenna",
            &["antenne", "id_antenne", "vehicule"],
            Kind::Reference("antennas"),
            stated(
                "pas une antenne ; sans arrêt ni antenne : tout le monde",
                "not an antenna; without stop or antenna: everybody",
            ),
            "bus1",
            words("L'antenne absente", "The absent antenna"),
        ),
        column(
            "reason",
            &["motif", "raison", "commentaire", "comment"],
            Kind::Text(300),
            stated("vide", "empty"),
            "Ascension",
            words("Motif, montré aux gens", "Reason, shown to people"),
        ),
    ],
};

/// What must stay as it is.
pub static LOCKS: TableSchema = TableSchema {
    name: "locks",
    aliases: &["verrous", "lock", "verrou", "fixes"],
    is_required: false,
    row_limit: 20_000,
    doc: words("Ce qui doit rester comme c'est", "What must stay as it is"),
    columns: &[
        column(
            "stop",
            &["arret", "id_arret"],
            Kind::Reference("stops"),
            WhenBlank::Required,
            "lormes",
            words("L'arrêt, qui devient obligatoire", "The stop, which becomes required"),
        ),
        column(
            "date",
            &["le"],
            Kind::Date,
            stated("pas de date fixée", "no date is fixed"),
            "2027-01-12",
            words("Il y a une visite ce jour-là", "There is a visit on that date"),
        ),
        column(
            "weekday",
            &["jour", "jour_semaine", "jour_de_la_semaine", "day"],
            Kind::Weekday,
            stated("pas de jour fixé", "no weekday is fixed"),
            "mardi",
            words("Toutes les visites sont ce jour de la semaine", "All visits are on that weekday"),
        ),
        column(
            "antenna",
            &["antenne", "id_antenne", "vehicule"],
            Kind::Reference("antennas"),
            stated("n'importe laquelle", "any"),
            "bus1",
            words("Par cette antenne", "By that antenna"),
        ),
        column(
            "time",
            &["heure", "horaire"],
            Kind::Clock { max_hour: 47 },
            stated("n'importe laquelle", "any"),
            "10:00",
            words("L'ouverture commence à cette heure", "The opening starts at that time"),
        ),
    ],
};
