//! A workbook back to a plan: what nobody touched as it was planned, what somebody touched as it was typed.
//!
//! Each row carries a key, and the hidden sheet what the row said. A tour with a touched row is worked out anew, as the
//! antenna would live it; of the others nothing is lost, not even seconds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde_json::{Value as Json, json};

use super::MEMORY;
use super::cells::{Layout, past_midnight};
use super::rows::{Column, Row, Step, rows};
use crate::diagnostics::{Code, Diagnostic, Lang, Location, Report, Severity, Text, quoted};
use crate::outputs::document::{Call, Index, PlanDocument};
use crate::outputs::plan_json::fields::{
    BAD_DATE, BAD_TIME, MISSING, NOT_A_PLAN, OUT_OF_RANGE, UNKNOWN_ID, nearest,
};
use crate::outputs::plan_json::read_whole;
use crate::tables::{Dataset, Grid, GridRow, sheets, typed};
use crate::text;
use crate::units::ClockTime;

/// A cell that only follows from others was typed over.
const NOT_READ: Code = Code("K012");

/// Most rows of a sheet that are read.
const ROWS_MAX: usize = 100_000;

/// Largest number of an order or a loading.
const NUMBER_MAX: u32 = 10_000;

/// Whether a file is a workbook, by its first bytes: a ZIP archive.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// What a coordinator changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Sheet and cell; of a row that is gone, the sheet it was made for is not known.
    pub at: Location,
    /// What, in words.
    pub what: Text,
    /// The stop that is concerned.
    pub stop: String,
    /// Where it now is: antenna, date and opening; none for a visit that was removed.
    pub now: Option<(String, Date, ClockTime)>,
}

/// A workbook read back.
#[derive(Clone, Debug)]
pub struct Edited {
    /// As `plan.json`, for [`plan_json::read`](crate::outputs::plan_json::read).
    pub plan: Vec<u8>,
    /// In the order of the sheets; removals last.
    pub edits: Vec<Edit>,
}

/// Reads the workbook `name`, all mistakes at once. Never panics, whatever the bytes.
pub fn read(name: &str, bytes: &[u8], dataset: &Dataset) -> Report<Edited> {
    let opened = sheets(name, bytes, ROWS_MAX);
    let Some(grids) = opened.value else { return Report::failed(opened.diagnostics) };
    let memory = match remembered(name, &grids) {
        Ok(document) => document,
        Err(findings) => return Report::failed(findings),
    };
    let index = Index::new(&memory);
    // Language matters to no cell that is read.
    let planned = rows(&index, Lang::Fr);
    let mut reader = Reader::new(dataset, &index, &planned);
    for grid in &grids {
        reader.sheet(grid);
    }
    reader.finish(name)
}

/// The plan in the hidden sheet.
fn remembered(name: &str, grids: &[Grid]) -> Result<PlanDocument, Vec<Diagnostic>> {
    let Some(sheet) = grids.iter().find(|grid| grid.sheet.as_deref() == Some(MEMORY)) else {
        return Err(vec![Diagnostic::error(
            NOT_A_PLAN,
            Location::file(name),
            text!("un classeur écrit par « tournee plan »", "a workbook that `tournee plan` wrote"),
            text!(
                "un autre classeur, ou sans sa feuille cachée « {MEMORY} »",
                "another one, or without its hidden sheet `{MEMORY}`"
            ),
            text!(
                "refaites timetable.xlsx avec « tournee report » et reportez-y vos changements",
                "make timetable.xlsx again with `tournee report` and carry your changes over"
            ),
        )]);
    };
    let piece = |row: &GridRow| {
        let words = row.cells.first().map_or("", |cell| cell.text.as_str());
        words.strip_prefix('|').and_then(|words| words.strip_suffix('|')).unwrap_or(words).to_owned()
    };
    let json: String = sheet.rows.iter().map(piece).collect();
    let read = read_whole(name, json.as_bytes());
    read.value.ok_or(read.diagnostics)
}

