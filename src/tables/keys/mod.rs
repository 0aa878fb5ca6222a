//! Reads `scenario.toml`: every key through the same cell readers as the tables, every error at once.

mod head;
mod typed;

use std::path::PathBuf;

use super::findings::{Findings, codes};
use super::parse::number::LoneComma;
use super::read::always;
use super::rows::share::{scale, share};
use super::schema::{Column, SECTIONS, WhenBlank};
use super::settings::{
    AnnounceSettings, Count, CoverageSettings, DecayRule, NeedSettings, ObjectiveSettings, Organisation,
    RoadSettings, RoadSource, Settings, SolverSettings,
};
use super::source::Sources;
use super::table::{Row, Table};
use crate::diagnostics::{Location, quoted};
use crate::text;
use crate::units::{Cost, Metres, Seconds};
use head::head;
use typed::{Typed, Values};

const FILE: &str = "scenario.toml";

/// Most published days.
pub const HORIZON_LIMIT: i32 = 400;

/// Costs of an antenna that does not state its own.
#[derive(Clone, Copy, Debug)]
pub struct Costs {
    /// A day on which it leaves the depot.
    pub day: Cost,
    /// A kilometre.
    pub kilometre: Cost,
    /// An hour of duty.
    pub hour: Cost,
}

/// What could be read of the settings.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Settings, stand-ins where a key could not be read.
    pub settings: Settings,
    /// Costs of `[objective]`.
    pub costs: Costs,
    /// Whether start, weeks and until are the user's.
    pub calendar_is_known: bool,
}

/// Reads the settings. Whatever is wrong with them is among `findings`; tables can still be read against the draft.
pub fn read(sources: &Sources, findings: &mut Findings) -> Draft {
    let words = sources.settings(findings);
    if words.is_none() && !findings.has_error() {
        report_absent(findings);
    }
    let sections = match &words {
        Some(words) => typed::parse(words, findings),
        None => SECTIONS.iter().map(|section| Values::none(section)).collect(),
    };
    let rows: Vec<Table> = sections.iter().map(Values::table).collect();
    let row = |index: usize| rows[index].rows().next().expect("a section is one row");
    let speeds = sections[1].list("sketch_speeds");
    let top = head(row(0), words.is_some(), findings);
    let class_speeds = class_speeds(row(2), findings);
    let roads = RoadSettings { class_speeds, ..roads(row(1), speeds, sources, findings) };
    let coverage = coverage(row(3), &rows[3], sections[3].list("thresholds"), findings);
    let (objective, costs) = objective(row(4), findings);
    let solver = solver(row(5), findings);
    let announce = announce(row(6), findings);
    let need = need(row(7), &rows[7], findings);
    let organisation = organisation(row(8), findings);
    let settings = Settings {
        title: top.title,
        note: top.note,
        start: top.start,
        weeks: top.weeks,
        until: top.until,
        timezone: top.timezone,
        language: top.language,
        roads,
        coverage,
        objective,
        solver,
        announce,
        need,
        organisation,
    };
    Draft { settings, costs, calendar_is_known: top.calendar_is_known }
}

fn report_absent(findings: &mut Findings) {
    findings.error(
        codes::MISSING_TABLE,
        Location::file(FILE),
        text!("un fichier scenario.toml dans le dossier", "a file scenario.toml in the folder"),
        text!("aucun", "none"),
        text!("`tournee init DOSSIER` en écrit un", "`tournee init FOLDER` writes one"),
    );
}

fn roads(row: Row<'_>, speeds: Option<&Typed>, sources: &Sources, findings: &mut Findings) -> RoadSettings {
    let source = always(row.text("source", findings)).unwrap_or_default();
    let snap = always(row.whole("snap_metres", findings)).unwrap_or(1);
    let neighbours = always(row.whole("sketch_neighbours", findings)).unwrap_or(1);
    let detour = always(row.number("sketch_detour", LoneComma::Decimal, findings)).unwrap_or(1.0);
    let source = match source.as_str() {
        "sketch" | "" | "esquisse" => RoadSource::Sketch,
        path => RoadSource::File(sources.folder().join(PathBuf::from(path))),
    };
    RoadSettings {
        source,
        sketch_neighbours: u32::try_from(neighbours).expect("the schema bounds it"),
        sketch_detour: detour,
        sketch_speeds: sketch_speeds(speeds, findings),
        class_speeds: Vec::new(),
        snap_limit: Metres(i32::try_from(snap).expect("the schema bounds it")),
    }
}

