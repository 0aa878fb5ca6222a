//! `tournee coverage SCENARIO`.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use tournee::coverage::{
    CoverageReport, Phase, Unreached, WhiteZone, cover_sets, measure, referral_findings, white_zones,
};
use tournee::diagnostics::{Diagnostic, Lang, Text};
use tournee::ids::{PlaceId, StopId};
use tournee::outputs::coverage::{self as folder, CoverageToday};
use tournee::outputs::geojson::Credits;
use tournee::outputs::words::{number, percent};
use tournee::plan;
use tournee::survey;
use tournee::tables::Dataset;
use tournee::text;
use tournee::units::Need;
use typed_index_collections::TiVec;

use super::access;
use super::args::CoverageArgs;
use super::attendance;
use super::context::Context;
use super::failure::Failure;
use super::progress::Progress;
use super::scenario::Scenario;
use super::{Outcome, repairs, report, scenario};

/// White zones that the page lists; the files list all.
const ZONES_SHOWN: usize = 8;

/// Places of a zone that a line names.
const MAIN_PLACES: usize = 3;

/// Measures who is covered today and writes the map of white zones.
pub fn run(args: &CoverageArgs, context: &Context) -> Result<Outcome, Failure> {
    let progress = Progress::start(context);
    progress.step(&text!("lecture du scénario", "reading the scenario"));
    let mut scenario = scenario::open(&args.scenario, args.roads.as_deref(), context)?;
    access::adopt_thresholds(&args.minutes, &mut scenario.dataset)?;
    let out = args.out.clone().unwrap_or_else(|| scenario.folder.join("coverage"));
    folder::refusal(&out)?;
    progress.step(&text!("lecture des routes", "reading the roads"));
    let roads = scenario.roads()?;
    progress.step(&text!("mesure des trajets", "measuring travel"));
    let surveyed = survey::survey(&scenario.dataset, &roads);
    let Some(survey) = surveyed.value else { return Err(scenario.failure(surveyed.diagnostics)) };

    let dataset = &scenario.dataset;
    let planned = match &args.plan {
        Some(plan) => Some(access::timetable_of_plan(plan, dataset, &survey)?),
        None => None,
    };
    let visits = planned.as_ref().map(|(timetable, _)| access::visits(dataset, timetable));
    let access = access::measure(dataset, &roads, &survey, visits.as_ref());
    let covers = cover_sets(dataset, &survey);
    let attendance = planned.as_ref().map(|(timetable, _)| plan::attendance(dataset, &covers, timetable));
    let no_stop: TiVec<StopId, bool> = vec![false; dataset.stops.len()].into();
    let measured = measure(dataset, &covers, &no_stop);
    let zones = white_zones(dataset, &measured, Phase::Before);
    let today = CoverageToday {
        dataset,
        report: &measured,
        zones: &zones,
        access: &access,
        attendance: attendance.as_ref(),
        is_sketch: survey.is_sketch,
    };
    progress.step(&text!("écriture", "writing"));
    let files = folder::write(today, &out, context.lang())?;
    drop(progress);

    let of_plan = planned.map(|(_, findings)| findings).unwrap_or_default();
    let referred = referral_findings(dataset, &covers).into_iter().collect();
    let findings = [scenario.findings.clone(), surveyed.diagnostics, of_plan, referred].concat();
    context.complain(&report::findings(&findings, context.lang()));
    context.summary(
        &page(today, &scenario, &files, context),
        &page_json(today, &scenario, &findings, &files, context.lang()),
    )?;
    Ok(Outcome::Done)
}

/// The page for the coordinator.
fn page(today: CoverageToday<'_>, scenario: &Scenario, files: &[PathBuf], context: &Context) -> String {
    let (dataset, lang) = (today.dataset, context.lang());
    let mut page = report::title(&dataset.settings, lang);
    if today.is_sketch {
        let credits =
            Credits { title: &dataset.settings.title, note: &dataset.settings.note, is_sketch: true, lang };
        let _ = writeln!(page, "{}", credits.roads());
    }
    let [nobody, some] = zones(today.zones, lang);
    for line in [need(dataset, today.report), nobody, some] {
        let _ = writeln!(page, "{}", line.get(lang));
    }
    for line in access::lines(dataset, today.access, lang) {
        let _ = writeln!(page, "{}", line.get(lang));
    }
    if let Some(models) = today.attendance {
        let referred = attendance::referred(models, lang);
        let lines = [Some(attendance::nearest(models, lang)), referred];
        for line in lines.into_iter().flatten() {
            let _ = writeln!(page, "{}", line.get(lang));
        }
    }
    page.push_str(&largest(today, lang, context.verbose));
    let repairs = repairs::lines(&scenario.repairs, lang, context.verbose);
    let names = files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ");
    let written = text!("Écrit : {names}", "Written: {names}");
    let _ = writeln!(page, "{repairs}{}", written.get(lang));
    page
}

