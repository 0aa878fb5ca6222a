//! The language in which arguments are described and read.
//!
//! clap asks for words while it builds its commands and calls the readers of values while it parses, and hands neither a
//! language. So one is set for the thread before both, and [`say`] picks from words that stand side by side.

use std::cell::Cell;

use tournee::diagnostics::{Lang, Text};

thread_local! {
    static SPOKEN: Cell<Lang> = const { Cell::new(Lang::Fr) };
}

/// From here on [`say`] and [`tell`] speak `lang`, in this thread.
pub fn speak(lang: Lang) {
    SPOKEN.set(lang);
}

/// The language spoken.
pub fn spoken() -> Lang {
    SPOKEN.get()
}

/// The French or the English words.
pub fn say(fr: &'static str, en: &'static str) -> &'static str {
    match spoken() {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// Words in the language spoken.
pub fn tell(words: Text) -> String {
    match spoken() {
        Lang::Fr => words.fr,
        Lang::En => words.en,
    }
}

/// Words in which no line breaks inside French quotation marks or before a French sign.
pub fn bound(words: &str) -> String {
    if spoken() == Lang::En {
        return words.to_owned();
    }
    let signs = [
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
        (" :", "\u{a0}:"),
        (" ;", "\u{a0};"),
        (" ?", "\u{a0}?"),
        (" €", "\u{a0}€"),
    ];
    signs.iter().fold(words.to_owned(), |words, (loose, tight)| words.replace(loose, tight))
}