/// A visit as the week sheets now say it.
#[derive(Clone, Debug)]
struct Visit {
    antenna: String,
    date: Date,
    stop: String,
    opens: ClockTime,
    closes: ClockTime,
    order: u32,
    trip: u32,
    /// Key of the row it was, if it was one.
    key: Option<String>,
    /// Something of it was changed.
    is_touched: bool,
    /// Its order was.
    is_moved: bool,
}

struct Reader<'a> {
    dataset: &'a Dataset,
    plan: &'a Index<'a>,
    planned: FxHashMap<&'a str, &'a Row>,
    calls: FxHashMap<String, &'a Call>,
    seen: BTreeSet<&'a str>,
    visits: Vec<Visit>,
    breaks: Vec<(String, Date, ClockTime, ClockTime, bool)>,
    edits: Vec<Edit>,
    findings: Vec<Diagnostic>,
    has_week: bool,
}

impl<'a> Reader<'a> {
    fn new(dataset: &'a Dataset, plan: &'a Index<'a>, planned: &'a [Row]) -> Self {
        let calls =
            plan.document.calls().map(|(tour, sequence, call)| (format!("{}#{sequence}", tour.id), call));
        Self {
            dataset,
            plan,
            planned: planned.iter().map(|row| (row.key.as_str(), row)).collect(),
            calls: calls.collect(),
            seen: BTreeSet::new(),
            visits: Vec::new(),
            breaks: Vec::new(),
            edits: Vec::new(),
            findings: Vec::new(),
            has_week: false,
        }
    }

    /// Sheets without a column of keys are not for reading.
    fn sheet(&mut self, grid: &Grid) {
        let Some(layout) = Layout::of(grid) else { return };
        self.has_week = true;
        for row in grid.rows.iter().filter(|row| row.number > layout.header) {
            let key = layout.text(row, Column::Key);
            let planned = self.planned.get_key_value(key).map(|(key, row)| (*key, *row));
            match planned.filter(|(key, _)| self.seen.insert(key)) {
                Some((_, planned)) => self.known_row(&layout, row, planned),
                None => self.added_row(&layout, row),
            }
        }
    }

    fn known_row(&mut self, layout: &Layout<'_>, row: &GridRow, planned: &Row) {
        let is_visit = planned.step == Step::Visit;
        let changed = |column: Column| {
            layout.has(column) && layout.text(row, column) != planned.value(column).spelled()
        };
        let may_change = |column: &Column| match planned.step {
            Step::Visit => Column::EDITABLE.contains(column),
            Step::Break => matches!(column, Column::Opens | Column::Closes),
            Step::Leave | Step::Reload | Step::Back => false,
        };
        let told = [Column::Weekday, Column::Step, Column::Key];
        let touched: Vec<Column> =
            Column::ALL.into_iter().filter(|column| !told.contains(column) && changed(*column)).collect();
        for &column in touched.iter().filter(|column| !may_change(column)) {
            self.findings.push(Diagnostic::warning(
                NOT_READ,
                layout.at(row, column),
                quoted(&planned.value(column).spelled()),
                quoted(layout.text(row, column)),
                text!(
                    "cette case découle des autres et n’est pas relue : changez les cases jaunes",
                    "this cell follows from others and is not read: change the yellow cells"
                ),
            ));
        }
        let touched: Vec<Column> = touched.into_iter().filter(may_change).collect();
        if is_visit {
            let Some(visit) = self.visit(layout, row, Some(&planned.key), &touched) else { return };
            self.tell(layout, row, planned, &touched, &visit);
            self.visits.push(visit);
        } else if planned.step == Step::Break {
            let times = (self.time(layout, row, Column::Opens), self.time(layout, row, Column::Closes));
            let antenna = planned.value(Column::Antenna).spelled();
            if let (Some(start), Some(end)) = times {
                for &column in &touched {
                    let what = change(&planned.value(column).spelled(), layout.text(row, column));
                    let at = layout.at(row, column);
                    self.edits.push(Edit { at, what, stop: String::new(), now: None });
                }
                self.breaks.push((antenna, planned.date, start, end, !touched.is_empty()));
            }
        }
    }

