//! Command-line arguments: structs that clap fills, no logic.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use tournee::diagnostics::Lang;
use tournee::traveller::Profile;

use super::typed;

/// Plan mobile routes for itinerant food aid: which villages to serve, when, by which van.
#[derive(Debug, Parser)]
#[command(name = "tournee", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Exit codes: 0 done, 1 the input has errors, 2 wrong usage, 3 the plan breaks a rule or \
leaves a required visit out, 4 a file or the machine failed, 70 a bug."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a commented scenario to fill in, which runs as it is
    Init(InitArgs),
    /// Plan the tours of a scenario folder and write them as JSON, GeoJSON and CSV
    Plan(PlanArgs),
    /// Map who is covered today and the white zones that are not, and measure access before and after a plan
    Coverage(CoverageArgs),
    /// Plan over a range of resources: what each further antenna, euro or kilometre brings
    Frontier(FrontierArgs),
    /// Rank the places at which a stop would bring most need within reach, as a stops table
    Candidates(CandidatesArgs),
    /// Verify a plan file, also one typed by hand, against every rule, from the tables and the roads alone
    Check(CheckArgs),
    /// Make the files of a plan again from its `plan.json`: other formats, another language
    Report(ReportArgs),
    /// Prepare roads, so that later runs open them at once
    Roads(RoadsArgs),
    /// Write travel times and lengths between all points of a table
    Matrix(MatrixArgs),
    /// Draw the areas within so many minutes of points, or of a scenario's aid sites
    Isochrone(IsochroneArgs),
    /// Solve a standard benchmark instance, for researchers
    Solve(SolveArgs),
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// Language of messages and outputs [default: the scenario's; French before it is known, unless LANG is English]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<LangArg>,
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// List everything, for instance each repair made while reading
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// How the summary on standard output is written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// Worker threads [default: one a core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Budget and seed of a search.
#[derive(Clone, Copy, Debug, Args)]
pub struct SearchArgs {
    /// Search for that long: `60s`, `2m`, `90` (seconds)
    #[arg(long, value_name = "TIME", value_parser = typed::duration)]
    pub time: Option<Duration>,
    /// Search for that many iterations: the same plan on every machine
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub iterations: Option<u64>,
    /// Seed of every random choice
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee init my-scenario
  tournee init mon-scenario --lang fr && tournee plan mon-scenario")]
pub struct InitArgs {
    /// Folder to write: one that is empty, or not there yet
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Arguments of `plan`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee plan data/nievre
  tournee plan data/nievre --roads bourgogne.osm.pbf --time 2m --out plan-janvier
  tournee plan data/nievre --iterations 5000 --seed 7 --format json > summary.json
  tournee plan data/nievre --keep data/nievre/plan/timetable.xlsx --out plan-2
  tournee plan data/nievre --bound 60s")]
pub struct PlanArgs {
    /// Folder of the scenario: `scenario.toml` and its tables
    pub scenario: PathBuf,
    /// Folder to write, whole or not at all [default: `plan` in the scenario folder; `public` with --public]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Roads: an `.osm.pbf`, a prepared network, or `sketch`, instead of those the scenario names
    #[arg(long, value_name = "FILE")]
    pub roads: Option<PathBuf>,
    /// Plan with that many antennas: the first of the table, then copies of its last one
    #[arg(long, value_name = "N", value_parser = typed::antennas)]
    pub antennas: Option<usize>,
    /// Days a week on which an antenna goes out at most: those of its days that open most stops
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=7))]
    pub days: Option<u8>,
    /// Longest duty of an antenna's day, in hours, where it has no shorter one
    #[arg(long, value_name = "HOURS", value_parser = typed::hours)]
    pub hours: Option<f64>,
    /// What a household within reach is worth, in euros a cycle, instead of the scenario's
    #[arg(long, value_name = "EUROS", value_parser = typed::worth)]
    pub value: Option<f64>,
    /// Plan around a plan that exists: a `plan.json`, or a `timetable.xlsx` with changes. Changes are fixed, the other visits stay where they were as far as they can
    #[arg(long, value_name = "PLAN")]
    pub keep: Option<PathBuf>,
    /// Say how far the plan is from the best possible at most, after that long, or as long as it takes (for some 60 stops and less)
    #[arg(long, value_name = "TIME", num_args = 0..=1, value_parser = typed::duration)]
    #[expect(clippy::option_option, reason = "not asked, asked, asked with a limit")]
    pub bound: Option<Option<Duration>>,
    /// Files to write besides `plan.json` [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub formats: Vec<FileFormat>,
    /// Files for everybody: fewer than 5 households are not told, and `plan.json` is not written
    #[arg(long)]
    pub public: bool,
    /// Budget and seed.
    #[command(flatten)]
    pub search: SearchArgs,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee report data/nievre/plan --lang en
  tournee report plan.json --formats geojson,csv --out cartes
  tournee report data/nievre/plan --public --out site-web")]
