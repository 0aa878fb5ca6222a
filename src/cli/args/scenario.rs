//! Arguments of the commands about scenarios and plans.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use jiff::civil::Date;

use super::{FileFormat, SearchArgs, SpotArg};
use crate::cli::help::examples;
use crate::cli::say::say;
use crate::cli::typed;

const SCENARIO: [&str; 2] = [
    "Dossier du scénario : « scenario.toml » et ses tables",
    "Folder of the scenario: `scenario.toml` and its tables",
];
const ROADS: [&str; 2] = [
    "Routes : un .osm.pbf, un réseau préparé, ou « sketch » (esquisse), au lieu de celles que nomme le scénario",
    "Roads: an `.osm.pbf`, a prepared network, or `sketch`, instead of those the scenario names",
];
const FORMATS: [&str; 2] = [
    "Fichiers à écrire en plus de « plan.json » [par défaut : tous]",
    "Files to write besides `plan.json` [default: all]",
];
const PUBLIC: [&str; 2] = [
    "Fichiers pour tout le monde : moins de 5 foyers ne sont pas dits ; « plan.json », « timetable.xlsx » et « drivers.html » ne sont pas écrits",
    "Files for everybody: fewer than 5 households are not told; `plan.json`, `timetable.xlsx` and `drivers.html` are not written",
];

fn of([fr, en]: [&'static str; 2]) -> &'static str {
    say(fr, en)
}

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Répondre à quelques questions, puis planifier", "Answer a few questions, then plan", "tournee init mon-scenario"],
    ["L’exemple en anglais, sans question", "The example in English, no question asked", "tournee init my-scenario --lang en --example"],
    ["Des tables à remplir, sans question", "Tables to fill in, no question asked",
     "tournee init nievre --empty --title \"Tournées 2027\" --start 2027-01-04 --weeks 4 --antenna \"Bus solidaire\" --depot Nevers --lat 46.989 --lon 3.159"],
], say(
    "Sur un terminal, et sans option que --lang, le programme pose ses questions ; rien n’est écrit avant la dernière réponse.",
    "On a terminal, and without an option but --lang, the program asks; nothing is written before the last answer.",
)))]
pub struct InitArgs {
    #[arg(value_name = say("DOSSIER", "DIR"), help = say(
        "Dossier à écrire : vide, ou pas encore là",
        "Folder to write: one that is empty, or not there yet",
    ))]
    pub folder: PathBuf,
    #[arg(long, conflicts_with = "empty", help = say(
        "Avec les lignes de l’exemple, dans le Morvan [par défaut, sans question]",
        "With the rows of the example, in the Morvan [default, where nothing is asked]",
    ))]
    pub example: bool,
    #[arg(long, help = say(
        "Sans lignes d’exemple : des tables à remplir, où seuls sont votre dépôt et une première antenne",
        "Without rows of an example: tables to fill in, which hold your depot and a first antenna alone",
    ))]
    pub empty: bool,
    #[arg(long, value_name = say("TITRE", "TITLE"), value_parser = typed::line, help = say(
        "Titre, qui paraît sur tous les fichiers",
        "Title, which all files carry",
    ))]
    pub title: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = typed::monday, help = say(
        "Premier jour du cycle, un lundi, comme 2027-01-04",
        "First day of the cycle, a Monday, such as 2027-01-04",
    ))]
    pub start: Option<Date>,
    #[arg(long, value_name = "N", value_parser = typed::whole(1..=6_u8), requires = "empty", help = say(
        "Longueur du cycle en semaines, de 1 à 6, avec --empty",
        "Length of the cycle in weeks, from 1 to 6, with --empty",
    ))]
    pub weeks: Option<u8>,
    #[arg(long, value_name = say("NOM", "NAME"), value_parser = typed::line, requires = "empty", help = say(
        "Nom de la première antenne, avec --empty",
        "Name of the first antenna, with --empty",
    ))]
    pub antenna: Option<String>,
    #[arg(long, value_name = say("NOM", "NAME"), value_parser = typed::line, requires = "empty", help = say(
        "Nom de son dépôt, par exemple sa commune, avec --empty",
        "Name of its depot, for instance its commune, with --empty",
    ))]
    pub depot: Option<String>,
    #[arg(long, value_name = say("DEGRÉS", "DEGREES"), value_parser = typed::latitude, allow_negative_numbers = true,
        requires_all = ["empty", "lon"], help = say("Latitude du dépôt, comme 46.989", "Latitude of the depot, such as 46.989"))]
    pub lat: Option<f64>,
    #[arg(long, value_name = say("DEGRÉS", "DEGREES"), value_parser = typed::longitude, allow_negative_numbers = true,
        requires_all = ["empty", "lat"], help = say("Longitude du dépôt, comme 3.159", "Longitude of the depot, such as 3.159"))]
    pub lon: Option<f64>,
}

