//! `tournee roads build FILE.osm.pbf -o FILE`.

use serde_json::json;
use tournee::diagnostics::Diagnostic;
use tournee::network::{ImportSummary, RoadNetwork};
use tournee::text;
use tournee::traveller::{Profile, Traveller};

use super::args::{RoadsArgs, RoadsBuildArgs, RoadsCommand};
use super::context::Context;
use super::failure::Failure;
use super::progress::Progress;
use super::{Outcome, report};

/// Runs the sub-command.
pub fn run(args: &RoadsArgs, context: &Context) -> Result<Outcome, Failure> {
    match &args.command {
        RoadsCommand::Build(args) => build(args, context),
    }
}

/// Prepares a network, so that later runs open it at once.
fn build(args: &RoadsBuildArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    progress.step(&text!("lecture de l’extrait", "reading the extract"));
    let roads = RoadNetwork::open(&args.extract)?;
    progress.step(&text!("préparation des recherches", "preparing searches"));
    for profile in &args.profiles {
        roads.hierarchy(&Traveller::of((*profile).into()));
    }
    progress.step(&text!("écriture du réseau", "writing the network"));
    roads.save(&args.out)?;
    drop(progress);

    let lang = context.lang();
    let findings: Vec<Diagnostic> = [roads.warnings(), roads.dropped(&Traveller::of(Profile::Car))].concat();
    context.complain(&report::findings(&findings, lang));
    let ImportSummary { ways, broken_ways, restrictions, broken_restrictions } = roads.summary();
    let (junctions, segments) = (roads.map().graph.node_count(), roads.map().segment_count());
    let name = args.out.display();
    let told = text!(
        "{name} : {junctions} carrefours, {segments} tronçons, tirés de {ways} voies \
         ({broken_ways} incomplètes) ; {restrictions} interdictions de tourner ({broken_restrictions} inutilisables)\n",
        "{name}: {junctions} junctions, {segments} segments, from {ways} ways ({broken_ways} incomplete); \
         {restrictions} turn restrictions ({broken_restrictions} unusable)\n"
    );
    let data = json!({
        "command": "roads build",
        "file": args.out,
        "junctions": junctions,
        "segments": segments,
        "ways": ways,
        "incomplete_ways": broken_ways,
        "turn_restrictions": restrictions,
        "unusable_turn_restrictions": broken_restrictions,
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
    });
    context.summary(told.get(lang), &data)?;
    Ok(Outcome::Done)
}
