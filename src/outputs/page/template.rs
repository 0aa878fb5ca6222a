//! Values into HTML.

use serde::Serialize;

/// `template` with each `{{name}}` replaced by its value. Values are not looked into, whatever they hold.
pub fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut page = String::new();
    let mut pieces = template.split("{{");
    page.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").expect("our templates close what they open");
        let value = values.iter().find(|(known, _)| *known == name);
        page.push_str(&value.unwrap_or_else(|| panic!("our template asks for {name}")).1);
        page.push_str(rest);
    }
    page
}

/// As JSON that ends no script element early, whatever it holds (HTML, 13.2.5.15 and following).
pub fn json(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).expect("numbers, words and lists only");
    let mut safe = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_looked_into() {
        let values = [("a", "{{b}}".to_owned()), ("b", "no".to_owned())];
        assert_eq!(filled("<p>{{a}}</p>", &values), "<p>{{b}}</p>");
    }

    #[test]
    fn json_ends_no_script_and_stays_the_same_json() {
        let typed = "</script><!--\u{2028}&\u{2029}";
        let safe = json(&typed);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).expect("JSON"), typed);
    }
}