/// Arguments of `plan`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Planifier l’exemple", "Plan the sample", "tournee plan data/nievre"],
    ["Sur de vraies routes, en deux minutes, dans un autre dossier", "On real roads, for two minutes, into another folder",
     "tournee plan data/nievre --roads bourgogne.osm.pbf --time 2m --out plan-janvier"],
    ["Le même plan sur toute machine, avec un résumé pour les programmes", "The same plan on every machine, with a summary for programs",
     "tournee plan data/nievre --iterations 5000 --seed 7 --format json > summary.json"],
    ["Replanifier autour d’un classeur modifié", "Plan again around an edited workbook",
     "tournee plan data/nievre --keep data/nievre/plan/timetable.xlsx --out plan-2"],
    ["Dire à combien du meilleur plan possible", "Tell how far from the best possible plan", "tournee plan data/nievre --bound 60s"],
], say(
    "Ctrl-C arrête la recherche et écrit le meilleur plan trouvé ; une seconde fois, le programme s’arrête et l’ancien plan reste.",
    "Ctrl-C ends the search and writes the best plan found; a second one ends the program, and the old plan stays.",
)))]
pub struct PlanArgs {
    #[arg(value_name = "SCENARIO", help = of(SCENARIO))]
    pub scenario: PathBuf,
    #[arg(long, short, value_name = say("DOSSIER", "DIR"), help = say(
        "Dossier à écrire, en entier ou pas du tout [par défaut : « plan » dans le dossier du scénario ; « public » avec --public]",
        "Folder to write, whole or not at all [default: `plan` in the scenario folder; `public` with --public]",
    ))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = of(ROADS))]
    pub roads: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = typed::antennas, help = say(
        "Planifier avec autant d’antennes : les premières de la table, puis des copies de la dernière",
        "Plan with that many antennas: the first of the table, then copies of its last one",
    ))]
    pub antennas: Option<usize>,
    #[arg(long, value_name = "N", value_parser = typed::whole(1..=7_u8), help = say(
        "Jours de sortie d’une antenne par semaine, au plus : ceux de ses jours qui ouvrent le plus d’arrêts",
        "Days a week on which an antenna goes out at most: those of its days that open most stops",
    ))]
    pub days: Option<u8>,
    #[arg(long, value_name = say("HEURES", "HOURS"), value_parser = typed::hours, help = say(
        "Plus longue journée d’une antenne, en heures, là où elle n’en a pas de plus courte",
        "Longest duty of an antenna's day, in hours, where it has no shorter one",
    ))]
    pub hours: Option<f64>,
    #[arg(long, value_name = "EUROS", value_parser = typed::worth, help = say(
        "Ce que vaut un foyer à portée, en euros par cycle, au lieu de la valeur du scénario",
        "What a household within reach is worth, in euros a cycle, instead of the scenario's",
    ))]
    pub value: Option<f64>,
    #[arg(long, value_name = "PLAN", help = say(
        "Planifier autour d’un plan qui existe : un « plan.json », ou un « timetable.xlsx » modifié. Les changements sont fixés, les \
         autres visites restent où elles étaient autant que possible",
        "Plan around a plan that exists: a `plan.json`, or a `timetable.xlsx` with changes. Changes are fixed, the other visits stay \
         where they were as far as they can",
    ))]
    pub keep: Option<PathBuf>,
    #[arg(long, value_name = say("DURÉE", "TIME"), num_args = 0..=1, value_parser = typed::duration, help = say(
        "Dire à quelle distance du meilleur plan possible on est, au plus ; s’arrêter après cette durée, sinon quand c’est fini (quelques \
         secondes pour 60 arrêts, des minutes pour 400)",
        "Say how far the plan is from the best possible at most; stop after that long, or when done (seconds for 60 stops, minutes for 400)",
    ))]
    #[expect(clippy::option_option, reason = "not asked, asked, asked with a limit")]
    pub bound: Option<Option<Duration>>,
    #[arg(long, value_name = say("LISTE", "LIST"), value_delimiter = ',', help = of(FORMATS))]
    pub formats: Vec<FileFormat>,
    #[arg(long, help = of(PUBLIC))]
    pub public: bool,
    #[command(flatten)]
    pub search: SearchArgs,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Tous les fichiers, en anglais", "All files, in English", "tournee report data/nievre/plan --lang en"],
    ["Les seules cartes et le tableau, dans un autre dossier", "Only maps and the table, into another folder",
     "tournee report plan.json --formats geojson,csv --out cartes"],
    ["Des fichiers à publier", "Files to publish", "tournee report data/nievre/plan --public --out site-web"],
], ""))]
pub struct ReportArgs {
    #[arg(value_name = "PLAN", help = say(
        "Le plan : un « plan.json », ou le dossier qu’a écrit « tournee plan »",
        "The plan: a `plan.json`, or the folder that `tournee plan` wrote",
    ))]
    pub plan: PathBuf,
    #[arg(long, short, value_name = say("DOSSIER", "DIR"), help = say(
        "Dossier à écrire ; ce que « plan » ou « report » y ont écrit d’autre reste [par défaut : celui du plan]",
        "Folder to write; what else `plan` or `report` wrote there stays [default: the plan's own]",
    ))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = say("LISTE", "LIST"), value_delimiter = ',', help = of(FORMATS))]
    pub formats: Vec<FileFormat>,
    #[arg(long, requires = "out", help = of(PUBLIC))]
    pub public: bool,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Ce qu’un nouveau plan change", "What a new plan changes", "tournee compare data/nievre/plan plan-2"],
    ["Chaque visite, pour les programmes", "Each visit, for programs", "tournee compare plan-1.json plan-2.json --format json"],
], say(
    "Les visites sont comparées date par date, arrêt par arrêt ; --verbose les montre toutes.",
    "Visits are compared date by date, stop by stop; --verbose lists them all.",
)))]
pub struct CompareArgs {
    #[arg(value_name = say("AVANT", "BEFORE"), help = say(
        "Le premier plan : un « plan.json », ou le dossier qu’a écrit « tournee plan »",
        "The first plan: a `plan.json`, or the folder that `tournee plan` wrote",
    ))]
    pub before: PathBuf,
    #[arg(value_name = say("APRÈS", "AFTER"), help = say("Le second, de même", "The second one, likewise"))]
    pub after: PathBuf,
}

