//! Lines that fit a terminal.

use dialoguer::console::{Term, measure_text_width};

/// Narrower terminals are taken for this wide.
const NARROWEST: usize = 40;

/// Columns of standard output, or of standard error; none where it is no terminal.
pub fn columns(term: &Term) -> Option<usize> {
    let (_, columns) = term.features().is_attended().then(|| term.size_checked()).flatten()?;
    Some(usize::from(columns).max(NARROWEST))
}

/// Every line broken at spaces so that it fits; what goes on is indented below the value of a `label  value` line, else
/// two columns more than the line.
pub fn wrapped(page: &str, columns: usize) -> String {
    let lines = page.split('\n').map(|line| broken(line, columns));
    lines.collect::<Vec<_>>().join("\n")
}

fn broken(line: &str, columns: usize) -> String {
    if measure_text_width(line) <= columns {
        return line.to_owned();
    }
    let indent = hanging(line, columns);
    let (mut words, mut width) = (String::new(), 0);
    for (place, word) in line.split(' ').enumerate() {
        let long = measure_text_width(word);
        if place > 0 && width > indent && width + 1 + long > columns {
            words.push('\n');
            words.push_str(&" ".repeat(indent));
            width = indent;
        } else if place > 0 {
            words.push(' ');
            width += 1;
        }
        words.push_str(word);
        width += long;
    }
    words
}

/// Where the lines that go on begin.
fn hanging(line: &str, columns: usize) -> usize {
    let text = line.trim_start();
    let lead = line.len() - text.len();
    let label = text.find("  ").map(|end| {
        let gap = text[end..].len() - text[end..].trim_start().len();
        lead + measure_text_width(&text[..end]) + gap
    });
    label.filter(|column| *column <= columns / 3).unwrap_or(lead + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_goes_on_below_itself_and_other_lines_two_columns_in() {
        assert_eq!(
            wrapped("Cost      400 euros a cycle: days 100 euros, kilometres 300 euros", 40),
            "Cost      400 euros a cycle: days 100\n          euros, kilometres 300 euros"
        );
        assert_eq!(
            wrapped("  a line that is a little longer than forty columns\nshort", 40),
            "  a line that is a little longer than\n    forty columns\nshort"
        );
    }

    #[test]
    fn what_cannot_be_broken_stays_whole() {
        let word = "x".repeat(50);
        assert_eq!(wrapped(&word, 40), word);
        assert_eq!(wrapped("1\u{202f}234\u{202f}€ ".repeat(9).trim_end(), 40).lines().count(), 2);
    }
}
