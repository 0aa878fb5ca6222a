//! `VTIMEZONE` (RFC 5545, section 3.6.5): the clock changes that the published dates may meet.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use super::lines::{Lines, stamp};

/// A clock change.
struct Change {
    /// Clocks show this when it comes.
    at: DateTime,
    from: Offset,
    to: Offset,
    name: String,
    is_summer: bool,
}

/// The zone from the change before `first` to those within a year of `last`, each by itself: governments change rules, and
/// nobody needs them beyond the dates of the plan.
pub fn vtimezone(lines: &mut Lines, name: &str, zone: &TimeZone, first: Date, last: Date) {
    lines.raw("BEGIN", "VTIMEZONE");
    lines.raw("TZID", name);
    for change in changes(zone, first, last) {
        let kind = if change.is_summer { "DAYLIGHT" } else { "STANDARD" };
        lines.raw("BEGIN", kind);
        lines.raw("DTSTART", &stamp(change.at));
        lines.raw("TZOFFSETFROM", &offset(change.from));
        lines.raw("TZOFFSETTO", &offset(change.to));
        lines.text("TZNAME", &change.name);
        lines.raw("END", kind);
    }
    lines.raw("END", "VTIMEZONE");
}

fn changes(zone: &TimeZone, first: Date, last: Date) -> Vec<Change> {
    let start = moment(zone, first.saturating_sub(Span::new().days(1)));
    let end = moment(zone, last.saturating_add(Span::new().years(1)));
    let mut changes: Vec<Change> = Vec::new();
    let before = zone.preceding(start).next().map(|change| change.timestamp());
    let from = before.unwrap_or(start);
    if before.is_none() {
        // A zone whose clocks never change, or not yet.
        let now = zone.to_offset_info(start);
        changes.push(Change {
            at: jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0),
            from: now.offset(),
            to: now.offset(),
            name: now.abbreviation().to_owned(),
            is_summer: false,
        });
    }
    let known = before.into_iter().chain(zone.following(from).map(|change| change.timestamp()));
    for at in known.take_while(|at| *at <= end).take(CHANGES_MAX) {
        let earlier = at.checked_sub(Span::new().seconds(1)).unwrap_or(at);
        let (from, now) = (zone.to_offset(earlier), zone.to_offset_info(at));
        changes.push(Change {
            at: from.to_datetime(at),
            from,
            to: now.offset(),
            name: now.abbreviation().to_owned(),
            is_summer: now.dst().is_dst(),
        });
    }
    changes
}

/// Two a year over more years than anybody plans.
const CHANGES_MAX: usize = 64;

fn moment(zone: &TimeZone, date: Date) -> Timestamp {
    date.to_zoned(zone.clone()).map_or(Timestamp::UNIX_EPOCH, |midnight| midnight.timestamp())
}

/// `+0100`; with seconds where there are some.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3600, seconds.abs() % 3600 / 60, seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn written(name: &str) -> String {
        let zone = TimeZone::get(name).expect("bundled");
        let mut lines = Lines::default();
        vtimezone(&mut lines, name, &zone, date(2027, 1, 5), date(2027, 3, 28));
        String::from_utf8(lines.into_bytes()).expect("text")
    }

    #[test]
    fn the_changes_around_the_dates_are_told_in_local_time() {
        let zone = written("Europe/Paris");
        // The last Sundays of October 2026 and of March 2027.
        let winter =
            "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n";
        let summer =
            "BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n";
        assert!(zone.contains(winter) && zone.contains(summer), "{zone}");
        assert!(zone.find(winter) < zone.find(summer));
    }

    #[test]
    fn a_zone_without_changes_has_one_observance() {
        let zone = written("UTC");
        assert_eq!(zone.matches("BEGIN:").count(), 2, "{zone}");
        assert!(zone.contains("TZOFFSETTO:+0000"), "{zone}");
        assert!(written("Asia/Kathmandu").contains("TZOFFSETTO:+0545"));
    }
}
