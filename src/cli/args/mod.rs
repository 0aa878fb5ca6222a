//! Command-line arguments: structs that clap fills, no logic.
//!
//! What people read about them stands at each, in French and in English ([`say`]).

mod roads;
mod scenario;
mod values;

use std::time::Duration;

use clap::{Args, Parser, Subcommand};

pub use roads::{IsochroneArgs, MatrixArgs, RoadsArgs, RoadsBuildArgs, RoadsCommand, SolveArgs};
pub use scenario::{
    CandidatesArgs, CheckArgs, CompareArgs, CoverageArgs, FrontierArgs, InitArgs, PlanArgs, ReportArgs,
};
pub use values::{FileFormat, Format, LangArg, ProfileArg, SpotArg};

use super::help::{Heading, heading};
use super::say::say;
use super::typed;
use super::{completions::CompletionsArgs, man::ManArgs};

#[derive(Debug, Parser)]
#[command(name = "tournee", version, max_term_width = 100, propagate_version = true)]
#[command(
    about = say(
        "Planifier les tournées de l’aide alimentaire itinérante : quels villages desservir, quand, avec quelle antenne",
        "Plan mobile routes for itinerant food aid: which villages to serve, when, by which van",
    ),
    after_help = say(
        "Pour commencer : tournee init MON-DOSSIER, puis tournee plan MON-DOSSIER. « tournee help COMMANDE » montre des exemples.\n\n\
         Codes de sortie : 0 fait, 1 erreurs dans les données, 2 commande mal écrite, 3 le plan enfreint une règle ou laisse de côté \
         un arrêt obligatoire, 4 fichier ou machine en défaut, 70 défaut du programme.",
        "To begin: tournee init MY-FOLDER, then tournee plan MY-FOLDER. `tournee help COMMAND` shows examples.\n\n\
         Exit codes: 0 done, 1 the input has errors, 2 wrong usage, 3 the plan breaks a rule or leaves a required visit out, \
         4 a file or the machine failed, 70 a bug.",
    ),
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(about = say(
        "Écrire un scénario commenté à remplir : sur un terminal, en répondant à quelques questions",
        "Write a commented scenario to fill in: on a terminal, by answering a few questions",
    ))]
    Init(InitArgs),
    #[command(about = say(
        "Planifier les tournées d’un dossier de scénario, et écrire le plan, ses cartes, tableaux, affiches et agendas",
        "Plan the tours of a scenario folder and write the plan, its maps, timetables, posters and calendars",
    ))]
    Plan(PlanArgs),
    #[command(about = say(
        "Cartographier qui est couvert aujourd’hui et les zones blanches, et mesurer l’accès avant et après un plan",
        "Map who is covered today and the white zones that are not, and measure access before and after a plan",
    ))]
    Coverage(CoverageArgs),
    #[command(about = say(
        "Planifier avec plus ou moins de moyens : ce qu’apporte chaque antenne, euro ou kilomètre de plus",
        "Plan over a range of resources: what each further antenna, euro or kilometre brings",
    ))]
    Frontier(FrontierArgs),
    #[command(about = say(
        "Classer les lieux où un arrêt mettrait le plus de besoin à portée, en une table d’arrêts",
        "Rank the places at which a stop would bring most need within reach, as a stops table",
    ))]
    Candidates(CandidatesArgs),
    #[command(about = say(
        "Vérifier un plan, même tapé à la main, contre chaque règle, à partir des seules tables et routes",
        "Verify a plan file, also one typed by hand, against every rule, from the tables and the roads alone",
    ))]
    Check(CheckArgs),
    #[command(about = say(
        "Dire ce qui change d’un plan à un autre : visites, arrêts, besoin couvert, coût, kilomètres",
        "Tell what changes from one plan to another: visits, stops, need covered, cost, kilometres",
    ))]
    Compare(CompareArgs),
    #[command(about = say(
        "Refaire les fichiers d’un plan à partir de son « plan.json » : autres formats, autre langue",
        "Make the files of a plan again from its `plan.json`: other formats, another language",
    ))]
    Report(ReportArgs),
    #[command(about = say(
        "Préparer des routes, pour que la suite les ouvre aussitôt",
        "Prepare roads, so that later runs open them at once",
    ))]
    Roads(RoadsArgs),
    #[command(about = say(
        "Écrire les durées et longueurs de trajet entre tous les points d’une table",
        "Write travel times and lengths between all points of a table",
    ))]
    Matrix(MatrixArgs),
    #[command(about = say(
        "Dessiner les zones à tant de minutes de points, ou des points d’aide d’un scénario",
        "Draw the areas within so many minutes of points, or of a scenario's aid sites",
    ))]
    Isochrone(IsochroneArgs),
    #[command(about = say(
        "Résoudre une instance de référence, pour la recherche",
        "Solve a standard benchmark instance, for researchers",
    ))]
    Solve(SolveArgs),
    #[command(about = say(
        "Écrire de quoi compléter les commandes par la touche Tab",
        "Write what a shell needs to complete commands with the Tab key",
    ))]
    Completions(CompletionsArgs),
    #[command(about = say("Écrire les pages de manuel", "Write the manual pages"))]
    Man(ManArgs),
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = heading(Heading::Common))]
pub struct Common {
    #[arg(long, global = true, value_name = say("LANGUE", "LANG"), help = say(
        "Langue des messages et des fichiers [par défaut : celle du scénario ; avant de la connaître, le français, sauf si \
         LANG est en anglais]",
        "Language of messages and outputs [default: the scenario's; French before it is known, unless LANG is English]",
    ))]
    pub lang: Option<LangArg>,
    #[arg(long, short, global = true, help = say("N’afficher que les erreurs", "Print nothing but errors"))]
    pub quiet: bool,
    #[arg(long, short, global = true, conflicts_with = "quiet", help = say(
        "Tout lister, par exemple chaque correction faite à la lecture",
        "List everything, for instance each repair made while reading",
    ))]
    pub verbose: bool,
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text", help = say(
        "Comment le résumé est écrit sur la sortie standard",
        "How the summary on standard output is written",
    ))]
    pub format: Format,
    #[arg(long, global = true, value_name = "N", value_parser = typed::whole(1..=1024_u16), help = say(
        "Tâches de calcul en parallèle [par défaut : une par cœur]",
        "Worker threads [default: one a core]",
    ))]
    pub threads: Option<u16>,
}

/// Budget and seed of a search.
#[derive(Clone, Copy, Debug, Args)]
pub struct SearchArgs {
    #[arg(long, value_name = say("DURÉE", "TIME"), value_parser = typed::duration, help = say(
        "Durée de la recherche : 60s, 2m, 90 (secondes)",
        "Search for that long: `60s`, `2m`, `90` (seconds)",
    ))]
    pub time: Option<Duration>,
    #[arg(long, value_name = "N", value_parser = typed::whole(1..=u64::MAX), help = say(
        "Nombre d’itérations de la recherche : le même plan sur toute machine",
        "Search for that many iterations: the same plan on every machine",
    ))]
    pub iterations: Option<u64>,
    #[arg(long, value_name = "N", value_parser = typed::whole(0..=u64::MAX), help = say(
        "Graine de tous les choix faits au hasard",
        "Seed of every random choice",
    ))]
    pub seed: Option<u64>,
}