/// The classes whose speed is given.
fn class_speeds(row: Row<'_>, findings: &mut Findings) -> Vec<(&'static str, f64)> {
    let section =
        SECTIONS.iter().find(|section| section.name == "roads.speeds").expect("a section of the schema");
    let given = section.keys.iter().filter(|key| row.cell(key.name).is_some());
    given
        .filter_map(|key| Some((key.name, always(row.number(key.name, LoneComma::Decimal, findings)).ok()?)))
        .collect()
}

fn sketch_speeds(typed: Option<&Typed>, findings: &mut Findings) -> Vec<(Metres, u32)> {
    let usual = || {
        let WhenBlank::Value(default) = key("roads", "sketch_speeds").blank else { return Vec::new() };
        typed::list(default)
            .as_deref()
            .and_then(speed_list)
            .expect("the default of the schema is such a list")
    };
    let Some(typed) = typed else { return usual() };
    if let Some(speeds) = typed.pairs.as_deref().and_then(speed_list) {
        return speeds;
    }
    findings.error(
        codes::NOT_LIST,
        typed::at(typed.line, "roads.sketch_speeds"),
        text!(
            "1 à 20 paires [km, km/h], de 0,01 à 1000 km croissants et de 1 à 130 km/h",
            "1 to 20 pairs [km, km/h], with increasing km from 0.01 to 1000 and km/h from 1 to 130"
        ),
        quoted(&typed.cell.text),
        text!(
            "écrivez par exemple [[1, 30], [5, 50], [20, 65]]",
            "write for instance [[1, 30], [5, 50], [20, 65]]"
        ),
    );
    usual()
}

/// Kilometres and speeds in bounds, the kilometres increasing.
fn speed_list(pairs: &[Vec<f64>]) -> Option<Vec<(Metres, u32)>> {
    let pair = |pair: &Vec<f64>| match pair.as_slice() {
        &[km, speed] if (0.01..=1000.0).contains(&km) && (1.0..=130.0).contains(&speed) => {
            Some((Metres((km * 1000.0).round() as i32), speed.round() as u32))
        }
        _ => None,
    };
    let speeds: Vec<_> = pairs.iter().map(pair).collect::<Option<_>>()?;
    let is_increasing = speeds.windows(2).all(|pair| pair[0].0 < pair[1].0);
    (is_increasing && (1..=20).contains(&speeds.len())).then_some(speeds)
}

/// The schema of a key.
fn key(section: &str, name: &str) -> &'static Column {
    let section = SECTIONS.iter().find(|each| each.name == section).expect("a section of the schema");
    section.keys.iter().find(|key| key.name == name).expect("a key of the schema")
}

fn coverage(
    row: Row<'_>,
    table: &Table,
    listed: Option<&Typed>,
    findings: &mut Findings,
) -> CoverageSettings {
    let rule = always(row.choice("rule", findings, str::to_owned)).unwrap_or_default();
    let drive = row.span("drive_minutes", findings);
    let road = row.number("road_km", LoneComma::Decimal, findings);
    let walk = always(row.span("walk_minutes", findings)).unwrap_or_default();
    let scale = scale(table, "attendance", findings);
    let attendance = share(row, "attendance", scale, findings).unwrap_or_default();
    let count = always(row.choice("count", findings, |word| {
        if word == "everyone" { Count::Everyone } else { Count::WhiteZones }
    }));
    let (drive, road) = (drive.unwrap_or_default(), road.unwrap_or_default());
    let ready = |minutes| (Some(Seconds::from_minutes(minutes)), None);
    let (drive_limit, road_limit) = match rule.as_str() {
        "car-15min" => ready(15),
        "car-20min" => ready(20),
        "car-30min" => ready(30),
        "road-20km" => (None, Some(Metres(20_000))),
        _ => (drive, road.map(|km| Metres((km * 1000.0).round() as i32))),
    };
    check_rule(row, &rule, findings);
    CoverageSettings {
        rule,
        drive_limit,
        road_limit,
        walk_limit: walk,
        attendance_permille: (attendance * 1000.0).round() as u16,
        count: count.unwrap_or(Count::WhiteZones),
        thresholds: thresholds(listed, findings),
        decay: always(row.choice("decay", findings, |word| {
            if word == "gaussian" { DecayRule::Gaussian } else { DecayRule::Zones }
        }))
        .unwrap_or(DecayRule::Zones),
    }
}

fn thresholds(typed: Option<&Typed>, findings: &mut Findings) -> Vec<Seconds> {
    let usual = || {
        let WhenBlank::Value(default) = key("coverage", "thresholds").blank else { return Vec::new() };
        typed::list(default)
            .as_deref()
            .and_then(minutes_list)
            .expect("the default of the schema is such a list")
    };
    let Some(typed) = typed else { return usual() };
    if let Some(minutes) = typed.pairs.as_deref().and_then(minutes_list) {
        return minutes;
    }
    findings.error(
        codes::NOT_LIST,
        typed::at(typed.line, "coverage.thresholds"),
        text!(
            "1 à 8 durées croissantes, en minutes entières de 1 à 240",
            "1 to 8 increasing times, in whole minutes from 1 to 240"
        ),
        quoted(&typed.cell.text),
        text!("écrivez par exemple [10, 15, 20, 30]", "write for instance [10, 15, 20, 30]"),
    );
    usual()
}

