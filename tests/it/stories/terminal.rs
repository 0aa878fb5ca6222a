//! What people see at a terminal: lines that fit, colours only where they are wanted, and time that is left.

use crate::support::program::Village;
use crate::support::terminal::{on_terminal, plain};

#[test]
fn the_summary_fits_the_terminal_in_both_languages() {
    let village = Village::new();
    for (columns, lang) in [(80, "fr"), (80, "en"), (120, "fr")] {
        let arguments = format!("plan scenario --out out --lang {lang}");
        let Some((code, shown)) = on_terminal(village.room(), columns, &arguments, &[], &[]) else { return };
        let shown = plain(&shown);
        assert_eq!(code, Some(0), "{shown}");
        let start = shown.find("Vallée d'essai").expect("the title");
        let page = &shown[start..];
        let widest = page.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(widest <= usize::from(columns), "{widest} columns of {columns}:\n{page}");
        assert!(widest > usize::from(columns) / 2, "a page, not a column");
    }
}

#[test]
fn colours_stay_away_where_they_are_not_wanted() {
    let village = Village::new();
    let shown = |environment: &[(&str, &str)]| {
        let arguments = "plan scenario --out out";
        let (code, shown) = on_terminal(village.room(), 100, arguments, environment, &[])?;
        assert_eq!(code, Some(0), "{shown}");
        // The line of progress moves the cursor; colours are codes that end with m.
        let start = shown.find("Vallée d'essai")?;
        let styles = shown[start..].split('\u{1b}').skip(1).filter(|code| {
            code.starts_with('[') && {
                code.find(|letter: char| letter.is_ascii_alphabetic())
                    .is_some_and(|end| code[end..].starts_with('m'))
            }
        });
        Some(styles.count())
    };
    let Some(usual) = shown(&[]) else { return };
    assert!(usual > 0, "a terminal shows colours");
    assert_eq!(shown(&[("NO_COLOR", "1")]), Some(0));
    assert_eq!(shown(&[("CLICOLOR", "0")]), Some(0));
    assert_eq!(shown(&[("TERM", "dumb")]), Some(0));
}

#[test]
fn a_search_tells_the_time_that_is_left_and_how_to_end_it() {
    let village = Village::new();
    let arguments = "plan scenario --out out --time 2s";
    let Some((code, shown)) = on_terminal(village.room(), 80, arguments, &[], &[]) else { return };
    let shown = plain(&shown);
    assert_eq!(code, Some(0), "{shown}");
    for words in [", reste 0:0", "meilleur bilan", "(Ctrl-C : arrêter)"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}
