//! Days, dates and hours as the findings of this room say them.

use jiff::civil::Date;

use crate::diagnostics::Text;
use crate::tables::Rhythm;
use crate::text;
use crate::units::{Day, DaySet};

const WEEKDAYS: [(&str, &str); 7] = [
    ("lundi", "Monday"),
    ("mardi", "Tuesday"),
    ("mercredi", "Wednesday"),
    ("jeudi", "Thursday"),
    ("vendredi", "Friday"),
    ("samedi", "Saturday"),
    ("dimanche", "Sunday"),
];

/// 0 Monday to 6 Sunday.
pub(in crate::model) fn weekday(index: u8) -> Text {
    let (fr, en) = WEEKDAYS[usize::from(index % 7)];
    text!("{fr}", "{en}")
}

/// `mardi 05/01/2027`, `Tuesday 2027-01-05`.
pub(in crate::model) fn date(date: Date) -> Text {
    let day = weekday(date.weekday().to_monday_zero_offset() as u8);
    let (fr, en) = (day.fr, day.en);
    let (year, month, in_month) = (date.year(), date.month(), date.day());
    text!("{fr} {in_month:02}/{month:02}/{year}", "{en} {year}-{month:02}-{in_month:02}")
}

/// The weekdays of a set of days of the cycle: `lundi, jeudi`; `aucun jour` for none.
pub(in crate::model) fn weekdays(days: DaySet) -> Text {
    let mut indices: Vec<u8> = days.iter().map(Day::weekday_index).collect();
    indices.sort_unstable();
    indices.dedup();
    if indices.is_empty() {
        return text!("aucun jour", "no day");
    }
    let names: Vec<Text> = indices.into_iter().map(weekday).collect();
    Text {
        fr: names.iter().map(|name| name.fr.as_str()).collect::<Vec<_>>().join(", "),
        en: names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// A rhythm in words.
pub(in crate::model) fn rhythm(rhythm: Rhythm) -> Text {
    match rhythm {
        Rhythm::PerWeek { times: 1 } => text!("une visite par semaine", "one visit a week"),
        Rhythm::PerWeek { times } => text!("{times} visites par semaine", "{times} visits a week"),
        Rhythm::EveryWeeks { weeks } => {
            text!("une visite toutes les {weeks} semaines", "one visit every {weeks} weeks")
        }
        Rhythm::Monthly { nth, weekday: day } => {
            let (day, (fr, en)) = (weekday(day), ordinal(nth));
            Text {
                fr: format!("le {fr} {} du mois", day.fr),
                en: format!("the {en} {} of the month", day.en),
            }
        }
    }
}

fn ordinal(nth: i8) -> (&'static str, &'static str) {
    match nth {
        1 => ("1er", "first"),
        2 => ("2e", "second"),
        3 => ("3e", "third"),
        4 => ("4e", "fourth"),
        _ => ("dernier", "last"),
    }
}