/// Whole minutes in bounds, increasing.
fn minutes_list(rows: &[Vec<f64>]) -> Option<Vec<Seconds>> {
    let minute = |row: &Vec<f64>| match row.as_slice() {
        &[minutes] if (1.0..=240.0).contains(&minutes) && minutes.fract() == 0.0 => {
            Some(Seconds::from_minutes(minutes as i32))
        }
        _ => None,
    };
    let minutes: Vec<_> = rows.iter().map(minute).collect::<Option<_>>()?;
    let is_increasing = minutes.windows(2).all(|pair| pair[0] < pair[1]);
    (is_increasing && (1..=8).contains(&minutes.len())).then_some(minutes)
}

fn need(row: Row<'_>, table: &Table, findings: &mut Findings) -> NeedSettings {
    let is_estimated = always(row.choice("estimate", findings, |word| word == "poverty"));
    let scale = scale(table, "carless_share", findings);
    let [persons, line, spread] = ["persons_per_household", "poverty_line", "income_spread"]
        .map(|key| always(row.number(key, LoneComma::Decimal, findings)).unwrap_or(1.0));
    NeedSettings {
        is_estimated: is_estimated.unwrap_or(false),
        persons_per_household: persons,
        poverty_line: line,
        income_spread: spread,
        carless_share: share(row, "carless_share", scale, findings).unwrap_or_default(),
    }
}

fn organisation(row: Row<'_>, findings: &mut Findings) -> Organisation {
    let [name, phone, email, website, notice] = ["name", "phone", "email", "website", "notice"]
        .map(|key| always(row.text(key, findings)).unwrap_or_default());
    Organisation { name, phone, email, website, notice }
}

/// `custom` needs a limit; a ready-made rule takes none.
fn check_rule(row: Row<'_>, rule: &str, findings: &mut Findings) {
    let given = ["drive_minutes", "road_km"].into_iter().find(|key| row.cell(key).is_some());
    match (rule, given) {
        ("custom", None) => {
            findings.error(
                codes::CONTRADICTION,
                row.at_column("rule"),
                text!(
                    "`drive_minutes` ou `road_km`, puisque la règle est `custom`",
                    "`drive_minutes` or `road_km`, as the rule is `custom`"
                ),
                text!("ni l'une ni l'autre", "neither"),
                text!("donnez l'une des deux", "give one of the two"),
            );
        }
        (_, None) | ("custom" | "", Some(_)) => {}
        (_, Some(key)) => {
            findings.error(
                codes::CONTRADICTION,
                row.at_column(key),
                text!("rien, puisque la règle est `{rule}`", "nothing, as the rule is `{rule}`"),
                quoted(row.cell(key).map_or("", |cell| cell.text.as_str())),
                text!(
                    "mettez rule = \"custom\", ou retirez cette clé",
                    "set rule = \"custom\", or remove this key"
                ),
            );
        }
    }
}

fn objective(row: Row<'_>, findings: &mut Findings) -> (ObjectiveSettings, Costs) {
    let [value, day, kilometre, hour] =
        ["value_per_household", "cost_per_day", "cost_per_km", "cost_per_hour"].map(|key| {
            Cost::from_euros(always(row.number(key, LoneComma::Ambiguous, findings)).unwrap_or_default())
        });
    let costs = Costs { day, kilometre, hour };
    (ObjectiveSettings { value_per_household: value, missed_visit: Cost::ZERO }, costs)
}

fn solver(row: Row<'_>, findings: &mut Findings) -> SolverSettings {
    let time = always(row.span("time", findings)).unwrap_or_default();
    let seed = always(row.whole("seed", findings)).unwrap_or_default();
    let iterations = row.whole("iterations", findings).unwrap_or_default();
    let count = |number: i64| u64::try_from(number).expect("the schema bounds it");
    SolverSettings { time, seed: count(seed), iterations: iterations.map(count) }
}

fn announce(row: Row<'_>, findings: &mut Findings) -> AnnounceSettings {
    // Announced hours have no seconds: rounding is at least a minute.
    let minute = Seconds::from_minutes(1);
    let rounding = always(row.span("rounding", findings)).unwrap_or_default().round_up_to(minute).max(minute);
    let margin = always(row.span("margin", findings)).unwrap_or_default();
    AnnounceSettings { rounding, margin }
}
