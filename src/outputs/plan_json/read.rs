//! `plan.json` back to a [`Timetable`], also where it was typed by hand.
//!
//! Essential: tours with `antenna`, `date` and calls (in `trips`, or straight in the tour when there is one trip) with
//! `stop`, `start` and `end` (or `opens` and `closes`). Everything else is worked out where it is missing, from the roads
//! and the tables, as the antenna would live it. Unknown keys are errors, so that a misspelt one is not taken for missing.

use jiff::civil::Date;
use serde_json::Value;
use typed_index_collections::TiSlice;

use super::complete::{DraftCall, DraftTour, DraftTrip, complete};
use super::fields::{
    BAD_DATE, BAD_TIME, Field, Findings, NOT_A_PLAN, NOT_JSON, OTHER_SCENARIO, Object, TOO_LARGE, UNKNOWN_ID,
    nearest, quote,
};
use crate::diagnostics::{Diagnostic, Report, Text};
use crate::ids::{AntennaId, StopId};
use crate::outputs::document::{FORMAT, VERSION};
use crate::outputs::moments::Zone;
use crate::plan::fingerprint;
use crate::survey::Survey;
use crate::tables::Dataset;
use crate::text;
use crate::timetable::{Cancelled, RestTaken, Timetable};
use crate::units::{ClockTime, Grams, Households, Metres, Seconds};

/// Largest file that is read.
pub const BYTES_MAX: usize = 64 << 20;

/// Most visits that are read.
const CALLS_MAX: usize = 200_000;

/// Most visits of one tour: with it, no sum over a tour overflows.
const CALLS_OF_TOUR_MAX: usize = 1000;

/// Most households and kilograms at one visit.
const HOUSEHOLDS_MAX: i32 = 100_000;
const KILOGRAMS_MAX: f64 = 1e6;

/// Longest name or reason that is kept.
const WORDS_MAX: usize = 1000;

/// Longest tour.
const METRES_MAX: i32 = 10_000_000;
const SECONDS_MAX: i32 = 3 * 24 * 3600;

const TOP_KEYS: &[&str] = &[
    "format",
    "version",
    "generator",
    "language",
    "scenario",
    "roads",
    "search",
    "cycle",
    "cost",
    "coverage",
    "depots",
    "antennas",
    "organisation",
    "stops",
    "aid_sites",
    "places",
    "white_zones",
    "attendance",
    "tours",
    "ways",
    "legs",
    "cancelled",
    "violations",
    "$schema",
];
const TOUR_KEYS: &[&str] = &[
    "id",
    "antenna",
    "date",
    "leave",
    "back",
    "break",
    "distance_m",
    "driving_s",
    "service_s",
    "duty_s",
    "cost",
    "way",
    "trips",
    "calls",
];
const TRIP_KEYS: &[&str] = &["leave", "back", "calls"];
const CALL_KEYS: &[&str] = &[
    "stop",
    "arrival",
    "start",
    "end",
    "departure",
    "opens",
    "closes",
    "households",
    "turned_away",
    "load_kg",
];
const BREAK_KEYS: &[&str] = &["start", "end"];
const CANCELLED_KEYS: &[&str] = &["stop", "antenna", "date", "opens", "closes", "reason"];

/// Reads the plan file `name`, all mistakes at once. Never panics, whatever the bytes.
///
/// A plan made from another state of the scenario (by its fingerprint) is read with a warning.
pub fn read(name: &str, bytes: &[u8], dataset: &Dataset, survey: &Survey) -> Report<Timetable> {
    let mut findings = Findings::of_file(name);
    let Some(document) = document(bytes, &mut findings) else { return Report::failed(findings.list) };
    let mut reader = Reader { dataset, zone: Zone::of(&dataset.settings), findings, call_count: 0 };
    let drafts = reader.top(&document, &fingerprint(dataset));
    let failed =
        reader.findings.list.iter().any(|found| found.severity == crate::diagnostics::Severity::Error);
    match drafts {
        Some((tours, cancelled)) if !failed => {
            Report::new(complete(tours, cancelled, dataset, survey), reader.findings.list)
        }
        _ => Report::failed(reader.findings.list),
    }
}

