//! `opendata/`: the plan for registers of social aid.
//!
//! Public: these files hold no households, and no reason of a closure.

mod data_inclusion;
mod soliguide;

use serde_json::Value;

use super::document::{Index, Organisation, Stop};
use super::folder::Document;
use super::series::{Series, series};
use crate::diagnostics::Lang;
use crate::text;

/// All files.
pub fn opendata(plan: &Index<'_>, lang: Lang) -> Vec<Document> {
    let feed = Feed { plan, series: series(plan), lang };
    let file = |name: &'static str, value: &Value| {
        let mut bytes = serde_json::to_vec_pretty(value).expect("words, numbers and lists only");
        bytes.push(b'\n');
        Document { name: name.into(), bytes }
    };
    vec![
        file("opendata/structures.json", &data_inclusion::structures(&feed)),
        file("opendata/services.json", &data_inclusion::services(&feed)),
        file("opendata/soliguide.json", &soliguide::places(&feed)),
    ]
}

/// What all files are made from.
struct Feed<'a> {
    plan: &'a Index<'a>,
    series: Vec<Series<'a>>,
    lang: Lang,
}

impl<'a> Feed<'a> {
    fn organisation(&self) -> &'a Organisation {
        &self.plan.document.organisation
    }

    /// Who gives the aid: the organisation, else the scenario.
    fn name(&self) -> &'a str {
        let document = self.plan.document;
        let named = [&document.organisation.name, &document.scenario.title];
        named.into_iter().map(|name| name.trim()).find(|name| !name.is_empty()).unwrap_or("tournee")
    }

    /// Stops with a visit, in the order of the table.
    fn served(&self) -> impl Iterator<Item = &'a Stop> {
        let document = self.plan.document;
        let mut is_served = vec![false; document.stops.len()];
        for series in &self.series {
            is_served[self.plan.stop_rank(series.stop)] = true;
        }
        document.stops.iter().zip(is_served).filter_map(|(stop, served)| served.then_some(stop))
    }

    /// When and with which antenna a stop is open, a line a rhythm.
    fn rhythms(&self, holds: impl Fn(&Series<'_>) -> bool) -> Vec<String> {
        let line = |series: &Series<'_>| {
            format!("{} ({})", series.words().get(self.lang), self.plan.antenna(series.antenna).name)
        };
        self.series.iter().filter(|series| holds(series)).map(line).collect()
    }

    /// `Aide alimentaire : Lormes`.
    fn title(&self, of: &str) -> String {
        text!("Aide alimentaire : {of}", "Food aid: {of}").get(self.lang).to_owned()
    }
}

/// Words, or null where there are none.
fn words(typed: &str) -> Option<&str> {
    Some(typed.trim()).filter(|words| !words.is_empty())
}

/// An address for mail that looks like one.
fn mail(typed: &str) -> Option<&str> {
    let typed = typed.trim();
    let (name, host) = typed.split_once('@')?;
    let is_plain = |words: &str, more: &str| {
        !words.is_empty()
            && !words.starts_with('.')
            && !words.ends_with('.')
            && !words.contains("..")
            && words.chars().all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter))
    };
    (typed.len() <= 254 && is_plain(name, "._+-") && is_plain(host, ".-") && host.contains('.'))
        .then_some(typed)
}
