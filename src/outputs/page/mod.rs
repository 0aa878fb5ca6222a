//! `report.html`: the plan as one page to look at, with a map: no network needed, nothing but this file.
//!
//! In: a plan and a language. Out: HTML. The tables, figures and charts are plain HTML made here, so that they can be read
//! and printed without scripts; the map and the filters are drawn by `page.js` from JSON in the page, with Leaflet, which
//! is embedded (`vendor/`). A content security policy lets in the embedded scripts and styles alone, by their hashes.

mod charts;
mod data;
mod tables;
mod template;

use sha2::{Digest, Sha256};

use super::contact;
use super::document::Index;
use super::formats::Options;
use super::markup::escaped;
use super::words as say;
use crate::diagnostics::{Lang, Text};
use crate::text;

const LIBRARY: &str = include_str!("vendor/leaflet.js");
const LIBRARY_STYLE: &str = include_str!("vendor/leaflet.css");
const LIBRARY_LICENCE: &str = include_str!("vendor/LEAFLET-LICENSE");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// The host of the online background, asked only once its button is pressed.
const TILES: &str = "https://tile.openstreetmap.org";

/// The page. Linear in the plan.
pub fn report_page(plan: &Index<'_>, options: Options) -> Vec<u8> {
    let lang = options.lang;
    let document = plan.document;
    let [start, until] =
        [document.scenario.start, document.scenario.until].map(|date| say::date(date).get(lang).to_owned());
    let period = text!("Du {start} au {until}", "From {start} to {until}");
    let data = template::json(&data::data(plan, options));
    let policy = policy();
    let say = |words: Text| words.get(lang).to_owned();
    let values = [
        ("lang", code(lang).to_owned()),
        ("policy", policy),
        ("generator", escaped(&super::generator())),
        ("title", escaped(&document.scenario.title)),
        ("period", say(period)),
        ("skip", say(text!("Aller aux horaires", "Skip to the timetable"))),
        ("theme", say(text!("Thème sombre", "Dark theme"))),
        ("notices", tables::notices(plan, options)),
        ("figures_heading", say(text!("Chiffres clés", "Key figures"))),
        ("figures", tables::figures(plan, options)),
        ("map_heading", say(text!("Carte", "Map"))),
        ("map_label", say(text!("Carte des tournées", "Map of the tours"))),
        (
            "map_help",
            say(text!(
                "Au clavier : flèches pour se déplacer, + et − pour zoomer, Tab d’un arrêt ou d’une tournée au suivant, Entrée pour ses détails.",
                "With a keyboard: arrows to move, + and − to zoom, Tab from one stop or tour to the next, Enter for its details."
            )),
        ),
        ("filters", say(text!("Choisir les tournées", "Choose tours"))),
        ("choices", tables::choices(plan, lang)),
        ("reset", say(text!("Tout montrer", "Show all"))),
        ("layers", say(text!("Sur la carte", "On the map"))),
        ("layer_choices", tables::layer_choices(lang)),
        (
            "tiles",
            say(text!(
                "Fond OpenStreetMap (demande internet)",
                "OpenStreetMap background (needs the internet)"
            )),
        ),
        ("legend", tables::legend(plan, lang)),
        (
            "no_script",
            say(text!(
                "La carte demande JavaScript ; tout le reste est ci-dessous.",
                "The map needs JavaScript; all else is below."
            )),
        ),
        ("timetable_heading", say(text!("Horaires", "Timetable"))),
        ("timetable", tables::timetable(plan, lang)),
        ("charts_heading", say(text!("Graphiques", "Charts"))),
        ("charts", charts::charts(plan, options)),
        ("left_out", tables::left_out(plan, options)),
        ("places_heading", say(text!("Communes et lieux", "Places"))),
        (
            "places_summary",
            say(text!("Besoin et couverture de chaque lieu", "Need and coverage of each place")),
        ),
        ("places", tables::places(plan, lang)),
        ("contact", contact(plan, lang)),
        ("credits", credits(plan, lang)),
        ("data", data),
        ("library_style", embedded(LIBRARY_STYLE)),
        ("style", embedded(STYLE)),
        ("library_licence", escaped(LIBRARY_LICENCE)),
        ("library", embedded(LIBRARY)),
        ("script", embedded(SCRIPT)),
    ];
    template::filled(include_str!("page.html"), &values).into_bytes()
}