/// Arguments of `frontier`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Autour des moyens de la table", "Around the table's means", "tournee frontier data/nievre"],
    ["D’une à quatre antennes, en cinq minutes", "One to four antennas, in five minutes",
     "tournee frontier data/nievre --antennas 1-4 --values 5,10,20,40 --time 5m --out frontiere"],
    ["Ce que permettent 400 € et 800 € par cycle", "What €400 and €800 a cycle allow",
     "tournee frontier data/nievre --antennas 2 --days 1-5 --euros 400,800"],
], say(
    "Une durée est partagée entre tous les plans ; les itérations sont celles de chacun. La ligne d’un point donne \
     la commande qui refait son plan.",
    "A time is shared by all plans; iterations are those of each. A point's row has the command that plans it \
     again.",
)))]
pub struct FrontierArgs {
    #[arg(value_name = "SCENARIO", help = of(SCENARIO))]
    pub scenario: PathBuf,
    #[arg(long, short, value_name = say("DOSSIER", "DIR"), help = say(
        "Dossier à écrire, en entier ou pas du tout [par défaut : « frontier » dans le dossier du scénario]",
        "Folder to write, whole or not at all [default: `frontier` in the scenario folder]",
    ))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = of(ROADS))]
    pub roads: Option<PathBuf>,
    #[arg(long, value_name = say("DE-À", "RANGE"), value_parser = typed::antenna_range, help = say(
        "Nombres d’antennes, « 2 » ou « 1-4 » [par défaut : de 1 à une de plus que la table]",
        "Numbers of antennas, `2` or `1-4` [default: from 1 to one more than the table has]",
    ))]
    pub antennas: Option<RangeInclusive<usize>>,
    #[arg(long, value_name = "EUROS", value_delimiter = ',', value_parser = typed::worth, help = say(
        "Ce que vaut un foyer à portée, en euros par cycle : un point de la courbe pour chacun [par défaut : la valeur du scénario, \
         de son 256e à quatre fois]",
        "What a household within reach is worth, in euros a cycle: one curve point each [default: the scenario's, from a 256th of it \
         to four times]",
    ))]
    pub values: Vec<f64>,
    #[arg(long, value_name = say("DE-À", "RANGE"), value_parser = typed::day_range, help = say(
        "Jours de sortie d’une antenne par semaine, au plus : « 3 » ou « 1-5 » [par défaut : comme le disent les tables]",
        "Days a week on which an antenna goes out at most: `3` or `1-5` [default: as the tables say]",
    ))]
    pub days: Option<RangeInclusive<u8>>,
    #[arg(long, value_name = say("HEURES", "HOURS"), value_delimiter = ',', value_parser = typed::hours, help = say(
        "Plus longues journées d’une antenne, en heures [par défaut : comme le disent les tables]",
        "Longest duties of an antenna's day, in hours [default: as the tables say]",
    ))]
    pub hours: Vec<f64>,
    #[arg(long, value_name = "EUROS", value_delimiter = ',', value_parser = typed::limit, help = say(
        "Budgets en euros par cycle : on cherche les valeurs d’un foyer dont les plans les respectent tout juste",
        "Budgets in euros a cycle: worths of a household are looked for whose plans just keep them",
    ))]
    pub euros: Vec<f64>,
    #[arg(long, value_name = "KM", value_delimiter = ',', value_parser = typed::limit, help = say(
        "Kilomètres par cycle, de même",
        "Kilometres a cycle, likewise",
    ))]
    pub km: Vec<f64>,
    #[command(flatten)]
    pub search: SearchArgs,
}

