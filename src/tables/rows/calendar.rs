//! Days, hours and closures into what holds on each published day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostics::quoted;
use crate::tables::dataset::{ClosedFor, Closure};
use crate::tables::expected::expected;
use crate::tables::findings::{Findings, Read, Reported, codes};
use crate::tables::hours::{Hours, NotHours, hours, is_public_holiday};
use crate::tables::parse::days::{DayRule, Weekdays};
use crate::tables::settings::Settings;
use crate::tables::table::Row;
use crate::text;
use crate::units::Window;

/// Reads opening hours; a finding says what is wrong with them.
pub(crate) fn read_hours(row: Row<'_>, column: &str, findings: &mut Findings) -> Read<(Hours, String)> {
    let Some(cell) = row.cell(column) else { return Ok(None) };
    match hours(&cell.text) {
        Ok(parsed) => {
            if parsed.plain != cell.text {
                let reason = text!("horaires", "opening hours");
                findings.repair(row.at_column(column), &cell.text, &parsed.plain, reason);
            }
            Ok(Some((parsed.value, parsed.plain)))
        }
        Err(why) => Err(report_hours(row, column, why, findings)),
    }
}

/// The finding about hours that can't be used.
pub(crate) fn report_hours(row: Row<'_>, column: &str, why: NotHours, findings: &mut Findings) -> Reported {
    let (code, help) = match why {
        NotHours::Unreadable => (
            codes::NOT_HOURS,
            text!(
                "écrivez des jours et des heures : `lun mer 9h-12h` ou `Mo,We 09:00-12:00`",
                "write days and times: `mon wed 9h-12h` or `Mo,We 09:00-12:00`"
            ),
        ),
        NotHours::ClosesBefore => (
            codes::CLOSES_BEFORE,
            text!(
                "mettez l'ouverture avant la fermeture ; après minuit les heures continuent : 22:00-26:00",
                "put the opening before the closing; past midnight hours go on: 22:00-26:00"
            ),
        ),
        NotHours::Overlap => (codes::NOT_HOURS, text!("réunissez-les en une seule", "join them into one")),
        NotHours::Unsupported => (
            codes::NOT_HOURS,
            text!(
                "donnez des heures fixes ; les vacances scolaires vont dans la table `closures`",
                "give fixed times; school holidays belong in table `closures`"
            ),
        ),
        NotHours::Ambiguous => (
            codes::NOT_HOURS,
            text!(
                "`mar` est mardi ou mars : écrivez `Tu` ou `mardi`",
                "`mar` is mardi or March: write `Tu` or `tuesday`"
            ),
        ),
    };
    let found = quoted(row.cell(column).map_or("", |cell| cell.text.as_str()));
    let wanted = match why {
        NotHours::ClosesBefore => {
            text!("une fermeture après l'ouverture", "a closing time after the opening time")
        }
        NotHours::Overlap => text!("des plages qui ne se recouvrent pas", "spans that do not overlap"),
        _ => expected(&row.table().column(column).kind),
    };
    findings.error(code, row.at_column(column), wanted, found, help)
}

/// Which published days each closure closes, for quick look-up.
#[derive(Debug, Default)]
pub(crate) struct Closed {
    everybody: Vec<(Date, Date)>,
    stops: BTreeMap<usize, Vec<(Date, Date)>>,
    antennas: BTreeMap<usize, Vec<(Date, Date)>>,
}

impl Closed {
    /// By whom they concern.
    pub fn new(closures: &[Closure]) -> Self {
        let mut closed = Self::default();
        for closure in closures {
            let dates = (closure.from, closure.to);
            match closure.whom {
                ClosedFor::Everybody => closed.everybody.push(dates),
                ClosedFor::Stop(stop) => closed.stops.entry(stop.index()).or_default().push(dates),
                ClosedFor::Antenna(antenna) => {
                    closed.antennas.entry(antenna.index()).or_default().push(dates);
                }
            }
        }
        closed
    }

    fn stop(&self, index: usize) -> Vec<(Date, Date)> {
        self.everybody.iter().chain(self.stops.get(&index).into_iter().flatten()).copied().collect()
    }

    fn antenna(&self, index: usize) -> Vec<(Date, Date)> {
        self.everybody.iter().chain(self.antennas.get(&index).into_iter().flatten()).copied().collect()
    }
}

fn is_closed(date: Date, closures: &[(Date, Date)]) -> bool {
    closures.iter().any(|(from, to)| (*from..=*to).contains(&date))
}

fn allows(rule: DayRule, date: Date) -> bool {
    let weekday = date.weekday().to_monday_zero_offset() as u8;
    rule.weekdays.contains(weekday) && !(rule.without_holidays && is_public_holiday(date))
}

/// On which published days an antenna works.
pub(crate) fn works(settings: &Settings, rule: DayRule, closed: &Closed, antenna: usize) -> Vec<bool> {
    let closures = closed.antenna(antenna);
    let dates = (0..settings.horizon_days()).map(|day| settings.date(day));
    dates.map(|date| allows(rule, date) && !is_closed(date, &closures)).collect()
}

/// Windows of one expression on every published day, kept for the stops that share it.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    known: BTreeMap<String, (Vec<Vec<Window>>, Weekdays)>,
}

impl Openings {
    /// Windows by published day, before the stop's days and closures; and the weekdays on which the hours ever hold.
    fn of(&mut self, settings: &Settings, hours: Option<&(Hours, String)>) -> &(Vec<Vec<Window>>, Weekdays) {
        let expression = hours.map_or_else(String::new, |(_, expression)| expression.clone());
        self.known.entry(expression).or_insert_with(|| evaluate(settings, hours.map(|(hours, _)| hours)))
    }

    /// Windows of a stop by published day: its days and hours less closures.
    pub fn windows(
        &mut self,
        settings: &Settings,
        hours: Option<&(Hours, String)>,
        rule: DayRule,
        closed: &Closed,
        stop: usize,
    ) -> Vec<Vec<Window>> {
        let closures = closed.stop(stop);
        let (windows, _) = self.of(settings, hours);
        let on_day = |(day, windows): (usize, &Vec<Window>)| {
            let date = settings.date(day);
            if allows(rule, date) && !is_closed(date, &closures) { windows.clone() } else { Vec::new() }
        };
        windows.iter().enumerate().map(on_day).collect()
    }

    /// Weekdays of the rule on which the hours hold on some date of a year, closures aside.
    pub fn weekdays(
        &mut self,
        settings: &Settings,
        hours: Option<&(Hours, String)>,
        rule: DayRule,
    ) -> Weekdays {
        self.of(settings, hours).1.intersection(rule.weekdays)
    }
}

/// A year from the start shows every weekday that hours ever allow, whatever the season.
const YEAR: usize = 53 * 7;

fn evaluate(settings: &Settings, hours: Option<&Hours>) -> (Vec<Vec<Window>>, Weekdays) {
    let published = settings.horizon_days();
    let Some(hours) = hours else { return (vec![vec![Window::ALL_DAY]; published], Weekdays::ALL) };
    let mut windows: Vec<_> = (0..published.max(YEAR)).map(|day| hours.windows(settings.date(day))).collect();
    let mut weekdays = Weekdays::NONE;
    for (day, _) in windows.iter().enumerate().filter(|(_, windows)| !windows.is_empty()) {
        weekdays.0 |= 1 << (day % 7);
    }
    windows.truncate(published);
    (windows, weekdays)
}