    fn tell(&mut self, layout: &Layout<'_>, row: &GridRow, planned: &Row, touched: &[Column], visit: &Visit) {
        for &column in touched {
            self.edits.push(Edit {
                at: layout.at(row, column),
                what: change(&planned.value(column).spelled(), layout.text(row, column)),
                stop: visit.stop.clone(),
                now: Some((visit.antenna.clone(), visit.date, visit.opens)),
            });
        }
    }

    /// A row that somebody typed or copied. One that says neither a stop nor hours is a remark.
    fn added_row(&mut self, layout: &Layout<'_>, row: &GridRow) {
        let said = [Column::Opens, Column::Closes, Column::StopId, Column::Stop];
        let is_copy_of_other = |key: &str| self.planned.get(key).is_some_and(|row| row.step != Step::Visit);
        if said.iter().all(|column| layout.text(row, *column).is_empty())
            || is_copy_of_other(layout.text(row, Column::Key))
        {
            return;
        }
        let Some(visit) = self.visit(layout, row, None, &Column::EDITABLE) else { return };
        self.edits.push(Edit {
            at: layout.at(row, Column::StopId),
            what: text!("une visite ajoutée", "a visit added"),
            stop: visit.stop.clone(),
            now: Some((visit.antenna.clone(), visit.date, visit.opens)),
        });
        self.visits.push(visit);
    }

    fn visit(
        &mut self,
        layout: &Layout<'_>,
        row: &GridRow,
        key: Option<&str>,
        touched: &[Column],
    ) -> Option<Visit> {
        let date = self.date(layout, row);
        let antenna = self.antenna(layout, row);
        let stop = self.stop(layout, row, key.is_some());
        let times = (self.time(layout, row, Column::Opens), self.time(layout, row, Column::Closes));
        let order = self.number(layout, row, Column::Order, u32::MAX);
        let trip = self.number(layout, row, Column::Trip, 1);
        let said =
            [Column::Date, Column::Antenna, Column::Opens, Column::Closes, Column::StopId, Column::Trip];
        Some(Visit {
            antenna: antenna?,
            date: date?,
            stop: stop?,
            opens: times.0?,
            closes: times.1?,
            order: order?,
            trip: trip?,
            key: key.map(str::to_owned),
            is_touched: key.is_none() || touched.iter().any(|column| said.contains(column)),
            is_moved: key.is_some() && touched.contains(&Column::Order),
        })
    }

    fn wrong(&mut self, code: Code, at: Location, expected: Text, found: &str, help: Text) {
        let found = if found.is_empty() { text!("rien", "nothing") } else { quoted(found) };
        self.findings.push(Diagnostic::error(code, at, expected, found, help));
    }

    fn date(&mut self, layout: &Layout<'_>, row: &GridRow) -> Option<Date> {
        let found = layout.text(row, Column::Date);
        let date = typed::date(found).map(|date| date.value);
        if date.is_none() {
            let expected = text!("une date comme 05/01/2027", "a date such as 2027-01-05");
            let help = text!("corrigez la date", "mend the date");
            self.wrong(BAD_DATE, layout.at(row, Column::Date), expected, found, help);
        }
        date
    }

    fn time(&mut self, layout: &Layout<'_>, row: &GridRow, column: Column) -> Option<ClockTime> {
        let found = layout.text(row, column);
        let time = typed::clock(found).map(|time| time.value).or_else(|| past_midnight(found));
        if time.is_none() {
            let expected = text!("une heure comme 9:30 ou 9h30", "a time such as 9:30");
            let help = text!("corrigez l’heure", "mend the time");
            self.wrong(BAD_TIME, layout.at(row, column), expected, found, help);
        }
        time
    }