/// Arguments of `coverage`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Les zones blanches d’aujourd’hui", "The white zones of today", "tournee coverage data/nievre"],
    ["Sur de vraies routes, en anglais", "On real roads, in English", "tournee coverage data/nievre --roads bourgogne.osm.pbf --out zones --lang en"],
    ["L’accès avant et après un plan", "Access before and after a plan", "tournee coverage data/nievre --plan data/nievre/plan --minutes 10,20,40"],
], ""))]
pub struct CoverageArgs {
    #[arg(value_name = "SCENARIO", help = of(SCENARIO))]
    pub scenario: PathBuf,
    #[arg(long, short, value_name = say("DOSSIER", "DIR"), help = say(
        "Dossier à écrire, en entier ou pas du tout [par défaut : « coverage » dans le dossier du scénario]",
        "Folder to write, whole or not at all [default: `coverage` in the scenario folder]",
    ))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = of(ROADS))]
    pub roads: Option<PathBuf>,
    #[arg(long, value_name = "PLAN", help = say(
        "Mesurer aussi l’accès après ce plan : un « plan.json », ou le dossier qu’a écrit « tournee plan »",
        "Measure access after this plan too: a `plan.json`, or the folder that `tournee plan` wrote",
    ))]
    pub plan: Option<PathBuf>,
    #[arg(long, value_name = "MINUTES", value_delimiter = ',', value_parser = typed::whole(1..=240_i32), help = say(
        "Durées de trajet, en minutes croissantes, en deçà desquelles points et foyers sont comptés, au lieu de celles du scénario",
        "Travel times, in increasing minutes, within which facilities and households are counted, instead of the scenario's",
    ))]
    pub minutes: Vec<i32>,
}

