//! The sheets that follow from the plan: key figures with charts, a sheet an antenna, stops, stops left out. Locked, so
//! that nobody changes them in vain.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFormat, ChartSolidFill, ChartType, Color, Worksheet, XlsxError,
};

use super::rows::{Column, Step, rows};
use super::style::{Shade, Style};
use super::{Names, sheet};
use crate::diagnostics::{Lang, Text};
use crate::outputs::document::{Index, Stop};
use crate::outputs::words as say;
use crate::text;
use crate::units::ClockTime;

/// Characters of a cell; spreadsheets take 32,767.
const WORDS_MAX: usize = 32_000;

/// Height of a line of words, and of the highest row that spreadsheets take, in points.
const LINE_HEIGHT: f64 = 15.0;
const HEIGHT_MAX: f64 = 409.0;

/// Of the column of dates, in letters.
const DATES_WIDTH: f64 = 62.0;

/// Of the charts.
const BAR: Color = Color::RGB(0x33_22_88);

/// Need, cost, kilometres, hours; need and visits drawn.
pub(super) fn figures(
    plan: &Index<'_>,
    style: &Style,
    names: &mut Names,
    lang: Lang,
) -> Result<Worksheet, XlsxError> {
    let document = plan.document;
    let name = names.unique(text!("Chiffres clés", "Key figures").get(lang));
    let mut page = sheet(&name, &document.scenario.title, document, lang)?;
    page.write_string_with_format(0, 0, &document.scenario.title, &style.title)?;
    page.write_string_with_format(1, 0, document.roads.attribution.get(lang), &style.note)?;
    page.set_column_width(0, 52)?;
    page.set_column_width(1, 16)?;
    let mut line = 2;
    let heading = |page: &mut Worksheet, words: &Text, line: &mut u32| -> Result<(), XlsxError> {
        *line += 1;
        page.write_string_with_format(*line, 0, words.get(lang), &style.header)?;
        page.write_blank(*line, 1, &style.header)?;
        *line += 1;
        Ok(())
    };
    let (coverage, cycle, cost) = (&document.coverage, &document.cycle, &document.cost);
    heading(&mut page, &text!("Foyers dans le besoin", "Households in need"), &mut line)?;
    let need = line;
    for (words, value) in [
        (
            text!("à portée d’un point d’aide, avant", "within reach of an aid site, before"),
            coverage.covered_before,
        ),
        (
            text!(
                "à portée d’un point d’aide ou d’un arrêt, après",
                "within reach of a site or a stop, after"
            ),
            coverage.covered_after,
        ),
        (text!("en tout", "in all"), coverage.households),
    ] {
        page.write_string(line, 0, words.get(lang))?;
        page.write_number_with_format(line, 1, value, &style.whole)?;
        line += 1;
    }
    let weeks = document.scenario.weeks;
    let cycle_words = match weeks {
        1 => text!("Une semaine", "A week"),
        _ => text!("Un cycle de {weeks} semaines", "A cycle of {weeks} weeks"),
    };
    heading(&mut page, &cycle_words, &mut line)?;
    for (words, value) in [
        (text!("sorties d’antenne", "antennas leaving"), cycle.shifts as f64),
        (text!("visites", "visits"), cycle.visits as f64),
        (text!("foyers servis", "households served"), cycle.households as f64),
        (text!("foyers refusés faute de place", "households turned away"), cycle.turned_away as f64),
        (text!("kilomètres", "kilometres"), cycle.distance_m as f64 / 1000.0),
        (text!("heures de conduite", "hours at the wheel"), cycle.driving_s as f64 / 3600.0),
        (text!("heures de service", "hours on duty"), cycle.duty_s as f64 / 3600.0),
    ] {
        page.write_string(line, 0, words.get(lang))?;
        page.write_number_with_format(line, 1, value, &style.whole)?;
        line += 1;
    }
    heading(&mut page, &text!("Coût d’un cycle", "Cost of a cycle"), &mut line)?;
    let costs = line;
    for (words, value) in [
        (text!("jours", "days"), cost.days),
        (text!("kilomètres", "kilometres"), cost.distance),
        (text!("heures", "hours"), cost.time),
        (text!("en tout", "in all"), cost.operating),
    ] {
        page.write_string(line, 0, words.get(lang))?;
        page.write_number_with_format(line, 1, value, &style.euros)?;
        line += 1;
    }
    let before_after = text!("Foyers à portée", "Households within reach");
    page.insert_chart(2, 3, &chart(ChartType::Column, &name, &before_after, (need, need + 2), lang))?;
    let spent = text!("Coût d’un cycle, en euros", "Cost of a cycle, in euros");
    page.insert_chart(18, 3, &chart(ChartType::Bar, &name, &spent, (costs, costs + 2), lang))?;
    page.set_print_area(0, 0, 36, 12)?;
    page.protect();
    Ok(page)
}

