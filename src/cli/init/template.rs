//! The files of a new scenario: those of the example, or only their headings, with what was answered filled in.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tournee::diagnostics::Lang;

use super::{Answers, Own};

macro_rules! template {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!($folder, "/", $name)))),*]
    };
}

/// File names and contents. French spreadsheets want semicolons and decimal commas.
const FRENCH: &[(&str, &str)] = template!(
    "fr": "LISEZMOI.md", "scenario.toml", "depots.csv", "antennes.csv", "arrets.csv", "lieux.csv", "points_aide.csv",
    "fermetures.csv", "verrous.csv"
);
const ENGLISH: &[(&str, &str)] = template!(
    "en": "README.md", "scenario.toml", "depots.csv", "antennas.csv", "stops.csv", "places.csv", "aid_sites.csv",
    "closures.csv", "locks.csv"
);

/// First day and length of the example's cycle.
const START: Date = date(2027, 1, 4);
const WEEKS: u8 = 2;

/// The id of a depot that was named in an answer.
const DEPOT_ID: &str = "depot";

/// A file of the new scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub name: &'static str,
    pub body: String,
}

/// All files, as answered.
pub(super) fn files(answers: &Answers) -> Vec<File> {
    let templates = match answers.lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
    };
    templates.iter().map(|&(name, body)| File { name, body: fill(name, body, answers) }).collect()
}

fn fill(name: &str, body: &str, answers: &Answers) -> String {
    match (name, &answers.own) {
        ("scenario.toml", _) => settings(body, answers),
        ("fermetures.csv" | "closures.csv", None) => closures(body, answers),
        (_, None) => body.to_owned(),
        ("LISEZMOI.md" | "README.md", Some(_)) => guide(body, answers.lang),
        ("depots.csv", Some(own)) => depots(body, own, answers.lang),
        ("antennes.csv" | "antennas.csv", Some(own)) => antennas(body, own, answers.lang),
        (_, Some(_)) => heading(body).to_owned(),
    }
}

fn settings(body: &str, answers: &Answers) -> String {
    let start = answers.start.unwrap_or(START);
    let weeks = answers.weeks.unwrap_or(WEEKS);
    // Two cycles, and a month at least.
    let published = i32::from(weeks.max(2)) * 2;
    let until = start.saturating_add((published * 7 - 1).days());
    let mut body = set(body, "start", &start.to_string());
    body = set(&body, "weeks", &weeks.to_string());
    body = set(&body, "until", &until.to_string());
    let title =
        answers.title.clone().or_else(|| answers.own.is_some().then(|| own_title(answers.lang).to_owned()));
    if let Some(title) = title {
        // A JSON string is a TOML string too.
        body = set(&body, "title", &serde_json::Value::String(title).to_string());
    }
    if answers.own.is_some() {
        let first = match answers.lang {
            Lang::Fr => "# Votre scénario. Remplissez les tables, puis : tournee plan CE_DOSSIER",
            Lang::En => "# Your scenario. Fill in the tables, then: tournee plan THIS_FOLDER",
        };
        body = format!("{first}{}", body.find('\n').map_or("", |end| &body[end..]));
    }
    body
}

fn own_title(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Nos tournées",
        Lang::En => "Our tours",
    }
}

/// The settings with another value for a key; the comment behind stays, in its column where there is room.
fn set(toml: &str, key: &str, value: &str) -> String {
    let line = |line: &str| {
        if !line.strip_prefix(key).is_some_and(|rest| rest.starts_with(" = ")) {
            return line.to_owned();
        }
        let set = format!("{key} = {value}");
        match line.find(" #") {
            Some(at) => format!("{set:<width$} {}", &line[at + 1..], width = line[..at].chars().count()),
            None => set,
        }
    };
    toml.lines().map(|text| line(text) + "\n").collect()
}

/// The closed day of the example, as far from the cycle's first as there.
fn closures(body: &str, answers: &Answers) -> String {
    let Some(start) = answers.start else { return body.to_owned() };
    let day = start.saturating_add(9.days());
    match answers.lang {
        Lang::Fr => body.replace("13/01/2027", &day.strftime("%d/%m/%Y").to_string()),
        Lang::En => body.replace("2027-01-13", &day.to_string()),
    }
}

/// The guide without what it says of the example: its second paragraph and its last.
fn guide(body: &str, lang: Lang) -> String {
    let second = match lang {
        Lang::Fr => {
            "Remplissez les tables, une ligne par arrêt, lieu ou véhicule, puis : `tournee plan CE_DOSSIER`. Elles s'ouvrent dans un\n\
             tableur, et peuvent être enregistrées en CSV, en `.xlsx` ou en `.ods`."
        }
        Lang::En => {
            "Fill in the tables, a row a stop, place or vehicle, then: `tournee plan THIS_FOLDER`. They open in a spreadsheet, and\n\
             may be saved as CSV, `.xlsx` or `.ods`."
        }
    };
    let mut paragraphs: Vec<&str> = body.trim_end().split("\n\n").collect();
    paragraphs.pop();
    if let Some(paragraph) = paragraphs.get_mut(1) {
        *paragraph = second;
    }
    paragraphs.join("\n\n") + "\n"
}

/// A table's first line.
fn heading(body: &str) -> &str {
    body.find('\n').map_or(body, |end| &body[..=end])
}

fn separator(lang: Lang) -> char {
    match lang {
        Lang::Fr => ';',
        Lang::En => ',',
    }
}

fn depots(body: &str, own: &Own, lang: Lang) -> String {
    let Some((lon, lat)) = own.at else { return heading(body).to_owned() };
    let degrees = |degrees: f64| match lang {
        Lang::Fr => format!("{degrees:.5}").replace('.', ","),
        Lang::En => format!("{degrees:.5}"),
    };
    let name = own.depot.clone().unwrap_or_else(|| depot_name(lang).to_owned());
    let row = [DEPOT_ID.to_owned(), cell(&name, lang), degrees(lon), degrees(lat)];
    format!("{}{}\n", heading(body), row.join(&separator(lang).to_string()))
}

fn depot_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Dépôt",
        Lang::En => "Depot",
    }
}

/// The example's antenna with another name and depot.
fn antennas(body: &str, own: &Own, lang: Lang) -> String {
    let separator = separator(lang);
    let row = body[heading(body).len()..].trim_end();
    let mut cells: Vec<String> = row.splitn(4, separator).map(str::to_owned).collect();
    if let [_, name, depot, _] = cells.as_mut_slice() {
        if let Some(given) = &own.antenna {
            *name = cell(given, lang);
        }
        DEPOT_ID.clone_into(depot);
    }
    format!("{}{}\n", heading(body), cells.join(&separator.to_string()))
}

/// Words as a cell, quoted where they need it.
fn cell(words: &str, lang: Lang) -> String {
    if words.contains([separator(lang), '"']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_answer_the_files_are_the_templates() {
        for (lang, templates) in [(Lang::Fr, FRENCH), (Lang::En, ENGLISH)] {
            let files = files(&Answers { lang, ..Answers::default() });
            for (file, (name, body)) in files.iter().zip(templates) {
                assert_eq!((file.name, file.body.as_str()), (*name, *body));
            }
        }
    }

    #[test]
    fn a_value_changes_and_its_comment_stays() {
        assert_eq!(
            set("weeks = 2      # how long\nx = 1\n", "weeks", "4"),
            "weeks = 4      # how long\nx = 1\n"
        );
        assert_eq!(set("title = \"a\"\n", "title", "\"b\""), "title = \"b\"\n");
    }
}
