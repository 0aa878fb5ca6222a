//! Reads `scenario.toml`: every key through the same cell readers as the tables, every error at once.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::{Findings, Reported, codes, did_you_mean, nearest};
use super::parse::number::LoneComma;
use super::read::{always, expected};
use super::rows::share::{scale, share};
use super::schema::{Column, Kind, SECTIONS, Section};
use super::settings::{
    AnnounceSettings, Count, CoverageSettings, ObjectiveSettings, RoadSettings, RoadSource, Settings,
    SolverSettings,
};
use super::source::{Cell, CellKind, Sources};
use super::table::{Row, Table};
use crate::diagnostics::{Lang, Location, Text, quoted};
use crate::text;
use crate::units::{Cost, Metres, Seconds};

const FILE: &str = "scenario.toml";

/// Most published days.
pub const HORIZON_LIMIT: i32 = 400;

/// Costs of an antenna that does not state its own.
#[derive(Clone, Copy, Debug)]
pub struct Costs {
    /// A day on which it leaves the depot.
    pub per_day: Cost,
    /// A kilometre.
    pub per_km: Cost,
    /// An hour of duty.
    pub per_hour: Cost,
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
        Some(words) => parse(words, findings),
        None => SECTIONS.iter().map(|section| Values::none(section)).collect(),
    };
    let rows: Vec<Table> = sections.iter().map(Values::table).collect();
    let row = |index: usize| rows[index].rows().next().expect("a section is one row");
    let speeds = sections[1].list("sketch_speeds");
    let top = top(row(0), words.is_some(), findings);
    let roads = roads(row(1), speeds, sources, findings);
    let coverage = coverage(row(2), &rows[2], findings);
    let (objective, costs) = objective(row(3), findings);
    let solver = solver(row(4), findings);
    let announce = announce(row(5), findings);
    let settings = Settings {
        title: top.title,
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

/// A value as typed, with where it stands.
#[derive(Clone, Debug)]
struct Typed {
    cell: Cell,
    pairs: Option<Vec<Vec<f64>>>,
    line: u32,
}

/// The keys of one section that were given.
#[derive(Debug)]
struct Values {
    section: &'static Section,
    values: Vec<Option<Typed>>,
}

impl Values {
    fn none(section: &'static Section) -> Self {
        Self { section, values: vec![None; section.keys.len()] }
    }

    /// One row whose cells know their line.
    fn table(&self) -> Table {
        let full_name = |key: &Column| match self.section.name {
            "" => Arc::from(key.name),
            section => Arc::from(format!("{section}.{}", key.name)),
        };
        let cells = self
            .section
            .keys
            .iter()
            .zip(&self.values)
            .map(|(key, value)| value.as_ref().map(|value| (value.cell.clone(), full_name(key), value.line)))
            .collect();
        Table::from_cells(self.section.keys, Location::file(FILE), cells)
    }

    fn list(&self, name: &str) -> Option<&Typed> {
        let index = self.section.keys.iter().position(|key| key.name == name)?;
        self.values[index].as_ref()
    }
}

fn parse(words: &str, findings: &mut Findings) -> Vec<Values> {
    let (root, errors) = DeTable::parse_recoverable(words);
    for error in &errors {
        report_syntax(words, error, findings);
    }
    let mut found: Vec<Values> = SECTIONS.iter().map(|section| Values::none(section)).collect();
    for (key, value) in root.get_ref() {
        let name = key.get_ref().as_ref();
        let line = line_of(words, &key.span());
        match value.get_ref() {
            DeValue::Table(keys) => {
                match SECTIONS.iter().position(|section| section.name == name && !name.is_empty()) {
                    Some(index) => read_section(words, keys, &mut found[index], findings),
                    None => report_unknown(name, line, None, findings),
                }
            }
            _ => set(name, value, line, words, &mut found[0], findings),
        }
    }
    found
}

fn read_section(words: &str, keys: &DeTable<'_>, values: &mut Values, findings: &mut Findings) {
    for (key, value) in keys {
        let line = line_of(words, &key.span());
        set(key.get_ref(), value, line, words, values, findings);
    }
}

fn set(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    line: u32,
    words: &str,
    values: &mut Values,
    findings: &mut Findings,
) {
    let Some(index) = values.section.keys.iter().position(|key| key.name == name) else {
        report_unknown(name, line, Some(values.section), findings);
        return;
    };
    let raw = words.get(value.span()).unwrap_or_default();
    let (text, kind) = match value.get_ref() {
        DeValue::String(words) => (words.to_string(), CellKind::Text),
        DeValue::Integer(_) | DeValue::Float(_) => (raw.replace('_', ""), CellKind::Number),
        _ => (raw.to_owned(), CellKind::Typed),
    };
    let cell = Cell { kind, ..Cell::text(&text) };
    let pairs = pairs(value.get_ref());
    let is_list = matches!(values.section.keys[index].kind, Kind::List);
    let is_nested = matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
    if is_nested != is_list {
        report_shape(&values.section.keys[index], values.section, line, raw, findings);
        return;
    }
    values.values[index] = Some(Typed { cell, pairs, line });
}

/// A list of lists of numbers.
fn pairs(value: &DeValue<'_>) -> Option<Vec<Vec<f64>>> {
    let number = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::Integer(digits) => digits.as_str().replace('_', "").parse().ok(),
        DeValue::Float(digits) => digits.as_str().replace('_', "").parse().ok(),
        _ => None,
    };
    let DeValue::Array(rows) = value else { return None };
    rows.iter()
        .take(100)
        .map(|row| match row.get_ref() {
            DeValue::Array(cells) => cells.iter().take(3).map(number).collect(),
            _ => None,
        })
        .collect()
}