fn chart(kind: ChartType, sheet: &str, title: &Text, (first, last): (u32, u32), lang: Lang) -> Chart {
    let mut chart = Chart::new(kind);
    let mut numbers = ChartDataLabel::new();
    numbers.show_value().set_num_format("#,##0");
    chart
        .add_series()
        .set_categories((sheet, first, 0, last, 0))
        .set_values((sheet, first, 1, last, 1))
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(BAR)))
        .set_data_label(&numbers)
        .set_gap(60)
        .set_name(title.get(lang));
    chart.title().set_name(title.get(lang));
    // The writer's axes are those of the paper: x lies.
    if kind == ChartType::Bar {
        chart.x_axis().set_hidden(true).set_major_gridlines(false);
        chart.y_axis().set_reverse().set_major_gridlines(false); // from the top, as in the cells
    } else {
        chart.y_axis().set_hidden(true).set_major_gridlines(false);
    }
    chart.legend().set_hidden();
    chart.set_width(560).set_height(300).set_alt_text(title.get(lang));
    chart
}

/// What a driver does, a sheet an antenna that has a tour.
pub(super) fn antennas(
    plan: &Index<'_>,
    style: &Style,
    names: &mut Names,
    lang: Lang,
) -> Result<Vec<Worksheet>, XlsxError> {
    const SHOWN: [Column; 12] = [
        Column::Date,
        Column::Weekday,
        Column::Step,
        Column::Arrival,
        Column::Opens,
        Column::Closes,
        Column::Departure,
        Column::Stop,
        Column::Commune,
        Column::Households,
        Column::TurnedAway,
        Column::Load,
    ];
    let all = rows(plan, lang);
    let mut sheets = Vec::new();
    for antenna in &plan.document.antennas {
        let id = super::rows::Value::Words(antenna.id.clone());
        let mut rows = all.iter().filter(|row| *row.value(Column::Antenna) == id).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let mut page = sheet(&names.unique(&antenna.name), &antenna.name, plan.document, lang)?;
        page.write_string_with_format(0, 0, &antenna.name, &style.title)?;
        let note = text!("Se modifie dans les feuilles des semaines", "To be changed in the sheets of weeks");
        page.write_string_with_format(1, 0, note.get(lang), &style.note)?;
        for (at, column) in (0..).zip(SHOWN) {
            page.write_string_with_format(3, at, column.header().get(lang), &style.header)?;
            page.set_column_width(at, column.width())?;
        }
        let mut line = 3;
        for row in rows {
            line += 1;
            let shade = if row.step == Step::Visit { Shade::Plain } else { Shade::Grey };
            for (at, column) in (0..).zip(SHOWN) {
                style.write(&mut page, (line, at), row.value(column), shade)?;
            }
        }
        finish(&mut page, line, SHOWN.len() as u16 - 1)?;
        sheets.push(page);
    }
    Ok(sheets)
}

/// Headers stay in view and on every printed page, columns filter, cells are locked.
fn finish(page: &mut Worksheet, last_row: u32, last_column: u16) -> Result<(), XlsxError> {
    page.set_freeze_panes(4, 0)?;
    page.set_repeat_rows(3, 3)?;
    page.autofilter(3, 0, last_row.max(4), last_column)?;
    let mut allowed = rust_xlsxwriter::ProtectionOptions::new();
    (allowed.use_autofilter, allowed.sort, allowed.format_columns) = (true, true, true);
    page.protect_with_options(&allowed);
    Ok(())
}

/// A table under its title: headers with their widths, then a row of words each.
fn table(
    page: &mut Worksheet,
    title: &str,
    headers: &[(Text, f64)],
    rows: &[Vec<String>],
    style: &Style,
    lang: Lang,
) -> Result<(), XlsxError> {
    page.write_string_with_format(0, 0, title, &style.title)?;
    for (at, (words, width)) in (0..).zip(headers) {
        page.write_string_with_format(3, at, words.get(lang), &style.header)?;
        page.set_column_width(at, *width)?;
    }
    for (line, row) in (4..).zip(rows) {
        // Not every program finds the height of wrapped words by itself.
        let lines = row.iter().zip(headers).map(|(words, (_, width))| lines_of(words, *width)).max();
        page.set_row_height(line, (LINE_HEIGHT * lines.unwrap_or(1) as f64).min(HEIGHT_MAX))?;
        for (at, words) in (0..).zip(row) {
            let words: String = words.chars().take(WORDS_MAX).collect();
            page.write_string_with_format(line, at, words, &style.wrapped)?;
        }
    }
    finish(page, 3 + rows.len() as u32, headers.len() as u16 - 1)
}

