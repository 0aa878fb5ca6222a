//! What `tournee init` asks on a terminal.

use std::io;

use dialoguer::Input;
use dialoguer::theme::ColorfulTheme;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use tournee::diagnostics::{Lang, Text};
use tournee::text;

use super::{Answers, Own};
use crate::cli::say::{say, speak};
use crate::cli::typed;

/// A question, in the language spoken.
pub(super) struct Question<'a> {
    pub words: &'a str,
    /// What an empty answer means; none: there is to be an answer.
    pub usual: Option<String>,
    /// Whether an answer will do, or why not.
    pub check: &'a dyn Fn(&str) -> Result<(), String>,
}

/// Puts a question until an answer will do.
pub(super) type Ask<'a> = &'a mut dyn FnMut(&Question<'_>) -> io::Result<String>;

/// At the terminal. Ctrl-C ends the program, before anything is written.
pub(super) fn at_terminal(question: &Question<'_>) -> io::Result<String> {
    let theme = ColorfulTheme::default();
    let check = |typed: &String| (question.check)(typed);
    let mut input = Input::<String>::with_theme(&theme).with_prompt(question.words).validate_with(check);
    if let Some(usual) = &question.usual {
        input = input.default(usual.clone());
    }
    input.interact_text().map_err(|dialoguer::Error::IO(error)| error)
}

/// All questions, in order. `asked` is the language of `--lang`, `likely` that of the environment.
pub(super) fn interview(asked: Option<Lang>, likely: Lang, today: Date, ask: Ask<'_>) -> io::Result<Answers> {
    let lang = match asked {
        Some(lang) => lang,
        None => put(ask, "Langue / Language (fr, en)", Some(code(likely).to_owned()), language)?,
    };
    speak(lang);
    let example = put(
        ask,
        say(
            "Garder les lignes de l’exemple, dans le Morvan ? (oui, non)",
            "Keep the rows of the example, in the Morvan? (yes, no)",
        ),
        Some(say("oui", "yes").to_owned()),
        yes_or_no,
    )?;
    let usual = if example {
        say("Tournées du Morvan (exemple)", "Tours of the Morvan (example)")
    } else {
        say("Nos tournées", "Our tours")
    };
    let title = put(
        ask,
        say("Titre, sur tous les fichiers", "Title, on all files"),
        Some(usual.to_owned()),
        typed::line,
    )?;
    let start = put(
        ask,
        say("Premier jour, un lundi", "First day, a Monday"),
        Some(next_monday(today).to_string()),
        typed::monday,
    )?;
    let answers = Answers { lang, title: Some(title), start: Some(start), ..Answers::default() };
    if example {
        return Ok(answers);
    }
    let weeks = put(
        ask,
        say(
            "Au bout de combien de semaines les tournées se répètent (1 à 6)",
            "After how many weeks the tours repeat (1 to 6)",
        ),
        Some("2".to_owned()),
        typed::whole(1..=6_u8),
    )?;
    let antenna = put(
        ask,
        say(
            "Nom de la première antenne (véhicule et équipe)",
            "Name of the first antenna (a vehicle and its crew)",
        ),
        Some(say("Bus solidaire", "Food bus").to_owned()),
        typed::line,
    )?;
    let depot = put(ask, say("Commune où elle charge", "Commune where it loads"), None, typed::line)?;
    let lat = put(
        ask,
        say(
            "Latitude du dépôt (un clic droit sur openstreetmap.org la montre, comme 47,256)",
            "Latitude of the depot (a right click on openstreetmap.org shows it, such as 47.256)",
        ),
        None,
        typed::latitude,
    )?;
    let lon = put(
        ask,
        say("Longitude du dépôt, comme 3,689", "Longitude of the depot, such as 3.689"),
        None,
        typed::longitude,
    )?;
    let own = Own { antenna: Some(antenna), depot: Some(depot), at: Some((lon, lat)) };
    Ok(Answers { weeks: Some(weeks), own: Some(own), ..answers })
}

/// Puts a question and reads its answer.
fn put<T>(
    ask: Ask<'_>,
    words: &str,
    usual: Option<String>,
    read: impl Fn(&str) -> Result<T, String>,
) -> io::Result<T> {
    let check = |typed: &str| read(typed.trim()).map(|_| ());
    let answer = ask(&Question { words, usual, check: &check })?;
    read(answer.trim()).map_err(io::Error::other)
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    }
}

