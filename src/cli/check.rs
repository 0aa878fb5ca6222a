//! `tournee check SCENARIO PLAN`.

use std::fmt::Write as _;

use serde_json::json;
use tournee::check::{Violation, check};
use tournee::diagnostics::{Diagnostic, Lang};
use tournee::outputs::geojson::attribution;
use tournee::outputs::workbook::Edit;
use tournee::survey;
use tournee::text;
use tournee::timetable::Timetable;

use super::args::CheckArgs;
use super::context::Context;
use super::failure::Failure;
use super::planned::{self, Planned, edits_json, edits_page};
use super::progress::Progress;
use super::{Outcome, repairs, report, scenario};

/// Verifies a plan file and prints what it breaks.
pub fn run(args: &CheckArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    let scenario = scenario::open(&args.scenario, args.roads.as_deref(), context)?;
    progress.step(&text!("mesure des trajets", "measuring travel"));
    let surveyed = survey::survey(&scenario.dataset, &scenario.roads()?);
    let Some(survey) = surveyed.value else { return Err(scenario.failure(surveyed.diagnostics)) };
    let Planned { timetable, edits, findings } = planned::read(&args.plan, &scenario.dataset, &survey)?;
    progress.step(&text!("vérification", "checking"));
    let violations = check(&scenario.dataset, &survey, &timetable);
    drop(progress);

    let findings = [scenario.findings, surveyed.diagnostics, findings].concat();
    context.complain(&report::findings(&findings, context.lang()));
    let lang = context.lang();
    let sketched = survey.is_sketch.then(|| attribution(true).get(lang).to_owned() + "\n");
    let page = [
        sketched.unwrap_or_default(),
        repairs::lines(&scenario.repairs, lang, context.verbose),
        edits_page(&edits, lang),
        verdict(&timetable, &violations, lang, context.verbose),
    ];
    let mut data = verdict_json(&timetable, &violations, &edits, &findings, lang);
    data["sketch_roads"] = survey.is_sketch.into();
    data["repairs"] = repairs::json(&scenario.repairs, lang).into();
    context.summary(&page.concat(), &data)?;
    Ok(if violations.is_empty() { Outcome::Done } else { Outcome::Broken })
}

/// Broken rules that are listed before the rest is only counted, unless `--verbose`.
const VIOLATIONS_SHOWN: usize = 40;

/// The broken rules, grouped as the checker orders them, and how many.
fn verdict(timetable: &Timetable, violations: &[Violation], lang: Lang, all: bool) -> String {
    let tours = report::counted(timetable.tours.len(), ("tournée", "tournées"), ("tour", "tours"));
    let visits = report::counted(visit_count(timetable), ("visite", "visites"), ("visit", "visits"));
    let [tours, visits] = [tours, visits].map(|words| words.get(lang).to_owned());
    let mut words = String::new();
    let shown = if all { violations.len() } else { violations.len().min(VIOLATIONS_SHOWN) };
    for violation in &violations[..shown] {
        let (rule, at, message) =
            (violation.rule.code(), violation.at.get(lang), violation.message.get(lang));
        let line = text!("{rule}  {at} : {message}", "{rule}  {at}: {message}");
        let _ = writeln!(words, "{}", line.get(lang));
    }
    if shown < violations.len() {
        let rest = violations.len() - shown;
        let more =
            text!("… et {rest} autre(s) : --verbose les montre", "… and {rest} more: --verbose lists them");
        let _ = writeln!(words, "{}", more.get(lang));
    }
    let count = violations.len();
    let last = match count {
        0 => text!(
            "{tours}, {visits} : toutes les règles sont respectées",
            "{tours}, {visits}: every rule holds"
        ),
        _ => text!(
            "{tours}, {visits} : {count} manquement(s) aux règles",
            "{tours}, {visits}: {count} broken rule(s)"
        ),
    };
    words + &report::verdict(last.get(lang), count == 0)
}

fn verdict_json(
    timetable: &Timetable,
    violations: &[Violation],
    edits: &[Edit],
    findings: &[Diagnostic],
    lang: Lang,
) -> serde_json::Value {
    json!({
        "command": "check",
        "sound": violations.is_empty(),
        "tours": timetable.tours.len(),
        "visits": visit_count(timetable),
        "violations": violations.iter().map(|violation| violation_json(violation, lang)).collect::<Vec<_>>(),
        "changes": edits_json(edits, lang),
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
    })
}

/// One broken rule for programs.
pub fn violation_json(violation: &Violation, lang: Lang) -> serde_json::Value {
    json!({
        "rule": violation.rule.code(),
        "date": violation.date.map(|date| date.to_string()),
        "at": violation.at.get(lang),
        "message": violation.message.get(lang),
    })
}

fn visit_count(timetable: &Timetable) -> usize {
    timetable.tours.iter().map(|tour| tour.calls().count()).sum()
}
