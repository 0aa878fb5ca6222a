//! Typed access to the cells of a row: bounds and defaults come from the schema, findings are collected, repairs listed.

use super::Rhythm;
use super::expected::expected;
use super::findings::{Findings, Read, Reported, codes, did_you_mean, nearest, nothing};
use super::parse::clock::BareNumber;
use super::parse::days::DayRule;
use super::parse::number::{LoneComma, NotNumber};
use super::parse::{Parsed, clock, date, days, number, rhythm};
use super::schema::{Choice, Column, Kind, WhenBlank, Words, fold};
use super::source::{Cell, CellKind};
use super::table::Row;
use crate::diagnostics::{Code, Text, quoted};
use crate::text;
use crate::units::{ClockTime, Seconds, Window};

/// Why a cell could not be read.
pub(crate) struct Fault {
    code: Code,
    expected: Text,
    help: Text,
}

impl Fault {
    fn new(code: Code, expected: Text, help: Text) -> Self {
        Self { code, expected, help }
    }
}

/// A value that every blank cell has by the schema.
pub(crate) fn always<T>(read: Read<T>) -> Result<T, Reported> {
    read.map(|value| value.expect("the schema gives blank cells of this column a value"))
}

impl Row<'_> {
    /// The value of a cell, by `parse`; the schema's default when blank; an error when blank and required.
    fn value<T>(
        self,
        name: &str,
        findings: &mut Findings,
        reason: Text,
        parse: impl Fn(&Cell, &Column) -> Result<Parsed<T>, Fault>,
    ) -> Read<T> {
        let column = self.table().column(name);
        let Some(cell) = self.cell(name) else { return self.when_blank(column, findings, parse) };
        if cell.kind == CellKind::Error {
            return Err(self.report_cell_error(name, findings));
        }
        match parse(cell, column) {
            Ok(parsed) => {
                if parsed.plain != cell.text {
                    findings.repair(self.at_column(name), &cell.text, &parsed.plain, reason);
                }
                Ok(Some(parsed.value))
            }
            Err(fault) => {
                let found = quoted(&cell.text);
                Err(findings.error(fault.code, self.at_column(name), fault.expected, found, fault.help))
            }
        }
    }

    fn when_blank<T>(
        self,
        column: &'static Column,
        findings: &mut Findings,
        parse: impl Fn(&Cell, &Column) -> Result<Parsed<T>, Fault>,
    ) -> Read<T> {
        match column.blank {
            WhenBlank::Stated(_) => Ok(None),
            WhenBlank::Value(default) => {
                let parsed = parse(&Cell::text(default), column);
                Ok(Some(parsed.ok().expect("defaults of the schema are readable (tested)").value))
            }
            // A column that is missing altogether was reported once, with the header.
            WhenBlank::Required if !self.table().has(column.name) => Err(Reported),
            WhenBlank::Required => Err(self.report_blank(column, findings)),
        }
    }

    pub(crate) fn report_blank(self, column: &Column, findings: &mut Findings) -> Reported {
        let (fr, en) = (column.doc.fr, column.doc.en);
        let help = text!("remplissez-la : {fr}", "fill it in: {en}");
        findings.error(
            codes::EMPTY_CELL,
            self.at_column(column.name),
            expected(&column.kind),
            nothing(),
            help,
        )
    }

    fn report_cell_error(self, name: &str, findings: &mut Findings) -> Reported {
        let column = self.table().column(name);
        let found = quoted(&self.cell(name).map_or_else(String::new, |cell| cell.text.clone()));
        let help = text!("corrigez la formule de cette cellule", "mend the formula of this cell");
        findings.error(codes::CELL_ERROR, self.at_column(name), expected(&column.kind), found, help)
    }

    /// A text within its length, without control characters but line ends.
    pub(crate) fn text(self, name: &str, findings: &mut Findings) -> Read<String> {
        let reason = text!("espaces", "spaces");
        self.value(name, findings, reason, |cell, column| {
            let limit = if let Kind::Text(limit) = column.kind { limit } else { 80 };
            let is_shown = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
            if cell.text.chars().all(is_shown) && cell.text.chars().count() <= limit {
                let plain = one_line(&cell.text);
                return Ok(Parsed { value: plain.clone(), plain });
            }
            let help = text!(
                "raccourcissez-le, retirez les caractères invisibles",
                "shorten it, remove invisible characters"
            );
            Err(Fault::new(codes::BAD_TEXT, expected(&column.kind), help))
        })
    }

    /// INSEE code, empty where blank. A leading zero that a spreadsheet dropped is put back.
    pub(crate) fn insee(self, findings: &mut Findings) -> Result<String, Reported> {
        let reason = text!("zéro de tête remis", "leading zero put back");
        let read = self.value("insee", findings, reason, |cell, column| {
            let code = cell.text.to_uppercase();
            let code = if code.len() == 4 && is_digits(&code) { format!("0{code}") } else { code };
            let tail = code.strip_prefix("2A").or(code.strip_prefix("2B"));
            let is_code = code.len() == 5 && is_digits(tail.unwrap_or(&code));
            let help = text!(
                "cinq chiffres, ou 2A, 2B et trois chiffres",
                "five digits, or 2A, 2B and three digits"
            );
            if !is_code {
                return Err(Fault::new(codes::BAD_TEXT, expected(&column.kind), help));
            }
            Ok(Parsed { value: code.clone(), plain: code })
        });
        read.map(Option::unwrap_or_default)
    }

    /// A whole number within the column's bounds.
    pub(crate) fn whole(self, name: &str, findings: &mut Findings) -> Read<i64> {
        self.value(name, findings, text!("nombre", "number"), |cell, column| {
            let Kind::Whole { min, max, unit } = column.kind else {
                unreachable!("`{name}` is whole in the schema")
            };
            let parsed = parse_number(cell, column, LoneComma::Ambiguous, unit)?;
            let whole = parsed.plain.split_once('.').map_or(parsed.plain.as_str(), |(whole, _)| whole);
            let has_fraction = parsed.value.fract() != 0.0;
            let value = whole.parse::<i64>().ok().filter(|_| !has_fraction);
            match value {
                Some(value) if (min..=max).contains(&value) => Ok(Parsed { value, plain: value.to_string() }),
                None if has_fraction => {
                    let help = text!("arrondissez-le", "round it");
                    Err(Fault::new(codes::NOT_NUMBER, expected(&column.kind), help))
                }
                _ => Err(out_of_range(column)),
            }
        })
    }

    /// As [`Self::number`]; where the value is said not to be known, nothing.
    pub(crate) fn number_or_unknown(
        self,
        name: &str,
        comma: LoneComma,
        findings: &mut Findings,
    ) -> Read<f64> {
        match self.cell(name) {
            Some(cell) if number::is_unknown(&cell.text) => {
                findings.repair(
                    self.at_column(name),
                    &cell.text,
                    "",
                    text!("valeur inconnue", "unknown value"),
                );
                Ok(None)
            }
            _ => self.number(name, comma, findings),
        }
    }

    /// A number within the column's bounds.
    pub(crate) fn number(self, name: &str, comma: LoneComma, findings: &mut Findings) -> Read<f64> {
        self.value(name, findings, text!("nombre", "number"), |cell, column| {
            let (min, max, unit) = match column.kind {
                Kind::Number { min, max, unit } => (min, max, unit),
                _ => (f64::MIN, f64::MAX, Words { fr: "", en: "" }),
            };
            let parsed = parse_number(cell, column, comma, unit)?;
            if min <= parsed.value && parsed.value <= max { Ok(parsed) } else { Err(out_of_range(column)) }
        })
    }

    /// A length of time within the column's bounds.
    pub(crate) fn span(self, name: &str, findings: &mut Findings) -> Read<Seconds> {
        self.value(name, findings, text!("durée", "length of time"), |cell, column| {
            let (bare, min, max) = match column.kind {
                Kind::Minutes { min, max } => (BareNumber::Minutes, min * 60, max * 60),
                Kind::Hours { min, max } => (BareNumber::Hours, min * 60, max * 60),
                Kind::Seconds { max } => (BareNumber::Seconds, 1, max),
                _ => unreachable!("`{name}` is a length of time in the schema"),
            };
            let Some(parsed) = clock::span(&cell.text, bare) else {
                return Err(if number::is_unknown(&cell.text) {
                    not_known(column)
                } else {
                    not_a_span(bare, column)
                });
            };
            if min <= parsed.value.0 && parsed.value.0 <= max {
                Ok(parsed)
            } else {
                Err(out_of_range(column))
            }
        })
    }

    /// A time of day.
    pub(crate) fn clock(self, name: &str, findings: &mut Findings) -> Read<ClockTime> {
        self.value(name, findings, text!("heure", "time"), |cell, column| {
            let Kind::Clock { max_hour } = column.kind else {
                unreachable!("`{name}` is a time in the schema")
            };
            let parsed = clock::clock(&cell.text).or_else(|| fraction_of_a_day(cell));
            let help = text!(
                "écrivez les heures et les minutes : 09:30 ou 9h30",
                "write hours and minutes: 09:30 or 9h30"
            );
            let parsed = parsed.ok_or_else(|| Fault::new(codes::NOT_TIME, expected(&column.kind), help))?;
            if parsed.value.0 <= max_hour * 3600 + 3599 && parsed.value.0 <= 48 * 3600 {
                Ok(parsed)
            } else {
                Err(out_of_range(column))
            }
        })
    }

    /// Two times of day, the first before the second.
    pub(crate) fn interval(self, name: &str, findings: &mut Findings) -> Read<Window> {
        self.value(name, findings, text!("heures", "times"), |cell, column| {
            let help = text!("écrivez deux heures : 11:30-14:00", "write two times: 11:30-14:00");
            let parsed = clock::interval(&cell.text);
            let parsed = parsed.ok_or_else(|| Fault::new(codes::NOT_TIME, expected(&column.kind), help))?;
            let help = text!("mettez l'heure de début avant l'heure de fin", "put the start before the end");
            if parsed.value.open < parsed.value.close {
                Ok(parsed)
            } else {
                Err(Fault::new(codes::CLOSES_BEFORE, expected(&column.kind), help))
            }
        })
    }

    /// A date.
    pub(crate) fn date(self, name: &str, findings: &mut Findings) -> Read<jiff::civil::Date> {
        self.value(name, findings, text!("date", "date"), |cell, column| {
            let parsed = date::date(&cell.text).or_else(|| serial_date(cell));
            let help = text!(
                "écrivez année-mois-jour, ou jour/mois/année",
                "write year-month-day, or day/month/year"
            );
            parsed.ok_or_else(|| Fault::new(codes::NOT_DATE, expected(&column.kind), help))
        })
    }

    /// Weekdays.
    pub(crate) fn days(self, name: &str, findings: &mut Findings) -> Read<DayRule> {
        self.value(name, findings, text!("jours", "days"), |cell, column| {
            let mut parsed = days::days(&cell.text).ok_or_else(|| {
                let help = text!(
                    "écrivez des noms de jours, ou un intervalle : lun-ven",
                    "write names of days, or a range: mon-fri"
                );
                Fault::new(codes::NOT_DAYS, expected(&column.kind), help)
            })?;
            keep_plain_lists(&cell.text, &mut parsed);
            Ok(parsed)
        })
    }

    /// One weekday, 0 Monday.
    pub(crate) fn weekday(self, name: &str, findings: &mut Findings) -> Read<u8> {
        self.value(name, findings, text!("jour", "day"), |cell, column| {
            let day = days::weekday(&super::parse::simplify(&cell.text));
            let help = text!("écrivez un seul jour : mardi", "write one day: tuesday");
            let value = day.ok_or_else(|| Fault::new(codes::NOT_DAYS, expected(&column.kind), help))?;
            Ok(Parsed { value, plain: cell.text.clone() })
        })
    }

    /// A rhythm; whether it fits the cycle is checked where the cycle is known.
    pub(crate) fn rhythm(self, name: &str, findings: &mut Findings) -> Read<Rhythm> {
        self.value(name, findings, text!("rythme", "rhythm"), |cell, column| {
            let parsed = rhythm::rhythm(&cell.text);
            let help = text!(
                "écrivez par exemple hebdomadaire, 2x/semaine, tous les 15 jours, toutes les 3 semaines, 1er mardi du mois",
                "write for instance weekly, 2/week, fortnightly, every 3 weeks, 1st tue of month"
            );
            let mut parsed =
                parsed.ok_or_else(|| Fault::new(codes::NOT_RHYTHM, expected(&column.kind), help))?;
            if matches!(cell.text.as_str(), "fortnightly" | "hebdomadaire") {
                parsed.plain.clone_from(&cell.text);
            }
            Ok(parsed)
        })
    }

    /// One of the column's words, as `pick` turns its canonical spelling into a value.
    pub(crate) fn choice<T>(self, name: &str, findings: &mut Findings, pick: impl Fn(&str) -> T) -> Read<T> {
        self.value(name, findings, text!("mot", "word"), |cell, column| {
            let Kind::Choice(choices) = column.kind else {
                unreachable!("`{name}` is a choice in the schema")
            };
            let typed = fold(&cell.text);
            let mut words = choices.iter().flat_map(|choice| choice.words().map(|word| (word, choice.value)));
            let (word, value) = words
                .find(|(word, _)| fold(word) == typed)
                .ok_or_else(|| not_a_choice(&cell.text, choices, column))?;
            // Any of the words is fine; a question mark behind it may have meant something.
            let is_word =
                cell.text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-'));
            let plain = if is_word { cell.text.clone() } else { word.to_owned() };
            Ok(Parsed { value: pick(value), plain })
        })
    }
}

