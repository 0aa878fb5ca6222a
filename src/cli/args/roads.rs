//! Arguments of the commands about roads and points, and of `solve`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{ProfileArg, SearchArgs};
use crate::cli::help::examples;
use crate::cli::say::say;
use crate::cli::typed;

const DATE: [&str; 2] = [
    "Jour des trajets : les routes fermées en cette saison le sont [par défaut : toutes sont ouvertes]",
    "Day of the journeys: roads closed in that season are closed [default: all seasonal roads are open]",
];
const SNAP_LIMIT: [&str; 2] = [
    "Plus grande distance d’un point à une route utilisable, en mètres",
    "Farthest a point may lie from a usable road, in metres",
];

fn of([fr, en]: [&'static str; 2]) -> &'static str {
    say(fr, en)
}

/// Arguments of `solve`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["En 30 secondes", "For 30 seconds", "tournee solve X-n101-k25.vrp --time 30 --seed 1 -o X-n101-k25.sol"],
    ["Le même résultat sur toute machine", "The same result on every machine", "tournee solve pr01 --iterations 20000 --threads 1"],
], say(
    "Le format est reconnu au contenu : VRPLIB, Solomon, Cordeau, tournées couvrantes, team orienteering, HVRP-DLP, HSDMDMTPVRP. \
     docs/benchmarks.md dit les conventions. La dernière ligne affichée est « cost VALEUR » : le score où le jeu en a. Sans durée ni \
     itérations, la recherche dure une minute.",
    "The format is recognised by what the file holds: VRPLIB, Solomon, Cordeau, covering tours, team orienteering, HVRP-DLP, \
     HSDMDMTPVRP. docs/benchmarks.md states the conventions. The last line printed is `cost VALUE`: the score where the set has \
     scores. Without a time or iterations the search takes a minute.",
)))]
pub struct SolveArgs {
    #[arg(value_name = "INSTANCE", help = say("L’instance", "The instance"))]
    pub instance: PathBuf,
    #[arg(long, short, value_name = say("FICHIER", "FILE"), help = say(
        "Où écrire les tournées [par défaut : la sortie standard]",
        "Where to write the routes [default: standard output]",
    ))]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub search: SearchArgs,
}

/// Arguments of `roads`.
#[derive(Debug, Args)]
pub struct RoadsArgs {
    #[command(subcommand)]
    pub command: RoadsCommand,
}

/// What to do with roads.
#[derive(Debug, Subcommand)]
pub enum RoadsCommand {
    #[command(about = say(
        "Faire d’un extrait d’OpenStreetMap un réseau préparé",
        "Turn an OpenStreetMap extract into a prepared network",
    ))]
    Build(RoadsBuildArgs),
}

/// Arguments of `roads build`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Préparer une région", "Prepare a region", "tournee roads build bourgogne.osm.pbf -o bourgogne.roads"],
], ""))]
pub struct RoadsBuildArgs {
    #[arg(value_name = say("EXTRAIT", "EXTRACT"), help = say("L’extrait, un .osm.pbf", "The extract, an `.osm.pbf`"))]
    pub extract: PathBuf,
    #[arg(long, short, value_name = say("FICHIER", "FILE"), help = say(
        "Fichier à écrire, en entier ou pas du tout",
        "File to write, whole or not at all",
    ))]
    pub out: PathBuf,
    #[arg(long, value_name = say("PROFILS", "PROFILES"), value_delimiter = ',', default_value = "car,van,foot", help = say(
        "Qui voyagera : les recherches sont préparées pour eux, ce qui grossit le fichier. Les autres peuvent s’en servir aussi",
        "Who will travel: searches are prepared for them, which makes the file larger. Everybody else can use it too",
    ))]
    pub profiles: Vec<ProfileArg>,
}

