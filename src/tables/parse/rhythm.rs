//! Rhythms in French and English: `hebdomadaire`, `2x/semaine`, `tous les 15 jours`, `1er mardi du mois`.

use super::days::weekday;
use super::{Parsed, simplify};
use crate::tables::Rhythm;

/// How often a stop is visited. The canonical spelling is English: `weekly`, `2/week`, `every 2 weeks`,
/// `1st tue of month`.
///
/// The result may not fit the cycle; that is checked where the cycle is known.
pub fn rhythm(typed: &str) -> Option<Parsed<Rhythm>> {
    let words = spelled_numbers(&simplify(typed));
    let value =
        fixed(&words).or_else(|| per_week(&words)).or_else(|| every(&words)).or_else(|| monthly(&words))?;
    Some(Parsed { value, plain: plain(value) })
}

/// The canonical spelling.
pub fn plain(rhythm: Rhythm) -> String {
    match rhythm {
        Rhythm::PerWeek { times: 1 } => "weekly".to_owned(),
        Rhythm::PerWeek { times } => format!("{times}/week"),
        Rhythm::EveryWeeks { weeks } => format!("every {weeks} weeks"),
        Rhythm::Monthly { nth, weekday } => {
            let ordinal = match nth {
                1 => "1st",
                2 => "2nd",
                3 => "3rd",
                4 => "4th",
                _ => "last",
            };
            let day = ENGLISH_SHORT[usize::from(weekday)];
            format!("{ordinal} {day} of month")
        }
    }
}

const ENGLISH_SHORT: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn spelled_numbers(words: &str) -> String {
    let numbers = [
        ("une", "1"),
        ("un", "1"),
        ("one", "1"),
        ("once", "1"),
        ("deux", "2"),
        ("two", "2"),
        ("twice", "2 x"),
        ("trois", "3"),
        ("three", "3"),
        ("quatre", "4"),
        ("four", "4"),
        ("cinq", "5"),
        ("five", "5"),
        ("six", "6"),
        ("sept", "7"),
        ("seven", "7"),
        ("quinze", "15"),
    ];
    let spell = |word: &str| {
        numbers
            .iter()
            .find(|(name, _)| *name == word)
            .map_or(word.to_owned(), |(_, digit)| (*digit).to_owned())
    };
    words.split(' ').map(spell).collect::<Vec<_>>().join(" ")
}

fn fixed(words: &str) -> Option<Rhythm> {
    match words {
        "weekly"
        | "hebdo"
        | "hebdomadaire"
        | "chaque semaine"
        | "toutes les semaines"
        | "every week"
        | "semaine"
        | "par semaine"
        | "tous les 7 jours"
        | "every 7 days" => Some(Rhythm::PerWeek { times: 1 }),
        "daily" | "quotidien" | "quotidienne" | "tous les jours" | "every day" => {
            Some(Rhythm::PerWeek { times: 7 })
        }
        "bihebdomadaire" | "bi-hebdomadaire" => Some(Rhythm::PerWeek { times: 2 }),
        "fortnightly"
        | "fortnight"
        | "quinzaine"
        | "quinzomadaire"
        | "par quinzaine"
        | "bimensuel"
        | "bimensuelle"
        | "every fortnight"
        | "chaque quinzaine"
        | "1 semaine sur 2"
        | "1 sem. sur 2"
        | "1 sem sur 2"
        | "every other week"
        | "biweekly"
        | "toutes les quinzaines" => Some(Rhythm::EveryWeeks { weeks: 2 }),
        _ => None,
    }
}

/// `2/week`, `2x/semaine`, `2 fois par semaine`, `3 jours par semaine`, `1/sem`.
fn per_week(words: &str) -> Option<Rhythm> {
    let compact = words.replace(' ', "");
    let tail = ["parsemaine", "/semaine", "/sem.", "/sem", "/week", "perweek", "aweek", "/wk", "/s"]
        .iter()
        .find_map(|tail| compact.strip_suffix(tail))?;
    let count = tail
        .trim_end_matches("fois")
        .trim_end_matches("jours")
        .trim_end_matches("jour")
        .trim_end_matches("times")
        .trim_end_matches("time")
        .trim_end_matches("visites")
        .trim_end_matches(['x', '×', '*']);
    let times: u8 = small(count)?;
    (1..=7).contains(&times).then_some(Rhythm::PerWeek { times })
}

