//! Dates, hours, rhythms and numbers in words, French and English.

use jiff::civil::{Date, Weekday};

use crate::diagnostics::{Lang, Text};
use crate::tables::Rhythm;
use crate::text;
use crate::units::ClockTime;

const WEEKDAYS: [(&str, &str); 7] = [
    ("lundi", "Monday"),
    ("mardi", "Tuesday"),
    ("mercredi", "Wednesday"),
    ("jeudi", "Thursday"),
    ("vendredi", "Friday"),
    ("samedi", "Saturday"),
    ("dimanche", "Sunday"),
];

const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

fn in_both((fr, en): (&str, &str)) -> Text {
    Text { fr: fr.to_owned(), en: en.to_owned() }
}

/// `mardi`, `Tuesday`.
pub fn weekday(day: Weekday) -> Text {
    weekday_at(day.to_monday_zero_offset() as u8)
}

/// The same, 0 for Monday to 6 for Sunday.
pub fn weekday_at(index: u8) -> Text {
    in_both(WEEKDAYS[usize::from(index % 7)])
}

/// `mardi 5 janvier 2027`, `Tuesday 5 January 2027`.
pub fn date(date: Date) -> Text {
    let day = weekday(date.weekday());
    let month = in_both(MONTHS[usize::from(date.month().unsigned_abs()) - 1]);
    let (number, year) = (date.day(), date.year());
    let ordinal = if number == 1 { "er" } else { "" };
    Text {
        fr: format!("{} {number}{ordinal} {} {year}", day.fr, month.fr),
        en: format!("{} {number} {} {year}", day.en, month.en),
    }
}

/// Dates in order, with their months said once: `5 et 19 janvier, 2 février 2027`, `5 and 19 January, 2 February 2027`.
pub fn dates(dates: &[Date]) -> Text {
    let months: Vec<&[Date]> =
        dates.chunk_by(|one, other| (one.year(), one.month()) == (other.year(), other.month())).collect();
    let mut told = Text { fr: String::new(), en: String::new() };
    for (index, month) in months.iter().enumerate() {
        let (first, ends_year) =
            (month[0], months.get(index + 1).is_none_or(|next| next[0].year() != month[0].year()));
        let name = in_both(MONTHS[usize::from(first.month().unsigned_abs()) - 1]);
        let year = if ends_year { format!(" {}", first.year()) } else { String::new() };
        let before = if index == 0 { "" } else { ", " };
        let number = |date: &Date| date.day().to_string();
        let ordinal = |date: &Date| if date.day() == 1 { "1er".to_owned() } else { number(date) };
        let days = |words: Vec<String>, and: &str| match words.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
            _ => words.concat(),
        };
        for (told, month, and, name) in [
            (&mut told.fr, month.iter().map(ordinal).collect::<Vec<_>>(), "et", &name.fr),
            (&mut told.en, month.iter().map(number).collect::<Vec<_>>(), "and", &name.en),
        ] {
            told.extend([before, &days(month, and), " ", name, &year]);
        }
    }
    told
}

/// `9 h 30` and `14 h` in French, `9:30` and `14:00` in English; past midnight the clock starts again.
pub fn hour(time: ClockTime) -> Text {
    let (hours, minutes) = (time.get().div_euclid(3600).rem_euclid(24), time.get().rem_euclid(3600) / 60);
    Text {
        fr: if minutes == 0 { format!("{hours} h") } else { format!("{hours} h {minutes:02}") },
        en: format!("{hours}:{minutes:02}"),
    }
}

/// `de 9 h 30 à 11 h`, `9:30 to 11:00`.
pub fn span(opens: ClockTime, closes: ClockTime) -> Text {
    let (opens, closes) = (hour(opens), hour(closes));
    Text { fr: format!("de {} à {}", opens.fr, closes.fr), en: format!("{} to {}", opens.en, closes.en) }
}

/// How often, as people say it.
pub fn rhythm(rhythm: Rhythm) -> Text {
    match rhythm {
        Rhythm::PerWeek { times: 1 } | Rhythm::EveryWeeks { weeks: 1 } => {
            text!("toutes les semaines", "every week")
        }
        Rhythm::PerWeek { times } => text!("{times} fois par semaine", "{times} times a week"),
        Rhythm::EveryWeeks { weeks: 2 } => text!("tous les 15 jours", "every fortnight"),
        Rhythm::EveryWeeks { weeks } => text!("toutes les {weeks} semaines", "every {weeks} weeks"),
        Rhythm::Monthly { nth, weekday } => {
            let day = weekday_at(weekday);
            let (fr, en) = match nth {
                1 => ("1er", "first"),
                2 => ("2e", "second"),
                3 => ("3e", "third"),
                4 => ("4e", "fourth"),
                _ => ("dernier", "last"),
            };
            Text { fr: format!("{fr} {} du mois", day.fr), en: format!("{en} {} of the month", day.en) }
        }
    }
}