fn line_of(words: &str, span: &Range<usize>) -> u32 {
    let before = words.get(..span.start).unwrap_or_default();
    u32::try_from(1 + before.matches('\n').count()).unwrap_or(u32::MAX)
}

fn at(line: u32, key: &str) -> Location {
    Location { row: Some(line), column: Some(Arc::from(key)), ..Location::file(FILE) }
}

fn report_syntax(words: &str, error: &toml::de::Error, findings: &mut Findings) {
    let line = error.span().map(|span| line_of(words, &span));
    findings.error(
        codes::NOT_TOML,
        Location { row: line, ..Location::file(FILE) },
        text!("une ligne comme `weeks = 2` ou `[roads]`", "a line such as `weeks = 2` or `[roads]`"),
        Text::same(error.message()),
        text!(
            "les textes et les heures se mettent entre guillemets : time = \"60s\"",
            "texts and times go between quotes: time = \"60s\""
        ),
    );
}

fn report_unknown(name: &str, line: u32, section: Option<&'static Section>, findings: &mut Findings) {
    let own = section.filter(|section| !section.name.is_empty());
    let elsewhere = SECTIONS.iter().find(|other| other.keys.iter().any(|key| key.name == name));
    let help = match (elsewhere, section) {
        (Some(home), Some(_)) if home.name.is_empty() => {
            text!("mettez-la en tête, avant toute section", "put it at the head, before any section")
        }
        (Some(home), Some(_)) => {
            let home = home.name;
            text!("mettez-la dans la section [{home}]", "put it in section [{home}]")
        }
        _ => {
            let sections = SECTIONS.iter().map(|section| section.name).filter(|name| !name.is_empty());
            let keys = section.map_or(&[][..], |section| section.keys).iter().map(|key| key.name);
            let all: Vec<&str> = keys.chain(sections).collect();
            let known = all.join(", ");
            let fallback = text!("les noms connus ici sont : {known}", "the names known here are: {known}");
            did_you_mean(nearest(name, all), fallback)
        }
    };
    let full = own.map_or_else(|| name.to_owned(), |section| format!("{}.{name}", section.name));
    let expected = match section {
        Some(_) => text!("une clé connue", "a known key"),
        None => text!("une section connue", "a known section"),
    };
    findings.error(codes::UNKNOWN_KEY, at(line, &full), expected, quoted(name), help);
}