    fn number(&mut self, layout: &Layout<'_>, row: &GridRow, column: Column, blank: u32) -> Option<u32> {
        let found = layout.text(row, column);
        if found.is_empty() {
            return Some(blank);
        }
        let number = found.parse::<u32>().ok().filter(|number| (1..=NUMBER_MAX).contains(number));
        if number.is_none() {
            let expected = text!("un nombre entier à partir de 1", "a whole number from 1");
            let help = text!("corrigez ce nombre", "mend this number");
            self.wrong(OUT_OF_RANGE, layout.at(row, column), expected, found, help);
        }
        number
    }

    fn antenna(&mut self, layout: &Layout<'_>, row: &GridRow) -> Option<String> {
        let found = layout.text(row, Column::Antenna);
        let ids = self.dataset.antennas.iter().map(|antenna| (antenna.id.as_str(), antenna.name.as_str()));
        let known = named(found, ids.clone());
        if known.is_none() {
            let help = did_you_mean(found, ids.map(|(id, _)| id));
            let expected = text!("une antenne de la table", "an antenna of the table");
            self.wrong(UNKNOWN_ID, layout.at(row, Column::Antenna), expected, found, help);
        }
        known
    }

    /// By its id; in a row that somebody added, by its name will do.
    fn stop(&mut self, layout: &Layout<'_>, row: &GridRow, is_known: bool) -> Option<String> {
        let stops = self.dataset.stops.iter().map(|stop| (stop.id.as_str(), stop.name.as_str()));
        let id = layout.text(row, Column::StopId);
        let (found, column) = match layout.text(row, Column::Stop) {
            name if id.is_empty() && !is_known => (name, Column::Stop),
            _ => (id, Column::StopId),
        };
        let known = named(found, stops.clone());
        if known.is_none() {
            let help = did_you_mean(found, stops.flat_map(|(id, name)| [id, name]));
            let expected = text!("un arrêt de la table", "a stop of the table");
            self.wrong(UNKNOWN_ID, layout.at(row, column), expected, found, help);
        }
        known
    }

