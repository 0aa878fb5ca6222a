//! The keys before any section: what the scenario is called, when its cycle runs, where and in which language.

use jiff::civil::{Date, date};

use super::HORIZON_LIMIT;
use crate::diagnostics::{Lang, Location, Text, quoted};
use crate::tables::findings::{Findings, Reported, codes, did_you_mean, nearest};
use crate::tables::parse::days::{ENGLISH, FRENCH};
use crate::tables::read::always;
use crate::tables::table::Row;
use crate::text;

/// What stands at the head of the file.
pub(super) struct Head {
    pub title: String,
    pub note: String,
    pub start: Date,
    pub weeks: u8,
    pub until: Date,
    pub timezone: String,
    pub language: Lang,
    pub calendar_is_known: bool,
}

/// Reads the head: title, calendar, time zone, language.
pub(super) fn head(row: Row<'_>, is_present: bool, findings: &mut Findings) -> Head {
    let title = always(row.text("title", findings));
    let note = row.text("note", findings);
    // An absent file was reported whole; its missing start need not be.
    let start = if is_present { start(row, findings) } else { Err(Reported) };
    let weeks =
        always(row.whole("weeks", findings)).map(|weeks| u8::try_from(weeks).expect("the schema bounds it"));
    let until = row.date("until", findings);
    let timezone = timezone(row, findings);
    let language =
        always(row.choice("language", findings, |word| if word == "en" { Lang::En } else { Lang::Fr }));
    let calendar = match (start, weeks, until) {
        (Ok(start), Ok(weeks), Ok(until)) => calendar(row, start, weeks, until, findings),
        _ => Err(Reported),
    };
    let stand_in = date(2027, 1, 4);
    let (start, weeks, until) = calendar.unwrap_or((stand_in, 1, date(2027, 1, 10)));
    Head {
        title: title.unwrap_or_default(),
        note: note.ok().flatten().unwrap_or_default(),
        start,
        weeks,
        until,
        timezone: timezone.unwrap_or_else(|_| "Europe/Paris".to_owned()),
        language: language.unwrap_or_default(),
        calendar_is_known: calendar.is_ok(),
    }
}

fn start(row: Row<'_>, findings: &mut Findings) -> Result<Date, Reported> {
    if row.cell("start").is_none() {
        let help = text!(
            "écrivez le premier lundi du cycle : start = 2027-01-04",
            "write the cycle's first Monday: start = 2027-01-04"
        );
        return Err(findings.error(
            codes::EMPTY_CELL,
            at_key(row, "start"),
            text!("une date", "a date"),
            text!("rien", "nothing"),
            help,
        ));
    }
    let date = always(row.date("start", findings))?;
    let weekday = i32::from(date.weekday().to_monday_zero_offset());
    if weekday == 0 {
        return Ok(date);
    }
    let forward = if weekday >= 4 { 7 - weekday } else { -weekday };
    let monday = date.checked_add(jiff::Span::new().days(forward)).unwrap_or(date);
    let (fr, en) = (FRENCH[weekday as usize], ENGLISH[weekday as usize]);
    Err(findings.error(
        codes::NOT_MONDAY,
        row.at_column("start"),
        text!("un lundi", "a Monday"),
        text!("{date}, un {fr}", "{date}, a {en}"),
        text!("le lundi le plus proche est le {monday}", "the nearest Monday is {monday}"),
    ))
}

fn at_key(row: Row<'_>, key: &str) -> Location {
    Location { row: None, ..row.at_column(key) }
}

type Calendar = (Date, u8, Date);

fn calendar(
    row: Row<'_>,
    start: Date,
    weeks: u8,
    until: Option<Date>,
    findings: &mut Findings,
) -> Result<Calendar, Reported> {
    let last = jiff::Span::new().days(i64::from(weeks) * 7 - 1);
    let first_end = start.checked_add(last).map_err(|_| Reported)?;
    let until = until.unwrap_or(first_end);
    let days = (until - start).get_days() + 1;
    if until < first_end {
        return Err(findings.error(
            codes::UNTIL,
            row.at_column("until"),
            text!(
                "une date à partir du {first_end}, fin du premier cycle",
                "a date from {first_end} on, the end of the first cycle"
            ),
            Text::same(until.to_string()),
            text!("retirez `until`, ou repoussez-la", "remove `until`, or put it later"),
        ));
    }
    if days > HORIZON_LIMIT {
        return Err(findings.error(
            codes::UNTIL,
            row.at_column("until"),
            text!("{HORIZON_LIMIT} jours publiés au plus", "at most {HORIZON_LIMIT} published days"),
            text!("{until}, {days} jours", "{until}, {days} days"),
            text!("rapprochez `until`", "put `until` earlier"),
        ));
    }
    Ok((start, weeks, until))
}

fn timezone(row: Row<'_>, findings: &mut Findings) -> Result<String, Reported> {
    let name = always(row.text("timezone", findings))?;
    let is_known = jiff::tz::db().get(&name).is_ok();
    if is_known && name.contains('/') || name == "UTC" {
        return Ok(name);
    }
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    let near = nearest(&name, names.iter().map(String::as_str).filter(|name| name.contains('/')));
    Err(findings.error(
        codes::TIMEZONE,
        row.at_column("timezone"),
        text!("un fuseau horaire comme `Europe/Paris`", "a time zone such as `Europe/Paris`"),
        quoted(&name),
        did_you_mean(near, text!("donnez un nom IANA, région/ville", "give an IANA name, region/city")),
    ))
}
