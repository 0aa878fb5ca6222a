//! `tournee compare PLAN PLAN`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use tournee::diagnostics::{Lang, Text};
use tournee::outputs::comparison::{Change, Comparison, Visit, compare};
use tournee::outputs::document::PlanDocument;
use tournee::outputs::geojson::attribution;
use tournee::outputs::plan_json::read_whole;
use tournee::outputs::words::{self, euros, kilometres, number, percent};
use tournee::text;

use super::args::CompareArgs;
use super::context::Context;
use super::failure::Failure;
use super::planned::plan_file;
use super::{Outcome, report};

/// Kinds of changes that the page lists; `--verbose` lists all.
const CHANGES_SHOWN: usize = 12;

/// Tells what changes from one plan to another.
pub fn run(args: &CompareArgs, context: &Context) -> Result<Outcome, Failure> {
    let (before, after) = (read(&args.before)?, read(&args.after)?);
    context.adopt(after.language);
    let comparison = compare(&before, &after);
    let sides =
        Sides { before: &before, after: &after, comparison: &comparison, lang: context.lang(), context };
    context.summary(&sides.page(context.verbose), &sides.json(args))?;
    Ok(Outcome::Done)
}

fn read(path: &Path) -> Result<PlanDocument, Failure> {
    let (name, bytes) = plan_file(path)?;
    let read = read_whole(&name, &bytes);
    read.value.ok_or_else(|| Failure::input(read.diagnostics))
}

/// Both plans and what changes.
struct Sides<'a> {
    before: &'a PlanDocument,
    after: &'a PlanDocument,
    comparison: &'a Comparison<'a>,
    lang: Lang,
    context: &'a Context,
}

/// Writes a number of a plan, or a difference of two.
type Spelling = fn(f64, Lang) -> String;

/// One figure of a plan.
struct Figure {
    /// In the JSON.
    key: &'static str,
    label: Text,
    of: fn(&PlanDocument) -> f64,
    spelled: Spelling,
}

fn whole(value: f64, lang: Lang) -> String {
    number(value, 0, lang)
}

fn hours(seconds: f64, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{}\u{202f}h", number(seconds / 3600.0, 1, lang)),
        Lang::En => format!("{} h", number(seconds / 3600.0, 1, lang)),
    }
}

/// What the plans are weighed by, for one cycle.
fn figures() -> [Figure; 8] {
    let figure = |key, label, of, spelled| Figure { key, label, of, spelled };
    [
        figure(
            "households_covered",
            text!("Foyers couverts", "Households covered"),
            |plan| plan.coverage.covered_after,
            whole,
        ),
        figure(
            "stops",
            text!("Arrêts desservis", "Stops served"),
            |plan| plan.stops.iter().filter(|stop| stop.served).count() as f64,
            whole,
        ),
        figure(
            "visits",
            text!("Visites par cycle", "Visits a cycle"),
            |plan| plan.cycle.visits as f64,
            whole,
        ),
        figure("tours", text!("Tournées par cycle", "Tours a cycle"), |plan| plan.cycle.shifts as f64, whole),
        figure(
            "households_served",
            text!("Foyers servis par cycle", "Households served a cycle"),
            |plan| plan.cycle.households as f64,
            whole,
        ),
        figure(
            "cost",
            text!("Coût par cycle", "Cost a cycle"),
            |plan| plan.cost.operating,
            |value, lang| euros(value, 2, lang),
        ),
        figure(
            "distance_m",
            text!("Route par cycle", "Distance a cycle"),
            |plan| plan.cycle.distance_m as f64,
            |value, lang| kilometres(value, 0, lang),
        ),
        figure("duty_s", text!("Travail par cycle", "Duty a cycle"), |plan| plan.cycle.duty_s as f64, hours),
    ]
}

