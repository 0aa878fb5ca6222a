//! What maps say of need, and of white zones.

use super::document::{Figure, Phase, Unreached, WhiteZone};
use super::words as say;
use crate::diagnostics::{Lang, Text};
use crate::text;

/// `12,4 foyers`, `moins de 5 foyers`.
pub fn households(figure: Figure<f64>, lang: Lang) -> String {
    let number = figure.words(lang, |number| rounded(number, lang));
    text!("{number} foyers", "{number} households").get(lang).to_owned()
}

/// Estimates of need have tenths where they are small.
pub fn rounded(number: f64, lang: Lang) -> String {
    let is_whole = number.fract().abs() < 0.05 || number >= 100.0;
    say::number(number, usize::from(!is_whole), lang)
}

/// `Zone blanche 1, avant`.
pub fn title(zone: &WhiteZone) -> Text {
    let rank = zone.rank;
    match zone.phase {
        Phase::Before => text!("Zone blanche {rank}, avant", "White zone {rank}, before"),
        Phase::After => text!("Zone blanche {rank}, après", "White zone {rank}, after"),
    }
}

/// How many are out of reach, and whether that is everybody there.
pub fn people(zone: &WhiteZone, lang: Lang) -> String {
    let uncovered = households(zone.households, lang);
    let words = match zone.unreached {
        Unreached::Everybody => text!("{uncovered}, tous hors de portée", "{uncovered}, all out of reach"),
        Unreached::Some => text!(
            "{uncovered} hors de portée, d’ordinaire sans voiture ; les autres sont à portée",
            "{uncovered} out of reach, as a rule without a car; the others are within reach"
        ),
    };
    words.get(lang).to_owned()
}

/// The places of a zone as a bubble on a map holds them: the first few by name, the others by number.
pub fn some(names: &[&str], lang: Lang) -> String {
    const NAMED: usize = 12;
    let (named, others) = names.split_at(names.len().min(NAMED));
    let (named, more) = (named.join(", "), others.len());
    match more {
        0 => named,
        _ => text!("{named} et {more} autre(s)", "{named} and {more} more").get(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_places_are_named() {
        let names: Vec<String> = (1..=14).map(|number| format!("P{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(some(&names[..2], Lang::Fr), "P1, P2");
        assert!(some(&names, Lang::En).ends_with("P11, P12 and 2 more"));
    }
}
