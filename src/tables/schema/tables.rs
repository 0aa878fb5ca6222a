//! The tables and their columns.

use super::{Choice, Column, Kind, TableSchema, WhenBlank, Words, words};

const NONE: Words = words("", "");
const HOUSEHOLDS: Words = words("foyers", "households");
const KILOGRAMS: Words = words("kg", "kg");
const EUROS: Words = words("€", "€");

/// Largest number of households in one cell.
const HOUSEHOLDS_MAX: i64 = 100_000;

const fn column(
    name: &'static str,
    aliases: &'static [&'static str],
    kind: Kind,
    blank: WhenBlank,
    example: &'static str,
    doc: Words,
) -> Column {
    Column { name, aliases, kind, blank, example, doc }
}

const fn choice(value: &'static str, aliases: &'static [&'static str]) -> Choice {
    Choice { value, aliases }
}

const fn stated(fr: &'static str, en: &'static str) -> WhenBlank {
    WhenBlank::Stated(words(fr, en))
}

const fn id() -> Column {
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

const fn name() -> Column {
    column(
        "name",
        &["nom", "libelle", "intitule", "title", "label"],
        Kind::Text(200),
        stated("l'identifiant", "the id"),
        "Lormes, place de la mairie",
        words("Nom montré aux gens", "Name shown to people"),
    )
}

const fn insee() -> Column {
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

const fn longitude() -> Column {
    column(
        "lon",
        &["longitude", "lng", "long"],
        Kind::Longitude,
        WhenBlank::Required,
        "3.8171",
        words("Longitude WGS84 en degrés (ou `x` et `y`)", "WGS84 longitude in degrees (or `x` and `y`)"),
    )
}

const fn latitude() -> Column {
    column(
        "lat",
        &["latitude"],
        Kind::Latitude,
        WhenBlank::Required,
        "47.2894",
        words("Latitude WGS84 en degrés (ou `x` et `y`)", "WGS84 latitude in degrees (or `x` and `y`)"),
    )
}

const fn easting() -> Column {
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

const fn northing() -> Column {
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

/// Vehicles with their crews.
pub static ANTENNAS: TableSchema = TableSchema {
    name: "antennas",
    aliases: &["antennes", "antenna", "antenne", "vehicules", "vehicules_antennes", "vehicles", "camions"],
    is_required: true,
    row_limit: 1_000,
    doc: words("Les véhicules et leurs équipes", "Vehicles and their crews"),
    columns: &[
        id(),
        name(),
        column(
            "depot",
            &["depot_depart", "start_depot", "id_depot"],
            Kind::Reference("depots"),
            WhenBlank::Required,
            "nevers",
            words("Dépôt où elle charge et d'où elle part", "Depot where it loads and leaves from"),
        ),
        column(
            "end_depot",
            &["depot_retour", "depot_arrivee", "depot_fin"],
            Kind::Reference("depots"),
            stated("celui de `depot`", "the one of `depot`"),
            "nevers",
            words("Dépôt où elle rentre en fin de journée", "Depot where it returns at the end of the day"),
        ),
        column(
            "capacity",
            &["capacite", "capacite_foyers", "foyers_par_tournee", "capacity_households"],
            Kind::Whole { min: 1, max: HOUSEHOLDS_MAX, unit: HOUSEHOLDS },
            stated(
                "`capacity_kg` seul limite ; l'un des deux est obligatoire",
                "`capacity_kg` alone limits; one of the two is required",
            ),
            "60",
            words("Foyers servis par voyage", "Households served a trip"),
        ),
        column(
            "capacity_kg",
            &["capacite_kg", "charge_utile_kg", "charge_utile", "charge_kg", "payload_kg"],
            Kind::Number { min: 0.001, max: 40_000.0, unit: KILOGRAMS },
            stated("`capacity` seul limite", "`capacity` alone limits"),
            "900",
            words("Charge utile par voyage", "Payload a trip"),
        ),
        column(
            "days",
            &["jours", "jours_de_travail", "working_days"],
            Kind::Days,
            WhenBlank::Value("lun-ven"),
            "lun-ven",
            words("Jours où elle peut sortir", "Days on which it may go out"),
        ),
        column(
            "shift_start",
            &["debut_service", "debut", "heure_debut", "depart_au_plus_tot"],
            Kind::Clock { max_hour: 47 },
            WhenBlank::Value("08:00"),
            "08:30",
            words("Elle ne part pas avant", "It does not leave before"),
        ),
        column(
            "shift_end",
            &["fin_service", "fin", "heure_fin", "retour_au_plus_tard"],
            Kind::Clock { max_hour: 48 },
            WhenBlank::Value("18:00"),
            "17:30",
            words("Elle est rentrée au plus tard", "It is back by then"),
        ),
        column(
            "max_duty",
            &["duree_max", "amplitude_max", "duree_service_max", "travail_max"],
            Kind::Hours { min: 30, max: 1440 },
            stated("pas de limite, sauf celle du `preset`", "no limit, but that of the `preset`"),
            "8h30",
            words(
                "Plus longue durée du départ au retour, pause comprise",
                "Longest time from leaving to returning, break included",
            ),
        ),
        column(
            "max_driving",
            &["conduite_max", "temps_conduite_max"],
            Kind::Hours { min: 15, max: 1440 },
            stated("pas de limite, sauf celle du `preset`", "no limit, but that of the `preset`"),
            "4h30",
            words("Plus longue conduite dans la journée", "Longest driving in a day"),
        ),
        column(
            "break_minutes",
            &["pause", "pause_minutes", "duree_pause"],
            Kind::Minutes { min: 0, max: 240 },
            stated("pas de pause, sauf celle du `preset`", "no break, but that of the `preset`"),
            "30",
            words("Durée de la pause ; 0 : aucune", "Length of the break; 0: none"),
        ),
        column(
            "break_after",
            &["pause_apres", "pause_au_bout_de"],
            Kind::Hours { min: 30, max: 1440 },
            WhenBlank::Value("06:00"),
            "6h",
            words("Plus long service sans pause", "Longest duty without a break"),
        ),
        column(
            "break_window",
            &["plage_pause", "creneau_pause", "pause_entre"],
            Kind::Interval,
            stated("toute la journée", "the whole day"),
            "11h30-14h",
            words("Plage dans laquelle la pause tient tout entière", "Span that holds the whole break"),
        ),
        column(
            "max_cold",
            &["froid_max", "duree_froid_max", "chaine_du_froid"],
            Kind::Hours { min: 15, max: 1440 },
            stated("pas de limite", "no limit"),
            "4h",
            words(
                "Plus longue durée du chargement à la fin de la dernière ouverture du voyage",
                "Longest time from loading to the end of the trip's last opening",
            ),
        ),
        column(
            "reload_minutes",
            &["rechargement", "rechargement_minutes", "duree_rechargement"],
            Kind::Minutes { min: 0, max: 480 },
            stated("un seul voyage par jour", "one trip a day"),
            "30",
            words(
                "Temps pour recharger au dépôt entre deux voyages ; donné, il autorise plusieurs voyages par jour",
                "Time to load again at the depot between two trips; given, it allows several trips a day",
            ),
        ),
        column(
            "max_trips",
            &["voyages_max", "nb_voyages_max"],
            Kind::Whole { min: 1, max: 10, unit: NONE },
            stated("3 si `reload_minutes` est donné, sinon 1", "3 where `reload_minutes` is given, else 1"),
            "2",
            words("Voyages par jour au plus", "Most trips a day"),
        ),
        column(
            "service_points",
            &["points_de_service", "guichets", "postes"],
            Kind::Whole { min: 1, max: 50, unit: NONE },
            WhenBlank::Value("1"),
            "2",
            words("Familles servies en même temps", "Families served at once"),
        ),
        column(
            "crew",
            &["equipe", "equipage", "personnes"],
            Kind::Whole { min: 1, max: 50, unit: NONE },
            WhenBlank::Value("2"),
            "2",
            words("Personnes à bord", "People on board"),
        ),
        column(
            "preset",
            &["regime", "cadre_legal"],
            Kind::Choice(PRESETS),
            stated("aucun", "none"),
            "salarie",
            words(
                "Limites de temps toutes faites (voir plus bas) ; une colonne remplie l'emporte",
                "Ready-made limits of time (see below); a filled column wins",
            ),
        ),
        column(
            "profile",
            &["profil", "type", "type_vehicule", "vehicule"],
            Kind::Choice(PROFILES),
            WhenBlank::Value("van"),
            "van",
            words("Ce qu'elle est sur la route", "What it drives as"),
        ),
        column(
            "height_m",
            &["hauteur", "hauteur_m"],
            Kind::Number { min: 1.0, max: 5.0, unit: words("m", "m") },
            stated("aucune limite de hauteur", "no height limit matters"),
            "2.75",
            words("Hauteur, pour les ponts bas", "Height, for low bridges"),
        ),
        column(
            "weight_t",
            &["poids", "poids_t", "ptac", "tonnage"],
            Kind::Number { min: 0.5, max: 44.0, unit: words("t", "t") },
            stated("aucune limite de poids", "no weight limit matters"),
            "3.5",
            words("Poids en charge, pour les routes limitées", "Laden weight, for restricted roads"),
        ),
        column(
            "cost_per_day",
            &["cout_par_jour", "cout_jour"],
            Kind::Number { min: 0.0, max: 10_000.0, unit: EUROS },
            stated("celui de `[objective]`", "that of `[objective]`"),
            "40",
            words("Coût d'un jour de sortie", "Cost of a day out"),
        ),
        column(
            "cost_per_km",
            &["cout_par_km", "cout_km", "cout_kilometrique"],
            Kind::Number { min: 0.0, max: 100.0, unit: EUROS },
            stated("celui de `[objective]`", "that of `[objective]`"),
            "0.45",
            words("Coût d'un kilomètre", "Cost of a kilometre"),
        ),
        column(
            "cost_per_hour",
            &["cout_par_heure", "cout_heure", "cout_horaire"],
            Kind::Number { min: 0.0, max: 1_000.0, unit: EUROS },
            stated("celui de `[objective]`", "that of `[objective]`"),
            "18",
            words("Coût d'une heure, du départ au retour", "Cost of an hour from leaving to returning"),
        ),
    ],
};

const PRESETS: &[Choice] = &[
    choice("benevole", &["bénévole", "bénévoles", "volunteer", "volunteers"]),
    choice("salarie", &["salarié", "salariés", "employee", "employees"]),
    choice("transport", &["transport", "conducteur", "driver", "lorry"]),
];

const PROFILES: &[Choice] = &[
    choice("van", &["fourgon", "fourgonnette", "utilitaire", "camionnette"]),
    choice("car", &["voiture", "vl"]),
    choice("bus", &["bus", "autobus", "car_scolaire", "camion", "poids_lourd", "truck", "lorry"]),
];

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

/// Points with need.
pub static PLACES: TableSchema = TableSchema {
    name: "places",
    aliases: &["lieux", "place", "lieu", "communes", "villages", "hameaux", "besoins", "carreaux"],
    is_required: false,
    row_limit: 200_000,
    doc: words(
        "Villages, hameaux ou carreaux où vivent des foyers dans le besoin",
        "Villages, hamlets or grid cells with households in need",
    ),
    columns: &[
        id(),
        name(),
        insee(),
        longitude(),
        latitude(),
        easting(),
        northing(),
        column(
            "households",
            &["foyers", "besoin", "besoins", "foyers_besoin", "foyers_dans_le_besoin", "menages", "need"],
            Kind::Number { min: 0.0, max: 1_000_000.0, unit: HOUSEHOLDS },
            WhenBlank::Required,
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
            WhenBlank::Value("0.2"),
            "0.15",
            words(
                "Part des foyers sans voiture, de 0 à 1 ou en pour cent : toute la colonne de la même façon",
                "Share of households without a car, 0 to 1 or in per cent: the whole column alike",
            ),
        ),
        column(
            "population",
            &["habitants", "pop", "population_municipale"],
            Kind::Whole { min: 0, max: 100_000_000, unit: words("habitants", "inhabitants") },
            stated("inconnue", "unknown"),
            "1230",
            words("Habitants, pour information", "Inhabitants, for information"),
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
            words("Heures d'ouverture, pour information", "Opening hours, for information"),
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