fn report_shape(key: &Column, section: &Section, line: u32, raw: &str, findings: &mut Findings) {
    let full =
        if section.name.is_empty() { key.name.to_owned() } else { format!("{}.{}", section.name, key.name) };
    let example = key.example;
    findings.error(
        codes::NOT_LIST,
        at(line, &full),
        expected(&key.kind),
        quoted(raw),
        text!("écrivez par exemple {example}", "write for instance {example}"),
    );
}

struct Top {
    title: String,
    start: jiff::civil::Date,
    weeks: u8,
    until: jiff::civil::Date,
    timezone: String,
    language: Lang,
    calendar_is_known: bool,
}

fn top(row: Row<'_>, is_present: bool, findings: &mut Findings) -> Top {
    let title = always(row.text("title", findings));
    // An absent file was reported whole; its missing start need not be.
    let start = if is_present { start(row, findings) } else { Err(Reported) };
    let weeks =
        always(row.whole("weeks", findings)).map(|weeks| u8::try_from(weeks).expect("the schema bounds it"));
    let until = row.date("until", findings);
    let timezone = timezone(row, findings);
    let language =
        always(row.choice("language", findings, |word| if word == "en" { Lang::En } else { Lang::Fr }));
    let calendar = match (start, weeks, until) {
        (Ok(start), Ok(weeks), Ok(until)) => calendar(row, start, weeks, until, findings),
        _ => Err(Reported),
    };
    let stand_in = jiff::civil::date(2027, 1, 4);
    let (start, weeks, until) = calendar.unwrap_or((stand_in, 1, jiff::civil::date(2027, 1, 10)));
    Top {
        title: title.unwrap_or_default(),
        start,
        weeks,
        until,
        timezone: timezone.unwrap_or_else(|_| "Europe/Paris".to_owned()),
        language: language.unwrap_or_default(),
        calendar_is_known: calendar.is_ok(),
    }
}

fn start(row: Row<'_>, findings: &mut Findings) -> Result<jiff::civil::Date, Reported> {
    if row.cell("start").is_none() {
        let help = text!(
            "écrivez le premier lundi du cycle : start = 2027-01-04",
            "write the cycle's first Monday: start = 2027-01-04"
        );
        return Err(findings.error(
            codes::EMPTY_CELL,
            at_key(row, "start"),
            text!("une date", "a date"),
            text!("rien", "nothing"),
            help,
        ));
    }
    let date = always(row.date("start", findings))?;
    let weekday = i32::from(date.weekday().to_monday_zero_offset());
    if weekday == 0 {
        return Ok(date);
    }
    let forward = if weekday >= 4 { 7 - weekday } else { -weekday };
    let monday = date.checked_add(jiff::Span::new().days(forward)).unwrap_or(date);
    let (fr, en) =
        (super::parse::days::FRENCH[weekday as usize], super::parse::days::ENGLISH[weekday as usize]);
    Err(findings.error(
        codes::NOT_MONDAY,
        row.at_column("start"),
        text!("un lundi", "a Monday"),
        text!("{date}, un {fr}", "{date}, a {en}"),
        text!("le lundi le plus proche est le {monday}", "the nearest Monday is {monday}"),
    ))
}

fn at_key(row: Row<'_>, key: &str) -> Location {
    Location { row: None, ..row.at_column(key) }
}

type Calendar = (jiff::civil::Date, u8, jiff::civil::Date);