/// The language as HTML names it.
const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    }
}

/// As a browser reads it: HTML knows one end of line (HTML, 13.2.3.5), and hashes are of what was read.
fn embedded(file: &str) -> String {
    file.replace("\r\n", "\n")
}

/// Embedded scripts and styles alone, and images of the online background; nothing else is fetched or sent.
fn policy() -> String {
    let [library, script, library_style, style] = [LIBRARY, SCRIPT, LIBRARY_STYLE, STYLE]
        .map(|text| base64(&Sha256::digest(embedded(text).as_bytes())));
    format!(
        "default-src 'none'; script-src 'sha256-{library}' 'sha256-{script}'; \
         style-src 'sha256-{library_style}' 'sha256-{style}'; img-src data: {TILES}; \
         base-uri 'none'; form-action 'none'"
    )
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut coded = String::new();
    for chunk in bytes.chunks(3) {
        let [first, second, third] = [0, 1, 2].map(|index| u32::from(chunk.get(index).copied().unwrap_or(0)));
        let bits = first << 16 | second << 8 | third;
        for index in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * index) & 63) as usize];
            coded.push(if index > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    coded
}

fn contact(plan: &Index<'_>, lang: Lang) -> String {
    let known = contact::line(&plan.document.organisation);
    if known.is_empty() {
        return String::new();
    }
    let label = text!("Contact :", "Contact:");
    format!("<p>{} <bdi>{}</bdi></p>", label.get(lang), escaped(&known))
}

fn credits(plan: &Index<'_>, lang: Lang) -> String {
    let roads = escaped(plan.document.roads.attribution.get(lang));
    let made = text!("Fait avec", "Made with");
    format!("{roads} · {} {} · Leaflet 1.9.4 (BSD-2-Clause)", made.get(lang), escaped(&super::generator()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    /// Relative luminance (WCAG 2.2, 1.4.3).
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal")) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn colours_of_both_themes_keep_the_contrast_of_wcag_aa() {
        let (light, dark) = STYLE.split_once(":root[data-theme=\"dark\"]").expect("two themes");
        for (theme, block) in [("light", light), ("dark", dark)] {
            let value = |name: &str| {
                let start =
                    block.find(&format!("--{name}: #")).unwrap_or_else(|| panic!("{theme} has {name}"));
                let from = start + name.len() + 4;
                &block[from..from + 7]
            };
            let text_on = |ink: &str, ground: &str| (ink.to_owned(), ground.to_owned(), 4.5);
            let shape_on = |ink: &str, ground: &str| (ink.to_owned(), ground.to_owned(), 3.0);
            let pairs = [
                text_on("ink", "paper"),
                text_on("ink", "panel"),
                text_on("soft", "paper"),
                text_on("soft", "panel"),
                text_on("accent", "paper"),
                text_on("on-accent", "accent"),
                shape_on("line", "paper"),
                shape_on("accent", "panel"),
                shape_on("gained", "panel"),
                shape_on("missing", "panel"),
                shape_on("soft", "panel"),
                shape_on("casing", "land"),
                shape_on("place", "land"),
                shape_on("before", "land"),
                shape_on("after", "land"),
                shape_on("site", "land"),
            ];
            for (ink, ground, least) in pairs {
                let found = contrast(value(&ink), value(&ground));
                assert!(found >= least, "{theme}: {ink} on {ground} has {found:.2}, not {least}");
            }
        }
    }
}
