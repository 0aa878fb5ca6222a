//! Content lines of iCalendar: RFC 5545, sections 3.1 (folding) and 3.3.11 (text).

use jiff::civil::DateTime;

/// Lines of a calendar, each ended and folded.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    bytes: Vec<u8>,
}

/// Most octets of a line, without its end.
const OCTETS_MAX: usize = 75;

impl Lines {
    /// A property whose value is as the format has it: a date, a rule, a URI.
    pub fn raw(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for letter in name.chars().chain([':']).chain(value.chars()).filter(|letter| !letter.is_control()) {
            if used + letter.len_utf8() > OCTETS_MAX {
                self.bytes.extend_from_slice(b"\r\n ");
                used = 1;
            }
            used += letter.len_utf8();
            self.bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// A property of words that somebody typed; nothing where there are none.
    pub fn text(&mut self, name: &str, words: &str) {
        if !words.trim().is_empty() {
            self.raw(name, &escaped(words.trim()));
        }
    }

    /// A property of a list of words.
    pub fn texts(&mut self, name: &str, list: &[&str]) {
        let list: Vec<String> =
            list.iter().filter(|words| !words.trim().is_empty()).map(|words| escaped(words.trim())).collect();
        if !list.is_empty() {
            self.raw(name, &list.join(","));
        }
    }

    /// The file.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Adds all of `other`.
    pub fn append(&mut self, other: &Self) {
        self.bytes.extend_from_slice(&other.bytes);
    }
}

fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => safe.extend(['\\', letter]),
            '\n' | '\r' => safe.push_str("\\n"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// `20270105T093000`.
pub fn stamp(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Lines)) -> String {
        let mut lines = Lines::default();
        write(&mut lines);
        String::from_utf8(lines.into_bytes()).expect("letters are whole")
    }

    #[test]
    fn words_are_escaped_and_end_no_line() {
        let text = written(|lines| lines.text("SUMMARY", "a;b,c\\d\r\nEND:VCALENDAR\u{0}\n"));
        assert_eq!(text, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VCALENDAR\r\n");
        assert_eq!(written(|lines| lines.text("SUMMARY", " \n ")), "");
        assert_eq!(written(|lines| lines.texts("CATEGORIES", &["a,b", "", "c"])), "CATEGORIES:a\\,b,c\r\n");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let words = "é€😀".repeat(60);
        let text = written(|lines| lines.text("DESCRIPTION", &words));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(text.split("\r\n").filter(|line| line.len() >= 72).count() >= 5, "lines are filled");
        assert_eq!(text.replace("\r\n ", ""), format!("DESCRIPTION:{words}\r\n"));
    }
}
