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
}