/// Names go on posters and into other formats: the lines of a cell are joined by commas.
fn one_line(words: &str) -> String {
    if !words.contains(['\n', '\r', '\t']) {
        return words.to_owned();
    }
    let parts = words.split(['\n', '\r', '\t']).map(|part| part.trim_matches([' ', ',']));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A list of weekday names in either language is no repair; only unusual spellings are.
fn keep_plain_lists(typed: &str, parsed: &mut Parsed<DayRule>) {
    let is_usual = typed
        .split([',', '-', ' '])
        .filter(|part| !part.is_empty())
        .all(|part| days::weekday(&super::parse::simplify(part)).is_some());
    if is_usual {
        typed.clone_into(&mut parsed.plain);
    }
}

fn is_digits(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse_number(cell: &Cell, column: &Column, comma: LoneComma, unit: Words) -> Result<Parsed<f64>, Fault> {
    let units: Vec<String> = [unit.fr, unit.en].iter().map(|unit| super::parse::simplify(unit)).collect();
    let mut accepted: Vec<&str> = units.iter().map(String::as_str).collect();
    accepted.extend(more_spellings(unit));
    number::number(&cell.text, comma, &accepted).map_err(|why| match why {
        NotNumber::Unknown => not_known(column),
        NotNumber::Ambiguous => {
            let help = text!(
                "écrivez 1234 sans virgule, ou le nombre décimal avec un point",
                "write 1234 without a comma, or the decimal number with a point"
            );
            Fault::new(codes::AMBIGUOUS, expected(&column.kind), help)
        }
        NotNumber::Unreadable => not_a_number(cell, column, unit),
    })
}

fn more_spellings(unit: Words) -> &'static [&'static str] {
    match unit.en {
        "households" => &["foyer", "menages", "familles", "household"],
        "kg" => &["kilos", "kgs"],
        "€" => &["euros", "euro", "eur", "€/km", "€/h", "€/j", "€/jour", "€/day"],
        "m" => &["metres", "metre"],
        "t" => &["tonnes", "tonne"],
        "days" => &["jour", "j", "day", "d"],
        "weeks" => &["semaine", "sem", "week"],
        _ => &[],
    }
}

fn not_a_number(cell: &Cell, column: &Column, unit: Words) -> Fault {
    let has_digit = cell.text.bytes().any(|byte| byte.is_ascii_digit());
    let has_letter = cell.text.chars().any(char::is_alphabetic);
    let help = if has_digit && has_letter && !unit.en.is_empty() {
        let (fr, en) = (unit.fr, unit.en);
        text!("écrivez le nombre seul, en {fr}", "write the number alone, in {en}")
    } else {
        text!("écrivez un nombre seul", "write a number alone")
    };
    Fault::new(codes::NOT_NUMBER, expected(&column.kind), help)
}

fn not_known(column: &Column) -> Fault {
    let help =
        text!("donnez une estimation ; 0 s'il n'y a personne", "give an estimate; 0 where there is nobody");
    Fault::new(codes::NOT_KNOWN, expected(&column.kind), help)
}

fn not_a_span(bare: BareNumber, column: &Column) -> Fault {
    let help = match bare {
        BareNumber::Hours => text!("écrivez 8h30, 8:30 ou 510 min", "write 8h30, 8:30 or 510 min"),
        BareNumber::Minutes => text!("écrivez 45, 45 min ou 0:45", "write 45, 45 min or 0:45"),
        BareNumber::Seconds => text!("écrivez 60s ou 2 min", "write 60s or 2 min"),
    };
    Fault::new(codes::NOT_TIME, expected(&column.kind), help)
}

fn out_of_range(column: &Column) -> Fault {
    let help = text!("vérifiez la valeur et son unité", "check the value and its unit");
    Fault::new(codes::OUT_OF_RANGE, expected(&column.kind), help)
}

fn not_a_choice(typed: &str, choices: &'static [Choice], column: &Column) -> Fault {
    let help = did_you_mean(
        nearest(typed, choices.iter().flat_map(Choice::words)),
        text!("choisissez l'un de ces mots", "choose one of these words"),
    );
    Fault::new(codes::NOT_CHOICE, expected(&column.kind), help)
}

/// A spreadsheet's time whose cell was not formatted as one.
fn fraction_of_a_day(cell: &Cell) -> Option<Parsed<ClockTime>> {
    let fraction: f64 = (cell.kind == CellKind::Number).then(|| cell.text.parse().ok()).flatten()?;
    let value = ClockTime((fraction * 86_400.0).round() as i32);
    (0.0 < fraction && fraction < 1.0).then(|| Parsed { value, plain: value.to_string() })
}

/// A spreadsheet's date whose cell was not formatted as one: days since 1899-12-30.
fn serial_date(cell: &Cell) -> Option<Parsed<jiff::civil::Date>> {
    let serial: i64 = (cell.kind == CellKind::Number).then(|| cell.text.parse().ok()).flatten()?;
    let span = jiff::Span::new().try_days(serial).ok().filter(|_| (32_874..109_575).contains(&serial))?;
    let value = jiff::civil::date(1899, 12, 30).checked_add(span).ok()?;
    Some(Parsed { value, plain: value.to_string() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostics::Location;
    use crate::tables::hours::hours;
    use crate::tables::rows::share::{scale, share};
    use crate::tables::schema::{SECTIONS, TABLES};
    use crate::tables::table::Table;

    /// What is wrong with a cell of that column, if anything.
    fn fault(column: &'static Column, typed: &str) -> Option<String> {
        let mut findings = Findings::default();
        let columns = std::slice::from_ref(column);
        let cells = vec![Some((Cell::text(typed), Arc::from(column.name), 1))];
        let table = Table::from_cells(columns, Location::default(), cells);
        let row = table.rows().next().expect("one row");
        let f = &mut findings;
        let name = column.name;
        let is_read = match column.kind {
            Kind::Text(_) => row.text(name, f).is_ok(),
            Kind::Insee => row.insee(f).is_ok(),
            Kind::Whole { .. } => row.whole(name, f).is_ok(),
            Kind::Number { .. } | Kind::Longitude | Kind::Latitude | Kind::Easting | Kind::Northing => {
                row.number(name, LoneComma::Ambiguous, f).is_ok()
            }
            Kind::Share => share(row, name, scale(&table, name, &mut Findings::default()), f).is_ok(),
            Kind::Minutes { .. } | Kind::Hours { .. } | Kind::Seconds { .. } => row.span(name, f).is_ok(),
            Kind::Clock { .. } => row.clock(name, f).is_ok(),
            Kind::Interval => row.interval(name, f).is_ok(),
            Kind::Date => row.date(name, f).is_ok(),
            Kind::Days => row.days(name, f).is_ok(),
            Kind::Weekday => row.weekday(name, f).is_ok(),
            Kind::Opens => hours(typed).is_ok(),
            Kind::Rhythm => row.rhythm(name, f).is_ok(),
            Kind::Choice(_) => row.choice(name, f, |_| ()).is_ok(),
            Kind::Id | Kind::Reference(_) | Kind::References(_) | Kind::List => true,
        };
        (!is_read).then(|| format!("{name}: {typed}"))
    }

    #[test]
    fn every_default_and_every_example_of_the_schema_is_readable() {
        let columns = TABLES.iter().flat_map(|table| table.columns);
        let keys = SECTIONS.iter().flat_map(|section| section.keys);
        let faults: Vec<String> = columns
            .chain(keys)
            .flat_map(|column| {
                let default = match column.blank {
                    WhenBlank::Value(typed) => Some(typed),
                    _ => None,
                };
                let example = column.example.trim_matches('"');
                default.into_iter().chain([example]).filter_map(|typed| fault(column, typed))
            })
            .collect();
        assert_eq!(faults, Vec::<String>::new());
    }
}
