//! What somebody typed, made harmless in HTML and XML.

/// `typed` as text or as a quoted attribute of HTML and XML. What XML 1.0 has no place for (control characters, section
/// 2.2) is left out.
pub fn escaped(typed: &str) -> String {
    let mut safe = String::with_capacity(typed.len());
    for letter in typed.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => {}
            _ => safe.push(letter),
        }
    }
    safe
}

/// The address of a web page as somebody typed it, with its scheme; `None` where it is no such address, `javascript:`
/// for one.
pub fn web_address(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_plain = !typed
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control() || "\"'<>\\".contains(letter));
    let (scheme, rest) = typed.split_once("://").unwrap_or(("https", typed));
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let names_host = host.contains('.')
        && host.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'))
        && !host.starts_with(['.', '-']);
    (is_plain && is_web && names_host).then(|| format!("{}://{rest}", scheme.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(
            escaped("<script>\"L'Étape\" & Cie\u{0}\u{b}</script>"),
            "&lt;script&gt;&quot;L&#39;Étape&quot; &amp; Cie&lt;/script&gt;"
        );
    }

    #[test]
    fn only_pages_of_the_web_are_linked() {
        assert_eq!(web_address("www.example.org/aide"), Some("https://www.example.org/aide".to_owned()));
        assert_eq!(web_address(" HTTP://example.org "), Some("http://example.org".to_owned()));
        for typed in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "notre site",
            "http://",
            "https://\"><script>.fr",
            "ftp://a.fr",
            "a.fr:x@b.fr",
        ] {
            assert_eq!(web_address(typed), None, "{typed}");
        }
    }
}
