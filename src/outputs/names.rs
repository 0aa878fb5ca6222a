//! Names of files and identifiers from ids that somebody typed: safe on every system, and unique.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most letters of an id that a name keeps.
const LETTERS_MAX: usize = 40;

/// A name for each of `ids`, in their order: small letters without accents, digits and hyphens. Ids that would share a
/// name, or have none, are told apart by a hash of the id, so that a name doesn't depend on the order of the ids.
pub fn safe_names<'a>(ids: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for id in ids.clone() {
        *uses.entry(plain(id)).or_default() += 1;
    }
    let name = |id: &str| {
        let plain = plain(id);
        if uses[&plain] > 1 || plain.is_empty() {
            let hash = hash([id]);
            let hyphen = if plain.is_empty() { "" } else { "-" };
            format!("{plain}{hyphen}{hash:016x}")
        } else {
            plain
        }
    };
    ids.map(name).collect()
}

/// `typed` in small letters, digits and hyphens; empty where no letter of it can be told in ASCII.
pub fn plain(typed: &str) -> String {
    let mut name = String::new();
    for letter in typed.nfkd().filter(|letter| !is_combining_mark(*letter)).take(4 * LETTERS_MAX) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= LETTERS_MAX {
            break;
        }
    }
    name.trim_end_matches('-').to_owned()
}

/// FNV-1a, 64 bits, of words in order: the same on every machine and in every version.
pub fn hash<'a>(words: impl IntoIterator<Item = &'a str>) -> u64 {
    // A byte that no UTF-8 has ends each word.
    let bytes = words.into_iter().flat_map(|word| word.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_unique_whatever_the_ids() {
        let ids = ["Saint-Père", "saint pere", "../../etc", "a/b\\c:d", "قرية", "", "con", &"x".repeat(500)];
        let names = safe_names(ids.into_iter());
        assert_eq!(names[2..4], ["etc", "a-b-c-d"]);
        assert!(names[0].starts_with("saint-pere-") && names[0] != names[1], "{names:?}");
        let distinct: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        for name in &names {
            assert!(!name.is_empty() && name.len() <= 64, "{name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{name}");
        }
        let turned = safe_names(ids.into_iter().rev());
        assert_eq!(turned.into_iter().rev().collect::<Vec<_>>(), names, "the order doesn't matter");
    }
}
