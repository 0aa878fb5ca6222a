//! Bytes into text: UTF-8, UTF-16 or a Western code page, told apart by content.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostics::{Location, Text, quoted};
use crate::tables::findings::{Findings, codes};
use crate::text;

/// Bytes looked at to tell text from anything else.
const SAMPLE: usize = 16 << 10;

/// The text of a file, or a finding when it isn't one. Any other encoding than UTF-8 is listed as a repair.
pub(crate) fn decode(name: &str, bytes: &[u8], findings: &mut Findings) -> Option<String> {
    if let Some(format) = known_format(bytes) {
        return not_text(name, text!("un fichier {format}", "a {format} file"), findings);
    }
    let (encoding, bytes) = without_mark(bytes);
    let encoding = encoding.or_else(|| unmarked_utf16(bytes));
    if encoding.is_none() && is_binary(&bytes[..bytes.len().min(SAMPLE)]) {
        return not_text(
            name,
            text!("des octets qui ne sont pas du texte", "bytes that are not text"),
            findings,
        );
    }
    let decoded = match encoding {
        Some(encoding) => decode_as(name, encoding, bytes, findings)?,
        None => match std::str::from_utf8(bytes) {
            Ok(words) => words.to_owned(),
            Err(error) => decode_western(name, bytes, error.valid_up_to(), findings)?,
        },
    };
    warn_mojibake(name, &decoded, findings);
    refuse_nul(name, decoded, findings)
}

/// `Ã©` where `é` was meant: UTF-8 that some program took for a Western code page and saved.
fn warn_mojibake(name: &str, words: &str, findings: &mut Findings) {
    let signs = ["Ã©", "Ã¨", "Ãª", "Ã§", "Ã´", "Ã ", "â€™", "\u{fffd}"];
    let Some((at, sign)) = signs.iter().filter_map(|sign| Some((words.find(sign)?, *sign))).min() else {
        return;
    };
    let line = 1 + words[..at].matches('\n').count();
    findings.warning(
        codes::MOJIBAKE,
        Location { row: u32::try_from(line).ok(), ..Location::file(name) },
        text!("des accents lisibles", "readable accents"),
        quoted(sign),
        text!(
            "le fichier a été ouvert dans un mauvais codage puis enregistré : reprenez l'original, ou corrigez les accents",
            "the file was opened in a wrong encoding and saved: go back to the original, or mend the accents"
        ),
    );
}

/// Formats people rename to `.csv`.
fn known_format(bytes: &[u8]) -> Option<&'static str> {
    let starts = [
        (&b"PK\x03\x04"[..], "zip (xlsx, ods)"),
        (b"%PDF", "PDF"),
        (b"\xd0\xcf\x11\xe0", "xls"),
        (b"\x1f\x8b", "gzip"),
        (b"\x89PNG", "PNG"),
    ];
    starts.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, format)| *format)
}

fn without_mark(bytes: &[u8]) -> (Option<&'static Encoding>, &[u8]) {
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Some(encoding), &bytes[length..]),
        None => (None, bytes),
    }
}

/// UTF-16 without its mark: text of Western tables has a zero in every other byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if half >= 2 && odd * 10 > half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if half >= 2 && even * 10 > half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether control characters that no table holds are frequent.
fn is_binary(sample: &[u8]) -> bool {
    let odd = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\r' | b'\n' | 0x0c);
    sample.iter().filter(odd).count() * 50 > sample.len()
}

fn not_text(name: &str, found: Text, findings: &mut Findings) -> Option<String> {
    findings.error(
        codes::NOT_TEXT,
        Location::file(name),
        text!("un fichier texte", "a text file"),
        found,
        if std::path::Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("toml")) {
            text!(
                "enregistrez-le en texte UTF-8 depuis un éditeur de texte",
                "save it as UTF-8 text from a text editor"
            )
        } else {
            text!(
                "enregistrez la table en CSV UTF-8 depuis le tableur",
                "save the table as CSV UTF-8 from the spreadsheet"
            )
        },
    );
    None
}

fn decode_as(
    name: &str,
    encoding: &'static Encoding,
    bytes: &[u8],
    findings: &mut Findings,
) -> Option<String> {
    let (words, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let encoding = encoding.name();
        return not_text(name, text!("du {encoding} abîmé", "damaged {encoding}"), findings);
    }
    if encoding != UTF_8 {
        note_encoding(name, encoding, findings);
    }
    Some(words.into_owned())
}

/// A single-byte code page, guessed; a file that is UTF-8 but for a few bytes is refused, not mangled.
fn decode_western(name: &str, bytes: &[u8], valid_up_to: usize, findings: &mut Findings) -> Option<String> {
    if is_damaged_utf8(bytes) {
        let line = bytes[..valid_up_to].split(|byte| *byte == b'\n').count();
        let at = Location { row: u32::try_from(line).ok(), ..Location::file(name) };
        findings.error(
            codes::NOT_TEXT,
            at,
            text!("un seul codage dans tout le fichier", "one encoding throughout the file"),
            text!("de l'UTF-8 avec des octets d'un autre codage", "UTF-8 with bytes of another encoding"),
            text!(
                "corrigez les accents de cette ligne et enregistrez en UTF-8",
                "mend the accents of this line and save as UTF-8"
            ),
        );
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    let (words, had_errors) = encoding.decode_without_bom_handling(bytes);
    // A guess that can't decode the bytes is no guess; Windows-1252 has a letter for every byte.
    let (words, encoding) = if had_errors {
        (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0, encoding_rs::WINDOWS_1252)
    } else {
        (words, encoding)
    };
    note_encoding(name, encoding, findings);
    Some(words.into_owned())
}

/// Several well-formed accents in UTF-8 and far fewer bytes that are not.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

fn note_encoding(name: &str, encoding: &'static Encoding, findings: &mut Findings) {
    let reason = text!("codage du fichier", "encoding of the file");
    findings.repair(Location::file(name), &encoding.name().to_lowercase(), "utf-8", reason);
}

fn refuse_nul(name: &str, words: String, findings: &mut Findings) -> Option<String> {
    let Some(position) = words.find('\0') else { return Some(words) };
    let line = 1 + words[..position].matches('\n').count();
    let at = Location { row: u32::try_from(line).ok(), ..Location::file(name) };
    findings.error(
        codes::NOT_TEXT,
        at,
        text!("un fichier texte", "a text file"),
        text!("un octet nul", "a NUL byte"),
        text!(
            "le fichier est abîmé : enregistrez-le de nouveau depuis le tableur",
            "the file is damaged: save it again from the spreadsheet"
        ),
    );
    None
}