/// Stands between digits, and before units and signs, in French: a narrow space at which no line breaks.
const NARROW: &str = "\u{202f}";

/// `1 234,50 €` in French, `€1,234.50` in English.
pub fn euros(value: f64, decimals: usize, lang: Lang) -> String {
    let amount = number(value, decimals, lang);
    match lang {
        Lang::Fr => format!("{amount}{NARROW}€"),
        Lang::En => match amount.strip_prefix(MINUS) {
            Some(amount) => format!("{MINUS}€{amount}"),
            None => format!("€{amount}"),
        },
    }
}

/// A share of 1 as `12,5 %` in French, `12.5%` in English.
pub fn percent(share: f64, decimals: usize, lang: Lang) -> String {
    let percent = number(100.0 * share, decimals, lang);
    match lang {
        Lang::Fr => format!("{percent}{NARROW}%"),
        Lang::En => format!("{percent}%"),
    }
}

/// `1,5 km` in French, `1.5 km` in English, of metres.
pub fn kilometres(metres: f64, decimals: usize, lang: Lang) -> String {
    let kilometres = number(metres / 1000.0, decimals, lang);
    match lang {
        Lang::Fr => format!("{kilometres}{NARROW}km"),
        Lang::En => format!("{kilometres} km"),
    }
}

/// The minus sign of printed numbers.
const MINUS: char = '\u{2212}';

/// `1 234,5` in French, `1,234.5` in English, with `decimals` digits after the mark.
pub fn number(value: f64, decimals: usize, lang: Lang) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let (group, mark) = match lang {
        Lang::Fr => (NARROW, ","),
        Lang::En => (",", "."),
    };
    let mut words = String::new();
    if value < 0.0 && plain.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
        words.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            words.push_str(group);
        }
        words.push(digit);
    }
    words + &rest.replace('.', mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_hours_read_as_people_write_them() {
        let first = date(jiff::civil::date(2027, 3, 1));
        assert_eq!((first.fr.as_str(), first.en.as_str()), ("lundi 1er mars 2027", "Monday 1 March 2027"));
        let hour = hour(ClockTime::from_hm(25, 5));
        assert_eq!((hour.fr.as_str(), hour.en.as_str()), ("1 h 05", "1:05"));
    }

    #[test]
    fn months_and_years_are_said_once() {
        let of = |days: &[(i16, i8, i8)]| {
            let days: Vec<Date> = days.iter().map(|&(y, m, d)| jiff::civil::date(y, m, d)).collect();
            dates(&days)
        };
        let told = of(&[(2026, 12, 30), (2027, 1, 1), (2027, 1, 6), (2027, 1, 13), (2027, 2, 3)]);
        assert_eq!(told.fr, "30 décembre 2026, 1er, 6 et 13 janvier, 3 février 2027");
        assert_eq!(told.en, "30 December 2026, 1, 6 and 13 January, 3 February 2027");
        assert_eq!(of(&[]).fr, "");
    }

    #[test]
    fn numbers_are_grouped_and_marked_by_language() {
        assert_eq!(number(1234.56, 1, Lang::Fr), "1\u{202f}234,6");
        assert_eq!(number(234.0, 0, Lang::Fr), "234");
        assert_eq!(number(12_345.0, 0, Lang::Fr), "12\u{202f}345");
        assert_eq!(number(1_234_567.0, 0, Lang::En), "1,234,567");
        assert_eq!(number(-0.04, 1, Lang::En), "0.0");
        assert_eq!(number(-1.5, 1, Lang::Fr), "\u{2212}1,5");
    }

    #[test]
    fn units_stand_where_each_language_has_them() {
        let both =
            |say: fn(f64, usize, Lang) -> String, value| [say(value, 1, Lang::Fr), say(value, 1, Lang::En)];
        assert_eq!(both(euros, -1234.5), ["\u{2212}1\u{202f}234,5\u{202f}€", "\u{2212}€1,234.5"]);
        assert_eq!(both(percent, 0.125), ["12,5\u{202f}%", "12.5%"]);
        assert_eq!(both(kilometres, 1500.0), ["1,5\u{202f}km", "1.5 km"]);
    }
}