impl Sides<'_> {
    fn page(&self, all: bool) -> String {
        let mut page = String::new();
        for (label, plan) in [(text!("Avant", "Before"), self.before), (text!("Après", "After"), self.after)]
        {
            let (title, dates) = (&plan.scenario.title, period(plan));
            let (fr, en) = (label.fr, label.en);
            let line = text!("{fr} : {title}", "{en}: {title}");
            let _ = writeln!(page, "{}, {}", line.get(self.lang), dates.get(self.lang));
        }
        for notice in self.notices() {
            let _ = writeln!(page, "{}", notice.get(self.lang));
        }
        let _ = write!(page, "\n{}\n{}", self.table(), self.stops());
        page + &self.visits(all)
    }

    /// What makes figures of the two plans hard to compare.
    fn notices(&self) -> Vec<Text> {
        let (old, new) = (&self.before, &self.after);
        let (from, to) = (old.scenario.weeks, new.scenario.weeks);
        let weeks = (from != to).then(|| {
            text!(
                "Les cycles durent {from} et {to} semaines : les chiffres par cycle ne se comparent pas tels quels",
                "The cycles last {from} and {to} weeks: figures of a cycle do not compare as they are"
            )
        });
        let rules = (old.coverage.rule != new.coverage.rule).then(|| {
            let (from, to) = (&old.coverage.rule, &new.coverage.rule);
            text!(
                "Les règles de couverture diffèrent : {from}, puis {to}",
                "The rules of coverage differ: {from}, then {to}"
            )
        });
        let period = |plan: &PlanDocument| (plan.scenario.start, plan.scenario.until);
        let dates = (period(old) != period(new)).then(|| {
            text!(
                "Les plans ne publient pas les mêmes dates : les visites hors de l’un des deux comptent comme ajoutées ou retirées",
                "The plans publish different dates: visits outside one of them count as added or removed"
            )
        });
        let sketched = (old.roads.sketch || new.roads.sketch).then(|| attribution(true));
        [sketched, weeks, rules, dates].into_iter().flatten().collect()
    }

    fn table(&self) -> String {
        let lang = self.lang;
        let header =
            [Text::default(), text!("Avant", "Before"), text!("Après", "After"), text!("Écart", "Change")];
        let mut rows: Vec<Vec<String>> = Vec::new();
        for Figure { label, of, spelled, .. } in figures() {
            let (old, new) = (of(self.before), of(self.after));
            let change = signed(new - old, spelled, lang);
            rows.push(vec![label.get(lang).to_owned(), spelled(old, lang), spelled(new, lang), change]);
        }
        let need = |plan: &PlanDocument| plan.coverage.covered_after / plan.coverage.households.max(1.0);
        let [old, new] = [self.before, self.after].map(|plan| percent(need(plan), 1, lang));
        rows.push(vec![
            text!("Part du besoin", "Share of need").get(lang).to_owned(),
            old,
            new,
            String::new(),
        ]);
        report::table(&header, rows, 1..4, self.context)
    }

    /// Stops that only one of the plans serves.
    fn stops(&self) -> String {
        let named = |ids: &[&str]| ids.iter().map(|id| self.stop(id)).collect::<Vec<_>>().join(", ");
        let (gained, lost) = (named(&self.comparison.gained), named(&self.comparison.lost));
        let lines = [
            (gained.is_empty(), text!("Arrêts en plus : {gained}", "Stops gained: {gained}")),
            (lost.is_empty(), text!("Arrêts en moins : {lost}", "Stops lost: {lost}")),
        ];
        let lines = lines.iter().filter(|(is_empty, _)| !is_empty);
        lines.fold(String::new(), |page, (_, line)| page + line.get(self.lang) + "\n")
    }

    /// How many visits changed, then what changed: changes that are alike but for the date share a line.
    fn visits(&self, all: bool) -> String {
        let [moved, added, removed] = self.counts();
        let unchanged = self.comparison.unchanged;
        let [unchanged, moved, added, removed] =
            [unchanged, moved, added, removed].map(|count| number(count as f64, 0, self.lang));
        let line = text!(
            "Visites publiées : inchangées {unchanged}, déplacées {moved}, ajoutées {added}, retirées {removed}",
            "Published visits: unchanged {unchanged}, moved {moved}, added {added}, removed {removed}"
        );
        let mut page = report::heading(&line, self.lang);
        let alike = self.alike();
        let shown = if all { alike.len() } else { alike.len().min(CHANGES_SHOWN) };
        for (words, dates) in &alike[..shown] {
            let dates = match dates {
                1 => text!("1 date", "1 date"),
                _ => text!("{dates} dates", "{dates} dates"),
            };
            let _ = writeln!(page, "  {words} ({})", dates.get(self.lang));
        }
        if shown < alike.len() {
            let rest = alike.len() - shown;
            let more = text!(
                "  … et {rest} autre(s) : --verbose les montre",
                "  … and {rest} more: --verbose lists them"
            );
            let _ = writeln!(page, "{}", more.get(self.lang));
        }
        page
    }

    /// Moved, added, removed.
    fn counts(&self) -> [usize; 3] {
        let count =
            |is: fn(&Change<'_>) -> bool| self.comparison.changes.iter().filter(|change| is(change)).count();
        [
            count(|change| change.before.is_some() && change.after.is_some()),
            count(|change| change.before.is_none()),
            count(|change| change.after.is_none()),
        ]
    }

    /// Changes in words, each with how many dates it has, in the order in which the first of each came.
    fn alike(&self) -> Vec<(String, usize)> {
        let mut rank: BTreeMap<String, usize> = BTreeMap::new();
        let mut alike: Vec<(String, usize)> = Vec::new();
        for change in &self.comparison.changes {
            let words = self.words(change);
            let at = *rank.entry(words.clone()).or_insert(alike.len());
            match alike.get_mut(at) {
                Some((_, dates)) => *dates += 1,
                None => alike.push((words, 1)),
            }
        }
        alike
    }

    fn words(&self, change: &Change<'_>) -> String {
        let name = self.stop(change.stop);
        let colon = if self.lang == Lang::Fr { " :" } else { ":" };
        let (old, new) = (change.before, change.after);
        // The antenna is told where it changes, or where the visit is new or gone.
        let antennas = old.map(|visit| visit.antenna) != new.map(|visit| visit.antenna);
        let seen = |visit: &Visit<'_>, plan| self.seen(visit, plan, antennas);
        let what = match (old, new) {
            (Some(old), Some(new)) => format!("{} → {}", seen(&old, self.before), seen(&new, self.after)),
            (None, Some(new)) => {
                let new = seen(&new, self.after);
                text!("ajoutée, {new}", "added, {new}").get(self.lang).to_owned()
            }
            (Some(old), None) => {
                let old = seen(&old, self.before);
                text!("retirée, {old}", "removed, {old}").get(self.lang).to_owned()
            }
            (None, None) => String::new(),
        };
        format!("{name}{colon} {what}")
    }

    /// `mardi de 9 h 30 à 11 h, Bus`.
    fn seen(&self, visit: &Visit<'_>, plan: &PlanDocument, with_antenna: bool) -> String {
        let (day, hours) = (words::weekday(visit.date.weekday()), words::span(visit.opens, visit.closes));
        let mut words = format!("{} {}", day.get(self.lang), hours.get(self.lang));
        if with_antenna {
            let antenna = plan.antennas.iter().find(|antenna| antenna.id == visit.antenna);
            let _ = write!(words, ", {}", antenna.map_or(visit.antenna, |antenna| &antenna.name));
        }
        words
    }

    /// A stop's name, as the second plan has it where both know it.
    fn stop<'b>(&'b self, id: &'b str) -> &'b str {
        let known = |plan: &'b PlanDocument| plan.stops.iter().find(|stop| stop.id == id);
        known(self.after).or_else(|| known(self.before)).map_or(id, |stop| &stop.name)
    }

    /// For programs: figures in households, euros, metres and seconds.
    fn json(&self, args: &CompareArgs) -> Value {
        let side = |plan: &PlanDocument, file: &Path| {
            let mut side = json!({
                "file": file,
                "title": plan.scenario.title,
                "start": plan.scenario.start.to_string(),
                "until": plan.scenario.until.to_string(),
                "weeks": plan.scenario.weeks,
                "rule": plan.coverage.rule,
            });
            for figure in figures() {
                side[figure.key] = json!((figure.of)(plan));
            }
            side
        };
        let visit = |visit: &Visit<'_>| {
            json!({
                "date": visit.date.to_string(),
                "opens": clock(visit.opens),
                "closes": clock(visit.closes),
                "antenna": visit.antenna,
            })
        };
        let changes = self.comparison.changes.iter().map(|change| {
            json!({
                "stop": change.stop,
                "name": self.stop(change.stop),
                "kind": match (change.before, change.after) {
                    (Some(_), Some(_)) => "moved",
                    (None, _) => "added",
                    (_, None) => "removed",
                },
                "before": change.before.as_ref().map(visit),
                "after": change.after.as_ref().map(visit),
            })
        });
        let [moved, added, removed] = self.counts();
        json!({
            "command": "compare",
            "before": side(self.before, &args.before),
            "after": side(self.after, &args.after),
            "stops": { "gained": self.comparison.gained, "lost": self.comparison.lost },
            "visits": {
                "unchanged": self.comparison.unchanged,
                "moved": moved,
                "added": added,
                "removed": removed,
                "changes": changes.collect::<Vec<_>>(),
            },
        })
    }
}

fn period(plan: &PlanDocument) -> Text {
    let (from, to) = (words::date(plan.scenario.start), words::date(plan.scenario.until));
    Text { fr: format!("du {} au {}", from.fr, to.fr), en: format!("{} to {}", from.en, to.en) }
}

/// With a sign in front, unless it is nothing.
fn signed(change: f64, spelled: Spelling, lang: Lang) -> String {
    let words = spelled(change, lang);
    let is_more = change > 0.0 && words != spelled(0.0, lang);
    if is_more { format!("+{words}") } else { words }
}

/// `09:30`; past midnight it goes on.
fn clock(time: tournee::units::ClockTime) -> String {
    format!("{:02}:{:02}", time.get() / 3600, time.get() % 3600 / 60)
}
