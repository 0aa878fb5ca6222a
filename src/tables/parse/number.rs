//! Numbers as people type them: decimal comma, spaces between thousands, a unit behind.

use super::Parsed;

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNumber {
    /// `1,234`: one thousand two hundred and thirty-four, or a decimal comma.
    Ambiguous,
    /// `ns`, `secret`, `?`: the value isn't known.
    Unknown,
    /// Anything else.
    Unreadable,
}

/// How a lone comma before exactly three digits is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoneComma {
    /// A decimal comma: coordinates, prices.
    Decimal,
    /// Neither reading is safe.
    Ambiguous,
}

/// Words that stand for an unknown value in statistics.
pub fn is_unknown(typed: &str) -> bool {
    let folded = super::super::schema::fold(typed);
    let words =
        ["ns", "s", "secret", "nc", "nd", "na", "nr", "inconnu", "inconnue", "unknown", "nsp", "nan", "null"];
    words.contains(&folded.as_str()) || ["?", "-", "–", "—", "…", "..."].contains(&typed.trim())
}

/// Reads a decimal number. The canonical spelling is digits with at most one `.`.
///
/// A unit among `units` (folded, such as `kg`) may follow and is dropped.
pub fn number(typed: &str, comma: LoneComma, units: &[&str]) -> Result<Parsed<f64>, NotNumber> {
    if is_unknown(typed) {
        return Err(NotNumber::Unknown);
    }
    let bare = without_unit(typed.trim(), units);
    let plain = plain_digits(bare, comma)?;
    let value = plain.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or(NotNumber::Unreadable)?;
    Ok(Parsed { value, plain })
}

fn without_unit<'a>(typed: &'a str, units: &[&str]) -> &'a str {
    let end = typed.rfind(|letter: char| letter.is_ascii_digit()).map_or(0, |at| at + 1);
    let (digits, tail) = typed.split_at(end);
    let unit = super::simplify(tail).replace([' ', '.'], "");
    if !unit.is_empty() && units.contains(&unit.as_str()) { digits } else { typed }
}

/// Sign, digits, and at most one point, whatever separators were typed.
fn plain_digits(typed: &str, comma: LoneComma) -> Result<String, NotNumber> {
    let (sign, body) = match typed.chars().next() {
        Some('-' | '−' | '–') => ("-", &typed[typed.chars().next().map_or(0, char::len_utf8)..]),
        Some('+') => ("", &typed[1..]),
        _ => ("", typed),
    };
    let decimal = decimal_mark(body, comma)?;
    let (whole, fraction) = match decimal {
        Some(at) => (&body[..at], &body[at + 1..]),
        None => (body, ""),
    };
    let whole = ungroup(whole).ok_or(NotNumber::Unreadable)?;
    let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !is_fraction || (whole.is_empty() && fraction.is_empty()) || whole.len() + fraction.len() > 40 {
        return Err(NotNumber::Unreadable);
    }
    let whole = if whole.is_empty() { "0" } else { whole.as_str() };
    let point = if fraction.is_empty() { "" } else { "." };
    Ok(format!("{sign}{whole}{point}{fraction}"))
}

/// Byte of the decimal mark: the last of `,` and `.`, unless it groups thousands.
fn decimal_mark(body: &str, comma: LoneComma) -> Result<Option<usize>, NotNumber> {
    let commas = body.matches(',').count();
    let points = body.matches('.').count();
    match (commas, points) {
        (0, 1) => Ok(body.find('.')),
        (1, 0) => {
            let at = body.find(',').ok_or(NotNumber::Unreadable)?;
            let (before, after) = (&body[..at], &body[at + 1..]);
            let grouped = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
            if grouped && comma == LoneComma::Ambiguous {
                return Err(NotNumber::Ambiguous);
            }
            Ok(Some(at))
        }
        // Both marks: the one that comes last and stands once is the decimal one.
        (1.., 1) if body.rfind(',') < body.rfind('.') => Ok(body.rfind('.')),
        (1, 1..) if body.rfind('.') < body.rfind(',') => Ok(body.rfind(',')),
        // Whole, or groups only: `1.234.567` or `1,234,567`.
        (0, 0 | 2..) | (2.., 0) => Ok(None),
        _ => Err(NotNumber::Unreadable),
    }
}

/// Drops separators between groups of three digits; `None` where they stand elsewhere.
fn ungroup(whole: &str) -> Option<String> {
    let is_separator = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '’' | ',' | '.');
    let mut groups = whole.split(is_separator);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = rest.is_empty() || (1..=3).contains(&first.len());
    (grouped && digits(first) && rest.iter().all(|group| group.len() == 3 && digits(group)))
        .then(|| first.to_owned() + &rest.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(typed: &str) -> Result<String, NotNumber> {
        number(typed, LoneComma::Ambiguous, &["kg", "€", "€/km"]).map(|parsed| parsed.plain)
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("12", "12"),
            ("12,5", "12.5"),
            ("-3.25", "-3.25"),
            ("−3,25", "-3.25"),
            (",5", "0.5"),
            ("1 234", "1234"),
            ("1\u{a0}234,5", "1234.5"),
            ("12\u{202f}345\u{202f}678", "12345678"),
            ("1'234.5", "1234.5"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1,234,567", "1234567"),
            ("0,450", "0.450"),
            ("12 kg", "12"),
            ("0,45 €/km", "0.45"),
            ("2,50€", "2.50"),
        ] {
            assert_eq!(plain(typed), Ok(expected.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        assert_eq!(plain("1,234"), Err(NotNumber::Ambiguous));
        assert_eq!(number("3,817", LoneComma::Decimal, &[]).map(|parsed| parsed.value), Ok(3.817));
        for typed in ["ns", "n.c.", "Secret", "?", "NaN"] {
            assert_eq!(plain(typed), Err(NotNumber::Unknown), "{typed}");
        }
        for typed in ["", "1e5", "inf", "12 lb", "1 23", "12,3,4", "1..2", "0x10", "--1", "1-2", "1234 567"] {
            assert_eq!(plain(typed), Err(NotNumber::Unreadable), "{typed}");
        }
    }
}