pub(super) fn document(bytes: &[u8], findings: &mut Findings) -> Option<Value> {
    if bytes.len() > BYTES_MAX {
        let (most, found) = (BYTES_MAX >> 20, bytes.len() >> 20);
        findings.error(
            TOO_LARGE,
            "",
            text!("un fichier d’au plus {most} Mo", "a file of at most {most} MB"),
            text!("{found} Mo", "{found} MB"),
            text!("vérifiez que c’est bien un plan", "check that it is a plan"),
        );
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes)
        .map_err(|error| {
            let mut at = findings.at("");
            at.row = u32::try_from(error.line()).ok().filter(|line| *line > 0);
            let what = error.to_string();
            findings.push(Diagnostic::error(
                NOT_JSON,
                at,
                text!("un fichier JSON", "a JSON file"),
                text!("une faute de syntaxe ({what})", "a syntax error ({what})"),
                text!(
                    "donnez le plan.json qu’écrit « tournee plan », ou corrigez cette ligne",
                    "give the plan.json that `tournee plan` writes, or mend that line"
                ),
            ));
        })
        .ok()
}

/// A file that says it is something else is not read further: its keys would be a flood of findings.
pub(super) fn refuse_other_formats(document: &Value, findings: &mut Findings) -> Option<()> {
    let help = text!(
        "donnez le plan.json qu’écrit « tournee plan »",
        "give the plan.json that `tournee plan` writes"
    );
    if let Some(format) = document.get("format").filter(|format| *format != FORMAT) {
        let expected = text!("« {FORMAT} »", "`{FORMAT}`");
        findings.error(NOT_A_PLAN, "format", expected, quote(format), help);
        return None;
    }
    if let Some(kind) = document.get("type").filter(|_| document.get("tours").is_none()) {
        findings.error(NOT_A_PLAN, "", text!("un plan", "a plan"), quote(kind), help);
        return None;
    }
    if let Some(version) = document.get("version").filter(|version| version.as_u64() != Some(VERSION)) {
        findings.error(
            NOT_A_PLAN,
            "version",
            text!("la version {VERSION}", "version {VERSION}"),
            quote(version),
            text!(
                "lisez ce plan avec la version de tournee qui l’a écrit",
                "read it with the tournee that wrote it"
            ),
        );
        return None;
    }
    Some(())
}

struct Reader<'a> {
    dataset: &'a Dataset,
    zone: Zone,
    findings: Findings,
    call_count: usize,
}

