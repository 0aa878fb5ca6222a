//! What a cell of each kind holds, in words: for messages and for the documentation.

use super::schema::Kind;
use crate::diagnostics::Text;
use crate::text;
use crate::units::ClockTime;

/// What a cell of that kind holds, in words.
pub(crate) fn expected(kind: &Kind) -> Text {
    match *kind {
        Kind::Text(limit) => {
            text!("un texte de {limit} caractères au plus", "a text of at most {limit} characters")
        }
        Kind::Id => text!("un nom court, unique dans la table", "a short name, unique in the table"),
        Kind::Reference(table) => text!("l'`id` d'une ligne de `{table}`", "the `id` of a row of `{table}`"),
        Kind::References(table) => text!(
            "des `id` de `{table}`, séparés par des virgules",
            "`id`s of `{table}`, separated by commas"
        ),
        Kind::Insee => {
            text!("un code INSEE de commune comme `58145`", "an INSEE code of a commune such as `58145`")
        }
        Kind::Whole { min, max, unit } => {
            let (fr, en) = (spaced(unit.fr), spaced(unit.en));
            if max == i64::MAX {
                return text!("un nombre entier à partir de {min}{fr}", "a whole number from {min}{en}");
            }
            text!("un nombre entier de {min} à {max}{fr}", "a whole number from {min} to {max}{en}")
        }
        Kind::Number { min, max, unit } => {
            let (fr, en) = (spaced(unit.fr), spaced(unit.en));
            text!("un nombre de {min} à {max}{fr}", "a number from {min} to {max}{en}")
        }
        Kind::Share => text!("une part de 0 à 1, ou un pourcentage", "a share from 0 to 1, or a percentage"),
        Kind::Minutes { min, max } => text!("une durée de {min} à {max} minutes", "{min} to {max} minutes"),
        Kind::Hours { min, max } => {
            let (min, max) = (ClockTime(min * 60), ClockTime(max * 60));
            text!(
                "une durée comme `8h30`, de {min} à {max}",
                "a length of time such as `8h30`, from {min} to {max}"
            )
        }
        Kind::Seconds { max } => text!(
            "une durée comme `60s`, de 1 à {max} s",
            "a length of time such as `60s`, from 1 to {max} s"
        ),
        Kind::Clock { max_hour } => text!(
            "une heure comme `09:30`, jusqu'à {max_hour} h",
            "a time such as `09:30`, up to {max_hour} h"
        ),
        Kind::Interval => text!("deux heures comme `11:30-14:00`", "two times such as `11:30-14:00`"),
        Kind::Date => text!("une date comme `2027-01-04`", "a date such as `2027-01-04`"),
        Kind::Days => {
            text!("des jours comme `lun-ven` ou `mar, jeu`", "days such as `mon-fri` or `tue, thu`")
        }
        Kind::Weekday => text!("un jour comme `mardi`", "a day such as `tuesday`"),
        Kind::Opens => {
            text!("des horaires comme `Mo,We 09:00-12:00`", "opening hours such as `Mo,We 09:00-12:00`")
        }
        Kind::Rhythm => text!("un rythme comme `tous les 15 jours`", "a rhythm such as `every 2 weeks`"),
        Kind::Choice(choices) => {
            let words =
                choices.iter().map(|choice| format!("`{}`", choice.value)).collect::<Vec<_>>().join(", ");
            text!("l'un de {words}", "one of {words}")
        }
        Kind::Longitude => {
            text!("une longitude en degrés, de -180 à 180", "a longitude in degrees, from -180 to 180")
        }
        Kind::Latitude => {
            text!("une latitude en degrés, de -90 à 90", "a latitude in degrees, from -90 to 90")
        }
        Kind::Easting => text!(
            "une abscisse Lambert-93 en mètres, de 0 à 1300000",
            "a Lambert-93 easting in metres, from 0 to 1300000"
        ),
        Kind::Northing => text!(
            "une ordonnée Lambert-93 en mètres, de 6000000 à 7200000",
            "a Lambert-93 northing in metres, from 6000000 to 7200000"
        ),
        Kind::List => text!("une liste", "a list"),
    }
}

fn spaced(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(" ({unit})") }
}