pub struct ReportArgs {
    /// The plan: a `plan.json`, or the folder that `plan` wrote
    pub plan: PathBuf,
    /// Folder to write; what else `plan` or `report` wrote there stays [default: the plan's own]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Files to write besides `plan.json` [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub formats: Vec<FileFormat>,
    /// Files for everybody: fewer than 5 households are not told, and `plan.json` is not written
    #[arg(long, requires = "out")]
    pub public: bool,
}

/// A format of `--formats`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFormat(pub tournee::outputs::Format);

impl ValueEnum for FileFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [FileFormat; tournee::outputs::Format::ALL.len()] = {
            let mut all = [FileFormat(tournee::outputs::Format::Plan); tournee::outputs::Format::ALL.len()];
            let mut index = 0;
            while index < all.len() {
                all[index] = FileFormat(tournee::outputs::Format::ALL[index]);
                index += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

/// Arguments of `frontier`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee frontier data/nievre
  tournee frontier data/nievre --antennas 1-4 --values 5,10,20,40 --time 5m --out frontiere
  tournee frontier data/nievre --antennas 2 --days 1-5 --euros 400,800
\n\
A time is shared by all plans; iterations are those of each. A point's plan comes again with \
`tournee plan SCENARIO --antennas N --days N --hours H --value EUROS`, of those the ones in its row.")]
pub struct FrontierArgs {
    /// Folder of the scenario: `scenario.toml` and its tables
    pub scenario: PathBuf,
    /// Folder to write, whole or not at all [default: `frontier` in the scenario folder]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Roads: an `.osm.pbf`, a prepared network, or `sketch`, instead of those the scenario names
    #[arg(long, value_name = "FILE")]
    pub roads: Option<PathBuf>,
    /// Numbers of antennas, `2` or `1-4` [default: from 1 to one more than the table has]
    #[arg(long, value_name = "RANGE", value_parser = typed::antenna_range)]
    pub antennas: Option<RangeInclusive<usize>>,
    /// What a household within reach is worth, in euros a cycle: one curve point each [default: the scenario's, from a
    /// 256th of it to four times]
    #[arg(long, value_name = "EUROS", value_delimiter = ',', value_parser = typed::worth)]
    pub values: Vec<f64>,
    /// Days a week on which an antenna goes out at most: `3` or `1-5` [default: as the tables say]
    #[arg(long, value_name = "RANGE", value_parser = typed::day_range)]
    pub days: Option<RangeInclusive<u8>>,
    /// Longest duties of an antenna's day, in hours [default: as the tables say]
    #[arg(long, value_name = "HOURS", value_delimiter = ',', value_parser = typed::hours)]
    pub hours: Vec<f64>,
    /// Budgets in euros a cycle: worths of a household are looked for whose plans just keep them
    #[arg(long, value_name = "EUROS", value_delimiter = ',', value_parser = typed::limit)]
    pub euros: Vec<f64>,
    /// Kilometres a cycle, likewise
    #[arg(long, value_name = "KM", value_delimiter = ',', value_parser = typed::limit)]
    pub km: Vec<f64>,
    /// Budget and seed.
    #[command(flatten)]
    pub search: SearchArgs,
}

/// Arguments of `coverage`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee coverage data/nievre
  tournee coverage data/nievre --roads bourgogne.osm.pbf --out zones --lang en
  tournee coverage data/nievre --plan data/nievre/plan --minutes 10,20,40")]
pub struct CoverageArgs {
    /// Folder of the scenario: `scenario.toml` and its tables
    pub scenario: PathBuf,
    /// Folder to write, whole or not at all [default: `coverage` in the scenario folder]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Roads: an `.osm.pbf`, a prepared network, or `sketch`, instead of those the scenario names
    #[arg(long, value_name = "FILE")]
    pub roads: Option<PathBuf>,
    /// Measure access after this plan too: a `plan.json`, or the folder that `plan` wrote
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<PathBuf>,
    /// Travel times, in increasing minutes, within which facilities and households are counted, instead of the scenario's
    #[arg(long, value_name = "MINUTES", value_delimiter = ',', value_parser = clap::value_parser!(i32).range(1..=240))]
    pub minutes: Vec<i32>,
}

/// Arguments of `candidates`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee candidates data/nievre
  tournee candidates data/nievre --count 40 --with-stops --lang en")]
pub struct CandidatesArgs {
    /// Folder of the scenario: `scenario.toml` and its tables
    pub scenario: PathBuf,
    /// Most places on the list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = typed::candidate_count)]
    pub count: usize,
    /// Where stops could open: at the places themselves, or at the road junction nearest to each
    #[arg(long, value_name = "SPOTS", default_value = "places")]
    pub at: SpotArg,
    /// Count need within reach of the table's stops as reached already, not only that of aid sites
    #[arg(long)]
    pub with_stops: bool,
    /// Folder to write, whole or not at all [default: `candidates` in the scenario folder]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Roads: an `.osm.pbf`, a prepared network, or `sketch`, instead of those the scenario names
    #[arg(long, value_name = "FILE")]
    pub roads: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee check data/nievre data/nievre/plan/plan.json
  tournee check data/nievre typed-by-hand.json --format json

A plan typed by hand needs `tours`, each with `antenna`, `date` and `calls`, each with `stop`, `opens` and `closes`:
times such as `09:30`. What is left out is worked out from the roads and the tables.")]
pub struct CheckArgs {
    /// Folder of the scenario: `scenario.toml` and its tables
    pub scenario: PathBuf,
    /// The plan: a `plan.json`, the folder that `plan` wrote, or its `timetable.xlsx` with changes
    pub plan: PathBuf,
    /// Roads: an `.osm.pbf`, a prepared network, or `sketch`, instead of those the scenario names
    #[arg(long, value_name = "FILE")]
    pub roads: Option<PathBuf>,
}

/// Arguments of `solve`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee solve X-n101-k25.vrp --time 30 --seed 1 -o X-n101-k25.sol
  tournee solve pr01 --iterations 20000 --threads 1

The format is recognised by what the file holds: VRPLIB, Solomon, Cordeau, covering tours, team orienteering,
HVRP-DLP, HSDMDMTPVRP. docs/benchmarks.md states the conventions. The last line printed is `cost VALUE`: the score
where the set has scores.")]
pub struct SolveArgs {
    /// The instance
    pub instance: PathBuf,
    /// Where to write the routes [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Budget and seed; a minute where nothing is said.
    #[command(flatten)]
    pub search: SearchArgs,
}

/// Arguments of `roads`.
#[derive(Debug, Args)]
pub struct RoadsArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: RoadsCommand,
}

/// What to do with roads.
#[derive(Debug, Subcommand)]
pub enum RoadsCommand {
    /// Turn an OpenStreetMap extract into a prepared network
    Build(RoadsBuildArgs),
}

/// Arguments of `roads build`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  tournee roads build bourgogne.osm.pbf -o bourgogne.roads")]
pub struct RoadsBuildArgs {
    /// The extract, an `.osm.pbf`
    pub extract: PathBuf,
    /// File to write, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub out: PathBuf,
    /// Who will travel: searches are prepared for them, which makes the file larger. Everybody else can use it too
    #[arg(long, value_name = "PROFILES", value_delimiter = ',', default_value = "car,van,foot")]
    pub profiles: Vec<ProfileArg>,
}

/// Arguments of `matrix`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee matrix --roads bourgogne.osm.pbf --points villages.csv -o times.csv
  tournee matrix --roads bourgogne.roads --points villages.csv --to halls.csv --profile foot -o walks.csv
  tournee matrix --roads bourgogne.roads --points villages.csv --date 2027-01-15 -o times.bin

A CSV has the columns from,to,seconds,metres: one row an ordered pair, a point to itself left out, \
seconds and metres empty where there is no way. A name that ends in `.bin` gives the same in binary, all pairs of them: docs/roads.md says how to read it. Seconds hold the time to get from each point to the road; \
metres are those of the road alone.")]
pub struct MatrixArgs {
    /// Roads: an `.osm.pbf` or a prepared network
    #[arg(long, value_name = "FILE")]
    pub roads: PathBuf,
    /// Points to start from, and to arrive at unless `--to` names others: a CSV file `id,lon,lat`
    #[arg(long, value_name = "FILE")]
    pub points: PathBuf,
    /// Points to arrive at: a CSV file `id,lon,lat`
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// CSV file to write, whole or not at all; binary where its name ends in `.bin`
    #[arg(long, short, value_name = "FILE")]
    pub out: PathBuf,
    /// Who travels
    #[arg(long, value_name = "PROFILE", default_value = "car")]
    pub profile: ProfileArg,
    /// Day of the journeys: roads closed in that season are closed [default: all seasonal roads are open]
    #[arg(long, value_name = "DATE")]
    pub date: Option<jiff::civil::Date>,
    /// Farthest a point may lie from a usable road, in metres
    #[arg(long, value_name = "METRES", default_value_t = 1000, value_parser = clap::value_parser!(i32).range(1..=100_000))]
    pub snap_limit: i32,
}

/// Arguments of `isochrone`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  tournee isochrone --roads bourgogne.roads --points halls.csv --minutes 5,10,15 -o halls.geojson
  tournee isochrone data/nievre --roads bourgogne.osm.pbf --minutes 20 --reverse -o aid-sites.geojson

Areas hold all road within reach, to the second, and none that is farther than three cells from it; docs/outputs.md \
says how they are drawn. `--reverse` asks who can come to the point.")]
pub struct IsochroneArgs {
    /// Folder of a scenario, for its aid sites and roads, as on the first day of its cycle
    #[arg(required_unless_present = "points", conflicts_with_all = ["points", "date", "snap_limit"])]
    pub scenario: Option<PathBuf>,
    /// Points: a CSV file `id,lon,lat`
    #[arg(long, value_name = "FILE", requires = "roads")]
    pub points: Option<PathBuf>,
    /// Roads: an `.osm.pbf` or a prepared network [default: those of the scenario]
    #[arg(long, value_name = "FILE")]
    pub roads: Option<PathBuf>,
    /// Longest times in minutes, at most 24 of them
    #[arg(long, value_name = "N,N,...", required = true, value_delimiter = ',', value_parser = clap::value_parser!(u16).range(1..=240))]
    pub minutes: Vec<u16>,
    /// GeoJSON file to write, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub out: PathBuf,
    /// Who travels
    #[arg(long, value_name = "PROFILE", default_value = "car")]
    pub profile: ProfileArg,
    /// From everywhere to the point, instead of from the point to everywhere
    #[arg(long)]
    pub reverse: bool,
    /// Day of the journeys: roads closed in that season are closed [default: all seasonal roads are open]
    #[arg(long, value_name = "DATE")]
    pub date: Option<jiff::civil::Date>,
    /// Farthest a point may lie from a usable road, in metres
    #[arg(long, value_name = "METRES", default_value_t = 1000, value_parser = clap::value_parser!(i32).range(1..=100_000))]
    pub snap_limit: i32,
}

/// `--at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SpotArg {
    /// At the places themselves
    Places,
    /// At the road junction nearest to each place where a van may stop
    Junctions,
}

/// `--profile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileArg {
    /// A private car
    Car,
    /// A van under 3.5 t
    Van,
    /// A bus or lorry
    Bus,
    /// On foot
    Foot,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Car => Self::Car,
            ProfileArg::Van => Self::Van,
            ProfileArg::Bus => Self::Bus,
            ProfileArg::Foot => Self::Foot,
        }
    }
}

/// `--lang`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// French
    Fr,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Fr => Self::Fr,
            LangArg::En => Self::En,
        }
    }
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
