//! The keys of `[need]`: how need is estimated where the table does not give it.

use super::keys::{EUROS, choice, key};
use super::{Kind, Section, WhenBlank, words};

pub(super) static NEED: Section = Section {
    name: "need",
    doc: words(
        "Comment le besoin d'un lieu est estimé là où `households` est vide : habitants x taux de pauvreté / personnes par \
         foyer ; là où le taux est secret, il est la part d'une loi log-normale de médiane `median_income` sous \
         `poverty_line`. Sans taux ni revenu, le besoin reste inconnu, et est montré comme tel",
        "How the need of a place is estimated where `households` is blank: inhabitants x poverty rate / persons a \
         household; where the rate is secret, it is the share of a log-normal distribution of median `median_income` below \
         `poverty_line`. With neither rate nor income, need stays unknown, and is shown so",
    ),
    keys: &[
        key(
            "estimate",
            Kind::Choice(&[choice("none", &["aucune", "non"]), choice("poverty", &["pauvrete"])]),
            WhenBlank::Value("none"),
            "\"poverty\"",
            words(
                "`poverty` : estimer là où `households` est vide ; `none` : un vide est une erreur",
                "`poverty`: estimate where `households` is blank; `none`: a blank is an error",
            ),
        ),
        key(
            "persons_per_household",
            Kind::Number { min: 1.0, max: 10.0, unit: words("personnes", "persons") },
            WhenBlank::Value("2.1"),
            "2.1",
            words("Personnes par foyer", "Persons a household"),
        ),
        key(
            "poverty_line",
            Kind::Number { min: 1000.0, max: 1_000_000.0, unit: EUROS },
            WhenBlank::Value("13896"),
            "13896",
            words(
                "Seuil de pauvreté par an ; 60 % de la médiane de France métropolitaine en 2021 (INSEE, Filosofi)",
                "Poverty line a year; 60% of the median of mainland France in 2021 (INSEE, Filosofi)",
            ),
        ),
        key(
            "income_spread",
            Kind::Number { min: 0.05, max: 2.0, unit: words("", "") },
            WhenBlank::Value("0.43"),
            "0.43",
            words(
                "Écart type du logarithme des revenus d'un lieu ; médiane sur les 164 communes de \
                 Bourgogne-Franche-Comté dont le taux est publié (2021)",
                "Standard deviation of the logarithm of incomes of a place; median of the 164 communes of \
                 Bourgogne-Franche-Comté whose rate is published (2021)",
            ),
        ),
        key(
            "carless_share",
            Kind::Share,
            WhenBlank::Value("0.2"),
            "0.2",
            words(
                "Part des foyers sans voiture là où `carless_share` est vide",
                "Share of households without a car where `carless_share` is blank",
            ),
        ),
    ],
};
