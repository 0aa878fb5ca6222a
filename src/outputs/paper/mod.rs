//! Pages to print: one self-contained HTML file each, that asks the network for nothing and prints on A4.

pub mod drivers;
pub mod posters;

mod map;

use crate::diagnostics::Lang;
use crate::outputs::markup::escaped;

/// A whole file. `style` and `body` are ours; `title` may be anybody's.
fn file(title: &str, style: &str, body: &str, lang: Lang) -> Vec<u8> {
    let code = match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    };
    let title = escaped(title);
    // The policy lets nothing in, should a name ever pass for markup.
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
    .into_bytes()
}

/// What somebody typed as an element of its own, written in its own direction; nothing where there are no words.
fn typed(element: &str, class: &str, words: &str) -> String {
    let words = words.trim();
    if words.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = words.lines().map(escaped).collect();
    format!("<{element} class=\"{class}\" dir=\"auto\">{}</{element}>\n", lines.join("<br>"))
}

/// A name within a sentence of ours: its direction is its own.
fn name(words: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(words))
}