/// Lines that words take in a cell some `width` letters wide, broken between words.
fn lines_of(words: &str, width: f64) -> usize {
    let broken = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ') {
            let letters = word.chars().count();
            if used > 0 && (used + 1 + letters) as f64 > width {
                (lines, used) = (lines + 1, letters);
            } else {
                used += letters + usize::from(used > 0);
            }
        }
        lines
    };
    words.lines().map(broken).sum::<usize>().max(1)
}

/// All stops that have a visit.
pub(super) fn stops(
    plan: &Index<'_>,
    style: &Style,
    names: &mut Names,
    lang: Lang,
) -> Result<Worksheet, XlsxError> {
    let title = text!("Arrêts desservis", "Stops served");
    let mut page = sheet(&names.unique(title.get(lang)), title.get(lang), plan.document, lang)?;
    let headers = [
        (text!("Arrêt", "Stop"), 32.0),
        (text!("Commune", "Commune"), 20.0),
        (text!("Rythme", "Rhythm"), 22.0),
        (text!("Jours et heures", "Days and hours"), 32.0),
        (text!("Dates", "Dates"), DATES_WIDTH),
        (text!("Comment venir", "How to come"), 30.0),
        (text!("Identifiant", "Id"), 16.0),
    ];
    let openings = openings(plan, lang);
    let served = plan.document.stops.iter().zip(&openings).filter(|(stop, _)| stop.served);
    let rows: Vec<Vec<String>> = served
        .map(|(stop, [hours, dates])| {
            vec![
                stop.name.clone(),
                stop.commune.clone(),
                stop.rhythm.get(lang).to_owned(),
                hours.clone(),
                dates.clone(),
                stop.directions.clone(),
                stop.id.clone(),
            ]
        })
        .collect();
    table(&mut page, title.get(lang), &headers, &rows, style, lang)?;
    Ok(page)
}

/// Of each stop: weekday and hours, and beside them the dates, a line each.
fn openings(plan: &Index<'_>, lang: Lang) -> Vec<[String; 2]> {
    let mut slots: Vec<BTreeMap<_, Vec<Date>>> = vec![BTreeMap::new(); plan.document.stops.len()];
    for (tour, _, call) in plan.document.calls() {
        let hours = (plan.clock(tour, &call.opens), plan.clock(tour, &call.closes));
        let slot = (tour.date.weekday().to_monday_zero_offset(), hours);
        slots[plan.stop_rank(&call.stop)].entry(slot).or_default().push(tour.date);
    }
    let told = |slots: BTreeMap<(i8, (ClockTime, ClockTime)), Vec<Date>>| {
        let (mut hours, mut all) = (Vec::new(), Vec::new());
        for ((weekday, (opens, closes)), mut dates) in slots {
            dates.sort_unstable();
            let (day, span) = (say::weekday_at(weekday.unsigned_abs()), say::span(opens, closes));
            let dates = say::dates(&dates).get(lang).to_owned();
            // As many lines on the left as the dates take on the right.
            let below = "\n".repeat(lines_of(&dates, DATES_WIDTH) - 1);
            hours.push(format!("{} {}{below}", day.get(lang), span.get(lang)));
            all.push(dates);
        }
        [hours.join("\n"), all.join("\n")]
    };
    slots.into_iter().map(told).collect()
}

/// All stops without a visit, with what would serve them.
pub(super) fn left_out(
    plan: &Index<'_>,
    style: &Style,
    names: &mut Names,
    lang: Lang,
) -> Result<Worksheet, XlsxError> {
    let title = text!("Arrêts non desservis", "Stops left out");
    let mut page = sheet(&names.unique(title.get(lang)), title.get(lang), plan.document, lang)?;
    let headers = [
        (text!("Arrêt", "Stop"), 32.0),
        (text!("Commune", "Commune"), 20.0),
        (text!("Obligatoire", "Required"), 11.0),
        (text!("Pourquoi", "Why"), 55.0),
        (text!("Ce qui le desservirait", "What would serve it"), 55.0),
        (text!("Identifiant", "Id"), 16.0),
    ];
    let words = |text: &Option<Text>| text.as_ref().map(|text| text.get(lang).to_owned()).unwrap_or_default();
    let row = |stop: &Stop| {
        let required = if stop.required { text!("oui", "yes") } else { text!("non", "no") };
        vec![
            stop.name.clone(),
            stop.commune.clone(),
            required.get(lang).to_owned(),
            words(&stop.reason),
            words(&stop.fix),
            stop.id.clone(),
        ]
    };
    let rows: Vec<_> = plan.document.stops.iter().filter(|stop| !stop.served).map(row).collect();
    table(&mut page, title.get(lang), &headers, &rows, style, lang)?;
    Ok(page)
}
