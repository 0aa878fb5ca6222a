//! The rows of `stops`.

use typed_index_collections::{TiSlice, TiVec};

use super::Context;
use super::antennas::AntennaRow;
use super::calendar::{Closed, Openings, read_hours};
use super::places::id;
use super::position::{Territory, position};
use crate::diagnostics::{Text, quoted};
use crate::ids::{AntennaId, StopId};
use crate::tables::Rhythm;
use crate::tables::dataset::{Priority, SiteKind, Status, Stop};
use crate::tables::findings::{Findings, Reported, codes};
use crate::tables::hours::Hours;
use crate::tables::parse::days::{DayRule, ENGLISH, FRENCH, Weekdays};
use crate::tables::parse::number::LoneComma;
use crate::tables::parse::rhythm::plain;
use crate::tables::read::always;
use crate::tables::table::{Row, Table};
use crate::text;
use crate::units::{Cost, Grams, Households, Seconds};

/// The rows of `stops`, in order.
pub(crate) fn stops(
    table: &Table,
    context: &Context<'_>,
    antennas: &TiSlice<AntennaId, AntennaRow>,
    closed: &Closed,
    findings: &mut Findings,
) -> TiVec<StopId, Stop> {
    let mut openings = Openings::default();
    let rows = table.rows().enumerate();
    let read = rows
        .filter_map(|(index, row)| stop(row, index, context, antennas, closed, &mut openings, findings).ok());
    read.collect::<Vec<_>>().into()
}

fn stop(
    row: Row<'_>,
    index: usize,
    context: &Context<'_>,
    antennas: &TiSlice<AntennaId, AntennaRow>,
    closed: &Closed,
    openings: &mut Openings,
    findings: &mut Findings,
) -> Result<Stop, Reported> {
    let name = always(row.text("name", findings));
    let commune = row.text("commune", findings);
    let insee = row.insee(findings);
    let at = position(row, Territory::of(&context.settings.timezone), findings);
    let households = always(row.whole("households", findings));
    let mass = always(row.number("kg_per_household", LoneComma::Decimal, findings));
    let rhythm = always(row.rhythm("rhythm", findings));
    let days = row.days("days", findings);
    let hours = read_hours(row, "opens", findings);
    let service = service(row, findings);
    let priority = always(row.choice("priority", findings, priority));
    let value = row.number("value", LoneComma::Ambiguous, findings);
    let allowed = context.antennas.references(row, "antennas", findings);
    let site = always(row.choice("site", findings, site));
    let gaps = gaps(row, findings);
    let status = always(row.choice("status", findings, status));
    let directions = row.text("directions", findings);
    let (days, hours, rhythm, allowed) = (days?, hours?, rhythm?, allowed?);
    let days = days.unwrap_or(DayRule { weekdays: Weekdays::ALL, without_holidays: false });
    let allowed = allowed.map_or_else(
        || (0..context.antennas.len()).map(AntennaId::from).collect(),
        |rows| rows.into_iter().map(AntennaId::from).collect::<Vec<_>>(),
    );
    let [setup, time_per_household, min_service, max_service] = service?;
    let [min_gap_days, max_gap_days] = gaps?;
    if context.calendar_is_known {
        check_rhythm(row, rhythm, context, findings)?;
        let weekdays = openings.weekdays(context.settings, hours.as_ref(), days);
        check_days(row, rhythm, weekdays, worked(&allowed, antennas), findings)?;
    }
    Ok(Stop {
        id: id(row)?,
        name: name?,
        commune: commune?.unwrap_or_default(),
        insee: insee?,
        at: at?,
        households: Households(i32::try_from(households?).expect("the schema bounds it")),
        mass_per_household: Grams::from_kilograms(mass?),
        rhythm,
        windows: windows(openings, context, hours.as_ref(), days, closed, index),
        setup,
        time_per_household,
        min_service,
        max_service,
        priority: priority?,
        value: value?.map(Cost::from_euros),
        antennas: allowed,
        site: site?,
        min_gap_days,
        max_gap_days,
        status: status?,
        directions: directions?.unwrap_or_default(),
        row: row.at(),
    })
}

fn windows(
    openings: &mut Openings,
    context: &Context<'_>,
    hours: Option<&(Hours, String)>,
    days: DayRule,
    closed: &Closed,
    index: usize,
) -> Vec<Vec<crate::units::Window>> {
    openings.windows(context.settings, hours, days, closed, index)
}

fn priority(word: &str) -> Priority {
    if word == "required" { Priority::Required } else { Priority::Optional }
}

fn site(word: &str) -> SiteKind {
    if word == "hall" { SiteKind::Hall } else { SiteKind::Tailgate }
}

fn status(word: &str) -> Status {
    match word {
        "agreed" => Status::Agreed,
        "asked" => Status::Asked,
        _ => Status::Refused,
    }
}