fn need(dataset: &Dataset, report: &CoverageReport) -> Text {
    let rule = &dataset.settings.coverage.rule;
    let [places, sites] = [places(dataset.places.len()), sites(dataset.sites.len())];
    let figures = |lang| {
        let share = report.covered_before.get() as f64 / report.need.get().max(1) as f64;
        let households = |need: Need| number(need.households(), 0, lang);
        [households(report.need), households(report.covered_before), percent(share, 0, lang)]
    };
    let ([all_fr, covered_fr, share_fr], [all_en, covered_en, share_en]) =
        (figures(Lang::Fr), figures(Lang::En));
    Text {
        fr: format!(
            "Besoin : {all_fr} foyers dans {} ; {covered_fr} ({share_fr}) à portée de {} (règle {rule})",
            places.fr, sites.fr
        ),
        en: format!(
            "Need: {all_en} households in {}; {covered_en} ({share_en}) within reach of {} (rule {rule})",
            places.en, sites.en
        ),
    }
}

/// Two lines: where nobody is covered, and where some households are not.
fn zones(all: &[WhiteZone], lang: Lang) -> [Text; 2] {
    let line = |unreached: Unreached, fr: &str, en: &str| {
        let alike: Vec<&WhiteZone> = all.iter().filter(|zone| zone.unreached == unreached).collect();
        let need: Need = alike.iter().map(|zone| zone.need).sum();
        let places = places(alike.iter().map(|zone| zone.places.len()).sum());
        let (count, need) = (
            report::counted(alike.len(), ("zone", "zones"), ("zone", "zones")),
            number(need.households(), 0, lang),
        );
        Text {
            fr: format!("{fr} : {}, {}, {need} foyers", count.fr, places.fr),
            en: format!("{en}: {}, {}, {need} households", count.en, places.en),
        }
    };
    [
        line(
            Unreached::Everybody,
            "Zones blanches où personne n’est couvert",
            "White zones where nobody is covered",
        ),
        line(
            Unreached::Some,
            "Zones blanches pour une partie des foyers, sans voiture le plus souvent",
            "White zones of some households, mostly without a car",
        ),
    ]
}

fn places(count: usize) -> Text {
    report::counted(count, ("lieu", "lieux"), ("place", "places"))
}

fn sites(count: usize) -> Text {
    report::counted(count, ("point d’aide", "points d’aide"), ("aid site", "aid sites"))
}

/// The zones with the largest need.
fn largest(today: CoverageToday<'_>, lang: Lang, all: bool) -> String {
    let shown = if all { today.zones.len() } else { today.zones.len().min(ZONES_SHOWN) };
    let mut page = String::new();
    for zone in &today.zones[..shown] {
        let need = number(zone.need.households(), 1, lang);
        let names = main_places(today, zone).join(", ");
        let more = if zone.places.len() > MAIN_PLACES { ", …" } else { "" };
        let partly = match zone.unreached {
            Unreached::Everybody => Text::default(),
            Unreached::Some => text!(" (une partie des foyers)", " (some households)"),
        };
        let count = places(zone.places.len());
        let line = Text {
            fr: format!("  {need} foyers, {}{} : {names}{more}", count.fr, partly.fr),
            en: format!("  {need} households, {}{}: {names}{more}", count.en, partly.en),
        };
        let _ = writeln!(page, "{}", line.get(lang));
    }
    if shown < today.zones.len() {
        let rest = today.zones.len() - shown;
        let more = text!(
            "  … et {rest} autre(s) : voir white_zones.geojson",
            "  … and {rest} more: see white_zones.geojson"
        );
        let _ = writeln!(page, "{}", more.get(lang));
    }
    page
}

/// The places of a zone with the most uncovered need.
fn main_places<'a>(today: CoverageToday<'a>, zone: &WhiteZone) -> Vec<&'a str> {
    let mut places = zone.places.clone();
    let uncovered =
        |place: PlaceId| today.dataset.places[place].need() - today.report.places[place].covered_before;
    places.sort_by_key(|&place| -uncovered(place));
    places.iter().take(MAIN_PLACES).map(|&place| today.dataset.places[place].name.as_str()).collect()
}

/// The same for programs.
fn page_json(
    today: CoverageToday<'_>,
    scenario: &Scenario,
    findings: &[Diagnostic],
    files: &[PathBuf],
    lang: Lang,
) -> Value {
    let CoverageToday { dataset, report: measured, zones, access: measures, attendance: models, is_sketch } =
        today;
    json!({
        "command": "coverage",
        "title": dataset.settings.title,
        "note": report::note(&dataset.settings),
        "sketch_roads": is_sketch,
        "rule": dataset.settings.coverage.rule,
        "places": dataset.places.len(),
        "aid_sites": dataset.sites.len(),
        "households": measured.need.households(),
        "covered_before": measured.covered_before.households(),
        "access": access::json(dataset, measures),
        "attendance": models.map(|models| attendance::json(dataset, models)),
        "white_zones": zones.iter().map(|zone| json!({
            "id": folder::id_before(zone),
            "places": zone.places.len(),
            "households": zone.need.households(),
        })).collect::<Vec<_>>(),
        "findings": findings.iter().map(|finding| report::finding_json(finding, lang)).collect::<Vec<_>>(),
        "repairs": repairs::json(&scenario.repairs, lang),
        "files": files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>(),
    })
}