impl Reader<'_> {
    fn top(&mut self, document: &Value, fingerprint: &str) -> Option<(Vec<DraftTour>, Vec<Cancelled>)> {
        let field = Field { value: document, path: String::new() };
        refuse_other_formats(document, &mut self.findings)?;
        let top = field.object(TOP_KEYS, &mut self.findings)?;
        self.compare_scenarios(document, fingerprint);
        let tours = top.required("tours", &mut self.findings)?.list(&mut self.findings)?;
        let tours: Vec<_> = tours.into_iter().map(|tour| self.tour(tour)).collect();
        let cancelled = match top.optional("cancelled") {
            Some(list) => list.list(&mut self.findings)?,
            None => Vec::new(),
        };
        let cancelled: Vec<_> = cancelled.into_iter().map(|visit| self.cancelled(visit)).collect();
        Some((tours.into_iter().collect::<Option<_>>()?, cancelled.into_iter().collect::<Option<_>>()?))
    }

    fn compare_scenarios(&mut self, document: &Value, fingerprint: &str) {
        let said = document.get("scenario").and_then(|scenario| scenario.get("fingerprint"));
        if let Some(said) = said.filter(|said| *said != fingerprint) {
            self.findings.push(Diagnostic::warning(
                OTHER_SCENARIO,
                self.findings.at("scenario.fingerprint"),
                text!("« {fingerprint} », l’empreinte de ce scénario", "`{fingerprint}`, the fingerprint of this scenario"),
                quote(said),
                text!(
                    "le plan a été fait avec d’autres tables, ou par une autre version : il est vérifié avec celles-ci",
                    "the plan was made from other tables, or by another version: it is checked against these"
                ),
            ));
        }
    }

    fn tour(&mut self, field: Field<'_>) -> Option<DraftTour> {
        let tour = field.object(TOUR_KEYS, &mut self.findings)?;
        let antenna = self.antenna(&tour);
        let date = self.date(&tour);
        // Without a date times can't be read, but the rest of the tour can still be looked at.
        let day = date.unwrap_or(self.dataset.settings.start);
        let trips = self.trips(&tour, day);
        let rest = match tour.optional("break") {
            Some(field) => Some(self.rest(field, day)?),
            None => None,
        };
        let call_count = trips.iter().flatten().map(|trip| trip.calls.len()).sum::<usize>();
        if call_count > CALLS_OF_TOUR_MAX {
            self.too_many(&tour.path, CALLS_OF_TOUR_MAX);
            return None;
        }
        let id = self.optional_words(&tour, "id");
        let distance = self.optional_integer(&tour, "distance_m", METRES_MAX);
        let driving = self.optional_integer(&tour, "driving_s", SECONDS_MAX);
        Some(DraftTour {
            id: id?,
            antenna: antenna?,
            date: date?,
            trips: trips?,
            rest,
            distance: distance?.map(Metres),
            driving: driving?.map(Seconds),
        })
    }

    /// Trips, or the calls of the only one straight in the tour; then the tour's own `leave` and `back` are the trip's.
    fn trips(&mut self, tour: &Object<'_>, date: Date) -> Option<Vec<DraftTrip>> {
        if tour.optional("trips").is_none() && tour.optional("calls").is_some() {
            return Some(vec![self.trip(tour, date)?]);
        }
        let trips = tour.required("trips", &mut self.findings)?;
        self.refuse_empty(&trips);
        let trips: Vec<_> = trips
            .list(&mut self.findings)?
            .into_iter()
            .map(|trip| {
                let trip = trip.object(TRIP_KEYS, &mut self.findings)?;
                self.trip(&trip, date)
            })
            .collect();
        trips.into_iter().collect()
    }

    fn trip(&mut self, trip: &Object<'_>, date: Date) -> Option<DraftTrip> {
        let leave = self.optional_time(trip, "leave", date);
        let back = self.optional_time(trip, "back", date);
        let calls = trip.required("calls", &mut self.findings)?;
        self.refuse_empty(&calls);
        let calls = calls.list(&mut self.findings)?;
        let calls: Vec<_> = calls.into_iter().map(|call| self.call(call, date)).collect();
        Some(DraftTrip { leave: leave?, back: back?, calls: calls.into_iter().collect::<Option<_>>()? })
    }

    fn call(&mut self, field: Field<'_>, date: Date) -> Option<DraftCall> {
        self.call_count += 1;
        if self.call_count > CALLS_MAX {
            if self.call_count == CALLS_MAX + 1 {
                self.too_many(&field.path, CALLS_MAX);
            }
            return None;
        }
        let call = field.object(CALL_KEYS, &mut self.findings)?;
        let stop = self.stop(&call);
        let times = ["arrival", "start", "end", "departure", "opens", "closes"]
            .map(|key| self.optional_time(&call, key, date));
        // Announced times will do for the real ones.
        for (real, announced) in [("start", "opens"), ("end", "closes")] {
            if call.optional(announced).is_none() {
                call.required(real, &mut self.findings);
            }
        }
        let households = self.optional_integer(&call, "households", HOUSEHOLDS_MAX);
        let turned_away = self.optional_integer(&call, "turned_away", HOUSEHOLDS_MAX);
        let load = match call.optional("load_kg") {
            Some(field) => {
                Some(Grams::from_kilograms(field.number(0.0..=KILOGRAMS_MAX, &mut self.findings)?))
            }
            None => None,
        };
        let [arrival, start, end, departure, opens, closes] = times;
        let (start, end, opens, closes) = (start?, end?, opens?, closes?);
        Some(DraftCall {
            stop: stop?,
            arrival: arrival?,
            start: start.or(opens)?,
            end: end.or(closes)?,
            departure: departure?,
            opens,
            closes,
            households: households?.map(Households),
            turned_away: turned_away?.map(Households),
            load,
        })
    }

    fn too_many(&mut self, path: &str, most: usize) {
        self.findings.error(
            TOO_LARGE,
            path,
            text!("au plus {most} visites", "at most {most} visits"),
            text!("davantage", "more"),
            text!("coupez la tournée, ou le plan, en plusieurs", "cut the tour, or the plan, into several"),
        );
    }

    fn rest(&mut self, field: Field<'_>, date: Date) -> Option<RestTaken> {
        let rest = field.object(BREAK_KEYS, &mut self.findings)?;
        let start = self.required_time(&rest, "start", date);
        let end = self.required_time(&rest, "end", date);
        Some(RestTaken { start: start?, end: end? })
    }

    fn cancelled(&mut self, field: Field<'_>) -> Option<Cancelled> {
        let visit = field.object(CANCELLED_KEYS, &mut self.findings)?;
        let (stop, antenna, date) = (self.stop(&visit), self.antenna(&visit), self.date(&visit));
        let day = date.unwrap_or(self.dataset.settings.start);
        let (opens, closes) =
            (self.optional_time(&visit, "opens", day), self.optional_time(&visit, "closes", day));
        let reason = self.optional_words(&visit, "reason")?.unwrap_or_default();
        Some(Cancelled {
            stop: stop?,
            antenna: antenna?,
            date: date?,
            opens: opens?.unwrap_or_default(),
            closes: closes?.unwrap_or_default(),
            reason,
        })
    }

    fn refuse_empty(&mut self, field: &Field<'_>) {
        if field.value.as_array().is_some_and(Vec::is_empty) {
            let help = text!(
                "retirez cette tournée si personne n’est visité",
                "remove this tour if nobody is visited"
            );
            let expected = text!("au moins un élément", "at least one item");
            self.findings.error(
                super::fields::MISSING,
                &field.path,
                expected,
                text!("une liste vide", "an empty list"),
                help,
            );
        }
    }

    fn antenna(&mut self, object: &Object<'_>) -> Option<AntennaId> {
        let antennas: &TiSlice<AntennaId, _> = &self.dataset.antennas;
        let ids = || antennas.iter().map(|antenna| antenna.id.as_str());
        self.id(object, "antenna", &text!("une antenne de la table", "an antenna of the table"), ids)
            .map(AntennaId::from)
    }

    fn stop(&mut self, object: &Object<'_>) -> Option<StopId> {
        let stops: &TiSlice<StopId, _> = &self.dataset.stops;
        let ids = || stops.iter().map(|stop| stop.id.as_str());
        self.id(object, "stop", &text!("un arrêt de la table", "a stop of the table"), ids).map(StopId::from)
    }

    /// The position of the id that `key` names.
    fn id<'i, I: Iterator<Item = &'i str>>(
        &mut self,
        object: &Object<'_>,
        key: &str,
        expected: &Text,
        ids: impl Fn() -> I,
    ) -> Option<usize> {
        let field = object.required(key, &mut self.findings)?;
        let typed = field.words(&mut self.findings)?.trim();
        let found = ids().position(|id| id == typed);
        if found.is_none() {
            let help = nearest(typed, ids()).map_or_else(
                || {
                    text!(
                        "ajoutez-le aux tables, ou corrigez l’identifiant",
                        "add it to the tables, or mend the id"
                    )
                },
                |near| text!("vouliez-vous dire « {near} » ?", "did you mean `{near}`?"),
            );
            self.findings.error(UNKNOWN_ID, &field.path, expected.clone(), quote(field.value), help);
        }
        found
    }

    fn date(&mut self, object: &Object<'_>) -> Option<Date> {
        let field = object.required("date", &mut self.findings)?;
        let typed = field.words(&mut self.findings)?.trim();
        let settings = &self.dataset.settings;
        let date = typed.parse::<Date>().ok().filter(|date| (-9990..=9990).contains(&date.year()));
        if date.is_none() {
            let example = settings.start;
            let expected = text!("une date comme « {example} »", "a date such as `{example}`");
            let help = text!("écrivez année-mois-jour", "write year-month-day");
            self.findings.error(BAD_DATE, &field.path, expected, quote(field.value), help);
        }
        date
    }

    /// The outer `None` is a finding, the inner one an absent key.
    #[expect(clippy::option_option, reason = "a mistake and an absence are two things")]
    fn optional_time(&mut self, object: &Object<'_>, key: &str, date: Date) -> Option<Option<ClockTime>> {
        let Some(field) = object.optional(key) else { return Some(None) };
        let typed = field.words(&mut self.findings)?;
        let time = self.zone.clock_time(date, typed);
        if time.is_none() {
            self.findings.error(
                BAD_TIME,
                &field.path,
                text!(
                    "une heure comme « 09:30 », ou « {date}T09:30:00 »",
                    "a time such as `09:30`, or `{date}T09:30:00`"
                ),
                quote(field.value),
                text!(
                    "après minuit les heures continuent : « 25:30 » est une heure et demie le lendemain",
                    "past midnight hours go on: `25:30` is half past one the next day"
                ),
            );
            return None;
        }
        Some(time)
    }

    fn required_time(&mut self, object: &Object<'_>, key: &str, date: Date) -> Option<ClockTime> {
        object.required(key, &mut self.findings)?;
        self.optional_time(object, key, date).flatten()
    }

    #[expect(clippy::option_option, reason = "a mistake and an absence are two things")]
    fn optional_integer(&mut self, object: &Object<'_>, key: &str, most: i32) -> Option<Option<i32>> {
        match object.optional(key) {
            Some(field) => field.integer(0..=most, &mut self.findings).map(Some),
            None => Some(None),
        }
    }

    #[expect(clippy::option_option, reason = "a mistake and an absence are two things")]
    fn optional_words(&mut self, object: &Object<'_>, key: &str) -> Option<Option<String>> {
        match object.optional(key) {
            Some(field) => {
                field.words(&mut self.findings).map(|words| Some(words.chars().take(WORDS_MAX).collect()))
            }
            None => Some(None),
        }
    }
}
