//! Dates, times and spans in the words of people.

use jiff::civil::Date;

use crate::diagnostics::Text;
use crate::units::ClockTime;

const DAYS: [(&str, &str); 7] = [
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

/// `mardi` / `Tuesday`; 0 is Monday.
pub(super) fn weekday(index: u8) -> Text {
    let (fr, en) = DAYS[usize::from(index % 7)];
    Text { fr: fr.to_owned(), en: en.to_owned() }
}

/// `mardi 24 novembre 2026` / `Tuesday 24 November 2026`.
pub(super) fn date(date: Date) -> Text {
    let day = weekday(date.weekday().to_monday_zero_offset() as u8);
    let (month_fr, month_en) = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    let number_fr = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    Text {
        fr: format!("{} {number_fr} {month_fr} {}", day.fr, date.year()),
        en: format!("{} {} {month_en} {}", day.en, date.day(), date.year()),
    }
}

/// `09:30`, or `09:30:15` where the seconds matter.
pub(super) fn clock(time: ClockTime) -> String {
    let seconds = time.get().rem_euclid(60);
    if seconds == 0 { time.to_string() } else { format!("{time}:{seconds:02}") }
}

/// `1 h 05 min`, `25 min 30 s`, `0 s`; the same in both languages.
pub(super) fn span(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let (hours, minutes, rest) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let mut parts = Vec::new();
    if hours > 0 {
        parts.push(format!("{hours} h"));
    }
    if minutes > 0 {
        parts.push(if hours > 0 { format!("{minutes:02} min") } else { format!("{minutes} min") });
    }
    if rest > 0 || parts.is_empty() {
        parts.push(format!("{rest} s"));
    }
    format!("{sign}{}", parts.join(" "))
}

/// A number with its noun in the singular or the plural; French counts 0 and 1 as one.
pub(super) fn counted(count: usize, fr: (&str, &str), en: (&str, &str)) -> Text {
    Text {
        fr: format!("{count} {}", if count < 2 { fr.0 } else { fr.1 }),
        en: format!("{count} {}", if count == 1 { en.0 } else { en.1 }),
    }
}

/// `5 visites`.
pub(super) fn visits(count: usize) -> Text {
    counted(count, ("visite", "visites"), ("visit", "visits"))
}

/// `5 jours`.
pub(super) fn days(count: usize) -> Text {
    counted(count, ("jour", "jours"), ("day", "days"))
}

/// Pieces of a list, each in its own language.
pub(super) fn join(pieces: &[Text], separator: &str) -> Text {
    let of = |words: fn(&Text) -> &str| pieces.iter().map(words).collect::<Vec<_>>().join(separator);
    Text { fr: of(|piece| &piece.fr), en: of(|piece| &piece.en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_spans_read_as_people_say_them() {
        let first = date(Date::constant(2027, 5, 1));
        assert_eq!((first.fr.as_str(), first.en.as_str()), ("samedi 1er mai 2027", "Saturday 1 May 2027"));
        assert_eq!(span(3 * 3600 + 5 * 60), "3 h 05 min");
        assert_eq!(span(-90), "-1 min 30 s");
        assert_eq!(span(0), "0 s");
        assert_eq!(span(7200), "2 h");
        assert_eq!(clock(ClockTime(34_215)), "09:30:15");
        assert_eq!(visits(0), Text { fr: "0 visite".to_owned(), en: "0 visits".to_owned() });
    }
}