    fn finish(mut self, name: &str) -> Report<Edited> {
        if !self.has_week {
            self.findings.push(Diagnostic::error(
                MISSING,
                Location::file(name),
                text!(
                    "une feuille de semaine avec sa colonne « Clé tournee »",
                    "a sheet of a week with its column `Key tournee`"
                ),
                text!("aucune", "none"),
                text!(
                    "gardez les feuilles des semaines et leurs titres de colonnes",
                    "keep the sheets of weeks and their headers"
                ),
            ));
        }
        let gone: Vec<&Row> = self
            .planned
            .values()
            .filter(|row| row.step == Step::Visit && !self.seen.contains(row.key.as_str()))
            .copied()
            .collect::<Vec<_>>();
        let mut gone: Vec<(Date, &Row)> = gone.into_iter().map(|row| (row.date, row)).collect();
        gone.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
        for (date, row) in gone {
            let (stop, hour) = (row.value(Column::Stop).spelled(), row.value(Column::Opens).spelled());
            self.edits.push(Edit {
                at: Location::file(name),
                what: text!(
                    "visite supprimée : {stop}, {date}, {hour}",
                    "visit removed: {stop}, {date}, {hour}"
                ),
                stop: row.value(Column::StopId).spelled(),
                now: None,
            });
        }
        if self.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Report::failed(self.findings);
        }
        let plan = self.plan_json();
        Report::new(Edited { plan, edits: self.edits }, self.findings)
    }

    /// The visits as tours: those nobody touched as they were, the others with what people said.
    fn plan_json(&self) -> Vec<u8> {
        let mut tours: BTreeMap<(Date, &str), Vec<&Visit>> = BTreeMap::new();
        for visit in &self.visits {
            tours.entry((visit.date, &visit.antenna)).or_default().push(visit);
        }
        let document = self.plan.document;
        let listed: Vec<Json> =
            tours.into_iter().map(|((date, antenna), visits)| self.tour(date, antenna, visits)).collect();
        let plan = json!({
            "format": document.format,
            "version": document.version,
            "scenario": document.scenario,
            "tours": listed,
            "cancelled": document.cancelled,
        });
        plan.to_string().into_bytes()
    }

    fn tour(&self, date: Date, antenna: &str, mut visits: Vec<&Visit>) -> Json {
        let rest = self.breaks.iter().find(|(whose, when, ..)| whose == antenna && *when == date);
        let planned =
            self.plan.document.tours.iter().find(|tour| tour.antenna == antenna && tour.date == date);
        let is_as_planned = |tour: &&crate::outputs::document::Tour| {
            tour.calls().count() == visits.len()
                && visits.iter().all(|visit| !visit.is_touched && !visit.is_moved)
                && tour.r#break.is_some() == rest.is_some()
                && rest.is_none_or(|(.., is_touched)| !is_touched)
        };
        if let Some(tour) = planned.filter(is_as_planned) {
            return serde_json::to_value(tour).expect("numbers, words and lists only");
        }
        if visits.iter().any(|visit| visit.is_moved) {
            visits.sort_by_key(|visit| (visit.trip, visit.order, visit.opens));
        } else {
            visits.sort_by_key(|visit| (visit.trip, visit.opens, visit.order));
        }
        let trips: Vec<Json> = visits
            .chunk_by(|a, b| a.trip == b.trip)
            .map(|trip| json!({ "calls": trip.iter().map(|visit| self.call(visit)).collect::<Vec<_>>() }))
            .collect();
        let rest =
            rest.map(|(_, _, start, end, _)| json!({ "start": spelled(*start), "end": spelled(*end) }));
        json!({ "antenna": antenna, "date": date, "break": rest, "trips": trips })
    }

    fn call(&self, visit: &Visit) -> Json {
        let planned = visit.key.as_ref().and_then(|key| self.calls.get(key));
        let (opens, closes) = (spelled(visit.opens), spelled(visit.closes));
        match planned.filter(|call| call.stop == visit.stop && call.opens == opens && call.closes == closes) {
            // The exact opening lies between the announced times.
            Some(call) => {
                let exact = |moment: &str| {
                    let tour = self.plan.document.tours.iter().find(|tour| {
                        visit
                            .key
                            .as_ref()
                            .is_some_and(|key| key.rsplit_once('#').is_some_and(|(id, _)| id == tour.id))
                    });
                    tour.map(|tour| spelled(self.plan.clock(tour, moment)))
                };
                json!({
                    "stop": call.stop, "start": exact(&call.start), "end": exact(&call.end), "opens": opens, "closes": closes,
                    "households": call.households, "turned_away": call.turned_away, "load_kg": call.load_kg,
                })
            }
            None => json!({ "stop": visit.stop, "opens": opens, "closes": closes }),
        }
    }
}

fn change(old: &str, new: &str) -> Text {
    let blank = |words: &str| if words.is_empty() { "—".to_owned() } else { words.to_owned() };
    let (old, new) = (blank(old), blank(new));
    text!("{old} devient {new}", "{old} becomes {new}")
}

/// `HH:MM`, with seconds where there are any.
fn spelled(time: ClockTime) -> String {
    super::rows::Value::Time(time).spelled()
}

/// The id that people mean by an id or by a name that only one has.
fn named<'i>(found: &str, mut rows: impl Iterator<Item = (&'i str, &'i str)> + Clone) -> Option<String> {
    if found.is_empty() {
        return None;
    }
    if let Some((id, _)) = rows.clone().find(|(id, _)| *id == found) {
        return Some(id.to_owned());
    }
    let (id, _) = rows.by_ref().find(|(_, name)| *name == found)?;
    rows.all(|(_, name)| name != found).then(|| id.to_owned())
}

fn did_you_mean<'i>(found: &str, names: impl Iterator<Item = &'i str>) -> Text {
    nearest(found, names).map_or_else(
        || text!("ajoutez-le aux tables, ou corrigez la case", "add it to the tables, or mend the cell"),
        |near| text!("vouliez-vous dire « {near} » ?", "did you mean `{near}`?"),
    )
}