fn calendar(
    row: Row<'_>,
    start: jiff::civil::Date,
    weeks: u8,
    until: Option<jiff::civil::Date>,
    findings: &mut Findings,
) -> Result<Calendar, Reported> {
    let last = jiff::Span::new().days(i64::from(weeks) * 7 - 1);
    let first_end = start.checked_add(last).map_err(|_| Reported)?;
    let until = until.unwrap_or(first_end);
    let days = (until - start).get_days() + 1;
    if until < first_end {
        return Err(findings.error(
            codes::UNTIL,
            row.at_column("until"),
            text!(
                "une date à partir du {first_end}, fin du premier cycle",
                "a date from {first_end} on, the end of the first cycle"
            ),
            Text::same(until.to_string()),
            text!("retirez `until`, ou repoussez-la", "remove `until`, or put it later"),
        ));
    }
    if days > HORIZON_LIMIT {
        return Err(findings.error(
            codes::UNTIL,
            row.at_column("until"),
            text!("{HORIZON_LIMIT} jours publiés au plus", "at most {HORIZON_LIMIT} published days"),
            text!("{until}, {days} jours", "{until}, {days} days"),
            text!("rapprochez `until`", "put `until` earlier"),
        ));
    }
    Ok((start, weeks, until))
}

fn timezone(row: Row<'_>, findings: &mut Findings) -> Result<String, Reported> {
    let name = always(row.text("timezone", findings))?;
    let is_known = jiff::tz::db().get(&name).is_ok();
    if is_known && name.contains('/') || name == "UTC" {
        return Ok(name);
    }
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let near = nearest(&name, names.iter().map(String::as_str).filter(|name| name.contains('/')));
    Err(findings.error(
        codes::TIMEZONE,
        row.at_column("timezone"),
        text!("un fuseau horaire comme `Europe/Paris`", "a time zone such as `Europe/Paris`"),
        quoted(&name),
        did_you_mean(near, text!("donnez un nom IANA, région/ville", "give an IANA name, region/city")),
    ))
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
        snap_limit: Metres(i32::try_from(snap).expect("the schema bounds it")),
    }
}

fn sketch_speeds(typed: Option<&Typed>, findings: &mut Findings) -> Vec<(Metres, u32)> {
    let usual = || vec![(Metres(1_000), 30), (Metres(5_000), 50), (Metres(20_000), 65)];
    let Some(typed) = typed else { return usual() };
    let read = |pairs: &Vec<Vec<f64>>| -> Option<Vec<(Metres, u32)>> {
        let pair = |pair: &Vec<f64>| match pair.as_slice() {
            &[km, speed] if (0.01..=1000.0).contains(&km) && (1.0..=130.0).contains(&speed) => {
                Some((Metres((km * 1000.0).round() as i32), speed.round() as u32))
            }
            _ => None,
        };
        let speeds: Vec<_> = pairs.iter().map(pair).collect::<Option<_>>()?;
        let is_increasing = speeds.windows(2).all(|pair| pair[0].0 < pair[1].0);
        (is_increasing && (1..=20).contains(&speeds.len())).then_some(speeds)
    };
    if let Some(speeds) = typed.pairs.as_ref().and_then(read) {
        return speeds;
    }
    findings.error(
        codes::NOT_LIST,
        at(typed.line, "roads.sketch_speeds"),
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

fn coverage(row: Row<'_>, table: &Table, findings: &mut Findings) -> CoverageSettings {
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
    }
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
    let [value, day, km, hour] =
        ["value_per_household", "cost_per_day", "cost_per_km", "cost_per_hour"].map(|key| {
            Cost::from_euros(always(row.number(key, LoneComma::Ambiguous, findings)).unwrap_or_default())
        });
    let costs = Costs { per_day: day, per_km: km, per_hour: hour };
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
    let minute = Seconds::from_minutes(1);
    let rounding = always(row.span("rounding", findings)).unwrap_or_default().round_up_to(minute).max(minute);
    let margin = always(row.span("margin", findings)).unwrap_or_default();
    AnnounceSettings { rounding, margin }
}
