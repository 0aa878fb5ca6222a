//! `tournee plan SCENARIO`.

use std::path::Path;

use tournee::diagnostics::Diagnostic;
use tournee::network::RoadNetwork;
use tournee::outputs::{self, workbook::Edit};
use tournee::plan::{Event, Keep, Options, Plan, Wish, plan};
use tournee::survey;
use tournee::tables::Resources;
use tournee::text;
use tournee::units::{Cost, Seconds};

use super::again::formats;
use super::args::PlanArgs;
use super::context::Context;
use super::failure::Failure;
use super::planned::{self, edits_page};
use super::progress::{Budget, Progress};
use super::scenario::Scenario;
use super::{Outcome, interrupt, report, scenario, summary};

/// Plans a scenario and writes its folder.
pub fn run(args: &PlanArgs, context: &Context) -> Result<Outcome, Failure> {
    let formats = formats(&args.formats, args.public)?;
    let mut progress = Progress::start(context);
    progress.step(&text!("lecture du scénario", "reading the scenario"));
    let scenario = scenario::open(&args.scenario, args.roads.as_deref(), context)?;
    let folder = args.out.clone().unwrap_or_else(|| scenario.folder.join(usual_folder(args.public)));
    let written = outputs::Options { lang: context.lang(), public: args.public };
    outputs::refusal(&folder, written)?;

    let cancelled = interrupt::watch()?;
    progress.step(&text!("lecture des routes", "reading the roads"));
    let roads = scenario.roads()?;
    let resources = Resources {
        antennas: args.antennas,
        days_per_week: args.days,
        hours_per_day: args.hours.map(seconds_of),
        value_per_household: args.value.map(Cost::from_euros),
    };
    let kept = match &args.keep {
        Some(path) => {
            progress.step(&text!("lecture du plan à garder", "reading the plan to keep"));
            Some(kept(path, &scenario, &resources, &roads)?)
        }
        None => None,
    };
    let options = Options {
        keep: kept.as_ref().map(|kept| &kept.keep),
        seed: args.search.seed,
        iterations: args.search.iterations,
        time: args.search.time,
        threads: context.threads,
        cancelled: Some(cancelled),
        resources,
        proof: args.bound.map(|time| Wish { time }),
    };
    let (steps, time) = options.budget(&scenario.dataset.settings.solver);
    progress.begin_search(Budget { time, steps }, context.lang());
    let planned = plan(&scenario.dataset, roads, &options, &mut |event| match event {
        Event::Surveying => progress.step(&text!("mesure des trajets", "measuring travel")),
        Event::Searching(event) => progress.plan_search(event),
        Event::Proving => {
            progress.end_search();
            progress.step(&text!("borne du meilleur plan possible", "bounding the best possible plan"));
        }
        Event::Finishing => {
            progress.end_search();
            progress.step(&text!("horaires et vérification", "times and verification"));
        }
    });
    let Some(plan) = planned.value else { return Err(scenario.failure(planned.diagnostics)) };

    progress.step(&text!("écriture", "writing"));
    let files = outputs::write(&plan, &folder, &formats, written)?;
    drop(progress);

    let (kept_findings, moved, changes) = kept.map_or_else(Default::default, |kept| {
        (kept.findings, kept.keep.moved(&plan), edits_page(&kept.edits, context.lang()))
    });
    let findings = [scenario.findings, kept_findings, planned.diagnostics, moved].concat();
    context.complain(&report::findings(&findings, context.lang()));
    let told = summary::Told {
        plan: &plan,
        folder: &folder,
        files: &files,
        findings: &findings,
        repairs: &scenario.repairs,
    };
    context.summary(&(changes + &summary::text(&told, context)), &summary::json(&told, context.lang()))?;
    Ok(outcome(&plan))
}

/// Hours as typed, to the second.
pub(super) fn seconds_of(hours: f64) -> Seconds {
    Seconds((hours * 3600.0).round() as i32)
}

/// A plan to keep, and what to say of it.
struct Kept {
    keep: Keep,
    edits: Vec<Edit>,
    findings: Vec<Diagnostic>,
}

/// The plan may be one of these resources, with antennas that the table has not.
fn kept(
    path: &Path,
    scenario: &Scenario,
    resources: &Resources,
    roads: &RoadNetwork,
) -> Result<Kept, Failure> {
    let varied = scenario.dataset.with_resources(resources);
    let Some(dataset) = varied.value else { return Err(scenario.failure(varied.diagnostics)) };
    let surveyed = survey::survey(&dataset, roads);
    let Some(survey) = surveyed.value else { return Err(scenario.failure(surveyed.diagnostics)) };
    let planned = planned::read(path, &dataset, &survey)?;
    let changes = planned::changes(&planned.edits, &dataset);
    let (keep, later) = Keep::new(&dataset, &planned.timetable, &changes);
    Ok(Kept { keep, edits: planned.edits, findings: [planned.findings, later].concat() })
}

/// The checker's verdict: bugs were refused on writing, so what is left are required stops left out.
fn outcome(plan: &Plan) -> Outcome {
    if plan.violations.is_empty() { Outcome::Done } else { Outcome::Broken }
}

/// In the scenario's folder. Public files have their own, as `plan.json` is not for everybody.
fn usual_folder(is_public: bool) -> &'static str {
    if is_public { "public" } else { "plan" }
}