fn language(typed: &str) -> Result<Lang, String> {
    match typed.to_lowercase().as_str() {
        "fr" | "français" | "francais" | "french" => Ok(Lang::Fr),
        "en" | "anglais" | "english" => Ok(Lang::En),
        _ => Err("fr, en".to_owned()),
    }
}

fn yes_or_no(typed: &str) -> Result<bool, String> {
    match typed.to_lowercase().as_str() {
        "o" | "oui" | "y" | "yes" => Ok(true),
        "n" | "non" | "no" => Ok(false),
        _ => {
            let Text { fr, en } = text!("répondez par oui ou par non", "answer yes or no");
            Err(crate::cli::say::tell(Text { fr, en }))
        }
    }
}

/// The first Monday after today.
fn next_monday(today: Date) -> Date {
    today.nth_weekday(1, Weekday::Monday).unwrap_or_else(|_| today.saturating_add(7.days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// What comes of typing these lines; a line that will not do is refused with a reason, and the next one tried.
    fn typing(asked: Option<Lang>, lines: &[&str]) -> (Answers, Vec<String>) {
        let (mut lines, mut refused) = (lines.iter(), Vec::new());
        let answers = interview(asked, Lang::Fr, date(2026, 11, 24), &mut |question| {
            loop {
                let typed = *lines.next().expect("a line for each question");
                let answer = match &question.usual {
                    Some(usual) if typed.is_empty() => usual.clone(),
                    _ => typed.to_owned(),
                };
                match (question.check)(&answer) {
                    Ok(()) => return Ok(answer),
                    Err(why) => refused.push(why),
                }
            }
        });
        assert_eq!(lines.next(), None, "every line was asked for");
        (answers.expect("all answered"), refused)
    }

    #[test]
    fn return_on_every_question_gives_the_example_from_the_next_monday_on() {
        let (answers, refused) = typing(None, &["", "", "", ""]);
        assert_eq!(answers.lang, Lang::Fr);
        assert_eq!(answers.title.as_deref(), Some("Tournées du Morvan (exemple)"));
        assert_eq!(answers.start, Some(date(2026, 11, 30)));
        assert_eq!((answers.weeks, answers.own), (None, None));
        assert!(refused.is_empty());
    }

    #[test]
    fn own_tables_start_with_an_antenna_and_its_depot() {
        let lines = ["en", "no", "Tours 2027", "4/1/2027", "4", "", "Nevers", "46.989", "3,159"];
        let (answers, refused) = typing(None, &lines);
        assert!(refused.is_empty(), "{refused:?}");
        let own = Own {
            antenna: Some("Food bus".to_owned()),
            depot: Some("Nevers".to_owned()),
            at: Some((3.159, 46.989)),
        };
        let expected = Answers {
            lang: Lang::En,
            title: Some("Tours 2027".to_owned()),
            start: Some(date(2027, 1, 4)),
            weeks: Some(4),
            own: Some(own),
        };
        assert_eq!(answers, expected);
    }

    #[test]
    fn an_answer_that_will_not_do_is_refused_at_once_in_words() {
        let lines = [
            "peut-être",
            "n",
            "",
            "mardi",
            "5/1/2027",
            "",
            "9",
            "1",
            "",
            " ",
            "Nevers",
            "460",
            "46,9",
            "x",
            "3",
        ];
        let (answers, refused) = typing(Some(Lang::Fr), &lines);
        assert_eq!(answers.weeks, Some(1));
        let starts = [
            "répondez par oui ou par non",
            "attendu un lundi",
            "attendu un lundi, comme 2027-01-04 ou 4/1/2027 ; c’est un autre jour : mardi 5 janvier 2027",
            "attendu un nombre entier de 1 à 6, trouvé « 9 »",
            "attendu quelques mots",
            "attendu une latitude",
            "attendu une longitude",
        ];
        assert_eq!(refused.len(), starts.len(), "{refused:?}");
        assert!(refused.iter().zip(starts).all(|(why, start)| why.starts_with(start)), "{refused:?}");
    }
}
