//! The rows of `antennas`.

use typed_index_collections::TiVec;

use super::Context;
use super::calendar::{Closed, works};
use super::places::{id, name};
use crate::ids::{AntennaId, DepotId};
use crate::tables::dataset::{Antenna, BreakRule};
use crate::tables::findings::{Findings, Read, Reported, codes};
use crate::tables::parse::days::Weekdays;
use crate::tables::parse::number::LoneComma;
use crate::tables::preset::{Limits, Preset};
use crate::tables::read::always;
use crate::tables::table::{Row, Table};
use crate::text;
use crate::traveller::{Profile, Traveller};
use crate::units::{Cost, Grams, Households, Seconds, Window};

/// An antenna with the weekdays it may go out on.
pub(crate) struct AntennaRow {
    /// The row of the dataset.
    pub antenna: Antenna,
    /// Weekdays of `days`, closures aside.
    pub weekdays: Weekdays,
}

/// The rows of `antennas`, in order.
pub(crate) fn antennas(
    table: &Table,
    context: &Context<'_>,
    closed: &Closed,
    findings: &mut Findings,
) -> TiVec<AntennaId, AntennaRow> {
    let rows = table.rows().enumerate();
    let read = rows.filter_map(|(index, row)| antenna(row, index, context, closed, findings).ok());
    read.collect::<Vec<_>>().into()
}

fn antenna(
    row: Row<'_>,
    index: usize,
    context: &Context<'_>,
    closed: &Closed,
    findings: &mut Findings,
) -> Result<AntennaRow, Reported> {
    let name = name(row, findings);
    let depot = context.depots.reference(row, "depot", findings).and_then(|depot| depot.ok_or(Reported));
    let end_depot = context.depots.reference(row, "end_depot", findings);
    let load = capacity(row, findings);
    let days = always(row.days("days", findings));
    let shift = shift(row, findings);
    let limits = limits(row, findings);
    let rest = rest(row, findings);
    let max_cold = row.span("max_cold", findings);
    let trips = trips(row, findings);
    let service_points = always(row.whole("service_points", findings));
    let crew = always(row.whole("crew", findings));
    let traveller = traveller(row, findings);
    let costs = costs(row, context, findings);
    let ([cost_per_day, cost_per_km, cost_per_hour], (reload, max_trips)) = (costs?, trips?);
    let ((capacity, capacity_mass), days, depot, limits) = (load?, days?, DepotId::from(depot?), limits?);
    let antenna = Antenna {
        id: id(row)?,
        name: name?,
        depot,
        end_depot: end_depot?.map_or(depot, DepotId::from),
        capacity,
        capacity_mass,
        works: works(context.settings, days, closed, index),
        shift: shift?,
        max_duty: limits.max_duty,
        max_driving: limits.max_driving,
        rest: rest?,
        max_cold: max_cold?,
        reload,
        max_trips,
        service_points: small(service_points?),
        crew: small(crew?),
        traveller: traveller?,
        cost_per_day,
        cost_per_km,
        cost_per_hour,
        row: row.at(),
    };
    Ok(AntennaRow { antenna, weekdays: days.weekdays })
}

/// A count that the schema bounds far below 256.
fn small(count: i64) -> u8 {
    u8::try_from(count).expect("the schema bounds it")
}

fn capacity(row: Row<'_>, findings: &mut Findings) -> Result<(Option<Households>, Option<Grams>), Reported> {
    let households = row.whole("capacity", findings);
    let kilograms = row.number("capacity_kg", LoneComma::Ambiguous, findings);
    let (households, kilograms) = (households?, kilograms?);
    if households.is_none() && kilograms.is_none() {
        return Err(findings.error(
            codes::NO_CAPACITY,
            row.at_column("capacity"),
            text!("`capacity` en foyers ou `capacity_kg`", "`capacity` in households or `capacity_kg`"),
            text!("ni l'une ni l'autre", "neither"),
            text!("donnez au moins l'une des deux", "give at least one of the two"),
        ));
    }
    let households = households.map(|count| Households(i32::try_from(count).expect("the schema bounds it")));
    Ok((households, kilograms.map(Grams::from_kilograms)))
}

fn shift(row: Row<'_>, findings: &mut Findings) -> Result<Window, Reported> {
    let open = always(row.clock("shift_start", findings));
    let close = always(row.clock("shift_end", findings));
    let (open, close) = (open?, close?);
    if open < close {
        return Ok(Window { open, close });
    }
    Err(findings.error(
        codes::CLOSES_BEFORE,
        row.at_column("shift_end"),
        text!("une heure après le début du service, {open}", "a time after the start of the shift, {open}"),
        crate::diagnostics::Text::same(close.to_string()),
        text!(
            "mettez la fin après le début ; après minuit les heures continuent : 25:30",
            "put the end after the start; past midnight hours go on: 25:30"
        ),
    ))
}

fn preset(row: Row<'_>, findings: &mut Findings) -> Read<Preset> {
    row.choice("preset", findings, |word| match word {
        "benevole" => Preset::Volunteer,
        "salarie" => Preset::Employee,
        _ => Preset::Transport,
    })
}