/// Setup, time per household, shortest and longest opening.
fn service(row: Row<'_>, findings: &mut Findings) -> Result<[Seconds; 4], Reported> {
    let spans = ["setup_minutes", "minutes_per_household", "min_minutes", "max_minutes"]
        .map(|column| always(row.span(column, findings)));
    let [setup, time_per_household, shortest, longest] = spans;
    let (shortest, longest) = (shortest?, longest?);
    if longest < shortest {
        let least = shortest.0 / 60;
        return Err(findings.error(
            codes::CONTRADICTION,
            row.at_column("max_minutes"),
            text!(
                "au moins {least} minutes, la plus courte ouverture",
                "at least {least} minutes, the shortest opening"
            ),
            Text::same((longest.0 / 60).to_string()),
            text!(
                "augmentez `max_minutes` ou réduisez `min_minutes`",
                "raise `max_minutes` or lower `min_minutes`"
            ),
        ));
    }
    Ok([setup?, time_per_household?, shortest, longest])
}

fn gaps(row: Row<'_>, findings: &mut Findings) -> Result<[Option<u8>; 2], Reported> {
    let [least, most] = ["min_gap_days", "max_gap_days"].map(|column| row.whole(column, findings));
    let (least, most) = (least?, most?);
    if let (Some(least), Some(most)) = (least, most)
        && most < least
    {
        return Err(findings.error(
            codes::CONTRADICTION,
            row.at_column("max_gap_days"),
            text!("au moins {least}, le plus petit écart", "at least {least}, the least gap"),
            Text::same(most.to_string()),
            text!("échangez les deux écarts", "swap the two gaps"),
        ));
    }
    let small = |days: Option<i64>| days.map(|days| u8::try_from(days).expect("the schema bounds it"));
    Ok([small(least), small(most)])
}

/// Weekdays on which one of the antennas may go out.
fn worked(allowed: &[AntennaId], antennas: &TiSlice<AntennaId, AntennaRow>) -> Weekdays {
    let rows = allowed.iter().filter_map(|antenna| antennas.get(*antenna));
    rows.fold(Weekdays::NONE, |days, row| Weekdays(days.0 | row.weekdays.0))
}

/// `every k weeks` needs a cycle that k divides.
fn check_rhythm(
    row: Row<'_>,
    rhythm: Rhythm,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Result<(), Reported> {
    let Rhythm::EveryWeeks { weeks } = rhythm else { return Ok(()) };
    let cycle = context.settings.weeks;
    if cycle.is_multiple_of(weeks) {
        return Ok(());
    }
    let lengths: Vec<String> =
        (1..=6).filter(|length: &u8| length.is_multiple_of(weeks)).map(|length| length.to_string()).collect();
    let (fr, en) = (lengths.join(" ou "), lengths.join(" or "));
    let found = row.cell("rhythm").map_or_else(|| plain(rhythm), |cell| cell.text.clone());
    Err(findings.error(
        codes::RHYTHM_CYCLE,
        row.at_column("rhythm"),
        text!(
            "un rythme qui divise le cycle (weeks = {cycle})",
            "a rhythm that divides the cycle (weeks = {cycle})"
        ),
        quoted(&found),
        text!(
            "mettez weeks = {fr} dans scenario.toml, ou changez le rythme",
            "set weeks = {en} in scenario.toml, or change the rhythm"
        ),
    ))
}

/// Enough allowed weekdays for the rhythm. Where no antenna could be read, only the stop's own days count.
fn check_days(
    row: Row<'_>,
    rhythm: Rhythm,
    open: Weekdays,
    worked: Weekdays,
    findings: &mut Findings,
) -> Result<(), Reported> {
    let both = if worked.is_empty() { open } else { open.intersection(worked) };
    let is_satisfied = match rhythm {
        Rhythm::PerWeek { times } => both.len() >= u32::from(times),
        Rhythm::EveryWeeks { .. } => !both.is_empty(),
        Rhythm::Monthly { weekday, .. } => both.contains(weekday),
    };
    if is_satisfied {
        return Ok(());
    }
    let column = if row.cell("rhythm").is_some() { "rhythm" } else { "days" };
    let found = Text { fr: day_names(both, &FRENCH, "aucun jour"), en: day_names(both, &ENGLISH, "no day") };
    let typed = row.cell("rhythm").map(|cell| cell.text.clone());
    let rhythm = quoted(&typed.unwrap_or_else(|| plain(rhythm)));
    Err(findings.error(
        codes::RHYTHM_DAYS,
        row.at_column(column),
        Text { fr: format!("assez de jours pour le rythme {}", rhythm.fr), en: format!("enough days for the rhythm {}", rhythm.en) },
        found,
        text!(
            "changez le rythme, ou ouvrez d'autres jours : `days` et `opens` de l'arrêt, `days` de ses antennes",
            "change the rhythm, or open other days: `days` and `opens` of the stop, `days` of its antennas"
        ),
    ))
}

fn day_names(days: Weekdays, names: &[&str; 7], none: &str) -> String {
    let listed: Vec<&str> =
        (0..7_u8).filter(|day| days.contains(*day)).map(|day| names[usize::from(day)]).collect();
    if listed.is_empty() { none.to_owned() } else { listed.join(", ") }
}