/// Arguments of `matrix`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Entre des villages, en voiture", "Between villages, by car", "tournee matrix --roads bourgogne.osm.pbf --points villages.csv -o times.csv"],
    ["Des villages aux salles, à pied", "From villages to halls, on foot",
     "tournee matrix --roads bourgogne.roads --points villages.csv --to halls.csv --profile foot -o walks.csv"],
    ["Un jour d’hiver, en binaire", "On a day of winter, in binary",
     "tournee matrix --roads bourgogne.roads --points villages.csv --date 2027-01-15 -o times.bin"],
], say(
    "Un CSV a les colonnes from,to,seconds,metres : une ligne par paire ordonnée, sans celle d’un point à lui-même, secondes et mètres \
     vides où il n’y a pas de chemin. Un nom en .bin donne la même chose en binaire, toutes paires comprises : docs/roads.md dit comment le \
     lire. Les secondes comptent le temps d’aller de chaque point à la route ; les mètres sont ceux de la route seule.",
    "A CSV has the columns from,to,seconds,metres: one row an ordered pair, a point to itself left out, seconds and metres empty where \
     there is no way. A name that ends in `.bin` gives the same in binary, all pairs of them: docs/roads.md says how to read it. Seconds \
     hold the time to get from each point to the road; metres are those of the road alone.",
)))]
pub struct MatrixArgs {
    #[arg(long, value_name = say("FICHIER", "FILE"), help = say(
        "Routes : un .osm.pbf ou un réseau préparé",
        "Roads: an `.osm.pbf` or a prepared network",
    ))]
    pub roads: PathBuf,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = say(
        "Points de départ, et d’arrivée si --to n’en nomme pas d’autres : un CSV « id,lon,lat »",
        "Points to start from, and to arrive at unless `--to` names others: a CSV file `id,lon,lat`",
    ))]
    pub points: PathBuf,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = say(
        "Points d’arrivée : un CSV « id,lon,lat »",
        "Points to arrive at: a CSV file `id,lon,lat`",
    ))]
    pub to: Option<PathBuf>,
    #[arg(long, short, value_name = say("FICHIER", "FILE"), help = say(
        "CSV à écrire, en entier ou pas du tout ; binaire si son nom finit en .bin",
        "CSV file to write, whole or not at all; binary where its name ends in `.bin`",
    ))]
    pub out: PathBuf,
    #[arg(long, value_name = say("PROFIL", "PROFILE"), default_value = "car", help = say("Qui voyage", "Who travels"))]
    pub profile: ProfileArg,
    #[arg(long, value_name = "DATE", value_parser = typed::date, help = of(DATE))]
    pub date: Option<Date>,
    #[arg(long, value_name = say("MÈTRES", "METRES"), default_value_t = 1000, value_parser = typed::whole(1..=100_000_i32), help = of(SNAP_LIMIT))]
    pub snap_limit: i32,
}

/// Arguments of `isochrone`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["À 5, 10 et 15 minutes de salles", "5, 10 and 15 minutes from halls",
     "tournee isochrone --roads bourgogne.roads --points halls.csv --minutes 5,10,15 -o halls.geojson"],
    ["D’où l’on rejoint un point d’aide en 20 minutes", "Whence one comes to an aid site in 20 minutes",
     "tournee isochrone data/nievre --roads bourgogne.osm.pbf --minutes 20 --reverse -o aid-sites.geojson"],
], say(
    "Donnez SCENARIO, ou --points avec --roads ; avec SCENARIO, la date et la distance aux routes sont les siennes. \
     Les zones contiennent toute route à portée, à la seconde près, et aucune à plus de trois mailles d’elle ; docs/outputs.md dit comment \
     elles sont dessinées. --reverse demande qui peut venir au point.",
    "Give SCENARIO, or `--points` with `--roads`; with SCENARIO the date and the distance to roads are its own. \
     Areas hold all road within reach, to the second, and none that is farther than three cells from it; docs/outputs.md says how they \
     are drawn. `--reverse` asks who can come to the point.",
)))]
pub struct IsochroneArgs {
    #[arg(required_unless_present = "points", conflicts_with_all = ["points", "date", "snap_limit"],
        value_name = "SCENARIO", help = say(
        "Dossier d’un scénario, pour ses points d’aide et ses routes, au premier jour de son cycle",
        "Folder of a scenario, for its aid sites and roads, as on the first day of its cycle",
    ))]
    pub scenario: Option<PathBuf>,
    #[arg(long, value_name = say("FICHIER", "FILE"), requires = "roads", help = say(
        "Points : un CSV « id,lon,lat »",
        "Points: a CSV file `id,lon,lat`",
    ))]
    pub points: Option<PathBuf>,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = say(
        "Routes : un .osm.pbf ou un réseau préparé [par défaut : celles du scénario]",
        "Roads: an `.osm.pbf` or a prepared network [default: those of the scenario]",
    ))]
    pub roads: Option<PathBuf>,
    #[arg(long, value_name = "N,N,...", required = true, value_delimiter = ',', value_parser = typed::whole(1..=240_u16), help = say(
        "Plus longues durées, en minutes, 24 au plus",
        "Longest times in minutes, at most 24 of them",
    ))]
    pub minutes: Vec<u16>,
    #[arg(long, short, value_name = say("FICHIER", "FILE"), help = say(
        "GeoJSON à écrire, en entier ou pas du tout",
        "GeoJSON file to write, whole or not at all",
    ))]
    pub out: PathBuf,
    #[arg(long, value_name = say("PROFIL", "PROFILE"), default_value = "car", help = say("Qui voyage", "Who travels"))]
    pub profile: ProfileArg,
    #[arg(long, help = say(
        "De partout vers le point, au lieu du point vers partout",
        "From everywhere to the point, instead of from the point to everywhere",
    ))]
    pub reverse: bool,
    #[arg(long, value_name = "DATE", value_parser = typed::date, help = of(DATE))]
    pub date: Option<Date>,
    #[arg(long, value_name = say("MÈTRES", "METRES"), default_value_t = 1000, value_parser = typed::whole(1..=100_000_i32), help = of(SNAP_LIMIT))]
    pub snap_limit: i32,
}
