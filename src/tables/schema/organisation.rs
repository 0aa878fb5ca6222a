//! The keys of `[organisation]`: whom people may ask.

use super::keys::key;
use super::{Kind, Section, WhenBlank, words};

const EMPTY: WhenBlank = WhenBlank::Value("");

pub(super) static ORGANISATION: Section = Section {
    name: "organisation",
    doc: words(
        "Qui organise les tournées, tel que les affiches, la page et les données ouvertes le montrent",
        "Who runs the tours, as posters, the page and open data show it",
    ),
    keys: &[
        key(
            "name",
            Kind::Text(200),
            EMPTY,
            "\"Solidarités de la Nièvre\"",
            words("Nom de l'association", "Name of the association"),
        ),
        key(
            "phone",
            Kind::Text(40),
            EMPTY,
            "\"03 86 00 00 00\"",
            words("Téléphone, tel qu'on le compose", "Telephone, as it is dialled"),
        ),
        key(
            "email",
            Kind::Text(200),
            EMPTY,
            "\"contact@example.org\"",
            words("Adresse électronique", "Mail address"),
        ),
        key(
            "website",
            Kind::Text(500),
            EMPTY,
            "\"https://example.org\"",
            words("Adresse du site", "Address of the site"),
        ),
        key(
            "notice",
            Kind::Text(1000),
            EMPTY,
            "\"Ouvert à tous, sans rendez-vous. Apportez un sac.\"",
            words(
                "Ce qu'une affiche doit dire : qui peut venir, quoi apporter",
                "What a poster should say: who may come, what to bring",
            ),
        ),
    ],
};
