//! Which format a file has, by what it holds.

use super::text::{BYTES_MAX, Cells, Findings, Row, fields, quoted, rows};
use super::{Instance, cordeau, covering_tour, departments, orienteering, sanity, solomon, vieira, vrplib};
use crate::diagnostics::Report;
use crate::text;

/// Formats that can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// `NAME : value` lines and sections.
    Vrplib,
    /// Solomon's table under headings.
    Solomon,
    /// `type m n t`, then limits, then rows (types 0 to 6).
    Cordeau,
    /// As Cordeau's, with one line of limits and scores for demands.
    OrienteeringWindows,
    /// `n`, `m`, `tmax`, then points.
    Orienteering,
    /// A name, five numbers, then costs of all pairs.
    CoveringTour,
    /// Comments, six numbers, types, then a matrix.
    Departments,
    /// Five numbers, types, customers, depots.
    Vieira,
}

/// Recognises the format, reads, and checks what no format can promise.
pub(super) fn read(name: &str, bytes: &[u8]) -> Report<Instance> {
    let mut findings = Findings::new(name);
    let instance = text_of(bytes, &mut findings).and_then(|content| parse(name, &content, &mut findings));
    if let Some(instance) = &instance {
        sanity::check(instance, &mut findings);
    }
    let diagnostics = findings.finish();
    match instance {
        Some(instance) => Report::new(instance, diagnostics),
        None => Report::failed(diagnostics),
    }
}

/// The file as text, if it is one.
fn text_of<'b>(bytes: &'b [u8], findings: &mut Findings) -> Option<std::borrow::Cow<'b, str>> {
    let expected = text!("une instance de référence en texte", "a benchmark instance as text");
    let help = text!(
        "donnez un fichier VRPLIB, Solomon, Cordeau, m-CTP, d’orienteering, HVRP-DLP ou HSDMDMTPVRP, non compressé",
        "give a VRPLIB, Solomon, Cordeau, m-CTP, orienteering, HVRP-DLP or HSDMDMTPVRP file, not compressed"
    );
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\x1a").unwrap_or(bytes); // the end of file of DOS editors
    if bytes.len() > BYTES_MAX {
        let (size, most) = (bytes.len() >> 20, BYTES_MAX >> 20);
        let found = text!("{size} Mo, au plus {most}", "{size} MB, at most {most}");
        findings.error("B001", None, expected, found, help);
        return None;
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        findings.error("B001", None, expected, text!("un fichier vide", "an empty file"), help);
        return None;
    }
    if bytes.iter().any(|&byte| byte == 0 || (byte < b' ' && !byte.is_ascii_whitespace())) {
        let found = text!("des octets qui ne sont pas du texte", "bytes that are no text");
        findings.error("B002", None, expected, found, help);
        return None;
    }
    Some(String::from_utf8_lossy(bytes))
}

fn parse(name: &str, content: &str, findings: &mut Findings) -> Option<Instance> {
    let table = rows(content, Some("//"));
    let Some(first) = table.first() else {
        findings.error(
            "B001",
            None,
            text!("des données", "data"),
            text!("des commentaires seulement", "nothing but comments"),
            text!("donnez le fichier entier", "give the whole file"),
        );
        return None;
    };
    let Some(format) = format_of(&table) else {
        findings.error(
            "B003",
            Some(first.number),
            text!(
                "le début d’un format connu (VRPLIB, Solomon, Cordeau, m-CTP, orienteering, HVRP-DLP, HSDMDMTPVRP)",
                "the beginning of a known format (VRPLIB, Solomon, Cordeau, m-CTP, orienteering, HVRP-DLP, HSDMDMTPVRP)"
            ),
            quoted(&first.joined()),
            text!(
                "vérifiez que le fichier est complet et tel que publié",
                "check that the file is whole and as published"
            ),
        );
        return None;
    };
    let mut instance = match format {
        Format::Vrplib => vrplib::read(&rows(content, None), findings),
        Format::Solomon => solomon::read(&table, findings),
        Format::Cordeau => cordeau::read(&table, findings),
        Format::OrienteeringWindows => orienteering::read_windows(&table, findings),
        Format::Orienteering => orienteering::read(&table, findings),
        Format::CoveringTour => covering_tour::read(&table, findings),
        Format::Departments => departments::read(&table, findings),
        Format::Vieira => vieira::read(&table, findings),
    }?;
    name.clone_into(&mut instance.name);
    Some(instance)
}

/// Numbers in a row; none if some cell is no number.
fn numbers_in(row: Option<&Row<'_>>) -> Option<usize> {
    let row = row?;
    let is_number = |cell: &&str| cell.parse::<f64>().is_ok();
    row.cells.iter().all(is_number).then_some(row.cells.len())
}

fn format_of(table: &[Row<'_>]) -> Option<Format> {
    let first = &table[0];
    let starts =
        |row: usize, word: &str| table.get(row).is_some_and(|row| row.cells[0].eq_ignore_ascii_case(word));
    if table.iter().take(20).any(|row| row.cells.len() == 1 && row.cells[0].eq_ignore_ascii_case("VEHICLE")) {
        return Some(Format::Solomon);
    }
    if vrplib::is_header(first) {
        return Some(Format::Vrplib);
    }
    if starts(0, "n") && starts(1, "m") {
        return Some(Format::Orienteering);
    }
    match (numbers_in(Some(first)), numbers_in(table.get(1))) {
        (None, Some(5)) => Some(Format::CoveringTour),
        (Some(6), Some(4)) => Some(Format::Departments),
        (Some(5), _) => Some(Format::Vieira),
        (Some(4), _) if has_one_limit(table) => Some(Format::OrienteeringWindows),
        (Some(4), _) => Some(Format::Cordeau),
        _ => None,
    }
}

/// Orienteering files say type 4, 5 or 6 and a number of days, but have one line of limits before their rows.
///
/// Cordeau's own type 4 (windows, one depot) looks the same as an orienteering file: it is read as one, as all published
/// type 4 files here are. The same problem is read in Solomon's format.
fn has_one_limit(table: &[Row<'_>]) -> bool {
    let mut unheard = Findings::new("");
    let mut cells = Cells::new(&table[0], &mut unheard);
    let kind = cells.number(&fields::ANY);
    let days = table[0].cells.get(3).copied();
    (kind == Some(4.0) || (matches!(kind, Some(5.0 | 6.0)) && days != Some("1")))
        && table.get(1).is_some_and(|row| row.cells.len() == 2)
        && table.get(2).is_some_and(|row| row.cells.len() > 2 && row.cells[0] == "0")
}
