//! Weekdays: `lun-ven`, `mardi et jeudi`, `Mo,Th`, `LMMJV`.

use super::{Parsed, simplify};

/// A set of weekdays, bit 0 Monday to bit 6 Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekdays(pub u8);

/// Weekdays a cell allows, and whether public holidays are out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRule {
    /// Allowed weekdays, at least one.
    pub weekdays: Weekdays,
    /// `sauf fériés`: not on public holidays.
    pub without_holidays: bool,
}

impl Weekdays {
    /// Monday to Sunday.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);
    /// None.
    pub const NONE: Self = Self(0);

    /// Whether the weekday (0 Monday) is in the set.
    pub const fn contains(self, weekday: u8) -> bool {
        self.0 >> weekday & 1 == 1
    }

    /// Number of weekdays.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Weekdays in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// As OSM writes it: `Mo-Fr`, `Tu,Th`.
    pub fn osm(self) -> String {
        let mut words = Vec::new();
        let mut day = 0;
        while day < 7 {
            let length = (day..7).take_while(|&other| self.contains(other)).count() as u8;
            match length {
                0 => {}
                1 => words.push(OSM[usize::from(day)].to_owned()),
                2 => words.extend([day, day + 1].map(|each| OSM[usize::from(each)].to_owned())),
                _ => words.push(format!("{}-{}", OSM[usize::from(day)], OSM[usize::from(day + length - 1)])),
            }
            day += length.max(1);
        }
        words.join(",")
    }
}

/// OSM's two letters, Monday first.
pub const OSM: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// French names, Monday first.
pub const FRENCH: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// English names, Monday first.
pub const ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const SPELLINGS: [&[&str]; 7] = [
    &["lundi", "lundis", "lun", "lu", "monday", "mondays", "mon", "mo"],
    &["mardi", "mardis", "mar", "ma", "tuesday", "tuesdays", "tues", "tue", "tu"],
    &["mercredi", "mercredis", "mercr", "mer", "me", "wednesday", "wednesdays", "wed", "we"],
    &["jeudi", "jeudis", "jeu", "je", "thursday", "thursdays", "thurs", "thur", "thu", "th"],
    &["vendredi", "vendredis", "ven", "vend", "ve", "friday", "fridays", "fri", "fr"],
    &["samedi", "samedis", "sam", "sa", "saturday", "saturdays", "sat"],
    &["dimanche", "dimanches", "dim", "di", "sunday", "sundays", "sun", "su"],
];

/// A weekday in French or English, whole or shortened; 0 is Monday. `word` is already simplified.
pub fn weekday(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    SPELLINGS.iter().position(|names| names.contains(&word)).map(|day| day as u8)
}

/// A list of weekdays and ranges of them. The canonical spelling is OSM's, `Mo-Fr`.
pub fn days(typed: &str) -> Option<Parsed<DayRule>> {
    let words = simplify(typed);
    let (words, without_holidays) = strip_holidays(&words);
    let weekdays = weekday_list(words)?;
    let rule = DayRule { weekdays, without_holidays };
    let plain = weekdays.osm() + if without_holidays { "; PH off" } else { "" };
    Some(Parsed { value: rule, plain })
}

fn strip_holidays(words: &str) -> (&str, bool) {
    let endings = [
        "sauf jours feries",
        "sauf feries",
        "sauf les jours feries",
        "hors jours feries",
        "hors feries",
        "ph off",
    ];
    endings
        .iter()
        .find_map(|ending| words.strip_suffix(ending))
        .map_or((words, false), |rest| (rest.trim_end_matches([' ', ',', ';', '(']), true))
}

/// `lun-ven`, `mardi et jeudi`, `tous les jours`, `en semaine`, `LMMJV`; `words` is simplified.
pub fn weekday_list(words: &str) -> Option<Weekdays> {
    let words = ["du ", "le ", "les ", "chaque ", "every "]
        .iter()
        .find_map(|start| words.strip_prefix(start))
        .unwrap_or(words);
    match words.trim() {
        "tous les jours" | "tous" | "tlj" | "jours" | "day" | "daily" | "7/7" | "7j/7"
        | "toute la semaine" | "all" => return Some(Weekdays::ALL),
        "en semaine" | "semaine" | "jours ouvres" | "weekdays" | "weekday" | "working days" => {
            return Some(Weekdays::WORKING);
        }
        "jours ouvrables" => return Some(Weekdays(0b011_1111)),
        "week-end" | "weekend" | "week end" | "weekends" => return Some(Weekdays(0b110_0000)),
        _ => {}
    }
    initials(words).or_else(|| listed(words))
}

/// French initials in order: `LMMJV`, `LMMJVSD`, `L-M-J`? Only runs that start a week are clear.
fn initials(words: &str) -> Option<Weekdays> {
    match words {
        "lmmjv" | "l m m j v" => Some(Weekdays::WORKING),
        "lmmjvs" | "l m m j v s" => Some(Weekdays(0b011_1111)),
        "lmmjvsd" | "l m m j v s d" => Some(Weekdays::ALL),
        _ => None,
    }
}

fn listed(words: &str) -> Option<Weekdays> {
    let spaced = words.replace(" au ", "-").replace(" a ", "-").replace(" to ", "-").replace(" - ", "-");
    let spaced = spaced.replace(" et ", " ").replace(" ou ", " ").replace(" and ", " ").replace(" or ", " ");
    let mut set = Weekdays::NONE;
    for part in spaced.split([',', ';', '/', '+', '&', ' ', '|']).filter(|part| !part.is_empty()) {
        match part.split_once('-') {
            Some((first, last)) => {
                let (first, last) = (weekday(first)?, weekday(last)?);
                let length = (last + 7 - first) % 7;
                (0..=length).for_each(|step| set.0 |= 1 << ((first + step) % 7));
            }
            None => set.0 |= 1 << weekday(part)?,
        }
    }
    (!set.is_empty()).then_some(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_read_in_both_languages() {
        for (typed, expected) in [
            ("lun-ven", "Mo-Fr"),
            ("mon-fri", "Mo-Fr"),
            ("du lundi au vendredi", "Mo-Fr"),
            ("Lundi, Jeudi", "Mo,Th"),
            ("lundi et jeudi", "Mo,Th"),
            ("Mo,Th", "Mo,Th"),
            ("mar. jeu.", "Tu,Th"),
            ("LMMJV", "Mo-Fr"),
            ("tous les jours", "Mo-Su"),
            ("ven-lun", "Mo,Fr-Su"),
            ("mardi", "Tu"),
            ("en semaine", "Mo-Fr"),
            ("lun-sam sauf jours fériés", "Mo-Sa; PH off"),
            ("Mo-Fr; PH off", "Mo-Fr; PH off"),
        ] {
            assert_eq!(days(typed).map(|parsed| parsed.plain).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_names_no_weekday_is_refused() {
        for typed in ["", "1,3", "lundi midi", "lun-xyz", "M", "-", "lun--ven", "sauf feries"] {
            assert_eq!(days(typed), None, "{typed}");
        }
    }
}
