//! `tournee isochrone [SCENARIO] --minutes 5,10,15 -o FILE.geojson`.

use std::path::Path;

use serde_json::json;
use tournee::diagnostics::{Code, Diagnostic, Location, Repair};
use tournee::isochrone::{LIMITS_MAX, isochrones};
use tournee::matrix::Heading;
use tournee::network::RoadNetwork;
use tournee::outputs::geojson::isochrones::{Centre, Journeys, isochrones as layer};
use tournee::text;
use tournee::traveller::Traveller;
use tournee::units::{Metres, Seconds};
use tournee::whole_file::WholeFile;

use super::args::IsochroneArgs;
use super::context::Context;
use super::failure::Failure;
use super::points::{self, NamedPoint};
use super::progress::Progress;
use super::snapping::Snapping;
use super::{Outcome, repairs, report, scenario};

const TOO_MANY: Code = Code("M011");

/// Most points of one file, as all areas are held in memory.
const POINTS_MAX: usize = 2_000;

/// Where to draw areas, and on which roads.
struct Task {
    title: String,
    note: String,
    points: Vec<NamedPoint>,
    /// By point.
    names: Vec<String>,
    roads: RoadNetwork,
    traveller: Traveller,
    snap_limit: Metres,
    findings: Vec<Diagnostic>,
    repairs: Vec<Repair>,
}

/// Draws an area for each point and limit.
pub fn run(args: &IsochroneArgs, context: &Context) -> Result<Outcome, Failure> {
    let limits = limits(&args.minutes)?;
    let progress = Progress::start(context);
    progress.step(&text!("lecture des points et des routes", "reading the points and the roads"));
    let task = match (&args.scenario, &args.points, &args.roads) {
        (Some(folder), ..) => of_scenario(folder, args, context)?,
        (None, Some(points), Some(roads)) => of_points(points, roads, args)?,
        _ => {
            let what = text!(
                "donnez un scénario, ou `--points` et `--roads`",
                "give a scenario, or `--points` and `--roads`"
            );
            return Err(Failure::Usage(what));
        }
    };
    let Task { points, roads, traveller, .. } = &task;
    let snapping = Snapping { roads, traveller, limit: task.snap_limit };
    let snaps = snapping.snap_all(points)?;
    progress.step(&text!("tracé des zones", "drawing the areas"));
    let heading = if args.reverse { Heading::Towards } else { Heading::Away };
    let areas = isochrones(roads, traveller, &snaps, &limits, heading);
    let centres: Vec<Centre<'_>> = points
        .iter()
        .zip(&task.names)
        .zip(&areas)
        .map(|((point, name), isochrones)| Centre { id: &point.id, name, isochrones })
        .collect();
    let lang = context.lang();
    let note = (!task.note.is_empty()).then_some(task.note.as_str());
    let (title, traveller, is_sketch) = (task.title.as_str(), *traveller, roads.is_sketch());
    let bytes = layer(&centres, &Journeys { title, note, traveller, heading, is_sketch, lang });
    WholeFile::write(&args.out, &bytes)?;
    drop(progress);

    let findings = [task.findings.clone(), roads.warnings(), roads.dropped(&traveller)].concat();
    context.complain(&report::findings(&findings, lang));
    let count: usize = areas.iter().map(Vec::len).sum();
    let empty = areas.iter().flatten().filter(|area| area.road.is_empty()).count();
    let (name, centres) = (args.out.display(), points.len());
    let told = text!(
        "{name} : {count} zone(s) autour de {centres} point(s), dont {empty} sans aucune route\n",
        "{name}: {count} area(s) around {centres} point(s), {empty} of them without any road\n"
    );
    let data = json!({
        "command": "isochrone",
        "file": args.out,
        "points": centres,
        "areas": count,
        "empty": empty,
        "sketch_roads": is_sketch,
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
        "repairs": repairs::json(&task.repairs, lang),
    });
    context.summary(&(repairs::lines(&task.repairs, lang, context.verbose) + told.get(lang)), &data)?;
    Ok(Outcome::Done)
}

/// Ascending, each once.
fn limits(minutes: &[u16]) -> Result<Vec<Seconds>, Failure> {
    let mut limits: Vec<Seconds> =
        minutes.iter().map(|minutes| Seconds::from_minutes(i32::from(*minutes))).collect();
    limits.sort_unstable();
    limits.dedup();
    if limits.len() > LIMITS_MAX {
        let found = limits.len();
        return Err(Failure::Usage(text!(
            "--minutes : {LIMITS_MAX} durées au plus, {found} données",
            "--minutes: at most {LIMITS_MAX} times, {found} given"
        )));
    }
    Ok(limits)
}

fn of_points(points: &Path, roads: &Path, args: &IsochroneArgs) -> Result<Task, Failure> {
    let at = Location::file(&points.display().to_string());
    let points = few(points::read(points)?, &at)?;
    Ok(Task {
        title: String::new(),
        note: String::new(),
        names: points.iter().map(|point| point.id.clone()).collect(),
        points,
        roads: RoadNetwork::open(roads)?,
        traveller: Traveller { date: args.date, ..Traveller::of(args.profile.into()) },
        snap_limit: Metres(args.snap_limit),
        findings: Vec::new(),
        repairs: Vec::new(),
    })
}

/// The aid sites of a scenario, on its roads and on the first day of its cycle.
fn of_scenario(folder: &Path, args: &IsochroneArgs, context: &Context) -> Result<Task, Failure> {
    let scenario = scenario::open(folder, args.roads.as_deref(), context)?;
    let dataset = &scenario.dataset;
    let named = dataset.sites.iter().map(|site| {
        let point = NamedPoint { id: site.id.clone(), at: site.at, row: site.row.clone() };
        (point, site.name.clone())
    });
    let (points, names): (Vec<NamedPoint>, Vec<String>) = named.unzip();
    let at = Location::file("aid_sites.csv");
    if points.is_empty() {
        return Err(scenario.failure(vec![points::no_point(at)]));
    }
    Ok(Task {
        title: dataset.settings.title.clone(),
        note: dataset.settings.note.clone(),
        names,
        points: few(points, &at)?,
        roads: scenario.roads()?,
        traveller: Traveller::of(args.profile.into()).on(dataset.settings.start),
        snap_limit: dataset.settings.roads.snap_limit,
        findings: scenario.findings.clone(),
        repairs: scenario.repairs.clone(),
    })
}

fn few(points: Vec<NamedPoint>, at: &Location) -> Result<Vec<NamedPoint>, Failure> {
    let found = points.len();
    if found <= POINTS_MAX {
        return Ok(points);
    }
    let finding = Diagnostic::error(
        TOO_MANY,
        at.clone(),
        text!("{POINTS_MAX} points au plus", "at most {POINTS_MAX} points"),
        text!("{found} points", "{found} points"),
        text!("partagez la table en plusieurs", "split the table into several"),
    );
    Err(Failure::input(vec![finding]))
}
