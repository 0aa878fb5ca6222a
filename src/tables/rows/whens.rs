//! The rows of `closures` and `locks`: who is closed or held, and when.

use jiff::civil::Date;

use super::{Context, collect};
use crate::diagnostics::Text;
use crate::ids::{AntennaId, StopId};
use crate::tables::dataset::{ClosedFor, Closure, Lock, LockedDays};
use crate::tables::findings::{Findings, Reported, codes, nothing};
use crate::tables::table::{Row, Table};
use crate::text;

/// The rows of `closures`.
pub(crate) fn closures(table: &Table, context: &Context<'_>, findings: &mut Findings) -> Vec<Closure> {
    collect(table.rows(), |row| {
        let dates = dates(row, findings);
        let stop = context.stops.reference(row, "stop", findings);
        let antenna = context.antennas.reference(row, "antenna", findings);
        let reason = row.text("reason", findings);
        let whom = match (stop?, antenna?) {
            (Some(_), Some(_)) => return Err(report_both(row, findings)),
            (Some(stop), None) => ClosedFor::Stop(StopId::from(stop)),
            (None, Some(antenna)) => ClosedFor::Antenna(AntennaId::from(antenna)),
            (None, None) => ClosedFor::Everybody,
        };
        let (from, to) = dates?;
        warn_outside(row, from, to, context, findings);
        Ok(Closure { from, to, whom, reason: reason?.unwrap_or_default(), row: row.at() })
    })
}

/// `date`, or `from` and `to`.
fn dates(row: Row<'_>, findings: &mut Findings) -> Result<(Date, Date), Reported> {
    let [date, from, to] = ["date", "from", "to"].map(|column| row.date(column, findings));
    match (date?, from?, to?) {
        (Some(date), None, None) => Ok((date, date)),
        (None, Some(from), None) => Ok((from, from)),
        (None, Some(from), Some(to)) if from <= to => Ok((from, to)),
        (None, Some(from), Some(to)) => Err(findings.error(
            codes::CLOSES_BEFORE,
            row.at_column("to"),
            text!("une date à partir du {from}", "a date from {from} on"),
            Text::same(to.to_string()),
            text!("échangez les deux dates", "swap the two dates"),
        )),
        (Some(_), _, _) => Err(findings.error(
            codes::CONTRADICTION,
            row.at_column("date"),
            text!("`date` seule, ou `from` et `to`", "`date` alone, or `from` and `to`"),
            text!("les deux", "both"),
            text!("videz `date`, ou `from` et `to`", "leave `date` blank, or `from` and `to`"),
        )),
        (None, None, _) => Err(findings.error(
            codes::EMPTY_CELL,
            row.at_column("date"),
            text!("une date comme `2027-01-04`", "a date such as `2027-01-04`"),
            nothing(),
            text!("remplissez `date`, ou `from` et `to`", "fill in `date`, or `from` and `to`"),
        )),
    }
}

fn report_both(row: Row<'_>, findings: &mut Findings) -> Reported {
    findings.error(
        codes::CONTRADICTION,
        row.at_column("antenna"),
        text!("un arrêt ou une antenne", "a stop or an antenna"),
        text!("les deux", "both"),
        text!("faites deux lignes", "make two rows"),
    )
}

fn warn_outside(row: Row<'_>, from: Date, to: Date, context: &Context<'_>, findings: &mut Findings) {
    let (start, until) = (context.settings.start, context.settings.until);
    if !context.calendar_is_known || (from <= until && start <= to) {
        return;
    }
    findings.warning(
        codes::OUTSIDE_HORIZON,
        row.at_column(if row.cell("date").is_some() { "date" } else { "from" }),
        text!("une date publiée, du {start} au {until}", "a published date, from {start} to {until}"),
        Text::same(from.to_string()),
        text!(
            "cette fermeture ne change rien ; vérifiez l'année",
            "this closure changes nothing; check the year"
        ),
    );
}

/// The rows of `locks`.
pub(crate) fn locks(table: &Table, context: &Context<'_>, findings: &mut Findings) -> Vec<Lock> {
    collect(table.rows(), |row| {
        let stop = context.stops.reference(row, "stop", findings);
        let date = row.date("date", findings);
        let weekday = row.weekday("weekday", findings);
        let antenna = context.antennas.reference(row, "antenna", findings);
        let time = row.clock("time", findings);
        let when = match (date?, weekday?) {
            (Some(date), weekday) => LockedDays::Date(locked_date(row, date, weekday, context, findings)?),
            (None, Some(weekday)) => LockedDays::Weekday(weekday),
            (None, None) => LockedDays::Every,
        };
        let stop = StopId::from(stop?.ok_or(Reported)?);
        Ok(Lock { stop, when, antenna: antenna?.map(AntennaId::from), time: time?, row: row.at() })
    })
}

/// A published date, on the weekday that the same row names.
fn locked_date(
    row: Row<'_>,
    date: Date,
    weekday: Option<u8>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Result<Date, Reported> {
    if weekday.is_some_and(|weekday| weekday != date.weekday().to_monday_zero_offset() as u8) {
        return Err(findings.error(
            codes::CONTRADICTION,
            row.at_column("weekday"),
            text!("le jour de la date {date}", "the weekday of {date}"),
            crate::diagnostics::quoted(row.cell("weekday").map_or("", |cell| cell.text.as_str())),
            text!(
                "videz l'une des deux cellules, ou corrigez la date",
                "leave one of the two blank, or mend the date"
            ),
        ));
    }
    let (start, until) = (context.settings.start, context.settings.until);
    if context.calendar_is_known && !(start..=until).contains(&date) {
        return Err(findings.error(
            codes::OUTSIDE_HORIZON,
            row.at_column("date"),
            text!("une date publiée, du {start} au {until}", "a published date, from {start} to {until}"),
            Text::same(date.to_string()),
            text!(
                "corrigez la date, ou `until` dans scenario.toml",
                "mend the date, or `until` in scenario.toml"
            ),
        ));
    }
    Ok(date)
}