/// Arguments of `candidates`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Les vingt meilleurs lieux", "The twenty best places", "tournee candidates data/nievre"],
    ["Quarante, au-delà des arrêts que la table a déjà", "Forty, beyond the stops that the table has already",
     "tournee candidates data/nievre --count 40 --with-stops --lang en"],
], ""))]
pub struct CandidatesArgs {
    #[arg(value_name = "SCENARIO", help = of(SCENARIO))]
    pub scenario: PathBuf,
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = typed::whole(1..=5000_usize), help = say(
        "Longueur de la liste, au plus",
        "Most places on the list",
    ))]
    pub count: usize,
    #[arg(long, value_name = say("OÙ", "SPOTS"), default_value = "places", help = say(
        "Où des arrêts pourraient ouvrir",
        "Where stops could open",
    ))]
    pub at: SpotArg,
    #[arg(long, help = say(
        "Compter comme atteint le besoin à portée des arrêts de la table, et non des seuls points d’aide",
        "Count need within reach of the table's stops as reached already, not only that of aid sites",
    ))]
    pub with_stops: bool,
    #[arg(long, short, value_name = say("DOSSIER", "DIR"), help = say(
        "Dossier à écrire, en entier ou pas du tout [par défaut : « candidates » dans le dossier du scénario]",
        "Folder to write, whole or not at all [default: `candidates` in the scenario folder]",
    ))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = of(ROADS))]
    pub roads: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_long_help = examples(&[
    ["Vérifier un plan", "Verify a plan", "tournee check data/nievre data/nievre/plan/plan.json"],
    ["Voir ce qu’une heure changée dans le classeur enfreint", "See what an hour changed in the workbook breaks",
     "tournee check data/nievre data/nievre/plan/timetable.xlsx"],
    ["Un plan tapé à la main, pour les programmes", "A plan typed by hand, for programs",
     "tournee check data/nievre typed-by-hand.json --format json"],
], say(
    "Un plan tapé à la main a des « tours », chacun avec « antenna », « date » et « calls », chacun avec « stop », « opens » et « closes » : des \
     heures comme 09:30. Ce qui n’est pas dit est calculé à partir des routes et des tables.",
    "A plan typed by hand needs `tours`, each with `antenna`, `date` and `calls`, each with `stop`, `opens` and `closes`: times such as \
     `09:30`. What is left out is worked out from the roads and the tables.",
)))]
pub struct CheckArgs {
    #[arg(value_name = "SCENARIO", help = of(SCENARIO))]
    pub scenario: PathBuf,
    #[arg(value_name = "PLAN", help = say(
        "Le plan : un « plan.json », le dossier qu’a écrit « tournee plan », ou son « timetable.xlsx » modifié",
        "The plan: a `plan.json`, the folder that `tournee plan` wrote, or its `timetable.xlsx` with changes",
    ))]
    pub plan: PathBuf,
    #[arg(long, value_name = say("FICHIER", "FILE"), help = of(ROADS))]
    pub roads: Option<PathBuf>,
}