/// Limits of the columns, else of the preset.
fn limits(row: Row<'_>, findings: &mut Findings) -> Result<Limits, Reported> {
    let preset = preset(row, findings);
    let max_duty = row.span("max_duty", findings);
    let max_driving = row.span("max_driving", findings);
    let ready = preset?.map_or_else(Limits::default, Preset::limits);
    Ok(Limits {
        max_duty: max_duty?.or(ready.max_duty),
        max_driving: max_driving?.or(ready.max_driving),
        ..ready
    })
}

/// Longest duty without a break where neither the row nor a preset says.
const USUAL_BREAK_AFTER: Seconds = Seconds::from_minutes(6 * 60);

/// The break: a column that is filled wins over the preset; a length of 0 means none.
fn rest(row: Row<'_>, findings: &mut Findings) -> Read<BreakRule> {
    // The preset itself was reported where limits are read.
    let ready = preset(row, &mut Findings::default())?.map_or_else(Limits::default, Preset::limits).rest;
    let duration = row.span("break_minutes", findings);
    let after = row.span("break_after", findings);
    let window = row.interval("break_window", findings);
    let (duration, after, window) = (duration?, after?, window?);
    let Some(duration) = duration.or(ready.map(|rest| rest.duration)) else {
        return refuse_loose_break(row, after.is_some() || window.is_some(), findings);
    };
    if duration == Seconds::ZERO {
        return Ok(None);
    }
    let after = after.or(ready.map(|rest| rest.after)).unwrap_or(USUAL_BREAK_AFTER);
    let window = window.unwrap_or(Window::ALL_DAY);
    if window.close - window.open < duration {
        let length = duration.0 / 60;
        return Err(findings.error(
            codes::CONTRADICTION,
            row.at_column("break_window"),
            text!(
                "une plage d'au moins {length} minutes, la durée de la pause",
                "a span of at least {length} minutes, the length of the break"
            ),
            crate::diagnostics::Text::same(format!("{}-{}", window.open, window.close)),
            text!("élargissez la plage ou raccourcissez la pause", "widen the span or shorten the break"),
        ));
    }
    Ok(Some(BreakRule { duration, after, window }))
}

fn refuse_loose_break(row: Row<'_>, is_loose: bool, findings: &mut Findings) -> Read<BreakRule> {
    if !is_loose {
        return Ok(None);
    }
    Err(findings.error(
        codes::CONTRADICTION,
        row.at_column("break_minutes"),
        text!("la durée de la pause", "the length of the break"),
        crate::tables::findings::nothing(),
        text!(
            "donnez `break_minutes`, ou videz `break_after` et `break_window`",
            "give `break_minutes`, or leave `break_after` and `break_window` blank"
        ),
    ))
}

fn trips(row: Row<'_>, findings: &mut Findings) -> Result<(Option<Seconds>, u8), Reported> {
    let reload = row.span("reload_minutes", findings);
    let most = row.whole("max_trips", findings);
    let (reload, most) = (reload?, most?);
    if reload.is_none() && most.is_some_and(|most| most > 1) {
        return Err(findings.error(
            codes::CONTRADICTION,
            row.at_column("max_trips"),
            text!("1, puisque `reload_minutes` est vide", "1, as `reload_minutes` is blank"),
            crate::diagnostics::Text::same(most.unwrap_or_default().to_string()),
            text!("donnez le temps de rechargement", "give the time to load again"),
        ));
    }
    let usual = if reload.is_some() { 3 } else { 1 };
    Ok((reload, small(most.unwrap_or(usual))))
}

fn traveller(row: Row<'_>, findings: &mut Findings) -> Result<Traveller, Reported> {
    let profile = always(row.choice("profile", findings, |word| match word {
        "van" => Profile::Van,
        "car" => Profile::Car,
        _ => Profile::Bus,
    }));
    let [height, width, length, weight] = ["height_m", "width_m", "length_m", "weight_t"]
        .map(|column| row.number(column, LoneComma::Decimal, findings));
    // Rounded up: a limit is obeyed to the centimetre and the kilogram.
    let ceil = |value: f64, factor: f64| (value * factor - 1e-6).ceil() as u32;
    let centimetres = |size: Option<f64>| size.map(|metres| ceil(metres, 100.0));
    Ok(Traveller {
        height_cm: centimetres(height?),
        width_cm: centimetres(width?),
        length_cm: centimetres(length?),
        weight_kg: weight?.map(|tonnes| ceil(tonnes, 1000.0)),
        ..Traveller::of(profile?)
    })
}

fn costs(row: Row<'_>, context: &Context<'_>, findings: &mut Findings) -> Result<[Cost; 3], Reported> {
    let [day, km, hour] = ["cost_per_day", "cost_per_km", "cost_per_hour"]
        .map(|column| row.number(column, LoneComma::Decimal, findings));
    let or = |value: Option<f64>, usual: Cost| value.map_or(usual, Cost::from_euros);
    let usual = &context.costs;
    Ok([or(day?, usual.day), or(km?, usual.kilometre), or(hour?, usual.hour)])
}