/// `every 3 weeks`, `toutes les 3 semaines`, `tous les 21 jours`, `1 semaine sur 3`, `1 fois toutes les 3 semaines`.
fn every(words: &str) -> Option<Rhythm> {
    let words = words.strip_prefix("1 fois ").or_else(|| words.strip_prefix("1 x ")).unwrap_or(words);
    let words = words.strip_prefix("1x ").unwrap_or(words);
    let weeks = if let Some(count) =
        words.strip_prefix("1 semaine sur ").or_else(|| words.strip_prefix("1 week in "))
    {
        small(count)?
    } else {
        let rest = ["every ", "toutes les ", "tous les ", "ttes les "]
            .iter()
            .find_map(|start| words.strip_prefix(start))?;
        let (count, unit) = rest.split_once(' ')?;
        let count = small(count)?;
        match unit {
            "weeks" | "week" | "semaines" | "semaine" | "sem" | "sem." => count,
            // A fortnight is fourteen days; people say fifteen in French.
            "jours" | "days" if count == 15 => 2,
            "jours" | "days" if count % 7 == 0 => count / 7,
            _ => return None,
        }
    };
    match weeks {
        1 => Some(Rhythm::PerWeek { times: 1 }),
        2..=6 => Some(Rhythm::EveryWeeks { weeks }),
        _ => None,
    }
}

/// `1st tue of month`, `1er mardi du mois`, `dernier jeudi du mois`, `last friday of the month`, OSM's `Tu[1]`.
fn monthly(words: &str) -> Option<Rhythm> {
    if let Some((day, rest)) = words.split_once('[') {
        let nth: i8 = rest.strip_suffix(']')?.trim().parse().ok()?;
        return month_rule(nth, weekday(day.trim())?);
    }
    let words = words.strip_prefix("le ").or_else(|| words.strip_prefix("the ")).unwrap_or(words);
    let tails = [
        " du mois",
        " of month",
        " of the month",
        " de chaque mois",
        " of each month",
        " of every month",
        " par mois",
        " each month",
    ];
    let body = tails.iter().find_map(|tail| words.strip_suffix(tail))?;
    let (nth, day) = body.split_once(' ')?;
    let nth = match nth {
        "1er" | "1" | "1st" | "first" | "premier" | "1ere" => 1,
        "2e" | "2" | "2nd" | "2eme" | "second" | "deuxieme" | "2d" => 2,
        "3e" | "3" | "3rd" | "3eme" | "third" | "troisieme" => 3,
        "4e" | "4" | "4th" | "4eme" | "fourth" | "quatrieme" => 4,
        "dernier" | "last" => -1,
        _ => return None,
    };
    month_rule(nth, weekday(day.trim())?)
}

fn month_rule(nth: i8, weekday: u8) -> Option<Rhythm> {
    (nth == -1 || (1..=4).contains(&nth)).then_some(Rhythm::Monthly { nth, weekday })
}

fn small(digits: &str) -> Option<u8> {
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhythms_are_read_in_both_languages() {
        for (typed, expected) in [
            ("weekly", "weekly"),
            ("hebdo", "weekly"),
            ("Hebdomadaire", "weekly"),
            ("1 fois par semaine", "weekly"),
            ("une fois par semaine", "weekly"),
            ("2/week", "2/week"),
            ("2x/semaine", "2/week"),
            ("2 x / sem", "2/week"),
            ("deux fois par semaine", "2/week"),
            ("twice a week", "2/week"),
            ("fortnightly", "every 2 weeks"),
            ("quinzaine", "every 2 weeks"),
            ("toutes les 2 semaines", "every 2 weeks"),
            ("toutes les deux semaines", "every 2 weeks"),
            ("tous les 15 jours", "every 2 weeks"),
            ("tous les quinze jours", "every 2 weeks"),
            ("une semaine sur deux", "every 2 weeks"),
            ("every 2 weeks", "every 2 weeks"),
            ("every 3 weeks", "every 3 weeks"),
            ("tous les 28 jours", "every 4 weeks"),
            ("1st tue of month", "1st tue of month"),
            ("1er mardi du mois", "1st tue of month"),
            ("le premier mardi de chaque mois", "1st tue of month"),
            ("dernier jeudi du mois", "last thu of month"),
            ("last friday of the month", "last fri of month"),
            ("3ème mercredi du mois", "3rd wed of month"),
            ("Tu[1]", "1st tue of month"),
            ("Fr[-1]", "last fri of month"),
        ] {
            assert_eq!(rhythm(typed).map(|parsed| parsed.plain).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_rhythm_is_refused() {
        for typed in [
            "",
            "8/week",
            "0/week",
            "every 7 weeks",
            "monthly",
            "5e mardi du mois",
            "souvent",
            "tous les 10 jours",
            "Tu[5]",
            "every 999 weeks",
        ] {
            assert_eq!(rhythm(typed), None, "{typed}");
        }
    }
}
